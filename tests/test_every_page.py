"""Every page of every role answers on PostgreSQL; on SQLite a browser opens them all besides."""

from urllib.parse import urljoin, urlsplit

import pytest
from sqlalchemy import select

from portal.core.database import session
from portal.features.users.models import User
from tests.support.crawling import visits

ACCOUNTS = ["tinh.duyet", "huyen.lucngan", "xa.ngoquyen", "doan.ngoquyen", "quantri"]
OWN = {"", "localhost"}


@pytest.mark.slow
@pytest.mark.parametrize("backend", ["postgresql"], indirect=True, scope="session")
@pytest.mark.parametrize("username", ACCOUNTS)
def test_every_page_that_links_lead_to_answers(username, sample_app):
    client = sample_app.test_client()
    client.sign_in(session().scalars(select(User).where(User.username == username)).one())

    def go(address: str) -> list[str]:
        page = client.page(address)
        hrefs = (link.href for link in page.links)
        return [urljoin(page.path, href) for href in hrefs if urlsplit(href).netloc in OWN]

    opened = list(visits(go("/lam-viec"), go, each=1))
    assert len(opened) > 20, opened
