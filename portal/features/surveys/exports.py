"""Spreadsheets of results: the summary, and for the province rows and free texts (DESIGN rule 5).

The summary prints exactly what the pages print. Rows carry no unit and no free text; free texts go
apart, in the order of their own random keys.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from typing import IO, Any

from portal.core import clock
from portal.core.database import session
from portal.core.exports import new_export
from portal.core.jobs import Kind, Running
from portal.core.workbook import Column, Sheet, Value, workbook
from portal.features.campaigns.models import Campaign
from portal.features.questionnaires.definition import Question
from portal.features.surveys import queries, results
from portal.features.surveys.channel_results import ByChannel
from portal.features.surveys.channels import CHANNEL_LABELS
from portal.features.surveys.counting import ANSWERED
from portal.features.surveys.disclosure import masked
from portal.features.surveys.participation_file import told_rounds
from portal.features.surveys.results import Distribution, Results
from portal.features.surveys.services import ANSWERS, TEXTS
from portal.features.surveys.territory import WHOLE

PAGE = 5_000
ROWS_A_SHEET = 1_000_000
"""Excel ends at 1,048,576."""

_FIGURES = (
    Column("Câu", 6), Column("Nội dung", 56), Column("Lựa chọn", 30),
    Column("Số phiếu", 11), Column("Tỷ lệ", 10, share=True),
)  # fmt: skip
Chosen = Mapping[int, Mapping[str, Mapping[str, int]]]


def summary(stream: IO[bytes], campaign: Campaign, above_id: int, reader: str) -> None:
    """Write the summary by question and unit, as far as a reader may see it.

    Args:
        stream: where the .xlsx goes.
        campaign: one whose results the reader may see.
        above_id: the unit of the reader.
        reader: who asked, for the notes.
    """
    territory, open_nodes = queries.seen_by(above_id, campaign.id)
    found = results.of(campaign, territory)
    chosen = _chosen(campaign.id)
    names = found.territory.names
    groups = [node for node in open_nodes if node in found.territory.groups]
    places = [place for place in found.territory.places if place.unit_id in open_nodes]
    with workbook(stream) as book:
        top = open_nodes[:1]
        _sheet(book, "Tổng hợp", (), ((node, ()) for node in top), found, chosen)
        _sheet(
            book, "Theo huyện", (Column("Huyện", 24),),
            ((node, (names[node] or "Trực thuộc tỉnh",)) for node in groups), found, chosen,
        )  # fmt: skip
        _sheet(
            book, "Theo xã", (Column("Huyện", 24), Column("Xã", 26)),
            ((place.unit_id, (place.group_name, place.full_name)) for place in places),
            found, chosen,
        )  # fmt: skip
        if top == [WHOLE]:
            _by_channel(book, found)
        _notes(book, campaign, found, reader)


def _by_channel(book: Any, found: Results) -> None:  # noqa: ANN401 - xlsxwriter ships no types
    """Write the questions that may be shown by channel; one row says of which it is not."""
    split = ByChannel(found)
    if not split.is_asked:
        return
    sheet = Sheet(book, "Theo kênh", (Column("Kênh", 20), *_FIGURES))
    for each in split.shown:
        for channel, figure in each.parts:
            for row in _figure_rows(figure):
                sheet.add((CHANNEL_LABELS[channel], *row))
    if split.kept_back:
        numbers = ", ".join(map(str, split.kept_back))
        why = f"không tách theo kênh: câu {numbers} (tách ra sẽ lộ nhóm dưới {found.k} phiếu)"
        sheet.add((why, None, None, None, None, None))
    sheet.close()


def _sheet(
    book: Any,  # noqa: ANN401 - xlsxwriter ships no types
    name: str,
    lead: tuple[Column, ...],
    nodes: Iterable[tuple[int, tuple[str, ...]]],
    found: Results,
    chosen: Chosen,
) -> None:
    sheet = Sheet(book, name, (*lead, *_FIGURES))
    for node, words in nodes:
        below = found.territory.below(node)
        for number, question in found.numbered():
            if question.closed:
                for row in _rows(found, chosen, node, below, number, question):
                    sheet.add((*words, *row))
    sheet.close()


def _rows(
    found: Results, chosen: Chosen, node: int, below: Iterable[int], number: int, question: Question
) -> Iterator[tuple[Value, ...]]:
    """Give the rows of one question somewhere: the options, or one row that says it is hidden."""
    if not (found.sealed or results.asked_of_all(question)):
        yield number, question.text, "hiện sau khi đợt đóng", None, None
        return
    answered = found.answered_at(question.id, node)
    if not found.shows(question, node):
        if not answered and node not in found.hidden[question.id]:
            yield number, question.text, "chưa có phiếu", None, None
            return
        if node in found.territory.sums:  # its side of the threshold is told nowhere else
            yield number, question.text, "không hiện", None, None
            return
        mark = masked(answered, hidden=True, k=found.k).text
        yield number, question.text, f"không hiện ({mark} phiếu)", None, None
        return
    added: dict[str, int] = defaultdict(int)
    for unit in below:
        for option, n in chosen.get(unit, {}).get(question.id, {}).items():
            added[option] += n
    yield from _figure_rows(results.distribution(number, question, added, answered))


def _figure_rows(figure: Distribution) -> Iterator[tuple[Value, ...]]:
    number, question = figure.number, figure.question
    yield number, question.text, "Số người có trả lời", figure.rated, None
    for part in figure.parts:
        label = part.option.label
        if part.option.unknown:
            label += " (không tính vào tỷ lệ)"
        yield number, question.text, label, part.count, part.share


def _chosen(campaign_id: int) -> Chosen:
    found: dict[int, dict[str, dict[str, int]]] = defaultdict(lambda: defaultdict(dict))
    for unit, question, option, n in queries.counters(campaign_id):
        if option != ANSWERED:
            found[unit][question][option] = n
    return found


def _notes(book: Any, campaign: Campaign, found: Results, reader: str) -> None:  # noqa: ANN401
    sheet = Sheet(book, "Ghi chú", (Column("Mục", 28), Column("Nội dung", 96)))
    sealed = (
        f"Đã niêm phong ngày {clock.format_date(campaign.sealed_on)}"
        if campaign.sealed_on
        else "Đợt đang mở, số liệu còn thay đổi"
    )
    moment = clock.now().astimezone(clock.VN)
    for row in (
        ("Đợt khảo sát", campaign.name),
        ("Phiếu", found.definition.title),
        ("Thời gian", told_rounds(campaign.all_rounds)),
        ("Tình trạng số liệu", sealed),
        ("Số phiếu tối thiểu", f"{found.k}. Nơi có ít phiếu hơn không hiện riêng; một nơi khác "
         "có thể cũng không hiện để không tính ngược ra được."),
        ("Số người có trả lời", "Không kể người chọn ý như “Không biết”, “Không trả lời”; số này "
         "ghi ở dòng riêng của ý đó."),
        ("Tỷ lệ", "Tính trên số người có trả lời."),
        ("Mã kiểm tra số liệu", results.digest(campaign.id)),
        ("Lập lúc", f"{moment:%H:%M} ngày {clock.format_date(moment.date())}"),
        ("Người lập", reader),
    ):  # fmt: skip
        sheet.add(row)


def _answers(running: Running) -> str:
    campaign, found = _load(running)
    questions = [
        (at, number, question)
        for at, (number, question) in enumerate(pair for pair in found.numbered() if pair[1].closed)
        if found.shows(question, WHOLE)
    ]
    columns = [Column(f"Câu {number}. {question.text}", 24) for _, number, question in questions]
    labels = [{o.code: o.label for o in question.options} for _, _, question in questions]
    total = queries.count_answers(campaign.id)
    with new_export(f"Phiếu {campaign.name}.xlsx") as (export, stream):
        with workbook(stream) as book:
            sheets = _Sheets(book, "Phiếu", columns)
            for choices in _all_answers(campaign.id, running, total):
                parts = choices.split("|")
                sheets.add(
                    [
                        "; ".join(words.get(code, code) for code in parts[at].split(",") if code)
                        for (at, _, _), words in zip(questions, labels, strict=True)
                    ]
                )
            sheets.close()
        return export.to_result()


def _texts(running: Running) -> str:
    campaign, found = _load(running)
    with new_export(f"Ý kiến ghi thêm {campaign.name}.xlsx") as (export, stream):
        with workbook(stream) as book:
            sheets = _Sheets(book, "Ý kiến", [Column("Câu hỏi", 40), Column("Ý kiến", 100)])
            for question in found.text_questions():
                for text in _all_texts(campaign.id, question.id, running):
                    sheets.add([question.text, text])
            sheets.close()
        return export.to_result()


class _Sheets:
    """As many sheets as the rows need."""

    def __init__(self, book: Any, name: str, columns: list[Column]) -> None:  # noqa: ANN401
        self._book, self._name, self._columns = book, name, columns
        self._rows = self._number = 0
        self._sheet = self._next()

    def add(self, values: list[str]) -> None:
        if self._rows == ROWS_A_SHEET:
            self._sheet.close()
            self._sheet, self._rows = self._next(), 0
        self._sheet.add(values)
        self._rows += 1

    def close(self) -> None:
        self._sheet.close()

    def _next(self) -> Sheet:
        self._number += 1
        return Sheet(self._book, f"{self._name} {self._number}", self._columns)


def _load(running: Running) -> tuple[Campaign, Results]:
    campaign = session().get_one(Campaign, running.data["campaign_id"])
    if not campaign.is_sealed:
        raise ValueError("not sealed")
    return campaign, results.of(campaign)


def _all_answers(campaign_id: int, running: Running, total: int) -> Iterator[str]:
    after, done = b"", 0
    while rows := queries.answers_after(campaign_id, after, PAGE):
        yield from (choices for _, choices in rows)
        after, done = rows[-1][0], done + len(rows)
        running.progress(done, total)


def _all_texts(campaign_id: int, question: str, running: Running) -> Iterator[str]:
    after = b""
    while rows := queries.texts_after(campaign_id, question, after, PAGE):
        yield from (text for _, text in rows)
        after = rows[-1][0]
        running.progress(0, 0)


EXPORT_ANSWERS = Kind(ANSWERS, _answers)
EXPORT_TEXTS = Kind(TEXTS, _texts)
