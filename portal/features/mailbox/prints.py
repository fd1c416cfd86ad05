"""A box in print and in words: posters and cards, what to post in Zalo, what to read aloud."""

from dataclasses import dataclass

from portal.core import clock
from portal.features.campaigns import rounds
from portal.features.campaigns.posters import Poster, typed_address
from portal.features.campaigns.wording import unit_kind
from portal.features.documents.deadlines import Span
from portal.features.mailbox.models import Mailbox, MailboxPoint
from portal.features.org_units.models import Unit

TITLE = "Hòm thư góp ý điện tử"
PATH = "h"
"""Under it lie the addresses at which letters are written."""
ALOUD_A_MINUTE = 180
"""Syllables that a village announcer reads in a minute."""


@dataclass(frozen=True)
class Words:
    """What is passed on: every text is Vietnamese, ready to be sent or read aloud."""

    address: str
    typed: str
    zalo: str
    aloud: str

    @property
    def seconds(self) -> int:
        """Estimate how long the announcement takes."""
        return round(len(self.aloud.split()) * 60 / ALOUD_A_MINUTE)


def address(base_url: str, code: str) -> str:
    """Give the address in the QR code; from the configured base, never from a request's host."""
    return f"{base_url}/{PATH}/{code}"


def typed(base_url: str, code: str) -> str:
    """Give the same for typing: ``danchu.vn/h/k7rm-4wxq``."""
    return typed_address(f"{base_url}/{PATH}", code)


def poster(
    box: Mailbox, point: MailboxPoint | None, base_url: str, *, sample: bool
) -> Poster:  # fmt: skip
    """Give what stands on the prints of a box, or of one of its points."""
    code = point.code if point else box.code
    return Poster(
        unit_name=box.unit.full_name,
        unit_line=box.unit.line_above,
        headline=f"Góp ý cho cán bộ, công chức {_kind(box.unit)}\u00a0ta",
        invitation="Không cần ghi tên, không hỏi số điện thoại; có mã để theo dõi trả lời",
        url=address(base_url, code),
        typed_address=typed(base_url, code),
        code=code,
        rounds=_left(box),
        form_title=f"{TITLE} – không cần ghi tên",
        about=f"{_begun(box.subject)}. {_who_reads(box)}",
        asker=f"Vận hành: {box.organisation.name}",
        sample=sample,
        point=point.point.name if point else "",
        last_step=("Viết thư rồi bấm", "Gửi thư"),
    )


def words(box: Mailbox, base_url: str, point: MailboxPoint | None = None) -> Words:
    """Give the words for groups in Zalo and for the loudspeaker, in one voice with the poster.

    Args:
        box: the box.
        base_url: the configured address of the portal.
        point: whose code is passed on; the box's own without one.
    """
    code = point.code if point else box.code
    url, place = address(base_url, code), box.unit.running_name
    subject, days = _small(box.subject), rounds.told(_left(box))
    between = " Giữa các đợt, hòm thư vẫn nhận thư." if _has_gaps(box) else ""
    zalo = (
        f"Kính mời bà con {place} góp ý về {subject} qua {TITLE.lower()}. Không cần ghi tên, "
        f"không hỏi số điện thoại. {_who_reads(box)} Gửi xong, ông/bà nhận một mã để theo dõi "
        f"trả lời. Thời gian: {days}.{between} Bấm vào đây để viết: {url}"
    )
    aloud = (
        f"Kính thưa bà con {place}. {box.organisation.name} mời bà con góp ý về {subject}, bằng "
        f"cách quét mã ở {_places(box)}. Bà con không phải ghi tên, không phải cho số điện thoại. "
        f"{_who_reads(box)} Ai không quen dùng điện thoại, xin nhờ con cháu hoặc đoàn viên "
        f"hướng dẫn cách mở. Thời gian góp ý {days}.{between} Xin cảm ơn bà con."
    )
    return Words(url, typed(base_url, code), zalo, aloud)


def _left(box: Mailbox) -> tuple[Span, ...]:
    """Give the rounds that are not over: nobody prints what has been."""
    return tuple(one for one in box.rounds if one.last >= clock.today()) or box.rounds


def _who_reads(box: Mailbox) -> str:
    return f"{box.reader.name} đọc và trả lời trong {box.answer_days} ngày."


def _places(box: Mailbox) -> str:
    return f"bộ phận một cửa và các nhà văn hóa của {_kind(box.unit)}"


def _has_gaps(box: Mailbox) -> bool:
    return box.takes_between and len(_left(box)) > 1


def _kind(unit: Unit) -> str:
    return unit_kind(unit.name, unit.full_name)


def _begun(text: str) -> str:
    text = text.rstrip(". ")
    return text[:1].upper() + text[1:]


def _small(text: str) -> str:
    text = text.rstrip(". ")
    return text[:1].lower() + text[1:]
