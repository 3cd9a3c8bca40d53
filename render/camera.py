"""The camera of one order, and the lab: frames are encoded on a thread of their own.

A renderer goes on while x264 works. What waits is bounded in bytes, so memory stays flat: a renderer
that is quicker than the encoder waits for it.
"""

from __future__ import annotations

import threading
from collections import deque
from collections.abc import Callable
from pathlib import Path

import numpy as np

from ..storyboard.errors import BadTake
from .order import Order
from .protocol import Frame, Part, Pixels
from .requests import PictureRequest, expectation

MOST_WAITING_BYTES = 256_000_000
"""Pixels that may wait for the encoder."""
STILL_FRAMES = 8
"""A clip of more frames than this must move, where a model made it."""
_STILL = 2
"""Code values by which no pixel differs in a clip that is frozen."""


class Lab:
    """Does tasks one after another, in order, on a thread of its own. Use it with ``with``.

    ``most`` bounds the bytes that wait; one task of any size is always let in. A task must not raise;
    one that does is raised again by ``settle`` and ``close``.
    """

    def __init__(self, most: int = MOST_WAITING_BYTES) -> None:
        self._most = most
        self._tasks: deque[tuple[Callable[[], None], int]] = deque()
        self._turn = threading.Condition()
        self._bytes = 0
        self._working = self._closed = False
        self._thread: threading.Thread | None = None
        self._fault: BaseException | None = None

    def give(self, task: Callable[[], None], size: int = 0) -> None:
        """Have a task done after those before it. Waits while too many bytes wait."""
        with self._turn:
            while self._bytes and self._bytes + size > self._most:
                self._turn.wait()
            self._tasks.append((task, size))
            self._bytes += size
            if self._thread is None:
                self._thread = threading.Thread(target=self._work, daemon=True)
                self._thread.start()
            self._turn.notify_all()

    def settle(self) -> None:
        """Wait until everything given is done."""
        with self._turn:
            while self._tasks or self._working:
                self._turn.wait()
            fault, self._fault = self._fault, None
        if fault is not None:
            raise fault

    def close(self) -> None:
        """Do what waits, and end the thread."""
        try:
            self.settle()
        finally:
            with self._turn:
                self._closed = True
                self._turn.notify_all()
            if self._thread is not None:
                self._thread.join()

    def __enter__(self) -> Lab:
        return self

    def __exit__(self, *error: object) -> None:
        self.close()

    def _work(self) -> None:
        while True:
            with self._turn:
                while not self._tasks:
                    if self._closed:
                        return
                    self._turn.wait()
                task, size = self._tasks.popleft()
                self._working = True
            try:
                task()
            except BaseException as fault:  # noqa: BLE001  told by ``settle``: this thread has no caller
                self._fault = fault
            del task
            with self._turn:
                self._working = False
                self._bytes -= size
                self._turn.notify_all()


