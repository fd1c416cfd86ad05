"""The rule book of a group's ballots: open → balanced, and open again with a reason."""

from portal.core.text import N_
from portal.features.ballots import queries
from portal.features.ballots.figures import Figures
from portal.features.ballots.models import BallotGroup, State
from portal.features.ballots.standing import pair, stock
from portal.features.consultations.models import State as Case
from portal.policy.permissions import Permission
from portal.workflow.engine import Transition, Workflow

WITNESSES = 2
"""Representatives of households who see the counting (Nghị định 59/2023/NĐ-CP)."""


def papers_are_known(group: BallotGroup) -> str | None:
    """Refuse to settle before it is written down how many ballots were printed and stamped."""
    if group.printed is None or group.stamped is None:
        return N_("Chưa ghi số phiếu đã in và đã đóng dấu của tổ.")
    return None


def both_have_counted(group: BallotGroup) -> str | None:
    """Refuse to settle what only one has counted."""
    if pair(group) is None:
        return N_("Cần đủ hai lần nhập: tổ trưởng một lần, phường một lần.")
    return None


def witnesses_are_named(group: BallotGroup) -> str | None:
    """Refuse to settle without those who counted and two who saw it: the minutes name them."""
    if not group.team.strip() or len(group.witnesses.splitlines()) < WITNESSES:
        return N_("Cần ghi tổ kiểm phiếu và hai đại diện hộ gia đình chứng kiến.")
    return None


def balances(group: BallotGroup) -> str | None:
    """Refuse papers that do not balance; what is settled stands in the group already."""
    counted = settled(group)
    if counted is None or counted.faults(stock(group)):
        return N_("Số phiếu chưa cân: phát ra bằng thu về cộng chưa thu; thu về bằng hợp lệ cộng "
                  "không hợp lệ cộng trắng.")  # fmt: skip
    return None


def case_is_running(group: BallotGroup) -> str | None:
    """Refuse to touch a group once the comments were brought together, or before anybody is asked.

    The report counts on the numbers.
    """
    if group.consultation.state != Case.PUBLISHED:
        return N_("Đợt lấy ý kiến không ở lúc nhận và chốt phiếu.")
    return None


def settled(group: BallotGroup) -> Figures | None:
    """Give the numbers that were settled of a group, None while there are none."""
    heads = (group.issued, group.returned, group.valid, group.invalid, group.blank)
    if any(one is None for one in heads):
        return None
    found = {one.number: (one.agree, one.disagree, one.other) for one in queries.counts([group.id])}
    return Figures(*heads, found)  # type: ignore[arg-type]


NEEDED = (case_is_running, papers_are_known, both_have_counted, witnesses_are_named)
"""What must be known before the numbers are laid side by side; then they must balance too."""


def why_not_settled(group: BallotGroup) -> str | None:
    """Say what is still needed before a group is settled, None if nothing is."""
    return next((why for needed in NEEDED if (why := needed(group))), None)


BALLOT_GROUP: Workflow[BallotGroup] = Workflow(
    "ballot_group",
    label=N_("Phiếu của tổ dân phố"),
    states=State,
    initial=State.OPEN,
    load=queries.get_visible,
    transitions=(
        Transition(
            "settle", frozenset({State.OPEN}), State.BALANCED, Permission.BALLOT_SETTLE,
            label=N_("Chốt số phiếu"), done=N_("Đã chốt số phiếu của tổ"),
            guards=(*NEEDED, balances), effects=("keep_settler",), by_form=True, style="main",
        ),
        Transition(
            "reopen", frozenset({State.BALANCED}), State.OPEN, Permission.BALLOT_SETTLE,
            label=N_("Mở lại để sửa"), done=N_("Đã mở lại số phiếu của tổ"),
            guards=(case_is_running,), effects=("forget_settled",), needs_reason=True,
            style="quiet",
        ),
    ),
)  # fmt: skip
