"""Opening a key with words, and coming to have words that open it."""

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from portal.blueprints.office import blueprint
from portal.blueprints.office.seal_key_forms import JoinForm, RecoverForm, UnlockForm, WordsForm
from portal.core.errors import Invalid, Missing
from portal.features.sealing import queries, services
from portal.features.sealing.models import SealKey
from portal.policy.permissions import Permission
from portal.web import unlocking
from portal.web.access import requires
from portal.web.actor import actor
from portal.web.addresses import local_path


@blueprint.route("/khoa-mo-thu/<int:key_id>/mo", methods=["GET", "POST"])
@requires(Permission.SEAL_KEY_READ, load=queries.get_visible)
def unlock(key: SealKey) -> ResponseReturnValue:
    if not queries.holds(actor(), key.id):
        raise Missing
    form = UnlockForm(tiep=local_path(request.args.get("tiep")))
    if form.validate_on_submit():
        try:
            opened = services.unlock(actor(), form.words.data)
        except Invalid as invalid:
            form.show(invalid)
        else:
            return _go_on(local_path(form.tiep.data), opened)
    status = 422 if form.is_submitted() else 200
    return render_template("features/sealing/unlock.html", form=form, key=key), status


@blueprint.post("/khoa-mo-thu/khoa-lai")
@requires(Permission.SEAL_KEY_READ)
def lock_keys() -> ResponseReturnValue:
    response = redirect(url_for("office.seal_keys"))
    unlocking.lock(response)
    flash(_("Đã khóa lại. Muốn đọc thư niêm, gõ câu mở khóa."), "success")
    return response


@blueprint.route("/khoa-mo-thu/<int:key_id>/nhan", methods=["GET", "POST"])
@requires(Permission.SEAL_KEY_READ, load=queries.get_visible)
def seal_key_join(key: SealKey) -> ResponseReturnValue:
    if queries.invitation(actor().user_id, key.id) is None:
        raise Missing
    form = JoinForm()
    if form.validate_on_submit():
        try:
            private = services.join(actor(), key, form.code.data, form.words.data)
        except Invalid as invalid:
            form.show(invalid)
        else:
            flash(_("Đồng chí đã giữ khóa mở thư."), "success")
            return _go_on(None, {key.id: private})
    status = 422 if form.is_submitted() else 200
    return render_template("features/sealing/join.html", form=form, key=key), status


@blueprint.route("/khoa-mo-thu/<int:key_id>/khoi-phuc", methods=["GET", "POST"])
@requires(Permission.SEAL_KEY_MANAGE, load=queries.get_visible)
def seal_key_recover(key: SealKey) -> ResponseReturnValue:
    form = RecoverForm()
    if form.validate_on_submit():
        try:
            private = services.recover(actor(), key, form.sheet.data, form.words.data)
        except Invalid as invalid:
            form.show(invalid)
        else:
            flash(_("Đã đặt câu mở khóa mới. Cất phiếu khôi phục lại chỗ cũ."), "success")
            return _go_on(None, {key.id: private})
    status = 422 if form.is_submitted() else 200
    return render_template("features/sealing/recover.html", form=form, key=key), status


@blueprint.route("/khoa-mo-thu/<int:key_id>/doi-cau", methods=["GET", "POST"])
@requires(Permission.SEAL_KEY_READ, load=queries.get_visible)
def seal_key_words(key: SealKey) -> ResponseReturnValue:
    private = unlocking.opened_key(key.id)
    if private is None:
        return redirect(unlocking.unlock_url(key.id, request.path))
    form = WordsForm()
    if form.validate_on_submit():
        try:
            services.change_words(actor(), key, private, form.words.data)
        except Invalid as invalid:
            form.show(invalid)
        else:
            flash(_("Đã đổi câu mở khóa."), "success")
            return redirect(url_for("office.seal_keys"))
    status = 422 if form.is_submitted() else 200
    return render_template("features/sealing/words.html", form=form, key=key), status


def _go_on(target: str | None, opened: dict[int, bytes]) -> Response:
    response = redirect(target or url_for("office.seal_keys"))
    known = unlocking.ring()
    unlocking.keep(response, {**(known.keys if known else {}), **opened})
    return response
