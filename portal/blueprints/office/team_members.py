"""The members of a working team: typed, pasted from Excel, or copied from the last campaign."""

from collections.abc import Sequence
from dataclasses import dataclass

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from portal.blueprints.office import blueprint
from portal.blueprints.office.teams import editable
from portal.core import pasting as tables
from portal.core.errors import Invalid, Refused, Stale
from portal.core.pasting import Remark
from portal.core.people import is_retyped
from portal.core.text import clean
from portal.features.campaigns import fieldwork
from portal.features.campaigns import queries as campaigns
from portal.features.campaigns.models import Campaign
from portal.features.teams import checking, queries, services
from portal.features.teams.checking import COLUMNS, PART_LABELS, Checked
from portal.features.teams.models import Member, Team
from portal.policy.permissions import Permission
from portal.web import pasting
from portal.web.access import requires
from portal.web.actor import actor
from portal.web.capitals import tell_capitals
from portal.web.forms import posted_version, version_of

SPARE = 3
"""Empty rows below the filled ones."""
_NAMES = tuple(column.name for column in COLUMNS)
NOBODY = _l("Mời ghi ít nhất một người.")


@dataclass(frozen=True)
class Line:
    """A row of the form: its cells, and what is wrong with them."""

    number: int
    cells: dict[str, str]
    faults: dict[str, Remark]
    notes: dict[str, Remark]


@blueprint.route(
    "/dot-khao-sat/<int:campaign_id>/to-cong-tac/<int:unit_id>/sua", methods=["GET", "POST"]
)
@requires(Permission.CAMPAIGN_READ, load=campaigns.get_visible)
def edit_team(campaign: Campaign, unit_id: int) -> ResponseReturnValue:
    team = _open(campaign, unit_id)
    if request.method == "GET":
        return _form(team, _lines(checking.rows_of(_first(team))), team.version)
    typed, version = _typed(), posted_version()
    if request.form.get("command") == "more" or not typed:
        status = 200 if typed or request.form.get("command") == "more" else 422
        error = str(NOBODY) if status == 422 else ""
        return _form(team, _lines(typed), version, error=error), status
    found = checking.checked(_table(typed, team), merged=False)
    if not found.table.faults:
        try:
            services.save(actor(), team, found.members, version)
        except Stale as stale:
            fresh = queries.stored(team.campaign_id, team.unit_id)
            theirs = stale.theirs["members"]
            now = fresh.version if fresh else 0
            return _form(team, _checked_lines(found), now, theirs=theirs), 409
        except Invalid as invalid:
            error = _(next(iter(invalid.errors.values())), **invalid.values)
            return _form(team, _checked_lines(found), version, error=error), 422
        flash(_("Đã lưu tổ công tác %(n)s người.", n=len(found.members)), "success")
        for row in found.table.rows:
            tell_capitals(row.said("name"), row.cells["name"])
        return redirect(_home(team))
    return _form(team, _checked_lines(found), version), 422


@blueprint.route(
    "/dot-khao-sat/<int:campaign_id>/to-cong-tac/<int:unit_id>/dan", methods=["GET", "POST"]
)
@requires(Permission.CAMPAIGN_READ, load=campaigns.get_visible)
def paste_team(campaign: Campaign, unit_id: int) -> ResponseReturnValue:
    team = _open(campaign, unit_id)
    sent = pasting.received(COLUMNS)
    shown = sent.others.get("version", "")
    version = version_of(shown) if shown else team.version
    if sent.table is None:
        return render_template(
            "features/teams/paste.html", team=team, campaign=campaign, sent=sent, columns=COLUMNS,
        ), sent.status  # fmt: skip
    found = checking.checked(sent.table)
    if sent.takes(found.table):
        try:
            services.save(actor(), team, found.members, version)
        except Stale:
            return pasting.again(sent.told(version=str(team.version), stale="1"))
        flash(_("Đã lưu tổ công tác %(n)s người.", n=len(found.members)), "success")
        return redirect(_home(team))
    if sent.saves:
        return pasting.again(sent)
    stale = "stale" in sent.others
    status = 409 if stale else 422 if found.table.faults else 200
    return render_template(
        "features/teams/check.html", team=team, campaign=campaign, found=found, version=version,
        stale=stale, sent=sent, parts=PART_LABELS,
    ), status  # fmt: skip


def _open(campaign: Campaign, unit_id: int) -> Team:
    """Give a team whose members may be changed now."""
    team = editable(campaign, unit_id)
    if not team.is_open:
        raise Refused(services.SENT)
    return team


def _first(team: Team) -> tuple[Member, ...]:
    """Give who stands in the form at first: the members, or those of the team that is copied."""
    copied = request.args.get("chep", type=int)
    earlier = queries.get_visible(actor(), copied) if copied else None
    return earlier.members if earlier else team.members


def _typed() -> list[dict[str, str]]:
    """Give the rows that were typed, empty and dropped ones apart."""
    columns = [request.form.getlist(name) for name in _NAMES]
    dropped = set(request.form.getlist("drop"))
    rows = [
        dict(zip(_NAMES, map(clean, cells), strict=True))
        for cells in zip(*columns, strict=False)
    ]  # fmt: skip
    kept = (row for n, row in enumerate(rows, 1) if str(n) not in dropped)
    return [row for row in kept if any(row[name] for name in _NAMES if name != "part")]


def _table(typed: Sequence[dict[str, str]], team: Team) -> tables.Table:
    """Give what was typed; a name that was put right and is typed so once more is meant so."""
    stored = {member.name for member in team.members}
    sure = frozenset({"name"})
    rows = tuple(
        tables.Row(n, cells, line=n,
                   sure=sure if is_retyped(cells["name"], stored) else frozenset())
        for n, cells in enumerate(typed, 1)
    )  # fmt: skip
    return tables.Table(COLUMNS, rows)


def _lines(typed: Sequence[dict[str, str]]) -> list[Line]:
    return [Line(n, cells, {}, {}) for n, cells in enumerate(typed, 1)]


def _checked_lines(found: Checked) -> list[Line]:
    return [
        Line(row.number, dict(row.cells), dict(row.faults), dict(row.notes))
        for row in found.table.rows
    ]


def _form(
    team: Team, lines: list[Line], version: int, *, error: str = "",
    theirs: object = None,
) -> str:  # fmt: skip
    lines = [_with_part(line) for line in lines]
    empty = dict.fromkeys(_NAMES, "")
    first = not lines
    spare = [
        Line(n, empty | {"part": "head" if first and n == 1 else "member"}, {}, {})
        for n in range(len(lines) + 1, len(lines) + 1 + SPARE)
    ]
    return render_template(
        "features/teams/form.html", team=team, campaign=team.campaign, lines=lines + spare,
        version=version, error=error, theirs=theirs, parts=PART_LABELS, columns=COLUMNS,
        faults=[line for line in lines if line.faults], rules=fieldwork.of(team.campaign),
        copied=request.method == "GET" and "chep" in request.args,
    )  # fmt: skip


def _with_part(line: Line) -> Line:
    part = checking.part_of(line.cells["part"])
    return Line(line.number, line.cells | {"part": str(part or "")}, line.faults, line.notes)


def _home(team: Team) -> str:
    return url_for("office.team", campaign_id=team.campaign_id, unit_id=team.unit_id)
