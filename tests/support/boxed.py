"""Setting a suggestion box up as its runner does, at the ward of `lettered`."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

from portal.core import clock
from portal.features.documents.deadlines import Span
from portal.features.mailbox import services
from portal.features.mailbox.drafting import BoxInput
from portal.features.mailbox.models import Mailbox
from portal.policy.roles import Duty, Role
from portal.web.actor import Account
from tests.support import lettered, surveyed
from tests.support.lettered import Lettered


def span(first: int, last: int) -> Span:
    """Give a span of days, counted from today."""
    today = clock.today()
    return Span(today + timedelta(days=first), today + timedelta(days=last))


def runner(made: Lettered, *duties: Duty) -> Account:
    """Give an account of the youth union."""
    return surveyed.actor(made.account("runner", Role.YOUTH, *duties))


def given(made: Lettered, **changed: Any) -> BoxInput:  # noqa: ANN401 - fields of the input
    """Give what is entered of a box: a round that is open, one that follows."""
    fields: dict[str, Any] = {
        "name": "Hòm thư thử", "subject": "Thái độ phục vụ", "fields": ("Hộ tịch", "Đất đai"),
        "reader_id": made.bodies["reader"].id, "rounds": (span(-5, 20), span(27, 60)),
    }  # fmt: skip
    return BoxInput(**fields | changed)


def draft(made: Lettered, author: Account, **changed: Any) -> Mailbox:  # noqa: ANN401
    """Make a draft; the letters' readers have an account."""
    made.account("reader", Role.COMMUNE)
    return services.create(author, given(made, **changed))


__all__ = ["draft", "given", "lettered", "replace", "runner", "services", "span"]
