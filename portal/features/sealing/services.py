"""Making and sharing keys. Nothing that opens a letter is stored but under its holder's words.

All stretching of words is slow and happens before `write()`, which then looks again.
"""

from datetime import timedelta
from typing import Final, Protocol

from sqlalchemy.orm import Session

from portal.core import clock, receipts, sealing
from portal.core.database import let_go, write
from portal.core.errors import Invalid, Missing, Refused
from portal.core.sealing import Shut, Wrapped
from portal.core.text import N_
from portal.features.audit import services as audit
from portal.features.audit.services import Act, Doer
from portal.features.sealing import queries, words
from portal.features.sealing.models import KeyHolder, SealKey
from portal.features.users import slowing
from portal.features.users.models import User

INVITED_FOR: Final = timedelta(days=7)
WAIT: Final = N_("Thử sai nhiều lần. Xin đợi nửa phút rồi thử lại.")
_LAST: Final = N_(
    "Đây là người cuối cùng còn mở được khóa này. Mời thêm người khác trước, hoặc ngừng dùng khóa."
)


class Keeper(Doer, Protocol):
    """Whoever makes and shares a body's key."""

    @property
    def organisation_id(self) -> int:
        """The account's organisation."""

    @property
    def unit_id(self) -> int:
        """The unit of the account's organisation."""


def make_key(actor: Keeper, chosen: str, *, judged: bool = True) -> tuple[SealKey, str]:
    """Make the key of the actor's body, with the actor as its first holder.

    Args:
        actor: whose body it is for.
        chosen: the words that open it for the actor.
        judged: whether weak words are refused; the sample takes the account's password.

    Returns:
        The key, and what is on its recovery sheet: it is shown once and kept nowhere.

    Raises:
        Invalid: the words are weak.
        Refused: the body has a key.
    """
    if judged:
        words.check(actor.user_id, chosen)
    let_go()
    pair, sheet = sealing.new_pair(), words.sheet()
    own, safe = sealing.wrap(chosen, pair.private), sealing.wrap(_plain(sheet), pair.private)
    with write(_lock(actor.organisation_id)) as current:
        if queries.live_key(actor.organisation_id) is not None:
            raise Refused(N_("Cơ quan này đã có khóa mở thư đang dùng."))
        key = SealKey(
            unit_id=actor.unit_id, organisation_id=actor.organisation_id, public=pair.public,
            made_on=clock.today(), made_by=actor.display_name,
        )  # fmt: skip
        current.add(key)
        current.flush()
        _hold(current, actor, key, own, "account", actor.user_id)
        _hold(current, actor, key, safe, "sheet", None)
        audit.record(actor, _act("made", key))
    return key, sheet


def invite(actor: Keeper, key: SealKey, user_id: int, private: bytes) -> str:
    """Let another account of the body hold the key too.

    Args:
        actor: a holder who has unlocked it.
        key: the key.
        user_id: who is invited.
        private: the unlocked key.

    Returns:
        A one-time code, to be told in person; with it the account comes and chooses its own words.

    Raises:
        Missing: no open account of this body.
        Refused: it holds the key already.
    """
    key_id, code = key.id, words.code()
    let_go()
    wrapped = sealing.wrap(_plain(code), private)
    with write(_lock(key.organisation_id)) as current:
        user = current.get(User, user_id)
        if user is None or not user.active or user.organisation_id != key.organisation_id:
            raise Missing
        if queries.holder(user_id, key_id):
            raise Refused(N_("Tài khoản này đã giữ khóa."))
        _hold(current, actor, key, wrapped, "invited", user_id)
        audit.record(actor, _act("invited", key, user))
    return code


def join(actor: Keeper, key: SealKey, code: str, chosen: str) -> bytes:
    """Come as invited: the code opens once, from then on the actor's own words do.

    Returns:
        The private key, unlocked.

    Raises:
        Invalid: the code is wrong or too old, or the words are weak.
        Missing: nobody invited the actor.
    """
    found = queries.invitation(actor.user_id, key.id)
    if found is None:
        raise Missing
    if found.since + INVITED_FOR < clock.today():
        raise Invalid({"code": N_("Mã này đã quá 7 ngày. Xin người mời cấp mã khác.")})
    words.check(actor.user_id, chosen)
    private = _tried(actor, found, code, "code", N_("Mã chưa đúng. Xin xem lại từng nhóm."))
    return _take_over(actor, key, private, chosen, "joined")


def recover(actor: Keeper, key: SealKey, sheet: str, chosen: str) -> bytes:
    """Get in with the recovery sheet, which stays good: the actor then holds the key.

    Returns:
        The private key, unlocked.

    Raises:
        Invalid: the sheet is another one, or the words are weak.
    """
    found = queries.sheet(key.id)
    if found is None:
        raise Missing
    words.check(actor.user_id, chosen)
    wrong = N_("Không phải phiếu khôi phục của khóa này. Xin xem lại từng nhóm.")
    private = _tried(actor, found, sheet, "sheet", wrong)
    return _take_over(actor, key, private, chosen, "recovered")


