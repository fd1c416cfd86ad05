"""What follows once a consultation is ready: publishing, more days, the answers, its end."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Final

from portal.core import clock
from portal.core.database import write
from portal.core.errors import Invalid, Refused
from portal.core.text import N_, clean
from portal.features.audit import services as audit
from portal.features.consultations import drafting, warnings
from portal.features.consultations.drafting import CaseInput
from portal.features.consultations.models import Consultation, State
from portal.features.consultations.services import LOCK, act
from portal.features.consultations.workflow import CONSULTATION
from portal.features.documents import models as documents
from portal.features.documents.body import Job
from portal.features.documents.models import Document
from portal.features.documents.recording import Author
from portal.features.evidence.links import read_links
from portal.features.publicity import queries as postings
from portal.features.publicity import services as publicity
from portal.features.publicity.taking import NewPosting
from portal.features.tasks import services as tasks
from portal.policy.predicates import Actor
from portal.workflow.engine import MAX_REASON, REASON_NEEDED, REASON_TOO_LONG

WEBSITE, DRAFT_SHOWN, ANSWERS_SHOWN = "trang_tin_dien_tu", "du_thao", "tiep_thu"
"""How the checklist of publicity calls the portal's page and what stands on it."""
DECISION: Final = "quyet_dinh"
LONGEST_NOTE: Final = 4000
LONGEST_NAME: Final = 200


@dataclass(frozen=True)
class Decision:
    """The decision that issues the regulation: one of the portal, or one issued elsewhere."""

    document_id: int | None = None
    name: str = ""
    on: date | None = None


def publish(author: Author, one: Consultation, address: str) -> Consultation:
    """Publish a consultation, and note in the checklist of publicity where the draft stands.

    Args:
        author: who approves at its unit.
        one: a draft.
        address: of its public page, the evidence.

    Raises:
        Forbidden: the author may not.
        Refused: it is not ready, see `workflow`.
    """
    with write(CONSULTATION.name):
        done = CONSULTATION.fire(author, one.id, "publish")
        _post(author, done, DRAFT_SHOWN, f"Dự thảo {done.draft.title}", address)
    return done


def open_answers(author: Author, one: Consultation, address: str) -> None:
    """Let everybody read the explanations, and note it in the checklist of publicity.

    Args:
        author: who approves at its unit.
        one: reported.
        address: of the page with the outcome.

    Raises:
        Refused: its report is not made yet.
    """
    with write(CONSULTATION.name) as current:
        current.refresh(one, with_for_update={"of": Consultation})
        if one.state != State.REPORTED:
            raise Refused(NOT_REPORTED)
        if one.answers_public_on is None:
            one.answers_public_on = clock.today()
            audit.record(author, act("answers_opened", one))
            title = f"Tiếp thu, giải trình ý kiến về dự thảo {one.draft.title}"
            _post(author, one, ANSWERS_SHOWN, title, address)


def prolong(author: Author, one: Consultation, last_days: Mapping[str, date], reason: str) -> None:
    """Give a published consultation more days; none is ever taken away.

    Args:
        author: who approves at its unit.
        one: published.
        last_days: the new last day by kind of track; and under "sum_due_on" and "report_due_on".
        reason: for the record.

    Raises:
        Refused: it is not published.
        Invalid: by field.
    """
    reason = clean(reason, multiline=True)
    with write(LOCK) as current:
        current.refresh(one, with_for_update={"of": Consultation})
        if one.state != State.PUBLISHED:
            raise Refused(NOT_PUBLISHED)
        before = drafting.stored(one)
        windows = {
            kind: replace(window, closes_on=last_days.get(kind, window.closes_on))
            for kind, window in before.windows.items()
        }
        after = replace(
            before, windows=windows, sum_due_on=last_days.get("sum_due_on", before.sum_due_on),
            report_due_on=last_days.get("report_due_on", before.report_due_on),
        )  # fmt: skip
        if errors := _not_longer(before, after) | _wrong_reason(reason):
            raise Invalid(errors)
        said = {each.code: each.key for each in warnings.of(one)}
        for track in one.tracks:
            track.closes_on = windows[track.kind].closes_on
        one.sum_due_on, one.report_due_on = after.sum_due_on, after.report_due_on
        warnings.carry(one, said, reason)
        if changed := drafting.changes(before, after):
            audit.record(author, act("prolonged", one, changed, reason))


def show_comments(author: Author, one: Consultation, *, shown: bool) -> None:
    """Say whether everybody reads what others wrote on the public page."""
    with write(LOCK) as current:
        current.refresh(one, with_for_update={"of": Consultation})
        if one.shows_comments != shown:
            one.shows_comments = shown
            changed: dict[str, list[object]] = {"shows_comments": [not shown, shown]}
            audit.record(author, act("edited", one, changed))


def keep_decision(author: Author, one: Consultation, decision: Decision) -> None:
    """Note which decision issued the regulation.

    Args:
        author: of the body that brings the comments together.
        one: reported.
        decision: an issued document of the unit, else its name and day.

    Raises:
        Refused: its report is not made yet, or it is closed.
        Invalid: under "document_id", "name" or "on".
    """
    decision = replace(decision, name=clean(decision.name))
    with write(LOCK) as current:
        current.refresh(one, with_for_update={"of": Consultation})
        if one.state != State.REPORTED:
            raise Refused(IS_CLOSED if one.state == State.CLOSED else NOT_REPORTED)
        decision = _checked(one, decision)
        before = [one.decision_id, one.decision_name, one.decided_on]
        one.decision_id, one.decision_name, one.decided_on = (
            decision.document_id, decision.name, decision.on,
        )  # fmt: skip
        current.flush()
        current.expire(one, ["decision"])
        after = [one.decision_id, one.decision_name, one.decided_on]
        names = ("decision_id", "decision_name", "decided_on")
        pairs = zip(names, before, after, strict=True)
        changed: dict[str, list[object]] = {name: [a, b] for name, a, b in pairs if a != b}
        if changed:
            audit.record(author, act("decided", one, changed))


