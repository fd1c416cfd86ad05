"""A draft before everybody: from the address on the poster to what became of each comment."""

import pytest
from sqlalchemy import select
from werkzeug.datastructures import MultiDict

from portal.core import database
from portal.core.errors import NotStored
from portal.core.text import clean
from portal.features.consultations import outcomes, voice_intake, voice_reading
from portal.features.consultations.outcomes import Outcome
from portal.features.consultations.voice_models import Agreement, VoiceIntake
from tests.support import hostile, lettered, voiced
from tests.support.voiced import CLAUSE, CODE, FIRST, POINT, PROVISIONS, SECOND, TEXT, TITLE

ADDRESS = f"/g/{CODE}"
ARTICLE = f"{ADDRESS}/dieu/{SECOND}"


def waiting():
    rows = database.session().scalars(select(VoiceIntake).order_by(VoiceIntake.key))
    return [voice_reading.unpack(row.content) for row in rows]


def look_over(client, text=TEXT, key=CLAUSE, **more):
    """Fill one article's form and look it over."""
    return client.page(ARTICLE).submit("Xem và gửi", **{f"y-{key}": text}, **more)


def receipt(page):
    """Give the receipt that a page shows, in its groups."""
    assert page.h1 == "Ý kiến đã được ghi nhận", page.text
    return page.text.split("Chép mã")[1].split("Tra cứu")[0].split()[-1]


def sent(client):
    return receipt(look_over(client).submit("Gửi ý kiến"))


def test_a_comment_from_the_poster_to_the_receipt(client):
    voiced.consultation()
    contents = client.page(ADDRESS)
    assert (contents.h1, "Còn 6 ngày" in contents.text) == (TITLE, True)
    article = contents.follow("Điều 2. Nội dung phải công khai")
    assert "Kế hoạch phát triển kinh tế - xã hội của phường." in article.text
    looked = article.submit("Xem và gửi", **{f"y-{CLAUSE}": TEXT, f"t-{POINT}": "1"})
    assert (looked.h1, waiting()) == ("Xem lại trước khi gửi", [])
    assert "Góp ý cho khoản 2 Điều 2" in looked.text
    kept = looked.submit("Gửi ý kiến")
    assert len(receipt(kept)) == 19
    (stored,) = waiting()
    assert (stored.comments, stored.agrees) == (((CLAUSE, TEXT),), (POINT,))


def test_everything_is_agreed_to_in_one_tap(client):
    voiced.consultation()
    kept = client.page(ADDRESS).submit("Nhất trí toàn bộ")
    assert receipt(kept)
    assert [one.agrees for one in waiting()] == [("",)]
    voiced.next_morning()
    assert database.session().scalars(select(Agreement.n).order_by(Agreement.key)).all() == [1]


def test_the_counter_moves_after_sending(client):
    voiced.consultation()
    assert "0 lượt trên trang này" in client.page(ADDRESS).text
    assert "1 lượt góp ý" in look_over(client).submit("Gửi ý kiến").text
    assert "1 lượt trên trang này" in client.page(ADDRESS).text


def test_what_other_pages_hold_goes_along_and_is_looked_over_by_place(client):
    voiced.consultation()
    page = client.page(ARTICLE)
    form = page.form("Xem và gửi")
    held = MultiDict({**form.fields, f"y-{FIRST}": "Một", "y-chung": "Chung", f"y-{CLAUSE}": "Hai"})
    looked = page.send("post", form.action, held)
    headings = ["Góp ý cho cả dự thảo", "Góp ý cho Điều 1", "Góp ý cho khoản 2 Điều 2"]
    assert [one for one in headings if one in looked.text] == headings
    places = [looked.text.index(one) for one in headings]
    assert places == sorted(places)


def test_a_form_sent_twice_shows_the_same_receipt_and_counts_once(client):
    voiced.consultation()
    looked = look_over(client)
    first, again = looked.submit("Gửi ý kiến"), looked.submit("Gửi ý kiến")
    assert receipt(first) == receipt(again)
    assert "đã được nhận từ lần bấm trước" in again.text
    assert len(waiting()) == 1


def test_other_words_from_the_same_form_are_a_sending_of_their_own(client):
    voiced.consultation()
    looked = look_over(client)
    first = receipt(looked.submit("Gửi ý kiến"))
    page = looked.submit("Gửi ý kiến", **{f"y-{CLAUSE}": "Một ý khác"})
    assert (page.status, page.h1) == (409, "Đây là ý kiến khác, CHƯA được gửi")
    assert receipt(page.submit("Gửi ý kiến")) != first
    assert len(waiting()) == 2


def test_a_receipt_that_is_written_down_is_not_shown_again(client):
    voiced.consultation()
    looked = look_over(client)
    page = looked.submit("Gửi ý kiến")
    page.submit("Đã ghi lại", nhom=receipt(page)[-4:])
    again = looked.submit("Gửi ý kiến")
    assert again.h1 == "Ông/bà đã giữ mã"
    assert "không hiện nữa" in again.text
    assert receipt(page) not in again.text


