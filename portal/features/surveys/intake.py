"""Taking an answer in: checked afresh and stored in one short transaction, then acknowledged.

An acknowledged answer is on the disk (DESIGN rule 3). Its row has a random key and the day by
Vietnam's calendar, nothing else besides what was answered (rule 4).
"""

import json
from dataclasses import dataclass

from sqlalchemy import bindparam, insert, select
from sqlalchemy.exc import IntegrityError, OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeout
from sqlalchemy.orm import Session

from portal.core import clock
from portal.core.database import random_key, session, write
from portal.core.errors import NotStored
from portal.features.campaigns.models import Campaign, QrCode
from portal.features.surveys import answers, form_keys, places
from portal.features.surveys.answers import Fields, Reading
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

_FRESH = (
    select(
        QrCode.revoked_on, Campaign.state, Campaign.opens_on, Campaign.closes_on,
        Campaign.sealed_on, Campaign.version_id,
    )
    .join(Campaign, Campaign.id == QrCode.campaign_id)
    .where(QrCode.code == bindparam("code"))
)  # fmt: skip
_KNOWN = select(StoredKey.hash).where(StoredKey.hash == bindparam("hash"))
_ADD_KEY = insert(StoredKey.__table__)  # type: ignore[arg-type]  # it is a table
_ADD_ANSWER = insert(Intake.__table__)  # type: ignore[arg-type]


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
        return StaleForm()
    try:
        if has_sent and not key.another:
            return Counted(again=True) if _is_known(key) else SecondForm()
        reading = answers.read(place.definition, fields)
        if reading.errors:
            return Wrong(reading)
        return _store(place, key, reading)
    except (OperationalError, PoolTimeout) as failure:
        raise NotStored from failure


def _is_known(key: FormKey) -> bool:
    return session().execute(_KNOWN, {"hash": key.hash}).first() is not None


def _store(place: Place, key: FormKey, reading: Reading) -> Outcome:
    row = {
        "campaign_id": place.campaign_id,
        "unit_id": place.unit_id,
        "choices": place.definition.pack(reading.choices),
        "texts": json.dumps(reading.texts, ensure_ascii=False) if reading.texts else "",
        "key": random_key(),
    }
    try:
        with write() as current:
            refusal = _refusal(current, place)
            if refusal is None:
                current.execute(_ADD_KEY, _key_row(place, key))
                current.execute(_ADD_ANSWER, row | {"day": clock.today()})
    except IntegrityError:
        # The one thing that can stand there already is this form's key.
        return Counted(again=True)
    if refusal is not None and _is_known(key):
        return Counted(again=True)
    return refusal or Counted()


def _key_row(place: Place, key: FormKey) -> dict[str, object]:
    return {
        "hash": key.hash, "campaign_id": place.campaign_id, "unit_id": place.unit_id,
        "folded": False,
    }  # fmt: skip


def _refusal(current: Session, place: Place) -> Outcome | None:
    fresh = current.execute(_FRESH, {"code": place.code}).one_or_none()
    if fresh is None or fresh.version_id != place.version_id:
        return StaleForm()
    now = places.standing(
        revoked=fresh.revoked_on is not None, state=fresh.state, opens_on=fresh.opens_on,
        closes_on=fresh.closes_on, sealed=fresh.sealed_on is not None,
    )  # fmt: skip
    return None if now == Standing.OPEN else NotOpen(now)
