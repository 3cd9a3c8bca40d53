"""The ledger, ``ledger.jsonl``: what of a film was paid for, whether it came, and what it may cost.

It is the one book for takes of remote renderers, answers of language models and minutes of one's own GPUs.

One line an event, only ever appended, each on the disk before the next step: the intent before the server
is asked, the server's id as soon as it is known, the goods (in ``bought/``) before they are looked at. So a
kill at any moment leaves either no order, or one that can be told, waited for or fetched, and none is
given twice. A last line without its end was torn by a crash, is not read, and is cut off by the next.

What is reserved under an intent stands until the amount that was really used is entered; where nobody ever
says, it goes on standing as what may have been charged.
"""

from __future__ import annotations

import contextlib
import json
import uuid
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path
from typing import Annotated, Literal

from filelock import FileLock, Timeout
from pydantic import Field, StringConstraints, ValidationError

from ..storyboard.errors import BadInput, Damaged, Locked, Refused
from ..storyboard.schema import Data, Key, Name, Text
from .files import Files, plain_error, read_plain
from .price import ANY, Price, Total, money, over_words, total

__all__ = ["ANY", "Ledger", "Line", "Order", "Total", "become", "money", "new_order", "now", "spent", "total"]

FILE, GOODS = "ledger.jsonl", "bought"
_MOST_BYTES = 100_000_000
_LOCK_SECONDS = 60.0
Event = Literal["intended", "submitted", "received", "refused", "failed", "lost", "released"]
_OPEN: frozenset[str] = frozenset({"intended", "submitted", "received", "lost"})
"""States in which the same take is not ordered again by itself."""
Kind = Literal["take", "answer", "gpu"]
"""A take of a remote renderer, an answer of a language model, time of a GPU of one's own."""

OrderName = Annotated[str, StringConstraints(pattern=r"^order-[0-9a-f]{16}$")]
ServerId = Annotated[str, StringConstraints(pattern=r"^(?:[A-Za-z0-9][A-Za-z0-9._:-]{0,119})?$")]
"""What a server calls an order: fit to stand in a path."""
GoodsName = Annotated[str, StringConstraints(pattern=r"^(?:order-[0-9a-f]{16}\.[a-z0-9]{1,4})?$")]
"""A file of ``bought/``, never a path: a film's folder may come from a stranger."""
Amount = Annotated[Decimal, Field(ge=0, le=100_000_000, decimal_places=12)]
"""Of money. Bounded, since a number such as 1e999999 is a million digits when it is written out."""


Count = Annotated[int, Field(ge=0, le=1_000_000_000_000)]


class Line(Data):
    """One event. What an earlier event of the same order said already is left empty."""

    schema_version: Literal[1] = 1
    at: Name
    """When, in UTC: for people, never read here."""
    order: OrderName
    event: Event
    key: Key | None = None
    item: Name = ""
    renderer: Name = ""
    what: Name = ""
    amount: Amount | None = None
    currency: Name = ""
    id: ServerId = ""
    file: GoodsName = ""
    words: Text = ""
    kind: Kind = "take"
    tokens_in: Count | None = None
    tokens_out: Count | None = None
    """Of an answer: at most so many with the intent, and then as many as it were."""
    milliseconds: Count | None = None
    """Of a GPU."""


@dataclass
class Order:
    """One order as its events leave it. ``price`` was quoted, and is what it really was once ``settled``;
    its amount is None where nobody knows the price."""

    order: str
    key: str
    item: str
    renderer: str
    what: str
    price: Price
    state: str
    at: str
    id: str = ""
    file: str = ""
    words: str = ""
    kind: Kind = "take"
    tokens_in: int = 0
    tokens_out: int = 0
    milliseconds: int = 0
    settled: bool = False

    @property
    def charge(self) -> Literal["charged", "may be charged", "not charged"]:
        """What is known here of the charge; the server's own bill decides."""
        if self.state == "refused" or self.price.amount == 0:
            return "not charged"
        return "charged" if self.state == "received" else "may be charged"


