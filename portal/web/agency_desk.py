"""An agency at its answer: the same pages behind its link and for its accounts.

What differs is said by a `Desk`: who acts, where the pages lie, in which frame they are drawn.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from io import BytesIO
from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from portal.core.errors import Invalid, Missing, Refused, Stale
from portal.core.text import clean
from portal.features.audit.services import Doer
from portal.features.consultations import (
    agency_answers,
    agency_articles,
    agency_boxes,
    agency_letters,
    agency_pages,
    agency_sheets,
    comment_tables,
)
from portal.features.consultations.agency_letters import Signing
from portal.features.consultations.comments import Said
from portal.features.consultations.models import Consultation, Submission
from portal.features.consultations.places import Finder
from portal.features.regulations import reading
from portal.features.regulations.models import DraftVersion
from portal.web import draft_files, pasting
from portal.web.printing import DOCX, XLSX, sent
from portal.web.telling import sentence

WHOLE = "chung"
"""In an address: the draft as a whole."""
DISAGREES = "khong-nhat-tri"
_SAID = {"luu": "kept", "gui": "sent", "rut": "back", "bang": "table"}


@dataclass(frozen=True)
class Desk:
    """Where an agency sits."""

    submission: Submission
    doer: Doer
    prefix: str
    """What the names of its endpoints begin with."""
    values: Mapping[str, Any]
    """What stands in each of its addresses."""
    layout: str
    owner: str = ""
    """Under what a table is kept for whoever has no account (`portal.web.pasted`)."""
    errors: Mapping[str, str] = field(default_factory=dict)

    @property
    def inside(self) -> bool:
        """Say whether it is an account's."""
        return not self.owner

    def url(self, step: str = "", **more: str) -> str:
        """Give the address of one of its pages."""
        values: dict[str, Any] = {**self.values, **more}
        return url_for(f"{self.prefix}_{step}" if step else self.prefix, **values)

    def to(self, step: str = "", **more: str) -> ResponseReturnValue:
        """Lead to one of its pages after a form was taken."""
        return redirect(self.url(step, **more), 303)


def home(
    desk: Desk, error: str = "", typed: str | None = None, theirs: object = None
) -> str:  # fmt: skip
    """Draw the contents of the draft, what is written so far, and how it is sent.

    Args:
        desk: where the agency sits.
        error: why something was not done.
        typed: the general comment that could not be kept.
        theirs: what somebody else of the agency has put in its place meanwhile.
    """
    case = desk.submission.consultation
    return render_template(
        "features/consultations/answer.html", desk=desk, error=error, typed=typed, theirs=theirs,
        page=agency_pages.answer(desk.submission), said=_SAID.get(request.args.get("da", "")),
        signer=request.form.get("signer", desk.submission.signer),
        disagrees=request.form.get("y") == DISAGREES, files=draft_files.files(case),
    )  # fmt: skip


def part(desk: Desk, key: str) -> ResponseReturnValue:
    """Draw one article with its boxes, or keep what was written in them."""
    page = agency_articles.article(desk.submission, key)
    if page is None and key != WHOLE:
        raise Missing
    if request.method != "POST":
        if key == WHOLE:
            return desk.to()
        if desk.owner:
            agency_answers.opened(desk.submission)
        return _part(desk, key)
    # Not only the boxes of this moment: a version may have come since the page was drawn.
    shown = request.form.get("khoa", "")
    typed = agency_boxes.changed(agency_boxes.typed(request.form), shown)
    try:
        agency_answers.keep(desk.submission, typed, shown)
    except Stale as stale:
        return _again(desk, key, typed, sentence(stale), theirs=stale.theirs), 409
    except Invalid as invalid:
        return _again(desk, key, typed, sentence(invalid), errors=invalid.errors), 422
    except Refused as refused:
        return _again(desk, key, typed, sentence(refused)), 409
    onward = request.form.get("tiep", "")
    return desk.to("part", part=onward) if onward else desk.to(da="luu")


