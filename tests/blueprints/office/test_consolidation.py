"""Pages on which comments are brought together, answered, reported; and what everybody reads."""

from io import BytesIO

import pytest
from docx import Document as Docx
from python_calamine import CalamineWorkbook
from werkzeug.datastructures import MultiDict

from portal.core import jobs
from portal.core.database import write
from portal.features.consolidation import table, table_files, table_word
from portal.features.consolidation.models import State
from portal.features.consultations.models import Track
from portal.policy.roles import Duty
from tests.support import cased, gathered
from tests.support.gathered import NOTICE, OTHER, SAME, again
from tests.support.voiced import CLAUSE, FIRST


@pytest.fixture(name="made")
def ward(app):
    return cased.ward()


@pytest.fixture(name="one")
def consultation(made):
    cased.letterhead(made.host)
    return made.published(made.actor())


@pytest.fixture(name="opinions")
def said(one):
    return [
        gathered.agency(one, "UBMTTQ phường", CLAUSE, NOTICE),
        gathered.households(one, "Tổ dân phố 1", CLAUSE, SAME, 30),
        *gathered.voice(one, FIRST, OTHER),
        *gathered.voice(one, "", "Quy chế dài, xin tóm tắt thành một trang."),
    ]


@pytest.fixture(name="desk")
def signed_in(client, made, one, opinions):
    client.sign_in(made.user(Duty.DRAFT))
    return f"/lay-y-kien/{one.id}/tong-hop"


def answer(client, opinion, **values):
    page = client.page(f"/y-kien-da-gop/{opinion.id}")
    given = {"decision": "accept", "explanation": "Bổ sung vào khoản 2."} | values
    return page.submit("Lưu", **given)


def let_days_pass(one):
    with write() as current:
        for track in current.query(Track).filter_by(consultation_id=one.id):
            track.opens_on, track.closes_on = cased.day(-9), cased.day(-1)
            track.list_from = track.list_to = None


def test_the_table_stands_in_reading_order_with_every_source(client, desk):
    page = client.page(desk)
    at = [
        page.text.index(part) for part in ("Toàn bộ dự thảo", "Điều 1. Phạm vi", "Điều 2. Nội dung")
    ]
    assert at == sorted(at)
    assert "30 hộ, 1 tổ dân phố" in page.text
    assert "UBMTTQ phường, công văn 41/CV" in page.text
    assert "0/4" in page.text


@pytest.mark.parametrize(
    ("query", "there", "gone"),
    [
        (f"?dieu={FIRST}", OTHER, NOTICE), ("?dieu=chung", "Quy chế dài", OTHER),
        ("?nguon=household", SAME, OTHER), ("?tim=dien thoai", OTHER, NOTICE),
        ("?tim=ubmttq", NOTICE, OTHER), ("?buoc=approved", "Không có ý kiến nào như vậy", OTHER),
        ("?buoc=la&xu-ly=la&nguon=la&sau=la", OTHER, "Không có ý kiến nào"),
    ],
)  # fmt: skip
def test_the_table_is_narrowed(client, desk, query, there, gone):
    text = client.page(desk + query).text
    assert there in text
    assert gone not in text


def test_what_seems_the_same_is_merged_by_a_press_and_keeps_its_sources(client, desk, opinions):
    page = client.page(desk).submit("Gộp, giữ các nguồn")
    assert "Đã gộp" in page.text
    assert "0/3" in page.text
    assert {again(one).state for one in opinions[:2]} == {State.NEW, State.MERGED}


def test_kept_apart_it_is_not_proposed_again(client, desk):
    assert "Gần giống ý trên" not in client.page(desk).submit("Để riêng").text


def test_an_opinion_is_answered_handed_in_and_approved_by_another(client, made, desk, opinions):
    page = answer(client, opinions[2])
    assert "Đã lưu giải trình" in page.text
    assert "Đã trình giải trình" in page.submit("Trình duyệt").text
    client.sign_out()
    client.sign_in(made.user(Duty.APPROVE))
    client.page(f"/y-kien-da-gop/{opinions[2].id}").submit("Duyệt")
    assert again(opinions[2]).state == State.APPROVED
    assert "1/4" in client.page(desk).text


