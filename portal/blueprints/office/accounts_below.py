"""“Tài khoản cấp dưới”: the tier above gives whoever lost a password another one."""

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from portal.blueprints.office import blueprint
from portal.core.errors import Stale
from portal.core.pagination import paginate
from portal.features.users import pages, queries, services
from portal.features.users.models import User
from portal.policy.permissions import Permission
from portal.policy.roles import Role
from portal.policy.table import allows
from portal.web.access import requires, signed_in
from portal.web.actor import actor
from portal.web.addresses import base_url
from portal.web.forms import posted_version
from portal.web.telling import warn


@blueprint.get("/tai-khoan-cap-duoi")
@signed_in(Role.PROVINCE, Role.DISTRICT)
def accounts_below() -> ResponseReturnValue:
    words, state = request.args.get("tim", ""), request.args.get("tinh-trang", "")
    query = queries.visible_below(actor(), words, state)
    page = paginate(query, request.args.get("trang", 1, type=int))
    may = {one.id for one in page.rows if allows(actor(), Permission.ACCOUNT_RESET, one)}
    return render_template(
        "features/users/below.html", page=page, words=words, state=state, may=may, users=pages
    )


@blueprint.post("/tai-khoan-cap-duoi/<int:account_id>/cap-lai-mat-khau")
@requires(Permission.ACCOUNT_RESET, load=queries.get_below)
def reset_below(found: User) -> ResponseReturnValue:
    back = url_for("office.accounts_below")
    version = posted_version()
    try:
        user, password = services.reset_password(actor(), found.id, version=version)
    except Stale as stale:
        warn(stale)
        return redirect(back)
    address = base_url() + url_for("auth.sign_in")
    return render_template(
        "features/users/password_sheet.html", user=queries.get(user.id), password=password,
        address=address, users=pages, back=back, back_label=_("Xong, về danh sách"),
        crumbs=[(_("Tài khoản cấp dưới"), back), (user.display_name, None)],
    )  # fmt: skip
