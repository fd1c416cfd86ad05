"""A box in print and in words: the same promise everywhere, and a code that leads to it."""

import pytest

from portal.core.database import write
from portal.features.campaigns import posters
from portal.features.campaigns.posters import Form
from portal.features.mailbox import prints
from tests.support import boxed, lettered

BASE = "https://danchu.example.vn"


@pytest.fixture
def made(app):
    return lettered.box()


def test_the_poster_of_a_point_says_where_it_hangs_and_how_to_type_it(made):
    poster = prints.poster(made.box, made.point, BASE, sample=False)
    assert poster.url == f"{BASE}/h/{lettered.POINT_CODE}"
    assert poster.typed_address == "danchu.example.vn/h/hjkm-2345"
    assert (poster.point, poster.code) == ("Nhà văn hóa tổ dân phố số 2", lettered.POINT_CODE)


@pytest.mark.parametrize("form", list(Form))
def test_every_form_can_be_printed(made, form):
    poster = prints.poster(made.box, made.point, BASE, sample=True)
    assert posters.drawn(form, [poster]).startswith(b"%PDF")


def test_poster_and_words_promise_that_no_name_is_asked(made):
    poster, words = prints.poster(made.box, None, BASE, sample=False), prints.words(made.box, BASE)
    assert poster.form_title == "Hòm thư góp ý điện tử – không cần ghi tên"
    assert "Không cần ghi tên" in words.zalo
    assert "không phải ghi tên" in words.aloud
    assert f"{BASE}/h/{lettered.BOX_CODE}" in words.zalo


def test_everybody_is_told_who_reads_and_by_when(made):
    words = prints.words(made.box, BASE)
    for text in (words.zalo, words.aloud):
        assert "Khối Dân vận phường Ngô Quyền đọc và trả lời trong 15 ngày." in text


def test_rounds_that_are_over_are_not_announced(made):
    over, ahead = boxed.span(-40, -30), boxed.span(-5, 20)
    with write() as current:
        current.refresh(made.box)
        made.box.rounds = (over, ahead)
    assert prints.poster(made.box, None, BASE, sample=False).rounds == (ahead,)
