"""Delivering letters by hand, and proving that none was changed."""

import click
from flask import Flask
from flask.cli import AppGroup

from portal.features.letters import checks, delivery

commands = AppGroup("letters", help="Hòm thư: giao thư, kiểm tra niêm phong.")


def register(app: Flask) -> None:
    """Add `flask letters …`."""
    app.cli.add_command(commands)


@commands.command(help="Giao cho người đọc những thư gửi trước hôm nay, đã xáo.")
def deliver() -> None:
    """Deliver what waits."""
    click.echo(f"Đã giao {delivery.deliver()} thư.")


@commands.command(help="Kiểm tra mọi thư và mọi lô giao thư; có sửa đổi thì thoát với mã 1.")
def verify() -> None:
    """Compute every digest again."""
    found = checks.verify()
    for box_id, number in found.broken:
        click.echo(f"Hòm thư {box_id}: lô giao thứ {number} không khớp mã băm.")
    for letter_id in found.altered:
        click.echo(f"Thư {letter_id} không khớp cam kết.")
    if not found.sound:
        raise SystemExit(1)
    click.echo(
        f"{found.letters} thư trong {found.batches} lô nguyên vẹn; {found.sealed} thư niêm phong, "
        f"{found.withdrawn} thư người gửi đã rút."
    )
