"""Plan 004, whole: a ward asks agencies, households and everybody about a draft regulation.

Its days are the plan's: agencies 01–05/6/2026, the list of voters 02–07/6, ballots 06 or 07/6, sums
08/6, the report before 10/6 (issue 7).
"""

from io import BytesIO

import pytest

from portal.core import jobs
from tests.journeys import hearing, households
from tests.journeys.hearing import (
    ANSWERS,
    BUREAU,
    CLINIC,
    DRAFT,
    FRONT,
    FRONTS,
    HOST,
    HOUSEHOLDS,
    SAID,
    SCHOOL,
    SECOND,
    WARD,
    Citizen,
    Story,
    at,
    case,
    day,
)


@pytest.fixture
def story(app, monkeypatch):
    return Story(hearing.world(app, monkeypatch))


def test_plan_004(story):
    the_plan_is_drafted_warned_of_and_issued(story)
    the_draft_is_read_from_word_and_frozen(story)
    the_case_is_made_from_the_plan(story)
    its_warnings_are_kept_with_reasons(story)
    agencies_and_groups_are_made_ready(story)
    the_leader_publishes_it(story)
    an_agency_agrees_by_its_link(story)
    people_comment_on_the_phone_page(story)
    households.groups_choose_their_days_and_have_their_papers(story)
    another_writes_a_letter_with_a_table(story)
    a_new_version_counts_its_articles_on_and_comments_keep_their_place(story)
    the_front_answers_with_its_account(story)
    households.the_head_and_the_ward_count_apart_and_it_is_settled(story)
    households.a_head_without_a_telephone_has_it_entered_from_paper(story)
    households.what_households_wrote_is_typed_in(story)
    the_division_brings_them_together(story)
    every_opinion_is_answered_and_approved_by_another(story)
    the_report_is_drafted_and_ready_to_sign_by_the_ninth(story)
    the_table_goes_out_in_word(story)
    answers_are_made_public(story)
    a_person_follows_one_comment_to_its_explanation(story)
    the_decision_is_noted_and_the_case_is_closed(story)
    the_lists_of_voters_are_erased_by_themselves(story)


# --- before


def the_plan_is_drafted_warned_of_and_issued(story):
    page = hearing.drafts_the_plan(story.world)
    assert "là 5 ngày; Luật Thực hiện dân chủ ở cơ sở (Điều 28)" in page.text
    assert "Nơi nhận chưa có Hội đồng nhân dân" in page.text
    assert "Nơi nhận chưa có Mặt trận Tổ quốc" in page.text
    hearing.issues_the_plan(story.world)
    text = story.world.at(WARD, HOST).page("/nhiem-vu").text
    assert "Soạn dự thảo và tài liệu lấy ý kiến; theo dõi, đôn đốc" in text
    text = story.world.at(WARD, BUREAU).page("/nhiem-vu").text
    assert "In, đóng dấu phiếu lấy ý kiến" in text


def the_draft_is_read_from_word_and_frozen(story):
    client = story.world.at(WARD, HOST)
    page = client.page("/du-thao").follow("Đưa dự thảo lên")
    page = page.submit("Đọc dự thảo", title=DRAFT, file=hearing.word_file())
    assert page.h1 == "Sửa bản 1", page.text
    assert "Điều 15. Điều khoản thi hành" in page.text
    page = page.follow("Xem lại và chốt").submit("Chốt bản 1")
    assert "Đã chốt bản 1" in page.text


def the_case_is_made_from_the_plan(story):
    client = story.world.at(WARD, HOST)
    page = client.page("/lay-y-kien").follow("Lập theo kế hoạch này")
    fields = page.form("Lưu bản nháp").fields
    days = {
        "agency_from": 0, "agency_to": 4, "list_from": 1, "list_to": 6, "household_from": 5,
        "household_to": 6, "public_from": 0, "public_to": 6, "sum_due_on": 7, "report_due_on": 8,
    }  # fmt: skip
    assert {name: fields[name] for name in days} == {name: day(n) for name, n in days.items()}
    assert len(fields["groups"].splitlines()) == 7
    page = page.submit("Lưu bản nháp")
    assert "Đã lưu bản nháp." in page.text, page.text


