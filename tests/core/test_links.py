"""Secret links: the same one as often as it is asked for, another one once it was given anew."""

from portal.core import links


def test_a_link_follows_from_what_it_opens_and_how_often_it_was_given(app):
    first = links.token("agency", 7, 1)
    assert first == links.token("agency", 7, 1)
    others = {links.token("agency", 7, 2), links.token("agency", 8, 1), links.token("group", 7, 1)}
    others.add(links.token("agency", 7, 1, links.new_nonce()))
    others.add(links.token("agency", 7, 1, links.new_nonce()))
    assert len(others) == 5
    assert first not in others


def test_only_what_can_be_a_link_is_looked_for(app):
    token = links.token("agency", 7, 1)
    assert len(token) == links.SIGNS
    assert links.hashed(token.upper()) == links.hashed(token)
    assert token.encode() not in (links.hashed(token) or b"")
    assert [links.hashed(typed) for typed in ("", "abc", token + "a", "é" * 26)] == [None] * 4
