"""Following a letter by its receipt."""

from datetime import timedelta

import pytest
from sqlalchemy import event, select, text

from portal.core import clock, database, receipts
from portal.features.letters import (
    content,
    delivery,
    files,
    following,
    opening,
    proof,
    sending,
)
from portal.features.letters.kinds import Count, State
from portal.features.letters.models import (
    LetterBatch,
    LetterCount,
    LetterIntake,
    LetterMessage,
    LetterOpening,
)
from portal.features.letters.opening import Opened, Tries
from tests.support import hostile, lettered
from tests.support.lettered import TEXT, answered, delivered, move, opened

OTHER = "0000000000000000"


def test_a_letter_that_waits_says_when_it_arrives(client):
    receipt = lettered.box().receipt()
    page = opened(client, receipt)
    assert (page.path, page.h1) == ("/t/thu", "Thư đang chờ sáng mai")
    assert TEXT in page.text
    assert "Viết thêm" not in page.text


def test_a_delivered_letter_says_who_reads_and_until_when(client):
    made, receipt = delivered()
    page = opened(client, receipt)
    assert page.h1 == "Thư đã tới người đọc"
    assert "Đã tới Khối Dân vận phường Ngô Quyền" in page.text
    due = clock.today() + timedelta(days=made.box.answer_days)
    assert f"Chậm nhất phải trả lời{clock.format_date(due)}" in page.text
    assert "Chưa có cán bộ nào mở thư này." in page.text


@pytest.mark.parametrize("write", [
    str.lower, receipts.grouped, lambda one: f"  {receipts.grouped(one).replace('-', ' – ')} ",
    lambda one: one.replace("0", "O").replace("1", "l").replace("V", "U"),
])  # fmt: skip
def test_a_receipt_is_read_however_it_is_typed(client, write):
    receipt = lettered.box().receipt()
    assert opened(client, write(receipt)).path == "/t/thu"


def test_a_receipt_that_nobody_has_is_said_and_nothing_opens(client):
    lettered.box().send()
    page = opened(client, OTHER)
    assert page.status == 422
    assert "Không có thư, ý kiến nào mang mã này." in page.text
    assert client.page("/t/thu").path == "/t"


def test_what_cannot_be_a_receipt_is_said_at_once(client, monkeypatch):
    monkeypatch.setattr(receipts, "_work", None)
    assert "Mã có đủ 16 chữ và số" in opened(client, "K7RM").text


def test_after_five_wrong_ones_the_browser_waits(client, monkeypatch):
    made = lettered.box()
    lettered.hash_fast(monkeypatch)
    receipt = made.receipt()
    for _ in range(5):
        page = opened(client, OTHER)
    assert "Xin chờ 5 giây" in page.text
    assert opened(client, receipt).status == 429
    assert opened(client.application.test_client(), receipt).path == "/t/thu"


def test_the_form_itself_counts_where_no_cookie_is_kept(client, monkeypatch):
    lettered.box()
    lettered.hash_fast(monkeypatch)
    page = client.page("/t")
    for _ in range(5):
        page = page.submit("Xem trả lời", ma=OTHER)
        client.sign_out()
    assert page.submit("Xem trả lời", ma=OTHER).status == 429


def test_the_wait_doubles_and_is_forgotten_after_an_hour():
    tries = Tries()
    waits = []
    for _ in range(9):
        tries = tries.one_more(1000)
        waits.append(tries.wait(1000))
    assert waits == [0, 0, 0, 0, 5, 10, 20, 40, 80]
    assert tries.wait(1000 + 3600) == 0
    assert Tries(60, 1000).wait(1000) == 900


def test_a_thousand_wrong_ones_are_slowed_and_the_owner_is_not(app, monkeypatch):
    made = lettered.box()
    lettered.hash_fast(monkeypatch)
    receipt = made.receipt()
    tries, now, asked = Tries(), 0, 0
    for second in range(3600):
        now = second
        if asked < 1000 and tries.wait(now) == 0:
            asked, tries = asked + 1, tries.one_more(now)
    assert asked < 20
    assert opening.of_receipt(receipt) is not None


def test_what_the_browser_says_of_its_tries_must_be_ours():
    lettered_text = "9.5." + "0" * 32
    assert opening.tries(lettered_text, None, "x", "1.2") == Tries()


