"""Rosters: 500 pasted rows checked and shown, 209 units × 6 people to one workbook."""

import time
from collections.abc import Callable
from typing import Any

from flask import Flask
from sqlalchemy import insert

from benchmarks import setting
from portal.core import clock
from portal.core.clock import format_date
from portal.core.database import session, write
from portal.features.campaigns.models import Campaign
from portal.features.rosters import checking, consolidation, entries, exports
from portal.features.rosters.entries import Entry
from portal.features.rosters.models import Roster, RosterSubmission
from portal.features.rosters.queries import desk_of
from portal.policy.roles import Role
from tests.support import surveyed
from tests.support.client import CheckingClient
from tests.support.rostered import HEADS, PLACE, table
from tests.support.surveyed import Place

PASTED, PEOPLE = 500, 6
_NAMES = ("Nguyễn Văn", "Trần Thị", "LÊ VĂN", "Phạm Thị")


def main() -> None:
    """Print processor seconds beside the aims (SQLite)."""
    with setting.database("sqlite") as (data_dir, url), setting.portal(data_dir, url) as app:
        campaign = setting.ask()
        _pasting(app, campaign)
        _consolidating(campaign)


def _pasting(app: Flask, campaign: Campaign) -> None:
    unit_id = setting.asked_units(campaign.id)[0]
    desk = desk_of(campaign, unit_id)
    assert desk is not None
    rows = [_row(n, format_date(desk.days[n % len(desk.days)])) for n in range(PASTED)]
    took, found = _measured(lambda: checking.checked(desk, table(*rows), ()))
    assert not found.table.faults
    print(f"{'500 rows checked':34} {took:.2f} s")
    unit = desk.unit
    user = surveyed.account(Place({"here": unit}), "here", Role.COMMUNE)
    client = CheckingClient(app, app.response_class)
    client.sign_in(user)
    text = "\n".join("\t".join(row) for row in (HEADS, *rows))
    page = f"/dot-khao-sat/{campaign.id}/danh-sach/{unit_id}/dan"
    token = client.page(page).form("Kiểm tra bảng").fields["csrf_token"]
    sent = {"csrf_token": token, "text": text}
    send = super(CheckingClient, client).post  # without the checks of what it answers
    send(page, data=sent)
    took, answer = _measured(lambda: send(page, data=sent))
    assert answer.status_code == 200
    print(f"{'500 rows checked and shown':34} {took:.2f} s (aim: below 1)")


def _row(n: int, day: str) -> tuple[str, ...]:
    letters = "".join(chr(ord("a") + int(digit)) for digit in f"{n:03}")
    return (f"{_NAMES[n % 4]} {letters.capitalize()}", "Hội Nông dân", f"912{n:06}", day,
            ("Sáng", "Chiều")[n % 2], PLACE)  # fmt: skip


def _consolidating(campaign: Campaign) -> None:
    people = [
        Entry(f"Nguyễn Văn {chr(ord('A') + n)}", PLACE, "day", campaign.opens_on,
              phone=f"0912 000 {n:03}") for n in range(PEOPLE)
    ]  # fmt: skip
    with write() as current:
        made = {"campaign_id": campaign.id, "kind": "support", "state": "accepted", "note": "",
                "accepted_number": 0, "changed_by": "", "version": 1, "to_step": 1,
                "to_unit_id": campaign.unit_id}  # fmt: skip
        now = clock.now()
        units = setting.asked_units(campaign.id)
        current.execute(
            insert(Roster), [made | {"unit_id": one, "changed_at": now} for one in units]
        )
        copy = {"number": 0, "content": entries.frozen(people), "reason": "", "sent_at": now,
                "sent_by": "", "told": True}  # fmt: skip
        ids = session().query(Roster.id).all()
        current.execute(insert(RosterSubmission), [copy | {"roster_id": one} for (one,) in ids])

    def drawn() -> bytes:
        session().expire_all()
        [station] = consolidation.stations(campaign, campaign.unit_id)
        assert len(station.listed) == len(units)
        return exports.consolidated_sheet(station.listed)

    took, _content = _measured(drawn)
    print(f"{'209 × 6 people to .xlsx':34} {took:.2f} s (aim: below 2)")


def _measured(act: Callable[[], Any]) -> tuple[float, Any]:
    started = time.process_time()
    found = act()
    return time.process_time() - started, found


if __name__ == "__main__":
    main()
