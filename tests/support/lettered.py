"""A ward's suggestion box that takes letters, its readers, and the key of the level above."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy import select, update

from portal.core import clock, photos, receipts, sealing
from portal.core.database import random_key, session, write
from portal.core.sealing import Pair
from portal.core.text import fold, sort_key
from portal.features.documents.deadlines import Span
from portal.features.letters import delivery, drafts, form_keys, intake, steps
from portal.features.letters.intake import Outcome
from portal.features.letters.kinds import State
from portal.features.letters.models import Letter, LetterMessage
from portal.features.letters.reading import OFFICIAL, WORK, Draft
from portal.features.mailbox import queries as mailboxes
from portal.features.mailbox.models import Mailbox, MailboxPoint
from portal.features.org_units.kinds import OrganisationKind as Kind
from portal.features.org_units.kinds import PointKind
from portal.features.org_units.models import Organisation, Unit
from portal.features.sealing.models import SealKey
from portal.features.users.models import User
from portal.policy.roles import Duty, Role
from tests.support import pictures, placed, surveyed
from tests.support.client import CheckingClient
from tests.support.page import Page

BOX_CODE, POINT_CODE = "k7rm4wxq", "hjkm2345"
WARD, CITY, PROVINCE = "Phường Ngô Quyền", "Thành phố Bắc Giang", "Tỉnh"
FIELDS = ("Hộ tịch, chứng thực", "Đất đai, xây dựng")
TEXT = "Giấy hẹn trả ngày 02/5 nhưng đến 06/5 vẫn chưa có."
_BODIES = {
    "runner": (WARD, Kind.YOUTH, "Đoàn thanh niên phường Ngô Quyền"),
    "reader": (WARD, Kind.MASS_MOBILISATION, "Khối Dân vận phường Ngô Quyền"),
    "committee": (WARD, Kind.COMMITTEE, "UBND phường Ngô Quyền"),
    "city": (CITY, Kind.STEERING, "BCĐ thành phố Bắc Giang"),
    "province": (PROVINCE, Kind.STEERING, "BCĐ tỉnh"),
}


@dataclass(frozen=True)
class Lettered:
    """A box with one point, and the bodies around it: runner, reader, committee, city, province."""

    units: surveyed.Place
    bodies: Mapping[str, Organisation]
    box: Mailbox
    point: MailboxPoint
    pair: Pair = field(default_factory=sealing.new_pair)
    """Of the city's key, once `give_key` was called."""

    def give_key(self) -> SealKey:
        """Give the city's steering body a key, held by nobody but `pair`."""
        city = self.bodies["city"]
        with write() as current:
            key = SealKey(unit_id=city.unit_id, organisation_id=city.id, public=self.pair.public,
                          made_on=clock.today(), made_by="Thử")  # fmt: skip
            current.add(key)
        return key

    def send(
        self, text: str = TEXT, *, code: str = BOX_CODE, category: str = "suggestion",
        field: str = "", official: bool = False, photos: int = 0, key: str | None = None,
        unsealed: bool = False,
    ) -> Outcome:  # fmt: skip
        """Hand a letter in, as its page would."""
        place = mailboxes.by_code(code)
        assert place is not None
        key = key or form_keys.new(place.code)
        slots = put_photos(place.code, key, photos)
        about = OFFICIAL if official else WORK
        return intake.receive(place, key, Draft(category, field, about, text, slots, unsealed))

    def receipt(self, text: str = TEXT, **how: object) -> str:
        """Hand a letter in and give its receipt."""
        outcome = self.send(text, **how)  # type: ignore[arg-type]  # as `send` takes them
        assert isinstance(outcome, intake.Kept), outcome
        return outcome.receipt

    def account(self, body: str, role: Role, *duties: Duty) -> User:
        """Make an account of one of the bodies, past its first sign-in."""
        with write() as current:
            known = current.query(User).count()
            user = User(
                username=f"{body}{known}", display_name=f"Cán bộ {known}", role=role,
                duty_names=frozenset(duties or Duty), organisation=self.bodies[body],
                must_change_password=False, created_at=clock.now(), sort_key="", folded="",
                password_hash="x",  # noqa: S106 - nobody signs in by it
            )  # fmt: skip
            current.add(user)
        return user


