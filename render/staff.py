"""The staff of one run: which hands are hired, what each has loaded, and who gets the next batch.

Hands on the processor come and go with their renderers. Each GPU has one hand, kept to the end: it
renders all that its renderer can start before it loads another, so that weights are loaded once as far
as the plan's order allows. A second GPU loads what another has only where there is more to start than
those that have it take next.
"""

from __future__ import annotations

import os
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field

from ..memory.store import Draft
from .crew import Executor, Hand, WarmHand
from .ladder import Ladder, Memory
from .plan import Node, Planner
from .protocol import Capabilities
from .waiting import Waiting


@dataclass(eq=False)
class Batch:
    """What a hand was ordered: node and draft by id, as long as it has not answered for them."""

    entries: dict[str, tuple[Node, Draft]]
    rung: int = 0
    size: int = 1
    begun: bool = False
    rendered: bool = False
    """Whether its frames are all there, though perhaps not encoded yet."""


@dataclass(eq=False)
class Place:
    """A hand at work: what it has loaded, and its batches, the one being rendered first."""

    hand: Hand
    renderer: str = ""
    gpu: bool = False
    ready: bool = False
    budget: int | None = None
    rung: int = 0
    """The rung of the memory ladder that it was loaded on."""
    batches: deque[Batch] = field(default_factory=deque)
    unfit: set[str] = field(default_factory=set)
    """Renderers that could not be loaded here."""

    @property
    def busy(self) -> bool:
        """Whether something is to be heard from it."""
        return bool(self.batches) or not self.ready

    @property
    def on_gpu(self) -> bool:
        """Whether its device is a GPU indeed, and not the processor in the place of one."""
        return self.gpu and os.environ.get("PHOTOPLAY_DEVICE", "").strip() != "cpu"

    @property
    def memory(self) -> Memory:
        """Of its device."""
        return Memory(getattr(self.hand, "free_mb", 0), getattr(self.hand, "device_name", ""))

    @property
    def depth(self) -> int:
        """How many batches it may have."""
        return self.hand.depth if self.gpu and isinstance(self.hand, WarmHand) else 1


