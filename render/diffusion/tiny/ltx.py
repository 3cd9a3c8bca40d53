"""A tiny LTX pipeline with conditions."""

from __future__ import annotations

from typing import Any

from .video_encoders import WIDTH, t5, t5_tokenizer
from .wan import lively


def build(seed: int) -> Any:
    """LTX: one latent frame for 8 frames, one latent pixel for 32 x 32."""
    import torch
    from diffusers import (
        FlowMatchEulerDiscreteScheduler,
        LTXConditionPipeline,
        LTXVideoTransformer3DModel,
    )

    torch.manual_seed(seed)
    transformer = lively(
        LTXVideoTransformer3DModel(
            in_channels=8,
            out_channels=8,
            num_attention_heads=4,
            attention_head_dim=8,
            cross_attention_dim=32,
            num_layers=2,
            caption_channels=WIDTH,
        )
    )
    return LTXConditionPipeline(
        scheduler=FlowMatchEulerDiscreteScheduler(),
        vae=vae(),
        text_encoder=t5(),
        tokenizer=t5_tokenizer(),
        transformer=transformer,
    )


def vae() -> Any:
    """The autoencoder of LTX-Video, which is told how clean its latents are."""
    from diffusers import AutoencoderKLLTXVideo

    return AutoencoderKLLTXVideo(
        latent_channels=8,
        block_out_channels=(8, 8, 8, 8),
        decoder_block_out_channels=(8, 8, 8, 8),
        layers_per_block=(1, 1, 1, 1, 1),
        decoder_layers_per_block=(1, 1, 1, 1, 1),
        spatio_temporal_scaling=(True, True, True, False),
        decoder_spatio_temporal_scaling=(True, True, True, False),
        encoder_causal=True,
        decoder_causal=False,
        timestep_conditioning=True,
    ).eval()
