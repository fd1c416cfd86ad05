"""What the pages of drafts show."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

from portal.core.text import N_, fold
from portal.features.regulations import difference, faults, queries, reading
from portal.features.regulations.difference import Change
from portal.features.regulations.faults import Fault
from portal.features.regulations.matching import SURE, Matcher
from portal.features.regulations.models import (
    Draft,
    DraftPaper,
    DraftVersion,
    Level,
    VersionState,
)
from portal.features.regulations.reading import Entry
from portal.policy.permissions import Permission
from portal.policy.predicates import Actor
from portal.policy.table import allows

_PARTS, _APPENDICES = N_("phần"), N_("phụ lục")
LEVEL_WORDS: Mapping[str, str] = {
    Level.CHAPTER: N_("chương"),
    Level.SECTION: N_("mục"),
    Level.ARTICLE: N_("điều"),
    Level.CLAUSE: N_("khoản"),
    Level.POINT: N_("điểm"),
}
"""Of counts: “4 chương, 25 điều”."""


@dataclass(frozen=True)
class Row:
    """A draft in the list."""

    draft: Draft
    published: DraftVersion | None
    in_work: DraftVersion | None


@dataclass(frozen=True)
class DraftPage:
    """One draft: its versions, and what goes with it."""

    draft: Draft
    versions: Sequence[DraftVersion]
    """The latest first."""
    published: DraftVersion | None
    in_work: DraftVersion | None
    papers: Sequence[DraftPaper]
    may_edit: bool
    may_publish: bool

    @property
    def current(self) -> DraftVersion | None:
        """Give the version to read: what is published, else what is in work."""
        return self.published or self.in_work


@dataclass(frozen=True)
class VersionPage:
    """One version as it is read or corrected."""

    version: DraftVersion
    entries: Sequence[Entry]
    faults: Sequence[Fault]
    others: Sequence[DraftVersion]
    """The versions before it, the latest first."""
    may_edit: bool
    may_publish: bool

    @property
    def counts(self) -> list[tuple[str, int]]:
        """Count the provisions of each level that there are, with their words."""
        found = Counter(map(_counted_as, self.entries))
        words = (_PARTS, *LEVEL_WORDS.values(), _APPENDICES)
        return [(word, found[word]) for word in words if found[word]]

    def contents(self) -> list[Entry]:
        """Give what stands in the table of contents."""
        return [one for one in self.entries if one.level not in {Level.CLAUSE, Level.POINT}]


def _counted_as(entry: Entry) -> str:
    """Give the word for a provision; parts and appendices are chapters without a number."""
    if entry.level is not Level.CHAPTER or entry.number:
        return LEVEL_WORDS[entry.level]
    return _PARTS if fold(entry.label).startswith("phan ") else _APPENDICES


@dataclass(frozen=True)
class Matched:
    """A provision of a version and the one of the version before that it was, or may have been."""

    entry: Entry
    before: Entry | None
    choices: Sequence[Entry]
    """Which others it may have been: nobody's else."""
    is_sure: bool


@dataclass(frozen=True)
class MatchPage:
    """Which provisions of a version are which of the one before."""

    version: DraftVersion
    before: DraftVersion
    rows: Sequence[Matched]
    """What a person should look at."""
    kept: int
    """How many stayed what and where they were."""
    gone: Sequence[Entry]


def listing(actor: Actor) -> list[Row]:
    """List the drafts that an account may see."""
    rows = []
    for draft in queries.listed(actor):
        at_home = draft.unit_id == actor.unit_id
        rows.append(
            Row(draft, queries.published(draft.id), queries.in_work(draft.id) if at_home else None)
        )
    return rows


def detail(actor: Actor, draft: Draft) -> DraftPage:
    """Give the page of a draft; versions in work are no matter of other units."""
    at_home = draft.unit_id == actor.unit_id
    versions = [
        one
        for one in reversed(queries.versions(draft.id))
        if at_home or one.state == VersionState.PUBLISHED
    ]
    return DraftPage(
        draft, versions, queries.published(draft.id),
        queries.in_work(draft.id) if at_home else None, queries.papers(draft.id),
        may_edit=allows(actor, Permission.DRAFT_EDIT, draft),
        may_publish=allows(actor, Permission.DRAFT_PUBLISH, draft),
    )  # fmt: skip


def version_page(actor: Actor, version: DraftVersion) -> VersionPage:
    """Give the page of a version."""
    entries = reading.outline(version)
    is_open = version.state == VersionState.DRAFT
    before = [one for one in queries.versions(version.draft_id) if one.number < version.number]
    return VersionPage(
        version, entries, faults.found(entries) if is_open else (), before[::-1],
        may_edit=is_open and allows(actor, Permission.DRAFT_EDIT, version),
        may_publish=is_open and allows(actor, Permission.DRAFT_PUBLISH, version),
    )  # fmt: skip


def before(version: DraftVersion, number: int | None = None) -> DraftVersion | None:
    """Give the version with which one is compared: a chosen one, else the one before it."""
    earlier = [one for one in queries.versions(version.draft_id) if one.number < version.number]
    chosen = next((one for one in earlier if one.number == number), None)
    return chosen or (earlier[-1] if earlier else None)


def changes(version: DraftVersion, earlier: DraftVersion) -> list[Change]:
    """List what is different between two versions, provision by provision."""
    found = difference.compare(reading.outline(earlier), reading.outline(version))
    return [one for one in found if one.kind != "same"]


def by_article(found: Sequence[Change]) -> list[tuple[str, list[Change]]]:
    """Put changes together by the article they lie in; each group with the article's key."""
    return [(key, list(group)) for key, group in groupby(found, lambda one: one.entry.article)]


def match_page(version: DraftVersion, earlier: DraftVersion) -> MatchPage:
    """Give the page on which somebody confirms what was what."""
    old, new = reading.outline(earlier), reading.outline(version)
    known = {one.key: one for one in old}
    free = [one for one in old if one.key not in {each.key for each in new}]
    matcher = Matcher.of(old, new)
    rows, kept = [], 0
    for entry in new:
        was = known.get(entry.key)
        sure = was is not None and matcher.score(was, entry) >= SURE
        if was is not None and sure and was.place == entry.place:
            kept += 1
            continue
        if was is not None and sure and (was.number, was.parent) == (entry.number, entry.parent):
            kept += 1  # it only went along with what it lies in
            continue
        alike = [one for one in free if one.level is entry.level]
        rows.append(Matched(entry, was, alike, is_sure=sure))
    return MatchPage(version, earlier, rows, kept, free)


def lost(version: DraftVersion) -> int:
    """Count the provisions that people read now and this version no longer has."""
    latest = queries.published(version.draft_id)
    known = set(queries.keys(latest.id)) if latest else set()
    return len(known - set(queries.keys(version.id)))
