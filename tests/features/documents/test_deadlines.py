"""When something is due, in the words of the five plans and of life (DOMAIN 1.4)."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.features.documents.deadlines import Deadline, Kind, faults, find_all, read


def day(text: str) -> date:
    number, month, year = map(int, text.split("/"))
    return date(year, month, number)


WINDOWS = {
    # plans 001, 002, 004
    "03 ngày, từ ngày 06/5 - 08/5/2024, tại bộ phận tiếp nhận": ("6/5/2024", "8/5/2024"),
    "03 ngày, từ ngày 29/8 – 31/8/2024, trên nhóm zalo": ("29/8/2024", "31/8/2024"),
    "từ ngày 01/6/2026 đến hết ngày 05/6/2026": ("1/6/2026", "5/6/2026"),
    "Niêm yết danh sách cử tri: Từ ngày 02/6/2026 đến hết ngày 07/6/2026.": (
        "2/6/2026", "7/6/2026",
    ),
    "Từ ngày 06/6/2026 đến ngày 07/6/2026": ("6/6/2026", "7/6/2026"),
    "Đợt 1: Từ ngày 22/01/2024 - 25/3/2024.": ("22/1/2024", "25/3/2024"),
    # the same in other hands
    "ngày 06/5 - 08/5/2024": ("6/5/2024", "8/5/2024"),
    "từ ngày 06/5 đến ngày 08/5/2024": ("6/5/2024", "8/5/2024"),
    "từ 01/6 đến hết ngày 05/6/2026": ("1/6/2026", "5/6/2026"),
    "từ ngày 06 đến ngày 08/5/2024": ("6/5/2024", "8/5/2024"),
    "06-08/5/2024": ("6/5/2024", "8/5/2024"),
    "từ ngày 06/05/2024 tới 08/05/2024": ("6/5/2024", "8/5/2024"),
    "từ 8 giờ ngày 06/5/2024 đến 17 giờ ngày 08/5/2024": ("6/5/2024", "8/5/2024"),
    "từ ngày 01 tháng 6 đến hết ngày 05 tháng 6 năm 2026": ("1/6/2026", "5/6/2026"),
    "từ 25/12 đến 05/01/2026": ("25/12/2025", "5/1/2026"),
    "từ ngày 25/12/2025 đến 05/01": ("25/12/2025", "5/1/2026"),
    "các ngày 06, 07 và 08/5/2024": ("6/5/2024", "8/5/2024"),
    "06, 07/6/2026": ("6/6/2026", "7/6/2026"),
    "từ tháng 1 đến hết tháng 6/2024": ("1/1/2024", "30/6/2024"),
}  # fmt: skip

DAYS = {
    "chậm nhất ngày 04/5/2024": (Kind.NO_LATER, "4/5/2024"),
    "chậm nhất ngày 26/8/2024.": (Kind.NO_LATER, "26/8/2024"),
    "chậm nhất là 17h00 ngày 10-6-2026": (Kind.NO_LATER, "10/6/2026"),
    "đến hết ngày 05/6/2026": (Kind.NO_LATER, "5/6/2026"),
    "Thời hạn hoàn thành: trước ngày 10/6/2026.": (Kind.BEFORE, "9/6/2026"),
    "trước ngày 01/6/2026": (Kind.BEFORE, "31/5/2026"),
    "trước tháng 6/2026": (Kind.BEFORE, "31/5/2026"),
    "trước 17 giờ ngày 10/6/2026": (Kind.NO_LATER, "10/6/2026"),
    "trong ngày 08/6/2026": (Kind.DAY, "8/6/2026"),
    "Trong ngày 01/4/2024, tại các cơ quan xã": (Kind.DAY, "1/4/2024"),
    "ngày 05 tháng 02 năm 2026": (Kind.DAY, "5/2/2026"),
    "06.5.2024": (Kind.DAY, "6/5/2024"),
    "ngày 06/6/2026 hoặc ngày 07/6/2026": (Kind.CHOICE, "7/6/2026"),
    "ngày 06 hoặc 07/6/2026": (Kind.CHOICE, "7/6/2026"),
    "trong tháng 5/2024": (Kind.WITHIN, "31/5/2024"),
    "trong tháng 8/2024": (Kind.WITHIN, "31/8/2024"),
    "tháng 4 năm 2024": (Kind.WITHIN, "30/4/2024"),
    "quý II/2026": (Kind.WITHIN, "30/6/2026"),
    "kiểm tra, giám sát trong năm 2024": (Kind.WITHIN, "31/12/2024"),
    "cả năm 2026": (Kind.WITHIN, "31/12/2026"),
    "tháng 5, 6/2026": (Kind.WITHIN, "30/6/2026"),
    "tháng 5-7/2026": (Kind.WITHIN, "31/7/2026"),
    "quý I và quý II năm 2026": (Kind.WITHIN, "30/6/2026"),
    "6 tháng đầu năm 2026": (Kind.WITHIN, "30/6/2026"),
    "06 tháng cuối năm 2026": (Kind.WITHIN, "31/12/2026"),
    "từ 7 giờ 00 đến 19 giờ 00, ngày 07/6/2026": (Kind.DAY, "7/6/2026"),
    "từ nay đến 30/6/2026": (Kind.NO_LATER, "30/6/2026"),
}

RECURRING = {
    "Hàng tuần tổng hợp số lượng ý kiến góp ý": Kind.WEEKLY,
    "hằng tuần": Kind.WEEKLY,
    "hằng ngày đăng tin về hình ảnh": Kind.DAILY,
    "Hàng ngày": Kind.DAILY,
    "hằng tháng": Kind.MONTHLY,
    "trước ngày 25 hằng tháng": Kind.MONTHLY,
    "báo cáo hằng quý": Kind.QUARTERLY,
    "trong ngày đầu tiên triển khai, phát động ra quân": Kind.FIRST_DAY,
    "thường xuyên kiểm tra": Kind.REGULAR,
    "trong suốt thời gian khảo sát": Kind.REGULAR,
}

NO_DEADLINES = (
    "", "Kết luận số 54-KL/TU ngày 03/3/2021 của Ban Thường vụ",
    "Nghị định số 59/2023/NĐ-CP ngày 14 tháng 8 năm 2023 của Chính phủ",
    "Nghị quyết số 180/NQ-HĐND ngày 15/5/2026 của Hội đồng nhân dân", "Luật số 10/2022/QH15",
    "đề xuất 3-5 tập thể, cá nhân", "giai đoạn 2023-2025", "3.1. Công cụ khảo sát", "209 xã",
    "hỗ trợ 24/7", "ít nhất 2/3 số hộ", "điện thoại 0204.3854.123", "đạt chuẩn năm 2024",
)  # fmt: skip


@pytest.mark.parametrize("text", WINDOWS)
def test_a_window_has_a_first_and_a_last_day(text):
    found = read(text)
    assert found is not None
    assert (found.kind, found.first, found.last) == (Kind.WINDOW, *map(day, WINDOWS[text]))
    assert faults(text) == []


@pytest.mark.parametrize("text", DAYS)
def test_the_last_day_is_read_from_the_words(text):
    found = read(text)
    assert found is not None
    assert (found.kind, found.last) == (DAYS[text][0], day(DAYS[text][1]))


@pytest.mark.parametrize("text", RECURRING)
def test_what_recurs_names_no_day(text):
    found = read(text)
    assert found is not None
    assert (found.kind, found.first, found.last) == (RECURRING[text], None, None)


@pytest.mark.parametrize("text", NO_DEADLINES)
def test_citations_numbers_and_shares_are_no_deadlines(text):
    assert find_all(text, 2026) == []
    assert faults(text, 2026) == []


def test_rounds_with_gaps_are_one_deadline_with_several_spans():
    found = read(
        "Đợt 1: Từ ngày 22/01 - 25/3. Đợt 2: Từ ngày 01/4 - 25/6.\n"
        "Đợt 3: Từ ngày 01/7 - 25/9. Đợt 4: Từ ngày 01/10 - 25/12/2024."
    )
    assert found is not None
    assert found.kind is Kind.ROUNDS
    assert len(found.spans) == 4
    assert found.days() == tuple(map(day, ("25/3/2024", "25/6/2024", "25/9/2024", "25/12/2024")))


def test_the_days_a_window_claims_to_last_are_read():
    assert [one.count for one in find_all("Khảo sát 03 ngày, từ ngày 06/5 - 08/5/2024")] == [3]
    assert [one.count for one in find_all("từ 06/5 đến 08/5/2024 (04 ngày)")] == [4]


def test_a_missing_year_comes_from_the_text_else_from_the_caller():
    assert read("trước ngày 10/6, báo cáo") is None
    found = read("trước ngày 10/6, báo cáo", 2026)
    assert found is not None
    assert found.last == date(2026, 6, 9)
    assert [one.last for one in find_all("ngày 06/5 họp, ngày 08/5/2024 báo cáo", 2030)] == [
        date(2024, 5, 6), date(2024, 5, 8),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "message", "words"),
    [
        ("trước ngày 31/02/2026", "Không có ngày", "trước ngày 31/02/2026"),
        ("30/2", "Không có ngày", "30/2"),
        ("9/11/26", "bốn chữ số", "9/11/26"),
        ("chậm nhất ngày 04/5", "thiếu năm", "chậm nhất ngày 04/5"),
        ("từ ngày 08/5 - 06/5/2024", "đứng trước ngày đầu", "từ ngày 08/5 - 06/5/2024"),
        ("trong tháng 13/2024", "Không có ngày", "trong tháng 13/2024"),
        ("ngày 9 tháng 11 năm 26", "bốn chữ số", "ngày 9 tháng 11 năm 26"),
        ("tháng 7, 5/2026", "đứng trước ngày đầu", "tháng 7, 5/2026"),
    ],
)
def test_days_that_cannot_be_are_named(text, message, words):
    (fault,) = faults(text)
    assert message in fault.message
    assert fault.values == {"words": words}
    assert read(text) is None


WEEK = (date(2024, 5, 6), date(2024, 5, 15))  # Monday to Wednesday of the next week


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("hằng ngày", [6, 7, 8, 9, 10, 11, 12, 13, 14, 15]),
        ("hằng tuần", [12, 15]),
        ("thứ Sáu hằng tuần", [10]),
        ("thứ 6 hằng tuần", [10]),
        ("thứ Hai, thứ Tư hằng tuần", [6, 8, 13, 15]),
        ("ngày 10 hằng tháng", [10]),
        ("trước ngày 10 hằng tháng", [9]),
        ("hằng quý", [15]),
        ("hằng tháng", [15]),
        ("ngày đầu tiên", [6]),
        ("thường xuyên", [15]),
        ("hằng ngày, từ ngày 07/5/2024 đến hết ngày 08/5/2024", [7, 8]),
        ("trước ngày 10/5/2024", [9]),
    ],
)
def test_what_recurs_falls_on_the_days_of_the_window(text, expected):
    found = read(text)
    assert found is not None
    assert [one.day for one in found.days(WEEK)] == expected


def test_without_a_window_what_recurs_has_no_days():
    assert Deadline(Kind.DAILY, "hằng ngày").days() == ()


DATES = st.dates(date(2000, 1, 1), date(2099, 12, 31))


@given(DATES)
def test_every_day_is_read_in_each_spelling(any_day):
    d, m, y = any_day.day, any_day.month, any_day.year
    for text in (f"{d}/{m}/{y}", f"ngày {d:02}/{m:02}/{y}", f"ngày {d:02} tháng {m:02} năm {y}"):
        assert [one.last for one in find_all(text)] == [any_day]


@given(DATES, DATES)
def test_a_window_is_read_back_whatever_its_days(one, other):
    first, last = sorted((one, other))
    found = read(f"từ ngày {first:%d/%m/%Y} đến hết ngày {last:%d/%m/%Y}")
    assert found is not None
    assert (found.spans, found.days()) == (((first, last),), (last,))


@given(DATES)
def test_before_a_day_ends_the_day_before_and_no_later_on_it(any_day):
    before, latest = (read(f"{words} ngày {any_day:%d/%m/%Y}") for words in ("trước", "chậm nhất"))
    assert (before.last, latest.last) == (any_day - timedelta(days=1), any_day)


@given(DATES, st.integers(0, 400), st.sampled_from(
    ["hằng ngày", "hằng tuần", "thứ Hai hằng tuần", "hằng tháng", "ngày 31 hằng tháng",
     "trước ngày 01 hằng tháng", "hằng quý", "ngày đầu tiên", "thường xuyên"]
))  # fmt: skip
def test_what_recurs_stays_within_its_window(first, length, words):
    window = (first, first + timedelta(days=length))
    days = read(words).days(window)
    assert list(days) == sorted(set(days))
    assert all(window[0] <= one <= window[1] for one in days)


@given(st.integers(1, 31))
def test_a_day_of_every_month_comes_once_a_month(number):
    days = read(f"ngày {number} hằng tháng").days((date(2027, 1, 1), date(2027, 12, 31)))
    assert [one.month for one in days] == list(range(1, 13))


@given(st.text(alphabet="0123456789/-.– ngàytừđếnhằgtuầrướcồii\n", max_size=80))
def test_no_text_breaks_the_reading(text):
    for one in find_all(text, 2026):
        assert not one.spans or one.first <= one.last
    read(text, 2026)
    faults(text, 2026)
