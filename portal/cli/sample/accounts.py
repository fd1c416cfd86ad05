"""Bodies and accounts of the sample. No account has a person's name; no password is in the code."""

import json
import os
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path

from sqlalchemy import select

from portal.core.database import session
from portal.features.audit.services import OPERATOR
from portal.features.org_units import services as org_units
from portal.features.org_units.kinds import OrganisationKind as Kind
from portal.features.org_units.models import Organisation, Unit
from portal.features.users import passwords
from portal.features.users import services as users
from portal.features.users.models import User
from portal.features.users.services import NewAccount
from portal.policy.roles import Duty, Role
from portal.web.actor import Account

DRAFTER, APPROVER = "tinh.soanthao", "tinh.duyet"

_STEERING = "bcd.tinh"
_ORGANISATIONS: dict[str, tuple[str, Kind, str]] = {
    "bdv.tinh": ("24", Kind.MASS_MOBILISATION, "Ban Dân vận Tỉnh ủy"),
    _STEERING: ("24", Kind.STEERING, "BCĐ thực hiện QCDC tỉnh"),
    "hnd.tinh": ("24", Kind.FARMERS, "Hội Nông dân tỉnh"),
    "van-hanh": ("24", Kind.OPERATOR, "Bộ phận vận hành Cổng"),
    "bcd.tp": ("213", Kind.STEERING, "BCĐ chính quyền thân thiện thành phố Bắc Giang"),
    "bcd.lucngan": ("219", Kind.STEERING, "BCĐ chính quyền thân thiện huyện Lục Ngạn"),
    "danguy.ngoquyen": ("07207", Kind.PARTY, "Đảng ủy phường Ngô Quyền"),
    "tct.ngoquyen": ("07207", Kind.WORKING_TEAM, "Tổ công tác phường Ngô Quyền"),
    "kdv.ngoquyen": ("07207", Kind.MASS_MOBILISATION, "Khối Dân vận phường Ngô Quyền"),
    "doan.ngoquyen": ("07207", Kind.YOUTH, "Đoàn thanh niên phường Ngô Quyền"),
    "vhxh.ngoquyen": ("07207", Kind.CULTURE, "Phòng Văn hóa - Xã hội phường Ngô Quyền"),
    "mattran.ngoquyen": ("07207", Kind.FRONT, "Ủy ban Mặt trận Tổ quốc phường Ngô Quyền"),
    "tct.quyson": ("07576", Kind.WORKING_TEAM, "Tổ công tác xã Quý Sơn"),
    "bcd.thainguyen": ("19", Kind.STEERING, "BCĐ thực hiện QCDC tỉnh Thái Nguyên"),
    "ubnd.backan": ("01843", Kind.COMMITTEE, "Ủy ban nhân dân phường Bắc Kạn"),
}
_ALL = frozenset({Duty.DRAFT, Duty.APPROVE, Duty.CLERK})
_NONE: frozenset[Duty] = frozenset()

# username, display name, role, organisation, duties
_ACCOUNTS: tuple[tuple[str, str, Role, str, frozenset[Duty]], ...] = (
    (DRAFTER, "Soạn thảo mẫu – Ban Dân vận", Role.PROVINCE, _STEERING, frozenset({Duty.DRAFT})),
    (APPROVER, "Lãnh đạo mẫu – BCĐ tỉnh", Role.PROVINCE, _STEERING, frozenset({Duty.APPROVE})),
    ("tinh.vanthu", "Văn thư mẫu – Ban Dân vận", Role.PROVINCE, "bdv.tinh",
     frozenset({Duty.CLERK})),
    ("tinh.kiemtra", "Kiểm tra mẫu – BCĐ tỉnh", Role.PROVINCE, _STEERING,
     frozenset({Duty.INSPECT})),
    ("tinh.hoinongdan", "Cán bộ mẫu – Hội Nông dân tỉnh", Role.PROVINCE, "hnd.tinh", _NONE),
    ("huyen.tpbacgiang", "Cán bộ mẫu – TP Bắc Giang", Role.DISTRICT, "bcd.tp", _ALL),
    ("huyen.lucngan", "Cán bộ mẫu – huyện Lục Ngạn", Role.DISTRICT, "bcd.lucngan", _ALL),
    ("xa.ngoquyen", "Cán bộ mẫu – phường Ngô Quyền", Role.COMMUNE, "tct.ngoquyen", _ALL),
    ("xa.quyson", "Cán bộ mẫu – xã Quý Sơn", Role.COMMUNE, "tct.quyson", _ALL),
    ("doan.ngoquyen", "Đoàn viên mẫu – phường Ngô Quyền", Role.YOUTH, "doan.ngoquyen", _ALL),
    ("doan.xacnhan", "Bí thư mẫu – Đoàn phường Ngô Quyền", Role.YOUTH, "doan.ngoquyen",
     frozenset({Duty.APPROVE})),
    ("xa.danvan", "Cán bộ mẫu – Khối Dân vận phường Ngô Quyền", Role.COMMUNE, "kdv.ngoquyen",
     _ALL),
    ("xa.danvan.duyet", "Trưởng khối mẫu – Khối Dân vận phường Ngô Quyền", Role.COMMUNE,
     "kdv.ngoquyen", frozenset({Duty.APPROVE})),
    ("xa.vhxh", "Cán bộ mẫu – Phòng Văn hóa - Xã hội phường Ngô Quyền", Role.COMMUNE,
     "vhxh.ngoquyen", frozenset({Duty.DRAFT, Duty.CLERK})),
    ("xa.lanhdao", "Lãnh đạo mẫu – phường Ngô Quyền", Role.COMMUNE, "vhxh.ngoquyen",
     frozenset({Duty.APPROVE})),
    ("xa.mattran", "Cán bộ mẫu – Mặt trận Tổ quốc phường Ngô Quyền", Role.COMMUNE,
     "mattran.ngoquyen", frozenset({Duty.DRAFT})),
    ("xa.backan", "Cán bộ mẫu – phường Bắc Kạn", Role.COMMUNE, "ubnd.backan", _ALL),
    ("quantri", "Quản trị mẫu", Role.ADMIN, "van-hanh", _NONE),
)  # fmt: skip


