"""Documents open to everybody, read without an account."""

import gzip

import pypdfium2
import pytest
from flask.testing import FlaskClient

from portal.core import clock
from portal.core.database import write
from portal.features.documents import services
from portal.features.documents.body import Appendix, AppendixKind, Level, Section
from portal.features.documents.models import Document, Relation
from portal.features.documents.text.masking import HIDDEN
from portal.features.documents.workflow import DOCUMENT
from portal.web import assets
from tests.support import numbered, papers, surveyed

LIMIT = 50 * 1024
ZALO = "https://zalo.me/g/gyvcdr416"
SECTIONS = (
    Section("a1", Level.PART, "Tổ chức thực hiện"),
    Section("a2", Level.POINT, "Nhóm Zalo", f"{ZALO}, ĐT 0912 345 678 [[Chỉ dùng cho cán bộ.]]"),
)


@pytest.fixture
def author(app):
    place = surveyed.province({"Huyện Mẫu": ["Xã Mẫu"]})
    numbered.letterhead(place, regime="party")
    return papers.worker(place)


@pytest.fixture
def publish(author):
    """Issue a document, public unless said otherwise."""

    def published(*, public=True, **given) -> Document:
        document = papers.draft(author, **given)
        services.set_public(author, document, is_public=public)
        return papers.bring(document, papers.State.ISSUED, author)

    return published


def address(document: Document) -> str:
    return f"/cong-khai/{document.id}"


def test_the_list_says_what_it_is_of_when_and_by_whom(client, publish):
    document = publish(summary="Khảo sát ý kiến người dân")
    page = client.page("/cong-khai")
    assert page.follow("Khảo sát ý kiến người dân").path == address(document)
    for said in ("Kế hoạch số 01-KH/BCĐ", clock.format_date(clock.today()), "1 văn bản"):
        assert said in page.text


def test_the_newest_comes_first(client, publish):
    names = ["Cũ nhất", "Ở giữa", "Mới nhất"]
    for name in names:
        publish(summary=name)
    text = client.page("/cong-khai").text
    assert sorted(names, key=text.index) == names[::-1]


def test_a_search_needs_no_accents(client, publish):
    publish(summary="Khảo sát ý kiến người dân")
    publish(summary="Hòm thư góp ý điện tử")
    found = client.page("/cong-khai").submit("Tìm", tim="nguoi KHAO sat")
    assert "Khảo sát ý kiến người dân" in found.text
    assert "Hòm thư" not in found.text


def test_a_search_for_nothing_known_leads_back_to_all(client, publish):
    publish(summary="Hòm thư góp ý")
    page = client.page("/cong-khai?tim=zzz<b>%25")
    assert "Không có văn bản nào có “zzz<b>%”" in page.text
    assert "Hòm thư góp ý" in page.follow("Xem tất cả").text


def test_a_long_list_has_pages_that_keep_the_search(client, author, publish):
    first = publish(summary="Văn bản 0")
    with write() as current:
        for number in range(1, 25):
            columns = {c.name: getattr(first, c.name) for c in Document.__table__.columns}
            columns |= {"id": None, "number": number + 1, "name": f"Văn bản {number}"}
            current.add(Document(**columns))
    page = client.page("/cong-khai?tim=van+ban").follow("Trang sau")
    assert "Trang 2/2" in page.text
    assert page.form("Tìm").fields["tim"] == "van ban"
    assert "Văn bản 0" in page.text


def test_nothing_public_is_said_in_words(client, app):
    assert "Chưa có văn bản nào" in client.page("/cong-khai").text


def test_a_document_is_read_as_text_without_groups_and_telephones(client, publish):
    page = client.page(address(publish(summary="Khảo sát ý kiến", sections=SECTIONS)))
    assert page.h1 == "Khảo sát ý kiến"
    for said in ("01-KH/BCĐ", "TỔ CHỨC THỰC HIỆN", "Nơi nhận:", HIDDEN, "Chỉ dùng cho cán bộ."):
        assert said in page.text
    assert "zalo.me" not in page.text
    assert "0912" not in page.text


