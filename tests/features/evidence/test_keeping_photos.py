"""Photos that are sent with something else: kept if it may be stored, gone if it is refused."""

import pytest

from portal.core import clock
from portal.core.database import session
from portal.core.errors import Invalid, Refused
from portal.features.documents.body import Job
from portal.features.evidence import files, queries, services
from portal.features.inspections import services as inspecting
from portal.features.inspections.models import Inspection
from portal.features.tasks import services as tasks
from portal.workflow.engine import MAX_REASON
from tests.support import carried, faults, surveyed, urged
from tests.support.officials import PLACES
from tests.support.pictures import upload


@pytest.fixture
def place(app):
    return surveyed.province(PLACES)


@pytest.fixture
def campaign(place):
    return carried.carry_out(place)


@pytest.fixture
def district(place):
    return urged.district(place)


@pytest.fixture
def task(place, campaign, district):
    return urged.task(place, campaign, Job.NONE, clock.today())


@pytest.fixture
def inspection(place, campaign, district):
    urged.plan(district, campaign, place, "Xã 1")
    return session().query(Inspection).one()


def on_disk():
    return {path.name for path in files.PHOTOS.path.glob("*")}


def photos():
    return services.read_photos([upload()])


def test_photos_of_a_task_are_kept_though_the_commit_is_not_answered(district, task):
    with faults.commits_unanswered():
        tasks.submit(district, task, "Đã làm", photos())
    assert on_disk() == queries.stored_names() != set()


def test_photos_of_a_visit_are_kept_though_the_commit_is_not_answered(district, inspection):
    found, version = urged.found(inspection), inspection.version
    with faults.commits_unanswered():
        inspecting.save(district, inspection, found, version, finish=True, photos=photos())
    assert on_disk() == queries.stored_names() != set()


def test_what_is_refused_leaves_no_photo(district, task, inspection):
    with pytest.raises(Invalid):
        tasks.submit(district, task, "x" * (MAX_REASON + 1), photos())
    urged.record(district, inspection)
    with pytest.raises(Refused):
        inspecting.save(
            district, inspection, urged.found(inspection), inspection.version, finish=True,
            photos=photos(),
        )  # fmt: skip
    assert on_disk() == set()
