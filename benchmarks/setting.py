"""What every benchmark measures on: a province of 209 communes that is being asked PKS 03."""

import logging
import os
import random
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlencode

from flask import Flask
from flask_migrate import upgrade

from portal import create_app
from portal.core.database import session, write
from portal.extensions import db
from portal.features.campaigns.codes import new_code
from portal.features.campaigns.models import Campaign, CampaignUnit, QrCode
from portal.features.questionnaires.definition import Definition, Kind
from portal.features.questionnaires.services import load_library
from portal.features.surveys import form_keys
from portal.settings import Settings
from tests.support import live, postgres, surveyed

BACKENDS = ("sqlite", "postgresql")


@contextmanager
def database(backend: str) -> Iterator[tuple[Path, str]]:
    """Give a data folder and the address of an empty, durable database."""
    with tempfile.TemporaryDirectory(dir=os.environ.get("BENCH_DIR")) as folder:
        data_dir = Path(folder)
        if backend == "sqlite":
            yield data_dir, f"sqlite:///{data_dir / 'portal.sqlite3'}"
            return
        with postgres.start(durable=True) as server:
            server.execute("CREATE DATABASE {}", "bench")
            yield data_dir, server.url("bench")


@contextmanager
def portal(data_dir: Path, url: str) -> Iterator[Flask]:
    """Give the migrated application on it, its context pushed."""
    app = create_app(Settings(data_dir=data_dir, database_url=url, base_url="http://127.0.0.1"))
    logging.getLogger("portal").setLevel(logging.WARNING)
    with app.app_context():
        upgrade()
        yield app
        db.session.remove()
        db.engine.dispose()


def ask(communes: int = 209) -> Campaign:
    """Make a province of ten districts in which PKS 03 is being asked."""
    names = [f"Xã mẫu {number}" for number in range(communes)]
    place = surveyed.province({f"Huyện mẫu {d}": names[d::10] for d in range(10)})
    load_library()
    definition = next(
        version.definition for version in load_library() if version.questionnaire.code == "PKS03"
    )
    campaign = surveyed.campaign(place, form=definition, days=30)
    with write() as current:
        for unit_id in asked_units(campaign.id):
            current.add(QrCode(code=new_code(), campaign_id=campaign.id, unit_id=unit_id,
                               revoke_reason=""))  # fmt: skip
    return campaign


def asked_units(campaign_id: int) -> list[int]:
    """List the units in which a campaign asks."""
    query = db.select(CampaignUnit.unit_id).where(CampaignUnit.campaign_id == campaign_id)
    return list(session().scalars(query.order_by(CampaignUnit.unit_id)))


def codes(campaign_id: int) -> list[str]:
    """List the codes of a campaign."""
    return list(session().scalars(db.select(QrCode.code).filter_by(campaign_id=campaign_id)))


def filled(definition: Definition, chance: random.Random) -> dict[str, str | list[str]]:
    """Fill a form as somebody might."""
    fields: dict[str, str | list[str]] = {}
    for question in definition.questions:
        if question.kind == Kind.TEXT:
            fields[question.id] = "Mong xã trả lời sớm hơn."
        elif not question.show_if:
            fields[question.id] = chance.choice(question.options).code
    return fields


def submissions(campaign: Campaign, count: int) -> list[tuple[str, str]]:
    """Give (code, url-encoded form) of as many people, each with a form key of its own."""
    chance, definition = random.Random(7), campaign.questionnaire_version.definition
    all_codes = codes(campaign.id)
    sent = []
    for number in range(count):
        code = all_codes[number % len(all_codes)]
        fields = filled(definition, chance) | {"khoa": form_keys.new(code)}
        sent.append((code, urlencode(fields, doseq=True)))
    return sent


@contextmanager
def granian(target: str, environ: dict[str, str], healthy: str) -> Iterator[int]:
    """Serve a WSGI application as `flask serve` does; give its port."""
    port = live.free_port()
    command = [sys.executable, "-m", "granian", "--interface", "wsgi", "--workers", "2",
               "--host", "127.0.0.1", "--port", str(port), "--no-access-log", target]  # fmt: skip
    with subprocess.Popen(
        command, env=os.environ | environ, cwd=live.PROJECT, stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    ) as process:  # fmt: skip
        try:
            _wait(f"http://127.0.0.1:{port}{healthy}")
            yield port
        finally:
            process.terminate()
            process.wait(20)


def _wait(url: str) -> None:
    for _ in range(200):
        try:
            urllib.request.urlopen(url, timeout=2).close()  # noqa: S310 - our own loopback address
        except OSError:
            time.sleep(0.1)
        else:
            return
    raise TimeoutError(url)
