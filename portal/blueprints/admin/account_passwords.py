"""“In mật khẩu dùng một lần”: of one unit, with those below it, or of all."""

import secrets

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from portal.blueprints.admin import blueprint
from portal.core.errors import Refused
from portal.features.users import handing_out
from portal.features.users.handing_out import Which
from portal.policy.permissions import Permission
from portal.web.access import requires
from portal.web.actor import actor
from portal.web.addresses import base_url
from portal.web.telling import warn


@blueprint.get("/tai-khoan/in-mat-khau")
@requires(Permission.ACCOUNT_MANAGE)
def account_passwords() -> ResponseReturnValue:
    return render_template(
        "admin/account_passwords.html", waiting=handing_out.waiting(), key=secrets.token_hex(16)
    )


@blueprint.post("/tai-khoan/in-mat-khau")
@requires(Permission.ACCOUNT_MANAGE)
def print_passwords() -> ResponseReturnValue:
    which = Which.NEW if request.form.get("which") == Which.NEW else Which.WITHOUT
    address = base_url() + url_for("auth.sign_in")
    try:
        job = handing_out.order(
            actor(), which, request.form.get("key", ""), address,
            unit_id=request.form.get("unit", type=int), below=request.form.get("below") == "1",
        )  # fmt: skip
    except Refused as refused:
        warn(refused)
        return redirect(url_for("admin.account_passwords"))
    return redirect(url_for("office.job", job_id=job.id))
