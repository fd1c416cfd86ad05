"""Where the pages of a form are, behind a code or a slip; where a receipt is looked up."""

from flask import url_for

from portal.blueprints.citizen import blueprint
from portal.features.surveys.channels import Channel
from portal.features.surveys.places import Place
from portal.web.addresses import base_url

_ENDPOINTS = {
    Channel.QR: {"form": "citizen.form", "send": "citizen.send", "done": "citizen.done"},
    Channel.SLIP: {
        "form": "citizen.slip",
        "send": "citizen.send_slip",
        "done": "citizen.slip_done",
    },
}


def of(place: Place, page: str = "form") -> str:
    """Give the address of a place's form, of where it is sent to, or of the thanks.

    Args:
        place: with its code, or the mark that stands for it.
        page: "form", "send" or "done".
    """
    return url_for(_ENDPOINTS[place.channel][page], code=place.code)


def tracking() -> str:
    """Give the whole address at which a receipt is typed in, as it is printed and drawn."""
    return base_url() + url_for("citizen.track")


@blueprint.context_processor
def _addresses() -> dict[str, object]:
    return {"address_of": of}
