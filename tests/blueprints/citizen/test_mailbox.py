"""The public page of a box: read by anybody, on any phone, without a cookie."""

from datetime import timedelta

import pytest

from portal.features.letters.kinds import State
from tests.support import lettered, tallied
from tests.support.tallied import Tallied, week

HERE = f"/hom-thu-cong-khai/{lettered.BOX_CODE}"


@pytest.fixture
def box(app) -> Tallied:
    return tallied.box()


def publish(box: Tallied, text: str) -> None:
    """Publish a letter with its answer."""
    done = week(-1) + timedelta(days=1)
    box.letter(-2, state=State.PUBLISHED, moves={done: State.PUBLISHED}, answered_on=done,
               published=(text, "Phường đã sửa đèn."))  # fmt: skip


def test_anybody_reads_what_was_written_and_answered(box, client):
    publish(box, "Đèn đường ngõ 12 hỏng.")
    page = client.page(HERE)
    assert "Đèn đường ngõ 12 hỏng." in page.text
    assert "Phường đã sửa đèn." in page.text
    assert "Tháng này không có thư nào bị ẩn." in page.text


def test_it_leads_to_writing_and_back_to_the_unit(box, client):
    hrefs = {one.href for one in client.page(HERE).links}
    assert f"/h/{lettered.BOX_CODE}" in hrefs
    assert f"/cong-khai/don-vi/{box.box.unit_id}" in hrefs


def test_the_page_of_the_unit_leads_here(box, client):
    page = client.page(f"/cong-khai/don-vi/{box.box.unit_id}")
    assert page.follow("Hòm thư góp ý điện tử").path == HERE


def test_markup_in_a_letter_stays_text(box, client):
    publish(box, "<script>alert(1)</script>")
    assert b"<script>alert" not in client.get(HERE).data


def test_few_letters_cannot_be_told_from_none(box, client):
    for _ in range(4):
        box.letter(-2)
    page = client.page(HERE)
    assert page.text.count("dưới 5") == 6


def test_older_letters_stand_on_further_pages(box, client):
    for n in range(11):
        publish(box, f"Thư số {n}.")
    page = client.page(HERE)
    assert "Trang 1/2" in page.text
    assert "Trang 2/2" in page.follow("Thư cũ hơn").text


@pytest.mark.parametrize("code", ["khongcoo", "x" * 24, "k7rm-4wx"])
def test_a_code_of_no_box_is_not_there(box, client, code):
    assert client.page(f"/hom-thu-cong-khai/{code}", status=404).status == 404
