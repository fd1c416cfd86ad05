"""Compose decides every line that is printed, by the format and the type."""

import unicodedata
from dataclasses import replace
from datetime import date

import pytest

from portal.core import clock
from portal.features.documents.body import (
    Appendix,
    AppendixKind,
    Head,
    Level,
    Signature,
)
from portal.features.documents.paper import CodeTable, Grid, Paragraph
from portal.features.documents.paper.compose import citation, compose
from tests.support.composed import BODY, ISSUED, PLAN, STATE, recipient, section, units


def changed(document=PLAN, **fields):
    return replace(document, body=replace(document.body, **fields))


def texts(paper, style=None):
    """Give the paragraphs as text: bold in **, italic in //, notes in [[ ]]."""
    return [
        "".join(_shown(run) for run in block.runs)
        for block in paper.blocks
        if isinstance(block, Paragraph) and style in (None, block.style)
    ]


def _shown(run):
    mark = "**" if run.bold else "//" if run.italic else ""
    return mark + run.text + mark + (f"[[{run.note}]]" if run.note else "")


def test_the_head_of_a_party_plan_reads_as_its_source():
    paper = compose(ISSUED)
    assert (paper.parent_lines, paper.issuer_lines) == (
        ("TỈNH ỦY BẮC GIANG",),
        ("BCĐ THỰC HIỆN QCDC TỈNH",),
    )
    assert paper.number_line == "Số 191-KH/BCĐ"
    assert paper.date_line == "Bắc Giang, ngày 26 tháng 3 năm 2024"
    assert paper.type_line == "KẾ HOẠCH"


def test_days_below_ten_and_the_first_two_months_get_a_nought():
    assert compose(replace(ISSUED, dated_on=date(2026, 2, 5))).date_line.endswith(
        "ngày 05 tháng 02 năm 2026"
    )


def test_a_draft_leaves_gaps_for_number_and_day_and_says_what_it_is():
    paper = compose(PLAN)
    assert paper.is_draft
    assert " ".join(paper.number_line.split()) == "Số -KH/BCĐ"
    year = clock.today().year
    assert " ".join(paper.date_line.split()) == f"Bắc Giang, ngày tháng năm {year}"
    assert "\u00a0\u00a0" in paper.number_line
    assert "\u00a0\u00a0" in paper.date_line


@pytest.mark.parametrize(
    ("state", "is_draft"),
    [("submitted", True), ("returned", True), ("approved", False), ("issued", False)],
)
def test_only_what_may_still_change_is_marked_as_a_draft(state, is_draft):
    assert compose(replace(PLAN, state=state)).is_draft is is_draft


def test_spaces_in_the_symbol_are_taken_out():
    given = replace(STATE, number=5, number_text="Số: 05/KH - UBND", dated_on=date(2026, 6, 1))
    assert compose(given).number_line == "Số: 05/KH-UBND"
    loose = changed(STATE, head=replace(STATE.body.head, symbol=" UBND - VHXH "))
    assert compose(loose).number_line.endswith("/KH-UBND-VHXH")


@pytest.mark.parametrize(
    ("name", "lines"),
    [
        ("ỦY BAN NHÂN DÂN PHƯỜNG BẮC KẠN", ("ỦY BAN NHÂN DÂN", "PHƯỜNG BẮC KẠN")),
        (
            "ỦY BAN MẶT TRẬN TỔ QUỐC VIỆT NAM PHƯỜNG BẮC KẠN",
            ("ỦY BAN MẶT TRẬN", "TỔ QUỐC VIỆT NAM", "PHƯỜNG BẮC KẠN"),
        ),
        (
            "SỞ NÔNG NGHIỆP VÀ PHÁT TRIỂN NÔNG THÔN",
            ("SỞ NÔNG NGHIỆP VÀ", "PHÁT TRIỂN NÔNG THÔN"),
        ),
        ("ĐẢNG ỦY\nPHƯỜNG 10", ("ĐẢNG ỦY", "PHƯỜNG 10")),
    ],
)
def test_a_long_name_is_broken_between_its_phrases(name, lines):
    assert compose(changed(STATE, head=Head("", name))).issuer_lines == lines


def test_the_party_begins_a_summary_with_a_small_letter_and_the_state_with_a_capital():
    assert compose(PLAN).summary_lines == (
        "tổ chức khảo sát, lấy ý kiến của cán bộ, công chức",
        "về việc thực hiện quy chế dân chủ tại cơ quan cấp xã",
    )
    assert compose(changed(STATE, summary="lấy ý kiến")).summary_lines == ("Lấy ý kiến",)
    assert compose(changed(summary="UBND phường báo cáo")).summary_lines[0].startswith("UBND")


