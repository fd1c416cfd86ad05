"""`flask accounts …`: the first administrator, and the way back in for one who forgot."""

import click
from flask import Flask
from flask.cli import AppGroup

from portal.core.errors import Invalid
from portal.features.audit.services import OPERATOR
from portal.features.org_units import queries as org_units
from portal.features.org_units import services as org_unit_services
from portal.features.org_units.kinds import KIND_LABELS, OrganisationKind
from portal.features.org_units.models import Organisation
from portal.features.users import queries, services
from portal.features.users.services import NewAccount
from portal.policy.roles import Role
from portal.web.locale import translate

group = AppGroup("accounts", help="Tài khoản quản trị.")


def register(app: Flask) -> None:
    """Add the commands."""
    app.cli.add_command(group)


@group.command("admin")
@click.argument("username")
@click.option("--unit", "code", required=True, help="Mã đơn vị của nơi vận hành.")
@click.option("--name", default="Quản trị viên", show_default=True, help="Tên hiển thị.")
def add_admin(username: str, code: str, name: str) -> None:
    """Tạo tài khoản quản trị với mật khẩu dùng một lần."""
    try:
        wanted = NewAccount(username, name, Role.ADMIN, _operator(code).id)
        user, password = services.create_account(OPERATOR, wanted)
    except Invalid as invalid:
        raise click.ClickException(
            " ".join(translate(text) for text in invalid.errors.values())
        ) from invalid
    _print_once(user.username, password)


@group.command("reset")
@click.argument("username")
def reset(username: str) -> None:
    """Cấp lại mật khẩu dùng một lần."""
    user = queries.by_username(username)
    if user is None:
        raise click.ClickException("Không có tài khoản này.")
    _, password = services.reset_password(OPERATOR, user.id)
    _print_once(username, password)


def _operator(code: str) -> Organisation:
    unit = org_units.current_by_code(code)
    if unit is None:
        raise click.ClickException(f"Không có đơn vị mã {code} đang hiệu lực.")
    here = org_units.organisations([unit.id])
    found = next((body for body in here if body.kind == OrganisationKind.OPERATOR), None)
    kind = OrganisationKind.OPERATOR
    return found or org_unit_services.add_organisation(unit.id, kind, KIND_LABELS[kind])


def _print_once(username: str, password: str) -> None:
    click.echo(f"Tên đăng nhập: {username}")
    click.echo(f"Mật khẩu dùng một lần: {password}")
    click.echo("Mật khẩu chỉ hiện ở đây một lần, phải đổi khi đăng nhập lần đầu.")
