"""A tiny Wan VACE pipeline."""

from __future__ import annotations

from typing import Any

from .wan import lively, parts, sizes


def build(seed: int) -> Any:
    """Wan 2.1 VACE: known frames anywhere, and reference images."""
    from diffusers import WanVACEPipeline, WanVACETransformer3DModel

    given = parts(seed)
    transformer = lively(WanVACETransformer3DModel(**sizes(vace_layers=[0], vace_in_channels=96)))
    _open_zero_layers(transformer)
    return WanVACEPipeline(transformer=transformer, **given)


def _open_zero_layers(transformer: Any) -> None:
    """Let the branch of known frames act, as trained weights do: some of its layers begin at zero."""
    import torch

    for block in transformer.vace_blocks:
        for layer in (block.proj_in, block.proj_out):
            if layer is not None:
                torch.nn.init.normal_(layer.weight, std=0.3)
