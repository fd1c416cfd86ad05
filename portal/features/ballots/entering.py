"""A group's counts are entered twice, by two people who do not see each other's, then settled."""

from portal.core import clock
from portal.core.database import write
from portal.core.errors import Invalid, Refused
from portal.core.text import N_, clean
from portal.features.audit import services as audit
from portal.features.audit.services import Doer
from portal.features.ballots import figures, services, standing
from portal.features.ballots.figures import Figures
from portal.features.ballots.models import BallotCount, BallotEntry, BallotGroup, Enterer
from portal.features.ballots.workflow import BALLOT_GROUP
from portal.features.documents.recording import Author


def enter(doer: Doer, group: BallotGroup, who: Enterer, counted: Figures) -> BallotEntry:
    """Take in what one of the two has counted; entered again, it replaces.

    Args:
        doer: the holder of the group's link, or an account of the ward.
        group: whose ballots.
        who: as whom. An account may enter for a head without a telephone, from the paper minutes;
            then another account enters for the ward.
        counted: the numbers.

    Raises:
        Invalid: they do not balance; by the number's name.
        Refused: not now, or one person would enter both.
    """
    with write(services.LOCK) as current:
        services.check_open(current, group)
        if refusal := standing.why_no_entry(group, clock.today()):
            raise Refused(refusal)
        check(group, counted)
        other = standing.entry(group, Enterer.WARD if who is Enterer.HEAD else Enterer.HEAD)
        if other and other.entered_by_id is not None and other.entered_by_id == doer.user_id:
            raise Refused(ONE_PERSON)
        entry = standing.entry(group, who)
        if entry is None:
            entry = BallotEntry(group_id=group.id, who=who)
            current.add(entry)
        entry.figures, entry.entered_on = counted.to_json(), clock.today()
        entry.entered_by, entry.entered_by_id = doer.display_name, doer.user_id or None
        current.flush()
        current.expire(group, ["entries"])
        audit.record(doer, services.act_of(f"entered_{who}", group))
    return entry


def check(group: BallotGroup, counted: Figures) -> None:
    """Refuse what does not balance.

    Raises:
        Invalid: by the number's name.
    """
    stock = standing.stock(group)
    if errors := counted.faults(stock):
        raise Invalid(errors, **counted.told(stock))


def settle(author: Author, group: BallotGroup, counted: Figures, reason: str) -> None:
    """Settle the numbers of a group from its two entries.

    Args:
        author: of the body that brings the comments together.
        group: entered twice.
        counted: what stands from now on.
        reason: why these, where the entries differ or neither says so.

    Raises:
        Invalid: they do not balance, by the number's name; or "reason" is needed.
        Refused: a guard says no.
        Forbidden: the author may not.
    """
    reason = clean(reason, multiline=True)
    with write(services.LOCK) as current:
        services.check_open(current, group)
        both = standing.pair(group)
        if both is None:
            raise Refused(ONE_ENTRY)
        check(group, counted)
        if not reason and any(figures.differing(one, counted) for one in both):
            raise Invalid({"reason": WHY})
        for name in figures.HEADS:
            setattr(group, name, getattr(counted, name))
        for number, (agree, disagree, other) in counted.opinions.items():
            current.merge(BallotCount(group_id=group.id, number=number, agree=agree,
                                      disagree=disagree, other=other))  # fmt: skip
        current.flush()
        changes = {name: [None, value] for name, value in counted.values.items()
                   if name in figures.HEADS}  # fmt: skip
        audit.record(author, services.act_of("numbers_settled", group, changes, reason))
        BALLOT_GROUP.fire(author, group.id, "settle", reason)


ONE_PERSON = N_("Lần nhập kia là của chính đồng chí. Hai lần nhập phải do hai người.")
ONE_ENTRY = N_("Cần đủ hai lần nhập: tổ trưởng một lần, phường một lần.")
WHY = N_("Hai lần nhập khác nhau hoặc số chốt khác số đã nhập: mời ghi đã kiểm lại thế nào.")
