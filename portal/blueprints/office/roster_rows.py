"""The rows of a roster: typed, tapped, pasted, taken over from the campaign before."""

from flask import flash, redirect, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from portal.blueprints.office import blueprint
from portal.blueprints.office.roster_desk import address, again, back, desk, said
from portal.blueprints.office.roster_forms import RowForm
from portal.core import clock
from portal.core.clock import format_date, parse_date, weekday_name
from portal.core.errors import Invalid, Missing, Refused, Stale
from portal.features.rosters import checking, grid_page, queries, services
from portal.features.rosters.entries import Entry
from portal.features.rosters.models import Kind
from portal.features.rosters.queries import Desk
from portal.features.rosters.services import Wrong
from portal.features.work import pages as work_pages
from portal.policy.permissions import Permission
from portal.web import pasting
from portal.web.access import requires
from portal.web.actor import actor
from portal.web.capitals import tell_capitals
from portal.web.telling import done, warn


@blueprint.route(
    "/dot-khao-sat/<int:campaign_id>/danh-sach/<int:unit_id>/them", methods=["GET", "POST"]
)
@requires(Permission.ROSTER_EDIT, load=desk)
def roster_add(where: Desk, unit_id: int) -> ResponseReturnValue:  # noqa: ARG001 - the loader has it
    form = RowForm().offer(where)
    if not form.is_submitted():
        given = {name: request.args.get(name, "") for name in ("day", "half", "place")}
        given["day"] = given["day"] or _next_day(where)
        return _row_page(where, RowForm(formdata=None, **given).offer(where))
    try:
        row = services.add(actor(), where, form.cells)
    except Wrong as wrong:
        form.tell(wrong.faults)
        return _row_page(where, form), 422
    except Refused as refused:
        warn(refused)
        return back(where)
    flash(_("Đã thêm %(name)s.", name=row.person), "success")
    tell_capitals(form.cells["person"], row.person)
    if "more" in request.form:
        same = {"day": format_date(row.day) if row.day else "", "half": form.half.data,
                "place": row.place}  # fmt: skip
        return redirect(address(where, "office.roster_add", **same))
    return back(where)


@blueprint.route(
    "/dot-khao-sat/<int:campaign_id>/danh-sach/<int:unit_id>/sua/<int:row_id>",
    methods=["GET", "POST"],
)
@requires(Permission.ROSTER_EDIT, load=desk)
def roster_edit(where: Desk, unit_id: int, row_id: int) -> ResponseReturnValue:  # noqa: ARG001
    row = queries.row(where.roster, row_id)
    if row is None:
        raise Missing
    form = RowForm().offer(where)
    if not form.is_submitted():
        return _row_page(where, RowForm.of(row).offer(where), row_id)
    try:
        row = services.change(actor(), where, row_id, form.cells, form.seen_version())
    except Wrong as wrong:
        form.tell(wrong.faults)
        return _row_page(where, form, row_id), 422
    except Stale as stale:
        fresh = queries.row(again(where).roster, row_id)
        form.version.raw_data, form.version.data = None, str(fresh.version if fresh else 0)
        return _row_page(where, form, row_id, stale), 409
    except Refused as refused:
        warn(refused)
    else:
        flash(_("Đã lưu."), "success")
        tell_capitals(form.cells["person"], row.person)
    return back(where)


@blueprint.post("/dot-khao-sat/<int:campaign_id>/danh-sach/<int:unit_id>/bo/<int:row_id>")
@requires(Permission.ROSTER_EDIT, load=desk)
def roster_remove(where: Desk, unit_id: int, row_id: int) -> ResponseReturnValue:  # noqa: ARG001
    done(lambda: services.remove(actor(), where, row_id), _("Đã bỏ một dòng."))
    return back(where)


