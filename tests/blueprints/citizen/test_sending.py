"""Sending a form, and what can go wrong with it."""

import pytest
from markupsafe import escape

from portal.core.database import write
from portal.core.errors import NotStored
from portal.features.campaigns.models import Campaign
from portal.features.campaigns.phase import State
from portal.features.surveys import intake
from portal.features.surveys.models import Participation
from portal.features.surveys.places import keep_for
from tests.support.asked import CODE, ask, key_hashes, taken
from tests.support.surveyed import with_threshold

DONE = "Đã nhận phiếu của ông/bà"
WORDS = "Nhà văn hóa nên mở <buổi tối> & 'cuối tuần'"


def send(client, **answers):
    return client.page(f"/{CODE}").submit("Gửi phiếu", **{"chung": "4", "biet": "co"} | answers)


def test_an_answer_is_stored_and_thanked_for(client):
    ask()
    page = send(client, qua=["loa", "zalo"], them=WORDS)
    assert (page.path, page.h1) == (f"/{CODE}/xong", DONE)
    assert [(row.choices, WORDS in row.texts) for row in taken()] == [("4|co|loa,zalo", True)]


def test_the_thanks_tell_nothing_of_what_was_answered(client):
    ask()
    text = send(client, qua="loa", them=WORDS).text
    assert not [said for said in (WORDS, "Hài lòng", "Loa", "Không biết") if said in text]


def test_the_thanks_show_folded_answers_only(client):
    asked = ask()
    assert "khi có đủ một nhóm ít nhất 5 phiếu" in send(client).text
    with write() as current:
        current.add(
            Participation(
                campaign_id=asked.campaign.id, unit_id=asked.unit_id,
                day=asked.campaign.opens_on, n=1140,
            )
        )  # fmt: skip
    assert "1.140 phiếu" in client.page(f"/{CODE}/xong").text


def test_the_thanks_name_the_group_of_this_form(client):
    ask(with_threshold(10))
    assert "không tính cho nhóm dưới 10 phiếu" in client.page(f"/{CODE}").text
    assert "khi có đủ một nhóm ít nhất 10 phiếu" in send(client).text


def test_the_opening_does_not_say_the_headline_twice(client):
    asked = ask()
    said = "về dân chủ ở xã, phường, thị trấn"
    for about, shown in ((said, False), ("Về thái độ cán bộ.", True)):
        with write() as current:
            campaign = current.get_one(Campaign, asked.campaign.id)
            campaign.headline, campaign.about = "Mời ông/bà cho ý kiến về dân chủ ở [đơn vị]", about
        keep_for(0)
        assert (about in client.page(f"/{CODE}").text) is shown


def test_a_browser_without_cookies_is_not_told_what_is_not_known(client):
    ask()
    page = client.page(f"/{CODE}/xong")
    assert page.h1 == "Cảm ơn ông/bà"


def test_the_same_form_sent_again_gets_the_same_thanks_and_counts_once(client):
    ask()
    page = client.page(f"/{CODE}")
    for _ in range(3):
        assert page.submit("Gửi phiếu", chung="4", biet="co").h1 == DONE
    assert len(taken()) == 1


def test_a_browser_that_has_sent_is_told_so_and_another_person_may_answer(client):
    ask()
    send(client)
    page = client.page(f"/{CODE}")
    assert page.h1 == "Máy này đã gửi một phiếu"
    page.follow("Người khác trả lời").submit("Gửi phiếu", chung="1", biet="co")
    assert len(taken()) == 2
    assert client.page(f"/{CODE}").h1 == "Máy này đã gửi một phiếu"


def test_a_second_form_of_one_browser_is_asked_about_and_kept(client):
    ask()
    second = client.page(f"/{CODE}")
    send(client)
    asked_back = second.send("post", f"/{CODE}/gui", second.form("Gửi phiếu").fields.to_dict() | {
        "chung": "1", "biet": "co", "them": WORDS})  # fmt: skip
    assert (asked_back.status, asked_back.h1) == (409, "Máy này đã gửi một phiếu")
    assert asked_back.form("Gửi phiếu").fields["them"] == WORDS
    assert len(taken()) == 1
    assert asked_back.submit("Gửi phiếu").h1 == DONE
    assert len(taken()) == 2


def test_errors_stand_beside_their_questions_and_all_that_was_typed_is_kept(client):
    ask()
    page = client.page(f"/{CODE}").submit("Gửi phiếu", biet="co", qua=["loa", "zalo"], them=WORDS)
    assert (page.status, page.h1) == (422, "Phiếu chưa gửi được")
    assert page.link("Câu 1:").href == "#cau-chung"
    fields = page.form("Gửi phiếu").fields
    assert (fields["biet"], fields.getlist("qua"), fields["them"]) == ("co", ["loa", "zalo"], WORDS)
    assert page.submit("Gửi phiếu", chung="4").h1 == DONE
    assert len(key_hashes()) == 1