def change_words(actor: Keeper, key: SealKey, private: bytes, chosen: str) -> None:
    """Choose other words for a key that is unlocked.

    Raises:
        Invalid: they are weak.
        Missing: the actor does not hold it any more.
    """
    words.check(actor.user_id, chosen)
    if queries.holder(actor.user_id, key.id) is None:
        raise Missing
    _take_over(actor, key, private, chosen, "words_changed")


def new_sheet(actor: Keeper, key: SealKey, private: bytes) -> str:
    """Make another recovery sheet for a key that is unlocked; the one before opens nothing more."""
    sheet = words.sheet()
    let_go()
    wrapped = sealing.wrap(_plain(sheet), private)
    with write(_lock(key.organisation_id)) as current:
        _hold(current, actor, key, wrapped, "sheet", None)
        audit.record(actor, _act("sheet", key))
    return sheet


def take_away(actor: Keeper, holder: KeyHolder, reason: str) -> None:
    """Have an account hold the key no longer, at once.

    Raises:
        Refused: nobody would be left.
    """
    with write(_lock(holder.organisation_id)) as current:
        key, user = holder.key, holder.user
        left = [one for one in queries.holders(key.id) if one.kind == "account"]
        if key.retired_on is None and [one.id for one in left] == [holder.id]:
            raise Refused(_LAST)
        current.delete(holder)
        audit.record(actor, _act("taken_away", key, user, reason))


def retire(actor: Keeper, key: SealKey, reason: str) -> None:
    """Seal no further letter to a key; its holders go on reading those that came."""
    with write(_lock(key.organisation_id)):
        if key.retired_on is not None:
            raise Refused(N_("Khóa này đã ngừng dùng."))
        key.retired_on = clock.today()
        audit.record(actor, _act("retired", key, reason=reason))


def unlock(actor: Keeper, chosen: str) -> dict[int, bytes]:
    """Open every key that the actor holds under these words.

    Returns:
        Private keys by the number of their key; never empty.

    Raises:
        Invalid: the words open none.
    """
    held = [(one.key_id, Wrapped(one.salt, one.wrapped)) for one in queries.held_by(actor.user_id)]
    tries = _take_try(actor, "words")
    let_go()
    opened: dict[int, bytes] = {}
    for key_id, wrapped in held[:_MOST_KEYS]:
        try:
            opened[key_id] = sealing.unwrap(chosen, wrapped)
        except Shut:
            continue
    if not opened:
        raise Invalid({"words": N_("Câu mở khóa chưa đúng.")})
    with write() as current:
        slowing.give_back(current, tries)
        acts = [_act("opened", key) for key_id in opened if (key := queries.get(key_id))]
        audit.record_all(actor, acts)
    return opened


_MOST_KEYS: Final = 8


def _tried(actor: Keeper, holder: KeyHolder, typed: str, field: str, wrong: str) -> bytes:
    """Open what a code or a sheet opens; wrong ones cost tries, as passwords do."""
    wrapped = Wrapped(holder.salt, holder.wrapped)
    tries = _take_try(actor, field)
    let_go()
    try:
        private = sealing.unwrap(_plain(typed), wrapped)
    except Shut as shut:
        raise Invalid({field: wrong}) from shut
    with write() as current:
        slowing.give_back(current, tries)
    return private


def _take_try(actor: Keeper, field: str) -> bytes:
    tries = slowing.key("seal", field, str(actor.user_id))
    if slowing.take(tries):
        raise Invalid({field: WAIT})
    return tries


def _take_over(actor: Keeper, key: SealKey, private: bytes, chosen: str, act: str) -> bytes:
    if sealing.pair_of(private).public != key.public:
        raise Missing
    let_go()
    wrapped = sealing.wrap(chosen, private)
    with write(_lock(key.organisation_id)) as current:
        _hold(current, actor, key, wrapped, "account", actor.user_id)
        audit.record(actor, _act(act, key))
    return private


def _hold(
    current: Session, actor: Keeper, key: SealKey, wrapped: Wrapped, kind: str, user_id: int | None
) -> None:
    """Store how the key opens for an account or the sheet, in the place of how it did before."""
    for one in queries.holders(key.id):
        if one.user_id == user_id:
            current.delete(one)
    current.flush()
    current.add(KeyHolder(
        key_id=key.id, kind=kind, user_id=user_id, salt=wrapped.salt, wrapped=wrapped.content,
        since=clock.today(), given_by=actor.display_name,
    ))  # fmt: skip


def _plain(typed: str) -> str:
    """Read a code or a sheet as it is meant: without spaces, dashes, look-alikes."""
    return receipts.read_signs(typed)


def _act(act: str, key: SealKey, user: User | None = None, reason: str = "") -> Act:
    changes = {"account": [None, f"{user.display_name} ({user.username})"]} if user else {}
    return Act(
        f"seal_key:{act}", "seal_key", key.id, subject_name=key.name, unit_id=key.unit_id,
        reason=reason, changes=changes,
    )  # fmt: skip


def _lock(organisation_id: int) -> str:
    return f"seal-key:{organisation_id}"