def its_warnings_are_kept_with_reasons(story):
    client = story.world.at(WARD, HOST)
    page = client.page(at())
    for said in ("là 7 ngày", "cần ít nhất 20 ngày", "Hội đồng nhân dân", "Mặt trận Tổ quốc"):
        assert said in page.text
    reasons = {name: "Theo kế hoạch đã ban hành" for name in page.form("Lưu lý do").names
               if name.startswith("ly-do-")}  # fmt: skip
    page = page.submit("Lưu lý do", **reasons)
    assert "Đã lưu lý do." in page.text


def agencies_and_groups_are_made_ready(story):
    client = story.world.at(WARD, HOST)
    page = client.page(at("co-quan")).follow("Mời cơ quan")
    page = page.submit(
        "Thêm vào danh sách", names=f"{SCHOOL}\n{CLINIC}",
        organisation_ids=[str(story.world.bodies[WARD, FRONT].id)],
    )  # fmt: skip
    assert "0/3 cơ quan" in page.text
    page = page.follow(SCHOOL)
    story.links[SCHOOL] = hearing.told_link(page, "/cq/")
    page = client.page(at("ho-gia-dinh")).follow("Thêm tổ").submit("Thêm vào đợt")
    assert "Đã thêm 2 tổ." in page.text
    assert [row[0] for row in page.rows()[1:3]] == list(hearing.GROUPS)
    page = page.follow("Dán danh sách").submit("Kiểm tra bảng", text=hearing.VOTERS)
    assert page.status == 422
    assert "Đợt này không có tổ, thôn tên như vậy." in page.text
    page = page.submit("Kiểm tra lại", **{"cell-10-group": "Tổ dân phố số 2"})
    page = page.submit("Lưu 10 hộ")
    assert "Đã lưu 10 hộ mới" in page.text, page.text


def the_leader_publishes_it(story):
    story.world.comes(0, hour=7)
    page = story.world.at(WARD, HOST).page(at())
    page = story.world.at(WARD, HOST, SECOND).page(at()).submit("Công bố")
    assert "Đã công bố." in page.text
    assert story.world.at(WARD, HOST).get(at("ma.png")).data[:4] == b"\x89PNG"
    assert story.world.at(WARD, HOST).get(at("in.pdf")).data[:4] == b"%PDF"
    phone = Citizen(story.world).client
    page = phone.page(f"/cong-khai/don-vi/{story.world.place[WARD].id}").follow(DRAFT)
    assert page.path == f"/g/{case().code}"
    assert page.h1 == DRAFT
    assert "đến hết 07/06/2026" in page.text
    assert "Nhất trí toàn bộ" in page.buttons


# --- agencies


def an_agency_agrees_by_its_link(story):
    story.world.comes(1)
    phone = Citizen(story.world).client
    page = phone.page(story.links[SCHOOL])
    assert page.h1 == f"Góp ý {DRAFT}"
    page = page.submit("Nhất trí toàn bộ")
    assert "Đã gửi góp ý." in page.text


def another_writes_a_letter_with_a_table(story):
    story.world.comes(3)
    client = story.world.at(WARD, HOST)
    page = client.page(at("co-quan")).follow(CLINIC).follow("Nhập công văn")
    page = page.submit(
        "Ghi công văn", number="41/TYT", on=day(2), agrees="gop-y", signer="Trưởng trạm",
        file=(BytesIO(b"%PDF-1.7 cv"), "cv.pdf"),
    )  # fmt: skip
    assert "41/TYT" in page.text
    page = page.submit("Thêm ý kiến", place="khoản 1 Điều 7", text="Ghi rõ mức đóng góp.")
    page = page.submit("Thêm ý kiến", place="khoản 1 Điều 7", text="Ghi rõ mức đóng góp.")
    assert "Ý kiến này đã có" in page.text
    page = page.follow("Nhập từ bảng Word, Excel").submit("Kiểm tra bảng", text=hearing.TABLE)
    assert page.status == 422
    page = page.submit("Kiểm tra lại", **{"cell-2-place": "Điều 9"})
    page = page.submit("Nhập 2 ý kiến")
    assert "Đã nhập 2 ý kiến" in page.text


