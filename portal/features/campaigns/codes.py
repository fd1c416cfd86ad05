"""The codes of the short addresses: unguessable, and easy to type from a poster."""

import re
import secrets
from typing import Final

# No vowels, so that no word appears by chance, and none of 0 o 1 i l y u, which look alike.
ALPHABET: Final = "23456789bcdfghjkmnpqrstvwxz"
LENGTH: Final = 8
_CODE: Final = re.compile(f"[{ALPHABET}]{{{LENGTH}}}")


def new_code() -> str:
    """Return a new random code; 27 signs at 8 places are 38 bits, uniqueness is the caller's."""
    return "".join(secrets.choice(ALPHABET) for _ in range(LENGTH))


def normalise(text: str) -> str | None:
    """Return the code as stored, or None when the text cannot be one.

    Args:
        text: As typed: capitals, spaces and any dashes between the signs do not matter.
    """
    bare = re.sub(r"[\s\-\u2010-\u2015]", "", text).lower()
    return bare if _CODE.fullmatch(bare) else None


def grouped(code: str) -> str:
    """Return the code in groups of four, as it is printed: ``k7rm-4wxq``."""
    return "-".join(code[start : start + 4] for start in range(0, len(code), 4))
