"""The record of what officials changed."""

from flask import render_template, request
from flask.typing import ResponseReturnValue

from portal.blueprints.admin import blueprint
from portal.blueprints.admin.forms import AuditSearch, choices_or_all
from portal.features.audit import pages, queries, services
from portal.features.audit.queries import Filter
from portal.features.org_units.kinds import KIND_LABELS, POINT_LABELS
from portal.features.registry import WORKFLOWS
from portal.policy.permissions import Permission
from portal.web.access import requires

_SHOWN = 50
ACTS = {f"{w.name}:{line.name}": line.done for w in WORKFLOWS.values()
         for line in w.transitions.values()}  # fmt: skip
WORDS = {str(kind): label for kind, label in (POINT_LABELS | KIND_LABELS).items()}
_LARGEST = 2**31 - 1


@blueprint.get("/nhat-ky")
@requires(Permission.AUDIT_READ)
def audit() -> ResponseReturnValue:
    form = _form()
    form.validate()
    wanted = Filter(
        form.loai.data or "", form.nguoi.data or "", form.tu_ngay.data, form.den_ngay.data
    )
    before = min(request.args.get("truoc", type=int) or _LARGEST, _LARGEST)
    entries = queries.entries(wanted, before=before, limit=_SHOWN + 1)
    lines = [pages.line(entry, ACTS, WORDS) for entry in entries[:_SHOWN]]
    return render_template(
        "admin/audit.html", form=form, lines=lines, more=len(entries) > _SHOWN,
        paged=before < _LARGEST, count=queries.count(), head=services.head(),
        broken=services.verify_tail(),
    )  # fmt: skip


@blueprint.get("/nhat-ky/kiem-tra")
@requires(Permission.AUDIT_READ)
def verify_audit() -> ResponseReturnValue:
    return render_template(
        "admin/audit_check.html", broken=services.verify_all(), head=services.head()
    )


def _form() -> AuditSearch:
    form = AuditSearch(formdata=request.args)
    kinds = {kind: pages.KINDS.get(kind, kind) for kind in queries.subject_kinds()}
    form.loai.choices = choices_or_all(kinds)
    form.nguoi.choices = choices_or_all({name: name for name in queries.actors()})
    return form
