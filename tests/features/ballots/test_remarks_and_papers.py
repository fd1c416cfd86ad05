"""Written remarks become comments like any other; papers name what they must and nobody else."""

import re
from io import BytesIO

import pypdfium2
import pytest
from docx import Document
from sqlalchemy import text

from portal.core.database import session
from portal.core.errors import Invalid, Refused
from portal.features.ballots import (
    answer_sheet,
    answers,
    entering,
    exports,
    minutes,
    minutes_word,
    pages,
    papers,
    queries,
    remarks,
    voters,
)
from portal.features.ballots.answers import Answer
from portal.features.ballots.figures import Figures
from portal.features.ballots.models import Enterer
from portal.features.consultations.comments import Said
from tests.support import balloted, voiced, workbooks
from tests.support.balloted import FIGURES, Balloted, table

pytestmark = pytest.mark.usefixtures("app")
SAID = Said(voiced.CLAUSE, "Niêm yết các khoản thu ở nhà văn hóa.", 4)


@pytest.fixture
def ward(app: object) -> Balloted:
    return balloted.ward()


def text_of(pdf: bytes) -> str:
    with pypdfium2.PdfDocument(pdf) as document:
        found = "\n".join(page.get_textpage().get_text_bounded() for page in document)
    return " ".join(found.split())


def test_a_remark_is_a_comment_of_its_group(ward: Balloted) -> None:
    remarks.add(ward.author, ward.one, SAID)
    [line] = remarks.listed(ward.one)
    assert line.place == "khoản 2 Điều 2"
    comment = line.comment
    assert (comment.track, comment.households, comment.key) == ("household", 4, voiced.CLAUSE)
    assert comment.opinion_id is not None


def test_a_remark_is_put_right_moved_and_taken_out(ward: Balloted) -> None:
    remarks.add(ward.author, ward.one, SAID)
    [line] = remarks.listed(ward.one)
    remarks.change(ward.author, ward.one, line.comment.id, Said(SAID.key, "Khác", 2))
    [line] = remarks.listed(ward.one)
    assert (line.comment.text, line.comment.households) == ("Khác", 2)
    remarks.change(ward.author, ward.one, line.comment.id, Said("", "Khác", 2))
    [line] = remarks.listed(ward.one)
    assert line.place == ""
    remarks.remove(ward.author, ward.one, line.comment.id)
    assert remarks.listed(ward.one) == []


@pytest.mark.parametrize(
    ("said", "where"),
    [(Said("khac", "A"), "key"), (Said("", " "), "text"), (Said("", "A", 101), "households"),
     (Said("", "A", 0), "households")],
)  # fmt: skip
def test_what_cannot_be_meant_is_refused(ward: Balloted, said: Said, where: str) -> None:
    with pytest.raises(Invalid) as caught:
        remarks.add(ward.author, ward.one, said)
    assert set(caught.value.errors) == {where}


def test_the_same_remark_is_not_taken_in_twice(ward: Balloted) -> None:
    remarks.add(ward.author, ward.one, SAID)
    again = Said(SAID.key, "NIÊM YẾT các khoản thu ở nhà văn hóa.", 4)
    with pytest.raises(Invalid) as caught:
        remarks.add(ward.other, ward.one, again)
    assert (set(caught.value.errors), caught.value.values["n"]) == ({"text"}, 4)
    remarks.add(ward.author, ward.two, SAID)
    remarks.add(ward.author, ward.one, Said("", SAID.text, 4))
    [whole, line] = remarks.listed(ward.one)
    remarks.change(ward.author, ward.one, line.comment.id, Said(SAID.key, SAID.text, 9))
    with pytest.raises(Invalid):
        remarks.change(ward.author, ward.one, whole.comment.id, SAID)
    assert [one.comment.households for one in remarks.listed(ward.one)] == [4, 9]


@pytest.mark.parametrize("act", ["add", "change", "remove"])
def test_a_case_that_was_reported_meanwhile_takes_no_remark(ward: Balloted, act: str) -> None:
    remarks.add(ward.author, ward.one, SAID)
    [line] = remarks.listed(ward.one)
    assert remarks.why_not(ward.one) is None
    # Somebody else's process: this one has the case before it as it was.
    with session().get_bind().engine.begin() as elsewhere:
        elsewhere.execute(text("UPDATE consultations SET state = 'reported'"))
    acts = {
        "add": lambda: remarks.add(ward.author, ward.one, Said("", "Khác")),
        "change": lambda: remarks.change(ward.author, ward.one, line.comment.id, Said("", "Khác")),
        "remove": lambda: remarks.remove(ward.author, ward.one, line.comment.id),
    }
    with pytest.raises(Refused):
        acts[act]()
    assert [one.comment.text for one in remarks.listed(ward.one)] == [SAID.text]


