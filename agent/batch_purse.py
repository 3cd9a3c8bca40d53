"""What the films of a batch may cost together: a hard stop over the ledgers of all.

Each film has an allowance of its own, as in ``photoplay make``. Before a film begins, what is left of the
batch's allowance is divided: the film may spend what it asked for, as far as films before it and those
under way leave that much. So films side by side never spend more together than was allowed.
"""

from __future__ import annotations

import contextlib
import threading
from collections.abc import Iterator, Sequence
from decimal import Decimal
from pathlib import Path

from ..memory.ledger import Ledger
from ..memory.price import ANY, Total, money
from ..storyboard.errors import Stopped
from .steps import Steps

WAIT_S = 0.2


class Share:
    """What one film got. ``words`` says so where that is less than it asked for."""

    def __init__(self, words: str = "") -> None:
        self.words = words


class BatchPurse:
    """``allowance`` for all films in ``folders`` ("" or ``any``: no limit but each film's own)."""

    def __init__(self, allowance: str, folders: Sequence[Path], stop: threading.Event) -> None:
        self._allowance = None if allowance in ("", ANY) else Decimal(allowance)
        self._folders, self._stop = folders, stop
        self._changed = threading.Condition()
        self._spent: dict[str, Total] | None = None
        self._promised: dict[str, Decimal] = {}
        """What films under way may spend yet."""

    @contextlib.contextmanager
    def share(self, production: Steps) -> Iterator[Share]:
        """While inside, the film may cost what it asked for or what is left, the less; it waits where films
        under way may still leave more. Raises ``Stopped``, or ``Damaged`` where a ledger cannot be read."""
        if self._allowance is None or not production.budget:
            yield Share()
            return
        folder = str(production.project.folder)
        try:
            share = self._take(production, folder)
            yield share
        finally:
            with self._changed:
                self._promised.pop(folder, None)
                if self._spent is not None:
                    self._spent[folder] = Ledger(production.project.folder).spent()
                self._changed.notify_all()

    def _take(self, production: Steps, folder: str) -> Share:
        with self._changed:
            mine = self._all_spent().setdefault(folder, Total())
            while True:
                left = self._left()
                wanted = left if production.budget == ANY else Decimal(production.budget) - _sum(mine)
                if wanted <= left - sum(self._promised.values()) or not self._promised:
                    break
                if self._stop.is_set():
                    raise Stopped("The batch was stopped.")
                self._changed.wait(WAIT_S)
            granted = max(Decimal(0), min(wanted, left))
            self._promised[folder] = granted
            share = Share()
            if granted < wanted or production.budget == ANY:
                whole = money(self._allowance or Decimal(0))
                share.words = f"Of --total {whole}, {money(granted)} are left for it"
            production.budget = money(_sum(mine) + granted)
            return share

    def _left(self) -> Decimal:
        """Of the allowance, after all that was charged or may be; nothing where that cannot be summed."""
        found = Total()
        for spent in self._all_spent().values():
            found.unknown += spent.unknown
            for currency, amount in spent.known.items():
                found.known[currency] = found.known.get(currency, Decimal(0)) + amount
        if found.unknown or len(found.known) > 1:
            return Decimal(0)
        return max(Decimal(0), (self._allowance or Decimal(0)) - _sum(found))

    def _all_spent(self) -> dict[str, Total]:
        """Of each film, by its folder's real path. Read once; a film's own share keeps it current."""
        if self._spent is None:
            real = [folder.resolve() for folder in self._folders]
            self._spent = {str(folder): Ledger(folder).spent() for folder in real if folder.is_dir()}
        return self._spent


def _sum(spent: Total) -> Decimal:
    return sum(spent.known.values(), Decimal(0))
