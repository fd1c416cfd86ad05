"""A ward's consultation on a small draft that everybody may comment on."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from sqlalchemy import select

from portal.core import clock
from portal.core.database import session, write
from portal.core.text import fold, sort_key
from portal.features.consultations import voice_delivery, voice_intake, voice_places
from portal.features.consultations.models import Comment, Consultation, Track
from portal.features.consultations.voice_models import Voice
from portal.features.consultations.voice_reading import Sending
from portal.features.org_units.kinds import OrganisationKind as Kind
from portal.features.org_units.models import Organisation
from portal.features.regulations.models import Draft, DraftVersion, Provision
from portal.features.users.models import User
from portal.policy.roles import Duty, Role
from tests.support import surveyed

CODE = "m4kp7wzx"
WARD, CITY = "Phường Ngô Quyền", "Thành phố Bắc Giang"
TITLE = "Dự thảo Quy chế thực hiện dân chủ"
CHAPTER, FIRST, SECOND, CLAUSE, POINT = "c0000001", "a0000001", "a0000002", "k0000002", "d0000001"
PROVISIONS = (
    (CHAPTER, "chapter", "I", "Công khai thông tin", ""),
    (FIRST, "article", "1", "Phạm vi điều chỉnh", "Quy chế này quy định việc công khai."),
    (SECOND, "article", "2", "Nội dung phải công khai", ""),
    ("k0000001", "clause", "1", "", "Kế hoạch phát triển kinh tế - xã hội của phường."),
    (CLAUSE, "clause", "2", "", "Mức đóng góp và việc sử dụng các khoản đóng góp:"),
    (POINT, "point", "a", "", "khoản thu theo đầu hộ;"),
)
TEXT = "Đề nghị niêm yết ở nhà văn hóa ít nhất 30 ngày."


@dataclass(frozen=True)
class Voiced:
    """A consultation with the ward's own body and one of the city above."""

    units: surveyed.Place
    consultation: Consultation
    host: Organisation
    above: Organisation

    def send(self, *comments: tuple[str, str], agrees: tuple[str, ...] = (), key: str = "") -> Any:  # noqa: ANN401
        """Send comments, as the page would; a general one if none is given."""
        place = voice_places.find(CODE)
        assert place is not None
        sending = Sending(comments or (() if agrees else (("", TEXT),)), agrees)
        return voice_intake.receive(place, key or voice_intake.new_key(place), sending)

    def comment(self, key: str = "", text: str = TEXT) -> Comment:
        """Send one comment and have it delivered."""
        self.send((key, text))
        next_morning()
        found = select(Comment).where(Comment.text == text).order_by(Comment.id)
        return session().scalars(found).all()[-1]

    def account(self, role: Role = Role.COMMUNE, *duties: Duty) -> User:
        """Make an account of the host, or of the body above it."""
        return official(self.host if role == Role.COMMUNE else self.above, role, *duties)


def consultation(
    *, opens_in: int = -3, days: int = 10, shows: bool = False, state: str = "published"
) -> Voiced:
    """Make one that takes comments today, unless told otherwise."""
    units = surveyed.province({CITY: [WARD, "Xã bên"]})
    with write() as current:
        host = body(units[WARD].id, Kind.COMMITTEE, "Phòng Văn hóa - Xã hội phường Ngô Quyền")
        above = body(units[CITY].id, Kind.STEERING, "BCĐ thành phố Bắc Giang")
        current.add_all([host, above])
        current.flush()
        draft = Draft(unit_id=units[WARD].id, organisation_id=host.id, title=TITLE)
        current.add(draft)
        current.flush()
        made = Consultation(
            unit_id=units[WARD].id, organisation_id=host.id, draft_id=draft.id, code=CODE,
            name="Lấy ý kiến dự thảo Quy chế", state=state, shows_comments=shows,
            report_due_on=clock.today() + timedelta(days=12), published_on=clock.today(),
        )  # fmt: skip
        current.add(made)
        current.flush()
        first = clock.today() + timedelta(days=opens_in)
        current.add(Track(consultation_id=made.id, kind="public", opens_on=first,
                          closes_on=first + timedelta(days=days - 1)))  # fmt: skip
    version(draft.id, PROVISIONS, day=min(first, clock.today()))
    return Voiced(units, made, host, above)


def version(
    draft_id: int, provisions: tuple[tuple[str, ...], ...], number: int = 1,
    day: date | None = None,
) -> None:  # fmt: skip
    """Publish a version of a draft, today if no day is given."""
    with write() as current:
        made = DraftVersion(draft_id=draft_id, number=number,
                            published_on=day or clock.today())  # fmt: skip
        current.add(made)
        current.flush()
        for at, (key, level, its_number, heading, text) in enumerate(provisions, 1):
            current.add(Provision(version_id=made.id, position=at, key=key, level=level,
                                  number=its_number, heading=heading, text=text))  # fmt: skip
        current.flush()
        made.state = "published"  # last, for nothing is added to it from then on


def next_morning(day: date | None = None) -> int:
    """Deliver as on the morning after a day, today if none is given."""
    return voice_delivery.deliver((day or clock.today()) + timedelta(days=1))


def comments() -> list[Comment]:
    """List the delivered comments by number."""
    return list(session().scalars(select(Comment).order_by(Comment.id)))


def voices() -> list[Voice]:
    """List the delivered sendings by number."""
    return list(session().scalars(select(Voice).order_by(Voice.id)))


def body(unit_id: int, kind: Kind, name: str) -> Organisation:
    """Give a body of a unit, not in the database yet."""
    return Organisation(
        unit_id=unit_id, kind=kind, name=name, folded=fold(name), sort_key=sort_key(name)
    )


def official(body: Organisation, role: Role, *duties: Duty) -> User:
    """Make an account of a body, past its first sign-in; with every duty unless told which."""
    with write() as current:
        known = current.query(User).count()
        user = User(
            username=f"can-bo{known}", display_name=f"Cán bộ {known}", role=role,
            duty_names=frozenset(duties or Duty), organisation=body,
            must_change_password=False, created_at=clock.now(), sort_key="", folded="",
            password_hash="x",  # noqa: S106 - nobody signs in by it
        )  # fmt: skip
        current.add(user)
    return user