def box(*, opens_in: int = -10, days: int = 70, takes_between: bool = True) -> Lettered:
    """Make a box that is open today, unless told otherwise, with one point."""
    units = surveyed.province({CITY: [WARD, "Xã bên"]})
    bodies = {name: _body(units[at], kind, shown) for name, (at, kind, shown) in _BODIES.items()}
    house = placed.point(units[WARD], "Nhà văn hóa tổ dân phố số 2", PointKind.CULTURAL_HOUSE)
    first = clock.today() + timedelta(days=opens_in)
    with write() as current:
        made = Mailbox(
            unit_id=units[WARD].id, organisation_id=bodies["runner"].id,
            reader_id=bodies["reader"].id, name="Hòm thư góp ý điện tử",
            subject="Trách nhiệm thực hiện nhiệm vụ của cán bộ, công chức phường", code=BOX_CODE,
            fields="\n".join(FIELDS), rounds=(Span(first, first + timedelta(days=days - 1)),),
            takes_between=takes_between, runner_reads=frozenset({"praise"}), state="open",
        )  # fmt: skip
        current.add(made)
        current.flush()
        point = MailboxPoint(
            box_id=made.id, point_id=house.id, code=POINT_CODE, placed_on=clock.today()
        )
        current.add(point)
    return Lettered(units, bodies, made, point)


def hash_fast(patch: pytest.MonkeyPatch) -> None:
    """Leave out the slow step, in tests that send letters by the hundred."""

    class Fast:
        def do(self, _queue: str, content: bytes) -> bytes:
            return hashlib.sha256(content).digest()

    patch.setattr(receipts, "_work", Fast())


def put_photos(code: str, key: str, count: int) -> tuple[int, ...]:
    """Put photos under a form's key, as the preview does."""
    read = form_keys.read(code, key)
    assert read is not None
    for slot in range(count):
        drafts.put(read, slot, photos.draw(pictures.picture(colour=("red", "blue", "green")[slot])))
    return tuple(range(count))


def next_morning(day: date | None = None) -> int:
    """Deliver as on the morning after a day, today if none is given."""
    return delivery.deliver((day or clock.today()) + timedelta(days=1))


def letters() -> list[Letter]:
    """List the delivered letters by number."""
    return list(session().scalars(select(Letter).order_by(Letter.id)))


def the_letter() -> Letter:
    """Give the one delivered letter."""
    (letter,) = letters()
    return letter


def messages(letter: Letter) -> list[LetterMessage]:
    """List the texts of a letter in their order."""
    query = select(LetterMessage).where(LetterMessage.letter_id == letter.id)
    return list(session().scalars(query.order_by(LetterMessage.number)))


def delivered(**how: Any) -> tuple[Lettered, str]:  # noqa: ANN401 - as `send` takes them
    """Make a box with one letter that was delivered, and give its receipt too."""
    made = box()
    if how.get("official"):
        made.give_key()
    receipt = made.receipt(**how)
    next_morning()
    return made, receipt


def opened(client: CheckingClient, receipt: str) -> Page:
    """Type a receipt on the tracking page, leaving the letter that is open there."""
    page = client.page("/t")
    if page.path != "/t":
        page = page.submit("Đóng").follow("Tra cứu mã khác")
    return page.submit("Xem trả lời", ma=receipt)


def answered(
    letter: Letter, words: str = "Đã xem lại, mời ông/bà đến nhận giấy.",
    state: State = State.APPROVED,
) -> None:  # fmt: skip
    """Put an approved answer under a letter."""
    with write() as current:
        current.add(LetterMessage(
            key=random_key(), letter_id=letter.id, number=1, side="office", day=clock.today(),
            text=words, folded="", author="Khối Dân vận", approved_on=clock.today(),
        ))  # fmt: skip
        move(letter, state)


def move(letter: Letter, state: State) -> None:
    """Bring a letter into a state, past the rules of its workflow."""
    with write() as current:
        current.execute(update(Letter).where(Letter.id == letter.id).values(state=state))
        steps.note(letter.id, state)


def _body(unit: Unit, kind: Kind, name: str) -> Organisation:
    with write() as current:
        made = Organisation(
            unit_id=unit.id, kind=kind, name=name, folded=fold(name), sort_key=sort_key(name)
        )
        current.add(made)
    return made
