"""What is warned of; the slips of the five plans first (DOMAIN 1.10)."""

from datetime import date

import pytest

from portal.features.documents.body import (
    Body,
    Duty,
    Head,
    Level,
    Party,
    Recipient,
    Section,
    SectionRole,
    Signature,
)  # fmt: skip
from portal.features.documents.checks import Facts, warnings
from portal.features.documents.checks.links import distance
from portal.features.documents.formats import format_of, type_of

SIGNED = Signature(signer="Người ký mẫu")
PARTY, STATE = "party-hd36", "state-nd30"


def look(body, on=date(2024, 1, 2), form=PARTY, **facts):
    given = Facts(today=date(2026, 11, 21), dated_on=on, **facts)
    return warnings(body, type_of("ke_hoach"), format_of(form), given)


def said(body, rule, **more):
    return [one.message % one.values for one in look(body, **more) if one.rule == rule]


def fixed(body, rule, **more):
    (fix,) = [one.fix for one in look(body, **more) if one.rule == rule]
    assert fix is not None
    return fix.apply(body)


def plan(*texts, role=SectionRole.NONE, level=Level.DASH, **more):
    sections = tuple(Section(id=f"s{n}", level=level, text=t) for n, t in enumerate(texts))
    if role:
        sections = (Section(id="s0", level=level, text=texts[0], role=role), *sections[1:])
    return Body(sections=sections, signature=SIGNED, **more)


def survey(text, *others, **more):
    return plan(text, *others, role=SectionRole.SURVEY_WINDOW, **more)


def consultation(text="từ ngày 01/6/2026 đến hết ngày 05/6/2026", *others, **more):
    return plan(text, *others, role=SectionRole.CONSULTATION_WINDOW, level=Level.POINT, **more)


JUNE = {"on": date(2026, 5, 4), "form": STATE}


# Plan 000


def test_gaps_between_rounds_are_named():
    rounds = survey(
        "Đợt 1: Từ ngày 22/01/2024 - 25/3/2024.\nĐợt 2: Từ ngày 01/4/2024 - 25/6/2024.\n"
        "Đợt 3: Từ ngày 01/7/2024 - 25/9/2024.\nĐợt 4: Từ ngày 01/10/2024 - 25/12/2024."
    )
    assert said(rounds, "gap") == [
        "Giữa hai đợt bỏ trống từ 26/3/2024 đến 31/3/2024.",
        "Giữa hai đợt bỏ trống từ 26/6/2024 đến 30/6/2024.",
        "Giữa hai đợt bỏ trống từ 26/9/2024 đến 30/9/2024.",
    ]


def test_another_author_than_the_head_is_named():
    head = Head(issuer_name="ĐẢNG ỦY PHƯỜNG NGÔ QUYỀN")
    opening = "Ban chỉ đạo Quy chế dân chủ phường xây dựng Kế hoạch tổ chức lấy ý kiến"
    assert said(Body(head=head, opening=opening), "author") == [
        "Cơ quan ban hành là ĐẢNG ỦY PHƯỜNG NGÔ QUYỀN"
        " nhưng lời dẫn ghi “Ban chỉ đạo Quy chế dân chủ phường”."
    ]


def test_the_same_author_may_be_abbreviated():
    head = Head(issuer_name="BCĐ THỰC HIỆN QCDC TỈNH")
    opening = "Ban Chỉ đạo thực hiện Quy chế dân chủ tỉnh xây dựng Kế hoạch như sau:"
    assert said(Body(head=head, opening=opening), "author") == []


def test_a_place_in_small_letters_is_put_right():
    body = Body(head=Head(place="P. Ngô quyền"))
    assert said(body, "place") == ["Địa danh “P. Ngô quyền” chưa viết hoa đủ."]
    assert fixed(body, "place").head.place == "P. Ngô Quyền"


