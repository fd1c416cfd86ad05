"""The list of one's own sign-ins, and ending them."""

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from portal.blueprints.auth import blueprint
from portal.features.users import services as users
from portal.web.access import signed_in as for_accounts
from portal.web.actor import actor


@blueprint.get("/lan-dang-nhap")
@for_accounts()
def sign_ins() -> ResponseReturnValue:
    account = actor()
    tickets = users.live_sign_ins(account.user_id)
    return render_template("auth/sign_ins.html", tickets=tickets, present=account.sign_in_id)


@blueprint.post("/lan-dang-nhap/<int:sign_in_id>/ket-thuc")
@for_accounts()
def end_sign_in(sign_in_id: int) -> ResponseReturnValue:
    users.end_sign_in(actor().user_id, sign_in_id)
    flash(_("Đã đăng xuất nơi đó."), "success")
    return redirect(url_for("auth.sign_ins"))


@blueprint.post("/lan-dang-nhap/ket-thuc-noi-khac")
@for_accounts()
def end_other_sign_ins() -> ResponseReturnValue:
    account = actor()
    users.end_other_sign_ins(account.user_id, account.sign_in_id)
    flash(_("Đã đăng xuất mọi nơi khác."), "success")
    return redirect(url_for("auth.sign_ins"))
