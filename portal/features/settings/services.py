"""Reading and changing settings; a change is audited."""

from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from portal.core.database import session, write
from portal.core.errors import Invalid, Stale
from portal.core.text import N_
from portal.features.audit import services as audit
from portal.features.audit.services import Act, Doer
from portal.features.settings.models import Setting
from portal.features.settings.specs import BY_NAME, SPECS


@dataclass(frozen=True)
class Installation:
    """Whose portal this is."""

    name: str
    sample: bool


_KNOWN = "settings"


def _stored() -> Mapping[str, str]:
    """Give all that is stored, read once a transaction: a page asks for many of them."""
    current = session()
    transaction, known = current.info.get(_KNOWN, (None, {}))
    if transaction is None or transaction is not current.get_transaction():
        query = select(Setting.name, Setting.value).order_by(Setting.name)
        known = dict(current.execute(query).all())
        current.info[_KNOWN] = (current.get_transaction(), known)
    return known  # type: ignore[no-any-return]  # info holds anything


def value(name: str, default: str = "") -> str:
    """Give a stored setting or the default."""
    return _stored().get(name) or default


def number(name: str) -> int:
    """Give a setting that is a whole number, KeyError if there is no such setting."""
    return int(value(name, BY_NAME[name].default))


def steps(name: str) -> tuple[int, ...]:
    """Give a setting that is a row of rising numbers."""
    return tuple(int(word) for word in value(name, BY_NAME[name].default).split())


def installation() -> Installation:
    """Give the name of the installation and whether it holds sample data."""
    stored = _stored()
    return Installation(stored.get("name", ""), stored.get("sample") == "1")


def present() -> dict[str, str]:
    """Give every setting an operator may change, as it is in force."""
    stored = _stored()
    return {spec.name: stored.get(spec.name, spec.default) for spec in SPECS}


def version() -> int:
    """Give a number that rises with every change of any of them."""
    query = select(func.coalesce(func.sum(Setting.version), 0)).where(Setting.name.in_(BY_NAME))
    return session().scalar(query) or 0


def change(doer: Doer, wanted: Mapping[str, str], seen_version: int) -> None:
    """Take new values for settings.

    Args:
        doer: who does it.
        wanted: name → text as typed; what is not named stays.
        seen_version: `version()` when the doer looked.

    Raises:
        Invalid: a value cannot be taken.
        Stale: somebody else saved first.
    """
    with write("settings") as current:
        now = present()
        if version() != seen_version:
            raise Stale(N_("Có người vừa sửa thiết lập trước."), {**now, "version": version()})
        for name, text in _read(wanted, now).items():
            if text != now[name]:
                _store(current, name, text)
                audit.record(doer, Act(
                    "setting:changed", "setting", name, subject_name=BY_NAME[name].label,
                    changes={"value": [now[name], text]},
                ))  # fmt: skip


def _read(wanted: Mapping[str, str], now: Mapping[str, str]) -> dict[str, str]:
    taken: dict[str, str] = {}
    errors: dict[str, str] = {}
    for name, text in wanted.items():
        try:
            taken[name] = BY_NAME[name].read(text, now[name])
        except Invalid as invalid:
            errors |= invalid.errors
    if errors:
        raise Invalid(errors)
    return taken


def _store(current: Session, name: str, text: str) -> None:
    current.info.pop(_KNOWN, None)
    setting = current.get(Setting, name)
    if setting is None:
        current.add(Setting(name=name, value=text))
    else:
        setting.value = text
