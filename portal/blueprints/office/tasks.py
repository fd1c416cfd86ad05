"""Tasks that documents hand out: one's own by week, what waits to be judged, one of them."""

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import TextAreaField

from portal.blueprints.office import blueprint
from portal.core.errors import Invalid, Refused
from portal.core.text import clean
from portal.features.tasks import judging, pages, queries, services
from portal.features.tasks.models import State, Task
from portal.features.tasks.queries import OVERSEEING, Filter
from portal.features.tasks.workflow import TASK
from portal.policy.permissions import Permission
from portal.policy.roles import Role
from portal.policy.table import allows
from portal.web import job_links
from portal.web.access import requires, signed_in
from portal.web.actor import actor
from portal.web.addresses import LARGEST_ID
from portal.web.evidence import EvidenceFields
from portal.web.forms import PortalForm
from portal.web.offers import buttons
from portal.web.telling import warn

_OFFICIALS = (Role.PROVINCE, Role.DISTRICT, Role.COMMUNE, Role.YOUTH)
_CLAIMS = "de-nghi"


@blueprint.get("/nhiem-vu")
@signed_in(*_OFFICIALS)
def tasks() -> ResponseReturnValue:
    done = request.args.get("muc") == "xong"
    page = pages.mine(actor(), done=done)
    shown = page.done if done else [task for week in page.weeks for task in week.tasks]
    return render_template(
        "features/tasks/list.html", page=page, done=done, links=job_links.of(shown)
    )


@blueprint.get("/nhiem-vu/cap-duoi")
@signed_in(*OVERSEEING)
def tasks_below() -> ResponseReturnValue:
    wanted = Filter(
        document_id=request.args.get("van-ban", type=int),
        duty=request.args.get("viec", ""),
        state=request.args.get("tinh-trang", ""),
    )
    page = pages.below(actor(), wanted, request.args.get("trang", 1, type=int))
    return render_template("features/tasks/below.html", page=page)


@blueprint.get("/nhiem-vu/cho-nhan")
@signed_in(*_OFFICIALS)
def tasks_to_judge() -> ResponseReturnValue:
    return _to_judge()


@blueprint.post("/nhiem-vu/cho-nhan")
@signed_in(*_OFFICIALS)
def judge_tasks() -> ResponseReturnValue:
    verdict = request.form.get("verdict", "")
    sent = [int(each) for each in request.form.getlist("task") if each.isdecimal()]
    chosen = [task_id for task_id in sent if task_id <= LARGEST_ID]
    reason = clean(request.form.get("reason", ""), multiline=True)
    try:
        judged = judging.judge(actor(), set(chosen), verdict, reason)
    except Invalid as invalid:
        return _to_judge(invalid.errors, chosen, reason), 422
    done = _(TASK.transitions[verdict].done)
    said = _("%(done)s: %(n)s việc.", done=done, n=judged)
    flash(said if judged else _("Các việc này đã được người khác xử lý."), "success")
    part, tier = request.args.get("muc"), request.args.get("cap")
    return redirect(url_for("office.tasks_to_judge", muc=part, cap=tier))


def _to_judge(
    errors: dict[str, str] | None = None, chosen: list[int] | None = None, reason: str = ""
) -> str:
    claims = request.args.get("muc") == _CLAIMS
    page = judging.waiting(
        actor(), State.CLAIMED if claims else State.SUBMITTED,
        request.args.get("trang", 1, type=int), direct=request.args.get("cap") != "moi-cap",
    )  # fmt: skip
    return render_template(
        "features/tasks/to_judge.html", page=page, claims=claims, errors=errors or {},
        chosen=chosen or [], reason=reason,
    )  # fmt: skip


class HandInForm(EvidenceFields, PortalForm):
    """What came of a task, and what shows it."""

    note = TextAreaField(_l("Kết quả"))


@blueprint.get("/nhiem-vu/<int:task_id>")
@requires(Permission.TASK_READ, load=queries.get_visible)
def task(task: Task) -> ResponseReturnValue:
    return _page(task, HandInForm())


@blueprint.post("/nhiem-vu/<int:task_id>/nop")
@requires(Permission.TASK_DO, load=queries.get_visible)
def submit_task(task: Task) -> ResponseReturnValue:
    form = HandInForm()
    if form.validate():
        try:
            taken = form.taken()
            services.submit(actor(), task, form.note.data or "", taken.photos, taken.links)
        except Invalid as invalid:
            form.show(invalid)
        except Refused as refused:
            # Pressed twice: the first time has worked, and the page says how it stands.
            if task.state != State.SUBMITTED:
                warn(refused)
            return redirect(url_for("office.task", task_id=task.id))
        else:
            flash(_("Đã nộp kết quả."), "success")
            return redirect(url_for("office.task", task_id=task.id))
    return _page(task, form), 422


def _page(task: Task, form: HandInForm) -> str:
    offers = {button.offer.transition.name: button for button in buttons(TASK, task)}
    return render_template(
        "features/tasks/task.html",
        task=task,
        history=pages.history(task),
        proofs=pages.proofs(task),
        instead=pages.in_whose_place(task),
        form=form if "submit" in offers else None,
        offers=offers,
        link=job_links.of([task]).get(task.id),
        does=allows(actor(), Permission.TASK_DO, task),
        reads_document=allows(actor(), Permission.DOCUMENT_READ, task.document),
    )
