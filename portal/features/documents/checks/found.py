"""What the rules are given and what they give."""

import hashlib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property

from portal.core.text import fold
from portal.features.documents import deadlines
from portal.features.documents.body import Body, Section, SectionRole
from portal.features.documents.deadlines import Deadline, Kind, Span
from portal.features.documents.formats import DocumentType, Format
from portal.features.documents.text.outline import block


@dataclass(frozen=True)
class Facts:
    """What the rules need to know and the text does not say."""

    today: date
    dated_on: date | None = None
    """The date it bears; None while it has none, then today is taken for it."""
    zalo_links: Mapping[str, str] = field(default_factory=dict)
    """The Zalo groups of other plans: link → the plan's name."""
    front_group: str = ""
    """The group "level:kind" of the issuer's Front committee, for adding it to the recipients."""

    @property
    def day(self) -> date:
        """Give the date it bears or would bear now."""
        return self.dated_on or self.today


@dataclass(frozen=True)
class Fix:
    """A correction for one tap."""

    label: str
    """msgid, with values"""
    apply: Callable[[Body], Body]
    values: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Warning:
    """Something to look at."""

    key: str
    """Its rule and what it is about: the same while the same mistake stands."""
    rule: str
    message: str
    """msgid with values, all of which are text; none is called "text"."""
    values: Mapping[str, str]
    section_id: str = ""
    """The section, or the row of the table of duties; "" if it is about the whole."""
    fix: Fix | None = None


def warning(
    rule: str, message: str, section_id: str = "", fix: Fix | None = None, **values: str
) -> Warning:
    """Make a warning; its key follows from where it stands and what it quotes."""
    about = "\x1f".join((section_id, message, *values.values()))
    digest = hashlib.sha256(about.encode()).hexdigest()[:12]
    return Warning(f"{rule}-{digest}", rule, message, values, section_id, fix)


@dataclass(frozen=True)
class Place:
    """Where words stand: a section, or the deadline of a duty."""

    id: str
    text: str
    role: SectionRole = SectionRole.NONE
    is_duty: bool = False


@dataclass(frozen=True)
class Paper:
    """A document as the rules look at it."""

    body: Body
    kind: DocumentType
    form: Format
    facts: Facts

    @property
    def year(self) -> int:
        """Give the year of days that name none."""
        return self.facts.day.year

    @cached_property
    def places(self) -> tuple[Place, ...]:
        """Give every place that can hold a deadline, in order."""
        sections = (Place(one.id, words(one), one.role) for one in self.body.sections)
        duties = (Place(one.id, one.due, is_duty=True) for one in self.body.duties)
        return (*sections, *duties)

    @cached_property
    def deadlines(self) -> tuple[tuple[Place, Deadline], ...]:
        """Give every deadline of the text with its place."""
        return tuple(
            (place, one)
            for place in self.places
            for one in deadlines.find_all(place.text, self.year)
        )

    @cached_property
    def is_consultation(self) -> bool:
        """Say whether people are asked about a draft (Luật Thực hiện dân chủ ở cơ sở, Art. 25)."""
        if self.body.section(SectionRole.CONSULTATION_WINDOW):
            return True
        summary = fold(self.body.summary)
        return "y kien" in summary and "du thao" in summary

    @cached_property
    def window(self) -> tuple[Place, Span] | None:
        """Give when people are asked: what its section, and all below it, says."""
        for ids in self._blocks():
            found = [
                (place, one) for place, one in self.deadlines
                if place.id in ids and one.kind in _WINDOWS
            ]  # fmt: skip
            spans = [span for _place, one in found for span in one.spans]
            if spans:
                return found[0][0], Span(min(s.first for s in spans), max(s.last for s in spans))
        return None

    def _blocks(self) -> Iterator[set[str]]:
        """Give the sections that may say it, the likeliest first: by role, else by heading."""
        sections = self.body.sections
        marked = [at for at, one in enumerate(sections) if one.role in _ROLES]
        named = [at for at, one in enumerate(sections) if "thoi gian" in fold(_title(one))]
        for at in marked or named:
            yield {one.id for one in block(sections, at)}


def words(section: Section) -> str:
    """Give a section's heading and text."""
    return f"{section.heading}\n{section.text}".strip()


def _title(section: Section) -> str:
    return section.heading or section.text.partition(":")[0]


def rewritten(body: Body, change: Callable[[str], str]) -> Body:
    """Change the words of every section and every deadline."""
    sections = tuple(
        replace(one, heading=change(one.heading), text=change(one.text)) for one in body.sections
    )
    duties = tuple(replace(one, due=change(one.due)) for one in body.duties)
    return replace(body, sections=sections, duties=duties)


_ROLES = frozenset({SectionRole.SURVEY_WINDOW, SectionRole.CONSULTATION_WINDOW})
_WINDOWS = frozenset({Kind.WINDOW, Kind.ROUNDS, Kind.CHOICE, Kind.DAY})
