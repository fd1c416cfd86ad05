"""The pages of rounds, of each unit's part, and of what a campaign begins from."""

from dataclasses import replace
from datetime import timedelta

import pytest

from portal.core import clock
from portal.core.database import session, write
from portal.features.campaigns import parts, queries, services, tying
from portal.features.campaigns.models import Campaign, QrCode
from portal.features.campaigns.workflow import CAMPAIGN
from portal.features.documents.body import Level, Section, SectionRole
from portal.features.documents.deadlines import Span
from portal.features.documents.models import Relation, State
from portal.features.surveys import places
from portal.features.users.models import User
from portal.policy.roles import Duty, Role
from tests.support import drafted, numbered, papers, surveyed
from tests.support.officials import PLACES, official


def day(days: int) -> str:
    return clock.format_date(clock.today() + timedelta(days=days))


def in_days(first: int, last: int) -> Span:
    return Span(*(clock.today() + timedelta(days=n) for n in (first, last)))


@pytest.fixture
def place(app):
    made = surveyed.province(PLACES)
    numbered.letterhead(made, regime="party")
    return made


@pytest.fixture
def author(place, client):
    user = surveyed.account(place, "Tỉnh", Role.PROVINCE, frozenset(papers.WORKS))
    client.sign_in(user)
    return surveyed.actor(user)


@pytest.fixture
def either(place):
    """An announced campaign of one day or the other."""
    leader = official(place, Role.PROVINCE, Duty.DRAFT, Duty.APPROVE)
    given = drafted.given(drafted.version())
    made = services.create(
        leader, replace(given, rounds=(in_days(5, 5), in_days(6, 6)), one_round=True)
    )
    CAMPAIGN.fire(leader, made.id, "approve")
    return made


def only() -> Campaign:
    return session().query(Campaign).one()


WORDS = {"audience": "Người dân", "supporter": "Hội"}


@pytest.fixture
def form(client, author):
    drafted.version()
    return client.page("/dot-khao-sat/moi").follow("Chọn THU")


def test_rows_come_and_go_without_script_and_what_was_typed_stays(form):
    page = form.submit("Thêm một lần", name="Đợt này", opens_on="mai")
    page = page.submit("Thêm một lần", **{"rounds-first": day(8), "rounds-last": "x"})
    fields = page.form("Lưu bản nháp").fields
    assert (page.status, fields["name"], fields["opens_on"]) == (200, "Đợt này", "mai")
    assert fields.getlist("rounds-last") == ["x", ""]
    fields = page.submit("Bỏ lần 2").form("Lưu bản nháp").fields
    assert fields.getlist("rounds-last") == [""]
    assert session().query(Campaign).count() == 0


def test_four_rounds_of_a_year_are_saved_and_shown(form):
    page = form
    for _ in range(3):
        page = page.submit("Thêm một lần")
    rows = {
        "rounds-first": [day(8), day(20), day(30)], "rounds-last": [day(9), day(22), day(33)],
    }  # fmt: skip
    page = page.submit("Lưu bản nháp", opens_on=day(2), closes_on=day(4), **WORDS, **rows)
    assert page.status == 200
    assert f"Từ {day(20)} đến hết {day(22)}" in page.text
    assert len(only().all_rounds) == 4
    again = page.follow("Sửa").form("Lưu bản nháp").fields
    assert again.getlist("rounds-first") == rows["rounds-first"]


@pytest.mark.parametrize(
    ("first", "last", "said"),
    [
        (3, 6, "Lần này phải bắt đầu sau khi lần trước kết thúc."),
        (9, 8, "Ngày kết thúc đứng trước ngày bắt đầu."),
    ],
)
def test_what_is_wrong_with_a_round_is_said_at_its_row(form, first, last, said):
    page = form.submit("Thêm một lần")
    rows = {"rounds-first": day(first), "rounds-last": day(last)}
    page = page.submit("Lưu bản nháp", opens_on=day(2), closes_on=day(4), **WORDS, **rows)
    assert page.status == 422
    assert f"Các lần sau: Lần 2: {said}" in page.text
    [box, _] = [one for one in page.html.elements("input") if one.get("aria-invalid")]
    assert box.get("aria-describedby") == "round-2-error"


def test_a_day_that_is_none_is_said_at_its_row(form):
    page = form.submit("Thêm một lần")
    page = page.submit("Lưu bản nháp", **{"rounds-first": "31/02/2027", "rounds-last": ""})
    assert "Lần 2: Không có ngày 31/02/2027." in page.text


