"""Proposing collectives and people: drafts, and what is kept as they go their way."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from portal.core import clock, people
from portal.core.database import write
from portal.core.errors import Invalid, Refused, Stale
from portal.core.text import N_, clean
from portal.features.audit import services as audit
from portal.features.audit.services import Act
from portal.features.campaigns import fieldwork
from portal.features.campaigns.models import Campaign
from portal.features.documents.recording import Author
from portal.features.evidence import services as evidence
from portal.features.evidence.services import Photo, Subject
from portal.features.nominations import criteria, queries
from portal.features.nominations.models import Kind, Nomination, State
from portal.features.nominations.workflow import LIST_CLOSED, NOMINATION, PROPOSED_ALREADY
from portal.features.org_units.models import Unit
from portal.policy.predicates import Actor

LONGEST = {"name": 150, "position": 200, "achievement": 4000}


@dataclass(frozen=True)
class NominationInput:
    """What somebody enters."""

    kind: str
    organisation_id: int | None
    """A body of the unit; None for the unit as a whole."""
    name: str
    """A person's; a collective has that of its body or its unit."""
    position: str
    achievement: str


def create(
    actor: Author, campaign: Campaign, unit: Unit, given: NominationInput, *,
    photos: Sequence[Photo] = (), links: Sequence[str] = (),
) -> Nomination:  # fmt: skip
    """Begin a draft.

    Args:
        actor: whose unit proposes.
        campaign: announced, and asking for nominations.
        unit: one of `queries.nominable`.
        given: what was entered.
        photos: what shows it, as `evidence.services.read_photos` gives it.
        links: the same elsewhere.

    Raises:
        Invalid: by field; also when the same has been proposed or drafted here already.
        Refused: the campaign asks for no nominations, or its list is closed.
    """
    if not fieldwork.of(campaign).nominations_max:
        raise Refused(NOT_ASKED)
    with write(NOMINATION.name) as current, evidence.unless_refused(photos):
        if queries.is_closed(campaign.id):
            raise Refused(LIST_CLOSED)
        made = Nomination(
            campaign_id=campaign.id, unit_id=unit.id, from_unit_id=actor.unit_id,
            drafted_by_id=actor.user_id, drafted_by=actor.display_name, state=State.DRAFT,
            changed_at=clock.now(),
        )  # fmt: skip
        _fill(made, campaign, unit, given)
        if queries.same(made, actor):
            raise Invalid({"name": PROPOSED_ALREADY})
        current.add(made)
        current.flush()
        _record(actor, "created", made, {"name": ["", made.name]})
        _attach(actor, made, photos, links)
    return made


def edit(
    actor: Author, nomination: Nomination, given: NominationInput, version: int, *,
    photos: Sequence[Photo] = (), links: Sequence[str] = (),
) -> None:  # fmt: skip
    """Change a draft.

    Args:
        actor: who changes it.
        nomination: the draft.
        given: all of it as it should be.
        version: the one that the actor was shown.
        photos: more of what shows it.
        links: the same elsewhere.

    Raises:
        Invalid: by field.
        Refused: it has been proposed meanwhile.
        Stale: somebody else saved first.
    """
    with write(NOMINATION.name) as current, evidence.unless_refused(photos):
        current.refresh(nomination, with_for_update={"of": Nomination})
        if nomination.state != State.DRAFT:
            raise Refused(NO_DRAFT)
        before = {name: getattr(nomination, name) for name in _TEXTS}
        if nomination.version != version:
            raise Stale(STALE, before)
        with current.no_autoflush:
            _fill(nomination, nomination.campaign, nomination.unit, given)
            if queries.same(nomination, actor):
                raise Invalid({"name": PROPOSED_ALREADY})
        nomination.changed_at = clock.now()
        changes = {name: [before[name], getattr(nomination, name)] for name in _TEXTS
                   if before[name] != getattr(nomination, name)}  # fmt: skip
        _record(actor, "edited", nomination, changes)
        _attach(actor, nomination, photos, links)


def again(actor: Author, nomination: Nomination) -> Nomination:
    """Begin a draft with the words of one that was withdrawn or rejected: how one corrects it.

    Raises:
        Invalid, Refused: as `create` says.
    """
    given = NominationInput(
        nomination.kind, nomination.organisation_id, nomination.name, nomination.position,
        nomination.achievement,
    )  # fmt: skip
    return create(actor, nomination.campaign, nomination.unit, given)


def _attach(
    actor: Author, nomination: Nomination, photos: Sequence[Photo], links: Sequence[str]
) -> None:
    subject = Subject("nomination", nomination.id, nomination.unit_id, nomination.name)
    evidence.attach(actor, subject, photos=photos, links=links)


def only_bodies(campaign: Campaign, unit: Unit) -> bool:
    """Say whether of a unit bodies alone can be proposed: it asks, and its other bodies decide."""
    return unit.id == campaign.unit_id


