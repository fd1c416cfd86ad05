"""Whatever is typed is stored literally or refused politely."""

import json
import unicodedata

import pytest
from werkzeug.datastructures import MultiDict

from portal.core.database import session
from portal.core.text import clean
from portal.features.surveys import form_keys
from tests.support.asked import CODE, ask, taken

SEEDS = (
    "<script>alert(1)</script>", "\"'><img src=x onerror=alert(1)>", "{{ 7*7 }}", "${7*7}", "%(n)s",
    "'; DROP TABLE survey_intake; --", "' OR '1'='1", "=1+1", "@SUM(A1)", "+84", "-1", "\t=cmd",
    "../../etc/passwd", "%00", "\x00", "\x01\x1f\x7f", "\u202e gnoc \u202c", "\u200b\u2060\ufeff",
    "Tiếng Việt có dấu: Ộ ễ ự ằ", unicodedata.normalize("NFD", "Đường Ngô Quyền"), "👩‍👩‍👧‍👦 🇻🇳",
    "Ṱ̺̺o͞ ̷i̲", "الله", "﷽", "\ud83d", "\uffff", "\U0010ffff", "a" * 1999, "ộ" * 2000,
    "\r\n\r\n", "null", "undefined", "NaN", "true", "1e309",
    "0x10", "|,|", '{"a": 1}', "\\", "\\u0000",
    "]]>", "<!--", "&lt;",
    "&#0;", "javascript:alert(1)", "file:///", "http://[::1", "𝕿𝖎", "ﬁ", "İ", "ß",
)  # fmt: skip
WRAPS = (
    "{}",
    " {} ",
    "x{}x",
    "{0}{0}",
    "\n{}",
    "{}\u0301",
    "«{}»",
    "{}|{}",
    "🔴{}",
    "=({})",
    "\ufeff{}",
    "{}%",
)  # fmt: skip
STRINGS = [wrap.replace("{0}", "{}").replace("{}", seed) for seed in SEEDS for wrap in WRAPS]


def on_the_wire(text):
    """A browser sends what is no character as a question mark."""
    return text.encode("utf-8", "replace").decode()


def test_there_are_six_hundred_strings():
    assert len(STRINGS) >= 600


@pytest.mark.slow
def test_hostile_texts_are_stored_as_they_were_typed_or_named_as_too_long(client):
    ask()
    expected = []
    for text in map(on_the_wire, STRINGS):
        fields = {
            "khoa": form_keys.new(CODE, another=True),
            "chung": "5",
            "biet": "co",
            "them": text,
        }
        client.delete_cookie("nhip")
        answer = client.post(f"/{CODE}/gui", data=fields)
        fits = len(clean(text, multiline=True)) <= 2000
        assert answer.status_code == (303 if fits else 422)
        if fits and clean(text, multiline=True):
            expected.append(clean(text, multiline=True))
    stored = [json.loads(row.texts)["them"] for row in taken() if row.texts]
    assert sorted(stored) == sorted(expected)
    session().rollback()


@pytest.mark.parametrize("field", ["khoa", "chung", "biet", "qua", "la-nhu-the"])
def test_hostile_strings_in_any_field_are_refused_and_break_nothing(client, field):
    ask()
    for text in map(on_the_wire, STRINGS[:: 5 if field == "la-nhu-the" else 25]):
        fields = MultiDict({"khoa": form_keys.new(CODE), "chung": "5", "biet": "co"})
        fields.setlist(field, [text, text])
        client.delete_cookie("nhip")
        assert client.post(f"/{CODE}/gui", data=fields).status_code in {303, 409, 422}
    assert {row.choices for row in taken()} <= {"5|co|"}


def test_hostile_codes_in_the_address_give_a_page(client):
    for text in map(on_the_wire, STRINGS[::25]):
        assert client.get("/", query_string={"ma": text}).status_code in {200, 303, 422}
