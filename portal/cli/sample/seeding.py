"""Filling an empty installation with the sample, and keeping the sample alive as days pass."""

from collections.abc import Callable
from pathlib import Path

from sqlalchemy import select

from portal.cli.sample import (
    accounts,
    agencies,
    ballots,
    bodies,
    campaigns,
    consolidation,
    consultations,
    documents,
    field_reports,
    inspections,
    letters,
    mailbox,
    nominations,
    points,
    publicity,
    rosters,
    sealing,
    tallies,
    tasks,
    tasks_elsewhere,
    teams,
    units,
    urging,
    voices,
    work,
)
from portal.cli.sample.accounts import DemoAccount
from portal.core import clock
from portal.core.database import session, write
from portal.features.audit import services as audit
from portal.features.org_units.models import Unit
from portal.features.questionnaires import services as questionnaires
from portal.features.settings import services as settings
from portal.features.settings.models import Setting

Say = Callable[[str], None]
_NAME = "Tỉnh Bắc Giang (mẫu)"
_SETTING, _LOADING, _LOADED = "sample", "loading", "1"


class Unfinished(Exception):
    """The sample is there in part only."""


def prepare(data_dir: Path, say: Say) -> list[DemoAccount]:
    """Fill an empty installation with the sample, or keep the sample alive.

    Args:
        data_dir: where the passwords are kept.
        say: tells the operator how far it is.

    Returns:
        The accounts that were made just now.

    Raises:
        Unfinished: an earlier filling was broken off.
    """
    state = settings.value(_SETTING)
    if state == _LOADING:
        raise Unfinished
    if state:
        if campaigns.keep_one_open(clock.today()):
            say("Đợt khảo sát mẫu trước đã đóng; đã mở một đợt mới.")
        if mailbox.keep_open(clock.today()):
            say("Các đợt của hòm thư mẫu đã qua; đã thêm đợt mới.")
        if consultations.keep_open(clock.today()):
            say("Đợt lấy ý kiến mẫu đã hết ngày; đã kéo dài.")
        return []
    if session().scalar(select(Unit.id).limit(1)) is not None:
        say("Cơ sở dữ liệu đã có dữ liệu, không nạp dữ liệu mẫu.")
        return []
    return _fill(data_dir, say)


def _fill(data_dir: Path, say: Say) -> list[DemoAccount]:
    _mark(_LOADING)
    say("Đang nạp dữ liệu mẫu: đơn vị hành chính …")
    loaded = units.load()
    say("Đang nạp dữ liệu mẫu: tài khoản …")
    made = accounts.create(loaded, data_dir)
    sealing.create(data_dir)
    bodies.create(loaded["24"])
    points.create(loaded)
    say("Đang nạp dữ liệu mẫu: phiếu và đợt khảo sát …")
    questionnaires.load_library()
    campaigns.create_all(clock.today())
    say("Đang nạp dữ liệu mẫu: văn bản …")
    opened = campaigns.open_one()
    documents.create_all(clock.today(), opened)
    if opened is not None:
        work.set_rules(opened)
        teams.create(opened)
        rosters.create(opened)
        publicity.create(opened)
        field_reports.create(opened)
        inspections.create(opened)
        tasks_elsewhere.create(opened)
        urging.create(opened)
        nominations.create_all(opened)
        tasks.create(opened)
    say("Đang nạp dữ liệu mẫu: hòm thư góp ý …")
    box = mailbox.create(clock.today())
    letters.create(box)
    tallies.create(box)
    say("Đang nạp dữ liệu mẫu: lấy ý kiến dự thảo …")
    case = consultations.create(clock.today())
    agencies.create(case)
    voices.create(case)
    ballots.create(case)
    consolidation.create(case)
    settings.change(audit.OPERATOR, {"name": _NAME}, settings.version())
    _mark(_LOADED)
    return made


def _mark(state: str) -> None:
    """Say in the database that what it holds is a sample; no page can set or clear this."""
    with write() as current:
        current.merge(Setting(name=_SETTING, value=state))
        audit.record(audit.OPERATOR, audit.Act("installation:sample", "installation", 0,
                                               changes={_SETTING: [None, state]}))  # fmt: skip
