"""Units of the state's territory and the organisations attached to them.

The tree is data with validity dates: two tiers or three, before and after 1 July 2025.
"""

from datetime import date
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from portal.core.database import Base

BEGINNING = date.min
"""Valid since before the data began (an empty valid_from in the lists)."""


class Level(StrEnum):
    """The tier of a unit."""

    PROVINCE = "province"
    DISTRICT = "district"
    COMMUNE = "commune"


def running_name(full_name: str) -> str:
    """Give a unit's name as it stands within a sentence: “phường Ngô Quyền”."""
    return full_name[:1].lower() + full_name[1:]


class Unit(Base):
    """A province, district or commune during one span of time.

    A code alone does not name a unit: 24 was Bắc Giang until 30/6/2025 and is Bắc Ninh since.
    """

    __tablename__ = "org_units"
    __table_args__ = (
        UniqueConstraint("code", "valid_from"),
        CheckConstraint("level IN ('province', 'district', 'commune')", name="level"),
        CheckConstraint("valid_to IS NULL OR valid_to >= valid_from", name="span"),
        CheckConstraint("population >= 0", name="population"),
        CheckConstraint("households >= 0", name="households"),
        Index(None, "parent_id"),
        Index(None, "folded"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[str]
    name: Mapped[str]
    """Without its kind: Ngô Quyền."""
    full_name: Mapped[str]
    """With its kind: Phường Ngô Quyền."""
    level: Mapped[str]
    parent_id: Mapped[int | None] = mapped_column(ForeignKey("org_units.id"))
    valid_from: Mapped[date] = mapped_column(default=BEGINNING)
    valid_to: Mapped[date | None]
    """The last valid day."""
    source: Mapped[str] = mapped_column(default="")
    population: Mapped[int | None]
    households: Mapped[int | None]
    """Households in the unit; what a survey of households is measured against."""
    folded: Mapped[str]
    sort_key: Mapped[str]

    parent: Mapped["Unit | None"] = relationship(remote_side=[id])

    @property
    def unit_id(self) -> int:
        """Give its own id: the rules ask to which unit a thing belongs."""
        return self.id

    @property
    def running_name(self) -> str:
        """Give the name within a sentence: the kind small, “phường Ngô Quyền”."""
        return running_name(self.full_name)

    @property
    def line_above(self) -> str:
        """Give what it lies in: “thành phố Bắc Giang, tỉnh Bắc Giang”."""
        above, names = self.parent, []
        while above is not None:
            names.append(above.running_name)
            above = above.parent
        return ", ".join(names)


class UnitSuccession(Base):
    """A unit that took over from another (merge, split, change of code)."""

    __tablename__ = "unit_successions"

    unit_id: Mapped[int] = mapped_column(ForeignKey("org_units.id"), primary_key=True)
    successor_id: Mapped[int] = mapped_column(ForeignKey("org_units.id"), primary_key=True)


class UnitScope(Base):
    """Which units a unit reaches: itself, what lies below it, and the predecessors of these.

    Derived from parents and successions by `services.rebuild_scopes`; every scoped query joins it.
    """

    __tablename__ = "unit_scopes"
    __table_args__ = (Index(None, "unit_id", "above_id"), {"sqlite_with_rowid": False})

    above_id: Mapped[int] = mapped_column(ForeignKey("org_units.id"), primary_key=True)
    unit_id: Mapped[int] = mapped_column(ForeignKey("org_units.id"), primary_key=True)


class Organisation(Base):
    """A body at a unit: a committee, an association, a union (DOMAIN 1.2)."""

    __tablename__ = "organisations"
    __table_args__ = (UniqueConstraint("unit_id", "name"), Index(None, "folded"))

    id: Mapped[int] = mapped_column(primary_key=True)
    unit_id: Mapped[int] = mapped_column(ForeignKey("org_units.id"))
    kind: Mapped[str]
    name: Mapped[str]
    valid_from: Mapped[date] = mapped_column(default=BEGINNING)
    valid_to: Mapped[date | None]
    folded: Mapped[str]
    sort_key: Mapped[str]

    unit: Mapped[Unit] = relationship()


class BodyFallback(Base):
    """Who does at a unit what a plan asks of a kind of body that it does not have (DOMAIN R05)."""

    __tablename__ = "body_fallbacks"

    unit_id: Mapped[int] = mapped_column(ForeignKey("org_units.id"), primary_key=True)
    kind: Mapped[str] = mapped_column(primary_key=True)
    """“farmers”; of a tier that a province has nobody of, “district:farmers”."""
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisations.id"))

    unit: Mapped[Unit] = relationship()
    organisation: Mapped[Organisation] = relationship()


class Point(Base):
    """A place below a commune: a village, a cultural house, the one-stop unit, a Zalo team."""

    __tablename__ = "points"
    __table_args__ = (
        UniqueConstraint("unit_id", "name"),
        CheckConstraint("households >= 0", name="households"),
        CheckConstraint("valid_to IS NULL OR valid_to >= valid_from", name="span"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    unit_id: Mapped[int] = mapped_column(ForeignKey("org_units.id"))
    kind: Mapped[str]
    """See `kinds.PointKind`."""
    name: Mapped[str]
    """As people say it: “Tổ dân phố số 3”, “Nhà văn hóa thôn Đồng Cống”."""
    households: Mapped[int | None]
    valid_from: Mapped[date] = mapped_column(default=BEGINNING)
    valid_to: Mapped[date | None]
    folded: Mapped[str]
    sort_key: Mapped[str]

    unit: Mapped[Unit] = relationship()
