"""Taking an answer in: checked afresh and stored in one short transaction, then acknowledged.

An acknowledged answer is on the disk (DESIGN rule 3). Its row has a random key and the day by
Vietnam's calendar, nothing else besides what was answered (rule 4).
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import bindparam, insert, select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.exc import OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeout
from sqlalchemy.orm import Session

from portal.core import clock
from portal.core.database import dialect, random_key, session, write
from portal.core.errors import NotStored
from portal.core.group_commit import GroupCommit
from portal.features.campaigns.models import Campaign, CampaignUnit, QrCode
from portal.features.surveys import answers, at_once, form_keys, papers, places, slips
from portal.features.surveys.answers import Fields, Reading
from portal.features.surveys.at_once import Row
from portal.features.surveys.channels import Channel
from portal.features.surveys.form_keys import FormKey
from portal.features.surveys.models import FormKey as StoredKey
from portal.features.surveys.models import Intake
from portal.features.surveys.places import Place, Standing


@dataclass(frozen=True)
class Counted:
    """The answer is stored; `again` if this very form had been stored before."""

    again: bool = False


@dataclass(frozen=True)
class NotOpen:
    """Too early, too late, withdrawn, cancelled: nothing was stored."""

    standing: Standing


@dataclass(frozen=True)
class Wrong:
    """Some answers are missing or cannot be; nothing was stored."""

    reading: Reading


@dataclass(frozen=True)
class StaleForm:
    """The form was not given out for this code, or its questions have changed since."""


@dataclass(frozen=True)
class SecondForm:
    """The browser has sent another form already, and nobody said that somebody else answers."""


Outcome = Counted | NotOpen | Wrong | StaleForm | SecondForm


@dataclass(frozen=True)
class _Submission:
    """A sound form on its way into the database."""

    place: Place
    key: FormKey
    choices: str
    texts: str

    @property
    def where(self) -> dict[str, object]:
        return {"campaign_id": self.place.campaign_id, "unit_id": self.place.unit_id}

    @property
    def row(self) -> Row:
        return Row(
            self.place.code, self.place.campaign_id, self.place.campaign_version,
            self.place.unit_id, self.key.hash, self.choices, self.texts,
            self.place.channel, self.place.point_id,
        )  # fmt: skip


_FRESH = (
    select(
        QrCode.code, QrCode.revoked_on.is_not(None).label("revoked"),
        Campaign.state, Campaign.opens_on, Campaign.closes_on,
        Campaign.rounds, Campaign.one_round, CampaignUnit.round_number, Campaign.sealed_on,
        Campaign.version_id,
    )
    .join(Campaign, Campaign.id == QrCode.campaign_id)
    .outerjoin(CampaignUnit, places.of_unit())
    .where(QrCode.code.in_(bindparam("codes", expanding=True)))
)  # fmt: skip
_ADD_KEY = {
    name: insert_new(StoredKey).on_conflict_do_nothing().returning(StoredKey.hash)
    for name, insert_new in (("postgresql", postgresql.insert), ("sqlite", sqlite.insert))
}
_ADD_ANSWER = insert(Intake)
_KNOWN = select(StoredKey.hash).where(StoredKey.hash == bindparam("hash"))


def set_up(secret: bytes, *, keep_seconds: float) -> None:
    """Take the secret that signs forms, and how long a code's place is kept (the factory does)."""
    form_keys.use_secret(secret)
    places.keep_for(keep_seconds)


def receive(place: Place, key_text: str, fields: Fields, *, has_sent: bool = False) -> Outcome:
    """Take one posted form in.

    Args:
        place: where its code leads, as shown; it is checked afresh before anything is stored.
        key_text: the form's key as posted.
        fields: the posted form.
        has_sent: this browser is marked as one that has sent a form for this code.

    Returns:
        What became of it. `Counted` is given only after the commit.

    Raises:
        NotStored: the database is full, locked or away; nothing was stored.
    """
    key = form_keys.read(place.code, key_text)
    if key is None:
        return _not_open(place) or StaleForm()
    if place.channel == Channel.SLIP:
        key = form_keys.of_slip(place.code)
    try:
        if has_sent and not key.another:
            return Counted(again=True) if is_known(key) else _not_open(place) or SecondForm()
        reading = reading_of(place, fields)
        if reading.errors:
            return _not_open(place) or Wrong(reading)
        return _store(place, key, reading)
    except (OperationalError, PoolTimeout) as failure:
        raise NotStored from failure


_READ = {Channel.QR: answers.read, Channel.SLIP: answers.read, Channel.PAPER: answers.read_paper}


def reading_of(place: Place, fields: Fields) -> Reading:
    """Read a posted form as its channel reads it, and store nothing."""
    return _READ[place.channel](place.definition, fields)


