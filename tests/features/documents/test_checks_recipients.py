"""A document that goes to nobody is warned of, where somebody should receive it."""

from datetime import date

import pytest

from portal.features.documents.body import Body, Party, Recipient
from portal.features.documents.checks import Facts, warnings
from portal.features.documents.formats import format_of, type_of

TO_SOMEBODY = Body(recipients=(Recipient(Party("Các xã")),))
ADDRESSED = Body(addressees="Đảng ủy các xã")


@pytest.mark.parametrize(("kind", "body", "expected"), [
    ("ke_hoach", Body(), ["Chưa có nơi nhận."]), ("ke_hoach", ADDRESSED, ["Chưa có nơi nhận."]),
    ("ke_hoach", TO_SOMEBODY, []), ("cong_van", ADDRESSED, []), ("bien_ban", Body(), []),
])  # fmt: skip
def test_it_goes_to_somebody(kind, body, expected):
    found = warnings(body, type_of(kind), format_of("party-hd36"), Facts(date(2026, 1, 2)))
    assert [one.message for one in found if one.rule == "no-recipient"] == expected
