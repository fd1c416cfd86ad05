"""Six hundred strings that break careless programs."""

import unicodedata

_SEEDS = (
    "<script>alert(1)</script>", "\"'><img src=x onerror=alert(1)>", "{{ 7*7 }}", "${7*7}", "%(n)s",
    "'; DROP TABLE survey_intake; --", "' OR '1'='1", "=1+1", "@SUM(A1)", "+84", "-1", "\t=cmd",
    "../../etc/passwd", "%00", "\x00", "\x01\x1f\x7f", "\u202e gnoc \u202c", "\u200b\u2060\ufeff",
    "Tiếng Việt có dấu: Ộ ễ ự ằ", unicodedata.normalize("NFD", "Đường Ngô Quyền"), "👩‍👩‍👧‍👦 🇻🇳",
    "Ṱ̺̺o͞ ̷i̲", "الله", "﷽", "\ud83d", "\uffff", "\U0010ffff", "a" * 1999, "ộ" * 2000,
    "\r\n\r\n", "null", "undefined", "NaN", "true", "1e309",
    "0x10", "|,|", '{"a": 1}', "\\", "\\u0000",
    "]]>", "<!--", "&lt;",
    "&#0;", "javascript:alert(1)", "file:///", "http://[::1", "𝕿𝖎", "ﬁ", "İ", "ß",
)  # fmt: skip
_WRAPS = (
    "{}",
    " {} ",
    "x{}x",
    "{0}{0}",
    "\n{}",
    "{}\u0301",
    "«{}»",
    "{}|{}",
    "🔴{}",
    "=({})",
    "\ufeff{}",
    "{}%",
)  # fmt: skip
STRINGS = [wrap.replace("{0}", "{}").replace("{}", seed) for seed in _SEEDS for wrap in _WRAPS]


def on_the_wire(text: str) -> str:
    """Give what a browser sends: what is no character becomes a question mark."""
    return text.encode("utf-8", "replace").decode()