def test_the_way_upwards_and_what_to_compare_with_are_saved_and_shown(form):
    rows = {
        "steps-level": ["commune", "province", ""], "steps-kind": ["working_team", "farmers", ""],
    }  # fmt: skip
    page = form.submit(
        "Lưu bản nháp", opens_on=day(2), closes_on=day(4), denominator="households",
        zalo_group="Nhóm PKS03_2026", **WORDS, **rows,
    )  # fmt: skip
    for said in ("Tổ công tác (cấp xã)", "Hội Nông dân (cấp tỉnh)", "Số hộ gia đình", "PKS03_2026"):
        assert said in page.text
    assert len(queries.way_of(only().id)) == 2


def test_half_a_stop_is_refused_and_kept(form):
    rows = {"steps-level": ["commune", "", ""]}
    page = form.submit("Lưu bản nháp", opens_on=day(2), closes_on=day(4), **WORDS, **rows)
    assert "Mỗi chặng cần đủ cấp và loại cơ quan." in page.text
    assert page.form("Lưu bản nháp").fields.getlist("steps-level")[0] == "commune"


def test_only_the_row_that_is_not_whole_is_marked(form):
    rows = {"steps-level": ["commune", "province"], "steps-kind": ["working_team", ""]}
    page = form.submit("Lưu bản nháp", opens_on=day(2), closes_on=day(4), **WORDS, **rows)
    marked = page.response.text.partition('<ol class="way">')[2].partition("</ol>")[0]
    assert [row.startswith(' class="field-error"') for row in marked.split("<li")[1:]] == [
        False, True, False,
    ]  # fmt: skip


def test_who_saves_second_sees_both_sets_of_days(client, form):
    page = form.submit("Lưu bản nháp", opens_on=day(2), closes_on=day(4), **WORDS)
    mine, theirs = page.follow("Sửa"), page.follow("Sửa")
    theirs.submit("Lưu bản nháp", closes_on=day(6))
    conflict = mine.submit("Lưu bản nháp", closes_on=day(5))
    assert (conflict.status, conflict.rows()[1:]) == (
        409, [["Thời gian", f"{day(2)} – {day(6)}", f"{day(2)} – {day(5)}"]],
    )  # fmt: skip


def says(*spans: Span) -> Section:
    text = ";\n".join(
        f"từ ngày {clock.format_date(a)} đến hết ngày {clock.format_date(b)}" for a, b in spans
    )
    return Section("muc0003", Level.POINT, "Thời gian", text, SectionRole.SURVEY_WINDOW)


def test_a_campaign_begins_from_an_issued_plan_with_its_days_and_group(client, author):
    version = drafted.version()
    with write():
        version.questionnaire.code = "PKS03"
    group = Section(
        "muc0004", Level.POINT, "Nhóm", "tại địa chỉ https://zalo.me/g/mau1.",
        SectionRole.ZALO_GROUP,
    )  # fmt: skip
    plan = papers.issued(
        author, sections=(says(in_days(5, 6), in_days(9, 9)), group),
        template_code="khao_sat_pks03",
    )  # fmt: skip
    fields = client.page("/dot-khao-sat/moi").follow(plan.number_text).form("Lưu").fields
    assert (fields["opens_on"], fields["rounds-first"]) == (day(5), day(9))
    assert (fields["zalo_group"], fields["denominator"]) == ("https://zalo.me/g/mau1", "visits")
    assert fields.getlist("steps-kind")[:3] == ["working_team", "farmers", "mass_mobilisation"]
    assert fields["supporter"].startswith("Hội Nông dân")
    page = client.page(f"/dot-khao-sat/moi?ke-hoach={plan.id}").submit("Lưu bản nháp")
    assert (page.status, only().plan_id) == (200, plan.id)


def test_a_campaign_is_copied_but_for_its_days(client, author, place):
    campaign = services.create(author, replace(
        drafted.given(drafted.version()), name=f"THU năm {clock.today().year - 1}",
        denominator="visits", communes=frozenset({place["Xã 3"].id}), scope="communes",
    ))  # fmt: skip
    with write():
        campaign.opens_on -= timedelta(days=365)
    page = client.page(f"/dot-khao-sat/{campaign.id}").follow("Chép thành đợt mới")
    fields = page.form("Lưu bản nháp").fields
    assert (fields["name"], fields["opens_on"]) == (f"THU năm {clock.today().year}", "")
    assert (fields["denominator"], fields["scope"]) == ("visits", "districts")
    assert fields.getlist("districts") == [str(place["Huyện B"].id)]


