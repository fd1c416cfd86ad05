"""Letters: taken in, delivered shuffled the next morning, answered, erased when withdrawn.

What citizens wrote has random keys, no running number and no time but the day; on SQLite the tables
have no hidden row number either (DESIGN rule 4). A sealed letter stands here as two ciphertexts:
one for the level that reads it, one for its sender, who opens it with the receipt.
"""

from datetime import date

from sqlalchemy import (
    BigInteger,
    CheckConstraint,
    ForeignKey,
    Index,
    LargeBinary,
    Text,
    and_,
    false,
    text,
)
from sqlalchemy.orm import Mapped, foreign, mapped_column, relationship

from portal.core.database import Base
from portal.features.letters.kinds import OPEN, Side, State
from portal.features.mailbox.models import Mailbox
from portal.features.org_units.models import Organisation, Unit
from portal.features.sealing.models import KeyHolder, SealKey

_NO_ROWID = {"sqlite_with_rowid": False}
SIGNS = "23456789BCDFGHJKMNPQRSTVWXZ"
"""Of which short names consist: none looks like another."""


class LetterIntake(Base):
    """A letter that has been acknowledged and waits for the next morning."""

    __tablename__ = "letter_intake"
    __table_args__ = (Index(None, "box_id", "day"), _NO_ROWID)

    key: Mapped[bytes] = mapped_column(LargeBinary, primary_key=True)
    box_id: Mapped[int] = mapped_column(ForeignKey("mailboxes.id"))
    unit_id: Mapped[int] = mapped_column(ForeignKey("org_units.id"))
    point_id: Mapped[int | None] = mapped_column(ForeignKey("mailbox_points.id"))
    """Where its form was opened, None online; counted when it is delivered, then forgotten."""
    day: Mapped[date]
    category: Mapped[str]
    field: Mapped[str] = mapped_column(default="")
    form_hash: Mapped[bytes] = mapped_column(LargeBinary, unique=True)
    """SHA-256 of its form's key: the same form counts once and has the same receipt."""
    receipt_hash: Mapped[bytes] = mapped_column(LargeBinary, unique=True)
    """Slow, salted hash of its receipt."""
    sender_key: Mapped[bytes] = mapped_column(LargeBinary)
    """Public key whose private half follows from the receipt: what is sealed to its sender."""
    seal_key_id: Mapped[int | None] = mapped_column(ForeignKey("seal_keys.id"))
    text: Mapped[str | None] = mapped_column(Text)
    """As written; None if sealed or withdrawn."""
    for_reader: Mapped[bytes | None] = mapped_column(LargeBinary)
    for_sender: Mapped[bytes | None] = mapped_column(LargeBinary)
    salt: Mapped[bytes | None] = mapped_column(LargeBinary)
    commitment: Mapped[bytes] = mapped_column(LargeBinary)
    photos: Mapped[str] = mapped_column(Text, default="[]")
    """JSON: names of its files, large and small."""
    withdrawn: Mapped[bool] = mapped_column(default=False)
    noted: Mapped[bool] = mapped_column(default=False, server_default=false())
    """Its sender has written the receipt down: the form gives it no more."""


class LetterBatch(Base):
    """What was delivered to a box on one morning, under one digest that its page shows."""

    __tablename__ = "letter_batches"
    __table_args__ = (Index("uq_letter_batches_box_id_number", "box_id", "number", unique=True),)

    id: Mapped[int] = mapped_column(primary_key=True)
    box_id: Mapped[int] = mapped_column(ForeignKey("mailboxes.id"))
    number: Mapped[int]
    delivered_on: Mapped[date]
    size: Mapped[int]
    root: Mapped[bytes] = mapped_column(LargeBinary)
    """Merkle root over the commitments of its letters."""
    digest: Mapped[bytes] = mapped_column(LargeBinary)
    """Over the root, the size, the day and the digest of the batch before: the box's chain."""