@blueprint.route(
    "/dot-khao-sat/<int:campaign_id>/danh-sach/<int:unit_id>/dan", methods=["GET", "POST"]
)
@requires(Permission.ROSTER_EDIT, load=desk)
def roster_paste(where: Desk, unit_id: int) -> ResponseReturnValue:  # noqa: ARG001
    sent = pasting.received(checking.COLUMNS)
    replaces = sent.others.get("replaces") == "1"
    rows = queries.rows(where.roster)
    shown = {"desk": where, "url": address(where, "office.roster_paste"), "replaces": replaces,
             "stored": len(rows), "back": address(where)}  # fmt: skip
    if sent.table is None:
        return render_template(
            "features/rosters/paste.html", sent=sent, columns=checking.COLUMNS, **shown
        ), sent.status
    stored = () if replaces else tuple(Entry.of(row) for row in rows)
    found = checking.checked(where, sent.table, stored)
    if sent.takes(found.table):
        try:
            new, kept = services.take(actor(), where, sent.table, replaces=replaces)
        except (Invalid, Refused) as failure:
            warn(failure)
        else:
            flash(_("Đã lưu %(new)s dòng mới, giữ nguyên %(kept)s dòng.", new=new, kept=kept),
                  "success")  # fmt: skip
            return back(where)
    if sent.saves:
        return pasting.again(sent)
    return render_template("features/rosters/check.html", found=found, sent=sent, **shown), (
        422 if found.table.faults else 200
    )


@blueprint.route(
    "/dot-khao-sat/<int:campaign_id>/danh-sach/<int:unit_id>/lich", methods=["GET", "POST"]
)
@requires(Permission.ROSTER_EDIT, load=desk)
def roster_grid(where: Desk, unit_id: int) -> ResponseReturnValue:  # noqa: ARG001
    chosen = {
        "place": request.values.get("diem", ""), "week": request.values.get("tuan", 0, int),
        "page": request.values.get("trang", 1, int),
    }  # fmt: skip
    if request.method == "POST":
        _tap(where, request.form.get("tap", ""), str(chosen["place"]))
        return redirect(address(
            where, "office.roster_grid", diem=chosen["place"] or None, tuan=chosen["week"],
            trang=chosen["page"],
        ))  # fmt: skip
    page = grid_page.grid_page(where, **chosen)  # type: ignore[arg-type]
    return render_template(
        "features/rosters/grid.html", page=page, desk=where, address=address,
        weekday=weekday_name, work=work_pages.work(actor(), where.campaign),
    )  # fmt: skip


@blueprint.post("/dot-khao-sat/<int:campaign_id>/danh-sach/<int:unit_id>/chep")
@requires(Permission.ROSTER_EDIT, load=desk)
def roster_take_over(where: Desk, unit_id: int) -> ResponseReturnValue:  # noqa: ARG001
    try:
        taken, lost = services.copy_earlier(actor(), where)
    except Refused as refused:
        warn(refused)
    else:
        flash(_("Đã chép %(n)s dòng của đợt trước.", n=taken), "success")
        if lost:
            flash(_("%(n)s dòng không chép: đợt này không có ngày ấy, hoặc trùng buổi.", n=lost),
                  "warning")  # fmt: skip
    return back(where)


def _next_day(where: Desk) -> str:
    """Give the first day that is still to come; "" where a row may stand for all of them."""
    ahead = (day for day in where.days if day >= clock.today())
    return "" if where.kind == Kind.INSPECTORS else format_date(next(ahead, where.days[0]))


def _tap(where: Desk, tap: str, place: str) -> None:
    """Carry out what a cell says: “put|row|day|half” or “off|row|day|half”."""
    command, row_id, day, half = (*tap.split("|"), "", "", "", "")[:4]
    if command not in {"put", "off"} or not row_id.isdecimal():
        raise Missing
    try:
        if command == "put":
            services.put(actor(), where, int(row_id), parse_date(day), half, place)
        else:
            services.take_off(actor(), where, int(row_id), half, place)
    except Wrong as wrong:
        flash(" ".join(said(one) for one in wrong.faults.values()), "warning")
    except Refused as refused:
        warn(refused)
    except ValueError:
        raise Missing from None


def _row_page(
    where: Desk, form: RowForm, row_id: int | None = None, stale: Stale | None = None
) -> str:
    page = grid_page.grid_page(where)
    return render_template(
        "features/rosters/row.html", form=form, desk=where, row_id=row_id, stale=stale,
        places=page.places, back=address(where), url=_row_url(where, row_id),
    )  # fmt: skip


def _row_url(where: Desk, row_id: int | None) -> str:
    if row_id is None:
        return address(where, "office.roster_add")
    return address(where, "office.roster_edit", row_id=row_id)
