"""The forms of a letter's readers: sort, answer, note, refer, merge, pass on, publish, hide."""

from collections.abc import Callable, Mapping

from flask_babel import gettext
from flask_babel import lazy_gettext as _l
from wtforms import RadioField, SelectField, StringField, TextAreaField

from portal.core import clock
from portal.features.letters import handling, publishing, queries
from portal.features.letters.answering import MOST
from portal.features.letters.handling import MOST_BODY, Referral, Sorting
from portal.features.letters.kinds import CATEGORY_LABELS, LAWFUL_WAY, Category
from portal.features.letters.likeness import Alike
from portal.features.letters.models import Letter
from portal.features.letters.publishing import Shown
from portal.web.forms import DateField, Filled, PortalForm

_REFERRED_TO = {
    Category.COMPLAINT: _l("Người có thẩm quyền giải quyết khiếu nại lần đầu"),
    Category.DENUNCIATION: _l("Cơ quan có thẩm quyền giải quyết tố cáo"),
}


class SortForm(PortalForm):
    """What it is, and who answers it until when."""

    category = SelectField(_l("Loại thư"), validate_choice=False)
    field = SelectField(_l("Lĩnh vực"), validate_choice=False)
    body_id = SelectField(_l("Giao giải quyết"), coerce=str, validate_choice=False)
    due_on = DateField(_l("Hạn trả lời"))

    def offer(self, letter: Letter) -> "SortForm":
        """Give the choices, and what stands now."""
        self.category.choices = [(key, gettext(word)) for key, word in CATEGORY_LABELS.items()]
        names = letter.box.field_names
        self.field.choices = [("", gettext("Chưa rõ")), *((name, name) for name in names)]
        bodies = handling.assignable(letter)
        self.body_id.choices = [("", gettext("Chưa giao"))]
        self.body_id.choices += [(str(key), name) for key, name in bodies.items()]
        if not self.category.raw_data:
            self.category.data = letter.found_category
            self.field.data = letter.read_field or letter.field
            self.body_id.data = str(letter.assigned_to_id or letter.reader_id)
            self.due_on.data = max(letter.due_on, clock.today())
        return self

    def entered(self) -> Sorting:
        """Give what was chosen; only after `validate()`."""
        body = self.body_id.data or ""
        return Sorting(
            self.category.data or "", self.field.data or "",
            (int(body) if body in dict(self.body_id.choices or ()) else 0) if body else None,
            self.due_on.data,
        )  # fmt: skip


class AnswerForm(PortalForm):
    """An answer to the sender."""

    answer = TextAreaField(_l("Trả lời người gửi"), render_kw={"maxlength": MOST})


class NoteForm(PortalForm):
    """Something among the readers."""

    note = TextAreaField(_l("Ghi chú nội bộ"), render_kw={"maxlength": MOST})


class ReferForm(PortalForm):
    """To the body that the law names."""

    referred_to = StringField(_l("Cơ quan có thẩm quyền"), render_kw={"maxlength": MOST_BODY})
    referral_due_on = DateField(_l("Hạn cơ quan đó trả lời việc tiếp nhận"))
    referral_note = TextAreaField(_l("Ghi chú khi chuyển"), render_kw={"maxlength": MOST})

    def offer(self, letter: Letter) -> "ReferForm":
        """Propose the body and the day that the law gives."""
        kind = letter.found_category
        if not self.referred_to.raw_data:
            self.referral_due_on.data = handling.referral_day(kind, letter.box.answer_days)
            if kind in LAWFUL_WAY:
                self.referred_to.data = str(_REFERRED_TO[Category(kind)])
        return self

    def entered(self) -> Referral:
        """Give what was typed; only after `validate()`."""
        to, due_on = self.referred_to.data or "", self.referral_due_on.data
        return Referral(to, due_on, self.referral_note.data or "")


class MergeForm(PortalForm):
    """Which letter is about the same matter."""

    into_id = RadioField(_l("Thư cùng việc"), validate_choice=False)

    def offer(self, alike: list[Alike]) -> "MergeForm":
        """Give the letters that share words with it."""
        unread = gettext("chưa mở đọc; mời mở thư trước khi gộp")
        self.into_id.choices = [
            (str(one.letter.id), f"{one.letter.short_name}: {one.text[:160] or unread}")
            for one in alike
        ]
        return self

    def chosen(self) -> int | None:
        """Give the letter that was chosen."""
        typed = str(self.into_id.data or "")
        return int(typed) if typed in dict(self.into_id.choices or ()) else None


class TransferForm(PortalForm):
    """Which body is to read it instead, and why."""

    reader_id = SelectField(_l("Bên đọc mới"), coerce=str, validate_choice=False)
    transfer_reason = TextAreaField(
        _l("Lý do"), [Filled()], render_kw={"maxlength": 1000},
        description=_l("Người gửi đọc được lý do, và thấy thư chuyển từ đâu tới đâu, ngày nào."),
    )  # fmt: skip

    def offer(self, letter: Letter) -> "TransferForm":
        """Give the bodies."""
        self.reader_id.choices = [
            (str(body.id), body.name) for body in queries.other_readers(letter)
        ]
        return self

    def chosen(self) -> int | None:
        """Give the body that was chosen."""
        typed = self.reader_id.data or ""
        return int(typed) if typed in dict(self.reader_id.choices or ()) else None


class HideForm(PortalForm):
    """Why a letter should be hidden."""

    hide_reason = TextAreaField(
        _l("Lý do đề nghị ẩn"), render_kw={"maxlength": 1000},
        description=_l("Cấp trên quyết định. Người gửi đọc được lý do; số thư ẩn mỗi tháng được "
                       "công khai."),
    )  # fmt: skip


class PublishForm(PortalForm):
    """What everybody is to read."""

    text = TextAreaField(_l("Thư, như mọi người sẽ đọc"), render_kw={"maxlength": MOST})
    answer = TextAreaField(_l("Trả lời, như mọi người sẽ đọc"), render_kw={"maxlength": MOST})

    def offer(self, letter: Letter) -> "PublishForm":
        """Propose what the machine has covered."""
        if not self.text.raw_data:
            shown = publishing.proposed(letter)
            self.text.data, self.answer.data = shown.text, shown.answer
        return self

    def entered(self) -> Shown:
        """Give what was typed; only after `validate()`."""
        return Shown(self.text.data or "", self.answer.data or "")


FORMS: Mapping[str, tuple[frozenset[str], Callable[[Letter, list[Alike]], object]]] = {
    "sort": (frozenset({"classify", "assign"}), lambda letter, _: SortForm().offer(letter)),
    "answer": (frozenset({"answer"}), lambda *_: AnswerForm()),
    "refer": (frozenset({"refer"}), lambda letter, _: ReferForm().offer(letter)),
    "merge": (frozenset({"merge"}), lambda _, alike: MergeForm().offer(alike)),
    "transfer": (frozenset({"transfer"}), lambda letter, _: TransferForm().offer(letter)),
    "publish": (frozenset({"publish"}), lambda *_: True),
    "note": (frozenset({"note"}), lambda *_: NoteForm()),
    "hide": (frozenset({"ask_to_hide"}), lambda *_: HideForm()),
}
"""Forms on a letter's page: for which steps, and how each is made."""
