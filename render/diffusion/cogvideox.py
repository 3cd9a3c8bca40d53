"""CogVideoX (arXiv 2408.06072): clips from words, or from a first frame, by the weights of 1.0 and of 1.5.

Weights say by their layout which of these they are. Lengths are what the autoencoder can take apart: its
groups are of 8 frames (2 latent frames), the first of 9, so 8n + 1; those of 1.5 were trained with 16n + 1.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, ClassVar

from ...storyboard.errors import Refused
from ...storyboard.rate import Rate
from ..protocol import Capabilities, FrameRule, InputName
from ..requests import Refine
from . import wording
from .clips import cast_lines, clip_frames, image, need_first, on_device, paragraph, window_start
from .family import Drawn, Family, Ready, Sampled, Shades, Step, Words
from .noise import frame_noise, generator
from .seam import shot_latent

if TYPE_CHECKING:
    import torch

    from .loading import Loading
    from .weights import Located, WeightSet

LONGEST_PROMPT = 180
"""Tokens, of the 226 (1.5: 224) that the encoder reads."""
UNWANTED = f"{wording.UNWANTED}, worst quality, static, inconsistent motion, flickering"


@dataclass(frozen=True)
class _Layout:
    first: bool
    """Whether a first frame acts; then there must be one."""
    pairs: bool
    """Whether a token is of two latent frames (1.5)."""
    rate: int
    rule: FrameRule
    longest: int
    pixels: int
    pipeline: str


_SHORT, _LONG = FrameRule(step=8, offset=1, least=9), FrameRule(step=16, offset=1, least=17)
_WHOLE = FrameRule(step=48, offset=1, least=49)
"""Places of the 1.0 weights that read a first frame are a table that was learned, of 49 frames; diffusers
computes another for any other length, which they were never trained with."""
_WORDS, _FIRST = "CogVideoXPipeline", "CogVideoXImageToVideoPipeline"
_LAYOUTS = {
    "t2v": _Layout(False, False, 8, _SHORT, 49, 720 * 480, _WORDS),
    "i2v": _Layout(True, False, 8, _WHOLE, 49, 720 * 480, _FIRST),
    "t2v-1.5": _Layout(False, True, 16, _LONG, 161, 1360 * 768, _WORDS),
    "i2v-1.5": _Layout(True, True, 16, _LONG, 161, 1360 * 768, _FIRST),
}
"""Rates, lengths and sizes as the models' own pages have them."""


