"""A table of accounts against what there is: what each row will make, or what is wrong with it."""

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Final

from sqlalchemy import select

from portal.core.database import session
from portal.core.pasting import Remark, Row, Table, remark
from portal.core.text import N_, fold, looks_legacy_encoded
from portal.features.org_units.kinds import KIND_LABELS, OrganisationKind
from portal.features.org_units.models import Organisation
from portal.features.org_units.naming import body_name
from portal.features.users.importing import usernames
from portal.features.users.importing.columns import KINDS, kind_of
from portal.features.users.importing.places import (
    Bodies,
    Body,
    Place,
    Places,
    WrongCellError,
    plain,
    wrong,
)
from portal.features.users.importing.seats import NewBody, Seat
from portal.features.users.importing.work import duties_of, role_of
from portal.features.users.models import User
from portal.features.users.services import LONGEST_NAME, USERNAME, USERNAME_RULE
from portal.policy.roles import Role

_LONGEST_BODY: Final = 160
_SHOWN: Final = 3


@dataclass(frozen=True)
class Look:
    """A table with what was found in it."""

    table: Table
    seats: tuple[Seat, ...]
    """Of the rows without a fault."""

    @property
    def bodies(self) -> list[NewBody]:
        """List the organisations to be made, each once."""
        return list({one.body: None for one in self.seats if isinstance(one.body, NewBody)})

    @property
    def idle(self) -> int:
        """Count the seats without a duty."""
        return sum(one.is_idle for one in self.seats)

    @property
    def units(self) -> int:
        """Count the units that get accounts."""
        return len({one.place.id for one in self.seats})


def looked(table: Table) -> Look:
    """Check a table: the rows that are right become seats, the others say which cells are wrong.

    The queries are few, whatever the number of rows. Nothing is written.
    """
    return _Looking(table).run()


@dataclass
class _Said:
    """What is found in one row."""

    faults: dict[str, Remark] = field(default_factory=dict)
    notes: dict[str, Remark] = field(default_factory=dict)