def test_a_note_in_the_summary_is_a_footnote_and_not_part_of_the_title():
    paper = compose(PLAN)
    assert paper.summary_note == "Cơ quan Đảng ủy, Ủy ban nhân dân."
    assert paper.title.startswith("Kế hoạch tổ chức khảo sát")
    assert "[[" not in paper.title


@pytest.mark.parametrize(
    ("form", "lines"),
    [
        ("state-nd30", ["//Căn cứ Luật A;//", "//Căn cứ Luật B.//"]),
        ("party-hd36", ["Căn cứ Luật A,", "Căn cứ Luật B,"]),
        ("party-hd05", ["- Căn cứ Luật A;", "- Căn cứ Luật B;"]),
    ],
)
def test_bases_end_as_the_format_says(form, lines):
    given = replace(changed(bases=("Căn cứ Luật A.", "- Căn cứ Luật B ;")), format_code=form)
    assert texts(compose(given), "basis") == lines


def test_the_party_runs_a_points_heading_into_its_text():
    shown = texts(compose(PLAN))
    assert "**II. NỘI DUNG**" in shown
    assert "//1. Đối tượng:// Cán bộ cấp xã." in shown
    assert "Công chức cấp xã." in shown
    assert "//2. Cách làm//" in shown
    assert "2.1. Công cụ: Mã QR." in shown
    assert "1. Thu thập thông tin[[Qua phiếu.]] nhanh." in shown


def test_the_state_gives_a_points_heading_a_bold_line():
    shown = texts(compose(STATE))
    assert shown[shown.index("**1. Đối tượng**") + 1] == "Cán bộ cấp xã."


def test_a_heading_stays_with_what_follows():
    blocks = [block for block in compose(PLAN).blocks if isinstance(block, Paragraph)]
    kept = {block.runs[0].text for block in blocks if block.keep_with_next}
    assert {"I. MỤC ĐÍCH, YÊU CẦU", "2. Cách làm"} <= kept
    assert "1. Đối tượng:" not in kept


def test_the_duties_stand_after_their_section_without_empty_columns():
    blocks = compose(PLAN).blocks
    place = next(n for n, block in enumerate(blocks) if isinstance(block, Grid))
    grid = blocks[place]
    assert grid.head == ("TT", "Nội dung", "Chủ trì", "Thời hạn")
    assert grid.rows[1] == ("2", "Báo cáo", "Huyện ủy", "Trong tháng 5")
    assert sum(grid.widths) == pytest.approx(1)
    assert blocks[place + 1].runs[0].text == "IV. ĐIỀU KHOẢN"


@pytest.mark.parametrize(
    ("form", "end"), [("party-hd36", "thực hiện./."), ("party-hd05", "thực hiện.")]
)
def test_the_last_word_carries_the_end_mark(form, end):
    for closing in ("Đề nghị thực hiện ./.", "Đề nghị thực hiện", "Đề nghị thực hiện."):
        given = replace(changed(closing=closing), format_code=form)
        assert texts(compose(given))[-1] == f"Đề nghị {end}"


def test_without_a_closing_the_last_section_carries_it():
    given = changed(closing="", sections=(section(Level.DASH, "", "Niêm yết."),), duties=())
    assert texts(compose(given))[-1] == "- Niêm yết./."


@pytest.mark.parametrize(
    ("document", "signature", "authority", "titles"),
    [
        (STATE, Signature("TM. UBND", "KT. CHỦ TỊCH\nPhó Chủ tịch"),
         ("TM. UBND",), ("KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH")),
        (PLAN, Signature("TM. ĐẢNG ỦY", "KT. BÍ THƯ\nPHÓ BÍ THƯ\nKiêm\nPHÓ TRƯỞNG BAN"),
         ("T/M ĐẢNG ỦY",), ("PHÓ BÍ THƯ", "kiêm", "PHÓ TRƯỞNG BAN")),
        (PLAN, Signature("", "KT. TRƯỞNG BAN\nPHÓ TRƯỞNG BAN"),
         (), ("K/T TRƯỞNG BAN", "PHÓ TRƯỞNG BAN")),
        (PLAN, Signature("TL. BAN THƯỜNG VỤ", "CHÁNH VĂN PHÒNG kiêm TRƯỞNG BAN"),
         ("T/L BAN THƯỜNG VỤ",), ("CHÁNH VĂN PHÒNG", "kiêm", "TRƯỞNG BAN")),
        (STATE, Signature("TUQ. CHỦ TỊCH", "Q. TRƯỞNG PHÒNG"),
         ("TUQ. CHỦ TỊCH",), ("Q. TRƯỞNG PHÒNG",)),
    ],
)  # fmt: skip
def test_the_signature_is_marked_as_the_regime_has_it(document, signature, authority, titles):
    paper = compose(changed(document, signature=signature))
    assert (paper.authority_lines, paper.title_lines) == (authority, titles)


