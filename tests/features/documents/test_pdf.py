"""PDFs are opened again: read by a text search, measured, decoded, and looked at as pixels."""

import re
import time
from dataclasses import replace
from io import BytesIO
from itertools import pairwise

import pypdfium2
import pytest
import zxingcpp
from PIL import Image

from portal.features.documents.body import Appendix, AppendixKind
from portal.features.documents.formats import format_of, types
from portal.features.documents.paper import Grid, Paper, Paragraph, Run
from portal.features.documents.paper.compose import compose
from portal.features.documents.rendering import pdf
from tests.support.composed import ISSUED, listing
from tests.support.composed import units as some
from tests.support.printed import (
    ADDRESS,
    LETTER,
    PARTY,
    STATE,
    codes,
    disagreements,
    part,
    structure,
    text,
    units,
    with_annexes,
)

MM = 72 / 25.4
HD05 = replace(PARTY, form=format_of("party-hd05"))
LONG = replace(PARTY, blocks=PARTY.blocks * 8)


def opened(paper: Paper) -> pypdfium2.PdfDocument:
    return pypdfium2.PdfDocument(pdf.draw(paper))


def words(document: pypdfium2.PdfDocument, page: int = 0) -> str:
    found = document[page].get_textpage().get_text_bounded()
    return re.sub(r"[\s\u200b]+", " ", found.replace("\ufffe", "-"))


def lines(document: pypdfium2.PdfDocument, page: int = 0) -> list[str]:
    found = document[page].get_textpage().get_text_bounded()
    return [line.strip() for line in found.splitlines()]


def box(document: pypdfium2.PdfDocument, said: str, page: int = 0) -> tuple[float, ...]:
    """Give left, bottom, right and top of a text, in mm from the lower left corner."""
    shown = document[page].get_textpage()
    place = shown.search(said).get_next()
    assert place is not None, said
    corners = [shown.get_charbox(place[0] + i) for i in range(place[1])]
    corners = [corner for corner in corners if corner[2] > corner[0]]
    edges = list(zip(*corners, strict=True))
    return tuple(
        round(pick(edge) / MM, 1) for pick, edge in zip((min, min, max, max), edges, strict=True)
    )


def picture(document: pypdfium2.PdfDocument, page: int = 0, dpi: int = 72) -> Image.Image:
    return document[page].render(scale=dpi / 72).to_pil()


