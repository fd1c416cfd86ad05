"""Pages on which comments are brought together, answered, reported; and what everybody reads."""

from io import BytesIO

import pytest
from docx import Document as Docx
from python_calamine import CalamineWorkbook
from werkzeug.datastructures import MultiDict

from portal.core import jobs
from portal.core.database import write
from portal.features.consolidation import merging, table, table_files, table_word
from portal.features.consolidation.models import State
from portal.features.consultations import hiding
from portal.features.consultations.hiding_workflow import COMMENT_HIDING
from portal.features.consultations.models import Submission, Track
from portal.policy.roles import Duty
from tests.support import cased, gathered, surveyed, voiced
from tests.support.gathered import NOTICE, OTHER, SAME, again
from tests.support.queries import counted
from tests.support.voiced import CLAUSE, FIRST, POINT, PROVISIONS


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
        ("?tim=ubmttq", NOTICE, OTHER), ("?tim=41/cv", NOTICE, OTHER),
        ("?buoc=approved", "Không có ý kiến nào như vậy", OTHER),
        ("?buoc=la&xu-ly=la&nguon=la&sau=la", OTHER, "Không có ý kiến nào"),
    ],
)  # fmt: skip
def test_the_table_is_narrowed(client, desk, query, there, gone):
    text = client.page(desk + query).text
    assert there in text
    assert gone not in text


def test_what_nobody_has_decided_and_each_class_are_found(client, desk, opinions):
    answer(client, opinions[2], category="law")
    for query, there, gone in (("?xu-ly=chua", NOTICE, OTHER), ("?loai=law", OTHER, NOTICE)):
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
    assert "Đã trình giải trình" in page.submit("Lưu và trình duyệt").text
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


def test_what_is_handed_in_is_what_was_typed_last(client, desk, opinions):
    page = answer(client, opinions[2])
    page = page.submit("Lưu và trình duyệt", explanation="Chữ vừa gõ, chưa lưu.")
    assert "Đã trình giải trình" in page.text
    handed = again(opinions[2])
    assert (handed.state, handed.explanation) == (State.SUBMITTED, "Chữ vừa gõ, chưa lưu.")


def test_nothing_is_handed_in_over_what_somebody_else_saved(client, desk, opinions):
    before = client.page(f"/y-kien-da-gop/{opinions[2].id}")
    answer(client, opinions[2])
    typed = {"decision": "decline", "explanation": "Chữ của người thứ hai."}
    page = before.submit("Lưu và trình duyệt", **typed)
    assert page.status == 409
    assert "Chữ của người thứ hai." in page.text
    assert again(opinions[2]).state == State.NEW


def test_what_lacks_a_decision_is_not_handed_in_and_nothing_of_it_is_kept(client, desk, opinions):
    page = client.page(f"/y-kien-da-gop/{opinions[2].id}")
    page = page.submit("Lưu và trình duyệt", explanation="Đã bổ sung.")
    assert (page.status, page.text.count("Chưa chọn tiếp thu hay không.")) == (422, 2)
    assert page.form("Lưu").fields["explanation"].strip() == "Đã bổ sung."
    assert (again(opinions[2]).state, again(opinions[2]).explanation) == (State.NEW, "")


def test_what_people_had_before_them_stands_beside_what_it_says_now(client, made, desk, opinions):
    with write() as current:
        current.query(Submission).one().sent_version = 1
    changed = [(key, level, number, heading, f"{text} Nay thêm câu này." if text else "")
               for key, level, number, heading, text in PROVISIONS]  # fmt: skip
    voiced.version(made.draft.id, tuple(changed), number=2)
    text = client.page(f"/y-kien-da-gop/{opinions[0].id}").text
    assert "Bản 1, khi góp ý: khoản 2 Điều 2" in text
    assert text.count("Nay thêm câu này.") == 1


def test_saving_nothing_new_says_so_and_leaves_the_other_window_fresh(client, desk, opinions):
    other = client.page(f"/y-kien-da-gop/{opinions[2].id}")
    page = client.page(f"/y-kien-da-gop/{opinions[2].id}").submit("Lưu")
    assert "Chưa ghi gì" in page.text
    assert "Đã lưu giải trình" not in page.text
    page = other.submit("Lưu", decision="accept", explanation="Cửa sổ kia vẫn lưu được.")
    assert "Đã lưu giải trình" in page.text


