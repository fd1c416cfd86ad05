"""Posters are opened again, looked at by a decoder and read by a text search."""

import re
import time
from dataclasses import replace
from datetime import date

import pypdfium2
import pytest
import zxingcpp
from PIL import Image

from portal.core.qr import matrix
from portal.features.campaigns.codes import new_code
from portal.features.campaigns.posters import Form, Poster, drawn, typed_address
from portal.features.documents.deadlines import Span

URL = "https://danchu.bacgiang.vn/k7rm4wxq"
POSTER = Poster(
    unit_name="Phường Ngô Quyền",
    unit_line="thành phố Bắc Giang, tỉnh Bắc Giang",
    headline="Mời ông/bà cho biết\ndân chủ ở phường ta ra sao",
    invitation="Khoảng 4 phút, không ghi tên, không hỏi số điện thoại",
    url=URL,
    typed_address="danchu.bacgiang.vn/k7rm-4wxq",
    code="k7rm4wxq",
    rounds=(Span(date(2024, 5, 6), date(2024, 5, 8)),),
    form_title="Phiếu khảo sát PKS 03",
    about="Về kết quả thực hiện quy chế dân chủ ở xã.",
    asker="Cơ quan lấy ý kiến: BCĐ thực hiện QCDC tỉnh",
    sample=False,
)
ANSWERED = "Đồng chí tự trả lời, tại chỗ hoặc ở nhà; cán bộ chỉ hướng dẫn cách mở phiếu."
LONG = replace(
    POSTER,
    unit_name="Thị trấn Tây Yên Tử, huyện Sơn Động, tỉnh Bắc Giang",
    headline="Mời ông/bà cho biết việc thực hiện dân chủ ở thị trấn ta năm qua ra sao, còn điều gì "
    "nữa",
)


def opened(*posters: Poster) -> pypdfium2.PdfDocument:
    return pypdfium2.PdfDocument(drawn(Form.POSTER, posters))


def picture(document: pypdfium2.PdfDocument, dpi: int, page: int = 0) -> Image.Image:
    return document[page].render(scale=dpi / 72).to_pil()


def words(document: pypdfium2.PdfDocument, page: int = 0) -> str:
    text = document[page].get_textpage().get_text_bounded()
    return re.sub(r"[\s\u200b]+", " ", text.replace("\ufffe", "-"))


def found(image: Image.Image) -> list[str]:
    return [code.text for code in zxingcpp.read_barcodes(image)]


def ink_box(image: Image.Image) -> tuple[int, int, int, int]:
    box = image.convert("L").point(lambda value: 255 if value < 250 else 0).getbbox()
    assert box is not None
    return box


@pytest.mark.parametrize("dpi", [30, 75, 150])
def test_the_code_decodes_at_any_resolution_and_in_grey(dpi: int) -> None:
    image = picture(opened(POSTER), dpi)
    assert found(image) == [URL]
    assert found(image.convert("L")) == [URL]


@pytest.mark.parametrize("url", [URL, "http://127.0.0.1:8000/k7rm4wxq", URL + "0" * 40])
def test_the_code_is_eighty_millimetres_wide_with_four_white_modules(url: str) -> None:
    image = picture(opened(replace(POSTER, url=url)), 254).convert("L")  # ten dots a millimetre
    corners = zxingcpp.read_barcodes(image)[0].position
    left, top, right = corners.top_left.x, corners.top_left.y, corners.top_right.x
    assert right - left >= 798  # the decoder's corners are a dot or two off
    quiet = int(3.9 * (right - left) / len(matrix(url)))
    for strip in ((left - quiet, top, left - 3, top + 800), (left, top - quiet, right, top - 3)):
        assert image.crop(strip).getextrema() == (255, 255)


def test_everything_a_passer_by_asks_is_on_the_page() -> None:
    text = words(opened(POSTER))
    for part in (POSTER.unit_name, POSTER.unit_line, POSTER.invitation, POSTER.form_title):
        assert part in text
    assert "Mời ông/bà cho biết dân chủ ở phường ta ra sao" in text
    assert "danchu.bacgiang.vn/k7rm-4wxq" in text
    assert "Từ 06/05 đến hết" in text
    assert "08/05/2024" in text
    assert "Dữ liệu mẫu" not in text


def test_the_year_is_said_twice_only_when_it_changes() -> None:
    text = words(opened(replace(POSTER, rounds=(Span(date(2023, 12, 25), date(2024, 5, 8)),))))
    assert "Từ 25/12/2023 đến hết" in text


def test_sample_data_say_so() -> None:
    assert "Dữ liệu mẫu" in words(opened(replace(POSTER, sample=True)))


