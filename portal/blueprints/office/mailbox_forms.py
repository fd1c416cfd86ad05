"""The forms of a box: all of it on one page, its points."""

from collections.abc import Sequence
from datetime import date
from typing import cast

from flask_babel import gettext
from flask_babel import lazy_gettext as _l
from wtforms import (
    BooleanField,
    HiddenField,
    SelectField,
    SelectMultipleField,
    StringField,
    TextAreaField,
)
from wtforms.widgets import CheckboxInput, ListWidget

from portal.blueprints.office.campaign_fields import WholeNumberField
from portal.core import clock
from portal.core.errors import Stale
from portal.features.documents.deadlines import Span
from portal.features.documents.templates.questions import rounds_and_faults
from portal.features.letters.kinds import CATEGORY_LABELS, WRITTEN
from portal.features.mailbox.drafting import LENGTHS, READERS, BoxInput
from portal.features.mailbox.models import Mailbox
from portal.features.mailbox.placing import MAX_NOTE, Placed
from portal.features.mailbox.queries import readers_at
from portal.features.org_units.kinds import POINT_LABELS, PointKind
from portal.features.org_units.models import Organisation
from portal.features.org_units.points import LONGEST, Described
from portal.web.evidence import EvidenceFields
from portal.web.forms import DateField, Difference, Filled, PortalForm

NEW_POINTS = (
    PointKind.CULTURAL_HOUSE, PointKind.ONE_STOP, PointKind.OFFICE, PointKind.OTHER,
)  # fmt: skip


class RoundsText(TextAreaField):
    """Rounds of days, one a line; each line that cannot be read is named by its number."""

    spans: tuple[Span, ...] = ()
    errors: Sequence[str]

    def post_validate(self, form: object, validation_stopped: bool) -> None:  # noqa: ARG002
        """Read the lines."""
        if self.errors or not self.data:
            return
        self.spans, faults = rounds_and_faults(self.data)
        self.errors = [gettext(message, line=line) for message, line in faults]


class BoxForm(PortalForm):
    """All of a box."""

    version = HiddenField()
    name = StringField(_l("Tên hòm thư"), [Filled()], render_kw={"maxlength": LENGTHS["name"]})
    subject = TextAreaField(
        _l("Góp ý về việc gì"), [Filled()], render_kw={"maxlength": LENGTHS["subject"]},
        description=_l("Một câu, in trên áp phích và trang viết thư."),
    )  # fmt: skip
    rounds = RoundsText(
        _l("Các đợt nhận thư"), [Filled()],
        description=_l("Mỗi dòng một đợt: ngày đầu – ngày cuối, ví dụ 22/01/2026 – 25/3/2026."),
    )  # fmt: skip
    takes_between = BooleanField(
        _l("Giữa hai đợt vẫn nhận thư"),
        description=_l("Ai quét mã vào ngày nghỉ giữa hai đợt cũng gửi được."),
    )
    fields = TextAreaField(
        _l("Lĩnh vực để người viết chọn"), [Filled()],
        description=_l("Mỗi dòng một lĩnh vực; lĩnh vực đang dùng không nên đổi tên giữa năm."),
    )  # fmt: skip
    reader_id = SelectField(
        _l("Bên đọc và trả lời"), coerce=int, validate_choice=False,
        description=_l("Ban Chỉ đạo hoặc cơ quan thường trực theo kế hoạch. Thư nói về cán bộ, đơn "
                       "vị của phường đi thẳng lên cấp trên, bên này cũng không mở được."),
    )  # fmt: skip
    runner_reads = SelectMultipleField(
        _l("Bên vận hành được đọc thêm loại thư"),
        description=_l("Bình thường bên vận hành chỉ thấy số lượng. Chỉ đánh dấu loại mà kế hoạch "
                       "ghi rõ."),
        option_widget=CheckboxInput(), widget=ListWidget(prefix_label=False),
    )  # fmt: skip
    answer_days = WholeNumberField(
        _l("Trả lời trong bao nhiêu ngày"),
        [Filled()],
        description=_l("Từ ngày thư đến; người gửi đọc thấy hạn này."),
    )

    def offer(self, unit_id: int, runner_id: int, kept: Organisation | None = None) -> "BoxForm":
        """Say who can read, and of which categories the runner may."""
        readers = [one for one in readers_at(unit_id, READERS) if one.id != runner_id]
        if kept is not None and kept.id not in {one.id for one in readers}:
            readers.append(kept)
        self.reader_id.choices = [(one.id, one.name) for one in readers]
        self.runner_reads.choices = [(str(one), gettext(CATEGORY_LABELS[one])) for one in WRITTEN]
        return self

    def fill(self, given: BoxInput, version: int = 0) -> "BoxForm":
        """Show a box, stored or suggested."""
        self.version.data, self.name.data, self.subject.data = (
            str(version),
            given.name,
            given.subject,
        )
        self.rounds.data, self.fields.data = lines(given.rounds), "\n".join(given.fields)
        self.takes_between.data, self.reader_id.data = given.takes_between, given.reader_id
        self.runner_reads.data = sorted(given.runner_reads)
        self.answer_days.data = str(given.answer_days)
        return self

    def entered(self) -> BoxInput:
        """Give what was typed; only after `validate()`."""
        return BoxInput(
            self.name.data or "", self.subject.data or "",
            tuple((self.fields.data or "").splitlines()), self.reader_id.data or 0,
            self.rounds.spans, bool(self.takes_between.data),
            frozenset(self.runner_reads.data or ()), int(self.answer_days.data or 0),
        )  # fmt: skip

    def differences(self, stale: Stale, box: Mailbox) -> list[Difference]:
        """Give what somebody else stored meanwhile, beside what was typed."""
        stored = BoxForm(formdata=None).offer(box.unit_id, box.organisation_id, box.reader)
        stored.fill(stored_input(box))
        return [
            Difference(str(self[name].label.text), _said(stored, name), _said(self, name))
            for name in stale.theirs if name in self
        ]  # fmt: skip


