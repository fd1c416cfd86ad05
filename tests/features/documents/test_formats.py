"""The library's formats and types say what the decrees and guides say (DOMAIN 2.1, 2.2)."""

import json
import shutil
from dataclasses import replace
from datetime import date
from io import BytesIO
from pathlib import Path

import pypdfium2
import pytest
from docx import Document

from portal.features.documents import formats as library
from portal.features.documents import templates
from portal.features.documents.formats import (
    format_for,
    format_of,
    formats,
    number_text,
    type_of,
    types,
)
from portal.features.documents.paper.compose import compose
from portal.features.documents.paper.lines import width_mm
from portal.features.documents.rendering import pdf, word
from tests.support.composed import STATE

SIZES = {"head", "motto", "number", "date", "type", "summary", "subject", "recipients_title",
         "recipients", "signature", "page"}  # fmt: skip


@pytest.mark.parametrize(
    ("regime", "day", "code"),
    [
        ("state", date(2020, 1, 1), "state-nd30"),
        ("state", date(2026, 11, 21), "state-nd30"),
        ("party", date(2024, 3, 26), "party-hd36"),
        ("party", date(2026, 5, 26), "party-hd36"),
        ("party", date(2026, 5, 27), "party-hd05"),
    ],
)
def test_the_format_is_the_one_in_force_on_the_day(regime, day, code):
    assert format_for(regime, day).code == code


@pytest.mark.parametrize("form", formats(), ids=lambda form: form.code)
def test_every_format_keeps_the_decrees_margins_and_names_every_size(form):
    top, bottom, left, right = form.margins_mm
    assert 20 <= top <= 25
    assert 20 <= bottom <= 25
    assert 30 <= left <= 35
    assert 15 <= right <= 20
    assert set(form.sizes) == SIZES
    assert 10 <= form.indent_mm <= 12.7


@pytest.mark.parametrize("form", formats(), ids=lambda form: form.code)
def test_the_national_title_fits_on_one_line(form):
    for line in form.motto:
        assert width_mm(line, form.sizes["motto"]) < form.head_mm[1]


@pytest.mark.parametrize(
    ("form", "kind", "number", "text"),
    [
        ("party-hd36", "ke_hoach", 191, "Số 191-KH/BCĐ"),
        ("party-hd05", "nghi_quyet", 5, "Số 05-NQ/BCĐ"),
        ("party-hd05", "cong_van", 12, "Số 12-CV/BCĐ"),
        ("state-nd30", "ke_hoach", 5, "Số: 05/KH-BCĐ"),
        ("state-nd30", "cong_van", 12, "Số: 12/BCĐ"),
    ],
)
def test_number_and_symbol_follow_the_format(form, kind, number, text):
    assert number_text(format_of(form), type_of(kind), "BCĐ", number) == text


def test_ten_types_are_there_and_each_has_its_abbreviation():
    codes = {"ke_hoach", "cong_van", "bao_cao", "quyet_dinh", "to_trinh", "thong_bao", "bien_ban",
             "giay_moi", "huong_dan", "nghi_quyet"}  # fmt: skip
    assert {kind.code for kind in types()} >= codes
    for kind in types():
        bare = {regime for regime in kind.regimes if not kind.abbreviations[regime]}
        assert bare == ({"state"} if kind.code == "cong_van" else set())


def test_only_the_states_resolution_has_articles():
    resolution = type_of("nghi_quyet")
    assert resolution.has_articles(format_of("state-nd30"))
    assert not resolution.has_articles(format_of("party-hd05"))


SCHEME = {
    "code": "phuong_an",
    "name": "Phương án",
    "abbreviations": {"state": "PA", "party": "PA"},
    "skeleton": {"sections": [{"level": "part", "heading": "TÌNH HUỐNG"}]},
}


@pytest.fixture
def with_a_new_file(tmp_path, monkeypatch):
    """Put one file more into a copy of the library."""
    copy = Path(shutil.copytree(str(library.LIBRARY), tmp_path / "documents"))
    (copy / "types" / "11_phuong_an.json").write_text(json.dumps(SCHEME), "utf-8")
    monkeypatch.setattr(library, "LIBRARY", copy)
    yield from _afresh()


def _afresh():
    for cached in (types, templates.available):
        cached.cache_clear()
    yield
    for cached in (types, templates.available):
        cached.cache_clear()


@pytest.mark.usefixtures("with_a_new_file")
def test_a_new_type_is_a_file_and_no_code():
    paper = compose(replace(STATE, type_code="phuong_an", number=7))
    assert paper.number_line == "Số: 07/PA-UBND"
    docx = Document(BytesIO(word.draw(paper)))
    assert "PHƯƠNG ÁN" in [p.text for p in docx.paragraphs if p.style.name == "Title"]
    page = pypdfium2.PdfDocument(pdf.draw(paper))[0]
    assert "PHƯƠNG ÁN" in page.get_textpage().get_text_bounded()
    empty = templates.find("trong_phuong_an")
    assert (empty.name, empty.content) == ("Phương án", SCHEME["skeleton"])


@pytest.mark.parametrize("typed", ["UBND", " - UBND", "KH - UBND", "KH-UBND", "/UBND"])
def test_the_symbol_of_an_organ_is_what_follows_the_type(typed):
    form = library.format_for("state", date(2026, 6, 1))
    text = library.number_text(form, library.type_of("ke_hoach"), typed, 5)
    assert text == "Số: 05/KH-UBND"
