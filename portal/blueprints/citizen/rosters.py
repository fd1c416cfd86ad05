"""Who helps where and when, open to everybody: names and duties, never a number."""

from itertools import groupby

from flask import Response, render_template

from portal.blueprints.citizen import blueprint
from portal.blueprints.citizen.rendering import packed
from portal.core.clock import weekday_name
from portal.core.errors import Missing
from portal.features.rosters import entries, queries
from portal.web.access import public


@blueprint.get("/cong-khai/lich/<int:campaign_id>/<int:unit_id>")
@public
def roster(campaign_id: int, unit_id: int) -> Response:
    found = queries.public(campaign_id, unit_id)
    if found is None:
        raise Missing
    shown, copy = found
    rows = [one for one in entries.thawed(copy.content) if one.day]
    days = [(day, list(line)) for day, line in groupby(rows, lambda one: one.day)]
    page = render_template(
        "features/rosters/public.html", campaign=shown.campaign, unit=shown.unit, copy=copy,
        days=days, weekday=weekday_name,
    )  # fmt: skip
    return packed(page.encode())
