"""Slips and sheets of paper without a printer: what is on them, and who hands them out."""

import re
from dataclasses import dataclass
from io import BytesIO

import pypdfium2
from werkzeug.datastructures import MultiDict

from portal.core import jobs
from portal.core.database import session
from portal.core.exports import Export
from portal.features.org_units.models import Unit
from portal.features.surveys import batch_acts, form_keys, intake, papers, slips
from portal.features.surveys.intake import Outcome
from portal.features.surveys.models import PaperBatch, SlipBatch
from portal.policy.roles import Duty, Role
from tests.support import asked, officials, surveyed
from tests.support.asked import UNIT
from tests.support.officials import Official

BASE = "https://danchu.example.vn"
_PRINTED = re.compile(r"[2-9a-z]{4}(?:-[2-9a-z]{4}){3}")


@dataclass(frozen=True)
class Handed:
    """A campaign that asks in one ward, and the people who give papers out there."""

    place: surveyed.Place
    asked: asked.Asked
    province: Official
    counter: Official
    confirmer: Official

    def slips(self, size: int = 20) -> tuple[SlipBatch, list[str]]:
        """Have a batch of slips printed, and read them off the sheets."""
        batch, job = batch_acts.order_slips(
            self.province, self.asked.campaign, self.asked.unit_id, size, BASE
        )
        while jobs.work_once():
            pass
        done = jobs.owned_by(self.province.user_id, job.id)
        export = Export.from_result(done.result if done else None)
        assert export is not None
        return batch, read_off(export.path.read_bytes())

    def paper(self, issued: int = 20) -> PaperBatch:
        """Open a batch of paper."""
        day = self.asked.campaign.opens_on
        return batch_acts.open_papers(self.counter, self.asked.campaign, day, issued)


def hand_out() -> Handed:
    """Make a campaign in a ward, with three accounts around it."""
    made = asked.ask()
    ward = session().get_one(Unit, made.unit_id)
    place = surveyed.Place({"Tỉnh": made.campaign.unit, UNIT: ward})
    return Handed(
        place, made,
        _account(place, Role.PROVINCE, "Tỉnh", 1), _account(place, Role.COMMUNE, UNIT, 2),
        _account(place, Role.COMMUNE, UNIT, 3),
    )  # fmt: skip


def _account(place: surveyed.Place, role: Role, at: str, user_id: int) -> Official:
    made = officials.official(place, role, Duty.DRAFT, Duty.APPROVE, at=at)
    return Official(
        made.role, made.duties, made.unit_id, made.organisation_id, user_id, f"Người {user_id}"
    )


def read_off(pdf: bytes) -> list[str]:
    """Give the slips that stand on sheets, in the order of the sheets."""
    document = pypdfium2.PdfDocument(BytesIO(pdf))
    text = "\n".join(page.get_textpage().get_text_bounded() for page in document)
    document.close()
    return [one.replace("-", "") for one in _PRINTED.findall(text.replace("\ufffe", "-"))]


def send(slip: str, **said: str) -> Outcome:
    """Send a form by a slip, as its page would."""
    found = slips.find(slip)
    assert found is not None
    fields = MultiDict({"chung": "5", "biet": "khong"} | said)
    return intake.receive(found.place, form_keys.new(slip, another=True), fields)


def type_in(batch: PaperBatch, key: str | None = None, **said: str) -> Outcome:
    """Type a sheet of a batch in."""
    place = papers.place_of(batch)
    fields = MultiDict(said or {"chung": "5", "biet": "khong"})
    return intake.receive(place, key or form_keys.new(place.code), fields)
