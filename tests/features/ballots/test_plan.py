"""The plan's duty of printing and stamping goes along with the ballots."""

import pytest
from sqlalchemy import select

from portal.core.database import session, write
from portal.features.ballots import groups, services
from portal.features.ballots.models import BallotGroup
from portal.features.ballots.services import GroupInput
from portal.features.consultations import from_plans
from portal.features.consultations import services as cases
from portal.features.documents.body import Job
from portal.features.org_units.kinds import OrganisationKind as Kind
from portal.features.org_units.models import Organisation
from portal.features.tasks.models import Task
from portal.web.actor import Account
from tests.support import cased

pytestmark = pytest.mark.usefixtures("app")


def states() -> set[str]:
    return set(session().scalars(select(Task.state).where(Task.job == Job.BALLOTS)))


def stamp(author: Account, group: BallotGroup) -> None:
    services.change(author, group, GroupInput(group.group, 50, None, 55, 50), group.version)


def test_stamping_the_last_groups_ballots_hands_the_duty_in() -> None:
    place = cased.ward()
    with write() as current:
        current.add(Organisation(unit_id=place.host.unit_id, kind=Kind.BUREAU, name="Văn phòng",
                                 folded="van phong", sort_key="van phong"))  # fmt: skip
    cased.letterhead(place.host)
    author = place.actor()
    plan = cased.plan(author, *(cased.day(n) for n in (0, 0, 4, 1, 6, 5, 6, 7, 9)))
    case = cases.create(author, from_plans.suggestion(author, plan))
    one, two = (groups.add(author, case, f"Tổ {n}", 50) for n in (1, 2))
    assert states() == {"todo"}
    stamp(author, one)
    assert states() == {"doing"}
    stamp(author, two)
    assert states() == {"submitted"}