def test_a_form_the_database_could_not_store_is_kept_and_sent_again(client, monkeypatch):
    ask()

    def full(*_args, **_more):
        raise NotStored

    monkeypatch.setattr(intake, "_store", full)
    page = send(client, them=WORDS)
    assert (page.status, page.h1) == (503, "Phiếu CHƯA được lưu")
    monkeypatch.undo()
    assert page.submit("Gửi phiếu").h1 == DONE
    assert [WORDS in row.texts for row in taken()] == [True]


def test_a_key_of_elsewhere_gives_the_form_back_with_a_new_key(client):
    ask()
    page = client.page(f"/{CODE}").submit(
        "Gửi phiếu", khoa="A" * 44, chung="4", biet="co", them=WORDS
    )
    assert page.status == 422
    assert page.submit("Gửi phiếu").h1 == DONE


def test_a_browser_that_floods_is_stopped_and_keeps_what_it_typed(client):
    ask()
    page = client.page(f"/{CODE}")
    for _ in range(20):
        assert page.submit("Gửi phiếu", biet="co").status == 422
    stopped = client.post(
        f"/{CODE}/gui", data=page.form("Gửi phiếu").fields.to_dict() | {"them": WORDS}
    )
    assert stopped.status_code == 429
    assert "gửi quá nhanh" in stopped.text
    assert str(escape(WORDS)) in stopped.text


def test_many_people_behind_one_address_all_get_through(app):
    ask()
    for _ in range(40):
        send_one = app.test_client().page(f"/{CODE}").submit("Gửi phiếu", chung="4", biet="co")
        assert send_one.h1 == DONE
    assert len(taken()) == 40


@pytest.mark.parametrize(
    "headers",
    [
        {"Sec-Fetch-Site": "cross-site"},
        {"Origin": "https://elsewhere.example"},
        {"Origin": "null"},
    ],
)
def test_a_form_sent_from_another_site_is_refused(client, headers):
    ask()
    fields = client.page(f"/{CODE}").form("Gửi phiếu").fields.to_dict() | {
        "chung": "4",
        "biet": "co",
    }
    assert client.post(f"/{CODE}/gui", data=fields, headers=headers).status_code == 403
    assert taken() == []


def test_a_form_with_a_wrong_key_to_an_unopened_survey_is_told_so_first(client):
    ask(state=State.READY, opens_in=3)
    answer = client.post(f"/{CODE}/gui", data={"khoa": "A" * 44})
    assert answer.status_code == 409
    assert "Phiếu chưa mở" in answer.text


def test_a_form_sent_too_late_is_told_so(client):
    asked = ask()
    page = client.page(f"/{CODE}")
    asked.revoke("In nhầm tên phường.", replaced=True)
    late = page.send("post", f"/{CODE}/gui", page.form("Gửi phiếu").fields)
    assert (late.status, late.h1) == (409, "Mã này không còn dùng")
    late = page.send("post", f"/{CODE}/gui", page.form("Gửi phiếu").fields.to_dict() | {
        "chung": "4", "biet": "co"})  # fmt: skip
    assert (late.status, late.h1) == (409, "Mã này không còn dùng")
    assert "KHÔNG được nhận" in late.text


def test_a_citizen_gets_two_plain_cookies_and_no_session(client):
    ask()
    page = client.page(f"/{CODE}")
    assert not page.response.headers.getlist("Set-Cookie")
    fields = page.form("Gửi phiếu").fields.to_dict() | {"chung": "4", "biet": "co"}
    cookies = client.post(f"/{CODE}/gui", data=fields).headers.getlist("Set-Cookie")
    assert sorted(cookie.partition("=")[0] for cookie in cookies) == ["da_gui", "nhip"]
    assert all("HttpOnly" in cookie and "SameSite=Lax" in cookie for cookie in cookies)


def test_nothing_of_the_visitor_is_kept_anywhere(client, settings, capfd):
    asked = ask()
    canary = {"User-Agent": "canary-browser-7731", "X-Forwarded-For": "127.0.13.37"}
    fields = client.page(f"/{CODE}").form("Gửi phiếu").fields.to_dict() | {
        "chung": "4",
        "biet": "co",
    }
    client.post(f"/{CODE}/gui", data=fields, headers=canary)
    client.post(f"/{CODE}/gui", data={"chung": "x"}, headers=canary)
    out = "".join(capfd.readouterr())
    assert asked
    assert len(taken()) == 1
    kept = b"".join(path.read_bytes() for path in settings.data_dir.rglob("*") if path.is_file())
    kept += repr([vars(row) for row in taken()]).encode()
    for word in ("canary-browser", "127.0.13.37", fields["khoa"], CODE + "/gui"):
        assert word.encode() not in kept
        assert word not in out
