"""The page of one opinion."""

from dataclasses import dataclass

from portal.features.consolidation import listing, queries, sources
from portal.features.consolidation.models import Opinion
from portal.features.consolidation.sources import Sources
from portal.features.consultations.models import Comment
from portal.features.regulations.reading import Entry

MOST = 200
"""Comments drawn on a page; all of them stand in the table that is exported."""


@dataclass(frozen=True)
class Detail:
    """What is shown of one opinion."""

    place: str
    """“khoản 2 Điều 7”; "" for the draft as a whole."""
    entry: Entry | None
    sources: Sources
    comments: list[Comment]
    more: int
    """Comments that are not drawn."""
    joined: list[Opinion]
    """Those merged into it."""
    into: Opinion | None


def detail(opinion: Opinion) -> Detail:
    """Give what is shown of an opinion."""
    entry = listing.Map(opinion.consultation, [opinion.key]).entry(opinion.key)
    comments = queries.comments(opinion.id)
    into = queries.of([opinion.merged_into_id]) if opinion.merged_into_id else {}
    return Detail(
        place=entry.place if entry else "", entry=entry,
        sources=sources.of([opinion])[opinion.id], comments=comments[:MOST],
        more=max(0, len(comments) - MOST),
        joined=queries.joined_into([opinion.id]).get(opinion.id, []),
        into=next(iter(into.values()), None),
    )  # fmt: skip
