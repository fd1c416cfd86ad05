"""Where a consultation and its tracks stand, in words: for its officials and for everybody."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from portal.core import clock
from portal.core.clock import format_date
from portal.core.text import N_
from portal.features.consultations import standing
from portal.features.consultations.models import Consultation, State
from portal.features.consultations.standing import Standing, Where


@dataclass(frozen=True)
class Words:
    """Where something stands: a tag, and a sentence with values."""

    tag: str
    tone: str
    shape: str
    message: str
    values: Mapping[str, object] = field(default_factory=dict)


def words(one: Consultation) -> Words:
    """Say where a consultation stands today."""
    if one.state == State.REPORTED and one.answers_public_on is not None:
        message = DECIDED if one.decided_on else PUBLIC
        public_on = {"day": format_date(one.answers_public_on)}
        return Words(N_("Đã công khai giải trình"), "blue", "check", message, public_on)
    if one.state != State.PUBLISHED:
        return _STATES[one.state]
    today, last = clock.today(), standing.last_day(one)
    first = standing.first_day(one)
    if first and today < first:
        return Words(N_("Chưa tới ngày"), "plain", "clock", AHEAD, {"day": format_date(first)})
    if last and today <= last:
        values = {"day": format_date(last), "n": (last - today).days}
        return Words(N_("Đang lấy ý kiến"), "green", "check", RUNNING, values)
    due = one.report_due_on
    if due is None:
        return Words(N_("Đang tổng hợp"), "amber", "half", SUMMING)
    left = (due - today).days
    values = {"day": format_date(due), "n": abs(left)}
    tone, message = ("amber", SUMMING_UNTIL) if left >= 0 else ("red", LATE)
    return Words(N_("Đang tổng hợp"), tone, "half", message, values)


def on_track(where: Where) -> Words:
    """Say where one track stands today."""
    if where.standing is Standing.OPEN and where.closes_on:
        values = {"n": where.days_left}
        message = N_("còn %(n)s ngày") if where.days_left else N_("hôm nay là ngày cuối")
        return Words(N_("Đang nhận"), "green", "check", message, values)
    if where.standing is Standing.BEFORE:
        return Words(N_("Chưa tới ngày"), "plain", "clock", "")
    if where.standing is Standing.OVER:
        return Words(N_("Đã hết hạn"), "plain", "lock", "")
    return Words(N_("Chưa công bố"), "plain", "pencil", "")


def told(one: Consultation) -> Words:
    """Say it to citizens: whether they can speak, or where the answers are."""
    if one.answers_public_on is not None:
        return Words(N_("Đã trả lời"), "plain", "check", ANSWERED)
    last = standing.last_day(one)
    if one.state == State.PUBLISHED and last and clock.today() <= last:
        return words(one)
    return Words(N_("Đang tổng hợp"), "plain", "half", SUMMING)


PUBLIC = N_("Đã công khai phần tiếp thu, giải trình từ %(day)s; chờ ban hành quy chế.")
DECIDED = N_("Đã công khai phần tiếp thu, giải trình từ %(day)s và ban hành quy chế; chờ kết thúc.")
ANSWERED = N_("Đã trả lời từng ý kiến; mời xem bà con nói gì, phường đã làm gì.")
AHEAD = N_("Bắt đầu lấy ý kiến từ %(day)s.")
RUNNING = N_("Đang lấy ý kiến, đến hết %(day)s, còn %(n)s ngày.")
SUMMING = N_("Đã hết thời gian lấy ý kiến, đang tổng hợp.")
SUMMING_UNTIL = N_("Đã hết thời gian lấy ý kiến. Báo cáo chậm nhất %(day)s, còn %(n)s ngày.")
LATE = N_("Đã hết thời gian lấy ý kiến. Báo cáo quá hạn %(n)s ngày (%(day)s).")
_STATES: Mapping[str, Words] = {
    State.DRAFT: Words(N_("Bản nháp"), "plain", "pencil", N_("Chưa công bố; chỉ đơn vị thấy.")),
    State.REPORTED: Words(
        N_("Đã có báo cáo"), "blue", "check",
        N_("Báo cáo tiếp thu, giải trình đã lập; chờ công khai giải trình và ban hành quy chế."),
    ),
    State.CLOSED: Words(
        N_("Đã kết thúc"), "plain", "lock",
        N_("Quy chế đã ban hành, phần tiếp thu, giải trình đã công khai."),
    ),
    State.CANCELLED: Words(N_("Đã hủy"), "plain", "dash", N_("Đợt này đã hủy.")),
}  # fmt: skip
