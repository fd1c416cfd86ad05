"""Setting pages with typst: our own fonts only, every text handed over as data."""

from functools import cache
from pathlib import Path
from typing import Final

import typst

_PORTAL: Final = Path(__file__).parents[1]
TEMPLATES: Final = _PORTAL / "templates" / "documents"


@cache
def fonts() -> typst.Fonts:
    """Return the bundled fonts; those of the machine would make every page look different."""
    return typst.Fonts(
        include_system_fonts=False,
        include_embedded_fonts=False,
        font_paths=[_PORTAL / "fonts"],
    )


def forget_layouts() -> None:
    """Give the memory back: typst keeps every layout until ten compilations have not used it.

    Without this each printing of 209 posters left 270 MB behind in the worker.
    """
    for _ in range(11):
        typst.compile(b"", font_paths=fonts())