def test_a_form_laid_aside_is_not_offered_and_the_copy_asks_for_another(client, author):
    campaign = services.create(author, drafted.given(drafted.version()))
    with write():
        campaign.questionnaire_version.questionnaire.archived_on = clock.today()
    page = client.page(f"/dot-khao-sat/moi?theo={campaign.id}")
    assert "Phiếu của đợt trước không còn dùng." in page.text
    assert "Chọn THU" not in page.text


def test_a_commune_chooses_its_day_and_names_its_helper(client, place, either):
    client.sign_in(surveyed.account(place, "Xã 1", Role.COMMUNE))
    page = client.page(f"/dot-khao-sat/{either.id}")
    assert "Chưa chọn lần hỏi" in page.text
    page = page.follow("Chọn lần hỏi, người hỗ trợ")
    page = page.submit("Lưu", round_number="2", supporter="Khối Dân vận Xã 1")
    assert page.path == f"/dot-khao-sat/{either.id}"
    assert "Người hỗ trợ: Khối Dân vận Xã 1" in page.text
    assert "Tự mở sau 6 ngày" in page.text


def test_what_has_begun_is_told_and_not_asked_again(client, place, either, monkeypatch):
    user = surveyed.account(place, "Xã 1", Role.COMMUNE)
    papers.later(monkeypatch, days=5)
    client.sign_in(user)
    page = client.page(f"/dot-khao-sat/{either.id}/cac-xa/{place['Xã 1'].id}")
    assert "mã QR đang nhận phiếu ở mọi lần" in page.text
    page.submit("Lưu", round_number="1")
    page = client.page(f"/dot-khao-sat/{either.id}/cac-xa/{place['Xã 1'].id}")
    assert f"Lần hỏi của xã, ngày {day(0)}, đã bắt đầu" in page.text
    assert "round_number" not in page.form("Lưu").fields
    assert page.submit("Lưu", supporter="Hội Phụ nữ xã").status == 200
    assert parts.of_unit(either, place["Xã 1"].id, place["Xã 1"].id).round_number == 1


def test_whoever_approves_reads_that_the_choice_has_begun(client, author, monkeypatch):
    rounds = (in_days(5, 5), in_days(6, 6))
    given = replace(drafted.given(drafted.version()), rounds=rounds, one_round=True)
    campaign = services.create(author, given)
    papers.later(monkeypatch, days=5)
    client.sign_in(session().get_one(User, author.user_id))
    assert "chỉ còn chọn được trong 2 lần" in client.page(f"/dot-khao-sat/{campaign.id}").text
    papers.later(monkeypatch, days=1)
    client.sign_in(session().get_one(User, author.user_id))
    assert "chỉ còn một lần" in client.page(f"/dot-khao-sat/{campaign.id}").text


def test_without_a_plan_the_way_to_other_days_is_said_before_and_open_after(client, author):
    campaign = services.create(author, drafted.given(drafted.version()))
    address = f"/dot-khao-sat/{campaign.id}"
    assert "theo một văn bản do đơn vị ban hành" in client.page(address).text
    assert client.get(f"{address}/doi-ngay").status_code == 409
    CAMPAIGN.fire(author, campaign.id, "approve")
    assert client.get(f"{address}/ke-hoach").status_code == 409
    page = client.page(address).follow("Đổi ngày theo văn bản đã ban hành")
    assert "Đơn vị chưa có văn bản nào đã ban hành" in page.text
    paper = papers.issued(author, summary="Tạm dừng vì bão")
    last = clock.format_date(campaign.closes_on + timedelta(days=3))
    page = client.page(f"{address}/doi-ngay")
    page = page.submit("Đổi ngày", kind="extend", closes_on=last, reason="Bão số 3")
    assert paper.number_text in page.text
    assert "Lý do: Bão số 3" in page.text


def test_the_form_says_where_each_figure_comes_from(form):
    assert "Số lượt đến lấy từ báo cáo ngày của các xã." in form.text


def test_a_round_that_there_is_not_is_refused_at_the_field(client, place, either):
    client.sign_in(surveyed.account(place, "Xã 1", Role.COMMUNE))
    page = client.page(f"/dot-khao-sat/{either.id}/cac-xa/{place['Xã 1'].id}")
    for odd in ("3", "x", "²"):
        assert page.submit("Lưu", round_number=odd).status == 422


