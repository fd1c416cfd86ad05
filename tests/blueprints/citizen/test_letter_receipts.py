"""The receipt of a letter: the same for a resend, another for another letter, gone once noted."""

from sqlalchemy import select

from portal.core import database
from portal.features.letters.models import LetterIntake
from tests.support import lettered
from tests.support.lettered import BOX_CODE, TEXT

ADDRESS = f"/h/{BOX_CODE}"


def waiting():
    return list(database.session().scalars(select(LetterIntake).order_by(LetterIntake.key)))


def write(client, text=TEXT, *, code=BOX_CODE, **more):
    """Fill the form and look it over."""
    filled = {"loai": "suggestion", "ve": "viec", "noi_dung": text} | more
    return client.page(f"/h/{code}").submit("Xem lại trước khi gửi", **filled)


def receipt(page):
    """Give the receipt that a page shows, in its groups."""
    assert page.h1 == "Thư đã được ghi nhận", page.text
    return page.text.split("Chép mã")[1].split("Tra cứu")[0].split()[-1]


def form(client, **more):
    key = client.page(ADDRESS).form("Xem lại trước khi gửi").fields["khoa"]
    return {"khoa": key, "loai": "praise", "ve": "viec", "noi_dung": TEXT} | more


def test_a_resend_after_a_lost_network_gives_the_same_receipt(client):
    lettered.box()
    looked = write(client)
    first, second = looked.submit("Gửi thư"), looked.submit("Gửi thư")
    assert receipt(first) == receipt(second)
    assert "Thư này đã được nhận từ lần bấm trước." in second.text
    assert len(waiting()) == 1


def test_a_second_window_that_writes_another_letter_is_told_that_it_was_not_sent(client):
    lettered.box()
    fields = form(client)
    client.post(f"{ADDRESS}/gui", data=fields)
    answer = client.post(f"{ADDRESS}/gui", data=fields | {"noi_dung": "Thư thứ hai"})
    page = answer.get_data(as_text=True)
    assert answer.status_code == 409
    assert "Thư này CHƯA được gửi" in page
    assert "Thư thứ hai" in page
    assert fields["khoa"] not in page
    assert [row.text for row in waiting()] == [TEXT]


def test_looking_another_letter_over_makes_it_a_letter_of_its_own(client):
    lettered.box()
    looked = write(client)
    first = receipt(looked.submit("Gửi thư"))
    second = looked.submit("Sửa lại").submit("Xem lại trước khi gửi", noi_dung="Thư thứ hai")
    assert "Đây là một thư mới." in second.text
    assert receipt(second.submit("Gửi thư")) != first
    assert {row.text for row in waiting()} == {TEXT, "Thư thứ hai"}


def test_looking_over_what_was_sent_shows_its_receipt_and_not_that_it_is_unsent(client):
    lettered.box()
    looked = write(client)
    first = receipt(looked.submit("Gửi thư"))
    again = looked.submit("Sửa lại").submit("Xem lại trước khi gửi")
    assert receipt(again) == first
    assert "CHƯA được gửi" not in again.text


def test_a_receipt_that_is_written_down_is_shown_no_more(client):
    lettered.box()
    looked = write(client)
    kept = looked.submit("Gửi thư")
    code = receipt(kept)
    kept.submit("Đã ghi lại", nhom=code[-4:])
    for again in (looked.submit("Gửi thư"), kept.submit("Lưu ảnh"), kept.submit("Đã ghi lại")):
        assert again.h1 == "Ông/bà đã giữ mã"
        assert code not in again.text
        assert "nên không hiện nữa" in again.text


def test_the_last_group_confirms_that_it_was_written_down(client):
    lettered.box()
    kept = write(client).submit("Gửi thư")
    code = receipt(kept)
    wrong = kept.submit("Đã ghi lại", nhom="0000")
    assert wrong.status == 422
    assert receipt(wrong) == code
    done = wrong.submit("Đã ghi lại", nhom=code[-4:].lower())
    assert done.h1 == "Ông/bà đã giữ mã"
    assert code not in done.text


def test_nobody_gets_a_receipt_for_a_form_that_was_never_sent(client):
    lettered.box()
    fields = form(client) | {"nhom": "ABCD"}
    assert client.post(f"{ADDRESS}/da-ghi", data=fields).status_code == 404
    assert client.post(f"{ADDRESS}/anh", data=fields).status_code == 404


def test_the_receipt_can_be_kept_as_a_picture(client):
    lettered.box()
    fields = form(client)
    client.post(f"{ADDRESS}/gui", data=fields)
    answer = client.post(f"{ADDRESS}/anh", data={"khoa": fields["khoa"]})
    assert answer.mimetype == "image/png"
    assert answer.headers["Content-Disposition"] == 'attachment; filename="ma-theo-doi.png"'
