"""The people of the journeys, each with a window of their own; what they do, in their words."""

from pathlib import Path

from playwright.sync_api import Locator, Page, expect

PASSWORD = "bốn từ chẳng liên quan"  # noqa: S105 - chosen by everybody in the tests
CHOSEN = {
    "c1": "co", "c2": "co", "c3": "co", "c4": "khong", "c5": "1", "c6": "co", "c7": "co",
    "c8": "3", "c9": "co", "c10": "kb", "c11": "3", "c12": "4",
}  # fmt: skip
"""One way to answer PKS 03; what is missing may be left open."""


class Official:
    """Somebody with an account, at a desk."""

    def __init__(self, page: Page) -> None:
        self.page = page

    def sign_in_first_time(self, username: str, one_time: str) -> "Official":
        """Sign in with a one-time password and choose one's own."""
        self.page.goto("/dang-nhap")
        self.page.get_by_label("Tên đăng nhập").fill(username)
        self.page.get_by_label("Mật khẩu").fill(one_time)
        self.press("Đăng nhập")
        self.reads("Đặt mật khẩu riêng")
        self.page.get_by_label("Mật khẩu mới", exact=True).fill(PASSWORD)
        self.page.get_by_label("Gõ lại mật khẩu mới").fill(PASSWORD)
        self.press("Lưu mật khẩu")
        return self

    def reads(self, heading: str) -> None:
        """Be on the page of this heading."""
        expect(self.page.get_by_role("heading", level=1)).to_have_text(heading)

    def sees(self, text: str) -> None:
        """Find a text in the middle of the page."""
        expect(self.page.locator("#main")).to_contain_text(text)

    def follow(self, link: str, within: str = "body") -> None:
        """Follow a link by its words."""
        self.page.locator(within).get_by_role("link", name=link).first.click()

    def press(self, button: str) -> None:
        """Press a button by its words."""
        self.page.get_by_role("button", name=button, exact=True).click()

    def opens(self, campaign: str, link: str = "") -> None:
        """Open a campaign from the list, and one of the pages behind it."""
        self.follow("Đợt khảo sát", "nav")
        self.page.locator("#main").get_by_role("link", name=campaign, exact=True).click()
        self.reads(campaign)
        if link:
            self.follow(link, ".page-head")

    def confirms(self, verb: str) -> None:
        """Press a button that asks once more, and mean it."""
        self.page.locator("summary", has_text=verb).click()
        self.press(verb)

    def saves(self, thing: Locator, folder: Path) -> Path:
        """Click what gives a file, and give the file."""
        with self.page.expect_download() as started:
            thing.click()
        stored = folder / started.value.suggested_filename
        started.value.save_as(stored)
        return stored


class Operator(Official):
    """The administrator, who makes the accounts."""

    def adds_body(self, unit: str, kind: str, name: str) -> None:
        """Attach an organisation to a unit found by searching."""
        self.follow("Đơn vị", "nav")
        self.page.get_by_label("Tìm", exact=True).fill(unit)
        self.press("Tìm")
        self.page.get_by_role("link", name=unit, exact=True).click()
        self.page.get_by_label("Loại tổ chức").select_option(label=kind)
        self.page.get_by_label("Tên tổ chức").fill(name)
        self.press("Thêm tổ chức")
        self.sees("Đã thêm tổ chức.")

    def gives_account(self, username: str, body: str, role: str, duty: str) -> str:
        """Make an account at a body; give its one-time password."""
        self.follow("Tài khoản", "nav")
        self.follow("Tạo tài khoản", "#main")
        self.page.get_by_label("Tìm").fill(body)
        self.press("Tìm")
        self.follow("Chọn", "table")
        self.page.get_by_label("Tên đăng nhập").fill(username)
        self.page.get_by_label("Tên hiển thị").fill(f"Cán bộ {body}")
        self.page.get_by_label(role, exact=True).check()
        self.page.get_by_label(duty).check()
        self.press("Tạo và hiện mật khẩu để in")
        return self.page.locator(".secret").inner_text()


class Citizen:
    """Somebody with a phone."""

    def __init__(self, page: Page) -> None:
        self.page = page

    def opens(self, path: str) -> None:
        """Open what the code leads to, as one more person on this phone if it has sent."""
        self.page.goto(path)
        if self.page.get_by_role("heading", name="Máy này đã gửi một phiếu").is_visible():
            self.page.get_by_role("link", name="Người khác trả lời").click()

    def sees(self, text: str) -> None:
        """Find a text on the page."""
        expect(self.page.locator("body")).to_contain_text(text)

    def answers_part_by_part(self) -> None:
        """Answer with script: a part at a time."""
        self.page.get_by_role("link", name="Bắt đầu trả lời").click()
        for part in range(1, 5):
            expect(self.page.get_by_text(f"Phần {part}/4", exact=True)).to_be_visible()
            for question, option in CHOSEN.items():
                box = self._box(question, option)
                if box.is_visible():
                    box.check()
            if part < 4:
                self.page.get_by_role("button", name="Tiếp tục").click()

    def answers_in_one_go(self) -> None:
        """Answer without script: from top to bottom."""
        for question, option in CHOSEN.items():
            self._box(question, option).check()

    def sends(self) -> None:
        """Send, and read that it was counted."""
        self.page.get_by_role("button", name="Gửi phiếu").click()
        thanks = self.page.get_by_role("heading", level=1)
        expect(thanks).to_have_text("Đã nhận phiếu của ông/bà")

    def _box(self, question: str, option: str) -> Locator:
        return self.page.locator(f"input[name={question}][value='{option}']")
