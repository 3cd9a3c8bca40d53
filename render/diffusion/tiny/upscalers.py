"""Tiny upscalers: LTX's and LTX-2's of latents, and Stable Diffusion's of single frames."""

from __future__ import annotations

from typing import Any

from .encoders import CLIP_WIDTH, clip_text, clip_tokenizer

_LATENTS = 8


def build_ltx(seed: int) -> Any:
    """LTX: latents twice as wide and high, and the autoencoder they are of."""
    import torch
    from diffusers import LTXLatentUpsamplePipeline
    from diffusers.pipelines.ltx.modeling_latent_upsampler import LTXLatentUpsamplerModel

    from .ltx import vae

    torch.manual_seed(seed)
    upsampler = LTXLatentUpsamplerModel(in_channels=_LATENTS, mid_channels=32, num_blocks_per_stage=1)
    return LTXLatentUpsamplePipeline(vae=vae(), latent_upsampler=upsampler.eval())


def build_ltx2(seed: int) -> Any:
    """LTX-2's."""
    import torch
    from diffusers import LTX2LatentUpsamplePipeline
    from diffusers.pipelines.ltx2 import LTX2LatentUpsamplerModel

    from .ltx2 import vae

    torch.manual_seed(seed)
    upsampler = LTX2LatentUpsamplerModel(
        in_channels=_LATENTS, mid_channels=32, num_blocks_per_stage=1, use_rational_resampler=False
    )
    return LTX2LatentUpsamplePipeline(vae=vae(), latent_upsampler=upsampler.eval())


def build_sd(seed: int) -> Any:
    """Stable Diffusion 2's upscaler: a latent pixel for each of the small frame, and 4 x 4 of the large."""
    import torch
    from diffusers import (
        AutoencoderKL,
        DDIMScheduler,
        DDPMScheduler,
        StableDiffusionUpscalePipeline,
        UNet2DConditionModel,
    )

    torch.manual_seed(seed)
    unet = UNet2DConditionModel(
        sample_size=16, in_channels=7, out_channels=4, block_out_channels=(8, 8, 16, 16), layers_per_block=1,
        down_block_types=("DownBlock2D", *["CrossAttnDownBlock2D"] * 3),
        up_block_types=(*["CrossAttnUpBlock2D"] * 3, "UpBlock2D"), norm_num_groups=4,
        attention_head_dim=4, cross_attention_dim=CLIP_WIDTH, num_class_embeds=1000,
        only_cross_attention=(True, True, True, False), use_linear_projection=True,
    )  # fmt: skip
    vae = AutoencoderKL(
        block_out_channels=(4, 4, 8), norm_num_groups=2, latent_channels=4, sample_size=64,
        down_block_types=("DownEncoderBlock2D",) * 3, up_block_types=("UpDecoderBlock2D",) * 3,
        scaling_factor=0.08333,
    )  # fmt: skip
    return StableDiffusionUpscalePipeline(
        vae=vae.eval(), text_encoder=clip_text(), tokenizer=clip_tokenizer(), unet=unet.eval(),
        low_res_scheduler=DDPMScheduler(beta_schedule="scaled_linear", beta_start=0.0001, beta_end=0.02),
        scheduler=DDIMScheduler(
            beta_schedule="scaled_linear", beta_start=0.0001, beta_end=0.02, clip_sample=False,
            prediction_type="v_prediction", set_alpha_to_one=False, steps_offset=1,
        ),
    )  # fmt: skip
