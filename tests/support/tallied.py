"""Letters of a box as its tallies count them, made straight in the tables, and two who sign."""

import secrets
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from portal.core import clock
from portal.core.database import write
from portal.features.documents.deadlines import Span
from portal.features.documents.models import Letterhead
from portal.features.letters import delivery, steps
from portal.features.letters.kinds import Count, State
from portal.features.letters.models import Letter, LetterBatch
from portal.features.mailbox.models import Mailbox
from portal.features.tallies import services, weeks
from portal.features.tallies.models import Tally
from portal.features.tallies.services import Signature
from portal.features.users.models import User
from portal.policy.roles import Role
from portal.web.actor import Account
from tests.support import lettered
from tests.support.lettered import Lettered

WEEKS = 6
"""So many weeks of the box are over."""


@dataclass(frozen=True)
class Tallied:
    """A box whose round began on a Monday some weeks ago, and the accounts around it."""

    place: Lettered
    first: User
    second: User
    reader: User

    @property
    def box(self) -> Mailbox:
        """Give the box."""
        return self.place.box

    def sign(self, n: int = -1, remark: str = "") -> Tally:
        """Have the first of the two sign a week."""
        return services.sign(
            acting(self.first), self.box, week(n), Signature("Bí thư Đoàn phường", remark)
        )

    def lock(self, n: int = -1, remark: str = "") -> Tally:
        """Have both sign a week."""
        tally = self.sign(n, remark)
        return services.confirm(acting(self.second), tally, Signature("Phó Bí thư Đoàn phường"))

    def letter(
        self, n: int = -1, *, weekday: int = 0, state: str = State.RECEIVED,
        moves: Mapping[date, str] | None = None, category: str = "suggestion", field: str = "",
        sealed: bool = False, due_in: int = 15, answered_on: date | None = None,
        published: tuple[str, str] | None = None, online: bool = False,
    ) -> Letter:  # fmt: skip
        """Put a delivered letter of a week into the tables, as its readers have handled it.

        Args:
            n: the week, -1 for the last one that is over.
            weekday: 0 for its Monday.
            state: as it stands today.
            moves: which state it came into on which day; the last one is `state`.
            category: what it is.
            field: what it is about.
            sealed: whether it went to the level above.
            due_in: days within which it is to be answered.
            answered_on: when it was.
            published: its text and its answer as everybody reads them.
            online: whether it came from the box's own address.
        """
        day = week(n) + timedelta(days=weekday)
        key = self.place.give_key() if sealed else None
        with write() as current:
            batch = _batch(self.box.id, day + timedelta(days=1))
            current.add(batch)
            current.flush()
            made = Letter(
                id=secrets.randbits(62), box_id=self.box.id, unit_id=self.box.unit_id,
                reader_id=self.box.reader_id, seal_key_id=key.id if key else None, day=day,
                category=category, field=field, form_hash=secrets.token_bytes(32),
                receipt_hash=secrets.token_bytes(32), sender_key=secrets.token_bytes(32),
                commitment=secrets.token_bytes(32), batch_id=batch.id, state=state,
                due_on=day + timedelta(days=due_in), answered_on=answered_on,
                published_on=answered_on if published else None,
                published_text=published[0] if published else "",
                published_answer=published[1] if published else "",
            )  # fmt: skip
            current.add(made)
            current.flush()
            for changed, into in (moves or {}).items():
                steps.note(made.id, into, changed)
            point = "" if online else str(self.place.point.id)
            delivery.raise_counts(current, self.box.id, Counter({
                (week(n), Count.ALL, ""): 1, (week(n), Count.POINT, point): 1,
                (week(n), Count.CATEGORY, category): 1, (week(n), Count.FIELD, field): 1,
            }))  # fmt: skip
        return made


def box(over: int = WEEKS, *, rounds: tuple[Span, ...] = ()) -> Tallied:
    """Make a box of which some weeks are over; its round lasts a few weeks more."""
    place = lettered.box()
    first = week(-over)
    with write() as current:
        current.add(place.box)
        place.box.rounds = rounds or (Span(first, week(3)),)
        place.point.placed_on = first
    local = Role.YOUTH
    return Tallied(
        place, place.account("runner", local), place.account("runner", local),
        place.account("reader", Role.COMMUNE),
    )  # fmt: skip


def week(n: int) -> date:
    """Give a week: 0 is the one that runs, -1 the last one that is over."""
    return weeks.monday_of(clock.today()) + timedelta(days=7 * n)


def acting(user: User) -> Account:
    """Give an account as the services know whoever acts."""
    body = user.organisation
    return Account(
        user_id=user.id, display_name=user.display_name, username=user.username,
        role=user.role_kind, duties=user.duties, unit_id=body.unit_id,
        unit_name=body.unit.full_name, unit_level=body.unit.level, organisation_id=body.id,
        organisation_name=body.name, must_change_password=False, sign_in_id=0, token="",
    )  # fmt: skip


def letterhead(made: Tallied, regime: str = "party") -> None:
    """Give whoever runs the box a letterhead."""
    with write() as current:
        current.add(Letterhead(
            organisation_id=made.box.organisation_id, regime=regime,
            issuer_name="BCH ĐOÀN PHƯỜNG NGÔ QUYỀN", symbol="ĐTN", place="Ngô Quyền",
            parent_name="THÀNH ĐOÀN BẮC GIANG", authority="T/M BAN CHẤP HÀNH", titles="BÍ THƯ",
            signer="Nguyễn Văn A", term="2022-2027",
        ))  # fmt: skip


def _batch(box_id: int, delivered_on: date) -> LetterBatch:
    with write() as current:
        number = current.query(LetterBatch).filter_by(box_id=box_id).count() + 1
    return LetterBatch(
        box_id=box_id, number=number, delivered_on=delivered_on, size=1,
        root=secrets.token_bytes(32), digest=secrets.token_bytes(32),
    )  # fmt: skip
