"""Setting a consultation up as the ward's division does, on a small draft."""

from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

from portal.core import clock
from portal.core.database import session, write
from portal.features.consultations import publishing, services, warnings
from portal.features.consultations.drafting import CaseInput, Group, Window
from portal.features.consultations.models import Consultation, TrackKind
from portal.features.documents import templates
from portal.features.documents.models import Document, Letterhead
from portal.features.org_units.kinds import OrganisationKind as Kind
from portal.features.org_units.models import Organisation
from portal.features.regulations.models import Draft
from portal.features.users.models import User
from portal.policy.roles import Duty, Role
from portal.web.actor import Account
from tests.support import papers, surveyed, voiced

ADDRESS = "https://danchu.example.vn/g/thu"


@dataclass(frozen=True)
class Cased:
    """A ward with its division, the Front and a draft; a city above."""

    units: surveyed.Place
    host: Organisation
    front: Organisation
    above: Organisation
    draft: Draft

    def user(self, *duties: Duty, body: Organisation | None = None) -> User:
        """Make an account of the division, or of another body."""
        role = Role.DISTRICT if body is self.above else Role.COMMUNE
        return voiced.official(body or self.host, role, *duties)

    def actor(self, *duties: Duty, body: Organisation | None = None) -> Account:
        """Make one that acts."""
        return surveyed.actor(self.user(*duties, body=body))

    def given(self, **changed: Any) -> CaseInput:  # noqa: ANN401 - fields of the input
        """Give what is entered: days as those of plan 004, which runs since yesterday."""
        first = day(-1)
        fields: dict[str, Any] = {
            "name": "Lấy ý kiến dự thảo Quy chế", "draft_id": self.draft.id,
            "windows": {
                TrackKind.AGENCY: Window(first, day(3)),
                TrackKind.HOUSEHOLD: Window(day(4), day(5), day(0), day(5)),
                TrackKind.PUBLIC: Window(first, day(5)),
            },
            "groups": (Group("Phạm vi điều chỉnh", (voiced.FIRST,)), Group("Nội dung công khai")),
            "sum_due_on": day(6), "report_due_on": day(7),
        }  # fmt: skip
        return CaseInput(**fields | changed)

    def case(self, author: Account, **changed: Any) -> Consultation:  # noqa: ANN401
        """Make a draft case."""
        return services.create(author, self.given(**changed))

    def published(self, author: Account, **changed: Any) -> Consultation:  # noqa: ANN401
        """Make one that is published, with every warning kept."""
        one = self.case(author, **changed)
        keep_all(author, one)
        return publishing.publish(author, one, ADDRESS)


def day(n: int) -> date:
    """Give a day counted from today."""
    return clock.today() + timedelta(days=n)


def keep_all(author: Account, one: Consultation) -> None:
    """Give every warning a reason."""
    services.keep_warnings(author, one, {w.key: "Theo kế hoạch đã ban hành" for w in
                                         warnings.of(one)})  # fmt: skip


def ward(*, publishes: bool = True) -> Cased:
    """Make the ward; its draft has a published version unless told otherwise."""
    units = surveyed.province({voiced.CITY: [voiced.WARD, "Xã bên"]})
    home, city = units[voiced.WARD].id, units[voiced.CITY].id
    with write() as current:
        host = voiced.body(home, Kind.CULTURE, "Phòng Văn hóa - Xã hội phường Ngô Quyền")
        front = voiced.body(home, Kind.FRONT, "Mặt trận Tổ quốc phường Ngô Quyền")
        above = voiced.body(city, Kind.STEERING, "BCĐ thành phố Bắc Giang")
        current.add_all([host, front, above])
        current.flush()
        draft = Draft(unit_id=home, organisation_id=host.id, title="Quy chế thực hiện dân chủ")
        current.add(draft)
    if publishes:
        voiced.version(draft.id, voiced.PROVISIONS)
    return Cased(units, host, front, above, draft)


def letterhead(body: Organisation) -> None:
    """Let a body issue documents."""
    with write() as current:
        current.add(Letterhead(
            organisation_id=body.id, regime="state", issuer_name="ỦY BAN NHÂN DÂN PHƯỜNG",
            symbol="UBND", place="Ngô Quyền", term="", signer="Người Ký Mẫu",
            titles="KT. CHỦ TỊCH\nPHÓ CHỦ TỊCH",
        ))  # fmt: skip


def plan(author: Account, *days: date) -> Document:
    """Issue the plan as its template writes it, on days in the order of its questions."""
    template = templates.find("lay_y_kien_du_thao")
    assert template is not None
    letterhead = session().get_one(Letterhead, author.organisation_id)
    names = ("posted_on", "from", "to", "list_from", "list_to", "ballot_on", "ballot_or",
             "sum_due", "report_due")  # fmt: skip
    told = {name: f"{day:%d/%m/%Y}" for name, day in zip(names, days, strict=True)}
    answers = templates.suggested(template, letterhead) | told | {"year": str(days[0].year)}
    body = templates.fill(template, answers, letterhead)
    return papers.issued(author, body=body, template_code=template.code)


__all__ = ["ADDRESS", "Cased", "day", "keep_all", "letterhead", "plan", "replace", "ward"]
