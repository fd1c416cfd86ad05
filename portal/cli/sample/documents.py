"""The sample's papers: letterheads, and documents in every hand, one of them issued to all."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, timedelta

from sqlalchemy import select

from portal.cli.sample import accounts, papers
from portal.core.database import session, write
from portal.features.audit import services as audit
from portal.features.campaigns.models import Campaign
from portal.features.documents import letterheads, services
from portal.features.documents.body import Body, Party, Recipient
from portal.features.documents.letterheads import LetterheadInput, Organ
from portal.features.documents.models import Document, Letterhead
from portal.features.documents.services import NewDocument
from portal.features.documents.workflow import DOCUMENT
from portal.features.org_units.models import Organisation
from portal.web.actor import Account

_CLERK, _WARD, _TWO_TIERS = "tinh.vanthu", "xa.ngoquyen", "xa.backan"
_STEERING = "BCĐ thực hiện QCDC tỉnh"
_SIGNER = "Lãnh đạo mẫu"
_TERM = "2025-2030"
_ON_PAPER = "Bản ký trên giấy, lưu tại văn thư (dữ liệu mẫu)."
# The clerk's account and the organisation's name: what its papers look like.
_LETTERHEADS: Mapping[tuple[str, str], LetterheadInput] = {
    (_CLERK, _STEERING): LetterheadInput(
        "party", "BCĐ THỰC HIỆN QCDC TỈNH", "BCĐ", "Bắc Giang", "TỈNH ỦY BẮC GIANG",
        "T/M BAN CHỈ ĐẠO", "TRƯỞNG BAN", _SIGNER, _TERM,
    ),
    (_WARD, "Đảng ủy phường Ngô Quyền"): LetterheadInput(
        "party", "ĐẢNG ỦY PHƯỜNG NGÔ QUYỀN", "ĐU", "Ngô Quyền", "ĐẢNG BỘ THÀNH PHỐ BẮC GIANG",
        "T/M ĐẢNG ỦY", "PHÓ BÍ THƯ", _SIGNER, _TERM,
    ),
    (_TWO_TIERS, "Ủy ban nhân dân phường Bắc Kạn"): LetterheadInput(
        "state", "ỦY BAN NHÂN DÂN PHƯỜNG BẮC KẠN", "UBND", "Bắc Kạn", "",
        "TM. ỦY BAN NHÂN DÂN", "KT. CHỦ TỊCH\nPHÓ CHỦ TỊCH", _SIGNER,
    ),
}  # fmt: skip


def create_all(today: date, campaign: Campaign | None) -> None:
    """Make letterheads and documents.

    Args:
        today: the day it is.
        campaign: the open survey, whose plan is among them; None if there is none.
    """
    organs = {
        clerk: _letterhead(accounts.acting(clerk), name, given)
        for (clerk, name), given in _LETTERHEADS.items()
    }
    if campaign is not None:
        _plan(organs[_CLERK], campaign)
    _of_province(organs[_CLERK], today)
    _of_ward(organs[_WARD], today)
    _of_two_tiers(organs[_TWO_TIERS], today)


def _letterhead(clerk: Account, name: str, given: LetterheadInput) -> Letterhead:
    organ = _organ(clerk.unit_id, name)
    return letterheads.save(clerk, Organ(organ, None), given, 0)


def _organ(unit_id: int, name: str) -> Organisation:
    query = select(Organisation).where(Organisation.unit_id == unit_id, Organisation.name == name)
    return session().scalars(query).one()


def _plan(letterhead: Letterhead, campaign: Campaign) -> None:
    """Issue the plan that orders the open survey, a week before it opened."""
    opens, closes = campaign.opens_on, campaign.closes_on
    body = papers.body(
        "plan", letterhead, campaign=campaign.name, opens=opens, closes=closes,
        team=opens - timedelta(days=4), roster=opens - timedelta(days=2),
        report=closes + timedelta(days=14),
    )  # fmt: skip
    document = _draft(accounts.DRAFTER, letterhead, "ke_hoach", body)
    services.set_public(accounts.acting(accounts.DRAFTER), document, is_public=True)
    bring_on(document, "submit", "approve", "sign")
    issue(document, accounts.acting(_CLERK), opens - timedelta(days=7))
    _link(campaign, document)


def _link(campaign: Campaign, plan: Document) -> None:
    """Say that the survey was ordered by the plan; it was open before the plan was written."""
    with write() as current:
        current.refresh(campaign)
        campaign.plan_id = plan.id
        audit.record(audit.OPERATOR, audit.Act(
            "campaign:edited", "campaign", campaign.id, subject_name=campaign.name,
            unit_id=campaign.unit_id, reason="Dữ liệu mẫu",
            changes={"plan_id": [None, plan.id]},
        ))  # fmt: skip


def _of_province(letterhead: Letterhead, today: date) -> None:
    soon = today + timedelta(days=10)
    drafter = accounts.DRAFTER
    _draft(drafter, letterhead, "bao_cao", papers.body("report", letterhead))
    urging = papers.body("urging", letterhead, closes=soon)
    submitted = _draft(drafter, letterhead, "cong_van", urging)
    bring_on(submitted, "submit")
    meeting = papers.body("meeting", letterhead, opens=soon)
    bring_on(_draft(drafter, letterhead, "giay_moi", meeting), "submit", "approve")
    remark = "Ghi thêm số điện thoại của bộ phận trực."
    services.discuss(accounts.acting(accounts.APPROVER), submitted, remark)


def _of_ward(letterhead: Letterhead, today: date) -> None:
    ward = accounts.acting(_WARD)
    plan = papers.body("mailbox", letterhead, opens=today)
    returned = _draft(_WARD, letterhead, "ke_hoach", plan)
    DOCUMENT.fire(ward, returned.id, "submit")
    DOCUMENT.fire(ward, returned.id, "return", "Ghi rõ nơi đặt hòm thư ở từng tổ dân phố.")
    weekly = papers.body("weekly", letterhead, opens=today)
    steering = _organ(accounts.acting(_CLERK).unit_id, _STEERING)
    to = Recipient(Party(steering.name, organisation_id=steering.id), "b/c")
    report = _draft(_WARD, letterhead, "bao_cao", replace(weekly, recipients=(to,)))
    bring_on(report, "submit", "approve", "sign", hands=(ward, ward))
    issue(report, ward, today)


def _of_two_tiers(letterhead: Letterhead, today: date) -> None:
    ward = accounts.acting(_TWO_TIERS)
    opens, closes = today + timedelta(days=14), today + timedelta(days=40)
    plan = papers.body("consultation", letterhead, opens=opens, closes=closes)
    signed = _draft(_TWO_TIERS, letterhead, "ke_hoach", plan)
    bring_on(signed, "submit", "approve", "sign", hands=(ward, ward))


def _draft(username: str, letterhead: Letterhead, type_code: str, body: Body) -> Document:
    new = NewDocument(letterhead.organisation_id, type_code, body)
    return services.create(accounts.acting(username), new)


def bring_on(document: Document, *steps: str, hands: tuple[Account, Account] | None = None) -> None:
    """Carry a paper from hand to hand: who drafts and who approves, of the province if unsaid."""
    drafter, approver = hands or (
        accounts.acting(accounts.DRAFTER), accounts.acting(accounts.APPROVER),
    )  # fmt: skip
    for step in steps:
        if step == "sign":
            services.sign(approver, document, _ON_PAPER)
        else:
            DOCUMENT.fire(drafter if step == "submit" else approver, document.id, step)


def issue(document: Document, clerk: Account, day: date) -> None:
    """Number and issue what is signed."""
    services.number(clerk, document, day=day, number=None)
    services.issue(clerk, document)
