"""``diffusion:<weights>``: the renderer over any family. Reads inputs, words, batches, samples, checks.

What is the same for every family is here and nowhere else: refusing what would be ignored, prompts
encoded once, LoRAs, seeds, batches, progress, memory, and that nothing broken leaves it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np

from ...storyboard.errors import BadInput, Refused
from ...storyboard.film import Scalar
from ...storyboard.picture import FigureIn, PlaceIn, ThingIn
from ..protocol import Capabilities, Frame, Job, Notice, Output, Part, Pixels, Tick
from ..requests import Beside, Extend, Refine, Request, Still, Upscale
from .families import family_class
from .family import CHOICES, RANGES, Drawn, Family, Ready, Reference, Sampled, Shades, Step, choice, number
from .hold import SHARE, hold_colour
from .loading import SETTINGS
from .noise import seed_of
from .prompts import PromptBook, Worn
from .soundness import Watch, check_sound, is_finite
from .weights import identity, located, weight_set

if TYPE_CHECKING:
    from .loading import Loading

DEFAULT = "wan-vace"
"""The set that ``diffusion`` alone stands for, where no stack was chosen."""
_INPUTS = (
    "first", "last", "tail", "goal", "colour", "like", "origin", "beside", "keep", "words", "control",
)  # fmt: skip
"""Fields of requests that are inputs of the same name."""
_LOADED_BY = SETTINGS | {"colour-hold"}
"""Settings that this module and ``loading`` read."""


class Diffusion:
    """See the module and ``render/protocol.py``. ``variant`` names a set of weights."""

    weights: str

    def __init__(self, variant: str = "") -> None:
        self._set = weight_set(variant or DEFAULT)
        self._family: Family = family_class(self._set.family)(self._set)
        self.name = f"diffusion:{self._set.name}"
        self.pixels = self._family.pixels
        self._device = "cpu"
        self._budget: int | None = None
        self._loading: Loading | None = None
        self._sizes: dict[str, int] = {}
        """Bytes of each part, read from the weights' headers with the first request after a load."""
        self._pipe: Any = None
        self._prompts = PromptBook()
        self._worn: dict[str, None] = {}
        self._wearing: Worn = ()
        self._degraded = ""
        self.loads = 0
        """How often a pipeline was put on the device."""

    def __getattr__(self, name: str) -> Any:
        """``weights``: identity of the weights, read from their headers when it is first asked for."""
        if name != "weights":
            raise AttributeError(name)
        self.weights = identity(self._set)
        return self.weights

    def capabilities(self) -> Capabilities:
        settings = self._family.settings | _LOADED_BY
        return self._family.capabilities().model_copy(update={"device": "gpu", "settings": settings})

    def preflight(self) -> None:
        """Raise ``BadInput`` in one clear line where weights or packages are missing on this machine."""
        from ..registry import missing_modules

        missing = missing_modules(self)
        if missing:
            raise BadInput(
                f"The renderer {self.name} needs packages that are not installed: {', '.join(missing)}. "
                'Install them with: pip install "photoplay[diffusion]". Nothing was made.'
            )
        located(self._set)

    def check(self, settings: Mapping[str, Scalar]) -> None:
        """Raise ``BadInput`` for a value that a setting of this family cannot have; loads nothing."""
        from .loading import how

        for name in settings.keys() & RANGES.keys() & self._family.settings | settings.keys() & {
            "colour-hold"
        }:
            number(settings, name, 0)
        for name in settings.keys() & CHOICES.keys() & self._family.settings:
            choice(settings, name)
        how({}, "cpu", None, settings)
        if settings.get("quality", "final") not in ("draft", "final"):
            raise BadInput(f"The setting quality is {settings['quality']!r}; it must be draft or final.")

    def load(self, device: str, budget_mb: int | None) -> None:
        """Check that everything is there. The pipeline is put on the device with the first request.

        Without ``budget_mb`` what is free on the device may be used. Raises ``BadInput`` where packages
        or weights are missing.
        """
        from .memory import free_mb

        self.preflight()
        self.unload()
        self._sizes = {}
        self._device, self._budget = device, budget_mb or free_mb(device)

    def unload(self) -> None:
        """Give the device's memory back."""
        if self._pipe is None:
            return
        self._pipe = self._loading = None
        self._worn.clear()
        self._wearing = ()
        self._prompts.clear()
        from .memory import free_memory

        free_memory()

    def prepare(self, jobs: Sequence[Job]) -> None:
        """Encode the prompts of jobs to come. Changes no output; does nothing before the first load."""
        if self._pipe is None or self._loading is None or self._loading.offload != "none":
            return
        for job in jobs:
            request = job.request
            if not isinstance(request, Drawn) or request.loras:
                continue
            with self._prompts.alone():
                if not self._wearing:
                    self._prompts.encoded(self._family, self._pipe, self._family.words(request))

    def render(self, jobs: Sequence[Job], tick: Tick) -> Iterator[Output]:
        """Frames of each job in order. See ``render/protocol.py``."""
        from .memory import out_of_memory

        for job in jobs:
            self._refuse_unread(job.request)
        with out_of_memory(self._device, self.name, self._budget):
            self._ready_pipeline(_settings(jobs[0].request))
            made_ready = [self._ready(job, _drawn(job.request)) for job in jobs]
            self._settle()
            for numbers in self._batches(made_ready):
                if self._loading is None:
                    self._ready_pipeline(_settings(jobs[0].request))
                yield from self._sampled(jobs, numbers, [made_ready[n] for n in numbers], tick)

    # -- before sampling ------------------------------------------------------------------

    def _refuse_unread(self, request: Request) -> None:
        """Raise ``Refused`` for a request or an input that this family would ignore."""
        can = self.capabilities()
        kind = str(getattr(request, "kind", ""))
        if not isinstance(request, Drawn) or kind not in can.requests:
            raise Refused(
                f"{self.name} does not make {kind!r} (it makes: {', '.join(sorted(can.requests))})."
            )
        given = [name for name in _INPUTS if getattr(request, name, None)]
        if isinstance(request, Extend) and request.tail.part == "latents":
            given[given.index("tail")] = "latents"
        given += ["references"] * bool(request.anchors) + ["lora"] * bool(request.loras)
        unread = [name for name in given if name not in can.inputs]
        if unread:
            raise Refused(f"{self.name} would ignore {' and '.join(unread)}; it is refused instead.")
        if len(request.anchors) > can.references:
            raise Refused(f"{self.name} takes {can.references} references, not {len(request.anchors)}.")
        known = self._family.settings | _LOADED_BY
        unknown = sorted(request.settings.keys() - known)
        if unknown:
            listed = ", ".join(sorted(known))
            raise Refused(f"{self.name} has no setting {', '.join(unknown)}. Settings: {listed}.")

    def _ready_pipeline(self, settings: Mapping[str, Scalar]) -> None:
        from .loading import changes_pixels, how

        if not self._sizes:
            self._sizes = located(self._set).sizes()
        wanted = how(self._sizes, self._device, self._budget, settings)
        asked = how(self._sizes, self._device, None, settings)
        self._degraded = (
            f"{self.name} {wanted.words()}, for want of memory" if changes_pixels(asked, wanted) else ""
        )
        if self._pipe is not None and wanted == self._loading:
            self._settle()
            return
        self.unload()
        self._pipe = self._family.load(located(self._set), wanted)
        self._loading = wanted
        self.loads += 1

    def _settle(self) -> None:
        """Forget step caches, and take parts off the device that are moved in as they are used.

        Before prompts are encoded, for a fault or a stop may have left what denoises there; after, so that
        the text encoder, often the largest part, is gone when the autoencoder comes.
        """
        self._pipe.maybe_free_model_hooks()

    def _batches(self, made_ready: Sequence[Ready]) -> Iterator[list[int]]:
        """Numbers of jobs that are sampled together, in order.

        One by one with a step cache: it leaves steps out by what a batch is like as a whole.
        """
        most = 1 if self._loading is not None and self._loading.cache != "none" else self.capabilities().batch
        batch: list[int] = []
        for n, ready in enumerate(made_ready):
            head = made_ready[batch[0]] if batch else ready
            fits = head.settings == ready.settings and self._family.together(head, ready)
            if batch and not (len(batch) < most and fits):
                yield batch
                batch = []
            batch.append(n)
        if batch:
            yield batch

    def _ready(self, job: Job, request: Drawn) -> Ready:
        """Everything a request needs, read and worded; its prompt is encoded at most once."""
        can = self.capabilities()
        words = self._family.words(request)
        steps, guidance = self._family.steps(request.settings.get("quality") == "draft")
        tail: tuple[Pixels, ...] = ()
        if isinstance(request, Extend) and request.tail.part != "latents":
            offered = job.tail(request.tail, can.tail_frames)
            tail = tuple(offered[-self._family.tail_frames(len(offered)) :])
        loras = tuple((f"l{lora.weights.key[:16]}", lora.percent / 100) for lora in request.loras)
        self._wear(job, request, loras)
        raster = request.raster
        if raster.width % can.size_multiple or raster.height % can.size_multiple:
            raise Refused(f"{self.name} draws sizes that are multiples of {can.size_multiple}, not {raster}.")
        return Ready(
            request=request,
            words=words,
            prompt=self._prompts.encoded(self._family, self._pipe, words, loras),
            width=raster.width,
            height=raster.height,
            frames=1 if isinstance(request, Still) else can.frame_rule.snap(request.frames + len(tail)),
            steps=round(number(request.settings, "steps", steps)),
            guidance=number(request.settings, "guidance", guidance),
            seed=seed_of(request.seed, self._set.family),
            references=_references(job, request),
            tail=tail,
            first=_frame(job, request, "first"),
            last=_frame(job, request, "last"),
            goal=_frame(job, request, "goal"),
            like=_frame(job, request, "like"),
            origin=_frame(job, request, "origin"),
            take=job.footage[request.take] if isinstance(request, Refine | Upscale) else None,
            keep=_frame(job, request, "keep"),
            control=_control(job, request, len(tail), can.frame_rule.snap(_new_frames(request) + len(tail))),
            latents=_latents(job, request),
            beside=tuple(self._ready(job, _by_itself(request, one)) for one in _beside(request)),
            at=getattr(request, "at", 0),
            loras=loras,
            settings=request.settings,
        )

    # -- sampling -------------------------------------------------------------------------

    def _sampled(
        self, jobs: Sequence[Job], numbers: list[int], batch: list[Ready], tick: Tick
    ) -> Iterator[Output]:
        self._wear(jobs[numbers[0]], batch[0].request, batch[0].loras)
        step = _Steps(numbers, tick, self._device)
        found = self._family.sample(self._pipe, batch, step)
        again = ""
        if not all(is_finite(frames) for frames in map(_whole, found) if frames is not None):
            found, again = self._again_safely(batch, step)
        for n, ready, sampled in zip(numbers, batch, found, strict=True):
            yield from self._how(n, again)
            frames = _whole(sampled)
            if frames is None:
                yield from self._piece_by_piece(jobs[n], n, ready, sampled)
            else:
                yield from self._given(jobs[n], n, ready, frames)
            if isinstance(sampled, Sampled):
                for part in sampled.parts():
                    yield Part(n, part.name, part.suffix, part.data)
            tick(n, 1.0)

    def _how(self, n: int, again: str) -> Iterator[Notice]:
        """How the weights were put on the device; kept in the record, since pixels depend on it."""
        if self._loading is not None:
            yield Notice(n, "loaded", f"{self.name} {self._loading.words()}")
        for words in (self._degraded, again):
            if words:
                yield Notice(n, "degraded", words)

    def _again_safely(self, batch: Sequence[Ready], step: Step) -> tuple[Sequence[Shades | Sampled], str]:
        """The same seeds once more in full precision; what is still broken then is refused by the check."""
        from .pipelines import in_full_precision

        before = in_full_precision(self._pipe)
        found = self._family.sample(self._pipe, batch, step)
        self._loading = None  # the next request loads as it asks
        return found, f"{before} gave values that are no colours; drawn again in full precision (fp32)"

    def _given(self, job: Job, n: int, ready: Ready, frames: Shades) -> Iterator[Output]:
        request = ready.request
        wanted = 1 if isinstance(request, Still) else request.frames
        check_sound(frames, wanted, self.name)
        yield from self._frames(job, n, request, frames[:wanted])

    def _piece_by_piece(self, job: Job, n: int, ready: Ready, sampled: Any) -> Iterator[Output]:
        """Frames given away as they are made. What is broken shows only then, and is not drawn again."""
        wanted = 1 if isinstance(ready.request, Still) else ready.request.frames
        kept = isinstance(ready.request, Upscale) or (
            isinstance(ready.request, Refine) and ready.request.strength == 0
        )
        watch = Watch(wanted, self.name, as_they_were=kept)
        for piece in sampled.frames:
            yield from self._frames(job, n, ready.request, watch.see(piece))
        watch.end()

    def _frames(self, job: Job, n: int, request: Drawn, frames: Shades) -> Iterator[Output]:
        if isinstance(request, Extend) and request.colour is not None:
            share = number(request.settings, "colour-hold", SHARE * 100) / 100
            frames = hold_colour(frames, job.frame(request.colour), share)
        for shades in frames:
            yield Frame(n, np.rint(shades * 255).astype(np.uint8))

    def _wear(self, job: Job, request: Drawn, loras: Worn) -> None:
        """Set a request's LoRAs on the pipeline, and no others."""
        from .loras import wear

        if loras == self._wearing:
            return
        given = {
            name: job.weights[lora.weights] for (name, _), lora in zip(loras, request.loras, strict=True)
        }
        with self._prompts.alone():
            wear(self._pipe, self._worn, loras, given, self.name)
            self._wearing = loras


