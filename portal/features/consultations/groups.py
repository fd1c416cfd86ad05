"""What is asked about, as it is typed: a line each, with its articles behind a bar.

“Nguyên tắc thực hiện dân chủ | Điều 3, 4” hangs on two articles; without a bar on none.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Final

from portal.core.text import N_, clean
from portal.features.consultations.drafting import Group
from portal.features.regulations import moves, reading
from portal.features.regulations import queries as regulations

BAR: Final = "|"
_WORD: Final = re.compile(r"\bđiều\b", re.IGNORECASE)
_PARTS: Final = re.compile(r"[,;]|\bvà\b")
_SPAN: Final = re.compile(r"(\d{1,3})\s*(?:[-–]|đến)\s*(\d{1,3})")


def articles(draft_id: int) -> dict[str, str]:
    """Give the articles of a draft as people know it: their keys by their numbers."""
    version = regulations.published(draft_id) or regulations.in_work(draft_id)
    if version is None:
        return {}
    entries = reading.outline(version)
    return {one.number.lower(): one.key for one in entries if one.is_article and one.number}


def read(typed: str, known: Mapping[str, str]) -> tuple[Group, ...]:
    """Read lines as they are typed; empty ones are left out.

    Args:
        typed: all lines.
        known: from `articles`.

    Raises:
        ValueError: a line names an article that there is not; with the message, the number of the
            line and what it names.
    """
    found = []
    for at, line in enumerate(typed.splitlines(), 1):
        text, _, behind = line.partition(BAR)
        if clean(text):
            found.append(Group(clean(text), tuple(_keys(behind, known, at))))
    return tuple(found)


def written(groups: Iterable[Group], draft_id: int) -> str:
    """Write groups as they are typed, with the numbers that their articles have now."""
    numbers = {key: number for number, key in articles(draft_id).items()}
    lines = []
    for one in groups:
        places = _numbers(one.keys, numbers, draft_id)
        lines.append(f"{one.text} {BAR} Điều {', '.join(places)}" if places else one.text)
    return "\n".join(lines)


def places(group_keys: Sequence[str], draft_id: int) -> str:
    """Say on which articles a group hangs now: “Điều 3, 4”; "" if on none."""
    numbers = {key: number for number, key in articles(draft_id).items()}
    found = _numbers(group_keys, numbers, draft_id)
    return f"Điều {', '.join(found)}" if found else ""


def _numbers(keys: Sequence[str], numbers: Mapping[str, str], draft_id: int) -> list[str]:
    gone = [key for key in keys if key not in numbers]
    now = moves.resolve(draft_id, gone) if gone else {}
    return [numbers[there] for key in keys if (there := now.get(key, key)) in numbers]


def _keys(behind: str, known: Mapping[str, str], line: int) -> list[str]:
    bare = _SPAN.sub(_spelled, _WORD.sub(" ", behind))
    found = []
    for part in _PARTS.split(bare):
        number = part.strip().lower()
        if number and number not in known:
            raise ValueError(NO_ARTICLE, line, number)
        if number:
            found.append(known[number])
    return list(dict.fromkeys(found))


def _spelled(match: re.Match[str]) -> str:
    first, last = int(match[1]), int(match[2])
    return ",".join(str(n) for n in range(first, min(last, first + 200) + 1))


NO_ARTICLE = N_("Dòng %(line)s: dự thảo không có Điều %(number)s.")
