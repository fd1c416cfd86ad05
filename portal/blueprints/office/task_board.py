"""The table of units and duties, the task that is looked at beside it, and its spreadsheet."""

from io import BytesIO
from typing import Any
from urllib.parse import urlencode

from flask import render_template, request, url_for
from flask.typing import ResponseReturnValue

from portal.blueprints.office import blueprint
from portal.core.errors import Missing
from portal.core.text import clean
from portal.features.tasks import board, exports, pages, queries
from portal.features.tasks.board_parts import Board, Wanted
from portal.features.tasks.models import CELL_LABELS
from portal.features.tasks.queries import OVERSEEING
from portal.features.tasks.workflow import TASK
from portal.web import job_links
from portal.web.access import signed_in
from portal.web.actor import actor
from portal.web.addresses import LARGEST_ID
from portal.web.offers import buttons
from portal.web.printing import XLSX, sent

_LEVELS = {"xa": "commune", "huyen": "district", "tinh": "province"}


@blueprint.get("/nhiem-vu/bang")
@signed_in(*OVERSEEING)
def task_board() -> ResponseReturnValue:
    shown = board.of(actor(), _wanted())
    if shown is None:
        return render_template("features/tasks/board_empty.html")
    query = _query(shown.wanted)
    return render_template(
        "features/tasks/board.html", board=shown, looks=CELL_LABELS, query=query,
        pairs=zip, panel=_panel(shown, query),
    )  # fmt: skip


@blueprint.get("/nhiem-vu/bang.xlsx")
@signed_in(*OVERSEEING)
def task_board_sheet() -> ResponseReturnValue:
    shown = board.of(actor(), _wanted())
    if shown is None:
        raise Missing
    content = BytesIO()
    exports.board(content, shown, actor().display_name)
    content.seek(0)
    return sent(content, XLSX, "Bảng nhiệm vụ.xlsx")


def _wanted() -> Wanted:
    asked = request.args
    state = asked.get("tinh-trang", "")
    return Wanted(
        document_id=asked.get("ke-hoach", type=int),
        level=_LEVELS.get(asked.get("cap", ""), ""),
        district_id=asked.get("huyen", type=int),
        state=state if state in CELL_LABELS else "",
        search=clean(asked.get("tim", ""))[:100],
        unreceived=asked.get("nhan") == "chua",
    )


def _query(wanted: Wanted) -> str:
    """Give what stands in the address of this part of the table."""
    words = {level: word for word, level in _LEVELS.items()}
    asked = {
        "ke-hoach": wanted.document_id, "cap": words[wanted.level], "huyen": wanted.district_id,
        "tinh-trang": wanted.state or None, "tim": wanted.search or None,
        "nhan": "chua" if wanted.unreceived else None,
    }  # fmt: skip
    return urlencode({name: value for name, value in asked.items() if value is not None})


def _panel(shown: Board, query: str) -> dict[str, Any] | None:
    """Give what stands beside the table, None where no task is looked at."""
    task_id = request.args.get("o", 0, type=int)
    task = queries.get_visible(actor(), task_id) if 0 < task_id <= LARGEST_ID else None
    if task is None:
        return None
    before, after = shown.beside(task.id)
    here = url_for("office.task_board")
    on = after if shown.wanted.state and after else task.id
    return {
        "task": task,
        "history": pages.history(task),
        "proofs": pages.proofs(task),
        "offers": {button.offer.transition.name: button for button in buttons(TASK, task)},
        "link": job_links.of([task]).get(task.id),
        "before": before,
        "after": after,
        "next": f"{here}?{query}&o={on}",
    }
