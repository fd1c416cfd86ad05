"""Hiding a letter: asked by a reader with a reason, decided by the level above, on the record.

The text stays as it was written. The sender sees that it is hidden and why; everybody sees how many
were hidden in a month (DESIGN rule 6).
"""

from portal.core import clock
from portal.core.database import session, write
from portal.core.errors import Forbidden, Invalid, Missing, Refused
from portal.core.text import N_, clean
from portal.features.audit import services as audit
from portal.features.audit.services import Act
from portal.features.letters import queries
from portal.features.letters.answering import Writer
from portal.features.letters.kinds import HidingState, State
from portal.features.letters.models import Hiding, Letter
from portal.features.letters.workflow import HIDEABLE, LETTER, SEALED
from portal.features.org_units.models import Unit
from portal.policy.permissions import Permission
from portal.policy.predicates import Actor
from portal.policy.table import allows
from portal.workflow.engine import MAX_REASON, REASON_NEEDED, REASON_TOO_LONG


def ask(actor: Writer, letter: Letter, reason: str) -> Hiding:
    """Ask the level above to hide a letter.

    Raises:
        Invalid: no reason, or too long a one.
        Forbidden: the actor does not handle the letter.
        Refused: it is sealed, gone, asked for already, or nobody sits above.
    """
    reason, letter_id = clean(reason, multiline=True), letter.id
    if not reason or len(reason) > MAX_REASON:
        raise Invalid({"hide_reason": REASON_TOO_LONG if reason else REASON_NEEDED})
    with write(LETTER.name) as current:
        found = queries.get_visible(actor, letter_id)
        if found is None:
            raise Missing
        _check(actor, found)
        asked = Hiding(
            letter_id=letter_id, unit_id=actor.unit_id, state_before=found.state, reason=reason,
            asked_by_id=actor.user_id, asked_by=actor.display_name, asked_on=clock.today(),
        )  # fmt: skip
        current.add(asked)
        current.flush()
        current.expire(found, ["hidings"])
        audit.record(actor, Act(
            "hiding:asked", "hiding", asked.id, asked.name, actor.unit_id, reason=reason,
        ))  # fmt: skip
    return asked


def _check(actor: Actor, letter: Letter) -> None:
    if not allows(actor, Permission.LETTER_HIDE, letter):
        raise Refused(SEALED) if letter.is_sealed else Forbidden
    if letter.state not in HIDEABLE:
        raise Refused(GONE)
    if any(one.state == HidingState.ASKED for one in letter.hidings):
        raise Refused(ASKED)
    if session().get_one(Unit, actor.unit_id).parent_id is None:
        raise Refused(NOBODY_ABOVE)


def keep_decision(hiding: Hiding, actor: Actor, reason: str) -> None:
    """Keep who decided and why; of one that is lifted both reasons stay (effect)."""
    if hiding.state == HidingState.LIFTED:
        hiding.decision = f"{hiding.decision}\n{reason.strip()}"
        return
    hiding.decided_by_id, hiding.decided_on = actor.user_id, clock.today()
    hiding.decided_by = getattr(actor, "display_name", "")
    hiding.decision = reason.strip()


def hide_letter(hiding: Hiding, actor: Actor, reason: str) -> None:
    """Hide the letter itself (effect)."""
    hiding.state_before = hiding.letter.state
    LETTER.follow(actor, hiding.letter, "hide", reason)


def show_letter(hiding: Hiding, actor: Actor, reason: str) -> None:
    """Let the letter stand where it stood (effect); one that was taken back meanwhile stays so."""
    if hiding.letter.state == State.HIDDEN:
        LETTER.follow(actor, hiding.letter, f"restore_{hiding.state_before}", reason)


GONE = N_("Thư không còn để ẩn.")
ASKED = N_("Đã có đề nghị ẩn thư này, đang chờ cấp trên quyết định.")
NOBODY_ABOVE = N_("Không có cấp trên để quyết định, nên không ẩn được.")
