"""The days of a journey: no test waits for tomorrow."""

from datetime import timedelta

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
    with running_app(Settings.from_environment(server.environ)):
        yesterday = clock.today() - timedelta(days=1)
        with write() as session:
            campaign = session.scalars(select(Campaign).where(Campaign.name == name)).one()
            campaign.opens_on = campaign.closes_on = yesterday
    server.flask("surveys", "fold")
