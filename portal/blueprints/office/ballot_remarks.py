"""What households wrote on their ballots, typed in by provision."""

from flask import flash, render_template
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from portal.blueprints.office import ballot_desk, blueprint
from portal.blueprints.office.ballot_desk import address, back
from portal.blueprints.office.ballot_forms import RemarkForm
from portal.blueprints.office.consultation_tabs import tabs
from portal.core.errors import Missing, Refused
from portal.features.ballots import queries, remarks
from portal.features.ballots.models import BallotGroup
from portal.policy.permissions import Permission
from portal.web.access import requires
from portal.web.actor import actor
from portal.web.telling import done, warn

_LIST = "office.ballot_remarks"


@blueprint.route(
    "/lay-y-kien/<int:consultation_id>/ho-gia-dinh/<int:group_id>/y-kien", methods=["GET", "POST"]
)
@requires(Permission.COMMENT_ENTER, load=ballot_desk.group)
def ballot_remarks(group: BallotGroup, group_id: int) -> ResponseReturnValue:  # noqa: ARG001
    form = RemarkForm().offer(remarks.outline(group))
    try:
        if form.is_submitted() and form.lets(lambda: remarks.add(actor(), group, form.given())):
            flash(_("Đã lưu một ý kiến."), "success")
            return back(group, _LIST)
    except Refused as refused:
        warn(refused)
        return back(group)
    page = render_template(
        "features/ballots/remarks.html", group=group, form=form, lines=remarks.listed(group),
        why_not=remarks.why_not(group), address=address, tabs=tabs(group.consultation),
    )  # fmt: skip
    return page, 422 if form.is_submitted() else 200


@blueprint.route(
    "/lay-y-kien/<int:consultation_id>/ho-gia-dinh/<int:group_id>/y-kien/<random:comment_id>/sua",
    methods=["GET", "POST"],
)
@requires(Permission.COMMENT_ENTER, load=ballot_desk.group)
def ballot_remark_edit(group: BallotGroup, group_id: int, comment_id: int) -> ResponseReturnValue:  # noqa: ARG001
    comment = queries.remark(group, comment_id)
    if comment is None:
        raise Missing
    form = RemarkForm.of(comment).offer(remarks.outline(group))
    if form.is_submitted() and form.settles(
        lambda: remarks.change(actor(), group, comment_id, form.given()), _("Đã lưu.")
    ):
        return back(group, _LIST)
    page = render_template(
        "features/ballots/remark.html", group=group, form=form, comment_id=comment_id,
        address=address, tabs=tabs(group.consultation),
    )  # fmt: skip
    return page, 422 if form.is_submitted() else 200


@blueprint.post(
    "/lay-y-kien/<int:consultation_id>/ho-gia-dinh/<int:group_id>/y-kien/<random:comment_id>/bo"
)
@requires(Permission.COMMENT_ENTER, load=ballot_desk.group)
def ballot_remark_remove(group: BallotGroup, group_id: int, comment_id: int) -> ResponseReturnValue:  # noqa: ARG001
    done(lambda: remarks.remove(actor(), group, comment_id), _("Đã bỏ một ý kiến."))
    return back(group, _LIST)
