"""Results by channel: nobody of a few can be found by subtracting communes from channels."""

from collections import Counter as Tally
from itertools import chain, product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from portal.core.database import session
from portal.features.campaigns.models import Campaign
from portal.features.surveys import exports, fold, results
from portal.features.surveys.channel_results import ByChannel, Cut, separable
from portal.features.surveys.channels import Channel
from portal.policy.roles import Role
from tests.support import surveyed
from tests.support.workbooks import sheets_of

K = 3
"""As small as a threshold can be, so that every table can be tried."""


def splits(total: int, width: int):
    """List the ways to part a number into so many."""
    if width == 1:
        yield (total,)
        return
    for first in range(total + 1):
        for rest in splits(total - first, width - 1):
            yield (first, *rest)


def tables(cut: Cut, options: list[str]):
    """List every (group × channel × option) that fits all the figures of a cut."""
    channels = range(len(cut.channels))

    def of_group(i: int):
        for cells in product(*(splits(cut.people[i][c], len(options)) for c in channels)):
            sums = [sum(cell[o] for cell in cells) for o in range(len(options))]
            if sums == [cut.groups[i].get(option, 0) for option in options]:
                yield cells

    for table in product(*(list(of_group(i)) for i in range(len(cut.groups)))):
        came = [
            [sum(group[c][o] for group in table) for o, _ in enumerate(options)] for c in channels
        ]
        if came == [[each.get(option, 0) for option in options] for each in cut.channels]:
            yield table


cells = st.lists(st.sampled_from("abc"), max_size=4)
drawn = st.integers(2, 3).flatmap(
    lambda width: st.lists(st.lists(cells, min_size=2, max_size=2), min_size=width, max_size=width)
)


def cut_of(answers) -> Cut:
    return Cut(
        [Tally(chain.from_iterable(group)) for group in answers],
        [Tally(chain.from_iterable(group[c] for group in answers)) for c in range(2)],
        [[len(cell) for cell in group] for group in answers],
    )


def least(tables, i, c, o) -> int:
    return min(table[i][c][o] for table in tables)


def known_apart(cut: Cut, i: int, c: int, option: str) -> int:
    """Give how many of a few chose an option as communes, or channels, say by themselves."""
    n = cut.people[i][c]
    whole = [j for j, people in enumerate(cut.people) if people[c] and not people[1 - c]]
    mixed = Tally(cut.channels[c])
    for j in whole:
        mixed.subtract(cut.groups[j])
    return max(
        0,
        n - (sum(cut.people[i]) - cut.groups[i][option]),
        n - (mixed.total() - mixed[option]),
    )


@settings(max_examples=150, deadline=None)
@given(drawn)
def test_of_a_shown_question_nothing_new_is_certain_of_a_few(answers):
    cut = cut_of(answers)
    few = [(i, c) for i, c in product(range(len(answers)), range(2)) if 0 < cut.people[i][c] < K]
    if not few or not separable(cut, K):
        return
    possible = list(tables(cut, list("abc")))
    for (i, c), (o, option) in product(few, enumerate("abc")):
        assert least(possible, i, c, o) <= known_apart(cut, i, c, option)


@pytest.fixture
def place(app):
    return surveyed.province({"Huyện A": ["Xã Một", "Xã Hai"], "Huyện B": ["Xã Ba"]})


@pytest.fixture
def asked(place):
    return surveyed.campaign(place)


@pytest.fixture
def close(asked, monkeypatch):
    def close() -> Campaign:
        surveyed.move_past(asked, monkeypatch)
        fold.seal_closed()
        return session().get_one(Campaign, asked.id)

    return close


def many(asked, unit) -> None:
    """Let many scan the code, of every opinion."""
    surveyed.answer(asked, unit, ["5|co|loa"] * 15 + ["3|khong|"] * 15 + ["1|co|zalo"] * 15)


def on_paper(asked, unit, lines) -> None:
    surveyed.answer(asked, unit, lines, channel=Channel.PAPER)


def shown(campaign) -> dict[str, dict[Channel, int]]:
    split = ByChannel(results.of(campaign)).shown
    return {each.question.id: {c: d.answered for c, d in each.parts} for each in split}


def test_the_whole_campaign_is_shown_by_channel_after_the_close(place, asked, close):
    for name in ("Xã Một", "Xã Hai", "Xã Ba"):
        many(asked, place[name])
    on_paper(asked, place["Xã Một"], ["5|co|loa"] * 3 + ["1|khong|"] * 3)
    fold.fold_pending()
    assert not ByChannel(results.of(asked)).is_asked
    assert shown(close())["chung"] == {Channel.QR: 135, Channel.PAPER: 6}


def test_a_channel_of_four_is_not_told_apart(place, asked, close):
    many(asked, place["Xã Một"])
    on_paper(asked, place["Xã Một"], ["5|co|loa"] * 4)
    split = ByChannel(results.of(close()))
    assert (split.is_asked, split.shown, split.kept_back) == (True, [], [1, 2, 3])


def test_a_channel_is_kept_back_if_a_commune_less_it_leaves_four(place, asked, close):
    many(asked, place["Xã Hai"])
    many(asked, place["Xã Ba"])
    on_paper(asked, place["Xã Hai"], ["5|co|loa"] * 12)
    surveyed.answer(asked, place["Xã Một"], ["1|khong|"] * 4, channel=Channel.SLIP)
    on_paper(asked, place["Xã Một"], ["5|co|loa"] * 8)
    surveyed.answer(asked, place["Xã Ba"], ["5|co|loa"] * 6, channel=Channel.SLIP)
    found = shown(close())
    assert "chung" not in found
    assert "biet" not in found


def test_of_a_rare_answer_it_is_not_told_by_which_channel_it_came(place, asked, close):
    for name in ("Xã Một", "Xã Hai", "Xã Ba"):
        surveyed.answer(asked, place[name], ["5|co|loa"] * 30 + ["3|khong|"] * 30)
    on_paper(asked, place["Xã Một"], ["5|co|loa", "1|co|loa"])
    on_paper(asked, place["Xã Ba"], ["5|co|loa"] * 10)
    found = shown(close())
    assert "chung" not in found
    assert found["biet"] == {Channel.QR: 180, Channel.PAPER: 12}


def test_page_and_file_show_the_same_questions(client, place, asked, close):
    for name in ("Xã Một", "Xã Hai", "Xã Ba"):
        many(asked, place[name])
    on_paper(asked, place["Xã Một"], ["5|co|loa"] * 10)
    sealed = close()
    client.sign_in(surveyed.account(place, "Tỉnh", Role.PROVINCE))
    page = client.page(f"/dot-khao-sat/{sealed.id}/ket-qua")
    assert "Phiếu giấy hỗ trợ, 10 phiếu" in page.text
    rows = sheets_of(lambda stream: exports.summary(stream, sealed, place["Tỉnh"].id, "Thử"))
    paper = [row for row in rows["Theo kênh"] if row[0] == "Phiếu giấy hỗ trợ" and row[1] == 1]
    assert paper[0][4] == 10


def test_who_sees_a_part_sees_no_channel(client, place, asked, close):
    for name in ("Xã Một", "Xã Hai", "Xã Ba"):
        many(asked, place[name])
    on_paper(asked, place["Xã Một"], ["5|co|loa"] * 10)
    sealed = close()
    client.sign_in(surveyed.account(place, "Xã Một", Role.COMMUNE))
    assert "Từng câu theo kênh" not in client.page(f"/dot-khao-sat/{sealed.id}/ket-qua").text
