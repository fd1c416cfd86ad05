"""What a code shows, and the pages around it."""

import gzip
from datetime import timedelta

import pytest
from flask import template_rendered
from flask.testing import FlaskClient

from portal.core import clock
from portal.core.database import write
from portal.features.campaigns.phase import State
from portal.features.org_units.models import Unit
from portal.features.questionnaires.services import load_library
from portal.web import assets
from tests.support.asked import CODE, UNIT, ask

LIMIT = 50 * 1024


@pytest.fixture
def drawn(app):
    """List the templates that were drawn."""
    names: list[str] = []
    with template_rendered.connected_to(
        lambda _app, template, **_: names.append(template.name), app
    ):
        yield names


def test_the_form_says_who_asks_where_until_when_and_how_long(client):
    ask()
    page = client.page(f"/{CODE}")
    until = clock.format_date(clock.today() + timedelta(days=1))
    for said in (UNIT, "thành phố Bắc Giang", "Hỏi gì?", "Ban Tỉnh", "4 phút", until):
        assert said in page.text


def test_a_code_is_forgiving_and_has_one_address(client):
    ask()
    for typed in ("K7RM4WXQ", "k7rm-4wxq", "K7RM%204WXQ", "k7rm%E2%80%934wxq"):
        answer = client.get(f"/{typed}")
        assert (answer.status_code, answer.location) == (301, f"/{CODE}")


def test_a_code_that_leads_nowhere_can_be_typed_again(client):
    page = client.page("/bcdf2345", status=404)
    assert page.form("Mở phiếu").fields["ma"] == "bcdf2345"
    assert "so lại từng chữ" in page.text


def test_what_cannot_be_a_code_is_answered_the_same_way(client):
    assert client.page("/hello-olil", status=404).h1 == client.page("/bcdf2345", status=404).h1


def test_a_code_typed_on_the_first_page_opens_the_form(client):
    ask()
    assert client.page("/").submit("Mở phiếu", ma=" K7RM–4wxq ").path == f"/{CODE}"


@pytest.mark.parametrize(
    "typed", ["127.0.0.1:8180/K7RM-4wxq", "https://x.example/k7rm4wxq/?ngon-ngu=en"]
)
def test_a_pasted_address_opens_the_form(client, typed):
    ask()
    assert client.page("/").submit("Mở phiếu", ma=typed).path == f"/{CODE}"


def test_nobody_is_thanked_before_the_form_was_ever_open(client):
    ask(state=State.READY, opens_in=3)
    assert client.page(f"/{CODE}/xong").h1 == "Phiếu chưa mở"


def test_a_code_mistyped_on_the_first_page_is_kept_and_explained(client):
    page = client.page("/").submit("Mở phiếu", ma="<b>o0")
    assert page.status == 422
    assert page.form("Mở phiếu").fields["ma"] == "<b>o0"


@pytest.mark.parametrize("state", [State.DRAFT, State.READY])
def test_an_early_scan_says_when_it_opens(client, state):
    ask(state=state, opens_in=3)
    page = client.page(f"/{CODE}")
    assert page.h1 == "Phiếu chưa mở"
    assert clock.format_date(clock.today() + timedelta(days=3)) in page.text


def test_a_late_scan_says_until_when_it_was(client):
    ask(opens_in=-9)
    page = client.page(f"/{CODE}")
    assert page.h1 == "Đợt khảo sát đã đóng"
    assert clock.format_date(clock.today() - timedelta(days=7)) in page.text


@pytest.mark.parametrize(("replaced", "said"), [(True, "áp phích mới"), (False, "hỏi cán bộ")])
def test_a_withdrawn_code_explains_itself(client, replaced, said):
    ask().revoke("In nhầm tên phường.", replaced=replaced)
    page = client.page(f"/{CODE}", status=410)
    assert "In nhầm tên phường." in page.text
    assert said in page.text


def test_a_cancelled_campaign_says_so(client):
    ask(state=State.CANCELLED)
    assert client.page(f"/{CODE}", status=410).h1 == "Đợt khảo sát này không diễn ra"


def test_every_form_given_out_has_its_own_key(client):
    ask()
    keys = {client.page(f"/{CODE}").form("Gửi phiếu").fields["khoa"] for _ in range(5)}
    assert len(keys) == 5


def test_the_form_is_drawn_once_for_all_units_of_a_campaign(client, drawn):
    ask()
    assert [UNIT in client.page(f"/{CODE}").text for _ in range(3)] == [True] * 3
    assert drawn == ["citizen/form.html"]


def test_names_are_put_into_the_form_as_text(client):
    asked = ask()
    with write() as current:
        current.get_one(Unit, asked.unit_id).full_name = "Phường <b>&\\1"
    assert "Phường <b>&\\1" in client.page(f"/{CODE}").text


def test_the_language_of_the_page_can_be_switched(client):
    ask()
    page = client.page(f"/{CODE}").follow("English")
    assert (page.path, page.html.root.get("lang")) == (f"/{CODE}", "en")
    assert page.follow("Tiếng Việt").html.root.get("lang") == "vi"


def test_the_page_of_protection_says_what_cannot_be_prevented(client):
    text = client.page("/bao-mat").text
    for said in ("Wi-Fi", "cơ sở dữ liệu đang chạy", "chương trình khác", "nhìn màn hình"):
        assert said in text


def test_the_longest_form_with_all_it_loads_stays_under_50_kb(client):
    heaviest = max(
        (version.definition for version in load_library()), key=lambda d: len(d.to_json())
    )
    ask(heaviest)
    plain = FlaskClient(client.application)
    answer = plain.get(f"/{CODE}", headers={"Accept-Encoding": "gzip"})
    files = [assets.asset(name) for name in (
        "css/tokens.css", "css/base.css", "css/citizen.css", "js/survey.js", "img/mark.svg",
        "fonts/be-vietnam-pro-400.woff2", "fonts/be-vietnam-pro-600.woff2",
    )]  # fmt: skip
    assert "Gửi phiếu" in gzip.decompress(answer.data).decode()
    assert len(answer.data) + sum(len(file.packed or file.body) for file in files) <= LIMIT
