"""Correcting what was read: joining, splitting and leaving out provisions; pure."""

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from portal.features.regulations.models import Level
from portal.features.regulations.parsing import Part, new_key, signs
from portal.features.regulations.reading import entries

_CUT: Final = re.compile(r"\n[^\S\n]*\n")
"""A blank line: where whoever corrects wants a provision to end."""


def carried_out(parts: Sequence[Part], command: str) -> list[Part]:
    """Do what a button says.

    Args:
        parts: all provisions as typed.
        command: “join.<key>”, “split.<key>”, “drop.<key>”; anything else changes nothing.
    """
    verb, _dot, key = command.partition(".")
    at = next((at for at, part in enumerate(parts) if part.key == key), None)
    if at is None or verb not in _ACTS:
        return list(parts)
    return _ACTS[verb](list(parts), at)


def _joined(parts: list[Part], at: int) -> list[Part]:
    """Make a provision text of the one before it; the first one stays."""
    if at == 0:
        return parts
    before, part = parts[at - 1], parts[at]
    mark = entries([part])[0].mark
    line = " ".join(filter(None, (mark, part.heading)))
    said = "\n".join(filter(None, (line, part.text) if part.heading else (f"{line} {part.text}",)))
    text = "\n".join(filter(None, (before.text, said.strip())))
    return [*parts[: at - 1], replace(before, text=text), *parts[at + 1 :]]


def _split(parts: list[Part], at: int) -> list[Part]:
    """Make a provision of what stands below the first blank line of a text."""
    part = parts[at]
    first, *rest = _CUT.split(part.text, maxsplit=1)
    if not rest:
        return parts
    return [*parts[:at], replace(part, text=first), _read(rest[0], part), *parts[at + 1 :]]


def _read(text: str, before: Part) -> Part:
    """Read a provision by what it begins with; without a sign it is like the one before."""
    line, _end, below = text.partition("\n")
    sign = signs.read(line)
    if sign is None or sign.kind not in set(Level):
        return Part(new_key(), before.level, "", "", text)
    level = Level(sign.kind)
    if level in {Level.CLAUSE, Level.POINT}:
        return Part(new_key(), level, sign.number, "", "\n".join(filter(None, (sign.rest, below))))
    return Part(new_key(), level, sign.number, sign.rest, below)


def _dropped(parts: list[Part], at: int) -> list[Part]:
    return [*parts[:at], *parts[at + 1 :]]


_ACTS: Final = {"join": _joined, "split": _split, "drop": _dropped}
