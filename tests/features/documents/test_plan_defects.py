"""What the five plans got wrong (DOMAIN 1.10), found again in texts of our own that do the same.

Each text has the frame and the faults of its plan and is brought in as a clerk would: pasted.
Every fault has its warning, and nothing else is warned of but that the portal knows none of
their recipients: what is pasted here is tied to nobody.
"""

from collections import Counter
from datetime import date

import pytest

from portal.features.documents.body import Body
from portal.features.documents.checks import Facts, warnings
from portal.features.documents.formats import format_of, type_of
from portal.features.documents.importing import outline

BASES = """
Thực hiện Chỉ thị số 09-CT/TU ngày 10/8/2021 của Ban Thường vụ Tỉnh ủy về quy chế dân chủ ở cơ sở,
"""
TITLES = """
Nơi nhận:
- Ban Dân vận Trung ương (b/c),
- Lưu: Văn thư.

TRƯỞNG BAN DÂN VẬN TỈNH ỦY
Kiêm
PHÓ TRƯỞNG BAN THƯỜNG TRỰC

Người Ký Mẫu
"""
STEERING = """TỈNH ỦY BẮC GIANG
BCĐ THỰC HIỆN QCDC TỈNH
*
Số          -KH/BCĐ
ĐẢNG CỘNG SẢN VIỆT NAM

Bắc Giang, ngày     tháng 4 năm 2024
"""
GROUP = "zalo.me/g/gyvcdr416"

