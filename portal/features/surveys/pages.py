"""What the officials' pages about surveys show."""

from dataclasses import dataclass
from functools import cached_property
from itertools import groupby

from portal.features.campaigns import queries as campaigns
from portal.features.campaigns import share
from portal.features.campaigns.models import Campaign, QrCode
from portal.features.campaigns.phase import Phase
from portal.features.campaigns.share import Panel
from portal.features.campaigns.standing import days_left
from portal.features.questionnaires.definition import Question
from portal.features.surveys import participation, queries, results, tasks, turnout
from portal.features.surveys.channel_results import ByChannel
from portal.features.surveys.results import Distribution, Results, Satisfaction
from portal.features.surveys.tasks import Task
from portal.features.surveys.territory import WHOLE, Place
from portal.features.surveys.turnout import Turnout
from portal.policy.predicates import Actor
from portal.policy.roles import Role

TEXTS_A_PAGE = 50
_FIRST = (Phase.BETWEEN, Phase.CLOSED, Phase.READY, Phase.REPORTED)
"""Which campaign stands on the home page when none is open, by phase; draft ones never do."""
_ASKING = frozenset({Phase.OPEN, Phase.READY, Phase.BETWEEN})


MOST_OPEN = 6
"""Open campaigns whose participation the home page reads."""


@dataclass(frozen=True)
class Home:
    """A home page: the week's work, the campaigns that matter most now, the others."""

    tasks: list[Task]
    turnouts: tuple[Turnout, ...]
    """The one that stands in full, then the others that are open."""
    others: list[Campaign]
    listed: list[Campaign]
    """All that the reader may see, cancelled ones apart."""
    code: QrCode | None = None
    """How people of the reader's commune get to the form."""

    @property
    def turnout(self) -> Turnout | None:
        """Give the one that stands in full."""
        return next(iter(self.turnouts), None)

    def invitation(self, base_url: str) -> Panel | None:
        """Give the words that invite the people of the reader's commune, while they may answer."""
        if self.code is None:
            return None
        return share.invitation(self.code, base_url)


def home(actor: Actor) -> Home:
    """Give the home page of an official."""
    listed = [c for c in campaigns.listed(actor) if c.phase != Phase.CANCELLED]
    seen = _on_the_page(actor, listed)
    shown = {turnout.campaign.id for turnout in seen}
    code = _code(actor, seen[0]) if seen else None
    others = [c for c in listed if c.id not in shown]
    return Home(tasks.of(actor, listed, seen), seen, others, listed, code)


def _on_the_page(actor: Actor, listed: list[Campaign]) -> tuple[Turnout, ...]:
    """Give all that are open, the one with most units first; without any the nearest other."""
    asking = sorted((c for c in listed if c.phase == Phase.OPEN), key=days_left)
    rest = sorted((c for c in listed if c.phase in _FIRST), key=lambda c: _FIRST.index(c.phase))
    found = turnout.of_all(actor, asking[:MOST_OPEN] or rest[:1])
    return tuple(sorted(found, key=lambda t: -len(t.cells)))


def _code(actor: Actor, seen: Turnout) -> QrCode | None:
    if actor.role not in {Role.COMMUNE, Role.YOUTH} or seen.phase not in _ASKING:
        return None
    units = [cell.place.unit_id for cell in seen.cells]
    # Whoever came into being by a merger reaches the old communes too; their codes lead nowhere.
    return campaigns.live_code(
        seen.campaign.id, actor.unit_id if actor.unit_id in units else units[0]
    )


