"""The papers and deliveries that lists show are those that the table admits, for every role."""

import itertools

import pytest
from sqlalchemy import select

from portal.core import clock
from portal.core.database import session, write
from portal.features.documents import queries
from portal.features.documents.models import Delivery, Document, State
from portal.features.documents.queries import Filter
from portal.features.org_units import services as org_units
from portal.features.org_units.models import Organisation
from portal.policy.permissions import Permission
from portal.policy.roles import Duty, Role
from portal.policy.table import allows
from tests.support import papers, surveyed
from tests.support.officials import PLACES, everybody, official

STATES = (
    State.DRAFT, State.NUMBERED, State.ISSUED, State.REPLACED, State.WITHDRAWN, State.CANCELLED,
)  # fmt: skip


@pytest.fixture
def actors(app):
    """Officials of every role and duty; and papers of all states, from and to several bodies."""
    place = surveyed.province(PLACES)
    found = [*everybody(place), official(place, Role.COMMUNE, *Duty, at="Xã 3")]
    author = papers.worker(place)
    youth = org_units.add_organisation(place["Xã 1"].id, "youth", "Đoàn Xã 1")
    bodies = session().scalars(select(Organisation).order_by(Organisation.id)).all()
    by_name = {body.name: body for body in bodies}
    issuers = [by_name[name] for name in ("Ban Tỉnh", "Ban Huyện A", "Ban Xã 1")] + [youth]
    receivers = [None, by_name["Ban Xã 1"], youth, by_name["Ban Xã 3"]]
    for state, issuer, receiver in itertools.product(STATES, issuers, receivers):
        stored(author, state, issuer, receiver)
    return found


def stored(author, state, issuer, receiver):
    with write() as current:
        document = Document(
            unit_id=issuer.unit_id, organisation_id=issuer.id, author_id=author.user_id,
            type_code="ke_hoach", format_code="party-hd05", name="Kế hoạch",
            content=papers.BODY.to_json(), state=state, saved_at=clock.now(), folded="",
        )  # fmt: skip
        current.add(document)
        current.flush()
        if receiver is not None:
            current.add(Delivery(document_id=document.id, organisation_id=receiver.id,
                                 sent_at=clock.now()))  # fmt: skip


def test_the_documents_found_and_listed_are_the_documents_admitted(actors):
    everything = list(session().scalars(select(Document).order_by(Document.id)))
    for actor in actors:
        admitted = {d.id for d in everything if allows(actor, Permission.DOCUMENT_READ, d)}
        visible = set(session().scalars(queries.visible_to(actor).with_only_columns(Document.id)))
        assert visible == admitted, (actor.role, actor.duties, actor.unit_id)
        assert queries.listed(actor, Filter()).total == len(admitted)


def test_a_document_found_alone_is_one_admitted(actors):
    some = list(session().scalars(select(Document).order_by(Document.id)))[::13]
    for actor, document in itertools.product(actors, some):
        found = queries.get_visible(actor, document.id) is not None
        assert found == allows(actor, Permission.DOCUMENT_READ, document)


def test_the_deliveries_in_an_inbox_are_those_one_may_act_on(actors):
    everything = list(session().scalars(select(Delivery).order_by(Delivery.id)))
    for actor in actors:
        admitted = {d.id for d in everything if allows(actor, Permission.DELIVERY_ACT, d)}
        inbox = queries.received_by(actor).with_only_columns(Delivery.id)
        assert set(session().scalars(inbox)) == admitted, (actor.role, actor.duties)
        some = everything[::7]
        found = {d.id for d in some if queries.get_delivery(actor, d.id) is not None}
        assert found == admitted & {d.id for d in some}
