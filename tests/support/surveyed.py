"""A small province that is being asked: units, a form, a campaign, answers, accounts."""

import json
import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

import pytest

from portal.core import clock
from portal.core.database import random_key, write
from portal.core.text import fold, sort_key
from portal.features.campaigns.models import Campaign, CampaignUnit
from portal.features.campaigns.phase import State
from portal.features.org_units.kinds import OrganisationKind
from portal.features.org_units.models import Level, Organisation, Unit, UnitScope
from portal.features.questionnaires.definition import Definition, Kind, Option, Question, Section
from portal.features.questionnaires.models import Questionnaire, QuestionnaireVersion
from portal.features.surveys.models import FormKey, Intake
from portal.features.users.models import SignIn, User
from portal.policy.roles import Duty, Role
from portal.web.actor import Account

_PLEASED = ("Rất hài lòng", "Hài lòng", "Bình thường", "Không hài lòng", "Rất không hài lòng")

FORM = Definition(
    code="THU",
    title="Phiếu thử",
    intro="",
    audience="",
    key_question="chung",
    sections=(
        Section(
            "Một",
            (
                Question(
                    "chung", "Ông/bà có hài lòng không?", Kind.SCALE, required=True,
                    options=(
                        *(Option(str(5 - i), label, 5 - i) for i, label in enumerate(_PLEASED)),
                        Option("kb", "Không biết", unknown=True),
                    ),
                ),
                Question(
                    "biet", "Ông/bà có biết không?", Kind.SINGLE, required=True,
                    options=(Option("co", "Có"), Option("khong", "Không")),
                ),
                Question(
                    "qua", "Ông/bà biết qua đâu?", Kind.MULTI, show_if={"biet": ("co",)},
                    options=(Option("loa", "Loa"), Option("zalo", "Zalo")),
                ),
                Question("them", "Ông/bà muốn nói thêm gì?", Kind.TEXT),
            ),
        ),
    ),
)  # fmt: skip
"""A form with every kind of question; packed answers read “5|co|loa,zalo”."""


def with_threshold(least: int) -> Definition:
    """Give the form with a threshold of its own."""
    return replace(FORM, threshold=least)


@dataclass(frozen=True)
class Place:
    """A province with its units by name."""

    units: Mapping[str, Unit]

    def __getitem__(self, name: str) -> Unit:
        """Give a unit."""
        return self.units[name]


def province(districts: Mapping[str, Sequence[str]]) -> Place:
    """Make a province "Tỉnh"; a district named "" stands for none between (two tiers)."""
    units: dict[str, Unit] = {}
    with write() as session:
        known = session.query(Unit).count()

        def add(name: str, level: Level, above: Sequence[Unit]) -> Unit:
            unit = Unit(
                code=str(1000 + known + len(units)), name=name, full_name=name, level=level,
                parent=above[-1] if above else None, folded=fold(name), sort_key=sort_key(name),
            )  # fmt: skip
            session.add(unit)
            session.flush()
            for higher in (*above, unit):
                session.add(UnitScope(above_id=higher.id, unit_id=unit.id))
            units[name] = unit
            return unit

        top = add("Tỉnh", Level.PROVINCE, [])
        for district, communes in districts.items():
            above = [top, add(district, Level.DISTRICT, [top])] if district else [top]
            for commune in communes:
                add(commune, Level.COMMUNE, above)
        for unit in list(units.values()):
            session.add(
                Organisation(
                    unit_id=unit.id, kind="committee", name=f"Ban {unit.name}",
                    folded=fold(unit.name), sort_key=sort_key(unit.name),
                )
            )  # fmt: skip
    return Place(units)


def campaign(
    place: Place,
    *,
    form: Definition = FORM,
    state: State = State.READY,
    opens_in: int = -1,
    days: int = 3,
) -> Campaign:
    """Make a campaign in all communes of a place; it opened yesterday unless told otherwise."""
    opens = clock.today() + timedelta(days=opens_in)
    with write() as session:
        asker = session.query(Organisation).filter_by(unit_id=place["Tỉnh"].id).one()
        known = session.query(QuestionnaireVersion).filter_by(digest=form.digest())
        version = known.one_or_none() or QuestionnaireVersion(
            questionnaire=Questionnaire(code=form.code, title=form.title, sort_key=""),
            number=1, content=form.to_json(), digest=form.digest(),
        )  # fmt: skip
        made = Campaign(
            unit_id=place["Tỉnh"].id, organisation_id=asker.id, questionnaire_version=version,
            name="Đợt thử", headline="Hỏi gì?", about="Hỏi thử.", audience="Người dân",
            supporter="Hội", minutes=4, opens_on=opens, closes_on=opens + timedelta(days=days - 1),
            state=state,
        )  # fmt: skip
        session.add(made)
        session.flush()
        for unit in place.units.values():
            if unit.level == Level.COMMUNE:
                session.add(CampaignUnit(campaign_id=made.id, unit_id=unit.id))
    return made


def answer(
    asked: Campaign, unit: Unit, packed: Sequence[str], *, texts: str = "", day: date | None = None,
    channel: str = "qr", point_id: int | None = None,
) -> list[bytes]:  # fmt: skip
    """Take answers in, one form key each, and give the keys' hashes in order of arrival."""
    hashes = [secrets.token_bytes(32) for _ in packed]
    where = {"campaign_id": asked.id, "unit_id": unit.id}
    free = json.dumps({"them": texts}, ensure_ascii=False) if texts else ""
    for line, key in zip(packed, hashes, strict=True):
        with write() as session:
            session.add(FormKey(hash=key, **where))
            session.add(
                Intake(
                    key=random_key(), day=day or clock.today(), choices=line, texts=free,
                    channel=channel, point_id=point_id, **where,
                )
            )  # fmt: skip
    return hashes


def move_past(asked: Campaign, patch: pytest.MonkeyPatch) -> None:
    """Let the clock stand at noon of the day after a campaign's last one."""
    noon = clock.day_end(asked.closes_on) + timedelta(hours=12)
    patch.setattr(clock, "now", lambda: noon)


def actor(user: User) -> Account:
    """Give an account as the policy sees it."""
    return Account.of(SignIn(id=0, user=user), "")


def runs_the_portal(place: Place, name: str) -> None:
    """Make the body of a unit the one whose accounts may be administrators."""
    with write() as session:
        body = session.query(Organisation).filter_by(unit_id=place[name].id).one()
        body.kind = OrganisationKind.OPERATOR


def account(
    place: Place,
    name: str,
    role: Role,
    duties: frozenset[Duty] = frozenset({Duty.DRAFT, Duty.APPROVE}),
) -> User:
    """Make an account at a unit, past its first sign-in."""
    with write() as session:
        at = session.query(Organisation).filter_by(unit_id=place[name].id).one()
        user = User(
            username=f"{role}{place[name].id}{len(duties)}", display_name=f"Cán bộ {name}",
            role=role, duty_names=duties, organisation=at, must_change_password=False,
            password_hash="x",  # noqa: S106 - nobody signs in by it
            created_at=clock.now(), sort_key="", folded="",
        )  # fmt: skip
        session.add(user)
    return user
