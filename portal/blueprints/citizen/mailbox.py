"""The public page of a suggestion box: what was written and what became of it."""

from flask import current_app, render_template, request
from flask.typing import ResponseReturnValue

from portal.blueprints.citizen import blueprint
from portal.blueprints.citizen.rendering import packed
from portal.core import clock
from portal.core.errors import Missing
from portal.core.keep import Kept
from portal.features.mailbox.models import Mailbox
from portal.features.tallies import public as boxes
from portal.features.tallies.public import Numbers
from portal.web.access import public

_KEPT, _SECONDS = 200, 600


@blueprint.get("/hom-thu-cong-khai/<typed:code>")
@public
def mailbox_page(code: str) -> ResponseReturnValue:
    page = boxes.page(code, request.args.get("trang", 1, type=int), _counted)
    if page is None:
        raise Missing
    return packed(render_template("citizen/mailbox.html", page=page).encode())


def _counted(box: Mailbox) -> Numbers:
    """Give the numbers of a box, which move once a day, however many ask."""
    kept: Kept[tuple[object, ...], Numbers] = current_app.extensions.setdefault(
        "mailbox_numbers", Kept(_KEPT, seconds=_SECONDS)
    )
    found = kept.get((box.id, clock.today()), lambda: boxes.count(box))
    assert found is not None
    return found
