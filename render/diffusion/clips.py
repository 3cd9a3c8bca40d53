"""What the video families share: frames in and out of a pipeline, and how their prompts are encoded."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np

from ...storyboard.errors import Refused
from ..protocol import Pixels
from ..requests import Still
from . import wording
from .family import Drawn, Ready, Shades, Words, number
from .noise import frame_noise
from .seam import shot_latent

if TYPE_CHECKING:
    from PIL.Image import Image

_SMALL_SHIFT, _LARGE_SHIFT = 3.0, 5.0
_LARGE_PIXELS = 600_000
"""Between 832 x 480 and 1280 x 720."""
PROMPT_TOKENS = 512
"""Tokens of a prompt that Wan and SkyReels read."""


def paragraph(pieces: Iterable[str]) -> str:
    """The pieces that say something, each as a sentence, in order."""
    return " ".join(filter(None, map(wording.sentence, pieces)))


def cast_lines(request: Drawn, detail: int) -> list[str]:
    """For each figure, then each thing: who it is, ``detail`` parts of its look, what it does; own words."""
    lines: list[str] = []
    for one in (*wording.subjects(request.picture), *wording.things(request.picture)):
        lines.append(wording.joined((one.told(detail), one.acting)))
        lines.append(one.words if detail > 1 else "")
    return lines


def image(pixels: Pixels, ready: Ready) -> Image:
    """A frame in the size that is sampled: scaled to cover it, and what stands over is cut off evenly."""
    from PIL import Image, ImageOps

    given = Image.fromarray(np.ascontiguousarray(pixels[:, :, :3]))
    size = (ready.width, ready.height)
    return given if given.size == size else ImageOps.fit(given, size, Image.Resampling.LANCZOS)


def encoded_prompt(pipe: Any, words: Words) -> dict[str, Any]:
    """Embeddings of a prompt and of what is not to be seen, by a pipeline of Wan's or SkyReels's kind."""
    given, against = pipe.encode_prompt(
        prompt=words.text, negative_prompt=words.negative, max_sequence_length=PROMPT_TOKENS
    )
    return {"prompt_embeds": given.cpu(), "negative_prompt_embeds": against.cpu()}


def on_device(pipe: Any, prompts: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    """Encoded prompts as one batch where the pipeline works, in the precision of what denoises there."""
    import torch

    device, dtype = pipe._execution_device, (pipe.transformer or pipe.transformer_2).dtype
    batch = {name: torch.cat([p[name] for p in prompts]) for name in prompts[0]}
    return {n: t.to(device, dtype if t.is_floating_point() else None) for n, t in batch.items()}


def clip_frames(request: Drawn) -> int:
    """Frames of a clip that was asked for."""
    assert not isinstance(request, Still)  # video families declare no stills
    return request.frames


def window_start(ready: Ready) -> int:
    """The frame of the shot, from 0, that the sampled clip begins with: the first one of its tail, if any."""
    return max(0, ready.at - len(ready.tail))


def shot_noise(pipe: Any, ready: Ready, frames: int) -> Any:
    """The noise that the latent frames of a sampled clip of ``frames`` begin with: the shot's own there.

    1 x channels x latent frames x height x width, for Wan's autoencoder and those like it.
    """
    return frame_noise(
        ready.seed,
        shot_latent(window_start(ready), pipe.vae_scale_factor_temporal),
        (frames - 1) // pipe.vae_scale_factor_temporal + 1,
        pipe.vae.config.z_dim,
        ready.height // pipe.vae_scale_factor_spatial,
        ready.width // pipe.vae_scale_factor_spatial,
    )


def shift_noise(pipe: Any, ready: Ready, advised: Callable[[float], float]) -> None:
    """Let the scheduler spend its steps at the noise levels that suit a clip: the flow's ``shift``.

    What the request's settings say, or else what is ``advised`` where the weights come with a shift.
    Raises ``Refused`` where a setting would be ignored.
    """
    config = pipe.scheduler.config
    name = next((n for n in ("flow_shift", "shift") if n in config), None)
    if name is None:
        if "shift" in ready.settings:
            raise Refused(f"The scheduler {type(pipe.scheduler).__name__} of these weights takes no shift.")
        return
    own = pipe.photoplay_shift = float(getattr(pipe, "photoplay_shift", config[name]))
    wanted = number(ready.settings, "shift", advised(own))
    if config[name] != wanted:
        pipe.scheduler = type(pipe.scheduler).from_config(config, **{name: wanted})


def large_shift(ready: Ready) -> Callable[[float], float]:
    """Wan's advice on ``shift``: 3 up to 480 lines, 5 from there. Weights that come with another keep it."""
    large = ready.width * ready.height > _LARGE_PIXELS
    return lambda own: _LARGE_SHIFT if large and own == _SMALL_SHIFT else own


def spread(count: int, wanted: int) -> list[int]:
    """``wanted`` of ``count`` frames (``wanted`` <= ``count``), evenly, the first and the last among them.

    For clips that must end on a given frame and whose length is not in the rule of the model: frames
    at the end cannot be cut off. One frame alone is the last.
    """
    if wanted == 1:
        return [count - 1]
    return [round(i * (count - 1) / (wanted - 1)) for i in range(wanted)]


def spread_frames(frames: Shades, wanted: int) -> Shades:
    """``wanted`` of the frames, evenly, the first and the last among them."""
    return frames if len(frames) == wanted else frames[spread(len(frames), wanted)]


def need_first(ready: Ready, name: str) -> Pixels:
    """The frame that a clip begins on. Raises ``Refused`` where these weights have none to begin with."""
    if ready.first is None:
        raise Refused(
            f"{name} draws a clip from its first frame, and none was given. Set keyframes to a renderer "
            "that draws stills, or choose another renderer for this shot."
        )
    return ready.first
