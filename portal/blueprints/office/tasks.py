"""Tasks that documents hand out: one's own by week, those of the units below, one of them."""

from flask import render_template, request
from flask.typing import ResponseReturnValue

from portal.blueprints.office import blueprint
from portal.features.tasks import pages, queries
from portal.features.tasks.models import Task
from portal.features.tasks.queries import Filter
from portal.features.tasks.workflow import TASK
from portal.policy.permissions import Permission
from portal.policy.roles import Role
from portal.policy.table import allows
from portal.web.access import requires, signed_in
from portal.web.actor import actor
from portal.web.offers import buttons


@blueprint.get("/nhiem-vu")
@signed_in(Role.PROVINCE, Role.DISTRICT, Role.COMMUNE, Role.YOUTH)
def tasks() -> ResponseReturnValue:
    done = request.args.get("muc") == "xong"
    return render_template(
        "features/tasks/list.html",
        page=pages.mine(actor(), done=done),
        done=done,
        oversees=actor().role in pages.OVERSEEING,
    )


@blueprint.get("/nhiem-vu/cap-duoi")
@signed_in(*pages.OVERSEEING)
def tasks_below() -> ResponseReturnValue:
    wanted = Filter(
        document_id=request.args.get("van-ban", type=int),
        duty=request.args.get("viec", ""),
        state=request.args.get("tinh-trang", ""),
    )
    page = pages.below(actor(), wanted, request.args.get("trang", 1, type=int))
    return render_template("features/tasks/below.html", page=page)


@blueprint.get("/nhiem-vu/<int:task_id>")
@requires(Permission.TASK_READ, load=queries.get_visible)
def task(task: Task) -> ResponseReturnValue:
    return render_template(
        "features/tasks/task.html",
        task=task,
        history=pages.history(task),
        instead=pages.in_whose_place(task),
        offers=buttons(TASK, task),
        reads_document=allows(actor(), Permission.DOCUMENT_READ, task.document),
    )
