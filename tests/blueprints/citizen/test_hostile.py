"""Whatever is typed is stored literally or refused politely."""

import json

import pytest
from werkzeug.datastructures import MultiDict

from portal.core.database import session
from portal.core.text import clean
from portal.features.surveys import form_keys
from tests.support.asked import CODE, ask, taken
from tests.support.hostile import STRINGS, on_the_wire


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
