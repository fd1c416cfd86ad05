"""What is typed to make, share and open a key."""

import unicodedata

from flask_babel import gettext
from flask_babel import lazy_gettext as _l
from wtforms import Field, HiddenField, SelectField, StringField, TextAreaField, ValidationError
from wtforms.validators import Length

from portal.web.forms import Filled, PortalForm, SecretField


class WordsForm(PortalForm):
    """Words that one chooses to open a key, typed twice."""

    words = SecretField(
        _l("Câu mở khóa"), [Filled(_l("Chưa ghi câu mở khóa."))],
        description=_l("Bốn, năm từ không liên quan là dễ nhớ mà khó đoán. Khác mật khẩu đăng "
                       "nhập. Máy chủ không giữ câu này, quản trị viên cũng không cấp lại được."),
    )  # fmt: skip
    again = SecretField(_l("Gõ lại câu mở khóa"), [Filled(_l("Chưa gõ lại câu mở khóa."))])

    def validate_again(self, field: Field) -> None:
        """Compare the two."""
        if _typed(field.data) != _typed(self.words.data):
            raise ValidationError(gettext("Hai lần gõ chưa giống nhau."))


class JoinForm(WordsForm):
    """The same, for one who was invited."""

    code = StringField(
        _l("Mã mời"), [Filled(_l("Chưa ghi mã mời."))],
        description=_l("16 chữ và số người mời trao cho đồng chí, dùng một lần."),
    )  # fmt: skip


class RecoverForm(WordsForm):
    """The same, for one who has the recovery sheet."""

    sheet = StringField(
        _l("Mã trên phiếu khôi phục"), [Filled(_l("Chưa ghi mã trên phiếu."))],
        description=_l("32 chữ và số, tám nhóm. Gõ liền hay cách đều được."),
    )  # fmt: skip


class UnlockForm(PortalForm):
    """The words of a holder."""

    words = SecretField(_l("Câu mở khóa"), [Filled(_l("Chưa ghi câu mở khóa."))])
    tiep = HiddenField()


class InviteForm(PortalForm):
    """Who shall hold the key too."""

    user_id = SelectField(_l("Tài khoản"), coerce=int)


class ReasonForm(PortalForm):
    """Why a holder goes, or a key is used no more."""

    reason = TextAreaField(
        _l("Lý do"), [Filled(_l("Chưa ghi lý do.")), Length(max=1000)],
        description=_l("Lý do được ghi vào nhật ký."),
    )  # fmt: skip


def _typed(text: str | None) -> str:
    # One keyboard sends “ế” as one sign, another as three; both are the same words.
    return unicodedata.normalize("NFC", text or "")
