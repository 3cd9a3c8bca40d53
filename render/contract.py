"""The contract of a renderer, as checks that run over any of them, ours and third parties'.

    from photoplay.render.contract import check_renderer

    check_renderer(MyRenderer(), request)

For every input that the renderer declares, changing only that input changes the output; an
undeclared one is refused; equal requests give equal frames; exactly what was asked for comes back.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping, Sequence

import numpy as np

from ..storyboard.errors import Refused
from .protocol import Footage, Frame, Job, Part, Pixels, Renderer
from .requests import (
    Beside,
    Between,
    Control,
    Extend,
    Input,
    Lora,
    PictureRequest,
    Refine,
    Request,
    Still,
    Upscale,
    expectation,
)


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


def rendered(
    renderer: Renderer,
    request: Request,
    footage: Mapping[Input, Footage] | None = None,
    weights: Mapping[Input, bytes] | None = None,
) -> list[str]:
    """Digests of every frame and part, in order, holds counted out. The renderer must be loaded."""
    found: list[str] = []
    for output in renderer.render([Job(request, footage or {}, weights or {})], _unheard):
        if isinstance(output, Frame):
            assert output.pixels.dtype == np.uint8, "frames are 8-bit"
            assert output.pixels.ndim == 3, "frames are height x width x channels"
            assert output.pixels.shape[2] in (3, 4), "frames have 3 or 4 channels"
            seen = hashlib.sha256(np.ascontiguousarray(output.pixels[:, :, :3]).tobytes()).hexdigest()
            found.extend([seen] * output.hold)
        elif isinstance(output, Part):
            found.append(f"{output.name}.{output.suffix}:{hashlib.sha256(output.data).hexdigest()}")
    return found


def check_renderer(
    renderer: Renderer,
    request: Request,
    footage: Mapping[Input, Footage] | None = None,
    loras: Sequence[bytes] = (),
) -> None:
    """Run every check that fits the request's kind. Raises ``AssertionError`` naming what is wrong.

    ``footage`` holds what the request itself reads, such as the first frame of a ``Between``. ``loras``
    are two LoRAs that fit; a renderer that declares ``lora`` is tried with them, where they are given.
    """
    can = renderer.capabilities()
    kind = str(getattr(request, "kind", ""))
    assert kind in can.requests, f"{renderer.name} does not declare {kind!r}"
    renderer.load("cpu", None)
    try:
        _check_output(renderer, request, footage or {})
        if isinstance(request, PictureRequest):
            _check_inputs(renderer, request, footage or {})
            _check_told(renderer, request, footage or {})
            _check_lora(renderer, request, footage or {}, loras)
    finally:
        renderer.unload()


def _check_output(renderer: Renderer, request: Request, footage: Mapping[Input, Footage]) -> None:
    once, again = rendered(renderer, request, footage), rendered(renderer, request, footage)
    assert once == again, f"{renderer.name} gives other output for an equal request"
    raster, _, frames = expectation(request)
    pictures = [o for o in once if ":" not in o]
    if frames is not None and raster is not None:
        assert len(pictures) == frames, f"{len(pictures)} frames came where {frames} were asked for"
    ticks: list[float] = []
    job = Job(request, footage)
    for output in renderer.render([job], lambda job, share, words="": ticks.append(share)):
        if isinstance(output, Frame) and raster is not None:
            assert output.pixels.shape[:2] == (raster.height, raster.width), "frames of another size"
    assert all(0 <= share <= 1 for share in ticks), "progress is a share from 0 to 1"


_MARK = Input(key="1" * 64, part="anchor", frame=1)
_SECOND = Input(key="3" * 64, part="anchor", frame=1)
_TAIL = Input(key="2" * 64, part="tail", frame=4)
_TAKE = Input(key="4" * 64)


def _check_inputs(renderer: Renderer, request: PictureRequest, footage: Mapping[Input, Footage]) -> None:
    declared = renderer.capabilities().inputs
    for name, trial, given in _trials(renderer, request):
        read = {_TAIL: _swatches(request, 4)[0], _MARK: _swatches(request, 1)[0], **footage}
        swatches = _swatches(request, _length(request) if given == _TAKE else given.frame or 1)
        if name in declared:
            outputs = [rendered(renderer, trial, read | {given: swatch}) for swatch in swatches]
            assert outputs[0] != outputs[1], f"{renderer.name} declares {name} and does not use it"
        else:
            _check_refused(renderer, Job(trial, read | {given: swatches[0]}), name)


def _check_told(renderer: Renderer, request: PictureRequest, footage: Mapping[Input, Footage]) -> None:
    """Inputs that are no images: own words, and pictures to draw beside."""
    seen = request.picture
    trials: list[tuple[str, PictureRequest]] = []
    if isinstance(request, Between | Refine):
        trials.append(("words", request.model_copy(update={"words": "a wide river in the snow"})))
    if isinstance(request, Still):
        beside = Beside(picture=seen.model_copy(update={"sentence": "A wide river."}), seed=request.seed + 1)
        trials.append(("beside", request.model_copy(update={"beside": (beside,)})))
    for name, trial in trials:
        if name not in renderer.capabilities().inputs:
            continue  # the planner gives it to renderers only that declare it
        changed = rendered(renderer, trial, footage) != rendered(renderer, request, footage)
        assert changed, f"{renderer.name} declares {name} and does not use it"


def _check_lora(
    renderer: Renderer, request: PictureRequest, footage: Mapping[Input, Footage], loras: Sequence[bytes]
) -> None:
    trials = []
    for data in loras or (b"",):
        given = Input(key=hashlib.sha256(data).hexdigest(), part="lora")
        trial = request.model_copy(update={"loras": (Lora(entity="somebody", weights=given),)})
        trials.append(Job(trial, footage, {given: data}))
    if "lora" not in renderer.capabilities().inputs:
        _check_refused(renderer, trials[0], "lora")
    elif loras:
        outputs = [rendered(renderer, job.request, footage, job.weights) for job in trials]
        outputs.append(rendered(renderer, request, footage))
        different = len({tuple(output) for output in outputs})
        assert different == len(outputs), f"{renderer.name} declares lora and does not use it"


def _trials(renderer: Renderer, request: PictureRequest) -> Iterator[tuple[str, PictureRequest, Input]]:
    """The request with one input more, by name, and that input."""
    yield "references", request.model_copy(update={"anchors": (_MARK,)}), _MARK
    if renderer.capabilities().references > 1:
        yield "references", request.model_copy(update={"anchors": (_MARK, _SECOND)}), _SECOND
    if isinstance(request, Still):
        yield "like", request.model_copy(update={"like": _MARK}), _MARK
    if isinstance(request, Still | Between | Extend):
        yield "control", request.model_copy(update={"control": Control(take=_TAKE)}), _TAKE
    if isinstance(request, Between):
        for end in ("first", "last", "origin"):
            yield end, request.model_copy(update={end: _MARK}), _MARK
    if isinstance(request, Refine | Upscale) and "take" in renderer.capabilities().inputs:
        yield "take", request.model_copy(update={"take": _TAKE}), _TAKE
    if isinstance(request, Refine):
        yield "keep", request.model_copy(update={"keep": _MARK}), _MARK
    if isinstance(request, Between) and "extend" in renderer.capabilities().requests:
        fields = {n: getattr(request, n) for n in type(request).model_fields if n in Extend.model_fields}
        yield from _trials_of_extension(Extend(**{**fields, "kind": "extend", "tail": _TAIL}))
    if isinstance(request, Extend):
        yield from _trials_of_extension(request)


def _trials_of_extension(request: Extend) -> Iterator[tuple[str, PictureRequest, Input]]:
    yield "tail", request.model_copy(update={"tail": _TAIL}), _TAIL
    for name in ("last", "goal", "colour"):
        yield name, request.model_copy(update={name: _MARK}), _MARK


def _check_refused(renderer: Renderer, job: Job, name: str) -> None:
    try:
        rendered(renderer, job.request, job.footage, job.weights)
    except Refused:
        return
    raise AssertionError(f"{renderer.name} does not declare {name} and takes it in silence")


def _length(request: PictureRequest) -> int:
    """Frames of a take that a request reads."""
    return int(getattr(request, "start", 0)) + int(getattr(request, "frames", 1))


def _swatches(request: PictureRequest, count: int) -> Sequence[Footage]:
    size = request.raster.height, request.raster.width
    return Swatch(*size, 40, count), Swatch(*size, 200, count)
