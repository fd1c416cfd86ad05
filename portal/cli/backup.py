"""`flask backup` and `flask restore`: one file that was opened again and counted.

The keys under secrets/ are not in it: whoever holds a backup could otherwise forge the record it
contains. They are copied once, apart (docs/operations.md).
"""

import hashlib
import hmac
import logging
import os
import shutil
import tempfile
from contextlib import suppress
from datetime import timedelta
from pathlib import Path

import click
import flask_migrate
from alembic.script import ScriptDirectory
from flask import Flask, current_app
from flask.cli import with_appcontext
from sqlalchemy import delete, text
from sqlalchemy.engine import make_url
from sqlalchemy.exc import DBAPIError

from portal.cli.copies import CopyError, Store, archive, require_equal
from portal.cli.copies.archive import DATABASE, Manifest
from portal.cli.copies.postgres import PostgresStore
from portal.cli.copies.sqlite import SqliteStore
from portal.core import clock
from portal.core.database import session, write
from portal.core.jobs import Kind, Running
from portal.extensions import db
from portal.features.audit import services as audit
from portal.features.consultations import agency_queries
from portal.features.documents import files as documents
from portal.features.evidence import files as photos
from portal.features.evidence import queries as evidence
from portal.features.letters import files as letters
from portal.features.letters import jobs as letter_jobs
from portal.features.regulations import files as drafts
from portal.features.settings import services as installation
from portal.features.users.models import SignIn
from portal.settings import BACKUPS_KEPT, Settings

KEPT = BACKUPS_KEPT
_PREFIX = "cong-dan-chu-"
_UPLOADS = "uploads"
log = logging.getLogger("portal.backup")


def register(app: Flask) -> None:
    """Add the commands."""
    app.cli.add_command(backup)
    app.cli.add_command(restore)


@click.command()
@click.argument("folder", required=False, type=click.Path(file_okay=False, path_type=Path))
@with_appcontext
def backup(folder: Path | None) -> None:
    """Sao lưu vào FOLDER (mặc định: backups trong thư mục dữ liệu)."""
    settings = _settings()
    try:
        path, manifest = _back_up(settings, folder or settings.data_dir / "backups")
    except (CopyError, OSError) as error:
        raise click.ClickException(f"{error}") from error
    rows = sum(manifest.counts.values())
    click.echo(f"Đã sao lưu vào {path}")
    click.echo(f"{len(manifest.counts)} bảng, {rows} dòng, {_uploads_in(manifest)} tệp.")
    if manifest.reopened:
        click.echo("Đã mở lại bản sao và đếm: khớp.")
    else:
        click.echo("Chưa mở lại được bản sao (tài khoản không được tạo cơ sở dữ liệu thử).")
    if missing := _missing(manifest):
        click.echo(f"Lưu ý: {len(missing)} tệp của văn bản, bằng chứng, thư không còn trên đĩa, "
                   f"nên không có trong bản sao: {', '.join(missing)}")  # fmt: skip
    click.echo("Khóa trong thư mục secrets không nằm trong bản sao; mời giữ riêng một bản.")


@click.command()
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--replace", is_flag=True, help="Thay dữ liệu đang có.")
@with_appcontext
def restore(file: Path, replace: bool) -> None:
    """Khôi phục từ tệp sao lưu FILE, rồi đếm lại."""
    settings, store = _settings(), _store(_settings())
    try:
        with archive.opened(file, settings.data_dir) as (manifest, folder):
            _check_fits(manifest, store)
            if not replace:
                _require_empty(store)
            store.load(folder / DATABASE)
            require_equal(manifest.counts, store.counts())
            _restore_uploads(manifest, folder / _UPLOADS, settings.data_dir / _UPLOADS)
    except (CopyError, OSError) as error:
        raise click.ClickException(f"{error}") from error
    db.session.remove()
    db.engine.dispose()
    flask_migrate.upgrade()
    _after_restore(manifest)
    click.echo(
        f"Đã khôi phục bản sao lúc {manifest.made_at}: {sum(manifest.counts.values())} dòng, "
        f"{_uploads_in(manifest)} tệp."
    )
    click.echo("Mọi người cần đăng nhập lại.")
    if manifest.audit_key != _fingerprint(settings):
        click.echo("Lưu ý: khóa secrets/audit ở đây khác khóa lúc sao lưu; nhật ký sẽ không kiểm "
                   "tra được cho tới khi đặt lại đúng khóa.")  # fmt: skip


def _daily(_running: Running) -> str | None:
    if installation.installation().sample:
        return None
    settings = _settings()
    folder = settings.data_dir / "backups"
    path, manifest = _back_up(settings, folder)
    if missing := _missing(manifest):
        log.warning("files missing", extra={"count": len(missing)})
    for old in sorted(folder.glob(f"{_PREFIX}*.tar"))[:-KEPT]:
        old.unlink()
    return path.name


DAILY = Kind("backup", _daily, every=timedelta(days=1))
"""Every night (by UTC day), the last fourteen kept; the job worker adds it."""


