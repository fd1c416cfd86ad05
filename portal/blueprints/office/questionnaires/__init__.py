"""Questionnaires: the library, writing one, and freezing what is asked."""

from portal.blueprints.office.questionnaires import (
    beginning,
    editing,
    finishing,
    library,
    translating,
)

__all__ = ["beginning", "editing", "finishing", "library", "translating"]
