"""One run of the engine: gives out what can start, hears what became of it, tries again or fails it."""

from __future__ import annotations

import contextlib
import queue
import time
from collections import Counter
from collections.abc import Hashable, Sequence
from dataclasses import dataclass

from ..memory.files import free_mb
from ..memory.store import Draft, TakeStore
from ..storyboard.errors import PhotoplayError, ProjectError, Stopped
from .clerk import Clerk
from .crew import Executor, Message
from .ladder import Ladder
from .news import May, News, Outcome, Tell
from .perform import STOPPED, Stop
from .plan import Node, Planner
from .protocol import Capabilities
from .staff import Batch, Place, Staff
from .waiting import Waiting, shape

TRIES = {"transient": 3, "bad-take": 2}
"""How often a node is tried where it fails so."""
LOADS_LOST = 3
"""Workers lost while loading one renderer, after which its nodes fail."""
_OF_LOADING = frozenset({"transient", "bug", "no-room"})
"""What a failed load may mean; all else is refused."""
LEAVE_S = 5.0
"""Longest time in which a hand may say that it is idle before it stays for the next run."""
LISTEN_S = 0.2
"""Longest time in which nobody asks whether to stop."""


@dataclass
class Stay:
    """What outlasts a run: where renderers stand on the ladder of memory, and idle hands on GPUs."""

    ladder: Ladder
    places: list[Place]


