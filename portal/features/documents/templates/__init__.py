"""Templates of documents: facts to be asked for, and the text that they fill (DOMAIN 1.1, 1.9).

A template is a file in library/documents/templates. In its texts `{name}` stands for an answer or
for what follows from the answers and the letterhead; what has `"when": "one other"` is left out
while one of these is empty. A template that is empty is made for every type of the library.
"""

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass, field
from functools import cache
from typing import Any

from portal.core import clock
from portal.core.database import session
from portal.core.errors import Invalid
from portal.core.text import N_, clean
from portal.features.documents.body import Body, new_id
from portal.features.documents.formats import LIBRARY, types
from portal.features.documents.models import Document, Letterhead
from portal.features.documents.templates.questions import Asked, Question, derived
from portal.features.documents.templates.repeating import Again, Notice, again

__all__ = [
    "Again", "CampaignPattern", "Notice", "Question", "Template", "again", "available",
    "campaign_words", "fill", "find", "suggested", "usual_campaign_words",
]  # fmt: skip

TEMPLATES = LIBRARY / "templates"
OTHER_YEAR = N_("Ngày này không nằm trong năm của kế hoạch.")
_AUTUMN = 10
"""The month from which on plans are drawn up for the coming year."""
_GAP = "…"
"""What stands where an answer is missing; the checks find it."""
_NAME = re.compile(r"\{(\w+)\}")


@dataclass(frozen=True)
class CampaignPattern:
    """What a plan's survey takes from its template."""

    questionnaire: str
    """Code of the questionnaire that is offered first: "PKS03"."""
    name: str
    headline: str
    about: str
    audience: str
    supporter: str
    fallback_supporter: str = ""
    denominator: str = "none"
    """What the answers are measured against."""
    steps: tuple[str, ...] = ()
    """The way of lists and reports upwards: "commune:working_team" and so on."""
    work: Mapping[str, Any] = field(default_factory=dict)
    """What the units do besides asking; the campaign reads it (`campaigns.fieldwork.Rules`)."""


@dataclass(frozen=True)
class Template:
    """A document that somebody has thought through once."""

    code: str
    name: str
    about: str
    """When it is used, in one sentence."""
    type_code: str
    regime: str
    """ "party" or "state"; "" for both."""
    questions: tuple[Question, ...]
    content: Mapping[str, Any]
    """The body, with `{name}` for answers."""
    campaign: CampaignPattern | None = None
    """For plans of a survey: what the campaign of the plan takes over."""


@cache
def available() -> tuple[Template, ...]:
    """Give every template: the plans of the library, then an empty one for every type."""
    names = sorted(file.name for file in TEMPLATES.iterdir() if file.name.endswith(".json"))
    written = tuple(_read(json.loads((TEMPLATES / name).read_text("utf-8"))) for name in names)
    return (*written, *_empty())


def find(code: str) -> Template | None:
    """Give a template by its code."""
    return next((one for one in available() if one.code == code), None)


def suggested(template: Template, letterhead: Letterhead) -> dict[str, str]:
    """Give what stands in the questions before anybody answers, all as text.

    From October on a template that asks for its year is about the coming one.
    """
    asks = any(one.key == "year" for one in template.questions)
    coming = clock.today().year + (asks and clock.today().month >= _AUTUMN)
    known = derived({"year": Asked(str(coming))}, letterhead)
    return {one.key: _fill_text(one.default, known) for one in template.questions if one.default}


def fill(template: Template, answers: Mapping[str, str], letterhead: Letterhead) -> Body:
    """Write a document from a template.

    Args:
        template: the template.
        answers: by the questions' keys, as typed.
        letterhead: whose document it is.

    Raises:
        Invalid: an answer is missing or is no date, number or address; by the question's key.
    """
    values = derived(checked(template, answers), letterhead)
    content = _filled(template.content, values)
    return Body.of(
        content
        | {"head": _head(letterhead), "signature": _signature(letterhead)}
        | {"sections": [_with_id(one) for one in content.get("sections", ())]}
        | {"duties": [_with_id(one) for one in content.get("duties", ())]}
        | {"appendices": [_with_id(one) for one in content.get("appendices", ())]}
    )


def campaign_words(
    template: Template, answers: Mapping[str, str], document: Document
) -> CampaignPattern:
    """Write what the campaign of a plan takes from the same answers.

    Raises:
        Invalid: as `fill`.
    """
    letterhead = session().get_one(Letterhead, document.organisation_id)
    return _pattern(template, derived(checked(template, answers), letterhead))


