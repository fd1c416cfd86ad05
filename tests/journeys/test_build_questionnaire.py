"""Somebody who has only the paper forms builds them in the editor and opens a survey with one.

PKS 07 is typed whole, under its own code and title though the library has a reference of both; PKS
01 as far as it asks in ways of its own. They are compared with the library at the end.
"""

import json

import pytest
from playwright.sync_api import Locator, Page, expect

from portal.core import clock
from portal.features.questionnaires.definition import Definition, Kind, Question
from portal.features.questionnaires.services import LIBRARY
from tests.journeys.people import Official

# The pages are the same on both databases; one is enough.
pytestmark = [
    pytest.mark.browser,
    pytest.mark.slow,
    pytest.mark.parametrize("backend", ["sqlite"], indirect=True, scope="session"),
]

PAPER = {raw["code"]: Definition.from_data(raw) for raw in json.loads(LIBRARY.read_text())}
KINDS = {
    Kind.SINGLE: "Chọn một", Kind.MULTI: "Chọn nhiều", Kind.SCALE: "Thang đo",
    Kind.MATRIX: "Bảng", Kind.TEXT: "Câu viết",
}  # fmt: skip
PLEASED = ["Rất hài lòng", "Hài lòng", "Bình thường", "Không hài lòng", "Rất không hài lòng"]
SLOW = 20_000


class Writer(Official):
    """Somebody with a paper form beside the keyboard."""

    def __init__(self, page: Page, paper: Definition) -> None:
        super().__init__(page)
        self.paper = paper
        self.numbers = {question.id: i for i, question in enumerate(paper.questions, 1)}

    def begins(self, code: str, title: str) -> None:
        """Give the form its code and name, and write what stands above the questions."""
        self.page.goto("/phieu-mau")
        self.follow("Lập phiếu", "#main")
        self.page.get_by_label("Mã phiếu").fill(code)
        self.page.get_by_label("Tên phiếu").fill(title)
        self.press("Lập phiếu")
        self.page.get_by_label("Lời mở đầu").fill(self.paper.intro)
        self.page.get_by_label("Hỏi ai").fill(self.paper.audience)
        self.does("Xong")

    def writes_section(self, number: int) -> None:
        """Write a section with all its questions."""
        section = self.paper.sections[number - 1]
        if number > 1:
            self.does("Thêm phần")
        self.page.locator(f"#phan-{number}-ten").fill(section.title)
        for i, question in enumerate(section.questions):
            before = section.questions[i - 1] if i else None
            if before is not None and _asks_alike(before, question):
                self.does("Nhân bản")
                self.open_block.get_by_label("Lời hỏi").fill(question.text)
            else:
                self.writes_question(question)

    def writes_question(self, question: Question) -> None:
        """Write a question into the last section."""
        foot = self.page.locator(".block-foot").last
        self.clicks(foot.get_by_role("button", name=KINDS[question.kind], exact=True))
        self.open_block.get_by_label("Lời hỏi").fill(question.text)
        self.open_block.get_by_label("Lời nhắc dưới câu hỏi").fill(question.hint)
        if question.closed:
            self.writes_answers(question)
        self.open_block.get_by_label("Bắt buộc trả lời").set_checked(question.required)
        for earlier, wanted in question.show_if.items():
            self.hangs_on(earlier, wanted)

    def writes_answers(self, question: Question) -> None:
        """Take a ready-made set, or paste the answers line by line."""
        labels = [option.label for option in question.options]
        if question.kind == Kind.SCALE and labels != PLEASED:
            while (given := self.open_block.locator("[data-option]")).count() > 1:
                self.clicks(self.open_block.get_by_role("button", name="Bỏ câu trả lời").last)
            given.first.fill("")
        if question.kind == Kind.SCALE and labels == PLEASED:
            self.does("Bỏ câu trả lời 6")
            return
        self.open_block.locator("summary", has_text="Dán nhiều dòng").click()
        self.open_block.get_by_label("Mỗi dòng một câu trả lời").fill("\n".join(labels))
        self.does("Thêm các dòng này")
        for i, option in enumerate(question.options):
            row = self.open_block.locator(".answer").nth(i)
            if option.unknown:
                self.clicks(row.get_by_label("đứng riêng"))
            elif option.score is not None:
                row.get_by_label("Điểm của").fill(str(option.score))

    def hangs_on(self, earlier: str, wanted: tuple[str, ...]) -> None:
        """Say on which answers to an earlier question this one is asked."""
        asked = next(each for each in self.paper.questions if each.id == earlier)
        choices = self.open_block.locator(".tool-box select[name$='-neu']")
        value = choices.locator("option", has_text=asked.text).get_attribute("value")
        choices.select_option(value)
        self.is_saved()
        for option in asked.options:
            if option.code in wanted:
                self.open_block.get_by_label(option.label, exact=True).check()

    def names_the_key_question(self) -> None:
        """Choose what stands for the whole, and from how many answers on it is shown."""
        number = self.numbers[self.paper.key_question or ""]
        self.clicks(self.page.locator("#sua-whole"))
        choices = self.page.get_by_label("Câu đánh giá chung")
        found = choices.locator("option").evaluate_all("all => all.map(o => [o.value, o.text])")
        choices.select_option(next(value for value, text in found if text.startswith(f"{number}.")))
        self.page.get_by_label("Công bố từ").fill(str(self.paper.threshold))
        self.does("Xong")

    def freezes(self) -> Definition:
        """Freeze the form; give it as it is exported."""
        self.press("Chốt phiên bản")
        self.press("Chốt bản 1")
        self.sees("Đã chốt bản 1.")
        answer = self.page.request.get(f"{self.page.url}/tep?dang=json")
        return Definition.from_data(answer.json()["questionnaire"])

    @property
    def open_block(self) -> Locator:
        return self.page.locator(".block-question:has([name$='-hoi'])")

    def does(self, button: str) -> None:
        """Press a button of the editor and wait until what it does is stored."""
        found = self.page.locator("#soan").get_by_role("button", name=button, exact=True)
        self.clicks(found.and_(self.page.locator(":visible")).last)

    def clicks(self, thing: Locator) -> None:
        """Click what saves, and wait until it is stored."""
        thing.click()
        self.is_saved()

    def is_saved(self) -> None:
        """Wait until everything is stored."""
        expect(self.page.locator("[data-saved]")).to_contain_text("Đã lưu", timeout=SLOW)


