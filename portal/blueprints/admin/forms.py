"""What the operator fills in."""

from collections.abc import Mapping
from enum import StrEnum
from typing import TypeVar

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import (
    BooleanField,
    HiddenField,
    IntegerField,
    RadioField,
    SelectChoice,
    SelectField,
    SelectMultipleField,
    StringField,
    TextAreaField,
    ValidationError,
)
from wtforms.widgets import CheckboxInput, HiddenInput, ListWidget

from portal.features.org_units.kinds import KIND_LABELS, OrganisationKind
from portal.features.org_units.models import Level, Organisation
from portal.features.org_units.pages import LEVEL_LABELS
from portal.features.users.pages import DUTY_LABELS, ROLE_LABELS, STATE_LABELS
from portal.features.users.services import ROLE_LEVELS
from portal.policy.roles import Duty, Role
from portal.web.forms import DateField, Filled, PortalForm
from portal.web.locale import translate

K = TypeVar("K", bound=StrEnum)


def _text(labels: Mapping[K, str]) -> dict[str, str]:
    return {str(key): label for key, label in labels.items()}


def choices(labels: Mapping[str, str]) -> list[SelectChoice]:
    """Offer values under their names (msgids)."""
    return [SelectChoice(value, translate(label)) for value, label in labels.items()]


def choices_or_all(labels: Mapping[str, str]) -> list[SelectChoice]:
    """Offer them after “all”."""
    return [SelectChoice("", _("Tất cả")), *choices(labels)]


class SearchForm(PortalForm):
    """A form above a list: its words are in the address, so it needs no token."""

    class Meta(PortalForm.Meta):
        """Read from the address."""

        csrf = False

    tim = StringField(_l("Tìm"))
    trang = IntegerField(widget=HiddenInput())


class UnitSearch(SearchForm):
    """Which units."""

    cap = SelectField(_l("Cấp"), validate_choice=False)
    da_het = BooleanField(_l("Cả đơn vị đã hết hiệu lực"))

    def __init__(self, **values: object) -> None:
        super().__init__(**values)
        self.cap.choices = choices_or_all(LEVEL_LABELS)


class AccountSearch(SearchForm):
    """Which accounts."""

    vai_tro = SelectField(_l("Vai trò"), validate_choice=False)
    loai = SelectField(_l("Loại cơ quan"), validate_choice=False)
    tinh_trang = SelectField(_l("Tình trạng"), validate_choice=False)
    don_vi = IntegerField(widget=HiddenInput())

    def __init__(self, **values: object) -> None:
        super().__init__(**values)
        self.vai_tro.choices = choices_or_all(_text(ROLE_LABELS))
        self.loai.choices = choices_or_all(_text(KIND_LABELS))
        self.tinh_trang.choices = choices_or_all(STATE_LABELS)


class AuditSearch(SearchForm):
    """Which part of the record."""

    viec = SelectField(_l("Việc"), validate_choice=False)
    loai = SelectField(_l("Về"), validate_choice=False)
    nguoi = SelectField(_l("Người làm"), validate_choice=False)
    tu_ngay = DateField(_l("Từ ngày"))
    den_ngay = DateField(_l("Đến ngày"))


class OrganisationForm(PortalForm):
    """An organisation to be attached to a unit."""

    kind = SelectField(_l("Loại tổ chức"), validate_choice=False)
    name = StringField(
        _l("Tên tổ chức"), [Filled(_l("Chưa ghi tên tổ chức."))],
        description=_l("Ghi đủ như trên biển tên, ví dụ: Hội Nông dân tỉnh Bắc Giang."),
    )  # fmt: skip

    def __init__(self, **values: object) -> None:
        super().__init__(**values)
        self.kind.choices = choices(_text(KIND_LABELS))


class AccountForm(PortalForm):
    """What of an account may be changed."""

    display_name = StringField(
        _l("Tên hiển thị"), [Filled(_l("Chưa ghi tên hiển thị."))],
        description=_l("Tên người dùng hoặc tên vị trí, ví dụ: Cán bộ dân vận phường."),
    )  # fmt: skip
    duties = SelectMultipleField(
        _l("Phần việc"),
        validate_choice=False,
        widget=ListWidget(prefix_label=False),
        option_widget=CheckboxInput(),
    )
    version = HiddenField()

    def __init__(self, **values: object) -> None:
        super().__init__(**values)
        self.duties.choices = choices(_text(DUTY_LABELS))

    @property
    def chosen(self) -> frozenset[Duty]:
        """Give the duties that were ticked."""
        return frozenset(duty for duty in Duty if duty in (self.duties.data or ()))


class NewAccountForm(AccountForm):
    """A whole new account at a chosen organisation."""

    organisation_id = HiddenField()
    username = StringField(
        _l("Tên đăng nhập"), [Filled(_l("Chưa ghi tên đăng nhập."))],
        description=_l("Chữ thường không dấu, số, dấu chấm, gạch; ví dụ: xa.ngoquyen."),
    )  # fmt: skip
    role = RadioField(_l("Vai trò"), [Filled(_l("Chưa chọn vai trò."))], validate_choice=False)

    def __init__(self, body: Organisation, **values: object) -> None:
        super().__init__(**values)
        level, is_operator = Level(body.unit.level), body.kind == OrganisationKind.OPERATOR
        fitting = (r for r in Role if level in ROLE_LEVELS[r])
        self.fitting = {str(r): ROLE_LABELS[r] for r in fitting if r != Role.ADMIN or is_operator}
        self.role.choices = choices(self.fitting)

    def validate_role(self, field: RadioField) -> None:
        """Refuse what is not offered, in our words."""
        if field.data not in self.fitting:
            raise ValidationError(_("Chưa chọn vai trò."))


class HandoverForm(PortalForm):
    """Who takes a seat over."""

    display_name = StringField(
        _l("Tên hiển thị mới"), [Filled(_l("Chưa ghi tên người nhận."))],
        description=_l("Họ tên người nhận, hoặc tên vị trí nếu không ghi tên người."),
    )  # fmt: skip
    reason = TextAreaField(
        _l("Căn cứ, lý do"), [Filled(_l("Cần ghi lý do."))],
        description=_l("Ví dụ: theo Quyết định phân công số 12-QĐ/ĐU ngày 01/7/2026."),
    )  # fmt: skip


class MoveForm(PortalForm):
    """To whom unfinished work goes."""

    to = SelectField(_l("Tài khoản nhận"), validate_choice=False)
    why = TextAreaField(_l("Căn cứ, lý do"), [Filled(_l("Cần ghi lý do."))])

    def __init__(self, others: Mapping[str, str], **values: object) -> None:
        super().__init__(**values)
        self.to.choices = [SelectChoice(value, label) for value, label in others.items()]

    def validate_to(self, field: SelectField) -> None:
        """Refuse what is not offered, in our words."""
        if field.data not in {choice.value for choice in field.choices}:
            raise ValidationError(_("Chọn một tài khoản có trong danh sách."))


class ReasonForm(PortalForm):
    """Why."""

    reason = TextAreaField(
        _l("Lý do"), [Filled(_l("Cần ghi lý do."))],
        description=_l("Ghi vào nhật ký, người kiểm tra đọc được."),
    )  # fmt: skip
