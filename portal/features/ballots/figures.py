"""What is counted of a group's ballots, and whether it balances. Pure: no database, no clock."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from portal.core.text import N_

HEADS: Final = ("issued", "returned", "valid", "invalid", "blank")
OPINIONS: Final = ("agree", "disagree", "other")
MOST: Final = 100_000


@dataclass(frozen=True)
class Stock:
    """What the papers of a group are measured against."""

    households: int
    stamped: int | None = None
    """How many were stamped; None while nobody wrote it down."""


@dataclass(frozen=True)
class Figures:
    """One counting of a group's ballots.

    Attributes:
        issued: handed to households.
        returned: came back.
        valid: of these, count.
        invalid: of these, do not.
        blank: of these, say nothing.
        opinions: (agree, disagree, other) by the number of the content group.
    """

    issued: int
    returned: int
    valid: int
    invalid: int
    blank: int
    opinions: Mapping[int, tuple[int, int, int]] = field(default_factory=dict)

    @classmethod
    def of(cls, values: Mapping[str, int]) -> "Figures":
        """Make them from values by the names of `names()`."""
        numbers = sorted({int(name.partition("-")[2]) for name in values if "-" in name})
        opinions = {
            n: (values[f"agree-{n}"], values[f"disagree-{n}"], values[f"other-{n}"])
            for n in numbers
        }
        return cls(**{name: values[name] for name in HEADS}, opinions=opinions)

    @classmethod
    def from_json(cls, text: str) -> "Figures":
        """Read what `to_json` wrote."""
        return cls.of(json.loads(text))

    def to_json(self) -> str:
        """Give them as they are stored."""
        return json.dumps(self.values)

    @property
    def values(self) -> dict[str, int]:
        """Give every number by its name, in the order in which they are typed."""
        heads = {name: int(getattr(self, name)) for name in HEADS}
        return heads | {
            f"{word}-{n}": count
            for n, counts in sorted(self.opinions.items())
            for word, count in zip(OPINIONS, counts, strict=True)
        }

    @property
    def told_apart(self) -> dict[str, object]:
        """Give them as the record keeps them: the papers one by one, the opinions in one line."""
        opinions = "; ".join(
            f"{n}: {'/'.join(map(str, counts))}" for n, counts in sorted(self.opinions.items())
        )
        heads = {name: getattr(self, name) for name in HEADS}
        return heads | ({"opinions": opinions} if opinions else {})

    @property
    def not_returned(self) -> int:
        """Give how many were handed out and did not come back."""
        return self.issued - self.returned

    def faults(self, stock: Stock) -> dict[str, str]:
        """Say what does not balance, by the name of the number (msgids; values by `told`).

        One household has one ballot; issued = returned + not returned; returned = valid +
        invalid + blank; on each content group no more answers than valid ballots.
        """
        found = {}
        if self.issued > stock.households:
            found["issued"] = MORE_THAN_HOUSEHOLDS
        elif stock.stamped is not None and self.issued > stock.stamped:
            found["issued"] = MORE_THAN_STAMPED
        if self.returned > self.issued:
            found["returned"] = MORE_THAN_ISSUED
        if self.valid + self.invalid + self.blank != self.returned:
            found["valid"] = SUMS_DIFFER
        found |= {f"agree-{n}": MORE_THAN_VALID for n, counts in self.opinions.items()
                  if sum(counts) > self.valid}  # fmt: skip
        return found

    def told(self, stock: Stock) -> dict[str, int]:
        """Give the values that the sentences of `faults` name."""
        summed = self.valid + self.invalid + self.blank
        return {
            "households": stock.households, "stamped": stock.stamped or 0, "issued": self.issued,
            "returned": self.returned, "valid": self.valid, "summed": summed,
        }  # fmt: skip


def names(numbers: Sequence[int]) -> list[str]:
    """Give the names of everything that is counted, for these content groups."""
    return [*HEADS, *(f"{word}-{n}" for n in sorted(numbers) for word in OPINIONS)]


def differing(one: Figures, other: Figures) -> list[str]:
    """Name the numbers in which two countings differ."""
    ours, theirs = one.values, other.values
    return [name for name in {**ours, **theirs} if ours.get(name) != theirs.get(name)]


@dataclass(frozen=True)
class Reading:
    """What was typed of a counting."""

    typed: Mapping[str, str]
    """Every field as it was typed, by name."""
    figures: Figures | None
    """None while a field holds no number."""
    errors: Mapping[str, str]
    """What is wrong, by field (msgids)."""


def read(given: Mapping[str, str], numbers: Sequence[int]) -> Reading:
    """Read a counting as it was typed; dots between thousands are only how people write."""
    typed = {name: given.get(name, "").strip() for name in names(numbers)}
    values: dict[str, int] = {}
    errors = {}
    for name, text in typed.items():
        bare = text.replace(".", "").replace("\u00a0", "").replace(" ", "")
        if not text:
            errors[name] = EMPTY
        elif not (bare.isascii() and bare.isdigit() and len(bare) < 7 and int(bare) <= MOST):
            errors[name] = NO_NUMBER
        else:
            values[name] = int(bare)
    return Reading(typed, None if errors else Figures.of(values), errors)


EMPTY = N_("Chưa ghi số; không có thì ghi 0.")
NO_NUMBER = N_("Ghi bằng chữ số, từ 0 trở lên.")
MORE_THAN_HOUSEHOLDS = N_("Phát ra không thể nhiều hơn %(households)s hộ: mỗi hộ một phiếu.")
MORE_THAN_STAMPED = N_("Phát ra nhiều hơn %(stamped)s phiếu đã đóng dấu.")
MORE_THAN_ISSUED = N_("Thu về không thể nhiều hơn %(issued)s phiếu đã phát.")
SUMS_DIFFER = N_("Hợp lệ, không hợp lệ và trắng cộng lại là %(summed)s, chưa bằng %(returned)s "
                 "phiếu thu về.")  # fmt: skip
MORE_THAN_VALID = N_("Ba số cộng lại nhiều hơn %(valid)s phiếu hợp lệ.")
