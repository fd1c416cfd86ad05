"""History across mergers: what a unit was made of is added up, and nothing can be subtracted."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.core import clock
from portal.core.database import session, write
from portal.core.text import fold as folded
from portal.core.text import sort_key
from portal.features.campaigns.models import Campaign, CampaignUnit
from portal.features.org_units.models import Level, Organisation, Unit, UnitSuccession
from portal.features.org_units.scopes import rebuild_scopes
from portal.features.surveys import comparing, fold, pages, turnout
from portal.features.surveys.territory import WHOLE, Place, Territory
from portal.policy.roles import Role
from tests.support import surveyed
from tests.support.composing import FULL

OLD = ("Xã Một", "Xã Hai", "Xã Ba", "Xã Bốn")


@pytest.fixture
def place(app):
    return surveyed.province({"Huyện A": OLD[:3], "Huyện B": OLD[3:]})


@pytest.fixture
def province(place):
    return surveyed.actor(surveyed.account(place, "Tỉnh", Role.PROVINCE))


@pytest.fixture
def sealed(place, monkeypatch):
    def sealed(opens_in=-9, **answers: int) -> Campaign:
        asked = surveyed.campaign(place, opens_in=opens_in)
        for name, n in answers.items():
            unit = place[f"Xã {name}"]
            surveyed.answer(asked, unit, ["5|co|loa"] * (n - n // 4) + ["2|khong|"] * (n // 4))
        return close(asked, monkeypatch)

    return sealed


def close(asked, monkeypatch) -> Campaign:
    with monkeypatch.context() as then:
        surveyed.move_past(asked, then)
        fold.seal_closed()
    return session().get_one(Campaign, asked.id)


def merge(place, name: str, *olds: str) -> Unit:
    """Let a unit take over from others today."""
    with write() as current:
        made = Unit(
            code=name, name=name, full_name=f"Phường {name}",
            level=Level.COMMUNE, parent_id=place["Tỉnh"].id, valid_from=clock.today(),
            folded=folded(name), sort_key=sort_key(name),
        )  # fmt: skip
        current.add(made)
        current.flush()
        for old in olds:
            unit = current.get_one(Unit, place[old].id)
            unit.valid_to = clock.today() - timedelta(days=1)
            current.add(UnitSuccession(unit_id=unit.id, successor_id=made.id))
        current.add(
            Organisation(unit_id=made.id, kind="committee", name=name, folded="", sort_key="")
        )
        rebuild_scopes()
    return made


def officer(unit: Unit):
    users = surveyed.Place({"": unit})
    return surveyed.actor(surveyed.account(users, "", Role.COMMUNE))


def test_a_successor_sees_the_sum_of_what_it_was_made_of(place, sealed):
    old = sealed(Một=20, Hai=12, Ba=8, Bốn=30)
    new = merge(place, "Mới", "Xã Một", "Xã Hai")
    actor = officer(new)
    found = turnout.of(actor, old)
    assert (found.node, found.total.exact) == (new.id, 32)
    assert [cell.printed.exact for cell in found.cells] == [12, 20]
    page = pages.results_page(actor, old, None)
    assert (page.node, page.people, page.headline.rated) == (new.id, 32, 32)
    assert set(page.open_nodes) == {new.id, place["Xã Một"].id, place["Xã Hai"].id}


def test_a_hidden_commune_cannot_be_found_under_its_successor(place, sealed):
    old = sealed(Một=3, Hai=12, Ba=30, Bốn=30)
    mixed = officer(merge(place, "Mới", "Xã Một", "Xã Ba"))
    found = turnout.of(mixed, old)
    assert found.total.text == "≥31"
    assert pages.results_page(mixed, old, None).distributions == []


def test_hidden_communes_are_told_together_where_their_sum_is_known(place, sealed):
    old = sealed(Một=3, Hai=12, Ba=30, Bốn=30)
    both = officer(merge(place, "Mới", "Xã Một", "Xã Hai"))
    assert turnout.of(both, old).total.exact == 15


def test_campaigns_before_and_after_the_merger_stand_side_by_side(place, sealed, monkeypatch):
    before = sealed(-30, Một=20, Hai=12, Ba=8, Bốn=30)
    unit = merge(place, "Mới", "Xã Một", "Xã Hai")
    after = surveyed.campaign(place, opens_in=-5)
    with write() as current:
        current.add(CampaignUnit(campaign_id=after.id, unit_id=unit.id))
    surveyed.answer(after, unit, ["4|co|"] * 16)
    close(after, monkeypatch)
    page = comparing.of(officer(unit), before, None)
    assert [wave.people.exact for wave in page.waves] == [32, 16]
    assert page.waves[0].made_of == ["Xã Hai", "Xã Một"]
    [first, *_] = page.questions
    assert [figure.rated for figure in first.figures] == [32, 16]


def test_what_was_split_belongs_to_no_one(place, sealed):
    old = sealed(Một=20, Hai=12, Ba=8, Bốn=30)
    one = merge(place, "Mới", "Xã Một", "Xã Hai")
    merge(place, "Khác", "Xã Hai", "Xã Ba")
    [wave] = comparing.of(officer(one), old, None).waves
    assert (wave.people.exact, wave.left_out) == (20, ("Xã Hai",))


def test_the_province_compares_the_whole_and_any_unit_below(place, province, sealed):
    old = sealed(Một=20, Hai=12, Ba=8, Bốn=30)
    new = merge(place, "Mới", "Xã Một", "Xã Hai")
    assert comparing.of(province, old, None).waves[0].people.exact == 70
    assert comparing.of(province, old, None).waves[0].node == WHOLE
    assert comparing.of(province, old, new.id).waves[0].people.exact == 32
    assert new in comparing.of(province, old, None).units


def test_only_what_is_sealed_and_asked_by_the_same_form_is_compared(place, province, sealed):
    old = sealed(Một=20)
    surveyed.campaign(place)
    surveyed.campaign(place, form=FULL, opens_in=-3)
    assert [wave.campaign.id for wave in comparing.of(province, old, None).waves] == [old.id]


def test_the_page_of_comparison(client, place, sealed):
    old = sealed(Một=20, Hai=12, Ba=8, Bốn=30)
    unit = merge(place, "Mới", "Xã Một", "Xã Hai")
    user = surveyed.account(surveyed.Place({"": unit}), "", Role.COMMUNE)
    client.sign_in(user)
    page = client.page(f"/dot-khao-sat/{old.id}/so-sanh")
    assert "Phường Mới gộp số của: Xã Hai, Xã Một." in page.text
    assert page.rows(0)[1][2:4] == ["32", "75,0%"]
    foreign = f"/dot-khao-sat/{old.id}/so-sanh?don-vi={place['Xã Bốn'].id}"
    assert client.get(foreign).status_code == 404


def test_the_pages_of_an_old_campaign_open_for_the_successor(client, place, sealed):
    old = sealed(Một=20, Hai=12, Ba=8, Bốn=30)
    unit = merge(place, "Mới", "Xã Một", "Xã Hai")
    client.sign_in(surveyed.account(surveyed.Place({"": unit}), "", Role.COMMUNE))
    for path in ("tham-gia", "tham-gia?dang=bang", "ket-qua"):
        assert "32 phiếu" in client.page(f"/dot-khao-sat/{old.id}/{path}").text
    assert client.get(f"/dot-khao-sat/{old.id}/tham-gia.xlsx").status_code == 200
    assert client.get(f"/dot-khao-sat/{old.id}/ket-qua/tong-hop.xlsx").status_code == 200
    assert "Phường Mới" in client.page("/xa").text


TREE = Territory(
    tuple(Place(n, f"X{n}", f"Xã {n}", 10 + n % 2, f"Huyện {n % 2}") for n in range(1, 7))
)


@given(
    st.fixed_dictionaries({n: st.sampled_from([0, 1, 2, 3, 4, 5, 6, 9, 20]) for n in range(1, 7)}),
    st.sets(st.integers(1, 6), min_size=1),
)
def test_a_sum_is_told_only_if_it_follows_from_what_is_shown(by_unit, units):
    counts = TREE.counts(by_unit)
    hidden = counts.hidden(5)
    if not TREE.is_known(units, hidden):
        return
    for group in TREE.known_groups(hidden):
        assert group <= units or not group & units
        n = sum(by_unit[unit] for unit in group)
        assert n == 0 or n >= 5