class Shift:
    """See the module. ``missing`` are the nodes to make, by id, in the plan's order."""

    def __init__(
        self,
        store: TakeStore,
        clerk: Clerk,
        planner: Planner,
        crew: Executor,
        missing: dict[str, Node],
        outcome: Outcome,
        tell: Tell,
        stop: Stop,
        stay: Stay,
        may: May = lambda node: "",
    ) -> None:
        self._store, self._clerk, self._planner, self._crew = store, clerk, planner, crew
        self._missing, self._outcome, self._tell, self._stop = missing, outcome, tell, stop
        self._may = may
        self._ladder = stay.ladder
        self._refuse_without_gpu()
        self._waiting = Waiting(missing.values(), store.has, self._fit)
        self._staff = Staff(crew, planner, self._waiting, self._ladder, self._order, stay.places)
        self._tries: Counter[str] = Counter()
        self._lost: Counter[str] = Counter()
        """Renderer -> workers lost one after another while they loaded it."""
        self._later: list[tuple[float, Node]] = []

    def work(self) -> None:
        """Make what can be made. Raises ``Stopped`` where that was asked for."""
        while self._missing:
            if self._stop():
                raise Stopped(STOPPED)
            self._wake()
            self._staff.give_out()
            if not self._staff.busy:
                if self._later:
                    time.sleep(min(LISTEN_S, max(0.0, self._later[0][0] - time.monotonic())))
                    continue
                self._give_up()
                return
            try:
                hand, message = self._crew.heard.get(timeout=LISTEN_S)
            except queue.Empty:
                continue
            place = self._staff.of(hand)
            if place is not None:
                self._hear(place, message)

    def leave(self) -> list[Place]:
        """Let the idle hands on GPUs go with what they have loaded: ``end`` does not dismiss them.

        A hand that has not said within ``LEAVE_S`` that it is idle does not stay.
        """
        until = time.monotonic() + LEAVE_S
        while any(place.gpu and place.busy for place in self._staff) and time.monotonic() < until:
            with contextlib.suppress(queue.Empty):
                hand, message = self._crew.heard.get(timeout=LISTEN_S)
                place = self._staff.of(hand)
                if place is not None:
                    self._hear(place, message)
        left = [place for place in self._staff if place.gpu and not place.busy and place.renderer]
        for place in left:
            self._staff.places.remove(place)
        return left

    def end(self) -> None:
        """Dismiss everybody; nothing half-made stays (what a disk will not let go, the next run clears)."""
        self._staff.end()
        for place in self._staff:
            for batch in place.batches:
                for _, draft in batch.entries.values():
                    with contextlib.suppress(ProjectError):
                        draft.abandon()
        self._staff.places.clear()

    # -- giving out work ------------------------------------------------------------------

    def _refuse_without_gpu(self) -> None:
        """Fail what wants a GPU where there is none, before anybody is hired."""
        wanting = [n for n in self._missing.values() if self._can(n).device == "gpu"]
        if wanting and self._crew.places(0, "gpu") == 0:
            for node in wanting:
                self._fail(
                    node,
                    f"{node.item}: {node.renderer} draws on a GPU, and none was found. Set "
                    "PHOTOPLAY_DEVICE=cpu to have it drawn slowly on the processor, or choose --renderer "
                    "animatic. Nothing of it was begun.",
                )

    def _wake(self) -> None:
        now = time.monotonic()
        for entry in [e for e in self._later if e[0] <= now]:
            self._later.remove(entry)
            self._waiting.give_back(entry[1])

    def _fit(self, node: Node) -> Hashable:
        if self._ladder.alone(node):
            return node.id
        return shape(node.request) if self._can(node).batch > 1 else ""

    def _can(self, node: Node) -> Capabilities:
        return self._planner.renderer(node.renderer)[1]

    def _order(self, place: Place) -> None:
        """Give a place its next batch."""
        _, can = self._planner.renderer(place.renderer)
        while nodes := self._waiting.take(place.renderer, self._ladder.batch(place.renderer, can)):
            orders = []
            batch = Batch({}, self._ladder.rung(place.renderer))
            place.batches.append(batch)
            for node in nodes:
                if why := self._may(node):
                    self._fail(node, f"{node.item}: {why}")
                    continue
                draft = self._store.begin(node.key)
                batch.entries[node.id] = (node, draft)
                try:
                    orders.append(self._clerk.order(node, draft))
                except PhotoplayError as error:
                    del batch.entries[node.id]
                    draft.abandon()
                    self._fail(node, str(error))
            if orders:
                batch.size = len(orders)
                if len(place.batches) == 1:
                    self._begin(batch)
                place.hand.order(orders)
                return
            place.batches.remove(batch)

    def _begin(self, batch: Batch) -> None:
        if not batch.begun:
            batch.begun = True
            for node, _ in tuple(batch.entries.values()):
                self._tell(News("started", node))

    # -- hearing back ---------------------------------------------------------------------

    def _hear(self, place: Place, message: Message) -> None:
        if "tick" in message:
            node_id, share, *words = message["tick"]
            batch = self._batch(place, node_id)
            if batch is not None:
                self._begin(batch)
                self._tell(News("tick", batch.entries[node_id][0], share, *words))
        elif "done" in message:
            batch = self._batch(place, message["done"]["id"])
            if batch is not None:
                self._begin(batch)
                node, draft = batch.entries.pop(message["done"]["id"])
                self._enter(node, draft, message, place.on_gpu)
        elif "failed" in message:
            batch = self._batch(place, message["failed"]["id"])
            if batch is not None:
                self._hear_failure(place, batch, message["failed"])
        elif "returned" in message:
            for node_id in message["returned"]:
                batch = self._batch(place, node_id)
                if batch is not None:
                    self._give_back(*batch.entries.pop(node_id))
        elif "ready" in message:
            place.ready = True
            self._lost[place.renderer] = 0
        elif "rendered" in message:
            self._rendered(place)
        elif "idle" in message:
            self._idle(place)
        elif "broken" in message:
            self._broken(place, message["broken"]["meaning"], message["broken"]["words"])
        else:
            self._lose(place, message.get("lost", "the worker was lost"))

    @staticmethod
    def _batch(place: Place, node_id: str) -> Batch | None:
        return next((batch for batch in place.batches if node_id in batch.entries), None)

    def _give_back(self, node: Node, draft: Draft) -> None:
        draft.abandon()
        self._waiting.give_back(node)

    def _rendered(self, place: Place) -> None:
        """The next batch is begun; what is left of this one is still encoded."""
        unfinished = [batch for batch in place.batches if not batch.rendered]
        for batch in unfinished[:1]:
            batch.rendered = True
        for batch in unfinished[1:2]:
            self._begin(batch)

    def _idle(self, place: Place) -> None:
        """A batch is answered for. (What is left of it, the hand forgot.)"""
        if not place.batches:
            return
        left = place.batches.popleft().entries.values()
        for _, draft in left:
            draft.abandon()
        for node, _ in left:
            self._judge(node, "transient", "the worker did not say what became of it")
        if place.batches:
            self._begin(place.batches[0])

    def _hear_failure(self, place: Place, batch: Batch, said: dict[str, str]) -> None:
        node, draft = batch.entries.pop(said["id"])
        written = draft.size() if said["meaning"] == "no-room" else 0
        draft.abandon()
        if said["meaning"] == "oom":
            self._out_of_memory(place, batch, node, said["words"])
        else:
            self._judge(node, said["meaning"], said["words"], written)

    def _lose(self, place: Place, words: str) -> None:
        """A hand is gone: the batch that it was rendering has one try less, the others go back."""
        self._staff.let_go(place)
        if not place.ready:
            self._lost[place.renderer] += 1
            if self._lost[place.renderer] >= LOADS_LOST:
                for node in self._waiting.withdraw(place.renderer):
                    self._fail(
                        node, f"{node.item}: {words}, {LOADS_LOST} times while {place.renderer} loaded"
                    )
        batches = tuple(place.batches)
        for batch in batches:
            for _, draft in batch.entries.values():
                draft.abandon()
        current = next((batch for batch in batches if not batch.rendered), None)
        for batch in batches:
            for node, _ in batch.entries.values():
                if batch is current:
                    self._judge(node, "transient", words)
                else:
                    self._waiting.give_back(node)

    def _broken(self, place: Place, meaning: str, words: str) -> None:
        """A renderer could not be loaded. A GPU's hand stays, for others."""
        renderer = place.renderer
        if not place.gpu:
            self._staff.let_go(place)
            for node in self._waiting.withdraw(renderer):
                if meaning == "oom":
                    self._node_out_of_memory(node, words)
                else:
                    self._judge(node, meaning, words)
            return
        place.ready, place.renderer = True, ""
        _, can = self._planner.renderer(renderer)
        if meaning == "oom":
            now = self._ladder.down(renderer, place.rung, 0, can, place.memory)
            if now is not None:
                self._say_again(self._waiting.first(renderer), now)
                self._staff.load(place, renderer)
                return
            words = f"{words} ({self._ladder.numbers(renderer, can, place.memory)})"
        if meaning != "transient":
            place.unfit.add(renderer)
            if not self._staff.nobody_can(renderer):
                return
        for node in self._waiting.withdraw(renderer):
            self._judge(node, meaning if meaning in _OF_LOADING else "refused", words)

    # -- trying again ---------------------------------------------------------------------

    def _out_of_memory(self, place: Place, batch: Batch, node: Node, words: str) -> None:
        if not place.gpu:
            self._node_out_of_memory(node, words)
            if self._ladder.again_anew(node) and node.id in self._missing:
                self._staff.let_go(place)
            return
        _, can = self._planner.renderer(node.renderer)
        now = self._ladder.down(node.renderer, batch.rung, batch.size, can, place.memory)
        if now is None:
            numbers = self._ladder.numbers(node.renderer, can, place.memory)
            self._fail(
                node,
                f"{node.item}: {words}. It does not fit: {numbers}. Make it shorter or smaller (--size, "
                "--draft), or choose a smaller set of weights. Other shots are not touched.",
            )
            return
        self._say_again(node, now)
        self._waiting.give_back(node)

    def _say_again(self, node: Node | None, now: str) -> None:
        if now and node is not None:
            words = f"out of memory; trying {now}, for the rest of this run"
            self._tell(News("again", node, words=words))

    def _node_out_of_memory(self, node: Node, words: str) -> None:
        self._tries[node.id] += 1
        now = self._ladder.node_down(node)
        if now:
            self._tell(News("again", node, words=f"out of memory; trying {now}"))
            self._waiting.give_back(node)
        else:
            tried = self._tried(node)
            self._fail(node, f"{node.item}: {words.rstrip('.') if tried else words}{tried}")

    def _judge(self, node: Node, meaning: str, words: str, written: int = 0) -> None:
        """Try again, or fail this node. ``written``: bytes that it had on a disk without room for more."""
        self._tries[node.id] += 1
        if self._tries[node.id] < TRIES.get(meaning, 0):
            self._tell(News("again", node, words=words))
            self._later.append((time.monotonic() + 0.2 * 2 ** self._tries[node.id], node))
            self._later.sort(key=lambda e: e[0])
        elif meaning == "no-room":
            free = free_mb(self._store.work)
            self._fail(node, f"{node.item}: the disk is full or read-only ({words}). It needs more than "
                             f"{written / 1_000_000:.1f} MB; {free} MB are free now. Takes made so far are "
                             "kept; free some space and run `photoplay render` again.")  # fmt: skip
        elif meaning == "bug":
            self._fail(node, f"{node.item}: the renderer {node.renderer} has a bug ({words}). "
                             "Other shots are not touched.")  # fmt: skip
        else:
            tried = self._tried(node)
            self._fail(node, f"{node.item}: {words.rstrip('.') if tried else words}{tried}")

    def _tried(self, node: Node) -> str:
        return f" after {self._tries[node.id]} tries" if self._tries[node.id] > 1 else ""

    # -- the end of a node ----------------------------------------------------------------

    def _fail(self, node: Node, words: str) -> None:
        self._missing.pop(node.id, None)
        self._outcome.failed[node.id] = words
        self._tell(News("failed", node, words=words))

    def _give_up(self) -> None:
        """What is left waits for takes that failed."""
        for node in list(self._missing.values()):
            keys = {i.key for i in node.request.inputs()}
            causes: Sequence[str] = [n for n in node.needs if n in self._outcome.failed]
            gone = sorted(key[:8] for key in keys if not self._store.has(key))
            causes = causes or gone
            words = f"{node.item}: not made, since it goes on from {', '.join(causes)}."
            if gone and not node.needs:
                words += f" That take is not in this film's folder: photoplay footage clear DIR {node.item}."
            self._fail(node, words)

    def _enter(self, node: Node, draft: Draft, message: Message, gpu: bool) -> None:
        try:
            record = self._clerk.enter(node, draft, message["done"], gpu)
        except PhotoplayError as error:
            draft.abandon()
            self._fail(node, f"{node.item}: {error}")
            return
        self._missing.pop(node.id, None)
        self._outcome.made.append(node)
        self._waiting.arrived(node.key)
        for notice in record.notices:
            self._outcome.notices.append((node, notice.kind, notice.words))
            self._tell(News("notice", node, words=notice.words))
        self._tell(News("made", node, 1.0))
