"""Passwords: judged, hashed, and never kept."""

import pytest

from portal.features.users import passwords

ABOUT = ["xa.ngoquyen", "Cán bộ dân vận", "UBND phường Ngô Quyền"]


@pytest.mark.parametrize(
    "weak",
    [
        "", "ngắn", "Ubnd@2026", "Ubnd@2026tinh", "matkhau2026!", "mậtkhẩu2026!", "Tinh@123456",
        "ngoquyen@2025", "NgôQuyền2026", "xa.ngoquyen1", "qwertyuiop", "1234567890", "password123",
        "aaaaaaaaaaaa", "BacGiang@2025", "x" * 201,
    ],
)  # fmt: skip
def test_what_anybody_would_try_first_is_refused(weak):
    assert passwords.weakness(weak, ABOUT)


@pytest.mark.parametrize(
    "good",
    ["lá tre gió chiều sông", "con mèo ngồi trong bếp", "tV9#kq2LmzX8", "mua rau cho ba Tam"],
)
def test_words_that_do_not_belong_together_are_good(good):
    assert passwords.weakness(good, ABOUT) is None


def test_a_password_matches_however_its_accents_were_typed():
    stored = passwords.hashed("mèo ngồi")
    assert passwords.matches("me\u0300o ngo\u0302\u0300i", stored)
    assert not passwords.matches("mèo ngồi ", stored)


def test_an_unknown_name_is_never_right():
    assert not passwords.matches("gì cũng được", None)


def test_one_time_passwords_differ_and_hold_no_look_alikes():
    invented = {passwords.one_time() for _ in range(50)}
    assert len(invented) == 50
    assert not set("".join(invented)) & set("0o1liIO")
