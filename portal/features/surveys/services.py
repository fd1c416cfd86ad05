"""What officials may ask of the answers: files for the province, with a reason, on the record."""

import secrets

from portal.core.database import write
from portal.core.errors import Invalid, Refused
from portal.core.jobs import Job, enqueue
from portal.core.text import N_
from portal.features.audit import services as audit
from portal.features.audit.services import Act, Doer
from portal.features.campaigns.models import Campaign
from portal.features.surveys import results
from portal.features.surveys.territory import WHOLE

ANSWERS, TEXTS = "export_answers", "export_texts"
LEAST_REASON, MOST_REASON = 10, 1000


def order_export(doer: Doer, campaign: Campaign, kind: str, reason: str) -> Job:
    """Have a file of rows or of free texts made for one account.

    Args:
        doer: who asks; nobody else may take the file.
        campaign: sealed.
        kind: `ANSWERS` or `TEXTS`.
        reason: why it is needed; it goes on the record.

    Raises:
        Invalid: the reason says nothing, or there is no such kind.
        Refused: the campaign is not sealed, or holds fewer than k answers.
    """
    if kind not in {ANSWERS, TEXTS}:
        raise Invalid({"kind": N_("Mời chọn loại tệp.")})
    if not LEAST_REASON <= len(reason) <= MOST_REASON:
        raise Invalid({"reason": N_("Ghi rõ lý do, từ 10 đến 1.000 ký tự.")})
    _check_enough(campaign, kind)
    with write("jobs"):
        audit.record(
            doer,
            Act(
                f"{kind}:ordered", "campaign", campaign.id, subject_name=campaign.name,
                unit_id=campaign.unit_id, reason=reason,
            ),
        )  # fmt: skip
        run_key = f"{kind}:{campaign.id}:{secrets.token_hex(8)}"
        return enqueue(kind, run_key, {"campaign_id": campaign.id}, owner_id=doer.user_id)


def _check_enough(campaign: Campaign, kind: str) -> None:
    if not campaign.is_sealed:
        raise Refused(N_("Chỉ xuất được sau khi đợt đóng và số liệu đã niêm phong."))
    found = results.of(campaign)
    asked = [q for q in found.definition.closed_questions if found.shows(q, WHOLE)]
    if not (asked if kind == ANSWERS else found.text_questions()):
        raise Refused(N_("Chưa đủ số phiếu tối thiểu để xuất."))
