"""What a film is about to cost, said before anything is ordered, and whether that may be spent."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from ..memory.anchors import AnchorBook
from ..memory.ledger import Ledger
from ..memory.lora import LoraBook
from ..memory.price import Price, Total, over_words, total
from ..memory.project import Project
from ..render.nodes import Node
from ..render.plan import Planner
from ..render.stills import keyframes_renderer, remembers
from ..storyboard.errors import BadInput
from ..storyboard.film import Film, Shot
from .binding import to_make
from .sheets import Say, missing_sheets, sheet_nodes


@dataclass(frozen=True)
class Quote:
    """What is about to be ordered: (renderer, kind) -> prices. ``before`` was charged already, or may be."""

    wanted: dict[tuple[str, str], list[Price]]
    before: Total

    @property
    def prices(self) -> list[Price]:
        """Of everything about to be ordered."""
        return [price for prices in self.wanted.values() for price in prices]

    @property
    def in_all(self) -> Total:
        """What the film will have cost."""
        found = total(self.prices)
        for currency, amount in self.before.known.items():
            found.add(Price(amount, currency))
        found.unknown += self.before.unknown
        return found

    def __str__(self) -> str:
        rows = [
            f"{len(prices)} {kind}{'s' * (len(prices) != 1)} by {renderer}: {total(prices)}"
            for (renderer, kind), prices in self.wanted.items()
        ]
        earlier = "" if self.before.nothing else f"; ordered before: {self.before}"
        return f"To be ordered: {', '.join(rows)}{earlier}."


def quote(project: Project, planner: Planner, only: Collection[str] | None = None) -> Quote:
    """What the missing takes of paid renderers cost (of ``only``, with what they go on from).

    Sheets and keyframes included. What was ordered already, and is only to be fetched, costs nothing more.
    """
    ledger = Ledger(project.folder)
    wanted: dict[tuple[str, str], list[Price]] = {}
    for node in _paid(project, planner, only):
        if not project.store.has(node.key) and ledger.order_of(node.key) is None:
            renderer: Any = planner.renderer(node.renderer)[0]
            kind = _KINDS.get(node.request.kind, node.request.kind)
            wanted.setdefault((node.renderer, kind), []).append(renderer.price(node.request))
    return Quote(wanted, ledger.spent())


def quote_of(project: Project, planner: Planner, film: Film, items: Collection[str]) -> str:
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
    return "nothing paid" if found.nothing else str(found)


_KINDS = {"between": "clip", "extend": "clip"}


def _paid(project: Project, planner: Planner, only: Collection[str] | None) -> list[Node]:
    """Nodes of renderers that have prices, each take once."""
    film = project.film
    if not any(_has_price(planner, name) for name in _renderers(project, planner)):
        return []
    plan = planner.plan(film)
    shots = to_make(project, planner, only)
    items = {shot.id for shot in shots}
    nodes = [n for n in plan.nodes if n.item in items and n.item not in film.decisions.pinned]
    if shots and remembers(film, planner.renderer):
        nodes = [*_sheets(project, planner, shots), *nodes]
    found = {n.key: n for n in nodes if _has_price(planner, n.renderer)}
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
    project: Project, planner: Planner, budget: str, say: Say, only: Collection[str] | None = None
) -> None:
    """Say the quote, where anything costs. Raises ``BadInput`` where ``budget`` does not cover it.

    ``budget`` is for the whole film: what was ordered before counts, so that the same command, repeated after
    a kill, never spends more than it says. Every order is held to it once more when it is given.
    """
    found = quote(project, planner, only)
    if total(found.prices).nothing:
        return
    say("quote", str(found))
    if not found.in_all.within(budget):
        raise BadInput(f"{over_words(found.in_all, budget)} Nothing was ordered.")
