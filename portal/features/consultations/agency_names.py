"""What agencies are called: which typed names mean one agency, and putting a name right."""

from collections.abc import Sequence

from portal.core.database import write
from portal.core.errors import Invalid
from portal.core.text import N_, clean, fold
from portal.features.audit import services as audit
from portal.features.audit.services import Act
from portal.features.consultations import agencies, agency_queries
from portal.features.consultations.models import Consultation, Submission
from portal.features.documents.recording import Author


def merged(consultation: Consultation, typed: Sequence[str]) -> list[tuple[str, str]]:
    """Give the typed names that stand in the list in another writing: each with that writing.

    Args:
        consultation: whose agencies were invited.
        typed: the names, one each, as they were given to `agencies.invite`.
    """
    listed = {one.folded: one.agency for one in agency_queries.listed(consultation.id)}
    names = dict.fromkeys(clean(each) for each in typed)
    return [(name, stands) for name in names
            if (stands := listed.get(fold(name), name)) != name]  # fmt: skip


def rename(author: Author, submission: Submission, name: str) -> None:
    """Put the name of an agency right; its link and its answer stay.

    Raises:
        Forbidden: the author may not.
        Invalid: there is no name, it is too long, or another agency's; under "agency".
        Refused: the consultation is over.
    """
    agencies.may_change(author, submission.consultation)
    name = clean(name)
    if not name or len(name) > agencies.LONGEST_NAME:
        raise Invalid({"agency": WRONG})
    with write(agencies.lock(submission.consultation_id)) as current:
        agencies.hold(current, submission)
        other = agency_queries.by_name(submission.consultation_id, name)
        if other is not None and other is not submission:
            raise Invalid({"agency": TAKEN})
        before, submission.agency, submission.folded = submission.agency, name, fold(name)
        audit.record(author, Act(
            "agency:renamed", "agency", submission.id, subject_name=name,
            unit_id=submission.unit_id, changes={"name": [before, name]},
        ))  # fmt: skip


WRONG = N_("Ghi tên cơ quan, dài nhất 200 chữ cái.")
TAKEN = N_("Trong danh sách đã có cơ quan tên này.")
