"""The agencies that the sample's draft was put before: most have answered, each in its own way."""

from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import Final

from portal.cli.sample import accounts
from portal.core import clock
from portal.core.database import write
from portal.features.consultations import (
    agencies,
    agency_answers,
    agency_entries,
    agency_queries,
)
from portal.features.consultations.agencies import Invited
from portal.features.consultations.agency_entries import Letter
from portal.features.consultations.comments import Said
from portal.features.consultations.models import Consultation, Submission
from portal.features.consultations.places import Finder
from portal.features.regulations import reading

HOST: Final = "xa.vhxh"
_OTHERS: Final = (
    "Công an phường", "Ban Chỉ huy Quân sự phường", "Trạm Y tế phường", "Trường THCS Ngô Quyền",
    "Trường Tiểu học Ngô Quyền", "Trường Mầm non Sao Mai", "Hội Cựu chiến binh phường",
    "Hội Người cao tuổi phường", "Ban Thanh tra nhân dân phường", "Trung tâm Dịch vụ phường",
)  # fmt: skip
_AGREE: Final = ("Ban Chỉ huy Quân sự phường", "Trường Mầm non Sao Mai", "Trạm Y tế phường")
_SENT: Final[Mapping[str, Sequence[tuple[str, str]]]] = {
    "Công an phường": (
        ("khoản 2 Điều 11", "Đề nghị quy định riêng thời hạn 03 ngày đối với phản ánh về an ninh, "
         "trật tự.\nLý do: việc cấp bách không chờ được 15 ngày."),
        ("khoản 4 Điều 4", "Bổ sung công khai số điện thoại trực ban."),
    ),
    "Trường THCS Ngô Quyền": (
        ("khoản 1 Điều 5", "Thêm bảng tin của các trường học vào nơi niêm yết."),
        ("khoản 3 Điều 5", "Không phát loa trong giờ học buổi chiều; đề nghị từ 17 giờ 30 phút."),
        ("chung", "Nên kèm bản tóm tắt một trang để phổ biến cho phụ huynh."),
    ),
    "Hội Người cao tuổi phường": (
        ("khoản 1 Điều 5", "Chữ niêm yết phải to, dán ngang tầm mắt người già."),
    ),
}  # fmt: skip
_LETTERS: Final[Mapping[str, tuple[str, int, Sequence[tuple[str, str]]]]] = {
    "Ban Thanh tra nhân dân phường": ("07/BTTND", 3, (
        ("khoản 1 Điều 11", "Ghi rõ Ban Thanh tra nhân dân được cung cấp hồ sơ trong 05 ngày."),
        ("điểm c khoản 3 Điều 4", "Chỉ công khai số lượng hộ được miễn, giảm, không nêu tên.\n"
         "Lý do: bảo vệ dữ liệu cá nhân."),
    )),
    "Hội Cựu chiến binh phường": ("12/CV-HCCB", 4, ()),
}  # fmt: skip
"""By agency: the number of its letter, how many days old it is, what it says."""
_KEEPS: Final = "Trường Tiểu học Ngô Quyền"


def create(consultation: Consultation) -> None:
    """Invite them; some agree, some comment, some wrote a letter, one is at it, some are silent."""
    host = accounts.acting(HOST)
    known = [one.id for one in agency_queries.invitable(consultation)]
    agencies.invite(host, consultation, Invited(known, _OTHERS))
    asked = {one.agency: one for one in agency_queries.listed(consultation.id)}
    find = _finder(consultation)
    for n, name in enumerate(_AGREE, 2):
        _send(asked[name], agrees=True)
        _earlier(asked[name], n)
    for name, said in _SENT.items():
        _keep(asked[name], find, said)
        _send(asked[name])
    for name, (number, days, said) in _LETTERS.items():
        letter = Letter(number, clock.today() - timedelta(days=days), agrees=not said)
        one = agency_entries.enter(host, consultation, asked[name], letter)
        agency_entries.add(host, one, [Said(find.find(at).key, text) for at, text in said])
    agency_answers.opened(asked[_KEEPS])
    _keep(asked[_KEEPS], find, [("khoản 1 Điều 9", "Họp tổ dân phố nên vào buổi tối.")])
    agencies.remind(host, consultation)


def _finder(consultation: Consultation) -> Finder:
    return Finder(reading.latest(consultation.draft_id))


def _keep(one: Submission, find: Finder, said: Sequence[tuple[str, str]]) -> None:
    typed = {find.find(at).key: text for at, text in said}
    agency_answers.keep(one, typed, agency_answers.seen(one, typed))


def _send(one: Submission, *, agrees: bool = False) -> None:
    agency_answers.opened(one)
    seen = agency_answers.seen(one)
    agency_answers.send(agency_answers.link_of(one), one, "", agrees=agrees, shown=seen)


def _earlier(one: Submission, days: int) -> None:
    with write():
        one.opened_on = one.sent_on = clock.today() - timedelta(days=days)
