"""Places in two communes of the sample, with figures that are made up."""

from collections.abc import Mapping

from portal.features.audit.services import OPERATOR
from portal.features.org_units import figures, points
from portal.features.org_units.figures import Figures
from portal.features.org_units.kinds import PointKind as Kind
from portal.features.org_units.models import Unit
from portal.features.org_units.points import Described

_FIGURES = {"07207": Figures(8420, 2180), "07576": Figures(17650, 4310)}
_HOMES = {
    "07207": (Kind.GROUP, "Tổ dân phố số {}", (362, 341, 395, 358, 372, 352)),
    "07576": (Kind.VILLAGE, "Thôn {}", (240, 255, 262, 231, 248)),
}
_PLACES = {
    "07207": (
        (Kind.ONE_STOP, "Bộ phận tiếp nhận và trả kết quả phường"),
        (Kind.CULTURAL_HOUSE, "Nhà văn hóa tổ dân phố số 2"),
        (Kind.TEAM, "Tổ dân vận cộng đồng số 1"),
        (Kind.TEAM, "Tổ dân vận cộng đồng số 2"),
    ),
    "07576": ((Kind.ONE_STOP, "Bộ phận tiếp nhận và trả kết quả xã"),),
}


def create(units: Mapping[str, Unit]) -> None:
    """Put points into two communes, and say how many live there."""
    for code, known in _FIGURES.items():
        unit_id = units[code].id
        kind, name, households = _HOMES[code]
        homes = [Described(kind, name.format(n), one) for n, one in enumerate(households, 1)]
        places = [Described(kind, name) for kind, name in _PLACES[code]]
        for described in homes + places:
            points.add(OPERATOR, unit_id, described)
        figures.set_figures(OPERATOR, unit_id, known, Figures(None, None))
