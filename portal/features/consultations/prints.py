"""A consultation in print and in words: poster, what to post in Zalo, what to read aloud."""

from dataclasses import dataclass

from portal.core import clock
from portal.features.campaigns import rounds
from portal.features.campaigns.posters import Poster, typed_address
from portal.features.campaigns.wording import unit_kind
from portal.features.consultations.models import Consultation, TrackKind
from portal.features.documents.deadlines import Span
from portal.features.mailbox.prints import ALOUD_A_MINUTE

PATH = "g"
"""Under it lie the addresses at which drafts are read and commented on."""
OUTCOME = "ket-qua"


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


def outcome(base_url: str, code: str) -> str:
    """Give the address of the page that says what became of the comments."""
    return f"{address(base_url, code)}/{OUTCOME}"


def typed(base_url: str, code: str) -> str:
    """Give the address for typing: ``danchu.vn/g/k7rm-4wxq``."""
    return typed_address(f"{base_url}/{PATH}", code)


def poster(one: Consultation, base_url: str, *, sample: bool) -> Poster:
    """Give what stands on the prints of a consultation."""
    kind = unit_kind(one.unit.name, one.unit.full_name)
    return Poster(
        unit_name=one.unit.full_name,
        unit_line=one.unit.line_above,
        headline=f"Góp ý cho dự thảo của {kind}\u00a0ta",
        invitation="Không cần ghi tên, không hỏi số điện thoại; có mã để xem ý kiến được trả lời",
        url=address(base_url, one.code),
        typed_address=typed(base_url, one.code),
        code=one.code,
        rounds=_days(one),
        form_title=f"Dự thảo {one.draft.title}",
        about="Đọc từng điều trên điện thoại, góp ý ngay tại điều ấy, hoặc bấm Nhất trí.",
        asker=f"Tổng hợp, trả lời: {one.organisation.name}",
        sample=sample,
        last_step=("Góp ý rồi bấm", "Gửi ý kiến"),
    )


def words(one: Consultation, base_url: str) -> Words:
    """Give the words for groups in Zalo and for the loudspeaker, in one voice with the poster.

    Args:
        one: the consultation.
        base_url: the configured address of the portal.
    """
    url, place, days = address(base_url, one.code), one.unit.running_name, rounds.told(_days(one))
    title = one.draft.title
    zalo = (
        f"Kính mời bà con {place} đọc và góp ý dự thảo {title}. Không cần ghi tên, không hỏi số "
        f"điện thoại; đồng ý thì chỉ bấm Nhất trí. Gửi xong, ông/bà nhận một mã để xem ý kiến của "
        f"mình được trả lời ra sao. Thời gian: {days}. Bấm vào đây: {url}"
    )
    aloud = (
        f"Kính thưa bà con {place}. {one.organisation.name} đang lấy ý kiến bà con về dự thảo "
        f"{title}. Bà con quét mã ở nhà văn hóa, trụ sở Ủy ban nhân dân để đọc và góp ý trên điện "
        f"thoại; không phải ghi tên, không phải cho số điện thoại. Thời gian {days}. "
        f"{_ballots(one)}Ý kiến nào cũng được tổng hợp và trả lời công khai. Xin cảm ơn bà con."
    )
    return Words(url, typed(base_url, one.code), zalo, aloud)


def _days(one: Consultation) -> tuple[Span, ...]:
    track = one.track(TrackKind.PUBLIC) or next(iter(one.tracks), None)
    return (Span(track.opens_on, track.closes_on),) if track else ()


def _ballots(one: Consultation) -> str:
    track = one.track(TrackKind.HOUSEHOLD)
    if track is None:
        return ""
    first, last = clock.format_date(track.opens_on), clock.format_date(track.closes_on)
    days = f"ngày {first}" if first == last else f"từ ngày {first} đến ngày {last}"
    return f"Mỗi hộ còn nhận một phiếu lấy ý kiến tại tổ dân phố {days}. "
