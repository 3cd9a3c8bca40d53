"""A worker: an interpreter of its own that renders (``python -m photoplay.render.worker``).

Messages are JSON lines over its standard input and output; what libraries print goes to standard
error. It ends at once when its input ends, so it never outlives the engine that hired it.

    in   {"load": {"renderer": spec, "device": "cuda:0", "budget_mb": null}}
         {"orders": [order, ...]}
    out  {"ready": true} | {"broken": {...}}                        after a load
         {"tick": [order id, share, words]} | {"done": {...}} | {"failed": {...}}
         {"returned": [order id, ...]}                              not begun: memory ran out before
         {"rendered": true}                                         a batch is, and the next begins
         {"idle": true}                                             all of a batch was told

One thread reads. Orders that come while others are rendered are prepared by it meanwhile: their
inputs decoded, and whatever the renderer's own ``prepare`` does. Only the main thread renders, one
batch after another; a third thread encodes (``camera.Lab``), so that the next batch begins while the
last frames of the one before are still written. A batch is told of before the next is.
"""

from __future__ import annotations

import contextlib
import gc
import json
import os
import queue
import signal
import sys
import threading
import traceback
from collections.abc import Callable, Iterable
from typing import Any

from .camera import Lab
from .inputs import Inputs
from .order import Order
from .perform import Say, failure, perform
from .protocol import Renderer
from .registry import find_renderer

Message = dict[str, Any]
Find = Callable[[str], Renderer]


class _Batch:
    """Orders that are rendered together, and whether their preparation is over."""

    def __init__(self, orders: list[Any]) -> None:
        self.orders = [Order.model_validate(order) for order in orders]
        self.inputs = Inputs(self.orders)
        self.prepared = threading.Event()


class _Desk:
    """What a worker has before it. ``read`` runs in the reading thread, ``work`` in the main one."""

    def __init__(self, say: Say, find: Find) -> None:
        self._say, self._find = say, find
        self._todo: queue.SimpleQueue[Message | _Batch | BaseException | None] = queue.SimpleQueue()
        self._renderer: Renderer | None = None
        self._open = 0
        """Batches that were read and are not rendered yet."""
        self._counting = threading.Lock()

    # -- the reading thread ---------------------------------------------------------------

    def read(self, commands: Iterable[str], ended: Callable[[], None]) -> None:
        try:
            for line in commands:
                message = json.loads(line)
                if "load" in message:
                    self._todo.put(message["load"])
                else:
                    self._take(_Batch(message["orders"]))
        except Exception as error:  # noqa: BLE001  the main thread ends with it
            self._todo.put(error)
        ended()
        self._todo.put(None)

    def _take(self, batch: _Batch) -> None:
        with self._counting:
            ahead = self._open > 0
            self._open += 1
        self._todo.put(batch)
        if ahead and self._renderer is not None:
            with contextlib.suppress(Exception):  # met again, and told of, when it is rendered
                self._prepare(self._renderer, batch.inputs)
        batch.prepared.set()

    @staticmethod
    def _prepare(renderer: Renderer, inputs: Inputs) -> None:
        inputs.read_ahead(renderer.capabilities().tail_frames)
        prepare = getattr(renderer, "prepare", None)
        if prepare is not None:
            prepare(inputs.jobs())

    # -- the main thread ------------------------------------------------------------------

    def work(self) -> None:
        with Lab() as lab:
            spoilt = False
            """Whether memory ran out: what was ordered before that was heard of goes back."""
            while True:
                try:
                    item = self._todo.get(block=not spoilt)
                except queue.Empty:
                    spoilt = False
                    continue
                if item is None:
                    return
                if isinstance(item, BaseException):
                    raise item
                if isinstance(item, _Batch):
                    spoilt = self._render(item, lab, spoilt)
                else:
                    spoilt = False
                    lab.settle()
                    self._load(item)

    def _load(self, wanted: Message) -> None:
        self._unload()
        renderer = None
        try:
            renderer = self._find(wanted["renderer"])
            renderer.load(wanted["device"], wanted["budget_mb"])
        except Exception as error:  # noqa: BLE001  a renderer's bug is told, not died of
            said = failure(error)
        else:
            self._renderer = renderer
            self._say({"ready": True})
            return
        if renderer is not None:
            with contextlib.suppress(Exception):  # it is thrown away
                renderer.unload()
        gc.collect()
        self._say({"broken": said})

    def _unload(self) -> None:
        before, self._renderer = self._renderer, None
        if before is not None:
            before.unload()
            del before
            gc.collect()

    def _render(self, batch: _Batch, lab: Lab, spoilt: bool) -> bool:
        """Render a batch, or give it back; true where memory ran out."""
        batch.prepared.wait()
        meaning = ""
        if spoilt or self._renderer is None:
            batch.inputs.close()
            ids = [order.id for order in batch.orders]
            lab.give(lambda: self._say({"returned": ids}))
        else:
            meaning = perform(self._renderer, batch.orders, self._say, lab=lab, inputs=batch.inputs)
            self._say({"rendered": True})
        with self._counting:
            self._open -= 1
        lab.give(lambda: self._say({"idle": True}))
        if meaning == "oom":
            gc.collect()
        return spoilt or meaning == "oom"


def serve(
    commands: Iterable[str],
    say: Say,
    find: Find = find_renderer,
    ended: Callable[[], None] = lambda: None,
) -> None:
    """Answer commands until the input ends. ``ended`` is called then, before what is left is done."""
    guard = threading.Lock()

    def said(message: Message) -> None:
        with guard:
            say(message)

    desk = _Desk(said, find)
    reader = threading.Thread(target=desk.read, args=(commands, ended), daemon=True)
    reader.start()
    desk.work()


def main() -> None:
    """Entry point of the worker process."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    answers = os.fdopen(os.dup(1), "w", encoding="utf-8", newline="\n")
    os.dup2(2, 1)

    def say(message: Message) -> None:
        try:
            answers.write(json.dumps(message) + "\n")
            answers.flush()
        except (BrokenPipeError, OSError):
            os._exit(0)

    commands = os.fdopen(os.dup(0), encoding="utf-8")
    try:
        serve(commands, say, ended=lambda: os._exit(0))
    except Exception:  # noqa: BLE001  said with its last words; the reading thread must not hold it up
        traceback.print_exc()
        sys.stderr.flush()
        os._exit(1)


if __name__ == "__main__":
    main()
