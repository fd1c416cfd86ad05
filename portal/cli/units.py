"""`flask units …`: lists of administrative units."""

import csv
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

import click
from flask import Flask
from flask.cli import AppGroup

from portal.core.errors import Invalid, Refused
from portal.features.audit.services import OPERATOR
from portal.features.org_units import services
from portal.features.org_units.reading import RowError
from portal.features.org_units.services import TWO_TIERS_SINCE, ImportReport
from portal.features.reforms import queries
from portal.features.reforms import services as reforms
from portal.web.locale import translate

group = AppGroup("units", help="Danh sách đơn vị hành chính.")
_FILE = click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))


def register(app: Flask) -> None:
    """Add the commands."""
    app.cli.add_command(group)


@group.command("import")
@_FILE
@click.option("--ignore-end-dates", is_flag=True, help="Coi mọi đơn vị là còn hiệu lực.")
def import_list(file: Path, *, ignore_end_dates: bool) -> None:
    """Nhập danh sách đơn vị (CSV), được cả hoặc không gì cả."""
    with _rows(file) as rows:
        _tell(services.import_units(rows, ignore_end_dates=ignore_end_dates))


@group.command("crosswalk")
@_FILE
@click.option(
    "--day", type=click.DateTime(["%Y-%m-%d"]), default=str(TWO_TIERS_SINCE), show_default=True,
    help="Ngày đầu của các đơn vị mới.",
)  # fmt: skip
@click.option(
    "--alone", multiple=True, metavar="MÃ",
    help="Đơn vị kết thúc mà không có nơi nhận; ghi lại cho từng đơn vị.",
)  # fmt: skip
def import_crosswalk(file: Path, day: datetime, alone: tuple[str, ...]) -> None:
    """Nhập bảng đơn vị cũ - đơn vị mới (CSV: old_code, new_code), theo lựa chọn đề nghị sẵn."""
    with _rows(file) as rows:
        try:
            outcome = reforms.carry_out(OPERATOR, rows, day.date(), alone=queries.ended(alone))
        except Invalid as invalid:
            raise click.ClickException(_lost(invalid)) from invalid
        except Refused as refused:
            raise click.ClickException(translate(refused.message, **refused.values)) from refused
    _stop_at(outcome.errors)
    click.echo(
        f"Thêm {outcome.successions} dòng, {outcome.ended} đơn vị kết thúc, "
        f"{outcome.moved} cơ quan chuyển, {outcome.merged} cơ quan nhập, "
        f"{outcome.campaigns} đợt khảo sát có thêm {outcome.codes} mã mới."
    )


def _lost(invalid: Invalid) -> str:
    names = invalid.values["units"]
    return f"Chưa có nơi nhận: {names}. Thêm dòng, hoặc --alone MÃ cho từng đơn vị. Chưa nhập gì."


@contextmanager
def _rows(file: Path) -> Iterator["csv.DictReader[str]"]:
    try:
        with file.open(encoding="utf-8-sig", newline="") as stream:
            yield csv.DictReader(stream)
    except UnicodeDecodeError as error:
        raise click.ClickException("Tệp không phải UTF-8.") from error
    except csv.Error as error:
        raise click.ClickException("Tệp không phải CSV.") from error


def _stop_at(errors: Sequence[RowError]) -> None:
    for error in errors:
        click.echo(f"Dòng {error.line}: {translate(error.message, **error.values)}", err=True)
    if errors:
        raise click.ClickException(f"{len(errors)} dòng có lỗi, chưa nhập gì.")


def _tell(report: ImportReport) -> None:
    _stop_at(report.errors)
    click.echo(f"Thêm {report.added}, sửa {report.changed}, không đổi {report.unchanged}.")