class Letter(Base):
    """A letter as its readers handle it. Its number is random and tells nothing of its turn."""

    __tablename__ = "letters"
    __table_args__ = (
        CheckConstraint(
            "state IN ('received', 'classified', 'assigned', 'answered', 'approved', 'published', "
            "'closed', 'referred', 'merged', 'hidden', 'withdrawn')",
            name="state",
        ),
        Index(None, "box_id", "day", "id"),
        Index(None, "reader_id", "day", "id"),
        Index(None, "reader_id", "state", "due_on"),
        Index(None, "reader_id", "state", "day", "id"),
        Index(None, "assigned_to_id", "day", "id"),
        Index(None, "assigned_to_id", "state", "due_on"),
        # What goes past a ward is little, and seen as lines by several.
        Index(
            "ix_letters_sealed",
            "day",
            "id",
            "box_id",
            "unit_id",
            sqlite_where=text("seal_key_id IS NOT NULL"),
            postgresql_where=text("seal_key_id IS NOT NULL"),
        ),
        _NO_ROWID,
    )

    id: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    """Random, 62 bits."""
    box_id: Mapped[int] = mapped_column(ForeignKey("mailboxes.id"))
    unit_id: Mapped[int] = mapped_column(ForeignKey("org_units.id"))
    """The box's."""
    reader_id: Mapped[int] = mapped_column(ForeignKey("organisations.id"))
    """Who reads and handles it: the box's reader; the body of the level above if it is sealed."""
    seal_key_id: Mapped[int | None] = mapped_column(ForeignKey("seal_keys.id"))
    day: Mapped[date]
    """When it was sent."""
    category: Mapped[str]
    """As its sender says; never changed."""
    field: Mapped[str] = mapped_column(default="")
    form_hash: Mapped[bytes] = mapped_column(LargeBinary, unique=True)
    noted: Mapped[bool] = mapped_column(default=False, server_default=false())
    receipt_hash: Mapped[bytes] = mapped_column(LargeBinary, unique=True)
    sender_key: Mapped[bytes] = mapped_column(LargeBinary)
    commitment: Mapped[bytes] = mapped_column(LargeBinary)
    batch_id: Mapped[int] = mapped_column(ForeignKey("letter_batches.id"), index=True)
    state: Mapped[str] = mapped_column(default=State.RECEIVED)
    read_category: Mapped[str] = mapped_column(default="")
    """What a reader finds that it is; "" while nobody has said."""
    read_field: Mapped[str] = mapped_column(default="")
    assigned_to_id: Mapped[int | None] = mapped_column(ForeignKey("organisations.id"))
    due_on: Mapped[date]
    answered_on: Mapped[date | None]
    """When an answer was approved for the first time."""
    referred_to: Mapped[str] = mapped_column(default="")
    """The competent body, as the law names it."""
    referral_due_on: Mapped[date | None]
    merged_into_id: Mapped[int | None] = mapped_column(ForeignKey("letters.id"), index=True)
    published_on: Mapped[date | None]
    published_text: Mapped[str] = mapped_column(Text, default="")
    """The letter as everybody reads it: with numbers and addresses covered, or told in short."""
    published_answer: Mapped[str] = mapped_column(Text, default="")
    version: Mapped[int] = mapped_column(default=1)

    box: Mapped[Mailbox] = relationship()
    unit: Mapped[Unit] = relationship()
    reader: Mapped[Organisation] = relationship(foreign_keys=[reader_id])
    assigned_to: Mapped[Organisation | None] = relationship(foreign_keys=[assigned_to_id])
    seal_key: Mapped[SealKey | None] = relationship()
    messages: Mapped[list["LetterMessage"]] = relationship(
        viewonly=True, order_by="LetterMessage.number"
    )
    hidings: Mapped[list["Hiding"]] = relationship(viewonly=True, order_by="Hiding.id")
    holders: Mapped[list[KeyHolder]] = relationship(
        primaryjoin=lambda: and_(
            foreign(KeyHolder.key_id) == Letter.seal_key_id, KeyHolder.kind == "account"
        ),
        viewonly=True, order_by=KeyHolder.id,
    )  # fmt: skip

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012 - SQLAlchemy's own form

    @property
    def is_sealed(self) -> bool:
        """Say whether only the level above can open it."""
        return self.seal_key_id is not None

    @property
    def holder_ids(self) -> frozenset[int | None]:
        """Give the accounts that can open it with their passphrase; none if it is not sealed."""
        return frozenset(one.user_id for one in self.holders) if self.is_sealed else frozenset()

    @property
    def runner_id(self) -> int | None:
        """Give who runs the box, if the plan names it as a reader of such letters too."""
        named = self.box.runner_reads
        reads = self.category in named and (not self.read_category or self.read_category in named)
        return self.box.organisation_id if reads else None

    @property
    def box_reader_id(self) -> int:
        """Give who reads the plain letters of its box."""
        return self.box.reader_id

    @property
    def hiding_unit_ids(self) -> frozenset[int]:
        """Give the units that want it hidden, or had it hidden."""
        open_ones = (one for one in self.hidings if one.state in ("asked", "hidden"))
        return frozenset(one.unit_id for one in open_ones)

    @property
    def draft(self) -> "LetterMessage | None":
        """Give the answer that waits to be approved."""
        waiting = [one for one in self.messages if one.is_draft]
        return waiting[-1] if waiting else None

    @property
    def drafted_by_id(self) -> int | None:
        """Give who wrote the answer that waits to be approved."""
        return self.draft.author_id if self.draft else None

    @property
    def found_category(self) -> str:
        """Give what it is: as a reader found, or as its sender says."""
        return self.read_category or self.category

    def is_overdue(self, today: date) -> bool:
        """Say whether somebody should have answered by now."""
        return self.state in OPEN and self.due_on < today

    @property
    def name(self) -> str:
        """Give what the record calls it: never a word of what it says."""
        return f"Thư {self.short_name}"

    @property
    def short_name(self) -> str:
        """Give the five signs by which readers speak of it: “4QK7M”."""
        left, found = self.id, []
        for _ in range(5):
            left, at = divmod(left, len(SIGNS))
            found.append(SIGNS[at])
        return "".join(found)


