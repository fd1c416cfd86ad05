"""The deployment pack: what is in it, what it says is missing, and every file opened again."""

import zipfile
from io import BytesIO

import docx
import pypdfium2
import pytest
from PIL import Image

from portal.core import jobs as work
from portal.core import spreadsheet
from portal.core.database import session, write
from portal.core.exports import Export
from portal.features.campaigns import code_queries, issuing
from portal.features.campaigns.models import QrCode
from portal.features.deployment import jobs, pages, wording
from portal.features.questionnaires.models import QuestionnaireVersion
from portal.features.rosters.models import Roster, RosterRow
from portal.features.teams import decision, queries, services
from portal.features.teams.models import Member, Part
from portal.policy.roles import Duty, Role
from tests.support import carried, numbered, papers, placed, rostered, surveyed
from tests.support.officials import PLACES, official

BASE = "https://danchu.example.vn"
HEAD = Member("Nguyễn Văn A", "Phó Bí thư thường trực", "Đảng ủy", Part.HEAD, "0912 000 001")


@pytest.fixture
def place(app):
    return surveyed.province(PLACES)


@pytest.fixture
def campaign(place):
    campaign = carried.carry_out(place, opens_in=2)
    with write(issuing.LOCK) as current:
        issuing.issue(current, campaign.id, [(place[f"Xã {n}"].id, None) for n in (1, 2, 3)])
    return campaign


@pytest.fixture
def clerk(place, campaign):
    return papers.worker(place, Role.COMMUNE, at="Xã 1")


def pack_of(place, campaign, name="Xã 1"):
    unit_id = place[name].id
    code = code_queries.live(campaign.id, unit_id, below=unit_id)
    return pages.pack(campaign, code, BASE)


def with_decision(place, clerk, campaign):
    numbered.letterhead(place, "Xã 1")
    team = queries.at(clerk, campaign, clerk.unit_id)
    decision.draft(clerk, services.save(clerk, team, (HEAD,), 0), clerk.organisation_id)


def with_roster(place, campaign):
    with write() as current:
        roster = Roster(
            campaign_id=campaign.id, unit_id=place["Xã 1"].id, kind="support",
            changed_at=papers.clock.now(),
        )  # fmt: skip
        current.add(roster)
        current.flush()
        current.add(RosterRow(
            roster_id=roster.id, person="Trần Thị B", folded="tran thi b", sort_key="b",
            phone="0912 000 002", place="Bộ phận một cửa", day=campaign.opens_on, half="morning",
        ))  # fmt: skip


def opened(place, campaign, owner_id=1) -> zipfile.ZipFile:
    job = jobs.order(owner_id, pack_of(place, campaign), BASE)
    while work.work_once():
        pass
    session().expire_all()
    export = Export.from_result(job.result)
    assert export is not None
    return zipfile.ZipFile(BytesIO(export.path.read_bytes()))


def words_of(drawn: bytes) -> str:
    read = pypdfium2.PdfDocument(BytesIO(drawn))
    return " ".join(" ".join(page.get_textpage().get_text_bounded().split()) for page in read)


def test_every_file_of_a_whole_pack_opens_again(place, clerk, campaign):
    with_decision(place, clerk, campaign)
    with_roster(place, campaign)
    archive = opened(place, campaign)
    for name in archive.namelist():
        content = archive.read(name)
        match name.rpartition(".")[2]:
            case "pdf":
                assert len(pypdfium2.PdfDocument(BytesIO(content))) >= 1, name
            case "docx":
                assert docx.Document(BytesIO(content)).paragraphs, name
            case "xlsx":
                assert spreadsheet.read_sheets(content), name
            case "png":
                assert Image.open(BytesIO(content)).width > 500, name
            case _:
                assert content.decode("utf-8-sig"), name
    assert len(archive.namelist()) == 13


