"""What the districts have to do in a campaign that is carried out: inspect and urge."""

from datetime import date
from typing import Any

from portal.core import clock
from portal.core.database import write
from portal.features.campaigns.models import Campaign
from portal.features.documents.body import Job
from portal.features.inspections import services
from portal.features.inspections.checklist import points
from portal.features.inspections.models import Inspection, Point, Verdict
from portal.features.inspections.services import Findings, Visits
from portal.features.org_units import queries as org_units
from portal.features.tasks.models import State, Task
from portal.policy.roles import Role
from portal.web.actor import Account
from tests.support import papers
from tests.support.surveyed import Place


def district(place: Place, at: str = "Huyện A") -> Account:
    """Give an account of a district that works there, with every duty."""
    return papers.worker(place, Role.DISTRICT, at=at)


def task(place: Place, campaign: Campaign, job: Job, due_on: date, at: str = "Huyện A") -> Task:
    """Give the body of a unit one more duty of the campaign's plan."""
    [body] = org_units.organisations([place[at].id])
    with write() as current:
        made = Task(
            document_id=campaign.plan_id, duty=f"viec-{job}", unit_id=body.unit_id,
            organisation_id=body.id, what=f"Việc {job}", job=job, due_on=due_on,
            state=State.TODO, changed_at=clock.now(),
        )  # fmt: skip
        current.add(made)
    return made


def plan(actor: Account, campaign: Campaign, place: Place, *names: str, **given: Any) -> int:  # noqa: ANN401
    """Plan visits to communes today, or on the day that is given."""
    units = frozenset(place[name].id for name in names)
    usual: dict[str, Any] = {"day": clock.today(), "inspectors": "Nguyễn Văn A, Ban Dân vận"}
    return services.plan(actor, campaign, Visits(units, **usual | given))


def found(inspection: Inspection, *missed: str, **given: Any) -> Findings:  # noqa: ANN401
    """Give findings: all points met but those named, which are missed."""
    looked = tuple(
        Point(one.key, one.text, Verdict.MISSED, "Chưa treo") if one.key in missed
        else Point(one.key, one.text, Verdict.MET)
        for one in points(inspection)
    )  # fmt: skip
    values: dict[str, Any] = {
        "done_on": clock.today(), "inspectors": inspection.inspectors, "place": "",
        "points": looked, "findings": "Tổ công tác làm tốt",
    }  # fmt: skip
    return Findings(**values | given)


def record(actor: Account, inspection: Inspection, *missed: str, finish: bool = True) -> Inspection:
    """Write down what was found."""
    version = inspection.version
    return services.save(actor, inspection, found(inspection, *missed), version, finish=finish)