def send(desk: Desk) -> ResponseReturnValue:
    """Send what is kept, or that the agency agrees to all of it."""
    try:
        agency_answers.send(
            desk.doer, desk.submission, request.form.get("signer", ""),
            agrees=bool(request.form.get("nhat-tri")), shown=request.form.get("khoa", ""),
            disagrees=request.form.get("y") == DISAGREES,
        )  # fmt: skip
    except Invalid as invalid:
        return home(desk, sentence(invalid)), 422
    except (Refused, Stale) as refused:
        return home(desk, sentence(refused)), 409
    return desk.to(da="gui")


def take_back(desk: Desk) -> ResponseReturnValue:
    """Take back what was sent, to change it."""
    try:
        agency_answers.take_back(desk.doer, desk.submission)
    except Refused as refused:
        return home(desk, sentence(refused)), 409
    return desk.to(da="rut")


def table(desk: Desk) -> ResponseReturnValue:
    """Bring in the agency's own table: pasted, or as a file."""
    if not agency_answers.takes(desk.submission):
        return home(desk, _(agency_answers.CLOSED)), 409
    sent = pasting.received(comment_tables.COLUMNS, comment_tables, desk.owner)
    address = desk.url("table")
    if sent.table is None:
        shown = render_template(
            "features/consultations/answer_table.html", desk=desk, sent=sent, found=None,
            columns=comment_tables.COLUMNS, address=address,
        )  # fmt: skip
        return shown, sent.status
    found = comment_tables.checked(sent.table, finder(desk.submission), _kept(desk.submission))
    if sent.takes(found.table):
        try:
            n = agency_answers.keep_more(desk.submission, found.said)
        except (Invalid, Refused) as failure:
            return home(desk, sentence(failure)), 422
        if desk.inside:
            flash(_("Đã thêm %(n)s góp ý vào bản đang ghi.", n=n), "success")
        return desk.to(da="bang")
    if sent.saves:
        return pasting.again(sent, desk.owner)
    return render_template(
        "features/consultations/answer_table.html", desk=desk, sent=sent, found=found,
        address=address,
    ), 422 if found.table.faults else 200  # fmt: skip


def letter(desk: Desk) -> ResponseReturnValue:
    """Give the official letter as .docx: as it was sent, or as its form is filled in now."""
    signing = None
    if request.method == "POST" and agency_answers.takes(desk.submission):
        disagrees = request.form.get("y") == DISAGREES
        signing = Signing(clean(request.form.get("signer", "")), disagrees=disagrees)
    content = BytesIO(agency_letters.draw(desk.submission, signing=signing))
    name = _("Công văn góp ý %(draft)s", draft=desk.submission.consultation.draft.title)
    return sent(content, DOCX, f"{name}.docx")


def blank(consultation: Consultation) -> ResponseReturnValue:
    """Give the empty form of comments as .xlsx."""
    content = BytesIO()
    agency_sheets.write_form(content, consultation)
    content.seek(0)
    name = _("Mẫu bảng góp ý %(draft)s", draft=consultation.draft.title)
    return sent(content, XLSX, f"{name}.xlsx")


def finder(submission: Submission, version: DraftVersion | None = None) -> Finder:
    """Give what finds provisions in a version; in the one that is asked about, if none is said."""
    if version is not None:
        return Finder(reading.outline(version))
    return Finder(reading.latest(submission.consultation.draft_id))


def _kept(submission: Submission) -> list[Said]:
    return [
        Said(key, line)
        for key, text in agency_answers.kept(submission).items()
        for line in (text, *text.split("\n"))
    ]


def _part(desk: Desk, key: str) -> str:
    return render_template(
        "features/consultations/answer_part.html", desk=desk, error="", errors={}, theirs={},
        page=agency_articles.article(desk.submission, key),
        takes=agency_answers.takes(desk.submission),
    )  # fmt: skip


def _again(
    desk: Desk, key: str, typed: dict[str, str], message: str, *,
    errors: Mapping[str, str] | None = None, theirs: Mapping[str, object] | None = None,
) -> str:  # fmt: skip
    """Draw the page once more with what was typed, and why it was not kept."""
    if key == WHOLE:
        return home(desk, message, typed.get(""), (theirs or {}).get(""))
    return render_template(
        "features/consultations/answer_part.html", desk=desk, error=message,
        errors=errors or {}, theirs=theirs or {},
        page=agency_articles.article(desk.submission, key, typed), takes=True,
    )  # fmt: skip
