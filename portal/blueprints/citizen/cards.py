"""The picture beside a link to a form, for Zalo and whoever else shows one."""

from flask import Response, current_app
from flask.typing import ResponseReturnValue

from portal.blueprints.citizen import blueprint
from portal.core.errors import Missing
from portal.core.keep import Kept
from portal.features.campaigns import codes
from portal.features.campaigns.posters import Poster, link_card, typed_address
from portal.features.campaigns.share import address
from portal.features.settings import services as settings
from portal.features.surveys import places
from portal.features.surveys.places import Place, Standing
from portal.web.access import public
from portal.web.addresses import base_url

_KEPT, _SECONDS = 200, 3600
_GONE = frozenset({Standing.REVOKED, Standing.CANCELLED})


@blueprint.get("/<typed:code>/the.png")
@public
def card(code: str) -> ResponseReturnValue:
    place = places.find(codes.normalise(code) or "")
    if place is None or place.standing in _GONE:
        raise Missing
    drawn = _cards().get((place.code, place.campaign_version), lambda: link_card(_printed(place)))
    assert drawn is not None
    answer = Response(drawn, content_type="image/png")
    answer.headers["Cache-Control"] = f"public, max-age={_SECONDS}"
    return answer


def _printed(place: Place) -> Poster:
    return Poster(
        unit_name=place.unit_name,
        unit_line=place.unit_line,
        headline=place.headline,
        invitation=f"Khoảng {place.minutes} phút, không ghi tên, không hỏi số điện thoại",
        url=address(base_url(), place.code),
        typed_address=typed_address(base_url(), place.code),
        code=place.code,
        rounds=place.rounds,
        form_title=f"Phiếu khảo sát {place.definition.shown_code}",
        about=place.about,
        asker=place.organisation,
        sample=settings.installation().sample,
        point=place.point_name,
    )


def _cards() -> Kept[tuple[str, int], bytes]:
    kept: Kept[tuple[str, int], bytes] = current_app.extensions.setdefault(
        "link_cards", Kept(_KEPT, seconds=_SECONDS)
    )
    return kept
