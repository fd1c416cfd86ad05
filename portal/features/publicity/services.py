"""Recording what was made public, adding to it, taking it down."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from portal.core import clock
from portal.core.database import write
from portal.core.errors import Invalid, Refused, Stale
from portal.core.text import N_, clean
from portal.features.audit import services as audit
from portal.features.audit.services import Act
from portal.features.campaigns.models import Campaign
from portal.features.documents.recording import Author
from portal.features.evidence import services as evidence
from portal.features.evidence.models import Evidence
from portal.features.evidence.services import Photo, Subject
from portal.features.publicity import duty, queries
from portal.features.publicity.contents import CHANNELS, content
from portal.features.publicity.models import Posting
from portal.features.publicity.taking import (
    BACKWARDS,
    TEXTS,
    TOO_LONG,
    NewPosting,
    checked,
    hours,
)
from portal.workflow.engine import MAX_REASON, REASON_NEEDED, REASON_TOO_LONG


@dataclass(frozen=True)
class Addition:
    """What can be said later of a posting."""

    to_on: date | None
    times: str
    told: bool
    note: str


def record(
    author: Author, new: NewPosting, campaign: Campaign | None = None,
    photos: Sequence[Photo] = (), links: Iterable[str] = (),
) -> list[Posting]:  # fmt: skip
    """Record that contents were made public by a channel; sent twice it is there once.

    The duty of the plan follows: begun with the first, handed in when nothing is missing.

    Args:
        author: of the unit that made it public.
        new: what, how, where, from when.
        campaign: for which; None for what the law wants public anyway.
        photos: from `evidence.read_photos`, for each of the contents.
        links: addresses, likewise.

    Raises:
        Invalid: by field.
    """
    new = checked(author, new, campaign)
    links = tuple(links)
    with write(f"postings:{author.unit_id}") as current, evidence.unless_refused(photos):
        there = _by_key(queries.of_unit(campaign.id if campaign else None, author.unit_id))
        found = []
        for code in new.objects:
            one = there.get(_key(code, new))
            if one is None:
                one = _posting(author, new, code, campaign)
                current.add(one)
                current.flush()
                audit.record(author, _act("recorded", one, {"from_on": [None, one.from_on]}))
            evidence.attach(author, subject_of(one), photos=photos, links=links)
            found.append(one)
        duty.follow(author, campaign, author.unit_id)
    return found


def supplement(
    author: Author, posting: Posting, added: Addition, version: int,
    photos: Sequence[Photo] = (), links: Iterable[str] = (),
) -> None:  # fmt: skip
    """Add to a posting: evidence, hours, a last day; what it was before stays in the record.

    Raises:
        Invalid: by field.
        Stale: somebody else saved first.
        Refused: it was called a mistake.
    """
    times = hours(added.times)
    note = clean(added.note, multiline=True)
    if added.to_on and added.to_on < posting.from_on:
        raise Invalid({"to_on": BACKWARDS})
    if len(note) > TEXTS["note"]:
        raise Invalid({"note": TOO_LONG})
    with write(f"postings:{posting.unit_id}") as current, evidence.unless_refused(photos):
        current.refresh(posting, with_for_update={"of": Posting})
        _check_standing(posting)
        if posting.version != version:
            raise Stale(SAVED_FIRST, _state_of(posting))
        before, was_full = _state_of(posting), duty.is_full(posting.campaign, posting.unit_id)
        posting.to_on, posting.times = added.to_on, times
        posting.told, posting.note = added.told, note
        changes = {
            name: [before[name], value]
            for name, value in _state_of(posting).items() if before[name] != value
        }  # fmt: skip
        if changes:
            current.flush()
            audit.record(author, _act("changed", posting, changes))
        evidence.attach(author, subject_of(posting), photos=photos, links=links)
        duty.follow(author, posting.campaign, posting.unit_id, was_full=was_full)


def take_off(author: Author, posting: Posting, piece: Evidence, reason: str) -> None:
    """Take a photo or link off a posting; the duty opens again if nothing shows it any more.

    Args:
        author: of the unit that added it.
        posting: what it showed.
        piece: as `evidence.services.remove` takes it.
        reason: why.

    Raises:
        Invalid: no reason, or too long a one; under "reason".
    """
    was_full = duty.is_full(posting.campaign, posting.unit_id)
    evidence.remove(author, piece, reason)  # Its own: a file that is gone is not brought back.
    with write(f"postings:{posting.unit_id}"):
        duty.follow(author, posting.campaign, posting.unit_id, was_full=was_full)


def take_down(
    author: Author, posting: Posting, day: date | None, reason: str, *, mistaken: bool = False
) -> None:
    """Record that something is public no longer, or never was; twice does no harm.

    Args:
        author: of the unit.
        posting: still up.
        day: the first day on which it is not there.
        reason: why, for example “Hết thời hạn niêm yết”.
        mistaken: it was entered by mistake.

    Raises:
        Invalid: by field.
    """
    reason = clean(reason, multiline=True)
    if not reason or len(reason) > MAX_REASON:
        raise Invalid({"reason": REASON_TOO_LONG if reason else REASON_NEEDED})
    day = clock.today() if mistaken or day is None else day
    if not posting.from_on <= day <= clock.today():
        raise Invalid({"day": N_("Ngày gỡ từ ngày công khai đến hôm nay.")})
    with write(f"postings:{posting.unit_id}") as current:
        current.refresh(posting, with_for_update={"of": Posting})
        if posting.taken_down_on is not None:
            return
        was_full = duty.is_full(posting.campaign, posting.unit_id)
        posting.taken_down_on, posting.taken_down_by = day, author.display_name
        posting.taken_down_why, posting.mistaken = reason, mistaken
        current.flush()
        audit.record(author, _act("taken_down", posting, {"taken_down_on": [None, day]}, reason))
        duty.follow(author, posting.campaign, posting.unit_id, was_full=was_full)


def subject_of(posting: Posting) -> Subject:
    """Give what evidence is attached to."""
    return Subject(queries.KIND, posting.id, posting.unit_id, posting.name)


def _posting(author: Author, new: NewPosting, code: str, campaign: Campaign | None) -> Posting:
    return Posting(
        unit_id=author.unit_id, campaign_id=campaign.id if campaign else None, campaign=campaign,
        document_id=new.document_id, decided_on=new.decided_on, object=code, title=new.title,
        channel=new.channel, place=new.place, from_on=new.from_on, to_on=new.to_on,
        times=new.times, told=new.told, note=new.note, added_by=author.display_name,
        added_at=clock.now(),
    )  # fmt: skip


_Key = tuple[str, str, str, str, date]


def _key(code: str, new: NewPosting) -> _Key:
    return code, new.title, new.channel, new.place, new.from_on


def _by_key(there: Iterable[Posting]) -> dict[_Key, Posting]:
    return {
        (one.object, one.title, one.channel, one.place, one.from_on): one
        for one in there if one.taken_down_on is None
    }  # fmt: skip


def _check_standing(posting: Posting) -> None:
    if posting.mistaken:
        raise Refused(N_("Dòng này đã được đánh dấu ghi nhầm."))


def _state_of(posting: Posting) -> dict[str, object]:
    to_on = clock.format_date(posting.to_on) if posting.to_on else ""
    return {"to_on": to_on, "times": posting.times, "told": posting.told, "note": posting.note}


def _act(verb: str, one: Posting, changes: dict[str, list[object]], reason: str = "") -> Act:
    return Act(
        f"posting:{verb}", queries.KIND, one.id,
        subject_name=f"{CHANNELS[one.channel]}: {one.title or content(one.object).name}",
        unit_id=one.unit_id, reason=reason, changes=changes,
    )  # fmt: skip


SAVED_FIRST = N_("Người khác vừa lưu trước. Mời xem lại.")
