"""Desk card, table tent, stickers and the card of a link: drawn, then read by a decoder."""

import re
from dataclasses import replace
from datetime import date
from io import BytesIO

import pypdfium2
import pytest
import zxingcpp
from PIL import Image, ImageChops

from portal.core.qr import matrix
from portal.features.campaigns.posters import Form, Poster, drawn, link_card, picture
from portal.features.documents.deadlines import Span
from tests.features.campaigns.test_posters import LONG, POSTER, URL, ink_box, words

HOW_MANY = {Form.POSTER: 1, Form.CARD: 2, Form.TENT: 2, Form.STICKERS: 24}
"""Codes on a page of each form."""
LEAST = {Form.POSTER: 80, Form.CARD: 68, Form.TENT: 64, Form.STICKERS: 25}
"""Millimetres of a code, its quiet zone apart."""
SMALL = (Form.CARD, Form.TENT, Form.STICKERS)
AT = replace(POSTER, point="Nhà văn hóa tổ dân phố số 3")
HUGE = replace(
    LONG, unit_name="ắ" * 400, point="Ộ" * 300, headline="M" * 900, about="Ộ ễ " * 900,
    asker="Ộ " * 900, unit_line="x " * 900, invitation="#" * 500, form_title="<x>" * 300,
    typed_address="khaosat.danchu.mot-tinh-co-ten-rat-dai.gov.vn:8443/khao-sat/k7rm-4wxq",
)  # fmt: skip


def page_of(form: Form, poster: Poster, dpi: int = 200) -> Image.Image:
    return pypdfium2.PdfDocument(drawn(form, [poster]))[0].render(scale=dpi / 72).to_pil()


@pytest.mark.parametrize("form", Form)
def test_every_code_of_a_page_is_read_also_in_grey(form):
    image = page_of(form, POSTER)
    for seen in (image, image.convert("L")):
        assert [code.text for code in zxingcpp.read_barcodes(seen)] == [URL] * HOW_MANY[form]


@pytest.mark.parametrize("form", Form)
@pytest.mark.parametrize("url", [URL, "http://127.0.0.1:8000/k7rm4wxq"])
def test_a_code_is_large_enough_with_four_white_modules(form, url):
    image = page_of(form, replace(POSTER, url=url), dpi=254).convert("L")  # ten dots a millimetre
    for code in zxingcpp.read_barcodes(image):
        corner, side = code.position, _side(code.position)
        assert side >= LEAST[form] * 10 - 2
        module = side / len(matrix(url))
        around = _box(corner, 3.8 * module)
        ring = image.crop(around)
        inner = _box(corner, 3)
        ring.paste(255, tuple(v - around[i % 2] for i, v in enumerate(inner)))
        assert ring.getextrema()[0] > 250


def _side(corner) -> float:
    return max(
        abs(corner.top_right.x - corner.top_left.x), abs(corner.top_right.y - corner.top_left.y)
    )


def _box(corner, more: float) -> tuple[int, int, int, int]:
    points = (corner.top_left, corner.top_right, corner.bottom_left, corner.bottom_right)
    across, down = [point.x for point in points], [point.y for point in points]
    return (
        round(min(across) - more), round(min(down) - more),
        round(max(across) + more), round(max(down) + more),
    )  # fmt: skip


@pytest.mark.parametrize("form", Form)
def test_each_says_where_it_hangs_until_when_and_what_to_type(form):
    text = words(pypdfium2.PdfDocument(drawn(form, [AT])))
    for part in (AT.unit_name, AT.point, "danchu.bacgiang.vn/", "k7rm-4wxq", "08/05/2024"):
        assert part in text
    assert "Dữ liệu mẫu" not in text


@pytest.mark.parametrize("form", Form)
def test_sample_data_say_so_on_every_form(form):
    assert "Dữ liệu mẫu" in words(pypdfium2.PdfDocument(drawn(form, [replace(AT, sample=True)])))


