"""What a machine needs to say before the portal starts. Values come from the environment.

A value that cannot be used stops the start and names itself. What an operator changes while the
portal runs (thresholds, bands, retention) is in the audited `settings` feature instead.
"""

import os
import secrets
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

LOOPBACK = frozenset({"127.0.0.1", "localhost", "::1"})
BACKUPS_KEPT = 14
"""Daily backups that stay in the data folder: so many days what was erased is in one of them."""


class SettingError(Exception):
    """A setting is missing or cannot be used; the message names it."""


@dataclass(frozen=True)
class Settings:
    """The settings of one installation."""

    data_dir: Path
    """Folder of the embedded database, uploads, exports and secrets."""
    database_url: str
    """SQLAlchemy address; SQLite in `data_dir` unless DATABASE_URL says otherwise."""
    base_url: str
    """Where citizens reach the portal; QR codes are built from it, never from Host."""
    port: int = 8000
    workers: int = 2
    pool_size: int = 16
    testing: bool = False
    sample: bool = False
    """Fill an empty database with plainly marked sample data."""

    @classmethod
    def from_environment(cls, environ: Mapping[str, str] = os.environ) -> "Settings":
        """Read the settings.

        Raises:
            SettingError: naming the variable that cannot be used.
        """
        port = _number(environ, "PORT", 8000, 1, 65535)
        data_dir = Path(environ.get("PORTAL_DATA") or _project() / "instance").resolve()
        default_database = f"sqlite:///{data_dir / 'portal.sqlite3'}"
        return cls(
            data_dir=data_dir,
            database_url=_database(environ.get("DATABASE_URL") or default_database),
            base_url=_base(environ.get("PORTAL_BASE_URL") or f"http://127.0.0.1:{port}"),
            port=port,
            workers=_number(environ, "PORTAL_WORKERS", 2, 1, 64),
            pool_size=_number(environ, "PORTAL_POOL", 16, 1, 500),
            sample=environ.get("PORTAL_SAMPLE", "") == "1",
        )

    @property
    def secure(self) -> bool:
        """Say whether citizens come over https."""
        return self.base_url.startswith("https://")

    @property
    def host(self) -> str:
        """Give the host name of the base address."""
        return urlsplit(self.base_url).hostname or ""

    def open_folder(self) -> None:
        """Make the data folder if it is missing, and see that it can be written to.

        Raises:
            SettingError: it cannot.
        """
        try:
            self.data_dir.mkdir(parents=True, exist_ok=True)
            with tempfile.TemporaryFile(dir=self.data_dir):
                pass
        except OSError as error:
            raise SettingError(
                f"PORTAL_DATA: không ghi được vào thư mục {self.data_dir} ({error.strerror})"
            ) from error

    def secret(self, name: str) -> bytes:
        """Give a secret of this installation, made at its first use and kept beside the database.

        Args:
            name: "session", "form" or "audit"; each is a file of its own, readable by the owner.
        """
        path = self.data_dir / "secrets" / name
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        if not path.exists():
            _create_once(path, secrets.token_bytes(32))
        value = path.read_bytes()
        if len(value) != 32:
            raise SettingError(f"secrets/{name}: phải dài đúng 32 byte")
        return value


def _create_once(path: Path, content: bytes) -> None:
    # Linked into place complete, so that two processes starting at once agree on one secret.
    draft = path.with_name(f".{path.name}.{secrets.token_hex(8)}")
    with os.fdopen(os.open(draft, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600), "wb") as stream:
        stream.write(content)
        os.fsync(stream.fileno())
    try:
        os.link(draft, path)
    except FileExistsError:
        pass
    finally:
        draft.unlink()


def _project() -> Path:
    return Path(__file__).resolve().parent.parent


def _number(environ: Mapping[str, str], name: str, default: int, low: int, high: int) -> int:
    raw = environ.get(name, "").strip() or str(default)
    if not raw.isdigit() or not low <= int(raw) <= high:
        raise SettingError(f"{name}: cần một số từ {low} đến {high}, đang là “{raw}”")
    return int(raw)


def _database(url: str) -> str:
    if url.startswith("postgres://"):
        url = "postgresql://" + url.removeprefix("postgres://")
    if url.startswith("postgresql://"):
        url = "postgresql+psycopg://" + url.removeprefix("postgresql://")
    if not url.startswith(("sqlite:///", "postgresql+psycopg://")):
        raise SettingError("DATABASE_URL: cần sqlite:///… hoặc postgresql://…")
    return url


def _base(url: str) -> str:
    parts = urlsplit(url)
    if parts.scheme not in {"http", "https"} or not parts.hostname or parts.query:
        raise SettingError(f"PORTAL_BASE_URL: cần http(s)://tên-miền, đang là “{url}”")
    return url.rstrip("/")
