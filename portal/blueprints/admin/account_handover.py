"""“Bàn giao”: somebody new takes a seat over, or unfinished work goes to a colleague."""

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from portal.blueprints.admin import blueprint
from portal.blueprints.admin.account_actions import password_sheet
from portal.blueprints.admin.accounts import load
from portal.blueprints.admin.forms import HandoverForm, MoveForm
from portal.core.errors import Invalid
from portal.features.users import handover, pages
from portal.features.users.models import User
from portal.policy.permissions import Permission
from portal.web.access import requires
from portal.web.actor import actor


@blueprint.get("/tai-khoan/<int:account_id>/ban-giao")
@requires(Permission.ACCOUNT_MANAGE, load=load)
def account_handover(found: User) -> ResponseReturnValue:
    return _show(found, HandoverForm(formdata=None), _moving(found, empty=True))


@blueprint.post("/tai-khoan/<int:account_id>/ban-giao")
@requires(Permission.ACCOUNT_MANAGE, load=load)
def hand_over(found: User) -> ResponseReturnValue:
    form, account_id = HandoverForm(), found.id
    if form.validate_on_submit():
        try:
            user, password = handover.hand_over(
                actor(), account_id, form.display_name.data, form.reason.data
            )
        except Invalid as invalid:
            form.show(invalid)
        else:
            return password_sheet(user.id, password)
    return _show(found, form, _moving(found, empty=True)), 422


@blueprint.post("/tai-khoan/<int:account_id>/chuyen-viec")
@requires(Permission.ACCOUNT_MANAGE, load=load)
def move_work(found: User) -> ResponseReturnValue:
    form, account_id = _moving(found), found.id
    if not form.validate_on_submit():
        return _show(found, HandoverForm(formdata=None), form), 422
    moved = handover.move_work(actor(), account_id, int(form.to.data), form.why.data)
    flash(_("Đã chuyển %(drafts)s văn bản đang soạn và %(comments)s góp ý chưa xử lý.",
            **moved), "success")  # fmt: skip
    return redirect(url_for("admin.account", account_id=account_id))


def _moving(found: User, *, empty: bool = False) -> MoveForm:
    others = {str(one.id): f"{one.display_name} ({one.username})" for one in
              handover.colleagues(found)}  # fmt: skip
    return MoveForm(others, formdata=None) if empty else MoveForm(others)


def _show(found: User, form: HandoverForm, moving: MoveForm) -> str:
    return render_template(
        "admin/account_handover.html", user=found, form=form, moving=moving, users=pages,
        work=handover.work_of(found.id),
    )  # fmt: skip
