"""A group's counts are entered twice, by two people who do not see each other's, then settled."""

import textwrap

from portal.core import clock
from portal.core.database import write
from portal.core.errors import Invalid, Refused
from portal.core.text import N_, clean
from portal.features.audit import services as audit
from portal.features.audit.services import Doer
from portal.features.ballots import figures, queries, services, standing
from portal.features.ballots.figures import Figures
from portal.features.ballots.models import BallotCount, BallotEntry, BallotGroup, Enterer
from portal.features.ballots.workflow import BALLOT_GROUP
from portal.features.documents.recording import Author


def enter(
    doer: Doer, group: BallotGroup, who: Enterer, counted: Figures, reason: str = ""
) -> BallotEntry:
    """Take in what one of the two has counted; entered again, it replaces.

    Args:
        doer: the holder of the group's link, or an account of the ward.
        group: whose ballots.
        who: as whom. An account may enter for a head without a telephone, from the paper minutes;
            then another account enters for the ward.
        counted: the numbers.
        reason: why other numbers than before, once both have entered theirs (`needs_reason`).

    Raises:
        Invalid: they do not balance, by the number's name; or "reason" is needed.
        Refused: not now, one person would enter both, or an account would write over what the
            head entered himself.
    """
    with write(services.LOCK) as current:
        services.check_open(current, group)
        if refusal := why_not(doer, group, who):
            raise Refused(refusal)
        check(group, counted)
        entry = standing.entry(group, who)
        changes = _changes(entry, counted)
        reason = clean(reason, multiline=True)
        if changes and not reason and needs_reason(group):
            raise Invalid({"reason": WHY_OTHERS})
        if entry is None:
            entry = BallotEntry(group_id=group.id, who=who)
            current.add(entry)
        entry.figures, entry.entered_on = counted.to_json(), clock.today()
        entry.entered_by, entry.entered_by_id = doer.display_name, doer.user_id or None
        current.flush()
        current.expire(group, ["entries"])
        audit.record(doer, services.act_of(f"entered_{who}", group, changes, reason))
    return entry


def needs_reason(group: BallotGroup) -> bool:
    """Say whether other numbers need a reason: both are there, so one might copy the other's."""
    return standing.pair(group) is not None


def why_not(doer: Doer, group: BallotGroup, who: Enterer) -> str | None:
    """Say why somebody does not enter a group's counts as one of the two now, None if he may."""
    if refusal := standing.why_no_entry(group, clock.today()):
        return refusal
    other = standing.entry(group, Enterer.WARD if who is Enterer.HEAD else Enterer.HEAD)
    if other and other.entered_by_id is not None and other.entered_by_id == doer.user_id:
        return ONE_PERSON
    entry = standing.entry(group, who)
    return HIS_OWN if entry and entry.entered_by_id is None and doer.user_id else None


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
        _check_remarks(group, counted)
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


def _changes(entry: BallotEntry | None, counted: Figures) -> dict[str, object]:
    """Give every number that is another than before, as the record keeps it."""
    before = Figures.from_json(entry.figures).told_apart if entry else {}
    after = counted.told_apart
    return {name: [before.get(name), value] for name, value in after.items()
            if before.get(name) != value}  # fmt: skip


def _check_remarks(group: BallotGroup, counted: Figures) -> None:
    """Refuse fewer valid ballots than say one and the same thing.

    Raises:
        Invalid: under "valid"; the remark is named.
    """
    over = next((one for one in queries.remarks(group) if one.households > counted.valid), None)
    if over:
        said = textwrap.shorten(over.text, 60, placeholder="…")
        values = {"said": said, "n": over.households, "valid": counted.valid}
        raise Invalid({"valid": REMARK_OVER}, **values)


ONE_PERSON = N_("Lần nhập kia là của chính đồng chí. Hai lần nhập phải do hai người.")
HIS_OWN = N_("Tổ trưởng đã tự nhập lần này. Số có nhầm thì chốt theo số đúng và ghi lý do.")
WHY_OTHERS = N_("Hai lần nhập đã đủ: sửa số thì ghi vì sao, ví dụ gõ nhầm so với biên bản.")
REMARK_OVER = N_("Ý kiến “%(said)s” ghi %(n)s phiếu, nhiều hơn %(valid)s phiếu hợp lệ. Mời sửa "
                 "số phiếu của ý kiến ấy trước.")  # fmt: skip
ONE_ENTRY = N_("Cần đủ hai lần nhập: tổ trưởng một lần, phường một lần.")
WHY = N_("Hai lần nhập khác nhau hoặc số chốt khác số đã nhập: mời ghi đã kiểm lại thế nào.")
