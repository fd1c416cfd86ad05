"""Codes: making them for units and their points, exchanging them, ticking that one was scanned."""

from collections.abc import Collection, Iterable

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.core import clock
from portal.core.database import write
from portal.core.errors import Invalid, Refused
from portal.core.text import N_, clean
from portal.features.audit import services as audit
from portal.features.audit.services import Act, Doer
from portal.features.campaigns import code_queries as codes
from portal.features.campaigns.codes import LENGTH, new_code
from portal.features.campaigns.models import Campaign, QrCode
from portal.features.campaigns.phase import Phase
from portal.features.org_units.models import Point

LOCK = "campaign-codes"
"""Under it codes are made, so that no two are alike."""
LIVELY = frozenset({Phase.DRAFT, Phase.READY, Phase.OPEN, Phase.BETWEEN})
"""The phases in which codes are made, exchanged and tried."""
MAX_REASON = 500
LAST = 4
"""How many signs of a code somebody reads off the phone who has scanned it."""

Place = tuple[int, int | None]
"""A unit, and its point if the code is the point's own."""


def issue(current: Session, campaign_id: int, places: Iterable[Place]) -> list[QrCode]:
    """Make a code for each place, inside a `write(LOCK)`."""
    made: list[QrCode] = []
    for unit_id, point_id in places:
        code = new_code()
        while current.scalar(select(QrCode.code).where(QrCode.code == code)):
            code = new_code()
        made.append(
            QrCode(
                code=code,
                campaign_id=campaign_id,
                unit_id=unit_id,
                point_id=point_id,
                issued_on=clock.today(),
            )
        )
        current.add(made[-1])
    current.flush()
    return made


def issue_for_points(doer: Doer, campaign: Campaign, points: Collection[Point]) -> int:
    """Give a code of its own to each of these points that has none yet; give how many.

    Args:
        doer: who does it.
        campaign: what is asked.
        points: those that stand today; where their unit is not asked they are left out.

    Raises:
        Refused: the campaign is over.
    """
    with write(LOCK) as current:
        _check_lively(campaign)
        asked, served = codes.asked_units(campaign.id), codes.points_with_code(campaign.id)
        wanted = [point for point in points if point.unit_id in asked and point.id not in served]
        issue(current, campaign.id, [(point.unit_id, point.id) for point in wanted])
        for unit_id in sorted({point.unit_id for point in wanted}):
            names = [point.name for point in wanted if point.unit_id == unit_id]
            audit.record(doer, Act(
                "code:issued", "code", campaign.id, subject_name=campaign.name, unit_id=unit_id,
                changes={"points": [None, names]},
            ))  # fmt: skip
    return len(wanted)


def reissue(doer: Doer, code: QrCode, reason: str) -> QrCode:
    """Withdraw a code and make a new one for the same unit or point.

    Args:
        doer: who does it.
        code: the live code.
        reason: what those read who scan the old one.

    Raises:
        Invalid: no reason, or too long a one.
        Refused: the code is withdrawn already, or the campaign is over.
    """
    reason = clean(reason)
    if not reason or len(reason) > MAX_REASON:
        raise Invalid({"reason": REASON_NEEDED if not reason else REASON_TOO_LONG})
    with write(LOCK) as current:
        current.refresh(code, with_for_update={"of": QrCode})
        if code.revoked_on is not None:
            raise Refused(ALREADY_WITHDRAWN)
        _check_lively(code.campaign)
        code.revoked_on, code.revoke_reason = clock.today(), reason
        current.flush()
        [fresh] = issue(current, code.campaign_id, [(code.unit_id, code.point_id)])
        audit.record(doer, Act(
            "campaign:code_reissued", "campaign", code.campaign_id,
            subject_name=code.campaign.name, unit_id=code.campaign.unit_id, reason=reason,
            changes={"unit": ["", code.place_name], "code": [code.code, fresh.code]},
        ))  # fmt: skip
    return fresh


def tick(doer: Doer, code: QrCode, typed: str) -> None:
    """Note that somebody has scanned the printed code with a phone and read where it led.

    Args:
        doer: who scanned it.
        code: the live code.
        typed: the last signs of the address on the phone, or all of it.

    Raises:
        Invalid: it is not what this code leads to; under "typed".
        Refused: the code was withdrawn meanwhile, or the campaign is over.
    """
    if not is_end_of(code.code, clean(typed)):
        raise Invalid({"typed": OTHER_CODE if clean(typed) else SIGNS_NEEDED})
    with write(LOCK) as current:
        current.refresh(code, with_for_update={"of": QrCode})
        if code.revoked_on is not None:
            raise Refused(ALREADY_WITHDRAWN)
        _check_lively(code.campaign)
        code.tested_on, code.tested_by = clock.today(), doer.display_name
        audit.record(doer, Act(
            "code:tested", "code", code.code, subject_name=code.place_name, unit_id=code.unit_id,
        ))  # fmt: skip


def is_end_of(code: str, typed: str) -> bool:
    """Say whether somebody typed the last signs of a code, or the address that ends in it."""
    last = typed.rstrip("/").rpartition("/")[2].partition("?")[0]
    signs = "".join(sign for sign in last.lower() if sign.isalnum())
    return LAST <= len(signs) <= LENGTH and code.endswith(signs)


def _check_lively(campaign: Campaign) -> None:
    if campaign.phase not in LIVELY:
        raise Refused(CODES_ARE_FINAL)


REASON_NEEDED = N_("Cần ghi lý do để người quét mã cũ hiểu vì sao mã đổi.")
REASON_TOO_LONG = N_("Lý do dài quá 500 ký tự.")
ALREADY_WITHDRAWN = N_("Mã này đã được thay bằng mã khác.")
CODES_ARE_FINAL = N_("Đợt đã đóng nên không đổi mã nữa.")
SIGNS_NEEDED = N_("Mời ghi bốn chữ, số cuối của địa chỉ trên điện thoại.")
OTHER_CODE = N_(
    "Không phải địa chỉ của mã này. Xem lại bốn chữ, số cuối trên điện thoại; "
    "nếu đúng như vậy thì tờ đã in mang mã khác."
)
