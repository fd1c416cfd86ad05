"""What the checks give."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum


class Level(StrEnum):
    """Whether a form can be used all the same."""

    ERROR = "error"
    WARNING = "warning"


@dataclass(frozen=True)
class Finding:
    """Something wrong or worth a look, in a sentence with its reason."""

    level: Level
    rule: str
    message: str
    """msgid with values"""
    questions: tuple[str, ...] = ()
    """The questions it is about, the first of them where to go; none if it is about the whole."""
    section: int = 0
    """The number of the section that it is about, if it is about one."""
    values: Mapping[str, object] = field(default_factory=dict)

    @property
    def said(self) -> str:
        """Give the sentence in Vietnamese."""
        return self.message % self.values


def error(rule: str, message: str, *questions: str, section: int = 0, **values: object) -> Finding:
    """Make a finding that keeps a form from being used."""
    return Finding(Level.ERROR, rule, message, questions, section, values)


def warning(rule: str, message: str, *questions: str, **values: object) -> Finding:
    """Make a finding that is for the author to weigh."""
    return Finding(Level.WARNING, rule, message, questions, 0, values)
