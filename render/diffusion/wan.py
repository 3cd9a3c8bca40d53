"""Wan: 2.1 from words alone or between frames, 2.2 with two experts, and 2.2 of 5B (first frame only).

Weights say by their layout which of these they are; a pipeline that turns out to be another is
refused, because the 5B one takes a last frame and ignores it in silence.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, ClassVar

from ...storyboard.errors import Refused
from ...storyboard.rate import Rate
from ..protocol import Capabilities, FrameRule, InputName
from ..requests import Extend, Refine
from . import queued, wording
from .clips import (
    cast_lines,
    clip_frames,
    encoded_prompt,
    image,
    large_shift,
    need_first,
    on_device,
    paragraph,
    shift_noise,
    shot_noise,
    spread_frames,
)
from .family import Drawn, Family, Ready, Sampled, Shades, Step, Words

if TYPE_CHECKING:
    from .loading import Loading
    from .weights import Located, WeightSet

LONGEST_PROMPT = 400
"""Tokens, of the 512 that the encoder reads."""
WORDS = "t2v"
"""The layout of weights that draw a clip from words alone."""


@dataclass(frozen=True)
class _Layout:
    last: bool
    """Whether a last frame acts."""
    rate: int
    longest: int
    multiple: int
    pixels: int
    steps: int
    guidance: float
    pipeline: str = ""
    """Name of the diffusers class, where it is not the family's."""


_LAYOUTS = {
    "flf": _Layout(True, 16, 81, 16, 1280 * 720, 50, 5.5),
    "i2v": _Layout(False, 16, 81, 16, 1280 * 720, 50, 5.0),
    "a14b": _Layout(True, 16, 81, 16, 1280 * 720, 40, 3.5),
    "ti2v-5b": _Layout(False, 24, 121, 32, 1280 * 704, 50, 5.0),
    WORDS: _Layout(False, 16, 81, 16, 832 * 480, 50, 5.0, "WanPipeline"),
}
"""Frame rates, lengths, sizes, steps and guidance of the models' own pages and examples."""
_QUEUED = ("ti2v-5b", WORDS)
"""Layouts that are given no frames beside the noisy ones: each latent frame may have its own noise level."""