def test_no_letter_and_a_letter_ask_the_same_of_the_database(app):
    receipt = lettered.box().receipt()
    asked = []

    def count(found):
        statements = []
        engine = database.session().get_bind()

        def note(_c, _cur, statement, *_):
            statements.append(statement)

        event.listen(engine, "before_cursor_execute", note)
        opening.load(Opened(found.lookup, found.sender.private))
        event.remove(engine, "before_cursor_execute", note)
        asked.append(len([one for one in statements if one.startswith("SELECT")]))

    for one in (receipt, OTHER):
        count(receipts.open_for_lookup(one))
    assert asked[0] == asked[1]


def test_the_cookie_is_for_the_tracking_pages_alone_and_no_script_reads_it(client):
    receipt = lettered.box().receipt()
    fields = client.page("/t").form("Xem trả lời").fields
    answer = client.post("/t/mo", data=dict(fields) | {"ma": receipt})
    (cookie,) = [one for one in answer.headers.getlist("Set-Cookie") if one.startswith("thu_mo=")]
    assert "HttpOnly" in cookie
    assert "Path=/t" in cookie
    assert "SameSite=Strict" in cookie
    assert receipt not in cookie
    assert receipt not in answer.location
    assert "Max-Age=900" in cookie


def test_it_is_shut_with_one_press(client):
    page = opened(client, lettered.box().receipt())
    assert page.submit("Đóng").h1 == "Đã đóng trang tra cứu"
    assert client.page("/t/thu").path == "/t"


def test_who_opened_it_is_shown_by_level_and_day(client):
    made, receipt = delivered()
    with database.write() as current:
        current.add(
            LetterOpening(
                letter_id=lettered.the_letter().id, day=clock.today(),
                organisation_id=made.bodies["reader"].id, level="commune",
            )
        )  # fmt: skip
    page = opened(client, receipt)
    assert f"Khối Dân vận phường Ngô Quyền (cấp xã){clock.format_date(clock.today())}" in page.text


def test_an_answer_is_read_and_asked_about(client):
    _, receipt = delivered()
    answered(lettered.the_letter())
    page = opened(client, receipt)
    assert page.h1 == "Thư đã có trả lời"
    assert "Đã xem lại, mời ông/bà đến nhận giấy." in page.text
    again = page.submit("Gửi câu hỏi lại", noi_dung="Bao giờ?")
    assert again.h1 == "Thư đang được xem xét"
    assert "Bao giờ?" in again.text
    assert lettered.the_letter().state == State.CLASSIFIED
    assert lettered.messages(lettered.the_letter())[-1].folded == "bao gio?"


def test_notes_and_answers_that_nobody_approved_are_not_shown(client):
    _, receipt = delivered()
    letter = lettered.the_letter()
    with database.write() as current:
        for number, side in ((1, "note"), (2, "office")):
            current.add(
                LetterMessage(
                    key=database.random_key(), letter_id=letter.id, side=side, number=number,
                    day=clock.today(), text=f"Kín {side}",
                )
            )  # fmt: skip
    assert "Kín" not in opened(client, receipt).text


def test_a_reply_to_a_sealed_letter_is_sealed_and_its_sender_reads_it(client):
    made, receipt = delivered(official=True)
    page = opened(client, receipt).submit("Gửi thêm", noi_dung="Còn một việc nữa")
    assert "Còn một việc nữa" in page.text
    message = lettered.messages(lettered.the_letter())[-1]
    assert message.text is None
    assert message.folded is None
    assert content.open_sealed(made.pair.private, message.for_reader).text == "Còn một việc nữa"


def test_a_reply_is_bounded_by_day(client):
    _, receipt = delivered()
    page = opened(client, receipt)
    for n in range(sending.MOST_A_DAY):
        page = page.submit("Gửi thêm", noi_dung=f"Lần {n}")
    page = page.submit("Gửi thêm", noi_dung="Một lần nữa")
    assert page.status == 422
    assert "Mỗi ngày viết thêm được 5 lần." in page.text
    assert page.form("Gửi thêm").fields["noi_dung"].strip() == "Một lần nữa"


def test_an_empty_reply_is_refused(client):
    _, receipt = delivered()
    assert "Xin viết nội dung thư." in opened(client, receipt).submit("Gửi thêm").text


def test_another_page_cannot_act_for_the_sender(client):
    _, receipt = delivered()
    opened(client, receipt)
    client.post("/t/rut", data={"khoa": "sai"})
    client.post("/t/viet-them", data={"khoa": "", "noi_dung": "x"})
    assert lettered.the_letter().state == State.RECEIVED
    assert len(lettered.messages(lettered.the_letter())) == 1