def test_an_answer_that_is_too_long_is_refused_whole_and_not_cut_in_its_box(client, desk, opinions):
    page = client.page(f"/y-kien-da-gop/{opinions[2].id}")
    boxes = [box for box in page.html.elements("textarea") if box.get("name") == "explanation"]
    assert [box.get("maxlength") for box in boxes] == [None]
    page = page.submit("Lưu", decision="accept", explanation="a" * 5001)
    assert page.status == 422
    assert "Nội dung dài quá 5.000 ký tự." in page.text
    assert page.form("Lưu").fields["explanation"] == "a" * 5001


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
    client.page(f"/y-kien-da-gop/{opinions[0].id}").submit("Lưu và trình duyệt")
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


def test_somebody_merges_what_the_portal_did_not_propose(client, one, desk, opinions):
    other = gathered.agency(one, "Trạm y tế", CLAUSE, OTHER)
    page = client.page(f"/y-kien-da-gop/{opinions[0].id}").follow("Gộp với…")
    assert OTHER in page.text
    found = client.page(f"/y-kien-da-gop/{opinions[0].id}?tim=tram+y+te")
    assert SAME not in found.text
    page = found.submit("Gộp, giữ các nguồn", vao=str(other.id))
    assert "Ý kiến này đã gộp và được trả lời chung" in page.text
    assert again(other).agencies == 2


def test_one_answer_for_several_says_how_many_were_left_as_they_were(client, desk, opinions):
    answer(client, opinions[2], explanation="Đã viết rồi.")
    page = client.page(desk)
    form = page.form("Ghi cho các ý kiến đã đánh dấu")
    sent = MultiDict(form.fields.items(multi=True))
    sent.setlist("y-kien", [str(one.id) for one in opinions[2:]])
    sent["decision"], sent["explanation"] = "decline", "Ngoài phạm vi."
    page = page.send("post", form.action, sent)
    assert "cho 1 ý kiến" in page.text
    assert "1 ý kiến đã có người viết giải trình, được giữ nguyên" in page.text
    assert again(opinions[2]).explanation == "Đã viết rồi."


def test_comments_on_what_is_gone_lead_to_where_they_get_a_place_and_another_one(client, one, desk):
    gathered.agency(one, "Trạm y tế", POINT, NOTICE)
    appendix = ("p0000001", "chapter", "", "PHỤ LỤC", "Mẫu biểu")
    voiced.version(one.draft_id, (*PROVISIONS[:-1], appendix), 2)
    page = client.page(f"/lay-y-kien/{one.id}/y-kien")
    assert "Chưa có chỗ" in page.text
    page = page.follow("Xếp chỗ cho các ý kiến ấy")
    assert "PHỤ LỤC. PHỤ LỤC" not in page.text
    page = page.submit("Xếp chỗ", moi=FIRST)
    assert "Đang xếp về: Điều 1" in page.text
    page = page.submit("Đổi chỗ", moi="")
    assert "Đang xếp về: toàn bộ dự thảo" in page.text
    assert "Chưa có chỗ" not in client.page(f"/lay-y-kien/{one.id}/y-kien").text


def test_hidden_words_stand_on_no_page_of_their_opinion(client, made, one, desk):
    abuse = "Đồ tham lam, phải niêm yết."
    [bad] = gathered.voice(one, CLAUSE, abuse)
    [good] = gathered.voice(one, CLAUSE, SAME)
    merging.merge(surveyed.actor(made.user(Duty.DRAFT)), good, bad)
    [comment] = [each for each in voiced.comments() if each.text == abuse]
    wish = hiding.ask(made.actor(), comment, "Xúc phạm người khác")
    COMMENT_HIDING.fire(made.actor(body=made.above), wish.id, "hide", "Đúng là xúc phạm")
    assert abuse not in client.page(f"/y-kien-da-gop/{bad.id}").text
    client.page(f"/y-kien-da-gop/{good.id}").submit("Tách ra")
    assert abuse not in client.page(f"/y-kien-da-gop/{bad.id}").text
    assert abuse not in client.page(desk).text


def test_the_pages_read_little(client, one, desk, opinions):
    pages = {desk, f"{desk}?tim=thu", f"/lay-y-kien/{one.id}/y-kien"}
    taken = {}
    for path in pages:
        client.page(path)
        with counted() as queries:
            client.get(path)
        taken[path] = len(queries)
    assert max(taken.values()) <= 16, taken
