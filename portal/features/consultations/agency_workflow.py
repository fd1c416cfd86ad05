"""The rule book of an agency's answer: invited → sent, and back while its track is open."""

from portal.core.text import N_
from portal.features.consultations import agency_queries
from portal.features.consultations.models import Submission, SubmissionState
from portal.policy.permissions import Permission
from portal.workflow.engine import Transition, Workflow

AGENCY: Workflow[Submission] = Workflow(
    "agency",
    label=N_("Góp ý của cơ quan, đơn vị"),
    states=SubmissionState,
    initial=SubmissionState.INVITED,
    load=agency_queries.get_visible,
    transitions=(
        Transition(
            "send", frozenset({SubmissionState.INVITED}), SubmissionState.SENT,
            Permission.AGENCY_ANSWER, label=N_("Gửi góp ý"), done=N_("Đã gửi góp ý"),
            by_form=True, style="main",
        ),
        Transition(
            "take_back", frozenset({SubmissionState.SENT}), SubmissionState.INVITED,
            Permission.AGENCY_ANSWER, label=N_("Rút lại để sửa"), done=N_("Đã rút lại để sửa"),
            by_form=True, style="quiet",
        ),
    ),
)  # fmt: skip
