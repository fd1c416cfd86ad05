"""What Zalo shows beside a link to a form."""

from io import BytesIO

import pytest
from PIL import Image

from portal.features.campaigns.phase import State
from tests.support import asked


@pytest.fixture
def place(app):
    return asked.ask()


def metas(text: str) -> dict[str, str]:
    """Give the Open Graph properties of a page."""
    parts = (line.split('"') for line in text.splitlines() if 'property="og:' in line)
    return {part[1].removeprefix("og:"): part[3] for part in parts}


def test_a_form_says_title_sentence_and_picture_with_whole_addresses(client, place):
    found = metas(client.get(f"/{place.code}").text)
    assert found["title"] == f"Hỏi gì? – {asked.UNIT}"
    assert found["url"] == f"http://localhost/{place.code}"
    assert found["image"] == f"http://localhost/{place.code}/the.png"
    assert "4 phút" in found["description"]


def test_the_addresses_come_from_the_settings_whatever_the_host(client, place):
    answer = client.get(f"/{place.code}", headers={"X-Forwarded-Host": "xau.vn"})
    assert "xau.vn" not in answer.text


def test_a_form_that_opens_later_has_its_card_already(client, app):
    place = asked.ask(opens_in=3)
    assert metas(client.get(f"/{place.code}").text)["image"].endswith("/the.png")


def test_the_picture_is_as_large_as_a_card_wants_and_small_in_bytes(client, place):
    answer = client.get(f"/{place.code}/the.png")
    assert answer.content_type == "image/png"
    assert Image.open(BytesIO(answer.data)).size == (1200, 630)
    assert len(answer.data) < 80_000
    assert "max-age=3600" in answer.headers["Cache-Control"]
    assert "Set-Cookie" not in answer.headers


def test_what_leads_nowhere_has_no_picture(client, app):
    assert client.get("/zzzz2222/the.png").status_code == 404
    place = asked.ask(state=State.CANCELLED)
    assert client.get(f"/{place.code}/the.png").status_code == 404


def test_a_withdrawn_code_has_no_card(client, place):
    place.revoke("Bị dán đè", replaced=True)
    assert metas(client.get(f"/{place.code}").text) == {}
    assert client.get(f"/{place.code}/the.png").status_code == 404
