"""Agencies that are asked about a draft, and what they do behind their links."""

from sqlalchemy import select

from portal.core.database import session
from portal.features.consultations import agencies, agency_answers
from portal.features.consultations.agencies import Invited
from portal.features.consultations.models import Comment, Consultation, Submission
from portal.web.actor import Account

SCHOOL = "Trường THCS Ngô Quyền"
WORDS = "Đề nghị niêm yết ít nhất 30 ngày."


def invited(host: Account, case: Consultation, name: str = SCHOOL) -> Submission:
    """Ask one agency."""
    [one] = agencies.invite(host, case, Invited(names=[name]))
    return one


def keep(one: Submission, **texts: str) -> None:
    """Keep what it writes by key of provision; `whole` for the draft as a whole."""
    typed = {key if key != "whole" else "": text for key, text in texts.items()}
    agency_answers.keep(one, typed, agency_answers.seen(one, typed))


def send(one: Submission, *, agrees: bool = False) -> None:
    """Send what is kept by the link."""
    link = agency_answers.link_of(one)
    agency_answers.send(link, one, "", agrees=agrees, shown=agency_answers.seen(one))


def comments() -> list[Comment]:
    """List what was said by key of provision."""
    return list(session().scalars(select(Comment).order_by(Comment.key)))
