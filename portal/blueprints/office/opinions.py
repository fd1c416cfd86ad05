"""One opinion: everybody who said so, what becomes of it, and why."""

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from portal.blueprints.office import blueprint
from portal.blueprints.office.consultation_tabs import tabs
from portal.blueprints.office.opinion_forms import ExplainForm
from portal.core.errors import Invalid, Refused
from portal.core.text import clean
from portal.features.consolidation import explaining, merging, pages, queries
from portal.features.consolidation.explaining import SAVED_MEANWHILE
from portal.features.consolidation.models import Opinion, State
from portal.features.consolidation.workflow import OPINION, is_under_way
from portal.policy.permissions import Permission
from portal.policy.table import allows
from portal.web.access import requires
from portal.web.actor import actor
from portal.web.offers import buttons
from portal.web.telling import warn


@blueprint.get("/y-kien-da-gop/<random:opinion_id>")
@requires(Permission.OPINION_READ, load=queries.get_visible)
def opinion(one: Opinion) -> ResponseReturnValue:
    return _page(one)


@blueprint.post("/y-kien-da-gop/<random:opinion_id>")
@requires(Permission.OPINION_EDIT, load=queries.get_visible)
def explain_opinion(one: Opinion) -> ResponseReturnValue:
    form = _form(one)
    if not form.validate():
        return _page(one, form), 422
    version, hands_in = one.version, request.form.get("lenh") == "trinh"
    act = explaining.hand_in if hands_in else explaining.write_down
    try:
        act(actor(), one, form.entered(), form.seen_version())
    except Invalid as invalid:
        return _wrong(one, form, invalid)
    except Refused as refused:
        warn(refused)
        return _page(one, form), 409
    if hands_in:
        line = OPINION.transitions["submit"]
        flash(_("%(done)s.", done=_(line.done)), "success")
    elif one.version == version:
        flash(_("Chưa ghi gì: không có nội dung nào khác bản đã lưu."), "info")
    else:
        flash(_("Đã lưu giải trình."), "success")
    return redirect(url_for("office.opinion", opinion_id=one.id))


def _wrong(one: Opinion, form: ExplainForm, invalid: Invalid) -> ResponseReturnValue:
    if "version" in invalid.errors:
        form.version.data = str(one.version)
        flash(_(SAVED_MEANWHILE), "warning")
        return _page(one, form, conflict=True), 409
    form.show(invalid)
    return _page(one, form), 422


def _form(one: Opinion, *, fresh: bool = False) -> ExplainForm:
    merged = bool(queries.joined_into([one.id]))
    return (ExplainForm(formdata=None) if fresh else ExplainForm()).fill(one, merged=merged)


def _page(one: Opinion, form: ExplainForm | None = None, *, conflict: bool = False) -> str:
    may_write = one.state == State.NEW and is_under_way(one) is None
    editable = may_write and allows(actor(), Permission.OPINION_EDIT, one)
    search = clean(request.args.get("tim", ""))[:200]
    asked = editable and "tim" in request.args
    return render_template(
        "features/consolidation/opinion.html", one=one, page=pages.detail(one),
        tabs=tabs(one.consultation), form=(form or _form(one, fresh=True)) if editable else None,
        conflict=conflict, offers=buttons(OPINION, one), decisions=explaining.DECISIONS,
        categories=explaining.CATEGORIES, search=search,
        offered=merging.offered(one, search) if asked else None,
    )  # fmt: skip