@pytest.mark.parametrize("form", SMALL)
@pytest.mark.parametrize("poster", [HUGE, replace(LONG, point=""), replace(AT, unit_name="")])
def test_a_print_is_one_page_whatever_is_on_it(form, poster):
    raw = drawn(form, [poster])
    assert len(pypdfium2.PdfDocument(raw)) == 1
    found = zxingcpp.read_barcodes(page_of(form, poster))
    assert len(found) == HOW_MANY[form]


@pytest.mark.parametrize("form", [Form.CARD, Form.TENT])
def test_what_cannot_be_printed_at_the_edge_is_not_there(form):
    left, _, right, _ = ink_box(_without_lines(page_of(form, HUGE, 72)))
    assert left >= 14
    assert right <= 595 - 14


def _without_lines(image: Image.Image) -> Image.Image:
    """Leave out what is lighter than text: the lines along which one folds and cuts."""
    return image.convert("L").point(lambda value: 255 if value > 120 else 0)


def test_hostile_text_is_printed_as_it_stands():
    hostile = '#panic("x") $y$ *b* // <a>'
    text = words(pypdfium2.PdfDocument(drawn(Form.CARD, [replace(AT, unit_name=hostile)])))
    assert hostile in text


def test_the_halves_of_a_card_are_the_same():
    page = page_of(Form.CARD, AT, 72)
    half = page.height // 2
    upper, lower = (
        page.crop((0, 8, page.width, half - 8)),
        page.crop((0, half + 8, page.width, 2 * half - 8)),
    )
    assert (
        ImageChops.difference(upper, lower).convert("L").point(lambda v: v > 90 and 255).getbbox()
        is None
    )


@pytest.mark.parametrize("form", Form)
def test_a_file_names_itself_has_a_bookmark_a_place_and_only_our_font(form):
    raw = drawn(form, [AT, replace(AT, unit_name="Xã Ẩm Hạ")])
    document = pypdfium2.PdfDocument(raw)
    assert document.get_metadata_value("Title").endswith("Phiếu khảo sát PKS 03")
    assert [item.get_title() for item in document.get_toc()] == [AT.unit_name, "Xã Ẩm Hạ"]
    assert set(re.findall(rb"/BaseFont\s*/[A-Z]{6}\+([A-Za-z]+)", raw)) == {b"BeVietnamPro"}


def test_the_poster_as_a_picture_is_read():
    found = zxingcpp.read_barcode(Image.open(BytesIO(picture(AT))))
    assert found.text == URL


@pytest.mark.parametrize("poster", [POSTER, LONG, HUGE])
def test_the_card_of_a_link_has_its_size_and_stays_small(poster):
    raw = link_card(poster)
    assert Image.open(BytesIO(raw)).size == (1200, 630)
    assert len(raw) < 120_000


ROUNDS = (Span(date(2026, 11, 22), date(2026, 11, 24)), Span(date(2026, 12, 5), date(2026, 12, 7)))


@pytest.mark.parametrize("form", Form)
def test_each_names_every_round_and_not_the_days_between(form):
    text = words(pypdfium2.PdfDocument(drawn(form, [replace(AT, rounds=ROUNDS)])))
    days = "Từ 22/11 đến hết 24/11 Từ 05/12 đến hết 07/12/2026"
    assert (days if form == Form.POSTER else "gày 22–24/11, 05–07/12/2026") in text


@pytest.mark.parametrize("form", Form)
def test_a_single_day_is_named_once(form):
    day = Span(date(2026, 12, 13), date(2026, 12, 13))
    text = words(pypdfium2.PdfDocument(drawn(form, [replace(AT, rounds=(day,))])))
    assert "gày 13/12/2026" in text
    assert "đến hết" not in text


@pytest.mark.parametrize("form", Form)
def test_a_year_of_rounds_stays_on_its_page(form):
    monthly = [Span(date(2026, month, 27), date(2027, month, 2)) for month in range(1, 13)]
    document = pypdfium2.PdfDocument(drawn(form, [replace(AT, rounds=tuple(monthly))]))
    assert len(document) == 1
    assert "12 lần" in words(document)
