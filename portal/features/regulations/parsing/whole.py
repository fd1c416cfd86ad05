"""A whole text: where its regulation begins, how it writes its chapters, then line by line."""

from collections.abc import Sequence

from portal.features.documents.importing.lines import Item
from portal.features.regulations.models import Level
from portal.features.regulations.parsing import signs
from portal.features.regulations.parsing.quotes import quoted
from portal.features.regulations.parsing.tree import Tree, is_article


def built(items: Sequence[Item]) -> Tree:
    """Read a whole text.

    Args:
        items: its paragraphs and tables in reading order.
    """
    lines = [item if isinstance(item, str) else "" for item in items]
    inside = quoted(lines)
    start = _start(lines, inside)
    tree = Tree(romans=_has_romans(lines, inside))
    tree.ahead.update(
        sign.number
        for at, line in enumerate(lines[start:], start)
        if not inside[at] and (sign := signs.read(line)) and is_article(sign)
    )
    tree.preamble += [line for line in lines[:start] if line]
    for item, is_quoted in zip(items[start:], inside[start:], strict=True):
        tree.take(item, is_quoted=is_quoted)
    return tree


def _start(lines: Sequence[str], inside: Sequence[bool]) -> int:
    """Find where the regulation begins behind the decision that issues it; 0 without one.

    Both count their articles from 1, and the regulation has its title between them.
    """
    firsts = [at for at, line in enumerate(lines) if not inside[at] and _is_first(line)]
    for before, first in zip(reversed(firsts[:-1]), reversed(firsts[1:]), strict=True):
        titles = [at for at in range(before, first) if signs.is_title(lines[at])]
        if titles:
            return titles[0]
    return 0


def _is_first(line: str) -> bool:
    sign = signs.read(line)
    return sign is not None and is_article(sign) and sign.number == "1"


def _has_romans(lines: Sequence[str], inside: Sequence[bool]) -> bool:
    """Tell a text that has articles, and roman parts in the place of chapters."""
    found = [signs.read(line) for at, line in enumerate(lines) if not inside[at]]
    kinds = {sign.kind for sign in found if sign}
    return Level.ARTICLE in kinds and Level.CHAPTER not in kinds
