"""The rule book of a version: worked on, then published and frozen for good."""

from portal.core.text import N_
from portal.features.regulations import faults, queries, reading
from portal.features.regulations.models import DraftVersion, VersionState
from portal.policy.permissions import Permission
from portal.workflow.engine import Transition, Workflow


def is_sound(version: DraftVersion) -> str | None:
    """Refuse to publish what comments could not be told apart on: a number that comes twice."""
    found = faults.found(reading.outline(version))
    return FAULTY if any(one.is_grave for one in found) else None


def is_matched(version: DraftVersion) -> str | None:
    """Refuse to publish keys that are a guess: they would put words into somebody's mouth."""
    return None if version.matched else UNMATCHED


FAULTY = N_("Còn chỗ phải sửa trước khi chốt: số trùng nhau, điều khoản thiếu số.")
UNMATCHED = N_("Chưa xác nhận đối chiếu với bản trước.")
DRAFT_VERSION: Workflow[DraftVersion] = Workflow(
    "draft_version",
    label=N_("Bản dự thảo"),
    states=VersionState,
    initial=VersionState.DRAFT,
    load=queries.get_visible_version,
    transitions=(
        Transition(
            "publish", frozenset({VersionState.DRAFT}), VersionState.PUBLISHED,
            Permission.DRAFT_PUBLISH, label=N_("Chốt làm bản góp ý"),
            done=N_("Đã chốt làm bản góp ý"), guards=(is_sound, is_matched), by_form=True,
            style="main",
        ),
    ),
)  # fmt: skip
