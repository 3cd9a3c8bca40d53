"""``photoplay cost``: the ledger of a film, as a person reads it."""

from __future__ import annotations

import json
from pathlib import Path

from rich.console import Console
from rich.text import Text as Line

from ..agent.accounts import account, reserved
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
_KINDS = {"take": "Takes", "answer": "Answers of language models", "gpu": "GPU time"}
_MS_A_MINUTE = 60_000


def tell_cost(folder: Path, release: str | None, as_json: bool) -> None:
    """Print all orders and their sums; with ``release`` let one be given again first."""
    project = Project.open(folder)
    ledger = Ledger(project.folder)
    if release is not None:
        with project.lock():
            ledger.release(release)
    orders = ledger.orders()
    if as_json:
        print(json.dumps(account(orders), ensure_ascii=False))
    else:
        show(orders)


def show(orders: list[Order]) -> None:
    """Print orders, and sums by kind and in all."""
    console = Console(highlight=False)

    def say(words: str) -> None:
        console.print(Line(words), soft_wrap=True)

    if not orders:
        say("Nothing was ordered.")
        return
    for o, times in _folded(orders):
        amount = "unknown" if o.price.amount is None else f"{money(o.price.amount)} {o.price.currency}"
        about = f"{o.item} {o.what} by {o.renderer}".strip() + _used(o)
        again = f" ({times} times)" if times > 1 else ""
        say(
            f"{o.order}  {_STATES[o.state]:<9}  {amount:>12}  {about}"
            + (f": {o.words}" * bool(o.words))
            + again
        )
    for kind, name in _KINDS.items():
        if mine := [o for o in orders if o.kind == kind]:
            say(f"{name}: {len(mine)}{_sum_used(mine)}, {_of(mine, 'charged')}" + _besides(mine))
    say(
        f"Charged, as it was quoted: {_of(orders, 'charged')}. "
        f"It may be charged besides: {_of(orders, 'may be charged')}."
    )
    held = [o for o in orders if reserved(o)]
    if held:
        say(f"Of that, {total(o.price for o in held)} is only reserved: nobody said what it really was.")
    say("What a server really charges is on its own bill.")


def _of(orders: list[Order], charge: str) -> Total:
    return total(o.price for o in orders if o.charge == charge)


def _besides(orders: list[Order]) -> str:
    more = _of(orders, "may be charged")
    return "" if more.nothing else f"; may be charged: {more}"


def _used(o: Order) -> str:
    if o.kind == "answer":
        most = "" if o.settled or o.state == "refused" else "up to "
        return f" ({most}{o.tokens_in:,} tokens in, {o.tokens_out:,} out)"
    return f" ({o.milliseconds / 1000:.1f} s)" if o.kind == "gpu" else ""


def _sum_used(orders: list[Order]) -> str:
    tokens = sum(o.tokens_in for o in orders), sum(o.tokens_out for o in orders)
    minutes = sum(o.milliseconds for o in orders) / _MS_A_MINUTE
    if any(tokens):
        return f" ({tokens[0]:,} tokens in, {tokens[1]:,} out)"
    return f" ({minutes:.1f} minutes)" if minutes else ""


def _folded(orders: list[Order]) -> list[tuple[Order, int]]:
    """Orders, and how often each; a take that was not taken, for one reason, is told once, by the last."""
    found: dict[tuple[str, ...], tuple[Order, int]] = {}
    for o in orders:
        mark = (o.key, o.words) if o.state == "refused" and o.kind == "take" else (o.order,)
        found[mark] = o, found.get(mark, (o, 0))[1] + 1
    return list(found.values())