def _back_up(settings: Settings, folder: Path) -> tuple[Path, Manifest]:
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    store, now = _store(settings), clock.now().astimezone(clock.VN)
    with (
        tempfile.TemporaryDirectory(dir=folder, prefix=".dang-sao-") as room,
        tempfile.TemporaryDirectory(dir=settings.data_dir, prefix=".dang-giu-") as held,
    ):
        copy, uploads = Path(room) / DATABASE, Path(held) / _UPLOADS
        # Before and after: what is taken off and what comes in meanwhile are both in the copy.
        _hold(settings.data_dir / _UPLOADS, uploads)
        counted = store.dump(copy)
        _hold(settings.data_dir / _UPLOADS, uploads)
        files = {str(path.relative_to(held)): path for path in _files(uploads)}
        files[DATABASE] = copy
        manifest = Manifest(
            format=archive.FORMAT,
            made_at=now.isoformat(timespec="seconds"),
            kind=store.kind,
            migration=_migration(),
            counts=counted.counts,
            reopened=counted.reopened,
            audit_key=_fingerprint(settings),
            files={name: archive.digest(path) for name, path in files.items()},
        )
        path = archive.write(folder, f"{_PREFIX}{now:%Y%m%d-%H%M%S}.tar", manifest, files)
    with archive.opened(path, folder):
        return path, manifest


def _check_fits(manifest: Manifest, store: Store) -> None:
    if manifest.kind != store.kind:
        raise CopyError(f"Bản sao là của {manifest.kind}, cài đặt này dùng {store.kind}.")
    script = ScriptDirectory(current_app.extensions["migrate"].directory)
    if manifest.migration not in {step.revision for step in script.walk_revisions()}:
        raise CopyError("Bản sao do phiên bản mới hơn tạo ra. Mời cập nhật cổng trước.")


def _require_empty(store: Store) -> None:
    counts = store.counts()
    if any(n for table, n in counts.items() if table != "alembic_version"):
        raise CopyError("Cài đặt này đang có dữ liệu. Nếu chắc chắn muốn thay, thêm --replace.")


def _hold(uploads: Path, room: Path) -> None:
    """Link the uploads into a room of their own, where nobody takes them off; a copy if need be."""
    for path in _files(uploads):
        held = room / path.relative_to(uploads)
        if held.exists():
            continue
        held.parent.mkdir(parents=True, exist_ok=True)
        with suppress(FileNotFoundError):  # Taken off since it was listed.
            try:
                os.link(path, held)
            except OSError:
                shutil.copyfile(path, held)


def _restore_uploads(manifest: Manifest, source: Path, target: Path) -> None:
    # The folder itself stays: it may be a mount or a link to another disk.
    target.mkdir(exist_ok=True, mode=0o700)
    for old in target.iterdir():
        shutil.rmtree(old) if old.is_dir() else old.unlink()
    if source.exists():
        for path in source.iterdir():
            shutil.move(path, target)
    found = sum(path.is_file() for path in target.rglob("*"))
    if found != _uploads_in(manifest):
        raise CopyError(f"Thư mục {_UPLOADS}: cần {_uploads_in(manifest)} tệp, có {found}.")


def _uploads_in(manifest: Manifest) -> int:
    return len(manifest.files) - 1  # The database is the other one.


def _missing(manifest: Manifest) -> list[str]:
    """List files that something names and the copy lacks: lost from the disk before it."""
    folders = {
        "": documents.stored_names(),
        photos.PHOTOS.name: evidence.stored_names(),
        letters.FOLDER: letter_jobs.named_files(),
        drafts.DRAFTS.name: drafts.names(),
        agency_queries.LETTERS.name: agency_queries.stored_letters(),
    }
    named = (str(Path(folder, name)) for folder, names in folders.items() for name in names if name)
    return sorted(name for name in named if f"{_UPLOADS}/{name}" not in manifest.files)


def _after_restore(manifest: Manifest) -> None:
    """End every sign-in: one that was ended after the backup must not come back to life."""
    with write() as current:
        current.execute(delete(SignIn))
        audit.record(
            audit.OPERATOR,
            audit.Act("installation:restored", "installation", 0, subject_name=manifest.made_at),
        )


def _fingerprint(settings: Settings) -> str:
    return hmac.new(settings.secret("audit"), b"backup", hashlib.sha256).hexdigest()[:16]


def _migration() -> str:
    try:
        return str(session().scalar(text("SELECT version_num FROM alembic_version")))
    except DBAPIError as error:
        raise CopyError("Cơ sở dữ liệu chưa có bảng nào, không có gì để sao lưu.") from error


def _files(folder: Path) -> list[Path]:
    """List complete files; those still being written have names that begin with a dot."""
    return [p for p in folder.rglob("*") if p.is_file() and not p.name.startswith(".")]


def _settings() -> Settings:
    settings: Settings = current_app.config["PORTAL"]
    return settings


def _store(settings: Settings) -> Store:
    if settings.database_url.startswith("sqlite"):
        return SqliteStore(Path(make_url(settings.database_url).database or ""))
    return PostgresStore(settings.database_url)