def usual_campaign_words(
    template: Template, document: Document, year: int
) -> CampaignPattern | None:
    """Write the same for a plan whose answers nobody knows any more, as the template suggests.

    Returns:
        None if the plan's organisation has no letterhead, so that nothing follows from it.
    """
    letterhead = session().get(Letterhead, document.organisation_id)
    if letterhead is None:
        return None
    known = {key: Asked(text) for key, text in suggested(template, letterhead).items()}
    return _pattern(template, derived(known | {"year": Asked(str(year))}, letterhead))


def _pattern(template: Template, values: Mapping[str, str]) -> CampaignPattern:
    words: dict[str, Any] = _filled(asdict(template.campaign or _NO_SURVEY), values)
    told: dict[str, Any] = {key: "" if one == _GAP else one for key, one in words.items()}
    return CampaignPattern(**told)


def checked(template: Template, answers: Mapping[str, str]) -> dict[str, Asked]:
    """Read the answers to a template's questions.

    Raises:
        Invalid: an answer is missing or cannot be read.
    """
    found: dict[str, Asked] = {}
    errors: dict[str, str] = {}
    line = 0
    for question in template.questions:
        typed = clean(answers.get(question.key, ""), multiline=True)
        try:
            found[question.key] = question.read(typed)
        except ValueError as error:
            errors[question.key], line = error.args[0], next(iter(error.args[1:]), line)
    last, first = found.get("to"), found.get("from")
    if first and last and first.day and last.day and last.day < first.day:
        errors["to"] = N_("Ngày kết thúc đứng trước ngày bắt đầu.")
    errors |= {key: OTHER_YEAR for key in ("from", "rounds") if _other_year(found, key)}
    if errors:
        raise Invalid(errors, line=line)
    return found


def _other_year(found: Mapping[str, Asked], key: str) -> bool:
    """Say whether a survey begins in another year than that of its plan."""
    year, begins = found.get("year"), found.get(key)
    return bool(year and begins and begins.day and str(begins.day.year) != year.text)


_NO_SURVEY = CampaignPattern("", "", "", "", "", "")


def _read(given: Mapping[str, Any]) -> Template:
    survey = given.get("campaign")
    return Template(
        code=given["code"],
        name=given["name"],
        about=given["about"],
        type_code=given["type_code"],
        regime=given["regime"],
        questions=tuple(Question(**one) for one in given["questions"]),
        content=given["body"],
        campaign=CampaignPattern(**_with_steps(survey)) if survey else None,
    )


def _with_steps(survey: Mapping[str, Any]) -> dict[str, Any]:
    return {**survey, "steps": tuple(survey.get("steps", ()))}


def _empty() -> Iterator[Template]:
    for kind in types():
        regime = kind.regimes[0] if len(kind.regimes) == 1 else ""
        yield Template(
            f"trong_{kind.code}", kind.name, N_("Văn bản trống, chỉ có khung."), kind.code,
            regime, (), kind.skeleton,
        )  # fmt: skip


def _filled(given: Any, values: Mapping[str, str]) -> Any:  # noqa: ANN401 - JSON
    if isinstance(given, str):
        return _fill_text(given, values)
    if isinstance(given, list):
        return [_filled(_bare(one), values) for one in given if _wanted(one, values)]
    if isinstance(given, dict):
        return {key: _filled(one, values) for key, one in given.items() if key != "when"}
    return given


def _wanted(given: Any, values: Mapping[str, str]) -> bool:  # noqa: ANN401 - JSON
    names = given.get("when", "") if isinstance(given, dict) else ""
    return all(values.get(name) for name in names.split())


def _bare(given: Any) -> Any:  # noqa: ANN401 - JSON
    """Give a line that may be left out as the text that it is: {"when": …, "text": …}."""
    only_text = isinstance(given, dict) and given.keys() == {"when", "text"}
    return given["text"] if only_text else given


def _fill_text(text: str, values: Mapping[str, str]) -> str:
    return _NAME.sub(lambda found: _word(found, values), text)


def _word(found: re.Match[str], values: Mapping[str, str]) -> str:
    word = values.get(found[1]) or _GAP
    begins = found.start() == 0 or found.string[found.start() - 1] == "\n"
    return word[:1].upper() + word[1:] if begins else word


def _with_id(row: Mapping[str, Any]) -> dict[str, Any]:
    return {"id": new_id(), **row}


def _head(letterhead: Letterhead) -> dict[str, str]:
    return {
        name: getattr(letterhead, name)
        for name in ("parent_name", "issuer_name", "symbol", "place")
    }


def _signature(letterhead: Letterhead) -> dict[str, str]:
    return {name: getattr(letterhead, name) for name in ("authority", "titles", "signer")}
