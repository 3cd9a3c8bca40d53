"""``photoplay cost``: the ledger of a film, as a person reads it."""

from __future__ import annotations

import json
from pathlib import Path

from rich.console import Console
from rich.text import Text as Line

from ..memory.ledger import Ledger, Order
from ..memory.price import Total, money, total
from ..memory.project import Project

_STATES = {
    "intended": "no answer",
    "submitted": "ordered",
    "received": "received",
    "refused": "not taken",
    "failed": "failed",
    "lost": "lost",
    "released": "released",
}


def tell_cost(folder: Path, release: str | None, as_json: bool) -> None:
    """Print all orders and their sums; with ``release`` let one be given again first."""
    project = Project.open(folder)
    ledger = Ledger(project.folder)
    if release is not None:
        with project.lock():
            ledger.release(release)
    orders = ledger.orders()
    sums = {
        charge: total(o.price for o in orders if o.charge == charge)
        for charge in ("charged", "may be charged")
    }
    if as_json:
        print(json.dumps(_plain(orders, sums), ensure_ascii=False))
    else:
        _show(orders, sums)


def _plain(orders: list[Order], sums: dict[str, Total]) -> dict[str, object]:
    return {
        "orders": [
            {
                "order": o.order, "at": o.at, "item": o.item, "renderer": o.renderer, "what": o.what,
                "state": o.state, "charge": o.charge, "id": o.id, "words": o.words,
                "currency": o.price.currency,
                "amount": None if o.price.amount is None else money(o.price.amount),
            }
            for o in orders
        ],
        "totals": {
            charge.replace(" ", "_"): {
                "known": {currency: money(amount) for currency, amount in found.known.items()},
                "unknown": found.unknown,
            }
            for charge, found in sums.items()
        },
    }  # fmt: skip


def _show(orders: list[Order], sums: dict[str, Total]) -> None:
    console = Console(highlight=False)

    def say(words: str) -> None:
        console.print(Line(words), soft_wrap=True)

    for o, times in _folded(orders):
        amount = "unknown" if o.price.amount is None else f"{money(o.price.amount)} {o.price.currency}"
        said = f"{o.order}  {_STATES[o.state]:<9}  {amount:>12}  {o.item} {o.what} by {o.renderer}"
        again = f" ({times} times)" if times > 1 else ""
        say(said + (f": {o.words}" if o.words else "") + again)
    if not orders:
        say("Nothing was ordered.")
        return
    say(f"Charged, as it was quoted: {sums['charged']}. It may be charged besides: {sums['may be charged']}.")
    say("What a server really charges is on its own bill.")


def _folded(orders: list[Order]) -> list[tuple[Order, int]]:
    """Orders, and how often each; a take that was not taken, for one reason, is told once, by the last."""
    found: dict[tuple[str, ...], tuple[Order, int]] = {}
    for o in orders:
        mark = (o.key, o.words) if o.state == "refused" else (o.order,)
        found[mark] = o, found.get(mark, (o, 0))[1] + 1
    return list(found.values())
