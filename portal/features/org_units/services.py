"""Importing units, attaching organisations, and who reaches whom."""

from sqlalchemy import select

from portal.core import clock
from portal.core.database import write
from portal.core.errors import Invalid, Missing, Refused
from portal.core.text import N_, clean, fold, sort_key
from portal.features.audit import services as audit
from portal.features.audit.services import Act
from portal.features.org_units import arrivals
from portal.features.org_units.crosswalk import TWO_TIERS_SINCE, import_crosswalk
from portal.features.org_units.importing import ImportReport, import_units
from portal.features.org_units.kinds import OrganisationKind
from portal.features.org_units.models import Organisation, Unit
from portal.features.org_units.scopes import rebuild_scopes

__all__ = [
    "TWO_TIERS_SINCE", "ImportReport", "add_organisation", "import_crosswalk", "import_units",
    "rebuild_scopes",
]  # fmt: skip


def add_organisation(
    unit_id: int, kind: str, name: str, *, doer: audit.Doer = audit.OPERATOR
) -> Organisation:
    """Attach an organisation to a unit.

    Raises:
        Missing: there is no such unit.
        Invalid: the name is empty or taken at this unit, or the kind unknown.
        Refused: the unit has ended.
    """
    name = clean(name)
    if kind not in set(OrganisationKind):
        raise Invalid({"kind": N_("Chưa chọn loại tổ chức.")})
    if not name or len(name) > 160:
        raise Invalid({"name": N_("Tên tổ chức cần từ 1 đến 160 ký tự.")})
    with write("org_units") as current:
        unit = current.get(Unit, unit_id)
        if unit is None:
            raise Missing
        if unit.valid_to is not None and unit.valid_to < clock.today():
            raise Refused(N_("Đơn vị này đã kết thúc, không thêm tổ chức được nữa."))
        taken = select(Organisation.id).where(
            Organisation.unit_id == unit_id, Organisation.name == name
        )
        if current.scalar(taken) is not None:
            raise Invalid({"name": N_("Đơn vị này đã có tổ chức tên như vậy.")})
        body = Organisation(
            unit_id=unit_id, kind=kind, name=name, sort_key=sort_key(name),
            folded=fold(f"{name} {unit.folded}"),
        )  # fmt: skip
        current.add(body)
        current.flush()
        audit.record(doer, Act(
            "organisation:added", "organisation", body.id, subject_name=name, unit_id=unit_id,
            changes={"kind": [None, kind]},
        ))  # fmt: skip
        arrivals.announce(doer, [unit_id])
        return body
