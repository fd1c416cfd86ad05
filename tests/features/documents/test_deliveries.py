"""Issuing puts a paper into the right inboxes, once each; there it is read, received, handled."""

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import func, select

from portal.core import clock
from portal.core.database import session, write
from portal.core.errors import Forbidden, Refused
from portal.features.audit.models import AuditEntry
from portal.features.documents import deliveries, queries
from portal.features.documents.body import Duty, Party, Recipient
from portal.features.documents.workflow import DOCUMENT
from portal.features.org_units import queries as org_units
from portal.features.org_units import services as organisations
from portal.features.org_units.models import Organisation
from portal.features.tasks.models import Task
from portal.policy.roles import Duty as Duties
from portal.policy.roles import Role
from tests.support import numbered, papers, surveyed
from tests.support.officials import PLACES


@pytest.fixture
def place(app):
    made = surveyed.province(PLACES)
    numbered.letterhead(made, regime="party")
    return made


@pytest.fixture
def writer(place):
    return papers.worker(place)


def group(name, note="t/h"):
    return Recipient(Party("Nhóm", group=name), note)


def one(place, unit, note="b/c"):
    [body] = org_units.organisations([place[unit].id])
    return Recipient(Party(body.name, organisation_id=body.id), note)


def names(document):
    return [(line.organisation.name, line.note) for line in queries.deliveries_of(document.id)]


def test_a_group_is_every_such_organisation_below_the_issuer(writer):
    document = papers.issued(writer)
    assert names(document) == [("Ban Xã 1", "t/h"), ("Ban Xã 2", "t/h"), ("Ban Xã 3", "t/h")]


def test_each_gets_it_once_as_first_named_and_the_issuer_never(place, writer):
    to = (one(place, "Xã 2"), group("commune:committee"), one(place, "Xã 2", "p/h"),
          one(place, "Tỉnh"), group("province:committee"), Recipient(Party("Báo Mẫu")))  # fmt: skip
    document = papers.issued(writer, recipients=to)
    assert names(document) == [("Ban Xã 2", "b/c"), ("Ban Xã 1", "t/h"), ("Ban Xã 3", "t/h")]


@pytest.mark.parametrize("named", ["commune:farmers", "village:committee", "commune:", "nonsense"])
def test_a_group_that_nobody_is_in_reaches_nobody(writer, named):
    assert names(papers.issued(writer, recipients=(group(named),))) == []


def test_a_group_stays_within_the_issuer_s_unit(place):
    numbered.letterhead(place, "Huyện A", regime="party")
    district = papers.worker(place, Role.DISTRICT)
    document = papers.issued(district)
    assert [name for name, _ in names(document)] == ["Ban Xã 1", "Ban Xã 2"]


def test_what_no_longer_exists_gets_nothing(place, writer):
    [gone] = org_units.organisations([place["Xã 1"].id])
    with write() as current:
        current.get_one(Organisation, gone.id).valid_to = clock.today().replace(year=2025)
    assert "Ban Xã 1" not in [name for name, _ in names(papers.issued(writer))]


def test_the_marks_name_who_set_them_first_and_include_those_before(place, writer):
    papers.issued(writer)
    reader, other = (
        papers.worker(place, Role.COMMUNE), papers.worker(place, Role.COMMUNE, Duties.DRAFT),
    )  # fmt: skip
    [mine] = queries.inbox(reader, handled=False).rows
    deliveries.mark_received(reader, mine)
    deliveries.mark_handled(other, mine)
    deliveries.mark_read(other, mine)
    assert None not in (mine.read_at, mine.received_at, mine.handled_at)
    said = select(AuditEntry.action, AuditEntry.actor_id).where(
        AuditEntry.action.startswith("delivery:")
    )
    assert session().execute(said.order_by(AuditEntry.number)).all() == [
        ("delivery:read", reader.user_id), ("delivery:received", reader.user_id),
        ("delivery:handled", other.user_id),
    ]  # fmt: skip


def test_an_inbox_counts_what_waits_what_is_unread_and_what_is_done(place, writer):
    for _ in range(3):
        papers.issued(writer)
    reader = papers.worker(place, Role.COMMUNE)
    first, second, _ = queries.inbox(reader, handled=False).rows
    deliveries.mark_handled(reader, first)
    deliveries.mark_read(reader, second)
    counts = queries.inbox_counts(reader)
    assert (counts.waiting, counts.unread, counts.handled) == (2, 1, 1)
    assert [line.id for line in queries.inbox(reader, handled=True).rows] == [first.id]
    deliveries.mark_waiting(reader, first)
    assert queries.inbox_counts(reader).waiting == 3


