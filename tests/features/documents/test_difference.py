"""What changed between two versions, as a person reads it."""

import time
from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from portal.features.documents.body import (
    Appendix,
    AppendixKind,
    Body,
    Duty,
    Head,
    Level,
    Party,
    Recipient,
    Section,
)
from portal.features.documents.text import difference
from portal.features.documents.text.difference import Change, compare
from portal.features.documents.text.pieces import Piece, pieces

SECTIONS = (
    Section("a", Level.PART, "Mục đích, yêu cầu"),
    Section("b", Level.POINT, "", "Nắm ý kiến của người dân."),
    Section("c", Level.PART, "Nội dung"),
    Section("d", Level.POINT, "Thời gian", "Từ ngày 06/5 đến ngày 08/5/2024."),
    Section("e", Level.POINT, "Địa điểm", "Bộ phận một cửa."),
)
BODY = Body(summary="tổ chức khảo sát", sections=SECTIONS)


def written(changes: tuple[Change, ...]) -> list[tuple[str, str, str]]:
    """Each change as its area, its kind and its words: -removed-, +added+."""
    return [
        (f"{one.area} {one.where}".strip(), one.kind, " ".join(map(signed, one.pieces)))
        for one in changes
    ]


def signed(piece: Piece) -> str:
    sign = {"same": "", "removed": "-", "added": "+"}[piece.kind]
    return sign + " ".join(piece.text.split()) + sign


def test_equal_bodies_differ_in_nothing():
    assert compare(BODY, Body.from_json(BODY.to_json())) == ()


def test_a_changed_date_is_shown_as_one_word_in_its_section():
    later = replace(SECTIONS[3], text="Từ ngày 06/5 đến ngày 10/5/2024.")
    changed = replace(BODY, sections=(*SECTIONS[:3], later, SECTIONS[4]))
    assert written(compare(BODY, changed)) == [
        ("Mục II.1", "changed", "Thời gian Từ ngày 06/5 đến ngày -08/5/2024- +10/5/2024+ .")
    ]


def test_a_moved_section_is_moved_and_nothing_else():
    a, b, c, d, e = SECTIONS
    assert written(compare(BODY, replace(BODY, sections=(a, b, c, e, d)))) in (
        [("Mục II.1", "moved", "Địa điểm Bộ phận một cửa.")],
        [("Mục II.2", "moved", "Thời gian Từ ngày 06/5 đến ngày 08/5/2024.")],
    )


def test_a_section_that_moved_and_changed_says_both():
    a, b, c, d, e = SECTIONS
    other = replace(e, text="Nhà văn hóa.")
    changes = compare(BODY, replace(BODY, sections=(a, other, b, c, d)))
    assert [(one.id, one.kind) for one in changes] == [("e", "moved"), ("e", "changed")]


def test_a_section_on_another_level_was_moved():
    deeper = replace(SECTIONS[1], level=Level.DASH)
    (change,) = compare(BODY, replace(BODY, sections=(SECTIONS[0], deeper, *SECTIONS[2:])))
    assert (change.id, change.kind) == ("b", "moved")


def test_what_was_added_and_removed_stands_where_it_was():
    a, b, c, _, e = SECTIONS
    new = Section("f", Level.POINT, "", "Bảo đảm khách quan.")
    assert written(compare(BODY, replace(BODY, sections=(a, b, new, c, e)))) == [
        ("Mục I.2", "added", "+Bảo đảm khách quan.+"),
        ("Mục II.1", "removed", "-Thời gian Từ ngày 06/5 đến ngày 08/5/2024.-"),
    ]


def test_sections_typed_anew_with_the_same_words_are_the_same():
    copies = tuple(replace(one, id=f"x{one.id}") for one in SECTIONS)
    assert compare(BODY, replace(BODY, sections=copies)) == ()


def test_labels_of_the_format_are_used_where_given():
    changed = replace(BODY, sections=(*SECTIONS[:4], replace(SECTIONS[4], text="Xã.")))
    assert compare(BODY, changed, {"e": "II-2"})[0].where == "II-2"


