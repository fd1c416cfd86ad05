"""What the sample's farmers' association has done of the duties that have no page of their own."""

from sqlalchemy import select

from portal.cli.sample import accounts
from portal.core.database import session
from portal.features.campaigns.models import Campaign
from portal.features.documents.body import Job
from portal.features.tasks import services
from portal.features.tasks.models import Task

_DOER = "tinh.hoinongdan"
_NOTE = "Đã có văn bản chỉ đạo, giao việc cho hội các cấp (dữ liệu mẫu)."
_LINK = "https://hoinongdan.example.vn/van-ban-mau"


def create(campaign: Campaign) -> None:
    """Hand a task in, so that one waits for the province's leaders.

    Args:
        campaign: the open survey; its plan has handed its tasks out.
    """
    doer = accounts.acting(_DOER)
    mine = select(Task).where(
        Task.document_id == campaign.plan_id, Task.job == Job.NONE,
        Task.organisation_id == doer.organisation_id,
    )  # fmt: skip
    for task in session().scalars(mine.order_by(Task.id)).all():
        services.submit(doer, task, _NOTE, links=[_LINK])
