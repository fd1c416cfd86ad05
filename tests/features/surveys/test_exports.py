"""Spreadsheets: what they hold, what they never hold, and that nothing in them runs."""

import re
import zipfile
from io import BytesIO

import pytest
from python_calamine import CalamineWorkbook
from sqlalchemy import select

from portal.core import jobs
from portal.core.database import session
from portal.core.errors import Invalid, Refused
from portal.core.exports import Export
from portal.core.jobs import Job
from portal.features.audit.models import AuditEntry
from portal.features.campaigns.models import Campaign
from portal.features.surveys import exports, fold, results, services
from portal.policy.roles import Role
from tests.support import surveyed

HOSTILE = '=HYPERLINK("http://x","y")\u202e\x07'


@pytest.fixture
def place(app):
    return surveyed.province({"Huyện A": ["Xã Một", "Xã Hai"], "Huyện B": ["Xã Ba"]})


@pytest.fixture
def asked(place, monkeypatch):
    asked = surveyed.campaign(place)
    surveyed.answer(asked, place["Xã Một"], ["5|co|loa,zalo"] * 3)
    surveyed.answer(asked, place["Xã Hai"], ["1|khong|"] * 20, texts=HOSTILE)
    surveyed.answer(asked, place["Xã Ba"], ["4|co|loa"] * 12 + ["kb|co|loa"] * 8)
    surveyed.move_past(asked, monkeypatch)
    fold.seal_closed()
    return session().get_one(Campaign, asked.id)


@pytest.fixture
def province(place):
    return surveyed.actor(surveyed.account(place, "Tỉnh", Role.PROVINCE))


def summary(asked, unit) -> dict[str, list[list[object]]]:
    stream = BytesIO()
    exports.summary(stream, asked, unit.id, "Cán bộ thử")
    return sheets(stream.getvalue())


def sheets(content: bytes) -> dict[str, list[list[object]]]:
    book = CalamineWorkbook.from_filelike(BytesIO(content))
    return {name: book.get_sheet_by_name(name).to_python() for name in book.sheet_names}


def ordered(kind, asked, province) -> bytes:
    job = services.order_export(province, asked, kind, "Phục vụ báo cáo của tỉnh")
    assert jobs.work_once()
    export = Export.from_result(session().get_one(Job, job.id).result)
    return export.path.read_bytes()


def test_the_summary_prints_what_the_page_prints(place, asked):
    book = summary(asked, place["Tỉnh"])
    assert list(book) == ["Tổng hợp", "Theo huyện", "Theo xã", "Ghi chú"]
    printed = {(row[0], row[2]): row[3:] for row in book["Tổng hợp"]}
    figure = next(d for d in results.of(asked).distributions(0) if d.question.id == "chung")
    assert printed[1, "Số người có trả lời"][0] == figure.rated == 35
    assert printed[1, "Không biết (không tính vào tỷ lệ)"] == [8, ""]
    for part in figure.known:
        count, share = printed[1, part.option.label]
        assert (count, share) == (part.count, pytest.approx(part.share))


def test_what_a_page_hides_the_file_hides_too(place, asked):
    rows = [row for row in summary(asked, place["Tỉnh"])["Theo xã"] if row[2] == 1]
    hidden = {row[1]: row[4] for row in rows if "không hiện" in str(row[4])}
    assert hidden == {"Xã Một": "không hiện (<5 phiếu)", "Xã Hai": "không hiện (≥5 phiếu)"}
    shown = results.of(asked)
    question = shown.definition.questions[0]
    for place_ in shown.territory.places:
        assert shown.shows(question, place_.unit_id) == (place_.full_name not in hidden)


def test_a_district_gets_its_own_communes_only(place, asked):
    book = summary(asked, place["Huyện B"])
    assert {row[0] for row in book["Theo huyện"][1:]} == {"Huyện B"}
    assert {row[1] for row in book["Theo xã"][1:]} == {"Xã Ba"}
    assert "Xã Hai" not in str(book)


def test_the_notes_say_threshold_digest_and_who_asked(place, asked):
    notes = dict(summary(asked, place["Tỉnh"])["Ghi chú"])
    assert str(notes["Số phiếu tối thiểu"]).startswith("5.")
    assert notes["Mã kiểm tra số liệu"] == results.digest(asked.id)
    assert "dòng riêng" in notes["Số người có trả lời"]
    assert notes["Người lập"] == "Cán bộ thử"


def test_rows_are_decoded_and_carry_no_unit_and_no_text(asked, province):
    (rows,) = sheets(ordered(services.ANSWERS, asked, province)).values()
    assert [head.split(".")[0] for head in rows[0]] == ["Câu 1", "Câu 2", "Câu 3"]
    assert len(rows) == 44
    assert rows.count(["Rất hài lòng", "Có", "Loa; Zalo"]) == 3
    assert "Xã" not in str(rows)
    assert "HYPERLINK" not in str(rows)


def test_texts_go_apart_as_plain_text(asked, province):
    content = ordered(services.TEXTS, asked, province)
    (rows,) = sheets(content).values()
    assert rows[1:] == [["Ông/bà muốn nói thêm gì?", '=HYPERLINK("http://x","y")']] * 20


@pytest.mark.parametrize("kind", [services.ANSWERS, services.TEXTS])
def test_no_file_holds_a_formula_or_a_link(asked, province, kind):
    with zipfile.ZipFile(BytesIO(ordered(kind, asked, province))) as book:
        parts = [book.read(name).decode() for name in book.namelist() if "worksheets" in name]
    assert not any(re.search(r"<f[ >]|<hyperlink", part) for part in parts)


def test_a_million_rows_go_to_several_sheets(asked, province, monkeypatch):
    monkeypatch.setattr(exports, "ROWS_A_SHEET", 20)
    monkeypatch.setattr(exports, "PAGE", 7)
    book = sheets(ordered(services.ANSWERS, asked, province))
    assert [len(rows) - 1 for rows in book.values()] == [20, 20, 3]


def test_an_export_is_on_the_record_with_its_reason(asked, province):
    services.order_export(province, asked, services.ANSWERS, "Phục vụ báo cáo của tỉnh")
    (entry,) = session().scalars(select(AuditEntry))
    assert (entry.action, entry.reason) == (
        "export_answers:ordered",
        "Phục vụ báo cáo của tỉnh",
    )


def test_without_a_reason_nothing_is_exported(asked, province):
    with pytest.raises(Invalid):
        services.order_export(province, asked, services.ANSWERS, "vì")
    assert session().scalars(select(Job)).all() == []


def test_before_the_seal_nothing_is_exported(place, province):
    with pytest.raises(Refused):
        services.order_export(
            province, surveyed.campaign(place), services.ANSWERS, "Phục vụ báo cáo của tỉnh"
        )
