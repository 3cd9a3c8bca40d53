"""Qwen-Image-Edit (2509 and later): stills from words and up to three images (arXiv 2508.02324).

The references are images 1 to 3 of the prompt, which says what each shows; an earlier keyframe (``like``)
is the last of them. The model sees each of them twice: its text encoder reads them within the prompt, and
their latents stand beside those that are drawn. A picture without any image is asked for as Qwen-Image does
it, by the same parts; the weights were trained to change images, so this is the weaker of the two.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, ClassVar

import numpy as np

from ...storyboard.errors import BadInput
from ..protocol import Capabilities, Pixels
from . import wording
from .family import Drawn, Family, Ready, Shades, Step, Words
from .flux2_klein import images_shown, refuse_too_many, told_by_images
from .noise import frame_noise

if TYPE_CHECKING:
    import torch
    from PIL.Image import Image

    from .loading import Loading
    from .weights import Located

IMAGES = 3
"""Images that one prompt may speak of."""
PROMPT_TOKENS = 480
"""Tokens of a prompt as ``wording.tokens`` counts them; the text encoder reads 1,024."""
_READ = 1024
_LEAST = 2
"""Steps: stretching a schedule of one to its end divides nothing by nothing (diffusers 0.42)."""
_DETAILS = 8


class QwenEdit(Family):
    """See the module."""

    name: ClassVar[str] = "qwen-edit"
    pipeline: ClassVar[str] = "QwenImageEditPlusPipeline"
    needs: ClassVar[tuple[str, ...]] = (*Family.needs, "peft")

    def capabilities(self) -> Capabilities:
        return Capabilities(
            requests=frozenset({"still"}),
            inputs=frozenset({"references", "like", "lora"}),
            references=IMAGES,
            size_multiple=16,
            most_pixels=1664 * 928,
            memory_mb=self.weights.memory_mb,
            needs=self.needs,
        )

    def words(self, request: Drawn) -> Words:
        refuse_too_many(request, IMAGES, self.name)
        text = wording.fullest(lambda detail: told_by_images(request, detail), _DETAILS, PROMPT_TOKENS)
        return Words(text, wording.negative(request.settings))

    def steps(self, draft: bool) -> tuple[int, float]:
        return (16 if draft else 40), 4.0

    def load(self, located: Located, loading: Loading) -> Any:
        """The processor is put together here: its class wants torchvision, for videos, which are not read."""
        from .pipelines import load_pipeline
        from .qwen_images import image_reader

        def read_images(pipe: Any) -> None:
            pipe.processor = image_reader(located.folder / "processor", pipe.tokenizer)

        return load_pipeline(self.pipeline, located, loading, skip=("processor",), then=read_images)

    def encode(self, pipe: Any, words: Words) -> Mapping[str, Any]:
        """Nothing: what the encoder makes of a prompt depends on its images."""
        return {}

    def sample(self, pipe: Any, batch: Sequence[Ready], step: Step) -> list[Shades]:
        return [self._still(pipe, ready, step) for ready in batch]

    def _still(self, pipe: Any, ready: Ready, step: Step) -> Shades:
        from .qwen_images import images_in_place

        if ready.steps < _LEAST and pipe.scheduler.config.get("shift_terminal"):
            raise BadInput(
                f"The setting steps is {ready.steps}; diffusion:{self.weights.name} takes {_LEAST} or more, "
                "for its schedule ends at a noise level of its own. Nothing was drawn."
            )
        shown = [_as_image(pixels) for pixels in images_shown(ready)]
        given: dict[str, Any] = {"image": shown} if shown else {}
        if ready.guidance > 1:
            given["negative_prompt"] = ready.words.negative
        with images_in_place(pipe.text_encoder):
            found = (pipe if shown else _by_words(pipe))(
                prompt=ready.words.text,
                **given,
                true_cfg_scale=ready.guidance,
                width=ready.width,
                height=ready.height,
                num_inference_steps=ready.steps,
                latents=_noise(pipe, ready),
                max_sequence_length=_READ,
                output_type="np",
                callback_on_step_end=step.callback(),
            ).images[0]
        return np.asarray(found, np.float32)[None]


def _by_words(pipe: Any) -> Any:
    """Qwen-Image's own pipeline over the same parts, on the device where they are."""
    from diffusers import QwenImagePipeline

    names = ("scheduler", "vae", "text_encoder", "tokenizer", "transformer")
    made = QwenImagePipeline(**{name: getattr(pipe, name) for name in names})
    made.set_progress_bar_config(disable=True)
    return made


def _noise(pipe: Any, ready: Ready) -> torch.Tensor:
    """1 x tokens x channels: four latent pixels, 2 x 2, make a token."""
    size = pipe.vae.config.z_dim, ready.height // pipe.vae_scale_factor, ready.width // pipe.vae_scale_factor
    noise = frame_noise(ready.seed, 0, 1, *size)[:, :, 0]
    packed: torch.Tensor = pipe._pack_latents(noise, 1, *size)
    return packed.to(pipe.transformer.dtype)


def _as_image(pixels: Pixels) -> Image:
    from PIL import Image

    return Image.fromarray(np.ascontiguousarray(pixels[:, :, :3]))
