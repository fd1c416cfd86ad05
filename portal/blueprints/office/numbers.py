"""Taking, reserving and using numbers, and setting registers up: the clerk's part."""

from collections.abc import Callable
from dataclasses import replace

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from portal.blueprints.office import blueprint
from portal.blueprints.office.register_forms import NumberForm, VolumeForm
from portal.blueprints.office.registers import names
from portal.core import clock
from portal.core.errors import Invalid, Refused
from portal.features.documents import letterheads
from portal.features.documents.letterheads import Organ
from portal.features.registers import pages, queries, services
from portal.features.registers.models import EntryState, Mode, RegisterEntry
from portal.features.registers.services import Wanted
from portal.policy.permissions import Permission
from portal.web.access import requires
from portal.web.actor import actor

Give = Callable[[Wanted], RegisterEntry]


@blueprint.route("/so-van-ban/<int:organisation_id>/lay-so", methods=["GET", "POST"])
@requires(Permission.REGISTER_MANAGE, load=letterheads.numbered_organ)
def take_number(organ: Organ) -> ResponseReturnValue:
    form = _form(organ)
    entry = _given(organ, form, lambda wanted: services.take(actor(), wanted))
    if entry is None:
        return _panel(organ, form, "take")
    return _done(entry, _("Đã lấy số %(number)s.", number=entry.number_text))


@blueprint.route("/so-van-ban/<int:organisation_id>/giu-so", methods=["GET", "POST"])
@requires(Permission.REGISTER_MANAGE, load=letterheads.numbered_organ)
def reserve_number(organ: Organ) -> ResponseReturnValue:
    form = _form(organ)
    reason = form.reason.data or ""
    entry = _given(
        organ, form, lambda wanted: services.reserve(actor(), wanted, reason), future=True
    )
    if entry is None:
        return _panel(organ, form, "reserve")
    return _done(entry, _("Đã giữ số %(number)s.", number=entry.number_text))


@blueprint.route("/so-van-ban/so/<int:entry_id>/dung", methods=["GET", "POST"])
@requires(Permission.REGISTER_MANAGE, load=queries.get_entry)
def use_number(entry: RegisterEntry) -> ResponseReturnValue:
    organ = letterheads.numbered_organ(actor(), entry.organisation_id)
    if organ is None or entry.state != EntryState.RESERVED:
        flash(_("Số này không còn giữ chỗ."), "warning")
        return redirect(url_for("office.register_entry", entry_id=entry.id))
    form = _form(organ, entry)
    period = entry.register.period

    def use(wanted: Wanted) -> RegisterEntry:
        return services.take(actor(), replace(wanted, period=period))

    used = _given(organ, form, use)
    if used is None:
        return _panel(organ, form, "use", entry)
    return _done(used, _("Đã dùng số %(number)s.", number=used.number_text))


@blueprint.route("/so-van-ban/<int:organisation_id>/thiet-lap", methods=["GET", "POST"])
@requires(Permission.REGISTER_MANAGE, load=letterheads.numbered_organ)
def register_settings(organ: Organ) -> ResponseReturnValue:
    assert organ.letterhead
    period = letterheads.period(organ.letterhead, clock.today())
    form = VolumeForm().offer(_choices(organ))
    if form.validate_on_submit() and _configured(organ, period, form):
        flash(_("Đã lưu thiết lập sổ."), "success")
        return redirect(url_for("office.register_settings", organisation_id=organ.organisation_id))
    page = render_template(
        "features/registers/settings.html",
        organ=organ,
        period=period,
        form=form,
        volumes=pages.volumes(organ.organisation_id, period, names()),
    )
    return page, 422 if form.errors else 200


def _configured(organ: Organ, period: str, form: VolumeForm) -> bool:
    mode, first = Mode(form.mode.data), int(form.first_number.data)
    try:
        services.configure(actor(), organ.organisation_id, form.type_code.data, period, mode, first)
    except Invalid as invalid:
        form.show(invalid)
        return False
    except Refused as refused:
        form.show(Invalid({"type_code": refused.message}, **refused.values))
        return False
    return True


def _choices(organ: Organ) -> dict[str, str]:
    assert organ.letterhead
    return {kind.code: _(kind.name) for kind in letterheads.kinds(organ.letterhead)}


def _form(organ: Organ, entry: RegisterEntry | None = None) -> NumberForm:
    assert organ.letterhead
    form = NumberForm()
    form.type_code.choices = list(_choices(organ).items())
    if form.is_submitted() and entry is not None:
        form.type_code.data, form.number.data = entry.type_code, str(entry.number)
    elif not form.is_submitted():
        form.suggest(organ.letterhead, request.args.get("loai", ""))
        if entry is not None:
            form.show_stored(entry)
    return form


def _given(
    organ: Organ, form: NumberForm, give: Give, *, future: bool = False
) -> RegisterEntry | None:
    """Give the number out, or None with errors beside the fields or a doubt to be confirmed."""
    if not form.is_submitted() or not form.complete(future=future):
        return None
    try:
        wanted = _wanted(organ, form)
        return give(wanted) if form.backdated.data or not services.doubt(wanted) else None
    except Invalid as invalid:
        form.show(invalid)
    return None


def _wanted(organ: Organ, form: NumberForm) -> Wanted:
    assert organ.letterhead
    assert form.day.data
    numbering = letterheads.numbering(organ.letterhead, form.type_code.data, form.day.data)
    return form.entered(organ, numbering)


def _panel(
    organ: Organ, form: NumberForm, act: str, entry: RegisterEntry | None = None
) -> ResponseReturnValue:
    assert organ.letterhead
    asked = form.is_submitted() and not form.errors
    page = render_template(
        "features/registers/number.html",
        organ=organ,
        form=form,
        act=act,
        entry=entry,
        later=services.doubt(_wanted(organ, form)) if asked else None,
        volumes=pages.volumes(
            organ.organisation_id, letterheads.period(organ.letterhead, clock.today()), names()
        ),
    )
    return page, 422 if form.is_submitted() else 200


def _done(entry: RegisterEntry, said: str) -> ResponseReturnValue:
    flash(said, "success")
    return redirect(url_for("office.register_entry", entry_id=entry.id))
