"""A campaign made as the province makes it, with its codes."""

from datetime import timedelta

from portal.core import clock
from portal.core.database import write
from portal.features.campaigns import services
from portal.features.campaigns.drafting import CampaignInput
from portal.features.campaigns.models import Campaign
from portal.features.campaigns.workflow import CAMPAIGN
from portal.features.questionnaires.models import Questionnaire, QuestionnaireVersion
from portal.policy.roles import Duty, Role
from tests.support import surveyed
from tests.support.officials import official
from tests.support.surveyed import Place


def version() -> QuestionnaireVersion:
    """Store the form of the tests."""
    form = surveyed.FORM
    with write() as session:
        stored = QuestionnaireVersion(
            questionnaire=Questionnaire(code=form.code, title=form.title, sort_key=""),
            number=1, content=form.to_json(), digest=form.digest(),
        )  # fmt: skip
        session.add(stored)
    return stored


def given(asked: QuestionnaireVersion) -> CampaignInput:
    """Give an input without fault: three days from the day after tomorrow, everywhere."""
    opens = clock.today() + timedelta(days=2)
    return CampaignInput(
        version_id=asked.id, name="PKS 03", headline="Dân chủ ở [đơn vị] ra sao?",
        about="về dân chủ", audience="Người dân", supporter="Hội Nông dân", minutes=4,
        opens_on=opens, closes_on=opens + timedelta(days=2),
    )  # fmt: skip


def draft(place: Place) -> Campaign:
    """Make a draft that asks in every commune."""
    drafter = official(place, Role.PROVINCE, Duty.DRAFT)
    return services.create(drafter, given(version()))


def draft_by(author: services.Author) -> Campaign:
    """Make the same by somebody who is there already."""
    return services.create(author, given(version()))


def announced(place: Place) -> Campaign:
    """Make one that has been approved."""
    campaign = draft(place)
    CAMPAIGN.fire(official(place, Role.PROVINCE, Duty.APPROVE), campaign.id, "approve")
    return campaign