def the_front_answers_with_its_account(story):
    story.world.comes(4)
    client = story.world.at(WARD, FRONT)
    page = client.page("/lay-y-kien").follow("Góp ý").follow("Điều 13.")
    page = page.submit("Lưu, về mục lục", **{hearing.box(page, "khoản 1 Điều 13"): FRONTS})
    page = page.submit("Gửi 1 góp ý", signer="Chủ tịch")
    assert "Đã góp ý: 1 ý kiến" in page.text
    page = story.world.at(WARD, HOST).page(at("co-quan"))
    assert "3/3 cơ quan" in page.text


# --- everybody


def people_comment_on_the_phone_page(story):
    story.world.comes(1)
    for name, (article, place, text) in SAID.items():
        story.slips[name] = Citizen(story.world).comments(article, place, text)
    story.slips["agrees"] = Citizen(story.world).agrees()
    page = story.slips["agrees"].client.page(f"/g/{case().code}")
    assert "4 lượt trên trang này" in page.text
    page = story.slips["answer"].follows()
    assert page.h1 == "Ý kiến đang chờ sáng mai"
    assert SAID["answer"][2] not in story.world.at(WARD, HOST).page(at("y-kien")).text
    assert hearing.morning(story.world, 2) == 4
    page = story.world.at(WARD, HOST).page(at("y-kien"))
    assert SAID["answer"][2] in page.text
    assert "khoản 1 Điều 10" in page.text


def a_new_version_counts_its_articles_on_and_comments_keep_their_place(story):
    story.world.comes(3, hour=15)
    client = story.world.at(WARD, HOST)
    page = client.page(f"/du-thao/{case().draft_id}").follow("Lập bản mới")
    page = page.submit("Đọc bản mới", text=hearing.second_version())
    assert page.h1 == "Đối chiếu bản 2 với bản 1"
    page = page.submit("Xác nhận")
    assert "Đã ghi. Ý kiến đi theo điều khoản." in page.text
    page = page.follow("Xem lại và chốt").submit("Chốt bản 2", note="Thêm Điều 6")
    assert "Đã chốt bản 2" in page.text, page.text

    assert "khoản 1 Điều 11" in client.page(at("y-kien")).text
    page = Citizen(story.world).client.page(f"/g/{case().code}").follow("Điều 11. Tổng hợp")
    assert "05 ngày làm việc" in page.text
    assert "khoản 1 Điều 10, nay là khoản 1 Điều 11" in story.slips["answer"].follows().text


# --- bringing together


def the_division_brings_them_together(story):
    assert hearing.morning(story.world, 7) == 0
    client = story.world.at(WARD, HOST)
    page = client.page(at("tong-hop"))
    assert "0/8 ý kiến đã gộp" in page.text
    assert "Còn ý kiến chưa có giải trình được duyệt." in page.text
    for text in (HOUSEHOLDS, FRONTS, *(text for _, _, text in SAID.values())):
        assert text in page.text
    for left in (7, 6):
        page = page.submit("Gộp, giữ các nguồn")
        assert f"0/{left} ý kiến đã gộp" in page.text


def every_opinion_is_answered_and_approved_by_another(story):
    client = story.world.at(WARD, HOST)
    for words, (decision, answer) in ANSWERS.items():
        page = client.page(at("tong-hop"))
        page = page.follow(words).submit("Lưu", decision=decision, explanation=answer)
        assert "Đã lưu giải trình." in page.text, page.text
    page = client.page(at("tong-hop")).submit("Trình duyệt")
    assert "Đã trình 6 giải trình." in page.text
    assert "Duyệt" not in page.buttons
    page = story.world.at(WARD, HOST, SECOND).page(at("tong-hop")).submit("Duyệt")
    assert "Đã duyệt 6 giải trình." in page.text
    assert "6/6 ý kiến đã gộp" in page.text


# --- the report


