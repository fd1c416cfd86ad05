"""Telling that the capitals of a name were put right, and how to keep them."""

from flask import flash
from flask_babel import gettext as _

from portal.core.people import is_doubtful


def tell_capitals(typed: str, stored: str) -> None:
    """Say at the next page that a name is stored otherwise than typed, where that can be wrong.

    Args:
        typed: what was typed.
        stored: as it is stored now.
    """
    if is_doubtful(typed) and typed != stored:
        flash(_("Chữ hoa trong tên đã sửa thành “%(name)s”. Muốn giữ như đã gõ thì sửa lại tên "
                "ấy một lần nữa.", name=stored), "info")  # fmt: skip
