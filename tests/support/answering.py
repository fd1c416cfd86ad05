"""Answering opinions on a consultation, as two people do, until it can be reported."""

from portal.core.database import write
from portal.features.consolidation import explaining
from portal.features.consolidation.explaining import Explained
from portal.features.consolidation.models import Opinion
from portal.features.consolidation.workflow import OPINION
from portal.features.consultations.models import Consultation, Track
from portal.policy.roles import Duty
from tests.support import cased
from tests.support.cased import Cased
from tests.support.gathered import again


def answer(made: Cased, opinion: Opinion, decision: str = "accept") -> None:
    """Explain an opinion and have it approved."""
    author = made.actor(Duty.DRAFT)
    given = Explained("content", decision, "Bổ sung vào khoản 2.")
    explaining.write_down(author, opinion, given, again(opinion).version)
    OPINION.fire(author, opinion.id, "submit")
    OPINION.fire(made.actor(Duty.APPROVE), opinion.id, "approve")


def let_days_pass(case: Consultation) -> None:
    """Put the days on which people are asked into the past."""
    with write() as current:
        for track in current.query(Track).filter_by(consultation_id=case.id):
            track.opens_on, track.closes_on = cased.day(-9), cased.day(-1)
            track.list_from = track.list_to = None
