"""The ledger, ``ledger.jsonl``: what of a film was ordered for money, whether it came, and what it may cost.

One line an event, only ever appended, each on the disk before the next step: the intent before the server
is asked, the server's id as soon as it is known, the goods (in ``bought/``) before they are looked at. So a
kill at any moment leaves either no order, or one that can be told, waited for or fetched, and none is
given twice. A last line without its end was torn by a crash, is not read, and is cut off by the next.

An amount that is not known is ``None`` and makes every sum that it is part of unknown; it is never zero.
"""

from __future__ import annotations

import contextlib
import json
import re
import uuid
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path
from typing import Annotated, Literal

from filelock import FileLock, Timeout
from pydantic import Field, StringConstraints, ValidationError

from ..storyboard.errors import BadInput, Damaged, Locked, Refused
from ..storyboard.schema import Data, Key, Name, Text
from .files import Files, plain_error, read_plain

FILE, GOODS = "ledger.jsonl", "bought"
ANY = "any"
"""An allowance without limit, for prices that nobody knows too."""
_MOST_BYTES = 100_000_000
_LOCK_SECONDS = 60.0
Event = Literal["intended", "submitted", "received", "refused", "failed", "lost", "released"]
_OPEN: frozenset[str] = frozenset({"intended", "submitted", "received", "lost"})
"""States in which the same take is not ordered again by itself."""


@dataclass(frozen=True)
class Price:
    """What one take costs as the settings say; ``amount`` None where nobody knows."""

    amount: Decimal | None
    currency: str = "USD"

    def __str__(self) -> str:
        return "of unknown price" if self.amount is None else f"{money(self.amount)} {self.currency}"


OrderName = Annotated[str, StringConstraints(pattern=r"^order-[0-9a-f]{16}$")]
ServerId = Annotated[str, StringConstraints(pattern=r"^(?:[A-Za-z0-9][A-Za-z0-9._:-]{0,119})?$")]
"""What a server calls an order: fit to stand in a path."""
GoodsName = Annotated[str, StringConstraints(pattern=r"^(?:order-[0-9a-f]{16}\.[a-z0-9]{1,4})?$")]
"""A file of ``bought/``, never a path: a film's folder may come from a stranger."""


Amount = Annotated[Decimal, Field(ge=0, le=100_000_000, decimal_places=12)]
"""Of money. Bounded, since a number such as 1e999999 is a million digits when it is written out."""


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


@dataclass
class Order:
    """One order as its events leave it. ``amount`` was quoted; None where the price is not known."""

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

    @property
    def charge(self) -> Literal["charged", "may be charged", "not charged"]:
        """What is known here of the charge; the server's own bill decides."""
        if self.state == "refused" or self.price.amount == 0:
            return "not charged"
        return "charged" if self.state == "received" else "may be charged"


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
        """Whether an allowance (``""``, an amount, ``any``) covers it; an unknown sum only ``any`` does."""
        if self.nothing or allowance == ANY:
            return True
        comparable = allowance and not self.unknown and len(self.known) == 1
        return bool(comparable) and all(amount <= Decimal(allowance) for amount in self.known.values())

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
        return next((o for o in reversed(self.orders()) if o.key == key and o.state in _OPEN), None)

    def spent(self) -> Total:
        """All that was charged or may be, as it was quoted."""
        return total(o.price for o in self.orders() if o.charge != "not charged")

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
            self._append(Line(at=_now(), order=found[0].order, event="released"))
        return found[0]

    # -- for tills ------------------------------------------------------------------------

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


def _enter(found: dict[str, Order], line: Line) -> None:
    if line.event == "intended":
        if line.key is None:
            raise ValueError("an intent without the key of its take")
        about = line.item, line.renderer, line.what, Price(line.amount, line.currency or "USD")
        found[line.order] = Order(line.order, line.key, *about, line.event, line.at)
        return
    _become(found[line.order], line)


def _become(order: Order, line: Line) -> None:
    order.state, order.id, order.file = line.event, line.id or order.id, line.file or order.file
    order.words = line.words or order.words


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")


def over_words(wanted: Total, allowance: str) -> str:
    """Why an allowance does not cover what is wanted, and what to do."""
    if not allowance:
        why = "and nothing may be spent unless you say so"
    elif wanted.unknown or len(wanted.known) > 1:
        why = f"which cannot be compared with --budget {allowance}"
    else:
        why = f"and --budget allows {allowance}"
    only_known = not wanted.unknown and len(wanted.known) == 1
    say = f"--budget {money(*wanted.known.values())}" if only_known else "--budget any, whatever it costs"
    return f"The film would cost {wanted} in all with what was ordered before, {why}. Allow it with {say}."


class Till:
    """The ledger as one take's renderer sees it: the order that stands for it, and what becomes of it."""

    def __init__(self, ledger: Ledger, key: str, item: str, renderer: str, allowance: str) -> None:
        self._ledger, self._key, self._item, self._renderer = ledger, key, item, renderer
        self._allowance = allowance

    def order(self) -> Order | None:
        """The order that stands for this take; None where one may be given."""
        return self._ledger.order_of(self._key)

    def intend(self, what: str, price: Price) -> Order:
        """Write down that it is about to be ordered. Raises ``Refused`` where too little may be spent."""
        line = Line(
            at=_now(), order=f"order-{uuid.uuid4().hex[:16]}", event="intended", key=self._key,
            item=self._item, renderer=self._renderer, what=what, amount=price.amount, currency=price.currency,
        )  # fmt: skip
        self._ledger.intend(line, self._allowance)
        return Order(line.order, self._key, self._item, self._renderer, what, price, "intended", line.at)

    def submitted(self, order: Order, server_id: str) -> bool:
        """The server took it and calls it so. False where another order of that server has this id."""
        self._tell(order, "submitted", id=server_id)
        return self.has_id(order)

    def has_id(self, order: Order) -> bool:
        """Whether the server can be asked for its clip: it has an id, and no other order has that."""
        return order.id != "" and not any(
            other.id == order.id and other.renderer == order.renderer and other.order != order.order
            for other in self._ledger.orders()
        )

    def received(self, order: Order, suffix: str) -> None:
        """The goods lie whole in ``draft``; they are kept as ``file``."""
        self._tell(order, "received", file=self._ledger.keep(order.order, suffix))

    def closed(self, order: Order, how: Literal["refused", "failed", "lost"], words: str) -> None:
        """``refused``: the server did not take it; ``failed``: it took it, and cannot make it; ``lost``: it
        made it, and has it no more."""
        self._tell(order, how, words=words)

    def draft(self, order: Order) -> Path:
        """Where to write the goods."""
        return self._ledger.draft(order.order)

    def file(self, order: Order) -> Path | None:
        """Where the goods lie; None where they are not there (any more). A link is not followed."""
        path = self._ledger.goods / order.file
        linked = path.is_symlink() or self._ledger.goods.is_symlink()
        return path if order.file and path.is_file() and not linked else None

    def _tell(self, order: Order, event: Event, *, id: str = "", file: str = "", words: str = "") -> None:
        line = Line(at=_now(), order=order.order, event=event, id=id, file=file, words=words)
        self._ledger.tell(line)
        _become(order, line)
