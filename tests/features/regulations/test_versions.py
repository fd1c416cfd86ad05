"""Versions of a draft: keys that stay, corrections, freezing, and where comments go."""

from dataclasses import replace

import pytest
from sqlalchemy import select, text
from sqlalchemy.exc import DBAPIError

from portal.core.database import session, write
from portal.core.errors import Forbidden, Invalid, Refused, Stale
from portal.features.regulations import (
    difference,
    editing,
    moves,
    pages,
    publishing,
    queries,
    reading,
    rows,
    services,
    workflow,
)
from portal.features.regulations.models import Draft, DraftVersion, Level
from portal.features.regulations.parsing import Part, read_text
from portal.policy.permissions import Permission
from portal.policy.roles import Duty, Role
from portal.policy.table import allows
from tests.support import cased
from tests.support.legal import SHORT, drafted, key_of
from tests.support.officials import Official

NEXT = SHORT.replace("Điều 3. H", "Điều 4. H").replace("Điều 2. N", "Điều 3. N").replace(
    "Điều 3. N", "Điều 2. Giải thích từ ngữ\nTổ dân phố là cộng đồng dân cư.\nĐiều 3. N"
).replace("\n2. Thông báo qua loa truyền thanh của phường.", "")  # fmt: skip
"""One article more, so that the others have other numbers; a clause less."""


@pytest.fixture
def ward(app):
    return cased.ward(publishes=False)


@pytest.fixture
def author(ward):
    return ward.actor()


@pytest.fixture
def published(author):
    version = drafted(author)
    publishing.publish(author, version)
    return version


@pytest.fixture
def second(author, published):
    return services.begin(author, published.draft, read_text(NEXT))


@pytest.fixture
def matched(author, published, second):
    services.rekey(author, second, {}, published, second.version)
    return second


def test_a_provision_keeps_its_key_when_it_gets_another_number(published, second):
    for before, after in (
        ("Điều 1", "Điều 1"), ("Điều 2", "Điều 3"), ("Điều 3", "Điều 4"),
        ("khoản 2 Điều 2", "khoản 2 Điều 3"), ("khoản 1 Điều 3", "khoản 1 Điều 4"),
        ("Chương I", "Chương I"),
    ):  # fmt: skip
        assert key_of(second, after) == key_of(published, before), before
    assert key_of(second, "Điều 2") not in queries.keys(published.id)


def test_comments_stand_where_their_provision_stands_and_wait_where_it_is_gone(
    author, published, matched
):
    gone, kept = key_of(published, "khoản 2 Điều 3"), key_of(published, "Điều 2")
    assert moves.unplaced(published.draft_id, [gone, kept, ""]) == []
    publishing.publish(author, matched)
    assert moves.resolve(published.draft_id, [gone, kept, ""]) == {gone: "", kept: kept, "": ""}
    assert moves.unplaced(published.draft_id, [gone, kept, ""]) == [gone]


def test_a_person_says_where_comments_on_what_is_gone_belong_and_may_say_it_again(
    author, published, matched
):
    gone, to = key_of(published, "khoản 2 Điều 3"), key_of(matched, "Điều 4")
    publishing.publish(author, matched)
    moves.place(author, published.draft, gone, "")
    assert moves.unplaced(published.draft_id, [gone]) == []
    moves.place(author, published.draft, gone, to)
    assert moves.resolve(published.draft_id, [gone]) == {gone: to}
    with pytest.raises(Invalid):
        moves.place(author, published.draft, to, "")
    with pytest.raises(Invalid):
        moves.place(author, published.draft, gone, "0123abcd")


def test_what_was_guessed_is_corrected_by_hand(author, published, second):
    old, new = key_of(published, "khoản 2 Điều 3"), key_of(second, "Điều 2")
    services.rekey(author, second, {new: old}, published, second.version)
    assert key_of(second, "Điều 2") == old
    services.rekey(author, second, {old: ""}, published, second.version)
    assert key_of(second, "Điều 2") not in queries.keys(published.id)


def test_two_provisions_cannot_have_been_the_same(author, published, second):
    taken, new = key_of(published, "Điều 1"), key_of(second, "Điều 2")
    with pytest.raises(Invalid) as refused:
        services.rekey(author, second, {new: taken}, published, second.version)
    assert set(refused.value.errors) == {f"old-{new}", f"old-{taken}"}


def test_the_page_of_matching_shows_what_moved_and_what_is_gone(published, second):
    page = pages.match_page(second, published)
    assert [row.entry.place for row in page.rows] == ["Điều 2", "Điều 3", "Điều 4"]
    assert [one.place for one in page.gone] == ["khoản 2 Điều 3"]
    assert page.kept == 5


def test_a_guess_that_nobody_confirmed_is_not_published(author, second):
    with pytest.raises(Refused) as refused:
        publishing.publish(author, second)
    assert refused.value.message == workflow.UNMATCHED


def test_a_copy_begins_with_every_word_and_key(author, published):
    copy = services.begin(author, published.draft, None)
    assert rows.parts_of(copy) == rows.parts_of(published)
    publishing.publish(author, copy)
    assert (copy.number, copy.state) == (2, "published")