def test_recipients_as_addressed_need_an_addressee():
    body = Body(recipients=(Recipient(Party("Như kính gửi")), Recipient(Party("TT Đảng ủy"))))
    assert len(said(body, "addressed")) == 1
    assert [one.party.name for one in fixed(body, "addressed").recipients] == ["TT Đảng ủy"]


@pytest.mark.parametrize(
    ("wrong", "right"),
    [
        ("góp ý của người trên địa bàn phường", "góp ý của người dân trên địa bàn phường"),
        ("cán bộ nhập dữ trên phần mềm", "cán bộ nhập dữ liệu trên phần mềm"),
        ("Ban Chi đạo QCDC phường", "Ban Chỉ đạo QCDC phường"),
        ("Kế hoạch của BCSD tỉnh", "Kế hoạch của BCSĐ tỉnh"),
        ("phần mềm http://gcdc.vnptlab.com", "phần mềm http://qcdc.vnptlab.com"),
        ("tổ chức triển khai thực hiện ./.", "tổ chức triển khai thực hiện./."),
    ],
)
def test_slips_of_earlier_plans_are_put_right(wrong, right):
    body = plan(wrong)
    assert len(said(body, "slip")) == 1
    assert fixed(body, "slip").sections[0].text == right


def test_a_slip_that_comes_again_is_told_once_and_mended_everywhere():
    body = plan("Kế hoạch của BCSD tỉnh", "mẫu của BCSD tỉnh")
    assert len(said(body, "slip")) == 1
    assert all("BCSĐ" in one.text for one in fixed(body, "slip").sections)


def test_a_title_misspelt_is_put_right():
    body = Body(signature=Signature(titles="TRƯỞNG BAN\nKiểm\nPHÓ TRƯỞNG BAN", signer="Người ký"))
    assert fixed(body, "slip").signature.titles == "TRƯỞNG BAN\nKiêm\nPHÓ TRƯỞNG BAN"


def test_two_makers_of_the_codes_are_named():
    body = plan(
        "(có danh sách mã QR- Code cho Ban chỉ đạo cấp tỉnh lập kèm theo)",
        "Giao Đoàn thanh niên phường: Xây dựng bộ câu hỏi, tạo mã QR- Code",
    )
    assert [one.section_id for one in look(body) if one.rule == "makers"] == ["s1"]


# Plan 001


def test_a_deadline_on_a_saturday_moves_to_friday():
    body = plan("về Ban Dân vận Tỉnh ủy, chậm nhất ngày 04/5/2024.")
    (found,) = [one for one in look(body) if one.rule == "day-off"]
    assert found.message % found.values == "Thời hạn “chậm nhất ngày 04/5/2024” là thứ Bảy."
    assert found.fix is not None
    assert found.fix.label % found.fix.values == "Đổi sang thứ Sáu 03/5"
    assert found.fix.apply(body).sections[0].text.endswith("chậm nhất ngày 03/5/2024.")


def test_one_tap_moves_the_day_in_every_duty_too():
    duty = Duty(what="Lập danh sách", lead=Party("Hội Nông dân"), due="chậm nhất ngày 04/5/2024")
    body = plan("gửi danh sách chậm nhất ngày 04/5/2024", duties=(duty, duty))
    assert len(said(body, "day-off")) == 1
    assert {one.due for one in fixed(body, "day-off").duties} == {"chậm nhất ngày 03/5/2024"}


def test_a_deadline_on_a_holiday_names_it_and_moves_before_the_rest():
    body = plan("chậm nhất ngày 01/5/2024")
    assert said(body, "day-off") == [
        "Thời hạn “chậm nhất ngày 01/5/2024” là ngày nghỉ: Ngày Quốc tế Lao động."
    ]
    assert fixed(body, "day-off").sections[0].text == "chậm nhất ngày 29/4/2024"


