"""Folding by hand, and proving that the totals are what people answered."""

import click
from flask import Flask
from flask.cli import AppGroup

from portal.features.surveys import checks, fold

commands = AppGroup("surveys", help="Phiếu khảo sát: gộp, đếm lại, kiểm tra niêm phong.")


def register(app: Flask) -> None:
    """Add `flask surveys …`."""
    app.cli.add_command(commands)


@commands.command("fold", help="Gộp các phiếu đang chờ, niêm phong đợt đã đóng.")
def fold_now() -> None:
    """Fold what waits and seal what has closed."""
    click.echo(f"Đã gộp {fold.fold_pending()} phiếu, niêm phong {fold.seal_closed()} đợt.")


@commands.command(help="Đếm lại mọi số liệu từ phiếu đã niêm phong; lệch thì thoát với mã 1.")
def recount() -> None:
    """Compare every counter with the sealed rows."""
    differences = checks.recount()
    for found in differences:
        click.echo(
            f"Lệch: đợt {found.campaign_id}, đơn vị {found.unit_id}, câu {found.question or '–'}, "
            f"lựa chọn {found.option or '–'}: lưu {found.stored}, đếm được {found.counted}"
        )
    if differences:
        raise SystemExit(1)
    click.echo("Mọi số liệu khớp với phiếu đã niêm phong.")


@commands.command(help="Kiểm tra niêm phong của mọi lô phiếu; có sửa đổi thì thoát với mã 1.")
def verify() -> None:
    """Compute every digest again."""
    found = checks.verify()
    for key in found.broken:
        click.echo(f"Lô {key.hex()} không khớp niêm phong.")
    for key in found.altered:
        click.echo(f"Ý kiến {key.hex()} không khớp cam kết.")
    if not found.sound:
        raise SystemExit(1)
    click.echo(f"{found.batches} lô phiếu nguyên vẹn; {found.erased} ý kiến đã xóa theo quyền.")
