"""Adding evidence to what other features hold, and taking a wrong piece off."""

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from typing import Protocol

from sqlalchemy import select

from portal.core import clock
from portal.core import photos as drawing
from portal.core.database import session, write
from portal.core.errors import Invalid
from portal.core.text import N_, clean
from portal.features.audit import services as audit
from portal.features.audit.services import Act
from portal.features.evidence import files, queries
from portal.features.evidence.links import read_links
from portal.features.evidence.models import Evidence, Kind
from portal.workflow.engine import MAX_REASON, REASON_NEEDED, REASON_TOO_LONG

AT_ONCE = 6
MOST = 60
"""As many pieces as one subject can have."""
MAX_CAPTION = 200


class Author(audit.Doer, Protocol):
    """Whoever adds evidence."""

    @property
    def unit_id(self) -> int:
        """The unit of the account."""


class Sent(Protocol):
    """A file as the web gives it."""

    @property
    def filename(self) -> str | None:
        """Its name; empty where nothing was chosen."""

    def read(self, size: int = -1, /) -> bytes:
        """Read from it."""


@dataclass(frozen=True)
class Photo:
    """A photo drawn anew and on the disk, which no row names yet."""

    name: str
    stored: str
    small: str
    width: int
    height: int
    size: int
    sha256: str


@dataclass(frozen=True)
class Subject:
    """What it is evidence of."""

    kind: str
    """As the record calls it: “posting”."""
    id: int
    unit_id: int
    name: str = ""
    """For the record: “Niêm yết tại trụ sở: Kế hoạch”."""


def read_photos(sent: Iterable[Sent | str | None]) -> list[Photo]:
    """Draw what was sent anew and keep it on the disk; slow, so never inside `write()`.

    Args:
        sent: files of a form; places where none was chosen are passed over.

    Returns:
        Photos to be given to `attach`; those that never are go within two days.

    Raises:
        Invalid: one is no photo, too large, or there are too many; under "photos". None is kept.
        NotStored: the disk is full.
    """
    chosen = [one for one in sent if one is not None and not isinstance(one, str) and one.filename]
    if len(chosen) > AT_ONCE:
        raise Invalid({"photos": TOO_MANY}, most=AT_ONCE)
    kept: list[Photo] = []
    try:
        kept.extend(_kept(one) for one in chosen)
    except BaseException:
        discard(kept)
        raise
    return kept


def unless_refused(photos_kept: Sequence[Photo]) -> AbstractContextManager[None]:
    """Take photos off the disk again if the block that writes their rows fails.

    Inside `write()`: a failure of the commit itself takes nothing away (see `Folder.kept`).
    """
    return files.PHOTOS.kept(*_names(photos_kept))


def discard(photos_kept: Iterable[Photo]) -> None:
    """Take photos off the disk that will not be attached."""
    files.PHOTOS.discard(*_names(photos_kept))


def attach(
    author: Author, subject: Subject, photos: Sequence[Photo] = (),
    links: str | Iterable[str] = (), caption: str = "",
) -> list[Evidence]:  # fmt: skip
    """Add photos and links to a subject; what it already has is not added again.

    Joins the `write()` around it, or is one of its own. Whether the author may change the subject
    is for the caller to know.

    Args:
        author: who adds it.
        subject: what it is evidence of.
        photos: from `read_photos`.
        links: addresses, checked here.
        caption: of each photo.

    Returns:
        What was added.

    Raises:
        Invalid: a link cannot be taken ("link"), the caption is too long ("caption"), or the
            subject has too much ("photos").
    """
    addresses, caption = read_links(links), clean(caption)
    if len(caption) > MAX_CAPTION:
        raise Invalid({"caption": N_("Chú thích không quá 200 ký tự.")})
    with write(f"evidence:{subject.kind}:{subject.id}") as current, unless_refused(photos):
        had = _had(subject)
        rows = [
            _row(author, subject, kind=Kind.PHOTO, stored=one.stored, small=one.small,
                 width=one.width, height=one.height, size=one.size, sha256=one.sha256,
                 caption=caption)
            for one in {one.sha256: one for one in photos}.values() if one.sha256 not in had
        ]  # fmt: skip
        rows += [
            _row(author, subject, kind=Kind.LINK, url=url) for url in addresses if url not in had
        ]
        if len(had) + len(rows) > MOST:
            raise Invalid({"photos": FULL}, most=MOST)
        if rows:
            current.add_all(rows)
            current.flush()
            audit.record(author, _act("added", subject, [(one.url or one.sha256) for one in rows]))
    return rows


