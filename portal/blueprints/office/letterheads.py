"""Letterheads: what a clerk sets once for every paper of an organ."""

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from portal.blueprints.office import blueprint
from portal.blueprints.office.letterhead_form import LetterheadForm
from portal.core import clock
from portal.core.errors import Invalid, Stale
from portal.features.documents import letterheads as service
from portal.features.documents.letterheads import Organ
from portal.policy.permissions import Permission
from portal.policy.roles import Role
from portal.policy.table import allows
from portal.web.access import requires, signed_in
from portal.web.actor import actor


@blueprint.get("/the-thuc")
@signed_in(Role.PROVINCE, Role.DISTRICT, Role.COMMUNE, Role.YOUTH)
def letterheads() -> ResponseReturnValue:
    found = service.organs(actor())
    may_set = {o.organisation_id for o in found if allows(actor(), Permission.LETTERHEAD_MANAGE, o)}
    return render_template(
        "features/documents/letterheads.html",
        organs=found, may_set=may_set, regimes=service.REGIMES, today=clock.today(),
        samples={o.organisation_id: service.sample(o.letterhead) for o in found if o.letterhead},
    )  # fmt: skip


@blueprint.route("/the-thuc/<int:organisation_id>", methods=["GET", "POST"])
@requires(Permission.LETTERHEAD_MANAGE, load=service.organ)
def letterhead(organ: Organ) -> ResponseReturnValue:
    form, stale = LetterheadForm().offer(), None
    if not form.is_submitted() and organ.letterhead:
        form.show_stored(organ.letterhead)
    if form.validate_on_submit():
        try:
            service.save(actor(), organ, form.entered(), form.seen_version())
        except Invalid as invalid:
            form.show(invalid)
        except Stale as conflict:
            stale = conflict
        else:
            flash(_("Đã lưu thể thức văn bản."), "success")
            return redirect(url_for("office.letterheads"))
    return _page(organ, form, stale), _status(form, stale)


def _page(organ: Organ, form: LetterheadForm, stale: Stale | None) -> str:
    if stale is not None:
        stored = service.of(organ.organisation_id)
        form.version.data = str(stored.version if stored else 0)
    return render_template(
        "features/documents/letterhead.html",
        organ=organ, form=form, sample=service.sample(form.entered().cleaned()),
        theirs=form.differences(stale.theirs) if stale else [], stale=stale is not None,
    )  # fmt: skip


def _status(form: LetterheadForm, stale: Stale | None) -> int:
    if stale is not None:
        return 409
    return 422 if form.errors else 200