class Camera:
    """Encodes one order's frames as they come, and examines what lies on the disk then.

    ``admit`` is called where the frames are rendered; everything else by one thread, in order.
    """

    def __init__(self, order: Order) -> None:
        from .cut.encoding import Encoder

        self._encoder_type = Encoder
        self.order = order
        self.raster, self.rate, self.expected = expectation(order.request)
        self.admitted = 0
        self.frames = 0
        self.parts: dict[str, str] = {}
        self.notices: list[dict[str, str]] = []
        self.fault: dict[str, str] | None = None
        """What went wrong with this order, in plain data; its further frames are not looked at."""
        self._encoder: Encoder | None = None
        self._tails: dict[int, list[Pixels]] = {at: [] for at in order.tails}
        self._first: Pixels | None = None
        self._moved = False

    def admit(self, frame: Frame) -> tuple[Pixels, int]:
        """A copy of the frame's pixels and how long it is held. Raises ``BadTake`` if not as asked."""
        if self.raster is None or self.rate is None:
            raise BadTake("frames came for a request that has no picture")
        height, width = frame.pixels.shape[:2]
        if (width, height) != (self.raster.width, self.raster.height):
            raise BadTake(
                f"frames of {width}x{height} came for one of {self.raster.width}x{self.raster.height}"
            )
        room = (self.expected or 0) - self.admitted
        if room <= 0:
            raise BadTake(f"more than the {self.expected} frames asked for came")
        hold = min(frame.hold, room)
        self.admitted += hold
        return np.array(frame.pixels), hold

    def take(self, pixels: Pixels, hold: int) -> None:
        """Encode a frame that was admitted. Raises ``NoRoom`` or ``RenderError``."""
        assert self.raster is not None
        assert self.rate is not None
        if self._encoder is None:
            path = Path(self.order.folder) / "picture.mp4"
            self._encoder = self._encoder_type(path, self.raster, self.rate)
            self.parts["picture"] = path.name
        self._encoder.write(pixels, hold)
        if self.order.moving and not self._moved:
            self._look_for_movement(pixels)
        longest = self.order.tail_frames
        for at, kept in self._tails.items():
            if self.frames < at and self.frames + hold > at - longest:
                kept.append(np.ascontiguousarray(pixels[:, :, :3]))
                kept.extend([kept[-1]] * (min(at, self.frames + hold) - self.frames - 1))
                del kept[:-longest]
        for wanted in self.order.keep:
            if self.frames <= wanted < self.frames + hold:
                self._write_frame(wanted, pixels)
        self.frames += hold

    def _look_for_movement(self, pixels: Pixels) -> None:
        if self._first is None:
            self._first = pixels
            return
        apart = np.abs(pixels[:, :, :3].astype(np.int16) - self._first[:, :, :3])
        if int(apart.max()) > _STILL:
            self._moved, self._first = True, None

    def keep(self, part: Part) -> None:
        """Write a part down."""
        path = Path(self.order.folder) / f"{part.name}.{part.suffix}"
        path.write_bytes(part.data)
        self.parts[part.name] = path.name

    def finish(self) -> None:
        """Close the file and examine it. Raises ``BadTake`` unless it is what was asked for."""
        if self._encoder is not None:
            self._encoder.close()
            self._encoder = None
        if self.expected is not None and (self.frames != self.expected or "picture" not in self.parts):
            raise BadTake(f"{self.frames} frames came where {self.expected} were asked for")
        self._examine()
        for at, kept in self._tails.items():
            if kept:
                self._write_tail(at, kept)

    def _examine(self) -> None:
        """Raises ``BadTake`` unless what lies on the disk is what the request asked for."""
        if self.expected is None or self.raster is None:
            if not self.parts:
                raise BadTake("the renderer gave nothing")
            return
        from .cut.probe import probe

        seen = probe(Path(self.order.folder) / self.parts["picture"])
        asked = self.raster
        if (seen.width, seen.height, seen.frames) != (asked.width, asked.height, self.expected):
            raise BadTake(
                f"the take has {seen.frames} frames of {seen.width}x{seen.height}; "
                f"{self.expected} of {asked.width}x{asked.height} were asked for"
            )
        if seen.blank and isinstance(self.order.request, PictureRequest):
            raise BadTake("the take is blank: one flat colour throughout")
        if self.order.moving and self.expected > STILL_FRAMES and (seen.frozen or not self._moved):
            raise BadTake("the take is frozen: nothing moves in it")

    def _write_tail(self, at: int, kept: list[Pixels]) -> None:
        from .cut.lossless import write_lossless

        assert self.rate is not None
        path = Path(self.order.folder) / f"tail-{at}.mp4"
        write_lossless(path, kept, self.rate)
        self.parts[f"tail-{at}"] = path.name

    def _write_frame(self, at: int, pixels: Pixels) -> None:
        from .cut.encoding import write_png

        path = Path(self.order.folder) / f"frame-{at}.png"
        write_png(path, pixels)
        self.parts[f"frame-{at}"] = path.name

    def abandon(self) -> None:
        """Stop and remove the half-written picture."""
        if self._encoder is not None:
            self._encoder.abandon()
            self._encoder = None
