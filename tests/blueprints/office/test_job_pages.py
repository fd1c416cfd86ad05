"""The page of a job says where it belongs, whatever was asked for."""

import pytest

from portal.core import jobs
from portal.core.database import write
from portal.features.consolidation import table_files
from portal.policy.roles import Role
from tests.support import cased, surveyed
from tests.support.html_rules import text


def test_the_table_of_opinions_leads_back_to_its_consultation(client, app):
    made = cased.ward()
    one, user = made.published(made.actor()), made.user()
    client.sign_in(user)
    job = table_files.order(user.id, one, "pdf")
    page = client.page(f"/cong-viec/{job.id}")
    assert page.follow(f"Về {one.name}").path == f"/lay-y-kien/{one.id}/tong-hop"
    [crumbs] = [text(nav) for nav in page.html.elements("nav") if nav.get("class") == "crumbs"]
    assert crumbs.startswith("Lấy ý kiến")
    assert one.name in crumbs


@pytest.mark.parametrize(
    ("role", "data", "back"),
    [(Role.ADMIN, {"account_ids": []}, "/quan-tri/tai-khoan"),
     (Role.COMMUNE, {"campaign_id": 77}, "/dot-khao-sat"),
     (Role.COMMUNE, {"consultation_id": 77}, "/lay-y-kien")],
)  # fmt: skip
def test_what_has_gone_leads_back_to_its_list(client, app, role, data, back):
    user = surveyed.account(surveyed.province({"Huyện A": ["Xã 1"]}), "Xã 1", role)
    client.sign_in(user)
    with write("jobs"):
        job = jobs.enqueue("opinion_table", "once", data, owner_id=user.id)
    assert client.page(f"/cong-viec/{job.id}").link("Về ").href == back
