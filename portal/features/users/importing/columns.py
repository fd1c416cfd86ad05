"""The columns of a list of accounts, and the words that may stand in them."""

from collections.abc import Iterable, Mapping
from typing import Final, TypeVar

from portal.core.pasting import Column
from portal.core.text import N_, fold
from portal.core.workbook import Column as Wide
from portal.features.org_units.kinds import KIND_LABELS, OrganisationKind
from portal.features.users.pages import DUTY_LABELS, ROLE_LABELS
from portal.policy.roles import Duty, Role

T = TypeVar("T")

COLUMNS: Final = (
    Column("code", N_("Mã đơn vị"), ("mã", "mã xã", "mã ĐVHC"), width="narrow"),
    Column(
        "unit", N_("Đơn vị"),
        ("tên đơn vị", "địa phương", "xã", "phường", "xã, phường", "xã, phường, thị trấn"),
    ),
    Column(
        "body", N_("Cơ quan"), ("tên cơ quan", "tổ chức", "cơ quan, tổ chức", "tên tổ chức"),
        width="wide",
    ),
    Column("kind", N_("Loại cơ quan"), ("loại tổ chức", "loại")),
    Column(
        "name", N_("Tên hiển thị"),
        ("họ tên", "họ và tên", "người giữ chỗ", "cán bộ", "họ tên người giữ chỗ", "tên vị trí"),
    ),
    Column("username", N_("Tên đăng nhập"), ("tài khoản", "tên tài khoản")),
    Column("role", N_("Vai trò"), ("cấp",)),
    Column("duties", N_("Phần việc"), ("nhiệm vụ", "công việc")),
)  # fmt: skip

_WIDTHS: Final = {
    "code": 10, "unit": 26, "body": 38, "kind": 26, "name": 28, "username": 22, "role": 20,
    "duties": 26,
}  # fmt: skip
HEADS: Final = tuple(Wide(column.head, _WIDTHS[column.name]) for column in COLUMNS)
"""Of spreadsheets: what is exported can be pasted again."""


def _words(labels: Mapping[T, str], further: Mapping[T, Iterable[str]]) -> dict[str, T]:
    found = {fold(str(key)): key for key in labels}
    found |= {fold(label): key for key, label in labels.items()}
    return found | {fold(word): key for key, words in further.items() for word in words}


ROLES: Final = _words(ROLE_LABELS, {
    Role.PROVINCE: ("tỉnh",),
    Role.DISTRICT: ("huyện",),
    Role.COMMUNE: ("xã", "phường"),
    Role.YOUTH: ("đoàn", "đoàn thanh niên", "đoàn TN"),
    Role.ADMIN: ("quản trị viên",),
})  # fmt: skip
DUTIES: Final = _words(DUTY_LABELS, {
    Duty.DRAFT: ("soạn", "chuyên viên"),
    Duty.APPROVE: ("duyệt", "ký", "lãnh đạo", "ký duyệt"),
    Duty.CLERK: ("phát hành", "vào số"),
    Duty.INSPECT: ("xem", "chỉ xem"),
})  # fmt: skip
_NAMED: Final[Mapping[OrganisationKind, tuple[str, ...]]] = {
    OrganisationKind.PARTY: (
        "đảng ủy",
        "tỉnh ủy",
        "huyện ủy",
        "thành ủy",
        "thị ủy",
        "quận ủy",
        "cấp ủy",
    ),
    OrganisationKind.STEERING: ("ban chỉ đạo", "bcđ"),
    OrganisationKind.MASS_MOBILISATION: ("ban dân vận", "khối dân vận"),
    OrganisationKind.COMMITTEE: ("ủy ban nhân dân", "ubnd"),
    OrganisationKind.FRONT: ("ủy ban mặt trận", "mặt trận tổ quốc", "ủy ban mttq", "mttq"),
    OrganisationKind.FARMERS: ("hội nông dân", "ban chấp hành hội nông dân"),
    OrganisationKind.YOUTH: ("đoàn thanh niên", "đoàn tncs", "tỉnh đoàn", "huyện đoàn"),
    OrganisationKind.WOMEN: ("hội liên hiệp phụ nữ", "hội phụ nữ", "hội lhpn"),
    OrganisationKind.VETERANS: ("hội cựu chiến binh", "hội ccb"),
    OrganisationKind.TRADE_UNION: ("công đoàn", "liên đoàn lao động"),
    OrganisationKind.ONE_STOP: ("bộ phận một cửa", "bộ phận tiếp nhận", "trung tâm phục vụ hành"),
    OrganisationKind.WORKING_TEAM: ("tổ công tác",),
    OrganisationKind.CULTURE: ("phòng văn hóa", "phòng vh"),
    OrganisationKind.BUREAU: ("văn phòng",),
}
"""How the name of a body of each kind begins."""
KINDS: Final = _words(KIND_LABELS, _NAMED)
_BEGINNINGS: Final = tuple((fold(begin), kind) for kind, all in _NAMED.items() for begin in all)


def kind_of(name: str) -> OrganisationKind | None:
    """Guess the kind of a body from how its name begins."""
    folded = fold(name)
    return next((kind for begin, kind in _BEGINNINGS if folded.startswith(begin)), None)
