"""The sample's consultations: one runs in the ward, one is being set up after plan 004."""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Final

from sqlalchemy import select

from portal.cli.sample import accounts
from portal.cli.sample.documents import bring_on, issue
from portal.cli.sample.draft_text import GROUPS, TEXT, TITLE
from portal.cli.sample.letters import turned_to
from portal.core.clock import format_date
from portal.core.database import session, write
from portal.features.consultations import (
    from_plans,
    groups,
    publishing,
    queries,
    services,
    warnings,
)
from portal.features.consultations.drafting import CaseInput, Group, Window
from portal.features.consultations.models import Consultation, State, TrackKind
from portal.features.documents import letterheads, templates
from portal.features.documents import services as papers
from portal.features.documents.models import Document
from portal.features.documents.services import NewDocument
from portal.features.publicity import queries as postings
from portal.features.regulations import parsing
from portal.features.regulations import publishing as freezing
from portal.features.regulations import services as regulations
from portal.features.regulations.models import DraftVersion
from portal.web.actor import Account

HOST: Final = "xa.vhxh"
LEADER: Final = "xa.lanhdao"
ELSEWHERE: Final = "xa.backan"
_REASONS: Final[Mapping[str, str]] = {
    "agency": "Văn bản gửi cơ quan qua hệ thống quản lý văn bản từ trước khi công bố.",
    "choice": "Tổ trưởng báo ngày của tổ cho từng hộ ít nhất ba ngày trước.",
    "plan": "Kế hoạch ban hành bằng bản giấy, đã gửi Hội đồng nhân dân và Mặt trận Tổ quốc.",
}
_DAYS: Final[Mapping[str, int]] = {
    "posted_on": 14, "from": 14, "to": 18, "list_from": 15, "list_to": 20, "ballot_on": 19,
    "ballot_or": 20, "sum_due": 21, "report_due": 23,
}  # fmt: skip
"""When each thing of plan 004 is, counted from today."""
_ADDRESS: Final = "https://dan-chu.example.vn/g/"


def create(today: date) -> Consultation:
    """Publish the ward's draft, which agencies, groups and everybody have before them today."""
    host, leader = accounts.acting(HOST), accounts.acting(LEADER)
    windows = _windows(today)
    with turned_to(min(one.opens_on for one in windows.values())):
        version = draft(host, TITLE)
    one = services.create(host, CaseInput(
        "Lấy ý kiến dự thảo Quy chế thực hiện dân chủ", version.draft_id, windows,
        asked(version.draft_id), _after(today, 7), _after(today, 16), shows_comments=True,
    ))  # fmt: skip
    first = _begin_earlier(one)
    reasons = {each.key: _REASONS[each.code] for each in warnings.of(one)}
    services.keep_warnings(host, one, reasons)
    publishing.publish(leader, one, f"{_ADDRESS}{one.code}")
    _post_earlier(one, first)
    prepare(today)
    return one


def prepare(today: date) -> Consultation:
    """Leave a case elsewhere as its plan suggests it; the days of plan 004 earn their warnings."""
    author = accounts.acting(ELSEWHERE)
    draft(author, TITLE.replace("phường Ngô Quyền", "phường Bắc Kạn"))
    return services.create(author, from_plans.suggestion(author, _plan(author, today)))


def _plan(author: Account, today: date) -> Document:
    """Issue a plan with days that lie to one another as those of plan 004."""
    template = templates.find(from_plans.TEMPLATE)
    letterhead = letterheads.of(author.organisation_id)
    assert template is not None
    assert letterhead is not None
    told = {name: format_date(_after(today, n)) for name, n in _DAYS.items()}
    answers = templates.suggested(template, letterhead) | told | {"year": str(today.year)}
    body = templates.fill(template, answers, letterhead)
    new = NewDocument(author.organisation_id, template.type_code, body, template.code)
    plan = papers.create(author, new)
    bring_on(plan, "submit", "approve", "sign", hands=(author, author))
    issue(plan, author, today)
    return plan


def draft(author: Account, title: str) -> DraftVersion:
    """Make the draft with a version that can be put before people."""
    version = regulations.create(author, title, parsing.read_text(TEXT))
    freezing.publish(author, version)
    return version


def asked(draft_id: int) -> tuple[Group, ...]:
    """Give what is asked about, hung on the articles of a draft."""
    known = groups.articles(draft_id)
    lines = "\n".join(f"{text} {groups.BAR} Điều {numbers}" for text, numbers in GROUPS)
    return groups.read(lines, known)


def the_case() -> Consultation | None:
    """Give the sample's running consultation."""
    query = select(Consultation).where(Consultation.state != State.DRAFT)
    return session().scalar(query.order_by(Consultation.id).limit(1))


def keep_open(today: date) -> bool:
    """Prolong the sample's consultation when its last day is over; say whether that was so."""
    found = the_case()
    one = queries.get(found.id) if found else None
    public = one.track(TrackKind.PUBLIC) if one else None
    if one is None or public is None or one.state != State.PUBLISHED or public.closes_on >= today:
        return False
    days = {TrackKind.PUBLIC: _after(today, 20), "report_due_on": _after(today, 26)}
    publishing.prolong(accounts.acting(LEADER), one, days, "Bà con còn nhiều ý kiến.")
    return True


def links() -> dict[str, str]:
    """Give the address at which the draft is read, as a path."""
    one = the_case()
    return {"consultation": f"/g/{one.code}"} if one else {}


def _windows(today: date) -> dict[str, Window]:
    return {
        TrackKind.AGENCY: Window(_after(today, -12), _after(today, 3)),
        TrackKind.HOUSEHOLD: Window(
            _after(today, -2), _after(today, -1), _after(today, -9), _after(today, -1)
        ),
        TrackKind.PUBLIC: Window(_after(today, -12), _after(today, 9)),
    }


def _begin_earlier(one: Consultation) -> date:
    """Let it have been public since its first day, as if the sample had been there then."""
    with write():
        one.published_on = min(track.opens_on for track in one.tracks)
    return one.published_on


def _post_earlier(one: Consultation, first: date) -> None:
    """Let what was posted of it have stood there since that day too."""
    with write():
        for posting in postings.of_unit(None, one.unit_id):
            if one.draft.title in posting.title:
                posting.from_on = first


def _after(day: date, n: int) -> date:
    return day + timedelta(days=n)
