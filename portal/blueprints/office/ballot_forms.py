"""The forms of ballots: a group, who counts, one household, one written remark."""

from datetime import date

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import HiddenField, SelectField, StringField, TextAreaField

from portal.blueprints.office.campaign_fields import WholeNumberField
from portal.core.clock import format_date, weekday_name
from portal.core.errors import Stale
from portal.core.pasting import Remark
from portal.features.ballots import standing
from portal.features.ballots.models import BallotGroup, Voter
from portal.features.ballots.services import GroupInput, TeamInput
from portal.features.consultations.comments import Said
from portal.features.consultations.models import Comment
from portal.features.regulations.reading import Entry
from portal.web.forms import Filled, PortalForm


class Versioned(PortalForm):
    """A form of a group that carries the version it began with."""

    version = HiddenField(default="0")

    def also(self, stale: Stale) -> dict[str, str]:
        """Give what somebody else wrote down meanwhile, by the field's words."""
        return {str(self[name].label.text): _shown(value) for name, value in stale.theirs.items()}

    def renew(self, version: object) -> None:
        """Take the version of that, so that saving again overrules it knowingly."""
        self.version.raw_data, self.version.data = None, str(version)


class GroupForm(Versioned):
    """A group: its households, its day, its ballots."""

    group = StringField(_l("Tên tổ dân phố, thôn"), [Filled()])
    households = WholeNumberField(_l("Số hộ"), [Filled()])
    day = SelectField(_l("Ngày phát phiếu"), validate_choice=False)
    printed = WholeNumberField(_l("Số phiếu đã in"))
    stamped = WholeNumberField(_l("Số phiếu đã đóng dấu"))
    reason = TextAreaField(
        _l("Lý do đổi ngày"),
        description=_l("Cần ghi khi ngày cũ đã qua, hoặc đã in lên danh sách, phiếu."),
    )

    def offer(self, of: BallotGroup) -> "GroupForm":
        """Name the days to choose from."""
        self.day.choices = day_choices(of)
        return self

    @classmethod
    def of(cls, group: BallotGroup) -> "GroupForm":
        """Fill it in with what stands."""
        form = cls(
            group=group.group, households=str(group.households),
            day=group.day.isoformat() if group.day else "", printed=_text(group.printed),
            stamped=_text(group.stamped), version=str(group.version),
        )  # fmt: skip
        return form.offer(group)

    def given(self) -> GroupInput:
        """Give what was typed; only after `validate()`."""
        return GroupInput(
            self.group.data or "", number(self.households.data) or 0, typed_day(self.day.data),
            number(self.printed.data), number(self.stamped.data), self.reason.data or "",
        )  # fmt: skip


class TeamForm(Versioned):
    """Who counts a group's ballots."""

    team = TextAreaField(
        _l("Tổ kiểm phiếu"),
        description=_l("Mỗi người một dòng, 3 đến 5 người: tổ trưởng, thư ký, rồi các thành viên."),
    )
    witnesses = TextAreaField(
        _l("Đại diện hộ gia đình chứng kiến"),
        description=_l("Hai người, mỗi người một dòng; không ở trong tổ kiểm phiếu."),
    )
    place = StringField(_l("Nơi kiểm phiếu"))
    complaints = TextAreaField(_l("Khiếu nại, kiến nghị khi kiểm phiếu"))

    @classmethod
    def of(cls, group: BallotGroup) -> "TeamForm":
        """Fill it in with what stands."""
        names = ("team", "witnesses", "place", "complaints", "version")
        return cls(**{name: str(getattr(group, name)) for name in names})

    def given(self) -> TeamInput:
        """Give what was typed."""
        return TeamInput(self.team.data or "", self.witnesses.data or "", self.place.data or "",
                         self.complaints.data or "")  # fmt: skip


class VoterForm(Versioned):
    """One household on the list; its version is what the list says of it."""

    household = StringField(_l("Số hộ"), description=_l("Số hộ trong sổ của tổ, hoặc số nhà."))
    representative = StringField(_l("Cử tri đại diện hộ"), [Filled()])
    note = StringField(_l("Ghi chú"))

    @classmethod
    def of(cls, voter: Voter) -> "VoterForm":
        """Fill it in with what stands."""
        return cls(household=voter.household, representative=voter.representative, note=voter.note,
                   version=voter.line)  # fmt: skip

    @property
    def cells(self) -> dict[str, str]:
        """Give what was typed, by field."""
        names = ("household", "representative", "note")
        return {name: self[name].data or "" for name in names}

    def tell(self, faults: dict[str, Remark]) -> None:
        """Put what is wrong beside the fields."""
        for name, remark in faults.items():
            self[name].errors = [*self[name].errors, str(_(remark.message, **remark.values))]


class RemarkForm(PortalForm):
    """What somebody wrote on a ballot."""

    key = SelectField(_l("Điều khoản"), validate_choice=False)
    text = TextAreaField(_l("Ý kiến ghi trên phiếu"), [Filled()])
    households = WholeNumberField(
        _l("Số phiếu cùng ý"), [Filled()], default="1",
        description=_l("Bao nhiêu phiếu của tổ ghi cùng một ý này."),
    )  # fmt: skip

    def offer(self, outline: list[Entry]) -> "RemarkForm":
        """Name the provisions to choose from."""
        named = [(one.key, _option(one)) for one in outline]
        self.key.choices = [("", _("Toàn bộ dự thảo")), *named]
        return self

    @classmethod
    def of(cls, comment: Comment) -> "RemarkForm":
        """Fill it in with what stands."""
        return cls(key=comment.key, text=comment.text, households=str(comment.households))

    def given(self) -> Said:
        """Give what was typed; only after `validate()`."""
        return Said(self.key.data or "", self.text.data or "", number(self.households.data) or 0)


def day_choices(group: BallotGroup) -> list[tuple[str, str]]:
    """Name the days that a group may choose."""
    days = [(day.isoformat(), f"{_(weekday_name(day))}, {format_date(day)}")
            for day in standing.days(group.consultation)]  # fmt: skip
    return [("", _("Chưa chọn")), *days]


def typed_day(text: str | None) -> date | None:
    """Give a day that was chosen, None for none."""
    try:
        return date.fromisoformat(text or "")
    except ValueError:
        return None


def number(text: str | None) -> int | None:
    """Give the number that was typed, None for nothing."""
    return int(text) if text and text.isascii() and text.isdigit() else None


def _text(n: int | None) -> str:
    return "" if n is None else str(n)


def _shown(value: object) -> str:
    if isinstance(value, date):
        return format_date(value)
    return "–" if value is None else str(value)


def _option(one: Entry) -> str:
    """Name a provision so that it is found again in a long list."""
    words = one.heading or one.text.partition("\n")[0]
    short = words if len(words) <= 60 else f"{words[:60].rpartition(' ')[0]}…"
    return f"{one.place}. {short}" if short and short != one.label else one.place
