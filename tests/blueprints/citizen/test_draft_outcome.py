"""What everybody reads of what was changed in a draft because of what people said."""

import pytest

from portal.core.database import write
from portal.features.consolidation import papers
from portal.features.documents.models import Document
from portal.policy.roles import Duty
from tests.support import answering, cased, gathered, voiced
from tests.support.voiced import CLAUSE, FIRST, POINT, PROVISIONS

CHANGED = {CLAUSE: "Mức đóng góp, niêm yết ở nhà văn hóa:", POINT: "khoản thu theo hộ.",
           FIRST: "Quy chế này quy định việc công khai ở phường."}  # fmt: skip


@pytest.fixture(name="made")
def ward(app):
    return cased.ward()


@pytest.fixture(name="case")
def answered(made):
    cased.letterhead(made.host)
    case = made.published(made.actor())
    answering.answer(made, gathered.agency(case, "UBMTTQ phường", CLAUSE, gathered.NOTICE))
    answering.answer(made, gathered.agency(case, "Trạm y tế", FIRST, gathered.OTHER), "decline")
    revised = tuple((*one[:4], CHANGED.get(one[0], one[4])) for one in PROVISIONS)
    voiced.version(made.draft.id, revised, 2)
    answering.let_days_pass(case)
    papers.draft(made.actor(Duty.DRAFT), case)
    return case


def open_answers(case):
    with write():
        case.answers_public_on = cased.day(0)


def test_only_changes_after_an_accepted_opinion_count_as_made_for_it(client, case):
    open_answers(case)
    page = client.page(f"/g/{case.code}/ket-qua")
    assert "Dự thảo đã sửa 1 chỗ theo ý kiến. 2 chỗ khác cũng được chỉnh lý." in page.text


def test_every_change_is_read_before_and_after_by_everybody(client, case):
    assert client.get(f"/g/{case.code}/ket-qua/thay-doi").status_code == 404
    open_answers(case)
    page = client.page(f"/g/{case.code}/ket-qua").follow("Xem từng chỗ đã sửa")
    asked, others = page.text.split("Chỉnh lý khác")
    assert "Khoản 2 Điều 2" in asked
    assert "niêm yết ở nhà văn hóa" in asked
    assert "Điểm a khoản 2 Điều 2" in others
    assert "Điều 1" in others


def test_the_report_is_offered_once_everybody_may_read_it(client, case):
    open_answers(case)
    assert "Văn bản:" not in client.page(f"/g/{case.code}/ket-qua").text
    with write() as current:
        report = current.get_one(Document, case.report_id)
        report.state, report.is_public = "issued", True
        report.number, report.dated_on = 7, cased.day(0)
    page = client.page(f"/g/{case.code}/ket-qua")
    assert f'href="/cong-khai/{case.report_id}"' in client.get(page.path).text
