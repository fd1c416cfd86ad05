"""What people said of the sample's draft on its public page, over the days that it has been open.

Their receipts nobody has: the slow step is left out.
"""

import secrets
from datetime import date, timedelta
from typing import Final

from sqlalchemy import select

from portal.cli.sample import accounts
from portal.core import clock
from portal.core.database import random_key, session, write
from portal.features.consultations import hiding, voice_delivery, voice_places
from portal.features.consultations.models import Comment, Consultation, TrackKind
from portal.features.consultations.places import Finder
from portal.features.consultations.voice_models import VoiceIntake
from portal.features.consultations.voice_reading import Sending

HOST: Final = "xa.vhxh"
_SAID: Final = (
    ((("khoản 3 Điều 4", "Đề nghị thêm: các khoản thu theo đầu hộ phải niêm yết tại nhà văn hóa "
       "tổ dân phố ít nhất 30 ngày."),), ("khoản 1 Điều 4", "khoản 2 Điều 4")),
    ((("điểm c khoản 3 Điều 4", "Danh sách được miễn, giảm nên ghi lý do chung, không ghi bệnh tật "
       "của từng người."),), ()),
    ((("khoản 1 Điều 5", "30 ngày là được, nhưng chữ phải to, dán ngang tầm mắt người già."),),
     ("Điều 1",)),
    ((("khoản 1 Điều 5", "Nên niêm yết cả ở cổng chợ, nhiều người không đến nhà văn hóa."),), ()),
    ((("khoản 3 Điều 5", "Loa 5 giờ 30 sáng là sớm quá, xin phát từ 6 giờ."),), ()),
    ((("điểm a khoản 3 Điều 5", "Phát loa từ 6 giờ sáng, nhà có trẻ nhỏ bị thức giấc."),), ()),
    ((("khoản 3 Điều 5", "Khu tôi không nghe thấy loa, xin thêm nhóm Zalo của tổ."),),
     ("khoản 4 Điều 5",)),
    ((("khoản 2 Điều 9", "Góp ý bằng điện thoại rất tiện, nhưng phải có người hướng dẫn ở nhà "
       "văn hóa."), ("", "Nên có bản tóm tắt một trang cho dễ đọc.")), ("khoản 1 Điều 9",)),
    ((("khoản 1 Điều 10", "Năm ngày làm việc hơi gấp, làm kỹ bảy ngày cũng được."),), ()),
    ((("khoản 2 Điều 10", "Không tiếp thu thì phải nói rõ vì sao, đừng ghi chung chung."),),
     ("khoản 3 Điều 10",)),
    ((("khoản 2 Điều 10", "Kết quả gửi lại cho người góp ý bằng cách nào, xin ghi rõ."),), ()),
    ((("khoản 2 Điều 11", "15 ngày là dài với việc điện, nước. Việc gấp nên 3 ngày."),), ()),
    ((("Điều 14", "Tổ trưởng nhiều việc quá, xin thêm phụ cấp in ấn."),), ()),
    ((("khoản 1 Điều 15", "Nên cho 30 ngày để các tổ kịp phổ biến."),), ("Điều 2",)),
    ((("", "Bố cục rõ, dễ hiểu. Tôi đồng ý."),), ("",)),
    ((("khoản 1 Điều 6", "Anh T. nhà số 12 chuyên làm sai giấy tờ, ai cũng biết."),), ()),
    ((), ("",)), ((), ("",)), ((), ("khoản 1 Điều 4", "khoản 1 Điều 5")), ((), ("",)),
)  # fmt: skip
"""By sending: comments by place, and what is agreed to; “” is the draft as a whole."""
_TELLS_NAME: Final = "Anh T."


def create(consultation: Consultation) -> None:
    """Have the draft commented on, a few a day, and have one comment asked to be hidden."""
    consultation_id, today = consultation.id, clock.today()
    find = Finder(voice_places.provisions(consultation.draft_id).values()).find
    days = _days(consultation)
    with write() as current:
        for at, (said, agreed) in enumerate(_SAID):
            comments = tuple((find(place).key if place else "", text) for place, text in said)
            agrees = tuple(find(place).key if place else "" for place in agreed)
            current.add(VoiceIntake(
                key=random_key(), consultation_id=consultation_id, day=days[at % len(days)],
                form_hash=secrets.token_bytes(32), receipt_hash=secrets.token_bytes(32),
                content=Sending(comments, agrees).packed(),
            ))  # fmt: skip
    voice_delivery.deliver(today)
    named = select(Comment).where(Comment.text.startswith(_TELLS_NAME)).order_by(Comment.id)
    for comment in session().scalars(named.limit(1)):
        hiding.ask(accounts.acting(HOST), comment, "Nêu một người cụ thể, không có căn cứ.")


def _days(consultation: Consultation) -> list[date]:
    track, today = consultation.track(TrackKind.PUBLIC), clock.today()
    assert track is not None
    return [track.opens_on + timedelta(days=n) for n in range((today - track.opens_on).days)]
