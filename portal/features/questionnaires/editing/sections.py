"""Commands about whole sections."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Final

from portal.features.questionnaires.definition import Section
from portal.features.questionnaires.editing.questions import copies
from portal.features.questionnaires.editing.sequences import (
    Changed,
    Sections,
    moved,
    number,
    place_of,
    put,
    without,
)


def edit(sections: Sections, verb: str, which: list[str]) -> Changed:
    """Carry out a command; see the package."""
    at = place_of(sections, which)
    if verb == "add":
        after = len(sections) if at is None else at + 1
        return put(sections, after, Section("", ())), f"section-{after + 1}"
    if at is None or verb not in _VERBS:
        return sections, ""
    return _VERBS[verb](sections, at, which)


def _up(sections: Sections, at: int, _which: list[str]) -> Changed:
    return _to(sections, at, at - 1)


def _down(sections: Sections, at: int, _which: list[str]) -> Changed:
    return _to(sections, at, at + 1)


def _into(sections: Sections, at: int, which: list[str]) -> Changed:
    to = number(which, 1)
    return _to(sections, at, at if to is None else to - 1)


def _to(sections: Sections, at: int, to: int) -> Changed:
    to = min(max(to, 0), len(sections) - 1)
    return moved(sections, at, to), f"section-{to + 1}"


def _copy(sections: Sections, at: int, _which: list[str]) -> Changed:
    made = replace(sections[at], questions=copies(sections, sections[at].questions))
    return put(sections, at + 1, made), f"section-{at + 2}"


def _remove(sections: Sections, at: int, _which: list[str]) -> Changed:
    left = without(sections, at)
    return left, f"section-{max(at, 1)}" if left else ""


_VERBS: Final[Mapping[str, Callable[[Sections, int, list[str]], Changed]]] = {
    "up": _up, "down": _down, "into": _into, "copy": _copy, "remove": _remove,
}  # fmt: skip
