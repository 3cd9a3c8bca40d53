"""Tiny CogVideoX pipelines, one for each layout of its weights."""

from __future__ import annotations

from typing import Any

from .video_encoders import WIDTH, t5, t5_tokenizer

_LATENTS = 4
_TOKENS = 226
_GAIN = 2.0
"""Weights of the transformer are so much larger than they are by chance, so that what it reads is seen."""


def build_t2v(seed: int) -> Any:
    """1.0 from words, with turned places as those of 5B, and the scheduler of 2B (no noise of its own)."""
    from diffusers import CogVideoXDDIMScheduler, CogVideoXPipeline

    return _built(seed, CogVideoXPipeline, CogVideoXDDIMScheduler, {})


def build_i2v(seed: int) -> Any:
    """1.0 from a first frame: a learned table of places, for 64 x 64 and 49 frames."""
    from diffusers import CogVideoXDPMScheduler, CogVideoXImageToVideoPipeline

    more = {"in_channels": 2 * _LATENTS, "use_learned_positional_embeddings": True}
    return _built(seed, CogVideoXImageToVideoPipeline, CogVideoXDPMScheduler, more)


def build_t2v_15(seed: int) -> Any:
    """1.5 from words: a token is of two latent frames."""
    from diffusers import CogVideoXDPMScheduler, CogVideoXPipeline

    return _built(seed, CogVideoXPipeline, CogVideoXDPMScheduler, {"patch_size_t": 2})


def build_i2v_15(seed: int) -> Any:
    """1.5 from a first frame."""
    from diffusers import CogVideoXDPMScheduler, CogVideoXImageToVideoPipeline

    more = {"in_channels": 2 * _LATENTS, "patch_size_t": 2, "ofs_embed_dim": 8}
    return _built(seed, CogVideoXImageToVideoPipeline, CogVideoXDPMScheduler, more)


def _built(seed: int, pipeline: Any, scheduler: Any, more: dict[str, Any]) -> Any:
    """One latent frame for 4 frames, one latent pixel for 8 x 8."""
    import torch

    torch.manual_seed(seed)
    return pipeline(
        tokenizer=t5_tokenizer(),
        text_encoder=t5(),
        vae=_vae(),
        transformer=_transformer(more),
        scheduler=scheduler(
            beta_start=0.00085, beta_end=0.012, beta_schedule="scaled_linear", clip_sample=False,
            set_alpha_to_one=True, prediction_type="v_prediction", rescale_betas_zero_snr=True,
            timestep_spacing="trailing", snr_shift_scale=1.0,
        ),
    )  # fmt: skip


def _vae() -> Any:
    import torch
    from diffusers import AutoencoderKLCogVideoX

    made = AutoencoderKLCogVideoX(
        down_block_types=("CogVideoXDownBlock3D",) * 4, up_block_types=("CogVideoXUpBlock3D",) * 4,
        block_out_channels=(2, 2, 2, 2), layers_per_block=0, latent_channels=_LATENTS, norm_num_groups=1,
        sample_height=64, sample_width=64, temporal_compression_ratio=4, scaling_factor=0.7,
    ).eval()  # fmt: skip
    with torch.no_grad():
        made.encoder.conv_out.conv.weight.mul_(_GAIN)
        made.decoder.conv_out.conv.weight.mul_(_GAIN)
    return made


def _transformer(more: dict[str, Any]) -> Any:
    import torch
    from diffusers import CogVideoXTransformer3DModel

    given = {"in_channels": _LATENTS, **more}
    made = CogVideoXTransformer3DModel(
        num_attention_heads=2, attention_head_dim=16, out_channels=_LATENTS, time_embed_dim=8,
        text_embed_dim=WIDTH, num_layers=1, sample_width=8, sample_height=8, sample_frames=49, patch_size=2,
        max_text_seq_length=_TOKENS, use_rotary_positional_embeddings=True, **given,
    ).eval()  # fmt: skip
    with torch.no_grad():
        for weight in made.parameters():
            if weight.ndim > 1:
                weight.mul_(_GAIN)
    return made
