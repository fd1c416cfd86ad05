"""The form with which a questionnaire begins."""

from collections.abc import Sequence

from flask_babel import gettext
from flask_babel import lazy_gettext as _l
from flask_wtf.file import FileField
from werkzeug.datastructures import FileStorage
from wtforms import SelectField, StringField

from portal.core.errors import Invalid
from portal.features.questionnaires.models import QuestionnaireVersion
from portal.web.forms import PortalForm
from portal.web.questionnaires import named


class FileForm(PortalForm):
    """A questionnaire as a file."""

    file = FileField(
        _l("Tệp phiếu"),
        description=_l("Tệp .xlsx hoặc .json do Cổng xuất ra, hoặc mẫu trống đã điền."),
        render_kw={"accept": ".xlsx,.json"},
    )

    @property
    def upload(self) -> FileStorage | None:
        """Give the file that was sent, None if there is none."""
        sent = self.file.data
        return sent if isinstance(sent, FileStorage) and sent.filename else None

    def place(self, invalid: Invalid) -> list[tuple[str, str]]:
        """Put errors beside their fields; give those of cells with their places."""
        places = [(where, gettext(said)) for where, said in invalid.errors.items()]
        mine = [(where, said) for where, said in places if where not in self._fields]
        for where, said in places:
            if where in self._fields:
                self[where].errors = [*self[where].errors, said]
        if mine:
            self.file.errors = [gettext("Tệp còn %(n)s chỗ chưa đọc được.", n=len(mine))]
        return mine


class BeginForm(FileForm):
    """Code and name of a new questionnaire, and what it begins with."""

    code = StringField(
        _l("Mã phiếu"),
        description=_l(
            "Chữ in hoa không dấu và chữ số, ví dụ PKS 08; trùng với mã của phiếu mẫu hay của nơi "
            "khác cũng được. Đặt rồi không đổi."
        ),
        render_kw={"maxlength": 24, "autocomplete": "off"},
    )
    title = StringField(
        _l("Tên phiếu"),
        description=_l("Như in ở đầu phiếu giấy."),
        render_kw={"maxlength": 300, "autocomplete": "off"},
    )
    source = SelectField(_l("Bắt đầu từ"), default="")

    def offer(self, versions: Sequence[QuestionnaireVersion]) -> "BeginForm":
        """Say which questionnaires can be copied."""
        copied = ((str(each.id), gettext("Chép %(form)s", form=named(each))) for each in versions)
        self.source.choices = [("", gettext("Trang trắng")), *copied]
        return self

    def suggest(self, version: QuestionnaireVersion, *, again: bool = False) -> None:
        """Begin with a copy of this one, `again` under the same code and title."""
        title = version.definition.title
        self.source.data = str(version.id)
        self.code.data = version.definition.shown_code if again else ""
        self.title.data = title if again else gettext("%(title)s (bản sao)", title=title)[:300]
