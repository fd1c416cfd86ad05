"""The buttons of the drafting page: parts are added, moved and removed, the rest stays."""

from hypothesis import given
from hypothesis import strategies as st

from portal.features.documents.body import Appendix, Body, Duty, Level, Party, Recipient, Section
from portal.features.documents.text.editing import edit

OUTLINE = Body(
    sections=(
        Section("p1", Level.PART, "Mục đích"),
        Section("a", Level.POINT, "", "Thu thập"),
        Section("a1", Level.LETTER, "", "thông tin"),
        Section("b", Level.POINT, "", "Đánh giá"),
        Section("p2", Level.PART, "Nội dung"),
        Section("c", Level.POINT, "", "Đối tượng"),
    ),
    duties=(Duty("d1", "Một"), Duty("d2", "Hai")),
    recipients=(Recipient(Party("Một")), Recipient(Party("Hai"))),
    appendices=(Appendix("x1", title="Một"),),
)


def order(body: Body) -> list[str]:
    return [section.id for section in body.sections]


def test_a_section_moves_with_what_lies_below_it():
    moved = edit(OUTLINE, "section.down.a")
    assert order(moved.body) == ["p1", "b", "a", "a1", "p2", "c"]
    assert moved.focus == "section-a"


def test_a_section_moves_up_out_of_its_part_into_the_one_above():
    assert order(edit(OUTLINE, "section.up.c").body) == ["p1", "a", "a1", "b", "c", "p2"]


def test_a_section_moves_down_into_the_next_part():
    assert order(edit(OUTLINE, "section.down.b").body) == ["p1", "a", "a1", "p2", "b", "c"]


def test_a_part_moves_with_all_its_points():
    assert order(edit(OUTLINE, "section.up.p2").body) == ["p2", "c", "p1", "a", "a1", "b"]


def test_what_is_added_below_comes_last_and_one_level_deeper():
    added = edit(OUTLINE, "section.below.a")
    made = added.body.sections[3]
    assert (made.level, made.heading, made.text) == (Level.LETTER, "", "")
    assert added.focus == f"section-{made.id}"


def test_what_is_added_beside_stands_behind_all_that_lies_below():
    assert edit(OUTLINE, "section.add.p1").body.sections[4].level == Level.PART
    assert edit(OUTLINE, "section.add.").body.sections[-1].level == Level.PART


def test_a_part_is_removed_with_what_lies_below_it():
    assert order(edit(OUTLINE, "section.remove.p1").body) == ["p2", "c"]


def test_rows_of_lists_are_added_moved_and_removed():
    assert [d.id for d in edit(OUTLINE, "duty.up.d2").body.duties] == ["d2", "d1"]
    assert [d.id for d in edit(OUTLINE, "duty.down.d2").body.duties] == ["d1", "d2"]
    assert edit(OUTLINE, "recipient.remove.0").body.recipients == OUTLINE.recipients[1:]
    added = edit(OUTLINE, "recipient.add.")
    assert (len(added.body.recipients), added.focus) == (3, "recipient-2")
    assert len(edit(OUTLINE, "appendix.add.x1").body.appendices) == 2


@given(st.text(max_size=30))
def test_a_command_that_means_nothing_changes_nothing(command):
    if not command.startswith(("section.add", "duty.add", "recipient.add", "appendix.add")):
        assert edit(OUTLINE, command).body == OUTLINE


IDS = [section.id for section in OUTLINE.sections]
MOVES = st.lists(st.tuples(st.sampled_from(["up", "down"]), st.sampled_from(IDS)), max_size=12)


@given(MOVES)
def test_moving_loses_and_doubles_nothing(moves):
    body = OUTLINE
    for verb, which in moves:
        body = edit(body, f"section.{verb}.{which}").body
    assert sorted(order(body)) == sorted(IDS)
    assert set(body.sections) == set(OUTLINE.sections)
