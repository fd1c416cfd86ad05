"""The minutes and the report of a week: drafted out of its numbers, brought to the board."""

from io import BytesIO

import pytest

from portal.core.errors import Refused
from portal.features.documents import queries as documents
from portal.features.documents.models import State as Paper
from portal.features.documents.rendering import pdf, word
from portal.features.documents.workflow import DOCUMENT
from portal.features.tallies import papers, queries, sending
from portal.features.tallies.figures import Figures
from portal.features.tallies.lines import told
from portal.policy.roles import Duty, Role
from portal.web.printing import paper_of
from tests.support import printed, tallied
from tests.support.tallied import Tallied, acting, week

pytestmark = pytest.mark.usefixtures("app")


@pytest.fixture
def box(app: object) -> Tallied:
    made = tallied.box()
    tallied.letterhead(made)
    return made


def test_nothing_is_drafted_before_two_have_signed(box: Tallied) -> None:
    tally = box.sign()
    with pytest.raises(Refused):
        papers.draft(acting(box.first), tally)


def test_whoever_has_no_letterhead_is_told_so() -> None:
    bare = tallied.box()
    with pytest.raises(Refused, match="thể thức"):
        papers.draft(acting(bare.first), bare.lock())


def test_one_press_brings_the_report_to_the_inbox_of_the_board(box: Tallied) -> None:
    box.letter()
    minutes, report = sending.carry(acting(box.first), box.lock())
    assert (minutes.is_issued, report.is_issued) == (True, True)
    (came,) = documents.inbox(acting(box.reader), handled=False).rows
    assert came.document_id == report.document.id
    assert "Đoàn" not in report.document.body.recipients[0].party.name


def test_a_second_press_makes_no_second_paper(box: Tallied) -> None:
    tally = box.lock()
    first = sending.carry(acting(box.first), tally)
    again = sending.carry(acting(box.second), tally)
    assert [one.document.id for one in first] == [one.document.id for one in again]


def test_whoever_only_drafts_brings_it_as_far_as_that_and_says_what_is_left(box: Tallied) -> None:
    drafter = box.place.account("runner", Role.YOUTH, Duty.DRAFT)
    _minutes, report = sending.carry(acting(drafter), box.lock())
    assert report.document.state == Paper.SUBMITTED
    assert (report.left, report.why) == (sending.LEFT[Paper.SUBMITTED], "")


def test_the_papers_say_what_was_counted_and_who_signed(box: Tallied) -> None:
    for _ in range(7):
        box.letter()
    tally = box.lock(remark="Đề nghị trả lời sớm.")
    found = papers.draft(acting(box.first), tally)
    assert found.minutes
    assert found.report
    texts = [one.text for one in found.report.body.sections]
    assert any("trong tuần có 07 thư" in one for one in texts)
    assert "Đề nghị trả lời sớm." in texts
    assert any(box.second.display_name in one.text for one in found.minutes.body.sections)


def test_the_minutes_have_a_place_to_sign_for_each_of_the_two(box: Tallied) -> None:
    found = papers.draft(acting(box.first), box.lock())
    assert found.minutes
    paper = paper_of(found.minutes)
    file = printed.pypdfium2.PdfDocument(pdf.draw(paper))
    text = " ".join("".join(page.get_textpage().get_text_range() for page in file).split())
    cells = printed.Document(BytesIO(word.draw(paper))).tables[-2:]
    drawn = " ".join(cell.text for table in cells for row in table.rows for cell in row.cells)
    for user, word_of in ((box.first, "NGƯỜI TỔNG HỢP"), (box.second, "NGƯỜI XÁC NHẬN")):
        for said in (text, drawn):
            assert word_of in said
            assert user.display_name in said


def test_a_nil_week_says_that_nothing_came(box: Tallied) -> None:
    tally = box.lock()
    said = " ".join(told(box.box, Figures.from_json(tally.figures)))
    assert "trong tuần không có thư nào" in said


def test_a_withdrawn_report_is_written_anew(box: Tallied) -> None:
    tally = box.lock()
    first = papers.draft(acting(box.first), tally).report
    assert first
    DOCUMENT.fire(acting(box.first), first.id, "cancel", "Nhầm.")
    again = papers.draft(acting(box.first), tally).report
    assert again
    assert again.id != first.id


@pytest.mark.parametrize("regime", ["party", "state"])
def test_the_files_open_in_other_programs_and_hold_the_numbers(regime: str) -> None:
    box = tallied.box()
    tallied.letterhead(box, regime)
    box.letter()
    found = papers.draft(acting(box.first), box.lock())
    assert found.report
    paper = paper_of(found.report)
    text = "".join(page.get_textpage().get_text_range() for page in
                   printed.pypdfium2.PdfDocument(pdf.draw(paper)))  # fmt: skip
    assert "trong tuần có 01 thư" in " ".join(text.split())
    body = printed.Document(BytesIO(word.draw(paper)))
    assert any("trong tuần có 01 thư" in one.text for one in body.paragraphs)
    assert any("Chưa trả lời, trong hạn" in row.cells[0].text
               for table in body.tables for row in table.rows)  # fmt: skip


def test_the_list_of_weeks_knows_the_report(box: Tallied) -> None:
    tally = box.lock()
    sending.carry(acting(box.first), tally)
    found = queries.of_box(box.box.id)[week(-1)]
    assert found.report
    assert found.report.number_text
