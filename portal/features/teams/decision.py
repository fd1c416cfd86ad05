"""The decision that sets a working team up, drafted from its members; the words are our own.

Whoever sets it up is the unit's steering board (DOMAIN A17, D07), else the organ that the drafter
chooses. State: NĐ 30/2020/NĐ-CP Annex III, form 1.2; Party: HD 36, then HD 05.
"""

from collections.abc import Sequence
from dataclasses import replace

from portal.core.database import write
from portal.core.errors import Invalid, Refused
from portal.core.text import N_
from portal.features.audit import services as audit
from portal.features.audit.services import Act
from portal.features.campaigns import rounds
from portal.features.campaigns.wording import form_code
from portal.features.documents import beginning, letterheads, services
from portal.features.documents import queries as documents
from portal.features.documents.body import (
    Appendix,
    AppendixKind,
    Body,
    Head,
    Level,
    Party,
    Recipient,
    Section,
    Signature,
)
from portal.features.documents.models import Document, Letterhead
from portal.features.documents.models import State as DocumentState
from portal.features.documents.paper.compose import citation
from portal.features.documents.recording import Author
from portal.features.documents.services import NewDocument
from portal.features.org_units.kinds import OrganisationKind
from portal.features.org_units.models import Organisation
from portal.features.teams import queries
from portal.features.teams.checking import PART_LABELS
from portal.features.teams.models import Member, Part, Team

_FIRST = (OrganisationKind.STEERING, OrganisationKind.PARTY, OrganisationKind.COMMITTEE)
_GIVEN_UP = frozenset({DocumentState.WITHDRAWN, DocumentState.CANCELLED, DocumentState.REPLACED})


def organs(author: Author) -> list[Organisation]:
    """List the organs of the author's unit that can decide, the likeliest first."""
    found = documents.issuers(author)
    rank = {kind: n for n, kind in enumerate(_FIRST)}
    return sorted(found, key=lambda one: rank.get(OrganisationKind(one.kind), len(rank)))


def in_force(team: Team) -> Document | None:
    """Give the decision of a team unless it has been given up."""
    document = team.document
    return None if document is None or document.state in _GIVEN_UP else document


def differs(team: Team) -> bool:
    """Say whether the members have changed since the decision was drafted."""
    document = in_force(team)
    if document is None:
        return False
    return all(one.text != _table(team.members) for one in document.body.appendices)


def is_reform(team: Team) -> bool:
    """Say whether a decision has set the team up before the one that is due now."""
    return bool(_before(team))


def _before(team: Team) -> list[Document]:
    """List the decisions before the one that is due now, the latest first."""
    if not team.version:
        return []
    due = team.number + team.is_open
    sent = queries.versions([team.id])
    return [one.document for one in sent if one.number < due and one.document]


def draft(author: Author, team: Team, organisation_id: int) -> Document:
    """Begin the decision of a team as a draft; the team remembers it.

    Args:
        author: drafts for the organ.
        team: stored, with members and a head.
        organisation_id: one of `organs`.

    Raises:
        Refused: the team has no head, or its decision is drafted already.
        Invalid: the organ has no letterhead.
    """
    if not team.head:
        raise Refused(NO_HEAD)
    letterhead = letterheads.of(organisation_id)
    if letterhead is None or organisation_id not in {one.id for one in organs(author)}:
        raise Invalid({"organisation_id": NO_ORGAN})
    body = _body(team, letterhead)
    with write(f"team:{team.campaign_id}:{team.unit_id}") as current:
        current.refresh(team, with_for_update={"of": Team})
        if standing := in_force(team):
            return standing
        document = beginning.begin(author, NewDocument(organisation_id, "quyet_dinh", body))
        team.document_id = document.id
        sent = queries.version(team, team.number) if not team.is_open else None
        if sent:
            sent.document_id = document.id
        audit.record(author, Act(
            "team:decision", "team", team.id, subject_name=team.name, unit_id=team.unit_id,
            changes={"document": [None, document.name]},
        ))  # fmt: skip
    return document


def renew(author: Author, team: Team) -> Document:
    """Write the present members into the draft of the decision.

    Raises:
        Refused: there is no draft any more.
        Stale: somebody else saved the draft just now.
    """
    document = in_force(team)
    if document is None or not document.is_open:
        raise Refused(NO_DRAFT)
    text = _table(team.members)
    appendices = tuple(
        replace(one, text=text) if one.kind == AppendixKind.TABLE else one
        for one in document.body.appendices
    )
    body = replace(document.body, appendices=appendices or (_appendix(team),))
    return services.save(author, document, body, document.version)


