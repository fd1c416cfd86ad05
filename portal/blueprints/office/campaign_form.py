"""The form of a campaign, between what is typed and what the service takes."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import fields
from datetime import date

from flask_babel import gettext
from flask_babel import lazy_gettext as _l
from wtforms import (
    HiddenField,
    RadioField,
    SelectField,
    SelectMultipleField,
    StringField,
    TextAreaField,
)

from portal.core import clock
from portal.core.errors import Invalid
from portal.features.campaigns import places, wording
from portal.features.campaigns.drafting import (
    LENGTHS,
    SCOPE_LABELS,
    CampaignInput,
    Scope,
    window_errors,
)
from portal.features.campaigns.models import Campaign
from portal.features.campaigns.places import District
from portal.features.org_units.models import Unit
from portal.features.questionnaires.models import QuestionnaireVersion
from portal.web.forms import DateField, Difference, Filled, PortalForm


class WholeNumberField(StringField):
    """A whole number, typed; what is no number is kept and said."""

    def process_formdata(self, valuelist: list[str]) -> None:
        """Read it."""
        super().process_formdata(valuelist)
        text = (self.data or "").strip()
        if text and not (text.isascii() and text.isdigit() and len(text) < 6):
            raise ValueError(gettext("Ghi một số nguyên, ví dụ 4."))


def _id(value: object) -> int:
    text = str(value)
    return int(text) if text.isascii() and text.isdigit() and len(text) < 12 else 0


def _long(name: str) -> dict[str, int]:
    return {"maxlength": LENGTHS[name]}


class CampaignForm(PortalForm):
    """All of a campaign on one page."""

    version = HiddenField()
    version_id = SelectField(_l("Phiếu khảo sát"), coerce=_id, validate_choice=False)
    name = StringField(
        _l("Tên đợt"),
        [Filled()],
        description=_l("Tên ngắn cán bộ vẫn gọi, ví dụ “PKS 03 năm 2024”."),
        render_kw=_long("name"),
    )
    opens_on = DateField(_l("Ngày bắt đầu"), [Filled()])
    closes_on = DateField(_l("Đến hết ngày"), [Filled()])
    headline = StringField(
        _l("Câu mời trên áp phích và trang phiếu"),
        [Filled()],
        description=_l(
            "Viết [đơn vị] ở chỗ cần chữ xã, phường hay thị trấn; mỗi nơi tự thành chữ đúng."
        ),
        render_kw=_long("headline"),
    )
    about = TextAreaField(
        _l("Hỏi về việc gì"),
        [Filled()],
        description=_l("Một câu ngắn, in ở chân áp phích, trên tên cơ quan lấy ý kiến."),
        render_kw=_long("about"),
    )
    audience = TextAreaField(_l("Hỏi những ai"), [Filled()], render_kw=_long("audience"))
    minutes = WholeNumberField(
        _l("Trả lời mất mấy phút"),
        [Filled()],
        description=_l("Ước theo số câu; sửa được."),
        render_kw={"inputmode": "numeric", "maxlength": 3},
    )
    supporter = StringField(
        _l("Ai hỗ trợ người dân"),
        [Filled()],
        description=_l("Ví dụ: Hội Nông dân xã."),
        render_kw=_long("supporter"),
    )
    fallback_supporter = StringField(
        _l("Nơi không có thì ai thay"),
        description=_l("Ví dụ: Khối dân vận xã."),
        render_kw=_long("fallback_supporter"),
    )
    scope = RadioField(_l("Hỏi ở đâu"), default=Scope.ALL, validate_choice=False)
    districts = SelectMultipleField(_l("Huyện"), coerce=_id, validate_choice=False)
    communes = SelectMultipleField(_l("Xã"), coerce=_id, validate_choice=False)

    def validate(self, extra_validators: Mapping[str, Sequence[object]] | None = None) -> bool:
        """Check every field; the days are judged in this round though another field is wrong."""
        valid: bool = super().validate(extra_validators)
        if not valid:
            self.show(Invalid(window_errors(self.opens_on.data, self.closes_on.data)))
        return valid

    def offer(
        self, versions: Sequence[QuestionnaireVersion], groups: Sequence[District]
    ) -> "CampaignForm":
        """Say what can be chosen."""
        self.version_id.choices = [(v.id, v.definition.title) for v in versions]
        tiers = [scope for scope in Scope if scope != Scope.DISTRICTS or len(groups) > 1]
        self.scope.choices = [(str(scope), gettext(SCOPE_LABELS[scope])) for scope in tiers]
        return self

    def suggest(self, version: QuestionnaireVersion) -> None:
        """Fill in what follows from the questionnaire."""
        suggestion = wording.suggestion(version.definition)
        self.version_id.data = version.id
        for part in fields(suggestion):
            self[part.name].data = str(getattr(suggestion, part.name))

    def show_stored(self, campaign: Campaign, communes: Collection[Unit], chosen: set[int]) -> None:
        """Fill in what the campaign is now."""
        for part in fields(CampaignInput):
            if hasattr(campaign, part.name):
                self[part.name].data = getattr(campaign, part.name)
        self.version.data, self.minutes.data = campaign.version, str(campaign.minutes)
        scope, whole = places.described(communes, chosen)
        self.scope.data, self.districts.data = str(scope), sorted(whole)
        self.communes.data = sorted(chosen) if scope == Scope.COMMUNES else []

    def differences(self, theirs: Mapping[str, object]) -> list[Difference]:
        """Put what somebody else has stored beside what was typed here."""
        return [
            Difference(
                str(self[name].label.text),
                gettext("%(n)s xã", n=stored) if name == "scope" else self._said(name, stored),
                self._said(name, self[name].data),
            )
            for name, stored in theirs.items()
        ]

    def _said(self, name: str, value: object) -> str:
        choices = dict(getattr(self[name], "choices", None) or ())
        if isinstance(value, date):
            return clock.format_date(value)
        return str(choices.get(value, value))

    def seen_version(self) -> int:
        """Give the version that stood on the page when the person began."""
        return _id(self.version.data)

    def entered(self) -> CampaignInput:
        """Give what was typed; only after `validate()`."""
        known = self.scope.data in set(Scope)
        values = {part.name: self[part.name].data for part in fields(CampaignInput)}
        values |= {
            "minutes": int(self.minutes.data),
            "scope": Scope(self.scope.data) if known else Scope.COMMUNES,
            "districts": frozenset(self.districts.data or ()),
            "communes": frozenset(self.communes.data or ()),
        }
        return CampaignInput(**values)
