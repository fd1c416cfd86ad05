"""The list, the table and the report count the same: merged, hidden and unplaced ones too."""

from dataclasses import dataclass

import pytest

from portal.features.consolidation import explaining, listing, merging, table, told, unplaced
from portal.features.consolidation.explaining import Explained
from portal.features.consolidation.models import Opinion
from portal.features.consolidation.workflow import OPINION
from portal.features.consultations import hiding
from portal.features.consultations.hiding_workflow import COMMENT_HIDING
from portal.features.consultations.models import Consultation
from portal.policy.roles import Duty
from portal.web.actor import Account
from tests.support import cased, gathered, voiced
from tests.support.cased import Cased
from tests.support.gathered import NOTICE, OTHER, SAME
from tests.support.voiced import CLAUSE, FIRST, POINT, PROVISIONS

HIDDEN, GONE = "Hộ ông ở số nhà 12 nợ tiền.", "Bỏ khoản thu theo đầu hộ."


@dataclass(frozen=True)
class Mixed:
    """Opinions of all three ways: two were merged, one is hidden, one has lost its provision."""

    made: Cased
    case: Consultation
    author: Account
    notice: Opinion
    """Of an agency and, merged into it, of 30 households and somebody on the public page."""
    other: Opinion
    """Of 8 households, on the same provision."""

    def answer(self, opinion: Opinion, decision: str) -> None:
        """Explain one and have it approved."""
        seen = gathered.again(opinion).version
        given = Explained("content", decision, "Như đã nêu ở khoản 2.")
        explaining.write_down(self.author, opinion, given, seen)
        OPINION.fire(self.author, opinion.id, "submit")
        OPINION.fire(self.made.actor(Duty.APPROVE), opinion.id, "approve")


@pytest.fixture
def mixed(app):
    made = cased.ward()
    case, author = made.published(made.actor()), made.actor(Duty.DRAFT)
    notice = gathered.agency(case, "UBMTTQ phường", CLAUSE, NOTICE)
    for same in (
        gathered.households(case, "Tổ dân phố 1", CLAUSE, SAME, 30),
        *gathered.voice(case, CLAUSE, SAME),
    ):
        merging.merge(author, same, notice)
    other = gathered.households(case, "Tổ dân phố 2", CLAUSE, OTHER, 8)
    gathered.voice(case, FIRST, HIDDEN)
    gathered.voice(case, POINT, GONE)
    gathered.voice(case, "", "Nên ngắn hơn.")
    _hide(made, HIDDEN)
    voiced.version(case.draft_id, PROVISIONS[:-1], 2)
    return Mixed(made, case, author, notice, other)


def _hide(made, text):
    [comment] = [one for one in voiced.comments() if one.text == text]
    wish = hiding.ask(made.actor(), comment, "Lộ đời tư")
    COMMENT_HIDING.fire(made.actor(body=made.above), wish.id, "hide", "Đúng là lộ đời tư")


def rows(case):
    return [line for line in table.of(case).lines() if line.number]


def heads(case):
    return [line.place for line in table.of(case).lines() if not line.number]


def test_what_is_merged_is_counted_once_and_what_is_hidden_never(mixed):
    counted = {one.key: one.total for one in listing.counted(mixed.case.id)}
    assert counted == {"": 1, CLAUSE: 2, POINT: 1}
    assert [line.number for line in rows(mixed.case)] == [1, 2, 3, 4]
    assert HIDDEN not in {line.text for line in rows(mixed.case)}


def test_list_table_and_report_tell_one_number_of_opinions(mixed):
    listed = sum(one.total for one in listing.counted(mixed.case.id))
    assert listed == table.of(mixed.case).total == len(rows(mixed.case)) == 4
    assert told.numbers(mixed.case).opinions == listed
    assert sum(int(row[1]) for row in told.by_article(mixed.case)[1:]) == listed
    *_, merged = told.counted(mixed.case)
    assert merged == "Các ý kiến giống nhau được gộp thành 4 ý kiến, giữ đủ nguồn."


def test_the_table_names_every_source_that_the_opinions_count(mixed):
    assert sorted(line.sources for line in rows(mixed.case)) == [
        "1 người dân, trực tuyến", "1 người dân, trực tuyến",
        "30 hộ (1 tổ dân phố); 1 người dân, trực tuyến; UBMTTQ phường, số 41/CV",
        "8 hộ (1 tổ dân phố)",
    ]  # fmt: skip


def test_the_report_says_how_many_answered_on_each_way_hidden_or_not(mixed):
    agencies, ballots, voices, *_ = told.counted(mixed.case)
    assert agencies.startswith("1/1 cơ quan, tổ chức, đơn vị được mời đã góp ý")
    assert ballots.startswith("2 tổ dân phố phát 180 phiếu cho 200 hộ; thu về 160 phiếu")
    assert voices.startswith("4 lượt góp ý trực tuyến")


def test_answers_add_up_in_the_list_the_table_and_the_report(mixed):
    mixed.answer(mixed.notice, "accept")
    mixed.answer(mixed.other, "decline")
    assert sum(one.done for one in listing.counted(mixed.case.id)) == 2
    said = [line.decision for line in rows(mixed.case)]
    assert sorted(said) == [
        table.UNDECIDED, table.UNDECIDED, "Không tiếp thu", "Tiếp thu",
    ]  # fmt: skip
    first, *_ = told.answered(mixed.case)
    assert first == "Trong 4 ý kiến đã gộp: tiếp thu 1 ý kiến; không tiếp thu 1 ý kiến."
    assert told.by_article(mixed.case)[1:] == [
        ("Toàn bộ dự thảo", "2", "0", "0", "0"),
        ("Điều 2. Nội dung phải công khai", "2", "1", "0", "1"),
    ]


def test_an_article_whose_only_comment_is_hidden_is_silent_in_both_papers(mixed):
    assert table.of(mixed.case).silent == "Không có ý kiến về: Điều 1."
    assert "Không có ý kiến về: Điều 1." in told.answered(mixed.case)


def test_what_lost_its_place_is_counted_before_and_after_it_is_put_somewhere(mixed):
    [gone] = unplaced.page(mixed.case).gone
    assert (gone.key, gone.opinions, gone.examples) == (POINT, 1, [GONE])
    assert gone.place == "điểm a khoản 2 Điều 2"
    assert heads(mixed.case) == ["Toàn bộ dự thảo", "Điều 2. Nội dung phải công khai"]
    unplaced.place(mixed.made.actor(), mixed.case, POINT, FIRST)
    assert unplaced.page(mixed.case).gone == []
    assert heads(mixed.case) == [
        "Toàn bộ dự thảo", "Điều 1. Phạm vi điều chỉnh", "Điều 2. Nội dung phải công khai",
    ]  # fmt: skip
    assert [line.text for line in rows(mixed.case)][1] == GONE
    assert table.of(mixed.case).total == told.numbers(mixed.case).opinions == 4
    assert told.silent_articles(mixed.case) == []


def test_words_beside_what_lost_its_place_are_of_opinions_that_are_counted(mixed):
    other = "Chỉ hỏi bà Năm ở ngõ 3."
    gathered.voice(mixed.case, POINT, other)
    [joined] = gathered.voice(mixed.case, POINT, "Bỏ khoản thu đó.")
    kept = gathered.agency(mixed.case, "Trường Tiểu học", POINT, "Bỏ khoản thu này.")
    _hide(mixed.made, other)
    merging.merge(mixed.author, joined, kept)
    [gone] = unplaced.page(mixed.case).gone
    assert (gone.opinions, set(gone.examples)) == (2, {GONE, "Bỏ khoản thu này."})
