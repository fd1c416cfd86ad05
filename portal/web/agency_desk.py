"""An agency at its answer: the same pages behind its link and for its accounts.

What differs is said by a `Desk`: who acts, where the pages lie, in which frame they are drawn.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from io import BytesIO
from typing import Any

from flask import flash, redirect, render_template, request, send_file, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from portal.core.errors import Invalid, Missing, Refused, Stale
from portal.features.audit.services import Doer
from portal.features.consultations import (
    agency_answers,
    agency_letters,
    agency_pages,
    agency_sheets,
    comment_tables,
)
from portal.features.consultations.comments import Said
from portal.features.consultations.models import Submission
from portal.features.consultations.places import Finder
from portal.features.regulations import queries as regulations
from portal.features.regulations import reading
from portal.web import pasting
from portal.web.printing import DOCX

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
WHOLE = "chung"
"""In an address: the draft as a whole."""
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


def home(desk: Desk, error: str = "", theirs: bool = False) -> str:
    """Draw the contents of the draft, what is written so far, and how it is sent."""
    return render_template(
        "features/consultations/answer.html", desk=desk, error=error, theirs=theirs,
        page=agency_pages.answer(desk.submission), said=_SAID.get(request.args.get("da", "")),
        signer=request.form.get("signer", desk.submission.signer),
    )  # fmt: skip


def part(desk: Desk, key: str) -> ResponseReturnValue:
    """Draw one article with its boxes, or keep what was written in them."""
    page = agency_pages.article(desk.submission, key)
    if page is None and key != WHOLE:
        raise Missing
    if request.method != "POST":
        if key == WHOLE:
            return desk.to()
        if desk.owner:
            agency_answers.opened(desk.submission)
        return _part(desk, key)
    keys = [box.entry.key for box in page.boxes] if page else [""]
    fields = {agency_answers.field(one): one for one in keys}
    typed = {one: request.form[name] for name, one in fields.items() if name in request.form}
    try:
        agency_answers.keep(desk.submission, typed, request.form.get("khoa", ""))
    except Stale as stale:
        return _again(desk, key, typed, stale.message, theirs=stale.theirs), 409
    except Invalid as invalid:
        message = next(iter(invalid.errors.values()))
        return _again(desk, key, typed, message, errors=invalid.errors), 422
    except Refused as refused:
        return _again(desk, key, typed, refused.message), 409
    onward = request.form.get("tiep", "")
    return desk.to("part", part=onward) if onward else desk.to(da="luu")


def send(desk: Desk) -> ResponseReturnValue:
    """Send what is kept, or that the agency agrees to all of it."""
    try:
        agency_answers.send(
            desk.doer, desk.submission, request.form.get("signer", ""),
            agrees=bool(request.form.get("nhat-tri")), shown=request.form.get("khoa", ""),
        )  # fmt: skip
    except Invalid as invalid:
        message = next(iter(invalid.errors.values()))
        return home(desk, _(message, **invalid.values)), 422
    except (Refused, Stale) as refused:
        return home(desk, _(refused.message)), 409
    return desk.to(da="gui")


def take_back(desk: Desk) -> ResponseReturnValue:
    """Take back what was sent, to change it."""
    try:
        agency_answers.take_back(desk.doer, desk.submission)
    except Refused as refused:
        return home(desk, _(refused.message, **refused.values)), 409
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
            return home(desk, _(why(failure))), 422
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
    """Give the official letter as .docx."""
    content = BytesIO(agency_letters.draw(desk.submission))
    name = _("Công văn góp ý %(draft)s", draft=desk.submission.consultation.draft.title)
    return send_file(content, DOCX, as_attachment=True, download_name=f"{_file(name)}.docx")


def blank(submission: Submission) -> ResponseReturnValue:
    """Give the empty form of comments as .xlsx."""
    content = BytesIO()
    agency_sheets.write_form(content, submission.consultation)
    content.seek(0)
    name = _("Mẫu bảng góp ý %(draft)s", draft=submission.consultation.draft.title)
    return send_file(content, XLSX, as_attachment=True, download_name=f"{_file(name)}.xlsx")


def finder(submission: Submission) -> Finder:
    """Give what finds provisions in the version that is asked about."""
    version = regulations.published(submission.consultation.draft_id)
    return Finder(reading.outline(version) if version else [])


def why(failure: Invalid | Refused) -> str:
    """Give the first sentence of a refusal."""
    if isinstance(failure, Invalid):
        return next(iter(failure.errors.values()), "")
    return failure.message


def _kept(submission: Submission) -> list[Said]:
    return [
        Said(key, line)
        for key, text in agency_answers.kept(submission).items()
        for line in (text, *text.split("\n"))
    ]


def _part(desk: Desk, key: str) -> str:
    return render_template(
        "features/consultations/answer_part.html", desk=desk, error="", errors={}, theirs={},
        page=agency_pages.article(desk.submission, key),
        takes=agency_answers.takes(desk.submission),
    )  # fmt: skip


def _again(
    desk: Desk, key: str, typed: dict[str, str], message: str, *,
    errors: Mapping[str, str] | None = None, theirs: Mapping[str, object] | None = None,
) -> str:  # fmt: skip
    """Draw the page once more with what was typed, and why it was not kept."""
    if key == WHOLE:
        return home(desk, _(message))
    return render_template(
        "features/consultations/answer_part.html", desk=desk, error=_(message),
        errors=errors or {}, theirs=theirs or {},
        page=agency_pages.article(desk.submission, key, typed), takes=True,
    )  # fmt: skip


def _file(name: str) -> str:
    return name.replace("/", "-")[:120]
