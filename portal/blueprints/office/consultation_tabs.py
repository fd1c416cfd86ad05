"""The pages of one consultation, as the tab bar of each of them shows them."""

from dataclasses import dataclass
from typing import Final

from flask import request, url_for
from flask_babel import gettext

from portal.core.text import N_
from portal.features.consultations.models import Consultation, TrackKind
from portal.policy.permissions import Permission
from portal.policy.table import allows
from portal.web.actor import actor


@dataclass(frozen=True)
class Tab:
    """A page, and of which track it is."""

    endpoint: str
    label: str
    within: tuple[str, ...]
    """How the endpoints begin on whose pages this tab is the active one besides."""
    track: str = ""
    """Left out when the consultation goes without this track."""
    permission: Permission = Permission.CONSULTATION_READ


@dataclass(frozen=True)
class Shown:
    """A tab as `components/tabs.html` draws it."""

    label: str
    url: str
    active: bool


TABS: Final = (
    Tab("office.consultation", N_("Đợt lấy ý kiến"),
        ("office.prolong_consultation", "office.decide_", "office.supervise_")),
    Tab("office.comments", N_("Ý kiến"), ("office.comment_", "office.hide_comment")),
    Tab("office.agencies", N_("Cơ quan, đơn vị"), ("office.agency",), TrackKind.AGENCY),
    Tab("office.ballots", N_("Hộ gia đình"), ("office.ballot_",), TrackKind.HOUSEHOLD,
        Permission.BALLOT_READ),
    Tab("office.consolidation", N_("Tổng hợp, giải trình"),
        ("office.consolidation_", "office.opinion")),
)  # fmt: skip
"""In the order in which a case goes."""


def tabs(consultation: Consultation) -> list[Shown]:
    """Give the pages of a consultation that the signed-in account may open."""
    endpoint = request.endpoint or ""
    return [
        Shown(
            gettext(one.label),
            url_for(one.endpoint, consultation_id=consultation.id),
            active=endpoint == one.endpoint or endpoint.startswith(one.within),
        )
        for one in TABS
        if (not one.track or consultation.track(one.track))
        and allows(actor(), one.permission, consultation)
    ]
