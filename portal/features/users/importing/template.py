"""The table in which accounts are brought: to be filled in, words to choose from beside it."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import zip_longest
from typing import IO, Any, Final

from sqlalchemy import select

from portal.core.database import session
from portal.core.workbook import Column, Sheet, workbook
from portal.features.org_units.existing import exists
from portal.features.org_units.kinds import KIND_LABELS, OrganisationKind
from portal.features.org_units.models import Level, Organisation, Unit
from portal.features.users.importing.columns import HEADS
from portal.features.users.importing.work import usual_duties
from portal.features.users.models import User
from portal.features.users.pages import DUTY_LABELS, ROLE_LABELS
from portal.policy.roles import Role

_WORDS: Final = "Danh mục"
_ROLES: Final = [label for role, label in ROLE_LABELS.items() if role != Role.ADMIN]
_KIND, _ROLE, _LAST_ROW = 3, 6, 5000


def template(stream: IO[bytes], kinds: Sequence[OrganisationKind] = (),
             level: Level = Level.COMMUNE) -> None:  # fmt: skip
    """Write the table.

    Args:
        stream: where to.
        kinds: bodies for which every unit of a level gets a row, unless it has an account there.
        level: of these units.
    """
    with workbook(stream) as book:
        sheet = Sheet(book, "Tài khoản", HEADS)
        for unit, kind, name in _empty_seats(kinds, level):
            duties = usual_duties(kind, unit.level)
            words = ", ".join(label for duty, label in DUTY_LABELS.items() if duty in duties)
            sheet.add([unit.code, unit.full_name, name, KIND_LABELS[kind], "", "", "", words])
        sheet.offer(_KIND, f"='{_WORDS}'!$A$2:$A${len(KIND_LABELS) + 1}", _LAST_ROW)
        sheet.offer(_ROLE, f"='{_WORDS}'!$B$2:$B${len(_ROLES) + 1}", _LAST_ROW)
        _write_words(book)
        _write_units(book)


def _empty_seats(
    kinds: Sequence[OrganisationKind], level: Level
) -> Iterator[tuple[Unit, OrganisationKind, str]]:
    """Go through the bodies that should have somebody: unit, kind, name if it has such a body."""
    bodies: dict[tuple[int, str], list[Organisation]] = {}
    for body in _bodies(kinds):
        bodies.setdefault((body.unit_id, body.kind), []).append(body)
    seated = set(session().scalars(select(User.organisation_id).where(User.active)))
    for unit in _units() if kinds else ():
        for kind in kinds if unit.level == level else ():
            own = bodies.get((unit.id, kind), [])
            for body in own:
                if body.id not in seated:
                    yield unit, kind, body.name
            if not own:
                yield unit, kind, ""


def _bodies(kinds: Sequence[OrganisationKind]) -> Iterable[Organisation]:
    query = select(Organisation).where(Organisation.kind.in_(kinds), exists(Organisation))
    return session().scalars(query.order_by(Organisation.sort_key, Organisation.id))


def _units() -> list[Unit]:
    units = session().scalars(select(Unit).where(exists(Unit)).order_by(Unit.sort_key, Unit.id))
    return sorted(units, key=lambda one: (one.parent.sort_key if one.parent else "", one.sort_key))


def _write_words(book: Any) -> None:  # noqa: ANN401 - xlsxwriter ships no types
    heads = (Column("Loại cơ quan", 38), Column("Vai trò", 26), Column("Phần việc", 24))
    sheet = Sheet(book, _WORDS, heads)
    for row in zip_longest(KIND_LABELS.values(), _ROLES, DUTY_LABELS.values()):
        sheet.add(row)


def _write_units(book: Any) -> None:  # noqa: ANN401
    sheet = Sheet(book, "Mã đơn vị", (Column("Mã đơn vị", 12), Column("Đơn vị", 30),
                                      Column("Thuộc", 50)))  # fmt: skip
    for unit in _units():
        sheet.add([unit.code, unit.full_name, unit.line_above])
    sheet.close()
