"""What readers do with a letter before it is answered: sort, refer, merge, transfer, note."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from portal.core import clock
from portal.core.database import session, write
from portal.core.errors import Forbidden, Invalid, Missing
from portal.core.text import N_, clean
from portal.features.audit import services as audit
from portal.features.audit.services import Act, Doer
from portal.features.letters import likeness, queries
from portal.features.letters.answering import Writer, add_message, entered
from portal.features.letters.kinds import Category, Side, State
from portal.features.letters.models import Letter
from portal.features.letters.workflow import LETTER
from portal.policy.permissions import Permission
from portal.policy.predicates import Actor
from portal.policy.table import allows

MOST_BODY: Final = 200
_UNSORTED = frozenset({State.RECEIVED, State.CLASSIFIED})


@dataclass(frozen=True)
class Sorting:
    """What a letter is, and who is to answer it until when."""

    category: str
    field: str
    body_id: int | None = None
    due_on: date | None = None


def sort_out(actor: Writer, letter: Letter, wanted: Sorting) -> Letter:
    """Say what a letter is and, if a body is named, give it to that body to answer.

    What its sender chose stays beside it.

    Raises:
        Invalid: an unknown category, field or body, or a day that is past.
        Forbidden, Missing, Refused: as the workflow says.
    """
    _check_sorting(letter, wanted)
    letter_id, before = letter.id, (letter.found_category, letter.read_field or letter.field)
    with write(LETTER.name):
        letter = _loaded(actor, letter_id)
        if letter.state in _UNSORTED or wanted.body_id is None:
            LETTER.fire(actor, letter_id, "classify")
        if wanted.body_id is not None:
            LETTER.fire(actor, letter_id, "assign")
            letter.assigned_to_id = wanted.body_id
            letter.due_on = wanted.due_on or letter.due_on
        letter.read_category, letter.read_field = wanted.category, wanted.field
        after = (wanted.category, wanted.field)
        _record(actor, letter, "sorted", {
            "category": [before[0], after[0]], "field": [before[1], after[1]],
        })  # fmt: skip
    return letter


def _check_sorting(letter: Letter, wanted: Sorting) -> None:
    errors: dict[str, str] = {}
    if wanted.category not in set(Category):
        errors["category"] = UNKNOWN
    if wanted.field and wanted.field not in letter.box.field_names:
        errors["field"] = UNKNOWN
    if wanted.body_id is not None and wanted.body_id not in assignable(letter):
        errors["body_id"] = SEALED_BODY if letter.is_sealed else UNKNOWN
    if wanted.due_on is not None and wanted.due_on < clock.today():
        errors["due_on"] = PAST
    if errors:
        raise Invalid(errors)


def assignable(letter: Letter) -> dict[int, str]:
    """Give the bodies that can be given a letter; a sealed one stays inside the one that reads."""
    if letter.is_sealed:
        return {letter.reader_id: letter.reader.name}
    return {body.id: body.name for body in queries.bodies(letter)}


def note(actor: Writer, letter: Letter, typed: str) -> None:
    """Write something down among the readers; the sender never sees it.

    Raises:
        Invalid: nothing, or too much.
        Forbidden: the actor does not handle the letter.
    """
    text, letter_id = entered(typed, "note"), letter.id
    with write(LETTER.name):
        letter = _loaded(actor, letter_id)
        if not allows(actor, Permission.LETTER_ANSWER, letter):
            raise Forbidden
        add_message(actor, letter, Side.NOTE, text)
        _record(actor, letter, "noted")


@dataclass(frozen=True)
class Referral:
    """Where the law wants a letter to go, and until when that body has to take it up."""

    body: str
    due_on: date | None
    note: str = ""


def refer(actor: Writer, letter: Letter, wanted: Referral) -> Letter:
    """Pass a letter to the body that the law names. Its outcome comes back as an answer.

    Raises:
        Invalid: no body, no day, or a day that is past.
        Forbidden, Missing, Refused: as the workflow says.
    """
    body, errors = clean(wanted.body), {}
    if not body or len(body) > MOST_BODY:
        errors["referred_to"] = NAME_BODY
    if wanted.due_on is None or wanted.due_on < clock.today():
        errors["referral_due_on"] = PAST if wanted.due_on else NAME_DAY
    if errors:
        raise Invalid(errors)
    with write(LETTER.name):
        letter = LETTER.fire(actor, letter.id, "refer")
        letter.referred_to, letter.referral_due_on = body, wanted.due_on
        letter.assigned_to_id = letter.assigned_to_id or letter.reader_id
        if text := clean(wanted.note, multiline=True):
            add_message(actor, letter, Side.NOTE, text)
    return letter


def referral_day(category: str, days: int, today: date | None = None) -> date:
    """Give until when the competent body has to take a letter up, unless somebody knows better.

    Seven working days of a denunciation (Law on denunciations 2018, article 24), ten days of a
    complaint (Law on complaints 2011, article 27); of anything else what the box allows itself.
    """
    today = today or clock.today()
    if category == Category.DENUNCIATION:
        return clock.working_day_after(today, 7)
    return today + timedelta(days=10 if category == Category.COMPLAINT else days)


def merge(actor: Writer, letter: Letter, into_id: int | None) -> Letter:
    """Answer a letter together with another about the same matter; each sender sees the answer.

    Raises:
        Invalid: the other letter cannot be one about the same matter.
        Forbidden, Missing, Refused: as the workflow says.
    """
    letter_id = letter.id
    with write(LETTER.name):
        letter = _loaded(actor, letter_id)
        other = queries.get_visible(actor, into_id) if into_id else None
        if other is None or not likeness.can_join(letter, other):
            raise Invalid({"into_id": NOT_SAME})
        letter = LETTER.fire(actor, letter_id, "merge")
        letter.merged_into_id = other.id
        letter.answered_on = other.answered_on
        for follower in queries.merged_into(letter_id):
            follower.merged_into_id = other.id
    return letter


def transfer(actor: Writer, letter: Letter, reader_id: int | None, reason: str) -> None:
    """Give a letter to another body to read and handle.

    Raises:
        Invalid: the body cannot read letters of this box, or no reason.
        Forbidden, Missing, Refused: as the workflow says.
    """
    if reader_id not in {body.id for body in queries.other_readers(letter)}:
        raise Invalid({"reader_id": UNKNOWN})
    with write(LETTER.name):
        letter = LETTER.fire(actor, letter.id, "transfer", reason)
        before, letter.reader_id, letter.assigned_to_id = letter.reader_id, reader_id, None
        # Its sender reads from whom to whom it went, and why (`stages`).
        audit.record(actor, Act(
            "letter:handed_on", "letter", letter.id, letter.name, letter.unit_id, reason=reason,
            changes={"reader": [before, reader_id]},
        ))  # fmt: skip


def leave_merged(letter: Letter, _actor: Actor, _reason: str) -> None:
    """Take a letter out of what it was merged with (effect of `separate`)."""
    letter.merged_into_id = None
    give_time(letter, _actor, _reason)


def give_time(letter: Letter, _actor: Actor, _reason: str) -> None:
    """Give as much time again as a new letter has (effect of `reopen`)."""
    letter.due_on = clock.today() + timedelta(days=letter.box.answer_days)


def _loaded(actor: Actor, letter_id: int) -> Letter:
    letter = queries.get_visible(actor, letter_id)
    if letter is None:
        raise Missing
    session().refresh(letter, with_for_update={"of": Letter})
    return letter


def _record(
    actor: Doer, letter: Letter, act: str, changes: dict[str, list[object]] | None = None
) -> None:
    audit.record(actor, Act(
        f"letter:{act}", "letter", letter.id, letter.name, letter.unit_id, changes=changes or {},
    ))  # fmt: skip


UNKNOWN = N_("Xin chọn một mục có trong danh sách.")
SEALED_BODY = N_("Thư niêm phong chỉ giao trong cơ quan giữ khóa.")
PAST = N_("Ngày này đã qua.")
NAME_BODY = N_("Ghi tên cơ quan có thẩm quyền, nhiều nhất 200 ký tự.")
NAME_DAY = N_("Ghi ngày cơ quan đó phải trả lời việc tiếp nhận.")
NOT_SAME = N_("Không gộp được với thư này: thư phải cùng hòm thư, cùng bên đọc và còn đứng riêng.")
