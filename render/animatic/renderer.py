"""The animatic: the embedded renderer. Draws a ``Picture`` with skia on a CPU, with no weights.

Figures are drawn on twos (about twelve images a second), as cut-out films are; the camera moves on
every frame, and with it every sheet of the place.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

import numpy as np
import skia

from ...storyboard.errors import Refused
from ..protocol import Capabilities, Frame, Job, Measured, Notice, Output, Part, Pixels, Tick
from ..requests import Between, Extend, Guide, Still
from .plates import paper

if TYPE_CHECKING:
    from .screen import Screen

BLENDED_FRAMES = 8
"""An extension goes over from its tail in so many frames."""
_DRAWN_A_SECOND = 12


class Animatic:
    """The embedded renderer; see the module and ``render/protocol.py``."""

    name = "animatic"
    weights = "none"
    pixels = 5

    def capabilities(self) -> Capabilities:
        """Stills and clips of any size, rate and length, on a CPU; one worker a core."""
        return Capabilities(
            requests=frozenset({"still", "between", "extend", "guide"}),
            inputs=frozenset({"tail", "speech"}),
            device="cpu",
            memory_mb=Measured(value=400, source="measured"),
            needs=("skia", "numpy"),
            settings=frozenset(),
        )

    def load(self, device: str, budget_mb: int | None) -> None:
        """Nothing to load."""

    def unload(self) -> None:
        """Nothing to give back."""

    def render(self, jobs: Sequence[Job], tick: Tick) -> Iterator[Output]:
        """Frames of each job in order, with a notice for everything drawn as a stand-in.

        Raises ``Refused`` for a request it does not know or an input that would not be looked at.
        """
        for number, job in enumerate(jobs):
            request = job.request
            if isinstance(request, Guide):
                yield from _guide(number, request, tick)
                continue
            if not isinstance(request, Still | Between | Extend):
                raise Refused(f"the animatic does not make a {getattr(request, 'kind', 'request')!r}")
            _refuse_unread(request)
            yield from self._shot(number, job, request, tick)

    def _shot(self, number: int, job: Job, request: Still | Between | Extend, tick: Tick) -> Iterator[Output]:
        from .screen import Screen

        size = (request.raster.width, request.raster.height)
        if isinstance(request, Still):
            screen = Screen(request.picture, size, request.seed, 4.0)
            yield from _notices(number, screen)
            yield Frame(number, _drawn(screen, 1.6))
            tick(number, 1.0)
            return
        fps = float(request.rate.fps)
        screen = Screen(request.picture, size, request.seed, request.frames / fps, speech=request.speech)
        yield from _notices(number, screen)
        tail = _tail(job, request, size) if isinstance(request, Extend) else None
        held = max(1, round(fps / _DRAWN_A_SECOND))
        for first in range(0, request.frames, held):
            count = min(held, request.frames - first)
            if screen.moves or (tail is not None and first < BLENDED_FRAMES):
                for offset, pixels in enumerate(_moved(screen, first, count, fps)):
                    yield Frame(number, _blended(pixels, tail, first + offset))
            else:
                yield Frame(number, _drawn(screen, first / fps), count)
            tick(number, (first + count) / request.frames)


def _guide(number: int, request: Guide, tick: Tick) -> Iterator[Output]:
    """What models accept as control, frame for frame with the clip of the same picture and seed."""
    from .guides import camera_path, drawn_guide
    from .screen import Screen

    fps = float(request.rate.fps)
    size = (request.raster.width, request.raster.height)
    screen = Screen(request.picture, size, request.seed, request.frames / fps, apart=True)
    bodies = [f.id for f in request.picture.figures if f.look.being != "person"]
    if request.shows == "pose" and bodies:
        words = f"no bones are known of {', '.join(bodies)}: the pose shows people only"
        yield Notice(number, "no-bones", words)
    held = max(1, round(fps / _DRAWN_A_SECOND))
    for first in range(0, request.frames, held):
        count = min(held, request.frames - first)
        for k in range(count if screen.moves else 1):
            seconds = (first + k) / fps
            pixels = drawn_guide(screen, request.shows, seconds, first / fps)
            yield Frame(number, pixels, 1 if screen.moves else count)
        tick(number, (first + count) / request.frames)
    yield Part(number, "camera", "json", camera_path(screen, request.frames, fps).encode())


def _refuse_unread(request: Still | Between | Extend) -> None:
    """Raise ``Refused`` for inputs that would change nothing."""
    names = ("first", "last", "goal", "colour", "like", "origin", "beside", "words", "control")
    unread = [name for name in names if getattr(request, name, None)]
    if request.anchors:
        unread.append("references")
    if request.loras:
        unread.append("LoRAs")
    if unread:
        raise Refused(f"the animatic cannot use {' and '.join(unread)}: it draws from the picture alone")


def _notices(number: int, screen: Screen) -> Iterator[Notice]:
    """What a person must be told about how this was drawn."""
    from .figures import PERFORMED

    for thing in screen.picture.things:
        if not screen.knows(thing.id):
            yield Notice(
                number, "labelled-shape", f"{thing.look.kind!r} has no drawing: shown as a labelled shape"
            )
    for figure in screen.picture.figures:
        if not figure.look.known:
            words = f"{figure.look.species!r} has no drawing: shown as a neutral {figure.look.being}"
            yield Notice(number, "labelled-shape", words)
        if figure.action not in PERFORMED:
            yield Notice(
                number, "neutral-action", f"{figure.action} has no performance: shown as a neutral one"
            )


def _developed(surface: skia.Surface) -> Pixels:
    """The surface as fresh pixels, height x width x 4, RGBA."""
    width, height = surface.width(), surface.height()
    pixels = np.empty((height, width, 4), np.uint8)
    info = skia.ImageInfo.Make(width, height, skia.kRGBA_8888_ColorType, skia.kPremul_AlphaType)
    surface.readPixels(info, pixels, 4 * width, 0, 0)
    return pixels


def _drawn(screen: Screen, seconds: float) -> Pixels:
    surface = paper(*screen.size)
    canvas = surface.getCanvas()
    screen.draw(canvas, seconds, screen.path(seconds))
    screen.finish(canvas)
    return _developed(surface)


def _moved(screen: Screen, first: int, count: int, fps: float) -> Iterator[Pixels]:
    """Frames ``first`` to ``first + count``: one moment of the performances, the camera going on.

    The place is laid down for each frame, so that near and far part as the camera moves.
    """
    for k in range(first, first + count):
        surface = paper(*screen.size)
        canvas = surface.getCanvas()
        screen.draw(canvas, k / fps, screen.path(k / fps), first / fps)
        screen.finish(canvas)
        yield _developed(surface)


def _tail(job: Job, request: Extend, size: tuple[int, int]) -> Pixels:
    """The last frame before the first new one, at this size, height x width x 3."""
    footage = job.footage[request.tail]
    after = footage.count if request.tail.frame is None else request.tail.frame
    frame = footage.frame(max(0, min(after, footage.count) - 1))
    if frame.shape[:2] == (size[1], size[0]):
        return frame[..., :3]
    opaque = np.dstack([frame[..., :3], np.full(frame.shape[:2], 255, np.uint8)])
    surface = paper(*size)
    image = skia.Image.fromarray(np.ascontiguousarray(opaque), colorType=skia.kRGBA_8888_ColorType)
    linear = skia.SamplingOptions(skia.FilterMode.kLinear)
    surface.getCanvas().drawImageRect(image, skia.Rect.MakeWH(*size), linear)
    return _developed(surface)[..., :3]


def _blended(pixels: Pixels, tail: Pixels | None, index: int) -> Pixels:
    """The frame, coming out of the tail over the first ``BLENDED_FRAMES``."""
    if tail is None or index >= BLENDED_FRAMES:
        return pixels
    share = (index + 1) / (BLENDED_FRAMES + 1)
    mixed = tail * (1 - share) + pixels[..., :3] * share
    pixels[..., :3] = np.rint(mixed).astype(np.uint8)
    return pixels
