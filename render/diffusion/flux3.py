"""FLUX.3, distilled: stills from words and up to ten images, in sixteen steps.

The references are the numbered images of the prompt; an earlier keyframe (``like``) is the last of them.
The makers' own way begins with a language model that makes the prompt longer. It is left out: prompts are
long here, they say which image shows whom, and nothing is to be put into a picture that nobody wrote.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, ClassVar

import numpy as np

from ...storyboard.errors import BadInput
from ..protocol import Capabilities
from . import wording
from .family import Drawn, Family, Ready, Shades, Step, Words
from .flux2_klein import images_shown, refuse_too_many, told_by_images
from .modular import load_modular, run
from .noise import frame_noise

if TYPE_CHECKING:
    from .loading import Loading
    from .weights import Located, WeightSet

IMAGES = 10
"""Images that one prompt may speak of, as the makers say."""
PROMPT_TOKENS = 480
"""Tokens of a prompt as ``wording.tokens`` counts them; the text encoder reads far more."""
_DETAILS = 8


class Flux3(Family):
    """Only the distilled weights, without guidance; the others are another pipeline, which is not here."""

    name: ClassVar[str] = "flux3"
    pipeline: ClassVar[str] = "Flux3DistilledModularPipeline"
    settings: frozenset[str] = frozenset({"steps", "quality", "look"})

    def __init__(self, weights: WeightSet) -> None:
        super().__init__(weights)
        if weights.layout:
            raise BadInput(
                f"The weights {weights.name} of FLUX.3 have the layout {weights.layout!r}; only "
                "the distilled ones can be used, which have none. Take it out of the weights file."
            )

    def capabilities(self) -> Capabilities:
        return Capabilities(
            requests=frozenset({"still"}),
            inputs=frozenset({"references", "like"}),
            references=IMAGES,
            size_multiple=16,
            most_pixels=2048 * 2048,
            memory_mb=self.weights.memory_mb,
            needs=self.needs,
        )

    def words(self, request: Drawn) -> Words:
        refuse_too_many(request, IMAGES, self.name)
        return Words(wording.fullest(lambda detail: told_by_images(request, detail), _DETAILS, PROMPT_TOKENS))

    def steps(self, draft: bool) -> tuple[int, float]:
        return (8 if draft else 16), 1.0

    def load(self, located: Located, loading: Loading) -> Any:
        reading = {"tokenizer": Reading(located.folder / "tokenizer")}
        return load_modular(self.pipeline, located, loading, reading, self.weights.left_out())

    def encode(self, pipe: Any, words: Words) -> Mapping[str, Any]:
        return {
            "prompt_embeds": run(pipe, ["text_encoder"], {"prompt": words.text}).get("prompt_embeds").cpu()
        }

    def sample(self, pipe: Any, batch: Sequence[Ready], step: Step) -> list[Shades]:
        return [self._still(pipe, ready, step) for ready in batch]

    def _still(self, pipe: Any, ready: Ready, step: Step) -> Shades:
        from PIL import Image

        token = pipe.vae_scale_factor * 2
        size = pipe.num_channels_latents, ready.height // token, ready.width // token
        shown = [Image.fromarray(np.ascontiguousarray(pixels[:, :, :3])) for pixels in images_shown(ready)]
        state = run(
            pipe,
            ["vae_encoder", "denoise", "decode"],
            {
                "prompt_embeds": ready.prompt["prompt_embeds"].to(
                    pipe._execution_device, pipe.transformer.dtype
                ),
                "image": shown or None,
                "height": ready.height,
                "width": ready.width,
                "latents": frame_noise(ready.seed, 0, 1, *size)[:, :, 0],
                "num_inference_steps": ready.steps,
                "output_type": "np",
            },
            step,
            ready.steps,
        )
        return np.asarray(state.get("images"), np.float32)


class Reading:
    """What the pipeline uses of Qwen3-VL's processor, which cannot be made without torchvision: its words."""

    def __init__(self, folder: Any) -> None:
        from transformers import AutoTokenizer

        self.tokenizer = AutoTokenizer.from_pretrained(str(folder), local_files_only=True)
        self.apply_chat_template = self.tokenizer.apply_chat_template
