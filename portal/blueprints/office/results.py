"""Participation and results of a campaign, and the files made of them."""

from datetime import timedelta
from io import BytesIO
from typing import cast

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import lazy_gettext as _l
from wtforms import RadioField, TextAreaField
from wtforms.fields.choices import SelectChoice

from portal.blueprints.office import blueprint
from portal.core.clock import format_date
from portal.core.errors import Forbidden, Invalid, Missing
from portal.core.text import N_
from portal.features.campaigns.models import Campaign
from portal.features.campaigns.queries import get_visible
from portal.features.org_units.kinds import POINT_LABELS
from portal.features.surveys import (
    comparing,
    exports,
    pages,
    participation_file,
    services,
    taking_part,
)
from portal.features.surveys.channels import CHANNEL_LABELS
from portal.policy.permissions import Permission
from portal.policy.table import allows
from portal.web.access import requires
from portal.web.actor import Account, actor
from portal.web.forms import Filled, PortalForm
from portal.web.printing import XLSX, sent


class ExportForm(PortalForm):
    """What is wanted, and why."""

    kind = RadioField(
        _l("Tệp cần xuất"),
        choices=[
            SelectChoice(services.ANSWERS, _l("Từng phiếu, không có đơn vị và ý kiến ghi thêm")),
            SelectChoice(services.TEXTS, _l("Ý kiến ghi thêm, không có đơn vị")),
        ],
        default=services.ANSWERS,
    )
    reason = TextAreaField(
        _l("Lý do"),
        description=_l("Lý do được lưu vào nhật ký cùng tên người xuất."),
        validators=[Filled()],
    )


def with_results(reader: Account, campaign_id: int) -> Campaign | None:
    """Find a campaign; say when its results come to those who have to wait for them."""
    campaign = get_visible(reader, campaign_id)
    if campaign is None or campaign.is_sealed or allows(reader, Permission.RESULT_READ, campaign):
        return campaign
    day = format_date(campaign.closes_on + timedelta(days=1))
    raise Forbidden(N_("Kết quả hiện sau khi đợt đóng, từ %(day)s."), day=day)


def _wanted() -> int | None:
    return request.args.get("xa", type=int) or request.args.get("huyen", type=int)


@blueprint.get("/dot-khao-sat/<int:campaign_id>/tham-gia")
@requires(Permission.PARTICIPATION_READ, load=get_visible)
def participation(campaign: Campaign) -> ResponseReturnValue:
    page = taking_part.of(actor(), campaign, _wanted())
    if page is None:
        raise Missing
    return render_template(
        "features/surveys/participation.html",
        page=page,
        t=page.turnout,
        k=page.k,
        point_labels=POINT_LABELS,
        as_rows=request.args.get("dang") == "bang",
        can_read_results=allows(actor(), Permission.RESULT_READ, campaign),
    )


@blueprint.get("/dot-khao-sat/<int:campaign_id>/tham-gia.xlsx")
@requires(Permission.PARTICIPATION_READ, load=get_visible)
def participation_sheet(campaign: Campaign) -> ResponseReturnValue:
    page = taking_part.of(actor(), campaign, _wanted(), points_of_all=True)
    if page is None:
        raise Missing
    content = BytesIO()
    participation_file.write(content, page, actor().display_name)
    content.seek(0)
    name = f"Tham gia {campaign.name}.xlsx"
    return sent(content, XLSX, name)


@blueprint.get("/dot-khao-sat/<int:campaign_id>/ket-qua")
@requires(Permission.RESULT_READ, load=with_results)
def results(campaign: Campaign) -> ResponseReturnValue:
    page = pages.results_page(actor(), campaign, _wanted())
    if page is None:
        raise Missing
    return render_template(
        "features/surveys/results.html",
        page=page,
        campaign=campaign,
        channel_labels=CHANNEL_LABELS,
        comparable=len(comparing.alike(actor(), campaign)) > 1,
        may_export=allows(actor(), Permission.RESULT_EXPORT, campaign),
        may_read_texts=allows(actor(), Permission.TEXT_READ, campaign),
    )


@blueprint.get("/dot-khao-sat/<int:campaign_id>/ket-qua/tong-hop.xlsx")
@requires(Permission.RESULT_READ, load=with_results)
def results_file(campaign: Campaign) -> ResponseReturnValue:
    content = BytesIO()
    exports.summary(content, campaign, actor().unit_id, actor().display_name)
    content.seek(0)
    name = f"Kết quả {campaign.name}.xlsx"
    return sent(content, XLSX, name)


@blueprint.get("/dot-khao-sat/<int:campaign_id>/y-kien")
@requires(Permission.TEXT_READ, load=get_visible)
def texts(campaign: Campaign) -> ResponseReturnValue:
    after = request.args.get("sau", b"", type=bytes.fromhex)
    page = pages.texts_page(campaign, request.args.get("cau"), after)
    return render_template("features/surveys/texts.html", page=page, campaign=campaign)


@blueprint.route("/dot-khao-sat/<int:campaign_id>/xuat-phieu", methods=["GET", "POST"])
@requires(Permission.RESULT_EXPORT, load=get_visible)
def export_rows(campaign: Campaign) -> ResponseReturnValue:
    form = ExportForm()
    if form.validate_on_submit():
        try:
            job = services.order_export(
                actor(), campaign, form.kind.data, cast("str", form.reason.data)
            )
        except Invalid as invalid:
            form.show(invalid)
        else:
            return redirect(url_for("office.job", job_id=job.id))
    status = 422 if form.errors else 200
    page = render_template("features/surveys/export.html", form=form, campaign=campaign)
    return page, status
