"""A tiny Helios pipeline."""

from __future__ import annotations

from typing import Any

from .video_encoders import WIDTH, t5_tokenizer, umt5
from .wan import lively, vae


def build(seed: int) -> Any:
    """Helios of the base weights: chunks of nine latent frames beside a history in three sizes."""
    import torch
    from diffusers import HeliosPipeline, HeliosScheduler, HeliosTransformer3DModel

    torch.manual_seed(seed)
    transformer = HeliosTransformer3DModel(
        num_attention_heads=2,
        attention_head_dim=12,
        text_dim=WIDTH,
        freq_dim=256,
        ffn_dim=32,
        num_layers=2,
        rope_dim=(4, 4, 4),
    )
    strong = (transformer.patch_short, transformer.patch_mid, transformer.patch_long)
    with torch.no_grad():
        for kernel in strong:
            kernel.weight.mul_(5)
    return HeliosPipeline(
        tokenizer=t5_tokenizer(),
        text_encoder=umt5(),
        vae=vae(),
        scheduler=HeliosScheduler(stages=1, stage_range=[0, 1], use_dynamic_shifting=True),
        transformer=lively(transformer),
    )
