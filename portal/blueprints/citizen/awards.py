"""Who was commended in a campaign, open to everybody."""

from flask import Response, render_template

from portal.blueprints.citizen import blueprint
from portal.blueprints.citizen.rendering import packed
from portal.core.errors import Missing
from portal.features.nominations import public as nominations
from portal.web.access import public


@blueprint.get("/cong-khai/khen-thuong/<int:campaign_id>")
@public
def awards(campaign_id: int) -> Response:
    found = nominations.awards(campaign_id)
    if found is None:
        raise Missing
    return packed(render_template("citizen/awards.html", awards=found).encode())
