"""The sample's reminders in the open survey: some as notices, some noted as sent by Zalo."""

from portal.cli.sample import accounts
from portal.features.campaigns.models import Campaign
from portal.features.urging import board, services
from portal.features.urging.models import Channel

_WAYS = (("huyen.lucngan", Channel.PORTAL), ("huyen.tpbacgiang", Channel.ZALO))
_SITE = "https://danchu.example.vn"


def create(campaign: Campaign) -> None:
    """Have two districts remind the first units of what they are latest with."""
    for who, channel in _WAYS:
        actor = accounts.acting(who)
        group = board.chosen(board.groups(actor, campaign), "")
        if group:
            units = [one.unit.id for one in group.lacks[:4]]
            services.remind(actor, campaign, group.duty, units, channel, _SITE)
