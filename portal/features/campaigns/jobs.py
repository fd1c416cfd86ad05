"""Prints of many codes: together in one file, or apart with a folder a district. Made by a job.

Memory stays flat however many codes there are: a few are loaded and drawn at a time, and each
finished file goes straight into the archive on the disk.
"""

import hashlib
import re
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from typing import Any

from portal.core.database import session, write
from portal.core.errors import Missing
from portal.core.exports import Export, new_export
from portal.core.jobs import Job, Kind, Running, enqueue
from portal.features.campaigns import code_queries, share
from portal.features.campaigns.codes import grouped
from portal.features.campaigns.models import Campaign, QrCode
from portal.features.campaigns.posters import FORM_NAMES, Form, Poster, drawn
from portal.features.settings import services as settings

BOOK, ARCHIVE = "poster_book", "poster_zip"
AT_ONCE = 25
"""Codes that are loaded, and files between two steps of the progress bar."""
A_BOOK = 250
"""Pages of one file that holds many codes: typst keeps all of them in memory."""
LONGEST = 80
"""Signs of a place in the name of a file."""


@dataclass(frozen=True)
class Order:
    """What is to be printed: codes of a campaign that one unit reaches, in which forms."""

    campaign_id: int
    below: int
    base_url: str
    """The configured address of the portal; a job has no request to know it from."""
    forms: Sequence[str] = (Form.POSTER,)
    units: Sequence[int] = field(default=())
    """Only at these units and below them; everywhere if none is named."""
    own: bool = True
    points: bool = False

    def codes(self) -> list[str]:
        """List the codes that are meant, in the order of the pages."""
        return code_queries.to_print(
            self.campaign_id, self.below, self.units, own=self.own, points=self.points
        )


def order(kind: str, owner_id: int, campaign: Campaign, wanted: Order) -> Job:
    """Ask for prints; the same wish again, with nothing changed, is the same job.

    Args:
        kind: `BOOK`, one file a form, or `ARCHIVE`, a file for each code and form.
        owner_id: the account that may have the file.
        campaign: whose codes.
        wanted: which of them, in which forms.

    Raises:
        Missing: there is no such code, or no form was chosen.
    """
    codes = wanted.codes()
    if not codes or not wanted.forms:
        raise Missing
    run_key = f"{kind}:{owner_id}:{campaign.id}:{campaign.version}:{_digest(wanted, codes)}"
    total = len(codes) * len(wanted.forms)
    with write("jobs"):
        return enqueue(kind, run_key, asdict(wanted), owner_id=owner_id, total=total)


def _digest(wanted: Order, codes: Sequence[str]) -> str:
    """A code exchanged since makes other prints, though the campaign's version stands."""
    printed = " ".join((wanted.base_url, *sorted(wanted.forms), *codes))
    return hashlib.sha256(printed.encode()).hexdigest()[:16]


@dataclass
class _Press:
    """One order being worked off."""

    running: Running
    wanted: Order
    campaign: Campaign
    codes: Sequence[str]
    done: int = 0

    @classmethod
    def of(cls, running: Running) -> "_Press":
        wanted = _read(running.data)
        campaign = session().get_one(Campaign, wanted.campaign_id)
        return cls(running, wanted, campaign, wanted.codes())

    @property
    def forms(self) -> list[Form]:
        return [form for form in Form if form in self.wanted.forms]

    def posters(self, codes: Sequence[str]) -> Iterator[tuple[QrCode, Poster]]:
        sample = settings.installation().sample
        for few in _few(codes, AT_ONCE):
            for code in code_queries.named(few):
                yield code, share.poster(code, self.wanted.base_url, sample=sample)

    def stepped(self, count: int) -> None:
        before, self.done = self.done, self.done + count
        total = len(self.codes) * len(self.forms)
        if self.done // AT_ONCE > before // AT_ONCE or self.done == total:
            self.running.progress(self.done, total)

    def name(self, suffix: str) -> str:
        what = FORM_NAMES[self.forms[0]] if len(self.forms) == 1 else "In ấn mã QR"
        return f"{what} {self.campaign.name}{suffix}"


def _read(data: Mapping[str, Any]) -> Order:
    return Order(**data)


def _book(running: Running) -> str:
    press = _Press.of(running)
    running.progress(0, len(press.codes) * len(press.forms))
    if len(press.forms) == 1 and len(press.codes) <= A_BOOK:
        with new_export(press.name(".pdf")) as (export, stream):
            stream.write(_part(press, press.forms[0], press.codes))
        return export.to_result()
    return _packed(press, _parts(press))


def _parts(press: _Press) -> Iterator[tuple[str, bytes]]:
    several = len(press.codes) > A_BOOK
    for form in press.forms:
        for number, codes in enumerate(_few(press.codes, A_BOOK), 1):
            part = f" ({number})" if several else ""
            yield f"{FORM_NAMES[form]}{part}.pdf", _part(press, form, codes)


def _part(press: _Press, form: Form, codes: Sequence[str]) -> bytes:
    content = drawn(form, [poster for _, poster in press.posters(codes)])
    press.stepped(len(codes))
    return content


def _archive(running: Running) -> str:
    press = _Press.of(running)
    running.progress(0, len(press.codes) * len(press.forms))
    return _packed(press, _single(press))


def _single(press: _Press) -> Iterator[tuple[str, bytes]]:
    for code, poster in press.posters(press.codes):
        for form in press.forms:
            yield _path(code, form), drawn(form, [poster])
            press.stepped(1)


def _packed(press: _Press, files: Iterator[tuple[str, bytes]]) -> str:
    export: Export
    with (
        new_export(press.name(".zip")) as (export, stream),
        zipfile.ZipFile(stream, "w", zipfile.ZIP_STORED) as archive,
    ):
        for path, content in files:
            archive.writestr(path, content)
    return export.to_result()


def _path(code: QrCode, form: Form) -> str:
    unit, above = code.unit, code.unit.parent
    place = f"{_plain(unit.full_name)} ({unit.code})"
    if code.point:
        # Two names may be cut to the same; no two codes are alike.
        place += f", {_plain(code.point.name)} ({grouped(code.code)})"
    folder = f"{_plain(above.full_name)}/" if above else ""
    return f"{folder}{place} – {FORM_NAMES[form]}.pdf"


def _plain(name: str) -> str:
    return re.sub(r'[\\/:*?"<>|]+', "-", name)[:LONGEST].strip(" .")


def _few(codes: Sequence[str], size: int) -> Iterator[Sequence[str]]:
    return (codes[start : start + size] for start in range(0, len(codes), size))


POSTER_BOOK = Kind(BOOK, _book)
POSTER_ZIP = Kind(ARCHIVE, _archive)