def test_nobody_types_remarks_in_before_the_day(app: object) -> None:
    ward = balloted.ward(ballots_in=2)
    with pytest.raises(Refused):
        remarks.add(ward.author, ward.one, SAID)


def test_a_ballot_names_the_groups_of_content_and_no_household(ward: Balloted) -> None:
    voters.take(ward.author, ward.case, table(("1", "Nguyễn Văn Mật", "1")))
    drawn = text_of(papers.ballots(ward.case, queries.listed(ward.case.id)))
    assert "PHIẾU LẤY Ý KIẾN" in drawn
    assert "Phạm vi điều chỉnh" in drawn
    assert "Tổ dân phố số 2" in drawn
    assert "Mật" not in drawn


def test_the_posted_list_has_names_and_the_days_it_hangs(ward: Balloted) -> None:
    voters.take(ward.author, ward.case, table(("12", "Nguyễn Văn A", "1", "tạm vắng")))
    rows = queries.voters([ward.one.id])
    posted = text_of(papers.voter_list(ward.one, rows, papers.POSTED))
    assert "Nguyễn Văn A" in posted
    assert "Niêm yết từ ngày" in posted
    assert "Ký nhận phiếu" in text_of(papers.voter_list(ward.one, rows, papers.SIGNED))


def test_minutes_before_the_count_have_gaps_and_afterwards_numbers(ward: Balloted) -> None:
    ward.ready()
    assert minutes.of(ward.one).papers[3] == ("Số phiếu phát ra", minutes.GAP, True)
    remarks.add(ward.author, ward.one, SAID)
    drawn = minutes.of(ward.settled())
    told = {what: n for what, n, _sum in drawn.papers}
    assert (told["Số phiếu phát ra"], told["Số phiếu không thu về"]) == ("90", "10")
    assert drawn.opinions[0][2:] == ("60", "10", "3", "2")
    assert drawn.written == ("khoản 2 Điều 2: Niêm yết các khoản thu ở nhà văn hóa. (4 phiếu)",)


def test_both_files_of_the_minutes_say_the_same(ward: Balloted) -> None:
    drawn = minutes.of(ward.settled())
    word = Document(BytesIO(minutes_word.draw(drawn)))
    cells = [cell.text for one in word.tables for row in one.rows for cell in row.cells]
    texts = " ".join([*(one.text for one in word.paragraphs), *cells])
    pdf = text_of(minutes.pdf(drawn))
    for said in ("Phạm Thị D", "Trần Thị B", "BIÊN BẢN KIỂM PHIẾU", "Không có."):
        assert said in texts
        assert said in pdf


def test_the_wards_table_adds_only_what_is_settled(ward: Balloted) -> None:
    ward.settled()
    page = pages.overview(ward.case)
    assert (page.sums.groups, page.sums.issued, page.open) == (1, FIGURES.issued, 1)
    sheets = workbooks.read(exports.ward_table(page))
    assert sheets["Số phiếu"][-1][1] == "Cộng 1 tổ đã chốt"
    assert sheets["Ý kiến theo nội dung"][1][2:6] == [60, 10, 3, 2]


def test_the_answer_sheet_waits_for_whoever_has_answers(ward: Balloted, monkeypatch) -> None:
    given = Answer("khoản 2 Điều 2", "Niêm yết 30 ngày", 4, "Tiếp thu", "Đã bổ sung khoản 2.")
    monkeypatch.setattr(answers, "_providers", [])
    assert answers.of(ward.one) == []
    answers.provide(lambda _group: [given])
    sheet = text_of(answer_sheet.pdf(ward.one, answers.of(ward.one), "danchu.vn/g/abc"))
    assert "Đã bổ sung khoản 2." in sheet
    assert "danchu.vn/g/abc" in sheet


def test_the_answer_sheet_of_a_group_has_the_numbers_of_the_ward(ward: Balloted) -> None:
    ward.settled()
    ward.ready(ward.two, stamped=80)
    counted = Figures(60, 50, 48, 1, 1, {1: (40, 5, 3), 2: (48, 0, 0)})
    for who in Enterer:
        ward.enter(who, counted, ward.two)
    entering.settle(ward.author, ward.two, counted, "")
    given = Answer("khoản 2 Điều 2", "Niêm yết 30 ngày", 4, "Tiếp thu", "Đã bổ sung khoản 2.")
    sheet = text_of(answer_sheet.pdf(ward.one, [given], ""))
    assert "đã phát 150 phiếu cho 180 hộ, thu về 130 phiếu, trong đó 123 phiếu hợp lệ" in sheet
    assert not {"90 phiếu", "100 hộ", "80 phiếu", "75 phiếu"} & set(re.findall(r"\d+ \w+", sheet))
