"""The editor of a questionnaire as a browser without script uses it."""

from portal.core.database import session
from portal.features.questionnaires import queries
from portal.features.questionnaires.definition import Definition
from portal.features.questionnaires.models import QuestionnaireDraft
from tests.support.client import CheckingClient
from tests.support.page import Page

WARD, OTHER = "Phường Ngô Quyền", "Xã Khác"


def editor(client: CheckingClient, draft: QuestionnaireDraft, focus: str = "") -> Page:
    """Open the editor where one wants to write."""
    where = f"?mo={focus}" if focus else ""
    return client.page(f"/phieu-mau/soan/{draft.questionnaire_id}{where}")


def press(page: Page, command: str, **typed: str) -> Page:
    """Type into fields (a_hoi for "a-hoi") and press the button of this value."""
    form = page.form("Lưu")
    fields = form.fields
    for name, value in typed.items():
        fields[name.replace("_", "-")] = value
    fields["lenh"] = command
    return page.send("post", form.action, fields)


def stored(draft: QuestionnaireDraft) -> Definition:
    """Give the draft as it stands in the database."""
    session().expire_all()
    found = queries.draft(draft.questionnaire_id)
    assert found is not None
    return found.definition
