"""The boxes in which an agency writes: their names, and what stood in each when it was drawn.

Two people of one agency may have the same page open. Each box carries a mark of what it showed, so
that only what somebody changed is taken, and only a box that both changed is asked about.
"""

import hashlib
from collections.abc import Collection, Mapping
from typing import Final

from portal.core.text import clean

_PREFIX: Final = "y-"
_WHOLE: Final = "chung"


def field(key: str) -> str:
    """Give the name of the box of a provision."""
    return f"{_PREFIX}{key or _WHOLE}"


def typed(form: Mapping[str, str]) -> dict[str, str]:
    """Give what a form brings in boxes, by key; "" for the draft as a whole."""
    names = {name: name.removeprefix(_PREFIX) for name in form if name.startswith(_PREFIX)}
    return {key if key != _WHOLE else "": form[name] for name, key in names.items()}


def marks(texts: Mapping[str, str], keys: Collection[str]) -> str:
    """Give a mark of what stands in each box: it changes when that does.

    Args:
        texts: what is kept, by key.
        keys: of the boxes that are shown.
    """
    return " ".join(f"{field(key)}:{_mark(texts.get(key, ''))}" for key in sorted(keys))


def changed(texts: Mapping[str, str], shown: str) -> dict[str, str]:
    """Give of some texts those that are not what their boxes showed.

    Args:
        texts: by key, as typed or as stored.
        shown: what `marks` gave when the page was drawn; a box without a mark was empty.
    """
    before = dict(one.split(":", 1) for one in shown.split() if ":" in one)
    return {key: text for key, text in texts.items()
            if _mark(clean(text, multiline=True)) != before.get(field(key), _mark(""))}  # fmt: skip


def _mark(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:16]
