"""A tiny LTX-2 with its sound: every part of the real pipeline, a few thousand numbers each."""

from __future__ import annotations

from typing import Any

from .wan import lively

_WIDTH = 32
_LATENTS = 8
_TONES = 16
"""Bands of the spectrogram that sound is decoded from; four of them make one latent band."""


def build(seed: int) -> Any:
    """LTX-2: one latent frame for 8 frames, one latent pixel for 32 x 32, stereo at 24 kHz beside them."""
    import torch
    from diffusers import FlowMatchEulerDiscreteScheduler, LTX2ConditionPipeline

    torch.manual_seed(seed)
    denoiser, reading = transformer(), connectors()
    return LTX2ConditionPipeline(
        scheduler=FlowMatchEulerDiscreteScheduler(use_dynamic_shifting=True, shift_terminal=0.1),
        vae=vae(),
        audio_vae=audio_vae(),
        text_encoder=gemma(),
        tokenizer=gemma_tokenizer(),
        connectors=reading,
        transformer=denoiser,
        vocoder=vocoder(),
    )


def transformer() -> Any:
    """What denoises picture and sound, in two blocks."""
    from diffusers import LTX2VideoTransformer3DModel

    return lively(
        LTX2VideoTransformer3DModel(
            in_channels=_LATENTS, out_channels=_LATENTS, num_attention_heads=4, attention_head_dim=8,
            cross_attention_dim=_WIDTH, audio_in_channels=_LATENTS, audio_out_channels=_LATENTS,
            audio_num_attention_heads=4, audio_attention_head_dim=4, audio_cross_attention_dim=16,
            num_layers=2, caption_channels=_WIDTH, rope_double_precision=False,
        )
    )  # fmt: skip


def connectors() -> Any:
    """What brings the layers of the text encoder to picture and sound."""
    from diffusers.pipelines.ltx2 import LTX2TextConnectors

    return LTX2TextConnectors(
        caption_channels=_WIDTH, text_proj_in_factor=3, rope_double_precision=False,
        video_connector_num_attention_heads=4, video_connector_attention_head_dim=8,
        video_connector_num_layers=1, video_connector_num_learnable_registers=8,
        audio_connector_num_attention_heads=4, audio_connector_attention_head_dim=8,
        audio_connector_num_layers=1, audio_connector_num_learnable_registers=8,
    ).eval()  # fmt: skip


def vae() -> Any:
    """The autoencoder of LTX-2's pictures, with the real one's factors of 8 and 32."""
    from diffusers import AutoencoderKLLTX2Video

    return AutoencoderKLLTX2Video(
        latent_channels=_LATENTS, block_out_channels=(8, 8, 8, 8), decoder_block_out_channels=(8, 16, 32),
        layers_per_block=(1, 1, 1, 1, 1), decoder_layers_per_block=(1, 1, 1, 1),
        spatial_compression_ratio=32, temporal_compression_ratio=8,
    ).eval()  # fmt: skip


def audio_vae() -> Any:
    from diffusers import AutoencoderKLLTX2Audio

    return _heard(
        AutoencoderKLLTX2Audio(
            base_channels=_LATENTS, num_res_blocks=1, latent_channels=2, mel_bins=_TONES, resolution=_TONES
        )
    )


def vocoder() -> Any:
    """Stereo, 240 samples for each of the 100 spectra a second."""
    from diffusers.pipelines.ltx2 import LTX2Vocoder

    made = LTX2Vocoder(
        in_channels=2 * _TONES, hidden_channels=16, upsample_kernel_sizes=[16, 15, 16],
        upsample_factors=[6, 5, 8], resnet_kernel_sizes=[3], resnet_dilations=[[1]],
    )  # fmt: skip
    return _heard(made)


def _heard(model: Any) -> Any:
    """Let what is decoded make the sound, as in trained weights: by chance it is nearly all biases."""
    import torch

    with torch.no_grad():
        for name, value in model.named_parameters():
            if name.endswith("bias"):
                value.zero_()
            elif "conv_in" in name or "conv_out" in name or "upsamplers" in name:
                value.mul_(3)
    return model.eval()


def gemma() -> Any:
    """A Gemma 3 of two layers; its eye, which is never opened here, as small as it may be."""
    from transformers import Gemma3Config, Gemma3ForConditionalGeneration

    text = {
        "vocab_size": len(_vocabulary()), "hidden_size": _WIDTH, "intermediate_size": _WIDTH,
        "num_hidden_layers": 2, "num_attention_heads": 2, "num_key_value_heads": 1, "head_dim": 8,
        "query_pre_attn_scalar": 8, "sliding_window": 64,
    }  # fmt: skip
    eye = {
        "model_type": "siglip_vision_model", "hidden_size": 8, "intermediate_size": 8, "image_size": 16,
        "patch_size": 8, "num_hidden_layers": 1, "num_attention_heads": 1,
    }  # fmt: skip
    config = Gemma3Config(
        text_config=text, vision_config=eye, mm_tokens_per_image=4, boi_token_index=5, eoi_token_index=6,
        image_token_index=7,
    )  # fmt: skip
    return Gemma3ForConditionalGeneration(config).eval()


def gemma_tokenizer() -> Any:
    """One token for every byte."""
    from transformers import GemmaTokenizer

    made = GemmaTokenizer(vocab=_vocabulary(), merges=[])
    made.padding_side = "left"
    return made


def _vocabulary() -> dict[str, int]:
    special = ["<pad>", "<eos>", "<bos>", "<unk>", "<mask>", "<start_of_image>", "<end_of_image>", "<image>"]
    letters = ["▁", *(chr(code) for code in range(33, 127))]
    words = [*special, *(f"<0x{byte:02X}>" for byte in range(256)), *letters]
    return {word: n for n, word in enumerate(words)}
