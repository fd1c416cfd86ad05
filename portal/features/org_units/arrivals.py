"""Telling later features that somebody new acts at a unit: a body was added or named there."""

from collections.abc import Callable, Collection

from portal.features.audit.services import Doer

Listener = Callable[[Doer, Collection[int]], None]
"""Takes who did it and the units, in the same transaction."""

_listeners: list[Listener] = []


def listen(listener: Listener) -> None:
    """Have a feature told (the registry says so), once however often it is registered."""
    if listener not in _listeners:
        _listeners.append(listener)


def announce(doer: Doer, unit_ids: Collection[int]) -> None:
    """Tell that at these units somebody may act who did not before (inside `write()`)."""
    for listener in _listeners:
        listener(doer, unit_ids)
