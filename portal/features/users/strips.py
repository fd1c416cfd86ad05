"""One-time passwords on A4 sheets: a strip an account, cut apart and handed over one by one."""

import json
from collections import defaultdict
from collections.abc import Iterable
from typing import Final

import typst

from portal.core import typeset
from portal.core.clock import format_date, today
from portal.features.users.handing_out import Strip

_TEMPLATE: Final = typeset.TEMPLATES / "passwords.typ"


def strips_pdf(strips: Iterable[Strip], address: str, *, sample: bool) -> bytes:
    """Give the sheets; each unit begins a page of its own.

    Args:
        strips: in the order of printing.
        address: of the page where one signs in.
        sample: the data are invented; the sheets say so.
    """
    units: dict[tuple[str, str], list[dict[str, str]]] = defaultdict(list)
    for strip in strips:
        units[strip.unit, strip.unit_line].append({
            "body": strip.body, "name": strip.display_name, "username": strip.username,
            "password": strip.password,
        })  # fmt: skip
    data = {
        "address": address, "made": format_date(today()), "sample": sample,
        "units": [{"name": n, "line": line, "strips": own} for (n, line), own in units.items()],
    }  # fmt: skip
    pdf = typst.compile(
        _TEMPLATE, font_paths=typeset.fonts(), sys_inputs={"sheets": json.dumps(data)}
    )
    typeset.forget_layouts()
    return pdf
