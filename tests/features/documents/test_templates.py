"""Templates: five plans in our own words, and an empty one for every type."""

import json
import re
from datetime import date

import pytest

from portal.core import clock
from portal.core.database import write
from portal.core.errors import Invalid
from portal.features.documents import deadlines, templates
from portal.features.documents.body import AppendixKind, SectionRole
from portal.features.documents.formats import LIBRARY, format_for, types
from portal.features.documents.paper.compose import compose
from portal.features.questionnaires import services as questionnaires
from tests.support import numbered, surveyed
from tests.support.composed import Written, units
from tests.support.officials import PLACES
from tests.support.printed import disagreements

ANSWERS = {
    "from": "06/5/2026", "to": "08/5/2026", "roster_due": "04/5/2026", "report_due": "29/5/2026",
    "install_due": "20/01/2026", "posted_on": "15/5/2026", "list_from": "02/6/2026",
    "list_to": "07/6/2026", "ballot_on": "06/6/2026", "ballot_or": "07/6/2026",
    "sum_due": "08/6/2026", "zalo_link": "https://zalo.me/g/mau123", "year": "2026",
}  # fmt: skip
PLANS = [one for one in templates.available() if one.questions]
SURVEYS = [one for one in PLANS if one.code.startswith("khao_sat")]


@pytest.fixture(autouse=True)
def spring(monkeypatch):
    monkeypatch.setattr(clock, "today", lambda: date(2026, 4, 1))


@pytest.fixture
def letterhead(app):
    return numbered.letterhead(surveyed.province(PLACES), regime="party")


def filled(template, letterhead, **answers):
    known = templates.suggested(template, letterhead)
    return templates.fill(template, known | ANSWERS | answers, letterhead)


def errors(call):
    with pytest.raises(Invalid) as refusal:
        call()
    return refusal.value.errors


def test_there_are_five_plans_and_an_empty_template_of_every_type():
    assert len(PLANS) == 5
    empty = {one.type_code for one in templates.available() if not one.questions}
    assert empty == {kind.code for kind in types()}


@pytest.mark.parametrize("chosen", templates.available(), ids=lambda one: one.code)
def test_a_filled_template_leaves_no_gap(chosen, letterhead):
    text = filled(chosen, letterhead).to_json()
    assert "…" not in text
    assert not re.search(r"\{\w+\}", text)
    assert templates.find(chosen.code) == chosen


@pytest.mark.parametrize("chosen", PLANS, ids=lambda one: one.code)
def test_every_duty_of_a_plan_names_who_when_and_what_shows_it(chosen, letterhead):
    for duty in filled(chosen, letterhead).duties:
        assert duty.what
        assert duty.lead.name
        assert duty.evidence
        assert deadlines.read(duty.due, 2026), duty.due
        assert not deadlines.faults(duty.due, 2026)


@pytest.mark.parametrize("chosen", SURVEYS, ids=lambda one: one.code)
def test_a_survey_plan_says_its_window_where_the_portal_reads_it(chosen, letterhead):
    body = filled(chosen, letterhead)
    window = deadlines.read(body.section(SectionRole.SURVEY_WINDOW).text)
    assert (window.first, window.last) == (date(2026, 5, 6), date(2026, 5, 8))
    assert body.section(SectionRole.DUTIES)
    assert body.appendices[0].kind == AppendixKind.QR_CODES


def test_one_day_is_written_as_one_day(letterhead):
    body = filled(templates.find("khao_sat_pks01"), letterhead, to="06/5/2026")
    assert body.section(SectionRole.SURVEY_WINDOW).text == "Khảo sát 01 ngày, trong ngày 06/5/2026."