def _asks_alike(before: Question, question: Question) -> bool:
    return (question.options, question.required, question.hint, question.show_if) == (
        before.options, before.required, before.hint, before.show_if,
    ) and question.kind == before.kind  # fmt: skip


def read(definition: Definition) -> list[object]:
    """Give a form as people read it: ids and codes are no words."""
    asked = {question.id: question for question in definition.questions}
    numbers = {name: number for number, name in enumerate(asked, 1)}
    return [
        definition.intro, definition.audience, definition.threshold,
        numbers[definition.key_question or ""],
        [
            (
                section.title, question.text, question.kind, question.hint, question.required,
                [(option.label, option.score, option.unknown) for option in question.options],
                [
                    (numbers[name], [o.label for o in asked[name].options if o.code in wanted])
                    for name, wanted in question.show_if.items()
                ],
            )
            for section in definition.sections
            for question in section.questions
        ],
    ]  # fmt: skip


@pytest.fixture
def enter(windows, sample_server):
    """Open a window in which the province's drafter is signed in."""

    def enter() -> Page:
        listed = json.loads(sample_server.flask("demo", "accounts", "--json"))
        page = windows.open(sample_server.url)
        page.goto("/dang-nhap")
        page.get_by_label("Tên đăng nhập").fill("tinh.soanthao")
        page.get_by_label("Mật khẩu").fill(
            next(a["password"] for a in listed if a["username"] == "tinh.soanthao")
        )
        page.get_by_role("button", name="Đăng nhập").click()
        page.locator("#main").wait_for()
        return page

    return enter


def test_pks_07_is_built_from_paper_and_a_survey_opened_with_it(enter):
    paper = PAPER["PKS07"]
    writer = Writer(enter(), paper)
    writer.begins("PKS 07", paper.title)
    for number in range(1, len(paper.sections) + 1):
        writer.writes_section(number)
    writer.names_the_key_question()
    assert read(writer.freezes()) == read(paper)
    a_survey_is_drafted(writer)


def a_survey_is_drafted(writer):
    today = clock.format_date(clock.today())
    writer.follow("Mở đợt khảo sát")
    writer.page.get_by_label("Tên đợt").fill("Hỏi bằng phiếu tự lập")
    writer.page.get_by_label("Ngày bắt đầu").fill(today)
    writer.page.get_by_label("Đến hết ngày").fill(today)
    writer.page.get_by_label("Ai hỗ trợ người dân").fill("Tổ dân vận cộng đồng")
    writer.press("Lưu bản nháp")
    writer.reads("Hỏi bằng phiếu tự lập")
    writer.sees("của tỉnh Bắc Giang")


def test_the_ways_in_which_pks_01_asks_are_built_from_paper(enter):
    whole = PAPER["PKS01"]
    kept = {"khoi", "c1", "c4", "c5", "c6", "c8", "c12", "c13"}
    data = whole.to_data()
    for section in data["sections"]:
        section["questions"] = [each for each in section["questions"] if each["id"] in kept]
    paper = Definition.from_data(data)
    writer = Writer(enter(), paper)
    writer.begins("PKS 01A", f"{paper.title} (chép từ giấy)")
    for number in range(1, len(paper.sections) + 1):
        writer.writes_section(number)
    writer.names_the_key_question()
    assert read(writer.freezes()) == read(paper)