def rules(document: pypdfium2.PdfDocument) -> list[tuple[float, float]]:
    """Give the lines drawn on the first page from the top: left end and length, in mm."""
    image = picture(document, dpi=254).convert("1", dither=Image.Dither.NONE)
    found, above = [], -10
    for y in range(image.height // 3):
        row = image.crop((0, y, image.width, y + 1)).tobytes()
        dark = "".join(f"{255 - byte:08b}" for byte in row)[: image.width]
        longest = max(
            re.finditer("1+", dark), key=lambda run: run.end() - run.start(), default=None
        )
        if longest and longest.end() - longest.start() > 80 and y - above > 5:
            found.append((longest.start() / 10, (longest.end() - longest.start()) / 10))
            above = y
    return found


@pytest.mark.parametrize("paper", [STATE, PARTY, HD05, LETTER])
def test_the_page_is_a4_with_the_margins_of_the_format(paper):
    document = opened(paper)
    assert [round(side / MM) for side in document[0].get_size()] == [210, 297]
    ink = picture(document).convert("L").point(lambda v: 255 if v < 250 else 0).getbbox()
    left, top, right, bottom = (edge / MM for edge in ink)
    assert left >= 29.5
    assert top >= 19.3  # a hook over a capital stands out
    assert right <= 195.5
    assert bottom <= 277.5


def test_the_national_title_stands_on_one_line_with_a_line_as_long_as_its_motto():
    document = opened(STATE)
    assert "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM" in words(document)
    title, motto = box(document, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"), box(
        document, "Độc lập - Tự do - Hạnh phúc"
    )  # fmt: skip
    assert title[3] - title[1] < 6
    assert title[2] <= 195
    assert abs(rules(document)[0][1] - (motto[2] - motto[0])) < 1


def test_the_line_under_the_issuer_is_a_third_to_a_half_of_the_name():
    document = opened(STATE)
    left, _, right, _ = box(document, "PHƯỜNG BẮC KẠN")
    under = next(length for start, length in rules(document) if start < 80)
    widest = box(document, "ỦY BAN NHÂN DÂN")
    longest = max(right - left, widest[2] - widest[0])
    assert longest / 3 <= under <= longest / 2


def test_the_party_has_its_own_head_a_star_and_dashes():
    shown = lines(opened(PARTY))
    assert "*" in shown
    assert "-----" in shown
    assert "CỘNG HÒA" not in " ".join(shown)
    assert abs(rules(opened(PARTY))[0][1] - _width(PARTY, "ĐẢNG CỘNG SẢN VIỆT NAM")) < 1


def _width(paper: Paper, said: str) -> float:
    left, _, right, _ = box(opened(paper), said)
    return right - left


@pytest.mark.parametrize("paper", [STATE, PARTY])
def test_number_and_date_stand_in_one_row(paper):
    document = opened(paper)
    number, day = box(document, paper.number_line[:3]), box(document, paper.date_line[-4:])
    assert abs(number[1] - day[1]) < 1


def test_a_draft_says_so_over_its_number():
    document = opened(replace(STATE, is_draft=True))
    assert box(document, "DỰ THẢO")[1] > box(document, "Số:")[1]
    assert "DỰ THẢO" not in words(opened(STATE))


def test_a_letter_has_its_subject_under_the_number_and_its_addressees_below():
    document = opened(LETTER)
    subject = box(document, "V/v tuyên truyền")
    assert box(document, "Số: 12/UBND-VX")[1] > subject[1] > box(document, "Kính gửi:")[1]
    assert "KẾ HOẠCH" not in words(document).split("Kính gửi")[0]


@pytest.mark.parametrize("paper", [STATE, PARTY])
def test_the_first_line_is_indented_and_full_lines_reach_both_margins(paper):
    document = opened(paper)
    first = box(document, "Ban Dân vận Tỉnh ủy xây dựng Kế hoạch")
    ends = [box(document, said) for said in ("lấy ý kiến của", "phường, thị trấn, làm căn cứ")]
    assert abs(first[0] - 30 - paper.form.indent_mm) < 0.7
    assert abs(ends[1][0] - 30) < 0.7
    image = picture(document, dpi=254).convert("L")
    assert image.crop((1948, 900, 1952, 1500)).getextrema()[0] < 128


def test_lines_stand_as_far_apart_as_the_format_says():
    document = opened(replace(PARTY, blocks=(text("chữ " * 200),)))
    shown = document[0].get_textpage()
    tops = sorted({round(shown.get_charbox(i)[1], 1) for i in range(shown.count_chars())
                   if shown.get_text_range(i, 1) == "c"}, reverse=True)  # fmt: skip
    steps = {round(a - b) for a, b in pairwise(tops) if a - b < 30}
    assert 18 in steps


def test_pages_are_numbered_from_the_second_in_the_middle_of_the_margin():
    document = opened(with_annexes(LONG, (units(60),), (units(3),)))
    first = [lines(document, page)[0] for page in range(len(document))]
    main = next(page for page, line in enumerate(first) if line == "Phụ lục I")
    assert first[1:main] == [str(number) for number in range(2, main + 1)]
    assert first[main:] == ["Phụ lục I", "2", "Phụ lục II"]
    left, bottom, right, _ = box(document, "2", 1)
    assert abs((left + right) / 2 - 112.5) < 0.5
    assert 297 - 20 < bottom < 297


def test_a_table_repeats_its_head_on_every_page():
    document = opened(with_annexes(PARTY, (units(209),)))
    assert len(document) > 5
    for page in range(1, len(document)):
        assert "TT Đơn vị Huyện Địa chỉ phiếu" in words(document, page)
    assert "Xã Mẫu 209" in words(document, len(document) - 1)


def test_a_footnote_stands_on_the_page_of_its_mark():
    document = opened(PARTY)
    assert "1Theo Luật Thực hiện dân chủ ở cơ sở." in words(document)
    assert box(document, "Theo Luật Thực hiện")[1] < 40


@pytest.mark.parametrize("count", range(20, 44, 3))
def test_the_signature_is_never_parted_nor_alone_on_a_page(count):
    blocks = (*(text(f"- Ý {n}.", "dash") for n in range(count)), text("Lời cuối./."))
    document = opened(replace(PARTY, blocks=blocks))
    last = words(document, len(document) - 1)
    for said in ("Lời cuối./.", "Nơi nhận:", "Lưu VT.", "K/T TRƯỞNG BAN", "Nguyễn Văn Mẫu"):
        assert said in last


@pytest.mark.parametrize("count", range(8, 32, 3))
def test_a_table_at_the_end_gives_the_signature_its_last_row(count):
    document = opened(replace(PARTY, blocks=(text("Theo bảng:"), units(count))))
    last = words(document, len(document) - 1)
    assert f"Xã Mẫu {count}" in last
    assert "Nguyễn Văn Mẫu" in last
    for page in range(len(document)):
        assert words(document, page).count("Địa chỉ phiếu") <= 1
    assert "Địa chỉ phiếu" in last


def test_recipients_stand_beside_the_signature():
    document = opened(PARTY)
    assert abs(box(document, "Nơi nhận:")[3] - box(document, "K/T TRƯỞNG BAN")[3]) < 2
    assert box(document, "Lưu VT")[2] < box(document, "TRƯỞNG BAN DÂN VẬN")[0]


def test_a_heading_is_never_the_last_line_of_a_page():
    for count in range(28, 36):
        blocks = (*(text("Dòng.") for _ in range(count)), part("II. PHẦN HAI"), text("Sau đó."))
        document = opened(replace(PARTY, blocks=blocks))
        pages = [words(document, page) for page in range(len(document))]
        assert any("II. PHẦN HAI Sau đó." in page for page in pages)


def test_every_code_is_decoded_and_stands_over_its_address():
    document = opened(with_annexes(PARTY, (codes(12),)))
    page = len(document) - 1
    found = zxingcpp.read_barcodes(picture(document, page, dpi=150))
    assert {code.text for code in found} == {f"{ADDRESS}{n}" for n in range(12)}
    assert "danchu.example.vn/k7rm4wxq11" in words(document, page)


@pytest.mark.parametrize("paper", [STATE, LETTER, with_annexes(LONG, (units(40),), (codes(4),))])
def test_it_is_tagged_named_in_vietnamese_and_keeps_to_the_standard(paper):
    raw = pdf.draw(paper)
    document = pypdfium2.PdfDocument(raw)
    assert document.get_metadata_value("Title") == paper.title
    assert document.is_tagged()
    assert re.search(rb"/Lang\s*\(vi", raw)
    assert b"<pdfuaid:part>1</pdfuaid:part>" in raw
    assert not document.get_metadata_value("Author")


def test_a_reader_hears_headings_tables_with_heads_and_pictures_described():
    document = opened(with_annexes(STATE, (units(3),), (codes(2),)))
    spoken = [one for page in range(len(document)) for one in structure(document, page)]
    assert {"H1", "P", "Table", "TH", "TD", "Note", "Figure"} <= {tag for tag, _ in spoken}
    assert ("Figure", f"Mã QR của địa chỉ {ADDRESS}1") in spoken


@pytest.mark.parametrize(
    ("form", "kind"),
    [
        *(("state-nd30", kind.code) for kind in types()),
        *(("party-hd36", kind) for kind in ("ke_hoach", "cong_van", "nghi_quyet")),
        *(("party-hd05", kind) for kind in ("ke_hoach", "quyet_dinh", "giay_moi")),
    ],
)
def test_word_and_pdf_say_the_same_in_the_same_order(form, kind):
    lists = (Appendix(kind=AppendixKind.UNITS, title="Danh sách đơn vị"),
             Appendix(kind=AppendixKind.QR_CODES, title="Mã QR"))  # fmt: skip
    given = replace(listing(ISSUED, *lists), type_code=kind, format_code=form)
    addressed = replace(given, body=replace(given.body, addressees="Tổ 1\nTổ 2"))
    assert disagreements(compose(addressed, units=some(4))) == []


def test_parts_and_appendices_are_bookmarks():
    outline = [item.get_title() for item in opened(with_annexes(PARTY, (units(3),))).get_toc()]
    assert outline[:2] == ["I. MỤC ĐÍCH, YÊU CẦU", "II. NỘI DUNG, PHƯƠNG PHÁP THỰC HIỆN"]
    assert outline[2].startswith("Phụ lục I")


def test_only_the_bundled_face_is_embedded():
    fonts = set(re.findall(rb"/BaseFont\s*/[A-Z]{6}\+([A-Za-z]+)", pdf.draw(PARTY)))
    assert fonts == {b"LiberationSerif"}


@pytest.mark.parametrize(
    "hostile",
    ['#panic("x")', "$x$ @ref <a>", r"\ \u{41} \n", "*b* _i_ `c`", "= T // x /* y */",
     "'\"</script>", "#{sys.inputs}", "#read(\"/etc/passwd\")", "-- --- ... ~"],
)  # fmt: skip
def test_hostile_text_is_printed_as_it_stands(hostile):
    said = replace(
        PARTY, title=hostile, issuer_lines=(hostile,), summary_lines=(hostile,),
        blocks=(text(hostile, note=hostile), Grid((hostile,), ((hostile,),), (1.0,))),
        signer=hostile, recipients=(hostile,),
    )  # fmt: skip
    assert words(opened(said)).count(hostile) == 8


@pytest.mark.parametrize(
    "paper",
    [
        replace(PARTY, blocks=(text("https://" + "a" * 400),)),
        replace(PARTY, blocks=(text("\u0000\u202e\ud7ff👩\u200d🌾 中文 ∗"),)),
        replace(PARTY, issuer_lines=("M" * 90,), signer="Ộ" * 90, recipients=("x" * 90,)),
        replace(PARTY, blocks=(Grid(("A", "B"), (("W" * 90, "x"),) * 3, (0.1, 0.9)),)),
        replace(PARTY, blocks=(Grid(("A", "B"), (("chữ " * 3000, "x"),), (0.3, 0.7)),)),
        replace(PARTY, blocks=(Paragraph(()), Paragraph((Run(""),), "part", keep_with_next=True))),
        replace(PARTY, blocks=(), recipients=(), title_lines=(), authority_lines=(), signer=""),
        replace(PARTY, recipients=tuple(f"- Đơn vị {n};" for n in range(120))),
        replace(STATE, parent_lines=(), issuer_lines=(), summary_lines=(), title="", type_line=""),
        replace(PARTY, blocks=(part("a) Ý", "letter"), part("1. Điểm", "point"), part("I. A"))),
    ],
)
def test_whatever_is_written_there_it_is_a_pdf_within_its_margins(paper):
    document = opened(paper)
    for page in range(len(document)):
        ink = picture(document, page).convert("L").point(lambda v: 255 if v < 250 else 0).getbbox()
        assert ink is None or (ink[0] >= 29 * MM and ink[2] <= 196 * MM and ink[3] <= 278 * MM)


def test_the_same_paper_makes_the_same_file():
    assert pdf.draw(STATE) == pdf.draw(STATE)


def test_the_preview_has_a_picture_of_every_page():
    paper = with_annexes(LONG, (units(60),))
    pictures = [Image.open(BytesIO(page)) for page in pdf.pages(paper)]
    assert len(pictures) == len(opened(paper))
    for page in pictures:
        assert page.format == "PNG"
        assert abs(page.width / page.height - 210 / 297) < 0.01


def test_the_preview_of_a_plan_follows_the_typing():
    pdf.pages(PARTY)
    started = time.process_time()
    assert len(pdf.pages(replace(LONG, signer="Người khác"))) == 4
    assert time.process_time() - started < 1  # 0.1 s on a quiet machine; wide, since tests share it


@pytest.mark.parametrize("blocks", [(units(4000),), (text("chữ " * 400),) * 400, (codes(600),)])
def test_the_preview_of_a_book_ends_after_thirty_pages(blocks):
    for paper in (replace(PARTY, blocks=blocks), with_annexes(PARTY, blocks, blocks)):
        assert len(pdf.pages(paper)) == pdf.MOST_PAGES
