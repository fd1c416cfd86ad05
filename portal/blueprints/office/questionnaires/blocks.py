"""The editor's page in pieces, so that a browser that has most of them is sent the rest."""

import json
import zlib
from dataclasses import dataclass

from flask import current_app
from markupsafe import Markup

from portal.features.questionnaires.editor import WHOLE, Editor
from portal.features.surveys.form_page import Trial

_TEMPLATE = "features/questionnaires/_blocks.html"


@dataclass(frozen=True)
class Block:
    """A piece of the page: the head, the heading of a section, a question, a section's foot."""

    key: str
    html: Markup

    @property
    def kind(self) -> str:
        """Give what it is: "whole", "section", "question" or "foot"."""
        return self.key.partition("-")[0]

    @property
    def print(self) -> str:
        """Give a short sign of what it says: the same sign, the same words."""
        return f"{zlib.crc32(self.html.encode()):08x}"


def blocks(editor: Editor) -> list[Block]:
    """Draw the page from top to bottom."""
    macros = current_app.jinja_env.get_template(_TEMPLATE).module
    drawn = [Block(WHOLE, macros.whole(editor))]  # type: ignore[attr-defined]
    for part in editor.parts:
        drawn.append(Block(f"section-{part.number}", macros.section(editor, part)))  # type: ignore[attr-defined]
        drawn += [
            Block(f"question-{each.question.id}", macros.question(editor, each))  # type: ignore[attr-defined]
            for each in part.questions
        ]
        drawn.append(Block(f"foot-{part.number}", macros.foot(editor, part)))  # type: ignore[attr-defined]
    return drawn


def aside(editor: Editor) -> Markup:
    """Draw what stands beside: the checks, and the open question on a phone."""
    macros = current_app.jinja_env.get_template(_TEMPLATE).module
    trial = Trial.of(editor.definition)
    asked = (each for part in trial.parts for each in part.questions)
    shown = next((each for each in asked if each.question.id == editor.opened), None)
    drawn: Markup = macros.aside(editor, trial, shown)  # type: ignore[attr-defined]
    return drawn


def missing(drawn: list[Block], known: str) -> dict[str, str]:
    """Give the pieces that a browser does not have.

    Args:
        drawn: the page as it is now.
        known: JSON of what the browser has, key → sign.
    """
    try:
        has = json.loads(known)
    except ValueError:
        has = {}
    has = has if isinstance(has, dict) else {}
    return {block.key: block.html for block in drawn if has.get(block.key) != block.print}
