"""What people wrote on their ballots, typed in by provision: comments like those of others."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session

from portal.core import clock
from portal.core.database import write
from portal.core.errors import Invalid, Missing, Refused
from portal.core.text import N_, fold
from portal.features.audit import services as audit
from portal.features.audit.services import Doer
from portal.features.ballots import queries, services, standing
from portal.features.ballots.models import BallotGroup
from portal.features.consultations import comments
from portal.features.consultations.comments import Said, Source
from portal.features.consultations.models import Comment, Consultation, TrackKind
from portal.features.consultations.models import State as Case
from portal.features.regulations import queries as regulations
from portal.features.regulations import reading
from portal.features.regulations.reading import Entry


@dataclass(frozen=True)
class Line:
    """One written remark, and where it belongs."""

    comment: Comment
    place: str
    """“khoản 2 Điều 7”; "" for the draft as a whole."""


def outline(group: BallotGroup) -> list[Entry]:
    """List the provisions to which a remark may belong: those that people had before them."""
    version = regulations.standing_on(group.consultation.draft_id, _day(group))
    return reading.outline(version) if version else []


def listed(group: BallotGroup) -> list[Line]:
    """List what was typed in of a group, in the order of the draft; remarks on the whole first."""
    places = reading.places(group.consultation.draft_id)
    order = {key: at for at, key in enumerate(places)}
    found = sorted(queries.remarks(group), key=lambda one: (order.get(one.key, -1), one.id))
    return [Line(one, places[one.key].place if one.key in places else "") for one in found]


def why_not(group: BallotGroup) -> str | None:
    """Say why no remark is typed in now, None if it can be."""
    if group.consultation.state != Case.PUBLISHED:
        return standing.CASE_OVER
    day = standing.day_of(group)
    return NO_DAY if day is None or day > clock.today() else None


def add(doer: Doer, group: BallotGroup, said: Said) -> None:
    """Type one in.

    Raises:
        Invalid: by field: "key", "text", "households".
        Refused: not now.
    """
    with write(services.LOCK) as current:
        _hold(current, group)
        check = _checked(group, said)
        source = Source(group.consultation, TrackKind.HOUSEHOLD, _day(group),
                        ballot_group_id=group.id)  # fmt: skip
        comments.add(current, source, [check])
        audit.record(doer, services.act_of("remark_added", group))


def change(doer: Doer, group: BallotGroup, comment_id: int, said: Said) -> None:
    """Put one right; its place too, which is the same as typing it in anew.

    Raises:
        Missing: it is not there any more.
        Invalid: by field.
        Refused: not now, or somebody counts on it as it is.
    """
    with write(services.LOCK) as current:
        _hold(current, group)
        comment = _get(group, comment_id)
        check = _checked(group, said, comment)
        if comment.key == check.key:
            comments.change(current, comment, check.text, check.households)
        else:
            comments.remove(current, [comment])
            source = Source(group.consultation, TrackKind.HOUSEHOLD, _day(group),
                            ballot_group_id=group.id)  # fmt: skip
            comments.add(current, source, [check])
        audit.record(doer, services.act_of("remark_changed", group))


def remove(doer: Doer, group: BallotGroup, comment_id: int) -> None:
    """Take one out that was typed in wrongly.

    Raises:
        Missing: it is not there any more.
        Refused: not now, or somebody counts on it.
    """
    with write(services.LOCK) as current:
        _hold(current, group)
        comments.remove(current, [_get(group, comment_id)])
        audit.record(doer, services.act_of("remark_removed", group))


def _hold(current: Session, group: BallotGroup) -> None:
    """Take the group and its case as they are now, held until the end (inside `write()`).

    Raises:
        Refused: nothing is typed in now.
    """
    current.refresh(group, with_for_update={"of": BallotGroup})
    current.refresh(group.consultation, with_for_update={"of": Consultation})
    if refusal := why_not(group):
        raise Refused(refusal)


def _checked(group: BallotGroup, said: Said, own: Comment | None = None) -> Said:
    """Read what was typed; `own` is the remark that it puts right.

    Raises:
        Invalid: by field.
    """
    errors = {}
    if said.key and said.key not in {one.key for one in outline(group)}:
        errors["key"] = NO_PLACE
    if not said.text.strip():
        errors["text"] = EMPTY
    most = group.valid if group.valid is not None else group.households
    if not 1 <= said.households <= max(most, 1):
        errors["households"] = HOUSEHOLDS
    text = comments.tidy(said.text)
    alike = [one for one in queries.remarks(group) if one is not own
             and (one.key, one.folded) == (said.key, fold(text))]  # fmt: skip
    if alike:
        errors.setdefault("text", TWICE)
    if errors:
        raise Invalid(errors, most=most, n=sum(one.households for one in alike))
    return Said(said.key, text, said.households)


def _get(group: BallotGroup, comment_id: int) -> Comment:
    comment = queries.remark(group, comment_id)
    if comment is None:
        raise Missing
    return comment


def _day(group: BallotGroup) -> date:
    return min(group.day or clock.today(), clock.today())


NO_DAY = N_("Chưa tới ngày tổ phát phiếu nên chưa có ý kiến để nhập.")
NO_PLACE = N_("Mời chọn một điều khoản của dự thảo, hoặc toàn bộ dự thảo.")
TWICE = N_("Ý kiến này đã nhập, %(n)s phiếu. Thêm phiếu cùng ý thì sửa số phiếu ở dòng ấy.")
EMPTY = N_("Chưa ghi ý kiến.")
HOUSEHOLDS = N_("Số phiếu cùng ý từ 1 đến %(most)s.")
