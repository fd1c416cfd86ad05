"""A new account: first where it sits, then who."""

from flask import render_template, request
from flask.typing import ResponseReturnValue

from portal.blueprints.admin import blueprint
from portal.blueprints.admin.account_actions import password_sheet
from portal.blueprints.admin.forms import NewAccountForm, SearchForm
from portal.core.errors import Invalid, Missing
from portal.core.pagination import paginate
from portal.features.org_units import queries as org_units
from portal.features.org_units.models import Organisation
from portal.features.users import services
from portal.features.users.services import NewAccount
from portal.policy.permissions import Permission
from portal.policy.roles import Role
from portal.web.access import requires
from portal.web.actor import actor

_SHOWN = 20


@blueprint.get("/tai-khoan/moi")
@requires(Permission.ACCOUNT_MANAGE)
def choose_organisation() -> ResponseReturnValue:
    form = SearchForm(formdata=request.args)
    query = org_units.search_organisations(form.tim.data or "")
    page = paginate(query, form.trang.data or 1, _SHOWN)
    return render_template("admin/choose_organisation.html", form=form, page=page)


@blueprint.route("/tai-khoan/moi/<int:organisation_id>", methods=["GET", "POST"])
@requires(Permission.ACCOUNT_MANAGE)
def new_account(organisation_id: int) -> ResponseReturnValue:
    body = org_units.organisation(organisation_id)
    if body is None:
        raise Missing
    form = NewAccountForm(body)
    if not form.validate_on_submit():
        return _show(form, body), 422 if form.is_submitted() else 200
    try:
        wanted = NewAccount(
            form.username.data, form.display_name.data, Role(form.role.data), body.id, form.chosen
        )
        user, password = services.create_account(actor(), wanted)
    except Invalid as invalid:
        form.show(invalid)
        return _show(form, body), 422
    return password_sheet(user.id, password)


def _show(form: NewAccountForm, body: Organisation) -> str:
    return render_template("admin/new_account.html", form=form, body=body)
