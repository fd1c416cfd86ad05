"""A body as the fields of a form, and back; what is typed comes out as it went in.

Rows are named by their ids ("section-3fa81c02-text"), their order by a field that is repeated
("section"), so that a button can move them and a page can lose none.
"""

import re
from collections.abc import Iterator

from werkzeug.datastructures import MultiDict

from portal.core.text import clean
from portal.features.documents.body import (
    Appendix,
    AppendixKind,
    Body,
    Duty,
    Head,
    Job,
    Level,
    Party,
    Recipient,
    Section,
    SectionRole,
    Signature,
)
from portal.features.documents.targets import value_of

Fields = MultiDict[str, str]
_ID = re.compile(r"[A-Za-z0-9_-]{1,40}")
_HEAD = ("parent_name", "issuer_name", "symbol", "place")
_TEXTS = ("addressees", "opening", "closing")


def read(form: Fields) -> Body:
    """Give the body that was posted; what is missing is empty, what is forged is dropped."""
    return Body(
        head=Head(**{name: _line(form, f"head-{name}") for name in _HEAD}),
        summary=_line(form, "summary"),
        bases=tuple(line for line in _lines(form, "bases").split("\n") if line),
        sections=tuple(_section(form, key) for key in _keys(form, "section")),
        duties=tuple(_duty(form, key) for key in _keys(form, "duty")),
        signature=Signature(
            authority=_line(form, "signature-authority"),
            titles=_lines(form, "signature-titles"),
            signer=_line(form, "signature-signer"),
        ),
        second=Signature(),
        recipients=tuple(_recipient(form, key) for key in _keys(form, "recipient")),
        keeper=_line(form, "keeper"),
        appendices=tuple(_appendix(form, key) for key in _keys(form, "appendix")),
        **{name: _lines(form, name) for name in _TEXTS},
    )


def fields(body: Body) -> list[tuple[str, str]]:
    """Give the names and values that `read` reads this body from."""
    return [
        *((f"head-{name}", getattr(body.head, name)) for name in _HEAD),
        ("summary", body.summary),
        ("bases", "\n".join(body.bases)),
        *((name, getattr(body, name)) for name in _TEXTS),
        *_section_fields(body),
        *_duty_fields(body),
        ("signature-authority", body.signature.authority),
        ("signature-titles", body.signature.titles),
        ("signature-signer", body.signature.signer),
        *_recipient_fields(body),
        ("keeper", body.keeper),
        *_appendix_fields(body),
    ]  # fmt: skip


def _keys(form: Fields, name: str) -> Iterator[str]:
    seen: set[str] = set()
    for key in form.getlist(name):
        # A row named twice would be one row twice; one with a strange name gets none of its own.
        if _ID.fullmatch(key) and key not in seen:
            seen.add(key)
            yield key


def _line(form: Fields, name: str) -> str:
    return clean(form.get(name, ""))


def _lines(form: Fields, name: str) -> str:
    return clean(form.get(name, ""), multiline=True)


def _table(text: str) -> str:
    lines = text.replace("\r\n", "\n").split("\n")
    rows = ("\t".join(clean(cell) for cell in line.split("\t")) for line in lines)
    return "\n".join(rows).strip("\n")


def _section(form: Fields, key: str) -> Section:
    level, role = form.get(f"section-{key}-level", ""), form.get(f"section-{key}-role", "")
    return Section(
        id=key,
        level=Level(level) if level in set(Level) else Level.PLAIN,
        heading=_line(form, f"section-{key}-heading"),
        text=_lines(form, f"section-{key}-text"),
        role=SectionRole(role) if role in set(SectionRole) else SectionRole.NONE,
    )


def _section_fields(body: Body) -> Iterator[tuple[str, str]]:
    for one in body.sections:
        yield "section", one.id
        for name in ("level", "heading", "text", "role"):
            yield f"section-{one.id}-{name}", str(getattr(one, name))


def _party(form: Fields, name: str) -> Party:
    chosen = form.get(f"{name}-to", "")
    number = chosen[1:] if chosen[:1] == "o" else ""
    return Party(
        name=_line(form, f"{name}-name"),
        organisation_id=int(number) if re.fullmatch(r"[0-9]{1,9}", number) else 0,
        group=chosen[1:] if re.fullmatch(r"g[a-z_]+:[a-z_/]+", chosen) else "",
    )


def _duty(form: Fields, key: str) -> Duty:
    job = form.get(f"duty-{key}-job", "")
    return Duty(
        id=key,
        what=_lines(form, f"duty-{key}-what"),
        lead=_party(form, f"duty-{key}"),
        joins=_line(form, f"duty-{key}-joins"),
        due=_line(form, f"duty-{key}-due"),
        evidence=_line(form, f"duty-{key}-evidence"),
        job=Job(job) if job in set(Job) else Job.NONE,
    )


def _duty_fields(body: Body) -> Iterator[tuple[str, str]]:
    for one in body.duties:
        yield "duty", one.id
        for name in ("what", "joins", "due", "evidence", "job"):
            yield f"duty-{one.id}-{name}", str(getattr(one, name))
        yield f"duty-{one.id}-name", one.lead.name
        yield f"duty-{one.id}-to", value_of(one.lead)


def _recipient(form: Fields, key: str) -> Recipient:
    return Recipient(_party(form, f"recipient-{key}"), _line(form, f"recipient-{key}-note"))


def _recipient_fields(body: Body) -> Iterator[tuple[str, str]]:
    for place, one in enumerate(body.recipients):
        yield "recipient", str(place)
        yield f"recipient-{place}-name", one.party.name
        yield f"recipient-{place}-to", value_of(one.party)
        yield f"recipient-{place}-note", one.note


def _appendix(form: Fields, key: str) -> Appendix:
    kind = form.get(f"appendix-{key}-kind", "")
    known = AppendixKind(kind) if kind in set(AppendixKind) else AppendixKind.TEXT
    text = form.get(f"appendix-{key}-text", "")
    return Appendix(
        id=key,
        kind=known,
        title=_line(form, f"appendix-{key}-title"),
        text=_table(text) if known == AppendixKind.TABLE else clean(text, multiline=True),
    )


def _appendix_fields(body: Body) -> Iterator[tuple[str, str]]:
    for one in body.appendices:
        yield "appendix", one.id
        for name in ("kind", "title", "text"):
            yield f"appendix-{one.id}-{name}", str(getattr(one, name))