class LetterMessage(Base):
    """One text of a letter: the letter itself (number 0), what follows, answers, internal notes."""

    __tablename__ = "letter_messages"
    __table_args__ = (
        CheckConstraint("side IN ('sender', 'office', 'note')", name="side"),
        Index("uq_letter_messages_letter_id_number", "letter_id", "number", unique=True),
        # SQLite searches out of it alone; PostgreSQL's cannot hold long texts.
        Index(None, "letter_id", "day", "number", "side", "folded", info={"only": "sqlite"}).ddl_if(
            dialect="sqlite"
        ),
        _NO_ROWID,
    )

    key: Mapped[bytes] = mapped_column(LargeBinary, primary_key=True)
    letter_id: Mapped[int] = mapped_column(ForeignKey("letters.id"))
    number: Mapped[int]
    side: Mapped[str]
    day: Mapped[date]
    text: Mapped[str | None] = mapped_column(Text)
    """None if sealed or erased."""
    folded: Mapped[str | None] = mapped_column(Text)
    """The text as it is searched; goes with it."""
    for_reader: Mapped[bytes | None] = mapped_column(LargeBinary)
    for_sender: Mapped[bytes | None] = mapped_column(LargeBinary)
    salt: Mapped[bytes | None] = mapped_column(LargeBinary)
    commitment: Mapped[bytes | None] = mapped_column(LargeBinary)
    author: Mapped[str] = mapped_column(default="")
    """The body, as the sender reads it; "" for the sender."""
    author_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    approved_on: Mapped[date | None]
    """Of an answer: since when its sender sees it."""
    approved_by_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    returned_why: Mapped[str] = mapped_column(Text, default="")
    """Of an answer that was not approved."""

    letter: Mapped[Letter] = relationship()

    @property
    def is_draft(self) -> bool:
        """Say whether it is an answer that waits to be approved."""
        return self.side == Side.OFFICE and self.approved_on is None and not self.returned_why


class LetterPhoto(Base):
    """A photo that came with a letter: drawn anew, and shut up with the key inside if sealed."""

    __tablename__ = "letter_photos"
    __table_args__ = (Index(None, "letter_id"), _NO_ROWID)

    key: Mapped[bytes] = mapped_column(LargeBinary, primary_key=True)
    letter_id: Mapped[int] = mapped_column(ForeignKey("letters.id"))
    number: Mapped[int]
    stored: Mapped[str]
    """Name of its file under the folder of letters; "" once it is erased."""
    small: Mapped[str]


class LetterOpening(Base):
    """That a body has read a letter, by day: its sender sees it."""

    __tablename__ = "letter_openings"
    __table_args__ = ({"sqlite_with_rowid": False},)

    letter_id: Mapped[int] = mapped_column(ForeignKey("letters.id"), primary_key=True)
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisations.id"), primary_key=True)
    day: Mapped[date] = mapped_column(primary_key=True)
    level: Mapped[str]

    organisation: Mapped[Organisation] = relationship()


class LetterStep(Base):
    """Where a letter stood at the end of a day that changed it: weeks are counted so."""

    __tablename__ = "letter_steps"
    __table_args__ = (_NO_ROWID,)

    letter_id: Mapped[int] = mapped_column(ForeignKey("letters.id"), primary_key=True)
    day: Mapped[date] = mapped_column(primary_key=True)
    state: Mapped[str]


class LetterCount(Base):
    """How many letters of a week were delivered, by point, category, field: they only go up."""

    __tablename__ = "letter_counts"
    __table_args__ = (CheckConstraint("n >= 0", name="n"), _NO_ROWID)

    box_id: Mapped[int] = mapped_column(ForeignKey("mailboxes.id"), primary_key=True)
    week: Mapped[date] = mapped_column(primary_key=True)
    """Its Monday."""
    what: Mapped[str] = mapped_column(primary_key=True)
    """See `kinds.Count`."""
    value: Mapped[str] = mapped_column(primary_key=True)
    """The point's number ("" online), the category, the field; "" for all."""
    n: Mapped[int]


class Hiding(Base):
    """That somebody wants a letter hidden, why, and what the level above said."""

    __tablename__ = "letter_hidings"
    __table_args__ = (
        CheckConstraint("state IN ('asked', 'hidden', 'refused', 'lifted')", name="state"),
        Index(None, "letter_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    letter_id: Mapped[int] = mapped_column(ForeignKey("letters.id"))
    unit_id: Mapped[int] = mapped_column(ForeignKey("org_units.id"))
    state: Mapped[str] = mapped_column(default="asked")
    state_before: Mapped[str]
    """The letter's, to which it goes back if the hiding is lifted."""
    reason: Mapped[str] = mapped_column(Text)
    asked_by_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    asked_by: Mapped[str]
    asked_on: Mapped[date]
    decided_by_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    decided_by: Mapped[str] = mapped_column(default="")
    decided_on: Mapped[date | None]
    decision: Mapped[str] = mapped_column(Text, default="")

    letter: Mapped[Letter] = relationship()

    @property
    def name(self) -> str:
        """Give what the record calls it."""
        return f"Đề nghị ẩn thư {self.letter.short_name}"
