"""Who stands in for bodies that a unit does not have: one unit, or many by one rule."""

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from portal.blueprints.office import blueprint
from portal.core.errors import Invalid
from portal.features.documents import asked
from portal.features.org_units import desk, fallback_rules, fallbacks, queries
from portal.features.org_units.fallback_rules import Outcome, Rule
from portal.features.org_units.kinds import KIND_LABELS, OrganisationKind
from portal.features.org_units.models import Level, Unit
from portal.policy.permissions import Permission
from portal.web.access import requires
from portal.web.actor import actor


@blueprint.route("/don-vi/<int:unit_id>/lam-thay", methods=["GET", "POST"])
@requires(Permission.UNIT_EDIT, load=queries.get_visible)
def unit_fallbacks(unit: Unit) -> ResponseReturnValue:
    if request.method == "GET":
        return _fallbacks_page(unit)
    unit_id = unit.id
    chosen = {
        field.removeprefix("noi-"): _number(value)
        for field, value in request.form.items()
        if field.startswith("noi-")
    }
    try:
        fallbacks.name(actor(), unit_id, chosen)
    except Invalid as invalid:
        return _fallbacks_page(unit, chosen, invalid), 422
    flash(_("Đã lưu nơi làm thay."), "success")
    return redirect(url_for("office.unit", unit_id=unit_id))


@blueprint.get("/don-vi/<int:unit_id>/quy-tac-lam-thay")
@requires(Permission.UNIT_EDIT, load=queries.get_visible)
def unit_fallback_rule(unit: Unit) -> ResponseReturnValue:
    if "thieu" not in request.args:
        return _rule_page(unit, Rule(Level.COMMUNE, "", replaces=False))
    rule = _rule()
    try:
        return _rule_page(unit, rule, fallback_rules.work_out(unit.id, rule))
    except Invalid as invalid:
        return _rule_page(unit, rule, invalid=invalid), 422


@blueprint.post("/don-vi/<int:unit_id>/quy-tac-lam-thay")
@requires(Permission.UNIT_EDIT, load=queries.get_visible)
def unit_apply_fallback_rule(unit: Unit) -> ResponseReturnValue:
    unit_id, rule = unit.id, _rule()
    try:
        named = fallback_rules.apply(actor(), unit_id, rule)
    except Invalid as invalid:
        return _rule_page(unit, rule, invalid=invalid), 422
    flash(_("Đã ghi nơi làm thay ở %(n)s đơn vị.", n=named), "success")
    return redirect(url_for("office.unit", unit_id=unit_id))


def _number(value: str) -> int | None:
    """Give the number of an organisation; 0, which none has, for what is no number."""
    return (int(value) if value.isdecimal() and len(value) < 10 else 0) if value else None


def _rule() -> Rule:
    by = request.values.get("thay", "")
    return Rule(
        level=request.values.get("cap", ""),
        kind=request.values.get("thieu", ""),
        by_kind=by.removeprefix("k:") if by.startswith("k:") else "",
        by_organisation=_number(by.removeprefix("o:")) if by.startswith("o:") else None,
        replaces=request.values.get("ca-noi-da-chon") == "1",
    )


def _fallbacks_page(
    unit: Unit, chosen: dict[str, int | None] | None = None, invalid: Invalid | None = None
) -> str:
    first = desk.keys(unit, asked.kinds)
    known = {str(kind) for kind in OrganisationKind} - {OrganisationKind.OTHER}
    others = [str(kind) for kind in OrganisationKind if kind in known - set(first)]
    return render_template(
        "features/org_units/fallbacks.html", unit=unit,
        asked=fallbacks.bodies(unit, first), others=fallbacks.bodies(unit, others),
        offered=fallbacks.offered(unit), chosen=chosen, errors=invalid.errors if invalid else {},
    )  # fmt: skip


def _rule_page(
    unit: Unit, rule: Rule, outcome: Outcome | None = None, invalid: Invalid | None = None
) -> str:
    return render_template(
        "features/org_units/fallback_rule.html", unit=unit, rule=rule, outcome=outcome,
        errors=invalid.errors if invalid else {}, kinds=KIND_LABELS,
        offered=fallbacks.offered(unit),
        has_districts=unit.level == Level.PROVINCE and fallbacks.has_tier(unit.id, Level.DISTRICT),
    )  # fmt: skip
