"""The forms of a consultation: all of it on one page, more days, its decision, the Front's note."""

from collections.abc import Iterable, Sequence
from datetime import date

from flask_babel import gettext
from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, HiddenField, SelectField, StringField, TextAreaField

from portal.core.clock import format_date
from portal.core.errors import Stale
from portal.features.consultations import drafting, groups
from portal.features.consultations.drafting import CaseInput, Group, Window
from portal.features.consultations.models import Consultation, TrackKind
from portal.features.consultations.publishing import Decision
from portal.features.documents.models import Document
from portal.features.regulations.models import Draft
from portal.web.forms import DateField, Difference, Filled, PortalForm

_LABELS = {
    f"{kind}_days": label for kind, label in drafting.TRACK_LABELS.items()
} | {"list_days": _l("Niêm yết danh sách cử tri")}  # fmt: skip


class ConsultationForm(PortalForm):
    """All of a consultation."""

    version = HiddenField()
    draft_id = SelectField(_l("Dự thảo"), coerce=int, validate_choice=False)
    name = StringField(
        _l("Tên đợt lấy ý kiến"), [Filled()],
        render_kw={"maxlength": drafting.LONGEST_NAME},
    )  # fmt: skip
    plan_id = SelectField(
        _l("Theo kế hoạch"), coerce=int, validate_choice=False,
        description=_l("Kế hoạch đã ban hành; nhiệm vụ trong kế hoạch đi theo đợt này."),
    )  # fmt: skip
    agency_from = DateField(_l("Cơ quan, đơn vị: từ ngày"))
    agency_to = DateField(_l("Đến hết ngày"))
    household_from = DateField(
        _l("Phát phiếu hộ gia đình: từ ngày"),
        description=_l("Nếu mỗi tổ dân phố chọn một trong hai ngày thì ghi cả hai."),
    )
    household_to = DateField(_l("Đến hết ngày"))
    list_from = DateField(_l("Niêm yết danh sách cử tri: từ ngày"))
    list_to = DateField(_l("Đến hết ngày"))
    public_from = DateField(
        _l("Mọi người góp ý trên mạng: từ ngày"),
        description=_l("Ai quét mã cũng đọc được dự thảo, góp ý từng điều, không cần ghi tên."),
    )
    public_to = DateField(_l("Đến hết ngày"))
    groups = TextAreaField(
        _l("Nội dung lấy ý kiến"),
        description=_l("Mỗi dòng một nội dung, in lên phiếu của hộ. Muốn gắn với điều của dự thảo "
                       "thì ghi thêm sau dấu gạch đứng: Nguyên tắc thực hiện dân chủ | Điều 3, 4"),
    )  # fmt: skip
    sum_due_on = DateField(
        _l("Cơ quan, tổ dân phố gửi tổng hợp chậm nhất"),
    )
    report_due_on = DateField(
        _l("Báo cáo tiếp thu, giải trình chậm nhất"),
        description=_l("Kế hoạch ghi “trước ngày 10/6” thì ngày cuối là 09/6."),
    )
    shows_comments = BooleanField(
        _l("Cho mọi người đọc ý kiến của nhau trên trang góp ý"),
        description=_l("Ý kiến hiện từ sáng hôm sau, xáo thứ tự, không có tên."),
    )

    def offer(self, drafts: Iterable[Draft], plans: Iterable[Document]) -> "ConsultationForm":
        """Say which drafts and which plans there are."""
        self.draft_id.choices = [(one.id, one.title) for one in drafts]
        named = ((one.id, f"{one.symbol} {one.name}".strip()) for one in plans)
        self.plan_id.choices = [(0, gettext("Không gắn kế hoạch")), *named]
        return self

    def fill(self, given: CaseInput, version: int = 0) -> "ConsultationForm":
        """Show a consultation, stored or suggested."""
        self.version.data, self.name.data, self.draft_id.data = (
            str(version), given.name, given.draft_id,
        )  # fmt: skip
        for kind, window in given.windows.items():
            self[f"{kind}_from"].data, self[f"{kind}_to"].data = window.opens_on, window.closes_on
            if kind == TrackKind.HOUSEHOLD:
                self.list_from.data, self.list_to.data = window.list_from, window.list_to
        self.groups.data = groups.written(given.groups, given.draft_id)
        self.sum_due_on.data, self.report_due_on.data = given.sum_due_on, given.report_due_on
        self.shows_comments.data, self.plan_id.data = given.shows_comments, given.plan_id or 0
        return self

    def validate(self, extra_validators: object = None) -> bool:
        """Read days in pairs and the groups' articles besides."""
        sound = super().validate(extra_validators)
        found = ((str(kind), self._window(kind)) for kind in TrackKind)
        self.windows = {kind: one for kind, one in found if one}
        hangs = self.list_from.data or self.list_to.data
        told = self.household_from.errors or self.household_to.errors
        if hangs and not told and str(TrackKind.HOUSEHOLD) not in self.windows:
            self._fault("household_from", gettext("Ghi ngày phát phiếu trước."))
        self.asked = self._groups()
        return sound and not any(field.errors for field in self)

    def entered(self) -> CaseInput:
        """Give what was typed; only after `validate()`."""
        return CaseInput(
            self.name.data or "", self.draft_id.data or 0, self.windows, self.asked,
            self.sum_due_on.data, self.report_due_on.data, bool(self.shows_comments.data),
            self.plan_id.data or None,
        )  # fmt: skip

    def differences(self, stale: Stale) -> list[Difference]:
        """Give what somebody else stored meanwhile, beside what was typed."""
        typed = {name: new for name, (_, new) in
                 drafting.changes(CaseInput("", 0), self.entered()).items()}  # fmt: skip
        return [
            Difference(self._label(name), self._said(name, old), self._said(name, typed.get(name)))
            for name, old in stale.theirs.items()
        ]

    def _label(self, name: str) -> str:
        return str(self[name].label.text) if name in self else gettext(_LABELS[name])

    def _said(self, name: str, value: object) -> str:
        if name in {"draft_id", "plan_id"}:
            return str(dict(self[name].choices or ()).get(value or 0, ""))
        if name == "groups":
            return "; ".join(line.partition("|")[0] for line in str(value or "").splitlines())
        if isinstance(value, bool):
            return str(gettext("có") if value else gettext("không"))
        return format_date(value) if isinstance(value, date) else str(value or "")

    def _window(self, kind: str) -> Window | None:
        first, last = self[f"{kind}_from"], self[f"{kind}_to"]
        if not first.data and not last.data:
            return None
        if not first.data or not last.data:
            missing = first if not first.data else last
            if not missing.errors:
                self._fault(missing.short_name, gettext("Ghi cả ngày đầu và ngày cuối."))
            return None
        hangs: tuple[date | None, date | None] = (None, None)
        if kind == TrackKind.HOUSEHOLD:
            hangs = (self.list_from.data, self.list_to.data)
        return Window(first.data, last.data, *hangs)

    def _groups(self) -> tuple[Group, ...]:
        try:
            return groups.read(self.groups.data or "", groups.articles(self.draft_id.data or 0))
        except ValueError as error:
            message, line, number = error.args
            self._fault("groups", gettext(message, line=line, number=number))
            return ()

    def _fault(self, name: str, message: str) -> None:
        self[name].errors = [*self[name].errors, message]


