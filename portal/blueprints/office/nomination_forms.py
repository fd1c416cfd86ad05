"""Drafting a nomination: for which unit, whom, and why."""

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import HiddenField, RadioField, SelectField, StringField, TextAreaField

from portal.blueprints.office import blueprint
from portal.blueprints.office.nominations import of_campaign
from portal.core.errors import Forbidden, Invalid, Missing, Refused, Stale
from portal.features.campaigns import queries as campaigns
from portal.features.campaigns.models import Campaign
from portal.features.nominations import criteria, queries, services
from portal.features.nominations.models import Kind, Nomination, State
from portal.features.nominations.pages import KIND_LABELS
from portal.features.nominations.services import LONGEST, NominationInput
from portal.features.org_units.models import Unit
from portal.features.work import pages as work_pages
from portal.policy.permissions import Permission
from portal.policy.table import allows
from portal.web.access import requires
from portal.web.actor import actor
from portal.web.capitals import tell_capitals
from portal.web.evidence import EvidenceFields
from portal.web.forms import Filled, PortalForm
from portal.web.locale import translate
from portal.web.telling import warn


class NominationForm(EvidenceFields, PortalForm):
    """Whom, and what they have done."""

    kind = RadioField(_l("Đề cử"), [Filled(_l("Mời chọn tập thể hay cá nhân."))],
                      validate_choice=False)  # fmt: skip
    organisation_id = SelectField(
        _l("Đơn vị, tổ chức"), validate_choice=False,
        description=_l("Tập thể được đề cử; với cá nhân là nơi người ấy công tác."),
    )  # fmt: skip
    name = StringField(
        _l("Họ và tên"), description=_l("Chỉ cần với cá nhân."),
        render_kw={"maxlength": LONGEST["name"], "autocomplete": "off"},
    )  # fmt: skip
    position = StringField(
        _l("Chức vụ"), description=_l("Ví dụ: Chi hội trưởng, công chức Văn phòng."),
        render_kw={"maxlength": LONGEST["position"], "autocomplete": "off"},
    )  # fmt: skip
    achievement = TextAreaField(
        _l("Thành tích"),
        description=_l("Đã làm gì, kết quả ra sao, điều gì nơi khác học được. Số liệu bên cạnh "
                       "Cổng tự điền."),
        render_kw={"maxlength": LONGEST["achievement"]},
    )  # fmt: skip
    version = HiddenField()

    def offer(self, campaign: Campaign, unit: Unit) -> "NominationForm":
        """Say which bodies of a unit there are, and whether all of it can be proposed."""
        self.kind.choices = [(str(one), translate(label)) for one, label in KIND_LABELS.items()]
        bodies = [(str(one.id), one.name) for one in queries.bodies(unit.id)]
        whole = _("Chọn một tổ chức") if services.only_bodies(campaign, unit) else (
            _("Cả đơn vị: %(unit)s", unit=unit.full_name)
        )  # fmt: skip
        self.organisation_id.choices = [("", whole), *bodies]
        return self

    @classmethod
    def of(cls, nomination: Nomination) -> "NominationForm":
        """Show what is stored, or what was typed."""
        form = cls().offer(nomination.campaign, nomination.unit)
        if not form.is_submitted():
            form.kind.data = nomination.kind
            form.organisation_id.data = str(nomination.organisation_id or "")
            person = nomination.kind == Kind.PERSON
            form.name.data = nomination.name if person else ""
            form.position.data = nomination.position
            form.achievement.data = nomination.achievement
            form.version.data = str(nomination.version)
        return form

    @property
    def given(self) -> NominationInput:
        """Give what was typed; only after `validate()`."""
        body = self.organisation_id.data or ""
        return NominationInput(
            self.kind.data or "", int(body) if body.isdecimal() else None, self.name.data or "",
            self.position.data or "", self.achievement.data or "",
        )  # fmt: skip