@pytest.mark.parametrize(
    "hostile",
    [
        '#panic("x")',
        "$x$ @ref <a>",
        r"\ \u{41} \n",
        "*b* _i_ `c`",
        "= T // x /* y */",
        "'\"</script>",
        "#{sys.inputs}",
        "[[x]]",
        "{{ 7*7 }}",
        "-- --- ... ~",
    ],
)
def test_hostile_text_is_printed_as_it_stands(hostile: str) -> None:
    document = opened(replace(POSTER, unit_name=hostile, form_title=hostile, headline=hostile))
    assert words(document).count(hostile) == 3


@pytest.mark.parametrize(
    "poster",
    [
        LONG,
        replace(
            LONG, unit_name="ắ" * 400, headline="M" * 900, about="Ộ ễ " * 900, asker="Ộ " * 900
        ),
        replace(LONG, unit_line="x " * 900, invitation="#" * 500, form_title="<x>" * 300),
        replace(LONG, typed_address="khaosat.danchu.bacgiang.gov.vn:8443/khao-sat/k7rm-4wxq"),
        replace(POSTER, unit_name="", unit_line="", headline="", invitation="", about=""),
        replace(POSTER, unit_name="\u0000\u202e\ud7ff👩\u200d🌾 中文"),
    ],
)
def test_nothing_runs_over_the_edge_or_onto_a_second_page(poster: Poster) -> None:
    document = opened(poster)
    image = picture(document, 72)
    left, top, right, bottom = ink_box(image)
    assert len(document) == 1
    assert left >= 40
    assert top >= 25
    assert right <= image.width - 40
    assert bottom <= image.height - 15
    assert found(picture(document, 100)) == [URL]


def test_a_long_name_and_headline_are_complete() -> None:
    text = words(opened(LONG))
    assert LONG.unit_name in text
    assert LONG.headline in text


def test_the_longest_words_about_it_and_who_asks_are_complete() -> None:
    about = ("Kết quả thực hiện quy chế dân chủ ở cơ sở " * 9)[:219] + "."
    asker = ("Cơ quan lấy ý kiến: " + "Ban Chỉ đạo thực hiện quy chế dân chủ ở cơ sở " * 9)[
        :179
    ] + "."
    poster = replace(POSTER, about=f"{about} {ANSWERED}", asker=asker)
    assert f"{about} {ANSWERED}" in words(opened(poster))
    assert asker in words(opened(poster))


def test_the_document_names_itself_and_its_language() -> None:
    raw = drawn(Form.POSTER, [POSTER])
    document = pypdfium2.PdfDocument(raw)
    assert document.get_metadata_value("Title") == "Áp phích mã QR – Phường Ngô Quyền"
    assert re.search(rb"/Lang\s*\(vi", raw)
    assert not document.get_metadata_value("Author")


def test_only_the_bundled_font_is_embedded() -> None:
    fonts = set(re.findall(rb"/BaseFont\s*/[A-Z]{6}\+([A-Za-z]+)", drawn(Form.POSTER, [POSTER])))
    assert fonts == {b"BeVietnamPro"}


def test_the_same_posters_make_the_same_file() -> None:
    assert drawn(Form.POSTER, [POSTER]) == drawn(Form.POSTER, [POSTER])


def test_nothing_to_print_is_refused() -> None:
    with pytest.raises(ValueError, match="nothing to print"):
        drawn(Form.POSTER, [])


def test_every_unit_has_its_page_its_bookmark_and_its_code() -> None:
    names = ["Xã Ẩm Hạ", "Thị trấn Đồi Ngô", "Phường Thọ Xương"]
    document = opened(*(replace(POSTER, unit_name=name, url=f"{URL}/{name[0]}") for name in names))
    assert [item.get_title() for item in document.get_toc()] == names
    for page, name in enumerate(names):
        assert name in words(document, page)
        assert found(picture(document, 100, page)) == [f"{URL}/{name[0]}"]


def test_a_province_is_printed_within_seconds() -> None:
    base = "https://danchu.bacgiang.vn/"
    posters = [replace(POSTER, url=base + (code := new_code()), code=code) for _ in range(209)]
    start = time.process_time()
    document = opened(*posters)
    assert time.process_time() - start < 10  # 2 s on a quiet machine; wide, since tests share it
    assert len(document) == 209


@pytest.mark.parametrize(
    ("base", "address"),
    [
        ("https://danchu.bacgiang.vn", "danchu.bacgiang.vn/k7rm-4wxq"),
        ("https://danchu.bacgiang.vn/", "danchu.bacgiang.vn/k7rm-4wxq"),
        ("http://127.0.0.1:8000", "127.0.0.1:8000/k7rm-4wxq"),
        ("danchu.vn/khao-sat", "danchu.vn/khao-sat/k7rm-4wxq"),
    ],
)
def test_the_typed_address_has_no_scheme_and_a_grouped_code(base: str, address: str) -> None:
    assert typed_address(base, "k7rm4wxq") == address
