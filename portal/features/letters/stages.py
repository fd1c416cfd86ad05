"""What happened to a letter, as its sender reads it: plain words and days."""

from dataclasses import dataclass, field
from datetime import date

from sqlalchemy import select

from portal.core.database import session
from portal.core.text import N_
from portal.features.letters.kinds import OPEN, State
from portal.features.letters.models import Letter, LetterBatch, LetterStep


@dataclass(frozen=True)
class Stage:
    """One line of what happened: a marked sentence, its values, its day."""

    said: str
    day: date | None
    values: dict[str, object] = field(default_factory=dict)
    done: bool = True


def of(letter: Letter) -> list[Stage]:
    """List what happened to a delivered letter, in order, and what is due next."""
    steps = select(LetterStep).where(LetterStep.letter_id == letter.id).order_by(LetterStep.day)
    batch = session().get_one(LetterBatch, letter.batch_id)
    stages = [Stage(SENT, letter.day), Stage(DELIVERED, batch.delivered_on,
                                             {"body": letter.reader.name})]  # fmt: skip
    rows = list(session().scalars(steps))
    for row in rows:
        if said := SAID.get(row.state):
            stages.append(Stage(said, row.day, _values(letter, row.state)))
    if letter.state not in {row.state for row in rows} and letter.state in SAID:
        stages.append(Stage(SAID[letter.state], None, _values(letter, letter.state)))
    if letter.state in OPEN:
        stages.append(Stage(DUE, letter.due_on, done=False))
    elif letter.state == State.REFERRED and letter.referral_due_on:
        stages.append(Stage(REFERRAL_DUE, letter.referral_due_on, done=False))
    return stages


def _values(letter: Letter, state: str) -> dict[str, object]:
    if state == State.ASSIGNED:
        return {"body": letter.assigned_to.name if letter.assigned_to else letter.reader.name}
    return {"body": letter.referred_to} if state == State.REFERRED else {}


SENT = N_("Đã gửi")
TOMORROW = N_("Thư tới người đọc cùng các thư khác")
DELIVERED = N_("Đã tới %(body)s")
DUE = N_("Chậm nhất phải trả lời")
REFERRAL_DUE = N_("Hạn của cơ quan có thẩm quyền")
WITHDRAWN = N_("Ông/bà đã rút thư")
SAID: dict[str, str] = {
    State.CLASSIFIED: N_("Đã xem và phân loại"),
    State.ASSIGNED: N_("Đã giao %(body)s giải quyết"),
    State.ANSWERED: N_("Đã soạn trả lời, chờ người khác duyệt"),
    State.APPROVED: N_("Đã trả lời"),
    State.PUBLISHED: N_("Thư và trả lời đã được công khai, che những gì nhận ra người"),
    State.CLOSED: N_("Đã kết thúc"),
    State.REFERRED: N_("Đã chuyển cơ quan có thẩm quyền: %(body)s"),
    State.MERGED: N_("Gộp với thư cùng việc; trả lời chung hiện ở đây"),
    State.HIDDEN: N_("Thư bị ẩn khỏi người đọc của đơn vị"),
    State.WITHDRAWN: WITHDRAWN,
}
"""How each state is said to the sender."""
