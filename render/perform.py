"""Carry out orders with a renderer: run it, encode what it gives, write the parts down.

This is the engine's own hand, in a worker or in this interpreter. A renderer never sees a path;
this module never decides what is rendered. Files are written only into each order's folder.
"""

from __future__ import annotations

import errno
import time
import traceback
from collections.abc import Callable, Iterator, Sequence
from typing import Any

from ..storyboard.errors import BadTake, NoRoom, OutOfMemory, PhotoplayError, Refused, Stopped, Transient
from .camera import Camera, Lab
from .inputs import Inputs
from .order import Order
from .protocol import Frame, Notice, Output, Part, Renderer

Say = Callable[[dict[str, Any]], None]
Stop = Callable[[], bool]
STOPPED = "Stopped, as asked. Everything committed is kept; the same call goes on from there."
_WORDS_EVERY_S = 0.2
"""Least time between two ticks that differ only in their words."""


def perform(
    renderer: Renderer,
    orders: Sequence[Order],
    say: Say,
    *,
    lab: Lab | None = None,
    inputs: Inputs | None = None,
    stop: Stop = lambda: False,
) -> str:
    """Render ``orders`` together; tell of each as it is done or has failed. Raises nothing of theirs.

    Messages: ``{"tick": [id, share]}`` or ``{"tick": [id, share, words]}``, ``{"done": {"id", "parts",
    "frames", "notices", "milliseconds", "drawn"}}``, ``{"failed": {"id", "meaning", "words"}}``. Returns the
    meaning of what ended the rendering early, or "".

    With a ``lab`` of one's own this returns when all is rendered, and what is left is encoded and told
    of by the lab; else when all is told. ``inputs`` are closed. Raises ``Stopped`` within a step where
    ``stop`` says so.
    """
    own = lab or Lab()
    opened = inputs or Inputs(orders)
    try:
        return _Performance(renderer, orders, say, own, stop).run(opened)
    finally:
        opened.close()
        if lab is None:
            own.close()


class _Performance:
    def __init__(self, renderer: Renderer, orders: Sequence[Order], say: Say, lab: Lab, stop: Stop) -> None:
        self._renderer, self._say, self._lab, self._stop = renderer, say, lab, stop
        self._cameras = [Camera(order) for order in orders]
        self._ended: set[int] = set()
        self._started = self._turned = time.monotonic()
        self._shown = [(-1.0, "", 0.0)] * len(orders)

    def run(self, inputs: Inputs) -> str:
        try:
            outputs = self._renderer.render(inputs.jobs(), self._tick)
            self._record(outputs)
            for index in range(len(self._cameras)):
                self._end(index)
        except Stopped:
            self._drop()
            raise
        except Exception as error:  # noqa: BLE001  a renderer's bug stops its shot only
            said = failure(error)
        except BaseException:
            self._drop()
            raise
        else:
            return ""
        for index, camera in enumerate(self._cameras):
            camera.fault = camera.fault or (None if index in self._ended else said)
            self._end(index)
        return said["meaning"]

    def _record(self, outputs: Iterator[Output]) -> None:
        current = 0
        for output in outputs:
            if self._stop():
                raise Stopped(STOPPED)
            while current < output.job:
                self._end(current)
                current += 1
            self._receive(output)
            if all(camera.fault or n in self._ended for n, camera in enumerate(self._cameras)):
                getattr(outputs, "close", lambda: None)()
                return

    def _tick(self, job: int, share: float, words: str = "") -> None:
        if self._stop():
            raise Stopped(STOPPED)
        last, said, at = self._shown[job]
        now = time.monotonic()
        if share - last >= 0.02 or share >= 1 or (words != said and now - at >= _WORDS_EVERY_S):
            self._shown[job] = (share, words, now)
            tick = [self._cameras[job].order.id, round(share, 3)]
            self._say({"tick": [*tick, words] if words else tick})

    def _receive(self, output: Output) -> None:
        if output.job in self._ended:
            raise ValueError(f"more came for job {output.job} after a later one had begun")
        camera = self._cameras[output.job]
        if camera.fault:
            return
        if isinstance(output, Frame):
            try:
                pixels, hold = camera.admit(output)
            except BadTake as error:
                camera.fault = failure(error)
                return
            self._lab.give(lambda: _guarded(camera, lambda: camera.take(pixels, hold)), pixels.nbytes)
        elif isinstance(output, Part):
            part = output
            self._lab.give(lambda: _guarded(camera, lambda: camera.keep(part)), len(part.data))
        else:
            assert isinstance(output, Notice)
            camera.notices.append({"kind": output.kind, "words": output.words})

    def _end(self, index: int) -> None:
        if index in self._ended:
            return
        self._ended.add(index)
        camera, say, started = self._cameras[index], self._say, self._started
        drawn, self._turned = time.monotonic() - self._turned, time.monotonic()
        self._lab.give(lambda: _finish(camera, started, drawn, say))

    def _drop(self) -> None:
        """Throw away what was begun; what the lab has of other orders is done."""
        for camera in self._cameras:
            camera.fault = camera.fault or {"meaning": "stopped", "words": STOPPED}
        self._lab.settle()
        for camera in self._cameras:
            camera.abandon()


def _guarded(camera: Camera, work: Callable[[], None]) -> None:
    """Do some of an order's work; a fault is its own, and what comes after it is skipped."""
    if camera.fault:
        return
    try:
        work()
    except Exception as error:  # noqa: BLE001  the lab's thread has nobody to raise it to
        camera.fault = failure(error)


def _finish(camera: Camera, started: float, drawn: float, say: Say) -> None:
    _guarded(camera, camera.finish)
    if camera.fault:
        camera.abandon()
        say({"failed": {"id": camera.order.id, **camera.fault}})
        return
    say(
        {
            "done": {
                "id": camera.order.id,
                "parts": camera.parts,
                "frames": camera.frames,
                "notices": camera.notices,
                "milliseconds": round((time.monotonic() - started) * 1000),
                "drawn": round(drawn * 1000),
            }
        }
    )


_MEANINGS: tuple[tuple[type[BaseException], str], ...] = (
    (OutOfMemory, "oom"),
    (MemoryError, "oom"),
    (Transient, "transient"),
    (Refused, "refused"),
    (BadTake, "bad-take"),
    (NoRoom, "no-room"),
)


def failure(error: BaseException) -> dict[str, str]:
    """What an exception means to the engine, in plain data."""
    if isinstance(error, OSError) and error.errno in (errno.ENOSPC, errno.EDQUOT, errno.EROFS):
        return {"meaning": "no-room", "words": error.strerror or str(error)}
    for kind, meaning in _MEANINGS:
        if isinstance(error, kind):
            return {"meaning": meaning, "words": str(error) or kind.__name__}
    if isinstance(error, PhotoplayError):
        return {"meaning": "refused", "words": str(error)}
    trace = "".join(traceback.format_exception(error)[-3:])
    return {"meaning": "bug", "words": f"{type(error).__name__}: {error}", "trace": trace[-4000:]}
