"""Letters of agencies: entered once, joined to what the agency sent, put right by the ward."""

import os
from dataclasses import replace
from io import BytesIO

import docx
import pytest
from sqlalchemy import update

from portal.core.database import session, write
from portal.core.errors import Forbidden, Invalid, Refused
from portal.core.jobs import Running
from portal.core.spreadsheet import read_sheets
from portal.features.consultations import (
    agencies,
    agency_answers,
    agency_entries,
    agency_jobs,
    agency_letters,
    agency_pages,
    agency_queries,
    agency_sheets,
    comment_tables,
    quotes,
)
from portal.features.consultations.agencies import Invited
from portal.features.consultations.agency_entries import Letter
from portal.features.consultations.comments import Said
from portal.features.consultations.models import Consultation
from portal.features.documents.files import Upload
from portal.web.agency_desk import finder
from tests.support import cased, faults, voiced
from tests.support.answered import SCHOOL, WORDS, comments, keep, send
from tests.support.queries import counted

PDF = Upload("cv.pdf", b"%PDF-1.7 letter", ".pdf")
LETTER = Letter("41/MTTQ-BTT", cased.day(-1), "Chủ tịch", upload=PDF)


def test_a_letter_of_an_agency_that_was_asked_is_its_answer(host, case, school):
    one = agency_entries.enter(host, case, SCHOOL.upper(), LETTER)
    assert one.id == school.id
    assert (one.state, one.letter_number, one.entered_by) == ("sent", LETTER.number, "Cán bộ 0")
    assert agency_queries.LETTERS.path_of(one.letter_stored).read_bytes() == PDF.data
    assert len(agency_queries.listed(case.id)) == 1


def test_a_letter_of_an_agency_that_was_not_asked_adds_it(made, host, case):
    stranger = agency_entries.enter(host, case, "Công ty Điện lực", LETTER)
    front = agency_entries.enter(host, case, made.front.name, LETTER)
    assert (stranger.organisation_id, front.organisation_id) == (None, made.front.id)


def test_a_letter_after_the_link_joins_it_and_doubles_nothing(host, case, school):
    keep(school, **{voiced.CLAUSE: WORDS})
    send(school)
    agency_entries.enter(host, case, school, LETTER)
    assert len(comments()) == 1
    assert (school.letter_number, school.entered_by) == (LETTER.number, "")
    with pytest.raises(Invalid):
        agency_entries.enter(host, case, school, Letter("42/X", cased.day(0), agrees=True))
    with pytest.raises(Refused):
        agency_answers.take_back(agency_answers.link_of(school), school)
    assert not agency_answers.can_take_back(school)


@pytest.mark.parametrize("disagrees", [True, False])
def test_whether_an_agency_agrees_is_what_its_letter_says_not_what_was_tapped(
    host, case, school, disagrees
):
    send(school, agrees=True)
    agency_entries.enter(host, case, school, replace(LETTER, disagrees=disagrees))
    assert (school.agrees, school.disagrees) == (False, disagrees)


def test_a_letter_after_the_link_adds_what_it_says_and_changes_nothing_else(host, case, school):
    keep(school, **{voiced.CLAUSE: WORDS})
    send(school)
    with pytest.raises(Refused):
        agency_entries.add(host, school, [Said("", "Chưa có công văn")])
    agency_entries.enter(host, case, school, LETTER)
    assert agency_entries.add(host, school, [Said("", "Thêm"), Said(voiced.CLAUSE, WORDS)]) == 1
    added, sent = comments()
    agency_entries.change(host, school, added, "Thêm mục lục")
    for act in (lambda: agency_entries.change(host, school, sent, "Khác"),
                lambda: agency_entries.remove(host, school, sent)):  # fmt: skip
        with pytest.raises(Refused):
            act()
    agency_entries.remove(host, school, added)
    assert [one.text for one in comments()] == [WORDS]


@pytest.mark.parametrize("act", ["enter", "add", "change", "remove"])
def test_nothing_is_entered_once_the_case_was_reported_meanwhile(
    monkeypatch, host, case, school, act
):
    agency_entries.enter(host, case, school, LETTER)
    agency_entries.add(host, school, [Said("", "Chung")])
    [comment] = comments()
    acts = {
        "enter": lambda: agency_entries.enter(host, case, school, replace(LETTER, number="42/X")),
        "add": lambda: agency_entries.add(host, school, [Said("", "Thêm")]),
        "change": lambda: agency_entries.change(host, school, comment, "Khác"),
        "remove": lambda: agency_entries.remove(host, school, comment),
    }

    def late(*locks):
        with write() as current:
            current.execute(update(Consultation).values(state="reported"))
        return write(*locks)

    monkeypatch.setattr(agency_entries, "write", late)
    with pytest.raises(Refused):
        acts[act]()
    assert [one.text for one in comments()] == ["Chung"]
    assert school.letter_number == LETTER.number