def test_a_deadline_within_tet_moves_before_it():
    body = plan("chậm nhất ngày 08/02/2027")  # 05 to 09/02/2027, a Friday to a Tuesday
    assert said(body, "day-off") == [
        "Thời hạn “chậm nhất ngày 08/02/2027” là ngày nghỉ: Tết Nguyên đán."
    ]
    assert fixed(body, "day-off").sections[0].text == "chậm nhất ngày 04/02/2027"


def test_a_date_in_words_moves_in_words():
    body = plan("chậm nhất ngày 04 tháng 5 năm 2024")
    assert fixed(body, "day-off").sections[0].text == "chậm nhất ngày 03 tháng 5 năm 2024"


@pytest.mark.parametrize("text", ["trước ngày 06/5/2024", "ngày 06/6/2026 hoặc ngày 07/6/2026"])
def test_days_off_that_are_meant_are_let_be(text):
    assert said(plan(text), "day-off") == []


# Plans 001 to 003


@pytest.mark.parametrize(
    ("link", "expected"),
    [
        ("https://zalo.me/g/gyvcdr416", "cũng là nhóm của “PKS 01”"),
        ("https://zalo.me/g/gyvcd416", "gần giống zalo.me/g/gyvcdr416 của “PKS 01”"),
    ],
)
def test_the_group_of_another_plan_is_known(link, expected):
    body = plan(f"Đường link tham gia nhóm zalo: {link}", f"nhắc lại {link}")
    (message,) = said(body, "zalo", zalo_links={"https://zalo.me/g/gyvcdr416": "PKS 01"})
    assert expected in message


def test_another_group_is_no_matter():
    body = plan("https://zalo.me/g/abcxyz123")
    assert said(body, "zalo", zalo_links={"https://zalo.me/g/gyvcdr416": "PKS 01"}) == []
    assert said(body, "zalo") == []


def test_distance_counts_letters():
    found = [distance("abc", other) for other in ("abc", "ab", "axc", "xabcy", "")]
    assert found == [0, 1, 1, 2, 3]


# Plan 002


def test_a_report_due_before_its_survey_ends_is_named():
    body = survey(
        "03 ngày, từ ngày 29/8 – 31/8/2024",
        "kiểm tra, giám sát và tổng hợp, báo cáo kết quả khảo sát trong tháng 8/2024.",
    )
    assert said(body, "report") == [
        "Báo cáo “trong tháng 8/2024” nhưng đến 31/8/2024 mới hết thời gian lấy ý kiến."
    ]


def test_a_report_after_the_survey_is_in_order():
    body = survey("từ ngày 06/5 - 08/5/2024", "báo cáo kết quả khảo sát trong tháng 5/2024")
    assert said(body, "report") == []


def test_the_duty_to_report_is_looked_at_too():
    duty = Duty(what="Tổng hợp, báo cáo kết quả", lead=Party("Ban"), due="ngày 07/5/2024")
    assert len(said(survey("từ ngày 06/5 - 08/5/2024", duties=(duty,)), "report")) == 1


# Plan 003


def test_too_few_days_to_prepare_are_counted():
    body = survey("Trong ngày 01/4/2024, tại các cơ quan xã")
    assert said(body, "late", on=date(2024, 3, 26)) == [
        "Kế hoạch ngày 26/3/2024, bắt đầu 01/4/2024: chỉ có 6 ngày chuẩn bị."
    ]
    assert said(body, "late", on=date(2024, 3, 25)) == []


def test_a_text_without_accents_is_told():
    bare = "To chuc khao sat, lay y kien cua can bo, cong chuc ve viec thuc hien quy che dan chu "
    assert len(said(plan(bare * 2), "marks")) == 1
    assert said(plan("Tổ chức khảo sát, lấy ý kiến của cán bộ, công chức " * 3), "marks") == []


# Plan 004


