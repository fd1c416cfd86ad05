"""“Khóa mở thư”: the key of a body, who holds it, the recovery sheet."""

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from portal.blueprints.office import blueprint
from portal.blueprints.office.seal_key_forms import InviteForm, ReasonForm, WordsForm
from portal.core.errors import Invalid
from portal.features.sealing import pages, queries, services
from portal.features.sealing.models import KeyHolder, SealKey
from portal.policy.permissions import Permission
from portal.policy.table import allows
from portal.web import unlocking
from portal.web.access import requires
from portal.web.actor import actor


@blueprint.get("/khoa-mo-thu")
@requires(Permission.SEAL_KEY_READ)
def seal_keys() -> ResponseReturnValue:
    page = pages.key_page(actor())
    invite = InviteForm()
    invite.user_id.choices = [(one.id, one.display_name) for one in page.colleagues]
    return render_template(
        "features/sealing/key.html", page=page, invite=invite,
        ring=unlocking.ring() if page.key and unlocking.opened_key(page.key.id) else None,
        may_make=allows(actor(), Permission.SEAL_KEY_MAKE),
        may=page.key is not None and allows(actor(), Permission.SEAL_KEY_MANAGE, page.key),
    )  # fmt: skip


@blueprint.route("/khoa-mo-thu/lap", methods=["GET", "POST"])
@requires(Permission.SEAL_KEY_MAKE)
def seal_key_make() -> ResponseReturnValue:
    form = WordsForm()
    if form.validate_on_submit():
        try:
            key, sheet = services.make_key(actor(), form.words.data)
        except Invalid as invalid:
            form.show(invalid)
        else:
            return _sheet_page(key, sheet)
    status = 422 if form.is_submitted() else 200
    return render_template("features/sealing/make.html", form=form), status


@blueprint.post("/khoa-mo-thu/<int:key_id>/moi")
@requires(Permission.SEAL_KEY_MANAGE, load=queries.get_visible)
def seal_key_invite(key: SealKey) -> ResponseReturnValue:
    form, private = InviteForm(), unlocking.opened_key(key.id)
    form.user_id.choices = [(one.id, one.display_name) for one in queries.colleagues(key)]
    if private is None:
        return _locked(key)
    if not form.validate():
        flash(_("Chưa chọn người để mời."), "error")
        return redirect(url_for("office.seal_keys"))
    name, user_id = dict(form.user_id.choices)[form.user_id.data], form.user_id.data
    code = services.invite(actor(), key, user_id, private)
    return render_template("features/sealing/code.html", key=key, code=code, name=name)


@blueprint.post("/khoa-mo-thu/<int:key_id>/phieu-moi")
@requires(Permission.SEAL_KEY_MANAGE, load=queries.get_visible)
def seal_key_sheet(key: SealKey) -> ResponseReturnValue:
    private = unlocking.opened_key(key.id)
    if private is None:
        return _locked(key)
    return _sheet_page(key, services.new_sheet(actor(), key, private))


@blueprint.route("/khoa-mo-thu/nguoi-giu/<int:holder_id>/thoi", methods=["GET", "POST"])
@requires(Permission.SEAL_KEY_MANAGE, load=queries.get_holder)
def seal_key_take_away(holder: KeyHolder) -> ResponseReturnValue:
    form, name = ReasonForm(), holder.user.display_name if holder.user else ""
    if form.validate_on_submit():
        services.take_away(actor(), holder, form.reason.data)
        flash(_("%(name)s không còn mở được thư niêm.", name=name), "success")
        return redirect(url_for("office.seal_keys"))
    status = 422 if form.is_submitted() else 200
    return render_template(
        "features/sealing/take_away.html", form=form, holder=holder, name=name
    ), status


@blueprint.route("/khoa-mo-thu/<int:key_id>/ngung", methods=["GET", "POST"])
@requires(Permission.SEAL_KEY_MANAGE, load=queries.get_visible)
def seal_key_retire(key: SealKey) -> ResponseReturnValue:
    form = ReasonForm()
    if form.validate_on_submit():
        services.retire(actor(), key, form.reason.data)
        flash(_("Đã ngừng dùng khóa. Thư đã niêm vẫn mở được bằng câu mở khóa cũ."), "success")
        return redirect(url_for("office.seal_keys"))
    status = 422 if form.is_submitted() else 200
    return render_template("features/sealing/retire.html", form=form, key=key), status


def _sheet_page(key: SealKey, sheet: str) -> str:
    return render_template("features/sealing/sheet.html", key=queries.get(key.id), sheet=sheet)


def _locked(key: SealKey) -> Response:
    flash(_("Khóa đang đóng. Gõ câu mở khóa rồi làm lại."), "warning")
    return redirect(unlocking.unlock_url(key.id, url_for("office.seal_keys")))