class Ledger:
    """The ledger of the film in ``folder``. Several processes may use it at the same time."""

    def __init__(self, folder: Path) -> None:
        self._files = Files(folder)
        self.path = self._files.root / FILE
        self.goods = self._files.root / GOODS

    def orders(self) -> list[Order]:
        """All orders, the first first. Raises ``Damaged`` where a line is not what was written there."""
        data = read_plain(self.path, _MOST_BYTES) or b""
        found: dict[str, Order] = {}
        for number, text in enumerate(data[: data.rfind(b"\n") + 1].split(b"\n")[:-1], 1):
            try:
                line = Line.model_validate_json(text)
                _enter(found, line)
            except (ValidationError, ValueError, KeyError):
                told = f"{FILE}, line {number}, is not what was written there: what was ordered is not known."
                raise Damaged(f"{told} Nothing was ordered now. Restore the file from a copy.") from None
        return list(found.values())

    def order_of(self, key: str) -> Order | None:
        """The order that stands for a take: it is fetched, waited for or asked about, not given again."""
        orders = reversed(self.orders())
        return next((o for o in orders if o.kind == "take" and o.key == key and o.state in _OPEN), None)

    def spent(self) -> Total:
        """All that was charged or may be: as it was quoted, and as it was where that is known."""
        return spent(self.orders())

    def release(self, name: str) -> Order:
        """Let what stands under an order (named by the beginning of it) be ordered again; what it cost stays.

        Raises ``BadInput`` where there is no such order, or nothing holds it.
        """
        with self._alone():
            found = [o for o in self.orders() if o.order.startswith(name) and o.state in _OPEN]
            if len(found) != 1 or not name:
                there = ", ".join(o.order for o in self.orders() if o.state in _OPEN) or "none"
                told = f"{len(found)} orders that stand begin with {name[:40]!r}."
                raise BadInput(f"{told} There are: {there}.")
            self._append(Line(at=now(), order=found[0].order, event="released"))
        return found[0]

    # -- for tills and purses -------------------------------------------------------------

    def intend(self, line: Line, allowance: str) -> None:
        """Write an intent down, unless it would pass the allowance: ``Refused`` then."""
        with self._alone():
            if self.order_of(line.key or "") is not None:  # by a process that outlived its own
                raise Refused(
                    "It has just been ordered by another process. The same command goes on with it."
                )
            there = self.spent()
            price = Price(line.amount, line.currency)
            there.add(price)
            if price.amount != 0 and not there.within(allowance):
                raise Refused(over_words(there, allowance))
            self._append(line)

    def reserve(self, line: Line, check: Callable[[list[Order]], None]) -> None:
        """Write an intent down unless ``check``, given all orders, raises. Nobody writes in between."""
        with self._alone():
            check(self.orders())
            self._append(line)

    def tell(self, line: Line) -> None:
        """Write down what became of an order."""
        with self._alone():
            self._append(line)

    def draft(self, order: str) -> Path:
        """Where goods of an order may be written before they are ``received``."""
        self._files.make_folder(self.goods)
        return self.goods / f"{order}.part"

    def keep(self, order: str, suffix: str) -> str:
        """Bring a draft to the disk under its name; returns the name."""
        draft, name = self.draft(order), f"{order}.{suffix}"
        self._files.sync(draft)
        self._files.replace(draft, self.goods / name)
        return name

    def _append(self, line: Line) -> None:
        said = {"schema_version": line.schema_version, **line.model_dump(mode="json", exclude_defaults=True)}
        data = json.dumps(said, ensure_ascii=False).encode() + b"\n"
        at = (read_plain(self.path, _MOST_BYTES) or b"").rfind(b"\n") + 1
        self._files.append(self.path, data, at)
        if at == 0:
            self._files.sync_folder(self._files.root)

    @contextlib.contextmanager
    def _alone(self) -> Iterator[None]:
        lock = FileLock(self._files.root / "ledger.lock", timeout=_LOCK_SECONDS, thread_local=False)
        try:
            lock.acquire(poll_interval=0.02)
        except Timeout:
            words = "Another process has held the film's ledger for a minute. Nothing was ordered."
            raise Locked(words) from None
        except OSError as error:
            raise plain_error(error, self.path) from error
        try:
            yield
        finally:
            lock.release()


def spent(orders: list[Order]) -> Total:
    """All of it that was charged or may be."""
    return total(o.price for o in orders if o.charge != "not charged")


def new_order() -> str:
    """A name for an order that no other has."""
    return f"order-{uuid.uuid4().hex[:16]}"


def now() -> str:
    """In UTC, for people."""
    return datetime.now(UTC).isoformat(timespec="seconds")


def become(order: Order, line: Line) -> None:
    """Let an event have happened to an order."""
    order.state, order.id, order.file = line.event, line.id or order.id, line.file or order.file
    order.words = line.words or order.words
    if line.amount is not None:
        order.price, order.settled = Price(line.amount, order.price.currency), True
    if line.tokens_in is not None or line.tokens_out is not None:
        order.tokens_in, order.tokens_out, order.settled = line.tokens_in or 0, line.tokens_out or 0, True
    order.milliseconds = order.milliseconds if line.milliseconds is None else line.milliseconds


def _enter(found: dict[str, Order], line: Line) -> None:
    if line.event != "intended":
        become(found[line.order], line)
        return
    if line.key is None and line.kind == "take":
        raise ValueError("an intent without the key of its take")
    about = line.item, line.renderer, line.what, Price(line.amount, line.currency or "USD")
    made = Order(line.order, line.key or "", *about, line.event, line.at, kind=line.kind)
    made.tokens_in, made.tokens_out = line.tokens_in or 0, line.tokens_out or 0
    made.milliseconds = line.milliseconds or 0
    found[line.order] = made
