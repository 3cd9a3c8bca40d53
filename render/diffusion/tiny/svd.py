"""A tiny Stable Video Diffusion. Its class wants 224 x 224 for the image encoder, and 32 channels."""

from __future__ import annotations

from typing import Any

WIDTH = 32


def build(seed: int) -> Any:
    """One latent pixel for 8 x 8."""
    import torch
    from diffusers import EulerDiscreteScheduler, StableVideoDiffusionPipeline
    from transformers import CLIPImageProcessor

    torch.manual_seed(seed)
    return StableVideoDiffusionPipeline(
        vae=_vae(),
        image_encoder=_image_encoder(),
        unet=_unet(),
        scheduler=EulerDiscreteScheduler(
            beta_start=0.00085, beta_end=0.012, beta_schedule="scaled_linear", prediction_type="v_prediction",
            timestep_type="continuous", timestep_spacing="leading", steps_offset=1, use_karras_sigmas=True,
            sigma_min=0.002, sigma_max=700.0, interpolation_type="linear",
        ),
        feature_extractor=CLIPImageProcessor(crop_size=224, size=224),
    )  # fmt: skip


def _vae() -> Any:
    from diffusers import AutoencoderKLTemporalDecoder

    return AutoencoderKLTemporalDecoder(
        down_block_types=("DownEncoderBlock2D",) * 4, block_out_channels=(WIDTH,) * 4, latent_channels=4,
    ).eval()  # fmt: skip


def _image_encoder() -> Any:
    from transformers import CLIPVisionConfig, CLIPVisionModelWithProjection

    config = CLIPVisionConfig(
        hidden_size=16, projection_dim=WIDTH, intermediate_size=16, num_attention_heads=2,
        num_hidden_layers=1, image_size=224, patch_size=56,
    )  # fmt: skip
    return CLIPVisionModelWithProjection(config).eval()


def _unet() -> Any:
    from diffusers import UNetSpatioTemporalConditionModel

    return UNetSpatioTemporalConditionModel(
        in_channels=8, out_channels=4, sample_size=8, num_frames=4, block_out_channels=(WIDTH, WIDTH),
        down_block_types=("CrossAttnDownBlockSpatioTemporal", "DownBlockSpatioTemporal"),
        up_block_types=("UpBlockSpatioTemporal", "CrossAttnUpBlockSpatioTemporal"),
        layers_per_block=1, num_attention_heads=(2, 2), cross_attention_dim=WIDTH, addition_time_embed_dim=8,
        projection_class_embeddings_input_dim=24,
    ).eval()  # fmt: skip