def test_what_is_put_up_names_nobodys_telephone(place, clerk, campaign):
    with_decision(place, clerk, campaign)
    with_roster(place, campaign)
    archive = opened(place, campaign)
    shown = words_of(archive.read("2 Lịch phân công để niêm yết.pdf"))
    assert "Trần Thị B" in shown
    assert "0912" not in shown
    assert "0912" not in words_of(archive.read("1 Quyết định tổ công tác (dự thảo).pdf"))


def test_what_is_missing_is_said_and_the_rest_is_there(place, campaign):
    pack = pack_of(place, campaign)
    assert (pack.missing, pack.total) == (2, 6)
    archive = opened(place, campaign)
    said = archive.read("0 Trong bộ này có gì.txt").decode("utf-8-sig")
    assert "Quyết định tổ công tác: chưa soạn." in said
    assert "3 Áp phích A4.pdf" in archive.namelist()


def test_the_script_reads_days_and_names_the_place_and_who_helps(place, campaign):
    text = pack_of(place, campaign).script.text
    assert "Kính thưa bà con nhân dân xã 1!" in text
    assert "ngày" in text
    assert "/" not in text
    assert "chỉ hướng dẫn kỹ thuật" in text


def test_the_script_names_the_body_of_those_on_the_roster(place, clerk, campaign):
    with write():
        campaign.supporter = "Hội Nông dân xã"
        campaign.fallback_supporter = "Khối Dân vận, nơi không có Hội Nông dân"
    assert "xin gặp Khối Dân vận để" in pack_of(place, campaign).script.text
    rostered.listed(clerk, rostered.desk(campaign, place), rostered.line(campaign))
    assert "xin gặp Hội Nông dân xã để" in pack_of(place, campaign).script.text
    assert "xin gặp Khối Dân vận để" in pack_of(place, campaign, "Xã 2").script.text


def test_points_with_codes_are_read_out_and_printed(place, campaign):
    province = official(place, Role.PROVINCE, Duty.DRAFT)
    hall = placed.point(place["Xã 1"], "Nhà văn hóa tổ 3")
    issuing.issue_for_points(province, campaign, [hall])
    assert "Nhà văn hóa tổ 3" in pack_of(place, campaign).script.text
    archive = opened(place, campaign)
    assert len(pypdfium2.PdfDocument(BytesIO(archive.read("3 Áp phích A4.pdf")))) == 2


def test_the_same_pack_again_is_the_same_job_and_a_changed_one_is_not(place, clerk, campaign):
    first = jobs.order(1, pack_of(place, campaign), BASE).id
    assert jobs.order(1, pack_of(place, campaign), BASE).id == first
    assert jobs.order(2, pack_of(place, campaign), BASE).id != first
    with_decision(place, clerk, campaign)
    assert jobs.order(1, pack_of(place, campaign), BASE).id != first


def test_cadres_are_spoken_to_as_cadres(place, campaign):
    with write() as current:
        stored = current.get_one(QuestionnaireVersion, campaign.version_id)
        stored.content = stored.content.replace('"audience": ""', '"audience": "Cán bộ, công chức"')
    unit_id = place["Xã 1"].id
    code = session().query(QrCode).filter_by(campaign_id=campaign.id, unit_id=unit_id).one()
    assert "Kính thưa các đồng chí" in wording.loudspeaker(code, (), "Công đoàn").text


def test_guidance_says_that_people_answer_themselves(place, campaign):
    sheet = pack_of(place, campaign).guidance
    assert sheet.lines[0] == "Chỉ hướng dẫn kỹ thuật, người dân tự trả lời."
    assert any(line.startswith("- Không chọn hộ") for line in sheet.lines)


def test_the_list_counts_complete_packs(place, clerk, campaign):
    with_decision(place, clerk, campaign)
    with_roster(place, campaign)
    district = official(place, Role.DISTRICT, Duty.APPROVE)
    listing = pages.listing(district, campaign)
    assert (listing.complete, listing.total) == (1, 2)
    left = pages.listing(district, campaign, only_missing=True)
    assert [line.unit.name for line in left.lines] == ["Xã 2"]
