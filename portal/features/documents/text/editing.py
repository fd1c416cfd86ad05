"""Adding, moving and removing the parts of a body: one command, one new body.

A command is "what.verb.which": "section.up.3fa81c02", "duty.add.", "recipient.remove.2". It is the
value of a button, so that the drafting page works without script.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from portal.features.documents.body import Appendix, Body, Duty, Level, Recipient, Section

DEPTHS = {
    level: depth
    for depth, level in enumerate(
        (
            Level.PART,
            Level.POINT,
            Level.SUBPOINT,
            Level.LETTER,
            Level.DASH,
            Level.PLUS,
            Level.PLAIN,
        )
    )
}
"""How deep a level lies; a paragraph without a number lies below whatever stands before it."""
BELOW = {
    Level.PART: Level.POINT,
    Level.POINT: Level.LETTER,
    Level.SUBPOINT: Level.LETTER,
    Level.LETTER: Level.DASH,
    Level.DASH: Level.PLUS,
}
"""What “add below” makes."""


@dataclass(frozen=True)
class Edited:
    """A body after a command, and where to go on writing."""

    body: Body
    focus: str = ""
    """The part that was moved or made: "section-3fa81c02"; "" if it is gone."""


def edit(body: Body, command: str) -> Edited:
    """Carry out a command; one that means nothing leaves the body as it is."""
    what, _, rest = command.partition(".")
    verb, _, which = rest.partition(".")
    if what == "section":
        return _edit_sections(body, verb, which)
    if what in _LISTS:
        return _edit_list(body, what, verb, which)
    return Edited(body)


def block_end(sections: Sequence[Section], at: int) -> int:
    """Give the place after a section and all that lies below it."""
    depth = DEPTHS[sections[at].level]
    end = at + 1
    while end < len(sections) and DEPTHS[sections[end].level] > depth:
        end += 1
    return end


def _edit_sections(body: Body, verb: str, which: str) -> Edited:
    sections = body.sections
    at = next((place for place, one in enumerate(sections) if one.id == which), None)
    if at is None:
        if verb != "add":
            return Edited(body)
        at, verb = len(sections), "append"
    changed, focus = _SECTION_VERBS.get(verb, _leave)(sections, at)
    return Edited(replace(body, sections=changed), focus and f"section-{focus}")


Changed = tuple[tuple[Section, ...], str]


def _leave(sections: tuple[Section, ...], _at: int) -> Changed:
    return sections, ""


def _up(sections: tuple[Section, ...], at: int) -> Changed:
    depth = DEPTHS[sections[at].level]
    before = [place for place in range(at) if DEPTHS[sections[place].level] <= depth]
    if not before:
        return sections, sections[at].id
    # Before its neighbour, or out of its parent into the one above.
    return _moved(sections, at, before[-1])


def _down(sections: tuple[Section, ...], at: int) -> Changed:
    following = block_end(sections, at)
    if following == len(sections):
        return sections, sections[at].id
    same = DEPTHS[sections[following].level] == DEPTHS[sections[at].level]
    # Behind its neighbour, or into the next parent as its first.
    return _moved(sections, at, block_end(sections, following) if same else following + 1)


def _moved(sections: tuple[Section, ...], at: int, to: int) -> Changed:
    end = block_end(sections, at)
    block = sections[at:end]
    if to < at:
        return sections[:to] + block + sections[to:at] + sections[end:], block[0].id
    return sections[:at] + sections[end:to] + block + sections[to:], block[0].id


def _add(sections: tuple[Section, ...], at: int) -> Changed:
    return _inserted(sections, block_end(sections, at), sections[at].level)


def _add_below(sections: tuple[Section, ...], at: int) -> Changed:
    level = sections[at].level
    return _inserted(sections, block_end(sections, at), BELOW.get(level, level))


def _append(sections: tuple[Section, ...], at: int) -> Changed:
    return _inserted(sections, at, Level.PART)


def _inserted(sections: tuple[Section, ...], at: int, level: Level) -> Changed:
    made = Section(level=level)
    return (*sections[:at], made, *sections[at:]), made.id


def _remove(sections: tuple[Section, ...], at: int) -> Changed:
    kept = sections[:at] + sections[block_end(sections, at) :]
    return kept, kept[at - 1].id if at else ""


_SECTION_VERBS: dict[str, Callable[[tuple[Section, ...], int], Changed]] = {
    "up": _up,
    "down": _down,
    "add": _add,
    "below": _add_below,
    "append": _append,
    "remove": _remove,
}

_LISTS: dict[str, tuple[str, Callable[[], Any]]] = {
    "duty": ("duties", Duty),
    "recipient": ("recipients", Recipient),
    "appendix": ("appendices", Appendix),
}


def _edit_list(body: Body, what: str, verb: str, which: str) -> Edited:
    name, make = _LISTS[what]
    rows = list(getattr(body, name))
    keys = [getattr(row, "id", str(place)) for place, row in enumerate(rows)]
    at = keys.index(which) if which in keys else len(rows)
    to = _rearranged(rows, at, verb, make)
    key = getattr(rows[to], "id", str(to)) if to is not None else ""
    changed: Any = {name: tuple(rows)}
    return Edited(replace(body, **changed), key and f"{what}-{key}")


def _rearranged(rows: list[Any], at: int, verb: str, make: Callable[[], Any]) -> int | None:
    """Change the rows in place; give where the row is now."""
    if verb == "add":
        to = min(at + 1, len(rows))
        rows.insert(to, make())
        return to
    if at == len(rows):
        return None
    row = rows.pop(at)
    if verb == "remove":
        return None
    to = {"up": max(at - 1, 0), "down": at + 1}.get(verb, at)
    rows.insert(to, row)
    return min(to, len(rows) - 1)
