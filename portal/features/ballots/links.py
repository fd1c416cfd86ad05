"""The link by which a group's head chooses its day and enters its counts: revocable, no account."""

import hashlib
import secrets
from dataclasses import dataclass

from portal.core.database import write
from portal.features.audit import services as audit
from portal.features.audit.services import Doer
from portal.features.ballots import queries, services, standing
from portal.features.ballots.models import BallotGroup
from portal.features.consultations.models import State as Case

PATH = "to"
_HIDDEN = (Case.DRAFT, Case.CANCELLED)


@dataclass(frozen=True)
class Head:
    """Whoever holds a group's link, in the record."""

    display_name: str
    user_id: int = 0

    @classmethod
    def of(cls, group: BallotGroup) -> "Head":
        """Give the holder of a group's link."""
        return cls(standing.head_name(group))


def issue(doer: Doer, group: BallotGroup) -> str:
    """Make a new link; the one before opens nothing from now on.

    Returns:
        Its secret, told once: only its hash is kept.

    Raises:
        Refused: the group cannot be changed any more.
    """
    token = secrets.token_urlsafe(24)
    with write(services.LOCK) as current:
        services.check_open(current, group)
        group.token_hash = _hash(token)
        audit.record(doer, services.act_of("link_made", group))
    return token


def revoke(doer: Doer, group: BallotGroup) -> None:
    """Let the link open nothing any more; done twice does no harm."""
    with write(services.LOCK) as current:
        current.refresh(group, with_for_update={"of": BallotGroup})
        if group.token_hash is not None:
            group.token_hash = None
            audit.record(doer, services.act_of("link_revoked", group))


def find(token: str) -> BallotGroup | None:
    """Give the group that a link leads to; None if it was revoked, or nobody is asked."""
    group = queries.by_token(_hash(token))
    return None if group is None or group.consultation.state in _HIDDEN else group


def words(group: BallotGroup, address: str) -> str:
    """Give what is sent to the head by Zalo along with the link."""
    days = [f"{day:%d/%m/%Y}" for day in standing.days(group.consultation)]
    choice = f"chọn ngày phát phiếu ({' hoặc '.join(days)}), " if 1 < len(days) <= 3 else ""
    return (
        f"Kính gửi Tổ trưởng {group.group}. Mời đồng chí bấm vào đường dẫn dưới đây để "
        f"{choice}ghi tổ kiểm phiếu và nhập số phiếu lấy ý kiến sau khi kiểm. Đường dẫn chỉ dành "
        f"cho tổ trưởng, xin không gửi vào nhóm chung: {address}"
    )


def _hash(token: str) -> bytes:
    return hashlib.sha256(token.encode()).digest()
