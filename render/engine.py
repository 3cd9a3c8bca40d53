"""The engine: runs the missing nodes of a plan, and alone encodes, probes and commits.

Nodes run when what they read is committed, grouped by renderer so that weights are loaded once,
side by side as far as the executor has places. A fault stops its own shot (and what goes on from
it), never the others; everything committed stays.
"""

from __future__ import annotations

import contextlib
import queue
import time
from collections import Counter, deque
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal

from .. import __version__
from ..memory.files import free_mb
from ..memory.store import Draft, Made, TakeNotice, TakeStore
from ..storyboard.errors import BadTake, PhotoplayError, ProjectError
from .crew import Executor, Hand, Message
from .perform import Order, Source
from .plan import Node, Planner
from .protocol import identity
from .requests import Extend, Input, Still, expectation

TRANSIENT_TRIES = 3
MEMORY_RUNGS = 3
"""Tries after running out of memory: as asked, one request at a time, then with half the budget."""


@dataclass(frozen=True)
class News:
    """What the engine tells while it works."""

    kind: Literal["started", "tick", "made", "failed", "again", "notice"]
    node: Node
    share: float = 0.0
    words: str = ""


@dataclass
class Outcome:
    """What became of the nodes asked for."""

    made: list[Node] = field(default_factory=list)
    kept: list[Node] = field(default_factory=list)
    failed: dict[str, str] = field(default_factory=dict)
    """Node id -> why, in words for a film maker."""
    notices: list[tuple[Node, str, str]] = field(default_factory=list)
    """(node, kind, words) of all takes used, made now or earlier."""


Tell = Callable[[News], None]


class Engine:
    """Renders into one take store. ``anchors`` is the folder of the film's anchor frames."""

    def __init__(self, store: TakeStore, anchors: Path, planner: Planner, crew: Executor) -> None:
        self._store, self._anchors, self._planner, self._crew = store, anchors, planner, crew

    def run(self, nodes: Iterable[Node], tell: Tell = lambda news: None) -> Outcome:
        """Make what is missing of ``nodes``. Raises nothing for a shot that fails: see ``Outcome``.

        On ``KeyboardInterrupt`` or any error here the hands are dismissed and their half-made
        work is removed; what was committed stays.
        """
        wanted = list(nodes)
        outcome = Outcome()
        missing: dict[str, Node] = {}
        under_way: set[str] = set()
        for node in wanted:
            if self._whole(node, tell):
                outcome.kept.append(node)
                outcome.notices.extend(self._notices(node))
            elif node.key not in under_way:
                under_way.add(node.key)
                missing[node.id] = node
        with contextlib.ExitStack() as stack:
            shift = _Shift(self, wanted, missing, outcome, tell)
            stack.callback(shift.end)
            shift.work()
        return outcome

    def _whole(self, node: Node, tell: Tell) -> bool:
        """True where the node's take is committed, byte for byte. A damaged one is set aside."""
        condition = self._store.check(node.key, deep=True)
        if condition == "damaged":
            aside = self._store.quarantine(node.key)
            words = f"its take was damaged; it was set aside as {aside.name} and is made again"
            tell(News("notice", node, words=words))
        return condition == "whole"

    def _notices(self, node: Node) -> list[tuple[Node, str, str]]:
        record = self._store.record(node.key)
        assert record is not None
        told = [(node, n.kind, n.words) for n in record.notices]
        if isinstance(node.request, Extend):
            parent = self._store.record(node.request.tail.key)
            digests = {p.sha256 for p in parent.parts.values()} if parent else set()
            if record.inputs.get(node.request.tail.key) not in digests:
                words = "seam may jump: the shot it goes on from was made again with other pixels"
                told.append((node, "seam", words))
        return told


@dataclass
class _Place:
    """A hand at work: its batch in flight, and how often it was loaded anew for memory."""

    renderer: str
    hand: Hand
    ready: bool = False
    batch: dict[str, tuple[Node, Draft]] = field(default_factory=dict)


