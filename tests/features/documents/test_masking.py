"""A public copy tells nobody how to join the officials' groups or whom to ring at home."""

from dataclasses import asdict, replace

import pytest

from portal.features.documents.body import (
    Appendix,
    Body,
    Duty,
    Party,
    Recipient,
    Section,
    SectionRole,
    Signature,
)
from portal.features.documents.text.masking import HIDDEN, masked

ZALO = "https://zalo.me/g/gyvcdr416"
PHONE = "0912 345 678"


def copied(text: str) -> str:
    return masked(Body(opening=text)).opening


@pytest.mark.parametrize(
    "link",
    [
        ZALO,
        "http://www.zalo.me/g/gyvcdr416",
        "zalo.me/g/gyvcdr416",
        "ZALO.ME/G/GYVCDR416",
        "https://zalo.me/ g/gyvcdr416",
        "https://zalo.me/g/gyvcdr416?utm_source=qr",
        "https://zaloapp.com/g/gyvcdr416",
        "https://chat.zalo.me/?g=gyvcdr416",
        "https://zalo.me/0912345678",
    ],
)
def test_a_link_to_a_group_or_a_person_is_hidden(link):
    assert copied(f"Nhóm “PKS03”: <{link}>.") == f"Nhóm “PKS03”: <{HIDDEN}>."


@pytest.mark.parametrize(
    "number",
    [
        "0912345678",
        PHONE,
        "0912.345.678",
        "0912-345-678",
        "(0204) 3854 123",
        "0204.3.854.123",
        "+84 912 345 678",
        "(+84) 912 345 678",
        "84912345678",
        "02043.854.123",
    ],
)
def test_a_telephone_number_is_hidden_in_whatever_groups(number):
    assert copied(f"Liên hệ ĐT:{number}, gặp đồng chí trực.") == (
        f"Liên hệ ĐT:{HIDDEN}, gặp đồng chí trực."
    )


@pytest.mark.parametrize("between", [", ", "/", "-", " - ", " "])
def test_two_numbers_side_by_side_are_both_hidden(between):
    assert copied(f"0912345678{between}0987654321") == f"{HIDDEN}{between}{HIDDEN}"


@pytest.mark.parametrize(
    "kept",
    [
        "https://danchu.example.vn/k7rm4wxq",
        "danchu.example.vn/23456789 (k7rm-4wxq)",
        "Số 0123/KH-UBND ngày 05/02/2026",
        "từ ngày 06/5 - 08/5/2024",
        "từ 06.5-08.5.2024; 01.02.2024 03.04.2024",
        "Tổng đài 1900 1234, 18001234",
        "https://zalo.me/1234567890123456789 (tài khoản chính thức)",
        "1.234.567.890 đồng; 0,123; 209 xã",
        "các trang mạng xã hội (zalo, facebook...)",
    ],
)
def test_what_citizens_need_stays(kept):
    assert copied(kept) == kept


def test_every_place_where_something_can_be_written_is_looked_at():
    said = f"{ZALO}, {PHONE}"
    body = Body(
        summary=said, addressees=said, bases=(said,), opening=said, closing=said,
        sections=(Section(heading=said, text=said, role=SectionRole.ZALO_GROUP),),
        duties=(Duty(what=said, lead=Party(said), joins=said, due=said, evidence=said),),
        signature=Signature(said, said, said), recipients=(Recipient(Party(said), said),),
        keeper=said, appendices=(Appendix(title=said, text=said),),
    )  # fmt: skip
    written = masked(body).to_json()
    assert "gyvcdr416" not in written
    assert "0912" not in written
    assert written.count(HIDDEN) == 2 * body.to_json().count(ZALO)


def test_nothing_else_is_touched():
    body = Body(summary="Kế hoạch", sections=(Section(text=f"a\n{ZALO}\nb"),))
    copy = masked(body)
    assert copy.sections[0].text == f"a\n{HIDDEN}\nb"
    assert asdict(replace(copy, sections=body.sections)) == asdict(body)
