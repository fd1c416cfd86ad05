"""Forms about agencies: whom to ask, a letter that came, one comment of it."""

from collections.abc import Sequence

from flask_babel import gettext
from flask_babel import lazy_gettext as _l
from flask_wtf.file import FileField
from wtforms import RadioField, SelectField, SelectMultipleField, StringField, TextAreaField
from wtforms.widgets import CheckboxInput, ListWidget

from portal.core import clock
from portal.core.errors import Invalid
from portal.features.consultations.agencies import LONGEST_NAME, Invited
from portal.features.consultations.agency_entries import LONGEST_NUMBER, Letter
from portal.features.consultations.models import Submission
from portal.features.documents import files
from portal.features.documents.files import Upload
from portal.features.org_units.models import Organisation
from portal.features.regulations.models import DraftVersion
from portal.web.forms import DateField, Filled, PortalForm

AGREES, COMMENTS, DISAGREES = "nhat-tri", "gop-y", "khong-nhat-tri"


class InviteForm(PortalForm):
    """Whom to ask."""

    organisation_ids = SelectMultipleField(
        _l("Cơ quan, tổ chức của phường, xã"), coerce=int, validate_choice=False,
        option_widget=CheckboxInput(), widget=ListWidget(prefix_label=False),
        description=_l("Có tài khoản thì góp ý ngay trong Cổng; chưa có thì dùng đường dẫn."),
    )  # fmt: skip
    names = TextAreaField(
        _l("Cơ quan khác"), render_kw={"rows": 6},
        description=_l("Mỗi cơ quan một dòng, ví dụ trường học, trạm y tế, công an, doanh nghiệp. "
                       "Dán cả cột từ Excel cũng được."),
    )  # fmt: skip

    def offer(self, known: Sequence[Organisation]) -> "InviteForm":
        """Give the bodies that can be ticked."""
        self.organisation_ids.choices = [(one.id, one.name) for one in known]
        return self

    def entered(self) -> Invited:
        """Give what was chosen; only after `validate()`."""
        return Invited(self.organisation_ids.data or (), (self.names.data or "").splitlines())


class LetterForm(PortalForm):
    """A letter as it came in."""

    submission_id = SelectField(_l("Cơ quan gửi"), coerce=str, validate_choice=False)
    agency = StringField(
        _l("Tên cơ quan chưa có trong danh sách"), render_kw={"maxlength": LONGEST_NAME},
        description=_l("Chỉ ghi khi ở trên chọn “Cơ quan khác”."),
    )  # fmt: skip
    number = StringField(
        _l("Số, ký hiệu"), render_kw={"maxlength": LONGEST_NUMBER, "autocomplete": "off"},
        description=_l("Ví dụ 41/MTTQ-BTT."),
    )  # fmt: skip
    on = DateField(_l("Ngày của công văn"))
    signer = StringField(_l("Người ký"), render_kw={"maxlength": LONGEST_NAME})
    version = SelectField(
        _l("Số điều, khoản trong công văn theo"), coerce=int, validate_choice=False,
        description=_l("Góp ý theo bản cũ vẫn tìm đúng điều, dù bản mới đã đánh số lại."),
    )  # fmt: skip
    agrees = RadioField(_l("Nội dung"), validate_choice=False)
    file = FileField(
        _l("Tệp công văn"), render_kw={"accept": ".pdf,.jpg,.jpeg,.png"},
        description=_l("Bản chụp hoặc bản ký số: PDF, JPEG, PNG, nhiều nhất 20 MB."),
    )  # fmt: skip

    def offer(
        self, versions: Sequence[DraftVersion], known: Sequence[Submission] = ()
    ) -> "LetterForm":
        """Give the versions that a letter may speak of, and the agencies of the list."""
        self.version.choices = [
            (0, gettext("Bản đang công bố vào ngày của công văn")),
            *((one.number, gettext("Bản %(n)s, công bố ngày %(day)s", n=one.number,
                                   day=clock.format_date(one.published_on)))
              for one in versions if one.published_on),
        ]  # fmt: skip
        self.agrees.choices = [
            (AGREES, gettext("Nhất trí toàn bộ với dự thảo")),
            (COMMENTS, gettext("Nhất trí, có góp ý")),
            (DISAGREES, gettext("Không nhất trí với dự thảo")),
        ]  # fmt: skip
        self.submission_id.choices = [
            *((str(one.id), one.agency) for one in known), ("", gettext("Cơ quan khác")),
        ]  # fmt: skip
        return self

    def fill(self, submission: Submission) -> "LetterForm":
        """Show what is stored of a letter."""
        self.number.data, self.on.data = submission.letter_number, submission.letter_on
        self.signer.data, self.version.data = submission.signer, submission.letter_version or 0
        stance = DISAGREES if submission.disagrees else COMMENTS
        self.agrees.data = AGREES if submission.agrees else stance
        return self

    def entered(self) -> Letter:
        """Give what was typed; only after `validate()`.

        Raises:
            Invalid: the file is none that is taken, or nothing says what the letter says.
        """
        if self.agrees.data not in {AGREES, COMMENTS, DISAGREES}:
            raise Invalid({"agrees": _l("Chọn một trong ba.")})
        return Letter(
            self.number.data or "", self.on.data, self.signer.data or "",
            agrees=self.agrees.data == AGREES, disagrees=self.agrees.data == DISAGREES,
            upload=self._upload(), version=self.version.data or None,
        )  # fmt: skip

    def _upload(self) -> Upload | None:
        sent = self.file.data
        if not sent or not sent.filename:
            return None
        return files.recognise(sent.filename, sent.read(files.LIMIT + 1))


class CommentForm(PortalForm):
    """One comment of a letter."""

    place = StringField(
        _l("Điều, khoản, điểm"), [Filled()], render_kw={"autocomplete": "off"},
        description=_l("Ghi như “khoản 2 Điều 7”; góp ý chung thì ghi “chung”."),
    )  # fmt: skip
    text = TextAreaField(_l("Ý kiến góp ý"), [Filled()], render_kw={"rows": 4})


class CorrectForm(PortalForm):
    """The text of a comment, put right."""

    text = TextAreaField(_l("Ý kiến góp ý"), [Filled()], render_kw={"rows": 8})


class RenameForm(PortalForm):
    """What an agency is called."""

    agency = StringField(
        _l("Tên cơ quan"), render_kw={"maxlength": LONGEST_NAME, "autocomplete": "off"}
    )  # fmt: skip


class RevokeForm(PortalForm):
    """Why a link is closed."""

    reason = StringField(_l("Lý do thu hồi"), render_kw={"maxlength": 300})