@blueprint.route("/dot-khao-sat/<int:campaign_id>/bieu-duong/them", methods=["GET", "POST"])
@requires(Permission.NOMINATION_PROPOSE, load=campaigns.get_visible)
def new_nomination(campaign: Campaign) -> ResponseReturnValue:
    units = queries.nominable(actor(), campaign)
    unit = _chosen(units)
    if unit is None:
        return render_template(
            "features/nominations/choose.html",
            campaign=campaign,
            units=units,
            work=work_pages.work(actor(), campaign),
        )
    form = NominationForm().offer(campaign, unit)
    if form.validate_on_submit():
        try:
            taken = form.taken()
            made = services.create(
                actor(), campaign, unit, form.given, photos=taken.photos, links=taken.links
            )
        except Invalid as invalid:
            form.show(invalid)
        except Refused as refused:
            warn(refused)
            return redirect(url_for("office.nominations", campaign_id=campaign.id))
        else:
            flash(_("Đã lưu bản nháp. Xem lại rồi bấm Đề cử."), "success")
            _tell_capitals(form, made)
            return _page_of(made)
    return _form_page(campaign, unit, form), 422 if form.is_submitted() else 200


@blueprint.route(
    "/dot-khao-sat/<int:campaign_id>/bieu-duong/<int:nomination_id>/sua", methods=["GET", "POST"]
)
@requires(Permission.CAMPAIGN_READ, load=campaigns.get_visible)
def edit_nomination(campaign: Campaign, nomination_id: int) -> ResponseReturnValue:
    item = _editable(campaign, nomination_id)
    if item.state != State.DRAFT:
        flash(_(services.NO_DRAFT), "warning")
        return _page_of(item)
    form = NominationForm.of(item)
    if form.validate_on_submit():
        try:
            taken = form.taken()
            services.edit(
                actor(), item, form.given, form.seen_version(),
                photos=taken.photos, links=taken.links,
            )  # fmt: skip
        except Invalid as invalid:
            form.show(invalid)
        except Refused as refused:
            warn(refused)
            return _page_of(item)
        except Stale as stale:
            form.version.data = str(item.version)
            return _form_page(campaign, item.unit, form, item, stale), 409
        else:
            flash(_("Đã lưu bản nháp. Xem lại rồi bấm Đề cử."), "success")
            _tell_capitals(form, item)
            return _page_of(item)
    status = 422 if form.is_submitted() else 200
    return _form_page(campaign, item.unit, form, item), status


@blueprint.post("/dot-khao-sat/<int:campaign_id>/bieu-duong/<int:nomination_id>/lam-lai")
@requires(Permission.CAMPAIGN_READ, load=campaigns.get_visible)
def repeat_nomination(campaign: Campaign, nomination_id: int) -> ResponseReturnValue:
    item = _editable(campaign, nomination_id)
    try:
        made = services.again(actor(), item)
    except (Invalid, Refused) as failure:
        warn(failure)
        return _page_of(item)
    flash(_("Đã chép sang một bản nháp mới."), "success")
    return redirect(
        url_for("office.edit_nomination", campaign_id=campaign.id, nomination_id=made.id)
    )


def _chosen(units: list[Unit]) -> Unit | None:
    """Give the unit of the address; the only one there is where none is said."""
    wanted = request.args.get("don-vi", 0, type=int)
    if not wanted:
        return units[0] if len(units) == 1 else None
    found = next((one for one in units if one.id == wanted), None)
    if found is None:
        raise Missing
    return found


def _editable(campaign: Campaign, nomination_id: int) -> Nomination:
    item = of_campaign(campaign, nomination_id)
    if not allows(actor(), Permission.NOMINATION_EDIT, item):
        raise Forbidden
    return item


def _tell_capitals(form: NominationForm, item: Nomination) -> None:
    if item.kind == Kind.PERSON:
        tell_capitals(form.name.data or "", item.name)


def _page_of(item: Nomination) -> ResponseReturnValue:
    return redirect(
        url_for("office.nomination", campaign_id=item.campaign_id, nomination_id=item.id)
    )


def _form_page(
    campaign: Campaign,
    unit: Unit,
    form: NominationForm,
    item: Nomination | None = None,
    stale: Stale | None = None,
) -> str:
    return render_template(
        "features/nominations/edit.html",
        campaign=campaign,
        unit=unit,
        form=form,
        nomination=item,
        stale=stale,
        known=criteria.measured(actor(), campaign, [unit.id])[unit.id],
        work=work_pages.work(actor(), campaign),
    )
