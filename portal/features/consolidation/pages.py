"""The page of one opinion."""

from collections.abc import Sequence
from dataclasses import dataclass

from portal.features.consolidation import listing, queries, sources
from portal.features.consolidation.models import Opinion
from portal.features.consolidation.sources import Sources
from portal.features.consultations.models import Comment
from portal.features.regulations import queries as regulations
from portal.features.regulations import reading
from portal.features.regulations.models import DraftVersion
from portal.features.regulations.reading import Entry

MOST = 200
"""Comments drawn on a page; all of them stand in the table that is exported."""


@dataclass(frozen=True)
class Then:
    """A provision as it read in an older version."""

    number: int
    """Of the version."""
    entry: Entry


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
    hidden: frozenset[int]
    """The opinions whose own comment is hidden: their words are not shown."""
    into: Opinion | None
    then: "Then | None"
    """What the first of them had read, where it reads otherwise now."""

    @property
    def is_hidden(self) -> bool:
        """Say whether nobody whose words may be read says so."""
        return all(one.state == "hidden" for one in self.comments)


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
        hidden=frozenset(one.opinion_id or 0 for one in comments if one.state == "hidden"),
        into=next(iter(into.values()), None), then=_then(opinion, entry, comments),
    )  # fmt: skip


def _then(opinion: Opinion, now: Entry | None, comments: Sequence[Comment]) -> Then | None:
    versions = regulations.given(opinion.consultation.draft_id)
    read = [_version(one, versions) for one in comments]
    first = next((one for one in versions if one.number == min(read, default=0)), None)
    if first is None or first is versions[-1]:
        return None
    was = next((one for one in reading.outline(first) if one.key == opinion.key), None)
    if was is None or (now and (was.heading, was.text) == (now.heading, now.text)):
        return None
    return Then(first.number, was)


def _version(comment: Comment, versions: Sequence[DraftVersion]) -> int:
    """Give the number of the version that a comment speaks of."""
    said = comment.submission
    stood = regulations.stood(versions, comment.day)
    return (said and (said.letter_version or said.sent_version)) or (stood.number if stood else 0)
