"""A fetched page as a person uses it: read it, follow a link, fill in a form and send it."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeVar
from urllib.parse import urljoin
from xml.etree.ElementTree import Element

from werkzeug.datastructures import MultiDict

from tests.support.html_rules import name_of, read, text

if TYPE_CHECKING:
    from werkzeug.test import TestResponse

    from tests.support.client import CheckingClient

T = TypeVar("T")
Value = str | list[str]


@dataclass(frozen=True)
class Link:
    """A link with what it says."""

    text: str
    href: str


class Page:
    """What came back from one request."""

    def __init__(self, response: "TestResponse", client: "CheckingClient") -> None:
        self.response = response
        self.status = response.status_code
        self.path = response.request.path
        self.html = read(response.get_data(as_text=True))
        self._client = client

    @property
    def h1(self) -> str:
        """Give the main heading."""
        return next(map(text, self.html.elements("h1")), "")

    @property
    def title(self) -> str:
        """Give the title."""
        return next(map(text, self.html.elements("title")), "")

    @property
    def text(self) -> str:
        """Give all that is written on the page."""
        return next(map(text, self.html.elements("body")), "")

    @property
    def alerts(self) -> list[str]:
        """Give the messages with role alert or status, such as the error summary."""
        roles = {"alert", "status"}
        return [text(part) for part in self.html.elements() if part.get("role") in roles]

    @property
    def links(self) -> list[Link]:
        """Give the links in the order of the page."""
        return [Link(name_of(a), a.get("href", "")) for a in self.html.elements("a")]

    @property
    def forms(self) -> list["Form"]:
        """Give the forms in the order of the page."""
        return [Form(form, self) for form in self.html.elements("form")]

    @property
    def buttons(self) -> list[str]:
        """Give what the buttons say."""
        return [name_of(button) for button in self.html.elements("button")]

    def rows(self, table: int = 0) -> list[list[str]]:
        """Give the cells' text of a table, its head included."""
        found = list(self.html.elements("table"))[table]
        return [
            [text(cell) for cell in row if cell.tag in {"td", "th"}] for row in found.iter("tr")
        ]

    def link(self, said: str) -> Link:
        """Give the first link whose text holds the words."""
        return self._first([x for x in self.links if said in x.text], said)

    def form(self, said: str) -> "Form":
        """Give the form with this action, or with a button that says this."""
        fitting = [x for x in self.forms if x.action == said or said in " | ".join(x.buttons)]
        return self._first(fitting, said)

    def follow(self, said: str) -> "Page":
        """Press a link."""
        return self._client.page(urljoin(self.path, self.link(said).href))

    def submit(self, said: str, **values: Value) -> "Page":
        """Fill in the form with this button, press it, and give the page it leads to."""
        return self.form(said).submit(said, **values)

    def send(self, method: str, action: str, fields: MultiDict[str, str]) -> "Page":
        """Send what a form would send, follow where it leads, whatever the status."""
        address = urljoin(self.path, action)
        where = {"data": fields} if method == "post" else {"query_string": fields}
        return self._client.page(address, method=method.upper(), status=None, **where)

    def _first(self, fitting: list[T], said: str) -> T:
        assert fitting, f"nothing says {said!r} on {self.path}: {self.text[:400]}"
        return fitting[0]


class Form:
    """A form as the page gives it."""

    def __init__(self, element: Element, page: Page) -> None:
        self._element = element
        self._page = page
        self.action = element.get("action", "")
        self.method = element.get("method", "get").lower()
        self.buttons = [name_of(button) for button in element.iter("button")]

    @property
    def fields(self) -> MultiDict[str, str]:
        """Give what the browser would send if nobody touched the form."""
        return MultiDict(pair for field in self._element.iter() for pair in _sent(field))

    @property
    def names(self) -> set[str]:
        """Give the names that can be filled in."""
        fillable = {"input", "select", "textarea"}
        found = (field.get("name") for field in self._element.iter() if field.tag in fillable)
        return {name for name in found if name}

    def submit(self, button: str = "", **values: Value) -> Page:
        """Fill in and send.

        Args:
            button: what the pressed button says; its name and value go along.
            values: by field name; several values as a list. A name the form lacks is an error,
                since a person could not fill it in either.
        """
        unknown = values.keys() - self.names
        assert not unknown, f"the form {self.action} has no {sorted(unknown)}: {sorted(self.names)}"
        fields = self.fields
        for name, value in values.items():
            fields.setlist(name, value if isinstance(value, list) else [value])
        action = self.action
        for pressed in self._pressed(button):
            action = pressed.get("formaction", action)
            if pressed.get("name"):
                fields.setlist(pressed.get("name", ""), [pressed.get("value", "")])
        return self._page.send(self.method, action, fields)

    def _pressed(self, said: str) -> list[Element]:
        """Give the button that says this and no more, else those that say it among more."""
        fitting = [one for one in self._element.iter("button") if said and said in name_of(one)]
        return [one for one in fitting if name_of(one) == said] or fitting


def _sent(field: Element) -> Iterator[tuple[str, str]]:
    name = field.get("name")
    if not name or "disabled" in field.attrib:
        return
    if field.tag == "textarea":
        yield name, "".join(field.itertext()).removeprefix("\n")
    elif field.tag == "select":
        yield from ((name, value) for value in _chosen(field))
    elif field.tag == "input":
        kind = field.get("type", "text")
        if kind in {"checkbox", "radio"}:
            if "checked" in field.attrib:
                yield name, field.get("value", "on")
        elif kind not in {"submit", "button", "reset", "image", "file"}:
            yield name, field.get("value", "")


def _chosen(select: Element) -> list[str]:
    options = list(select.iter("option"))
    chosen = [option for option in options if "selected" in option.attrib]
    if not chosen and "multiple" not in select.attrib:
        chosen = options[:1]
    return [option.get("value", text(option)) for option in chosen]
