"""The list of accounts as a spreadsheet. No password is in it, nor anything made of one."""

from typing import IO, Final

from sqlalchemy import Select

from portal.core import clock
from portal.core.database import session
from portal.core.workbook import Column, Sheet, workbook
from portal.features.org_units.kinds import KIND_LABELS, OrganisationKind
from portal.features.users import queries
from portal.features.users.importing.columns import HEADS
from portal.features.users.models import User
from portal.features.users.pages import ROLE_LABELS, STATE_LABELS, duty_labels, state

_MORE: Final = (Column("Tình trạng", 22), Column("Dùng gần nhất", 16), Column("Ngày tạo", 12))


def accounts(stream: IO[bytes], wanted: Select[User]) -> None:
    """Write the accounts of a list."""
    seen = queries.all_last_seen()
    with workbook(stream) as book:
        sheet = Sheet(book, "Tài khoản", (*HEADS, *_MORE))
        for user in session().scalars(wanted):
            body, used = user.organisation, seen.get(user.id)
            sheet.add([
                body.unit.code, body.unit.full_name, body.name,
                KIND_LABELS[OrganisationKind(body.kind)], user.display_name, user.username,
                ROLE_LABELS[user.role_kind], ", ".join(duty_labels(user)),
                STATE_LABELS[state(user)],
                clock.format_date(used.astimezone(clock.VN).date()) if used else "",
                clock.format_date(user.created_at.astimezone(clock.VN).date()),
            ])  # fmt: skip
        sheet.close()
