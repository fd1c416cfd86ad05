"""Writing a document: nothing typed is lost, whatever is pressed and whoever else writes."""

import re
from dataclasses import replace
from datetime import timedelta
from html import unescape

import pytest
from werkzeug.datastructures import MultiDict

from portal.blueprints.office.documents import form as document_form
from portal.core import clock
from portal.core.database import session
from portal.features.documents import services
from portal.features.documents.body import Body, Duty, Party
from portal.features.documents.importing import tables
from portal.features.documents.models import Document, State
from portal.features.documents.workflow import DOCUMENT
from portal.policy.roles import Role
from tests.support import faults, numbered, papers, surveyed
from tests.support.officials import PLACES
from tests.support.queries import counted

TITLE = f"Kế hoạch {papers.BODY.summary}"


@pytest.fixture
def place(app):
    made = surveyed.province(PLACES)
    numbered.letterhead(made, regime="party")
    return made


@pytest.fixture
def writer(place, client):
    user = surveyed.account(place, "Tỉnh", Role.PROVINCE, frozenset(papers.WORKS))
    client.sign_in(user)
    return surveyed.actor(user)


@pytest.fixture
def document(writer):
    return papers.draft(writer)


@pytest.fixture
def post(client, document):
    """Post a body to the drafting page as its script does."""

    def post(command, body=papers.BODY, version=1, **fields):
        token = faults.token(client.get(f"/van-ban/{document.id}").text)
        given = MultiDict(document_form.fields(body))
        given.update({"csrf_token": token, "version": str(version), "command": command, **fields})
        return client.post(f"/van-ban/{document.id}/soan", data=given)

    return post


def stored(document: Document) -> Body:
    session().refresh(document)
    return document.body


def test_a_document_is_called_by_its_kind_and_its_summary(client, document):
    assert client.page("/van-ban").follow(TITLE).h1 == TITLE
    for path in ("soan", "lich-su", "dan", "xem-truoc"):
        assert TITLE in client.page(f"/van-ban/{document.id}/{path}").text


def test_the_list_is_searched_without_accents(client, document):
    assert TITLE in client.page("/van-ban?tim=quy+che+dan+chu").text
    assert TITLE not in client.page("/van-ban?tim=hom+thu").text


def test_a_draft_that_saves_itself_is_told_version_time_and_what_follows(client, document, post):
    untitled = replace(papers.BODY, signature=Body().signature)
    answer = post("autosave", untitled).json
    assert answer["version"] == 2
    assert answer["saved_at"] == f"{document.saved_at.astimezone(clock.VN):%H:%M}"
    assert 'data-live="head-signature"' in answer["live"]
    assert stored(document) == untitled


def test_whoever_saves_second_sees_both_texts(document, writer, post):
    theirs = replace(papers.BODY, closing="Của người khác.")
    services.save(writer, document, theirs, 1)
    mine = replace(papers.BODY, closing="Của đồng chí.")
    assert "Lưu" in post("autosave", mine).json["message"]
    answer = post("save", mine)
    assert answer.status_code == 409
    assert all(text in answer.text for text in ("Của người khác.", "Của đồng chí."))
    assert stored(document) == theirs


def test_a_text_that_comes_after_its_submission_can_still_be_copied(document, writer, post):
    DOCUMENT.fire(writer, document.id, "submit")
    answer = post("save", replace(papers.BODY, closing="Gõ dở thì bị trình."))
    assert answer.status_code == 409
    assert "Gõ dở thì bị trình." in answer.text


def test_good_rows_from_excel_are_taken_and_bad_ones_stay_to_be_mended(post):
    rows = "Việc một\tHội A\t\thằng ngày\nViệc hai\t\t\tngày 31/02/2027"
    page = post("paste-duties", **{"duties-text": rows}).text
    assert page.count('name="duty"') == 1
    assert "Đã đưa 1 dòng đúng vào bảng, còn 2 ô cần sửa" in page
    assert "Việc hai\t\t\tngày 31/02/2027" in page


def mending(answer) -> tuple[str, list[str]]:
    """Give what stands in the box to paste into, and what is said of it."""
    page = unescape(answer.text)
    box = re.search(r'<textarea[^>]* name="duties-text".*?>\n(.*?)</textarea>', page, re.DOTALL)
    return box[1], re.findall(r'class="error-line">.*?<span>(.*?)</span>', page, re.DOTALL)


ROWS = "Họp\tHội A\t\thằng ngày", "Việc A\tHội A\t\t31/02/2027", "Việc B\t Hội B\t\t9/11/26"


