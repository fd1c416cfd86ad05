"""A body goes into a form and comes out as it was, whatever is written in it."""

from hypothesis import given
from hypothesis import strategies as st
from werkzeug.datastructures import MultiDict

from portal.blueprints.office.documents import form as document_form
from portal.core.text import clean
from portal.features.documents.body import (
    Appendix,
    AppendixKind,
    Body,
    Duty,
    Head,
    Job,
    Level,
    Party,
    Recipient,
    Section,
    SectionRole,
    Signature,
)

ALPHABET = st.sampled_from("aăâbcdđeêgơư ÁÀẢ“”’[](),.;:-–/0123456789\n\t&<>\"'")
TEXT = st.text(ALPHABET, max_size=30).map(lambda text: clean(text, multiline=True))
LINE = st.text(ALPHABET, max_size=20).map(clean)
PARTIES = st.builds(Party, LINE, st.integers(0, 10**9 - 1)) | st.builds(
    Party, LINE, group=st.sampled_from(["", "commune:party", "commune:farmers/mass_mobilisation"])
)
KEYS = st.text("0123456789abcdef", min_size=8, max_size=8)


def rows(row, **fields):
    made = st.builds(row, id=KEYS, **fields)
    return st.lists(made, max_size=4, unique_by=lambda one: one.id).map(tuple)


BODIES = st.builds(
    Body,
    head=st.builds(Head, LINE, LINE, LINE, LINE),
    summary=LINE,
    addressees=TEXT,
    bases=st.lists(LINE.filter(bool), max_size=3).map(tuple),
    opening=TEXT,
    sections=rows(
        Section, level=st.sampled_from(Level), heading=LINE, text=TEXT,
        role=st.sampled_from(SectionRole),
    ),
    duties=rows(
        Duty, what=TEXT, lead=PARTIES, joins=LINE, due=LINE, evidence=LINE,
        job=st.sampled_from(Job),
    ),
    closing=TEXT,
    signature=st.builds(Signature, LINE, TEXT, LINE),
    recipients=st.lists(st.builds(Recipient, PARTIES, LINE), max_size=4).map(tuple),
    keeper=LINE,
    appendices=rows(Appendix, kind=st.sampled_from(AppendixKind), title=LINE, text=TEXT),
)  # fmt: skip


@given(BODIES)
def test_a_body_comes_out_of_the_form_as_it_went_in(body):
    assert document_form.read(MultiDict(document_form.fields(body))) == body


def test_a_table_keeps_its_cells_and_loses_what_is_invisible():
    text = "Xã\tSố phiếu\r\nAn Hà\t \u200b40 \n"
    form = MultiDict({"appendix": "x1", "appendix-x1-kind": "table", "appendix-x1-text": text})
    assert document_form.read(form).appendices[0].text == "Xã\tSố phiếu\nAn Hà\t40"


def test_what_is_typed_is_cleaned():
    decomposed = "Thu\u031bc hie\u0323\u0302n"
    read = document_form.read(MultiDict({"summary": f" {decomposed}\u200b  dân chủ\x00 "}))
    assert read.summary == "Thưc hiện dân chủ"


def test_what_is_forged_does_no_harm():
    form = MultiDict([
        ("section", "../../x"), ("section", "a1"), ("section", "a1"), ("section", "y" * 99),
        ("section-a1-level", "chapter"), ("section-a1-role", "king"),
        ("duty", "d1"), ("duty-d1-to", "o99999999999999999999"),
        ("duty-d1-job", "king"), ("recipient", "r"),
        ("recipient-r-to", "gcommune:<script>"), ("appendix", "x"), ("appendix-x-kind", "exe"),
    ])  # fmt: skip
    body = document_form.read(form)
    assert body.sections == (Section("a1"),)
    assert body.duties[0].lead == body.recipients[0].party == Party()
    assert body.appendices[0].kind == AppendixKind.TEXT


@given(st.dictionaries(st.sampled_from(["section", "duty", "summary", "bases"]), st.text()))
def test_no_form_breaks_the_reader(form):
    document_form.read(MultiDict(form))
