"""What exists today: nobody opens a dissolved body's inbox."""

from sqlalchemy import ColumnElement, and_, or_

from portal.core import clock
from portal.features.org_units.models import Organisation, Point, Unit


def exists(what: type[Unit | Organisation | Point]) -> ColumnElement[bool]:
    """Say that a unit, an organisation or a point exists today (of a table or its alias)."""
    today = clock.today()
    return and_(what.valid_from <= today, or_(what.valid_to.is_(None), what.valid_to >= today))
