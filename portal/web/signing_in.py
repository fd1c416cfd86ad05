"""Flask-Login over a table of hashed sign-in tickets."""

from flask import Flask

from portal.extensions import login
from portal.features.users import services as users
from portal.web.actor import Account


def register(app: Flask) -> None:
    """Have the account loaded from its ticket."""
    # Templates get `actor`; Flask-Login's own variable would ask the database on every page.
    login.init_app(app, add_context_processor=False)
    login.session_protection = None


@login.user_loader
def _load(token: str) -> Account | None:
    sign_in = users.find_sign_in(token)
    return Account.of(sign_in, token) if sign_in else None