def test_opening_a_paper_marks_it_read_once(place, writer):
    document = papers.issued(writer)
    reader = papers.worker(place, Role.COMMUNE)
    [mine] = deliveries.open_all(reader, document.id)
    at = mine.read_at
    assert deliveries.open_all(reader, document.id)[0].read_at == at
    assert mine.received_at is None
    assert deliveries.open_all(writer, document.id) == []


def test_nobody_finds_what_came_to_another(place, writer):
    document = papers.issued(writer)
    theirs = queries.deliveries_of(document.id)[1]
    reader = papers.worker(place, Role.COMMUNE)
    assert queries.get_delivery(reader, theirs.id) is None
    assert queries.get_delivery(papers.worker(place, Role.COMMUNE, at="Xã 2"), theirs.id) == theirs


def test_those_concerned_read_it_and_those_above_them(place, writer):
    document = papers.issued(writer, recipients=(one(place, "Xã 1"),))
    seen = {
        name: queries.get_visible(papers.worker(place, role, at=name), document.id) is not None
        for name, role in (("Xã 1", Role.COMMUNE), ("Xã 2", Role.COMMUNE),
                           ("Huyện A", Role.DISTRICT), ("Huyện B", Role.DISTRICT))
    }  # fmt: skip
    assert seen == {"Xã 1": True, "Xã 2": False, "Huyện A": True, "Huyện B": False}


def test_two_organisations_of_a_unit_each_get_theirs(place, writer):
    office = papers.worker(place, Role.COMMUNE)
    to = one(place, "Xã 1")
    organisations.add_organisation(place["Xã 1"].id, "youth", "Đoàn Xã 1")
    document = papers.issued(writer, recipients=(group("commune:youth"), to))
    assert len(queries.deliveries_to(office, document.id)) == 2


def test_what_was_dissolved_gets_nothing_though_the_plan_names_it(place, writer):
    named = one(place, "Xã 1")
    with write() as current:
        body = current.get_one(Organisation, named.party.organisation_id)
        body.valid_to = clock.today() - timedelta(days=1)
    document = papers.issued(writer, recipients=(named, one(place, "Xã 2")))
    assert names(document) == [("Ban Xã 2", "b/c")]


def test_who_joins_the_portal_later_is_sent_the_paper_and_has_what_waited_at_its_unit(
    place, writer
):
    days = [f"trong ngày {clock.format_date(clock.today() + timedelta(n))}" for n in (-1, 1)]
    duties = [Duty("", "Dán", Party("Đoàn", group="commune:youth"), due=day) for day in days]
    duties = [replace(duty, id=f"v{n}") for n, duty in enumerate(duties)]
    organisations.add_organisation(place["Xã 2"].id, "youth", "Đoàn Xã 2")
    document = papers.issued(writer, recipients=(group("commune:youth"),), duties=duties)
    joined = organisations.add_organisation(place["Xã 1"].id, "youth", "Đoàn Xã 1")
    assert deliveries.send_on(writer, document) == 1
    assert [name for name, _ in names(document)] == ["Đoàn Xã 2", "Đoàn Xã 1"]
    tasks = select(Task.due_on).where(Task.organisation_id == joined.id)
    yesterday, tomorrow = (clock.today() + timedelta(days=n) for n in (-1, 1))
    assert session().scalars(tasks.order_by(Task.due_on)).all() == [yesterday, tomorrow]
    assert session().scalar(select(func.count(Task.id))) == 6


def test_where_nobody_has_joined_nothing_is_sent_or_recorded(writer):
    document = papers.issued(writer)
    before = session().scalar(select(func.count(AuditEntry.number)))
    assert deliveries.send_on(writer, document) == 0
    assert session().scalar(select(func.count(AuditEntry.number))) == before


def test_what_was_withdrawn_is_sent_to_nobody_else(place, writer):
    document = papers.issued(writer, recipients=(group("commune:youth"),))
    DOCUMENT.fire(writer, document.id, "withdraw", "Nhầm")
    organisations.add_organisation(place["Xã 1"].id, "youth", "Đoàn Xã 1")
    with pytest.raises(Refused):
        deliveries.send_on(writer, document)


def test_only_a_clerk_sends_it_on(place, writer):
    document = papers.issued(writer, recipients=(group("commune:youth"),))
    organisations.add_organisation(place["Xã 1"].id, "youth", "Đoàn Xã 1")
    with pytest.raises(Forbidden):
        deliveries.send_on(papers.worker(place, Role.PROVINCE, Duties.DRAFT), document)
