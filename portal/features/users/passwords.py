"""Passwords: kept as argon2 hashes, judged before they are taken, invented for the first sign-in.

Hashing is slow and large by intent; only two at a time in a process, and never inside `write()`.
"""

import re
import secrets
import threading
import unicodedata
from collections.abc import Iterable
from functools import cache

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError
from zxcvbn import zxcvbn

from portal.core import clock
from portal.core.text import N_, fold

MIN_SIGNS = 10
MAX_SIGNS = 200
_JUDGED_SIGNS = 72  # the estimate takes no longer text, and no longer one is weak
_GOOD_SCORE = 3
_OWN_LETTERS = 3
_ALPHABET = "abcdefghjkmnpqrstuvwxyz23456789"  # no sign that is read as another
_WORDS = (
    "ubnd", "uyban", "nhandan", "tinh", "huyen", "thanhpho", "xa", "phuong", "thitran", "doan",
    "thanhnien", "danvan", "danchu", "coso", "cong", "matkhau", "quantri", "vietnam", "hanoi",
    "bacgiang", "backan", "hoinongdan", "mattran", "portal", "anhyeuem", "iloveyou", "khongbiet",
)  # fmt: skip

_hasher = PasswordHasher(time_cost=3, memory_cost=32 * 1024, parallelism=1)
_gate = threading.BoundedSemaphore(2)


def hashed(password: str) -> str:
    """Give what is stored of a password."""
    with _gate:
        return _hasher.hash(_plain(password))


def matches(password: str, stored: str | None) -> bool:
    """Say whether a password is the stored one.

    Args:
        password: as typed.
        stored: its hash; None for an unknown name, which takes the same time and is never right.
    """
    with _gate:
        try:
            _hasher.verify(stored or _nobody(), _plain(password[:MAX_SIGNS]))
        except (VerificationError, InvalidHashError):
            return False
    return stored is not None


def one_time() -> str:
    """Invent a password to be printed and typed once: twelve signs in three groups."""
    groups = ("".join(secrets.choice(_ALPHABET) for _ in range(4)) for _ in range(3))
    return "-".join(groups)


def weakness(password: str, about: Iterable[str] = ()) -> str | None:
    """Say what is wrong with a password somebody chose, None if it is good.

    Args:
        password: as typed.
        about: names a guesser would try first: of the account, its unit, its organisation.
    """
    if len(_plain(password)) < MIN_SIGNS:
        return N_("Mật khẩu cần ít nhất 10 ký tự.")
    if len(password) > MAX_SIGNS:
        return N_("Mật khẩu dài quá 200 ký tự.")
    known, bare = _guessed_first(about), fold(password)
    if _own_letters(bare, known) < _OWN_LETTERS or _score(bare, known) < _GOOD_SCORE:
        return N_(
            "Mật khẩu này dễ đoán. Thử ghép bốn, năm từ không liên quan, "
            "không dùng tên đơn vị, năm hay dãy phím."
        )
    return None


def _guessed_first(about: Iterable[str]) -> list[str]:
    years = [str(clock.today().year + offset) for offset in (-1, 0, 1)]
    names = [fold(name) for name in about]
    words = [word for name in names for word in (*name.split(), name.replace(" ", ""))]
    return sorted({*_WORDS, *years, *(word for word in words if len(word) > 1)}, key=len)


def _score(password: str, known: list[str]) -> int:
    return int(zxcvbn(password[:_JUDGED_SIGNS], user_inputs=known)["score"])


def _own_letters(password: str, known: list[str]) -> int:
    # “Ubnd@2026tinh” looks long to an estimate, but is only two words every guesser here tries.
    words = "|".join(re.escape(word) for word in reversed(known))
    return len(set(re.sub(rf"{words}|[\W\d_]", "", password)))


def _plain(password: str) -> str:
    return unicodedata.normalize("NFC", password)


@cache
def _nobody() -> str:
    return _hasher.hash(secrets.token_hex(16))
