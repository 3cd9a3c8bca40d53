"""HunyuanVideo: clips from words, at rates and lengths of its own; and what its relatives share with it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, ClassVar

from ...storyboard.rate import Rate
from ..protocol import Capabilities, FrameRule
from . import wording
from .clips import cast_lines, clip_frames, on_device, paragraph, window_start
from .family import Drawn, Family, Ready, Shades, Step, Words
from .noise import frame_noise
from .seam import shot_latent

LONGEST_PROMPT = 200
"""Tokens, of the 256 that the large encoder reads."""
_GUIDANCE = 6.0


class HunyuanVideo(Family):
    """Distilled to follow its guidance in one pass: there is no second prompt of what is not to be seen."""

    name: ClassVar[str] = "hunyuan-video"
    pipeline: ClassVar[str] = "HunyuanVideoPipeline"
    layouts: ClassVar[tuple[str, ...]] = ("",)
    needs: ClassVar[tuple[str, ...]] = (*Family.needs, "peft")
    settings: frozenset[str] = Family.settings - {"negative"}

    def capabilities(self) -> Capabilities:
        return Capabilities(
            requests=frozenset({"between"}),
            inputs=frozenset({"lora", "words"}),
            frame_rule=FrameRule(step=4, offset=1, least=5),
            size_multiple=16,
            longest=129,
            most_pixels=1280 * 720,
            native_rate=Rate(num=24),
            memory_mb=self.weights.memory_mb,
            needs=self.needs,
        )

    def words(self, request: Drawn) -> Words:
        return hunyuan_words(request)

    def steps(self, draft: bool) -> tuple[int, float]:
        return (20 if draft else 50), _GUIDANCE

    def encode(self, pipe: Any, words: Words) -> Mapping[str, Any]:
        return encoded_by_two(pipe, words)

    def sample(self, pipe: Any, batch: Sequence[Ready], step: Step) -> list[Shades]:
        return [self._clip(pipe, ready, step) for ready in batch]

    def _clip(self, pipe: Any, ready: Ready, step: Step) -> Shades:
        start = shot_latent(window_start(ready), pipe.vae_scale_factor_temporal)
        count = (ready.frames - 1) // pipe.vae_scale_factor_temporal + 1
        frames: Shades = pipe(
            **on_device(pipe, [ready.prompt]),
            height=ready.height,
            width=ready.width,
            num_frames=ready.frames,
            num_inference_steps=ready.steps,
            guidance_scale=ready.guidance,
            latents=section_noise(pipe, ready, start, count),
            callback_on_step_end=step.callback(),
            output_type="np",
        ).frames[0]
        return frames[: clip_frames(ready.request)]


def hunyuan_words(request: Drawn) -> Words:
    """What happens first, since the second encoder reads the beginning only; nothing is said against."""
    seen, settings = request.picture, request.settings

    def tell(detail: int) -> str:
        return paragraph(
            (
                wording.told(request),
                *cast_lines(request, detail),
                wording.place(seen, full=detail > 1),
                wording.moment(request),
                wording.camera(seen, moving=True),
                wording.light(seen),
                wording.style(seen, wording.look_of(settings)),
            )
        )

    return Words(wording.fullest(tell, 8, LONGEST_PROMPT))


def encoded_by_two(pipe: Any, words: Words) -> dict[str, Any]:
    """Embeddings by the Llama, of the whole prompt, and by CLIP, of as much of its beginning as fits.

    The pipelines give CLIP the whole prompt and let it cut; so each encoder is asked by itself.
    """
    import torch

    none = torch.zeros(1, 1)
    whole, _, mask = pipe.encode_prompt(prompt=words.text, pooled_prompt_embeds=none)
    beginning = _fitted(pipe.tokenizer_2, words.text)
    _, pooled, _ = pipe.encode_prompt(prompt=beginning, prompt_embeds=whole, prompt_attention_mask=mask)
    return {
        "prompt_embeds": whole.cpu(),
        "pooled_prompt_embeds": pooled.cpu(),
        "prompt_attention_mask": mask.cpu(),
    }


def _fitted(tokenizer: Any, text: str) -> str:
    """As many of the first words as the tokenizer's encoder reads."""
    words = text.split()

    def fits(count: int) -> bool:
        part = " ".join(words[:count])
        return len(tokenizer(part, verbose=False).input_ids) <= int(tokenizer.model_max_length)

    most = next((n for n in range(1, len(words) + 1) if not fits(n)), len(words) + 1) - 1
    return " ".join(words[:most])


def section_noise(pipe: Any, ready: Ready, start: int, count: int) -> Any:
    """Noise of ``count`` latent frames of the shot from number ``start`` on, for HunyuanVideo's autoencoder.

    1 x channels x count x height x width, float32, on the processor.
    """
    return frame_noise(
        ready.seed,
        start,
        count,
        pipe.transformer.config.in_channels,
        ready.height // pipe.vae_scale_factor_spatial,
        ready.width // pipe.vae_scale_factor_spatial,
    )
