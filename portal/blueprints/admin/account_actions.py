"""A new password for an account; closing it, and opening it again."""

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from portal.blueprints.admin import blueprint
from portal.blueprints.admin.accounts import load, show
from portal.blueprints.admin.forms import AccountForm, ReasonForm
from portal.core.errors import Missing, Stale
from portal.features.users import pages, queries, services
from portal.features.users.models import User
from portal.policy.permissions import Permission
from portal.web.access import requires
from portal.web.actor import actor
from portal.web.addresses import base_url
from portal.web.forms import posted_version
from portal.web.telling import warn


@blueprint.post("/tai-khoan/<int:account_id>/cap-lai-mat-khau")
@requires(Permission.ACCOUNT_MANAGE, load=load)
def reset_password(found: User) -> ResponseReturnValue:
    account_id, version = found.id, posted_version()
    try:
        user, password = services.reset_password(actor(), account_id, version=version)
    except Stale as stale:
        warn(stale)
        return redirect(url_for("admin.account", account_id=account_id))
    return password_sheet(user.id, password)


@blueprint.post("/tai-khoan/<int:account_id>/ngung")
@requires(Permission.ACCOUNT_MANAGE, load=load)
def deactivate(found: User) -> ResponseReturnValue:
    reason, account_id = ReasonForm(), found.id
    if not reason.validate_on_submit():
        form = AccountForm(
            formdata=None, display_name=found.display_name, duties=sorted(found.duty_names),
            version=found.version,
        )  # fmt: skip
        return show(found, form, reason), 422
    services.deactivate(actor(), account_id, reason.reason.data)
    flash(_("Đã ngừng tài khoản và đăng xuất mọi nơi đang mở."), "success")
    return redirect(url_for("admin.account", account_id=account_id))


@blueprint.post("/tai-khoan/<int:account_id>/mo-lai")
@requires(Permission.ACCOUNT_MANAGE, load=load)
def reactivate(found: User) -> ResponseReturnValue:
    account_id = found.id
    services.reactivate(actor(), account_id)
    flash(_("Đã mở lại tài khoản."), "success")
    return redirect(url_for("admin.account", account_id=account_id))


def password_sheet(account_id: int, password: str) -> ResponseReturnValue:
    """Show a one-time password this once: it is in no address and is kept nowhere."""
    address = base_url() + url_for("auth.sign_in")
    user = queries.get(account_id)
    if user is None:
        raise Missing
    back = url_for("admin.account", account_id=account_id)
    return render_template(
        "features/users/password_sheet.html", user=user, password=password, address=address,
        users=pages, back=back, back_label=_("Xong, về tài khoản"),
        crumbs=[(_("Tài khoản"), url_for("admin.accounts")), (user.display_name, back)],
    )  # fmt: skip