def test_what_the_letter_says_is_entered_once_and_put_right(host, case, school):
    agency_entries.enter(host, case, school, LETTER)
    said = [Said(voiced.CLAUSE, WORDS), Said("", "Chung"), Said("", "chung")]
    assert agency_entries.add(host, school, said) == 2
    assert agency_entries.add(host, school, said) == 0
    general, clause = comments()
    assert (clause.day, general.opinion_id is not None) == (LETTER.on, True)
    agency_entries.change(host, school, clause, "Viết đúng hơn")
    agency_entries.remove(host, school, general)
    assert [one.text for one in comments()] == ["Viết đúng hơn"]


def test_a_comment_unsays_that_the_letter_agrees_to_everything(host, case, school):
    agency_entries.enter(host, case, school, Letter("1/X", cased.day(0), agrees=True))
    assert school.agrees
    agency_entries.add(host, school, [Said("", "Thêm mục lục")])
    assert not school.agrees


def test_a_letter_is_read_by_the_numbers_of_the_version_it_speaks_of(host, made, case, school):
    renumbered = tuple((key, level, {"1": "2", "2": "1"}.get(number, number), *rest)
                       for key, level, number, *rest in voiced.PROVISIONS)  # fmt: skip
    voiced.version(made.draft.id, renumbered, number=2)
    today = replace(LETTER, on=cased.day(0))
    for letter, number in ((today, 2), (LETTER, 1), (replace(today, version=1), 1)):
        agency_entries.enter(host, case, school, letter)
        assert agency_entries.speaks_of(school).number == number
    old, new = finder(school, agency_entries.speaks_of(school)), finder(school)
    assert old.find("Điều 2") == new.find("Điều 1")
    with pytest.raises(Invalid) as invalid:
        agency_entries.enter(host, case, school, replace(LETTER, version=3))
    assert list(invalid.value.errors) == ["version"]


@pytest.mark.parametrize(("agency", "letter", "field"), [
    ("", LETTER, "agency"),
    ("Trạm Y tế", Letter("", cased.day(0)), "number"),
    ("Trạm Y tế", Letter("1/X", None), "on"),
    ("Trạm Y tế", Letter("1/X", cased.day(1)), "on"),
])  # fmt: skip
def test_a_letter_that_says_too_little_is_refused_by_its_field(host, case, agency, letter, field):
    with pytest.raises(Invalid) as invalid:
        agency_entries.enter(host, case, agency, letter)
    assert list(invalid.value.errors) == [field]
    assert agency_queries.listed(case.id) == []


def test_a_refused_letter_leaves_no_file(host, case, school):
    keep(school, **{voiced.CLAUSE: WORDS})
    send(school)
    with pytest.raises(Invalid):
        agency_entries.enter(host, case, school, Letter("1/X", cased.day(0), "", True, PDF))
    assert list(agency_queries.LETTERS.path.glob("*")) == []


def test_a_letter_whose_commit_is_not_answered_is_kept(host, case, school):
    with faults.commits_unanswered():
        agency_entries.enter(host, case, school, LETTER)
    assert agency_queries.LETTERS.path_of(school.letter_stored).read_bytes() == PDF.data


def test_others_enter_nothing(made, case, school):
    with pytest.raises(Forbidden):
        agency_entries.enter(made.actor(body=made.front), case, school, LETTER)


def test_the_letter_for_signature_has_a_line_for_every_comment(school):
    keep(school, **{voiced.CLAUSE: f"{WORDS}\nLý do: nhiều hộ", "whole": "Chung"})
    document = docx.Document(BytesIO(agency_letters.draw(school)))
    [table] = [one for one in document.tables if one.cell(0, 0).text == "STT"]
    rows = [[cell.text for cell in row.cells] for row in table.rows[1:]]
    assert rows[0][1:4] == ["Cả dự thảo", "", "Chung"]
    assert rows[1][1::2] == ["khoản 2 Điều 2", WORDS]
    assert rows[1][4] == "nhiều hộ"
    heads = "\n".join(cell.text for one in document.tables for cell in one._cells)
    assert SCHOOL.upper() in heads


def test_the_letter_for_signature_of_who_agrees_says_so(school):
    send(school, agrees=True)
    document = docx.Document(BytesIO(agency_letters.draw(school)))
    assert any("nhất trí toàn bộ" in one.text for one in document.paragraphs)
    assert all(one.cell(0, 0).text != "STT" for one in document.tables)