@dataclass(frozen=True)
class DemoAccount:
    """What one needs to sign in to the sample."""

    role: str
    unit: str
    unit_code: str
    username: str
    password: str
    duties: list[str]


def create(units: Mapping[str, Unit], data_dir: Path) -> list[DemoAccount]:
    """Make the bodies and the accounts with random passwords, and keep these in a file."""
    bodies = {
        key: org_units.add_organisation(units[code].id, kind, name)
        for key, (code, kind, name) in _ORGANISATIONS.items()
    }
    made = [
        _create(bodies[body], username, shown, role, duties)
        for username, shown, role, body, duties in _ACCOUNTS
    ]
    _keep(made, _file(data_dir))
    return made


def stored(data_dir: Path) -> list[DemoAccount]:
    """Give the accounts with their passwords; none if this installation has no sample."""
    try:
        return [DemoAccount(**row) for row in json.loads(_file(data_dir).read_text("utf-8"))]
    except FileNotFoundError:
        return []


def acting(username: str) -> Account:
    """Give the account as the services know whoever acts."""
    user = session().scalars(select(User).where(User.username == username)).one()
    return _account(
        user.organisation, user_id=user.id, display_name=user.display_name, username=username,
        role=user.role_kind, duties=user.duties,
    )  # fmt: skip


def operator_for(unit_code: str) -> Account:
    """Give the command line, acting for the steering body of a province without accounts here."""
    query = select(Organisation).join(Unit, Unit.id == Organisation.unit_id)
    body = session().scalars(query.where(Unit.code == unit_code)).one()
    return _account(
        body, user_id=OPERATOR.user_id, display_name=OPERATOR.display_name, username="",
        role=Role.PROVINCE, duties=_ALL,
    )  # fmt: skip


def _account(
    body: Organisation,
    *,
    user_id: int,
    display_name: str,
    username: str,
    role: Role,
    duties: frozenset[Duty],
) -> Account:
    return Account(
        user_id=user_id, display_name=display_name, username=username, role=role,
        duties=duties, unit_id=body.unit_id, unit_name=body.unit.full_name,
        unit_level=body.unit.level, organisation_id=body.id, organisation_name=body.name,
        must_change_password=False, sign_in_id=0, token="",
    )  # fmt: skip


def _create(
    body: Organisation, username: str, shown: str, role: Role, duties: frozenset[Duty]
) -> DemoAccount:
    password = passwords.one_time()
    wanted = NewAccount(username, shown, role, body.id, duties)
    users.create_account(OPERATOR, wanted, password=password)
    return DemoAccount(
        role, body.unit.full_name, body.unit.code, username, password, sorted(duties)
    )


def _file(data_dir: Path) -> Path:
    return data_dir / "secrets" / "demo-accounts.json"


def _keep(made: list[DemoAccount], path: Path) -> None:
    rows = [asdict(account) for account in made]
    descriptor = os.open(path, os.O_CREAT | os.O_WRONLY | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "w", encoding="utf-8") as stream:
        json.dump(rows, stream, ensure_ascii=False, indent=1)
