"""What letters are, by whoever wrote them and by whoever reads them."""

from enum import StrEnum

from portal.core.text import N_


class Category(StrEnum):
    """What a letter is."""

    PRAISE = "praise"
    SUGGESTION = "suggestion"
    REPORT = "report"
    COMPLAINT = "complaint"
    DENUNCIATION = "denunciation"


WRITTEN = (Category.PRAISE, Category.SUGGESTION, Category.REPORT)
"""What a sender can choose: complaints and denunciations go another way by law; a reader may find
that a letter is one all the same."""

LAWFUL_WAY = frozenset({Category.COMPLAINT, Category.DENUNCIATION})
"""What the law on complaints and the law on denunciations give to a body and a procedure."""

CATEGORY_LABELS: dict[str, str] = {
    Category.PRAISE: N_("Khen ngợi"),
    Category.SUGGESTION: N_("Góp ý"),
    Category.REPORT: N_("Phản ánh, kiến nghị"),
    Category.COMPLAINT: N_("Khiếu nại"),
    Category.DENUNCIATION: N_("Tố cáo"),
}


class State(StrEnum):
    """Where a letter stands."""

    RECEIVED = "received"
    CLASSIFIED = "classified"
    ASSIGNED = "assigned"
    ANSWERED = "answered"
    APPROVED = "approved"
    PUBLISHED = "published"
    CLOSED = "closed"
    REFERRED = "referred"
    MERGED = "merged"
    HIDDEN = "hidden"
    WITHDRAWN = "withdrawn"


STATE_LABELS: dict[str, str] = {
    State.RECEIVED: N_("Mới nhận"),
    State.CLASSIFIED: N_("Đã phân loại"),
    State.ASSIGNED: N_("Đang giải quyết"),
    State.ANSWERED: N_("Chờ duyệt trả lời"),
    State.APPROVED: N_("Đã trả lời"),
    State.PUBLISHED: N_("Đã công khai"),
    State.CLOSED: N_("Đã kết thúc"),
    State.REFERRED: N_("Đã chuyển cơ quan có thẩm quyền"),
    State.MERGED: N_("Gộp với thư cùng việc"),
    State.HIDDEN: N_("Đã ẩn"),
    State.WITHDRAWN: N_("Người gửi đã rút"),
}


class HidingState(StrEnum):
    """Where the wish to hide a letter stands."""

    ASKED = "asked"
    HIDDEN = "hidden"
    REFUSED = "refused"
    LIFTED = "lifted"


OPEN = frozenset({State.RECEIVED, State.CLASSIFIED, State.ASSIGNED, State.ANSWERED})
"""Somebody still has to do something."""
ANSWERED = frozenset({State.APPROVED, State.PUBLISHED, State.CLOSED})
"""The sender has an answer."""


class Side(StrEnum):
    """Who wrote a message."""

    SENDER = "sender"
    OFFICE = "office"
    NOTE = "note"
    """Among the readers; the sender never sees it."""


class Count(StrEnum):
    """By what arrivals are counted."""

    ALL = "all"
    POINT = "point"
    CATEGORY = "category"
    FIELD = "field"
    SEALED = "sealed"
    WITHDRAWN = "withdrawn"