def test_the_pdf_is_the_masked_copy_too(client, publish):
    answer = client.get(address(publish(summary="Khảo sát", sections=SECTIONS)) + ".pdf")
    text = pypdfium2.PdfDocument(answer.data)[0].get_textpage().get_text_bounded()
    assert answer.mimetype == "application/pdf"
    assert "đã ẩn trong bản công khai" in " ".join(text.split())
    assert "gyvcdr416" not in text


def test_a_summary_is_masked_wherever_it_stands(client, publish):
    document = publish(summary="Gọi 0912345678 để góp ý")
    for path in ("/cong-khai", address(document)):
        page = client.page(path)
        assert "0912345678" not in page.text + page.title
    assert "0912345678" not in client.get(f"{address(document)}.pdf").headers["Content-Disposition"]


@pytest.mark.parametrize("suffix", ["", ".pdf"])
def test_what_is_not_public_or_not_there_is_not_found(client, author, publish, suffix):
    inner, draft = publish(public=False), papers.draft(author)
    services.set_public(author, draft, is_public=True)
    for number in (inner.id, draft.id, 999_999):
        assert client.get(f"/cong-khai/{number}{suffix}").status_code == 404
    assert "Chưa có văn bản nào" in client.page("/cong-khai").text


def test_a_replaced_document_leads_to_the_one_in_its_place(client, author, publish):
    old = publish(summary="Bản cũ")
    new = publish(summary="Bản mới", relation=Relation.REPLACES, refers_to_id=old.id)
    page = client.page(address(old))
    assert "đã được thay thế" in page.text
    assert page.follow("02-KH/BCĐ").path == address(new)
    assert client.page(address(new)).follow("01-KH/BCĐ").path == address(old)


def test_a_replacement_that_is_not_public_is_not_given_away(client, publish):
    old = publish(summary="Bản cũ")
    publish(public=False, summary="Kín", relation=Relation.REPLACES, refers_to_id=old.id)
    page = client.page(address(old))
    assert "đã được thay thế" in page.text
    assert "02-KH" not in page.text


def test_an_amended_document_says_by_what(client, publish):
    old = publish(summary="Bản đầu")
    publish(summary="Đổi ngày", relation=Relation.AMENDS, refers_to_id=old.id)
    page = client.page(address(old))
    assert "Được sửa đổi, bổ sung bởi" in page.text
    assert "không còn hiệu lực" not in page.text


def test_a_withdrawn_document_says_so(client, author, publish):
    document = publish(summary="Bản sai")
    DOCUMENT.fire(author, document.id, "withdraw", "Sai căn cứ.")
    assert "Đã thu hồi" in client.page("/cong-khai").text
    assert "đã được thu hồi" in client.page(address(document)).text


def test_a_plan_with_209_units_and_all_it_loads_stays_under_50_kb(client, publish):
    rows = "\n".join(f"{n}\tXã Mẫu {n}\thuyện Mẫu {n % 10}" for n in range(1, 210))
    listed = Appendix("p1", AppendixKind.TABLE, "Danh sách", f"TT\tĐơn vị\tHuyện\n{rows}")
    document = publish(
        sections=SECTIONS * 10, body=papers.replace(papers.BODY, appendices=(listed,))
    )
    answer = FlaskClient(client.application).get(
        address(document), headers={"Accept-Encoding": "gzip"}
    )
    files = [assets.asset(name) for name in (
        "css/tokens.css", "css/base.css", "css/citizen.css", "css/reading.css", "img/mark.svg",
        "fonts/be-vietnam-pro-400.woff2", "fonts/be-vietnam-pro-600.woff2",
    )]  # fmt: skip
    assert "Xã Mẫu 209" in gzip.decompress(answer.data).decode()
    assert len(answer.data) + sum(len(file.packed or file.body) for file in files) <= LIMIT