class _Looking:
    """One table being looked at."""

    def __init__(self, table: Table) -> None:
        self.table = table
        self.said: dict[int, _Said] = defaultdict(_Said)
        self.taken = set(session().scalars(select(User.username)))
        self.here: dict[str, int] = {}
        self.seen: dict[tuple[object, str], int] = {}
        self.new: dict[tuple[int, str], NewBody] = {}

    def run(self) -> Look:
        places = self._places()
        unit_ids = {place.id for place in places.values()}
        self.bodies, self.holders = Bodies.load(unit_ids), _holders(unit_ids)
        # Names that are written come first, so that none that is made gets in their way.
        wanted = {row.number: self._username(row) for row in self.table.rows}
        seats = [
            seat
            for row in self.table.rows
            if row.number in places and (seat := self._seat(row, places[row.number], wanted))
        ]
        table = self.table.found(
            {n: said.faults for n, said in self.said.items()},
            {n: said.notes for n, said in self.said.items()},
        )
        right = {row.number for row in table.rows if not row.faults}
        return Look(table, tuple(seat for seat in seats if seat.row in right))

    def _places(self) -> dict[int, Place]:
        places, found = Places.load(), {}
        known: dict[tuple[str, str], Place | WrongCellError] = {}
        for row in self.table.rows:
            key = row.cells["code"], row.cells["unit"]
            if key not in known:
                known[key] = _tried(places, *key)
            one = known[key]
            if isinstance(one, Place):
                found[row.number] = one
            else:
                self.said[row.number].faults[one.column] = one.said
        return found

    def _seat(self, row: Row, place: Place, usernames_wanted: dict[int, str]) -> Seat | None:
        faults = self.said[row.number].faults
        parts: dict[str, object] = {}
        finders: dict[str, Callable[[Row, Place], object]] = {
            "body": self._body,
            "role": lambda row, place: role_of(row, place, parts.get("body")),
            "duties": duties_of,
        }
        for name, find in finders.items():
            try:
                parts[name] = find(row, place)
            except WrongCellError as cell:
                faults[cell.column] = cell.said
        body = parts.get("body")
        if not isinstance(body, Body | NewBody):
            return None
        display_name = self._name(row, body, named=bool(row.cells["username"]))
        if faults:
            return None
        username = usernames_wanted[row.number]
        if not username:
            username = usernames.made(place, body.kind, self.taken)
            self._note(row, "username", N_("sẽ đặt: %(name)s"), name=username)
        role, duties = parts["role"], parts["duties"]
        assert isinstance(role, Role)
        assert isinstance(duties, frozenset)
        seat = Seat(row.number, place, body, display_name, username, role, duties)
        if seat.is_idle:
            self._note(row, "duties", N_("trống: chỉ xem, không soạn, duyệt hay phát hành"))
        return seat

    def _body(self, row: Row, place: Place) -> Body | NewBody:
        name, word = row.cells["body"], row.cells["kind"]
        kind = KINDS.get(fold(word)) if word else None
        if word and kind is None:
            raise wrong("kind", N_("Không có loại cơ quan này; xem tệp mẫu."))
        if not name:
            return self._body_of_kind(row, place, kind)
        body = self.bodies.named(place, name)
        if body is None:
            return self._new_body(row, place, kind or kind_of(name), name)
        if kind and body.kind != kind:
            label = KIND_LABELS[OrganisationKind(body.kind)]
            raise wrong("kind", N_("Cơ quan này đã có, loại là “%(kind)s”."), kind=label)
        return body

    def _body_of_kind(
        self, row: Row, place: Place, kind: OrganisationKind | None
    ) -> Body | NewBody:
        if kind is None:
            raise wrong("body", N_("Chưa ghi cơ quan, hoặc loại cơ quan."))
        found = self.bodies.of_kind(place, kind)
        if len(found) > 1:
            names = ", ".join(body.name for body in found[:_SHOWN])
            raise wrong("body", N_("Ở đây có %(n)s: %(names)s. Xin ghi rõ."), n=len(found),
                        names=names)  # fmt: skip
        if found:
            self._note(row, "body", N_("là %(name)s"), name=found[0].name)
            return found[0]
        if kind == OrganisationKind.OTHER:
            raise wrong("body", N_("Chưa ghi tên cơ quan."))
        return self._new_body(row, place, kind, body_name(kind, place))

    def _new_body(
        self, row: Row, place: Place, kind: OrganisationKind | None, name: str
    ) -> NewBody:
        if kind is None:
            raise wrong("kind", N_("Cơ quan này chưa có. Ghi loại để thêm mới."))
        if len(name) > _LONGEST_BODY:
            raise wrong("body", N_("Tên tổ chức cần từ 1 đến 160 ký tự."))
        body = self.new.setdefault((place.id, plain(name)), NewBody(place, kind, name))
        if body.kind != kind:
            raise wrong("kind", N_("Dòng khác ghi cơ quan này là loại khác."))
        others = self.bodies.of_kind(place, kind)
        if others:
            self._note(row, "body", N_("sẽ thêm mới; ở đây đã có %(name)s"), name=others[0].name)
        elif row.cells["body"]:
            self._note(row, "body", N_("sẽ thêm mới"))
        else:
            self._note(row, "body", N_("sẽ thêm mới: %(name)s"), name=name)
        return body

    def _name(self, row: Row, body: Body | NewBody, *, named: bool) -> str:
        name = row.cells["name"] or body.name
        faults = self.said[row.number].faults
        if len(name) > LONGEST_NAME:
            faults["name"] = remark(N_("Tên hiển thị cần từ 1 đến 120 ký tự."))
        elif not row.cells["name"]:
            self._note(row, "name", N_("theo tên cơ quan"))
        elif looks_legacy_encoded(name):
            self._note(row, "name", N_("có vẻ gõ bằng phông chữ cũ, xin xem lại"))
        if not named:
            self._find_twin(row, body, name)
        return name

    def _find_twin(self, row: Row, body: Body | NewBody, name: str) -> None:
        # Whoever presses twice would else get everybody twice, under names with a 2 behind.
        key = (body.id if isinstance(body, Body) else body, fold(name))
        first = self.seen.setdefault(key, row.line)
        faults = self.said[row.number].faults
        if first != row.line:
            faults["name"] = remark(N_("Trùng dòng %(n)s. Nếu là hai người, ghi tên đăng nhập."),
                                    n=first)  # fmt: skip
        elif key in self.holders:
            faults["name"] = remark(N_("Đã có tài khoản này: %(name)s."), name=self.holders[key])

    def _username(self, row: Row) -> str:
        name = row.cells["username"].lower()
        faults = self.said[row.number].faults
        if not name:
            return ""
        if not USERNAME.fullmatch(name):
            faults["username"] = remark(USERNAME_RULE)
        elif name in self.here:
            faults["username"] = remark(N_("Trùng dòng %(n)s."), n=self.here[name])
        elif name in self.taken:
            faults["username"] = remark(N_("Tên đăng nhập này đã có người dùng."))
        self.here.setdefault(name, row.line)
        self.taken.add(name)
        return name

    def _note(self, row: Row, column: str, message: str, **values: object) -> None:
        self.said[row.number].notes[column] = remark(message, **values)


def _tried(places: Places, code: str, name: str) -> Place | WrongCellError:
    try:
        return places.find(code, name)
    except WrongCellError as cell:
        return cell


def _holders(unit_ids: Iterable[int]) -> dict[tuple[object, str], str]:
    query = (
        select(User.organisation_id, User.display_name, User.username)
        .join(User.organisation)
        .where(User.active, Organisation.unit_id.in_(sorted(unit_ids)))
        .order_by(User.id)
    )
    rows = session().execute(query)
    return {(body_id, fold(shown)): username for body_id, shown, username in rows}
