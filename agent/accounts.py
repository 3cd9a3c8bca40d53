"""The account of a film: what was used and what it cost, as programs read it."""

from __future__ import annotations

from typing import Any

from ..memory.ledger import Ledger, Order
from ..memory.price import Price, Total, money, total
from ..memory.project import Project

KINDS = ("take", "answer", "gpu")
_CHARGES = ("charged", "may be charged")


def account_of(project: Project) -> dict[str, Any]:
    """The film's account in plain JSON. See ``account``. Raises ``Damaged``."""
    return account(Ledger(project.folder).orders())


def account(orders: list[Order]) -> dict[str, Any]:
    """``orders``, ``totals`` by charge, and for each kind its number, totals, tokens and milliseconds.

    Amounts are decimals as text; null where nobody knows the price.
    """
    return {
        "orders": [_row(o) for o in orders],
        "totals": _totals(orders),
        "kinds": {kind: _kind([o for o in orders if o.kind == kind]) for kind in KINDS},
    }


def summary_of(project: Project) -> dict[str, Any]:
    """The film's account without its single orders. Raises ``Damaged``."""
    return {name: part for name, part in account_of(project).items() if name != "orders"}


def reserved(order: Order) -> bool:
    """Whether its amount is only reserved: how much it really was has not been heard."""
    return order.charge == "may be charged" and not order.settled


def _row(o: Order) -> dict[str, Any]:
    row: dict[str, Any] = {
        "order": o.order, "at": o.at, "kind": o.kind, "item": o.item, "renderer": o.renderer, "what": o.what,
        "state": o.state, "charge": o.charge, "id": o.id, "words": o.words, "currency": o.price.currency,
        "amount": _amount(o.price), "settled": o.settled,
    }  # fmt: skip
    if o.kind == "answer":
        row |= {"tokens_in": o.tokens_in, "tokens_out": o.tokens_out}
    if o.kind == "gpu":
        row["milliseconds"] = o.milliseconds
    return row


def _amount(price: Price) -> str | None:
    return None if price.amount is None else money(price.amount)


def _totals(orders: list[Order]) -> dict[str, Any]:
    return {
        charge.replace(" ", "_"): _plain(total(o.price for o in orders if o.charge == charge))
        for charge in _CHARGES
    }


def _plain(found: Total) -> dict[str, Any]:
    return {"known": {c: money(amount) for c, amount in found.known.items()}, "unknown": found.unknown}


def _kind(orders: list[Order]) -> dict[str, Any]:
    return {
        "number": len(orders),
        "totals": _totals(orders),
        "tokens_in": sum(o.tokens_in for o in orders),
        "tokens_out": sum(o.tokens_out for o in orders),
        "milliseconds": sum(o.milliseconds for o in orders),
    }
