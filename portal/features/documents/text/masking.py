"""What a public copy hides: officials' Zalo groups and telephone numbers (DOMAIN 1.10, 2.4).

Anybody could join a group by its link, and a private number is personal data. What citizens are
to open, the addresses of the surveys, stays; so do hotlines (1800, 1900) and official accounts.
"""

import json
import re
from typing import Any, Final

from portal.features.documents.body import Body

HIDDEN: Final = "[đã ẩn trong bản công khai]"
_ZALO: Final = re.compile(
    r"""
    (?<![\w.-]) (?:https?://)? (?:www\.|chat\.)? zalo(?:app)? \. (?:me|com) / \s*
    (?: g / \s* [\w-]+ | (?:pc/? | m/?)? \?g=[\w-]+ | (?:\+?84 | 0) \d{9} (?!\d) )
    (?: [/?\#] [\w/?&=%.-]* \w )?
    """,
    re.IGNORECASE | re.VERBOSE,
)
_PHONE: Final = re.compile(r"(?<!\w)\(?(?:\+?84\)?|0)(?:[ .\-\u2011\u2013()]{0,2}\d){9,10}(?!\w)")
"""Ten or eleven digits, in whatever groups; no code of a survey is as long."""
_DATE: Final = re.compile(r"(?<!\d)\d{1,2}[.\-]\d{1,2}[.\-](?:19|20)\d\d(?!\d)")


def masked(body: Body) -> Body:
    """Return the body with every group link and telephone number replaced by `HIDDEN`.

    Args:
        body: as it was issued; no field of it is left out.
    """
    return Body.of(_masked(json.loads(body.to_json())))


def hidden(text: str) -> str:
    """Return one text with every group link and telephone number replaced by `HIDDEN`."""
    return _PHONE.sub(_instead, _ZALO.sub(HIDDEN, text))


def _masked(value: Any) -> Any:  # noqa: ANN401 - what JSON holds
    match value:
        case str():
            return hidden(value)
        case list():
            return [_masked(one) for one in value]
        case dict():
            return {name: _masked(one) for name, one in value.items()}
    return value


def _instead(found: re.Match[str]) -> str:
    """Hide what was found, unless it is two dates written with points."""
    return found[0] if _DATE.search(found[0]) else HIDDEN
