"""What is filled in about a unit and the points in it."""

import json
from dataclasses import asdict

from flask_babel import gettext
from flask_babel import lazy_gettext as _l
from wtforms import HiddenField, SelectField, StringField, TextAreaField

from portal.core.errors import Stale
from portal.features.org_units.figures import Figures, count_of
from portal.features.org_units.kinds import POINT_LABELS
from portal.features.org_units.points import Described
from portal.web.forms import Filled, PortalForm
from portal.web.locale import number, translate


class CountField(StringField):
    """A whole number as people write it: 1.234; nothing is allowed."""

    def process_formdata(self, valuelist: list[str]) -> None:
        """Read it, and keep what was typed if it is none."""
        self.raw_text = valuelist[0].strip() if valuelist else ""
        self.data = None
        try:
            self.data = count_of(self.raw_text)
        except ValueError as error:
            raise ValueError(gettext(str(error), typed=self.raw_text)) from error

    def _value(self) -> str:
        if getattr(self, "raw_text", ""):
            return self.raw_text
        return "" if self.data is None else number(self.data)


class SeenForm(PortalForm):
    """A form that remembers what was shown, so that nobody overwrites what they never saw."""

    seen = HiddenField()

    def remember(self, shown: Figures | Described) -> None:
        """Keep what is stored while the form is shown."""
        self.seen.data = json.dumps(list(asdict(shown).values()), ensure_ascii=False)

    def shown(self, count: int) -> list[object]:
        """Give what was shown; nothing of it where the field was tampered with."""
        try:
            found = json.loads(self.seen.data or "")
        except ValueError:
            found = []
        return found if isinstance(found, list) and len(found) == count else [None] * count


class FiguresForm(SeenForm):
    """People and households of a unit."""

    population = CountField(
        _l("Dân số"), description=_l("Số người theo thống kê gần nhất. Chưa có thì để trống.")
    )
    households = CountField(
        _l("Số hộ"), description=_l("Đợt hỏi theo hộ lấy số này để tính đã được bao nhiêu phần.")
    )

    @classmethod
    def of(cls, figures: Figures) -> "FiguresForm":
        """Show what is stored."""
        form = cls(data=asdict(figures))
        form.remember(figures)
        return form

    @property
    def figures(self) -> Figures:
        """Give what was typed; only after `validate()`."""
        return Figures(self.population.data, self.households.data)

    @property
    def seen_figures(self) -> Figures:
        """Give what was shown."""
        return Figures(*self.shown(2))  # type: ignore[arg-type]  # compared, never stored

    def show_stale(self, stale: Stale) -> None:
        """Let a second press save over what somebody else saved first."""
        self.remember(Figures(**stale.theirs))  # type: ignore[arg-type]


class PointForm(SeenForm):
    """A point in a commune."""

    kind = SelectField(_l("Loại điểm"), [Filled(_l("Chưa chọn loại điểm."))], validate_choice=False)
    name = StringField(
        _l("Tên điểm"), [Filled(_l("Chưa ghi tên điểm."))],
        description=_l("Như người dân vẫn gọi: Tổ dân phố số 3, Nhà văn hóa thôn Đồng Cống."),
        render_kw={"maxlength": 120},
    )  # fmt: skip
    households = CountField(_l("Số hộ"))

    def __init__(self, **values: object) -> None:
        super().__init__(**values)
        kinds = [(str(kind), translate(label)) for kind, label in POINT_LABELS.items()]
        self.kind.choices = [("", gettext("Chọn loại điểm")), *kinds]

    @classmethod
    def of(cls, described: Described) -> "PointForm":
        """Show what is stored."""
        form = cls(data=asdict(described))
        form.remember(described)
        return form

    @property
    def described(self) -> Described:
        """Give what was typed; only after `validate()`."""
        return Described(self.kind.data, self.name.data, self.households.data)

    @property
    def seen_point(self) -> Described:
        """Give what was shown."""
        return Described(*self.shown(3))  # type: ignore[arg-type]  # compared, never stored

    def show_stale(self, stale: Stale) -> None:
        """Let a second press save over what somebody else saved first."""
        self.remember(Described(**stale.theirs))  # type: ignore[arg-type]


class EndForm(PortalForm):
    """Why a point is no longer there."""

    reason = TextAreaField(
        _l("Lý do"), [Filled(_l("Cần ghi lý do."))],
        description=_l("Ví dụ: sáp nhập hai tổ dân phố. Ghi vào nhật ký."),
    )  # fmt: skip
