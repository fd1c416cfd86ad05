"""The decision that sets a team up: in the format of who decides, without phones."""

from io import BytesIO

import docx
import pypdfium2
import pytest

from portal.core.errors import Invalid, Refused
from portal.features.campaigns.models import Campaign
from portal.features.documents.paper.compose import compose
from portal.features.documents.rendering import pdf, word
from portal.features.documents.workflow import DOCUMENT
from portal.features.teams import decision, queries, services
from portal.features.teams.models import Member, Part
from portal.features.teams.workflow import TEAM
from portal.policy.roles import Role
from tests.support import carried, numbered, papers, surveyed
from tests.support.officials import PLACES

HEAD = Member("Nguyễn Văn A", "Phó Bí thư thường trực", "Đảng ủy", Part.HEAD, "0912 000 001")
OTHER = Member("Trần Thị B", "Công chức", "Ủy ban nhân dân", Part.DATA_ENTRY)


@pytest.fixture
def place(app):
    return surveyed.province(PLACES)


@pytest.fixture
def campaign(place) -> Campaign:
    return carried.carry_out(place)


@pytest.fixture
def clerk(place, campaign):
    return papers.worker(place, Role.COMMUNE, at="Xã 1")


@pytest.fixture
def team(clerk, campaign):
    team = queries.at(clerk, campaign, clerk.unit_id)
    return services.save(clerk, team, (HEAD, OTHER), 0)


def text_of(document) -> str:
    read = docx.Document(BytesIO(word.draw(compose(document))))
    cells = [cell.text for table in read.tables for row in table.rows for cell in row.cells]
    return "\n".join([*(one.text for one in read.paragraphs), *cells])


def words_of(drawn: bytes) -> str:
    read = pypdfium2.PdfDocument(BytesIO(drawn))
    return " ".join(" ".join(page.get_textpage().get_text_bounded().split()) for page in read)


@pytest.mark.parametrize(
    ("regime", "words"), [("state", "Căn cứ Luật Thực hiện dân chủ ở cơ sở"), ("party", "đồng chí")]
)
def test_it_is_drafted_in_the_format_of_who_decides(place, clerk, team, regime, words):
    numbered.letterhead(place, "Xã 1", regime=regime)
    document = decision.draft(clerk, team, clerk.organisation_id)
    text = text_of(document)
    assert words in text
    assert "thành lập Tổ công tác" in document.name
    for said in ("Điều 4.", "Nguyễn Văn A", "Nhập dữ liệu", "làm Tổ trưởng"):
        assert said in text
    assert "0912" not in text


def test_the_pdf_opens_and_has_the_list_as_an_appendix(place, clerk, team):
    numbered.letterhead(place, "Xã 1", regime="state")
    document = decision.draft(clerk, team, clerk.organisation_id)
    text = words_of(pdf.draw(compose(document)))
    assert "DANH SÁCH TỔ CÔNG TÁC" in text
    assert "Trần Thị B" in text


def test_pressed_twice_it_is_one_draft(place, clerk, team):
    numbered.letterhead(place, "Xã 1")
    first = decision.draft(clerk, team, clerk.organisation_id)
    assert decision.draft(clerk, team, clerk.organisation_id).id == first.id
    assert decision.in_force(team).id == first.id


def test_without_a_letterhead_or_a_head_nothing_is_drafted(place, clerk, team):
    with pytest.raises(Invalid):
        decision.draft(clerk, team, clerk.organisation_id)
    numbered.letterhead(place, "Xã 1")
    services.save(clerk, team, (OTHER,), team.version)
    with pytest.raises(Refused):
        decision.draft(clerk, team, clerk.organisation_id)


def test_changed_members_are_brought_into_the_draft(place, clerk, team):
    numbered.letterhead(place, "Xã 1")
    document = decision.draft(clerk, team, clerk.organisation_id)
    assert not decision.differs(team)
    services.save(clerk, team, (HEAD,), team.version)
    assert decision.differs(team)
    decision.renew(clerk, team)
    assert not decision.differs(team)
    assert "Trần Thị B" not in document.content


def test_a_changed_team_gets_a_decision_of_its_own(place, clerk, team):
    numbered.letterhead(place, "Xã 1")
    first = decision.draft(clerk, team, clerk.organisation_id)
    TEAM.fire(clerk, team.id, "submit")
    TEAM.fire(clerk, team.id, "reform", "Chuyển công tác")
    second = decision.draft(clerk, team, clerk.organisation_id)
    assert second.id != first.id
    assert "kiện toàn" in second.name
    assert queries.versions([team.id])[0].document_id == first.id


def test_a_decision_says_which_issued_one_it_replaces(place, clerk, team):
    numbered.letterhead(place, "Xã 1")
    first = decision.draft(clerk, team, clerk.organisation_id)
    papers.bring(first, papers.State.ISSUED, clerk)
    TEAM.fire(clerk, team.id, "submit")
    TEAM.fire(clerk, team.id, "reform", "Chuyển công tác")
    second = decision.draft(clerk, team, clerk.organisation_id)
    assert f"thay thế Quyết định số {first.symbol}" in text_of(second)


def test_a_decision_that_was_given_up_makes_room_for_another(place, clerk, team):
    numbered.letterhead(place, "Xã 1")
    document = decision.draft(clerk, team, clerk.organisation_id)
    DOCUMENT.fire(clerk, document.id, "cancel", "Soạn nhầm")
    assert decision.in_force(team) is None
