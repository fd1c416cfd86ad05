"""What opens a key: the words a holder chooses, the code of an invitation, the recovery sheet."""

import secrets
from typing import Final

from portal.core.errors import Invalid, Missing
from portal.core.receipts import ALPHABET
from portal.core.text import N_
from portal.features.users import passwords
from portal.features.users import queries as users

_CODE, _SHEET = 16, 32
_SHORT: Final = N_("Câu mở khóa cần ít nhất 10 ký tự.")
_EASY: Final = N_(
    "Câu này dễ đoán. Thử ghép bốn, năm từ không liên quan, không dùng tên đơn vị, năm hay dãy "
    "phím."
)
_SAME: Final = N_("Câu mở khóa phải khác mật khẩu đăng nhập.")


def code() -> str:
    """Invent a code that is told once: 80 bits, in groups of four."""
    return _signs(_CODE)


def sheet() -> str:
    """Invent what is printed on a recovery sheet: 160 bits, in groups of four."""
    return _signs(_SHEET)


def check(user_id: int, chosen: str) -> None:
    """See that words somebody chose are hard to guess, and not the password.

    Raises:
        Invalid: saying which of these they are.
    """
    user = users.get(user_id)
    if user is None:
        raise Missing
    about = (user.username, user.display_name, user.organisation.name, user.organisation.folded)
    if len(chosen) < passwords.MIN_SIGNS:
        raise Invalid({"words": _SHORT})
    if passwords.weakness(chosen, about):
        raise Invalid({"words": _EASY})
    if passwords.matches(chosen, user.password_hash):
        raise Invalid({"words": _SAME})


def _signs(count: int) -> str:
    signs = "".join(secrets.choice(ALPHABET) for _ in range(count))
    return "-".join(signs[at : at + 4] for at in range(0, count, 4))
