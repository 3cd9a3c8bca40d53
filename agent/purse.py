"""The seam for money and limits: what a language model may use, reserved before and settled after.

``memory/ledger.py`` keeps the book; ``agent/spending.py`` makes purses over it.
"""

from __future__ import annotations

from typing import Protocol, runtime_checkable


@runtime_checkable
class Purse(Protocol):
    """Holds what answers of language models may cost."""

    def reserve(self, model: str, host: str, tokens_in: int, tokens_out: int) -> str:
        """Reserve one answer of at most so many tokens (estimated, never too few); returns its name.

        It is written down before the model is asked. Raises ``OverBudget`` where that would cost more than
        is allowed, or an unknown price was not allowed, and ``LimitReached`` at a limit of tokens or steps.
        """
        ...

    def settle(self, reservation: str, tokens_in: int | None, tokens_out: int | None) -> None:
        """What was really used, as the server says it (None: it does not say; the reserve stands)."""
        ...

    def give_back(self, reservation: str) -> None:
        """The answer was never taken on (no connection, refused before any work): nothing is charged."""
        ...


class OpenPurse:
    """Nothing is counted and nothing is written down: for models that cost nothing, and for tests."""

    def reserve(self, model: str, host: str, tokens_in: int, tokens_out: int) -> str:
        return ""

    def settle(self, reservation: str, tokens_in: int | None, tokens_out: int | None) -> None:
        return None

    def give_back(self, reservation: str) -> None:
        return None
