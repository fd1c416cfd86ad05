"""The forms of publicity: record what was made public, add to it, take it down."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import cast

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import (
    BooleanField,
    HiddenField,
    IntegerField,
    SelectField,
    SelectMultipleField,
    StringField,
    TextAreaField,
)
from wtforms.validators import Optional
from wtforms.widgets import CheckboxInput, ListWidget

from portal.features.campaigns.fieldwork import Rules
from portal.features.documents.models import Document
from portal.features.publicity.contents import CHANNELS, Proof, content, legal, proof_of
from portal.features.publicity.models import Posting
from portal.features.publicity.pages import Begun
from portal.features.publicity.services import Addition
from portal.features.publicity.taking import NewPosting
from portal.web.evidence import EvidenceFields
from portal.web.forms import DateField, Filled, PortalForm


class Contents(SelectMultipleField):
    """Ticks, one for each content."""

    widget = ListWidget(prefix_label=False)
    option_widget = CheckboxInput()


class NewPostingForm(EvidenceFields, PortalForm):
    """One or more contents of a campaign by one channel. The service knows what can be chosen."""

    objects = Contents(_l("Nội dung"), validate_choice=False)
    channel = SelectField(_l("Hình thức"), validate_choice=False)
    from_on = DateField(_l("Từ ngày"), [Filled()])
    to_on = DateField(_l("Đến hết ngày"), description=_l("Để trống nếu công khai thường xuyên."))
    point = SelectField(_l("Nơi công khai"), validate_choice=False)
    place = StringField(_l("Nơi khác"), description=_l("Bảng tin, phòng họp, tên trang, tên nhóm."))
    times = StringField(_l("Giờ phát mỗi ngày"), description=_l("Ví dụ: 5:30, 17:00"))
    told = BooleanField(_l("Đã phổ biến tới người dân"))
    note = TextAreaField(_l("Ghi chú"))
    sure = BooleanField(_l("Đúng là đã công khai từ ngày trên"))

    def offer(self, rules: Rules, begun: Begun) -> None:
        """Offer what a campaign asks for, and the points of the commune."""
        self.objects.choices = [(code, _(content(code).name)) for code in rules.objects]
        self.channel.choices = [(code, _(CHANNELS[code])) for code in rules.channels]
        self.offer_points(begun)

    def offer_points(self, begun: Begun) -> None:
        """Offer the points of the commune."""
        self.point.choices = [("", _("Trụ sở, hoặc ghi ở ô dưới"))] + [
            (str(point.id), point.name) for point in begun.points
        ]

    @property
    def posting(self) -> NewPosting:
        """Give what was filled in, after `validate`."""
        return NewPosting(
            tuple(self.objects.data or ()),
            self.channel.data or "",
            cast(date, self.from_on.data),
            self.to_on.data,
            place=self.place.data or "",
            point_id=number(self.point.data),
            times=self.times.data or "",
            told=bool(self.told.data),
            note=self.note.data or "",
            sure=bool(self.sure.data),
        )


class OwnPostingForm(NewPostingForm):
    """One content that the law wants public."""

    title = StringField(_l("Tên nội dung"), description=_l("Tên mà người dân nhận ra, ví dụ: "
                        "Dự toán ngân sách phường năm 2024"))  # fmt: skip
    document = SelectField(_l("Văn bản trên Cổng"), validate_choice=False)
    decided_on = DateField(_l("Ngày của văn bản"), description=_l("Thời hạn 10 ngày làm việc được "
                           "tính từ ngày này."))  # fmt: skip

    def offer_all(self, documents: Sequence[Document], begun: Begun) -> None:
        """Offer the contents of the law, every channel, the unit's documents and points."""
        self.objects.choices = [(one.code, one.name) for one in legal().values()]
        self.channel.choices = [(code, _(name)) for code, name in CHANNELS.items()]
        self.document.choices = [("", _("Không có trên Cổng"))] + [
            (str(one.id), f"{one.symbol}: {one.name}"[:120]) for one in documents
        ]
        self.offer_points(begun)

    @property
    def posting(self) -> NewPosting:
        """Give what was filled in, after `validate`."""
        return replace(
            super().posting, title=self.title.data or "", document_id=number(self.document.data),
            decided_on=self.decided_on.data,
        )  # fmt: skip


def number(chosen: str | None) -> int | None:
    """Give the number of what was chosen; 0, which nothing has, for what is none."""
    if not chosen:
        return None
    return int(chosen) if chosen.isascii() and chosen.isdigit() and len(chosen) < 10 else 0


class AdditionForm(EvidenceFields, PortalForm):
    """What can be said later of a posting."""

    version = IntegerField(widget=HiddenField.widget)
    to_on = DateField(_l("Đến hết ngày"), description=_l("Để trống nếu công khai thường xuyên."))
    times = StringField(_l("Giờ phát mỗi ngày"), description=_l("Ví dụ: 5:30, 17:00"))
    told = BooleanField(_l("Đã phổ biến tới người dân"))
    note = TextAreaField(_l("Ghi chú"))

    @classmethod
    def of(cls, posting: Posting) -> "AdditionForm":
        """Give the form, filled with what is stored."""
        return cls(version=posting.version, to_on=posting.to_on, times=posting.times,
                   told=posting.told, note=posting.note)  # fmt: skip

    @property
    def addition(self) -> Addition:
        """Give what was filled in, after `validate`."""
        return Addition(
            self.to_on.data, self.times.data or "", bool(self.told.data), self.note.data or ""
        )


class TakeDownForm(PortalForm):
    """That something is public no longer, or never was."""

    day = DateField(_l("Ngày gỡ"), [Optional()])
    reason = TextAreaField(_l("Lý do"), [Filled()], description=_l("Ví dụ: hết thời hạn niêm yết; "
                           "bảng tin bị hỏng; ghi nhầm đợt."))  # fmt: skip
    mistaken = BooleanField(_l("Dòng này ghi nhầm, thực tế chưa công khai"))


def first(begun: Begun, objects: Sequence[str], channel: str) -> dict[str, object]:
    """Give what a new form begins with: the days and hours of the unit's first posting."""
    found: dict[str, object] = {"objects": list(objects), "channel": channel,
                                "from_on": begun.from_on(objects)}  # fmt: skip
    if begun.first is not None:
        found["to_on"] = begun.first.to_on
    if proof_of(channel) == Proof.TICK:
        found["told"] = True
    return found
