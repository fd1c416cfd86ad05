"""The forms of a register: taking and reserving numbers, setting it up, looking for one."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime

from flask_babel import gettext
from flask_babel import lazy_gettext as _l
from wtforms import (
    BooleanField,
    Field,
    HiddenField,
    RadioField,
    SelectField,
    StringField,
    TextAreaField,
    ValidationError,
)

from portal.blueprints.office.campaign_fields import WholeNumberField
from portal.core import clock
from portal.core.errors import Invalid
from portal.core.text import N_
from portal.features.documents.letterheads import Numbering, Organ
from portal.features.documents.models import Letterhead
from portal.features.documents.numbering import IN_FUTURE, OLDEST, TOO_OLD
from portal.features.registers.models import Mode, RegisterEntry
from portal.features.registers.pages import ALL_TYPES, MODES, STATES
from portal.features.registers.queries import SHARED
from portal.features.registers.services import LENGTHS, NO_REASON, NO_SUMMARY, Wanted
from portal.web.forms import DateField, Filled, PortalForm


def _long(name: str) -> dict[str, int]:
    return {"maxlength": LENGTHS[name]}


class NumberSearch(PortalForm):
    """What is looked for in a register; it stands in the address and needs no token."""

    class Meta(PortalForm.Meta):
        """Read from the address."""

        csrf = False

    tim = StringField(_l("Tìm"))
    ky = SelectField(_l("Sổ của năm, nhiệm kỳ"), validate_choice=False)
    tinh_trang = SelectField(_l("Trạng thái"), validate_choice=False)

    def offer(self, periods: Sequence[str]) -> None:
        """Say what can be chosen."""
        self.ky.choices = [(period, period) for period in periods]
        states = [(str(state), gettext(label)) for state, label in STATES.items()]
        self.tinh_trang.choices = [("", gettext("Tất cả")), *states]


class NumberForm(PortalForm):
    """A paper, drafted here or elsewhere, that wants a number."""

    type_code = SelectField(_l("Tên loại"), validate_choice=False)
    day = DateField(_l("Ngày văn bản"), [Filled()])
    number = WholeNumberField(
        _l("Số"),
        description=_l("Chỉ ghi khi sổ do văn thư ghi số, hoặc để dùng một số đang giữ chỗ."),
        render_kw={"inputmode": "numeric", "maxlength": 5},
    )
    summary = TextAreaField(
        _l("Trích yếu"),
        description=_l("Một câu, như ghi dưới tên loại."),
        render_kw=_long("summary"),
    )
    signer = StringField(_l("Người ký"), render_kw=_long("signer"))
    signer_title = StringField(_l("Chức vụ người ký"), render_kw=_long("signer_title"))
    recipients = TextAreaField(
        _l("Nơi nhận"),
        description=_l("Cách nhau bằng dấu chấm phẩy."),
        render_kw=_long("recipients"),
    )
    pages = WholeNumberField(_l("Số trang"), render_kw={"inputmode": "numeric", "maxlength": 3})
    reason = TextAreaField(
        _l("Giữ số để làm gì"),
        description=_l("Lý do hiện trong sổ và trong nhật ký."),
        render_kw=_long("reason"),
    )
    backdated = BooleanField(_l("Vẫn lấy số với ngày này"))
    shown = HiddenField()
    """When the empty form was shown: sent twice, it still takes one number."""

    def suggest(self, letterhead: Letterhead, type_code: str) -> None:
        """Fill in what most papers of the organ say."""
        self.type_code.data, self.day.data = type_code, clock.today()
        self.shown.data = clock.now().isoformat()
        self.signer.data = letterhead.signer
        self.signer_title.data = " / ".join(letterhead.titles.splitlines())

    def show_stored(self, entry: RegisterEntry) -> None:
        """Fill in what a reserved number was reserved for."""
        for name in ("type_code", "summary", "recipients"):
            self[name].data = getattr(entry, name)
        for name in ("signer", "signer_title"):
            self[name].data = getattr(entry, name) or self[name].data

    def complete(self, *, future: bool) -> bool:
        """Check all that can be known without the register, so that every error shows at once.

        Args:
            future: a number is only reserved: the paper may bear a day to come, and its summary
                may be missing, but not what it is reserved for.
        """
        valid, errors = self.validate(), self._errors(future=future)
        self.show(Invalid(errors))
        return valid and not errors

    def _errors(self, *, future: bool) -> dict[str, str]:
        errors = {
            name: N_("Mục này dài quá.")
            for name, longest in LENGTHS.items()
            if len(self[name].data or "") > longest
        }
        if self.type_code.data not in dict(self.type_code.choices):
            errors["type_code"] = N_("Chọn một tên loại văn bản.")
        needed, said = ("reason", NO_REASON) if future else ("summary", NO_SUMMARY)
        if not self[needed].data:
            errors[needed] = said
        if self.day.data and (refusal := _refusal(self.day.data, future=future)):
            errors["day"] = refusal
        return errors

    def entered(self, organ: Organ, numbering: Numbering) -> Wanted:
        """Give what was typed; only once it is complete."""
        assert self.day.data
        return Wanted(
            organisation_id=organ.organisation_id,
            period=numbering.period,
            symbol=numbering.symbol,
            number=_whole(self.number.data),
            pages=_whole(self.pages.data),
            type_code=self.type_code.data,
            day=self.day.data,
            summary=self.summary.data or "",
            recipients=self.recipients.data or "",
            signer=self.signer.data or "",
            signer_title=self.signer_title.data or "",
            since=_moment(self.shown.data or ""),
        )


class VolumeForm(PortalForm):
    """How one register is kept."""

    type_code = SelectField(_l("Sổ của"), validate_choice=False)
    mode = RadioField(_l("Ai cấp số"), default=Mode.PORTAL, validate_choice=False)
    first_number = WholeNumberField(
        _l("Số bắt đầu"),
        [Filled()],
        default="1",
        description=_l("Nếu sổ giấy đã dùng đến số 53 thì ghi 54."),
        render_kw={"inputmode": "numeric", "maxlength": 5},
    )

    def offer(self, names: Mapping[str, str]) -> "VolumeForm":
        """Say what can be chosen."""
        self.type_code.choices = [*names.items(), (SHARED, gettext(ALL_TYPES))]
        self.mode.choices = [(str(mode), gettext(label)) for mode, label in MODES.items()]
        return self

    def validate_type_code(self, field: Field) -> None:
        """Refuse what was not offered."""
        if field.data not in dict(field.choices):
            raise ValidationError(gettext("Chọn một tên loại văn bản."))

    def validate_mode(self, field: Field) -> None:
        """Refuse what was not offered."""
        if field.data not in dict(field.choices):
            raise ValidationError(gettext("Chọn ai cấp số."))


def _refusal(day: date, *, future: bool) -> str:
    """Say why a paper cannot bear a day; "" if it can."""
    if day > clock.today() and not future:
        return IN_FUTURE
    if day > clock.today() + OLDEST:
        return N_("Chỉ giữ được số cho văn bản trong vòng một năm.")
    return TOO_OLD if day < clock.today() - OLDEST else ""


def _moment(text: str) -> datetime | None:
    """Read when the form was shown; None if it was tampered with."""
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        return None
    return moment if moment.tzinfo else None


def _whole(text: str | None) -> int | None:
    return int(text) if text else None
