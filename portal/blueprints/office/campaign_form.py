"""The form of a campaign, between what is typed and what the service takes."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import fields
from datetime import date
from typing import Any, cast

from flask_babel import gettext
from flask_babel import lazy_gettext as _l
from wtforms import (
    BooleanField,
    HiddenField,
    RadioField,
    SelectField,
    SelectMultipleField,
    StringField,
    TextAreaField,
)

from portal.blueprints.office.campaign_fields import RoundsField, WayField, WholeNumberField
from portal.core.errors import Invalid
from portal.features.campaigns import places, queries, wording
from portal.features.campaigns import rounds as windows
from portal.features.campaigns.drafting import (
    LENGTHS,
    SCOPE_LABELS,
    CampaignInput,
    Scope,
    round_errors,
    window_errors,
)
from portal.features.campaigns.models import Campaign
from portal.features.campaigns.phase import DENOMINATOR_LABELS
from portal.features.campaigns.places import District
from portal.features.documents.deadlines import Span
from portal.features.org_units.models import Unit
from portal.features.questionnaires.models import QuestionnaireVersion
from portal.web.forms import DateField, Difference, Filled, PortalForm
from portal.web.questionnaires import named


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
    rounds = RoundsField(_l("Các lần sau"), start=2)
    one_round = BooleanField(
        _l("Mỗi xã chỉ hỏi trong một lần, tự chọn lần nào"),
        description=_l(
            "Ví dụ “ngày 06/6 hoặc ngày 07/6”. Xã chưa chọn thì vẫn nhận phiếu mọi lần."
        ),
    )
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
    denominator = SelectField(
        _l("So số phiếu với"),
        description=_l(
            "Số cán bộ, công chức: mỗi xã ghi ở trang của đợt. Số hộ: mỗi xã ghi ở Đơn vị của tôi. "
            "Số lượt đến lấy từ báo cáo ngày của các xã."
        ),
        validate_choice=False,
    )
    zalo_group = StringField(
        _l("Nhóm Zalo của cán bộ"),
        description=_l("Tên hoặc đường dẫn nhóm; chỉ cán bộ thấy."),
        render_kw=_long("zalo_group"),
    )
    steps = WayField(_l("Đường tổng hợp, báo cáo"))
    scope = RadioField(_l("Hỏi ở đâu"), default=Scope.ALL, validate_choice=False)
    districts = SelectMultipleField(_l("Huyện"), coerce=_id, validate_choice=False)
    communes = SelectMultipleField(_l("Xã"), coerce=_id, validate_choice=False)

    def validate(self, extra_validators: Mapping[str, Sequence[object]] | None = None) -> bool:
        """Check every field; the days are judged in this round though another field is wrong."""
        valid: bool = super().validate(extra_validators)
        if not valid:
            self.show(Invalid(self._wrong_days()))
        return valid

    def _wrong_days(self) -> dict[str, str]:
        first = self.opens_on.data, self.closes_on.data
        if all(first) and len(self.rounds.data) == len(self.rounds.rows):
            return round_errors(self._rounds())
        return window_errors(*first, is_last=not self.rounds.rows)

    def show(self, invalid: Invalid) -> None:
        """Put the domain's errors beside their fields, those of a later round at its row."""
        rows = {name: one for name, one in invalid.errors.items() if name.startswith("rounds-")}
        own = {name: one for name, one in invalid.errors.items() if name not in rows}
        super().show(Invalid(own, **invalid.values))
        for name, message in rows.items():
            self.rounds.blame(int(name.removeprefix("rounds-")), message)

    def offer(
        self, versions: Sequence[QuestionnaireVersion], groups: Sequence[District]
    ) -> "CampaignForm":
        """Say what can be chosen."""
        self.version_id.choices = [(one.id, named(one)) for one in versions]
        tiers = [scope for scope in Scope if scope != Scope.DISTRICTS or len(groups) > 1]
        self.denominator.choices = [
            (str(key), gettext(label)) for key, label in DENOMINATOR_LABELS.items()
        ]
        self.scope.choices = [(str(scope), gettext(SCOPE_LABELS[scope])) for scope in tiers]
        return self

    def suggest(self, version: QuestionnaireVersion) -> None:
        """Fill in what follows from the questionnaire."""
        suggestion = wording.suggestion(version.definition)
        self.version_id.data = version.id
        for part in fields(suggestion):
            self[part.name].data = str(getattr(suggestion, part.name))

    def fill(self, values: Mapping[str, Any]) -> None:
        """Fill in what is known of a campaign, by the names of its input."""
        for name, value in values.items():
            if name != "work":  # asked in a form of its own
                self[name].data = value
        if "minutes" in values:
            self.minutes.data = str(values["minutes"])
        if "scope" in values:
            self.scope.data = str(values["scope"])
        if "opens_on" in values:
            first, *later = values["rounds"] or (Span(values["opens_on"], values["closes_on"]),)
            self.opens_on.data, self.closes_on.data = first
            self.rounds.fill(later)

    def show_stored(self, campaign: Campaign, communes: Collection[Unit], chosen: set[int]) -> None:
        """Fill in what the campaign is now."""
        scope, whole = places.described(communes, chosen)
        stored = {part.name: getattr(campaign, part.name, None) for part in fields(CampaignInput)}
        self.fill(stored | {
            "scope": scope,
            "districts": sorted(whole),
            "communes": sorted(chosen) if scope == Scope.COMMUNES else [],
            "steps": queries.way_of(campaign.id),
        })  # fmt: skip
        self.version.data = campaign.version

    def differences(self, theirs: Mapping[str, object], campaign: Campaign) -> list[Difference]:
        """Put what somebody else has stored beside what was typed here."""
        found = [
            Difference(str(self[name].label.text), self._said(name, stored), self._typed(name))
            for name, stored in theirs.items()
            if name not in _DAYS
        ]
        if theirs.keys() & _DAYS:
            stored_days, typed_days = map(windows.said, (campaign.all_rounds, self._rounds()))
            found.append(Difference(gettext("Thời gian"), stored_days, typed_days))
        return found

    def _typed(self, name: str) -> str:
        if name == "steps":
            return " → ".join(":".join(step) for step in self.steps.data)
        return self._said(name, self[name].data)

    def _said(self, name: str, value: object) -> str:
        if name == "scope" and isinstance(value, int):
            return str(gettext("%(n)s xã", n=value))
        if isinstance(value, bool):
            return str(gettext("có") if value else gettext("không"))
        choices = dict(getattr(self[name], "choices", None) or ())
        return str(choices.get(value, value))

    def _rounds(self) -> tuple[Span, ...]:
        first, last = cast("date", self.opens_on.data), cast("date", self.closes_on.data)
        return (Span(first, last), *self.rounds.data)

    def entered(self) -> CampaignInput:
        """Give what was typed, only after `validate()`; what units are asked for is not asked."""
        known, rounds = self.scope.data in set(Scope), self._rounds()
        names = [part.name for part in fields(CampaignInput) if part.name != "work"]
        values = {name: self[name].data for name in names}
        values |= {
            "rounds": rounds if len(rounds) > 1 else (),
            "minutes": int(self.minutes.data),
            "scope": Scope(self.scope.data) if known else Scope.COMMUNES,
            "districts": frozenset(self.districts.data or ()),
            "communes": frozenset(self.communes.data or ()),
        }
        return CampaignInput(**values)


_DAYS = frozenset({"opens_on", "closes_on", "rounds"})
