"""The sample's opinions: some merged and answered, some waiting for the leader, most untouched."""

from collections.abc import Mapping, Sequence
from typing import Final

from sqlalchemy import select

from portal.cli.sample import accounts
from portal.cli.sample.consultations import HOST, LEADER
from portal.core.database import session
from portal.features.consolidation import explaining, listing, merging, queries
from portal.features.consolidation.explaining import Explained
from portal.features.consolidation.models import Decision, Opinion, State
from portal.features.consolidation.workflow import OPINION
from portal.features.consultations.models import Consultation
from portal.features.documents.recording import Author

ANSWERS: Final[Mapping[str, Explained]] = {
    "nha van hoa it nhat": Explained("content", Decision.ACCEPT, "Bổ sung vào điều này: niêm yết "
                                     "tại nhà văn hóa tổ dân phố ít nhất 30 ngày liên tục."),
    "phat loa buoi toi": Explained("content", Decision.PART, "Phát thêm một lần sau 18 giờ; giữ "
                                   "lần phát buổi sáng vì nhiều hộ đề nghị giữ."),
    "tung khoan thu": Explained("content", Decision.ACCEPT, "Ghi rõ mục đích sử dụng của từng "
                                "khoản thu trong bảng niêm yết."),
    "nam ngay lam viec": Explained("law", Decision.DECLINE, "Thời hạn này theo quy định của pháp "
                                   "luật; phường không rút ngắn được."),
    "ban tom tat": Explained("question", Decision.ACCEPT, "Phường in kèm một trang tóm tắt khi "
                             "ban hành quy chế."),
    "nhat tri voi du thao": Explained("content", Decision.ACCEPT, "Ghi nhận ý kiến nhất trí."),
}  # fmt: skip
"""By words of a comment what the division answers; of our own invention, like the comments."""
_APPROVED, _SUBMITTED = 3, 4
"""How many of these go all the way, and how many at least to the leader."""


def create(case: Consultation) -> None:
    """Merge what is the same word by word, and answer a part of the rest."""
    host, leader = accounts.acting(HOST), accounts.acting(LEADER)
    _merge_the_same(host, case)
    answered = [(one, told) for one in _waiting(case) if (told := _answer(one)) is not None]
    for number, (one, told) in enumerate(answered):
        explaining.write_down(host, one, told, one.version)
        if number < _SUBMITTED:
            OPINION.fire(host, one.id, "submit")
        if number < _APPROVED:
            OPINION.fire(leader, one.id, "approve")


def _answer(opinion: Opinion) -> Explained | None:
    return next((told for words, told in ANSWERS.items() if words in opinion.folded), None)


def _merge_the_same(host: Author, case: Consultation) -> None:
    first: dict[tuple[str, str], Opinion] = {}
    for one in _waiting(case):
        into = first.setdefault((one.key, one.folded), one)
        if into is not one:
            merging.merge(host, one, into)


def _waiting(case: Consultation) -> Sequence[Opinion]:
    query = select(Opinion).where(*queries.standing(case.id), Opinion.state == State.NEW)
    found = session().scalars(query.order_by(Opinion.id)).all()
    known = listing.Map(case, [one.key for one in found])
    return sorted(found, key=lambda one: (known.order(one.key), one.text, one.id))