class Staff:
    """See the module. ``order`` gives a place its next batch; it may find that there is none."""

    def __init__(
        self,
        crew: Executor,
        planner: Planner,
        waiting: Waiting,
        ladder: Ladder,
        order: Callable[[Place], None],
        places: Sequence[Place] = (),
    ) -> None:
        self._crew, self._planner, self._waiting, self._ladder = crew, planner, waiting, ladder
        self._order = order
        self.places: list[Place] = list(places)
        self._memory = Memory()
        """Of the GPU that was last begun with: a hand is hired before its own is known."""

    def __iter__(self) -> Iterator[Place]:
        return iter(tuple(self.places))

    @property
    def busy(self) -> bool:
        """Whether something is to be heard from anybody."""
        return any(place.busy for place in self.places)

    def of(self, hand: Hand) -> Place | None:
        """The place of a hand; None where it was let go."""
        return next((place for place in self.places if place.hand is hand), None)

    def gpus(self, can: Capabilities | None = None) -> int:
        """How many GPUs there are, or how many of them a renderer may use."""
        return self._crew.places(can.parallel if can else 0, "gpu")

    def give_out(self) -> None:
        """Order what can start, hire and load for what is left, then order ahead."""
        for place in self:
            if not place.busy and place.renderer:
                self._next(place)
        for renderer in self._waiting.renderers():
            can = self._can(renderer)
            if can.device == "gpu":
                self._staff_gpus(renderer, can)
            else:
                self._hire(renderer, can)
        for place in self:
            if place.ready and 0 < len(place.batches) < place.depth and self._worth_ahead(place):
                self._next(place)

    def load(self, place: Place, renderer: str) -> None:
        """Have a GPU's hand load a renderer, or the one it has anew, with the budget of its rung."""
        place.renderer, place.ready, place.rung = renderer, False, self._ladder.rung(renderer)
        place.budget = self._ladder.budget(renderer, self._can(renderer), place.memory)
        if isinstance(place.hand, WarmHand):
            place.hand.load(renderer, place.budget)
        else:
            place.hand.dismiss()
            place.hand = self._crew.hire(renderer, "gpu", place.budget)

    def let_go(self, place: Place) -> None:
        """Dismiss a hand. Its batches are the caller's to settle."""
        place.hand.dismiss()
        if place in self.places:
            self.places.remove(place)

    def nobody_can(self, renderer: str) -> bool:
        """Whether a GPU renderer could be loaded nowhere."""
        unfit = sum(renderer in place.unfit for place in self.places)
        return unfit >= self.gpus() and not any(p.renderer == renderer for p in self.places)

    def end(self) -> None:
        """Dismiss everybody at once."""
        if len(self.places) == 1:
            self.places[0].hand.dismiss()
        elif self.places:
            with ThreadPoolExecutor(len(self.places)) as pool:
                list(pool.map(lambda place: place.hand.dismiss(), self.places))

    # -- hands on the processor -----------------------------------------------------------

    def _hire(self, renderer: str, can: Capabilities) -> None:
        """As many hands as the renderer has use and room for."""
        mine = [place for place in self.places if not place.gpu]
        busy = sum(place.busy for place in mine)
        same = [place for place in mine if place.renderer == renderer]
        coming = sum(not place.ready for place in same)
        most = self._crew.places(can.parallel)
        room = min(self._crew.places(0) - busy, most - len(same))
        for _ in range(min(room, self._waiting.count(renderer) - coming)):
            for idle in [p for p in self if not p.gpu and not p.busy and p.renderer != renderer]:
                self.let_go(idle)
            first = self._waiting.first(renderer)
            budget = self._ladder.node_budget(first, can) if first else None
            self.places.append(Place(self._crew.hire(renderer, "auto", budget), renderer))

    # -- hands on GPUs --------------------------------------------------------------------

    def _staff_gpus(self, renderer: str, can: Capabilities) -> None:
        """Load a renderer where that is worth it: batches wait beyond one for each that has it."""
        while True:
            having = sum(place.renderer == renderer for place in self.places if place.gpu)
            if having >= self.gpus(can) or self._batches(renderer, can) <= having:
                return
            if sum(place.gpu for place in self.places) < self.gpus():
                budget = self._ladder.budget(renderer, can, self._memory)
                hand = self._crew.hire(renderer, "gpu", budget)
                place = Place(hand, renderer, True, budget=budget, rung=self._ladder.rung(renderer))
                self._memory = place.memory
                self.places.append(place)
                continue
            idle = [p for p in self.places if p.gpu and not p.busy and renderer not in p.unfit]
            if not idle:
                return
            self.load(min(idle, key=lambda p: self._waiting.asleep(p.renderer)), renderer)

    def _batches(self, renderer: str, can: Capabilities) -> int:
        """How many batches of a renderer wait, about: not all need fit each other."""
        return -(-self._waiting.count(renderer) // self._ladder.batch(renderer, can))

    def _worth_ahead(self, place: Place) -> bool:
        """Whether every other hand with this renderer has its next batch, too."""
        having = sum(p.renderer == place.renderer for p in self.places if p.gpu)
        return self._batches(place.renderer, self._can(place.renderer)) >= having

    def _next(self, place: Place) -> None:
        """The next batch; where the renderer's rung changed, first the renderer anew."""
        if place.gpu:
            can = self._can(place.renderer)
            if place.budget != self._ladder.budget(place.renderer, can, place.memory):
                if not place.batches:
                    self.load(place, place.renderer)
                return
        if self._waiting.count(place.renderer):
            self._order(place)

    def _can(self, renderer: str) -> Capabilities:
        return self._planner.renderer(renderer)[1]
