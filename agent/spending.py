"""What a film is about to cost, said before anything is ordered, and whether that may be spent."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from ..memory.anchors import AnchorBook
from ..memory.ledger import Ledger
from ..memory.lora import LoraBook
from ..memory.price import Price, Total, agreed, money, over_words, total
from ..memory.project import Project
from ..render.nodes import Node
from ..render.plan import Planner
from ..render.stills import keyframes_renderer, remembers
from ..storyboard.errors import OverBudget
from ..storyboard.film import Film, Shot
from .binding import to_make
from .gpu_time import MS_A_MINUTE, Paces, uses_gpu
from .prices import GpuPrice, Prices, read_prices
from .sheets import Say, missing_sheets, sheet_nodes


@dataclass(frozen=True)
class GpuShare:
    """Time of a GPU that takes of a renderer will use; ``milliseconds`` None where none was made before."""

    renderer: str
    takes: int
    milliseconds: int | None
    rate: GpuPrice

    @property
    def price(self) -> Price:
        """What it costs, as far as earlier takes tell."""
        return Price(None) if self.milliseconds is None else self.rate.of(self.milliseconds)

    def __str__(self) -> str:
        takes = f"{self.takes} take{'s' * (self.takes != 1)} by {self.renderer}"
        each = f"{money(self.rate.price)} {self.rate.currency} an hour"
        if self.milliseconds is None:
            return f"GPU time of unknown length for {takes}, at {each}"
        cost = self.price.amount
        assert cost is not None
        minutes = self.milliseconds / MS_A_MINUTE
        return (
            f"about {minutes:.1f} GPU minutes for {takes}: {money(cost.quantize(_CENT))} {self.rate.currency}"
        )


_CENT = Decimal("0.0001")


@dataclass(frozen=True)
class Quote:
    """What is about to be ordered: (renderer, kind) -> prices. ``before`` was charged already, or may be."""

    wanted: dict[tuple[str, str], list[Price]]
    before: Total
    gpu: tuple[GpuShare, ...] = ()

    @property
    def prices(self) -> list[Price]:
        """Of everything about to be ordered."""
        return [price for prices in self.wanted.values() for price in prices]

    @property
    def nothing(self) -> bool:
        """Whether nothing is about to be paid for."""
        return total(self.prices).nothing and not self.gpu

    @property
    def in_all(self) -> Total:
        """What the film will have cost. GPU time that cannot be known before is not in it: it is stopped
        where it passes what may be spent."""
        found = total([*self.prices, *(share.price for share in self.gpu if share.milliseconds is not None)])
        for currency, amount in self.before.known.items():
            found.add(Price(amount, currency))
        found.unknown += self.before.unknown
        return found

    def __str__(self) -> str:
        rows = [
            f"{len(prices)} {kind}{'s' * (len(prices) != 1)} by {renderer}: {total(prices)}"
            for (renderer, kind), prices in self.wanted.items()
        ]
        rows += [str(share) for share in self.gpu]
        earlier = "" if self.before.nothing else f"; ordered before: {self.before}"
        return f"To be ordered: {', '.join(rows)}{earlier}."


def quote(
    project: Project, planner: Planner, only: Collection[str] | None = None, prices: Prices | None = None
) -> Quote:
    """What the missing takes of paid renderers cost (of ``only``, with what they go on from).

    Sheets and keyframes included. What was ordered already, and is only to be fetched, costs nothing more.
    ``prices`` (None: those of the settings file) say what GPU time costs; without a price it is not quoted.
    """
    prices = read_prices() if prices is None else prices
    ledger = Ledger(project.folder)
    wanted: dict[tuple[str, str], list[Price]] = {}
    found = [n for n in _paid(project, planner, only, prices) if not project.store.has(n.key)]
    for node in found:
        if _has_price(planner, node.renderer) and ledger.order_of(node.key) is None:
            renderer: Any = planner.renderer(node.renderer)[0]
            kind = _KINDS.get(node.request.kind, node.request.kind)
            wanted.setdefault((node.renderer, kind), []).append(renderer.price(node.request))
    return Quote(wanted, ledger.spent(), _gpu_shares(project, planner, found, prices))


def _gpu_shares(
    project: Project, planner: Planner, nodes: Sequence[Node], prices: Prices
) -> tuple[GpuShare, ...]:
    if prices.gpu is None:
        return ()
    known = Paces(project)
    times: dict[str, list[int | None]] = {}
    for node in nodes:
        if uses_gpu(planner, node.renderer):
            times.setdefault(node.renderer, []).append(known.expected_ms(planner, node))
    shares = []
    for renderer, each in times.items():
        whole = None if None in each else sum(ms or 0 for ms in each)
        shares.append(GpuShare(renderer, len(each), whole, prices.gpu))
    return tuple(shares)


def quote_of(
    project: Project,
    planner: Planner,
    film: Film,
    items: Collection[str],
    gpu: Prices | None = None,
) -> str:
    """What making these items of ``film`` costs, in words: ``nothing paid``, an amount, or unknown.

    ``film`` need not be the project's: it may be one that edits would lead to.
    """
    if not film.shots or not items:
        return "nothing paid"
    ledger = Ledger(project.folder)
    prices: dict[str, Price] = {}
    for node in planner.plan(film).nodes:
        wanted = node.item in items and not project.store.has(node.key)
        if wanted and _has_price(planner, node.renderer) and ledger.order_of(node.key) is None:
            renderer: Any = planner.renderer(node.renderer)[0]
            prices[node.key] = renderer.price(node.request)
    found = total(prices.values())
    missing = {n.key: n for n in planner.plan(film).nodes if n.item in items and not project.store.has(n.key)}
    shares = _gpu_shares(project, planner, list(missing.values()), read_prices() if gpu is None else gpu)
    rows = [*([] if found.nothing else [str(found)]), *map(str, shares)]
    return ", ".join(rows) or "nothing paid"


_KINDS = {"between": "clip", "extend": "clip"}


def _paid(project: Project, planner: Planner, only: Collection[str] | None, prices: Prices) -> list[Node]:
    """Nodes of renderers that have prices, or a GPU's time that has one; each take once."""
    film = project.film

    def costs(name: str) -> bool:
        return _has_price(planner, name) or (prices.gpu is not None and uses_gpu(planner, name))

    if not any(map(costs, _renderers(project, planner))):
        return []
    plan = planner.plan(film)
    shots = to_make(project, planner, only)
    items = {shot.id for shot in shots}
    nodes = [n for n in plan.nodes if n.item in items and n.item not in film.decisions.pinned]
    if shots and remembers(film, planner.renderer):
        nodes = [*_sheets(project, planner, shots), *nodes]
    found = {n.key: n for n in nodes if costs(n.renderer)}
    return list(found.values())


