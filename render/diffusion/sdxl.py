"""Stable Diffusion XL: stills, references through an IP-Adapter where the weights have one.

An earlier keyframe (``like``) is what sampling starts from (SDEdit, Meng and others 2021), so that
framing, set and light stay. Stills of a scene read its identity pictures (``consistency.py``). Prompts
are short: CLIP reads 77 tokens.
"""

from __future__ import annotations

import contextlib
import hashlib
from collections import OrderedDict
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np

from ...storyboard.errors import BadInput, Refused
from ..protocol import Capabilities, InputName, Pixels
from ..requests import Still
from . import wording
from .consistency import Reading, read_beside
from .family import Drawn, Family, Ready, Shades, Step, Words, number, same_shape
from .loras import quietly
from .noise import frame_noise, generator
from .sdxl_scene import LateStart, Scene, in_turn, kept_last, shown_by_row

if TYPE_CHECKING:
    from .loading import Loading
    from .weights import Located, WeightSet

CLIP_TOKENS = 70
"""Tokens of a prompt as ``wording.tokens`` counts them: some room is left of the 75 that CLIP reads."""
CONSISTENT_RATE = 50
"""Percent of an identity picture's tokens that others read: the paper's rate of 0.5."""
_DETAILS = 8
_SEEN_MOST = 256
"""Embeddings of references kept; a few kilobytes each."""
_REFERENCES = 2
"""An IP-Adapter blends its images; from the third on nobody is recognised."""


class Sdxl(Family):
    """See the module. References are taken only where the weight set has the file ``ip_adapter``."""

    name = "sdxl"
    pipeline = "StableDiffusionXLPipeline"

    def __init__(self, weights: WeightSet) -> None:
        super().__init__(weights)
        self._adapter = "ip_adapter" in weights.files
        self.settings = Family.settings | {"like-strength", "consistent-rate"}
        if self._adapter:
            self.settings |= {"reference-strength"}
        self._seen: OrderedDict[str, tuple[Any, Any]] = OrderedDict()

    def capabilities(self) -> Capabilities:
        inputs: set[InputName] = {"like", "lora", "beside"}
        return Capabilities(
            requests=frozenset({"still"}),
            inputs=frozenset(inputs | ({"references"} if self._adapter else set())),
            references=_REFERENCES if self._adapter else 0,
            size_multiple=8,
            most_pixels=1024 * 1024,
            batch=4,
            memory_mb=self.weights.memory_mb,
            needs=self.needs,
        )

    def words(self, request: Drawn) -> Words:
        text = wording.fullest(lambda detail: _told(request, detail), _DETAILS, CLIP_TOKENS)
        return Words(text, wording.cut(wording.negative(request.settings), CLIP_TOKENS))

    def steps(self, draft: bool) -> tuple[int, float]:
        return (12, 6.0) if draft else (30, 6.0)

    def load(self, located: Located, loading: Loading) -> Any:
        from .pipelines import load_pipeline

        self._seen.clear()
        adapter = located.files.get("ip_adapter")
        return load_pipeline(
            self.pipeline,
            located,
            loading,
            components={"add_watermarker": False},
            then=None
            if adapter is None
            else lambda pipe: _with_adapter(pipe, str(adapter), self.weights.name),
        )

    def encode(self, pipe: Any, words: Words) -> Mapping[str, Any]:
        found = pipe.encode_prompt(
            prompt=_fitted(pipe, words.text),
            negative_prompt=_fitted(pipe, words.negative),
            device=pipe._execution_device,
            do_classifier_free_guidance=True,
        )
        names = (
            "prompt_embeds",
            "negative_prompt_embeds",
            "pooled_prompt_embeds",
            "negative_pooled_prompt_embeds",
        )
        return {name: tensor.cpu() for name, tensor in zip(names, found, strict=True)}

    def together(self, one: Ready, other: Ready) -> bool:
        """The references of a call are shared; each picture is like a frame of its own, or none is.

        Stills beside the same identity pictures are drawn together with one copy of these, whatever each
        refers to.
        """
        if one.beside or other.beside:
            return same_shape(one, other) and _beside(one) == _beside(other)
        return (
            same_shape(one, other)
            and (one.like is None) == (other.like is None)
            and [r.pixels.tobytes() for r in one.references] == [r.pixels.tobytes() for r in other.references]
        )

    def sample(self, pipe: Any, batch: Sequence[Ready], step: Step) -> list[Shades]:
        if batch[0].beside:
            return self._scene(pipe, Scene.of(batch), step)
        head = batch[0]
        given = prompts(pipe, batch) | {"callback_on_step_end": step.callback()}
        if self._adapter:
            given["ip_adapter_image_embeds"] = self._shown(pipe, head)
        if head.like is not None:
            return _like(pipe, batch, given)
        noise = opening_noise(pipe, batch)
        images = pipe(width=head.width, height=head.height, latents=noise, **given).images
        return [image[None].astype(np.float32) for image in images]

    def _scene(self, pipe: Any, scene: Scene, step: Step) -> list[Shades]:
        """Stills beside identity pictures, with these, in one call; only what was asked for is decoded."""
        rows, head = scene.rows, scene.rows[0]
        if head.steps == 1:
            raise Refused(
                f"{self.weights.name} draws in 1 step here, and the stills of a scene read each other from "
                "the second on only. Set steps to 2 or more."
            )
        rate = number(head.settings, "consistent-rate", CONSISTENT_RATE) / 100
        reading = Reading(len(rows), scene.identities, rate, scene.seed())
        given = prompts(pipe, rows)
        late = _late(pipe, rows, given["generator"])
        wanted = list(dict.fromkeys(scene.places))
        given["callback_on_step_end"] = in_turn(step.callback(), reading.callback(), late, kept_last(wanted))
        with read_beside(pipe.unet, reading), contextlib.ExitStack() as shown:
            if self._adapter:
                given["ip_adapter_image_embeds"] = self._shown_by_row(pipe, rows, shown)
            latents = late.opening(pipe, opening_noise(pipe, rows), head.steps)
            images = pipe(width=head.width, height=head.height, latents=latents, **given).images
        return [images[wanted.index(place)][None].astype(np.float32) for place in scene.places]

    def _shown_by_row(self, pipe: Any, rows: Sequence[Ready], until: contextlib.ExitStack) -> list[Any]:
        """What the IP-Adapter reads where each row has references of its own."""
        import torch

        most = max(len(row.references) for row in rows)
        if most == 0:
            return self._shown(pipe, rows[0])
        # One image shown twice is the same to the adapter as shown once, so that rows are equally long.
        each = [(row.references * most)[:most] for row in rows]
        pairs = [[self._embedded(pipe, r.pixels) for r in of_row] if of_row else None for of_row in each]
        nobody = next(pair for pair in pairs if pair)
        sides = [
            torch.cat([torch.stack([p[side] for p in pair or nobody], dim=1) for pair in pairs])
            for side in ((0, 1) if rows[0].guidance > 1 else (1,))
        ]
        seeing = [bool(row.references) for row in rows] * len(sides)
        until.enter_context(shown_by_row(pipe.unet, torch.cat(sides), seeing))
        return self._shown(pipe, next(row for row in rows if row.references))

    def _shown(self, pipe: Any, ready: Ready) -> list[Any]:
        """What the IP-Adapter reads of the references; without any it is switched off."""
        import torch

        strength = number(ready.settings, "reference-strength", 60) / 100
        pipe.set_ip_adapter_scale(strength if ready.references else 0.0)
        shown = [r.pixels for r in ready.references] or [np.zeros((8, 8, 3), np.uint8)]
        pairs = [self._embedded(pipe, pixels) for pixels in shown]
        unseen, seen = (torch.stack(side, dim=1).to(pipe.unet.dtype) for side in zip(*pairs, strict=True))
        return [torch.cat([unseen, seen]) if ready.guidance > 1 else seen]

    def _embedded(self, pipe: Any, pixels: Pixels) -> tuple[Any, Any]:
        """The embeddings of nothing and of an image, each 1 x numbers; computed once an image."""
        import torch
        from diffusers.models.embeddings import ImageProjection

        key = hashlib.sha256(repr(pixels.shape).encode() + pixels.tobytes()).hexdigest()
        if key not in self._seen:
            deep = not isinstance(pipe.unet.encoder_hid_proj.image_projection_layers[0], ImageProjection)
            with torch.no_grad():
                seen, unseen = pipe.encode_image(image_of(pixels), pipe._execution_device, 1, deep)
            self._seen[key] = unseen, seen
            while len(self._seen) > _SEEN_MOST:
                self._seen.popitem(last=False)
        self._seen.move_to_end(key)
        return self._seen[key]


