"""LTX's own upscaler: a take's latents, twice as wide and high, decoded again by LTX's autoencoder.

No noise and no words: what it adds is what its small network learnt of larger latents. The pipeline
alone gives its frames; the two parts of LTX that follow it in its makers' two-stage way do not.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any, ClassVar

import numpy as np

from ..protocol import Capabilities, Footage, Pixels
from .clips import clip_frames
from .enlarging import chunks, cross_faded, each_enlarged, fitted, lit, padded, whole
from .family import Drawn, Family, Ready, Sampled, Shades, Step, Words

if TYPE_CHECKING:
    from .loading import Loading
    from .weights import Located

TIMES = 2
CHUNK, OVERLAP = 33, 9
"""Frames that are enlarged at a time, and how many of them two chunks share: 8k + 1 both, so that a chunk of
latents begins with the one frame that LTX's first latent is."""
_PIPELINES = {"": "LTXLatentUpsamplePipeline", "ltx2": "LTX2LatentUpsamplePipeline"}


class LtxUpsample(Family):
    """``layout``: none for LTX-Video's latents, ``ltx2`` for those of LTX-2."""

    name: ClassVar[str] = "ltx-upsample"
    layouts: ClassVar[tuple[str, ...]] = tuple(_PIPELINES)
    pipeline: ClassVar[str] = _PIPELINES[""]
    settings: frozenset[str] = frozenset()

    def capabilities(self) -> Capabilities:
        return Capabilities(
            requests=frozenset({"upscale"}),
            inputs=frozenset({"take"}),
            most_pixels=TIMES**2 * 1216 * 704,
            enlarges=TIMES,
            memory_mb=self.weights.memory_mb,
            needs=self.needs,
        )

    def words(self, request: Drawn) -> Words:
        return Words("")

    def steps(self, draft: bool) -> tuple[int, float]:
        return 1, 1.0

    def load(self, located: Located, loading: Loading) -> Any:
        from .pipelines import load_pipeline

        return load_pipeline(_PIPELINES[self.weights.layout], located, loading)

    def encode(self, pipe: Any, words: Words) -> Mapping[str, Any]:
        return {}

    def sample(self, pipe: Any, batch: Sequence[Ready], step: Step) -> list[Sampled]:
        name = f"diffusion:{self.weights.name}"
        return each_enlarged(batch, TIMES, name, lambda ready, take: enlarged(pipe, ready, take, step))


def enlarged(pipe: Any, ready: Ready, take: Footage, step: Step) -> Iterator[Shades]:
    """The take's frames in the raster asked for, a chunk at a time; where two chunks meet they cross-fade.

    Held at once: ``CHUNK`` frames of the take and as many large ones, whatever the take's length.
    """
    wanted = clip_frames(ready.request)
    sizes: list[int] = []

    def runs() -> Iterator[Shades]:
        for run in chunks(take.frames(0, wanted), CHUNK, OVERLAP):
            yield lit(_enlarged(pipe, run), run, type(pipe).__name__)
            sizes.append(len(run) - OVERLAP * bool(sizes))
            step(sum(sizes), wanted)

    for frames in cross_faded(runs(), OVERLAP):
        yield fitted(frames, ready)


def _enlarged(pipe: Any, run: Sequence[Pixels]) -> Shades:
    """The frames of one chunk, twice as wide and high."""
    import torch

    height, width = run[0].shape[:2]
    side, per = pipe.vae_spatial_compression_ratio, pipe.vae_temporal_compression_ratio
    given = np.stack([padded(pixels, side) for pixels in whole(run, per)])
    video = torch.from_numpy(given).permute(3, 0, 1, 2)[None].float() / 127.5 - 1
    with torch.no_grad():
        latents = _encoded(pipe, video.to(pipe._execution_device, pipe.vae.dtype))
    found: Shades = pipe(
        latents=latents, height=given.shape[1], width=given.shape[2], output_type="np"
    ).frames[0]
    return found[: len(run), : TIMES * height, : TIMES * width]


def _encoded(pipe: Any, video: Any) -> Any:
    """The likeliest latents of a video, none drawn by chance, normalised where the pipeline expects it."""
    latents = pipe.vae.encode(video).latent_dist.mode().float()
    if type(pipe).__name__ == _PIPELINES["ltx2"]:
        return latents
    return pipe._normalize_latents(
        latents, pipe.vae.latents_mean, pipe.vae.latents_std, pipe.vae.config.scaling_factor
    )
