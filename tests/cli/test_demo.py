"""The sample province as `make run` shows it."""

import json
import stat
import urllib.error
import urllib.request
from collections import Counter
from datetime import timedelta

import pytest
import time_machine
from sqlalchemy import select

from portal.cli.sample import campaigns, seeding
from portal.core import clock
from portal.core.database import session, write
from portal.features.audit import services as audit
from portal.features.campaigns.phase import Phase
from portal.features.documents import queries
from portal.features.documents.models import Document, State
from portal.features.settings.models import Setting
from portal.features.surveys import participation
from tests.conftest import installation, running_app
from tests.support import live, processes


@pytest.fixture(scope="module")
def accounts(sample_server):
    return json.loads(sample_server.flask("demo", "accounts", "--json"))


@pytest.fixture(scope="module")
def links(sample_server):
    return json.loads(sample_server.flask("demo", "links", "--json"))


def the(phase):
    return next(campaign for campaign in campaigns._of_province() if campaign.phase == phase)


def test_every_role_has_an_account(accounts):
    roles = Counter(account["role"] for account in accounts)
    assert roles == {"province": 5, "district": 2, "commune": 8, "youth": 2, "admin": 1}
    assert ["draft"] in [account["duties"] for account in accounts]
    assert {"07207", "07576", "01843"} <= {account["unit_code"] for account in accounts}


# What a start says is the same on both databases; the sample itself is loaded on both.
@pytest.mark.parametrize("backend", ["sqlite"], indirect=True, scope="session")
def test_the_first_start_prints_accounts_and_addresses_the_next_only_the_addresses(
    template, tmp_path
):
    with template.copy() as url:
        with live.serve(tmp_path, url, PORTAL_SAMPLE="1") as first:
            accounts = json.loads(first.flask("demo", "accounts", "--json"))
            assert processes.soon(lambda: f"{first.url}/dang-nhap" in first.log)
            assert all(first.log.count(account["password"]) == 1 for account in accounts)
        with live.serve(tmp_path, url, PORTAL_SAMPLE="1") as second:
            assert json.loads(second.flask("demo", "accounts", "--json")) == accounts
            assert processes.soon(lambda: f"{second.url}/dang-nhap" in second.log)
            assert accounts[0]["password"] not in second.log


def test_passwords_are_kept_for_their_owner_alone(sample_server):
    kept = sample_server.data_dir / "secrets" / "demo-accounts.json"
    assert stat.S_IMODE(kept.stat().st_mode) == 0o600


def test_every_account_can_sign_in(sample_app, accounts):
    for account in accounts:
        form = sample_app.test_client().page("/dang-nhap").form("Đăng nhập")
        page = form.submit("Đăng nhập", username=account["username"], password=account["password"])
        assert page.path != "/dang-nhap", account["username"]


def test_each_link_leads_to_a_page_of_its_kind(sample_server, links):
    surveys = {"survey", "survey_closed", "survey_early", "survey_revoked"}
    assert links.keys() == surveys | {"publicity", "mailbox", "consultation"}
    with urllib.request.urlopen(sample_server.url + links.pop("survey")) as answer:
        assert "Phường Ngô Quyền" in answer.read().decode()
    for path in links.values():
        assert status(sample_server.url + path) in {200, 404, 410}


def status(address):
    try:
        with urllib.request.urlopen(address) as answer:
            return answer.status
    except urllib.error.HTTPError as error:
        return error.code


def test_most_communes_have_answered_and_some_have_not(sample_app):
    by_unit = participation.by_unit(the(Phase.OPEN).id)
    assert 7_000 < sum(by_unit.values()) < 11_000
    assert len(by_unit) == 209 - 8
    assert min(by_unit.values()) < 5
    assert len(participation.by_day(the(Phase.OPEN).id)) == 5


def test_the_ward_of_two_tiers_sees_its_survey_on_its_home_page(sample_app, accounts):
    client = sample_app.test_client()
    [ward] = [account for account in accounts if account["unit_code"] == "01843"]
    client.page("/dang-nhap").submit("Đăng nhập", **{k: ward[k] for k in ("username", "password")})
    assert "PKS 03" in client.page("/xa").text


def test_the_open_survey_was_ordered_by_a_public_plan_that_reached_the_communes(sample_app):
    plan = session().get(Document, the(Phase.OPEN).plan_id)
    assert (plan.state, plan.is_public) == (State.ISSUED, True)
    assert plan.dated_on < the(Phase.OPEN).opens_on
    sent = {line.organisation.name for line in queries.deliveries_of(plan.id)}
    assert {"Tổ công tác phường Ngô Quyền", "Đảng ủy phường Ngô Quyền"} <= sent


def test_papers_wait_in_every_hand_and_nobody_real_signs_them(sample_app):
    papers = session().scalars(select(Document).order_by(Document.id)).all()
    assert {State.DRAFT, State.SUBMITTED, State.RETURNED, State.APPROVED, State.SIGNED} < {
        paper.state for paper in papers
    }
    assert {paper.body.signature.signer for paper in papers} == {
        "Lãnh đạo mẫu", "Nguyễn Văn A", "Bí thư mẫu – Đoàn phường Ngô Quyền",
    }  # fmt: skip
    assert {paper.unit.code for paper in papers} == {"24", "07207", "01843"}


def test_the_printed_table_names_roles_in_vietnamese(sample_server):
    printed = sample_server.flask("demo", "accounts")
    assert "Cấp tỉnh, Soạn thảo" in printed
    assert "province" not in printed


def test_the_closed_survey_is_sealed_and_shows_results(sample_app):
    assert the(Phase.CLOSED).is_sealed
    assert 10_000 < sum(participation.by_unit(the(Phase.CLOSED).id).values()) < 15_000


def test_the_record_of_the_sample_is_sound(sample_app):
    assert audit.verify_all() is None


def test_the_sample_outlives_its_surveys(sample_app, tmp_path):
    last_day = the(Phase.OPEN).closes_on
    with time_machine.travel(clock.now() + timedelta(days=20)):
        assert clock.today() > last_day
        assert seeding.prepare(tmp_path, print) == []
        assert the(Phase.OPEN).closes_on > last_day
        assert campaigns.links().keys() >= {"survey", "survey_closed", "survey_revoked"}


def test_an_interrupted_filling_is_not_taken_for_a_sample(app, tmp_path):
    with write() as current:
        current.add(Setting(name="sample", value="loading"))
    with pytest.raises(seeding.Unfinished):
        seeding.prepare(tmp_path, print)


def test_real_data_gets_no_sample(app, tmp_path):
    campaigns_before = campaigns._of_province()
    seeding.units.load()
    assert seeding.prepare(tmp_path, print) == []
    assert campaigns._of_province() == campaigns_before


@pytest.mark.parametrize("command", ["accounts", "links"])
def test_without_a_sample_the_commands_say_so(app, command):
    done = app.test_cli_runner().invoke(args=["demo", command, "--json"])
    assert done.exit_code == 1
    assert "không có dữ liệu mẫu" in done.output


def test_without_tables_they_say_so_too(tmp_path):
    with running_app(installation(tmp_path, f"sqlite:///{tmp_path}/empty.sqlite3")) as app:
        done = app.test_cli_runner().invoke(args=["demo", "accounts"])
    assert "không có dữ liệu mẫu" in done.output


def test_json_is_all_that_goes_to_standard_output(settings, app):
    with write() as current:
        current.add(Setting(name="sample", value="1"))
    printed = live.run_flask(
        live.environment(settings.data_dir, settings.database_url), "demo", "links", "--json"
    )
    assert json.loads(printed) == {}
