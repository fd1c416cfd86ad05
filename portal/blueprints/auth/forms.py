"""What is typed to get in."""

import unicodedata

from flask_babel import gettext
from flask_babel import lazy_gettext as _l
from wtforms import Field, HiddenField, StringField, ValidationError

from portal.web.forms import Filled, PortalForm, SecretField


class SignInForm(PortalForm):
    """Name and password."""

    username = StringField(_l("Tên đăng nhập"), [Filled(_l("Chưa ghi tên đăng nhập."))])
    password = SecretField(_l("Mật khẩu"), [Filled(_l("Chưa ghi mật khẩu."))])
    tiep = HiddenField()


class FirstPasswordForm(PortalForm):
    """The password that takes the place of the one-time one."""

    new = SecretField(
        _l("Mật khẩu mới"), [Filled(_l("Chưa ghi mật khẩu mới."))],
        description=_l("Ít nhất 10 ký tự. Bốn, năm từ không liên quan là dễ nhớ mà khó đoán."),
    )  # fmt: skip
    again = SecretField(_l("Gõ lại mật khẩu mới"), [Filled(_l("Chưa gõ lại mật khẩu mới."))])

    def validate_again(self, field: Field) -> None:
        """Compare the two."""
        if _typed(field.data) != _typed(self.new.data):
            raise ValidationError(gettext("Hai lần gõ chưa giống nhau."))


def _typed(text: str | None) -> str:
    # One keyboard sends “ế” as one sign, another as three; both are the same password.
    return unicodedata.normalize("NFC", text or "")


class PasswordForm(FirstPasswordForm):
    """The same, for one who has a password: it is asked for first."""

    current = SecretField(_l("Mật khẩu đang dùng"), [Filled(_l("Chưa ghi mật khẩu đang dùng."))])