def test_bases_and_recipients_are_compared_row_by_row():
    old = Body(
        bases=("Luật A", "Nghị định số 59/2023/NĐ-CP", "Kế hoạch 152"),
        recipients=(Recipient(Party("Tỉnh ủy"), "b/c"), Recipient(Party("UBND tỉnh"))),
    )
    new = Body(
        bases=("Luật A", "Nghị định số 60/2026/NĐ-CP", "Kế hoạch 152", "Chỉ thị 09"),
        recipients=(Recipient(Party("Tỉnh ủy"), "p/h"), Recipient(Party("UBND tỉnh"))),
    )
    assert written(compare(old, new)) == [
        ("Căn cứ", "changed", "Nghị định số -59/2023/NĐ-CP- +60/2026/NĐ-CP+"),
        ("Căn cứ", "added", "+Chỉ thị 09+"),
        ("Nơi nhận", "changed", "Tỉnh ủy ( -b/c- +p/h+ )"),
    ]


def test_a_base_that_moved_is_not_a_new_one():
    old, new = Body(bases=("A", "B", "C")), Body(bases=("B", "C", "A"))
    assert written(compare(old, new)) == [("Căn cứ", "moved", "A")]


def test_duties_are_compared_with_every_cell():
    duty = Duty("x", "Lập danh sách", Party("Hội Nông dân"), "", "04/5/2024", "Danh sách")
    old, new = Body(duties=(duty,)), Body(duties=(replace(duty, due="03/5/2024"),))
    assert written(compare(old, new)) == [
        ("Nhiệm vụ 1", "changed",
         "Lập danh sách | Hội Nông dân | -04/5/2024- +03/5/2024+ | Danh sách"),
    ]  # fmt: skip


def test_head_summary_and_signature_are_compared_too():
    old = replace(BODY, head=Head(place="Bắc Giang"), keeper="VT")
    new = replace(BODY, head=Head(place="Bắc Kạn"), summary="", keeper="VT, VHXH")
    assert [(one.area, one.kind) for one in compare(old, new)] == [
        (difference.HEAD, "changed"),
        (difference.SUMMARY, "removed"),
        (difference.KEEPER, "changed"),
    ]


def test_long_stretches_that_stayed_are_shortened():
    rows = [f"{number}\tXã số {number}" for number in range(209)]
    table = Appendix("x", AppendixKind.TABLE, "Danh sách xã", "\n".join(rows))
    rows[100] = "100\tXã Tân Sơn"
    new = replace(table, text="\n".join(rows))
    (change,) = compare(Body(appendices=(table,)), Body(appendices=(new,)))
    text = "".join(piece.text for piece in change.pieces)
    assert "Tân Sơn" in text
    assert len(text) < 300


WORDS = st.lists(
    st.sampled_from(["xã", "phường", "ngày", "06/5", ",", ".", "“a”", "\n"]), max_size=25
).map(" ".join)


@settings(deadline=None, max_examples=150)
@given(WORDS, WORDS)
def test_pieces_tell_both_texts(old: str, new: str):
    found = pieces(old, new)
    for text, other in ((old, "added"), (new, "removed")):
        told = "".join(piece.text for piece in found if piece.kind != other)
        if "…" not in told:
            assert told.split() == text.split()


@settings(deadline=None, max_examples=100)
@given(st.permutations(SECTIONS), st.sets(st.sampled_from(range(5))))
def test_every_way_of_arranging_sections_is_explained(order: list[Section], left_out: set[int]):
    kept = tuple(one for at, one in enumerate(order) if at not in left_out)
    changes = compare(BODY, replace(BODY, sections=kept))
    removed = {one.id for one in changes if one.kind == "removed"}
    assert removed == {one.id for one in SECTIONS} - {one.id for one in kept}
    assert not any(one.kind in {"added", "changed"} for one in changes)


def test_two_long_texts_are_compared_quickly():
    old = "\n".join(f"Xã {number} thực hiện, báo cáo trước ngày 04/5." for number in range(5000))
    began = time.perf_counter()
    assert pieces(old, old.replace("Xã 7 ", "Phường 7 "))
    assert pieces("xã " * 1400, "phường xã " * 700)
    assert time.perf_counter() - began < 5
