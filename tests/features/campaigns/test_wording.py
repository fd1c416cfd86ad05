"""Words that depend on the unit, the form and the calendar."""

from datetime import date, timedelta
from types import SimpleNamespace

import pytest

from portal.features.campaigns import drafting
from portal.features.campaigns.wording import headline_for, minutes_needed, says_all, suggestion
from portal.features.org_units.models import Unit
from portal.features.questionnaires.definition import Definition, Kind, Question, Section


def form(questions: int = 15, title: str = "Lấy ý kiến về dân chủ ở xã, phường, thị trấn"):
    asked = tuple(Question(f"c{n}", "?", Kind.TEXT) for n in range(questions))
    return Definition("PKS03", title, "", "Người dân", (Section("Một", asked),))


@pytest.mark.parametrize(
    ("name", "full_name", "said"),
    [
        ("Ngô Quyền", "Phường Ngô Quyền", "Dân chủ ở phường ta ra sao?"),
        ("Bố Hạ", "Thị trấn Bố Hạ", "Dân chủ ở thị trấn ta ra sao?"),
        ("Côn Đảo", "Côn Đảo", "Dân chủ ở địa phương ta ra sao?"),
    ],
)
def test_the_headline_names_the_kind_of_the_unit(name, full_name, said):
    campaign = SimpleNamespace(headline="Dân chủ ở [đơn vị] ta ra sao?")
    assert headline_for(campaign, Unit(name=name, full_name=full_name)) == said


def test_a_headline_that_begins_with_the_kind_begins_with_a_capital():
    campaign = SimpleNamespace(headline="[đơn vị] ta ra sao?")
    assert headline_for(campaign, Unit(name="A", full_name="Xã A")) == "Xã ta ra sao?"


def test_fifteen_questions_take_four_minutes():
    assert minutes_needed(form()) == 4
    assert minutes_needed(form(questions=0)) == 1


def test_the_first_wording_follows_from_the_questionnaire():
    said = suggestion(form())
    assert said.headline == "Mời ông/bà cho ý kiến về dân chủ ở [đơn vị]"
    assert said.name.startswith("PKS 03 năm ")


def test_a_window_that_begins_on_a_holiday_or_ends_on_a_weekend_is_warned_of():
    found = drafting.warnings(date(2024, 4, 30), date(2024, 5, 5))
    assert [warning.message for warning in found] == [
        drafting.OPENS_ON_HOLIDAY, drafting.CLOSES_ON_WEEKEND,
    ]  # fmt: skip


def test_a_single_day_is_warned_of_once():
    sunday = date(2024, 5, 5)
    assert len(drafting.warnings(sunday, sunday)) == 1
    monday = sunday + timedelta(days=1)
    assert drafting.warnings(monday, monday) == []


def test_a_weekend_is_no_fault_of_a_survey_that_no_office_holds():
    [warning] = drafting.warnings(date(2024, 5, 5), date(2024, 5, 5))
    assert "Nếu hỏi ở bộ phận một cửa" in warning.message


@pytest.mark.parametrize(
    ("headline", "about", "all_said"),
    [
        ("Mời ông/bà cho ý kiến về dân chủ ở [đơn vị]", "về dân chủ ở xã, phường, thị trấn", True),
        ("Mời ông/bà cho ý kiến về dân chủ ở [đơn vị]", "Về dân chủ ở [đơn vị].", True),
        ("Dân chủ ở [đơn vị] ra sao?", "về kết quả thực hiện quy chế dân chủ", False),
    ],
)
def test_what_the_headline_says_already_is_known(headline, about, all_said):
    assert says_all(headline, about) == all_said
