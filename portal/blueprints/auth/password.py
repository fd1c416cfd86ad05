"""One's own password."""

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from portal.blueprints.auth import blueprint
from portal.blueprints.auth.forms import FirstPasswordForm, PasswordForm
from portal.core.errors import Invalid
from portal.features.users import services as users
from portal.web.access import signed_in
from portal.web.actor import actor


@blueprint.route("/doi-mat-khau", methods=["GET", "POST"])
@signed_in(before_password=True)
def change_password() -> ResponseReturnValue:
    account = actor()
    first = account.must_change_password
    form = FirstPasswordForm() if first else PasswordForm()
    if form.validate_on_submit():
        present = None if first else form.current.data
        try:
            users.change_password(
                account.user_id, present, form.new.data, keep_sign_in=account.sign_in_id
            )
        except Invalid as invalid:
            form.show(invalid)
        else:
            flash(_("Đã đổi mật khẩu. Những nơi đăng nhập khác đã được đăng xuất."), "success")
            return redirect(url_for("office.home" if first else "auth.sign_ins"))
    page = render_template("auth/change_password.html", form=form, first=first)
    return page, 422 if form.is_submitted() else 200
