"""Going to each kind of page that links lead to, as a person would find them."""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from urllib.parse import urlsplit

VIEWS = 3
"""How many views of one page are looked at that differ in what they filter by."""
_ELSEWHERE = re.compile(r"/(bao-mat|dang-nhap)?(\?.*)?|.*ngon-ngu=.*")
"""Citizens' pages and languages, which have tests of their own."""
_FILES = re.compile(
    r"\.(pdf|docx|xlsx|xml|png|ics|zip)(\?|$)|/tep([/?]|$)|tai=1$|/bang-chung/\d+(/nho)?$|/anh/\d+"
)


def visits(first: Iterable[str], go: Callable[[str], Iterable[str]], each: int) -> Iterator[str]:
    """Go to so many of each kind of page.

    Args:
        first: links to begin with.
        go: opens an address, and gives the links that it leads to.
        each: how many pages that differ by a number alone.

    Yields:
        The address of each page, while it is open.
    """
    seen: Counter[str] = Counter()
    done: set[str] = set()
    waiting = pages(first)
    while waiting:
        address = waiting.pop(0)
        kind, view = kind_of(address), view_of(address)
        if address not in done and seen[kind] < (1 if view else each) and seen[view] < VIEWS:
            seen[view] += bool(view)
            seen[kind] += 1
            done.add(address)
            found = go(address)
            yield address
            waiting += pages(found)


def kind_of(address: str) -> str:
    """Give an address without what tells two things of one kind apart."""
    return re.sub(r"[0-9a-f]{32}|\d+", "0", address)


def view_of(address: str) -> str:
    """Give which page it is and by what it is narrowed, not to what; "" if by nothing."""
    return re.sub(r"=[^&]*", "", kind_of(address)) if "?" in address else ""


def pages(links: Iterable[str]) -> list[str]:
    """Give the paths of pages among links; files, citizens' pages and languages are left out."""
    parts = (urlsplit(link) for link in dict.fromkeys(links))
    paths = (f"{one.path}?{one.query}".rstrip("?") for one in parts)
    return [path for path in paths if not (_FILES.search(path) or _ELSEWHERE.fullmatch(path))]
