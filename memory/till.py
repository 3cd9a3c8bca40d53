"""The till: the ledger as one take's renderer sees it."""

from __future__ import annotations

from pathlib import Path
from typing import Literal

from .ledger import Event, Ledger, Line, Order, become, new_order, now
from .price import Price


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
            at=now(), order=new_order(), event="intended", key=self._key,
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
        line = Line(at=now(), order=order.order, event=event, id=id, file=file, words=words)
        self._ledger.tell(line)
        become(order, line)
