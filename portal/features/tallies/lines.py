"""The numbers of a week in sentences and as a table, as papers print them."""

from collections.abc import Iterator, Mapping

from portal.core.clock import format_date
from portal.features.letters.kinds import CATEGORY_LABELS, STATE_LABELS, Count
from portal.features.mailbox import queries as boxes
from portal.features.mailbox.models import Mailbox
from portal.features.tallies.counting import PLAIN, SEALED
from portal.features.tallies.figures import Figures
from portal.features.tallies.pools import REST, Pool
from portal.features.tallies.weeks import last_of

ONLINE = "Trên mạng"
NO_FIELD = "Không ghi lĩnh vực"
REST_NAME = "Các loại khác cộng lại"
REOPENED = "Mở lại, hỏi lại, trả lời theo thư gộp"
OTHERWISE = "Thôi chờ vì gộp, chuyển, rút, ẩn hoặc trả lời lại"
PUBLIC = "Đang hiện ở trang công khai"
HEADS: Mapping[str, str] = {
    Count.CATEGORY: "Theo loại",
    Count.FIELD: "Theo lĩnh vực",
    Count.SEALED: "Theo nơi đọc",
}
_SEALED_NAMES = {PLAIN: "Bên đọc của phường", SEALED: "Chuyển thẳng cấp trên, niêm phong"}


def point_names(box: Mailbox) -> dict[str, str]:
    """Give the names of the points of a box by their numbers as they are counted."""
    hung = boxes.points_of(box.id, removed=True)
    return {"": ONLINE} | {str(one.id): one.point.name for one in hung}


def kind_name(about: str, kind: str) -> str:
    """Give what a kind of letters is called."""
    if kind == REST:
        return REST_NAME
    if about == Count.CATEGORY:
        return CATEGORY_LABELS[kind]
    if about == Count.SEALED:
        return _SEALED_NAMES[kind]
    return kind or NO_FIELD


def named(about: str, counts: Mapping[str, int]) -> dict[str, int]:
    """Give what letters are about by name, the most frequent first and the rest last."""
    ranked = sorted(counts.items(), key=lambda one: (one[0] == REST, -one[1], one[0]))
    return {kind_name(about, kind): n for kind, n in ranked}


def span_of(pool: Pool) -> str:
    """Say of which days a pool tells."""
    return f"từ ngày {format_date(pool.first)} đến ngày {format_date(last_of(pool.last))}"


def counted(n: int) -> str:
    """Write a number of letters as papers do: “07 thư”."""
    return f"{two(n)} thư"


def two(n: int) -> str:
    """Write a number as papers do: in two figures, nothing as “0”."""
    return f"{n:02}" if n else "0"


def told(box: Mailbox, found: Figures) -> Iterator[str]:
    """Give the numbers of a week as sentences."""
    if found.is_nil:
        yield ("Tiếp nhận: trong tuần không có thư nào; từ đầu đến nay có "
               f"{counted(found.so_far)}.")  # fmt: skip
    else:
        names = point_names(box)
        where = "; ".join(f"{names.get(one, one)}: {counted(n)}"
                          for one, n in found.by_point.items() if n)  # fmt: skip
        yield (f"Tiếp nhận: trong tuần có {counted(found.arrived)} ({where}); từ đầu đến nay có "
               f"{counted(found.so_far)}.")  # fmt: skip
    yield (f"Giải quyết: chuyển từ tuần trước sang {counted(found.carried)};{_back(found)} trả lời "
           f"trong tuần {counted(found.answered)} (đúng hạn {two(found.in_time)}, quá hạn "
           f"{two(found.late)});{_gone(found)} đến hết tuần còn "
           f"{counted(found.open)} chưa trả lời, trong đó quá hạn "
           f"{two(found.overdue)}.")  # fmt: skip
    yield (f"Chuyển cơ quan có thẩm quyền {counted(found.referred)}; người gửi rút lại "
           f"{counted(found.withdrawn)}; bị ẩn theo quyết định của cấp trên "
           f"{counted(found.hidden)}.{_public(found)}")  # fmt: skip
    about = [f"{HEADS[one].lower()} ({span_of(pool)}): {_parts(one, pool)}"
             for one, pool in found.about.items() if pool]  # fmt: skip
    if about:
        yield f"Nội dung thư {'; '.join(about)}."
    else:
        yield (f"Nội dung thư: chưa tách theo loại và lĩnh vực, vì có loại dưới {found.k} thư; "
               "được cộng vào tuần sau.")  # fmt: skip
    if found.ratings:
        yield (f"Phiếu đánh giá kèm hòm thư: trong tuần có {two(found.ratings.week)} phiếu, từ "
               f"đầu đến nay {two(found.ratings.so_far)} phiếu.")  # fmt: skip


