"""Reminding units, once a day of each duty, and keeping who has read what."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Protocol

from portal.core import clock
from portal.core.database import session, write
from portal.core.errors import Refused
from portal.core.text import N_
from portal.features.audit import services as audit
from portal.features.audit.services import Act
from portal.features.campaigns.models import Campaign
from portal.features.documents.body import Job
from portal.features.inspections.models import Inspection
from portal.features.org_units.models import Organisation
from portal.features.tasks import services as tasks
from portal.features.urging import board, queries, wording
from portal.features.urging.models import INSPECTED, Channel, Lack, NoticeMark, Reminder
from portal.policy.predicates import Actor


class Author(Actor, Protocol):
    """Whoever reminds."""

    @property
    def display_name(self) -> str:
        """The account's name, for the log."""


@dataclass(frozen=True)
class Urged:
    """What came of reminding."""

    sent: tuple[Reminder, ...]
    already: tuple[Reminder, ...]
    """Of these somebody had reminded before, today."""


def remind(
    actor: Author, campaign: Campaign, duty: str, unit_ids: Collection[int], channel: Channel,
    base_url: str,
) -> Urged:  # fmt: skip
    """Remind units of a duty that they have not done; nobody twice a day.

    Args:
        actor: above these units.
        campaign: announced.
        duty: of its plan, or what else is missing.
        unit_ids: whom; those that have done it meanwhile are left in peace.
        channel: as a notice here, or that the words were sent by Zalo.
        base_url: the configured address of the portal.

    Raises:
        Refused: all have done it, or all were reminded today; the sentence says by whom.
    """
    found = board.groups(actor, campaign, ahead=board.MOST_AHEAD)
    lacks = [
        one for group in found if group.duty == duty
        for one in group.lacks if one.unit.id in unit_ids
    ]  # fmt: skip
    if not lacks:
        raise Refused(NOBODY_LEFT)
    with write(f"remind:{campaign.id}") as current:
        known = queries.sent_today(campaign.id, duty)
        wanted = [one for one in lacks if one.unit.id not in known]
        already = tuple(known[one.unit.id] for one in lacks if one.unit.id in known)
        if not wanted:
            raise Refused(ALREADY, who=already[0].body, at=_hour(already[0]))
        body = _body(actor)
        sent = [_reminder(actor, campaign, one, channel, base_url, body) for one in wanted]
        current.add_all(sent)
        current.flush()
        audit.record_all(actor, [_act(one) for one in sent])
        tasks.follow(
            actor, campaign.plan_id, Job.URGING, actor.unit_id, "submit", due_on=clock.today(),
            reason=f"Đã nhắc {len(sent)} đơn vị",
        )  # fmt: skip
    return Urged(tuple(sent), already)


def tell_inspected(inspection: Inspection, actor: Actor, reason: str) -> None:  # noqa: ARG001 - an effect
    """Tell a unit that what was found there can be read: the effect "tell_inspected"."""
    met, missed = len(inspection.met), len(inspection.missed)
    what = f"Đã có kết quả kiểm tra: {met} mục đạt, {missed} mục chưa đạt"
    body = inspection.organisation.name
    session().add(Reminder(
        campaign_id=inspection.campaign_id, unit_id=inspection.unit_id,
        duty=f"{INSPECTED}{inspection.id}", what=what, due_on=None, channel=Channel.PORTAL,
        text=f"{what}. Mời đồng chí đọc và cho ý kiến của đơn vị.",
        path=f"/kiem-tra/{inspection.id}", day=clock.today(), sent_at=clock.now(),
        sent_by=getattr(actor, "display_name", ""), body=body,
    ))  # fmt: skip


def mark_read(actor: Actor, shown: int) -> None:
    """Keep that an account has read its notices.

    Args:
        actor: whose they are.
        shown: the latest one that stood on its page; what came since stays unread.
    """
    mine = (one.id for one in queries.notices(actor, clock.today() - queries.KEPT))
    latest = max((one for one in mine if one <= shown), default=0)
    with write() as current:
        mark = current.get(NoticeMark, actor.user_id, with_for_update=True)
        if mark is None:
            mark = NoticeMark(user_id=actor.user_id, read_to_id=latest, read_on=clock.today())
            current.add(mark)
        mark.read_to_id, mark.read_on = max(latest, mark.read_to_id), clock.today()


def _reminder(
    actor: Author, campaign: Campaign, lack: Lack, channel: Channel, base_url: str, body: str
) -> Reminder:
    return Reminder(
        campaign_id=campaign.id, unit_id=lack.unit.id, organisation_id=lack.organisation_id,
        duty=lack.duty, what=lack.what, due_on=lack.due_on, channel=channel,
        text=wording.one(campaign.name, lack, base_url, body), path=lack.path,
        day=clock.today(), sent_at=clock.now(), sent_by=actor.display_name, body=body,
    )  # fmt: skip


def _body(actor: Actor) -> str:
    return session().get_one(Organisation, actor.organisation_id).name


def _hour(reminder: Reminder) -> str:
    return f"{reminder.sent_at.astimezone(clock.VN):%H:%M}"


def _act(one: Reminder) -> Act:
    return Act(
        "reminder:sent", "reminder", one.id, subject_name=one.what, unit_id=one.unit_id,
        changes={"channel": [None, one.channel]},
    )  # fmt: skip


NOBODY_LEFT = N_("Các đơn vị này vừa làm xong, không còn ai phải nhắc.")
ALREADY = N_("Việc này hôm nay đã được %(who)s nhắc lúc %(at)s. Mỗi ngày chỉ nhắc một lần.")
