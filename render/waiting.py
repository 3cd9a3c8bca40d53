"""Nodes that wait: which can start, in the plan's order, and which go together.

Every operation costs a logarithm at most, so that ten thousand nodes wait as cheaply as ten.
"""

from __future__ import annotations

import heapq
from collections import Counter
from collections.abc import Callable, Hashable, Iterable

from ..storyboard.schema import canonical
from .plan import Node
from .requests import PictureRequest, Request, Still, expectation

OUTSIDE = frozenset({"anchor", "lora", "source", "track"})
"""Parts of inputs that are no takes."""
Fits = Callable[[Node], Hashable]


def shape(request: Request) -> Hashable:
    """What requests that are rendered together have in common: kind, raster, length, settings, LoRAs.

    A reference sheet is rendered alone: shots are bound to its very pixels, and a batch changes the last
    digit of some. So a film that was interrupted has the keys of one that was not.
    """
    if isinstance(request, Still) and request.sheet:
        return canonical(request)
    raster, rate, frames = expectation(request)
    common: tuple[Hashable, ...] = (getattr(request, "kind", ""), raster, rate, frames)
    if not isinstance(request, PictureRequest):
        return common
    loras = tuple((lora.weights.key, lora.percent) for lora in request.loras)
    return (*common, request.raster, tuple(sorted(request.settings.items())), loras)


class Waiting:
    """See the module. ``has`` says whether a take is there; ``fits`` gives equal values to nodes that may
    be given out together. What was given back comes before what follows it in the plan."""

    def __init__(self, nodes: Iterable[Node], has: Callable[[str], bool], fits: Fits) -> None:
        self._has, self._fits = has, fits
        self._place: dict[str, int] = {}
        self._lacking: dict[str, set[str]] = {}
        """Node id -> keys that it needs and that are not there yet."""
        self._readers: dict[str, list[Node]] = {}
        self._asleep: dict[str, dict[str, Node]] = {}
        """Renderer -> nodes that cannot start yet, by id."""
        self._ready: dict[str, _Shelf] = {}
        for node in nodes:
            self._place[node.id] = len(self._place)
            self.give_back(node)

    def give_back(self, node: Node) -> None:
        """Let a node wait, for the first time or again."""
        keys = {i.key for i in node.request.inputs() if i.part not in OUTSIDE}
        lacking = {key for key in keys if not self._has(key)}
        if not lacking:
            self._ready.setdefault(node.renderer, _Shelf()).put(self._place[node.id], node, self._fits(node))
            return
        self._lacking[node.id] = lacking
        self._asleep.setdefault(node.renderer, {})[node.id] = node
        for key in lacking:
            self._readers.setdefault(key, []).append(node)

    def arrived(self, key: str) -> None:
        """A take is there now: what waited for nothing else can start."""
        for node in self._readers.pop(key, ()):
            lacking = self._lacking.get(node.id)
            if lacking is None or key not in lacking:
                continue
            lacking.discard(key)
            if not lacking:
                del self._lacking[node.id], self._asleep[node.renderer][node.id]
                self.give_back(node)

    def renderers(self) -> list[str]:
        """Renderers that have something to start, the first in the plan first."""
        heads = [(shelf.first()[0], name) for name, shelf in self._ready.items() if shelf.count]
        return [name for _, name in sorted(heads)]

    def count(self, renderer: str) -> int:
        """How many nodes of a renderer can start."""
        return self._ready[renderer].count if renderer in self._ready else 0

    def asleep(self, renderer: str) -> int:
        """How many nodes of a renderer wait for others."""
        return len(self._asleep.get(renderer, ()))

    def first(self, renderer: str) -> Node | None:
        """The first of a renderer's nodes that can start; it goes on waiting."""
        return self._ready[renderer].first()[1] if self.count(renderer) else None

    def take(self, renderer: str, most: int) -> list[Node]:
        """The first node of a renderer that can start, and up to ``most`` in all that fit it, in order."""
        return self._ready[renderer].take(most) if self.count(renderer) else []

    def withdraw(self, renderer: str) -> list[Node]:
        """All nodes of a renderer, those that cannot start yet too; none of them waits any longer."""
        shelf = self._ready.pop(renderer, None)
        found = list(self._asleep.pop(renderer, {}).values())
        for node in found:
            del self._lacking[node.id]
        while shelf is not None and shelf.count:
            found += shelf.take(shelf.count)
        return sorted(found, key=lambda node: self._place[node.id])


class _Shelf:
    """Nodes of one renderer that can start: by place, and by place among those that fit each other."""

    def __init__(self) -> None:
        self.count = 0
        self._all: list[tuple[int, int, Hashable]] = []
        """(place, how often it was put here, fit), some of them taken since."""
        self._alike: dict[Hashable, list[int]] = {}
        self._nodes: dict[int, Node] = {}
        self._times: Counter[int] = Counter()

    def put(self, place: int, node: Node, fit: Hashable) -> None:
        self.count += 1
        self._nodes[place] = node
        self._times[place] += 1
        heapq.heappush(self._all, (place, self._times[place], fit))
        heapq.heappush(self._alike.setdefault(fit, []), place)

    def first(self) -> tuple[int, Node]:
        while True:
            place, time, _ = self._all[0]
            if place in self._nodes and self._times[place] == time:
                return place, self._nodes[place]
            heapq.heappop(self._all)

    def take(self, most: int) -> list[Node]:
        self.first()
        fit = self._all[0][2]
        alike = self._alike[fit]
        taken: list[Node] = []
        while alike and len(taken) < most:
            place = heapq.heappop(alike)
            node = self._nodes.pop(place, None)
            if node is not None:
                taken.append(node)
        if not alike:
            del self._alike[fit]
        self.count -= len(taken)
        return taken
