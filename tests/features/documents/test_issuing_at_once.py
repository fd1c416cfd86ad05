"""Issuing is one thing: pressed twice, together, or as the power goes, it is all or nothing."""

import signal
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from sqlalchemy import func, select

from portal.core import clock
from portal.core.database import session
from portal.core.errors import Refused
from portal.extensions import db
from portal.features.audit import services as audit
from portal.features.audit.models import AuditEntry
from portal.features.campaigns import queries as campaigns
from portal.features.campaigns import tying
from portal.features.documents import services
from portal.features.documents.body import Duty, Level, Party, Section, SectionRole
from portal.features.documents.models import Delivery, Document, State
from portal.features.registers.models import RegisterEntry
from portal.features.tasks.models import Task
from tests.support import drafted, live, numbered, papers, surveyed
from tests.support.officials import PLACES

CLERKS = 8
OPENS = clock.today() + timedelta(days=5)
WINDOW = Section(
    "muc0003", Level.POINT, "Thời gian", f"Ngày {clock.format_date(OPENS)}.",
    SectionRole.SURVEY_WINDOW,
)  # fmt: skip
DUTY = Duty("viec0001", "Niêm yết", Party("Các xã", group="commune:committee"), due="hằng tuần")
KILLED = """
import os, signal, sys
from portal import create_app
from portal.extensions import db
from portal.features.documents import services
from portal.features.documents.models import Document
from portal.features.documents.workflow import DOCUMENT
from portal.features.users.models import User
from tests.support import surveyed

with create_app().app_context():
    DOCUMENT.bind(sys.argv[3], lambda *_: os.kill(os.getpid(), signal.SIGKILL))
    clerk = surveyed.actor(db.session.get(User, int(sys.argv[2])))
    services.issue(clerk, db.session.get(Document, int(sys.argv[1])))
"""


@pytest.fixture
def place(app):
    made = surveyed.province(PLACES)
    numbered.letterhead(made, regime="party")
    return made


@pytest.fixture
def clerk(place):
    return papers.worker(place)


@pytest.fixture
def plan(place, clerk):
    """A numbered plan with a task for each commune and a draft campaign."""
    made = papers.draft(clerk, sections=(*papers.BODY.sections, WINDOW), duties=(DUTY,))
    tying.tie(clerk, drafted.draft(place), made)
    return papers.bring(made, State.NUMBERED, clerk)


def together(app, act, *arguments):
    """Do it at the same moment, each in a session of its own; give what came of each."""

    def alone(argument):
        with app.app_context():
            try:
                return act(argument)
            except Refused as refused:
                return refused
            finally:
                db.session.remove()

    session().rollback()
    with ThreadPoolExecutor(CLERKS) as crowd:
        return list(crowd.map(alone, arguments))


def effects(document_id):
    """Count what stands of an issue: papers delivered, tasks, campaigns ready, acts."""
    session().rollback()
    ready = [one for one in campaigns.of_plan(document_id) if one.state == "ready"]
    acts = select(func.count()).where(AuditEntry.action == "document:issue")
    return (*(session().scalar(select(func.count(table.id))) for table in (Delivery, Task)),
            len(ready), session().scalar(acts))  # fmt: skip


def test_however_often_issue_is_pressed_it_is_issued_once(app, clerk, plan):
    plan_id = plan.id
    came = together(app, lambda _: services.issue(clerk, db.session.get(Document, plan_id)).state,
                    *range(CLERKS))  # fmt: skip
    assert sorted(isinstance(one, Refused) for one in came) == [False] + [True] * (CLERKS - 1)
    assert effects(plan_id) == (3, 3, 1, 1)


def test_two_clerks_at_one_paper_take_one_number_and_at_many_each_its_own(app, clerk):
    signed = [papers.bring(papers.draft(clerk), State.SIGNED, clerk).id for _ in range(CLERKS)]

    def number(paper_id):
        paper = db.session.get(Document, paper_id)
        return services.number(clerk, paper, day=clock.today(), number=None).number

    given = [one for one in together(app, number, *signed, *signed) if isinstance(one, int)]
    assert sorted(given) == list(range(1, CLERKS + 1))
    taken = session().scalars(select(RegisterEntry.number).order_by(RegisterEntry.number))
    assert list(taken) == sorted(given)


@pytest.mark.parametrize("effect", ["deliver", "ready_campaign", "hand_out_tasks"])
def test_the_power_goes_while_it_is_issued_and_nothing_of_it_stands(settings, clerk, plan, effect):
    plan_id = plan.id
    session().rollback()
    killed = subprocess.run(
        [sys.executable, "-c", KILLED, str(plan_id), str(clerk.user_id), effect],
        cwd=live.PROJECT, env=live.environment(settings.data_dir, settings.database_url),
        check=False,
    )  # fmt: skip
    assert killed.returncode == -signal.SIGKILL
    assert effects(plan_id) == (0, 0, 0, 0)
    assert services.issue(clerk, db.session.get(Document, plan_id)).state == State.ISSUED
    assert effects(plan_id) == (3, 3, 1, 1)
    assert audit.verify_all() is None
