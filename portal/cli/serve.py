"""`flask serve`: from an empty folder to a running portal, and down again without remains."""

import http.client
import socket
import sys
from contextlib import closing

import click
import flask_migrate
from flask import Flask, current_app
from flask.cli import with_appcontext

from portal.cli import demo
from portal.cli.processes import Child, stop_signals, watch
from portal.cli.sample import seeding
from portal.cli.sample.accounts import DemoAccount
from portal.extensions import db
from portal.features.questionnaires import services as questionnaires
from portal.features.settings import services as installation
from portal.settings import LOOPBACK, Settings

_GRACE_SECONDS = 15
_ANY_ADDRESS = {"0.0.0.0", "::"}  # noqa: S104 - compared with, not bound to


def register(app: Flask) -> None:
    """Add the commands."""
    app.cli.add_command(prepare)
    app.cli.add_command(serve)


@click.command()
@with_appcontext
def prepare() -> None:
    """Đưa cơ sở dữ liệu lên bản mới nhất và nạp phiếu mẫu; chạy trước máy chủ."""
    _prepare()


@click.command()
@click.option("--host", default="127.0.0.1", show_default=True, help="Địa chỉ mạng để lắng nghe.")
@with_appcontext
def serve(host: str) -> None:
    """Chạy cổng: máy chủ web và bộ xử lý công việc nền."""
    settings: Settings = current_app.config["PORTAL"]
    _check_port(host, settings.port)
    _refuse_public_sample(settings.sample, host, settings)
    _say("Đang chuẩn bị cơ sở dữ liệu …")
    _prepare()
    accounts = _prepare_sample(settings) if settings.sample else []
    sample = installation.installation().sample
    _refuse_public_sample(sample, host, settings)
    if accounts:
        click.echo(demo.table(accounts))
    db.session.remove()
    db.engine.dispose()
    sys.exit(0 if _run(host, settings, sample=sample) else 1)


def _prepare() -> None:
    flask_migrate.upgrade()
    questionnaires.load_library()


def _prepare_sample(settings: Settings) -> list[DemoAccount]:
    try:
        return seeding.prepare(settings.data_dir, _say)
    except seeding.Unfinished as unfinished:
        raise click.ClickException(
            "Lần nạp dữ liệu mẫu trước bị ngắt giữa chừng. Mời xóa thư mục "
            f"{settings.data_dir} (hoặc dùng cơ sở dữ liệu trống) rồi chạy lại."
        ) from unfinished


def _run(host: str, settings: Settings, *, sample: bool) -> bool:
    stop = stop_signals()
    server = Child("web", _granian(host, settings))
    worker = Child("jobs", [*_python("flask"), "--app", "wsgi", "jobs", "work"])
    greeting = _Greeting(host, settings, sample=sample)
    try:
        server.start()
        worker.start()
        asked = watch(server, worker, stop, greeting.once_it_answers)
    finally:
        worker.stop(_GRACE_SECONDS)
        server.stop(_GRACE_SECONDS)
    _say("Cổng đã dừng." if asked else "Máy chủ web đã dừng bất thường; cổng dừng theo.")
    return asked


def _granian(host: str, settings: Settings) -> list[str]:
    # Threads are left at granian's default: with a fixed few, slow senders stop everybody.
    return [
        *_python("granian"), "--interface", "wsgi", "--host", host, "--port", str(settings.port),
        "--workers", str(settings.workers), "--respawn-failed-workers",
        "--workers-kill-timeout", "10", "--no-ws", "--no-access-log", "--log-level", "error",
        "portal.cli.served:app",
    ]  # fmt: skip


def _python(module: str) -> list[str]:
    return [sys.executable, "-m", module]


def _check_port(host: str, port: int) -> None:
    # Granian shares its port with whoever asks, so that a second portal would not notice.
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with closing(socket.socket(family, socket.SOCK_STREAM)) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except (OSError, UnicodeError) as error:
            reason = getattr(error, "strerror", None) or str(error)
            raise click.ClickException(
                f"Không mở được cổng {port} trên {host} ({reason}). Có thể một chương trình khác "
                f"đang dùng; mời chọn số khác, ví dụ: PORT={port + 1} make run"
            ) from error


def _refuse_public_sample(sample: bool, host: str, settings: Settings) -> None:
    if sample and (host not in LOOPBACK or settings.host not in LOOPBACK):
        where = host if host not in LOOPBACK else settings.base_url
        raise click.ClickException(
            "Dữ liệu mẫu chỉ được chạy trên chính máy này (127.0.0.1), không phục vụ ra "
            f"{where}. Để chạy thật, dùng thư mục dữ liệu mới và bỏ PORTAL_SAMPLE; "
            "xem docs/operations.md."
        )


class _Greeting:
    """Says where the portal is, as soon as it answers."""

    def __init__(self, host: str, settings: Settings, *, sample: bool) -> None:
        self._host = "127.0.0.1" if host in _ANY_ADDRESS else host
        self._settings = settings
        self._sample = sample
        self._said = False

    def once_it_answers(self) -> None:
        if self._said or not self._answers():
            return
        self._said = True
        address = self._settings.base_url
        _say(f"Cổng đang chạy: {address}")
        _say(f"  Người dân nhập mã phiếu: {address}/")
        _say(f"  Cán bộ đăng nhập:        {address}/dang-nhap")
        if self._sample:
            _say("  Xem lại tài khoản mẫu:   .venv/bin/flask --app wsgi demo accounts")
            _say("  Phiếu mẫu để trả lời:    .venv/bin/flask --app wsgi demo links")
        _say("Dừng: Ctrl-C")

    def _answers(self) -> bool:
        with closing(http.client.HTTPConnection(self._host, self._settings.port, timeout=2)) as way:
            try:
                way.request("GET", "/healthz", headers={"Host": "127.0.0.1"})
                way.getresponse().read()
            except OSError:
                return False
        return True


def _say(text: str) -> None:
    click.echo(text)
