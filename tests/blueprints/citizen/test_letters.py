"""Writing a letter: from the address on the poster to the receipt."""

from io import BytesIO

import pytest
from sqlalchemy import select
from werkzeug.datastructures import MultiDict

from portal.core import clock, database
from portal.core.errors import NotStored
from portal.core.text import clean
from portal.features.letters import files, form_keys, intake
from portal.features.letters.models import LetterIntake
from tests.support import hostile, lettered, pictures
from tests.support.lettered import BOX_CODE, POINT_CODE, TEXT

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


def test_a_letter_from_the_poster_to_the_receipt(client):
    made = lettered.box()
    looked = write(client, code=POINT_CODE, linh_vuc=lettered.FIELDS[0])
    assert looked.h1 == "Xem lại trước khi gửi"
    assert TEXT in looked.text
    assert lettered.FIELDS[0] in looked.text
    assert waiting() == []
    kept = looked.submit("Gửi thư")
    (row,) = waiting()
    assert len(receipt(kept)) == 19
    assert (row.text, row.point_id, row.field) == (TEXT, made.point.id, lettered.FIELDS[0])


def test_who_reads_is_said_with_the_names_of_the_bodies(client):
    made = lettered.box()
    assert "Cấp trên chưa có khóa mở thư" in client.page(ADDRESS).text
    made.give_key()
    page = client.page(ADDRESS)
    assert "Ai đọc? Khối Dân vận phường Ngô Quyền." in page.text
    assert "chuyển thẳng lên BCĐ thành phố Bắc Giang; phường Ngô Quyền không mở được" in page.text
    assert "Thư “Khen ngợi” thì Đoàn thanh niên phường Ngô Quyền cũng đọc" in page.text


def test_complaints_and_denunciations_are_shown_the_lawful_way(client):
    lettered.box()
    page = client.page(ADDRESS)
    assert "Luật Khiếu nại 2011" in page.text
    assert "Luật Tố cáo 2018" in page.text
    assert "complaint" not in page.form("Xem lại trước khi gửi").fields.getlist("loai")


@pytest.mark.parametrize(
    ("opens_in", "words"),
    [(3, "Hòm thư chưa mở"), (-100, "Hòm thư đã kết thúc")],
)
def test_a_box_that_takes_none_says_when(client, opens_in, words):
    lettered.box(opens_in=opens_in)
    page = client.page(ADDRESS)
    assert page.h1 == words
    assert "Tra cứu thư đã gửi" in [link.text for link in page.links]


def test_a_code_that_nobody_has_is_said_kindly(client):
    assert "Không tìm thấy mã" in client.page("/h/bcdf2345", status=404).text


def test_the_code_in_capitals_and_groups_leads_to_the_same_form(client):
    lettered.box()
    assert client.page("/h/K7RM-4WXQ").path == ADDRESS


def test_a_letter_that_lacks_something_comes_back_whole(client):
    lettered.box()
    page = client.page(ADDRESS).submit("Xem lại trước khi gửi", noi_dung="Chỉ có chữ")
    assert page.status == 422
    assert "Xin chọn thư là khen ngợi, góp ý hay phản ánh." in page.text
    assert page.form("Xem lại trước khi gửi").fields["noi_dung"].strip() == "Chỉ có chữ"


def test_too_long_a_letter_is_told_how_long_it_is(client):
    lettered.box()
    page = write(client, "ộ" * 2001)
    assert "Thư dài 2001 ký tự, nhiều nhất là 2000." in page.text


def test_a_telephone_number_is_warned_of_and_covered_in_one_press(client):
    lettered.box()
    looked = write(client, "Số máy của tôi 0912 345 678 để tiện liên hệ.")
    assert "Trong thư có số điện thoại." in looked.text
    covered = looked.submit("Bỏ số này")
    assert "Số máy của tôi ▪▪▪ để tiện liên hệ." in covered.text
    assert "Trong thư có số điện thoại." not in covered.text
    covered.submit("Gửi thư")
    assert waiting()[0].text == "Số máy của tôi ▪▪▪ để tiện liên hệ."


def test_a_warning_never_hinders(client):
    lettered.box()
    write(client, "Nhà tôi ở số 12 ngõ 5 đường Lê Lợi, CCCD 024099001234").submit("Gửi thư")
    assert "024099001234" in waiting()[0].text


def test_a_letter_that_names_a_post_is_offered_the_level_above(client):
    made = lettered.box()
    made.give_key()
    looked = write(client, "Chủ tịch phường không tiếp dân ngày thứ năm.")
    assert "Thư nhắc tới “Chủ tịch phường”." in looked.text
    above = looked.submit("Gửi thẳng cấp trên")
    assert "Chỉ BCĐ thành phố Bắc Giang." in above.text
    above.submit("Gửi thư")
    assert waiting()[0].text is None


