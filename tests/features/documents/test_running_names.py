"""Organs' names, in capitals in a head, as a sentence writes them (NĐ 30/2020, Annex II)."""

import pytest

from portal.features.documents.text.wording import running_name

WARD = "phường Bắc Kạn"


@pytest.mark.parametrize(
    "name",
    [
        f"Tổ công tác {WARD}", "BCĐ chính quyền thân thiện thành phố Bắc Giang",
        "Phòng Văn hóa - Xã hội", f"Phòng Văn hóa - Xã hội {WARD}",
        f"Phòng Kinh tế, Hạ tầng và Đô thị {WARD}", "Ủy ban nhân dân xã Hội Hợp",
        f"Văn phòng Hội đồng nhân dân và Ủy ban nhân dân {WARD}", f"Văn phòng {WARD}",
        f"Trung tâm Phục vụ hành chính công {WARD}", "Sở Nội vụ tỉnh Bắc Ninh",
        f"Ủy ban Mặt trận Tổ quốc Việt Nam {WARD}", "Khối Dân vận Đảng ủy xã Tam Kim",
        "Hội Liên hiệp Phụ nữ xã Tam Kim", "Ban Chỉ đạo thực hiện Quy chế dân chủ xã Tam Kim",
    ],
)  # fmt: skip
def test_a_name_in_capitals_gets_its_own_capitals_back(name):
    assert running_name(name.upper()) == name


def test_a_name_that_is_no_longer_in_capitals_keeps_those_it_has():
    assert running_name("Phòng Văn hóa - Xã hội phường Bắc Kạn") == (
        "Phòng Văn hóa - Xã hội phường Bắc Kạn"
    )
