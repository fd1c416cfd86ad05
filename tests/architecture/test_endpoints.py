"""Every endpoint with the access it should have. What is not written here does not pass."""

import re

import pytest

from tests.architecture.endpoints import EXPECTED

UNTYPED = {
    # argument: why it needs no converter
    "workflow": "looked up in registry.WORKFLOWS, else 404",
    "transition": "looked up in the workflow, else 404",
}
_ARGUMENT = re.compile(r"<(?:(\w+)(?:\([^)]*\))?:)?(\w+)>")
_KEBAB = re.compile(r"/([a-z0-9]+([-.][a-z0-9]+)*(/|$))*")


def declared(view) -> str:
    access = getattr(view, "access", None)
    if access is None:
        return "nothing"
    words = " ".join([access.kind, *sorted(access.roles)])
    return f"{words}, before the first password" if access.before_password else words


@pytest.fixture
def found(app):
    return {name: declared(view) for name, view in app.view_functions.items()}


def test_no_endpoint_is_without_access(found):
    bare = sorted(name for name, access in found.items() if access == "nothing")
    assert not bare, f"put @requires(…), @signed_in(…) or @public on {bare}"


def test_every_endpoint_is_accounted_for(found):
    added = sorted(found.keys() - EXPECTED.keys())
    assert not added, f"say in EXPECTED who may come in to {added}"
    gone = sorted(EXPECTED.keys() - found.keys())
    assert not gone, f"take {gone} out of EXPECTED"


def test_every_endpoint_has_the_access_it_should_have(found):
    wrong = {name: (EXPECTED[name], is_) for name, is_ in found.items() if EXPECTED[name] != is_}
    assert not wrong, f"should be, is: {wrong}. If the change is meant, change EXPECTED."


def test_arguments_of_addresses_are_typed(app):
    for rule in app.url_map.iter_rules():
        for kind, name in _ARGUMENT.findall(rule.rule):
            assert kind or name in UNTYPED, f"give <{name}> of {rule.endpoint} a converter"


def test_addresses_are_small_letters_and_dashes(app):
    for rule in app.url_map.iter_rules():
        plain = _ARGUMENT.sub("x", rule.rule)
        assert _KEBAB.fullmatch(plain), f"{rule.rule} of {rule.endpoint}: kebab-case, no accents"


def test_what_changes_something_is_never_a_get(app):
    """A view that answers both shows a form at GET; a view of POST alone has nothing to show."""
    for rule in app.url_map.iter_rules():
        assert not rule.methods & {"PUT", "PATCH", "DELETE"}, "forms know only GET and POST"
