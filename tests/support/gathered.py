"""Comments of all three ways on the ward's draft, as consolidation finds them."""

from portal.core import clock
from portal.core.database import session, write
from portal.core.text import fold
from portal.features.ballots.models import BallotGroup
from portal.features.consolidation import queries
from portal.features.consolidation.models import Opinion
from portal.features.consultations import comments
from portal.features.consultations.comments import Said, Source
from portal.features.consultations.models import Comment, Consultation, Submission, TrackKind
from portal.features.consultations.voice_models import Voice

NOTICE = "Đề nghị niêm yết các khoản thu tại nhà văn hóa tổ dân phố ít nhất 30 ngày."
SAME = "Đề nghị niêm yết các khoản thu ở nhà văn hóa tổ dân phố 30 ngày."
OTHER = "Công khai số điện thoại của cán bộ tiếp dân."


def agency(case: Consultation, name: str, key: str, text: str) -> Opinion:
    """Have an agency say something by its letter."""
    with write() as current:
        one = Submission(
            consultation_id=case.id, unit_id=case.unit_id, agency=name, folded=fold(name),
            state="sent", letter_number="41/CV", letter_on=clock.today(), sent_on=clock.today(),
        )  # fmt: skip
        current.add(one)
        current.flush()
        source = Source(case, TrackKind.AGENCY, clock.today(), submission_id=one.id)
        said = comments.add(current, source, [Said(key, text)])
        return _opinion(said)


def invited(case: Consultation, name: str = "Trường học") -> None:
    """Invite an agency that does not answer."""
    with write() as current:
        current.add(Submission(consultation_id=case.id, unit_id=case.unit_id, agency=name,
                               folded=fold(name)))  # fmt: skip


def households(case: Consultation, group: str, key: str, text: str, n: int) -> Opinion:
    """Have so many households of a group say something on their ballots."""
    with write() as current:
        one = BallotGroup(
            consultation_id=case.id,
            unit_id=case.unit_id,
            group=group,
            folded=fold(group),
            households=100,
            printed=90,
            stamped=90,
            issued=90,
            returned=80,
            valid=78,
            invalid=1,
            blank=1,
            state="balanced",
        )
        current.add(one)
        current.flush()
        source = Source(case, TrackKind.HOUSEHOLD, clock.today(), ballot_group_id=one.id)
        return _opinion(comments.add(current, source, [Said(key, text, n)]))


def voice(case: Consultation, key: str, *texts: str) -> list[Opinion]:
    """Have somebody say things on the public page, delivered already."""
    with write() as current:
        known = current.query(Voice).count()
        one = Voice(
            id=1000 + known, consultation_id=case.id, day=clock.today(),
            form_hash=bytes([known]) * 32, receipt_hash=bytes([known, 1]) * 16,
        )  # fmt: skip
        current.add(one)
        current.flush()
        source = Source(case, TrackKind.PUBLIC, clock.today(), voice_id=one.id)
        said = comments.add(current, source, [Said(key, text) for text in texts])
        return [_opinion([each]) for each in said]


def again(opinion: Opinion) -> Opinion:
    """Read an opinion anew."""
    session().expire_all()
    return queries.of([opinion.id])[opinion.id]


def _opinion(said: list[Comment]) -> Opinion:
    opinion_id = said[0].opinion_id
    assert opinion_id is not None
    return queries.of([opinion_id])[opinion_id]