PLAN_000 = f"""ĐẢNG BỘ THÀNH PHỐ BẮC GIANG
ĐẢNG ỦY PHƯỜNG NGÔ QUYỀN
*
Số 55-KH/ĐU
ĐẢNG CỘNG SẢN VIỆT NAM

P. Ngô quyền, ngày 08 tháng 01 năm 2024
KẾ HOẠCH
Lấy ý kiến góp ý trong năm 2024
{BASES}
Ban chỉ đạo Quy chế dân chủ phường xây dựng Kế hoạch lấy góp ý của người trên địa bàn như sau:
I. NỘI DUNG
1. Thời gian, địa điểm
1.1. Thời gian
- Đợt 1: Từ ngày 22/01/2024 - 25/3/2024.
- Đợt 2: Từ ngày 01/4/2024 - 25/6/2024.
- Đợt 3: Từ ngày 01/7/2024 - 25/9/2024.
- Đợt 4: Từ ngày 01/10/2024 - 25/12/2024.
1.2. Địa điểm: Tại các nhà văn hoá.
2. Công cụ: Mã của phường (có danh sách mã QR cho Ban chỉ đạo cấp tỉnh lập kèm theo).
II. TỔ CHỨC THỰC HIỆN
1. Ban Chi đạo QCDC phường thường xuyên kiểm tra.
2. UBND phường: Cử cán bộ nhập dữ trên phần mềm.
3. Đoàn thanh niên phường: Tạo mã QR và đặt hòm thư. Hàng tuần tổng hợp, báo cáo để giải quyết.

Nơi nhận:
- Thường trực Đảng uỷ (b/c),
- Như kính gửi,
- Lưu BCĐ.

T/M ĐẢNG UỶ
PHÓ BÍ THƯ

Người Ký Mẫu
"""
PLAN_001 = f"""{STEERING}
KẾ HOẠCH
khảo sát người dân về quy chế dân chủ
{BASES}
Ban Dân vận Tỉnh ủy xây dựng Kế hoạch khảo sát, cụ thể như sau:
I. NỘI DUNG
1. Thời gian, địa điểm: 03 ngày, từ ngày 06/5 - 08/5/2024, tại bộ phận một cửa.
2. Cách làm
- Người dân tự trả lời tại chỗ hoặc ở nhà.
II. TỔ CHỨC THỰC HIỆN
1. Ban Dân vận Tỉnh ủy
- Kiểm tra và báo cáo kết quả khảo sát trong tháng 5/2024.
- Đề xuất khen thưởng 3-5 tập thể, cá nhân.
2. Hội Nông dân tỉnh
- Gửi danh sách, lịch phân công về Ban Dân vận Tỉnh ủy, chậm nhất ngày 04/5/2024.
3. Ban Chỉ đạo các huyện
- Kiểm tra trong ngày đầu tiên; tổ công tác hằng ngày đăng tin trên nhóm.
Đường link tham gia nhóm zalo: https://{GROUP}
- Đẩy mạnh tuyên truyền./.
{TITLES}"""
PLAN_002 = f"""KẾ HOẠCH
khảo sát người dân về chính quyền thân thiện
{BASES}
Căn cứ Kế hoạch số 152-KH/BCSD-BDVTU ngày 18/4/2023 của Ban Dân vận Tỉnh ủy về triển khai,

Ban chỉ đạo thực hiện Quy chế dân chủ tỉnh xây dựng Kế hoạch khảo sát, cụ thể như sau:

I. NỘI DUNG

1. Thời gian, địa điểm khảo sát: 03 ngày, từ ngày 29/8 – 31/8/2024, trên nhóm zalo của các thôn.

II. TỔ CHỨC THỰC HIỆN

1. Ban Dân vận Tỉnh ủy

- Kiểm tra và tổng hợp, báo cáo kết quả khảo sát trong tháng 8/2024.

2. Ban dân vận các huyện

- Gửi danh sách về Ban Dân vận Tỉnh ủy, chậm nhất ngày 26/8/2024.

* Các địa phương hằng ngày đăng tin trên nhóm: <https://zalo.me/g/gyvcd416>
{TITLES}"""
PLAN_003 = f"""{STEERING.replace("     tháng 4", " 26 tháng 3")}
KẾ HOẠCH
khảo sát cán bộ, công chức tại cơ quan cấp xã¹
{BASES}
Ban Chỉ đạo thực hiện Quy chế dân chủ tỉnh xây dựng Kế hoạch khảo sát như sau:

I. NỘI DUNG

1. Thời gian, địa điểm khảo sát: Trong ngày 01/4/2024, tại các cơ quan xã, phường, thị trấn.

¹ Cơ quan Đảng ủy, Ủy ban nhân dân cấp xã.

2. Công cụ: Mỗi xã một mã, nhập dữ liệu tại http://gcdc.vnptlab.com.

II. TỔ CHỨC THỰC HIỆN

1. Ban Dân vận Tỉnh ủy báo cáo kết quả khảo sát trong tháng 4/2024.

2. Đường link tham gia nhóm zalo: https://{GROUP}./.
{TITLES}"""
PLAN_004 = """Số: /KH - UBND
Bắc Kạn, ngày tháng 6 năm 2026

KẾ HOẠCH
Tổ chức lấy ý kiến đối với Dự thảo Quy chế thực hiện dân chủ

Căn cứ Luật Thực hiện dân chủ ở cơ sở năm 2022; Nghị quyết số 180/NQ-HĐND ngày 15/5/2026 của \
Hội đồng nhân dân phường Quyết định các biện pháp, UBND phường Bắc Kạn xây dựng Kế hoạch như sau:

I. MỤC ĐÍCH
- Bảo đảm tiến độ thực hiện.
II. NỘI DUNG LẤY Ý KIẾN
- Tập trung lấy ý kiến các nội dung, gồm:
- Phạm vi điều chỉnh.
- Nguyên tắc thực hiện.
III. TỔ CHỨC LẤY Ý KIẾN
1. Thời gian thực hiện
- Đối với các cơ quan: từ ngày 01/6/2026 đến hết ngày 05/6/2026.
- Đối với các tổ dân phố: ngày 06/6/2026 hoặc ngày 07/6/2026.
+ Niêm yết danh sách cử tri: Từ ngày 02/6/2026 đến hết ngày 07/6/2026.
+ Lấy ý kiến cử tri: Từ ngày 06/6/2026 đến ngày 07/6/2026.
2. Tổng hợp: báo cáo tiếp thu, giải trình trước ngày 10/6/2026.
V. TỔ CHỨC THỰC HIỆN
1. Các cơ quan, đơn vị gửi ý kiến trong ngày 08/6/2026.

Trên đây là Kế hoạch lấy ý kiến, đề nghị các đơn vị triển khai thực hiện ./.

Nơi nhận:
- Lãnh đạo UBND phường;
- Lưu: VT, VHXH. Soanthao.

KT. CHỦ TỊCH
PHÓ CHỦ TỊCH

Người Ký Mẫu
"""