def _not_open(place: Place) -> NotOpen | None:
    # Nobody is asked to send again what will not be taken.
    return None if place.standing == Standing.OPEN else NotOpen(place.standing)


def is_known(key: FormKey) -> bool:
    """Say whether a form with this key has been stored."""
    return session().execute(_KNOWN, {"hash": key.hash}).first() is not None


def _store(place: Place, key: FormKey, reading: Reading) -> Outcome:
    choices = place.definition.pack(reading.choices)
    texts = json.dumps(reading.texts, ensure_ascii=False) if reading.texts else ""
    # Whoever waits for the others holds no connection: the one who stores for all needs one.
    session().rollback()
    outcome = _group.submit(_Submission(place, key, choices, texts))
    if isinstance(outcome, NotOpen | StaleForm) and is_known(key):
        return Counted(again=True)
    return outcome


def _store_all(group: Sequence[_Submission]) -> list[Outcome]:
    """Store what arrived together; a form key counts once."""
    first: dict[bytes, _Submission] = {}
    if dialect() == "postgresql":
        for one in group:
            # Slips and sheets of paper are few, and more has to be looked at: they take their time.
            if one.place.channel == Channel.QR and one.place.standing == Standing.OPEN:
                first.setdefault(one.key.hash, one)
    stored = at_once.store([one.row for one in first.values()])
    left = [one for one in group if one.key.hash not in stored or first[one.key.hash] is not one]
    outcomes = dict(zip(map(id, left), _store_in_steps(left), strict=True))
    return [outcomes.get(id(one), Counted()) for one in group]


def _store_in_steps(group: Sequence[_Submission]) -> list[Outcome]:
    """Look how things stand, then store what can be, in one transaction."""
    if not group:
        return []
    # Nobody seals a campaign, or counts a batch, while a sheet of it is on its way in.
    awaited = {one.place.campaign_id for one in group if one.place.channel == Channel.PAPER}
    with write(*(f"fold:{campaign_id}" for campaign_id in sorted(awaited))) as current:
        fresh = _fresh(current, [one.place for one in group])
        refusals = [_refusal(fresh[one.place.code], one.place) for one in group]
        admitted: dict[bytes, _Submission] = {}
        for one, refusal in zip(group, refusals, strict=True):
            if refusal is None:
                admitted.setdefault(one.key.hash, one)
        new = _add_keys(current, list(admitted.values()))
        _add_answers(current, [one for one in admitted.values() if one.key.hash in new])
    return [
        refusal or Counted(again=one.key.hash not in new or admitted[one.key.hash] is not one)
        for one, refusal in zip(group, refusals, strict=True)
    ]


_group: GroupCommit[_Submission, Outcome] = GroupCommit(
    _store_all, hopeless=(NotStored, PoolTimeout)
)


def _add_keys(current: Session, admitted: list[_Submission]) -> set[bytes]:
    """Store the form keys; give those that did not stand there already."""
    if not admitted:
        return set()
    rows = [
        {
            "hash": one.key.hash,
            "folded": False,
            "paper_batch_id": one.place.paper_batch_id,
            **one.where,
        }
        for one in admitted
    ]
    return set(current.connection().scalars(_ADD_KEY[dialect()], rows))


def _add_answers(current: Session, admitted: list[_Submission]) -> None:
    today = clock.today()
    rows = [
        {
            "key": random_key(),
            "day": one.place.day or today,
            "choices": one.choices,
            "texts": one.texts,
            "channel": one.place.channel,
            "point_id": one.place.point_id,
            **one.where,
        }
        for one in admitted
    ]
    if rows:
        current.connection().execute(_ADD_ANSWER, rows)


def _fresh(current: Session, shown: Sequence[Place]) -> dict[str, Any]:
    """Give how the campaign behind each code stands now, None where there is none."""
    codes = sorted({place.code for place in shown if place.channel == Channel.QR})
    rows = current.connection().execute(_FRESH, {"codes": codes}) if codes else ()
    found: dict[str, Any] = dict.fromkeys(place.code for place in shown)
    found |= {row.code: row for row in rows}
    for place in shown:
        if place.channel == Channel.SLIP:
            found[place.code] = slips.fresh(place.code)
        elif place.paper_batch_id is not None:
            found[place.code] = papers.fresh(place.paper_batch_id)
    return found


def _refusal(fresh: Any, place: Place) -> Outcome | None:  # noqa: ANN401 - a row of _fresh or None
    if fresh is None:
        return StaleForm()
    now = places.standing(
        revoked=fresh.revoked, state=fresh.state, rounds=places.rounds_in(fresh),
        sealed=fresh.sealed_on is not None, until_sealed=place.channel == Channel.PAPER,
    )  # fmt: skip
    if now != Standing.OPEN:
        return NotOpen(now)
    return None if fresh.version_id == place.version_id else StaleForm()
