"""The list of accounts, one account, and changing it."""

from io import BytesIO

from flask import flash, redirect, render_template, request, send_file, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from sqlalchemy import Select

from portal.blueprints.admin import blueprint
from portal.blueprints.admin.forms import AccountForm, AccountSearch, ReasonForm
from portal.core.errors import Invalid, Stale
from portal.core.pagination import paginate
from portal.features.org_units import queries as org_units
from portal.features.users import exports, pages, queries, services
from portal.features.users.models import User
from portal.features.users.services import AccountEdit
from portal.policy.permissions import Permission
from portal.web.access import requires
from portal.web.actor import Account, actor


def load(_actor: Account, account_id: int) -> User | None:
    """Give any account: the operator manages all of them."""
    return queries.get(account_id)


@blueprint.get("/tai-khoan")
@requires(Permission.ACCOUNT_MANAGE)
def accounts() -> ResponseReturnValue:
    form = AccountSearch(formdata=request.args)
    page = paginate(_searched(form), form.trang.data or 1)
    unit = org_units.get_visible(actor(), form.don_vi.data) if form.don_vi.data else None
    return render_template("admin/accounts.html", form=form, page=page, users=pages, unit=unit)


@blueprint.get("/tai-khoan/danh-sach.xlsx")
@requires(Permission.ACCOUNT_MANAGE)
def accounts_sheet() -> ResponseReturnValue:
    content = BytesIO()
    exports.accounts(content, _searched(AccountSearch(formdata=request.args)))
    content.seek(0)
    return send_file(content, as_attachment=True, download_name="Danh sách tài khoản.xlsx")


@blueprint.get("/tai-khoan/<int:account_id>")
@requires(Permission.ACCOUNT_MANAGE, load=load)
def account(found: User) -> ResponseReturnValue:
    form = AccountForm(
        display_name=found.display_name, duties=sorted(found.duty_names), version=found.version
    )
    return show(found, form, ReasonForm())


@blueprint.post("/tai-khoan/<int:account_id>/sua")
@requires(Permission.ACCOUNT_MANAGE, load=load)
def edit_account(found: User) -> ResponseReturnValue:
    form, account_id = AccountForm(), found.id
    if not form.validate_on_submit():
        return show(found, form, ReasonForm()), 422
    try:
        edit = AccountEdit(form.display_name.data, form.chosen)
        services.edit_account(actor(), account_id, edit, form.seen_version())
    except Invalid as invalid:
        form.show(invalid)
        return show(found, form, ReasonForm()), 422
    except Stale as stale:
        return _conflict(account_id, form, stale), 409
    flash(_("Đã lưu tài khoản."), "success")
    return redirect(url_for("admin.account", account_id=account_id))


def _searched(form: AccountSearch) -> Select[User]:
    return queries.accounts(
        form.tim.data or "", role=form.vai_tro.data or "", kind=form.loai.data or "",
        state=form.tinh_trang.data or "", unit_id=form.don_vi.data,
    )  # fmt: skip


def show(found: User, form: AccountForm, reason: ReasonForm) -> str:
    """Render the page of an account with its forms."""
    page = pages.account_page(found)
    return render_template("admin/account.html", page=page, form=form, reason=reason, users=pages)


def _conflict(account_id: int, form: AccountForm, stale: Stale) -> str:
    theirs = {"display_name": stale.theirs["display_name"], "duties": stale.theirs["duties"]}
    form.version.raw_data, form.version.data = None, stale.theirs["version"]
    return render_template(
        "admin/account_conflict.html", account_id=account_id, form=form, theirs=theirs,
        labels=pages.DUTY_LABELS,
    )  # fmt: skip
