"""Making drafts and their versions: read in, and corrected."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace

from sqlalchemy.orm.attributes import flag_modified

from portal.core.database import write
from portal.core.errors import Forbidden, Invalid, Refused, Stale
from portal.core.text import N_, clean
from portal.features.documents.files import Upload
from portal.features.documents.recording import Author
from portal.features.regulations import matching, queries, reading
from portal.features.regulations.files import DRAFTS
from portal.features.regulations.models import Draft, DraftVersion, VersionState
from portal.features.regulations.parsing import Part, Reading
from portal.features.regulations.rows import (
    FROZEN,
    LONGEST_PREAMBLE,
    about,
    cleaned,
    may_edit,
    parts_of,
    record,
    store,
)
from portal.features.regulations.rows import errors as faulty
from portal.policy.permissions import Permission
from portal.policy.table import allows

LONGEST_TITLE = 300


def create(author: Author, title: str, read: Reading, upload: Upload | None = None) -> DraftVersion:
    """Set up a draft of the author's body, with its first version.

    Args:
        author: who drafts.
        title: “Quy chế thực hiện dân chủ trên địa bàn phường …”.
        read: what was recognised.
        upload: the file it was read from.

    Raises:
        Invalid: under "title".
        Forbidden: the author may not.
        NotStored: the file cannot be kept.
    """
    title = checked_title(title)
    if not allows(author, Permission.DRAFT_CREATE):
        raise Forbidden
    stored = DRAFTS.store(upload.data, upload.suffix) if upload else ""
    with write() as current, DRAFTS.kept(stored):
        draft = Draft(unit_id=author.unit_id, organisation_id=author.organisation_id, title=title)
        current.add(draft)
        current.flush()
        record(author, draft, "created")
        return _add(author, draft, read, upload, stored)


def rename(author: Author, draft: Draft, title: str, seen: int) -> None:
    """Change the title of a draft.

    Raises:
        Invalid: under "title".
        Forbidden: the author may not.
        Stale: somebody else saved first.
    """
    title, before = checked_title(title), draft.title
    may_edit(author, draft)
    with write(f"regulation:{draft.id}"):
        if draft.version != seen:
            raise Stale(CHANGED, {"title": draft.title})
        draft.title = title
        record(author, draft, "renamed", {"name": [before, title]})


def begin(
    author: Author, draft: Draft, read: Reading | None, upload: Upload | None = None
) -> DraftVersion:
    """Begin another version of a draft; its provisions keep the keys of those they were before.

    Args:
        author: of the body that drafts.
        draft: the draft.
        read: what was recognised; None to begin with a copy of the last version.
        upload: the file it was read from.

    Raises:
        Forbidden: the author may not.
        Refused: a version is being prepared already.
        NotStored: the file cannot be kept.
    """
    may_edit(author, draft)
    latest, copied = next(reversed(queries.versions(draft.id)), None), read is None
    if read is None:
        if latest is None:
            raise Refused(NOTHING_TO_COPY)
        read = Reading(tuple(parts_of(latest)), latest.preamble)
    elif latest is not None:
        parts = matching.carried(reading.outline(latest), read.parts)
        read = replace(read, parts=tuple(parts))
    stored = DRAFTS.store(upload.data, upload.suffix) if upload else ""
    with write(f"regulation:{draft.id}"), DRAFTS.kept(stored):
        if queries.in_work(draft.id) is not None:
            raise Refused(IN_WORK)
        version = _add(author, draft, read, upload, stored)
        version.matched = latest is None or copied
        return version


def save(
    author: Author, version: DraftVersion, given: Sequence[Part], preamble: str, seen: int
) -> None:
    """Put corrected provisions in the place of those a version has.

    Args:
        author: of the body that drafts.
        version: one that is not published.
        given: all its provisions, in reading order.
        preamble: what stands before them.
        seen: the number under which the author saw it (`DraftVersion.version`).

    Raises:
        Invalid: by field, “heading-<key>”.
        Forbidden: the author may not.
        Refused: it is published.
        Stale: somebody else saved first; `theirs` has the provisions as they stand, by key.
    """
    parts = [cleaned(part) for part in given]
    preamble = clean(preamble, multiline=True)
    may_edit(author, version)
    if errors := faulty(parts, preamble):
        raise Invalid(errors)
    with write(f"regulation:{version.draft_id}") as current:
        current.refresh(version)
        if version.state != VersionState.DRAFT:
            raise Refused(FROZEN)
        if version.version != seen:
            raise Stale(CHANGED, {part.key: part for part in parts_of(version)})
        version.preamble = preamble
        # Its provisions are rows of their own: without this, two who save would both succeed.
        flag_modified(version, "preamble")
        store(current, version, parts)
        record(author, version.draft, "version_edited", about(version))


def rekey(
    author: Author, version: DraftVersion, chosen: Mapping[str, str], before: DraftVersion,
    seen: int,
) -> None:  # fmt: skip
    """Say which provisions of a version are which of the one before: it is matched from then on.

    Args:
        author: of the body that drafts.
        version: one that is not published.
        chosen: by key in this version, the key in the one before; "" for what is new.
        before: the version before.
        seen: the number under which the author saw it.

    Raises:
        Invalid: by key, two provisions would be the same one.
        Forbidden, Refused, Stale: as for `save`.
    """
    olds = {one.key for one in queries.provisions(before.id)}
    parts = matching.rekeyed(parts_of(version), {
        key: old for key, old in chosen.items() if not old or old in olds
    }, olds)  # fmt: skip
    counts = Counter(part.key for part in parts)
    kept = zip(parts_of(version), parts, strict=True)
    if errors := {f"old-{one.key}": TAKEN for one, part in kept if counts[part.key] > 1}:
        raise Invalid(errors)
    with write(f"regulation:{version.draft_id}"):
        save(author, version, parts, version.preamble, seen)
        version.matched = True


def checked_title(title: str) -> str:
    """Give a title as it is stored.

    Raises:
        Invalid: under "title".
    """
    title = clean(title)
    if not title:
        raise Invalid({"title": N_("Mục này chưa được điền.")})
    if len(title) > LONGEST_TITLE:
        raise Invalid({"title": N_("Tên không quá 300 ký tự.")})
    return title


def _add(
    author: Author, draft: Draft, read: Reading, upload: Upload | None, stored: str
) -> DraftVersion:  # fmt: skip
    """Store another version (inside `write()`)."""
    known = queries.versions(draft.id)
    version = DraftVersion(
        draft_id=draft.id, draft=draft, number=known[-1].number + 1 if known else 1,
        state=VersionState.DRAFT, preamble=read.preamble[:LONGEST_PREAMBLE], stored=stored,
        file_name=upload.name if upload else "",
    )  # fmt: skip
    with write() as current:
        current.add(version)
        current.flush()
        store(current, version, [cleaned(part) for part in read.parts])
    record(author, draft, "version_begun", about(version))
    return version


CHANGED = N_("Có người vừa lưu dự thảo này.")
IN_WORK = N_("Đang có một bản chưa công bố. Sửa tiếp bản đó, hoặc bỏ nó rồi lập bản mới.")
NOTHING_TO_COPY = N_("Dự thảo này chưa có bản nào để chép.")
TAKEN = N_("Hai điều khoản cùng được nhận là một điều khoản của bản trước.")