def test_recipients_end_as_the_format_says_and_the_keeper_is_last():
    assert compose(PLAN).recipients == (
        "- Ban Dân vận Trung ương (b/c),", "- Các huyện ủy,", "- Lưu VT.",
    )  # fmt: skip
    assert compose(STATE).recipients[-2:] == ("- Các huyện ủy;", "- Lưu: VT.")


def test_a_letter_prints_its_subject_and_whom_it_addresses():
    given = changed(STATE, addressees="UBND các xã;\nMặt trận Tổ quốc tỉnh", summary="Lấy ý kiến")
    paper = compose(replace(given, type_code="cong_van"))
    assert (paper.type_line, paper.summary_lines) == ("", ())
    assert paper.subject_lines == ("V/v lấy ý kiến",)
    assert paper.addressees == ("Kính gửi:", "- UBND các xã;", "- Mặt trận Tổ quốc tỉnh.")
    assert paper.recipients[0] == "- Như trên;"


def test_the_only_addressee_stands_on_the_line_of_the_greeting():
    given = replace(changed(addressees="Ban Dân vận Tỉnh ủy"), type_code="to_trinh")
    assert compose(given).addressees == ("Kính gửi: Ban Dân vận Tỉnh ủy",)
    invited = replace(given, type_code="giay_moi")
    assert compose(invited).addressees == ("Kính mời: Ban Dân vận Tỉnh ủy",)


def test_who_was_addressed_is_said_once_among_the_recipients():
    given = changed(addressees="Ban Dân vận", recipients=(recipient("Như trên"),))
    assert compose(replace(given, type_code="to_trinh")).recipients == ("- Như trên,", "- Lưu VT.")


def test_a_decision_names_who_decides_and_has_articles():
    given = changed(
        STATE, duties=(), closing="", sections=(section(Level.PART, "", "Thành lập Tổ công tác."),)
    )
    shown = texts(compose(replace(given, type_code="quyet_dinh")))
    assert shown[0] == "**ỦY BAN NHÂN DÂN PHƯỜNG BẮC KẠN**"
    assert shown[-2:] == ["**QUYẾT ĐỊNH:**", "**Điều 1. **Thành lập Tổ công tác./."]
    chair = changed(given, signature=Signature("", "KT. CHỦ TỊCH\nPHÓ CHỦ TỊCH"))
    shown = texts(compose(replace(chair, type_code="quyet_dinh")))
    assert shown[0] == "**CHỦ TỊCH ỦY BAN NHÂN DÂN PHƯỜNG BẮC KẠN**"


def test_a_resolution_is_the_councils_also_where_its_head_signs():
    head = replace(STATE.body.head, issuer_name="HỘI ĐỒNG NHÂN DÂN\nPHƯỜNG BẮC KẠN")
    given = changed(STATE, head=head, signature=Signature("", "CHỦ TỊCH"))
    shown = texts(compose(replace(given, type_code="nghi_quyet")), "centred")
    assert shown == ["**HỘI ĐỒNG NHÂN DÂN PHƯỜNG BẮC KẠN**", "**QUYẾT NGHỊ:**"]


@pytest.mark.parametrize(
    ("authority", "decider"),
    [
        ("T/M ĐẢNG ỦY", "ĐẢNG ỦY PHƯỜNG 10"),
        ("T/M BAN THƯỜNG VỤ", "BAN THƯỜNG VỤ ĐẢNG ỦY PHƯỜNG 10"),
    ],
)
def test_the_party_decides_by_whom_it_is_signed_for(authority, decider):
    given = changed(head=Head("", "ĐẢNG ỦY PHƯỜNG 10"), signature=Signature(authority, "BÍ THƯ"))
    shown = texts(compose(replace(given, type_code="quyet_dinh")), "centred")
    assert shown == [f"**{decider} QUYẾT ĐỊNH:**"]