class _Steps(Step):
    """Tells the engine of each step of a batch."""

    def __init__(self, numbers: list[int], tick: Tick, device: str) -> None:
        self._numbers, self._tick, self._device = numbers, tick, device

    def __call__(self, done: int, of: int) -> None:
        from .memory import used_words

        words = f"step {done} of {of}{used_words(self._device)}"
        for n in self._numbers:
            self._tick(n, min(0.95, 0.95 * done / max(1, of)), words)


def _drawn(request: Request) -> Drawn:
    assert isinstance(request, Drawn)  # refused before otherwise
    return request


def _whole(sampled: Shades | Sampled) -> Shades | None:
    """All frames, where they are there at once."""
    frames = sampled.frames if isinstance(sampled, Sampled) else sampled
    return frames if isinstance(frames, np.ndarray) else None


def _beside(request: Drawn) -> tuple[Beside, ...]:
    return request.beside if isinstance(request, Still) else ()


def _by_itself(request: Drawn, one: Beside) -> Still:
    """An identity picture as the request that draws it by itself."""
    return Still(
        picture=one.picture, moment=one.moment, seed=one.seed, anchors=one.anchors,
        raster=request.raster, settings=request.settings, loras=request.loras,
    )  # fmt: skip


def _latents(job: Job, request: Drawn) -> bytes | None:
    if isinstance(request, Extend) and request.tail.part == "latents":
        return job.weights[request.tail]
    return None