@pytest.mark.parametrize("typed", [(), ("VIỆC \tAi chủ trì\tPhối hợp\tNgày",)])
def test_every_bad_row_comes_back_as_it_was_typed_with_its_own_error(post, typed):
    given = {"duties-text": "\r\n".join((*typed, *ROWS))}
    text, said = mending(post("paste-duties", **given))
    heads, *rows = text.split("\n")
    assert heads == (typed or ("\t".join(tables.COLUMN_LABELS.values()),))[0]
    assert rows == list(ROWS[1:])
    assert said == [
        "Dòng 2, Thời hạn “31/02/2027”: Trong lịch không có ngày này.",
        "Dòng 3, Thời hạn “9/11/26”: Năm cần viết đủ bốn chữ số, ví dụ 05/06/2026.",
    ]
    assert mending(post("paste-duties", **{"duties-text": text})) == (text, said)


def test_a_bad_cell_of_several_lines_comes_back_with_its_quotes(post):
    bad = ['"Niêm yết\n""mã QR"""\tHội A\t\t31/02/2027', '2"\t"Hội\nB"\t\t9/11/26"']
    given = "\n".join(["Việc\tChủ trì\tPhối hợp\tHạn", *bad])
    text, said = mending(post("paste-duties", **{"duties-text": given}))
    assert text == given
    assert ["31/02/2027" in said[0], "9/11/26" in said[1], len(said)] == [True, True, 2]


def test_heads_alone_are_not_lost(post):
    assert mending(post("paste-duties", **{"duties-text": "Việc\tChủ trì"}))[0] == "Việc\tChủ trì"


def test_pasted_duties_are_tied_to_whom_the_portal_knows(place, document, post):
    names = ("ban  TỈNH", "Ủy ban nhân dân cấp xã", "Uỷ ban nhân dân", "Hội A")
    page = post("paste-duties", **{"duties-text": "\n".join(f"Họp\t{one}" for one in names)}).text
    chosen = re.findall(r'name="duty-\w+-to".*?</select>', page, re.DOTALL)
    values = [re.findall(r'value="([^"]*)" selected', one) for one in chosen]
    assert values == [[f"o{document.organisation_id}"], ["gcommune:committee"], [], []]


def test_rows_that_wait_in_the_box_stay_whatever_is_pressed(post):
    page = post("section.append", **{"duties-text": "Việc hai\tHội A\t\tngày 31/02/2027"}).text
    assert "Việc hai\tHội A\t\tngày 31/02/2027" in page


def test_who_was_chosen_without_a_name_gets_one(document, post):
    post("autosave", replace(papers.BODY, duties=(
        Duty("viec0001", "Hướng dẫn", Party(group="commune:farmers")),
    )))  # fmt: skip
    assert stored(document).duties[0].lead.name == "Hội Nông dân cấp xã"


def test_a_warning_stands_at_the_part_that_it_is_about(post):
    page = post("go-on", replace(papers.BODY, signature=Body().signature)).text
    head = page.partition('data-live="head-signature"')[2].partition("</summary>")[0]
    assert "1 lưu ý" in head


def test_a_wrong_day_and_a_wrong_number_are_said_beside_their_fields(client, document, writer):
    papers.bring(document, State.SIGNED, writer)
    page = client.page(f"/van-ban/{document.id}").submit("Lấy số", day="31/02/2026", number="abc")
    assert page.status == 422
    assert "Không có ngày 31/02/2026." in page.text
    assert "Ghi số bằng chữ số" in page.text


def test_a_doubtful_date_is_asked_about_before_the_number_is_taken(client, document, writer):
    papers.bring(document, State.SIGNED, writer)
    yesterday = clock.format_date(clock.today() - timedelta(days=1))
    page = client.page(f"/van-ban/{document.id}").submit("Lấy số", day=yesterday)
    assert "Ngày này trước ngày văn bản được duyệt." in page.text
    assert "Đã lấy số 01-KH/BCĐ." in page.submit("Lấy số", certain="y").text
    session().refresh(document)
    assert document.symbol == "01-KH/BCĐ"


def test_whoever_approves_reads_what_was_lived_with_and_why(client, document, post):
    sunday = replace(papers.BODY, duties=(Duty("viec0001", "Nộp", due="ngày 06/12/2026"),))
    page = post("autosave", sunday).json["live"]
    key = re.findall(r'value="keep\.(day-off[^"]*)"', page)[0]
    post(f"keep.{key}", sunday, 2, **{f"reason-{key}": "Đã thống nhất"})
    page = client.page(f"/van-ban/{document.id}").text
    assert "Giữ vì: “Đã thống nhất”" in page
    assert "06/12/2026" in page.partition("Đã giữ 1 lưu ý")[2]


def asked(client, path: str) -> int:
    client.get(path)
    with counted() as sent:
        client.get(path)
    return len(sent)


def test_pages_take_the_same_queries_however_much_they_show(client, document, writer):
    paths = ("/van-ban", f"/van-ban/{document.id}", f"/van-ban/{document.id}/soan")
    few = [asked(client, path) for path in paths]
    for number in range(5):
        papers.draft(writer)
        services.discuss(writer, document, f"Góp ý {number}", "muc0002")
    assert [asked(client, path) for path in paths] == few
    assert max(few) < 25
