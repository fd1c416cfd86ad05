"""Documents as officials make them, from the draft to the inboxes."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from portal.core import clock
from portal.features.documents import services
from portal.features.documents.body import Body, Head, Level, Party, Recipient, Section, Signature
from portal.features.documents.models import Document, State
from portal.features.documents.services import NewDocument
from portal.features.documents.workflow import DOCUMENT
from portal.policy.roles import Duty, Role
from portal.web.actor import Account
from tests.support import surveyed
from tests.support.officials import HOMES
from tests.support.surveyed import Place

WORKS = (Duty.DRAFT, Duty.APPROVE, Duty.CLERK)
BODY = Body(
    head=Head("TỈNH ỦY MẪU", "BCĐ THỰC HIỆN QCDC TỈNH", "BCĐ", "Nơi Mẫu"),
    summary="Khảo sát kết quả thực hiện quy chế dân chủ",
    sections=(
        Section("muc0001", Level.PART, "Mục đích, yêu cầu"),
        Section("muc0002", Level.POINT, "Mục đích", "Nắm ý kiến của nhân dân."),
    ),
    signature=Signature("T/M BAN CHỈ ĐẠO", "TRƯỞNG BAN", "Lãnh đạo mẫu"),
    recipients=(Recipient(Party("Các xã", group="commune:committee"), "t/h"),),
)
PDF = b"%PDF-1.7\n1 0 obj\n<< /Type /Catalog >>\nendobj\n%%EOF\n"


def worker(place: Place, role: Role = Role.PROVINCE, *duties: Duty, at: str = "") -> Account:
    """Make an account that works on papers where its role sits, with every duty if none is said."""
    held = frozenset(duties or WORKS)
    return surveyed.actor(surveyed.account(place, at or HOMES[role], role, held))


def draft(author: Account, **given: Any) -> Document:  # noqa: ANN401 - fields of body and document
    """Make a draft of the author's organisation; its letterhead is there already."""
    named = {"summary", "sections", "recipients", "signature", "duties", "head"} & given.keys()
    body = replace(given.pop("body", BODY), **{name: given.pop(name) for name in named})
    type_code = given.pop("type_code", "ke_hoach")
    return services.create(author, NewDocument(author.organisation_id, type_code, body, **given))


def bring(document: Document, state: State, author: Account) -> Document:
    """Bring a draft on to a state, by somebody with every duty."""
    steps = {
        State.SUBMITTED: lambda: DOCUMENT.fire(author, document.id, "submit"),
        State.APPROVED: lambda: DOCUMENT.fire(author, document.id, "approve"),
        State.SIGNED: lambda: services.sign(author, document, "Ký trên giấy"),
        State.NUMBERED: lambda: services.number(author, document, day=clock.today(), number=None),
        State.ISSUED: lambda: services.issue(author, document),
    }
    order = list(steps)
    done = order.index(State(document.state)) + 1 if document.state in steps else 0
    for target in order[done : order.index(state) + 1 if state in steps else 0]:
        steps[target]()
        assert document.state == target
    return document


def issued(author: Account, **given: Any) -> Document:  # noqa: ANN401
    """Make a document and issue it."""
    return bring(draft(author, **given), State.ISSUED, author)


def later(patch: pytest.MonkeyPatch, **delta: float) -> None:
    """Let the clock stand some time from now."""
    moment = clock.now() + timedelta(**delta)
    patch.setattr(clock, "now", lambda: moment)
