"""`flask audit …`: the chain of the record."""

import re
from pathlib import Path

import click
from flask import Flask
from flask.cli import AppGroup

from portal.features.audit import services
from portal.features.audit.services import Head

group = AppGroup("audit", help="Nhật ký và chuỗi niêm phong của nó.")
_HEAD = re.compile(r"([0-9]+):([0-9a-f]{64})")


def register(app: Flask) -> None:
    """Add the commands."""
    app.cli.add_command(group)


@group.command("verify")
@click.option("--head", "texts", multiple=True, help="Đầu chuỗi đã nộp trước đây (số:mã).")
@click.option(
    "--heads", "file", type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="Tệp các đầu chuỗi đã nộp, mỗi dòng một đầu.",
)  # fmt: skip
def verify(texts: tuple[str, ...], file: Path | None) -> None:
    """Kiểm tra từng dòng nhật ký; báo số dòng hỏng đầu tiên."""
    lines = file.read_text(encoding="utf-8").splitlines() if file else []
    heads: list[Head | None] = [_read(text) for text in (*texts, *filter(None, lines))]
    broken = [services.verify_all(head) for head in heads or [None]]
    if found := [number for number in broken if number is not None]:
        raise click.ClickException(f"Nhật ký hỏng từ dòng {min(found)}.")
    click.echo(f"Nhật ký nguyên vẹn, {services.head().number} dòng.")


@group.command("head")
def head() -> None:
    """In đầu chuỗi (số:mã) để nộp lên trên hằng ngày."""
    last = services.head()
    click.echo(f"{last.number}:{last.digest}")


def _read(text: str) -> Head:
    match = _HEAD.fullmatch(text.strip())
    if match is None:
        raise click.BadParameter(f"“{text}” không có dạng số:mã.")
    return Head(int(match[1]), match[2])