def test_whoever_saves_second_sees_both_texts(client, desk, opinions):
    before = client.page(f"/y-kien-da-gop/{opinions[2].id}")
    answer(client, opinions[2])
    page = before.submit("Lưu", decision="decline", explanation="Chữ của người thứ hai.")
    assert page.status == 409
    assert "Bổ sung vào khoản 2." in page.text
    assert "Chữ của người thứ hai." in page.text
    assert "Đã lưu giải trình" in page.submit("Lưu").text


def test_several_get_the_same_answer_and_all_go_up_at_once(client, made, desk, opinions):
    page = client.page(desk)
    form = page.form("Ghi cho các ý kiến đã đánh dấu")
    sent = MultiDict(form.fields.items(multi=True))
    sent.setlist("y-kien", [str(one.id) for one in opinions[2:]])
    sent["decision"], sent["explanation"] = "decline", "Ngoài phạm vi."
    page = page.send("post", form.action, sent)
    assert "cho 2 ý kiến" in page.text
    assert "Đã trình 2 giải trình" in page.submit("Trình duyệt").text
    client.sign_out()
    client.sign_in(made.user(Duty.APPROVE))
    assert "Đã duyệt 2 giải trình" in client.page(desk).submit("Duyệt").text


def test_nothing_ticked_is_said_and_what_was_typed_stays(client, desk):
    page = client.page(desk).submit("Ghi cho các ý kiến đã đánh dấu", explanation="Đã gõ rồi.")
    assert page.status == 422
    assert "Chưa đánh dấu ý kiến nào" in page.text
    assert "Đã gõ rồi." in page.text


def test_the_report_waits_until_everything_is_answered_and_then_is_drafted(
    client, made, one, desk, opinions
):
    let_days_pass(one)
    assert "Còn ý kiến chưa có giải trình được duyệt" in client.page(desk).text
    for opinion in opinions:
        answer(client, opinion)
    client.page(desk).submit("Trình duyệt")
    client.sign_out()
    client.sign_in(made.user(Duty.APPROVE))
    client.page(desk).submit("Duyệt")
    client.sign_out()
    client.sign_in(made.user(Duty.DRAFT))
    page = client.page(desk).submit("Lập báo cáo")
    assert "Đã soạn báo cáo và tờ trình" in page.text
    report = page.follow("giải trình ý kiến đối với dự thảo")
    assert "tổng hợp, tiếp thu, giải trình ý kiến" in report.text


def test_another_unit_finds_nothing(client, made, one, opinions):
    client.sign_in(made.user(body=made.front))
    assert client.get(f"/lay-y-kien/{one.id}/tong-hop").status_code == 200
    page = client.page(f"/y-kien-da-gop/{opinions[0].id}")
    assert "Lưu" not in page.buttons
    assert client.get("/y-kien-da-gop/12345").status_code == 404


def test_everybody_reads_the_outcome_once_it_is_public(client, made, one, desk, opinions):
    assert client.get(f"/g/{one.code}/ket-qua").status_code == 404
    answer(client, opinions[0])
    client.page(f"/y-kien-da-gop/{opinions[0].id}").submit("Trình duyệt")
    client.sign_out()
    client.sign_in(made.user(Duty.APPROVE))
    client.page(f"/y-kien-da-gop/{opinions[0].id}").submit("Duyệt")
    client.sign_out()
    with write():
        one.answers_public_on = cased.day(0)
    page = client.page(f"/g/{one.code}/ket-qua")
    assert NOTICE in page.text
    assert "Bổ sung vào khoản 2." in page.text
    assert OTHER not in page.text


def test_the_table_is_a_file_of_each_kind_with_the_same_rows(client, one, desk):
    client.page(desk).submit(".docx")
    while jobs.work_once():
        pass
    whole = table.of(one)
    word = Docx(BytesIO(table_word.draw(whole))).tables[1]
    texts = [cell.text for row in word.rows for cell in row.cells]
    [sheet] = CalamineWorkbook.from_filelike(BytesIO(table_files.xlsx(whole))).sheet_names
    rows = CalamineWorkbook.from_filelike(BytesIO(table_files.xlsx(whole)))
    assert NOTICE in texts
    assert [row[2] for row in rows.get_sheet_by_name(sheet).to_python()[1:]].count(NOTICE) == 1
    assert table_files.pdf(whole).startswith(b"%PDF")
