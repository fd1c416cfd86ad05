"""Signing in and out."""

import logging

from flask import flash, make_response, redirect, render_template, request, url_for
from flask import session as cookie
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user, login_user, logout_user

from portal.blueprints.auth import blueprint, browser
from portal.blueprints.auth.forms import SignInForm
from portal.core.clock import format_date
from portal.features.users import services as users
from portal.features.users.services import Ended, SignedIn, Wait
from portal.web.access import public, signed_in
from portal.web.actor import Account, actor
from portal.web.addresses import local_path

log = logging.getLogger("portal.sign_in")


@blueprint.route("/dang-nhap", methods=["GET", "POST"])
@public
def sign_in() -> ResponseReturnValue:
    form = SignInForm(tiep=local_path(request.args.get("tiep")))
    if request.method == "GET" and current_user.is_authenticated:
        return redirect(_target(form))
    if not form.validate_on_submit():
        return _show(form), 422 if form.is_submitted() else 200
    device, username = browser.device(), form.username.data
    known = device.number if device.knows(username) else None
    outcome = users.sign_in(username, form.password.data, known, browser.label())
    log.info("sign-in", extra={"outcome": type(outcome).__name__.lower()})
    if isinstance(outcome, SignedIn):
        return _enter(outcome, username, _target(form))
    if isinstance(outcome, Wait):
        form.form_errors.append(
            _("Đã thử nhiều lần liền nhau. Xin đợi %(n)s giây rồi thử lại.", n=outcome.seconds)
        )
        return _show(form), 429, {"Retry-After": str(outcome.seconds)}
    if isinstance(outcome, Ended):
        form.form_errors.append(
            _("%(body)s đã kết thúc sau ngày %(day)s, tài khoản này đã ngừng. "
              "Xin quản trị viên cấp tài khoản ở đơn vị kế tiếp.",
              body=outcome.organisation, day=format_date(outcome.last_day))
        )  # fmt: skip
        return _show(form), 422
    form.form_errors.append(_("Tên đăng nhập hoặc mật khẩu chưa đúng."))
    return _show(form), 422


@blueprint.post("/dang-xuat")
@signed_in(before_password=True)
def sign_out() -> ResponseReturnValue:
    users.end_ticket(actor().token)
    logout_user()
    cookie.clear()
    flash(_("Đã đăng xuất."), "success")
    return redirect(url_for("auth.sign_in"))


def _enter(ticket: SignedIn, username: str, target: str) -> ResponseReturnValue:
    if current_user.is_authenticated:
        users.end_ticket(current_user.token)
    # Whatever was in the cookie before belongs to nobody: a fixed session gains nothing.
    cookie.clear()
    found = users.find_sign_in(ticket.token)
    if found is None:  # Closed in this very moment.
        return redirect(url_for("auth.sign_in"))
    login_user(Account.of(found, ticket.token))
    response = make_response(redirect(target))
    browser.remember(response, username)
    return response


def _target(form: SignInForm) -> str:
    return local_path(form.tiep.data) or url_for("office.home")


def _show(form: SignInForm) -> str:
    return render_template("auth/sign_in.html", form=form)