def _body(team: Team, letterhead: Letterhead) -> Body:
    """Write the decision; a team that was set up by one before is completed."""
    state = letterhead.regime == "state"
    what = "kiện toàn" if is_reform(team) else "thành lập"
    code = form_code(team.campaign.questionnaire_version.definition)
    name = f"Tổ công tác triển khai khảo sát {code} tại {team.unit.running_name}"
    articles = _articles(team, f"{what.capitalize()} {name}", state=state)
    return Body(
        head=_head(letterhead),
        summary=f"về việc {what} {name}",
        bases=tuple(_bases(team, state=state)),
        sections=tuple(Section(level=Level.PART, text=text) for text in articles),
        signature=_signature(letterhead),
        recipients=_recipients(team),
        appendices=(_appendix(team),),
    )


def _articles(team: Team, done: str, *, state: bool) -> tuple[str, ...]:
    """Write who is on the team, what it does, from when, and who carries it out."""
    many, one = ("ông, bà", "ông (bà)") if state else ("đồng chí", "đồng chí")
    days, head = rounds.told(team.campaign.all_rounds), team.head
    assert head is not None
    return (
        f"{done} gồm {len(team.members)} {many} do {one} {head.name}, {_post(head)}, làm Tổ "
        "trưởng (có danh sách kèm theo).",
        "Tổ công tác có nhiệm vụ công khai kế hoạch và đợt khảo sát để Nhân dân biết; lập và công "
        f"khai lịch phân công người hướng dẫn; tổ chức khảo sát {days}; báo cáo kết quả từng ngày "
        "trên Cổng Dân chủ cơ sở. Thành viên chỉ hướng dẫn kỹ thuật, người được hỏi tự trả lời, "
        "không ghi tên. Tổ tự kết thúc nhiệm vụ khi đợt khảo sát được báo cáo.",
        f"Quyết định này có hiệu lực kể từ ngày ký{_replaced(team)}.",
        f"Các cơ quan, đơn vị có liên quan và các {many} có tên tại Điều 1 chịu trách nhiệm thi "
        "hành Quyết định này.",
    )


def _replaced(team: Team) -> str:
    """Name the decision whose place it takes, if that one was issued."""
    issued = next((one for one in _before(team) if one.is_announced), None)
    return f" và thay thế {citation(issued)}" if issued else ""


def _bases(team: Team, *, state: bool) -> list[str]:
    found = []
    if state:
        found = [
            "Căn cứ Luật Tổ chức chính quyền địa phương",
            "Căn cứ Luật Thực hiện dân chủ ở cơ sở ngày 10 tháng 11 năm 2022",
        ]
    plan = queries.plan_of(team.campaign)
    if plan is not None and plan.is_announced:
        found.append(f"Căn cứ {citation(plan)} về {plan.name.removeprefix('về ')}")
    elif not state:
        found.append(f"Căn cứ chương trình công tác về thực hiện quy chế dân chủ ở "
                     f"{team.unit.running_name}")  # fmt: skip
    return found


def _recipients(team: Team) -> tuple[Recipient, ...]:
    asker = team.campaign.organisation
    above = Recipient(Party(asker.name, asker.id), "b/c")
    return (above, Recipient(Party("Như Điều 4"), "t/h"))


def _appendix(team: Team) -> Appendix:
    title = f"Danh sách Tổ công tác của {team.unit.running_name}"
    return Appendix(kind=AppendixKind.TABLE, title=title, text=_table(team.members))


def _table(members: Sequence[Member]) -> str:
    """Give names, posts and parts as a table; telephone numbers stay out of papers."""
    rows = [("TT", "Họ và tên", "Chức vụ, đơn vị", "Nhiệm vụ")]
    rows += [
        (str(n), one.name, _post(one), PART_LABELS[Part(one.part)])
        for n, one in enumerate(members, 1)
    ]
    return "\n".join("\t".join(row) for row in rows)


def _post(member: Member) -> str:
    return member.post.replace("\t", " ")


def _head(letterhead: Letterhead) -> Head:
    return Head(letterhead.parent_name, letterhead.issuer_name, letterhead.symbol,
                letterhead.place)  # fmt: skip


def _signature(letterhead: Letterhead) -> Signature:
    return Signature(letterhead.authority, letterhead.titles, letterhead.signer)


NO_HEAD = N_("Chưa có tổ trưởng nên chưa soạn được quyết định.")
NO_ORGAN = N_("Mời chọn cơ quan ban hành đã có thể thức.")
NO_DRAFT = N_("Quyết định không còn là bản thảo. Mời soạn quyết định sửa đổi từ trang của nó.")
