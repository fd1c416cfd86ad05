"""The households of plan 004: days, papers, counts entered apart, what they wrote on ballots."""

from tests.journeys import hearing
from tests.journeys.hearing import BUREAU, HOST, HOUSEHOLDS, WARD, Citizen, Story, at


def groups_choose_their_days_and_have_their_papers(story: Story) -> None:
    """One head chooses by the link, the bureau writes the ledger; lists and ballots are printed."""
    story.world.comes(2)
    client = story.world.at(WARD, HOST)
    one, two = hearing.groups()
    page = client.page(at("ho-gia-dinh", one)).submit("Cấp đường dẫn")
    story.links[one] = hearing.told_link(page, "/to/")
    head = Citizen(story.world).client
    page = head.page(story.links[one])
    page = page.submit("Chọn ngày này", day=hearing.iso(5))
    assert "Đã ghi ngày phát phiếu." in page.text
    page = page.submit("Lưu tổ kiểm phiếu", team="Nguyễn Văn A\nTrần B\nLê C",
                       witnesses="Phạm D\nVũ E")  # fmt: skip
    assert "Đã ghi tổ kiểm phiếu." in page.text
    assert "Gửi số phiếu" not in page.buttons
    client = story.world.at(WARD, BUREAU)
    for group, stamped, chosen in ((one, 6, 5), (two, 4, 6)):
        page = client.page(at("ho-gia-dinh", group, "sua"))
        page = page.submit("Lưu", printed=str(stamped), stamped=str(stamped),
                           day=hearing.iso(chosen))  # fmt: skip
        assert "Đã lưu." in page.text
        assert client.get(at("ho-gia-dinh", group, "phieu.pdf")).data.startswith(b"%PDF")
        page = client.page(at("ho-gia-dinh", group, "danh-sach"))
        form = page.form("Bản niêm yết .pdf")
        posted = client.post(form.action, data={**form.fields, "tep": "niem-yet"})
        assert posted.data.startswith(b"%PDF")
    page = client.page(at("ho-gia-dinh", two, "kiem-phieu"))
    page.submit("Lưu", team="Hoàng G\nĐỗ H\nBùi K", witnesses="Đinh L\nLý M", place="Nhà văn hóa")


def the_head_and_the_ward_count_apart_and_it_is_settled(story: Story) -> None:
    """Two entries differ, the ballots are counted again, and one number stands."""
    one, _ = hearing.groups()
    story.world.comes(5, hour=16)
    page = Citizen(story.world).client.page(story.links[one])
    page = page.submit("Gửi số phiếu", **hearing.counted(6, 5, 4, 0, 1, (3, 1, 0)))
    assert "Đã nhận số phiếu." in page.text
    client = story.world.at(WARD, BUREAU)
    page = client.page(at("ho-gia-dinh", one)).follow("Nhập số của phường")
    wrong = page.submit("Lưu số đã đếm", **hearing.counted(6, 5, 4, 1, 1, (3, 1, 0)))
    assert wrong.status == 422
    page = wrong.submit("Lưu số đã đếm", **hearing.counted(6, 5, 4, 1, 0, (3, 1, 0)))
    assert "2 số khác nhau." in page.text
    page = story.world.at(WARD, HOST).page(at("ho-gia-dinh", one))
    page = page.follow("Đối chiếu, chốt số phiếu")
    counted = hearing.counted(6, 5, 4, 0, 1, (3, 1, 0))
    assert page.submit("Chốt số phiếu", **counted).status == 422
    page = page.submit("Chốt số phiếu", **counted, reason="Mở niêm phong đếm lại cùng tổ trưởng")
    assert "Đã chốt số phiếu" in page.text


def a_head_without_a_telephone_has_it_entered_from_paper(story: Story) -> None:
    """Two accounts enter from the paper minutes, and the ward's table balances."""
    _, two = hearing.groups()
    story.world.comes(6, hour=16)
    counted = hearing.counted(4, 4, 4, 0, 0, (4, 0, 0))
    page = story.world.at(WARD, BUREAU).page(at("ho-gia-dinh", two))
    page = page.follow("Nhập thay từ biên bản giấy").submit("Lưu số đã đếm", **counted)
    page = story.world.at(WARD, HOST).page(at("ho-gia-dinh", two)).follow("Nhập số của phường")
    page = page.submit("Lưu số đã đếm", **counted)
    assert "Hai lần nhập khớp nhau." in page.text
    page = page.follow("Đối chiếu, chốt số phiếu").submit("Chốt số phiếu", **counted)
    assert "Đã chốt số phiếu" in page.text
    page = story.world.at(WARD, HOST).page(at("ho-gia-dinh"))
    assert "Phát ra 10 = thu về 9 + không thu về 1." in page.text
    assert "không tính tỷ lệ đạt" in page.text


def what_households_wrote_is_typed_in(story: Story) -> None:
    """A remark on two ballots becomes a comment at its provision; the minutes are drawn."""
    one, _ = hearing.groups()
    client = story.world.at(WARD, HOST)
    page = client.page(at("ho-gia-dinh", one, "y-kien"))
    key = next(
        one.get("value", "") for one in page.html.elements("option")
        if "".join(one.itertext()).startswith("khoản 1 Điều 5.")
    )  # fmt: skip
    page = page.submit("Lưu ý kiến", key=key, text=HOUSEHOLDS, households="2")
    assert "Đã lưu một ý kiến." in page.text
    for kind in ("docx", "pdf"):
        minutes = client.get(at("ho-gia-dinh", one, f"bien-ban.{kind}"))
        assert minutes.status_code == 200