def test_nothing_of_it_stands_in_an_address_and_no_cookie_says_whose_it_is(client):
    voiced.consultation()
    looked = look_over(client)
    assert not list(client._cookies)
    kept = looked.submit("Gửi ý kiến")
    assert (looked.path, kept.path) == (f"{ADDRESS}/xem-lai", f"{ADDRESS}/gui")
    assert client.get_cookie("da_gui", path=ADDRESS).value == "1"
    assert client.get_cookie("nhip").value.split(".")[1] == "1"
    assert len(list(client._cookies)) == 2


def test_one_browser_that_taps_sixty_times_counts_once(client):
    voiced.consultation()
    taps = [client.page(ADDRESS).submit("Nhất trí toàn bộ").status for _ in range(60)]
    assert (taps[:20], set(taps[20:])) == ([200, *[409] * 19], {429})
    assert len(waiting()) == 1


def test_somebody_else_of_the_family_sends_with_one_press_more(client):
    voiced.consultation()
    first = receipt(client.page(ADDRESS).submit("Nhất trí toàn bộ"))
    asked = client.page(ADDRESS).submit("Nhất trí toàn bộ")
    assert (asked.status, asked.h1) == (409, "Máy này đã gửi ý kiến một lần")
    assert receipt(asked.submit("Gửi ý kiến")) != first
    looked = look_over(client)
    assert (looked.status, looked.h1) == (200, "Máy này đã gửi ý kiến một lần")
    receipt(looked.submit("Gửi ý kiến"))
    assert len(waiting()) == 3


def test_too_fast_loses_no_word_and_another_browser_is_not_held_up(client, app):
    voiced.consultation()
    for _ in range(20):
        client.page(ADDRESS).submit("Nhất trí toàn bộ")
    page = look_over(client).submit("Gửi ý kiến")
    assert (page.status, page.h1) == (429, "Ý kiến chưa được nhận: máy này gửi quá nhanh")
    assert page.form("Gửi ý kiến").fields[f"y-{CLAUSE}"].strip() == TEXT
    assert receipt(app.test_client().page(ADDRESS).submit("Nhất trí toàn bộ"))


def test_too_long_a_comment_comes_back_whole(client):
    voiced.consultation()
    long = "ộ" * 20_000
    page = look_over(client, long)
    assert page.status == 422
    assert "Ý kiến dài 20000 ký tự, nhiều nhất là 10000." in page.text
    assert page.form("Gửi ý kiến").fields[f"y-{CLAUSE}"].strip() == long


def test_an_empty_form_is_told_what_is_missing(client):
    voiced.consultation()
    page = client.page(ARTICLE).submit("Xem và gửi")
    assert page.status == 422
    assert "Ông/bà chưa viết ý kiến nào" in page.text


def test_a_telephone_number_is_warned_of_and_covered_in_one_press(client):
    voiced.consultation()
    looked = look_over(client, "Gọi cho tôi 0912 345 678.")
    covered = looked.submit("Bỏ số này")
    assert "Ở đây có số điện thoại." not in covered.text
    covered.submit("Gửi ý kiến")
    assert waiting()[0].comments == ((CLAUSE, "Gọi cho tôi ▪▪▪."),)


@pytest.mark.parametrize(("opens_in", "words"), [(2, "Nhận ý kiến từ"), (-30, "Đã hết ngày góp ý")])
def test_outside_its_days_a_draft_is_there_to_be_read(client, opens_in, words):
    voiced.consultation(opens_in=opens_in)
    page = client.page(ARTICLE)
    assert words in page.text
    assert "Mức đóng góp" in page.text
    assert "Xem và gửi" not in page.buttons


def test_what_is_sent_too_late_is_refused_and_says_so(client):
    made = voiced.consultation()
    looked = look_over(client)
    with database.write():
        (track,) = made.consultation.tracks
        track.opens_on = track.closes_on = track.opens_on.replace(year=2020)
    page = looked.submit("Gửi ý kiến")
    assert (page.status, waiting()) == (409, [])
    assert "KHÔNG được nhận" in page.text


def test_a_full_disk_is_admitted_and_nothing_is_lost(client, monkeypatch):
    voiced.consultation()
    looked = look_over(client)

    def full(*_args):
        raise NotStored

    monkeypatch.setattr(voice_intake, "_store", full)
    page = looked.submit("Gửi ý kiến")
    assert (page.status, page.h1) == (503, "Ý kiến CHƯA được lưu")
    assert page.form("Gửi ý kiến").fields[f"y-{CLAUSE}"].strip() == TEXT


def test_of_a_draft_nobody_knows(client):
    voiced.consultation(state="draft")
    client.page(ADDRESS, status=404)
    client.page(ARTICLE, status=404)


def test_the_codes_that_hang_in_the_ward_say_when_it_was_called_off(client):
    voiced.consultation(state="cancelled")
    page = client.page(ARTICLE)
    assert "Đợt lấy ý kiến này đã hủy" in page.text
    assert page.forms == []


