"""A tiny MiniMax-H3 with its sound: both of its transformers, a text encoder of 51 thin layers."""

from __future__ import annotations

from typing import Any

from .encoders import QWEN_WIDTH, qwen_seeing, qwen_tokenizer_seeing
from .wan import lively

_LATENTS = 4


def build(seed: int) -> Any:
    """MiniMax-H3: one latent pixel for 16 x 16, five latent frames for 17, and stereo at 32 kHz."""
    import torch
    from diffusers import MiniMaxH3ModularPipeline, MiniMaxH3Scheduler
    from transformers import Qwen2VLImageProcessor

    torch.manual_seed(seed)
    tokenizer = qwen_tokenizer_seeing()
    pipe = MiniMaxH3ModularPipeline()
    pipe.register_components(
        transformer=_transformer(),
        transformer_ref=_transformer(),
        vae=_vae(),
        audio_vae=_audio_vae(),
        text_encoder=qwen_seeing(tokenizer, layers=51),
        tokenizer=tokenizer,
        processor=Qwen2VLImageProcessor(
            patch_size=16, temporal_patch_size=2, merge_size=2, min_pixels=1024, max_pixels=4096
        ),
        scheduler=MiniMaxH3Scheduler(shift=12.0),
        audio_scheduler=MiniMaxH3Scheduler(shift=3.0),
    )
    pipe.register_to_config(reference_image_short_edge=32)
    return pipe


def _transformer() -> Any:
    from diffusers import MiniMaxH3Transformer3DModel

    return lively(
        MiniMaxH3Transformer3DModel(
            num_attention_heads=2, attention_head_dim=32, hidden_size=32, num_layers=1, num_refiner_layers=1,
            ffn_dim=32, in_channels=_LATENTS, audio_in_channels=_LATENTS, text_dim=QWEN_WIDTH, freq_dim=32,
            time_embed_hidden_dim=32, time_embed_dim=32, rope_freq_dim=4,
        )
    )  # fmt: skip


def _vae() -> Any:
    from diffusers import AutoencoderKLMiniMaxH3

    return AutoencoderKLMiniMaxH3(
        latent_channels=_LATENTS, block_out_channels=(8,) * 6, layers_per_block=1, norm_num_groups=4,
        decoder_num_layers=1, decoder_num_attention_heads=2, decoder_attention_head_dim=16,
        decoder_num_register_tokens=1, latents_mean=(0.0,) * _LATENTS, latents_std=(1.0,) * _LATENTS,
    ).eval()  # fmt: skip


def _audio_vae() -> Any:
    from diffusers import AutoencoderKLMiniMaxH3Audio

    return AutoencoderKLMiniMaxH3Audio(
        encoder_dim=4, latent_dim=16, latent_channels=_LATENTS, num_attention_heads=2, decoder_dim=128,
        resblock_kernel_sizes=(3,), resblock_dilation_sizes=((1,),), latents_mean=[0.0] * _LATENTS,
        latents_std=[1.0] * _LATENTS,
    ).eval()  # fmt: skip
