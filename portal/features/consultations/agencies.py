"""Whom a consultation asks among agencies: inviting, their links, reminding, crossing out."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import cast

from sqlalchemy.orm import Session

from portal.core import clock, links
from portal.core.database import write
from portal.core.errors import Forbidden, Invalid, Refused
from portal.core.text import N_, clean, fold
from portal.features.audit import services as audit
from portal.features.audit.services import Act, Doer
from portal.features.consultations import agency_queries
from portal.features.consultations.models import (
    Consultation,
    State,
    Submission,
    SubmissionState,
)
from portal.features.documents.body import Job
from portal.features.documents.recording import Author
from portal.features.tasks import services as tasks
from portal.policy.permissions import Permission
from portal.policy.predicates import Actor
from portal.policy.table import allows

MOST = 200
LONGEST_NAME = 200
CHANGING = frozenset({State.DRAFT, State.PUBLISHED})
"""The states of a case in which the list of agencies changes."""


@dataclass(frozen=True)
class Invited:
    """Who is to be asked."""

    organisation_ids: Collection[int] = ()
    """Bodies of the unit."""
    names: Sequence[str] = ()
    """Others, by name."""


def lock(consultation_id: int) -> str:
    """Give the name of the lock under which agencies of a consultation change."""
    return f"agencies:{consultation_id}"


def may_change(author: Author, consultation: Consultation) -> None:
    """Refuse whoever does not bring the answers together, and what is over.

    Raises:
        Forbidden: the author may not.
        Refused: the consultation was reported, closed or cancelled.
    """
    if not allows(author, Permission.AGENCY_MANAGE, consultation):
        raise Forbidden
    if consultation.state not in CHANGING:
        raise Refused(OVER)


def hold(current: Session, submission: Submission) -> None:
    """Lock an agency's answer with its case and read both anew (inside `write()`)."""
    hold_case(current, submission.consultation)
    current.refresh(submission, with_for_update={"of": Submission})


def hold_case(current: Session, consultation: Consultation) -> None:
    """Lock a case against being reported meanwhile and read it anew (inside `write()`)."""
    # What citizens send refers to the case, and need not wait for this.
    current.refresh(consultation, with_for_update={"of": Consultation, "key_share": True})


def invite(author: Author, consultation: Consultation, invited: Invited) -> list[Submission]:
    """Ask agencies, each with a link of its own; who is asked already is not asked twice.

    Args:
        author: of the body that brings the answers together.
        consultation: not reported yet.
        invited: whom.

    Raises:
        Forbidden: the author may not.
        Invalid: nobody was named, a name is too long, or there are too many; under "names".
        Refused: the consultation is over.
    """
    may_change(author, consultation)
    names = _names(invited.names)
    with write(lock(consultation.id)) as current:
        known = {one.id: one for one in agency_queries.invitable(consultation)}
        bodies = [known[each] for each in invited.organisation_ids if each in known]
        by_name = {fold(one.name): one for one in known.values()}
        bodies += [by_name[fold(name)] for name in names if fold(name) in by_name]
        asked = {one.folded for one in agency_queries.listed(consultation.id)}
        made = [asked_of(consultation, one.name, one.id) for one in dict.fromkeys(bodies)]
        made += [asked_of(consultation, name) for name in names if fold(name) not in by_name]
        made = [one for one in made if one.folded not in asked]
        if not made:
            raise Invalid({"names": NOBODY})
        if len(asked) + len(made) > MOST:
            raise Invalid({"names": TOO_MANY})
        current.add_all(made)
        current.flush()
        for one in made:
            _give_link(one)
        _record(author, "agency:invited", made)
        tasks.follow(author, consultation.plan_id, Job.AGENCIES, consultation.unit_id, "start")
    return made


def asked_of(consultation: Consultation, name: str, body_id: int | None = None) -> Submission:
    """Make the place of an agency that has no link and has said nothing yet; it is not added.

    Args:
        consultation: of which it is asked.
        name: of the agency.
        body_id: of the unit's body that it is, if it is one.
    """
    return Submission(
        consultation_id=consultation.id, unit_id=consultation.unit_id, organisation_id=body_id,
        agency=name, folded=fold(name), state=SubmissionState.INVITED, link_number=0,
    )  # fmt: skip


def give_link(author: Author, submission: Submission) -> None:
    """Give a new link; whoever holds the one before finds it closed.

    Raises:
        Forbidden: the author may not.
        Refused: the consultation is over.
    """
    may_change(author, submission.consultation)
    with write(lock(submission.consultation_id)) as current:
        current.refresh(submission, with_for_update={"of": Submission})
        _give_link(submission)
        _record(author, "agency:link_given", [submission])


