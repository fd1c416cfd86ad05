"""Reading and changing settings; a change is audited."""

from dataclasses import dataclass

from sqlalchemy import select

from portal.core.database import session
from portal.features.settings.models import Setting


@dataclass(frozen=True)
class Installation:
    """Whose portal this is."""

    name: str
    sample: bool


def value(name: str, default: str = "") -> str:
    """Give a stored setting or the default."""
    return session().scalar(select(Setting.value).where(Setting.name == name)) or default


def installation() -> Installation:
    """Give the name of the installation and whether it holds sample data."""
    query = select(Setting.name, Setting.value).where(Setting.name.in_(["name", "sample"]))
    stored = {name: text for name, text in session().execute(query)}
    return Installation(stored.get("name", ""), stored.get("sample") == "1")
