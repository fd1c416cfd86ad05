"""Storing a group on PostgreSQL in one statement, which is its own transaction.

Of the milliseconds a group takes, most are spent waiting for the interpreter between one round
trip and the next; so there is one. It stores what has not changed since it was shown, and says
what it stored; whoever is left goes the long way and learns why (`intake`).
"""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import text

from portal.core import clock
from portal.core.database import random_key, write_alone


@dataclass(frozen=True)
class Row:
    """A sound form, and the version of the campaign it was checked against."""

    code: str
    campaign_id: int
    campaign_version: int
    unit_id: int
    hash: bytes
    choices: str
    texts: str
    channel: str
    point_id: int | None


_STORE = text("""
    WITH sent AS (
        SELECT * FROM unnest(
            CAST(:codes AS text[]), CAST(:campaigns AS integer[]), CAST(:versions AS integer[]),
            CAST(:units AS integer[]), CAST(:hashes AS bytea[]), CAST(:keys AS bytea[]),
            CAST(:choices AS text[]), CAST(:texts AS text[]), CAST(:channels AS text[]),
            CAST(:points AS integer[])
        ) AS one (
            code, campaign_id, version, unit_id, hash, key, choices, texts, channel, point_id
        )
    ), unchanged AS (
        SELECT sent.* FROM sent
        JOIN qr_codes ON qr_codes.code = sent.code AND qr_codes.revoked_on IS NULL
        JOIN campaigns ON campaigns.id = sent.campaign_id AND campaigns.version = sent.version
    ), added AS (
        INSERT INTO survey_form_keys (hash, campaign_id, unit_id, folded)
        SELECT hash, campaign_id, unit_id, false FROM unchanged
        ON CONFLICT DO NOTHING RETURNING hash
    ), stored AS (
        INSERT INTO survey_intake (
            key, campaign_id, unit_id, day, choices, texts, channel, point_id
        )
        SELECT key, campaign_id, unit_id, CAST(:day AS date), choices, texts, channel, point_id
        FROM unchanged JOIN added USING (hash)
    )
    SELECT hash FROM added
""")


def store(rows: Sequence[Row]) -> set[bytes]:
    """Store forms of different hashes; give the hashes of those that are stored now.

    Left out are those that were stored before, and those whose code or campaign is not as it was.

    Raises:
        NotStored: the database is full, locked or away; nothing was stored.
    """
    if not rows:
        return set()
    given = {
        "codes": [row.code for row in rows],
        "campaigns": [row.campaign_id for row in rows],
        "versions": [row.campaign_version for row in rows],
        "units": [row.unit_id for row in rows],
        "hashes": [row.hash for row in rows],
        "keys": [random_key() for _ in rows],
        "choices": [row.choices for row in rows],
        "texts": [row.texts for row in rows],
        "channels": [row.channel for row in rows],
        "points": [row.point_id for row in rows],
        "day": clock.today(),
    }
    return set(write_alone(_STORE, given))
