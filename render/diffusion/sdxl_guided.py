"""Stable Diffusion XL with a ControlNet: stills that follow a guide of the animatic's staging.

The ControlNet (arXiv 2302.05543) adds to the denoiser what it makes of one kind of guide: the layout of
the weights says which. A still without a guide is drawn by the same weights without it.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, ClassVar

import numpy as np

from ...storyboard.errors import BadInput
from ..protocol import Capabilities
from .family import Ready, Shades, Step, number
from .sdxl import Sdxl, image_of, known_latents, opening_noise, prompts, strength

if TYPE_CHECKING:
    from .weights import WeightSet

_STRENGTH = 70
"""Percent of the ControlNet's say where ``guide-strength`` is not set."""


class SdxlGuided(Sdxl):
    """See the module. The layout is the guide that the ControlNet was trained on."""

    name = "sdxl-guided"
    pipeline = "StableDiffusionXLControlNetPipeline"
    layouts: ClassVar[tuple[str, ...]] = ("depth", "lines", "segments", "pose")

    def __init__(self, weights: WeightSet) -> None:
        super().__init__(weights)
        if "controlnet" not in weights.files:
            raise BadInput(
                f"The weights {weights.name!r} are sdxl-guided and name no ControlNet. Give its "
                "folder in the weights file (files.controlnet)."
            )
        self.settings = (self.settings - {"consistent-rate"}) | {"guide-strength"}

    def capabilities(self) -> Capabilities:
        can = super().capabilities()
        inputs = (can.inputs - {"beside"}) | {"control"}
        return can.model_copy(update={"inputs": inputs, "guides": frozenset({self.weights.layout})})

    def together(self, one: Ready, other: Ready) -> bool:
        """As in its parent; and either both follow a guide, or neither."""
        return super().together(one, other) and bool(one.control) == bool(other.control)

    def sample(self, pipe: Any, batch: Sequence[Ready], step: Step) -> list[Shades]:
        import diffusers

        head = batch[0]
        given: dict[str, Any] = prompts(pipe, batch) | {"callback_on_step_end": step.callback()}
        if self._adapter:
            given["ip_adapter_image_embeds"] = self._shown(pipe, head)
        parts = dict(pipe.components)
        if not head.control:
            del parts["controlnet"]
        else:
            given["controlnet_conditioning_scale"] = number(head.settings, "guide-strength", _STRENGTH) / 100
        guides = [
            image_of(ready.control[0]).resize((ready.width, ready.height)) for ready in batch if ready.control
        ]
        if head.like is not None:
            name = (
                "StableDiffusionXLControlNetImg2ImgPipeline" if guides else "StableDiffusionXLImg2ImgPipeline"
            )
            given |= {"image": known_latents(pipe, batch), "strength": strength(head)}
            given |= {"control_image": guides} if guides else {}
        else:
            name = self.pipeline if guides else "StableDiffusionXLPipeline"
            given |= {"width": head.width, "height": head.height, "latents": opening_noise(pipe, batch)}
            given |= {"image": guides} if guides else {}
        drawing = getattr(diffusers, name)(**parts, add_watermarker=False)
        drawing.set_progress_bar_config(disable=True)
        images = drawing(**given).images
        pipe.maybe_free_model_hooks()
        return [image[None].astype(np.float32) for image in images]
