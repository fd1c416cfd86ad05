"""Results by channel: of the whole campaign, after the close, where no few can be told apart.

Beside the results of communes those of a channel are a second cut through the same answers. Who
subtracts one from the other must not arrive at fewer than k people: if all paper forms came from
one commune, that commune less the paper forms leaves those who scanned the code there. `separable`
looks at every group of 1 to k-1 people that communes and channels make together, and keeps a
question back where the figures would say for certain what one of them chose (docs/adr/0010).
"""

from collections import Counter as Tally
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import chain, combinations

from portal.features.questionnaires.definition import Kind, Question
from portal.features.surveys import participation, queries, results
from portal.features.surveys.channels import Channel
from portal.features.surveys.counting import ANSWERED
from portal.features.surveys.results import Distribution, Results
from portal.features.surveys.territory import WHOLE

Chosen = Mapping[str, int]
"""Option → how often."""
_OTHERS = "\0others"


@dataclass(frozen=True)
class Cut:
    """One question cut by commune and by channel, as far as its figures are known."""

    groups: Sequence[Chosen]
    """What the smallest groups of communes chose whose sums are known."""
    channels: Sequence[Chosen]
    """What those chose who came by each channel."""
    people: Sequence[Sequence[int]]
    """How many of each group came by each channel."""
    asked_of_all: bool = True
    """If not, fewer of these people may have answered the question."""


def separable(cut: Cut, k: int) -> bool:
    """Say whether a question may be shown by channel beside its figures by commune.

    Args:
        cut: the question; each answer chose one option.
        k: the threshold.

    Returns:
        False if for some group of 1 to k-1 people (some communes, some channels) the two cuts
        together say for certain that one of them chose an option, or other than one.
    """
    every = range(len(cut.channels))
    parts = chain.from_iterable(combinations(every, n) for n in range(1, len(every)))
    return not any(_tells(cut, part, k) for part in parts)


def _tells(cut: Cut, part: tuple[int, ...], k: int) -> bool:
    """Say whether something is certain of few people of some communes who came by these channels.

    Communes where nobody or everybody came so are known by themselves and are taken out; what is
    left of both cuts stands in the mixed ones. A few of these chose an option for certain if the
    communes that hold them have more of it than came by all other channels; k - 1 to spare makes
    up for what follows from several options and communes together (tried on every small table).
    """
    within = [sum(people[c] for c in part) for people in cut.people]
    mixed = [i for i, people in enumerate(cut.people) if 0 < within[i] < sum(people)]
    inside = _less(cut, part, (i for i, n in enumerate(within) if n and i not in mixed))
    beside = [c for c in range(len(cut.channels)) if c not in part]
    outside = _less(cut, beside, (i for i, n in enumerate(within) if not n))
    few = [i for i in mixed if within[i] < k or not cut.asked_of_all]
    for option in {option for i in few for option, n in cut.groups[i].items() if n}:
        largest = sorted((cut.groups[i].get(option, 0) for i in few), reverse=True)[: k - 1]
        if sum(largest) + k - 1 > outside[option]:
            return True
    return cut.asked_of_all and any(_narrows(cut.groups[i], inside, within[i]) for i in few)


def _less(cut: Cut, channels: Iterable[int], groups: Iterable[int]) -> Tally[str]:
    """Give what channels chose together, without some groups."""
    found: Tally[str] = Tally()
    for c in channels:
        found.update(cut.channels[c])
    for i in groups:
        found.subtract(cut.groups[i])
    return found


def _narrows(group: Chosen, inside: Tally[str], n: int) -> bool:
    """Say whether few must have chosen an option because group and channels leave no other."""
    for option in group:
        rest = [other for other in group if other != option]
        both = sum(min(group[other], inside[other]) for other in rest)
        alone = min(n, sum(group[other] for other in rest), inside.total() - inside[option])
        if both < alone:
            return True
    return False


@dataclass(frozen=True)
class Separate:
    """One question as those answered it who came by each channel."""

    number: int
    question: Question
    parts: tuple[tuple[Channel, Distribution], ...]


