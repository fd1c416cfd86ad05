"""The pages of drafts: bringing one in, correcting it, another version, what goes with it."""

import io

import docx
import pytest
from werkzeug.datastructures import FileStorage, MultiDict

from portal.features.regulations import publishing, queries, reading, services
from portal.features.regulations.parsing import read_text
from portal.policy.roles import Duty
from tests.support import cased
from tests.support.legal import SHORT, drafted, key_of
from tests.support.worded import saved

TITLE = "Quy chế thực hiện dân chủ trên địa bàn phường"


@pytest.fixture
def ward(client):
    found = cased.ward(publishes=False)
    client.sign_in(found.user())
    return found


@pytest.fixture
def version(ward):
    return drafted(ward.actor())


def at(version, *more: str) -> str:
    return "/".join((f"/du-thao/{version.draft_id}/ban/{version.number}", *more))


def sent(data: bytes, name: str = "du-thao.docx") -> FileStorage:
    return FileStorage(io.BytesIO(data), filename=name)


def word_file() -> bytes:
    document = docx.Document()
    for line in SHORT.split("\n"):
        document.add_paragraph(line)
    return saved(document)


def test_a_draft_is_pasted_read_looked_at_and_published(client, ward):
    page = client.page("/du-thao").follow("Đưa dự thảo lên")
    page = page.submit("Đọc dự thảo", title=TITLE, text=SHORT)
    assert page.h1 == "Sửa bản 1"
    assert "Điều 2. Nội dung công khai" in page.text
    page = page.follow("Xem lại và chốt").submit("Chốt bản 1")
    assert "Đã chốt bản 1" in page.text
    assert TITLE in client.page("/du-thao").text


def test_lines_that_were_dropped_or_are_no_article_are_named_beside_what_was_read(client, ward):
    text = f"Điều 27. Của luật khác\n{SHORT}\nNơi nhận:\n- Như trên; lưu VT."
    page = client.page("/du-thao/moi").submit("Đọc dự thảo", title=TITLE, text=text)
    assert page.h1 == "Sửa bản 1"
    assert "“Nơi nhận:”; “- Như trên; lưu VT.”" in page.text
    assert "1 dòng giống “Điều …” không thành điều" in page.text
    assert "“Điều 27. Của luật khác”" in page.text


def test_a_file_is_kept_and_given_back_as_it_came(client, ward):
    data = word_file()
    page = client.page("/du-thao/moi").submit("Đọc dự thảo", title=TITLE, file=sent(data))
    draft_id = int(page.path.split("/")[2])
    page = client.page(f"/du-thao/{draft_id}/ban/1")
    with client.get(f"/du-thao/{draft_id}/ban/1/ban-goc") as given:
        assert given.data == data
    assert "du-thao.docx" in page.text


@pytest.mark.parametrize(("given", "said"), [
    ({"text": "Kế hoạch\n1. Một"}, "Chưa thấy Điều nào"),
    ({"text": SHORT, "title": ""}, "Mục này chưa được điền"),
    ({"file": (b"%PDF-1.4", "quet.pdf")}, "Đây là tệp PDF"),
    ({"file": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "WordDocument".encode("utf-16-le"), "a.doc")},
     "Word đời cũ"),
])  # fmt: skip
def test_what_cannot_be_read_is_said_beside_its_field_and_nothing_typed_is_lost(
    client, ward, given, said
):
    fields = {"title": TITLE, "text": "", **given}
    if "file" in given:
        fields["file"] = sent(*given["file"])
    page = client.page("/du-thao/moi").submit("Đọc dự thảo", **fields)
    assert page.status == 422
    assert said in page.text
    assert page.form("Đọc dự thảo").fields["text"].strip() == fields["text"]


def test_one_article_is_open_at_a_time_and_saved(client, version):
    key = key_of(version, "Điều 2")
    clause = key_of(version, "khoản 2 Điều 2")
    page = client.page(at(version, f"sua?mo={key}"))
    assert f"text-{key_of(version, 'Điều 3')}" not in page.form("Lưu").fields
    page = page.submit("Lưu", **{f"text-{clause}": "Kết quả mới.", f"heading-{key}": "Công khai"})
    assert page.h1 == "Sửa bản 1"
    stored = {one.key: one for one in reading.outline(version)}
    assert (stored[clause].text, stored[key].heading) == ("Kết quả mới.", "Công khai")


def test_joining_and_splitting_are_buttons_that_save_what_is_typed(client, version):
    key, clause = key_of(version, "Điều 2"), key_of(version, "khoản 2 Điều 2")
    page = client.page(at(version, f"sua?mo={key}"))
    form = page.form("Lưu")
    typed = {f"text-{clause}": "Hai.\n\n3. Ba.", "lenh": f"split.{clause}"}
    page.send("post", form.action, MultiDict({**form.fields, **typed}))
    assert [one.place for one in reading.outline(version)][3:6] == [
        "khoản 1 Điều 2", "khoản 2 Điều 2", "khoản 3 Điều 2",
    ]  # fmt: skip


def test_who_saves_second_sees_both_texts_and_keeps_his_own(client, ward, version):
    key = key_of(version, "Điều 1")
    page = client.page(at(version, f"sua?mo={key}"))
    client.page(at(version, f"sua?mo={key}")).submit("Lưu", **{f"text-{key}": "Của người khác."})
    page = page.submit("Lưu", **{f"text-{key}": "Của tôi."})
    assert page.status == 409
    assert "Của người khác." in page.text
    page = page.submit("Lưu", **{f"text-{key}": "Của tôi."})
    assert reading.outline(version)[1].text == "Của tôi."