def _back(found: Figures) -> str:
    if found.reopened is None:
        return ""
    return f" mở lại, hỏi lại, trả lời theo thư gộp {counted(found.reopened)};"


def _gone(found: Figures) -> str:
    """Say what else left those that wait: with it, the sentence adds up."""
    if found.reopened is None or not found.left_otherwise:
        return ""
    return f" thôi chờ vì gộp, chuyển, rút, ẩn hoặc trả lời lại {counted(found.left_otherwise)};"


def _public(found: Figures) -> str:
    return "" if found.public is None else f" Đang hiện ở trang công khai {counted(found.public)}."


def asked(found: Figures) -> str:
    """Say what the board is asked for."""
    if found.overdue:
        return (f"Đề nghị Ban Chỉ đạo chỉ đạo giải quyết dứt điểm {counted(found.overdue)} quá hạn "
                f"và {counted(found.open - found.overdue)} còn trong hạn.")  # fmt: skip
    if found.open:
        return f"Đề nghị Ban Chỉ đạo giải quyết {counted(found.open)} còn trong hạn."
    return "Không có thư tồn đọng."


def table(box: Mailbox, found: Figures) -> Iterator[tuple[str, str]]:
    """Give the numbers of a week as rows, the first one the head."""
    yield "Nội dung", "Số thư"
    yield "Tiếp nhận trong tuần", str(found.arrived)
    names = point_names(box)
    for point, n in found.by_point.items():
        yield f"– {names.get(point, point)}", str(n)
    yield "Chuyển từ tuần trước sang", str(found.carried)
    if found.reopened is not None:
        yield REOPENED, str(found.reopened)
    yield "Trả lời đúng hạn", str(found.in_time)
    yield "Trả lời quá hạn", str(found.late)
    if found.reopened is not None:
        yield OTHERWISE, str(found.left_otherwise)
    yield "Chưa trả lời, trong hạn", str(found.open - found.overdue)
    yield "Chưa trả lời, quá hạn", str(found.overdue)
    yield "Chuyển cơ quan có thẩm quyền", str(found.referred)
    yield "Người gửi rút lại", str(found.withdrawn)
    yield "Bị ẩn", str(found.hidden)
    yield "Tất cả thư từ đầu đến hết tuần", str(found.so_far)
    states = ((label, found.states.get(state, 0)) for state, label in STATE_LABELS.items())
    yield from ((f"– {label}", str(n)) for label, n in states if n)
    if found.public is not None:
        yield PUBLIC, str(found.public)
    yield from _about_rows(found)


def _about_rows(found: Figures) -> Iterator[tuple[str, str]]:
    for about, pool in found.about.items():
        if pool:
            yield f"{HEADS[about]} ({span_of(pool)})", str(pool.total)
            yield from ((f"– {kind}", str(n)) for kind, n in named(about, pool.counts).items())


def _parts(about: str, pool: Pool) -> str:
    return ", ".join(f"{kind} {n:02}" for kind, n in named(about, pool.counts).items())
