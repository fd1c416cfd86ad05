"""Results from counters: distributions, satisfaction, what differs by more than chance.

What is hidden is decided once per question over the whole tree, with the form's own threshold, and
is the same for every reader, page and file (DESIGN rule 5). While a campaign is open only questions
that every answer holds are shown: those move by at least k with each fold, whereas of a question
that only some are asked a fold may bring one answer.
"""

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property

from portal.features.campaigns.models import Campaign
from portal.features.questionnaires.definition import Definition, Option, Question
from portal.features.surveys import queries
from portal.features.surveys.statistics import funnel_limits, share, wilson
from portal.features.surveys.territory import WHOLE, NodeCounts, Territory
from portal.features.surveys.threshold import threshold

RARE = 3.09
"""Beyond these limits of the funnel chance alone brings 2 units of 1,000."""


@dataclass(frozen=True)
class Part:
    """One option of a question."""

    option: Option
    count: int
    share: float | None
    """Among those who know; None for the option that stands apart."""


@dataclass(frozen=True)
class Distribution:
    """How a question was answered somewhere."""

    number: int
    question: Question
    answered: int
    parts: tuple[Part, ...]

    @property
    def unknown(self) -> int:
        """Give how many do not know; they enter no rate."""
        return sum(part.count for part in self.parts if part.option.unknown)

    @property
    def rated(self) -> int:
        """Give on how many the shares are based."""
        return self.answered - self.unknown

    @property
    def known(self) -> list[Part]:
        """Give the options that enter the rates."""
        return [part for part in self.parts if not part.option.unknown]


@dataclass(frozen=True)
class Satisfaction:
    """The share of satisfied answers somewhere, with the interval that plausibly holds it."""

    node: int
    good: int
    rated: int
    unknown: int

    @property
    def share(self) -> float:
        """Give the share."""
        return share(self.good, self.rated) or 0.0

    @property
    def interval(self) -> tuple[float, float]:
        """Give the 95 % interval (Wilson)."""
        return wilson(self.good, self.rated)

    def differs(self, mean: float) -> bool:
        """Say whether it lies outside what chance brings around a mean."""
        low, high = funnel_limits(mean, self.rated, RARE)
        return not low <= self.share <= high


@dataclass(frozen=True)
class Results:
    """The figures of one campaign that may be shown now."""

    campaign_id: int
    definition: Definition
    territory: Territory
    k: int
    sealed: bool

    @cached_property
    def _answered(self) -> dict[str, dict[int, int]]:
        return queries.answered(self.campaign_id)

    @cached_property
    def people(self) -> NodeCounts:
        """Give how many answers each node holds, taken from the question that most answered."""
        people: dict[int, int] = {}
        for by_unit in self._answered.values():
            people |= {unit: max(n, people.get(unit, 0)) for unit, n in by_unit.items()}
        return self.territory.counts(people)

    @cached_property
    def hidden(self) -> dict[str, frozenset[int]]:
        """Give for each question the nodes whose figures are kept back."""
        return {question.id: self._hidden(question) for question in self.definition.answered}

    def _hidden(self, question: Question) -> frozenset[int]:
        """Hide what is small, and who of a small unit was not asked at all.

        That nobody in a unit of three was asked a question says what the three answered before
        it. Such a zero is treated as if it were a small number; where that would change what a
        larger node may show, only the whole is shown.
        """
        real = self.territory.counts(self._answered.get(question.id, {}))
        if asked_of_all(question):
            return real.hidden(self.k)
        people = self.people
        silent = {u for u in people.hidden(self.k) if people.leaves.get(u) and not real.leaves[u]}
        taken = self.territory.counts({**real.leaves, **dict.fromkeys(silent, 1)})
        if any(real.totals[node] < self.k <= n for node, n in taken.totals.items()):
            return frozenset(real.totals) - {WHOLE}
        return taken.hidden(self.k)

    def shows(self, question: Question, node: int) -> bool:
        """Say whether a question's figures may be shown somewhere."""
        now = self.sealed or asked_of_all(question)
        enough = self.answered_at(question.id, node) >= self.k
        return now and enough and self.is_told(question, node)

    def is_told(self, question: Question, node: int) -> bool:
        """Say whether the threshold lets a question's figures be shown somewhere."""
        return self.territory.is_told(node, self.hidden[question.id])

    def distributions(self, node: int) -> list[Distribution]:
        """Give the closed questions that may be shown somewhere, in order."""
        chosen = queries.chosen(self.campaign_id, self.territory.below(node))
        return [
            self._distribution(number, question, chosen.get(question.id, {}), node)
            for number, question in self.numbered()
            if question.closed and self.shows(question, node)
        ]

    def text_questions(self) -> list[Question]:
        """Give the open questions whose texts may be read: after the close, from k texts on."""
        enough = (q for q in self.definition.questions if not q.closed)
        if not self.sealed:
            return []
        return [q for q in enough if self.answered_at(q.id, WHOLE) >= self.k]

    def numbered(self) -> list[tuple[int, Question]]:
        """Give the questions with their numbers on the form; rows of a matrix share theirs."""
        numbered = enumerate(self.definition.questions, 1)
        return [(number, part) for number, question in numbered for part in question.parts()]

    def answered_at(self, question: str, node: int) -> int:
        """Give how many answered a question somewhere (not masked)."""
        by_unit = self._answered.get(question, {})
        return sum(by_unit.get(unit, 0) for unit in self.territory.below(node))

    def _distribution(
        self, number: int, question: Question, chosen: Mapping[str, int], node: int
    ) -> Distribution:
        return distribution(number, question, chosen, self.answered_at(question.id, node))

    @cached_property
    def key_question(self) -> Question | None:
        """Give the question that stands for the whole, if the form names one with a scale."""
        named = (q for q in self.definition.answered if q.id == self.definition.key_question)
        found = next(named, None)
        return found if found and best(found) else None

    @cached_property
    def satisfaction(self) -> dict[int, Satisfaction]:
        """Give the satisfaction of every node where it may be shown."""
        question = self.key_question
        if question is None:
            return {}
        by_unit = queries.chosen_by_unit(self.campaign_id, question.id)
        found = {
            node: satisfaction(
                node, question, (by_unit[u] for u in self.territory.below(node) if u in by_unit)
            )
            for node in {**self.territory.parents, **dict.fromkeys(self.territory.sums)}
            if self.shows(question, node)
        }
        return {node: figure for node, figure in found.items() if figure.rated >= self.k}

    def funnel(self) -> list[Satisfaction]:
        """List the communes where satisfaction may be shown, in the order of the territory."""
        places = (place.unit_id for place in self.territory.asked(WHOLE))
        return [self.satisfaction[unit] for unit in places if unit in self.satisfaction]

    @property
    def mean(self) -> float | None:
        """Give the satisfaction of the whole."""
        whole = self.satisfaction.get(WHOLE)
        return whole.share if whole else None


