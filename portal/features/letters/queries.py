"""Finding letters, always inside what the actor may see."""

from collections.abc import Sequence
from datetime import date

from sqlalchemy import ColumnElement, Select, and_, false, func, or_, select
from sqlalchemy.orm import contains_eager, joinedload, selectinload

from portal.core import clock
from portal.core.database import session
from portal.features.letters.kinds import HidingState, Side, State
from portal.features.letters.models import Hiding, Letter, LetterMessage, LetterOpening, LetterPhoto
from portal.features.mailbox.models import Mailbox
from portal.features.org_units.kinds import OrganisationKind
from portal.features.org_units.models import Organisation, UnitScope
from portal.features.users.models import User
from portal.policy.predicates import Actor
from portal.policy.roles import Duty, Role

_ABOVE = frozenset({Role.PROVINCE, Role.DISTRICT})
_WORKS = frozenset({Duty.DRAFT, Duty.APPROVE, Duty.CLERK})
_OFFICES = (Role.PROVINCE, Role.DISTRICT, Role.COMMUNE)
_FOR_LETTERS = (OrganisationKind.STEERING, OrganisationKind.MASS_MOBILISATION)
_OPEN_HIDINGS = (HidingState.ASKED, HidingState.HIDDEN)
_WITH_NAMES = (
    joinedload(Letter.box).joinedload(Mailbox.organisation),
    joinedload(Letter.unit), joinedload(Letter.reader), joinedload(Letter.assigned_to),
)  # fmt: skip


def visible_to(actor: Actor) -> Select[Letter]:
    """Select the letters of which an actor may see a line at least.

    The same as LETTER_SEE in `policy.table`; a test holds both against each other.
    """
    return select(Letter).where(or_(*ways(actor)))


def ways(actor: Actor) -> list[ColumnElement[bool]]:
    """Give the conditions any of which lets an actor see a line of a letter.

    A list asks for them one by one, so that each goes along an index of its own.
    """
    if actor.role == Role.ADMIN:
        return [false()]
    plain, own = Letter.seal_key_id.is_(None), actor.organisation_id
    found = [Letter.reader_id == own, and_(plain, Letter.assigned_to_id == own), *_by_boxes(own)]
    return [*found, *(_from_above(actor) if actor.role in _ABOVE else [])]


def get_visible(actor: Actor, letter_id: int) -> Letter | None:
    """Give a letter of which the actor may see a line at least, with what its page shows."""
    query = visible_to(actor).where(Letter.id == letter_id)
    return session().scalar(query.options(*_WITH_NAMES))


def waiting(actor: Actor) -> ColumnElement[int]:
    """Count, as a part of a query, the letters that nobody of the actor's body has looked at."""
    return _count(_mine(actor), Letter.state == State.RECEIVED).scalar_subquery()


def _mine(actor: Actor) -> ColumnElement[bool]:
    if actor.role == Role.ADMIN:
        return false()
    own = actor.organisation_id
    return or_(Letter.reader_id == own, Letter.assigned_to_id == own)


def _count(*conditions: ColumnElement[bool]) -> Select[int]:
    return select(func.count(Letter.id)).where(*conditions)


def messages(letter: Letter, today: date | None = None) -> list[LetterMessage]:
    """List the texts of a letter as its readers see them: what its sender adds, from tomorrow."""
    today = today or clock.today()
    query = select(LetterMessage).where(
        LetterMessage.letter_id == letter.id,
        or_(
            LetterMessage.side != Side.SENDER, LetterMessage.number == 0, LetterMessage.day < today
        ),
    )
    return list(session().scalars(query.order_by(LetterMessage.number)))


def answers_shown(letter: Letter) -> list[LetterMessage]:
    """List the answers that the sender of a letter sees, also of the one it was merged into."""
    ids = [letter.id, *([letter.merged_into_id] if letter.merged_into_id else [])]
    query = select(LetterMessage).where(
        LetterMessage.letter_id.in_(ids), LetterMessage.side == Side.OFFICE,
        LetterMessage.approved_on.is_not(None),
    )  # fmt: skip
    return list(session().scalars(query.order_by(LetterMessage.approved_on, LetterMessage.number)))


def photos(letter_id: int) -> list[LetterPhoto]:
    """List the photos of a letter that are still there."""
    query = select(LetterPhoto).where(LetterPhoto.letter_id == letter_id, LetterPhoto.stored != "")
    return list(session().scalars(query.order_by(LetterPhoto.number)))


def openings(letter_id: int) -> list[LetterOpening]:
    """List which bodies have read a letter on which days."""
    query = select(LetterOpening).where(LetterOpening.letter_id == letter_id)
    query = query.options(joinedload(LetterOpening.organisation))
    return list(session().scalars(query.order_by(LetterOpening.day, LetterOpening.organisation_id)))


