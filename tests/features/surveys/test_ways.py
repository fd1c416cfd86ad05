"""Participation by channel and point, and what it is measured against."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from portal.core.database import session, write
from portal.core.text import fold as folded
from portal.core.text import sort_key
from portal.features.campaigns.models import Campaign, CampaignUnit, QrCode
from portal.features.org_units.models import Point, Unit
from portal.features.surveys import (
    fold,
    participation,
    participation_file,
    taking_part,
    turnout,
    ways,
)
from portal.features.surveys.channels import Channel
from portal.features.surveys.territory import WHOLE, Place, Territory
from portal.features.surveys.ways import Ways
from portal.policy.roles import Role
from tests.support import surveyed
from tests.support.workbooks import sheets_of

LINE = "5|co|"


@pytest.fixture
def place(app):
    return surveyed.province({"Huyện A": ["Xã Một", "Xã Hai"], "Huyện B": ["Xã Ba"]})


@pytest.fixture
def asked(place):
    return surveyed.campaign(place)


@pytest.fixture
def province(place):
    return surveyed.actor(surveyed.account(place, "Tỉnh", Role.PROVINCE))


def came(asked, unit, **by_channel: int) -> None:
    for channel, n in by_channel.items():
        surveyed.answer(asked, unit, [LINE] * n, channel=channel)


def point(asked, unit, name: str, code: str) -> int:
    texts = {"name": name, "folded": folded(name), "sort_key": sort_key(name)}
    with write() as current:
        made = Point(unit_id=unit.id, kind="village", **texts)
        current.add(made)
        current.flush()
        current.add(QrCode(code=code, campaign_id=asked.id, unit_id=unit.id, point_id=made.id))
    return made.id


def test_the_fold_changes_no_figure_by_channel_or_point(place, asked):
    one = place["Xã Một"]
    village = point(asked, one, "Thôn Đông", "k7rm4wbd")
    came(asked, one, qr=9, paper=8)
    surveyed.answer(asked, one, [LINE] * 7, point_id=village)
    before = participation.by_channel(asked.id), participation.by_point(asked.id, [one.id])
    assert fold.fold_pending()
    assert (
        participation.by_channel(asked.id),
        participation.by_point(asked.id, [one.id]),
    ) == before
    assert before == ({"qr": {one.id: 16}, "paper": {one.id: 8}}, {village: 7})


def test_channels_are_told_apart_where_each_has_enough(place, asked, province):
    came(asked, place["Xã Một"], qr=20, paper=7)
    came(asked, place["Xã Ba"], qr=9)
    page = taking_part.of(province, asked)
    assert page.split == [("Mã QR", 29), ("Phiếu giấy hỗ trợ", 7)]
    assert page.ways.at(place["Xã Ba"].id) == [9, 0]


def test_a_small_channel_cannot_be_found_through_district_or_neighbour(place, asked, province):
    came(asked, place["Xã Một"], qr=20, paper=2)
    came(asked, place["Xã Hai"], qr=20, paper=9)
    came(asked, place["Xã Ba"], qr=20, paper=9)
    found = taking_part.of(province, asked).ways
    assert found.at(place["Xã Một"].id) is None
    assert found.at(place["Xã Hai"].id) is None
    assert found.at(place["Huyện A"].id) == [40, 11]


def test_until_the_close_slips_count_with_the_codes(place, asked, province, monkeypatch):
    came(asked, place["Xã Một"], qr=9, slip=8, paper=7)
    assert taking_part.of(province, asked).ways.at(WHOLE) == [17, 7]
    surveyed.move_past(asked, monkeypatch)
    fold.seal_closed()
    sealed = session().get_one(Campaign, asked.id)
    assert taking_part.of(province, sealed).ways.at(WHOLE) == [9, 8, 7]


def test_points_are_shown_with_the_code_of_the_commune(place, asked):
    one = place["Xã Một"]
    came(asked, one, qr=9)
    for name, code, n in (("Thôn Đông", "k7rm4wbd", 12), ("Thôn Tây", "k7rm4wbe", 0)):
        surveyed.answer(asked, one, [LINE] * n, point_id=point(asked, one, name, code))
    actor = surveyed.actor(surveyed.account(place, "Xã Một", Role.COMMUNE))
    shown = taking_part.of(actor, asked).points
    assert [each.printed.text for each in shown] == ["9", "12", "0"]


def test_a_small_point_hides_a_neighbour_or_all(place, asked):
    one = place["Xã Một"]
    villages = [point(asked, one, f"Thôn {n}", f"k7rm4wb{n}") for n in "234"]
    for village, n in zip(villages, (2, 8, 20), strict=True):
        surveyed.answer(asked, one, [LINE] * n, point_id=village)
    actor = surveyed.actor(surveyed.account(place, "Xã Một", Role.COMMUNE))
    shown = taking_part.of(actor, asked).points
    assert [each.printed.text for each in shown] == ["0", "<5", "≥5", "20"]
    few = turnout.of(actor, asked).printed | {one.id: ways.masked(30, hidden=True, k=5)}
    assert ways.by_point(asked, [one.id], few, 5) == {one.id: None}


def test_households_are_what_answers_are_measured_against(place, asked, province):
    measured(asked, place, {"Xã Một": 100, "Xã Hai": 300, "Xã Ba": 400})
    came(asked, place["Xã Một"], qr=20)
    page = taking_part.of(province, session().get_one(Campaign, asked.id))
    assert page.rate == 20 / 800
    assert page.measure.rate([place["Xã Một"].id], page.turnout.printed[place["Xã Một"].id]) == 0.2


def test_without_all_figures_no_rate_is_made_up(client, place, asked):
    measured(asked, place, {"Xã Một": 100})
    came(asked, place["Xã Một"], qr=20)
    client.sign_in(surveyed.account(place, "Tỉnh", Role.PROVINCE))
    text = client.page(f"/dot-khao-sat/{asked.id}/tham-gia").text
    assert "Chưa có số hộ của 2 xã, nên chưa tính được tỷ lệ." in text


@pytest.mark.parametrize(("kind", "said"), [
    ("visits", "chưa xã nào báo cáo từ ngày đầu nên chưa tính được tỷ lệ."),
    ("headcount", "Chưa có số cán bộ, công chức của 3 xã, nên chưa tính được tỷ lệ."),
])  # fmt: skip
def test_a_figure_that_nobody_reports_yet_is_said_to_be_missing(client, place, asked, kind, said):
    measured(asked, place, {}, kind)
    client.sign_in(surveyed.account(place, "Tỉnh", Role.PROVINCE))
    assert said in client.page(f"/dot-khao-sat/{asked.id}/tham-gia").text


def test_people_to_be_asked_are_what_answers_are_measured_against(client, place, asked):
    measured(asked, place, {}, "headcount")
    with write() as current:
        for name, n in {"Xã Một": 40, "Xã Hai": 60, "Xã Ba": 100}.items():
            current.get_one(CampaignUnit, (asked.id, place[name].id)).headcount = n
    came(asked, place["Xã Một"], qr=20)
    client.sign_in(surveyed.account(place, "Tỉnh", Role.PROVINCE))
    page = client.page(f"/dot-khao-sat/{asked.id}/tham-gia")
    assert "10,0%" in page.text
    assert "200 người được hỏi" in page.text
    assert "So với số người được hỏi" in page.text


def test_the_file_prints_what_the_page_prints(place, asked, province):
    measured(asked, place, {"Xã Một": 100, "Xã Hai": 300, "Xã Ba": 400})
    village = point(asked, place["Xã Một"], "Thôn Đông", "k7rm4wbd")
    surveyed.answer(asked, place["Xã Một"], [LINE] * 8, point_id=village)
    came(asked, place["Xã Một"], qr=12, paper=10)
    came(asked, place["Xã Hai"], qr=3)
    page = taking_part.of(province, session().get_one(Campaign, asked.id), points_of_all=True)
    book = sheets_of(lambda stream: participation_file.write(stream, page, "Cán bộ thử"))
    rows = {row[1] or row[0]: row[2:] for row in book["Theo xã"]}
    assert rows["Xã Một"][:4] == ["≥5", "không tách", "không tách", 100]
    assert rows["Xã Ba"] == [0, 0, 0, 400, 0]
    assert rows["Cộng"][:3] == [33, 23, 10]
    assert book["Theo điểm"][1][1:3] == ["Xã Một", "không tách theo điểm"]


def measured(asked, place, households: dict[str, int], kind: str = "households") -> None:
    with write() as current:
        current.get_one(Campaign, asked.id).denominator = kind
        for name, n in households.items():
            current.get_one(Unit, place[name].id).households = n


TREE = Territory(
    tuple(Place(n, f"X{n}", f"Xã {n}", 10 + n % 2, f"Huyện {n % 2}") for n in range(1, 6))
)
counts = st.fixed_dictionaries(
    {n: st.sampled_from([0, 0, 1, 2, 3, 4, 5, 6, 9, 20]) for n in range(1, 6)}
)


@settings(max_examples=200, deadline=None)
@given(counts, counts)
def test_what_is_shown_by_channel_leaves_no_group_of_few(qr, paper):
    found = Ways(TREE, {Channel.QR: TREE.counts(qr), Channel.PAPER: TREE.counts(paper)}, 5)
    for by_unit in (qr, paper):
        nodes = [node for node in TREE.parents if found.at(node) is not None]
        told = {node: sum(by_unit[unit] for unit in TREE.below(node)) for node in nodes}
        assert not any(0 < n < 5 for n in told.values())
        for parent in nodes:
            below = [n for n in TREE.parents if TREE.parents[n] == parent]
            left = told[parent] - sum(told.get(node, 0) for node in below)
            assert not below or left == 0 or left >= 5