CASES = {
    "000": (PLAN_000, date(2024, 1, 8), {
        "gap": 3, "place": 1, "addressed": 1, "author": 1, "slip": 3, "makers": 1,
    }),
    "001": (PLAN_001, date(2024, 4, 24), {"day-off": 1, "author": 1, "zalo": 1}),
    "002": (PLAN_002, date(2024, 8, 15), {"report": 1, "zalo": 1, "slip": 1}),
    "003": (PLAN_003, date(2024, 3, 26), {"late": 1, "slip": 1}),
    "004": (PLAN_004, date(2026, 6, 1), {
        "late": 1, "twice": 1, "short": 1, "no-council": 1, "no-front": 1, "list": 1,
    }),
}  # fmt: skip


def found(plan):
    text, dated_on, _ = CASES[plan]
    form = format_of("state-nd30" if plan == "004" else "party-hd36")
    # Plan 003 was the first to have the group; 001 copied it, 002 lost a letter of it.
    links = {GROUP: "PKS 01"} if plan in {"001", "002"} else {}
    facts = Facts(today=date(2026, 11, 21), dated_on=dated_on, zalo_links=links)
    return warnings(outline.split(text).into(Body()), type_of("ke_hoach"), form, facts)


@pytest.mark.parametrize("plan", CASES)
def test_a_plan_is_warned_of_its_faults_and_of_nothing_else(plan):
    assert Counter(one.rule for one in found(plan)) == CASES[plan][2] | {"unsent": 1}


@pytest.mark.parametrize(
    ("plan", "rule", "expected"),
    [
        ("001", "day-off", "Thời hạn “chậm nhất ngày 04/5/2024” là thứ Bảy."),
        ("001", "zalo", f"Nhóm Zalo {GROUP} cũng là nhóm của “PKS 01”."),
        ("002", "report", "Báo cáo “trong tháng 8/2024” nhưng đến 31/8/2024 mới hết"),
        ("002", "zalo", "zalo.me/g/gyvcd416 gần giống"),
        ("003", "late", "bắt đầu 01/4/2024: chỉ có 6 ngày chuẩn bị."),
        ("004", "late", "bắt đầu ngay trong ngày"),
        ("004", "short", "từ 01/6/2026 đến 07/6/2026 là 7 ngày"),
    ],
)
def test_a_warning_says_what_is_wrong(plan, rule, expected):
    (message,) = [one.message % one.values for one in found(plan) if one.rule == rule]
    assert expected in message


def test_what_bringing_plan_004_in_puts_right_is_told():
    read = outline.split(PLAN_004)
    said = [one.message % one.values for one in read.notices]
    assert said == [
        "Ký hiệu “/KH - UBND” có dấu cách.",
        "Đã bỏ ký hiệu người soạn “Soanthao” sau dòng Lưu.",
        "Số thứ tự không liên tục trước phần “TỔ CHỨC THỰC HIỆN”; các phần được đánh số lại.",
    ]
    assert read.head.symbol == "UBND"
    assert read.closing.endswith("triển khai thực hiện.")


def test_a_scan_that_lost_its_marks_is_told_twice():
    scan = "Thuc hién Két luan ctia Ban Thuong vu Tinh iy, khao sat y kien cua can b6 cong chirc. "
    read = outline.split(f"KE HOACH\n{scan * 3}\nI. NOI DUNG\n1. {scan}")
    assert len(read.notices) == 1
    form, facts = format_of("party-hd36"), Facts(today=date(2024, 3, 26))
    rules = [one.rule for one in warnings(read.into(Body()), type_of("ke_hoach"), form, facts)]
    assert "marks" in rules