def _renderers(project: Project, planner: Planner) -> Iterable[str]:
    film = project.film
    stills = keyframes_renderer(film, planner.renderer)
    own = (shot.renderer for shot in film.shots if shot.renderer)
    return {film.settings.renderer, *own, *([stills] if stills else [])}


def _has_price(planner: Planner, name: str) -> bool:
    return hasattr(planner.renderer(name)[0], "price")


def _sheets(project: Project, planner: Planner, shots: Sequence[Shot]) -> list[Node]:
    film = project.film
    name = keyframes_renderer(film, planner.renderer)
    if name is None or not planner.renderer(name)[1].references:
        return []
    anchors = list(AnchorBook(project.folder, project.files).all())
    wanted = missing_sheets(film, shots, anchors)
    loras = list(LoraBook(project.folder).all())
    return [n for _, n in sheet_nodes(film, wanted, anchors, planner, name, loras, project.store.has)]


def check_spending(
    project: Project,
    planner: Planner,
    budget: str,
    say: Say,
    only: Collection[str] | None = None,
    prices: Prices | None = None,
    agree: Callable[[str], bool] = lambda words: False,
) -> str:
    """Say the quote, where anything costs. Raises ``OverBudget`` where ``budget`` does not cover it.

    ``budget`` is for the whole film: what was ordered before counts, so that the same command, repeated after
    a kill, never spends more than it says. Every order is held to it once more when it is given. Where only
    an unknown price stands in the way, ``agree`` is asked. Returns the budget, with what was agreed to.
    """
    return _within(quote(project, planner, only, prices), budget, say, agree)


def check_lines(
    project: Project, planner: Planner, budget: str, say: Say, agree: Callable[[str], bool]
) -> str:
    """``check_spending`` for the lines that are still to be spoken: they are ordered before any picture."""
    ledger = Ledger(project.folder)
    lines = {n.key: n for n in planner.speech(project.film) if _has_price(planner, n.renderer)}
    wanted: dict[tuple[str, str], list[Price]] = {}
    for node in lines.values():
        if not project.store.has(node.key) and ledger.order_of(node.key) is None:
            renderer: Any = planner.renderer(node.renderer)[0]
            wanted.setdefault((node.renderer, "line"), []).append(renderer.price(node.request))
    return _within(Quote(wanted, ledger.spent()), budget, say, agree)


def _within(found: Quote, budget: str, say: Say, agree: Callable[[str], bool]) -> str:
    if found.nothing:
        return budget
    say("quote", str(found))
    known = Total(found.in_all.known)
    asks = found.in_all.unknown and not found.in_all.within(budget) and known.within(budget)
    if asks and agree(f"{found} Order what nobody knows the price of?"):
        budget = agreed(budget)
    if not found.in_all.within(budget):
        raise OverBudget(f"{over_words(found.in_all, budget)} Nothing was ordered.")
    if found.gpu and not budget:
        raise OverBudget(
            "GPU time has a price in photoplay.toml, and nothing may be spent unless you say so: with "
            "--budget and a sum, at which it is stopped, or --budget any. Nothing was begun."
        )
    return budget