SAID = {
    "khao_sat_pks03": (
        "chậm nhất ngày 04/5/2026", "29/5/2026", "Hội Nông dân tỉnh", "phát động ra quân",
        "ngày đầu khảo sát", "không trả lời thay", "tương xứng", "mang mã về nhà", "cử thêm người",
        "Ở đơn vị không có Hội Nông dân", "phó bí thư thường trực", "loa truyền thanh",
        "3 đến 5 tập thể", "Phòng Dân vận các cơ quan nhà nước, Dân tộc và Tôn giáo",
        "https://zalo.me/g/mau123", "đại diện Ban Chỉ đạo", "Ủy ban nhân dân các huyện",
        "Các huyện ủy", "Ban Dân vận các huyện ủy", "đề nghị tuyên truyền", "2858-CV/TU",
        "152-KH/BCSĐ-BDVTU", "Chương trình công tác năm 2026", "Danh sách mã QR",
    ),
    "khao_sat_pks07": (
        "710/QĐ-UBND", "trưởng khối dân vận", "Ban Dân vận cấp huyện", "Tổ, Nhóm Dân vận cộng đồng",
        "ngày đầu khảo sát", "chậm nhất ngày 04/5/2026", "Các nhóm Zalo", "gửi mã QR",
        "3 đến 5 tập thể", "chỉ hướng dẫn thao tác", "Ban Dân vận các huyện", "Các huyện ủy",
    ),
    "khao_sat_pks01": (
        "chủ tịch công đoàn", "Liên đoàn Lao động tỉnh", "Liên đoàn Lao động cấp huyện",
        "[[Cơ quan Đảng ủy, Ủy ban nhân dân, Mặt trận", "hội nghị của cơ quan", "Tổ giúp việc",
        "3 đến 5 tập thể", "Thành viên Ban Chỉ đạo", "Các huyện ủy",
    ),
    "hom_thu_gop_y": (
        "Đợt 4: từ ngày 01/10/2026 đến hết ngày 31/12/2026", "nhà văn hóa", "Hằng tuần",
        "Đoàn Thanh niên", "Khối Dân vận", "nhập dữ liệu", "bộ câu hỏi", "54-KL/TU", "giải quyết",
    ),
    "lay_y_kien_du_thao": (
        "59/2023/NĐ-CP", "hệ thống quản lý văn bản", "đóng dấu phiếu", "Trung tâm Dịch vụ",
        "Niêm yết danh sách cử tri từ ngày 02/6/2026 đến hết ngày 07/6/2026",
        "trong ngày 08/6/2026", "giải trình trước ngày 29/5/2026", "Giám sát việc lấy ý kiến",
        "Hội đồng nhân dân",
        "Ủy ban Mặt trận Tổ quốc Việt Nam và các tổ chức chính trị - xã hội", "đoàn viên, hội viên",
        "dự thảo Quyết định ban hành", "Các tổ dân phố",
    ),
}  # fmt: skip
"""Dates, duties, bases and recipients of the five plans (DOMAIN 1.1 to 1.6)."""


@pytest.mark.parametrize(("code", "facts"), SAID.items())
def test_a_plan_says_what_its_source_orders(code, facts, letterhead):
    text = filled(templates.find(code), letterhead).to_json()
    assert [fact for fact in facts if json.dumps(fact, ensure_ascii=False)[1:-1] not in text] == []


@pytest.mark.parametrize("chosen", PLANS, ids=lambda one: one.code)
def test_a_filled_plan_is_the_same_in_word_and_pdf_and_ends_with_the_mark(chosen, letterhead):
    form = format_for(chosen.regime, date(2026, 4, 1))
    paper = compose(Written(filled(chosen, letterhead), format_code=form.code), units=units(3))
    assert disagreements(paper) == []
    assert paper.blocks[-1].runs[-1].text.endswith("./.")


def test_an_organ_is_named_in_full_where_it_is_first_mentioned(letterhead):
    with write():
        letterhead.organisation.name = "BCĐ thực hiện QCDC tỉnh"
    body = filled(templates.find("khao_sat_pks03"), letterhead)
    assert body.opening.startswith("Ban Chỉ đạo thực hiện Quy chế dân chủ tỉnh ban hành")


def test_days_of_another_year_are_refused(letterhead):
    template = templates.find("hom_thu_gop_y")
    assert "rounds" in errors(lambda: filled(template, letterhead, year="2027"))
    template = templates.find("khao_sat_pks03")
    assert "from" in errors(lambda: filled(template, letterhead, year="2027"))


def test_without_a_group_nothing_speaks_of_one(letterhead):
    text = filled(templates.find("khao_sat_pks03"), letterhead, zalo_link="").to_json()
    assert "Zalo" not in text


