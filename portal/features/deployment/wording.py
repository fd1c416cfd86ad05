"""What a unit says to its people: loudspeaker script, Zalo text, guidance for those who help.

All in words of our own; the one rule in each of them is that people answer themselves (DOMAIN R02,
R03: on the spot or at home).
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from portal.core.clock import format_date
from portal.features.campaigns import code_queries, share
from portal.features.campaigns.models import Campaign, QrCode
from portal.features.deployment import spoken

_LONG = {
    "BCĐ": "Ban Chỉ đạo", "QCDC": "Quy chế dân chủ", "UBND": "Ủy ban nhân dân",
    "HĐND": "Hội đồng nhân dân", "MTTQ": "Mặt trận Tổ quốc", "TTHC": "thủ tục hành chính",
    "TP": "thành phố",
}  # fmt: skip
_SHORT = re.compile(rf"\b(?:{'|'.join(_LONG)})\b")
MOST_PLACES = 6
"""So many places are read out; nobody keeps more in mind."""


@dataclass(frozen=True)
class Sheet:
    """A sheet to be read out or handed over: a title, and paragraphs; “- ” begins a point."""

    title: str
    lines: tuple[str, ...]

    @property
    def text(self) -> str:
        """Give it as plain text."""
        return "\n\n".join((self.title, *self.lines))


def loudspeaker(code: QrCode, places: Sequence[str], supporter: str) -> Sheet:
    """Write what the loudspeaker says, days and numbers in words.

    Args:
        code: the unit's own.
        places: where codes hang besides the unit's own: “Nhà văn hóa tổ 3”.
        supporter: who helps there.
    """
    campaign, unit = code.campaign, code.unit
    cadres = asks_cadres(campaign)
    people = "các đồng chí" if cadres else "bà con"
    hello = (
        f"Kính thưa các đồng chí cán bộ, công chức {unit.running_name}!"
        if cadres else f"Kính thưa bà con nhân dân {unit.running_name}!"
    )  # fmt: skip
    spans = code_queries.rounds_of(code)
    last: date = spans[-1].last
    questions = len(campaign.questionnaire_version.definition.answered)
    title = f"BẢN TIN PHÁT THANH\n{share.form_title(campaign)} tại {unit.running_name}"
    lines = (
        hello,
        f"{_capital(spoken.rounds(spans))}, {_aloud(campaign.organisation.name)} lấy ý kiến "
        f"{people} {_subject(campaign)}.",
        f"Phiếu có {spoken.number(questions)} câu, trả lời trong khoảng "
        f"{spoken.number(campaign.minutes)} phút. Phiếu không ghi tên, không hỏi số điện thoại; "
        f"không ai biết {people} đã trả lời thế nào.",
        _ways(people, places, cadres=cadres),
        f"Ai chưa quen dùng điện thoại, xin gặp {_who(supporter)} để được chỉ cách mở phiếu. "
        f"Người hỗ trợ chỉ hướng dẫn kỹ thuật; {people} tự chọn câu trả lời, tại chỗ hoặc ở nhà.",
        f"Phiếu nhận đến hết {spoken.day(last)}. Mỗi ý kiến đều giúp {_here(campaign, code)} làm "
        "tốt hơn.",
        f"Rất mong {people} dành ít phút tham gia. Xin trân trọng cảm ơn!",
    )
    return Sheet(title, lines)


def zalo(code: QrCode, base_url: str) -> str:
    """Write what is sent to groups, with the address of the unit's own code."""
    people = "Các đồng chí" if asks_cadres(code.campaign) else "Bà con"
    return (
        f"{share.invitation(code, base_url).text}\n\n{people} tự trả lời, lúc nào cũng được trong "
        "những ngày trên; người hỗ trợ chỉ hướng dẫn cách mở phiếu."
    )


def guidance(code: QrCode, base_url: str) -> Sheet:
    """Write what whoever helps keeps to (DOMAIN D15, D16)."""
    campaign = code.campaign
    cadres = asks_cadres(campaign)
    who = "người được hỏi" if cadres else "người dân"
    last = format_date(code_queries.rounds_of(code)[-1].last)
    typed = share.invitation(code, base_url).typed_address
    return Sheet(
        f"HƯỚNG DẪN NGƯỜI HỖ TRỢ\n{share.form_title(campaign)} tại {code.unit.running_name}",
        (
            f"Chỉ hướng dẫn kỹ thuật, {who} tự trả lời.",
            "Nên làm:",
            f"- Mời, không ép; nói rõ phiếu không ghi tên, mất khoảng {campaign.minutes} phút.",
            f"- Chỉ cách quét mã QR, hoặc gõ địa chỉ {typed}; cách chuyển câu và bấm Gửi.",
            "- Ai khó đọc: đọc nguyên văn câu hỏi và mọi lựa chọn, rồi để họ tự chọn.",
            f"- Ai bận thì về nhà trả lời; đường dẫn dùng đến hết ngày {last}.",
            "- Chỗ đông thì báo tổ trưởng cử thêm người.",
            "Không làm:",
            "- Không chọn hộ, không gợi ý, không nhìn màn hình khi người khác đang chọn.",
            "- Không hỏi tên, số điện thoại; không chụp màn hình phiếu.",
            "- Ảnh gửi nhóm tránh rõ mặt người, giấy tờ và màn hình.",
            "- Không trả lời nhiều lần để tăng số phiếu; số phiếu được so với số lượt mỗi ngày.",
        ),
    )


def asks_cadres(campaign: Campaign) -> bool:
    """Say whether officials are asked, not citizens (plan 003)."""
    return campaign.questionnaire_version.definition.audience.startswith("Cán bộ")


def _ways(people: str, places: Sequence[str], *, cadres: bool) -> str:
    usual = "tại cơ quan" if cadres else "tại bộ phận một cửa và trụ sở ủy ban"
    where = f"tại {', '.join(places[:MOST_PLACES])}" if places else usual
    return (
        f"Để trả lời, {people} mở máy ảnh của điện thoại, quét mã in trên áp phích {where}; hoặc "
        "bấm vào đường dẫn trong nhóm Zalo."
    )


def _here(campaign: Campaign, code: QrCode) -> str:
    return "cơ quan" if asks_cadres(campaign) else code.unit.running_name


def _subject(campaign: Campaign) -> str:
    about = campaign.about.strip(" .")
    small = f"{about[:1].lower()}{about[1:]}"
    return _aloud(small if small.startswith("về ") else f"về {small}")


def _who(supporter: str) -> str:
    """Name who helps without what stands behind a comma: “Khối Dân vận, nơi không có …”."""
    return _aloud(supporter.partition(",")[0].strip())


def _aloud(text: str) -> str:
    """Write abbreviations out; nobody understands them by ear."""
    return _SHORT.sub(lambda found: _LONG[found[0]], text)


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
