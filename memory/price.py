"""Prices and their sums. An amount that is not known is ``None`` and makes every sum that it is part of
unknown; it is never zero."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from decimal import ROUND_UP, Decimal

from ..storyboard.errors import BadInput

ANY = "any"
"""An allowance without limit, for prices that nobody knows too."""
AGREED = "?"
"""Ends an allowance whose owner agreed, in this run, to what nobody knows the price of: ``"2.50?"``."""

_FINEST = Decimal("0.0001")
"""Allowances are written no finer (``read_allowance``)."""


@dataclass(frozen=True)
class Price:
    """What one take costs as the settings say; ``amount`` None where nobody knows."""

    amount: Decimal | None
    currency: str = "USD"

    def __str__(self) -> str:
        return "of unknown price" if self.amount is None else f"{money(self.amount)} {self.currency}"


@dataclass
class Total:
    """A sum of prices, by currency, and how many are in none of the sums since nobody knows them."""

    known: dict[str, Decimal] = field(default_factory=dict)
    unknown: int = 0

    def add(self, price: Price) -> None:
        """Take a price in."""
        if price.amount is None:
            self.unknown += 1
        elif price.amount:
            self.known[price.currency] = self.known.get(price.currency, Decimal(0)) + price.amount

    @property
    def nothing(self) -> bool:
        """Whether it is known to cost nothing."""
        return not self.known and not self.unknown

    def within(self, allowance: str) -> bool:
        """Whether an allowance (``""``, an amount, ``any``) covers it; an unknown sum only ``any`` does, and
        one that was ``AGREED``."""
        if self.nothing or allowance == ANY:
            return True
        if self.unknown and not allowance.endswith(AGREED):
            return False
        most = allowance.rstrip(AGREED)
        return not self.known or bool(
            most and len(self.known) == 1 and all(a <= Decimal(most) for a in self.known.values())
        )

    def __str__(self) -> str:
        sums = [f"{money(amount)} {currency}" for currency, amount in sorted(self.known.items())]
        if self.unknown:
            sums.append(f"{self.unknown} of unknown price")
        return " and ".join(sums) or "nothing"


def total(prices: Iterable[Price]) -> Total:
    """The sum of prices."""
    found = Total()
    for price in prices:
        found.add(price)
    return found


def money(amount: Decimal) -> str:
    """``0.40``, ``12.00``, ``0.0125``: at least two decimals."""
    text = f"{amount.normalize():f}" if amount else "0"
    whole, _, part = text.partition(".")
    return f"{whole}.{part.ljust(2, '0')}"


def read_allowance(text: str) -> str:
    """``"2.50"``, ``"any"``, as ``Total.within`` takes them. Raises ``BadInput``."""
    said = text.strip().lower()
    if said == ANY or re.fullmatch(r"\d{1,7}(\.\d{1,4})?", said, re.ASCII):
        return said
    told = f"{text[:40]!r} is no amount to spend."
    raise BadInput(f"{told} Give a sum such as 2.50, or any (unknown prices included).")


def agreed(allowance: str) -> str:
    """The allowance, with what nobody knows the price of allowed besides."""
    return allowance if allowance == ANY or allowance.endswith(AGREED) else allowance + AGREED


def over_words(wanted: Total, allowance: str) -> str:
    """Why an allowance does not cover what is wanted, and what to do."""
    allowance = allowance.rstrip(AGREED)
    if not allowance:
        why = "and nothing may be spent unless you say so"
    elif wanted.unknown or len(wanted.known) > 1:
        why = f"which cannot be compared with --budget {allowance}"
    else:
        why = f"and --budget allows {allowance}"
    only_known = not wanted.unknown and len(wanted.known) == 1
    enough = [amount.quantize(_FINEST, ROUND_UP) for amount in wanted.known.values()]
    say = f"--budget {money(*enough)}" if only_known else "--budget any, whatever it costs"
    return f"The film would cost {wanted} in all with what was ordered before, {why}. Allow it with {say}."
