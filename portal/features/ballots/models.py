"""Ballots to households (phiếu lấy ý kiến): a group of the ward, its list, its papers, its counts.

Names of voters stand on paper at the group; here they help to print and post the list, and go by
themselves when the consultation is over.
"""

from datetime import date
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, Index, LargeBinary, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from portal.core.database import Base
from portal.core.text import sort_key
from portal.features.consultations.models import Consultation
from portal.features.org_units.models import Point


class State(StrEnum):
    """Where a group stands."""

    OPEN = "open"
    BALANCED = "balanced"
    """Its papers balance and both entries agree; the minutes can be signed."""


class Enterer(StrEnum):
    """Whose entry of a group's counts it is."""

    HEAD = "head"
    """The group's head, by a link that can be revoked."""
    WARD = "ward"


class BallotGroup(Base):
    """One tổ dân phố (thôn) that hands ballots to its households."""

    __tablename__ = "ballot_groups"
    __table_args__ = (
        CheckConstraint("state IN ('open', 'balanced')", name="state"),
        CheckConstraint("households >= 1", name="households"),
        CheckConstraint("issued <= households", name="issued"),
        Index("uq_ballot_groups_name", "consultation_id", "folded", unique=True),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    consultation_id: Mapped[int] = mapped_column(ForeignKey("consultations.id"))
    unit_id: Mapped[int] = mapped_column(ForeignKey("org_units.id"))
    point_id: Mapped[int | None] = mapped_column(ForeignKey("points.id"))
    group: Mapped[str]
    """Its name: “Tổ dân phố 5”."""
    folded: Mapped[str]
    households: Mapped[int]
    day: Mapped[date | None]
    """The day that it has chosen."""
    token_hash: Mapped[bytes | None] = mapped_column(LargeBinary, unique=True)
    """SHA-256 of the head's link; None if there is none, or it was revoked."""
    printed: Mapped[int | None]
    stamped: Mapped[int | None]
    issued: Mapped[int | None]
    returned: Mapped[int | None]
    valid: Mapped[int | None]
    invalid: Mapped[int | None]
    blank: Mapped[int | None]
    """issued = returned + not returned; returned = valid + invalid + blank."""
    team: Mapped[str] = mapped_column(Text, default="")
    """Who counted, a line each: head, secretary, members."""
    witnesses: Mapped[str] = mapped_column(Text, default="")
    """Two representatives of households (Nghị định 59/2023), a line each."""
    place: Mapped[str] = mapped_column(default="")
    complaints: Mapped[str] = mapped_column(Text, default="")
    state: Mapped[str] = mapped_column(default=State.OPEN)
    settled_by: Mapped[str] = mapped_column(default="")
    settled_on: Mapped[date | None]
    version: Mapped[int] = mapped_column(default=1)

    consultation: Mapped[Consultation] = relationship()
    point: Mapped[Point | None] = relationship()
    entries: Mapped[list["BallotEntry"]] = relationship(viewonly=True, order_by="BallotEntry.who")

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012 - SQLAlchemy's own form

    @property
    def organisation_id(self) -> int:
        """Give who brings the comments together."""
        return self.consultation.organisation_id

    @property
    def name(self) -> str:
        """Give what the record calls it."""
        return f"{self.group}: {self.consultation.name}"

    @property
    def sort_key(self) -> str:
        """Give the key that sorts groups: “Tổ dân phố 2” before “Tổ dân phố 10”."""
        return sort_key(self.group)

    @property
    def numbers(self) -> list[int]:
        """Give the numbers of the content groups on its ballots."""
        return [one.number for one in self.consultation.groups]


class Voter(Base):
    """One household on the list, and who speaks for it. Erased when the consultation is over."""

    __tablename__ = "ballot_voters"
    __table_args__ = (Index("uq_ballot_voters_group_id_number", "group_id", "number", unique=True),)

    id: Mapped[int] = mapped_column(primary_key=True)
    group_id: Mapped[int] = mapped_column(ForeignKey("ballot_groups.id"))
    number: Mapped[int]
    """Its place on the list, from 1."""
    household: Mapped[str] = mapped_column(default="")
    """Number of the household, or its house number."""
    representative: Mapped[str]
    note: Mapped[str] = mapped_column(default="")
    has_answered: Mapped[bool] = mapped_column(default=False)
    """“Đã có ý kiến”: that its ballot came back, never what it says."""

    @property
    def line(self) -> str:
        """Give what the list says of the household, as one text to be compared."""
        return "|".join((self.household, self.representative, self.note))


class BallotEntry(Base):
    """A group's counts as one of two has entered them."""

    __tablename__ = "ballot_entries"
    __table_args__ = (
        CheckConstraint("who IN ('head', 'ward')", name="who"),
        Index("uq_ballot_entries_group_id_who", "group_id", "who", unique=True),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    group_id: Mapped[int] = mapped_column(ForeignKey("ballot_groups.id"))
    who: Mapped[str]
    figures: Mapped[str] = mapped_column(Text)
    """JSON, see `figures.Figures`: {"issued": n, "returned": n, …, "agree-1": n, …}."""
    entered_by: Mapped[str] = mapped_column(default="")
    entered_by_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    entered_on: Mapped[date]


class BallotCount(Base):
    """What was settled: a group's answers to one content group."""

    __tablename__ = "ballot_counts"
    __table_args__ = (
        CheckConstraint("agree >= 0 AND disagree >= 0 AND other >= 0", name="counts"),
    )

    group_id: Mapped[int] = mapped_column(ForeignKey("ballot_groups.id"), primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    """Of the content group."""
    agree: Mapped[int]
    disagree: Mapped[int]
    other: Mapped[int]