def decisions(one: Consultation) -> list[Document]:
    """List the decisions of the unit, issued since people were asked, that may be the one."""
    return [
        paper for paper in postings.documents_of(one.unit_id)
        if paper.state == documents.State.ISSUED and paper.type_code == DECISION
        and paper.dated_on is not None and _after_asking(one, paper.dated_on)
    ]  # fmt: skip


def may_be_noted(one: Consultation) -> bool:
    """Say whether the Front may still note what it sees."""
    return one.state in {State.PUBLISHED, State.REPORTED}


def supervise(author: Author, one: Consultation, note: str) -> None:
    """Keep what the Front saw when it supervised; it says so again as often as it likes.

    Args:
        author: of the Front of the unit.
        one: published.
        note: its words.

    Raises:
        Invalid: under "note".
        Refused: it is over.
    """
    note = clean(note, multiline=True)
    if not note or len(note) > LONGEST_NOTE:
        raise Invalid({"note": NO_NOTE if not note else LONG_NOTE})
    with write(LOCK) as current:
        current.refresh(one, with_for_update={"of": Consultation})
        if not may_be_noted(one):
            raise Refused(IS_CLOSED)
        before, one.supervision = one.supervision, note
        one.supervised_by, one.supervised_on = author.display_name, clock.today()
        changed: dict[str, list[object]] = {"supervision": [before, note]}
        audit.record(author, act("supervised", one, changed))
        tasks.follow(author, one.plan_id, Job.SUPERVISION, one.unit_id, "submit")


def follow_publishing(one: Consultation, actor: Actor, reason: str) -> None:  # noqa: ARG001
    """Keep the day and hand in the duties of the plan: an effect."""
    one.published_on = one.published_on or clock.today()
    for job in (Job.CONSULTATION, Job.DRAFT_TEXT):
        tasks.follow(actor, one.plan_id, job, one.unit_id, "submit")


def forget_report(one: Consultation, actor: Actor, reason: str) -> None:  # noqa: ARG001
    """Have both papers drafted anew; what people may read is no longer final: an effect.

    The papers drafted before stay among the unit's documents as they are.
    """
    one.answers_public_on = None
    one.report_id = one.petition_id = None


def follow_closing(one: Consultation, actor: Actor, reason: str) -> None:  # noqa: ARG001
    """Hand in the duty of answering: an effect."""
    tasks.follow(actor, one.plan_id, Job.OPINIONS, one.unit_id, "submit")


def _post(author: Author, one: Consultation, content: str, title: str, address: str) -> None:
    """Note that something stands on the portal; a link that is none is left out (a test host)."""
    last = max(track.closes_on for track in one.tracks) if content == DRAFT_SHOWN else None
    posting = NewPosting(
        (content,), WEBSITE, clock.today(), to_on=last, title=title, place="Cổng Dân chủ cơ sở",
    )  # fmt: skip
    publicity.record(author, posting, links=_links(address))


def _links(address: str) -> tuple[str, ...]:
    """Give the address as evidence; one that nobody outside can open is none."""
    try:
        return read_links(address)
    except Invalid:
        return ()


def _checked(one: Consultation, decision: Decision) -> Decision:
    if decision.document_id is not None:
        paper = next((each for each in decisions(one) if each.id == decision.document_id), None)
        if paper is None:
            raise Invalid({"document_id": N_("Mời chọn trong danh sách.")})
        return Decision(paper.id, "", paper.dated_on)
    errors: dict[str, str] = {}
    if not decision.name or len(decision.name) > LONGEST_NAME:
        errors["name"] = N_("Ghi số, ký hiệu của Quyết định, hoặc chọn văn bản trên Cổng.")
    if decision.on is None or not _after_asking(one, decision.on):
        errors["on"] = N_("Ghi ngày ban hành: sau khi công khai dự thảo, không sau hôm nay.")
    if errors:
        raise Invalid(errors)
    return decision


def _after_asking(one: Consultation, day: date) -> bool:
    return day <= clock.today() and (one.published_on is None or day >= one.published_on)


def _not_longer(before: CaseInput, after: CaseInput) -> dict[str, str]:
    errors = drafting.check(after)
    for kind, window in after.windows.items():
        if window.closes_on < before.windows[kind].closes_on:
            errors[f"{kind}_to"] = ONLY_LONGER
    for name in ("sum_due_on", "report_due_on"):
        old, new = getattr(before, name), getattr(after, name)
        if old and new and new < old:
            errors[name] = ONLY_LONGER
    return errors


def _wrong_reason(reason: str) -> dict[str, str]:
    if not reason:
        return {"reason": REASON_NEEDED}
    return {"reason": REASON_TOO_LONG} if len(reason) > MAX_REASON else {}


NOT_PUBLISHED = N_("Chỉ kéo dài được đợt đang công bố.")
NOT_REPORTED = N_("Lập báo cáo tiếp thu, giải trình trước rồi mới làm được việc này.")
IS_CLOSED = N_("Đợt lấy ý kiến này đã kết thúc.")
ONLY_LONGER = N_("Đã công bố với bà con nên chỉ kéo dài được, không rút ngắn.")
NO_NOTE = N_("Mời ghi nhận xét.")
LONG_NOTE = N_("Nhận xét không quá 4.000 ký tự.")
