"""Beginning a document: changing an issued one, repeating it for another year, saving it."""

from dataclasses import replace
from datetime import date

import pytest
from sqlalchemy import select

from portal.core import clock
from portal.core.database import session
from portal.features.campaigns import tying
from portal.features.documents import templates
from portal.features.documents.body import Level, Section, SectionRole
from portal.features.documents.models import Document
from portal.policy.roles import Role
from portal.web.printing import file_name
from tests.support import drafted, numbered, papers, surveyed
from tests.support.officials import PLACES

YEAR = clock.today().year + 1
WINDOW = Section(
    "muc0003", Level.POINT, "Thời gian", f"Trong ngày 08/3/{YEAR}.", SectionRole.SURVEY_WINDOW
)


@pytest.fixture
def author(app, client):
    place = surveyed.province(PLACES)
    numbered.letterhead(place, regime="party")
    user = surveyed.account(place, "Tỉnh", Role.PROVINCE, frozenset(papers.WORKS))
    client.sign_in(user)
    return surveyed.actor(user)


@pytest.fixture
def issued(author):
    return papers.issued(author, body=replace(papers.BODY, keeper="VT, BDV"))


def newest():
    return session().scalars(select(Document).order_by(Document.id.desc()).limit(1)).one()


@pytest.mark.parametrize(("verb", "kind", "begins"), [
    ("Sửa đổi, bổ sung", "Kế hoạch", "sửa đổi, bổ sung Kế hoạch"),
    ("Thay thế", "Quyết định", "về việc thay thế Kế hoạch"),
    ("Đính chính", "Công văn", "đính chính Kế hoạch"),
])  # fmt: skip
def test_what_changes_a_document_begins_where_that_one_ended(client, issued, verb, kind, begins):
    page = client.page(f"/van-ban/{issued.id}").follow(verb).follow(kind)
    assert f"{verb}:" in page.text
    assert issued.number_text in page.text
    page.submit("Tạo bản thảo")
    body, before = newest().body, issued.body
    assert body.summary.startswith(f"{begins} số 01-KH/BCĐ, ngày ")
    assert body.summary.endswith(f"/{clock.today().year}")
    assert (body.recipients, body.keeper) == (before.recipients, before.keeper)
    assert body.signature == before.signature


def test_an_empty_paper_is_offered_first_where_an_issued_one_is_changed(client, issued):
    def order(address):
        text = client.page(address).text
        return text.index("Văn bản trống") < text.index(templates.find("hom_thu_gop_y").name)

    assert order(f"/van-ban/moi?tu={issued.id}&quan-he=amends")
    assert not order("/van-ban/moi")


def test_the_plan_of_next_year_is_repeated_for_the_year_after_it(client, author):
    plan = papers.issued(author, sections=(WINDOW,), summary=f"khảo sát năm {YEAR}")
    page = client.page(f"/van-ban/{plan.id}").follow("Nhân bản sang năm sau")
    assert page.form("Nhân bản").fields["year"] == str(YEAR + 1)
    page.submit("Nhân bản")
    assert newest().name == f"khảo sát năm {YEAR + 1}"
    assert newest().body.sections[0].text == f"Trong ngày 08/3/{YEAR + 1}."


def test_a_year_too_far_ahead_is_said_at_its_field(client, author):
    plan = papers.issued(author, sections=(WINDOW,))
    tying.tie(author, drafted.draft_by(author), plan)
    page = client.page(f"/van-ban/moi?nhan-ban={plan.id}").submit("Nhân bản", year="2090")
    assert page.status == 422
    assert "Mời xem lại năm." in page.text


def test_a_wrong_round_is_named_on_the_page(client, author):
    page = client.page("/van-ban/moi?mau=hom_thu_gop_y")
    page = page.submit("Tạo bản thảo", **{"q-rounds": "22/01/2026 – 25/3/2026\n9/11/26 – 6/2/27"})
    assert page.status == 422
    assert "Dòng 2: năm cần viết đủ bốn chữ số" in page.text


@pytest.mark.parametrize("length", range(60, 130, 7))
def test_the_name_of_a_file_ends_with_a_whole_word(length):
    words = ("khảo sát " * 20)[:length].strip() + " từ ngày 10/11/2026 năm 2026"
    paper = Document(
        type_code="ke_hoach", number_text="Số 02-KH/BCĐ", name=words, dated_on=date(2026, 11, 10)
    )
    name = file_name(paper, ".docx").removesuffix(".docx")
    whole = f"Kế hoạch 02-KH-BCĐ {words}".replace("/", "-")
    assert len(name) <= 120
    assert f"{whole} ".startswith(f"{name} ")
