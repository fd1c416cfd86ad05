"""Minutes of posting and of taking down, drafted as a document to be signed and numbered.

One paper for what hangs on the boards of a unit for the same campaign, or of the same title; of
taking down, one for the content that was taken down that day, with the reason recorded. The
words are our own; the law asks for no form (Law 10/2022/QH15, Articles 12 and 13).
"""

from collections.abc import Sequence
from datetime import date

from portal.core import clock
from portal.core.errors import Invalid, Refused
from portal.core.text import N_
from portal.features.documents import beginning, letterheads
from portal.features.documents import queries as documents
from portal.features.documents.body import (
    Appendix,
    AppendixKind,
    Body,
    Head,
    Level,
    Party,
    Recipient,
    Section,
    Signature,
)
from portal.features.documents.models import Document, Letterhead
from portal.features.documents.recording import Author
from portal.features.documents.services import NewDocument
from portal.features.org_units.models import Organisation
from portal.features.publicity import queries
from portal.features.publicity.contents import BOARDS, CHANNELS, content
from portal.features.publicity.models import Posting
from portal.policy.permissions import Permission
from portal.policy.predicates import Actor
from portal.policy.table import allows

TYPE = "bien_ban"


def organs(author: Actor) -> list[Organisation]:
    """List the organs of the author that can issue minutes."""
    return list(documents.issuers(author))


def is_possible(author: Actor, posting: Posting) -> bool:
    """Say whether minutes can be drafted: it hangs on a board, and the author drafts."""
    return (
        posting.channel in BOARDS and not posting.mistaken
        and allows(author, Permission.DOCUMENT_CREATE)
    )  # fmt: skip


def draft(
    author: Author, posting: Posting, organisation_id: int | None = None, *, down: bool = False
) -> Document:
    """Begin the minutes as a draft; asked for twice at once it is begun once.

    Args:
        author: drafts for the organ, at the unit of the posting.
        posting: on a board.
        organisation_id: one of `organs`; None for the first.
        down: of taking down, not of posting.

    Raises:
        Refused: nothing to write down, or no organ has a letterhead.
        Invalid: the organ is not the author's.
    """
    offered = organs(author)
    if not offered:
        raise Refused(NO_ORGAN)
    organ = organisation_id or offered[0].id
    letterhead = letterheads.of(organ)
    if letterhead is None or organ not in {one.id for one in offered}:
        raise Invalid({"organisation_id": NO_ORGAN})
    postings = _down_with(posting) if down else _together(posting)
    if not postings:
        raise Refused(N_("Chưa có nội dung nào được ghi là đã gỡ."))
    return beginning.begin(author, NewDocument(organ, TYPE, _body(postings, letterhead, down=down)))


def _together(posting: Posting) -> list[Posting]:
    """List what belongs into one paper: on the boards, for the same campaign or of one title."""
    return [
        one for one in queries.of_unit(posting.campaign_id, posting.unit_id)
        if one.channel in BOARDS and not one.mistaken
        and (posting.campaign_id is not None or (one.object, one.title)
             == (posting.object, posting.title))
    ]  # fmt: skip


def _down_with(posting: Posting) -> list[Posting]:
    """List what was taken down in one go: the same content, on the same day."""
    return [
        one for one in _together(posting)
        if one.taken_down_on and (one.object, one.title, one.taken_down_on)
        == (posting.object, posting.title, posting.taken_down_on)
    ]  # fmt: skip


def _body(postings: Sequence[Posting], letterhead: Letterhead, *, down: bool) -> Body:
    what, day = ("gỡ niêm yết", _last_down(postings)) if down else (
        "niêm yết công khai", max(one.from_on for one in postings)
    )  # fmt: skip
    about = _one(postings[0]) if down else _about(postings[0])
    paragraphs = (
        (Level.PART, "Thời gian, địa điểm",
         f"Ngày {clock.format_date(day)}, tại {_places(postings)}."),
        (Level.PART, "Thành phần",
         "Đại diện cơ quan, đơn vị: … Chức vụ: …\nĐại diện thôn, tổ dân phố nơi niêm yết: …\n"
         "Người chứng kiến: …"),
        (Level.PART, "Nội dung",
         f"Các bên cùng lập biên bản về việc {what} {about}, gồm {len(postings)} mục nêu tại Phụ "
         f"lục.{_why(postings) if down else ''}\n{_STATE[down]}"),
        (Level.PART, "Kết luận",
         "Biên bản lập thành 02 bản, đã đọc cho mọi người cùng nghe, thống nhất nội dung và ký "
         "tên."),
    )  # fmt: skip
    return Body(
        head=Head(letterhead.parent_name, letterhead.issuer_name, letterhead.symbol,
                  letterhead.place),
        summary=f"về việc {what} {about}",
        sections=tuple(Section(level=level, heading=head.upper(), text=text)
                       for level, head, text in paragraphs),
        signature=Signature(letterhead.authority, letterhead.titles, letterhead.signer),
        recipients=(Recipient(Party("Lưu hồ sơ công khai")),),
        appendices=(Appendix(kind=AppendixKind.TABLE, title=f"Nội dung {what}",
                             text=_table(postings, down=down)),),
    )  # fmt: skip


def _table(postings: Sequence[Posting], *, down: bool) -> str:
    rows = [("TT", "Nội dung", "Hình thức, nơi niêm yết", "Từ ngày", _LAST[down])]
    rows += [
        (str(n), _plain(one.title or content(one.object).name),
         _plain(", ".join(filter(None, (CHANNELS[one.channel], one.place)))),
         clock.format_date(one.from_on), _end(one, down=down))
        for n, one in enumerate(postings, 1)
    ]  # fmt: skip
    return "\n".join("\t".join(row) for row in rows)


def _end(one: Posting, *, down: bool) -> str:
    day = one.taken_down_on if down else one.to_on
    return clock.format_date(day) if day else "Thường xuyên"


def _about(posting: Posting) -> str:
    if posting.campaign is not None:
        return f"kế hoạch, nội dung của {posting.campaign.name}"
    return posting.title


def _one(posting: Posting) -> str:
    """Name one content: “Danh sách, lịch phân công (Khảo sát …)”."""
    name = posting.title or content(posting.object).name
    return f"{name} ({posting.campaign.name})" if posting.campaign else name


def _why(postings: Sequence[Posting]) -> str:
    reasons = dict.fromkeys(_plain(one.taken_down_why).rstrip(". ") for one in postings)
    return f" Lý do gỡ: {'; '.join(reasons)}."


def _places(postings: Sequence[Posting]) -> str:
    places = dict.fromkeys(one.place for one in postings if one.place)
    return ", ".join(places) or f"trụ sở {postings[0].unit.running_name}"


def _last_down(postings: Sequence[Posting]) -> date:
    return max(one.taken_down_on for one in postings if one.taken_down_on)


def _plain(text: str) -> str:
    return text.replace("\t", " ").replace("\n", " ")


_STATE = {
    False: "Vị trí dán, tình trạng tài liệu khi niêm yết: …",
    True: "Tình trạng tài liệu trước khi gỡ: …",
}
"""What nobody records is left to be filled in by hand."""
_LAST = {False: "Đến ngày", True: "Ngày gỡ"}
NO_ORGAN = N_("Đơn vị chưa có cơ quan nào đặt thể thức văn bản. Mời đặt ở mục Thể thức trước.")
