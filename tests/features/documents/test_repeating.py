"""Last year's plan again: days shifted, facts kept, what is out of date pointed at."""

from dataclasses import dataclass, replace
from datetime import date

from portal.features.documents.body import Body, Duty, Section, SectionRole, Signature
from portal.features.documents.templates.repeating import (
    AMENDED,
    LEAP_DAY,
    REPLACED,
    SPAN_OVER,
    again,
    year_of,
)


@dataclass
class Earlier:
    body: Body
    dated_on: date | None = date(2024, 4, 20)


def repeated(to_year=2025, **body):
    return again(Earlier(Body(**body)), to_year)


def text(words, to_year=2025):
    return repeated(to_year, opening=words).body.opening


def test_days_keep_day_and_month():
    assert (
        text("từ ngày 06/5/2024 đến hết ngày 08/5/2024")
        == "từ ngày 06/5/2025 đến hết ngày 08/5/2025"
    )
    assert text("ngày 06 tháng 5 năm 2024") == "ngày 06 tháng 5 năm 2025"
    assert text("trong tháng 5/2024.") == "trong tháng 5/2025."
    assert text("năm 2024, quý I/2025") == "năm 2025, quý I/2026"
    assert text("06/5 - 08/5/2024") == "06/5 - 08/5/2025"
    assert text("nhóm PKS03_2024") == "nhóm PKS03_2025"


def test_dates_of_cited_papers_stay():
    for cited in (
        "Công văn số 2858-CV/TU ngày 07/02/2024", "Quyết định số 710/QĐ-UBND, ngày 17/4/2024",
        "Nghị định số 12/2024/NĐ-CP ngày 01 tháng 02 năm 2024", "giai đoạn 2023-2025",
        "https://zalo.me/g/x2024", "Kế hoạch ngày 18/4/2023",
    ):  # fmt: skip
        assert text(cited) == cited


def test_bases_keep_their_dates_and_only_the_yearly_programme_moves_on():
    bases = ("Căn cứ Công văn số 1-CV/TU, ngày 07/02/2024", "Căn cứ Chương trình công tác năm 2024")
    assert repeated(bases=bases).body.bases == (bases[0], "Căn cứ Chương trình công tác năm 2025")


def test_the_leap_day_becomes_the_28th_and_is_said():
    made = repeated(opening="chậm nhất ngày 29/02/2024")
    assert made.body.opening == "chậm nhất ngày 28/02/2025"
    assert [notice.message for notice in made.notices] == [LEAP_DAY]
    assert text("chậm nhất ngày 29/02/2024", 2028) == "chậm nhất ngày 29/02/2028"


def test_duties_and_sections_shift_and_keep_their_ids():
    section, duty = Section(text="ngày 01/4/2024"), Duty(due="trước ngày 01/4/2024")
    body = repeated(sections=(section,), duties=(duty,)).body
    assert body.sections == (replace(section, text="ngày 01/4/2025"),)
    assert body.duties == (replace(duty, due="trước ngày 01/4/2025"),)


def test_the_signer_is_dropped_and_the_title_kept():
    signature = repeated(signature=Signature("T/M ĐẢNG ỦY", "PHÓ BÍ THƯ", "Ai đó")).body.signature
    assert signature == Signature("T/M ĐẢNG ỦY", "PHÓ BÍ THƯ", "")


def test_replaced_bases_are_pointed_at_from_the_year_of_their_replacement():
    bases = ("Căn cứ Quy định số 66-QĐ/TW", "Căn cứ Hướng dẫn số 36-HD/VPTW",
             "Căn cứ Nghị định số 13/2023/NĐ-CP", "Căn cứ Quyết định số 3064/QĐ-UBND")  # fmt: skip
    assert len(repeated(2025, bases=bases).notices) == 1
    assert [notice.message for notice in repeated(2026, bases=bases).notices] == [REPLACED] * 4


def test_an_amended_law_and_a_span_that_is_over_are_pointed_at():
    bases = ("Căn cứ Luật Thực hiện dân chủ ở cơ sở", "Căn cứ Kế hoạch giai đoạn 2023-2025")
    assert [n.message for n in repeated(2026, bases=bases).notices] == [AMENDED, SPAN_OVER]


def test_a_draft_without_a_date_goes_by_the_year_of_its_summary():
    earlier = Earlier(Body(summary="khảo sát năm 2024", opening="ngày 01/4/2024"), None)
    made = again(earlier, 2026)
    assert (made.body.summary, made.body.opening) == ("khảo sát năm 2026", "ngày 01/4/2026")


def next_year(dated_on, **body):
    earlier = Earlier(Body(**body), dated_on)
    return again(earlier, year_of(earlier) + 1).body


def test_a_plan_drawn_up_the_year_before_is_about_the_year_of_its_window():
    window = Section(text="Từ ngày 08/3/2027 đến hết ngày 12/3/2027",
                     role=SectionRole.SURVEY_WINDOW)  # fmt: skip
    body = next_year(
        date(2026, 11, 10), summary="khảo sát năm 2027", sections=(window,),
        duties=(Duty(due="trước ngày 20/12/2026"), Duty(due="ngày 25/12/2026")),
    )  # fmt: skip
    assert body.summary == "khảo sát năm 2028"
    assert body.sections[0].text == "Từ ngày 08/3/2028 đến hết ngày 12/3/2028"
    assert body.duties[0].due == "trước ngày 20/12/2027"


def test_without_a_window_the_year_is_the_one_most_deadlines_name():
    dues = ("ngày 20/12/2026", "ngày 15/01/2027", "ngày 15/4/2027")
    duties = tuple(Duty(due=due) for due in dues)
    assert year_of(Earlier(Body(duties=duties), date(2026, 11, 10))) == 2027
    assert year_of(Earlier(Body(duties=duties[:1]), date(2027, 11, 10))) == 2026
    assert year_of(Earlier(Body(summary="năm 2027"), date(2026, 11, 10))) == 2026
