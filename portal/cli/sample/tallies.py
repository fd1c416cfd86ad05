"""The sample's weekly tallies: all weeks locked but the last two, one report with the board."""

from datetime import date, timedelta
from typing import Final

from portal.cli.sample import accounts, mailbox
from portal.core import clock
from portal.core.database import write
from portal.features.documents import letterheads, schedule
from portal.features.documents.letterheads import LetterheadInput
from portal.features.mailbox.models import Mailbox
from portal.features.tallies import queries, sending, services, weeks
from portal.features.tallies.models import Tally
from portal.features.tallies.services import Signature

SECOND: Final = "doan.xacnhan"
_LEFT = 2
_MAKER, _CONFIRMER = Signature("Ủy viên Ban Thường vụ Đoàn phường"), Signature("Bí thư Đoàn phường")
_LETTERHEAD = LetterheadInput(
    "party", "BAN CHẤP HÀNH ĐOÀN PHƯỜNG NGÔ QUYỀN", "ĐTN", "Ngô Quyền", "THÀNH ĐOÀN BẮC GIANG",
    "T/M BAN CHẤP HÀNH", "BÍ THƯ", "Nguyễn Văn A", "2022-2027",
)  # fmt: skip


def create(box: Mailbox) -> None:
    """Tally the weeks of a box that are over, but the last two, and report the latest of them.

    Args:
        box: the sample's, with its letters.
    """
    runner = accounts.acting(mailbox.RUNNER)
    organ = letterheads.organ(runner, box.organisation_id)
    assert organ is not None
    if organ.letterhead is None:
        letterheads.save(runner, organ, _LETTERHEAD, 0)
    locked = [_lock(box, week) for week in queries.due(box)[:-_LEFT]]
    if locked:
        sending.carry(runner, locked[-1])


def _lock(box: Mailbox, week: date) -> Tally:
    """Have two people sign a week, on the day on which it was due."""
    first, second = accounts.acting(mailbox.RUNNER), accounts.acting(SECOND)
    tally = services.sign(first, box, week, _MAKER)
    services.confirm(second, tally, _CONFIRMER)
    day = min(max(schedule.week_due(week), weeks.last_of(week) + timedelta(days=1)), clock.today())
    with write() as current:
        current.refresh(tally)
        tally.made_on = tally.confirmed_on = day
    return tally
