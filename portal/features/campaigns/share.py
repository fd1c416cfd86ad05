"""How people are led to a form: its address, the words for Zalo, the poster."""

from dataclasses import dataclass

from portal.features.campaigns import code_queries, rounds
from portal.features.campaigns.models import Campaign, QrCode
from portal.features.campaigns.posters import Poster, typed_address
from portal.features.campaigns.wording import form_code, headline_for


@dataclass(frozen=True)
class Panel:
    """What an official passes on: every text is Vietnamese, ready to be sent."""

    text: str
    address: str
    typed_address: str


def address(base_url: str, code: str) -> str:
    """Give the address in the QR code; from the configured base, never from a request's host."""
    return f"{base_url}/{code}"


def invitation(code: QrCode, base_url: str) -> Panel:
    """Give the words for the people of one unit, or of one of its points.

    Args:
        code: its live code; the days are those on which it takes answers.
        base_url: the configured address of the portal.
    """
    campaign, url = code.campaign, address(base_url, code.code)
    days = rounds.told(code_queries.rounds_of(code))
    invited = "các đồng chí ở" if _asks_cadres(campaign) else "bà con"
    text = (
        f"Kính mời {invited} {code.unit.running_name} trả lời {_small(form_title(campaign))}"
        f" ({days}), khoảng {campaign.minutes} phút, không ghi tên: {url}"
    )
    return Panel(text, url, typed_address(base_url, code.code))


def poster(code: QrCode, base_url: str, *, sample: bool) -> Poster:
    """Give what stands on the prints of a unit, or of one of its points."""
    campaign, unit = code.campaign, code.unit
    return Poster(
        unit_name=unit.full_name,
        unit_line=unit.line_above,
        headline=headline_for(campaign, unit),
        invitation=f"Khoảng {campaign.minutes} phút, không ghi tên, không hỏi số điện thoại",
        url=address(base_url, code.code),
        typed_address=typed_address(base_url, code.code),
        code=code.code,
        rounds=code_queries.rounds_of(code),
        form_title=form_title(campaign),
        about=_about(campaign),
        asker=f"Cơ quan lấy ý kiến: {campaign.organisation.name}",
        sample=sample,
        point=code.point.name if code.point else "",
    )


def form_title(campaign: Campaign) -> str:
    """Give the form's short name: “Phiếu khảo sát PKS 03”."""
    return f"Phiếu khảo sát {form_code(campaign.questionnaire_version.definition)}"


def _about(campaign: Campaign) -> str:
    about = campaign.about.rstrip(". ")
    who = "Đồng chí" if _asks_cadres(campaign) else "Ông/bà"
    how = "tự trả lời, tại chỗ hoặc ở nhà; cán bộ chỉ hướng dẫn cách mở phiếu"
    return f"{about[:1].upper()}{about[1:]}. {who} {how}."


def _asks_cadres(campaign: Campaign) -> bool:
    return campaign.questionnaire_version.definition.audience.startswith("Cán bộ")


def _small(text: str) -> str:
    return text[:1].lower() + text[1:]
