"""A tiny FLUX.2-klein, distilled as the real one is."""

from __future__ import annotations

from typing import Any

from .encoders import QWEN_WIDTH, qwen_text, qwen_tokenizer

_LATENTS = 4
"""Channels of a latent pixel; four of them, 2 x 2, make a token."""

_GAIN = 2.5
"""Weights of the transformer are so much larger than they are by chance, so that what it reads is seen."""


def build(seed: int, distilled: bool = True) -> Any:
    """One latent pixel for 8 x 8 and one token for 16 x 16, a text encoder of 28 layers."""
    import torch
    from diffusers import (
        FlowMatchEulerDiscreteScheduler,
        Flux2KleinPipeline,
        Flux2Transformer2DModel,
    )

    torch.manual_seed(seed)
    transformer = Flux2Transformer2DModel(
        patch_size=1, in_channels=4 * _LATENTS, num_layers=1, num_single_layers=1, attention_head_dim=16,
        num_attention_heads=2, joint_attention_dim=3 * QWEN_WIDTH, timestep_guidance_channels=256,
        axes_dims_rope=(4, 4, 4, 4), guidance_embeds=False,
    )  # fmt: skip
    decoder = vae()
    with torch.no_grad():
        for weight in transformer.parameters():
            weight.mul_(_GAIN)
    return Flux2KleinPipeline(
        scheduler=FlowMatchEulerDiscreteScheduler(),
        vae=decoder,
        text_encoder=qwen_text(),
        tokenizer=qwen_tokenizer(),
        transformer=transformer.eval(),
        is_distilled=distilled,
    )


def vae() -> Any:
    """FLUX.2's autoencoder, which FLUX.3 has as well."""
    from diffusers import AutoencoderKLFlux2

    return AutoencoderKLFlux2(
        sample_size=64,
        down_block_types=("DownEncoderBlock2D",) * 4, up_block_types=("UpDecoderBlock2D",) * 4,
        block_out_channels=(4, 4, 8, 8), layers_per_block=1, latent_channels=_LATENTS, norm_num_groups=1,
        use_quant_conv=False, use_post_quant_conv=False,
    ).eval()  # fmt: skip


def build_base(seed: int) -> Any:
    """Not distilled: guidance acts."""
    return build(seed, distilled=False)
