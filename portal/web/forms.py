"""What every form of an official has in common."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from flask import flash, request
from flask_babel import gettext
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import Field, SelectField, StringField, TextAreaField
from wtforms.meta import DefaultMeta
from wtforms.validators import StopValidation
from wtforms.widgets import PasswordInput

from portal.core import clock
from portal.core.errors import Invalid, Refused
from portal.core.text import clean
from portal.web import telling

_DIGITS = 10
"""A version that a column can hold has fewer."""


@dataclass(frozen=True)
class Difference:
    """A field that two people filled in differently."""

    label: str
    stored: str
    typed: str


class PortalForm(FlaskForm):
    """A form that cleans what is typed (NFC, no control signs) and can show domain errors."""

    class Meta(FlaskForm.Meta, DefaultMeta):
        """Bind a cleaning filter to every text field."""

        def bind_field(self, form: Any, unbound_field: Any, options: Any) -> Field:  # noqa: ANN401
            """Add the filter where text is typed, and where a forged choice would be text."""
            if issubclass(unbound_field.field_class, TextAreaField):
                options["filters"] = [_clean_lines, *options.get("filters", ())]
            elif issubclass(unbound_field.field_class, StringField | SelectField):
                options["filters"] = [_clean_line, *options.get("filters", ())]
            return unbound_field.bind(form=form, **options)

    def lets(self, act: Callable[[], object]) -> bool:
        """Do what a sound form asks.

        Args:
            act: a call of one service.

        Returns:
            Whether it was done; if not, the errors stand beside their fields.

        Raises:
            Refused: whatever else the service raises comes through.
        """
        if not self.validate():
            return False
        try:
            act()
        except Invalid as invalid:
            self.show(invalid)
            return False
        return True

    def settles(self, act: Callable[[], object], said: str) -> bool:
        """Do what a sound form asks, and tell on the next page what came of it.

        Args:
            act: a call of one service.
            said: what is told if it was done; a refusal tells itself.

        Returns:
            Whether the form is of no more use, being done or refused; if not, the errors stand
            beside their fields.
        """
        try:
            if not self.lets(act):
                return False
        except Refused as refused:
            telling.warn(refused)
        else:
            flash(said, "success")
        return True

    def seen_version(self) -> int:
        """Give the version that stood on the page when the person began (`version_of`)."""
        return version_of(self["version"].data)

    def show(self, invalid: Invalid) -> None:
        """Put the domain's errors beside their fields."""
        for name, said in telling.sentences(invalid).items():
            self[name].errors = [*self[name].errors, said]


class DateField(StringField):
    """A day typed the Vietnamese way; the native picker would show mm/dd."""

    def process_formdata(self, valuelist: list[str]) -> None:
        """Read dd/mm/yyyy and its relatives."""
        self.raw_text = clean(valuelist[0]) if valuelist else ""
        self.data = None
        if self.raw_text:
            try:
                self.data = clock.parse_date(self.raw_text)
            except ValueError as error:
                raise ValueError(gettext(str(error), day=self.raw_text)) from error

    def _value(self) -> str:
        if getattr(self, "raw_text", ""):
            return self.raw_text
        return clock.format_date(self.data) if isinstance(self.data, date) else ""


class SecretField(Field):
    """A password: never shown again, and taken exactly as typed, spaces and all."""

    widget = PasswordInput()


class Filled:
    """Require a value, in our words; WTForms' own would be in English."""

    field_flags = {"required": True}  # noqa: RUF012 - WTForms' own form

    def __init__(self, message: str | None = None) -> None:
        """Take another sentence if the plain one does not say enough."""
        self.message = message or _l("Mục này chưa được điền.")

    def __call__(self, _form: object, field: Field) -> None:
        """Refuse an empty field, unless it already has a better error."""
        if field.errors:
            raise StopValidation
        if not field.data:
            raise StopValidation(str(self.message))


def version_of(typed: object) -> int:
    """Read the version that a page carried; -1, which nothing has, for what was tampered with."""
    text = str(typed or "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < _DIGITS else -1


def posted_version() -> int:
    """Give the version that stood on the page, where the page is no form of ours (`version_of`)."""
    return version_of(request.form.get("version"))


def _clean_line(value: object) -> object:
    if isinstance(value, list):
        return [_clean_line(part) for part in value]
    return clean(value) if isinstance(value, str) else value


def _clean_lines(value: object) -> object:
    return clean(value, multiline=True) if isinstance(value, str) else value
