"""What somebody records of publicity, checked field by field before it is stored."""

import re
from dataclasses import dataclass, replace
from datetime import date

from portal.core import clock
from portal.core.database import session
from portal.core.errors import Invalid
from portal.core.text import N_, clean
from portal.features.campaigns import fieldwork
from portal.features.campaigns.models import Campaign
from portal.features.documents.recording import Author
from portal.features.org_units.models import Point
from portal.features.publicity import queries
from portal.features.publicity.contents import CHANNELS, LOUDSPEAKER, is_known

TEXTS = {"title": 300, "place": 300, "note": 1000}
"""How long each may be."""
MOST_HOURS = 12
EARLIEST = date(2000, 1, 1)
_HOUR = re.compile(r"([01]?[0-9]|2[0-3])(?:\s*[:hHgG.]\s*([0-5][0-9])?)?")
TOO_LONG = N_("Mục này quá dài.")
TOO_EARLY = N_("Nội dung này có từ ngày %(day)s. Nếu đúng là đã công khai trước ngày ấy, mời đánh "
               "dấu ở ô bên dưới.")  # fmt: skip
BACKWARDS = N_("Ngày cuối không trước ngày bắt đầu.")


@dataclass(frozen=True)
class NewPosting:
    """What somebody records: one or more contents by one channel."""

    objects: tuple[str, ...]
    channel: str
    from_on: date
    to_on: date | None = None
    place: str = ""
    point_id: int | None = None
    """A point of the commune, whose name is the place."""
    times: str = ""
    told: bool = False
    title: str = ""
    note: str = ""
    document_id: int | None = None
    decided_on: date | None = None
    sure: bool = False
    """It was public before the portal knew of it."""


def checked(author: Author, new: NewPosting, campaign: Campaign | None) -> NewPosting:
    """Give it as it is stored.

    Raises:
        Invalid: by field.
    """
    texts = {
        "title": clean(new.title), "place": clean(new.place),
        "note": clean(new.note, multiline=True),
    }  # fmt: skip
    errors = {name: TOO_LONG for name, text in texts.items() if len(text) > TEXTS[name]}
    errors |= _unknown(new, campaign) | _wrong_days(new)
    if errors:
        raise Invalid(errors)
    known = queries.known_since(campaign, author.unit_id, new.objects)
    if known and new.from_on < known and not new.sure:
        raise Invalid({"from_on": TOO_EARLY}, day=clock.format_date(known))
    if new.point_id is not None:
        texts["place"] = _point(author, new.point_id)
    document_id, decided_on = _document(author, new)
    loud = new.channel == LOUDSPEAKER
    return replace(
        new, objects=tuple(dict.fromkeys(new.objects)), point_id=None,
        to_on=new.to_on or (new.from_on if loud else None),
        times=hours(new.times) if loud else "", document_id=document_id, decided_on=decided_on,
        title=texts["title"], place=texts["place"], note=texts["note"],
    )  # fmt: skip


def _unknown(new: NewPosting, campaign: Campaign | None) -> dict[str, str]:
    wanted = set(fieldwork.of(campaign).objects) if campaign else None
    fits = all(code in wanted if wanted is not None else is_known(code) for code in new.objects)
    errors = {}
    if not new.objects or not fits:
        errors["objects"] = N_("Mời chọn nội dung công khai.")
    if new.channel not in CHANNELS:
        errors["channel"] = N_("Mời chọn hình thức công khai.")
    if campaign is None and not clean(new.title):
        errors["title"] = N_("Mời ghi tên nội dung để người dân nhận ra.")
    return errors


def _wrong_days(new: NewPosting) -> dict[str, str]:
    errors = {}
    if not EARLIEST <= new.from_on <= clock.today():
        errors["from_on"] = N_("Chỉ ghi khi đã công khai: ngày bắt đầu không sau hôm nay.")
    elif new.to_on and new.to_on < new.from_on:
        errors["to_on"] = BACKWARDS
    if new.decided_on and new.decided_on > new.from_on:
        errors["decided_on"] = N_("Ngày của văn bản không sau ngày công khai.")
    return errors


def _point(author: Author, point_id: int) -> str:
    point = session().get(Point, point_id)
    if point is None or point.unit_id != author.unit_id:
        raise Invalid({"point": N_("Mời chọn trong danh sách.")})
    return point.name


def _document(author: Author, new: NewPosting) -> tuple[int | None, date | None]:
    if new.document_id is None:
        return None, new.decided_on
    found = {one.id: one for one in queries.documents_of(author.unit_id)}.get(new.document_id)
    if found is None:
        raise Invalid({"document": N_("Mời chọn trong danh sách.")})
    return found.id, new.decided_on or found.dated_on


def hours(typed: str) -> str:
    """Read hours as people write them: “5h30, 17 giờ” becomes “05:30, 17:00”."""
    parts = re.split(r"[,;/\n]|\bvà\b", clean(typed, multiline=True))
    words = [re.sub(r"\s*gi[ờo]\s*", "h", part.strip()) for part in parts if part.strip()]
    found = [_HOUR.fullmatch(word) for word in words]
    if not all(found) or len(found) > MOST_HOURS:
        raise Invalid({"times": N_("Ghi giờ phát như 5:30, 17:00.")})
    hours = {f"{int(one[1]):02}:{one[2] or '00'}" for one in found if one}
    return ", ".join(sorted(hours))