def _settings(request: Request) -> Mapping[str, Scalar]:
    return getattr(request, "settings", {})


def _frame(job: Job, request: Drawn, name: str) -> Any:
    given = getattr(request, name, None)
    return None if given is None else job.frame(given)


def _new_frames(request: Drawn) -> int:
    return 1 if isinstance(request, Still) else request.frames


def _control(job: Job, request: Drawn, tail: int, frames: int) -> tuple[Pixels, ...]:
    """A guide's frames for ``frames`` frames, ``tail`` of them before the first new one; ends are held."""
    control = getattr(request, "control", None)
    if control is None:
        return ()
    footage = job.footage[control.take]
    wanted = range(control.start - tail, control.start - tail + (1 if isinstance(request, Still) else frames))
    numbers = [min(max(n, 0), footage.count - 1) for n in wanted]
    read = dict(enumerate(footage.frames(numbers[0], numbers[-1] + 1), numbers[0]))
    return tuple(read[n] for n in numbers)


def _references(job: Job, request: Drawn) -> tuple[Reference, ...]:
    """The anchors with the entity that each shows."""
    picture = request.picture
    entities: tuple[FigureIn | ThingIn | PlaceIn, ...] = (*picture.figures, *picture.things, picture.place)
    shown = {key: entity.id for entity in reversed(entities) for key in entity.references}
    return tuple(Reference(shown.get(a.key, ""), job.frame(a)) for a in request.anchors)
