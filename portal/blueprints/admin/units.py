"""Units and the organisations attached to them."""

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from portal.blueprints.admin import blueprint
from portal.blueprints.admin.forms import OrganisationForm, UnitSearch
from portal.core import clock
from portal.core.errors import Invalid
from portal.core.pagination import paginate
from portal.features.org_units import pages, queries, services
from portal.features.org_units.models import Unit
from portal.policy.permissions import Permission
from portal.web.access import requires
from portal.web.actor import actor


@blueprint.get("/don-vi")
@requires(Permission.UNIT_MANAGE)
def units() -> ResponseReturnValue:
    form = UnitSearch(formdata=request.args)
    query = queries.matching(
        actor(), form.tim.data or "", level=form.cap.data or "",
        valid_on=None if form.da_het.data else clock.today(),
    )  # fmt: skip
    page = paginate(query, form.trang.data or 1)
    return render_template("admin/units.html", form=form, page=page, units=pages)


@blueprint.get("/don-vi/<int:unit_id>")
@requires(Permission.UNIT_MANAGE, load=queries.get_visible)
def unit(found: Unit) -> ResponseReturnValue:
    return _show(found, OrganisationForm())


@blueprint.post("/don-vi/<int:unit_id>/to-chuc")
@requires(Permission.UNIT_MANAGE, load=queries.get_visible)
def add_organisation(found: Unit) -> ResponseReturnValue:
    form, unit_id = OrganisationForm(), found.id
    if form.validate_on_submit():
        try:
            services.add_organisation(unit_id, form.kind.data, form.name.data, doer=actor())
        except Invalid as invalid:
            form.show(invalid)
        else:
            flash(_("Đã thêm tổ chức."), "success")
            return redirect(url_for("admin.unit", unit_id=unit_id))
    return _show(found, form), 422


def _show(found: Unit, form: OrganisationForm) -> str:
    page = pages.unit_page(found)
    return render_template("admin/unit.html", page=page, form=form, units=pages)
