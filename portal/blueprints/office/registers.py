"""Registers of outgoing papers: the list, one number, and the files made of them."""

from io import BytesIO

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from portal.blueprints.office import blueprint
from portal.blueprints.office.register_forms import NumberSearch
from portal.core import clock
from portal.features.documents import letterheads
from portal.features.documents.formats import types
from portal.features.documents.letterheads import Organ
from portal.features.registers import exports, pages, queries
from portal.features.registers.models import RegisterEntry
from portal.features.registers.queries import Filter
from portal.features.registers.workflow import ENTRY
from portal.policy.permissions import Permission
from portal.policy.roles import Role
from portal.policy.table import allows
from portal.web.access import requires, signed_in
from portal.web.actor import actor
from portal.web.offers import buttons, forms
from portal.web.printing import XLSX, sent


def names() -> dict[str, str]:
    """Give the names of the types of papers by their codes."""
    return {kind.code: kind.name for kind in types()}


@blueprint.get("/so-van-ban")
@signed_in(Role.PROVINCE, Role.DISTRICT, Role.COMMUNE, Role.YOUTH)
def registers() -> ResponseReturnValue:
    every = letterheads.organs(actor())
    found = _readable(every)
    if not found:
        may_set = any(allows(actor(), Permission.LETTERHEAD_MANAGE, organ) for organ in every)
        return render_template("features/registers/none.html", may_set=may_set)
    own = next((o for o in found if o.organisation_id == actor().organisation_id), found[0])
    return redirect(url_for("office.register", organisation_id=own.organisation_id))


@blueprint.get("/so-van-ban/<int:organisation_id>")
@requires(Permission.REGISTER_READ, load=letterheads.numbered_organ)
def register(organ: Organ) -> ResponseReturnValue:
    form, wanted = NumberSearch(formdata=request.args), _wanted(organ)
    listing = pages.listing(
        wanted, _present(organ), names(), request.args.get("trang", 1, type=int)
    )
    form.offer(listing.periods)
    form.ky.data = wanted.period
    return render_template(
        "features/registers/list.html",
        organ=organ,
        organs=_readable(letterheads.organs(actor())),
        listing=listing,
        form=form,
        names=names(),
        states=pages.STATES,
        may_manage=allows(actor(), Permission.REGISTER_MANAGE, organ),
    )


@blueprint.get("/so-van-ban/so/<int:entry_id>")
@requires(Permission.REGISTER_READ, load=queries.get_entry)
def register_entry(entry: RegisterEntry) -> ResponseReturnValue:
    return render_template(
        "features/registers/entry.html",
        entry=entry,
        kind=names().get(entry.type_code, ""),
        states=pages.STATES,
        later=queries.dated_later(entry.register, entry.dated_on, entry.number),
        may_use="use" in forms(ENTRY, entry),
        offers=buttons(ENTRY, entry),
    )


@blueprint.get("/so-van-ban/<int:organisation_id>/so.xlsx")
@requires(Permission.REGISTER_READ, load=letterheads.numbered_organ)
def register_sheet(organ: Organ) -> ResponseReturnValue:
    content = BytesIO()
    exports.spreadsheet(content, _book(organ))
    return _sent(content.getvalue(), XLSX, organ, "xlsx")


@blueprint.get("/so-van-ban/<int:organisation_id>/so.pdf")
@requires(Permission.REGISTER_READ, load=letterheads.numbered_organ)
def register_print(organ: Organ) -> ResponseReturnValue:
    return _sent(exports.pdf(_book(organ)), "application/pdf", organ, "pdf")


@blueprint.get("/so-van-ban/<int:organisation_id>/so.xml")
@requires(Permission.REGISTER_READ, load=letterheads.numbered_organ)
def register_metadata(organ: Organ) -> ResponseReturnValue:
    return _sent(exports.metadata(_book(organ)), "application/xml", organ, "xml")


def _readable(every: list[Organ]) -> list[Organ]:
    return [o for o in every if o.letterhead and allows(actor(), Permission.REGISTER_READ, o)]


def _present(organ: Organ) -> str:
    assert organ.letterhead
    return letterheads.period(organ.letterhead, clock.today())


def _wanted(organ: Organ) -> Filter:
    kind, period = request.args.get("loai", ""), request.args.get("ky", "")
    return Filter(
        organisation_id=organ.organisation_id,
        period=period if period in queries.periods(organ.organisation_id) else _present(organ),
        type_code=kind if kind in names() else None,
        search=request.args.get("tim", ""),
        state=request.args.get("tinh_trang", ""),
    )


def _book(organ: Organ) -> exports.Book:
    wanted = _wanted(organ)
    assert organ.letterhead
    return exports.Book(
        organ=organ.letterhead.issuer_name,
        period=wanted.period,
        of_what=names().get(wanted.type_code or "", "Các loại văn bản"),
        names=names(),
        entries=queries.whole(wanted),
    )


def _sent(content: bytes, kind: str, organ: Organ, suffix: str) -> ResponseReturnValue:
    name = f"Sổ văn bản đi {organ.name} {_wanted(organ).period}.{suffix}"
    return sent(content, kind, name)
