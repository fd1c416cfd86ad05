"""The checking client, on a small application of its own."""

import pytest
from flask import Blueprint, Flask, Response, g, redirect, request, session

from portal.web.access import public
from tests.conftest import running_app
from tests.support.client import CheckingClient

HEADERS = {
    "Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'; form-action 'self'",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cache-Control": "no-store",
}
PAGE = """<!doctype html>
<html lang="vi"><head><meta charset="utf-8"><title>Mẫu</title></head>
<body><h1>Mẫu</h1>{}</body></html>"""
FORM = """<p><a href="xa?trang=2">Xã Ngô Quyền</a></p>
<form action="/gui" method="post"><input type="hidden" name="khoa" value="k">
<label>Tên <input name="ten" value="cũ"></label>
<label>Nơi <select name="noi"><option value="1">Một</option>
<option selected>Hai</option></select></label>
<label><input type="checkbox" name="muc" value="a" checked> A</label>
<label><input type="checkbox" name="muc" value="b"> B</label>
<label>Lời <textarea name="loi">
Chào</textarea></label>
<button name="viec" value="luu">Lưu</button></form>
<table><tr><th>Xã</th></tr><tr><td>Ngô Quyền</td></tr></table>"""

citizen = Blueprint("citizen", __name__)


@citizen.get("/k/<code>")
def survey(code: str) -> str:
    if code == "nho":
        session["who"] = "someone"
    return PAGE.format("")


@pytest.fixture
def small():
    app = Flask(__name__)
    app.secret_key = "small"
    app.test_client_class = CheckingClient
    app.register_blueprint(citizen)
    app.add_url_rule("/", view_func=lambda: PAGE.format(FORM), endpoint="form")
    app.add_url_rule("/xa", view_func=lambda: PAGE.format(request.args["trang"]), endpoint="xa")
    app.add_url_rule("/hong", view_func=lambda: PAGE.format("<h1>Hai</h1>"), endpoint="broken")
    app.add_url_rule("/gui", view_func=lambda: redirect("/hong"), methods=["POST"], endpoint="to")
    app.add_url_rule("/doc", view_func=lambda: Response("x", mimetype="text/plain"), endpoint="txt")
    app.after_request(lambda answer: answer.headers.extend(HEADERS) or answer)
    return app


def test_a_good_page_passes(small):
    assert small.test_client().get("/").status_code == 200


def test_a_broken_page_fails(small):
    with pytest.raises(AssertionError, match="one h1"):
        small.test_client().get("/hong")


def test_a_broken_page_behind_a_redirect_fails(small):
    with pytest.raises(AssertionError, match="GET /hong"):
        small.test_client().page("/").submit("Lưu")


@pytest.mark.parametrize(
    ("header", "value"),
    [
        ("X-Content-Type-Options", ""),
        ("Referrer-Policy", "unsafe-url"),
        ("Cache-Control", "max-age=60"),
        ("Content-Security-Policy", ""),
        ("Content-Security-Policy", "default-src 'self'; frame-ancestors 'none'"),
        ("Content-Security-Policy", "default-src 'none'"),
        (
            "Content-Security-Policy",
            HEADERS["Content-Security-Policy"] + "; style-src 'unsafe-inline'",
        ),
    ],
)
def test_a_weak_header_fails(small, monkeypatch, header, value):
    monkeypatch.setitem(HEADERS, header, value)
    with pytest.raises(AssertionError, match="GET /:"):
        small.test_client().get("/")


def test_other_answers_need_the_general_headers_too(small, monkeypatch):
    monkeypatch.setitem(HEADERS, "X-Content-Type-Options", "")
    with pytest.raises(AssertionError, match="nosniff"):
        small.test_client().get("/doc")


def test_a_citizen_who_is_given_a_session_fails(small):
    assert small.test_client().get("/k/abc").status_code == 200
    with pytest.raises(AssertionError, match="cookie session"):
        small.test_client().get("/k/nho")


def test_a_wrong_status_fails(small):
    with pytest.raises(AssertionError, match="200 OK"):
        small.test_client().page("/", status=404)


def test_a_page_can_be_read(small):
    page = small.test_client().page("/")
    assert (page.h1, page.title, page.rows()) == ("Mẫu", "Mẫu", [["Xã"], ["Ngô Quyền"]])
    assert page.follow("Ngô Quyền").text == "Mẫu2"


def test_a_form_knows_what_a_browser_would_send(small):
    form = small.test_client().page("/").form("Lưu")
    sent = [("khoa", "k"), ("ten", "cũ"), ("noi", "Hai"), ("muc", "a"), ("loi", "Chào")]
    assert list(form.fields.items(multi=True)) == sent


def test_a_form_sends_what_was_filled_in_and_the_button(small):
    received = {}
    small.view_functions["to"] = lambda: received.update(request.form.lists()) or PAGE.format("")
    small.test_client().page("/").submit("Lưu", ten="mới", muc=["a", "b"])
    assert received["ten"] == ["mới"]
    assert received["muc"] == ["a", "b"]
    assert received["viec"] == ["luu"]


def test_a_field_that_the_form_lacks_cannot_be_filled_in(small):
    with pytest.raises(AssertionError, match="tuoi"):
        small.test_client().page("/").submit("Lưu", tuoi="40")


def test_one_request_knows_nothing_of_another(settings):
    with running_app(settings) as app:
        remember = public(lambda: PAGE.format(g.pop("seen", "")))
        app.add_url_rule("/nho", view_func=remember, endpoint="remember")
        g.seen = "của bài thử"
        assert app.test_client().page("/nho").text == "Mẫu"