def test_the_province_sees_who_has_chosen_and_chooses_for_the_others(client, author, place, either):
    commune = official(place, Role.COMMUNE, Duty.DRAFT)
    parts.arrange(commune, either, parts.of_unit(either, place["Xã 1"].id, commune.unit_id), 2, "")
    page = client.page(f"/dot-khao-sat/{either.id}")
    assert "2 xã chưa chọn" in page.text
    page = page.follow("Lần hỏi và người hỗ trợ của từng xã").follow("Chưa chọn 2")
    assert [row[0] for row in page.rows()[1:]] == ["Xã 2, Huyện A", "Xã 3, Huyện B"]
    page.follow("Sửa Xã 2").submit("Lưu", round_number="1")
    assert "2/3 xã đã chọn lần hỏi." in client.page(f"/dot-khao-sat/{either.id}/cac-xa").text


@pytest.mark.parametrize("role", [Role.DISTRICT, Role.YOUTH])
def test_others_read_the_list_and_choose_for_nobody(client, place, either, role):
    client.sign_in(surveyed.account(place, "Huyện A" if role == Role.DISTRICT else "Xã 1", role))
    page = client.page(f"/dot-khao-sat/{either.id}/cac-xa")
    assert "Sửa" not in page.rows()[0]
    address = f"/dot-khao-sat/{either.id}/cac-xa/{place['Xã 1'].id}"
    assert client.get(address).status_code == 403


def test_another_commune_s_part_is_not_there(client, place, either):
    client.sign_in(surveyed.account(place, "Xã 1", Role.COMMUNE))
    assert client.get(f"/dot-khao-sat/{either.id}/cac-xa/{place['Xã 2'].id}").status_code == 404


@pytest.fixture
def running(client, author, place, monkeypatch):
    """A campaign by an issued plan, on the first of six days, and a paper that amends the plan."""
    plan = papers.draft(author, sections=(says(in_days(1, 6)),))
    campaign = tying.create(author, drafted.given(drafted.version()), plan)
    papers.bring(plan, State.ISSUED, author)
    paper = papers.issued(author, relation=Relation.AMENDS, refers_to_id=plan.id)
    papers.later(monkeypatch, days=1)
    client.sign_in(session().get_one(User, author.user_id))
    return campaign, paper


def test_it_is_paused_by_a_document_and_citizens_read_why(client, running, monkeypatch):
    campaign, paper = running
    page = client.page(f"/dot-khao-sat/{campaign.id}/doi-ngay")
    given = {"kind": "pause", "paused_on": day(2), "resumes_on": day(4)}
    early = page.submit("Đổi ngày", **given | {"paused_on": day(0)})
    assert "Lý do: Mục này chưa được điền." in early.text
    assert "Tạm dừng từ ngày: Hôm nay vẫn nhận phiếu" in early.text
    page = page.submit("Đổi ngày", reason="Tránh bão số 3", **given)
    assert "Tạm dừng theo" in page.text
    assert f"Đổi ngày theo {paper.number_text}" in page.text
    papers.later(monkeypatch, days=2)
    places.keep_for(0)
    [code, *_] = session().query(QrCode.code).order_by(QrCode.unit_id).first()
    page = client.page(f"/{code}")
    assert page.h1 == "Đợt khảo sát đang nghỉ"
    assert f"Đợt tạm dừng theo văn bản số {paper.symbol}." in page.text
    assert "Tránh bão số 3" in page.text


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"kind": "extend", "closes_on": 5}, "Gia hạn thì ngày cuối phải sau"),
        ({"kind": "close", "closes_on": 0}, "Ngày đã qua giữ nguyên"),
        ({"kind": "pause", "paused_on": 1, "resumes_on": 3}, "sớm nhất là tạm dừng từ ngày mai"),
        ({"kind": "move", "rounds-last": 0}, "Lần 1: "),
    ],
)
def test_days_that_cannot_be_are_said_at_their_field(client, running, given, said):
    campaign, _ = running
    typed = {key: value if key == "kind" else day(value - 1) for key, value in given.items()}
    page = client.page(f"/dot-khao-sat/{campaign.id}/doi-ngay")
    page = page.submit("Đổi ngày", reason="Bão", **typed)
    assert page.status == 422
    assert said in page.text


def test_the_rows_of_new_days_come_and_go_too(client, running):
    campaign, _ = running
    page = client.page(f"/dot-khao-sat/{campaign.id}/doi-ngay").submit("Thêm một hàng", kind="move")
    rows = {"rounds-first": [day(0), day(7)], "rounds-last": [day(5), day(9)]}
    page.submit("Đổi ngày", reason="Thêm ngày", **rows)
    assert len(campaign.all_rounds) == 2