def opened_by(organisation_id: int, letter_ids: Sequence[int]) -> set[int]:
    """Give which of some letters a body has opened, each on its record."""
    query = select(LetterOpening.letter_id).where(
        LetterOpening.organisation_id == organisation_id, LetterOpening.letter_id.in_(letter_ids)
    )
    return set(session().scalars(query.order_by(LetterOpening.letter_id)))


def merged_into(letter_id: int) -> list[Letter]:
    """List the letters that were merged into one."""
    query = select(Letter).where(Letter.merged_into_id == letter_id, Letter.state == State.MERGED)
    return list(session().scalars(query.order_by(Letter.day, Letter.id)))


def get_hiding(actor: Actor, hiding_id: int) -> Hiding | None:
    """Give a wish to hide a letter that the actor may see."""
    query = select(Hiding).join(Hiding.letter).where(Hiding.id == hiding_id)
    seen = visible_to(actor).with_only_columns(Letter.id)
    return session().scalar(query.where(Letter.id.in_(seen)))


def hiding_of(letter_id: int) -> Hiding | None:
    """Give by what a letter is hidden now."""
    query = select(Hiding).where(Hiding.letter_id == letter_id, Hiding.state == HidingState.HIDDEN)
    return session().scalar(query.order_by(Hiding.id.desc()))


def hidings_to_decide(actor: Actor) -> list[Hiding]:
    """List what the actor's level is asked to hide, the first asked first."""
    if actor.role not in _ABOVE or actor.duties.isdisjoint(_WORKS):
        return []
    query = select(Hiding).where(Hiding.state == HidingState.ASKED, _below(actor))
    return list(session().scalars(query.options(selectinload(Hiding.letter)).order_by(Hiding.id)))


def bodies(letter: Letter) -> Sequence[Organisation]:
    """List the bodies of the box's unit and of the reader's, by name."""
    units = {letter.unit_id, letter.reader.unit_id}
    query = select(Organisation).where(
        Organisation.unit_id.in_(units), Organisation.valid_to.is_(None)
    )
    return session().scalars(query.order_by(Organisation.sort_key, Organisation.id)).all()


def other_readers(letter: Letter) -> list[Organisation]:
    """List the bodies to which a letter can be passed on: where somebody can handle it.

    Those of its unit, and of the units above the ones that are there for such letters.
    """
    above = select(UnitScope.above_id).where(UnitScope.unit_id == letter.unit_id)
    query = select(User).join(User.organisation).options(contains_eager(User.organisation)).where(
        User.active, User.role.in_(_OFFICES), Organisation.valid_to.is_(None),
        Organisation.id != letter.reader_id, Organisation.kind != OrganisationKind.OPERATOR,
        or_(
            Organisation.unit_id == letter.unit_id,
            and_(Organisation.unit_id.in_(above), Organisation.kind.in_(_FOR_LETTERS)),
        ),
    )  # fmt: skip
    rows = session().scalars(query.order_by(Organisation.sort_key, Organisation.id, User.id))
    found = {one.organisation.id: one.organisation for one in rows if one.duties & _WORKS}
    return list(found.values())


def _by_boxes(own: int) -> list[ColumnElement[bool]]:
    """Give what a body sees because of the boxes it runs or reads."""
    rows = session().execute(
        select(Mailbox.id, Mailbox.organisation_id, Mailbox.reader_id, Mailbox.runner_reads)
        .where(or_(Mailbox.organisation_id == own, Mailbox.reader_id == own))
        .order_by(Mailbox.id)
    )
    found: list[ColumnElement[bool]] = []
    for box_id, runner, reader, named in rows:
        here = Letter.box_id == box_id
        if reader == own:
            # The sum keeps the box's own index away: that of sealed letters is far shorter.
            found.append(and_(Letter.box_id + 0 == box_id, Letter.seal_key_id.is_not(None)))
        if runner == own and named:
            still = Letter.read_category.in_(["", *sorted(named)])
            plain = Letter.seal_key_id.is_(None)
            found.append(and_(here, plain, Letter.category.in_(sorted(named)), still))
    return found


def _from_above(actor: Actor) -> list[ColumnElement[bool]]:
    """Give what the levels above see: sealed letters as a line, and what is asked to be hidden."""
    reached = select(UnitScope.unit_id).where(
        UnitScope.above_id == actor.unit_id, UnitScope.unit_id != actor.unit_id
    )
    found = [and_(Letter.seal_key_id.is_not(None), Letter.unit_id.in_(reached))]
    if not actor.duties.isdisjoint(_WORKS):
        asked = select(Hiding.letter_id).where(Hiding.state.in_(_OPEN_HIDINGS), _below(actor))
        found.append(and_(Letter.seal_key_id.is_(None), Letter.id.in_(asked)))
    return found


def _below(actor: Actor) -> ColumnElement[bool]:
    reached = select(UnitScope.unit_id).where(UnitScope.above_id == actor.unit_id)
    return and_(Hiding.unit_id != actor.unit_id, Hiding.unit_id.in_(reached))
