"""FLUX.2-klein: stills from words and up to four references, in four steps.

The references are images 1 to 4 of the prompt, which says what each shows. An earlier keyframe
(``like``) is the last of them.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np

from ...storyboard.errors import BadInput, Refused
from ..protocol import Capabilities, Pixels
from ..requests import Still
from . import wording
from .family import Drawn, Family, Ready, Shades, Step, Words, same_shape
from .noise import frame_noise

if TYPE_CHECKING:
    from .loading import Loading
    from .weights import Located, WeightSet

IMAGES = 4
"""Images that one prompt may speak of."""
PROMPT_TOKENS = 380
"""Tokens of a prompt as ``wording.tokens`` counts them; the text encoder reads 512."""
_DETAILS = 8


class Flux2Klein(Family):
    """See the module. Weights of the layout ``base`` are not distilled: guidance and negative words act."""

    name = "flux2-klein"
    pipeline = "Flux2KleinPipeline"

    def __init__(self, weights: WeightSet) -> None:
        super().__init__(weights)
        self._distilled = weights.layout != "base"
        if self._distilled:
            self.settings = Family.settings - {"guidance", "negative"}

    def capabilities(self) -> Capabilities:
        return Capabilities(
            requests=frozenset({"still"}),
            inputs=frozenset({"references", "like", "lora"}),
            references=IMAGES,
            size_multiple=16,
            most_pixels=1024 * 1024,
            batch=4,
            memory_mb=self.weights.memory_mb,
            needs=self.needs,
        )

    def words(self, request: Drawn) -> Words:
        refuse_too_many(request, IMAGES, self.name)
        text = wording.fullest(lambda detail: told_by_images(request, detail), _DETAILS, PROMPT_TOKENS)
        return Words(text, "" if self._distilled else wording.negative(request.settings))

    def steps(self, draft: bool) -> tuple[int, float]:
        if self._distilled:
            return (3, 1.0) if draft else (4, 1.0)
        return (16, 4.0) if draft else (40, 4.0)

    def load(self, located: Located, loading: Loading) -> Any:
        from .pipelines import load_pipeline

        return load_pipeline(self.pipeline, located, loading, then=self._check)

    def _check(self, pipe: Any) -> None:
        if bool(pipe.config.is_distilled) is not self._distilled:
            layout = (
                "distilled: take the layout out" if pipe.config.is_distilled else "not: set layout = 'base'"
            )
            raise BadInput(f"The weights {self.weights.name!r} are {layout} in the weights file.")

    def encode(self, pipe: Any, words: Words) -> Mapping[str, Any]:
        device = pipe._execution_device
        found = {"prompt_embeds": pipe.encode_prompt(words.text, device=device)[0].cpu()}
        if not self._distilled:
            found["negative_prompt_embeds"] = pipe.encode_prompt(words.negative, device=device)[0].cpu()
        return found

    def together(self, one: Ready, other: Ready) -> bool:
        """The images of a call are shared by its pictures."""
        return same_shape(one, other) and _images(one) == _images(other)

    def sample(self, pipe: Any, batch: Sequence[Ready], step: Step) -> list[Shades]:
        import torch
        from PIL import Image

        head, dtype = batch[0], pipe.transformer.dtype
        given = {
            name: torch.cat([ready.prompt[name] for ready in batch]).to(pipe._execution_device, dtype)
            for name in head.prompt
        }
        token = pipe.vae_scale_factor * 2
        size = pipe.transformer.config.in_channels, head.height // token, head.width // token
        noise = torch.cat([frame_noise(ready.seed, 0, 1, *size)[:, :, 0] for ready in batch])
        images = [Image.fromarray(np.ascontiguousarray(shown[:, :, :3])) for shown in images_shown(head)]
        found = pipe(
            image=images or None,
            width=head.width,
            height=head.height,
            num_inference_steps=head.steps,
            guidance_scale=1.0 if self._distilled else head.guidance,
            latents=noise,
            output_type="np",
            callback_on_step_end=step.callback(),
            **given,
        ).images
        return [image[None].astype(np.float32) for image in found]


def refuse_too_many(request: Drawn, most: int, name: str) -> None:
    """Raise ``Refused`` where an earlier keyframe comes to as many references as there may be images."""
    if isinstance(request, Still) and request.like and len(request.anchors) >= most:
        raise Refused(
            f"{name} takes {most} images in all: {len(request.anchors)} references and an earlier "
            "keyframe are too many."
        )


def images_shown(ready: Ready) -> list[Pixels]:
    """The images of the prompt, in the order of their numbers."""
    return [r.pixels for r in ready.references] + ([] if ready.like is None else [ready.like])


def _images(ready: Ready) -> list[tuple[tuple[int, ...], bytes]]:
    return [(pixels.shape, pixels.tobytes()) for pixels in images_shown(ready)]


def told_by_images(request: Drawn, detail: int) -> str:
    """The prompt with so much detail (0 to 8): every entity, and every image with what it shows.

    For models that are given images by number: this family's and Qwen's.
    """
    picture, numbers = request.picture, wording.images(request)
    style = wording.cut(wording.style(picture, wording.look_of(request.settings)), 20 + 4 * detail)
    if isinstance(request, Still) and request.sheet:
        shown = [wording.sheet(request), *wording.bound(request), style]
        return " ".join(wording.sentence(piece) for piece in shown if piece)
    figures, things = wording.subjects(picture), wording.things(picture)
    pieces = [wording.lead(picture, 40 + 4 * detail), wording.cut(wording.moment(request), 20)]
    for subject in (*figures, *things):
        looks = subject.told(detail) if detail else subject.who
        own = subject.words if detail >= 7 else ""
        bound = (
            f"the one in {wording.of_images(numbers[subject.entity])}" if subject.entity in numbers else ""
        )
        pieces.append(f"the {subject.head} is {wording.joined((bound, looks, own))}")
        if detail >= 2 and subject.acting:
            pieces.append(f"the {subject.head} is {subject.acting}")
    here = wording.cut(wording.place(picture, detail >= 3), 16 + 8 * detail)
    at = (
        f"the place of {wording.of_images(numbers[picture.place.id])}, "
        if picture.place.id in numbers
        else ""
    )
    pieces.append(f"the place is {at}{here}")
    if isinstance(request, Still) and request.like:
        pieces.append(f"keep the framing, the set and the light of image {len(request.anchors) + 1}")
    pieces += [style, wording.camera(picture), wording.light(picture)]
    return " ".join(wording.sentence(piece) for piece in pieces if piece)
