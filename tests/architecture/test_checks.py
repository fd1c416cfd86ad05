"""Each rule finds what was planted, and lets the harmless twin through."""

import pytest

from tests.architecture import checks

PLANTED = [
    (checks.inline_code, "<script>go()</script>"),
    (checks.inline_code, '<script type="module">go()</script>'),
    (checks.inline_code, "<style>p {}</style>"),
    (checks.inline_code, '<p\n  style="color: red">'),
    (checks.inline_code, '<a onclick="go()">'),
    (checks.inline_code, '<a href="javascript:go()">'),
    (checks.unused_imports, '{% from "a.html" import tag, mark %}{{ tag() }}'),
    (checks.unused_imports, '{% from "a.html" import tag as t with context %}{{ tag() }}'),
    (checks.unused_imports, '{% import "a.html" as parts %}'),
    (checks.unused_imports, '{% from "a.html" import tag %}{# tag() #}'),
    (checks.local_imports, "def f():\n    import os"),
    (
        checks.local_imports,
        "class A:\n    async def f(self):\n        if 1:\n            from a import b",
    ),
    (checks.state_assignments, "campaign.state = 'open'"),
    (checks.state_assignments, "a, campaign.state = 1, 'open'"),
    (checks.state_assignments, "setattr(campaign, 'state', 'open')"),
    (checks.state_assignments, "update(Campaign).values(state='open')"),
    (checks.bare_refusals, "flash(_(refused.message), 'warning')"),
    (checks.bare_refusals, "translate(error.message)"),
    (checks.machine_paths, "see /wor" + "k/main/portal"),
    (checks.machine_paths, "--find-links /op" + "t/wheels"),
    (checks.machine_paths, 'open("/hom' + 'e/someone/x")'),
]
HARMLESS = [
    (checks.inline_code, '<script type="module" src="/s/a.js"></script>'),
    (checks.inline_code, '<script type="application/json">{}</script><link rel="stylesheet">'),
    (checks.inline_code, "{{ button(style='quiet') }}"),
    (checks.inline_code, "{# <style> would be refused #}"),
    (checks.unused_imports, '{% from "a.html" import tag, mark as m %}{{ tag() }}{% call m() %}'),
    (checks.unused_imports, '{% import "a.html" as parts %}{{ parts.tag() }}'),
    (checks.local_imports, "import os\ndef f(): ..."),
    (checks.state_assignments, "Campaign(state='draft')\nif campaign.state == 'open': ..."),
    (checks.bare_refusals, "_(notice.message, **notice.values)\nlog(f(error).message)"),
    (checks.machine_paths, "https://example.org/home/ and /usr/bin/chromium and $(HOME)/work"),
]


@pytest.mark.parametrize(("check", "source"), PLANTED)
def test_what_was_planted_is_found(check, source):
    assert list(check(source))


@pytest.mark.parametrize(("check", "source"), HARMLESS)
def test_the_harmless_is_let_through(check, source):
    assert list(check(source)) == []