@dataclass(frozen=True)
class ResultsPage:
    """The results of one place."""

    results: Results
    node: int
    open_nodes: tuple[int, ...]
    waiting: int = 0
    """Answers of the whole that wait for the fold; they explain why participation shows more."""

    @property
    def about_waiting(self) -> int:
        """Give them in tens, 0 for fewer than ten."""
        return round(self.waiting, -1) if self.waiting >= 10 else 0

    @cached_property
    def by_channel(self) -> ByChannel | None:
        """Give the results by channel, of the whole campaign only."""
        return ByChannel(self.results) if self.node == WHOLE else None

    @cached_property
    def distributions(self) -> list[Distribution]:
        """Give the questions that may be shown here."""
        return self.results.distributions(self.node)

    @cached_property
    def groups(self) -> list[tuple[Distribution, ...]]:
        """Give them question by question: the rows of a matrix stand together."""
        grouped = groupby(self.distributions, key=lambda figure: figure.number)
        return [tuple(figures) for _, figures in grouped]

    @cached_property
    def kept_back(self) -> list[int]:
        """Give the numbers of closed questions of which something may not be shown here."""
        shown = {figure.question.id for figure in self.distributions}
        numbered = self.results.numbered()
        return sorted({number for number, q in numbered if q.closed and q.id not in shown})

    @property
    def people(self) -> int | None:
        """Give on how many answers the page rests: those to the questions that all are asked."""
        return max((figure.answered for figure in self.distributions), default=None)

    @property
    def key(self) -> Distribution | None:
        """Give the distribution behind the headline."""
        question = self.results.key_question
        return next((d for d in self.distributions if d.question is question), None)

    @property
    def headline(self) -> Satisfaction | None:
        """Give the satisfaction here."""
        return self.results.satisfaction.get(self.node)

    @property
    def satisfied(self) -> list[str]:
        """Give what the satisfied said, the milder word first: Hài lòng, Rất hài lòng."""
        question = self.results.key_question
        good = results.best(question) if question else frozenset()
        options = question.options if question else ()
        labelled = sorted((o for o in options if o.code in good), key=lambda o: o.score or 0)
        return [option.label for option in labelled]

    @cached_property
    def districts(self) -> list[tuple[int, str, Satisfaction]]:
        """Give the districts here whose satisfaction may be shown."""
        figures = self.results.satisfaction
        groups = self.results.territory.groups
        open_groups = [g for g in groups if g in self.open_nodes and g != self.node]
        below = self.results.territory.below(self.node)
        inside = [g for g in open_groups if self.results.territory.below(g) <= below]
        if len(inside) < 2:
            return []
        names = self.results.territory.names
        return [(g, names[g], figures[g]) for g in inside if g in figures]

    @cached_property
    def communes(self) -> list[tuple[int, str, str, Satisfaction]]:
        """Give the communes here whose satisfaction may be shown: id, name, district, figure."""
        places = {place.unit_id: place for place in self.asked}
        if len(places) < 2:
            return []
        return [
            (f.node, places[f.node].full_name, places[f.node].group_short, f)
            for f in self.results.funnel()
            if f.node in places
        ]

    @cached_property
    def outliers(self) -> list[tuple[int, str, str, Satisfaction]]:
        """Give the communes that differ from the whole here by more than chance."""
        whole = self.headline
        if whole is None:
            return []
        return [row for row in self.communes if row[3].differs(whole.share)]

    @property
    def small(self) -> int:
        """Count the communes here whose answers to the key question may not be shown."""
        questions = self.results.definition.closed_questions
        question = self.results.key_question or (questions[0] if questions else None)
        if question is None:
            return 0
        return sum(not self.results.is_told(question, place.unit_id) for place in self.asked)

    @cached_property
    def asked(self) -> list[Place]:
        """List the communes that are asked here."""
        return self.results.territory.asked(self.node)


def results_page(actor: Actor, campaign: Campaign, wanted: int | None) -> ResultsPage | None:
    """Give the results of a place.

    Args:
        actor: the reader.
        campaign: one whose results the reader may see.
        wanted: a district or commune; the widest that the reader may see if not given.

    Returns:
        None where the reader may not see the place.
    """
    territory, open_nodes = queries.seen_by(actor.unit_id, campaign.id)
    found = results.of(campaign, territory)
    node = open_nodes[0] if wanted is None and open_nodes else wanted
    if node is None or node not in open_nodes:
        return None
    # Of a part of the campaign it stays untold.
    whole_waits = node == WHOLE and actor.role == Role.PROVINCE and not campaign.is_sealed
    waiting = participation.waiting(campaign.id) if whole_waits else 0
    return ResultsPage(found, node, tuple(open_nodes), waiting)


@dataclass(frozen=True)
class TextsPage:
    """Free texts of one question, in an order that tells nothing."""

    question: Question
    questions: list[Question]
    texts: list[str]
    next_key: str | None


def texts_page(campaign: Campaign, question_id: str | None, after: bytes) -> TextsPage | None:
    """Give a page of free texts; only questions with at least k texts are there.

    Returns:
        None if the campaign is not sealed or there is no such question.
    """
    found = results.of(campaign)
    questions = found.text_questions()
    wanted = [q for q in questions if question_id in {None, q.id}]
    if not wanted:
        return None
    rows = queries.texts_after(campaign.id, wanted[0].id, after, TEXTS_A_PAGE + 1)
    following = rows[TEXTS_A_PAGE - 1][0].hex() if len(rows) > TEXTS_A_PAGE else None
    texts = [text for _, text in rows[:TEXTS_A_PAGE]]
    return TextsPage(wanted[0], questions, texts, following)
