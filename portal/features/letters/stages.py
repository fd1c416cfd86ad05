"""What happened to a letter, as its sender reads it: plain words and days."""

import json
from dataclasses import dataclass, field
from datetime import date

from sqlalchemy import select

from portal.core import clock
from portal.core.database import session
from portal.core.text import N_
from portal.features.audit.models import AuditEntry
from portal.features.letters.kinds import OPEN, State
from portal.features.letters.models import Letter, LetterBatch, LetterStep
from portal.features.org_units.models import Organisation


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
    first, passed_on = _passed_on(letter)
    begun = [Stage(SENT, letter.day), Stage(DELIVERED, batch.delivered_on, {"body": first})]
    rows = list(session().scalars(steps))
    moved = [
        Stage(said, row.day, _values(letter, row.state))
        for row in rows
        if (said := SAID.get(row.state))
    ]
    stages = begun + sorted(passed_on + moved, key=lambda one: one.day or letter.day)
    if letter.state not in {row.state for row in rows} and letter.state in SAID:
        # What was taken back before it was delivered has no step: it went on the day it was sent.
        day = letter.day if letter.state == State.WITHDRAWN else None
        stages.append(Stage(SAID[letter.state], day, _values(letter, letter.state)))
    if letter.state in OPEN:
        stages.append(Stage(DUE, letter.due_on, done=False))
    elif letter.state == State.REFERRED and letter.referral_due_on:
        stages.append(Stage(REFERRAL_DUE, letter.referral_due_on, done=False))
    return stages


def _passed_on(letter: Letter) -> tuple[str, list[Stage]]:
    """Give to whom a letter was delivered, and each time it was given to another body to read."""
    query = select(AuditEntry).where(
        AuditEntry.subject_kind == "letter", AuditEntry.subject_id == str(letter.id),
        AuditEntry.action == "letter:handed_on",
    )  # fmt: skip
    acts = list(session().scalars(query.order_by(AuditEntry.number)))
    pairs = [json.loads(one.changes)["reader"] for one in acts]
    wanted = {each for pair in pairs for each in pair}
    bodies = select(Organisation.id, Organisation.name).where(Organisation.id.in_(wanted))
    names = dict(session().execute(bodies).all())
    told = [
        Stage(PASSED_ON if one.reason else PASSED, one.at.astimezone(clock.VN).date(),
              {"before": names[before], "body": names[after], "why": one.reason})
        for one, (before, after) in zip(acts, pairs, strict=True)
    ]  # fmt: skip
    return (names[pairs[0][0]] if pairs else letter.reader.name), told


def _values(letter: Letter, state: str) -> dict[str, object]:
    if state == State.ASSIGNED:
        return {"body": letter.assigned_to.name if letter.assigned_to else letter.reader.name}
    return {"body": letter.referred_to} if state == State.REFERRED else {}


SENT = N_("Đã gửi")
TOMORROW = N_("Thư tới người đọc cùng các thư khác")
DELIVERED = N_("Đã tới %(body)s")
PASSED = N_("Chuyển từ %(before)s tới %(body)s")
PASSED_ON = N_("Chuyển từ %(before)s tới %(body)s. Lý do: %(why)s")
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
