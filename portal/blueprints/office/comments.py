"""Comments on a draft as they came in: the list, one of them, and hiding it from everybody."""

from typing import Any

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import TextAreaField

from portal.blueprints.office import blueprint
from portal.blueprints.office.consultation_tabs import tabs
from portal.core.text import clean
from portal.features.consultations import comment_listing, comment_queries, hiding, queries
from portal.features.consultations.comment_listing import Filter
from portal.features.consultations.drafting import TRACK_LABELS
from portal.features.consultations.hiding_workflow import COMMENT_HIDING
from portal.features.consultations.models import Comment, CommentHiding, Consultation
from portal.policy.permissions import Permission
from portal.web.access import requires
from portal.web.actor import actor
from portal.web.forms import PortalForm
from portal.web.offers import buttons

_NAMES = {"track": "kenh", "provision": "dieu", "hiding": "an", "search": "tim"}
"""Names of the filter's parts in addresses."""


class HideCommentForm(PortalForm):
    """Why a comment should be hidden."""

    hide_reason = TextAreaField(
        _l("Lý do đề nghị ẩn"), render_kw={"maxlength": 1000},
        description=_l("Cấp trên quyết định. Ẩn rồi thì ý kiến không vào bảng tổng hợp; trang công "
                       "khai ghi có một ý kiến bị ẩn và lý do, người gửi đọc được cả hai."),
    )  # fmt: skip


@blueprint.get("/lay-y-kien/<int:consultation_id>/y-kien")
@requires(Permission.CONSULTATION_READ, load=queries.get_visible)
def comments(one: Consultation) -> ResponseReturnValue:
    wanted = _wanted()
    number = request.args.get("trang", 1, type=int)
    listing = comment_listing.listing(one, wanted, number)
    ids = [row.comment.id for row in listing.page.rows]
    return render_template(
        "features/consultations/comments.html", one=one, tabs=tabs(one), listing=listing,
        wanted=wanted, keep=_narrowing(wanted), labels=TRACK_LABELS,
        figures=comment_listing.figures(one), hidings=comment_queries.hidings(ids),
    )  # fmt: skip


@blueprint.get("/lay-y-kien/y-kien/<random:comment_id>")
@requires(Permission.CONSULTATION_READ, load=comment_queries.get_visible)
def comment_page(comment: Comment) -> ResponseReturnValue:
    return _drawn(comment, HideCommentForm())


@blueprint.post("/lay-y-kien/y-kien/<random:comment_id>/xin-an")
@requires(Permission.COMMENT_HIDE, load=comment_queries.get_visible)
def hide_comment(comment: Comment) -> ResponseReturnValue:
    form, comment_id = HideCommentForm(), comment.id
    if not form.settles(lambda: hiding.ask(actor(), comment, form.hide_reason.data or ""),
                        _("Đã gửi đề nghị tới cấp trên.")):  # fmt: skip
        return _drawn(comment, form), 422
    return redirect(url_for("office.comment_page", comment_id=comment_id))


@blueprint.get("/lay-y-kien/an/<int:hiding_id>")
@requires(Permission.CONSULTATION_READ, load=comment_queries.get_hiding)
def comment_hiding(asked: CommentHiding) -> ResponseReturnValue:
    return redirect(url_for("office.comment_page", comment_id=asked.comment_id))


def _drawn(comment: Comment, form: HideCommentForm) -> str:
    found = comment_queries.hidings_of(comment.id)
    return render_template(
        "features/consultations/comment.html", comment=comment, one=comment.consultation,
        row=comment_listing.place_of(comment), tabs=tabs(comment.consultation),
        labels=TRACK_LABELS, hidings=[(each, buttons(COMMENT_HIDING, each)) for each in found],
        form=form if hiding.may_ask(actor(), comment) else None,
    )  # fmt: skip


def _wanted() -> Filter:
    given = {name: clean(request.args.get(word, ""))[:200] for name, word in _NAMES.items()}
    track = given["track"] if given["track"] in TRACK_LABELS else ""
    return Filter(track, given["provision"], given["hiding"] == "1", given["search"])


def _narrowing(wanted: Filter) -> dict[str, Any]:
    values = {word: getattr(wanted, name) for name, word in _NAMES.items()}
    return {word: "1" if value is True else value for word, value in values.items() if value}
