"""“Nhập danh sách tài khoản”: pasted or sent, corrected in place, made all or nothing."""

import secrets
from io import BytesIO

from flask import flash, redirect, render_template, request, send_file, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from portal.blueprints.admin import blueprint
from portal.core.pasting import Table
from portal.features.org_units.kinds import KIND_LABELS, OrganisationKind
from portal.features.org_units.models import Level
from portal.features.org_units.pages import LEVEL_LABELS
from portal.features.users.importing.checking import Look, looked
from portal.features.users.importing.columns import COLUMNS
from portal.features.users.importing.taking import Taken, take
from portal.features.users.importing.template import template
from portal.policy.permissions import Permission
from portal.web import pasting
from portal.web.access import requires
from portal.web.actor import actor

_PLANNED = (
    OrganisationKind.COMMITTEE, OrganisationKind.MASS_MOBILISATION, OrganisationKind.STEERING,
    OrganisationKind.FRONT, OrganisationKind.FARMERS, OrganisationKind.YOUTH,
    OrganisationKind.TRADE_UNION, OrganisationKind.CULTURE, OrganisationKind.BUREAU,
)  # fmt: skip
"""Bodies to which the plans give work (DOMAIN 1.2), in their order."""


@blueprint.route("/tai-khoan/nhap", methods=["GET", "POST"])
@requires(Permission.ACCOUNT_MANAGE)
def account_import() -> ResponseReturnValue:
    sent = pasting.received(COLUMNS)
    if sent.table is None:
        return render_template(
            "admin/account_import.html", sent=sent, columns=COLUMNS, levels=LEVEL_LABELS,
            kinds={kind: KIND_LABELS[kind] for kind in _PLANNED},
        ), sent.status  # fmt: skip
    return _save(sent.table) if sent.saves else _show(looked(sent.table))


@blueprint.get("/tai-khoan/mau.xlsx")
@requires(Permission.ACCOUNT_MANAGE)
def account_template() -> ResponseReturnValue:
    kinds = [kind for kind in OrganisationKind if kind in request.args.getlist("loai")]
    level = next((one for one in Level if one == request.args.get("cap")), Level.COMMUNE)
    content = BytesIO()
    template(content, kinds, level)
    content.seek(0)
    return send_file(content, as_attachment=True, download_name="Mẫu danh sách tài khoản.xlsx")


def _save(table: Table) -> ResponseReturnValue:
    done = take(actor(), table, request.form.get("key", ""))
    if isinstance(done, Look):
        return _show(done)
    flash(_made(done), "success")
    return redirect(url_for("admin.account_passwords"))


def _show(look: Look) -> ResponseReturnValue:
    key = request.form.get("key") or secrets.token_hex(16)
    page = render_template("admin/account_import_check.html", look=look, table=look.table, key=key)
    return page, 422 if look.table.faults else 200


def _made(done: Taken) -> str:
    words: str = _("Đã tạo %(n)s tài khoản. Tiếp theo: in mật khẩu dùng một lần.", n=done.accounts)
    if done.bodies:
        words = _(
            "Đã tạo %(n)s tài khoản, thêm %(m)s cơ quan. Tiếp theo: in mật khẩu dùng một lần.",
            n=done.accounts, m=done.bodies,
        )  # fmt: skip
    return words