class Wan(Family):
    """``layout``: ``flf``, ``i2v``, ``t2v`` (2.1), ``a14b`` (2.2, two experts), ``ti2v-5b`` (2.2)."""

    name: ClassVar[str] = "wan"
    pipeline: ClassVar[str] = "WanImageToVideoPipeline"
    layouts: ClassVar[tuple[str, ...]] = tuple(_LAYOUTS)
    needs: ClassVar[tuple[str, ...]] = (*Family.needs, "ftfy", "peft")
    settings: frozenset[str] = Family.settings | {"shift"}

    def __init__(self, weights: WeightSet) -> None:
        super().__init__(weights)
        self._layout = _LAYOUTS[weights.layout]
        if weights.layout in _QUEUED:
            self.settings = Family.settings | {"shift"} | queued.SETTINGS
        if weights.layout == WORDS:
            self.settings = self.settings | {"overlap"}

    def capabilities(self) -> Capabilities:
        requests, inputs, required = self._reads()
        return Capabilities(
            requests=requests,
            inputs=inputs,
            required=required,
            frame_rule=FrameRule(step=4, offset=1, least=5),
            size_multiple=self._layout.multiple,
            longest=self._layout.longest,
            methods=frozenset({"queue"} if self.weights.layout in _QUEUED else ()),
            tail_frames=1,
            most_pixels=self._layout.pixels,
            native_rate=Rate(num=self._layout.rate),
            memory_mb=self.weights.memory_mb,
            needs=self.needs,
        )

    def _reads(self) -> tuple[frozenset[str], frozenset[InputName], frozenset[InputName]]:
        """Kinds of request, inputs, and those that must be there."""
        if self.weights.layout == WORDS:
            return frozenset({"between", "refine"}), frozenset({"lora", "words"}), frozenset()
        inputs: set[InputName] = {"first", "tail", "colour", "lora", "words"}
        required: set[InputName] = {"first"}
        if self._layout.last:
            inputs.add("last")
        if self.weights.layout == "flf":
            required.add("last")
        return frozenset({"between", "extend"}), frozenset(inputs), frozenset(required)

    def words(self, request: Drawn) -> Words:
        return wan_words(request)

    def steps(self, draft: bool) -> tuple[int, float]:
        return (16 if draft else self._layout.steps), self._layout.guidance

    def load(self, located: Located, loading: Loading) -> Any:
        from .pipelines import load_pipeline

        pipe = load_pipeline(self._layout.pipeline or self.pipeline, located, loading)
        found = layout_of(pipe)
        if found != self.weights.layout:
            raise Refused(
                f"The weights {self.weights.name} are of the layout {found}, and their entry says "
                f"{self.weights.layout}: a frame given to them could be ignored. Set layout = {found!r} in "
                "the weights file. Nothing was drawn."
            )
        return pipe

    def encode(self, pipe: Any, words: Words) -> Mapping[str, Any]:
        return encoded_prompt(pipe, words)

    def sample(self, pipe: Any, batch: Sequence[Ready], step: Step) -> list[Shades | Sampled]:
        return [self._made(pipe, ready, step) for ready in batch]

    def _made(self, pipe: Any, ready: Ready, step: Step) -> Shades | Sampled:
        if isinstance(ready.request, Refine):
            from .refining import refined
            from .wan_refining import WanRedrawing

            return refined(ready, lambda: WanRedrawing(pipe, ready, self._layout.longest), step)
        if self.weights.layout in _QUEUED and queued.is_queued(ready, f"diffusion:{self.weights.name}"):
            return self._by_queue(pipe, ready, step)
        return self._clip(pipe, ready, step)

    def _by_queue(self, pipe: Any, ready: Ready, step: Step) -> Sampled:
        if "first" in self.capabilities().required:
            need_first(ready, f"diffusion:{self.weights.name}")
        shift_noise(pipe, ready, large_shift(ready))
        return queued.by_wan(pipe, ready, step, self._layout.longest, lambda: queued.wan_predict(pipe, ready))

    def _clip(self, pipe: Any, ready: Ready, step: Step) -> Shades:
        """A clip from its first frame; one that goes on begins on the tail's last frame, which is dropped."""
        on = isinstance(ready.request, Extend)
        given: dict[str, Any] = {}
        if self.weights.layout != WORDS:
            first = ready.tail[-1] if on else need_first(ready, f"diffusion:{self.weights.name}")
            given["image"] = image(first, ready)
        if ready.last is not None:
            given["last_image"] = image(ready.last, ready)
        shift_noise(pipe, ready, large_shift(ready))
        with _features_of_two(pipe, self.weights.layout == "flf" and ready.last is None):
            frames: Shades = pipe(
                **given,
                **on_device(pipe, [ready.prompt]),
                height=ready.height,
                width=ready.width,
                num_frames=ready.frames,
                num_inference_steps=ready.steps,
                guidance_scale=ready.guidance,
                latents=shot_noise(pipe, ready, ready.frames),
                callback_on_step_end=step.callback(),
                output_type="np",
            ).frames[0]
        wanted = clip_frames(ready.request) + on
        frames = spread_frames(frames, wanted) if ready.last is not None else frames[:wanted]
        return frames[1:] if on else frames


UNWANTED = (
    f"{wording.UNWANTED}, subtitles, overexposed, static, still picture, worst quality, low quality, "
    "JPEG artefacts, fused fingers, three legs, walking backwards"
)
"""After the list that Wan was given by its makers, without what would speak against drawn styles."""


def wan_words(request: Drawn) -> Words:
    """The prompt that models of the Wan kind are given: what happens, who, where, and how it is filmed."""
    seen, settings = request.picture, request.settings

    def tell(detail: int) -> str:
        return paragraph(
            (
                wording.style(seen, wording.look_of(settings)),
                wording.told(request),
                *cast_lines(request, detail),
                *wording.bound(request),
                wording.place(seen, full=detail > 1),
                wording.light(seen),
                wording.camera(seen, moving=True),
                wording.moment(request),
            )
        )

    return Words(wording.fullest(tell, 8, LONGEST_PROMPT), wording.negative(settings, UNWANTED))


def layout_of(pipe: Any) -> str:
    """The layout of a loaded pipeline, by its configuration."""
    if pipe.config.expand_timesteps:
        return "ti2v-5b"
    model = (pipe.transformer or pipe.transformer_2).config
    if model.in_channels == model.out_channels:
        return WORDS
    if model.image_dim is None:
        return "a14b"
    return "i2v" if model.pos_embed_seq_len is None else "flf"


@contextmanager
def _features_of_two(pipe: Any, alone: bool) -> Iterator[None]:
    """Where only a first frame is given to weights that read the features of two (``alone``).

    Those of the first then stand in both places; what the model is told of the frames themselves (the
    mask) says that only the first is known.
    """
    if not alone:
        yield
        return
    encode = pipe.encode_image
    pipe.encode_image = lambda one, device=None: encode([one, one], device)
    try:
        yield
    finally:
        del pipe.encode_image
