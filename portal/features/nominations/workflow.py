"""The rule book of a nomination: draft → proposed → endorsed → shortlisted → awarded.

The tier between agrees to what comes from below it, where the campaign's way has such a tier. Who
is on the list is awarded when the decision on it is issued. Nobody judges his own (policy table).
"""

from portal.core.text import N_
from portal.features.campaigns import fieldwork
from portal.features.campaigns import queries as campaigns
from portal.features.nominations import queries
from portal.features.nominations.models import CONSIDERED, Nomination, State
from portal.features.org_units.models import Level
from portal.policy.permissions import Permission
from portal.workflow.engine import Transition, Workflow


def passes_districts(campaign_id: int) -> bool:
    """Say whether the way of a campaign has a tier between; one that nobody has set has it."""
    way = campaigns.way_of(campaign_id)
    return not way or any(step.level == Level.DISTRICT for step in way)


def from_below_district(nomination: Nomination) -> bool:
    """Say whether it comes from a commune of a district."""
    above = nomination.from_unit.parent
    is_commune = nomination.from_unit.level == Level.COMMUNE
    return is_commune and above is not None and above.level == Level.DISTRICT


def needs_district(nomination: Nomination) -> bool:
    """Say whether a district has to agree: to what its communes propose, where it is on the way."""
    return from_below_district(nomination) and passes_districts(nomination.campaign_id)


def list_is_open(nomination: Nomination) -> str | None:
    """Refuse to change what a closed list says."""
    return LIST_CLOSED if queries.is_closed(nomination.campaign_id) else None


def is_described(nomination: Nomination) -> str | None:
    """Refuse to propose without a word why."""
    return None if nomination.achievement else N_("Chưa ghi thành tích. Mời ghi trước khi đề cử.")


def is_the_only_one(nomination: Nomination) -> str | None:
    """Refuse to propose once more who has been proposed."""
    return PROPOSED_ALREADY if queries.same(nomination) else None


def waits_for_district(nomination: Nomination) -> str | None:
    """Refuse to let a district agree where it is not asked."""
    return None if needs_district(nomination) else N_("Đề cử này đi thẳng lên tỉnh.")


def went_its_way(nomination: Nomination) -> str | None:
    """Refuse to put on the list what the district has not seen."""
    agreed = nomination.endorsed_by or not needs_district(nomination)
    return None if agreed else N_("Huyện chưa có ý kiến về đề cử này.")


def has_a_place(nomination: Nomination) -> str | None:
    """Refuse the one too many (R09): the engine holds the lock while this counts."""
    most = fieldwork.of(nomination.campaign).nominations_max
    return None if queries.count_shortlisted(nomination.campaign_id) < most else LIST_FULL


LIST_CLOSED = N_("Danh sách trình đã chốt. Muốn thay đổi thì tỉnh mở lại danh sách trước.")
LIST_FULL = N_(
    "Danh sách trình đã đủ số nhiều nhất mà kế hoạch cho phép. Mời đưa một đề cử khác ra trước."
)
PROPOSED_ALREADY = N_("Tập thể, cá nhân này đã được đề cử trong đợt.")
_NOT_DECIDED = CONSIDERED | {State.DRAFT}
NOMINATION: Workflow[Nomination] = Workflow(
    "nomination",
    label=N_("Đề cử khen thưởng"),
    states=State,
    initial=State.DRAFT,
    load=queries.get_visible,
    transitions=(
        Transition(
            "propose", frozenset({State.DRAFT}), State.PROPOSED, Permission.NOMINATION_EDIT,
            label=N_("Đề cử"), done=N_("Đã đề cử"),
            guards=(is_described, is_the_only_one, list_is_open),
            effects=("keep_proposer", "freeze_criteria"),
            confirm=N_("Đề cử xong, nội dung và các tiêu chí được chốt; muốn sửa thì rút rồi "
                       "đề cử lại."),
            style="main",
        ),
        Transition(
            "endorse", frozenset({State.PROPOSED}), State.ENDORSED, Permission.NOMINATION_ENDORSE,
            label=N_("Đồng ý, chuyển tỉnh"), done=N_("Huyện đồng ý, chuyển tỉnh"),
            guards=(waits_for_district,), effects=("keep_endorser",), style="main",
        ),
        Transition(
            "decline", frozenset({State.PROPOSED}), State.REJECTED, Permission.NOMINATION_ENDORSE,
            label=N_("Không đồng ý"), done=N_("Huyện không đồng ý"),
            guards=(waits_for_district,), effects=("keep_reason",), needs_reason=True,
            style="danger",
        ),
        Transition(
            "shortlist", CONSIDERED, State.SHORTLISTED, Permission.NOMINATION_DECIDE,
            label=N_("Đưa vào danh sách trình"), done=N_("Đã đưa vào danh sách trình"),
            guards=(list_is_open, went_its_way, has_a_place), effects=("keep_reason",),
            style="main",
        ),
        Transition(
            "take_off", frozenset({State.SHORTLISTED}), State.ENDORSED,
            Permission.NOMINATION_DECIDE,
            label=N_("Đưa ra khỏi danh sách"), done=N_("Đã đưa ra khỏi danh sách trình"),
            guards=(list_is_open,), effects=("keep_reason",), needs_reason=True,
        ),
        Transition(
            "reject", CONSIDERED, State.REJECTED, Permission.NOMINATION_DECIDE,
            label=N_("Không chọn"), done=N_("Không chọn"), effects=("keep_reason",),
            needs_reason=True, style="danger",
        ),
        Transition(
            "withdraw", _NOT_DECIDED, State.WITHDRAWN, Permission.NOMINATION_EDIT,
            label=N_("Rút đề cử"), done=N_("Đã rút đề cử"), effects=("keep_reason",),
            needs_reason=True, style="quiet",
        ),
        Transition(
            "award", frozenset({State.SHORTLISTED}), State.AWARDED, Permission.NOMINATION_DECIDE,
            label=N_("Khen thưởng"), done=N_("Được khen thưởng theo quyết định"),
            effects=("keep_reason",), by_form=True,
        ),
        Transition(
            "annul", frozenset({State.AWARDED}), State.SHORTLISTED, Permission.NOMINATION_DECIDE,
            label=N_("Thôi khen thưởng"), done=N_("Quyết định khen thưởng bị thu hồi"),
            effects=("keep_reason",), by_form=True,
        ),
    ),
)  # fmt: skip