class CogVideoX(Family):
    """``layout``: ``t2v``, ``i2v`` (1.0), ``t2v-1.5``, ``i2v-1.5``."""

    name: ClassVar[str] = "cogvideox"
    layouts: ClassVar[tuple[str, ...]] = tuple(_LAYOUTS)
    pipeline: ClassVar[str] = _FIRST
    needs: ClassVar[tuple[str, ...]] = (*Family.needs, "peft")

    def __init__(self, weights: WeightSet) -> None:
        super().__init__(weights)
        self._layout = _LAYOUTS[weights.layout]
        self._redraws = weights.layout == "t2v"
        if self._redraws:
            self.settings = Family.settings | {"overlap"}

    def capabilities(self) -> Capabilities:
        inputs: set[InputName] = {"lora", "words"}
        if self._layout.first:
            inputs |= {"first", "tail", "colour"}
        more = "extend" if self._layout.first else "refine" if self._redraws else "between"
        return Capabilities(
            requests=frozenset({"between", more}),
            inputs=frozenset(inputs),
            required=frozenset({"first"} if self._layout.first else ()),
            frame_rule=self._layout.rule,
            size_multiple=16,
            longest=self._layout.longest,
            tail_frames=1,
            most_pixels=self._layout.pixels,
            native_rate=Rate(num=self._layout.rate),
            memory_mb=self.weights.memory_mb,
            needs=self.needs,
        )

    def words(self, request: Drawn) -> Words:
        seen, settings = request.picture, request.settings

        def tell(detail: int) -> str:
            return paragraph(
                (
                    wording.style(seen, wording.look_of(settings)),
                    wording.told(request),
                    *cast_lines(request, detail),
                    wording.moment(request),
                    wording.place(seen, full=detail > 1),
                    wording.light(seen),
                    wording.camera(seen, moving=True),
                )
            )

        return Words(wording.fullest(tell, 8, LONGEST_PROMPT), wording.negative(settings, UNWANTED))

    def steps(self, draft: bool) -> tuple[int, float]:
        return (20 if draft else 50), 6.0

    def load(self, located: Located, loading: Loading) -> Any:
        from .pipelines import load_pipeline

        return load_pipeline(self._layout.pipeline, located, loading, then=self._check)

    def _check(self, pipe: Any) -> None:
        found = layout_of(pipe)
        if found != self.weights.layout:
            raise Refused(
                f"The weights {self.weights.name} are of the layout {found}, and their entry says "
                f"{self.weights.layout}. Set layout = {found!r} in the weights file. Nothing was drawn."
            )

    def encode(self, pipe: Any, words: Words) -> Mapping[str, Any]:
        given, against = pipe.encode_prompt(
            prompt=words.text,
            negative_prompt=words.negative,
            max_sequence_length=pipe.transformer.config.max_text_seq_length,
        )
        return {"prompt_embeds": given.cpu(), "negative_prompt_embeds": against.cpu()}

    def sample(self, pipe: Any, batch: Sequence[Ready], step: Step) -> list[Shades | Sampled]:
        return [self._made(pipe, ready, step) for ready in batch]

    def _made(self, pipe: Any, ready: Ready, step: Step) -> Shades | Sampled:
        if isinstance(ready.request, Refine):
            from .cogvideox_refining import CogVideoXRedrawing
            from .refining import refined

            return refined(ready, lambda: CogVideoXRedrawing(pipe, ready, self._layout.longest), step)
        return self._clip(pipe, ready, step)

    def _clip(self, pipe: Any, ready: Ready, step: Step) -> Shades:
        """From words or a first frame; a clip that goes on begins on the tail's last frame, and drops it."""
        skip = len(ready.tail)
        given: dict[str, Any] = {}
        if self._layout.first:
            name = f"diffusion:{self.weights.name}"
            self._refuse_size(pipe, ready)
            given["image"] = image(ready.tail[-1] if skip else need_first(ready, name), ready)
        frames: Shades = pipe(
            **given,
            **on_device(pipe, [ready.prompt]),
            height=ready.height,
            width=ready.width,
            num_frames=ready.frames,
            num_inference_steps=ready.steps,
            guidance_scale=ready.guidance,
            latents=clip_noise(pipe, ready).to(pipe.transformer.dtype),
            generator=generator(ready.seed, "clip", window_start(ready)),
            max_sequence_length=pipe.transformer.config.max_text_seq_length,
            callback_on_step_end=step.callback(),
            output_type="np",
        ).frames[0]
        return frames[skip : skip + clip_frames(ready.request)]

    def _refuse_size(self, pipe: Any, ready: Ready) -> None:
        """Weights whose places are a learned table draw one size."""
        model = pipe.transformer.config
        cell = pipe.vae_scale_factor_spatial
        width, height = model.sample_width * cell, model.sample_height * cell
        if model.use_learned_positional_embeddings and (ready.width, ready.height) != (width, height):
            raise Refused(
                f"The weights {self.weights.name} draw {width} x {height} and no other size, not "
                f"{ready.width} x {ready.height}. Make the film in that size, or take weights of 1.5. "
                "Nothing was drawn."
            )


def layout_of(pipe: Any) -> str:
    """The layout of a loaded pipeline, by its transformer's configuration."""
    model = pipe.transformer.config
    first = model.in_channels != model.out_channels
    return ("i2v" if first else "t2v") + ("" if model.patch_size_t is None else "-1.5")


def clip_noise(pipe: Any, ready: Ready) -> torch.Tensor:
    """The noise of a clip's latent frames: the shot's own. 1 x latent frames x channels x height x width.

    Where tokens are of more than one latent frame the pipeline has some more in front, to make a whole
    number of tokens, and throws them away in the end.
    """
    model, per, cell = pipe.transformer.config, pipe.vae_scale_factor_temporal, pipe.vae_scale_factor_spatial
    count = (ready.frames - 1) // per + 1
    lead = -count % (model.patch_size_t or 1)
    start = shot_latent(window_start(ready), per) - lead
    size = model.out_channels, ready.height // cell, ready.width // cell
    return frame_noise(ready.seed, start, lead + count, *size).transpose(1, 2)
