"""The sample's suggestion box: open today, hanging at three points of the ward."""

from datetime import date, timedelta
from typing import Final

from sqlalchemy import select

from portal.cli.sample import accounts, pictures
from portal.core.database import session, write
from portal.features.audit import services as audit
from portal.features.documents.deadlines import Span
from portal.features.mailbox import placing, queries, services
from portal.features.mailbox.drafting import FIELDS, BoxInput
from portal.features.mailbox.models import Mailbox
from portal.features.mailbox.placing import Placed
from portal.features.mailbox.workflow import MAILBOX
from portal.features.org_units import points
from portal.features.org_units.kinds import PointKind
from portal.features.org_units.points import Described
from portal.web.actor import Account

RUNNER: Final = "doan.ngoquyen"
READER: Final = "xa.danvan"
_AHEAD, _BEHIND = timedelta(days=21), timedelta(weeks=5)
_WHERE = (PointKind.ONE_STOP, PointKind.CULTURAL_HOUSE)
_SECOND_HOUSE = Described(PointKind.CULTURAL_HOUSE, "Nhà văn hóa tổ dân phố số 4")
# First and last day of each round of plan 000.
_ROUNDS = (((1, 22), (3, 25)), ((4, 1), (6, 25)), ((7, 1), (9, 25)), ((10, 1), (12, 25)))


def create(today: date) -> Mailbox:
    """Set the ward's box up as plan 000 says, open it and hang it at three points."""
    runner = accounts.acting(RUNNER)
    box = services.create(runner, BoxInput(
        name="Hòm thư góp ý điện tử phường Ngô Quyền",
        subject="Trách nhiệm thực hiện nhiệm vụ của cán bộ, công chức, người lao động "
                "Ủy ban nhân dân phường",
        fields=FIELDS, reader_id=accounts.acting(READER).organisation_id, rounds=rounds(today),
    ))  # fmt: skip
    MAILBOX.fire(runner, box.id, "open")
    hang(runner, box)
    return box


def rounds(today: date) -> tuple[Span, ...]:
    """Give four rounds as plan 000 has them, the first of which began five weeks ago."""
    years = (today.year, today.year + 1)
    planned = [Span(date(year, *a), date(year, *b)) for year in years for a, b in _ROUNDS]
    ahead = [one for one in planned if one.last >= today + _AHEAD][: len(_ROUNDS)]
    since = today - timedelta(days=today.weekday()) - _BEHIND
    return (Span(since, ahead[0].last), *ahead[1:])


def hang(runner: Account, box: Mailbox) -> None:
    """Hang it at the one-stop unit and two cultural houses; one still lacks its photo."""
    placing.add(runner, box, _SECOND_HOUSE)
    known = {one.id for one in points.listed(box.unit_id) if one.kind in _WHERE}
    placing.choose(runner, box, known)
    since = box.rounds[0].first - timedelta(days=3)
    for point in queries.points_of(box.id)[:-1]:
        photos = pictures.board(f"{point.point.name} (ảnh mẫu)")
        placing.place(runner, point, Placed(since), photos)
        placing.try_out(runner, point, point.code)


def the_box() -> Mailbox | None:
    """Give the sample's box."""
    return session().scalar(select(Mailbox).order_by(Mailbox.id).limit(1))


def keep_open(today: date) -> bool:
    """Give the box the rounds of this year when its last one is over; say whether that was so."""
    box = the_box()
    if box is None or box.rounds[-1].last >= today:
        return False
    first, *others = rounds(today)
    with write() as current:
        current.refresh(box)
        box.rounds = (*box.rounds, Span(today, first.last), *others)
        audit.record(audit.OPERATOR, services.act("edited", box))
    return True


def links() -> dict[str, str]:
    """Give the address at which letters are written, as a path."""
    box = the_box()
    return {"mailbox": f"/h/{box.code}"} if box else {}
