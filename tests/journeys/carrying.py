"""The people who carry a plan out, each with a browser of their own, and a clock to turn.

A server's clock cannot be turned from outside, so these journeys take the pages in process: every
form is filled in as the page draws it, and every day comes when the story says so.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta

import pytest
from flask import Flask

from portal.core import clock
from portal.core.clock import format_date
from portal.core.database import write
from portal.core.text import fold, sort_key
from portal.features.campaigns import plans, queries
from portal.features.campaigns.models import Campaign
from portal.features.documents import letterheads, templates
from portal.features.documents.models import State
from portal.features.documents.services import NewDocument
from portal.features.org_units.models import Level, Organisation, Unit
from portal.features.questionnaires import services as questionnaires
from portal.features.users.models import User
from portal.policy.roles import Duty, Role
from tests.support import numbered, papers, surveyed
from tests.support.client import CheckingClient
from tests.support.page import Page

BODIES = {
    "Tỉnh": {"mass_mobilisation": "Ban Dân vận Tỉnh ủy", "farmers": "Hội Nông dân tỉnh",
             "trade_union": "Liên đoàn Lao động tỉnh"},
    "Huyện A": {"steering": "Ban Chỉ đạo huyện A", "mass_mobilisation": "Ban Dân vận huyện A",
                "trade_union": "Liên đoàn Lao động huyện A"},
    "Xã 1": {"steering": "Ban Chỉ đạo xã 1", "working_team": "Tổ công tác xã 1"},
    "Xã 2": {"steering": "Ban Chỉ đạo xã 2", "working_team": "Tổ công tác xã 2"},
}  # fmt: skip
ROLES = {Level.PROVINCE: Role.PROVINCE, Level.DISTRICT: Role.DISTRICT}
EVERY = frozenset({Duty.DRAFT, Duty.APPROVE, Duty.CLERK})


@dataclass
class World:
    """A province of one district and two communes, and the hour that it is there."""

    app: Flask
    patch: pytest.MonkeyPatch
    place: surveyed.Place
    bodies: Mapping[tuple[str, str], Organisation]
    first: date
    """The first day on which people are asked."""
    people: dict[str, User] = field(default_factory=dict)
    browsers: dict[str, CheckingClient] = field(default_factory=dict)

    def comes(self, days: int, hour: int = 9, minute: int = 0) -> None:
        """Let the clock stand at an hour, so many days from the first day of asking."""
        day = datetime.combine(self.first + timedelta(days=days), time(hour, minute), clock.VN)
        moment = day.astimezone(clock.UTC)
        self.patch.setattr(clock, "now", lambda: moment)

    def day(self, days: int) -> str:
        """Write a day as people do, counted from the first day of asking."""
        return format_date(self.first + timedelta(days=days))

    def at(self, unit: str, body: str = "", who: str = "") -> CheckingClient:
        """Sit down at the desk of a body: the browser of its account, signed in.

        Args:
            unit: where.
            body: its kind; the committee if nothing is said.
            who: somebody else there than the one who usually is.
        """
        key = f"{unit}{body}{who}"
        if key not in self.people:
            self.people[key] = self._account(unit, body, key)
            client = self.app.test_client()
            assert isinstance(client, CheckingClient)
            self.browsers[key] = client
        self.browsers[key].sign_in(self.people[key])
        return self.browsers[key]

    def _account(self, unit: str, body: str, key: str) -> User:
        with write() as current:
            made = User(
                username=f"u{len(self.people)}", display_name=f"Cán bộ {key}",
                role=self._role(unit, body), duty_names=EVERY,
                organisation=self.bodies[unit, body], must_change_password=False,
                password_hash="x",  # noqa: S106 - nobody signs in by it
                created_at=clock.now(), sort_key="", folded="",
            )  # fmt: skip
            current.add(made)
        return made

    def _role(self, unit: str, body: str) -> Role:
        youth = Role.YOUTH if body == "youth" else Role.COMMUNE
        return ROLES.get(Level(self.place[unit].level), youth)

    def home(self, unit: str, body: str = "") -> Page:
        """Open the home page of an account."""
        return self.at(unit, body).page("/lam-viec")


def world(app: Flask, patch: pytest.MonkeyPatch) -> World:
    """Make the province, eight days before people are asked."""
    place = surveyed.province({"Huyện A": ["Xã 1", "Xã 2"]})
    questionnaires.load_library()
    numbered.letterhead(place, regime="party")
    with write() as current:
        known = current.query(Organisation).join(Unit, Unit.id == Organisation.unit_id)
        bodies = {(body.unit.name, ""): body for body in known}
        for unit, kinds in BODIES.items():
            for kind, name in kinds.items():
                bodies[unit, kind] = Organisation(
                    unit_id=place[unit].id, kind=kind, name=name, folded=fold(name),
                    sort_key=sort_key(name),
                )  # fmt: skip
                current.add(bodies[unit, kind])
    return World(app, patch, place, bodies, clock.today() + timedelta(days=8))


def issue(world: World, template: str, days: int, **answers: str) -> Campaign:
    """Draft a plan by its template, issue it, and give the campaign that it orders.

    Args:
        world: where.
        template: its code.
        days: how many days people are asked.
        answers: to its questions, besides the days.
    """
    asked = {
        "year": str(world.first.year), "from": world.day(0), "to": world.day(days - 1),
        "roster_due": world.day(-2), "report_due": world.day(20),
        "zalo_link": "https://zalo.me/g/mau123",
    }  # fmt: skip
    author = surveyed.actor(world.people.get("Tỉnh") or _sits_down(world))
    chosen, sheet = templates.find(template), letterheads.of(author.organisation_id)
    assert chosen is not None
    told = templates.suggested(chosen, sheet) | asked | answers
    body = templates.fill(chosen, told, sheet)
    new = NewDocument(author.organisation_id, "ke_hoach", body, template_code=template)
    plan = papers.bring(plans.begin(author, new, told), State.ISSUED, author)
    [campaign] = queries.of_plan(plan.id)
    return campaign


def _sits_down(world: World) -> User:
    world.at("Tỉnh")
    return world.people["Tỉnh"]
