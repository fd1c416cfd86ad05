"""The days of a journey: no test waits for tomorrow."""

from datetime import date, timedelta

from sqlalchemy import select

from portal.core import clock
from portal.core.database import write
from portal.features.campaigns.models import Campaign
from portal.settings import Settings
from tests.conftest import running_app
from tests.support.live import LiveServer


def let_the_window_pass(server: LiveServer, name: str) -> None:
    """Move a campaign's window into the past and let it be sealed, as its job would.

    A server's clock cannot be turned from outside; that its window ended yesterday is the one
    thing in a journey that no page can do.
    """
    yesterday = clock.today() - timedelta(days=1)
    _move(server, name, yesterday, yesterday)
    server.flask("surveys", "fold")


def let_the_day_come(server: LiveServer, name: str) -> None:
    """Move a campaign's window so that its first day is today; nothing else is touched."""
    _move(server, name, clock.today(), clock.today() + timedelta(days=2))


def _move(server: LiveServer, name: str, opens_on: date, closes_on: date) -> None:
    with running_app(Settings.from_environment(server.environ)), write() as session:
        campaign = session.scalars(select(Campaign).where(Campaign.name == name)).one()
        campaign.opens_on, campaign.closes_on = opens_on, closes_on