def test_without_districts_nobody_there_is_asked_for_anything(app):
    two_tiers = numbered.letterhead(surveyed.province({"": ["Phường A"]}), regime="party")
    body = filled(templates.find("khao_sat_pks07"), two_tiers)
    assert body.duties[0].lead.name == "Ban Tuyên giáo và Dân vận Tỉnh ủy"
    text = body.to_json()
    assert "district:" not in text
    assert "{" not in text.replace('{"', "").replace("{}", "")


def test_the_rounds_of_a_suggestion_box_are_read_back(letterhead):
    body = filled(templates.find("hom_thu_gop_y"), letterhead)
    window = deadlines.read(body.section(SectionRole.SURVEY_WINDOW).text)
    assert len(window.spans) == 4
    assert (window.first, window.last) == (date(2026, 1, 22), date(2026, 12, 31))


def test_a_consultation_offers_one_day_or_the_other(letterhead):
    template = templates.find("lay_y_kien_du_thao")
    either = filled(template, letterhead).to_json()
    assert "ngày 06/6/2026 hoặc ngày 07/6/2026" in either
    assert "hoặc ngày" not in filled(template, letterhead, ballot_or="").to_json()


def test_what_is_missing_or_no_date_is_said_by_the_field(letterhead):
    template = templates.find("khao_sat_pks03")
    wrong = {"from": "31/02/2026", "to": "", "zalo_link": "zalo.me", "advisory": ""}
    assert errors(lambda: filled(template, letterhead, **wrong)).keys() == wrong.keys()


def test_an_end_before_its_beginning_is_refused(letterhead):
    template = templates.find("khao_sat_pks03")
    assert "to" in errors(lambda: filled(template, letterhead, to="01/5/2026"))


def test_rounds_out_of_order_are_refused(letterhead):
    template = templates.find("hom_thu_gop_y")
    crossed = "01/4/2026 – 25/6/2026\n22/01/2026 – 25/3/2026"
    assert "rounds" in errors(lambda: filled(template, letterhead, rounds=crossed))


@pytest.mark.parametrize(("second", "said"), [
    ("9/11/26 – 6/2/27", "Dòng 2: năm cần viết đủ bốn chữ số"),
    ("31/02/2026 – 25/3/2026", "Dòng 2: không có ngày này"),
    ("01/02/2026", "Dòng 2: ghi ngày đầu – ngày cuối"),
])  # fmt: skip
def test_a_wrong_round_is_named_by_its_line(second, said, letterhead):
    rounds = f"22/01/2026 – 25/3/2026\n{second}"
    with pytest.raises(Invalid) as refusal:
        filled(templates.find("hom_thu_gop_y"), letterhead, rounds=rounds)
    assert (refusal.value.errors["rounds"] % refusal.value.values).startswith(said)


def test_a_year_of_two_digits_is_said_as_everywhere(letterhead):
    template = templates.find("khao_sat_pks03")
    said = errors(lambda: filled(template, letterhead, **{"from": "9/11/26"}))["from"]
    assert said == clock.SHORT_YEAR


def test_from_october_on_plans_are_for_the_coming_year(letterhead, monkeypatch):
    template = templates.find("hom_thu_gop_y")
    assert templates.suggested(template, letterhead)["year"] == "2026"
    monkeypatch.setattr(clock, "today", lambda: date(2026, 10, 1))
    known = templates.suggested(template, letterhead)
    assert known["year"] == "2027"
    assert known["rounds"].startswith("22/01/2027")


def test_every_questionnaire_that_a_plan_offers_exists(app):
    known = {version.definition.code for version in questionnaires.load_library()}
    offered = {q.default for t in SURVEYS for q in t.questions if q.kind == "questionnaire"}
    assert offered <= known


def test_no_template_repeats_a_typing_mistake_of_the_sources():
    slips = "BCSD|gcdc|Ban Chi đạo|nhập dữ trên|KH - |Bayht|Kiểm$|người trên địa bàn"
    for file in (LIBRARY / "templates").iterdir():
        assert not re.search(slips, file.read_text("utf-8")), file.name
