"""What the people of `carrying` do, each act on the page where it is done."""

from portal.core import clock
from portal.core.clock import format_date
from portal.core.database import session
from portal.features.campaigns.models import Campaign
from portal.features.inspections.models import Inspection
from portal.features.nominations.models import Nomination
from portal.features.rosters import queries as rosters
from portal.features.teams.models import Team
from tests.journeys.carrying import World
from tests.support import surveyed
from tests.support.page import Page


def under(campaign: Campaign, page: str) -> str:
    """Give the address of a page of a campaign."""
    return f"/dot-khao-sat/{campaign.id}/{page}"


# --- before people are asked


def sends_its_team(world: World, campaign: Campaign, unit: str) -> Page:
    """Type the working team of a commune and send it."""
    page = world.at(unit).page(under(campaign, "to-cong-tac")).follow("Gõ danh sách")
    page = page.submit(
        "Lưu tổ công tác", name=["Nguyễn Văn A", "Trần Thị B", ""],
        position=["Phó Bí thư Thường trực", "Công chức", ""],
        body=["Đảng ủy", "Ủy ban nhân dân", ""], phone=["0912000001", "", ""],
        part=["head", "data_entry", "member"],
    )  # fmt: skip
    return page.submit("Nộp danh sách tổ")


def receives_teams(world: World, campaign: Campaign) -> Page:
    """Accept at the district every team that was sent."""
    district = world.at("Huyện A")
    sent = [str(team.id) for team in session().query(Team) if team.state == "submitted"]
    return district.page(under(campaign, "to-cong-tac")).submit("Nhận các tổ đã chọn", to=sent)


def lists_helpers(world: World, campaign: Campaign, unit: str) -> Page:
    """Put a helper on every half-day of the campaign; give the roster's page."""
    client = world.at(unit)
    address = under(campaign, f"danh-sach/{world.place[unit].id}")
    heads = ("Họ và tên", "Đơn vị", "Điện thoại", "Ngày", "Buổi", "Địa điểm")
    lines = [
        ("Lê Văn C", "Hội Nông dân", "0912000003", world.day(n), half, "Bộ phận một cửa")
        for n in range((campaign.closes_on - campaign.opens_on).days + 1)
        for half in ("Sáng", "Chiều")
    ]
    text = "\n".join("\t".join(line) for line in (heads, *lines))
    page = client.page(f"{address}/dan").submit("Kiểm tra bảng", text=text)
    page.submit(f"Lưu {len(lines)} dòng")
    return client.page(address)


def sends_its_roster(world: World, campaign: Campaign, unit: str) -> Page:
    """List the helpers and send the list."""
    return lists_helpers(world, campaign, unit).submit("Gửi danh sách", told="y")


def consolidates(world: World, campaign: Campaign, unit: str, body: str, *units: str) -> Page:
    """Accept the lists of some communes and send them on."""
    lists = [rosters.of_unit(campaign.id, world.place[name].id) for name in units]
    page = world.at(unit, body).page(under(campaign, "danh-sach/tong-hop"))
    page = page.submit("Nhận các danh sách đã chọn", roster=[str(one.id) for one in lists if one])
    return page.submit("Gửi lên")


def makes_public(world: World, campaign: Campaign, unit: str, channel: str, *contents: str) -> Page:
    """Record that contents are public by a channel, with a link or a broadcast hour."""
    wanted = "".join(f"&noi-dung={one}" for one in contents)
    page = world.at(unit).page(under(campaign, f"cong-khai/ghi?hinh-thuc={channel}{wanted}"))
    proof = {"times": "05:30"} if channel == "loa_truyen_thanh" else {"link": "https://xa1.vn/tin"}
    known = page.form("Ghi").names
    return page.submit("Ghi", **{name: value for name, value in proof.items() if name in known})


# --- while people are asked


def people_answer(world: World, campaign: Campaign, unit: str, n: int) -> None:
    """Let so many people of a commune answer today."""
    surveyed.answer(campaign, world.place[unit], ["1|co"] * n)


def reports_its_day(world: World, unit: str, visits: int | None = None, helped: int = 5) -> Page:
    """Send today's report from the home page: one tap to the form, two numbers, a link."""
    page = world.home(unit).follow("Điền báo cáo")
    figures = {"helped": str(helped), "link": "https://zalo.me/g/tin"}
    if visits is not None:
        figures["visits"] = str(visits)
    return page.submit("Nộp báo cáo ngày", **figures)


def inspects(world: World, campaign: Campaign, body: str, unit: str) -> Page:
    """Plan today's visit to a commune, and record that one point was missed."""
    desk = world.at("Huyện A", body)
    page = desk.page(under(campaign, "kiem-tra/len-lich"))
    page.submit(
        "Lên lịch", unit_ids=[str(world.place[unit].id)], inspectors="Phạm Thị D, Ban Chỉ đạo",
        day=format_date(clock.today()),
    )  # fmt: skip
    visit = session().query(Inspection).filter_by(campaign_id=campaign.id).one()
    page = desk.page(f"/kiem-tra/{visit.id}/ghi")
    found = {"v-scan": "met", "v-roster": "missed", "r-roster": "Chưa treo lịch"}
    return page.submit("Hoàn thành", **found).submit("Hoàn thành", sure="y")


def reminds(world: World, campaign: Campaign, body: str = "", duty: str = "") -> Page:
    """Remind at the district all units that have not done a duty."""
    address = under(campaign, f"don-doc?viec={duty}" if duty else "don-doc")
    return world.at("Huyện A", body).page(address).submit("Nhắc trên Cổng")


# --- afterwards


def proposes(world: World, campaign: Campaign, unit: str, name: str = "") -> Nomination:
    """Nominate a person of a commune, or the commune itself, and propose it."""
    kind = "person" if name else "collective"
    page = world.at(unit).page(under(campaign, "bieu-duong/them"))
    typed = {"kind": kind, "achievement": "Đúng hạn, đủ bằng chứng."}
    page = page.submit("Lưu bản nháp", **typed | ({"name": name} if name else {}))
    assert page.status == 200, page.alerts
    page.submit("Đề cử")
    return session().query(Nomination).order_by(Nomination.id.desc()).first()


def approves(world: World, one: Nomination, *, by_district: bool) -> None:
    """Have the district agree, where the way passes it, and the province put it on the list."""
    if by_district:
        world.at("Huyện A").page(f"/bieu-duong/{one.id}").submit("Đồng ý, chuyển tỉnh")
    world.at("Tỉnh").page(f"/bieu-duong/{one.id}").submit("Đưa vào danh sách trình")


def closes_the_list(world: World, campaign: Campaign) -> Page:
    """Close the list at the province."""
    return world.at("Tỉnh").page(under(campaign, "bieu-duong")).submit("Chốt danh sách trình")
