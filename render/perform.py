"""Carry out orders with a renderer: run it, encode what it gives, write the parts down.

This is the engine's own hand, in a worker or in this interpreter. A renderer never sees a path;
this module never decides what is rendered. Files are written only into each order's folder.
"""

from __future__ import annotations

import errno
import json
import time
import traceback
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import numpy as np
from pydantic import Field

from ..storyboard.errors import BadTake, NoRoom, OutOfMemory, PhotoplayError, Refused, Transient
from ..storyboard.schema import Data, Id, Key
from .protocol import Footage, Frame, Job, Notice, Output, Part, Pixels, Renderer
from .requests import AnyRequest, Input, PictureRequest, expectation

TAIL_FRAMES = 8
"""Frames kept lossless before the point where another shot goes on from a take, unless more are read."""
Say = Callable[[dict[str, Any]], None]


class Source(Data):
    """Where an input lies. ``stop`` is the take's frame after the file's last one, where that is a part
    of a take's picture; None for a whole picture, an anchor or weights."""

    input: Input
    path: str
    stop: int | None = None


class Order(Data):
    """One request, and where its parts go."""

    id: Id
    key: Key
    request: AnyRequest
    sources: tuple[Source, ...] = ()
    folder: str
    tails: tuple[int, ...] = Field(())
    """Frames at which another shot goes on; the ``tail_frames`` before each are kept lossless."""
    tail_frames: int = TAIL_FRAMES
    keep: tuple[int, ...] = ()
    """Frames that other requests read; each is kept lossless as a part ``frame-N``."""


class _Shifted:
    """A part of a take's frames, seen with the frame numbers of the take. ``first`` is the first there."""

    def __init__(self, inner: Footage, stop: int) -> None:
        self._inner, self.first = inner, max(0, stop - inner.count)

    @property
    def count(self) -> int:
        return self.first + self._inner.count

    def frame(self, index: int) -> Pixels:
        if index < self.first:
            raise IndexError(f"frame {index} lies before the kept tail, which begins at {self.first}")
        return self._inner.frame(index - self.first)

    def frames(self, start: int, stop: int) -> Iterator[Pixels]:
        if start < self.first:
            raise IndexError(f"frame {start} lies before the kept tail, which begins at {self.first}")
        return self._inner.frames(start - self.first, stop - self.first)


class _Camera:
    """Encodes one order's frames as they come."""

    def __init__(self, order: Order) -> None:
        from .cut.encoding import Encoder

        self._encoder_type = Encoder
        self.order = order
        self.raster, self.rate, self.expected = expectation(order.request)
        self.frames = 0
        self.parts: dict[str, str] = {}
        self.notices: list[dict[str, str]] = []
        self._encoder: Encoder | None = None
        self._tails: dict[int, list[Pixels]] = {at: [] for at in order.tails}

    def take(self, frame: Frame) -> None:
        if self.raster is None or self.rate is None:
            raise BadTake("frames came for a request that has no picture")
        height, width = frame.pixels.shape[:2]
        if (width, height) != (self.raster.width, self.raster.height):
            raise BadTake(
                f"frames of {width}x{height} came for one of {self.raster.width}x{self.raster.height}"
            )
        room = (self.expected or 0) - self.frames
        if room <= 0:
            raise BadTake(f"more than the {self.expected} frames asked for came")
        hold = min(frame.hold, room)
        if self._encoder is None:
            path = Path(self.order.folder) / "picture.mp4"
            self._encoder = self._encoder_type(path, self.raster, self.rate)
            self.parts["picture"] = path.name
        self._encoder.write(frame.pixels, hold)
        longest = self.order.tail_frames
        for at, kept in self._tails.items():
            if self.frames < at and self.frames + hold > at - longest:
                kept.append(np.array(frame.pixels[:, :, :3]))
                kept.extend([kept[-1]] * (min(at, self.frames + hold) - self.frames - 1))
                del kept[:-longest]
        for wanted in self.order.keep:
            if self.frames <= wanted < self.frames + hold:
                self._write_frame(wanted, frame.pixels)
        self.frames += hold

    def keep(self, part: Part) -> None:
        path = Path(self.order.folder) / f"{part.name}.{part.suffix}"
        path.write_bytes(part.data)
        self.parts[part.name] = path.name

    def finish(self) -> None:
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
        if self._encoder is not None:
            self._encoder.abandon()
            self._encoder = None


def perform(renderer: Renderer, orders: list[Order], say: Say) -> None:
    """Render ``orders`` together; tell of each as it is done or has failed. Raises nothing of theirs.

    Messages: ``{"tick": [id, share]}``, ``{"done": {"id", "parts", "frames", "notices", "seconds"}}``,
    ``{"failed": {"id", "meaning", "words"}}``.
    """
    from .cut.footage import open_footage

    cameras = [_Camera(order) for order in orders]
    finished: set[int] = set()
    started = time.monotonic()
    try:
        with ExitStack() as stack:
            jobs = []
            for order in orders:
                footage: dict[Input, Footage] = {}
                weights: dict[Input, bytes] = {}
                for source in order.sources:
                    if source.input.part == "lora":
                        weights[source.input] = Path(source.path).read_bytes()
                        continue
                    opened = stack.enter_context(open_footage(Path(source.path)))
                    whole = source.stop is None
                    footage[source.input] = opened if whole else _Shifted(opened, source.stop or 0)
                jobs.append(Job(order.request, footage, weights))
            shown = [-1.0] * len(orders)

            def tick(job: int, share: float) -> None:
                if share - shown[job] >= 0.02 or share >= 1:
                    shown[job] = share
                    say({"tick": [orders[job].id, round(share, 3)]})

            current = 0
            for output in renderer.render(jobs, tick):
                while current < output.job:
                    _finish(cameras[current], started, say)
                    finished.add(current)
                    current += 1
                _receive(cameras, output)
            for index in range(len(orders)):
                if index not in finished:
                    _finish(cameras[index], started, say)
                    finished.add(index)
    except Exception as error:  # noqa: BLE001  a renderer's bug stops its shot only
        for index, camera in enumerate(cameras):
            if index not in finished:
                camera.abandon()
                say({"failed": {"id": camera.order.id, **failure(error)}})


def _receive(cameras: list[_Camera], output: Output) -> None:
    camera = cameras[output.job]
    if isinstance(output, Frame):
        camera.take(output)
    elif isinstance(output, Part):
        camera.keep(output)
    else:
        assert isinstance(output, Notice)
        camera.notices.append({"kind": output.kind, "words": output.words})


def _finish(camera: _Camera, started: float, say: Say) -> None:
    camera.finish()
    say(
        {
            "done": {
                "id": camera.order.id,
                "parts": camera.parts,
                "frames": camera.frames,
                "notices": camera.notices,
                "milliseconds": round((time.monotonic() - started) * 1000),
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
        return {"meaning": "no-room", "words": str(error)}
    for kind, meaning in _MEANINGS:
        if isinstance(error, kind):
            return {"meaning": meaning, "words": str(error) or kind.__name__}
    if isinstance(error, PhotoplayError):
        return {"meaning": "refused", "words": str(error)}
    trace = "".join(traceback.format_exception(error)[-3:])
    return {"meaning": "bug", "words": f"{type(error).__name__}: {error}", "trace": trace[-4000:]}


def dumps(order: Order) -> Any:
    """Plain data of an order, for a pipe."""
    return json.loads(order.model_dump_json())
