"""Every rule for pages fails the page that breaks it, and lets a good page through."""

import pytest

from tests.support.html_rules import RULES, Html, faults

GOOD = """<!doctype html>
<html lang="vi">
<head>
<meta charset="utf-8">
<title>Hòm thư – Phường Bắc Kạn</title>
<link rel="stylesheet" href="/s/base.css">
<script type="module" src="/s/base.js"></script>
</head>
<body>
<h1>Hòm thư</h1>
<a href="/" aria-label="Trang đầu"><svg viewBox="0 0 1 1"><path d="M0 0"/></svg></a>
<p id="hint">Không cần ghi tên.</p>
<img src="/s/seal.png" alt="">
<form action="/gui" method="post">
<input type="hidden" name="khoa" value="k">
<label for="y-kien">Ý kiến</label>
<textarea id="y-kien" name="y_kien" aria-describedby="hint"></textarea>
<label><input type="checkbox" name="kin"> Giữ kín</label>
<button>Gửi</button>
</form>
<form action="/tim" method="get"><input aria-label="Tìm" name="q"><button>Tìm</button></form>
<dialog id="hoi"><form method="dialog"><button>Đóng</button></form></dialog>
<template id="dong"><tr><td>Mới</td></tr></template>
</body>
</html>
"""

BREAKS = {
    "is_valid": [
        ("<h1>", "<p><ul></ul></p><h1>"),
        ("</body>", "<div></body>"),
        ("<!doctype html>", ""),
    ],
    "names_its_language": [(' lang="vi"', ""), ('lang="vi"', 'lang="fr"')],
    "has_one_heading": [
        ("<h1>Hòm thư</h1>", ""),
        ("</form>", "</form><h1>Hai</h1>"),
        ("<title>Hòm thư", "<title>Trang"),
    ],
    "has_unique_ids": [('id="hint"', 'id="y-kien"'), ('id="hint"', 'id=""')],
    "refers_to_its_own_ids": [('id="hint"', 'id="other"'), ('for="y-kien"', 'for="ykien"')],
    "labels_its_fields": [
        ('<label for="y-kien">Ý kiến</label>', ""),
        ("<label><input", "<p><input"),
        (' aria-label="Tìm"', ""),
    ],
    "sends_its_forms_safely": [
        (' action="/gui"', ""),
        (' method="get"', ""),
        ('name="khoa"', 'name="x"'),
        ('value="k"', 'value=""'),
    ],
    "describes_its_pictures": [(' alt=""', "")],
    "names_what_can_be_pressed": [
        (' aria-label="Trang đầu"', ""),
        ("<button>Gửi</button>", "<button></button>"),
    ],
    "has_no_inline_code": [
        ('<script type="module" src="/s/base.js">', "<script>alert(1)"),
        ("<h1>", '<h1 style="color: red">'),
        ("<h1>", '<h1 onclick="go()">'),
        ("</head>", "<style>p {}</style></head>"),
        ('href="/"', 'href="javascript:go()"'),
    ],
    "loads_nothing_from_elsewhere": [
        ('src="/s/base.js"', 'src="https://cdn.example/base.js"'),
        ('src="/s/seal.png"', 'src="//cdn.example/seal.png"'),
    ],
}
CASES = [(rule, *change) for rule, changes in BREAKS.items() for change in changes]


def test_a_good_page_has_no_faults():
    assert faults(GOOD) == []


@pytest.mark.parametrize(("rule", "before", "after"), CASES)
def test_a_page_that_breaks_a_rule_is_faulted(rule, before, after):
    assert before in GOOD
    broken = Html(GOOD.replace(before, after, 1))
    assert list(next(check for check in RULES if check.__name__ == rule)(broken))


def test_each_rule_has_a_page_that_breaks_it():
    assert {rule.__name__ for rule in RULES} == BREAKS.keys()
