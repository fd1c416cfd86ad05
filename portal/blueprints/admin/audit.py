"""The record of what officials changed."""

from collections.abc import Iterable

from flask import render_template, request
from flask.typing import ResponseReturnValue

from portal.blueprints.admin import blueprint
from portal.blueprints.admin.forms import AuditSearch, choices_or_all
from portal.core.text import fold
from portal.features.audit import pages, queries, services, words
from portal.features.audit.queries import Filter
from portal.features.letters.kinds import CATEGORY_LABELS
from portal.features.org_units.kinds import KIND_LABELS, POINT_LABELS
from portal.features.registry import WORKFLOWS
from portal.policy.permissions import Permission
from portal.web.access import requires
from portal.web.locale import translate

_SHOWN = 50
ACTS = {f"{w.name}:{line.name}": line.done for w in WORKFLOWS.values()
         for line in w.transitions.values()}  # fmt: skip
KINDS = {w.name: w.label for w in WORKFLOWS.values()} | words.KINDS
WORDS = {str(value): label
         for value, label in (POINT_LABELS | KIND_LABELS | CATEGORY_LABELS).items()}  # fmt: skip
_LARGEST = 2**31 - 1


@blueprint.get("/nhat-ky")
@requires(Permission.AUDIT_READ)
def audit() -> ResponseReturnValue:
    found = queries.found()
    acts = _by_words(found.actions)
    form = _form(found, acts)
    form.validate()
    wanted = Filter(
        acts.get(act, [act]) if (act := form.viec.data) else (), form.loai.data or "",
        form.nguoi.data or "", form.tu_ngay.data, form.den_ngay.data,
    )  # fmt: skip
    before = min(request.args.get("truoc", type=int) or _LARGEST, _LARGEST)
    entries = queries.entries(wanted, before=before, limit=_SHOWN + 1)
    lines = [pages.line(entry, ACTS, WORDS) for entry in entries[:_SHOWN]]
    return render_template(
        "admin/audit.html", form=form, lines=lines, wanted=_in_address(form),
        more=len(entries) > _SHOWN, paged=before < _LARGEST, count=queries.count(),
        head=services.head(), broken=services.verify_tail(),
    )  # fmt: skip


@blueprint.get("/nhat-ky/kiem-tra")
@requires(Permission.AUDIT_READ)
def verify_audit() -> ResponseReturnValue:
    return render_template(
        "admin/audit_check.html", broken=services.verify_all(), head=services.head()
    )


def _by_words(actions: list[str]) -> dict[str, list[str]]:
    """Put together what is called the same, under the first of it."""
    named: dict[str, list[str]] = {}
    for action in actions:
        named.setdefault(_called(action), []).append(action)
    return {same[0]: same for same in named.values()}


def _called(action: str) -> str:
    return (words.ACTIONS | ACTS).get(action, action)


def _form(found: queries.Found, acts: Iterable[str]) -> AuditSearch:
    form = AuditSearch(formdata=request.args)
    form.viec.choices = choices_or_all(_in_order({act: _called(act) for act in acts}))
    form.loai.choices = choices_or_all(
        _in_order({kind: KINDS.get(kind, kind) for kind in found.subject_kinds})
    )
    form.nguoi.choices = choices_or_all({name: name for name in found.actors})
    return form


def _in_order(labels: dict[str, str]) -> dict[str, str]:
    return dict(sorted(labels.items(), key=lambda pair: fold(translate(pair[1]))))


def _in_address(form: AuditSearch) -> dict[str, str]:
    fields = (form.viec, form.loai, form.nguoi, form.tu_ngay, form.den_ngay)
    return {field.name: value for field in fields if (value := request.args.get(field.name))}
