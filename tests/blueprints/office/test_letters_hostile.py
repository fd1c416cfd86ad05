"""Whatever citizens write stands before its readers as letters and signs, and breaks nothing."""

import secrets
from urllib.parse import quote

import pytest

from portal.core.database import write
from portal.core.text import clean
from portal.features.letters.models import Letter
from portal.policy.roles import Duty, Role
from tests.support import hostile, lettered, workbooks

SENT = [
    text for one in hostile.STRINGS if (text := hostile.on_the_wire(one)[:2000]) and clean(text)
]
SOME = hostile.STRINGS[::29]


@pytest.fixture
def made(app, monkeypatch):
    lettered.hash_fast(monkeypatch)
    return lettered.box()


@pytest.fixture
def desk(made, client):
    client.sign_in(made.account("reader", Role.COMMUNE))
    return client


def test_six_hundred_hostile_letters_are_listed_page_by_page_and_taken_away(made, desk):
    for text in SENT:
        made.send(clean(text, multiline=True))
    came = lettered.next_morning()
    assert came > 500
    seen, page = 0, desk.page("/thu")
    while True:
        seen += len(page.rows()) - 1
        if "Trang sau" not in [link.text for link in page.links]:
            break
        page = page.follow("Trang sau")
    assert seen == came
    [rows] = workbooks.read(desk.get("/thu/danh-sach.xlsx").data).values()
    assert len(rows) > came


@pytest.mark.parametrize("text", SENT[::29])
def test_a_hostile_letter_is_shown_as_it_was_written(made, desk, text):
    written = clean(text, multiline=True)
    made.send(written)
    lettered.next_morning()
    page = desk.page(f"/thu/{lettered.the_letter().id}")
    assert clean(written) in clean(page.text)


def test_hostile_searches_find_nothing_and_break_nothing(made, desk):
    made.send()
    lettered.next_morning()
    for one in SOME:
        typed = quote(hostile.on_the_wire(one))
        for name in ("tim", "hop", "trang-thai", "loai", "linh-vuc", "tuan", "sau", "truoc"):
            assert desk.page(f"/thu?{name}={typed}").h1 == "Thư góp ý"


def test_hostile_words_of_readers_are_kept_or_refused_with_what_was_typed(made, desk):
    made.send()
    lettered.next_morning()
    letter = lettered.the_letter()
    for one in SOME:
        typed = hostile.on_the_wire(one)
        page = desk.page(f"/thu/{letter.id}").submit("Ghi chú", note=typed)
        assert page.status == (200 if clean(typed, multiline=True) else 422)


def test_what_is_published_of_hostile_words_is_plain_text(made, desk):
    text = "<script>alert(1)</script> {{ 7*7 }} \u202e đảo chữ"
    made.send(text)
    lettered.next_morning()
    letter = lettered.the_letter()
    page = desk.page(f"/thu/{letter.id}").submit("Phân loại, giao giải quyết")
    page.submit("Trình duyệt", answer="=1+1 ]]> %(n)s {{ 7*7 }}")
    desk.sign_in(made.account("reader", Role.COMMUNE, Duty.APPROVE))
    desk.page(f"/thu/{letter.id}").submit("Duyệt, trả lời người gửi")
    desk.page(f"/thu/{letter.id}/cong-khai").submit("Công khai")
    page = desk.page(f"/hom-thu-cong-khai/{lettered.BOX_CODE}")
    assert "<script>alert(1)</script> {{ 7*7 }}" in page.text
    assert "=1+1 ]]> %(n)s {{ 7*7 }}" in page.text


def test_a_number_that_no_letter_has_is_no_page(made, desk):
    for number in (0, 1, 2**62 - 1, 2**63 - 1, 2**63, 10**30):
        desk.page(f"/thu/{number}", status=404)
    with write() as current:
        assert not current.get(Letter, secrets.randbits(62))
