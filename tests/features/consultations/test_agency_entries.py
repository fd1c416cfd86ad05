"""Letters of agencies: entered once, joined to what the agency sent, put right by the ward."""

import os
from io import BytesIO

import docx
import pytest

from portal.core.errors import Forbidden, Invalid, Refused
from portal.core.spreadsheet import read_sheets
from portal.features.consultations import (
    agencies,
    agency_entries,
    agency_letters,
    agency_pages,
    agency_queries,
    agency_sheets,
    comment_tables,
    letter_files,
)
from portal.features.consultations.agencies import Invited
from portal.features.consultations.agency_entries import Letter
from portal.features.consultations.comments import Said
from portal.features.documents.files import Upload
from portal.features.regulations import queries as regulations
from portal.features.regulations import reading
from tests.support import answered, cased, voiced
from tests.support.answered import SCHOOL, WORDS, comments, keep, send

PDF = Upload("cv.pdf", b"%PDF-1.7 letter", "application/pdf", ".pdf")
LETTER = Letter("41/MTTQ-BTT", cased.day(-1), "Chủ tịch", upload=PDF)


@pytest.fixture
def made(app):
    return cased.ward()


@pytest.fixture
def host(made):
    return made.actor()


@pytest.fixture
def case(made, host):
    return made.published(host)


@pytest.fixture
def school(host, case):
    return answered.invited(host, case)


def test_a_letter_of_an_agency_that_was_asked_is_its_answer(host, case, school):
    one = agency_entries.enter(host, case, SCHOOL.upper(), LETTER)
    assert one.id == school.id
    assert (one.state, one.letter_number, one.entered_by) == ("sent", LETTER.number, "Cán bộ 0")
    assert letter_files.path_of(one.letter_stored).read_bytes() == PDF.data
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
    with pytest.raises(Refused):
        agency_entries.add(host, school, [Said("", "Thêm")])
    with pytest.raises(Invalid):
        agency_entries.enter(host, case, school, Letter("42/X", cased.day(0), agrees=True))


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
    folder = letter_files.path_of("x").parent
    assert list(folder.glob("*")) == []


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
    [sheet] = read_sheets(out.getvalue()).values()
    sheet[-1][2] = "Nêu rõ mức thu"
    version = regulations.published(case.draft_id)
    finder = comment_tables.Finder(reading.outline(version))
    found = comment_tables.checked(comment_tables.read_text(
        "\n".join("\t".join(cell.replace("\n", " ") for cell in row) for row in sheet)
    ), finder)  # fmt: skip
    assert found.said == (Said(voiced.POINT, "Nêu rõ mức thu"),)


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


def test_lost_files_go_after_a_day_and_named_ones_stay(host, case, school):
    one = agency_entries.enter(host, case, school, LETTER)
    kept = letter_files.path_of(one.letter_stored)
    lost = kept.with_name(f"{'0' * 32}.pdf")
    lost.write_bytes(b"x")
    assert letter_files.tidy() == 0
    os.utime(lost, (0, 0))
    assert letter_files.tidy() == 1
    assert kept.exists()
