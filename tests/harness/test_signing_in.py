"""The client's quick way in."""

import pytest
from flask import Response
from flask_login import current_user

from portal.policy.roles import Role
from portal.web.access import public
from tests.conftest import running_app
from tests.support.surveyed import account, province


@pytest.fixture
def app(settings):
    """Build an application that may get a page of its own."""
    with running_app(settings) as running:
        yield running


def test_a_client_is_the_account_it_signed_in_as_until_it_forgets(app):
    @public
    def who():
        return Response(getattr(current_user, "username", ""), mimetype="text/plain")

    app.add_url_rule("/toi", view_func=who, endpoint="who")
    user = account(province({"Huyện A": ["Xã B"]}), "Xã B", Role.COMMUNE)
    client, other = app.test_client(), app.test_client()
    client.sign_in(user)
    username = user.username
    assert (fetch(client), fetch(other)) == (username, "")
    client.sign_out()
    assert fetch(client) == ""


def fetch(client):
    return client.get("/toi").get_data(as_text=True)
