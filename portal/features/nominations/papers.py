"""The two papers made of a closed list: the tờ trình, and the decision (DOMAIN D26, D27)."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from portal.core.database import write
from portal.core.errors import Refused
from portal.core.text import N_
from portal.features.campaigns.models import Campaign
from portal.features.campaigns.queries import governing_plan
from portal.features.documents import beginning, letterheads, templates
from portal.features.documents.body import (
    Appendix,
    AppendixKind,
    Body,
    Level,
    Party,
    Recipient,
    Section,
)
from portal.features.documents.formats import type_of
from portal.features.documents.models import Document, Letterhead
from portal.features.documents.paper import compose
from portal.features.documents.recording import Author
from portal.features.documents.services import NewDocument
from portal.features.nominations import criteria, queries, shortlist
from portal.features.nominations.criteria import Met
from portal.features.nominations.models import Kind, Nomination
from portal.features.nominations.workflow import NOMINATION
from portal.features.org_units.kinds import OrganisationKind
from portal.features.org_units.models import Organisation

PROPOSAL, DECISION = "to_trinh", "quyet_dinh"
LINKS = {PROPOSAL: "proposal_id", DECISION: "decision_id"}
_SPOKESMEN = (
    OrganisationKind.WORKING_TEAM, OrganisationKind.COMMITTEE, OrganisationKind.STEERING,
    OrganisationKind.PARTY,
)  # fmt: skip
"""Who receives a paper for a unit that is named as a whole, the first that it has."""


def draft(author: Author, campaign: Campaign, type_code: str) -> Document:
    """Draft one of the papers, or give the one that stands already.

    Args:
        author: who drafts it; the campaign's organ issues it if that is the author's.
        campaign: its list is closed.
        type_code: PROPOSAL or DECISION.

    Raises:
        Refused: the list is open, or no organ of the author's has a letterhead.
    """
    with write(NOMINATION.name):
        row = shortlist.opened(campaign.id)
        if row.closed_at is None:
            raise Refused(N_("Mời chốt danh sách trình trước khi soạn văn bản."))
        stands = shortlist.standing(row.proposal if type_code == PROPOSAL else row.decision)
        if stands is not None:
            return stands
        letterhead = _letterhead(author, campaign)
        matter = _Matter(campaign, letterhead, queries.shortlisted(campaign.id))
        paper = shortlist.standing(row.proposal)
        body = matter.proposal() if type_code == PROPOSAL else matter.decision(paper)
        made = beginning.begin(author, NewDocument(letterhead.organisation_id, type_code, body))
        setattr(row, LINKS[type_code], made.id)
        changes = {LINKS[type_code]: [None, made.id]}
        shortlist.record(author, "drafted", campaign, changes)
    return made


def _letterhead(author: Author, campaign: Campaign) -> Letterhead:
    found = {one.organisation_id: one.letterhead for one in letterheads.organs(author)}
    wanted = (campaign.organisation_id, author.organisation_id, *found)
    held = (found.get(organisation_id) for organisation_id in wanted)
    if (letterhead := next((one for one in held if one), None)) is None:
        raise Refused(NO_LETTERHEAD)
    return letterhead


@dataclass(frozen=True)
class _Matter:
    """What both papers are about."""

    campaign: Campaign
    letterhead: Letterhead
    names: Sequence[Nomination]

    def proposal(self) -> Body:
        """Write the tờ trình: why, whom, what is asked."""
        to = self._addressee()
        issuer = self.letterhead.organisation.name
        return replace(
            self._begun(PROPOSAL),
            summary=_matter(PROPOSAL, f"đề nghị khen thưởng {self._whom()}"),
            addressees=to.name if to else "",
            recipients=(Recipient(Party("Như trên", to.id)),) if to else (),
            opening=f"{self._after_plan()}, {issuer} đã theo dõi, lựa chọn các tập thể, cá nhân "
            "thực hiện tốt đợt khảo sát, và trình như sau:",
            sections=(
                Section(level=Level.PART, heading="Sự cần thiết", text=_NEED),
                Section(level=Level.PART, heading="Danh sách đề nghị",
                        text=f"Đề nghị khen thưởng {self.counted} (có danh sách kèm theo)."),
                Section(level=Level.PART, heading="Đề xuất, kiến nghị", text=_ASKED),
            ),
            closing=f"{issuer} kính trình xem xét, quyết định.",
            appendices=(_table("Danh sách đề nghị khen thưởng", _full(self.names)),),
        )  # fmt: skip

    def decision(self, proposal: Document | None) -> Body:
        """Write the decision, on the ground of the plan and of the tờ trình if there is one."""
        asked = (_considering(proposal),) if proposal else ()
        law = (_LAW,) if self.letterhead.regime == "state" else ()
        plan = governing_plan(self.campaign)
        ordered = (f"Căn cứ {_cited(plan)}",) if plan else ()
        return replace(
            self._begun(DECISION),
            summary=_matter(DECISION, f"khen thưởng {self._whom()}"),
            bases=(*law, *ordered, *asked),
            opening="",
            sections=(
                Section(level=Level.PART, text=f"Khen thưởng {self.counted} có thành tích tiêu "
                        f"biểu trong đợt khảo sát {self.campaign.name} (có danh sách kèm theo)."),
                Section(level=Level.PART, text=_DOES),
                Section(level=Level.PART, text=_IN_FORCE),
            ),
            recipients=tuple(_recipients(self.names)),
            appendices=(_table("Danh sách được khen thưởng", _short(self.names)),),
        )  # fmt: skip

    @property
    def counted(self) -> str:
        """Give “2 tập thể và 3 cá nhân”."""
        collectives = sum(one.kind == Kind.COLLECTIVE for one in self.names)
        people = len(self.names) - collectives
        said = [f"{n:02} {word}" for n, word in ((collectives, "tập thể"), (people, "cá nhân"))
                if n]  # fmt: skip
        return " và ".join(said)

    def _whom(self) -> str:
        return f"tập thể, cá nhân tiêu biểu trong đợt khảo sát {self.campaign.name}"

    def _begun(self, type_code: str) -> Body:
        empty = templates.find(f"trong_{type_code}")
        assert empty is not None, type_code
        return templates.fill(empty, {}, self.letterhead)

    def _after_plan(self) -> str:
        plan = governing_plan(self.campaign)
        return f"Thực hiện {_cited(plan)}" if plan else "Thực hiện kế hoạch khảo sát"

    def _addressee(self) -> Organisation | None:
        """Give the mass mobilisation body, which considers rewards (D27), unless it is the one."""
        wanted = OrganisationKind.MASS_MOBILISATION
        found = queries.bodies(self.campaign.unit_id)
        others = [one for one in found if one.id != self.letterhead.organisation_id]
        asker = [one for one in others if one.id == self.campaign.organisation_id]
        return next((one for one in others if one.kind == wanted), next(iter(asker), None))


def _matter(type_code: str, what: str) -> str:
    """Write a summary as its type does: “về việc khen thưởng …”."""
    return f"{type_of(type_code).matter_word} {what}".strip()


def _cited(paper: Document) -> str:
    """Cite a document in full, as at its first mention: with its summary too (NĐ 30, Annex I)."""
    name = paper.name if paper.name.startswith("về ") else f"về {paper.name}"
    return f"{compose.citation(paper)} {name}"


def _considering(proposal: Document) -> str:
    """Cite the tờ trình by its number, or by what it is about while it has none."""
    named = _cited(proposal) if proposal.number_text else proposal.title
    return f"Xét đề nghị tại {named}"


def _recipients(names: Sequence[Nomination]) -> Iterator[Recipient]:
    yield Recipient(Party("Như Điều 2"), "")
    seen: set[Party] = set()
    for one in names:
        body = one.organisation or _spokesman(one.unit_id)
        party = Party(body.name, body.id) if body else Party(one.unit.full_name)
        if party not in seen:
            seen.add(party)
            yield Recipient(party, "t/h")


def _spokesman(unit_id: int) -> Organisation | None:
    found = {one.kind: one for one in reversed(queries.bodies(unit_id))}
    return next((found[kind] for kind in _SPOKESMEN if kind in found), None)


def _table(title: str, rows: Iterator[tuple[str, ...]]) -> Appendix:
    text = "\n".join("\t".join(_cell(cell) for cell in row) for row in rows)
    return Appendix(kind=AppendixKind.TABLE, title=title, text=text)


def _cell(text: str) -> str:
    return " ".join(text.replace("\t", " ").split())


def _short(names: Sequence[Nomination]) -> Iterator[tuple[str, ...]]:
    yield "TT", "Tập thể, cá nhân", "Chức vụ, đơn vị"
    for n, one in enumerate(names, 1):
        yield str(n), one.name, _where(one)


def _full(names: Sequence[Nomination]) -> Iterator[tuple[str, ...]]:
    yield "TT", "Tập thể, cá nhân", "Chức vụ, đơn vị", "Thành tích", "Tiêu chí đạt"
    for n, one in enumerate(names, 1):
        yield str(n), one.name, _where(one), one.achievement, _met(one)


def _where(one: Nomination) -> str:
    unit = one.unit.running_name if one.position else one.unit.full_name
    if one.unit.parent is not None and one.unit.level == "commune":
        unit = f"{unit}, {one.unit.parent.running_name}"
    named = one.name == one.unit.full_name
    above = one.unit.parent.full_name if named and one.unit.parent else unit
    return ", ".join(part for part in (one.position, above if named else unit) if part)


def _met(one: Nomination) -> str:
    known = [each for each in criteria.from_json(one.criteria) if each.met != Met.UNKNOWN]
    return f"{sum(each.met == Met.YES for each in known)}/{len(known)}" if known else "–"


_LAW = "Căn cứ Luật Thi đua, khen thưởng ngày 15 tháng 6 năm 2022"
_NEED = (
    "Đợt khảo sát đạt kết quả là nhờ cách làm chủ động, đúng hạn của cơ sở. Việc biểu dương kịp "
    "thời động viên nơi làm tốt và để các nơi khác học tập."
)
_ASKED = (
    "Trên cơ sở kết quả theo dõi, kiểm tra và số liệu trên Cổng Dân chủ cơ sở, đề nghị xem xét, "
    "khen thưởng các tập thể, cá nhân có tên trong danh sách kèm theo."
)
_DOES = (
    "Các cơ quan, đơn vị liên quan và các tập thể, cá nhân có tên trong danh sách chịu trách nhiệm "
    "thi hành Quyết định này."
)
_IN_FORCE = "Quyết định này có hiệu lực kể từ ngày ký."
NO_LETTERHEAD = N_("Cơ quan của đồng chí chưa có thể thức văn bản. Văn thư đặt thể thức trước.")