def test_a_title_as_wide_as_its_column_stays_on_one_line():
    given = changed(signature=Signature("", "PHÓ TRƯỞNG BAN THƯỜNG TRỰC"))
    assert compose(given).title_lines == ("PHÓ TRƯỞNG BAN THƯỜNG TRỰC",)


def test_appendices_are_numbered_and_refer_to_their_document():
    two = (Appendix(title="Biểu"), Appendix(title="Danh sách"))
    papers = compose(changed(ISSUED, appendices=two)).annexes
    assert [annex.label for annex in papers] == ["Phụ lục I", "Phụ lục II"]
    assert [annex.title for annex in papers] == ["BIỂU", "DANH SÁCH"]
    assert papers[0].reference == (
        "(Kèm theo Kế hoạch số 191-KH/BCĐ, ngày 26/3/2024 của BCĐ thực hiện QCDC tỉnh)"
    )
    assert compose(changed(appendices=two[:1])).annexes[0].label == "Phụ lục"


def test_a_table_is_read_from_tabs():
    given = Appendix(
        kind=AppendixKind.TABLE, text="TT\tĐơn vị\tSố phiếu\n1\tXã Tân Mỹ\t25\n2\tXã B"
    )
    (grid,) = compose(changed(appendices=(given,))).annexes[0].blocks
    assert grid.head == ("TT", "Đơn vị", "Số phiếu")
    assert grid.rows == (("1", "Xã Tân Mỹ", "25"), ("2", "Xã B", ""))
    assert grid.centred == {0, 2}


def test_lists_that_the_portal_makes_have_every_unit_with_its_code():
    lists = (Appendix(kind=AppendixKind.UNITS), Appendix(kind=AppendixKind.QR_CODES))
    listed, scanned = compose(changed(appendices=lists), units=units(209)).annexes
    assert listed.blocks[0].rows[208] == ("209", "Xã 209", "Huyện Mẫu")
    assert isinstance(scanned.blocks[0], CodeTable)
    line, address = scanned.blocks[0].items[0]
    assert line == "1. Xã 1\nHuyện Mẫu\nk7rm-0001"
    assert address == "https://danchu.example.vn/k7rm0001"


def test_before_there_are_codes_the_units_are_listed():
    given = changed(appendices=(Appendix(kind=AppendixKind.QR_CODES),))
    waiting = tuple(replace(unit, code="", address="") for unit in units(3))
    (block,) = compose(given, units=waiting).annexes[0].blocks
    assert isinstance(block, Grid)
    assert compose(given).annexes[0].blocks == ()


def test_everything_printed_is_composed_unicode():
    paper = compose(changed(summary=unicodedata.normalize("NFD", "Lấy ý kiến về dự thảo")))
    assert paper.summary_lines == ("lấy ý kiến về dự thảo",)


def test_a_public_copy_hides_the_officials_group():
    given = changed(ISSUED, opening="Nhóm: https://zalo.me/g/gyvcdr416.")
    assert "gyvcdr416" in texts(compose(given))[2]
    assert "gyvcdr416" not in str(compose(given, public=True))


@pytest.mark.parametrize(
    ("name", "written"),
    [
        ("ỦY BAN NHÂN DÂN PHƯỜNG BẮC KẠN", "Ủy ban nhân dân phường Bắc Kạn"),
        ("BAN DÂN VẬN TỈNH ỦY BẮC GIANG", "Ban Dân vận Tỉnh ủy Bắc Giang"),
        ("Đảng ủy phường Ngô Quyền", "Đảng ủy phường Ngô Quyền"),
    ],
)
def test_a_citation_writes_the_issuer_as_in_a_sentence(name, written):
    given = replace(STATE, number=5, number_text="Số: 05/KH-UBND", dated_on=date(2026, 6, 1))
    given = changed(given, head=replace(BODY.head, issuer_name=name))
    assert citation(given) == f"Kế hoạch số 05/KH-UBND ngày 01 tháng 6 năm 2026 của {written}"


@pytest.mark.parametrize("kind", ["bao_cao", "thong_bao", "bien_ban", "huong_dan", "nghi_quyet"])
@pytest.mark.parametrize("form", ["state-nd30", "party-hd36", "party-hd05"])
def test_every_type_is_composed_in_every_format(kind, form):
    assert compose(replace(ISSUED, type_code=kind, format_code=form)).type_line


def test_what_an_annex_refers_to_is_dotted_while_it_has_no_number_and_no_day():
    assert citation(PLAN).startswith("Kế hoạch số ……-KH/BCĐ, ngày …… tháng …… năm …… của ")