@dataclass(frozen=True)
class ByChannel:
    """The results of a whole campaign by channel."""

    results: Results

    @cached_property
    def people(self) -> dict[Channel, dict[int, int]]:
        """Give how many came by each channel in each unit."""
        found = participation.by_channel(self.results.campaign_id)
        return {channel: found[channel] for channel in Channel if channel in found}

    @cached_property
    def _counted(self) -> dict[str, dict[str, dict[str, int]]]:
        return queries.by_channel(self.results.campaign_id)

    @cached_property
    def _by_unit(self) -> dict[str, dict[int, dict[str, int]]]:
        found: dict[str, dict[int, dict[str, int]]] = defaultdict(lambda: defaultdict(dict))
        for unit, question, option, n in queries.counters(self.results.campaign_id):
            found[question][unit][option] = n
        return found

    @property
    def is_asked(self) -> bool:
        """Say whether there is more than one channel to tell apart, and the campaign is over."""
        return self.results.sealed and len(self.people) > 1

    @cached_property
    def shown(self) -> list[Separate]:
        """Give the questions that may be shown by channel, in order."""
        if not self.is_asked:
            return []
        closed = ((n, q) for n, q in self.results.numbered() if q.closed)
        return [self._separate(n, question) for n, question in closed if self._shows(question)]

    @cached_property
    def kept_back(self) -> list[int]:
        """Give the numbers of the questions that are shown for all together only."""
        shown = {each.question.id for each in self.shown}
        numbered = self.results.numbered()
        return sorted({number for number, q in numbered if q.closed and q.id not in shown})

    def _shows(self, question: Question) -> bool:
        found = self.results
        counts = self._chosen(question)
        if not found.shows(question, WHOLE) or len(counts) < 2:
            return False
        if min(each[ANSWERED] for each in counts.values()) < found.k:
            return False
        return all(separable(cut, found.k) for cut in self._cuts(question, list(counts)))

    def _chosen(self, question: Question) -> dict[Channel, dict[str, int]]:
        counted = {c: self._counted.get(c, {}).get(question.id, {}) for c in self.people}
        return {channel: chosen for channel, chosen in counted.items() if chosen.get(ANSWERED)}

    def _separate(self, number: int, question: Question) -> Separate:
        return Separate(
            number,
            question,
            tuple(
                (channel, results.distribution(number, question, chosen, chosen[ANSWERED]))
                for channel, chosen in self._chosen(question).items()
            ),
        )

    def _cuts(self, question: Question, channels: Sequence[Channel]) -> Iterator[Cut]:
        """Give the cuts that must be safe: where many options can be chosen, one for each."""
        groups = self.results.territory.known_groups(self.results.hidden[question.id])
        by_unit = self._by_unit[question.id]
        people = [[self._came(channel, group) for channel in channels] for group in groups]
        by_group = [_added(by_unit[unit] for unit in group if unit in by_unit) for group in groups]
        by_channel = [_added([self._chosen(question)[channel]]) for channel in channels]
        for option in [o.code for o in question.options] if question.kind == Kind.MULTI else [""]:
            yield Cut(
                [_parted(each, option) for each in by_group],
                [_parted(each, option) for each in by_channel],
                people,
                results.asked_of_all(question),
            )

    def _came(self, channel: Channel, group: Iterable[int]) -> int:
        return sum(self.people[channel].get(unit, 0) for unit in group)


def _added(counts: Iterable[Chosen]) -> Tally[str]:
    found: Tally[str] = Tally()
    for each in counts:
        found.update(each)
    return found


def _parted(counts: Chosen, option: str) -> Chosen:
    """Give the options, or one of several that can be chosen together and all who left it out."""
    if not option:
        return {code: n for code, n in counts.items() if code != ANSWERED and n}
    chosen = counts.get(option, 0)
    return {option: chosen, _OTHERS: counts.get(ANSWERED, 0) - chosen}