class _Shift:
    """One run of the engine."""

    def __init__(
        self, engine: Engine, wanted: list[Node], missing: dict[str, Node], outcome: Outcome, tell: Tell
    ) -> None:
        self._engine, self._store, self._crew = engine, engine._store, engine._crew
        self._missing, self._outcome, self._tell = missing, outcome, tell
        self._waiting = deque(missing.values())
        self._tries: Counter[str] = Counter()
        self._rungs: Counter[str] = Counter()
        self._later: list[tuple[float, Node]] = []
        self._places: list[_Place] = []
        self._read: dict[str, set[tuple[str, int]]] = {}
        """Key -> parts that others read of it: ("tail", frame after it) and ("frame", frame)."""
        self._tail_frames: Counter[str] = Counter()
        for node in wanted:
            for item in node.request.inputs():
                if item.part in ("tail", "frame") and item.frame is not None:
                    self._read.setdefault(item.key, set()).add((item.part, item.frame))
                if item.part == "tail":
                    _, can = engine._planner.renderer(node.renderer)
                    self._tail_frames[item.key] = max(self._tail_frames[item.key], can.tail_frames)

    def work(self) -> None:
        while self._missing:
            self._wake()
            self._hire()
            if not any(place.batch or not place.ready for place in self._places):
                if self._later:
                    time.sleep(max(0.0, self._later[0][0] - time.monotonic()))
                    continue
                self._give_up()
                return
            try:
                hand, message = self._crew.heard.get(timeout=0.25)
            except queue.Empty:
                continue
            place = next((p for p in self._places if p.hand is hand), None)
            if place is not None:
                self._hear(place, message)

    def end(self) -> None:
        """Dismiss everybody; nothing half-made stays (what a disk will not let go, the next run clears)."""
        for place in self._places:
            place.hand.dismiss()
        for place in self._places:
            for _, draft in place.batch.values():
                with contextlib.suppress(ProjectError):
                    draft.abandon()
        self._places.clear()

    # -- giving out work ------------------------------------------------------------------

    def _wake(self) -> None:
        now = time.monotonic()
        for entry in [e for e in self._later if e[0] <= now]:
            self._later.remove(entry)
            self._waiting.appendleft(entry[1])

    def _hire(self) -> None:
        for place in self._places:
            if place.ready and not place.batch:
                self._order(place)
        busy = sum(1 for p in self._places if p.batch or not p.ready)
        while self._waiting:
            node = self._next_ready(None)
            if node is None:
                return
            _, can = self._engine._planner.renderer(node.renderer)
            same = sum(1 for p in self._places if p.renderer == node.renderer)
            if busy >= self._crew.places(0) or same >= self._crew.places(can.parallel):
                self._waiting.appendleft(node)
                return
            self._dismiss_idle(node.renderer)
            hand = self._crew.hire(node.renderer, "auto", self._budget(node))
            self._places.append(_Place(node.renderer, hand))
            self._waiting.appendleft(node)
            busy += 1
            if self._ready_of(node.renderer) <= same + 1:
                return

    def _dismiss_idle(self, renderer: str) -> None:
        """An idle hand with another renderer makes room: two sets of weights seldom fit."""
        for place in [p for p in self._places if p.ready and not p.batch and p.renderer != renderer]:
            place.hand.dismiss()
            self._places.remove(place)

    def _ready_of(self, renderer: str) -> int:
        return sum(1 for n in self._waiting if n.renderer == renderer and self._can_start(n))

    def _can_start(self, node: Node) -> bool:
        return all(i.part in ("anchor", "lora") or self._store.has(i.key) for i in node.request.inputs())

    def _next_ready(self, renderer: str | None) -> Node | None:
        """Take the first waiting node (of that renderer) that can start; the order is kept."""
        for place, node in enumerate(self._waiting):
            if (renderer is None or node.renderer == renderer) and self._can_start(node):
                del self._waiting[place]
                return node
        return None

    def _budget(self, node: Node) -> int | None:
        _, can = self._engine._planner.renderer(node.renderer)
        return max(1, can.memory_mb.value // 2) if self._rungs[node.id] >= 2 and can.memory_mb.value else None

    def _order(self, place: _Place) -> None:
        _, can = self._engine._planner.renderer(place.renderer)
        orders: list[Order] = []
        while len(orders) < can.batch:
            node = self._next_ready(place.renderer)
            if node is None:
                break
            draft = self._store.begin(node.key)
            try:
                orders.append(self._written(node, draft))
            except PhotoplayError as error:
                draft.abandon()
                self._fail(node, str(error))
                continue
            place.batch[node.id] = (node, draft)
            self._tell(News("started", node))
            if self._rungs[node.id]:
                break
        if orders:
            place.hand.order(orders)

    def _written(self, node: Node, draft: Draft) -> Order:
        sources = []
        for item in node.request.inputs():
            path, stop = self._footage(item)
            if not path.is_file():
                what = {"anchor": "reference", "lora": "LoRA"}.get(item.part, item.part)
                raise BadTake(f"{node.item}: the {what} that it is made from is gone. Render again.")
            sources.append(Source(input=item, path=str(path), stop=stop))
        return Order(
            id=node.id,
            key=node.key,
            request=node.request,
            sources=tuple(sources),
            folder=str(draft.folder),
            tails=self._kept(node, "tail"),
            tail_frames=self._tail_frames[node.key] or 1,
            keep=self._kept(node, "frame"),
        )

    def _kept(self, node: Node, part: str) -> tuple[int, ...]:
        """Where others read that part of a node's take. A still is always kept lossless."""
        frames = {frame for kind, frame in self._read.get(node.key, ()) if kind == part}
        if part == "frame" and isinstance(node.request, Still):
            frames.add(0)
        return tuple(sorted(frames))

    def _footage(self, item: Input) -> tuple[Path, int | None]:
        """Where an input lies, and the take's frame after the file's last, where it is a part."""
        if item.part in ("anchor", "lora"):
            suffix = "png" if item.part == "anchor" else "safetensors"
            return self._engine._anchors / f"{item.key}.{suffix}", None
        if item.part in ("tail", "frame") and item.frame is not None:
            record = self._store.record(item.key)
            part = f"{item.part}-{item.frame}"
            if record is not None and part in record.parts:
                return self._store.path(item.key, part), item.frame + (item.part == "frame")
            return self._store.path(item.key, "picture"), None
        return self._store.path(item.key, item.part), None

    # -- hearing back ---------------------------------------------------------------------

    def _hear(self, place: _Place, message: Message) -> None:
        if "tick" in message:
            node_id, share = message["tick"]
            if node_id in place.batch:
                self._tell(News("tick", place.batch[node_id][0], share))
        elif "done" in message:
            node, draft = place.batch.pop(message["done"]["id"])
            self._commit(node, draft, message["done"])
        elif "failed" in message:
            said = message["failed"]
            node, draft = place.batch.pop(said["id"])
            written = draft.size() if said["meaning"] == "no-room" else 0
            draft.abandon()
            self._judge(place, node, said["meaning"], said["words"], written)
        elif "ready" in message or "idle" in message:
            place.ready = True
        else:
            self._lose(place, message)

    def _lose(self, place: _Place, message: Message) -> None:
        """The hand could not be readied, or it is gone with its batch."""
        self._places.remove(place)
        place.hand.dismiss()
        batch = list(place.batch.values())
        place.batch.clear()
        for _, draft in batch:
            draft.abandon()
        if "broken" in message:
            said = message["broken"]
            nodes = [n for n, _ in batch] or [n for n in self._waiting if n.renderer == place.renderer]
            for node in nodes:
                if node in self._waiting:
                    self._waiting.remove(node)
                self._judge(None, node, said["meaning"], said["words"])
            return
        nodes = [n for n, _ in batch]
        if not nodes:
            waiting = next((n for n in self._waiting if n.renderer == place.renderer), None)
            if waiting is not None:
                self._waiting.remove(waiting)
                nodes = [waiting]
        for node in nodes:
            self._judge(None, node, "transient", message.get("lost", "the worker was lost"))

    def _judge(self, place: _Place | None, node: Node, meaning: str, words: str, written: int = 0) -> None:
        """Try again, or fail this node. ``written``: bytes that it had on a disk without room for more."""
        self._tries[node.id] += 1
        if meaning == "oom" and self._rungs[node.id] + 1 < MEMORY_RUNGS:
            self._rungs[node.id] += 1
            rung = ("", "one request at a time", "with half the memory")[self._rungs[node.id]]
            self._tell(News("again", node, words=f"out of memory; trying {rung}"))
            if place is not None and self._rungs[node.id] >= 2:
                place.hand.dismiss()
                self._places.remove(place)
            self._waiting.appendleft(node)
        elif meaning in ("transient", "bad-take") and self._tries[node.id] < (
            TRANSIENT_TRIES if meaning == "transient" else 2
        ):
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
            tried = f" after {self._tries[node.id]} tries" if self._tries[node.id] > 1 else ""
            self._fail(node, f"{node.item}: {words}{tried}")

    def _fail(self, node: Node, words: str) -> None:
        self._missing.pop(node.id, None)
        self._outcome.failed[node.id] = words
        self._tell(News("failed", node, words=words))

    def _give_up(self) -> None:
        """What is left waits for takes that failed."""
        for node in list(self._missing.values()):
            keys = {i.key for i in node.request.inputs()}
            causes = [n for n in node.needs if n in self._outcome.failed] or sorted(k[:8] for k in keys)
            self._fail(node, f"{node.item}: not made, since it goes on from {', '.join(causes)}.")

    def _commit(self, node: Node, draft: Draft, said: dict[str, Any]) -> None:
        try:
            renderer, _ = self._engine._planner.renderer(node.renderer)
            raster, rate, _ = expectation(node.request)
            for part, name in said["parts"].items():
                draft.path(part, name.rpartition(".")[2])
            record = draft.commit(
                request=node.request.model_dump(mode="json"),
                renderer=identity(renderer),
                item=node.item,
                inputs=self._digests(node),
                frames=int(said["frames"]),
                width=raster.width if raster else 0,
                height=raster.height if raster else 0,
                rate=rate,
                notices=[TakeNotice(**n) for n in (*said["notices"], *self._lossy(node))],
                made=Made(photoplay=__version__, wall_ms=said["milliseconds"]),
            )
        except PhotoplayError as error:
            draft.abandon()
            self._fail(node, f"{node.item}: {error}")
            return
        self._missing.pop(node.id, None)
        self._outcome.made.append(node)
        for notice in record.notices:
            self._outcome.notices.append((node, notice.kind, notice.words))
            self._tell(News("notice", node, words=notice.words))
        self._tell(News("made", node, 1.0))

    def _lossy(self, node: Node) -> list[dict[str, str]]:
        """Say so where a take is made from encoded frames, since no lossless ones were kept."""
        lossy: dict[str, str] = {}
        for item in node.request.inputs():
            if item.part in ("tail", "frame") and item.frame is not None:
                record = self._store.record(item.key)
                if record is None or f"{item.part}-{item.frame}" not in record.parts:
                    lossy[item.part] = f"made from encoded frames: no lossless {item.part} was kept"
        return [{"kind": f"lossy-{part}", "words": words} for part, words in sorted(lossy.items())]

    def _digests(self, node: Node) -> dict[str, str]:
        """Digest of each input actually read, so that a parent re-made with other bits is noticed."""
        used: dict[str, str] = {}
        for item in node.request.inputs():
            record = None if item.part in ("anchor", "lora") else self._store.record(item.key)
            if record is not None:
                part = f"{item.part}-{item.frame}"
                used[item.key] = record.parts[part if part in record.parts else "picture"].sha256
        return used