def test_there_is_one_version_in_work(author, second):
    with pytest.raises(Refused):
        services.begin(author, second.draft, None)


def test_what_two_save_at_once_is_not_lost(author, second):
    seen, parts = second.version, rows.parts_of(second)
    services.save(author, second, parts[:-1], "", seen)
    with pytest.raises(Stale) as stale:
        services.save(author, second, parts, "", seen)
    assert set(stale.value.theirs) == {part.key for part in parts[:-1]}


def test_a_version_without_articles_or_with_too_long_a_part_is_refused(author, second):
    parts = rows.parts_of(second)
    with pytest.raises(Invalid) as refused:
        services.save(author, second, parts[:1], "", second.version)
    assert set(refused.value.errors) == {"version"}
    long = Part(parts[1].key, Level.ARTICLE, "1", "x" * 501)
    with pytest.raises(Invalid) as refused:
        services.save(author, second, [long], "", second.version)
    assert set(refused.value.errors) == {f"heading-{long.key}"}


def test_what_is_published_is_frozen_by_rule_and_by_the_database(author, published):
    assert published.sha256 == rows.digest(published)
    with pytest.raises(Refused):
        services.save(author, published, rows.parts_of(published), "", published.version)
    with pytest.raises(Refused):
        publishing.discard(author, published)
    with pytest.raises(DBAPIError, match="kept for good"), write():
        session().get_one(DraftVersion, published.id).preamble = "Khác"


@pytest.mark.parametrize("change", [
    "UPDATE regulation_provisions SET text = 'Khác'", "DELETE FROM regulation_provisions",
    "INSERT INTO regulation_provisions (version_id, position, key, level, number, heading, text)"
    " SELECT version_id, 999, 'ffffffff', level, '99', '', '' FROM regulation_provisions LIMIT 1",
])  # fmt: skip
def test_the_provisions_that_people_read_are_frozen_by_the_database(published, change):
    with pytest.raises(DBAPIError, match="kept for good"), write() as current:
        current.execute(text(change))


def test_a_version_in_work_can_be_thrown_away_and_then_an_unused_draft(author):
    version = drafted(author)
    draft = version.draft
    with pytest.raises(Refused):
        publishing.discard_draft(author, draft)
    publishing.discard(author, version)
    publishing.discard_draft(author, draft)
    assert queries.get_visible(author, draft.id) is None


def test_a_draft_that_a_consultation_is_about_stays(ward):
    author = ward.actor()
    ward.case(author)
    with pytest.raises(Refused):
        publishing.discard_draft(author, ward.draft)


def test_only_the_body_that_drafts_changes_it_and_those_above_see_what_is_published(ward, author):
    version = drafted(author)
    front, above = ward.actor(body=ward.front), ward.actor(body=ward.above)
    with pytest.raises(Forbidden):
        services.save(front, version, rows.parts_of(version), "", version.version)
    assert not allows(ward.actor(Duty.CLERK), Permission.DRAFT_EDIT, version)
    assert allows(front, Permission.DRAFT_READ, version.draft)
    assert queries.get_visible(above, version.draft_id) is None
    publishing.publish(author, version)
    assert allows(above, Permission.DRAFT_READ, queries.get_visible(above, version.draft_id))


def test_joining_splitting_and_leaving_out():
    parts = list(read_text("Điều 1. A\n1. Một.\n2. Hai.\nĐiều 2. B").parts)
    joined = editing.carried_out(parts, f"join.{parts[2].key}")
    assert [one.text for one in joined] == ["", "Một.\n2. Hai.", ""]
    more = replace(parts[2], text="Hai.\n\n3. Ba.\na) Nhỏ.")
    cut = [*parts[:2], more, parts[3]]
    split = editing.carried_out(cut, f"split.{parts[2].key}")
    assert [(one.number, one.text) for one in split[2:4]] == [("2", "Hai."), ("3", "Ba.\na) Nhỏ.")]
    assert editing.carried_out(parts, f"drop.{parts[1].key}") == [parts[0], *parts[2:]]
    assert editing.carried_out(parts, "save") == parts


def test_the_difference_is_told_by_word_and_by_place(published, second):
    found = difference.compare(reading.outline(published), reading.outline(second))
    told = [(one.entry.place, one.kind) for one in found if one.kind != "same"]
    assert told == [
        ("Điều 2", "added"), ("Điều 3", "moved"), ("Điều 4", "moved"),
        ("khoản 2 Điều 3", "removed"),
    ]  # fmt: skip


def test_the_drafts_listed_are_the_drafts_admitted(ward, author, published):
    drafted(ward.actor())
    everything = list(session().scalars(select(Draft).order_by(Draft.id)))
    for actor in [*everybody_of(ward), author]:
        listed = {one.id for one in queries.listed(actor)}
        admitted = {one.id for one in everything if allows(actor, Permission.DRAFT_READ, one)}
        assert listed == admitted, (actor.role, actor.unit_id)


def everybody_of(ward):
    """Give an official of every role, at the ward and at the city above it."""
    for body in (ward.host, ward.above):
        for role in Role:
            yield Official(role, frozenset(Duty), body.unit_id, body.id)