def of(campaign: Campaign, territory: Territory | None = None) -> Results:
    """Give the results of a campaign as they stand.

    Args:
        campaign: the campaign.
        territory: where it asks, as a reader sees it, if that has been looked up.
    """
    definition = campaign.questionnaire_version.definition
    return Results(
        campaign.id, definition, territory or queries.territory(campaign.id),
        threshold(definition), campaign.is_sealed,
    )  # fmt: skip


def asked_of_all(question: Question) -> bool:
    """Say whether every answer holds this question."""
    return question.required and not question.show_if


def best(question: Question) -> frozenset[str]:
    """Give the options that count as satisfied: the better half of a scale, without its middle.

    Two of five or four, one of three or two; none for a question whose options have no scores.
    """
    scored = [option for option in question.options if option.score is not None]
    scored.sort(key=lambda option: option.score or 0, reverse=True)
    return frozenset(option.code for option in scored[: len(scored) // 2])


def distribution(
    number: int, question: Question, chosen: Mapping[str, int], answered: int
) -> Distribution:
    """Give how a question was answered, every option of the form included."""
    unknown = sum(chosen.get(option.code, 0) for option in question.options if option.unknown)
    rated = answered - unknown
    parts = tuple(
        Part(option, n, None if option.unknown else share(n, rated))
        for option in question.options
        for n in (chosen.get(option.code, 0),)
    )
    return Distribution(number, question, answered, parts)


def satisfaction(
    node: int, question: Question, counts: Iterable[Mapping[str, int]]
) -> Satisfaction:
    """Add up the satisfied answers of some units."""
    satisfied = best(question)
    scored = {option.code for option in question.options if option.score is not None}
    good = rated = total = 0
    for chosen in counts:
        good += sum(chosen.get(code, 0) for code in satisfied)
        rated += sum(chosen.get(code, 0) for code in scored)
        total += sum(chosen.values())
    return Satisfaction(node, good, rated, total - rated)


def digest(campaign_id: int) -> str:
    """Give the digest of all counters of a campaign; after the seal it never changes.

    It is computed from the counters in their order, so that anybody with the table can repeat it.
    """
    content = json.dumps(queries.counters(campaign_id), separators=(",", ":"))
    return hashlib.sha256(content.encode()).hexdigest()