def stored_input(box: Mailbox) -> BoxInput:
    """Give a box as it was entered."""
    return BoxInput(
        box.name, box.subject, box.field_names, box.reader_id, box.rounds, box.takes_between,
        box.runner_reads, box.answer_days,
    )  # fmt: skip


def lines(rounds: Sequence[Span]) -> str:
    """Write rounds as they are typed, one a line."""
    return "\n".join(" – ".join(map(clock.format_date, one)) for one in rounds)


def _said(form: BoxForm, name: str) -> str:
    field, data = form[name], form[name].data
    if name in {"reader_id", "runner_reads"}:
        chosen = data if isinstance(data, list) else [data]
        return ", ".join(str(label) for value, label in field.choices if value in chosen)
    if isinstance(data, bool):
        return str(gettext("có") if data else gettext("không"))
    return str(data or "").replace("\n", "; ")


class ChoosePointsForm(PortalForm):
    """Points of the ward's list at which the box will hang besides."""

    point_ids = SelectMultipleField(_l("Điểm trong danh sách của phường"), coerce=int,
                                    validate_choice=False)  # fmt: skip


class NewPointForm(PortalForm):
    """A point that the ward's list does not have yet."""

    kind = SelectField(_l("Loại điểm"), validate_choice=False)
    name = StringField(
        _l("Tên điểm"), [Filled()], render_kw={"maxlength": LONGEST},
        description=_l("Như bà con vẫn gọi, ví dụ Nhà văn hóa tổ dân phố số 4."),
    )  # fmt: skip

    def offer(self) -> "NewPointForm":
        """Say what kinds there are."""
        self.kind.choices = [(str(one), gettext(POINT_LABELS[one])) for one in NEW_POINTS]
        return self

    @property
    def described(self) -> Described:
        """Give what was typed; only after `validate()`."""
        return Described(self.kind.data or "", self.name.data or "")


class PlacedForm(EvidenceFields, PortalForm):
    """That the box hangs there, with a photo."""

    placed_on = DateField(_l("Ngày đặt"), [Filled()])
    note = StringField(
        _l("Ghi chú"), render_kw={"maxlength": MAX_NOTE},
        description=_l("Ví dụ: cạnh quầy số 2, ngang tầm mắt."),
    )  # fmt: skip

    def placed(self) -> Placed:
        """Give what was typed; only after `validate()`."""
        return Placed(cast("date", self.placed_on.data), self.note.data or "")


class TryForm(PortalForm):
    """What the phone showed after the printed code was scanned."""

    typed = StringField(
        _l("Bốn chữ, số cuối của địa chỉ trên điện thoại"),
        description=_l("Quét tờ đã dán bằng điện thoại, đọc bốn chữ, số cuối rồi gõ vào đây."),
        render_kw={"autocomplete": "off", "autocapitalize": "none"},
    )


class TakeDownPointForm(PortalForm):
    """Why the box hangs there no longer."""

    reason = TextAreaField(_l("Lý do gỡ"), [Filled()], render_kw={"maxlength": MAX_NOTE})