def withdrawn(client, receipt):
    asked = opened(client, receipt).follow("Rút thư này")
    assert asked.h1 == "Rút thư?"
    assert "giữ 14 bản" in asked.text
    return asked.submit("Rút và xóa thư")


def test_taking_it_back_before_it_arrives_erases_the_words(client):
    receipt = lettered.box().receipt(photos=1)
    page = withdrawn(client, receipt)
    assert page.h1 == "Ông/bà đã rút thư này"
    (row,) = database.session().scalars(select(LetterIntake)).all()
    assert (row.text, row.salt, row.photos, row.withdrawn) == (None, None, "[]", True)
    lettered.next_morning()
    assert lettered.the_letter().state == State.WITHDRAWN
    assert opened(client, receipt).h1 == "Ông/bà đã rút thư này"


@pytest.mark.parametrize("official", [False, True])
def test_taking_it_back_afterwards_leaves_a_line_and_the_count(client, official):
    _, receipt = delivered(official=official, photos=2)
    opened(client, receipt).submit("Gửi thêm", noi_dung="Nói thêm")
    before = lettered.the_letter().commitment
    withdrawn(client, receipt)
    letter = lettered.the_letter()
    assert (letter.state, letter.commitment) == (State.WITHDRAWN, before)
    for message in lettered.messages(letter):
        assert (message.text, message.folded, message.for_reader, message.for_sender) == (
            None, None, None, None,
        )  # fmt: skip
    assert list(files._folder["letters"].iterdir()) == []
    rows = database.session().scalars(select(LetterCount)).all()
    assert {row.what: row.n for row in rows}[Count.WITHDRAWN] == 1


def test_what_was_taken_back_is_in_no_byte_of_the_database(client, settings, backend):
    if backend == "postgresql":
        return
    _, receipt = delivered(text="CANARYRUTTHU bí mật")
    withdrawn(client, receipt)
    for path in settings.data_dir.glob("**/*"):
        if path.is_file():
            assert b"CANARYRUTTHU" not in path.read_bytes(), path


def test_what_was_public_goes_too_and_the_answer_stays(client):
    _, receipt = delivered()
    letter = lettered.the_letter()
    answered(letter, state=State.PUBLISHED)
    with database.write() as current:
        current.execute(text("UPDATE letters SET published_text = 'đoạn công khai'"))
    withdrawn(client, receipt)
    assert lettered.the_letter().published_text == ""
    assert lettered.messages(letter)[1].text is not None


def test_the_proof_can_be_computed_by_anybody(client):
    made = lettered.box()
    receipt = made.receipt()
    for n in range(4):
        made.send(f"Thư khác {n}")
    lettered.next_morning()
    found = opening.of_receipt(receipt)
    shown = following.follow(found).proof
    (batch,) = database.session().scalars(select(LetterBatch)).all()
    assert shown.commitment == proof.commitment(shown.salt, TEXT)
    assert proof.climb(shown.commitment, shown.path) == batch.root
    assert (shown.size, shown.digest) == (5, batch.digest)
    page = opened(client, receipt).follow("Chứng minh thư nằm trong số đã công bố: 1 trong 5 thư")
    assert batch.digest.hex() in page.text


def test_a_sealed_letter_proves_itself_to_its_sender(client):
    _, receipt = delivered(official=True)
    page = opened(client, receipt).follow("Chứng minh thư")
    assert lettered.the_letter().commitment.hex() in page.text
    assert "Muối" in page.text


@pytest.mark.parametrize("state", sorted(State))
def test_every_state_has_its_page(client, state):
    _, receipt = delivered()
    move(lettered.the_letter(), state)
    assert opened(client, receipt).status == 200


def test_hostile_strings_find_nothing_and_break_nothing(client, monkeypatch):
    lettered.box()
    lettered.hash_fast(monkeypatch)
    fields = dict(client.page("/t").form("Xem trả lời").fields)
    for one in hostile.STRINGS[::5]:
        client.sign_out()
        typed = hostile.on_the_wire(one)
        assert client.post("/t/mo", data=fields | {"ma": typed}).status_code in {422, 429}
        assert client.post("/t/mo", data={"khoa": typed, "ma": OTHER}).status_code in {422, 429}


def test_delivery_goes_on_while_somebody_reads(client):
    made = lettered.box()
    receipt = made.receipt()
    page = opened(client, receipt)
    delivery.deliver(clock.today() + timedelta(days=1))
    assert client.page("/t/thu").h1 == "Thư đã tới người đọc"
    assert page.h1 == "Thư đang chờ sáng mai"
