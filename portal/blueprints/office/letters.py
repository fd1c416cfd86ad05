"""Letters to suggestion boxes: the list, and one letter with all that is done with it."""

from datetime import date
from io import BytesIO
from typing import Any

from flask import redirect, render_template, request, send_file, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from portal.blueprints.office import blueprint
from portal.blueprints.office.letter_forms import FORMS
from portal.core import clock
from portal.core.errors import Missing
from portal.core.text import clean
from portal.features.letters import exports, listing, pages, queries, visits
from portal.features.letters.kinds import CATEGORY_LABELS, STATE_LABELS
from portal.features.letters.listing import Filter
from portal.features.letters.models import Hiding, Letter
from portal.features.letters.workflow import HIDING, LETTER
from portal.features.mailbox import queries as boxes
from portal.features.tallies import weeks
from portal.policy.permissions import Permission
from portal.policy.roles import Role
from portal.policy.table import allows
from portal.web import unlocking
from portal.web.access import requires, signed_in
from portal.web.actor import actor
from portal.web.offers import buttons, forms
from portal.web.printing import XLSX, sent

_NAMES = {
    "box_id": "hop", "state": "trang-thai", "category": "loai", "field": "linh-vuc",
    "week": "tuan", "overdue": "qua-han", "mine": "cua-toi", "search": "tim",
}  # fmt: skip
"""Names of the filter's parts in addresses."""
_WEEKS = 13


def wanted() -> Filter:
    """Read what the address narrows the list to; what is no such thing narrows nothing."""
    given = {name: clean(request.args.get(word, ""))[:200] for name, word in _NAMES.items()}
    box = given["box_id"]
    known = {*STATE_LABELS, listing.TO_DO}
    return Filter(
        box_id=int(box) if box.isdecimal() and len(box) < 10 else None,
        state=given["state"] if given["state"] in known else "",
        category=given["category"] if given["category"] in CATEGORY_LABELS else "",
        field=given["field"], week=_monday(given["week"]), overdue=given["overdue"] == "1",
        mine=given["mine"] == "1", search=given["search"].strip(),
    )  # fmt: skip


def narrowing(chosen: Filter) -> dict[str, Any]:
    """Give a filter as the arguments of an address."""
    values = {word: getattr(chosen, name) for name, word in _NAMES.items()}
    written = {word: "1" if value is True else value for word, value in values.items()}
    return {word: str(value) for word, value in written.items() if value}


def _monday(text: str) -> date | None:
    try:
        return weeks.monday_of(date.fromisoformat(text))
    except ValueError:
        return None


def _weeks() -> list[tuple[date, date]]:
    """Give the latest weeks, Monday and Sunday."""
    this = weeks.monday_of(clock.today())
    mondays = [this - at * weeks.WEEK for at in range(_WEEKS)]
    return [(monday, weeks.last_of(monday)) for monday in mondays]


@blueprint.get("/thu")
@signed_in(Role.PROVINCE, Role.DISTRICT, Role.COMMUNE, Role.YOUTH)
def letters() -> ResponseReturnValue:
    chosen = wanted()
    after, before = (listing.read_place(request.args.get(name, "")) for name in ("sau", "truoc"))
    listed, known = listing.page(actor(), chosen, after=after, before=before), boxes.listed(actor())
    return render_template(
        "features/letters/list.html", listed=listed, wanted=chosen, keep=narrowing(chosen),
        figures=listing.figures(actor()),
        boxes=known, states=STATE_LABELS, categories=CATEGORY_LABELS,
        fields=sorted({name for box in known for name in box.field_names}),
        weeks=_weeks(), hidings=queries.hidings_to_decide(actor()),
        most=listing.MOST_COUNTED, today=clock.today(),
    )  # fmt: skip


@blueprint.get("/thu/danh-sach.xlsx")
@signed_in(Role.PROVINCE, Role.DISTRICT, Role.COMMUNE, Role.YOUTH)
def letter_sheet() -> ResponseReturnValue:
    content = BytesIO()
    exports.write(content, actor(), wanted())
    content.seek(0)
    return sent(content, XLSX, _("Thư góp ý.xlsx"))


@blueprint.get("/thu/<random:letter_id>")
@requires(Permission.LETTER_SEE, load=queries.get_visible)
def letter_page(letter: Letter) -> ResponseReturnValue:
    return drawn(letter)


@blueprint.get("/thu/an/<int:hiding_id>")
@requires(Permission.HIDING_DECIDE, load=queries.get_hiding)
def hiding(hiding: Hiding) -> ResponseReturnValue:
    return redirect(url_for("office.letter_page", letter_id=hiding.letter_id))


@blueprint.get("/thu/<random:letter_id>/anh/<int:number>")
@requires(Permission.LETTER_READ, load=queries.get_visible)
def letter_photo(letter: Letter, number: int) -> ResponseReturnValue:
    found = pages.photo(letter, number, private_key(letter), small="nho" in request.args)
    if found is None:
        raise Missing
    visits.record(actor(), letter)
    return send_file(BytesIO(found), "image/jpeg", max_age=0)


def private_key(letter: Letter) -> bytes | None:
    """Give the key of a sealed letter, if the actor has unlocked it."""
    return unlocking.opened_key(letter.seal_key_id) if letter.seal_key_id else None


def drawn(letter: Letter, **typed: Any) -> str:  # noqa: ANN401 - the forms by their names
    """Draw a letter's page; what was typed wrongly stands in its form.

    Args:
        letter: of which the actor sees a line at least.
        typed: forms to be shown as they were sent, by the names of the template.
    """
    may_read = allows(actor(), Permission.LETTER_READ, letter)
    private = private_key(letter)
    opened = pages.opened(actor(), letter, private) if may_read else None
    if opened is not None:
        visits.record(actor(), letter)
    chosen = wanted()
    near = listing.around(actor(), chosen, letter)
    key_id = letter.seal_key_id if may_read and opened is None else None
    return render_template(
        "features/letters/letter.html", letter=letter, page=opened, near=near,
        here=[one.id for one in near].index(letter.id), texts=listing.texts(actor(), near),
        standing=pages.standing(letter), keep=narrowing(chosen),
        unlock=unlocking.unlock_url(key_id, request.path) if key_id else None,
        forms={**_forms(letter, opened), **typed}, offers=buttons(LETTER, letter) if opened else [],
        deciding=_deciding(letter), handles=allows(actor(), Permission.LETTER_HANDLE, letter),
        notes=allows(actor(), Permission.LETTER_ANSWER, letter), states=STATE_LABELS,
        categories=CATEGORY_LABELS, today=clock.today(),
    )  # fmt: skip


def _forms(letter: Letter, opened: pages.LetterPage | None) -> dict[str, Any]:
    """Give the forms that the actor may fill in now, by the names they have in the template."""
    if opened is None:
        return {}
    may = {name for name, offer in forms(LETTER, letter).items() if offer.refusal is None}
    if allows(actor(), Permission.LETTER_ANSWER, letter):
        may.add("note")
    if allows(actor(), Permission.LETTER_HIDE, letter) and not letter.hiding_unit_ids:
        may.add("ask_to_hide")
    return {
        name: make(letter, opened.alike)
        for name, (steps, make) in FORMS.items()
        if may & steps and (name != "merge" or opened.alike)
    }


def _deciding(letter: Letter) -> list[Any]:
    open_ones = [one for one in letter.hidings if one.state in ("asked", "hidden")]
    return [(one, offers) for one in open_ones if (offers := buttons(HIDING, one))]
