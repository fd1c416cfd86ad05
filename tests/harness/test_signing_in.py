"""The client's quick way in, on the sample province."""

from flask import Response
from flask_login import current_user
from sqlalchemy import select

from portal.core import database
from portal.features.users.models import User
from portal.web.access import public


def test_a_client_is_the_account_it_signed_in_as_until_it_forgets(sample_app):
    @public
    def who():
        return Response(getattr(current_user, "username", ""), mimetype="text/plain")

    sample_app.add_url_rule("/toi", view_func=who, endpoint="who")
    user = database.session().scalars(select(User).order_by(User.id)).first()
    client, other = sample_app.test_client(), sample_app.test_client()
    client.sign_in(user)
    username = user.username
    assert (fetch(client), fetch(other)) == (username, "")
    client.sign_out()
    assert fetch(client) == ""


def fetch(client):
    return client.get("/toi").get_data(as_text=True)
