"""Every commune of the country in three forms as one ZIP: time, and memory that does not grow."""

import resource
import time
import zipfile
from datetime import date
from pathlib import Path

from sqlalchemy import insert

from benchmarks import setting
from portal.core import jobs
from portal.core.database import session, write
from portal.core.exports import Export
from portal.features.campaigns import jobs as prints
from portal.features.campaigns.jobs import Order
from portal.features.campaigns.models import Campaign, CampaignUnit, QrCode
from portal.features.campaigns.posters import Form
from portal.features.org_units.models import Level, Unit, UnitScope
from tests.support import surveyed

FEW, MANY = 209, 3321
FORMS = (Form.POSTER, Form.CARD, Form.STICKERS)


def main() -> None:
    """Print seconds a file and the peak of memory at both sizes (SQLite)."""
    few, many = _packed(FEW), _packed(MANY)
    files = MANY * len(FORMS)
    print(f"{'3,321 × 3 prints as ZIP':28} {many[0]:.0f} s, {many[0] / files * 1000:.1f} ms a file")
    print(f"{'time a file, against 209':28} {many[0] / files / (few[0] / FEW / len(FORMS)):.2f} ×")
    print(f"{'memory, 3,321 against 209':28} {many[1]:.0f} MiB against {few[1]:.0f} MiB (peak)")


def _packed(units: int) -> tuple[float, float]:
    """Make the archive; give the seconds it took and the peak of memory since the start."""
    with setting.database("sqlite") as (data_dir, url), setting.portal(data_dir, url):
        campaign = _asked(units)
        wanted = Order(campaign.id, campaign.unit_id, "https://danchu.example.vn", FORMS)
        job_id = prints.order(prints.ARCHIVE, 1, campaign, wanted).id
        started = time.process_time()
        while jobs.work_once():
            pass
        took = time.process_time() - started
        _check(job_id, units)
        return took, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def _check(job_id: int, units: int) -> None:
    session().rollback()
    export = Export.from_result(session().get_one(jobs.Job, job_id).result)
    assert export is not None
    path: Path = export.path
    with zipfile.ZipFile(path) as archive:
        assert len(archive.namelist()) == units * len(FORMS)


def _asked(units: int) -> Campaign:
    """Make a country of as many communes in districts of about twenty, all of them asked."""
    districts = {f"Huyện mẫu {d}": [f"Xã mẫu {d}"] for d in range(max(10, units // 20))}
    place = surveyed.province(districts)
    campaign = surveyed.campaign(place, days=30)
    above = [unit for unit in place.units.values() if unit.level == Level.DISTRICT]
    missing = units - len(districts)
    with write() as current:
        rows = [
            Unit(
                code=f"m{n}", name=f"Mẫu {n}", full_name=f"Xã Mẫu số {n}", level=Level.COMMUNE,
                parent_id=above[n % len(above)].id, valid_from=date.min, folded="",
                sort_key=f"{n:05}",
            )
            for n in range(missing)
        ]  # fmt: skip
        current.add_all(rows)
        current.flush()
        current.execute(insert(UnitScope), [
            {"above_id": top, "unit_id": unit.id}
            for unit in rows for top in (place["Tỉnh"].id, unit.id)
        ])  # fmt: skip
        asked = {"campaign_id": campaign.id, "supporter": ""}
        current.execute(insert(CampaignUnit), [asked | {"unit_id": unit.id} for unit in rows])
        current.add_all(
            QrCode(code=_code(n), campaign_id=campaign.id, unit_id=unit_id)
            for n, unit_id in enumerate(setting.asked_units(campaign.id))
        )
    return campaign


def _code(number: int) -> str:
    signs = "23456789bcdfghjkmnpqrstvwxz"
    return "k7rm" + "".join(signs[number // 27**place % 27] for place in range(4))


if __name__ == "__main__":
    main()