def set_named(actor: Author, nomination: Nomination, *, named: bool) -> None:
    """Leave a name off the public list of those commended, or put it there again.

    Args:
        actor: of the unit that is named, or of the one that proposed.
        nomination: on the list that goes up, or commended.
        named: whether everybody may read it once the decision is issued.

    Raises:
        Refused: it is not on the list.
    """
    with write(NOMINATION.name) as current:
        current.refresh(nomination, with_for_update={"of": Nomination})
        if nomination.state not in {State.SHORTLISTED, State.AWARDED}:
            raise Refused(NOT_LISTED_YET)
        if nomination.unnamed == (not named):
            return
        nomination.unnamed = not named
        _record(actor, "named" if named else "left_unnamed", nomination, {})


def _name_of(nomination: Nomination, typed: str) -> str:
    """Give a person's name as it is kept; capitals that were put right and stand again are meant.

    Raises:
        Invalid: it is no name, or too long a one.
    """
    before = nomination.name if nomination.kind == Kind.PERSON else ""
    try:
        return people.person_name(typed, keep=people.is_retyped(typed, {before}))
    except ValueError as error:
        message = N_("Mời ghi họ và tên.") if str(error) == people.NO_NAME else str(error)
        raise Invalid({"name": message}) from error


def _fill(nomination: Nomination, campaign: Campaign, unit: Unit, given: NominationInput) -> None:
    bodies = {one.id: one for one in queries.bodies(unit.id)}
    body = bodies.get(given.organisation_id or 0)
    texts = {"name": clean(given.name), "position": clean(given.position),
             "achievement": clean(given.achievement, multiline=True)}  # fmt: skip
    if given.kind == Kind.COLLECTIVE:
        texts |= {"name": body.name if body else unit.full_name, "position": ""}
    elif given.kind == Kind.PERSON and len(texts["name"]) <= LONGEST["name"]:
        texts["name"] = _name_of(nomination, given.name)
    errors = {name: TOO_LONG for name, most in LONGEST.items() if len(texts[name]) > most}
    if given.kind not in set(Kind):
        errors["kind"] = NOT_LISTED
    if given.organisation_id and body is None:
        errors["organisation_id"] = NOT_LISTED
    elif body is None and only_bodies(campaign, unit):
        errors["organisation_id"] = ITS_BODIES
    if errors:
        raise Invalid(errors)
    nomination.kind = given.kind
    nomination.organisation_id = body.id if body else None
    for name, text in texts.items():
        setattr(nomination, name, text)


# --- effects of the workflow; `features.registry` binds them


def keep_proposer(nomination: Nomination, actor: Actor, reason: str) -> None:  # noqa: ARG001
    """Keep who proposed it, and when."""
    nomination.proposed_by_id, nomination.proposed_by = actor.user_id, _name(actor)
    nomination.proposed_at = nomination.changed_at = clock.now()


def freeze_criteria(nomination: Nomination, actor: Actor, reason: str) -> None:  # noqa: ARG001
    """Keep what the portal knows at this moment, so that everybody judges by the same."""
    known = criteria.measured(actor, nomination.campaign, [nomination.unit_id])
    nomination.criteria = criteria.to_json(known[nomination.unit_id])


def keep_endorser(nomination: Nomination, actor: Actor, reason: str) -> None:
    """Keep who agreed for the tier between."""
    nomination.endorsed_by = _name(actor)
    keep_reason(nomination, actor, reason)


def keep_reason(nomination: Nomination, actor: Actor, reason: str) -> None:  # noqa: ARG001
    """Keep what was said with it."""
    nomination.note, nomination.changed_at = reason, clock.now()


def _name(actor: Actor) -> str:
    return str(getattr(actor, "display_name", ""))


def _record(
    actor: Author, verb: str, nomination: Nomination, changes: Mapping[str, object]
) -> None:
    audit.record(actor, Act(
        f"nomination:{verb}", "nomination", nomination.id, subject_name=nomination.name,
        unit_id=nomination.unit_id, changes=changes,
    ))  # fmt: skip


_TEXTS = ("kind", "organisation_id", "name", "position", "achievement")
NOT_ASKED = N_("Đợt này không yêu cầu đề cử tập thể, cá nhân tiêu biểu.")
NO_DRAFT = N_("Đề cử này đã gửi đi nên không sửa được; muốn sửa thì rút rồi đề cử lại.")
STALE = N_("Có người vừa lưu đề cử này trước đồng chí.")
TOO_LONG = N_("Mục này quá dài.")
ITS_BODIES = N_(
    "Nơi tổ chức đợt khảo sát không đề cử cả đơn vị mình. Mời chọn một tổ chức; người của tổ chức "
    "ấy không xét đề cử này."
)
NOT_LISTED_YET = N_("Chỉ đề cử trong danh sách trình hoặc đã được khen thưởng mới có ở đó.")
NOT_LISTED = N_("Mời chọn trong danh sách.")