def test_fewer_than_twenty_days_are_too_few_for_a_consultation():
    body = consultation("Từ ngày 01/6/2026 đến hết ngày 07/6/2026")
    (message,) = said(body, "short", **JUNE)
    assert "là 7 ngày" in message
    assert said(consultation("Từ ngày 01/6/2026 đến hết ngày 20/6/2026"), "short", **JUNE) == []
    assert said(survey("Từ ngày 01/6/2026 đến ngày 07/6/2026"), "short", **JUNE) == []


def test_the_window_is_all_that_stands_below_its_section():
    body = Body(
        summary="Tổ chức lấy ý kiến đối với Dự thảo Quy chế",
        sections=(
            Section(level=Level.POINT, heading="Thời gian thực hiện"),
            Section(level=Level.DASH, text="cơ quan: từ ngày 01/6/2026 đến hết ngày 05/6/2026."),
            Section(level=Level.DASH, text="tổ dân phố: ngày 06/6/2026 hoặc ngày 07/6/2026."),
            Section(level=Level.POINT, heading="Khác", text="từ ngày 01/8/2026 - 02/8/2026"),
        ),
    )
    assert "từ 01/6/2026 đến 07/6/2026 là 7 ngày" in said(body, "short", **JUNE)[0]


def test_council_and_front_are_recipients_of_a_consultation():
    body = consultation(recipients=(Recipient(Party("Các phòng, ban, ngành phường")),))
    found = [one for one in look(body, front_group="commune:front", **JUNE)
             if one.rule in {"no-council", "no-front"}]  # fmt: skip
    assert len(found) == 2
    for one in found:
        assert one.fix is not None
        body = one.fix.apply(body)
    assert said(body, "no-council", **JUNE) == said(body, "no-front", **JUNE) == []
    assert body.recipients[0].party.group == "commune:front"


def test_the_councils_office_is_not_the_council():
    body = consultation(recipients=(Recipient(Party("Văn phòng HĐND và UBND phường")),))
    assert len(said(body, "no-council", **JUNE)) == 1


@pytest.mark.parametrize("name", ["TT HĐND phường", "Thường trực Đảng ủy, HĐND phường"])
def test_the_council_has_many_names(name):
    assert said(consultation(recipients=(Recipient(Party(name)),)), "no-council", **JUNE) == []


def test_spaces_in_the_symbol_are_taken_out():
    body = Body(head=Head(symbol=" - UBND"))
    assert len(said(body, "symbol")) == 1
    assert fixed(body, "symbol").head.symbol == "UBND"


def test_typed_numbers_that_jump_are_named_and_dropped():
    headings = ("I. MỤC ĐÍCH", "II. NỘI DUNG", "III. ĐỐI TƯỢNG", "V. TỔ CHỨC THỰC HIỆN")
    body = Body(sections=tuple(Section(level=Level.PART, heading=one) for one in headings))
    messages = said(body, "number", form=STATE)
    assert messages[-1] == "“V. TỔ CHỨC THỰC HIỆN” ghi số V, theo thứ tự phải là IV."
    assert len(messages) == 4
    (last,) = {one.fix.apply for one in look(body, form=STATE) if one.rule == "number" and one.fix}
    assert [one.heading for one in last(body).sections][-1] == "TỔ CHỨC THỰC HIỆN"


def test_one_window_in_two_wordings_is_named():
    body = consultation(
        "Tổ chức lấy ý kiến Nhân dân ngày 06/6/2026 hoặc ngày 07/6/2026.",
        "Tổ chức việc lấy ý kiến cử tri: Từ ngày 06/6/2026 đến ngày 07/6/2026.",
    )
    (message,) = said(body, "twice", **JUNE)
    assert "hoặc" in message


def test_a_duty_with_another_end_than_the_window_is_named():
    duty = Duty(what="Trực", lead=Party("Hội"), due="từ ngày 06/5/2024 đến ngày 09/5/2024")
    assert len(said(survey("từ ngày 06/5 - 08/5/2024", duties=(duty,)), "twice")) == 1


