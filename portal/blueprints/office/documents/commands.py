"""The buttons within the drafting page: what is typed comes back changed, nothing is saved yet."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace

from flask import request
from flask_babel import gettext as _

from portal.core.errors import Invalid, Refused
from portal.features.documents import queries, services
from portal.features.documents.body import Body
from portal.features.documents.checks import Warning, warnings
from portal.features.documents.formats import format_of, type_of
from portal.features.documents.importing import tables
from portal.features.documents.models import Document
from portal.features.documents.pages.facts import facts_of
from portal.features.documents.targets import linked
from portal.features.documents.text.editing import edit
from portal.web.actor import actor
from portal.web.telling import sentence, sentences


@dataclass(frozen=True)
class Done:
    """What a button did."""

    body: Body
    focus: str = ""
    said: str = ""
    pasted_text: str = ""
    pasted_count: int = 0
    pasted: tuple[str, ...] = ()


Act = Callable[[Document, Body, str], Done]


def carry_out(document: Document, body: Body, command: str) -> Done | None:
    """Do what a button says with what is typed.

    Args:
        document: whose text it is.
        body: what is typed.
        command: "section.up.3fa8", "comment.3fa8", "keep.<warning>", "paste-duties" …

    Returns:
        None if it is no button of this kind, but one that saves.
    """
    verb, _dot, which = command.partition(".")
    act = _COMMANDS.get(verb)
    if act is None:
        return None
    done = _done(act, document, body, which)
    # Rows that were pasted and not yet taken stay in their box, whatever is pressed.
    waiting = request.form.get("duties-text", "")
    return done if verb == "paste-duties" else replace(done, pasted_text=waiting)


def _done(act: Act, document: Document, body: Body, which: str) -> Done:
    try:
        return act(document, body, which)
    except Invalid as invalid:
        return Done(body, said=" ".join(sentences(invalid).values()))
    except Refused as refused:
        return Done(body, said=sentence(refused))


def _edit(document: Document, body: Body, which: str) -> Done:  # noqa: ARG001 - one kind of act
    edited = edit(body, request.form["command"])
    return Done(edited.body, edited.focus)


def _again(document: Document, body: Body, which: str) -> Done:  # noqa: ARG001
    return Done(body)


def _comment(document: Document, body: Body, which: str) -> Done:
    services.discuss(actor(), document, request.form.get(f"comment-{which}", ""), which)
    return Done(body, f"section-{which}")


def _resolve(document: Document, body: Body, which: str) -> Done:
    remark = queries.comment(document.id, int(which)) if which.isdecimal() else None
    if remark is None:
        return Done(body)
    services.resolve(actor(), document, remark)
    return Done(body, f"section-{remark.node_id}" if remark.node_id else "")


def _keep(document: Document, body: Body, which: str) -> Done:
    warned = _warned(document, body, which)
    if warned is None:
        return Done(body, said=_("Lưu ý này không còn nữa."))
    reason = request.form.get(f"reason-{which}", "")
    services.waive(actor(), document, which, reason, message=warned.message % warned.values)
    return Done(body)


def _fix(document: Document, body: Body, which: str) -> Done:
    warned = _warned(document, body, which)
    if warned is None or warned.fix is None:
        return Done(body, said=_("Lưu ý này không còn nữa."))
    return Done(warned.fix.apply(body), f"section-{warned.section_id}")


def _warned(document: Document, body: Body, which: str) -> Warning | None:
    kind, form = type_of(document.type_code), format_of(document.format_code)
    found = warnings(body, kind, form, facts_of(document))
    return next((one for one in found if one.key == which), None)


def _paste_duties(document: Document, body: Body, which: str) -> Done:  # noqa: ARG001
    """Take the rows without a mistake; the others stay where they were pasted, to be mended."""
    pasted = request.form.get("duties-text", "")
    found = tables.duties(pasted)
    if not found.rows:
        none = _("Chưa có dòng nào. Mời chép các dòng từ Excel rồi dán vào ô.")
        return Done(body, "duty-paste", none, pasted_text=pasted)
    taken = linked(Body(duties=found.duties()), actor()).duties
    body = replace(body, duties=(*body.duties, *taken))
    if len(taken) == len(found.rows):
        return Done(body, f"duty-{taken[0].id}")
    return Done(
        body, "duty-paste",
        pasted_text=found.to_mend(), pasted_count=len(taken), pasted=_cell_errors(found.wrong()),
    )  # fmt: skip


def _cell_errors(rows: Iterable[tables.PastedDuty]) -> tuple[str, ...]:
    return tuple(
        _("Dòng %(line)s, %(column)s “%(cell)s”: %(message)s", line=row.line,
          column=_(tables.COLUMN_LABELS[name]), cell=row.cells.get(name, ""), message=_(message))
        for row in rows
        for name, message in row.errors.items()
    )  # fmt: skip


_COMMANDS: dict[str, Act] = {
    "section": _edit,
    "duty": _edit,
    "recipient": _edit,
    "appendix": _edit,
    "comment": _comment,
    "resolve": _resolve,
    "keep": _keep,
    "fix": _fix,
    "paste-duties": _paste_duties,
    "restore": _again,
    "go-on": _again,
}
