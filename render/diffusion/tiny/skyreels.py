"""A tiny SkyReels-V2 pipeline."""

from __future__ import annotations

from typing import Any

from .wan import lively, parts, sizes


def build(seed: int) -> Any:
    """SkyReels-V2 with diffusion forcing: a noise level for each latent frame."""
    from diffusers import (
        SkyReelsV2DiffusionForcingPipeline,
        SkyReelsV2Transformer3DModel,
        UniPCMultistepScheduler,
    )

    given = parts(seed)
    given["scheduler"] = UniPCMultistepScheduler(
        prediction_type="flow_prediction", use_flow_sigmas=True, flow_shift=8.0
    )
    transformer = lively(SkyReelsV2Transformer3DModel(**sizes()))
    return SkyReelsV2DiffusionForcingPipeline(transformer=transformer, **given)
