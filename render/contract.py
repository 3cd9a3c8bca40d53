"""The contract of a renderer, as checks that run over any of them, ours and third parties'.

    from photoplay.render.contract import check_renderer

    check_renderer(MyRenderer(), request)

For every input that the renderer declares, changing only that input changes the output; an
undeclared one is refused; equal requests give equal frames; exactly what was asked for comes back.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence

import numpy as np

from ..storyboard.errors import Refused
from .protocol import Footage, Frame, Job, Part, Pixels, Renderer
from .requests import Between, Extend, Input, PictureRequest, Request, expectation


class Swatch:
    """Footage of one colour, for trying inputs. ``count`` frames of height x width."""

    def __init__(self, height: int, width: int, colour: int, count: int = 1) -> None:
        self._frame: Pixels = np.full((height, width, 3), colour, np.uint8)
        self._frame[: height // 2, : width // 2] = 255 - colour
        self._count = count

    @property
    def count(self) -> int:
        """How many frames there are."""
        return self._count

    def frame(self, index: int) -> Pixels:
        """The one frame there is, for any index in range."""
        if not 0 <= index < self._count:
            raise IndexError(index)
        return self._frame

    def frames(self, start: int, stop: int) -> Iterator[Pixels]:
        """Frames in order."""
        return (self.frame(n) for n in range(start, stop))


def _unheard(job: int, share: float, words: str = "") -> None:
    """Progress that nobody listens to."""


def rendered(renderer: Renderer, request: Request, footage: dict[Input, Footage] | None = None) -> list[str]:
    """Digests of every frame and part, in order, holds counted out. The renderer must be loaded."""
    found: list[str] = []
    for output in renderer.render([Job(request, footage or {})], _unheard):
        if isinstance(output, Frame):
            assert output.pixels.dtype == np.uint8, "frames are 8-bit"
            assert output.pixels.ndim == 3, "frames are height x width x channels"
            assert output.pixels.shape[2] in (3, 4), "frames have 3 or 4 channels"
            seen = hashlib.sha256(np.ascontiguousarray(output.pixels[:, :, :3]).tobytes()).hexdigest()
            found.extend([seen] * output.hold)
        elif isinstance(output, Part):
            found.append(f"{output.name}.{output.suffix}:{hashlib.sha256(output.data).hexdigest()}")
    return found


def check_renderer(renderer: Renderer, request: Request) -> None:
    """Run every check that fits the request's kind. Raises ``AssertionError`` naming what is wrong."""
    can = renderer.capabilities()
    kind = str(getattr(request, "kind", ""))
    assert kind in can.requests, f"{renderer.name} does not declare {kind!r}"
    renderer.load("cpu", None)
    try:
        _check_output(renderer, request)
        if isinstance(request, PictureRequest):
            _check_inputs(renderer, request)
    finally:
        renderer.unload()


def _check_output(renderer: Renderer, request: Request) -> None:
    once, again = rendered(renderer, request), rendered(renderer, request)
    assert once == again, f"{renderer.name} gives other output for an equal request"
    raster, _, frames = expectation(request)
    pictures = [o for o in once if ":" not in o]
    if frames is not None and raster is not None:
        assert len(pictures) == frames, f"{len(pictures)} frames came where {frames} were asked for"
    ticks: list[float] = []
    for output in renderer.render([Job(request)], lambda job, share, words="": ticks.append(share)):
        if isinstance(output, Frame) and raster is not None:
            assert output.pixels.shape[:2] == (raster.height, raster.width), "frames of another size"
    assert all(0 <= share <= 1 for share in ticks), "progress is a share from 0 to 1"


def _check_inputs(renderer: Renderer, request: PictureRequest) -> None:
    declared = renderer.capabilities().inputs
    trials: list[tuple[str, PictureRequest, Input]] = []
    mark = Input(key="1" * 64, part="anchor", frame=1)
    trials.append(("references", request.model_copy(update={"anchors": (mark,)}), mark))
    if isinstance(request, Between):
        trials += [(end, request.model_copy(update={end: mark}), mark) for end in ("first", "last")]
        if "extend" in renderer.capabilities().requests:
            tail = Input(key="2" * 64, part="tail", frame=4)
            fields = {n: getattr(request, n) for n in type(request).model_fields if n in Extend.model_fields}
            fields.pop("kind")
            trials.append(("tail", Extend(**fields, tail=tail), tail))
    for name, trial, given in trials:
        if name in declared:
            outputs = [
                rendered(renderer, trial, {given: swatch}) for swatch in _swatches(request, given.frame or 1)
            ]
            assert outputs[0] != outputs[1], f"{renderer.name} declares {name} and does not use it"
        else:
            _check_refused(renderer, trial, given, name)


def _check_refused(renderer: Renderer, trial: PictureRequest, given: Input, name: str) -> None:
    try:
        rendered(renderer, trial, {given: _swatches(trial, given.frame or 1)[0]})
    except Refused:
        return
    raise AssertionError(f"{renderer.name} does not declare {name} and takes it in silence")


def _swatches(request: PictureRequest, count: int) -> Sequence[Footage]:
    size = request.raster.height, request.raster.width
    return Swatch(*size, 40, count), Swatch(*size, 200, count)