def test_a_key_that_is_gone_leads_back_to_the_contents(client):
    made = voiced.consultation()
    voiced.version(made.consultation.draft_id, PROVISIONS[:2], 2)
    assert client.page(f"{ADDRESS}/dieu/{CLAUSE}").path == ADDRESS
    assert client.page(f"{ADDRESS}/dieu/zzzzzzzz").path == ADDRESS


def test_the_address_of_a_clause_leads_to_its_article(client):
    voiced.consultation()
    assert client.page(f"{ADDRESS}/dieu/{CLAUSE}").path == ARTICLE


def test_a_comment_on_what_the_draft_never_had_is_one_on_the_whole(client):
    voiced.consultation()
    page = client.page(ARTICLE)
    form = page.form("Xem và gửi")
    page.send("post", f"{ADDRESS}/gui", MultiDict({**form.fields, "y-ffffffff": "Còn đây"}))
    assert waiting()[0].comments == (("", "Còn đây"),)


def test_the_code_typed_on_the_first_page_leads_to_the_draft(client):
    voiced.consultation()
    assert client.page("/").submit("Mở phiếu", ma=CODE.upper()).path == ADDRESS


def test_the_receipt_is_a_picture_and_asked_for_again(client):
    voiced.consultation()
    page = look_over(client).submit("Gửi ý kiến")
    code = receipt(page)
    assert page.submit("Đã ghi lại", nhom="AAAA").status == 422
    form = page.form("Lưu ảnh")
    assert client.post(form.action, data=form.fields).mimetype == "image/png"
    assert page.submit("Đã ghi lại", nhom=code[-4:]).h1 == "Ông/bà đã giữ mã"
    assert client.post(form.action, data=form.fields).mimetype == "text/html"


def test_one_form_opens_letters_and_comments_by_their_receipt(client):
    voiced.consultation()
    code = sent(client)
    page = client.page("/t").submit("Xem trả lời", ma=code.lower())
    assert (page.path, page.h1) == ("/t/thu", "Ý kiến đang chờ sáng mai")
    voiced.next_morning()
    page = client.page("/t/thu")
    assert page.h1 == "Ý kiến đã tới nơi tổng hợp"
    assert "khoản 2 Điều 2" in page.text
    assert "Đang được tổng hợp." in page.text


def test_a_receipt_leads_to_the_explanation(client, monkeypatch):
    monkeypatch.setattr(outcomes, "_providers", [])
    voiced.consultation()
    code = sent(client)
    voiced.next_morning()
    told = Outcome("part", "Đã bổ sung thời hạn 15 ngày.", 2)
    outcomes.provide(lambda asked: {one.id: told for one in asked})
    page = client.page("/t").submit("Xem trả lời", ma=code)
    assert page.h1 == "Ý kiến đã có giải trình"
    assert "Tiếp thu một phần" in page.text
    assert "Đã bổ sung thời hạn 15 ngày." in page.text


def test_others_are_read_only_where_it_is_a_setting(client):
    made = voiced.consultation()
    made.comment(CLAUSE)
    assert "ý kiến của bà con" not in client.page(ARTICLE).text
    client.page(f"{ARTICLE}/y-kien", status=404)
    with database.write():
        made.consultation.shows_comments = True
    page = client.page(ARTICLE).follow("1 ý kiến của bà con")
    assert TEXT in page.text


def test_hostile_strings_are_shown_and_stored_as_they_are(client, monkeypatch):
    voiced.consultation(shows=True)
    lettered.hash_fast(monkeypatch)
    written = []
    for text in hostile.STRINGS[::6]:
        typed = hostile.on_the_wire(text)[:9000]
        kept = clean(typed, multiline=True)
        looked = look_over(client, typed)
        assert looked.status == (200 if kept else 422)
        if kept:
            assert " ".join(kept.split()) in looked.text
            looked.submit("Gửi ý kiến")
            written.append(kept)
            client.delete_cookie("nhip")
    voiced.next_morning()
    client.page(f"{ARTICLE}/y-kien")
    assert sorted(one.text for one in voiced.comments()) == sorted(written)


@pytest.mark.parametrize("name", ["khoa", "che", "nhom", "t-chung", "y-", "t-", "x"])
def test_hostile_fields_break_nothing(client, name):
    voiced.consultation()
    fields = client.page(ARTICLE).form("Xem và gửi").fields
    for text in hostile.STRINGS[::29]:
        sent = MultiDict({**fields, f"y-{CLAUSE}": "a", name: hostile.on_the_wire(text)})
        for step in ("xem-lai", "gui", "da-ghi", "anh"):
            assert client.post(f"{ADDRESS}/{step}", data=sent).status_code < 500


def test_a_form_from_another_site_is_refused(client):
    voiced.consultation()
    answer = client.post(f"{ADDRESS}/gui", data={}, headers={"Sec-Fetch-Site": "cross-site"})
    assert answer.status_code == 403
