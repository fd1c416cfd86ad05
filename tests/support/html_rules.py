"""What every HTML page has to keep, as functions from a page to sentences about its faults."""

import re
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cached_property, lru_cache
from xml.etree.ElementTree import Element

import html5lib

LANGUAGES = {"vi", "en"}
FORM_KEYS = {"csrf_token", "khoa"}
_NO_FIELD = {"hidden", "submit", "button", "reset", "image"}
_TABLE_PART = re.compile(r"(<template\b[^>]*>)\s*<t[rdh]\b.*?(</template>)", re.DOTALL)


@dataclass(frozen=True)
class Html:
    """A parsed page."""

    source: str

    @cached_property
    def _parsed(self) -> tuple[Element, list[str]]:
        # html5lib predates <template> and cannot have rows of a table in one.
        source = _TABLE_PART.sub(r"\1\2", self.source)
        parser = html5lib.HTMLParser(html5lib.getTreeBuilder("etree"), namespaceHTMLElements=False)
        root = parser.parse(source)
        return root, [f"{code} {data} at {at}" for at, code, data in parser.errors if at]

    @property
    def root(self) -> Element:
        """Give the html element."""
        return self._parsed[0]

    @property
    def errors(self) -> list[str]:
        """Give what a strict parser complains about."""
        return self._parsed[1]

    @cached_property
    def parents(self) -> dict[Element, Element]:
        """Give the parent of each element."""
        return {child: parent for parent in self.root.iter() for child in parent}

    def elements(self, *tags: str) -> Iterator[Element]:
        """Give the elements of these names, or all, in the order of the page."""
        return (
            element
            for element in self.root.iter()
            if isinstance(element.tag, str) and (not tags or element.tag in tags)
        )

    def ancestors(self, element: Element) -> Iterator[Element]:
        """Give the elements around one, from the inside."""
        while (parent := self.parents.get(element)) is not None:
            yield parent
            element = parent


@lru_cache(maxsize=4)
def read(source: str) -> Html:
    """Give a page parsed; whoever asks for the same text again gets the same page."""
    return Html(source)


def text(element: Element) -> str:
    """Give the text of an element as a reader sees it, spaces joined."""
    return " ".join("".join(element.itertext()).split())


def name_of(element: Element) -> str:
    """Give what a screen reader calls an element: its label, its text, its pictures' text."""
    pictures = [child.get("alt", "") for child in element.iter("img")]
    return (element.get("aria-label") or text(element) or " ".join(pictures)).strip()


def _where(element: Element) -> str:
    shown = " ".join(f'{key}="{value}"' for key, value in list(element.attrib.items())[:4])
    return f"<{element.tag} {shown}>"


def is_valid(page: Html) -> Iterator[str]:
    """Is valid HTML."""
    yield from (f"invalid HTML: {error}" for error in page.errors)


def names_its_language(page: Html) -> Iterator[str]:
    """Says in which language it is written."""
    if page.root.get("lang") not in LANGUAGES:
        yield f"lang is {page.root.get('lang')!r}"


def has_one_heading(page: Html) -> Iterator[str]:
    """Has one main heading, with which its title starts."""
    headings = [text(heading) for heading in page.elements("h1")]
    if len(headings) != 1 or not headings[0]:
        yield f"wants exactly one h1 with text, has {headings}"
        return
    title = next((text(element) for element in page.elements("title")), "")
    if not title.startswith(headings[0]):
        yield f"the title {title!r} does not start with the h1 {headings[0]!r}"


def has_unique_ids(page: Html) -> Iterator[str]:
    """Uses each id once."""
    counts = Counter(element.get("id") for element in page.elements() if "id" in element.attrib)
    yield from (f"id {name!r} stands {n} times" for name, n in counts.items() if n > 1 or not name)


def refers_to_its_own_ids(page: Html) -> Iterator[str]:
    """Points to ids that exist."""
    ids = {element.get("id") for element in page.elements()}
    for element in page.elements():
        for attribute in ("for", "aria-labelledby", "aria-describedby", "aria-controls"):
            for name in element.get(attribute, "").split():
                if name not in ids:
                    yield f"{attribute} of {_where(element)} points nowhere"


def labels_its_fields(page: Html) -> Iterator[str]:
    """Gives every field a label."""
    labelled = {label.get("for", "") for label in page.elements("label") if name_of(label)} - {""}
    for field in page.elements("input", "select", "textarea"):
        inside = any(parent.tag == "label" and text(parent) for parent in page.ancestors(field))
        named = field.get("aria-label") or field.get("aria-labelledby")
        if field.get("type") in _NO_FIELD or named or inside or field.get("id") in labelled:
            continue
        yield f"no label for {_where(field)}"


def sends_its_forms_safely(page: Html) -> Iterator[str]:
    """Says where each form goes and how; one that changes something carries a key."""
    for form in page.elements("form"):
        method = form.get("method", "").lower()
        if method == "dialog":
            continue
        if method not in {"get", "post"} or not form.get("action"):
            yield f"form without method or action: {_where(form)}"
        names = {field.get("name") for field in form.iter("input") if field.get("value")}
        if method == "post" and not names & FORM_KEYS:
            yield f"POST form without a key: {_where(form)}"


def describes_its_pictures(page: Html) -> Iterator[str]:
    """Gives every picture a text, if only an empty one."""
    for picture in page.elements("img"):
        if "alt" not in picture.attrib:
            yield f"no alt: {_where(picture)}"


def names_what_can_be_pressed(page: Html) -> Iterator[str]:
    """Has text in every link and button."""
    for element in page.elements("a", "button", "summary"):
        if not name_of(element):
            yield f"nothing to read in {_where(element)}"


def has_no_inline_code(page: Html) -> Iterator[str]:
    """Holds no script, style or handler that the content policy would refuse."""
    for element in page.elements():
        data_block = element.get("type", "").endswith("json")
        if element.tag == "script" and "src" not in element.attrib and not data_block:
            yield "inline script"
        if element.tag.endswith("}style") or element.tag == "style":
            yield "inline style sheet"
        for name, value in element.attrib.items():
            if name == "style" or name.startswith("on") or value.startswith("javascript:"):
                yield f"inline {name}: {_where(element)}"


def loads_nothing_from_elsewhere(page: Html) -> Iterator[str]:
    """Loads scripts, styles and pictures from the portal alone."""
    for element in page.elements("script", "link", "img", "iframe", "source", "object"):
        address = element.get("src") or element.get("href") or element.get("data") or ""
        foreign = re.match(r"(?:https?:)?//", address)
        if foreign and element.get("rel") not in {"canonical", "alternate"}:
            yield f"loads from elsewhere: {_where(element)}"


RULES: tuple[Callable[[Html], Iterator[str]], ...] = (
    is_valid,
    names_its_language,
    has_one_heading,
    has_unique_ids,
    refers_to_its_own_ids,
    labels_its_fields,
    sends_its_forms_safely,
    describes_its_pictures,
    names_what_can_be_pressed,
    has_no_inline_code,
    loads_nothing_from_elsewhere,
)


def faults(source: str) -> list[str]:
    """List what is wrong with a page; nothing when it keeps every rule."""
    page = read(source)
    return [fault for rule in RULES for fault in rule(page)]
