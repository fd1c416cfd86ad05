"""What becomes of an opinion, and why: written by the division, approved by the leader."""

from dataclasses import dataclass
from typing import Final

from portal.core import clock
from portal.core.database import write
from portal.core.errors import Forbidden, Invalid, Missing, Refused
from portal.core.text import N_, clean, fold
from portal.features.audit import services as audit
from portal.features.audit.services import Act
from portal.features.consolidation import queries
from portal.features.consolidation.models import Decision, Opinion, State
from portal.features.consolidation.workflow import OPINION, is_under_way
from portal.features.documents.recording import Author
from portal.policy.permissions import Permission
from portal.policy.predicates import Actor
from portal.policy.table import allows

LONGEST: Final = 5000
CATEGORIES: Final[dict[str, str]] = {
    "content": N_("Về nội dung"),
    "wording": N_("Về câu chữ, thể thức"),
    "law": N_("Về căn cứ, tính hợp pháp"),
    "question": N_("Hỏi, đề nghị làm rõ"),
    "outside": N_("Ngoài phạm vi dự thảo"),
}
DECISIONS: Final[dict[str, str]] = {
    Decision.ACCEPT: N_("Tiếp thu"),
    Decision.PART: N_("Tiếp thu một phần"),
    Decision.DECLINE: N_("Không tiếp thu"),
}


@dataclass(frozen=True)
class Explained:
    """What somebody writes about an opinion."""

    category: str = ""
    decision: str = ""
    explanation: str = ""
    text: str = ""
    """A summary, where several were merged; "" keeps the words."""


def write_down(author: Author, opinion: Opinion, given: Explained, version: int) -> Opinion:
    """Save what becomes of an opinion, finished or not; what says the same is not written.

    Args:
        author: of the body that brings the comments together.
        opinion: which waits for its answer.
        given: as typed.
        version: the opinion's when its page was opened.

    Raises:
        Invalid: by field; or under "version" if somebody else saved meanwhile.
        Forbidden, Missing: not theirs.
        Refused: handed in already, or the report was drafted.
    """
    explanation = clean(given.explanation, multiline=True)
    text = clean(given.text, multiline=True)
    if errors := _errors(given, explanation, text):
        raise Invalid(errors)
    opinion_id = opinion.id
    with write(OPINION.name) as current:
        found = queries.get_visible(author, opinion_id)
        if found is None:
            raise Missing
        current.refresh(found, with_for_update={"of": Opinion})
        _check(author, found, version)
        changes = _take(found, given, explanation, text)
        if not current.is_modified(found):
            return found
        found.drafted_by_id, found.drafted_by = author.user_id, author.display_name
        found.drafted_on = clock.today()
        audit.record(author, Act(
            "opinion:explained", "opinion", found.id, found.name, found.unit_id, changes=changes,
        ))  # fmt: skip
    return found


def hand_in(author: Author, opinion: Opinion, given: Explained, version: int) -> None:
    """Save what becomes of an opinion and put it before the leader, both or neither.

    Args:
        author: of the body that brings the comments together.
        opinion: which waits for its answer.
        given: as typed.
        version: the opinion's when its page was opened.

    Raises:
        Invalid: as `write_down`; also by field, what it lacks.
        Forbidden, Missing, Refused: as `write_down`.
    """
    lacking = {"decision": UNDECIDED} if not given.decision else {}
    if not given.explanation.strip():
        lacking["explanation"] = UNEXPLAINED
    if lacking:
        raise Invalid(lacking)
    opinion_id = opinion.id
    with write(OPINION.name):
        write_down(author, opinion, given, version)
        OPINION.fire(author, opinion_id, "submit")


def keep_submission(opinion: Opinion, actor: Actor, _reason: str) -> None:
    """Take whoever hands in for the one who drafted: somebody else has to approve (effect)."""
    opinion.drafted_by_id, opinion.drafted_on = actor.user_id, clock.today()
    opinion.drafted_by, opinion.returned_why = getattr(actor, "display_name", ""), ""


def keep_opinion_approval(opinion: Opinion, actor: Actor, _reason: str) -> None:
    """Note who approved, and when (effect)."""
    opinion.approved_on, opinion.approved_by = clock.today(), getattr(actor, "display_name", "")


def keep_opinion_return(opinion: Opinion, _actor: Actor, reason: str) -> None:
    """Keep why it was not approved (effect)."""
    opinion.returned_why = reason.strip()


def forget_approval(opinion: Opinion, _actor: Actor, _reason: str) -> None:
    """Have it approved once more after it was changed (effect)."""
    opinion.approved_on, opinion.approved_by = None, ""


def _errors(given: Explained, explanation: str, text: str) -> dict[str, str]:
    return {
        name: said
        for name, said, wrong in (
            ("explanation", TOO_LONG, len(explanation) > LONGEST),
            ("text", TOO_LONG, len(text) > LONGEST),
            ("category", CHOOSE, bool(given.category) and given.category not in CATEGORIES),
            ("decision", CHOOSE, bool(given.decision) and given.decision not in set(Decision)),
        )
        if wrong
    }


def _check(author: Author, opinion: Opinion, version: int) -> None:
    if not allows(author, Permission.OPINION_EDIT, opinion):
        raise Forbidden
    if why := is_under_way(opinion):
        raise Refused(why)
    if opinion.state != State.NEW:
        raise Refused(HANDED_IN)
    if opinion.version != version:
        raise Invalid({"version": SAVED_MEANWHILE})


def _take(opinion: Opinion, given: Explained, explanation: str, text: str) -> dict[str, object]:
    if text and text != opinion.text and queries.joined_into([opinion.id]):
        opinion.summarised = fold(text) not in queries.said(opinion.id)
        opinion.text, opinion.folded = text, fold(text)
    fields = {"decision": given.decision, "category": given.category, "explanation": explanation}
    before = {name: getattr(opinion, name) for name in fields}
    for name, value in fields.items():
        setattr(opinion, name, value)
    return {name: [before[name], now] for name, now in fields.items() if before[name] != now}


UNDECIDED = N_("Chưa chọn tiếp thu hay không.")
UNEXPLAINED = N_("Chưa viết giải trình.")
TOO_LONG = N_("Nội dung dài quá 5.000 ký tự.")
CHOOSE = N_("Xin chọn một mục trong danh sách.")
HANDED_IN = N_("Giải trình đã trình hoặc đã duyệt. Xin rút lại trước khi sửa.")
SAVED_MEANWHILE = N_("Người khác vừa lưu giải trình này.")
