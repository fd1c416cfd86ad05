"""The official letter of an agency: which of the three answers, who signs, how it is numbered."""

from io import BytesIO

import docx
import pytest

from portal.core.errors import Invalid
from portal.features.consolidation import told
from portal.features.consultations import (
    agency_answers,
    agency_entries,
    agency_letters,
    agency_pages,
)
from portal.features.consultations.agency_entries import Letter
from portal.features.consultations.agency_letters import Signing
from tests.support import cased, voiced
from tests.support.answered import WORDS, invited, keep, send


def said(one, signing=None):
    """Give every line of the letter, those in tables too."""
    document = docx.Document(BytesIO(agency_letters.draw(one, signing=signing)))
    lines = (each.text for each in document.element.body.iter(docx.oxml.ns.qn("w:p")))
    return [" ".join(line.split()) for line in lines if line.strip()]


def disagree(one, signer=""):
    shown = agency_answers.seen(one)
    link = agency_answers.link_of(one)
    agency_answers.send(link, one, signer, agrees=False, disagrees=True, shown=shown)


def test_a_letter_to_be_signed_has_a_gap_for_its_number_and_is_no_draft(school):
    lines = said(school)
    assert "DỰ THẢO" not in lines
    assert "Số: /" in " ".join(lines)
    assert "00/" not in " ".join(lines)


def test_whoever_was_typed_when_sending_signs_with_title_and_name(school):
    keep(school, **{voiced.CLAUSE: WORDS})
    link, shown = agency_answers.link_of(school), agency_answers.seen(school)
    agency_answers.send(link, school, "Hiệu trưởng, Người Ký Mẫu", agrees=False, shown=shown)
    lines = said(school)
    assert "HIỆU TRƯỞNG" in lines
    assert "Người Ký Mẫu" in lines
    assert "THỦ TRƯỞNG CƠ QUAN" not in lines


def test_names_stand_as_they_are_written_and_the_committee_is_one_addressee(host, case):
    one = invited(host, case, "Trạm Y tế phường")
    keep(one, **{voiced.CLAUSE: WORDS})
    text = "\n".join(said(one))
    assert "của Trạm Y tế phường)" in text
    assert "Trạm y tế" not in text
    assert "Kính gửi: Ủy ban nhân dân" in text
    assert "(qua Phòng Văn hóa - Xã hội phường Ngô Quyền)" in text


@pytest.mark.parametrize(
    ("texts", "disagrees", "words"),
    [
        ({}, False, "nhất trí toàn bộ với dự thảo."),
        ({voiced.CLAUSE: WORDS}, False, "nhất trí với dự thảo và có 1 ý kiến góp ý tại bảng"),
        ({"whole": WORDS}, True, "không nhất trí với dự thảo; lý do và ý kiến cụ thể tại bảng"),
    ],
)
def test_a_letter_says_which_of_the_three_answers_it_is(school, texts, disagrees, words):
    keep(school, **texts)
    text = "\n".join(said(school, Signing("", disagrees)))
    assert words in text
    assert "cơ bản" not in text


def test_not_agreeing_needs_its_reason_as_a_general_comment(school):
    keep(school, **{voiced.CLAUSE: WORDS})
    with pytest.raises(Invalid) as refused:
        disagree(school)
    assert set(refused.value.errors) == {"disagrees"}
    keep(school, whole="Chưa rõ kinh phí")
    disagree(school)
    assert school.disagrees
    assert "không nhất trí" in "\n".join(said(school))


def test_an_agency_that_does_not_agree_is_counted_and_shown_as_such(host, case, school):
    send(invited(host, case, "Trạm Y tế phường"), agrees=True)
    assert "không nhất trí" not in "\n".join(told.counted(case))
    keep(school, whole="Chưa rõ kinh phí")
    disagree(school)
    tracker = agency_pages.tracker(host, case)
    assert sorted(row.word for row in tracker.rows) == ["Không nhất trí", "Nhất trí toàn bộ"]
    assert tracker.disagreeing == 1
    assert "1 nhất trí toàn bộ, 1 không nhất trí." in "\n".join(told.counted(case))
    agency_answers.take_back(agency_answers.link_of(school), school)
    assert not school.disagrees


def test_a_letter_that_came_may_say_that_it_does_not_agree(host, case, school):
    letter = Letter("41/THCS", cased.day(0), disagrees=True)
    agency_entries.enter(host, case, school, letter)
    assert [row.word for row in agency_pages.tracker(host, case).rows] == ["Không nhất trí"]
    agency_entries.enter(host, case, school, Letter("41/THCS", cased.day(0), agrees=True))
    assert not school.disagrees