def test_an_item_that_opens_the_list_it_stands_in_is_lifted_out():
    body = plan("Tập trung lấy ý kiến đối với các nội dung, gồm:", "Phạm vi điều chỉnh.")
    assert len(said(body, "list")) == 1
    assert fixed(body, "list").sections[0].level == Level.PLAIN


def test_a_plan_dated_after_its_start_is_named():
    assert said(consultation(), "late", on=date(2026, 6, 3), form=STATE) == [
        "Kế hoạch ngày 03/6/2026 nhưng đã bắt đầu từ 01/6/2026."
    ]
    assert said(consultation(), "late", on=date(2026, 6, 1), form=STATE) == [
        "Kế hoạch ngày 01/6/2026, bắt đầu ngay trong ngày: không có ngày chuẩn bị."
    ]


# Any document
def test_a_window_gone_by_is_named():
    assert said(survey("từ ngày 06/5 - 08/5/2024"), "past", on=None) == [
        "Thời gian từ 06/5/2024 đến 08/5/2024 đã qua."
    ]
    assert said(survey("từ ngày 06/5 - 08/5/2024"), "past", on=date(2024, 4, 20)) == []


def test_a_wrong_count_of_days_is_put_right():
    body = survey("Khảo sát 03 ngày, từ ngày 06/5 - 09/5/2024")
    assert said(body, "duration") == ["Ghi 03 ngày, nhưng “từ ngày 06/5 - 09/5/2024” là 4 ngày."]
    assert fixed(body, "duration").sections[0].text.startswith("Khảo sát 04 ngày, từ")


@pytest.mark.parametrize("due", ["31/02/2024", "9/11/26"])
def test_days_that_cannot_be_are_shown_as_typed(due):
    duty = Duty(id="d1", what="Báo cáo", lead=Party("Ban"), due=due)
    (found,) = [one for one in look(Body(duties=(duty,))) if one.rule == "no-day"]
    assert found.section_id == "d1"
    assert due in found.message % found.values


def test_a_deadline_nobody_can_read_is_told():
    duty = Duty(what="Báo cáo", lead=Party("Ban"), due="càng sớm càng tốt")
    assert len(said(Body(duties=(duty,)), "no-deadline")) == 1


def test_a_duty_needs_somebody_and_a_day():
    body = Body(duties=(Duty(id="d1", what="Tuyên truyền"), Duty(id="d2", due="hằng ngày")))
    assert said(body, "no-lead") == [
        "Việc “Tuyên truyền” chưa có nơi chủ trì.", "Việc 2 chưa có nơi chủ trì.",
    ]  # fmt: skip
    assert said(body, "no-due") == ["Việc “Tuyên truyền” chưa có thời hạn."]


def test_somebody_signs():
    assert said(Body(), "no-signer") == ["Chưa có người ký."]
    assert said(Body(signature=SIGNED), "no-signer") == []


def test_old_encodings_are_told():
    assert len(said(plan("Uû ban nh©n d©n ph­êng"), "encoding")) == 1


def test_a_citation_in_part_is_told():
    assert len(said(Body(bases=("Công văn số 2858-CV/TU",)), "citation")) == 1


def test_a_key_stays_while_the_mistake_stands():
    before = plan("chậm nhất ngày 04/5/2024", "khác")
    after = plan("Gửi danh sách chậm nhất ngày 04/5/2024", "đã sửa")
    other = plan("chậm nhất ngày 11/5/2024")
    keys = [next(w.key for w in look(b) if w.rule == "day-off") for b in (before, after, other)]
    assert keys[0] == keys[1] != keys[2]


def test_every_sentence_can_be_written():
    body = plan("Ban Chi đạo 31/02/2024", "https://zalo.me/g/x1", duties=(Duty(),))
    for one in look(body):
        assert "%(" not in one.message % one.values
        assert {"text", "string"}.isdisjoint(one.values)