class ProlongForm(PortalForm):
    """More days; what is left empty stays."""

    agency_to = DateField(_l("Cơ quan, đơn vị: đến hết ngày"))
    household_to = DateField(_l("Phát phiếu hộ gia đình: đến hết ngày"))
    public_to = DateField(_l("Mọi người góp ý trên mạng: đến hết ngày"))
    sum_due_on = DateField(_l("Cơ quan, tổ dân phố gửi tổng hợp chậm nhất"))
    report_due_on = DateField(_l("Báo cáo tiếp thu, giải trình chậm nhất"))
    reason = TextAreaField(
        _l("Lý do kéo dài"), [Filled()], render_kw={"maxlength": 1000},
        description=_l("Ghi vào nhật ký; kèm số văn bản nếu có."),
    )  # fmt: skip

    def fill(self, one: Consultation) -> "ProlongForm":
        """Show the days as they stand."""
        for kind in TrackKind:
            track = one.track(kind)
            if track is None:
                del self[f"{kind}_to"]
            else:
                self[f"{kind}_to"].data = track.closes_on
        self.sum_due_on.data, self.report_due_on.data = one.sum_due_on, one.report_due_on
        return self

    def without(self, one: Consultation) -> "ProlongForm":
        """Leave out the tracks that it goes without."""
        for kind in TrackKind:
            if one.track(kind) is None:
                del self[f"{kind}_to"]
        return self

    def last_days(self) -> dict[str, date]:
        """Give what was typed; only after `validate()`."""
        names = [f"{kind}_to" for kind in TrackKind] + ["sum_due_on", "report_due_on"]
        return {
            name.removesuffix("_to"): self[name].data
            for name in names if name in self and self[name].data
        }  # fmt: skip


class DecisionForm(PortalForm):
    """Which decision issued the regulation."""

    document_id = SelectField(_l("Quyết định trên Cổng"), coerce=int, validate_choice=False)
    name = StringField(
        _l("Hoặc số, ký hiệu Quyết định ban hành nơi khác"),
        description=_l("Ví dụ: Quyết định số 12/QĐ-UBND."), render_kw={"maxlength": 200},
    )  # fmt: skip
    on = DateField(_l("Ngày ban hành"))

    def offer(self, papers: Sequence[Document]) -> "DecisionForm":
        """Say which documents there are."""
        self.document_id.choices = [(0, _l("Không có trên Cổng")), *(
            (one.id, f"{one.symbol} {one.name}".strip()) for one in papers
        )]  # fmt: skip
        return self

    def entered(self) -> Decision:
        """Give what was typed; only after `validate()`."""
        return Decision(self.document_id.data or None, self.name.data or "", self.on.data)


class SupervisionForm(PortalForm):
    """What the Front saw."""

    note = TextAreaField(
        _l("Nhận xét giám sát"), [Filled()], render_kw={"maxlength": 4000},
        description=_l("Việc công khai, phát phiếu, kiểm phiếu, trả lời ý kiến; điều cần sửa."),
    )  # fmt: skip