def test_a_letter_that_names_a_person_is_offered_the_level_above(client):
    lettered.box().give_key()
    looked = write(client, "Ông Bình ở quầy hai đòi tiền mới làm.")
    assert "Thư nhắc tới “Ông Bình”." in looked.text
    above = looked.submit("Gửi thẳng cấp trên")
    assert not list(above.html.elements("mark"))


def test_a_draft_box_says_that_it_has_not_opened(client):
    made = lettered.box()
    with database.write() as current:
        current.execute(made.box.__table__.update().values(state="draft"))
    page = client.page(f"/h/{POINT_CODE}", status=404)
    assert page.h1 == "Hòm thư chưa mở"
    assert made.box.subject not in page.text
    assert client.page("/h/bcdf2345", status=404).h1 == "Không có hòm thư nào mang mã này"


def test_going_back_to_mend_it_loses_nothing(client):
    lettered.box()
    looked = write(client, "Một\n\nHai", linh_vuc=lettered.FIELDS[1], anh=photo())
    form = looked.submit("Sửa lại").form("Xem lại trước khi gửi")
    assert form.fields["noi_dung"].replace("\r", "").strip("\n") == "Một\n\nHai"
    assert (form.fields["loai"], form.fields["ve"]) == ("suggestion", "viec")
    assert (form.fields["linh_vuc"], form.fields["giu_anh"]) == (lettered.FIELDS[1], "0")
    assert form.fields["khoa"] == looked.form("Gửi thư").fields["khoa"]


def photo(data=None, name="anh.jpg"):
    return (BytesIO(pictures.told() if data is None else data), name)


def test_photos_go_along_without_what_the_camera_wrote(client):
    lettered.box()
    looked = write(client, anh=photo())
    looked.submit("Gửi thư")
    stored = b"".join(path.read_bytes() for path in files._folder["letters"].iterdir())
    assert b"SECRET" not in stored
    assert len(list(files._folder["letters"].iterdir())) == 2


def test_a_draft_photo_lies_on_the_disk_as_ciphertext_alone(client):
    lettered.box()
    write(client, anh=photo())
    (path,) = files._folder["drafts"].iterdir()
    assert b"\xff\xd8\xff" not in path.read_bytes()


def test_a_photo_can_be_left_out_again(client):
    lettered.box()
    form = write(client, anh=photo()).submit("Sửa lại")
    looked = form.submit("Xem lại trước khi gửi", giu_anh=[])
    looked.submit("Gửi thư")
    assert waiting()[0].photos == "[]"
    assert list(files._folder["drafts"].iterdir()) == []


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "không phải ảnh"),
        (b"<html><script>alert(1)</script></html>", "không phải ảnh"),
        (b"x" * 9000, "lớn quá 20 MB"),
    ],
)
def test_what_is_no_photo_is_named_and_the_letter_stays(client, data, said, monkeypatch):
    lettered.box()
    monkeypatch.setattr("portal.core.photos.LIMIT", 8192)
    page = write(client, anh=photo(data, "la.jpg"))
    assert page.status == 422
    assert "la.jpg" in page.text
    assert said in page.text
    assert page.form("Xem lại trước khi gửi").fields["noi_dung"].strip() == TEXT


def test_a_picture_of_thirty_thousand_by_thirty_thousand_is_refused_unopened(client):
    lettered.box()
    bomb = pictures.picture("PNG", (64, 64)).replace(
        (64).to_bytes(4, "big") * 2, (30000).to_bytes(4, "big") * 2, 1
    )
    page = write(client, anh=photo(bomb, "bom.png"))
    assert page.status == 422
    assert "bom.png" in page.text


def test_four_photos_are_one_too_many(client):
    lettered.box()
    fields = form(client) | {"anh": [photo() for _ in range(4)]}
    answer = client.post(f"{ADDRESS}/xem-lai", data=fields, content_type="multipart/form-data")
    assert "Mỗi thư kèm nhiều nhất 3 ảnh." in answer.get_data(as_text=True)


def form(client, **more):
    key = client.page(ADDRESS).form("Xem lại trước khi gửi").fields["khoa"]
    return {"khoa": key, "loai": "praise", "ve": "viec", "noi_dung": TEXT} | more


def test_the_receipt_is_in_no_address_and_no_cookie(client):
    lettered.box()
    answer = client.post(f"{ADDRESS}/gui", data=form(client))
    assert answer.status_code == 200
    assert not answer.headers.getlist("Set-Cookie")
    code = answer.get_data(as_text=True).split('id="ma">')[1][:19]
    page = answer.get_data(as_text=True)
    addresses = [
        part.split('"')[0] for part in page.replace("href", "action").split('action="')[1:]
    ]
    assert not any(code[:4] in one or code[-4:] in one for one in addresses)