def the_report_is_drafted_and_ready_to_sign_by_the_ninth(story):
    story.world.comes(8)
    client = story.world.at(WARD, HOST)
    drafted = client.page(at("tong-hop")).submit("Lập báo cáo")
    assert "Đã soạn báo cáo và tờ trình." in drafted.text, drafted.text
    report = drafted.follow("Báo cáo về việc tổng hợp")
    words = hearing.words_of(client.get(report.link(".docx").href))
    for said in ("3/3 cơ quan", "1 nhất trí toàn bộ", "phát 10 phiếu cho 10 hộ", "tiếp thu 2 ý",
                 "Theo kế hoạch đã ban hành"):  # fmt: skip
        assert said in words
    for paper in (report, drafted.follow("Tờ trình về việc ban hành")):
        paper.submit("Trình duyệt")
        approved = story.world.at(WARD, HOST, SECOND).page(paper.path).submit("Duyệt")
        assert "Đã duyệt. In ra ký" in approved.text


def the_table_goes_out_in_word(story):
    client = story.world.at(WARD, HOST)
    page = client.page(at("tong-hop")).submit(".docx")
    while jobs.work_once():
        pass
    page = client.page(page.path)
    with client.get(page.link("Tải").href) as file:
        words = hearing.words_of(file)
    for text, (_, answer) in ANSWERS.items():
        assert text in words
        assert answer in words


# --- what people find


def answers_are_made_public(story):
    client = story.world.at(WARD, HOST, SECOND)
    phone = Citizen(story.world).client
    assert phone.page(f"/g/{case().code}/ket-qua", status=404)
    page = client.page(at()).submit("Công khai giải trình")
    assert "Đã công khai phần tiếp thu, giải trình." in page.text
    page = phone.page(f"/g/{case().code}/ket-qua")
    assert "Bổ sung nhà văn hóa, 30 ngày liên tục." in page.text
    assert "Nguyễn Văn A" not in page.text
    sheet = client.get(at("ho-gia-dinh", hearing.groups()[0], "tra-loi.pdf"))
    assert sheet.data.startswith(b"%PDF")


def a_person_follows_one_comment_to_its_explanation(story):
    page = story.slips["answer"].follows()
    assert page.h1 == "Ý kiến đã có giải trình"

    assert "khoản 1 Điều 11" in page.text
    assert SAID["answer"][2] in page.text
    assert "Tiếp thu một phần" in page.text
    assert "Giữ 05 ngày; việc gấp trả lời trong 03 ngày." in page.text
    page = story.slips["board"].follows()
    assert "Bổ sung nhà văn hóa, 30 ngày liên tục." in page.text
    page = story.slips["agrees"].follows()
    assert "Toàn bộ dự thảo" in page.text


def the_decision_is_noted_and_the_case_is_closed(story):
    story.world.comes(17)
    page = story.world.at(WARD, FRONT).page(at()).follow("Ghi nhận xét")
    page = page.submit("Lưu", note="Niêm yết đủ, kiểm phiếu có hai hộ chứng kiến.")
    assert "Đã ghi nhận xét giám sát." in page.text
    client = story.world.at(WARD, HOST, SECOND)
    page = client.page(at()).follow("Ghi Quyết định")
    page = page.submit("Lưu", name="Quyết định số 12/QĐ-UBND", on=day(16))
    page = page.submit("Kết thúc đợt")
    assert "Đã kết thúc" in page.text
    page = Citizen(story.world).client.page(f"/g/{case().code}/ket-qua")
    assert "Quyết định số 12/QĐ-UBND" in page.text
    assert "Dự thảo được chỉnh lý 3 chỗ." in page.text
    page = story.slips["fees"].follows()
    assert "nghị quyết của Hội đồng nhân dân" in page.text
    done = story.world.at(WARD, HOST).page("/nhiem-vu").follow("Đã nộp, đã xong").text
    for duty in ("Soạn dự thảo", "Đăng dự thảo", "In, đóng dấu phiếu", "Tổng hợp, báo cáo"):
        assert duty in done


def the_lists_of_voters_are_erased_by_themselves(story):
    one, two = hearing.groups()
    client = story.world.at(WARD, HOST)
    assert "Nguyễn Văn A" in client.page(at("ho-gia-dinh", one, "danh-sach")).text
    story.world.comes(37)
    jobs.schedule()
    while jobs.work_once():
        pass
    for group in (one, two):
        text = client.page(at("ho-gia-dinh", group, "danh-sach")).text
        assert "Nguyễn Văn A" not in text
        assert "Trần Thị H" not in text