def test_a_number_that_comes_twice_is_named_and_bars_publishing(client, ward):
    version = drafted(ward.actor(), SHORT.replace("\n2. K", "\n1. K"))
    assert "khoản 1 Điều 2 có hai lần" in client.page(at(version, "sua")).text
    page = client.page(at(version))
    assert "Còn 2 chỗ phải sửa" in page.text
    assert client.post(at(version, "cong-bo")).status_code == 400
    assert queries.published(version.draft_id) is None


def test_another_version_is_matched_confirmed_and_compared(client, ward, version):
    publishing.publish(ward.actor(), version)
    text = SHORT.replace("Điều 3.", "Điều 4.").replace("Điều 2.", "Điều 2. Giải thích\nA.\nĐiều 3.")
    page = client.page(f"/du-thao/{version.draft_id}").follow("Lập bản mới")
    page = page.submit("Đọc bản mới", text=text)
    assert page.h1 == "Đối chiếu bản 2 với bản 1"
    assert len(page.form("Xác nhận").fields) == 2 + 3
    page = page.submit("Xác nhận")
    page = client.page(f"/du-thao/{version.draft_id}/ban/2/so-sanh")
    assert "trước là Điều 3" in page.text
    file = client.get(f"/du-thao/{version.draft_id}/ban/2/du-thao.docx?voi=1")
    assert docx.Document(io.BytesIO(file.data)).paragraphs


def test_a_copy_is_begun_with_one_button_and_thrown_away(client, ward, version):
    publishing.publish(ward.actor(), version)
    page = client.page(f"/du-thao/{version.draft_id}/ban/moi").submit("Chép bản 1")
    assert page.h1 == "Sửa bản 2"
    page = client.page(f"/du-thao/{version.draft_id}/ban/2").submit("Bỏ bản này")
    assert "Đã bỏ bản 2" in page.text


def test_papers_are_added_given_back_and_taken_off(client, version):
    here = f"/du-thao/{version.draft_id}"
    page = client.page(here).submit("Thêm", name="Dự thảo Quyết định", file=sent(b"%PDF-1.4 x"))
    assert "Dự thảo Quyết định" in page.text
    [paper] = queries.papers(version.draft_id)
    with client.get(f"{here}/tai-lieu/{paper.id}") as given:
        assert given.data == b"%PDF-1.4 x"
        assert given.headers["Content-Disposition"].startswith("attachment")
    client.page(here).submit("Gỡ")
    assert queries.papers(version.draft_id) == []
    page = client.page(here).submit("Thêm", file=sent(b"MZ program", "a.exe"))
    assert "Chỉ nhận tệp Word" in page.text


def test_while_a_version_is_in_work_no_other_is_begun_and_what_was_pasted_stays(
    client, ward, version
):
    publishing.publish(ward.actor(), version)
    here = f"/du-thao/{version.draft_id}/ban/moi"
    opened, other = client.page(here), client.page(here)
    assert "còn đang làm" not in opened.text
    opened.submit("Chép bản 1")
    text = "Điều 1. Phạm vi\nDán vào lúc người khác đã lập bản."
    late = other.submit("Đọc bản mới", text=text)
    assert late.status == 409
    assert late.form("Đọc bản mới").fields["text"].replace("\r\n", "\n") == text
    assert late.link("Mở bản 2").href.endswith("/ban/2")
    before = client.page(here)
    assert "Bản 2 còn đang làm." in before.text
    assert "Đọc bản mới" not in before.buttons
    assert before.link("Mở bản 2").href.endswith("/ban/2")


def test_appendices_are_counted_where_there_are_some(client, ward, version):
    numbered = client.page(f"/du-thao/{version.draft_id}/ban/1")
    assert "phụ lục" not in numbered.text
    text = "Chương I\nQUY ĐỊNH CHUNG\nĐiều 1. Phạm vi\nQuy chế này.\nPHỤ LỤC I\nMẫu phiếu\n"
    page = client.page("/du-thao/moi").submit("Đọc dự thảo", title=TITLE, text=text)
    counted = client.page(page.path.removesuffix("/sua"))
    assert "1 chương, 1 điều, 1 phụ lục" in counted.text


def test_a_title_is_changed(client, version):
    page = client.page(f"/du-thao/{version.draft_id}").submit("Lưu tên", title="Quy chế mới")
    assert page.h1 == "Quy chế mới"


def test_those_above_see_what_is_published_and_change_nothing(client, ward, version):
    client.sign_in(ward.user(body=ward.above))
    client.page(f"/du-thao/{version.draft_id}", status=404)
    publishing.publish(ward.actor(), version)
    services.begin(ward.actor(), version.draft, read_text(SHORT))
    page = client.page(f"/du-thao/{version.draft_id}")
    assert not {"Lập bản mới", "Sửa bản 2", "Thêm tài liệu"} & set(page.text.split("\n"))
    client.page(f"/du-thao/{version.draft_id}/ban/1")
    client.page(f"/du-thao/{version.draft_id}/ban/2", status=404)
    client.page(at(version, "sua"), status=403)


def test_the_front_of_the_ward_reads_and_a_drafter_of_its_own_may_not_edit(client, ward, version):
    client.sign_in(ward.user(Duty.DRAFT, body=ward.front))
    client.page(at(version))
    client.page(at(version, "sua"), status=403)