def revoke(author: Author, submission: Submission, reason: str) -> None:
    """Close the link; what was written on it stays.

    Raises:
        Forbidden: the author may not.
        Invalid: without a reason; under "reason".
        Refused: the consultation is over.
    """
    may_change(author, submission.consultation)
    reason = clean(reason)
    if not reason:
        raise Invalid({"reason": NO_REASON})
    with write(lock(submission.consultation_id)) as current:
        current.refresh(submission, with_for_update={"of": Submission})
        submission.token_hash = None
        _record(author, "agency:link_revoked", [submission], reason)


def cross_out(author: Author, submission: Submission) -> None:
    """Take an agency off the list that was invited by mistake.

    Raises:
        Forbidden: the author may not.
        Refused: it has opened its link, or written or sent something.
    """
    may_change(author, submission.consultation)
    with write(lock(submission.consultation_id)) as current:
        current.refresh(submission, with_for_update={"of": Submission})
        if not is_untouched(submission):
            raise Refused(TOUCHED)
        _record(author, "agency:crossed_out", [submission])
        current.delete(submission)


def is_untouched(submission: Submission) -> bool:
    """Say whether nobody has begun to answer."""
    begun = submission.opened_on or submission.letter_number or submission.kept != "{}"
    return submission.state == SubmissionState.INVITED and not begun


def remind(author: Author, consultation: Consultation) -> int:
    """Note that all who have not answered were reminded today.

    Returns:
        How many.

    Raises:
        Forbidden: the author may not.
        Refused: the consultation is over.
    """
    may_change(author, consultation)
    with write(lock(consultation.id)):
        silent = [one for one in agency_queries.listed(consultation.id)
                  if one.state == SubmissionState.INVITED]  # fmt: skip
        for one in silent:
            one.reminded_on = clock.today()
        if silent:
            _record(author, "agency:reminded", silent)
    return len(silent)


def when_answered(doer: Doer, consultation: Consultation) -> None:
    """Hand the plan's duty in once nobody is left to answer (inside `write()`)."""
    silent = [one for one in agency_queries.listed(consultation.id)
              if one.state == SubmissionState.INVITED]  # fmt: skip
    if not silent:
        # A link is no actor of the rules; the step follows from what its holder did.
        actor = cast("Actor", doer)
        tasks.follow(actor, consultation.plan_id, Job.AGENCIES, consultation.unit_id, "submit")


def secret_of(submission: Submission) -> str:
    """Give the secret part of an agency's link, "" if it has none that can be shown."""
    found = _secret(submission)
    return found if links.hashed(found) == submission.token_hash else ""


def _give_link(submission: Submission) -> None:
    submission.link_number += 1
    submission.link_nonce = links.new_nonce()
    submission.opened_on = None
    submission.token_hash = links.hashed(_secret(submission))


def _secret(submission: Submission) -> str:
    return links.token(
        agency_queries.LINK, submission.id, submission.link_number, submission.link_nonce or ""
    )  # fmt: skip


def _names(typed: Sequence[str]) -> list[str]:
    names: dict[str, str] = {}
    for each in typed:
        if name := clean(each):
            names.setdefault(fold(name), name)
    if any(len(name) > LONGEST_NAME for name in names.values()):
        raise Invalid({"names": LONG_NAME})
    return list(names.values())


def _record(author: Author, action: str, told: Sequence[Submission], reason: str = "") -> None:
    audit.record_all(author, [
        Act(action, "agency", one.id, subject_name=one.agency, unit_id=one.unit_id, reason=reason)
        for one in told
    ])  # fmt: skip


OVER = N_("Đợt lấy ý kiến này đã lập báo cáo hoặc kết thúc, không sửa danh sách cơ quan nữa.")
NOBODY = N_("Chưa chọn cơ quan nào, hoặc các cơ quan này đã có trong danh sách.")
TOO_MANY = N_("Một đợt mời nhiều nhất 200 cơ quan.")
LONG_NAME = N_("Tên cơ quan dài nhất 200 chữ cái. Mỗi cơ quan một dòng.")
NO_REASON = N_("Cần ghi lý do trước khi thu hồi.")
TOUCHED = N_("Cơ quan này đã mở đường dẫn hoặc đã góp ý, nên không bỏ khỏi danh sách được.")