def _told(request: Drawn, detail: int) -> str:
    """The prompt with so much detail (0 to 8): who, what and where always; the sentence leads."""
    picture, look = request.picture, wording.look_of(request.settings)
    style = wording.cut(wording.style(picture, look), 16 if detail else 8)
    if isinstance(request, Still) and request.sheet:
        return wording.joined((wording.cut(wording.sheet(request), 40 + 4 * detail), style))
    figures, things = wording.subjects(picture), wording.things(picture)
    told = [s.told(min(detail - 1, 4)) if detail else s.head for s in figures]
    if detail >= 6:
        told = [wording.joined((t, s.acting)) for t, s in zip(told, figures, strict=True)]
    told += [s.told(detail) if detail else s.head for s in things]
    pieces = [
        wording.lead(picture, 16 + 3 * detail),
        wording.cut(wording.moment(request), 4 * detail),
        *told,
        wording.cut(wording.place(picture, detail >= 5), 8 + 6 * detail),
        style,
        wording.cut(wording.camera(picture), 5 * max(0, detail - 1)),
        wording.light(picture) if detail >= 4 else "",
    ]
    return wording.joined(pieces)


def _fitted(pipe: Any, text: str) -> str:
    """As many whole words as CLIP reads, counted by the tokenizers themselves."""
    words = text.split()
    tokenizers = [t for t in (pipe.tokenizer, pipe.tokenizer_2) if t is not None]

    def fits(count: int) -> bool:
        part = " ".join(words[:count])
        return all(len(t(part, verbose=False).input_ids) <= t.model_max_length for t in tokenizers)

    low, high = 0, len(words)
    while low < high:
        middle = (low + high + 1) // 2
        low, high = (middle, high) if fits(middle) else (low, middle - 1)
    return " ".join(words[:low])