def test_no_step_gives_a_cookie(client):
    lettered.box()
    fields = form(client)
    for step in ("xem-lai", "sua", "gui"):
        assert not client.post(f"{ADDRESS}/{step}", data=fields).headers.getlist("Set-Cookie")


def test_a_full_disk_is_said_and_the_letter_stays(client, monkeypatch):
    lettered.box()
    looked = write(client)

    def full(*_args, **_more):
        raise NotStored

    monkeypatch.setattr(intake, "receive", full)
    page = looked.submit("Gửi thư")
    assert (page.status, page.h1) == (503, "Thư CHƯA được lưu")
    assert page.form("Xem lại trước khi gửi").fields["noi_dung"].strip() == TEXT
    monkeypatch.undo()
    assert receipt(page.submit("Xem lại trước khi gửi").submit("Gửi thư"))


def test_a_box_that_ended_meanwhile_says_that_the_letter_was_not_taken(client):
    made = lettered.box()
    looked = write(client)
    with database.write() as current:
        current.execute(made.box.__table__.update().values(state="ended"))
    page = looked.submit("Gửi thư")
    assert page.status == 409
    assert "KHÔNG được nhận" in page.text


def test_a_stale_form_keeps_the_words(client):
    lettered.box()
    answer = client.post(f"{ADDRESS}/gui", data=form(client) | {"khoa": form_keys.new(POINT_CODE)})
    assert answer.status_code == 422
    assert TEXT in answer.get_data(as_text=True)


def test_who_goes_back_and_writes_the_same_again_is_told(client):
    lettered.box()
    write(client).submit("Gửi thư")
    assert "Hôm nay hòm thư đã nhận một thư giống hệt." in write(client).text


def test_another_page_cannot_send_a_letter(client):
    lettered.box()
    fields, headers = form(client), {"Sec-Fetch-Site": "cross-site"}
    for step in ("xem-lai", "sua", "gui", "da-ghi", "anh"):
        answer = client.post(f"{ADDRESS}/{step}", data=fields, headers=headers)
        assert answer.status_code == 403


@pytest.mark.parametrize("step", ["xem-lai", "sua", "gui", "da-ghi", "anh"])
def test_an_address_typed_by_hand_leads_to_the_form(client, step):
    lettered.box()
    assert client.page(f"{ADDRESS}/{step}").path == ADDRESS


def test_six_hundred_hostile_strings_are_shown_and_stored_as_they_are(client, monkeypatch):
    lettered.box()
    lettered.hash_fast(monkeypatch)
    sent = []
    for at, text in enumerate(hostile.STRINGS):
        typed = hostile.on_the_wire(text)[:2000]
        kept = clean(typed, multiline=True)
        looked = write(client, typed)
        assert looked.status == (200 if kept else 422)
        assert " ".join(kept.split()) in looked.text
        if kept and at % 6 == 0:
            looked.submit("Gửi thư")
            sent.append(kept)
    assert sorted(row.text for row in waiting()) == sorted(sent)


@pytest.mark.parametrize(
    "name", ["khoa", "loai", "linh_vuc", "ve", "giu_anh", "che", "len", "nhom"]
)
def test_hostile_fields_break_nothing(client, name):
    lettered.box()
    fields = form(client)
    for text in hostile.STRINGS[::9]:
        sent = MultiDict(fields | {name: hostile.on_the_wire(text)})
        for step in ("xem-lai", "sua", "gui", "da-ghi"):
            assert client.post(f"{ADDRESS}/{step}", data=sent).status_code < 500


def test_the_page_stays_light(client):
    lettered.box()
    assert len(client.get(ADDRESS).get_data()) < 20_000


def test_what_is_due_is_said_from_the_box(client):
    made = lettered.box()
    kept = write(client).submit("Gửi thư")
    done = kept.submit("Đã ghi lại", nhom=receipt(kept)[-4:])
    due = clock.today().toordinal() + made.box.answer_days
    assert clock.format_date(type(clock.today()).fromordinal(due)) in done.text


def test_the_code_typed_at_the_front_door_leads_to_the_box(client):
    lettered.box()
    assert client.page(f"/?ma={POINT_CODE}").path == f"/h/{POINT_CODE}"


def test_the_privacy_page_says_how_letters_are_kept(client):
    page = client.page("/bao-mat")
    assert "Thư gửi hòm thư góp ý" in page.text
    assert "quên sau 14 ngày" in page.text
