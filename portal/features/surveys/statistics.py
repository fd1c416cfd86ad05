"""The few formulas behind the figures: shares, their uncertainty, the limits of a funnel."""

from math import sqrt


def share(part: int, whole: int) -> float | None:
    """Return part / whole between 0 and 1, or None when there is no whole to share.

    Raises:
        ValueError: The part is negative or larger than the whole.
    """
    _check(part, whole)
    return part / whole if whole else None


def wilson(successes: int, n: int, z: float = 1.96) -> tuple[float, float]:
    """Return the interval that plausibly holds the true share (Wilson 1927), within 0 and 1.

    Args:
        successes: Answers of the kind asked about.
        n: All answers; with none, nothing is known and the interval is (0, 1).
        z: How sure: 1.96 for 95 %, 3.09 for 99.8 %.

    Raises:
        ValueError: There are fewer than no successes, or more than answers.
    """
    _check(successes, n)
    if n == 0:
        return 0.0, 1.0
    p = successes / n
    spread = z * sqrt(p * (1 - p) / n + z * z / (4 * n * n))
    middle, scale = p + z * z / (2 * n), 1 + z * z / n
    # The ends touch 0 and 1 exactly; rounding must not push the share out of its own interval.
    return max(0.0, min(p, (middle - spread) / scale)), min(1.0, max(p, (middle + spread) / scale))


def funnel_limits(p: float, n: int, z: float) -> tuple[float, float]:
    """Return the limits between which chance alone keeps a unit of n answers, within 0 and 1.

    Args:
        p: The overall share the units are compared with.
        n: Answers of the unit; with none, any share is possible.
        z: 1.96 for the inner limits (95 %), 3.09 for the outer ones (99.8 %).

    Raises:
        ValueError: ``p`` is no share, or ``n`` is negative.
    """
    if not 0 <= p <= 1 or n < 0:
        raise ValueError(f"no share of answers: p={p}, n={n}")
    if n == 0:
        return 0.0, 1.0
    spread = z * sqrt(p * (1 - p) / n)
    return max(0.0, p - spread), min(1.0, p + spread)


def _check(part: int, whole: int) -> None:
    if not 0 <= part <= whole:
        raise ValueError(f"{part} is no part of {whole}")