def _with_adapter(pipe: Any, path: str, name: str) -> None:
    """Load the IP-Adapter onto the pipeline."""
    from safetensors.torch import load_file

    if pipe.image_encoder is None:
        raise BadInput(
            f"The weights {name!r} have an ip_adapter but no image_encoder. Name its folder in the weights "
            "file (files.image_encoder), or take ip_adapter out."
        )
    parts: dict[str, dict[str, Any]] = {"image_proj": {}, "ip_adapter": {}}
    for key, tensor in load_file(path).items():
        part, _, rest = key.partition(".")
        if part in parts:
            parts[part][rest] = tensor
    if not all(parts.values()):
        raise BadInput(f"{path} is no IP-Adapter: it has no image_proj or no ip_adapter weights.")
    with quietly():
        pipe.load_ip_adapter(parts, subfolder="", weight_name="", image_encoder_folder=None)


def prompts(pipe: Any, rows: Sequence[Ready]) -> dict[str, Any]:
    """What a call of the pipeline is given for these pictures, whatever they begin from."""
    import torch

    head = rows[0]
    return {
        name: torch.cat([row.prompt[name] for row in rows]).to(pipe._execution_device, pipe.unet.dtype)
        for name in head.prompt
    } | {
        "num_inference_steps": head.steps,
        "guidance_scale": head.guidance,
        "generator": [generator(row.seed, "steps") for row in rows],
        "output_type": "np",
    }


def opening_noise(pipe: Any, rows: Sequence[Ready]) -> Any:
    """The noise that pictures begin with, pictures x channels x height x width."""
    import torch

    head, scale = rows[0], pipe.vae_scale_factor
    size = pipe.unet.config.in_channels, head.height // scale, head.width // scale
    return torch.cat([frame_noise(row.seed, 0, 1, *size)[:, :, 0] for row in rows]).to(pipe.unet.dtype)


def _beside(ready: Ready) -> Any:
    return ready.request.beside if isinstance(ready.request, Still) else ()


def strength(ready: Ready) -> float:
    """How far back to noise an earlier keyframe goes, 0 to 1: one step at least."""
    return max(1 - number(ready.settings, "like-strength", 30) / 100, 1 / ready.steps)


def _late(pipe: Any, rows: Sequence[Ready], generators: Sequence[Any]) -> LateStart:
    """Which rows begin from an earlier keyframe, and when: as image-to-image does it."""
    import torch

    head = rows[0]
    known = {}
    for n, row in enumerate(rows):
        if row.like is not None:
            latents = _latents(pipe, row).to("cpu", pipe.unet.dtype)
            noise = torch.randn(latents.shape, generator=generators[n], dtype=latents.dtype)
            known[n] = latents, noise
    return LateStart(known, head.steps - min(int(head.steps * strength(head)), head.steps))


def _like(pipe: Any, batch: Sequence[Ready], given: Mapping[str, Any]) -> list[Shades]:
    """Sample from earlier keyframes, so far noised that the words still act."""
    from diffusers import StableDiffusionXLImg2ImgPipeline

    from_frame = StableDiffusionXLImg2ImgPipeline(**pipe.components, add_watermarker=False)
    from_frame.set_progress_bar_config(disable=True)
    images = from_frame(image=known_latents(pipe, batch), strength=strength(batch[0]), **given).images
    pipe.maybe_free_model_hooks()
    return [image[None].astype(np.float32) for image in images]


def known_latents(pipe: Any, batch: Sequence[Ready]) -> Any:
    """Earlier keyframes as the denoiser has them, pictures x channels x height x width."""
    import torch

    return torch.cat([_latents(pipe, ready) for ready in batch]).to(pipe.unet.dtype)


def _latents(pipe: Any, ready: Ready) -> Any:
    """The earlier keyframe as the VAE has it, 1 x channels x height x width."""
    import torch

    assert ready.like is not None
    vae = pipe.vae
    before, frail = vae.dtype, vae.dtype == torch.float16 and vae.config.force_upcast
    pixels = pipe.image_processor.preprocess(image_of(ready.like), height=ready.height, width=ready.width)
    if frail:
        vae.to(torch.float32)
    with torch.no_grad():
        found = vae.encode(pixels.to(pipe._execution_device, vae.dtype)).latent_dist.mode()
    if frail:
        vae.to(before)
    mean, spread = (getattr(vae.config, name, None) for name in ("latents_mean", "latents_std"))
    if mean is None or spread is None:
        return found * vae.config.scaling_factor
    mean, spread = (found.new_tensor(v).view(1, -1, 1, 1) for v in (mean, spread))
    return (found - mean) * vae.config.scaling_factor / spread


def image_of(pixels: Pixels) -> Any:
    """A frame as PIL has it."""
    from PIL import Image

    return Image.fromarray(np.ascontiguousarray(pixels[:, :, :3]))
