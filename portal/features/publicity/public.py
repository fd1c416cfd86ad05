"""The public page of a unit: what is public now, since when and until when, and what was.

A citizen trusts what can be checked, an official accepts what the rules already ask for: so a
content counts as public, its days too, only by channels that something shows – a photo, a link, the
hours of broadcast, or somebody's word where a channel has no link (`judging.is_proven`). What a
unit merely noted is not hidden, since it may hang there all the same and hiding it would wrong the
unit; it stands apart and is called what it is, “đơn vị ghi, chưa có bằng chứng”, without days.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from portal.core import clock
from portal.core.text import search_terms
from portal.features.documents.models import Document
from portal.features.documents.text.masking import HIDDEN, hidden
from portal.features.evidence.models import Evidence
from portal.features.org_units.models import Unit
from portal.features.publicity import judging, queries
from portal.features.publicity.contents import Content
from portal.features.publicity.models import Posting
from portal.features.publicity.pages import Entry, entries
from portal.features.rosters import queries as rosters

MOST_PHOTOS, MOST_LINKS, MOST_PAST, MOST_DOCUMENTS = 4, 6, 20, 8
MOST_NOW = 24


@dataclass(frozen=True)
class Item:
    """One content, by all its channels."""

    content: Content
    title: str
    campaign: str
    entries: tuple[Entry, ...]
    document_id: int | None
    """Of a document that everybody may read."""
    roster_of: int | None
    """The campaign whose duty list of this unit everybody may read."""

    @property
    def proven(self) -> list[Entry]:
        """Give the channels that something shows."""
        return [one for one in self.entries if one.is_proven]

    @property
    def noted(self) -> list[Entry]:
        """Give those of today that nothing shows."""
        return [one for one in self.entries if one.is_running and not one.is_proven]

    @property
    def is_running(self) -> bool:
        """Say whether it is shown to be public today."""
        return any(one.is_running for one in self.proven)

    @property
    def meant(self) -> list[Entry]:
        """Give those by which it is public today; every proven one if it is so no more."""
        return [one for one in self.proven if one.is_running] or self.proven

    @property
    def since(self) -> date:
        """Give the first day."""
        return min(one.posting.from_on for one in self.meant)

    @property
    def until(self) -> date | None:
        """Give the last day; None if one of the channels has none."""
        ends = [one.until for one in self.meant]
        known = [end for end in ends if end]
        return max(known) if len(known) == len(ends) else None

    @property
    def days(self) -> int:
        """Count the days on which it was public until today; those between postings are none."""
        shown = judging.spans([one.posting for one in self.meant], clock.today())
        return sum(span.days for span in shown)

    @property
    def photos(self) -> list[Evidence]:
        """Give a few photos, each once."""
        found = {p.sha256: p for one in self.entries for p in one.evidence if p.is_photo}
        return list(found.values())[:MOST_PHOTOS]

    @property
    def links(self) -> list[str]:
        """Give where it can be read; working groups are not everybody's (as in public papers)."""
        found = dict.fromkeys(e.url for one in self.entries for e in one.evidence if e.url)
        return [url for url in found if HIDDEN not in hidden(url)][:MOST_LINKS]


@dataclass(frozen=True)
class UnitPage:
    """What everybody may see of a unit."""

    unit: Unit
    now: tuple[Item, ...]
    noted: tuple[Item, ...]
    """What the unit says is public today while nothing shows it."""
    past: tuple[Item, ...]
    documents: tuple[Document, ...]


def page(unit_id: int) -> UnitPage | None:
    """Give the public page of a unit; None if there is no such unit."""
    unit = queries.public_unit(unit_id)
    if unit is None:
        return None
    found = entries(queries.shown(unit_id))
    papers = queries.public_documents(unit_id, MOST_DOCUMENTS)
    items = _items(found)
    now = [item for item in items if item.is_running][:MOST_NOW]
    noted = [item for item in items if item.noted and not item.is_running][:MOST_NOW]
    past = [item for item in items if item.proven and not item.is_running][:MOST_PAST]
    return UnitPage(unit, tuple(now), tuple(noted), tuple(past), tuple(papers))


def units(typed: str) -> list[Unit]:
    """List the communes with something public whose name has the typed words."""
    return queries.public_units(search_terms(typed))


def _items(found: Iterable[Entry]) -> list[Item]:
    grouped: dict[tuple[int | None, str, str], list[Entry]] = defaultdict(list)
    for one in found:
        grouped[one.posting.campaign_id, one.posting.object, one.posting.title].append(one)
    return [_item(ones) for ones in grouped.values()]


def _item(ones: list[Entry]) -> Item:
    posting = ones[0].posting
    return Item(
        ones[0].content, ones[0].heading, posting.campaign.name if posting.campaign else "",
        tuple(sorted(ones, key=lambda one: not one.is_running)), _paper(posting),
        _roster(posting),
    )  # fmt: skip


def _roster(posting: Posting) -> int | None:
    if posting.campaign_id is None or posting.object != "roster":
        return None
    found = rosters.public(posting.campaign_id, posting.unit_id)
    return posting.campaign_id if found else None


def _paper(posting: Posting) -> int | None:
    if posting.campaign is not None and posting.object == "plan":
        plan = queries.plan_of(posting.campaign)
        return plan.id if plan else None
    paper = posting.document
    return paper.id if paper and paper.is_public and paper.is_announced else None