def remove(author: Author, evidence: Evidence, reason: str) -> None:
    """Take a piece off: its row stays and says who and why, its file and address go.

    Args:
        author: of the unit that added it.
        evidence: what is wrong; twice does no harm.
        reason: why.

    Raises:
        Invalid: no reason, or too long a one; under "reason".
    """
    reason = clean(reason, multiline=True)
    if not reason or len(reason) > MAX_REASON:
        raise Invalid({"reason": REASON_TOO_LONG if reason else REASON_NEEDED})
    gone: tuple[str, ...] = ()
    with write() as current:
        current.refresh(evidence, with_for_update={"of": Evidence})
        if evidence.removed_on is not None:
            return
        gone, what = (evidence.stored, evidence.small), evidence.url or evidence.sha256
        evidence.removed_on, evidence.removed_by = clock.today(), author.display_name
        evidence.removed_why = reason
        evidence.stored = evidence.small = evidence.url = ""
        subject = Subject(evidence.subject_kind, evidence.subject_id, evidence.unit_id)
        audit.record(author, _act("removed", subject, [what], reason))
    files.PHOTOS.discard(*(name for name in gone if name and not queries.is_named(name)))


def _kept(one: Sent) -> Photo:
    name = clean((one.filename or "").replace("\\", "/").rpartition("/")[2])[:100] or "?"
    try:
        drawn = drawing.draw(one.read(drawing.LIMIT + 1))
    except drawing.NotAPhoto as error:
        raise Invalid({"photos": str(error)}, name=name) from error
    stored = files.PHOTOS.store(drawn.large, files.SUFFIX)
    with files.PHOTOS.kept(stored):
        small = files.PHOTOS.store(drawn.small, files.SUFFIX)
    digest = hashlib.sha256(drawn.large).hexdigest()
    return Photo(name, stored, small, drawn.width, drawn.height, len(drawn.large), digest)


def _names(photos_kept: Iterable[Photo]) -> Iterator[str]:
    return (name for one in photos_kept for name in (one.stored, one.small))


def _had(subject: Subject) -> set[str]:
    query = select(Evidence.url, Evidence.sha256).where(
        Evidence.subject_kind == subject.kind, Evidence.subject_id == subject.id,
        Evidence.removed_on.is_(None),
    )  # fmt: skip
    return {url or digest for url, digest in session().execute(query.order_by(Evidence.id))}


def _row(author: Author, subject: Subject, **what: object) -> Evidence:
    return Evidence(
        unit_id=subject.unit_id, from_unit_id=author.unit_id, subject_kind=subject.kind,
        subject_id=subject.id, added_by=author.display_name, added_at=clock.now(), **what,
    )  # fmt: skip


def _act(what: str, subject: Subject, pieces: Sequence[str], reason: str = "") -> Act:
    before, after = ("", ", ".join(pieces)) if what == "added" else (", ".join(pieces), "")
    return Act(
        f"evidence:{what}", subject.kind, subject.id, subject_name=subject.name,
        unit_id=subject.unit_id, reason=reason, changes={"evidence": [before, after]},
    )  # fmt: skip


TOO_MANY = N_("Mỗi lần thêm nhiều nhất %(most)s ảnh.")
FULL = N_("Mục này đã có %(most)s ảnh và đường dẫn, không thêm được nữa.")
