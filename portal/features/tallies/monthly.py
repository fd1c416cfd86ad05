"""“Bà con góp ý – phường đã làm”: an A4 sheet a month, to hang at the cultural house."""

import json
import re
from dataclasses import asdict, dataclass
from datetime import date, timedelta

import typst

from portal.core import clock, qr, typeset
from portal.features.campaigns.posters import typed_address
from portal.features.campaigns.wording import unit_kind
from portal.features.mailbox import standing
from portal.features.mailbox.models import Mailbox
from portal.features.settings import services as settings
from portal.features.tallies import counting, figures, published
from portal.features.tallies.public import last_day
from portal.features.tallies.published import Steps, stepped

PATH = "hom-thu-cong-khai"
MOST = 24
"""So many answers hang on a wall; the public page has them all."""


@dataclass(frozen=True)
class Told:
    """A letter and its answer."""

    head: str
    text: str
    answer: str


@dataclass(frozen=True)
class Sheet:
    """What the sheet says; every text is printed literally."""

    unit_name: str
    unit_line: str
    unit_kind: str
    """“phường”, as people speak of it."""
    box: str
    month: str
    until: str
    """The day up to which it counts."""
    figures: tuple[tuple[str, str], ...]
    """Number and what it counts."""
    letters: tuple[Told, ...]
    left_out: int
    hidden: str
    """How many were hidden, under the threshold; "" if none."""
    address: str
    qr: str
    runner: str
    sample: bool


def months(box: Mailbox) -> list[date]:
    """List the months of a box that have begun, each by its first day, the latest first."""
    if box.state == standing.State.DRAFT or not box.rounds:
        return []
    first, found = min(clock.today(), box.rounds[-1].last).replace(day=1), []
    while first >= box.rounds[0].first.replace(day=1):
        found.append(first)
        first = (first - timedelta(days=1)).replace(day=1)
    return found


def month_of(box: Mailbox, typed: str) -> date | None:
    """Read a month as an address names it, “2026-11”; None if the box has none such."""
    if not re.fullmatch(r"\d{4}-\d{2}", typed):
        return None
    found = (first for first in months(box) if f"{first:%Y-%m}" == typed)
    return next(found, None)


def sheet(box: Mailbox, first: date, base_url: str) -> Sheet:
    """Give the sheet of a month.

    Args:
        box: the box.
        first: the first day of the month.
        base_url: the configured address of the portal.
    """
    last = min(last_day(first), clock.today() - timedelta(days=1))
    told = published.between(box.id, first, last)
    url = f"{base_url}/{PATH}/{box.code}"
    hidden = published.hidden(box.id, first, last)
    return Sheet(
        unit_name=box.unit.full_name, unit_line=box.unit.line_above,
        unit_kind=unit_kind(box.unit.name, box.unit.full_name), box=box.name,
        month=f"Tháng {first:%m/%Y}", until=clock.format_date(last),
        figures=tuple(_figures(box, first, last, len(told))),
        letters=tuple(_told(one) for one in told[:MOST]), left_out=max(0, len(told) - MOST),
        hidden=_word(stepped(hidden, figures.threshold())) if hidden else "",
        address=typed_address(f"{base_url}/{PATH}", box.code), qr=qr.svg(url),
        runner=box.organisation.name, sample=settings.installation().sample,
    )  # fmt: skip


def draw(given: Sheet) -> bytes:
    """Draw the sheet as a PDF with our own fonts only."""
    return typst.compile(
        typeset.TEMPLATES / "mailbox_month.typ",
        font_paths=typeset.fonts(),
        sys_inputs={"sheet": json.dumps(asdict(given))},
    )


def _figures(box: Mailbox, first: date, last: date, published_n: int) -> list[tuple[str, str]]:
    came = stepped(counting.arrived(box.id, first, last), figures.threshold())
    in_time, late = counting.between(counting.answered_by_day(box.id), first, last)
    return [
        (_word(came), "thư bà con gửi"),
        (_word(stepped(in_time + late, figures.threshold())), "thư được trả lời"),
        (str(published_n), "thư đăng công khai"),
    ]


def _word(steps: Steps) -> str:
    return f"dưới {steps.high + 1}" if steps.is_few else f"{steps.low}–{steps.high}"


def _told(one: published.Published) -> Told:
    head = ", ".join(part for part in (one.category, one.field) if part)
    return Told(head, one.text, one.answer)