def test_the_blank_form_comes_back_filled_in(case, school):
    out = BytesIO()
    agency_sheets.write_form(out, case)
    sheet = form_of(out)
    assert f"(bản 1, công bố ngày {cased.day(0):%d/%m/%Y})" in sheet[1][1]
    sheet[-1][2] = "Nêu rõ mức thu"
    found = comment_tables.checked(table_of(sheet), finder(school))
    assert found.said == (Said(voiced.POINT, "Nêu rõ mức thu"),)


def form_of(out):
    [sheet] = read_sheets(out.getvalue()).values()
    return sheet


def table_of(sheet):
    lines = ("\t".join(cell.replace("\n", " ") for cell in row) for row in sheet)
    return comment_tables.read_text("\n".join(lines))


def test_a_form_of_an_older_version_does_not_land_by_the_new_numbers_unseen(made, case, school):
    out = BytesIO()
    agency_sheets.write_form(out, case)
    sheet = form_of(out)
    added = ("k0000009", "clause", "1", "", "Danh sách hộ nghèo, hộ cận nghèo của từng tổ.")
    numbers = {"k0000001": "2", voiced.CLAUSE: "3"}
    moved = [(key, level, numbers.get(key, number), *rest)
             for key, level, number, *rest in voiced.PROVISIONS]  # fmt: skip
    voiced.version(made.draft.id, (*moved[:3], added, *moved[3:]), number=2)
    for row in sheet:
        row[2] = row[2] or {"khoản 1 Điều 2": "Một", "khoản 2 Điều 2": "Hai"}.get(row[0], "")
    found = comment_tables.checked(table_of(sheet), finder(school))
    told = [row.faults["draft"] for row in found.table.rows]
    assert [one.message for one in told] == [quotes.ELSEWHERE] * 2
    assert [one.values["other"] for one in told] == ["khoản 2 Điều 2", "khoản 3 Điều 2"]
    sure = [replace(row, sure=frozenset({"draft"})) for row in table_of(sheet).rows]
    kept = comment_tables.checked(replace(table_of(sheet), rows=tuple(sure)), finder(school))
    assert (kept.table.faults, len(kept.said)) == (0, 2)
    assert all(row.notes["draft"].offers for row in kept.table.rows)


@pytest.mark.parametrize(("quoted", "message"), [
    ("2. MỨC đóng góp và việc sử dụng  các khoản đóng góp", None),
    ("Mức đóng góp và việc sử dụng các khoản đóng góp: a) khoản thu theo đầu hộ;", None),
    ("Mức đóng góp, việc sử dụng các khoản đóng góp của dân", None),
    ("Mức đóng góp…", None), ("như trên", None), ("", None),
    ("Lịch tiếp công dân của Chủ tịch phường", quotes.OTHERWISE),
    ("Kế hoạch phát triển kinh tế - xã hội của phường", quotes.ELSEWHERE),
])  # fmt: skip
def test_a_quotation_is_doubted_only_where_the_draft_says_something_else(school, quoted, message):
    doubt = quotes.Quotes(finder(school).provisions).doubt(voiced.CLAUSE, quoted)
    assert (doubt and doubt.message) == message


def test_the_tracker_goes_out_with_every_comment(host, case, school):
    keep(school, **{voiced.CLAUSE: WORDS})
    send(school)
    agencies.invite(host, case, Invited(names=["Trạm Y tế"]))
    out = BytesIO()
    agency_sheets.write_tracker(out, agency_pages.tracker(host, case))
    sheets = read_sheets(out.getvalue())
    assert [row[1:4] for row in sheets["Cơ quan, đơn vị"][1:]] == [
        ["Trạm Y tế", "Chưa mở", "0"], [SCHOOL, "Đã góp ý", "1"],
    ]  # fmt: skip
    assert sheets["Ý kiến"][1][2::2] == ["khoản 2 Điều 2", WORDS]


def test_the_tracker_asks_the_database_as_often_for_many_agencies_as_for_one(host, case, school):
    def queries() -> int:
        session().expire_all()
        page = agency_pages.tracker(host, case)
        with counted() as asked:
            agency_sheets.write_tracker(BytesIO(), page)
        return len(asked)

    keep(school, **{voiced.CLAUSE: WORDS})
    send(school)
    before = queries()
    for one in agencies.invite(host, case, Invited(names=[f"Trường {n}" for n in range(5)])):
        keep(one, **{voiced.FIRST: WORDS})
        send(one)
    assert queries() == before


def test_lost_files_go_after_a_day_and_named_ones_stay(host, case, school):
    one = agency_entries.enter(host, case, school, LETTER)
    kept = agency_queries.LETTERS.path_of(one.letter_stored)
    lost = kept.with_name(f"{'0' * 32}.pdf")
    lost.write_bytes(b"x")
    assert agency_jobs.TIDY.handler(Running(1, {}, None)) is None
    os.utime(lost, (0, 0))
    assert agency_jobs.TIDY.handler(Running(2, {}, None)) == "1"
    assert kept.exists()
