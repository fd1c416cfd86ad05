"""`flask demo …`: how to get into the sample, for people and for programs."""

import json
from dataclasses import asdict

import click
from flask import Flask, current_app
from flask.cli import AppGroup
from sqlalchemy.exc import DBAPIError

from portal.cli.sample import accounts, campaigns, consultations, mailbox
from portal.cli.sample.accounts import DemoAccount
from portal.features.documents import publicity
from portal.features.settings import services as installation
from portal.features.users.pages import DUTY_LABELS, ROLE_LABELS
from portal.policy.roles import Duty, Role
from portal.settings import Settings

demo = AppGroup("demo", help="Dữ liệu mẫu.")
_JSON = click.option("--json", "as_json", is_flag=True, help="In dạng JSON.")


def register(app: Flask) -> None:
    """Add the commands."""
    app.cli.add_command(demo)


@demo.command("accounts")
@_JSON
def list_accounts(*, as_json: bool) -> None:
    """Liệt kê tài khoản mẫu và mật khẩu."""
    settings: Settings = current_app.config["PORTAL"]
    _require_sample()
    found = accounts.stored(settings.data_dir)
    if not found:
        raise click.ClickException("Không thấy tệp mật khẩu mẫu trong thư mục secrets.")
    if as_json:
        click.echo(json.dumps([asdict(account) for account in found], ensure_ascii=False))
    else:
        click.echo(table(found))


@demo.command("links")
@_JSON
def list_links(*, as_json: bool) -> None:
    """Liệt kê đường dẫn mẫu: phiếu đang mở, đã đóng, chưa mở, mã đã thay; văn bản công khai."""
    settings: Settings = current_app.config["PORTAL"]
    _require_sample()
    found = links()
    if as_json:
        click.echo(json.dumps(found))
    else:
        for kind, path in found.items():
            click.echo(f"{kind:<16}{settings.base_url}{path}")


def links() -> dict[str, str]:
    """Give an address of every kind of page that citizens open, as paths."""
    found = campaigns.links() | mailbox.links() | consultations.links()
    if document := publicity.newest():
        found["publicity"] = f"/cong-khai/{document.id}"
    return found


def table(found: list[DemoAccount]) -> str:
    """Give the accounts as lines to be read."""
    rows = [("Tên đăng nhập", "Mật khẩu", "Vai trò", "Đơn vị")]
    rows += [
        (
            account.username,
            account.password,
            _role(account),
            account.unit,
        )
        for account in found
    ]
    widths = [max(len(row[column]) for row in rows) for column in range(4)]
    lines = ("  ".join(cell.ljust(w) for cell, w in zip(row, widths, strict=True)) for row in rows)
    return "\n".join(line.rstrip() for line in lines)


def _role(account: DemoAccount) -> str:
    words = [ROLE_LABELS[Role(account.role)], *(DUTY_LABELS[Duty(d)] for d in account.duties)]
    return ", ".join(words)


def _require_sample() -> None:
    try:
        sample = installation.installation().sample
    except DBAPIError:  # no tables yet
        sample = False
    if not sample:
        raise click.ClickException("Cài đặt này không có dữ liệu mẫu. Mời chạy: make run")
