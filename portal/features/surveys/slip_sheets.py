"""The sheets of a batch of slips: drawn once, by a job, for whoever asked; gone after a day."""

import json
import re
from collections.abc import Sequence
from typing import Final

import typst
from sqlalchemy import exists, insert, select

from portal.core import qr, typeset
from portal.core.database import session, write
from portal.core.exports import new_export
from portal.core.jobs import Kind, Running
from portal.features.campaigns.codes import grouped
from portal.features.campaigns.models import CampaignUnit
from portal.features.campaigns.rounds import told
from portal.features.campaigns.wording import headline_in
from portal.features.surveys import form_keys, slips
from portal.features.surveys.batch_acts import PRINT
from portal.features.surveys.models import Slip, SlipBatch

_TEMPLATE: Final = typeset.TEMPLATES / "slips.typ"


def sheets_pdf(batch: SlipBatch, printed: Sequence[str], base_url: str) -> bytes:
    """Return the sheets of a batch as a PDF, ten slips to a page, with our own fonts only.

    Args:
        batch: whose slips they are; nothing on a slip tells one of them from another.
        printed: the slips.
        base_url: the configured address of the portal.
    """
    unit, campaign = batch.unit, batch.campaign
    part = session().get_one(CampaignUnit, (campaign.id, unit.id))
    days = told(part.rounds_of(campaign))
    place = f"{base_url.partition('://')[2].rstrip('/')}/p/"
    data = {
        "unit_name": _breakable(unit.full_name),
        "headline": _breakable(headline_in(campaign.headline, unit.name, unit.full_name)),
        "days": f"{days[:1].upper()}{days[1:]}.",
        "foot": f"{campaign.name} · {unit.full_name} · lô {batch.id} · {batch.size} tờ · "
        "cắt rời, xáo trộn rồi mới phát",
        "slips": [
            {
                "qr": qr.drawn(f"{base_url.rstrip('/')}/p/{slip}"),
                "address": place,
                "code": grouped(slip),
            }
            for slip in printed
        ],
    }
    inputs = {"slips": json.dumps(data)}
    pdf = typst.compile(_TEMPLATE, font_paths=typeset.fonts(), sys_inputs=inputs)
    typeset.forget_layouts()
    return pdf


def _print(running: Running) -> str | None:
    """Draw new slips, then let their hashes stand: a slip that opens is always on paper.

    A second run finds the hashes of the first and draws nothing: no batch is ever printed twice.
    """
    batch = session().get_one(SlipBatch, int(str(running.data["batch_id"])))
    made = session().scalar(select(exists().where(Slip.batch_id == batch.id)))
    if made or batch.used is not None:
        return None
    printed = [slips.new() for _ in range(batch.size)]
    running.progress(0, batch.size)
    content = sheets_pdf(batch, printed, str(running.data["base_url"]))
    name = f"Phiếu dùng một lần {batch.unit.full_name}, lô {batch.id}.pdf".replace("/", "-")
    with new_export(name, brief=True) as (export, stream):
        stream.write(content)
    # In the order of the hashes: where a row lies says nothing of its place on the sheets.
    hashes = sorted(form_keys.of_slip(slip).hash for slip in printed)
    with write() as current:
        rows = [{"hash": each, "batch_id": batch.id} for each in hashes]
        current.connection().execute(insert(Slip), rows)
    running.progress(batch.size, batch.size)
    return export.to_result()


def _breakable(text: str) -> str:
    """Let what nobody would call a word be broken, so that it stays on the slip."""
    return re.sub(r"\S{25,}", lambda word: re.sub(r"(.{12})", "\\1\u200b", word[0]), text)


PRINT_SLIPS = Kind(PRINT, _print)
