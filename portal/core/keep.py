"""Keeping what is asked for all the time in memory for a few seconds, and never much of it."""

import time
from collections.abc import Callable
from typing import Generic, TypeVar

K = TypeVar("K")
V = TypeVar("V")


class Kept(Generic[K, V]):
    """Values by key, each for some seconds; the oldest leave when there are too many.

    Safe among threads: two of them may make the same value at once, which costs time only.
    """

    def __init__(self, size: int, seconds: float) -> None:
        """Begin empty.

        Args:
            size: how many values at most.
            seconds: how long a value is good; 0 makes it anew every time.
        """
        self._size = size
        self.seconds = seconds
        self._values: dict[K, tuple[float, V]] = {}

    def get(self, key: K, make: Callable[[], V | None]) -> V | None:
        """Give the value, made now if it is missing or too old; None is not kept."""
        found = self._values.get(key)
        if found is not None and time.monotonic() - found[0] < self.seconds:
            return found[1]
        value = make()
        self._values.pop(key, None)
        if value is not None:
            self._values[key] = (time.monotonic(), value)
        while len(self._values) > self._size:
            self._values.pop(next(iter(self._values), key), None)
        return value

    def last(self, key: K) -> V | None:
        """Give the last value known, however old; None if there is none."""
        found = self._values.get(key)
        return found[1] if found else None

    def clear(self) -> None:
        """Forget everything."""
        self._values.clear()
