"""Language and the Vietnamese way of writing dates and numbers."""

from datetime import date, datetime

from flask import Flask, request
from flask_babel import get_locale, gettext

from portal.core import clock
from portal.extensions import babel

LANGUAGES = {"vi": "Tiếng Việt", "en": "English"}
COOKIE = "ngon_ngu"


def language() -> str:
    """Give the language of this request: what the person chose, else Vietnamese."""
    chosen = request.cookies.get(COOKIE, "vi") if request else "vi"
    return chosen if chosen in LANGUAGES else "vi"


def number(value: int) -> str:
    """Write a whole number: 1.234.567 (1,234,567 in English)."""
    return f"{value:,}" if _english() else f"{value:,}".replace(",", ".")


def decimal(value: float, places: int = 1) -> str:
    """Write a number with a decimal comma: 1.234,5."""
    text = f"{value:,.{places}f}"
    return text if _english() else text.translate(str.maketrans(",.", ".,"))


def percent(value: float | None, places: int = 1) -> str:
    """Write a share (0–1) as 83,6%; a dash if there is none."""
    return "–" if value is None else f"{decimal(value * 100, places)}%"


def day(value: date | datetime | None) -> str:
    """Write a day as dd/mm/yyyy, by Vietnam's clock."""
    if value is None:
        return ""
    if isinstance(value, datetime):
        value = value.astimezone(clock.VN).date()
    return clock.format_date(value)


def moment(value: datetime | None) -> str:
    """Write a time as 14:30 dd/mm/yyyy, by Vietnam's clock."""
    return "" if value is None else f"{value.astimezone(clock.VN):%H:%M} {day(value)}"


def translate(text: str | None, /, **values: object) -> str:
    """Translate a text that the domain marked with N_(); its values may have any name."""
    said = gettext(text) if text else ""
    return said % values if values else said


def _english() -> bool:
    return str(get_locale()) == "en"


def register(app: Flask) -> None:
    """Set Babel and the filters up."""
    babel.init_app(app, locale_selector=language, timezone_selector=lambda: "Asia/Ho_Chi_Minh")
    app.jinja_env.filters.update(
        number=number, decimal=decimal, percent=percent, date=day, moment=moment, t=translate
    )
    app.jinja_env.globals.update(languages=LANGUAGES, language=language)
