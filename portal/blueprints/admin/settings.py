"""What an operator may change while the portal runs."""

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from wtforms import HiddenField, StringField

from portal.blueprints.admin import blueprint
from portal.core.errors import Invalid, Stale
from portal.features.settings import services
from portal.features.settings.specs import SPECS, Kind
from portal.policy.permissions import Permission
from portal.web.access import requires
from portal.web.actor import actor
from portal.web.forms import PortalForm, posted_version
from portal.web.locale import translate


class SettingsForm(PortalForm):
    """One text field a setting; the specs read and judge what is typed."""

    version = HiddenField()


for _spec in SPECS:
    setattr(SettingsForm, f"set_{_spec.name}", StringField(name=_spec.name, id=_spec.name))


@blueprint.route("/thiet-lap", methods=["GET", "POST"])
@requires(Permission.SETTING_MANAGE)
def settings() -> ResponseReturnValue:
    present = services.present()
    form = _form(present)
    if not form.validate_on_submit():
        return _show(form), 422 if form.is_submitted() else 200
    try:
        # From the request: the field itself falls back to the version of now.
        services.change(actor(), _typed(form), posted_version())
    except Invalid as invalid:
        errors = {f"set_{name}": text for name, text in invalid.errors.items()}
        form.show(Invalid(errors, **invalid.values))
        return _show(form), 422
    except Stale as stale:
        form.version.data = stale.theirs["version"]
        page = render_template("admin/settings_conflict.html", form=form, specs=SPECS, stale=stale)
        return page, 409
    flash(_("Đã lưu thiết lập."), "success")
    return redirect(url_for("admin.settings"))


def _form(present: dict[str, str]) -> SettingsForm:
    values = {f"set_{name}": text for name, text in present.items()}
    form = SettingsForm(version=services.version(), **values)
    for spec in SPECS:
        field = form[f"set_{spec.name}"]
        field.label.text, field.description = translate(spec.label), translate(spec.hint)
    return form


def _typed(form: SettingsForm) -> dict[str, str]:
    return {spec.name: form[f"set_{spec.name}"].data or "" for spec in SPECS}


def _show(form: SettingsForm) -> str:
    fields = [(form[f"set_{spec.name}"], spec.kind == Kind.NUMBER) for spec in SPECS]
    return render_template("admin/settings.html", form=form, fields=fields)
