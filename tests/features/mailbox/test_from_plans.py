"""Plan 000: the ward's plan orders a box; its dates, its readers, its duties follow."""

import pytest
from sqlalchemy import select

from portal.core import clock
from portal.core.database import session, write
from portal.core.errors import Invalid
from portal.features.documents import templates
from portal.features.documents.body import Job
from portal.features.documents.models import Document, Letterhead, State
from portal.features.evidence import services as evidence
from portal.features.mailbox import from_plans, placing, queries, services
from portal.features.mailbox.models import Mailbox
from portal.features.mailbox.placing import Placed
from portal.features.mailbox.workflow import MAILBOX
from portal.features.org_units.kinds import PointKind
from portal.features.tasks.models import Task
from portal.policy.roles import Role
from portal.web.actor import Account
from tests.support import boxed, lettered, papers, placed, surveyed
from tests.support.lettered import Lettered
from tests.support.pictures import upload

ROUNDS = (boxed.span(-3, 40), boxed.span(41, 90), boxed.span(100, 120), boxed.span(130, 150))
"""The second follows the first without a day between: they are two rounds all the same."""


@pytest.fixture
def made(app):
    return lettered.box()


@pytest.fixture
def author(made):
    return boxed.runner(made)


@pytest.fixture
def plan(made, author):
    """Issue the plan of the ward, as its template writes it."""
    clerk = surveyed.actor(made.account("committee", Role.COMMUNE))
    with write() as current:
        current.add(Letterhead(
            organisation_id=clerk.organisation_id, regime="party", issuer_name="ĐẢNG ỦY PHƯỜNG",
            symbol="ĐU", place="Ngô Quyền", term="2025-2030", signer="Người Ký Mẫu",
            titles="PHÓ BÍ THƯ",
        ))  # fmt: skip
    return issued(clerk)


def issued(clerk: Account) -> Document:
    template = templates.find("hom_thu_gop_y")
    letterhead = session().get_one(Letterhead, clerk.organisation_id)
    told = "\n".join(" – ".join(map(clock.format_date, one)) for one in ROUNDS)
    answers = templates.suggested(template, letterhead) | {
        "year": str(ROUNDS[0].first.year), "rounds": told,
        "install_due": clock.format_date(clock.today()),
    }  # fmt: skip
    body = templates.fill(template, answers, letterhead)
    return papers.issued(clerk, body=body, template_code=template.code)


def states(job: Job) -> set[str]:
    return set(session().scalars(select(Task.state).where(Task.job == job)))


def follow(made: Lettered, author: Account, plan: Document, **changed: object) -> Mailbox:
    made.account("reader", Role.COMMUNE)
    given = from_plans.suggestion(author.unit_id, author.organisation_id, plan)
    return services.create(author, boxed.replace(given, **changed), plan)


def test_a_box_of_a_plan_has_its_rounds_and_its_standing_agency_reads(made, author, plan):
    box = follow(made, author, plan)
    assert box.rounds == ROUNDS
    assert (box.plan_id, box.reader_id) == (plan.id, made.bodies["reader"].id)


def test_a_plan_is_offered_until_a_box_follows_it(made, author, plan):
    assert [one.id for one in from_plans.plans_for(author.unit_id)] == [plan.id]
    follow(made, author, plan)
    assert from_plans.plans_for(author.unit_id) == []
    assert from_plans.plans_for(made.units["Xã bên"].id) == []


def test_the_runner_reads_of_what_the_plan_names(made, author, plan):
    box = follow(made, author, plan, runner_reads=frozenset({"praise"}))
    assert box.runner_reads == {"praise"}
    with pytest.raises(Invalid):
        services.create(author, boxed.given(made, runner_reads=frozenset({"praise"})))


def test_the_duty_of_setting_up_goes_along_with_the_box(made, author, plan):
    assert states(Job.MAILBOX) == {"todo"}
    box = follow(made, author, plan)
    assert states(Job.MAILBOX) == {"doing"}
    MAILBOX.fire(author, box.id, "open")
    assert states(Job.MAILBOX) == {"submitted"}


def test_the_duty_of_placing_is_handed_in_with_the_last_photo(made, author, plan):
    box = follow(made, author, plan)
    ward = made.units[lettered.WARD]
    places = [placed.point(ward, name, PointKind.CULTURAL_HOUSE) for name in ("Nhà A", "Nhà B")]
    placing.choose(author, box, {one.id for one in places})
    first, second = queries.points_of(box.id)
    placing.place(author, first, Placed(clock.today()), evidence.read_photos([upload()]))
    assert states(Job.MAILBOX_POINTS) == {"todo"}
    placing.place(author, second, Placed(clock.today()), evidence.read_photos([upload()]))
    assert states(Job.MAILBOX_POINTS) == {"submitted"}


def test_a_box_does_not_open_by_a_plan_that_is_no_longer_in_force(made, author, plan):
    box = follow(made, author, plan)
    with write() as current:
        current.refresh(plan)
        current.execute(Document.__table__.update().values(state=State.WITHDRAWN))
    assert MAILBOX.available(author, box)[0].refusal
