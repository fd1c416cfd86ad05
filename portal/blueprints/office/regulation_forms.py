"""The forms of drafts: bringing a text in, correcting it, its papers."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from flask_babel import lazy_gettext as _l
from flask_wtf.file import FileField
from werkzeug.datastructures import FileStorage
from wtforms import HiddenField, StringField, TextAreaField

from portal.features.documents.files import Upload, recognise
from portal.features.regulations import parsing
from portal.features.regulations.files import TAKEN
from portal.features.regulations.models import Level
from portal.features.regulations.papers import LONGEST_NAME
from portal.features.regulations.parsing import Part, Reading
from portal.features.regulations.services import LONGEST_TITLE
from portal.web.forms import PortalForm


class FileForm(PortalForm):
    """Anything with a file."""

    file = FileField(_l("Tệp"))

    @property
    def sent(self) -> FileStorage | None:
        """Give the file that was sent, None if there is none."""
        sent = self.file.data
        return sent if isinstance(sent, FileStorage) and sent.filename else None


class TextForm(FileForm):
    """A draft as a file, or pasted."""

    file = FileField(
        _l("Tệp Word (.docx) của dự thảo"),
        description=_l(
            "Không quá 20 MB. Số tự động của Word được đọc; sửa đổi đang theo dõi được chấp nhận."
        ),
        render_kw={"accept": ".docx"},
    )
    text = TextAreaField(_l("Hoặc dán văn bản vào đây"))

    def read(self) -> tuple[Reading, Upload | None]:
        """Read what was sent or pasted.

        Raises:
            Invalid: under "file" or "text".
        """
        if (sent := self.sent) is None:
            # As it was pasted: tabs part the cells of tables, old fonts use signs that are cleaned.
            return parsing.read_text((self.text.raw_data or [""])[0]), None
        data = sent.read()
        reading = parsing.read_file(data)
        return reading, recognise(sent.filename or "", data, TAKEN)


class NewDraftForm(TextForm):
    """A new draft."""

    title = StringField(
        _l("Tên dự thảo"),
        description=_l("Ví dụ: Quy chế thực hiện dân chủ ở cơ sở trên địa bàn phường Ngô Quyền."),
        render_kw={"maxlength": LONGEST_TITLE, "autocomplete": "off"},
    )


class TitleForm(PortalForm):
    """Another title."""

    title = StringField(_l("Tên dự thảo"), render_kw={"maxlength": LONGEST_TITLE})
    version = HiddenField()


class PaperForm(FileForm):
    """A paper that goes with a draft."""

    name = StringField(
        _l("Tên tài liệu"),
        description=_l("Ví dụ: Dự thảo Quyết định ban hành Quy chế. Để trống thì lấy tên tệp."),
        render_kw={"maxlength": LONGEST_NAME},
    )
    file = FileField(
        _l("Tệp"),
        description=_l("Word (.docx), PDF, JPEG hoặc PNG, không quá 20 MB."),
        render_kw={"accept": ".docx,.pdf,.jpg,.jpeg,.png"},
    )


def typed(form: Mapping[str, str], parts: Iterable[Part]) -> list[Part]:
    """Give provisions with what was typed in their fields; those without fields stay.

    Args:
        form: “level-<key>”, “number-<key>”, “heading-<key>”, “text-<key>”.
        parts: all provisions as they are stored.
    """
    return [_typed(form, part) for part in parts]


def differing(mine: Sequence[Part], theirs: Mapping[str, Part]) -> list[tuple[Part, Part | None]]:
    """Give the provisions that two people wrote differently, each with what is stored."""
    return [(part, theirs.get(part.key)) for part in mine if theirs.get(part.key) != part]


def _typed(form: Mapping[str, str], part: Part) -> Part:
    if f"text-{part.key}" not in form:
        return part
    level = form.get(f"level-{part.key}", part.level)
    return replace(
        part,
        level=Level(level) if level in set(Level) else part.level,
        number=form.get(f"number-{part.key}", ""),
        heading=form.get(f"heading-{part.key}", ""),
        text=form[f"text-{part.key}"].replace("\r\n", "\n"),
    )
