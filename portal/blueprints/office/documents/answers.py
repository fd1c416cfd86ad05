"""What the drafting page answers: itself, what was saved, or both texts if two people wrote."""

from dataclasses import replace

from flask import render_template
from flask.typing import ResponseReturnValue

from portal.blueprints.office.documents import form as document_form
from portal.blueprints.office.documents.commands import Done
from portal.core import clock
from portal.core.errors import Invalid
from portal.features.documents import queries
from portal.features.documents.body import Body
from portal.features.documents.models import Document
from portal.features.documents.pages import document as document_page
from portal.features.documents.pages import drafting
from portal.features.documents.pages.facts import facts_of
from portal.features.documents.text.difference import compare
from portal.features.documents.workflow import DOCUMENT
from portal.web.actor import actor
from portal.web.telling import sentences


def draft_page(
    document: Document,
    body: Body,
    version: int,
    *,
    done: Done | None = None,
    invalid: Invalid | None = None,
    said: str = "",
    status: int = 200,
) -> ResponseReturnValue:
    """Give the drafting page with a body, stored or just typed."""
    errors = sentences(invalid).values() if invalid else ()
    editor = drafting.editor(
        actor(), document, body, facts_of(document),
        focus=done.focus if done else "",
        said=" ".join(filter(None, [said, done.said if done else "", *errors])),
    )  # fmt: skip
    if done:
        editor = replace(
            editor, pasted=done.pasted, pasted_text=done.pasted_text, pasted_count=done.pasted_count
        )
    return _page(document, editor, version), 422 if invalid else status


def _page(document: Document, editor: drafting.Editor, version: int) -> str:
    return render_template(
        "features/documents/draft.html",
        document=document,
        editor=editor,
        unsaved=editor.body != document.body,
        seen_version=version,
        saved_time=_time(document),
        returned_reason=document_page.last_reason(document) if document.state == "returned" else "",
        may_submit=any(offer.name == "submit" for offer in DOCUMENT.available(actor(), document)),
    )


def saved_answer(document: Document) -> dict[str, object]:
    """Give what the script is told after it has saved: version, time, and what follows."""
    editor = drafting.editor(actor(), document, document.body, facts_of(document))
    return {
        "version": document.version,
        "saved_at": _time(document),
        "live": render_template("features/documents/_live.html", editor=editor),
    }


def conflict(document: Document, theirs: Body, mine: Body) -> ResponseReturnValue:
    """Show what another has saved beside what was typed here; nothing of either is lost."""
    versions = queries.versions(document.id)
    page = render_template(
        "features/documents/conflict.html",
        document=document,
        changes=compare(theirs, mine),
        fields=document_form.fields(mine),
        by=versions[0].saved_by if versions else "",
        at=document.saved_at,
        theirs=theirs,
        mine=mine,
    )
    return page, 409


def _time(document: Document) -> str:
    return f"{document.saved_at.astimezone(clock.VN):%H:%M}"
