"""The same questionnaire over several campaigns, for one unit of today.

What a unit was made of is added up under it, so that a commune that came into being by a merger
sees its figures from before. A sum is shown only where it follows from what the old campaign shows
anyway (`Territory.is_known`): a page that adds up anew must not be a way to subtract. Communes that
went to several units belong to none of them and are left out by name.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from portal.core import clock
from portal.core.database import session
from portal.features.campaigns import queries as campaigns
from portal.features.campaigns.models import Campaign
from portal.features.org_units import queries as org_units
from portal.features.org_units.models import Level, Unit
from portal.features.questionnaires.definition import Question
from portal.features.surveys import participation, queries, results
from portal.features.surveys.disclosure import Masked
from portal.features.surveys.results import Distribution, Results, Satisfaction
from portal.policy.permissions import Permission
from portal.policy.predicates import Actor
from portal.policy.table import allows


@dataclass(frozen=True)
class Wave:
    """One campaign as today's unit sees it."""

    campaign: Campaign
    results: Results
    node: int
    people: Masked
    left_out: tuple[str, ...]
    """Communes that have since gone to several units."""

    @cached_property
    def figures(self) -> dict[str, Distribution]:
        """Give what may be shown of each question."""
        return {each.question.id: each for each in self.results.distributions(self.node)}

    @property
    def satisfaction(self) -> Satisfaction | None:
        """Give the satisfaction, if it may be shown."""
        return self.results.satisfaction.get(self.node)

    @property
    def made_of(self) -> list[str]:
        """Name the communes that are added up, where it is not one node of the campaign."""
        made_of = self.results.territory.sums.get(self.node, ())
        return [p.full_name for p in self.results.territory.places if p.unit_id in made_of]


@dataclass(frozen=True)
class Compared:
    """One question in every campaign, None where it may not be shown or was another question."""

    number: int
    question: Question
    figures: tuple[Distribution | None, ...]


@dataclass(frozen=True)
class Comparison:
    """The page."""

    unit: Unit
    units: list[Unit]
    """What the reader can choose from: the units of today."""
    waves: list[Wave]
    """The oldest first."""
    campaign: Campaign

    @cached_property
    def questions(self) -> list[Compared]:
        """Give the questions of the form that have a figure somewhere."""
        numbered = enumerate(self.campaign.questionnaire_version.definition.questions, 1)
        found = (
            Compared(number, part, tuple(_same(wave, part) for wave in self.waves))
            for number, question in numbered
            for part in question.parts()
            if part.closed
        )
        return [each for each in found if any(each.figures)]

    @property
    def differing(self) -> bool:
        """Say whether a version of the form asks something otherwise than this one."""
        versions = {wave.campaign.version_id for wave in self.waves}
        return len(versions | {self.campaign.version_id}) > 1


def of(actor: Actor, campaign: Campaign, wanted: int | None) -> Comparison | None:
    """Give the campaigns with the same questionnaire that are over, for one unit.

    Args:
        actor: the reader.
        campaign: one whose results the reader may see.
        wanted: the unit; the reader's own if not given.

    Returns:
        None where the reader may not see the unit.
    """
    unit = org_units.get_visible(actor, wanted or actor.unit_id)
    if unit is None:
        return None
    split = queries.split_since(unit.id)
    found = (_wave(each, unit, split) for each in reversed(alike(actor, campaign)))
    return Comparison(unit, _units(actor), [wave for wave in found if wave], campaign)


def alike(actor: Actor, campaign: Campaign) -> list[Campaign]:
    """List the campaigns with the questionnaire of one, itself included, the latest first.

    Only those that are sealed and whose results the reader may see.
    """
    wanted = campaign.questionnaire_version.questionnaire_id
    return [
        each
        for each in campaigns.listed(actor)
        if each.questionnaire_version.questionnaire_id == wanted
        and each.is_sealed
        and allows(actor, Permission.RESULT_READ, each)
    ]


def _units(actor: Actor) -> list[Unit]:
    present = session().scalars(org_units.matching(actor, valid_on=clock.today()))
    return sorted(present, key=lambda unit: list(Level).index(Level(unit.level)))


def _wave(campaign: Campaign, unit: Unit, split: frozenset[int]) -> Wave | None:
    within = queries.reached(unit.id, campaign.id)
    territory, nodes = queries.seen_by(unit.id, campaign.id)
    nodes = [node for node in nodes if not territory.below(node) & split]
    if not nodes:
        return None
    found = results.of(campaign, territory)
    printed = territory.counts(participation.by_unit(campaign.id)).printed(found.k)
    return Wave(campaign, found, nodes[0], printed[nodes[0]], _names(found, within & split))


def _names(found: Results, units: Iterable[int]) -> tuple[str, ...]:
    return tuple(sorted(found.territory.names[unit] for unit in units))


def _same(wave: Wave, question: Question) -> Distribution | None:
    """Give the figure of a question that was asked in the same words with the same options."""
    figure = wave.figures.get(question.id)
    if figure is None:
        return None
    then = figure.question
    same = then.text == question.text and then.options == question.options
    return figure if same and then.kind == question.kind else None
