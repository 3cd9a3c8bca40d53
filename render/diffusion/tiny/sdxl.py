"""A tiny Stable Diffusion XL, with and without an IP-Adapter."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from .encoders import CLIP_WIDTH, clip_image, clip_text, clip_tokenizer

IMAGE_TOKENS = 4
"""Tokens that an IP-Adapter makes of an image."""


def build(seed: int) -> Any:
    """One latent pixel for 8 x 8, two text encoders of 32 numbers each."""
    import torch
    from diffusers import EulerDiscreteScheduler, StableDiffusionXLPipeline

    torch.manual_seed(seed)
    return StableDiffusionXLPipeline(
        unet=_unet(),
        vae=_vae(),
        text_encoder=clip_text(),
        text_encoder_2=clip_text(with_projection=True),
        tokenizer=clip_tokenizer(),
        tokenizer_2=clip_tokenizer(),
        scheduler=EulerDiscreteScheduler(
            beta_start=0.00085, beta_end=0.012, beta_schedule="scaled_linear", timestep_spacing="leading",
            steps_offset=1,
        ),
        force_zeros_for_empty_prompt=True,
    )  # fmt: skip


def _unet() -> Any:
    from diffusers import UNet2DConditionModel

    return UNet2DConditionModel(
        sample_size=8, in_channels=4, out_channels=4, block_out_channels=(8, 16), layers_per_block=1,
        down_block_types=("DownBlock2D", "CrossAttnDownBlock2D"),
        up_block_types=("CrossAttnUpBlock2D", "UpBlock2D"),
        attention_head_dim=(2, 4), use_linear_projection=True, norm_num_groups=4,
        transformer_layers_per_block=(1, 1), cross_attention_dim=2 * CLIP_WIDTH,
        addition_embed_type="text_time", addition_time_embed_dim=8,
        projection_class_embeddings_input_dim=6 * 8 + CLIP_WIDTH,
    ).eval()  # fmt: skip


def _vae() -> Any:
    from diffusers import AutoencoderKL

    return AutoencoderKL(
        block_out_channels=(4, 4, 8, 8), norm_num_groups=2, latent_channels=4, sample_size=64,
        down_block_types=("DownEncoderBlock2D",) * 4, up_block_types=("UpDecoderBlock2D",) * 4,
        scaling_factor=0.13025,
    ).eval()  # fmt: skip


class _WithAdapter:
    """The pipeline, and beside it the two files of an IP-Adapter as artists have them."""

    def __init__(self, seed: int) -> None:
        self._seed = seed
        self._pipe = build(seed)

    def save_pretrained(self, folder: Path) -> None:
        """``folder`` as diffusers has it; the adapter and its image encoder in ``adapter``."""
        from safetensors.torch import save_file

        self._pipe.save_pretrained(folder)
        beside = folder / "adapter"
        clip_image().save_pretrained(beside / "image_encoder")
        save_file(adapter_weights(self._pipe.unet), str(beside / "ip_adapter.safetensors"))


class _WithControlNet:
    """The pipeline, and beside it the folder of a ControlNet whose last layers are not zero."""

    def __init__(self, seed: int) -> None:
        self._pipe = build(seed)

    def save_pretrained(self, folder: Path) -> None:
        """``folder`` as diffusers has it; the ControlNet in ``controlnet``."""
        import torch
        from diffusers import ControlNetModel

        self._pipe.save_pretrained(folder)
        net = ControlNetModel.from_unet(self._pipe.unet, conditioning_channels=3).eval()
        with torch.no_grad():
            for block in (*net.controlnet_down_blocks, net.controlnet_mid_block):
                block.weight.normal_(std=0.2)
            net.controlnet_cond_embedding.conv_out.weight.normal_(std=0.5)
        net.save_pretrained(folder / "controlnet")


def build_guided(seed: int) -> Any:
    """A pipeline with a ControlNet in a folder of its own. A fresh one's zero layers would add nothing."""
    return _WithControlNet(seed)


def build_with_ip_adapter(seed: int) -> Any:
    """A pipeline with an IP-Adapter and its image encoder in files of their own."""
    return _WithAdapter(seed)


def adapter_weights(unet: Any) -> dict[str, Any]:
    """Random IP-Adapter weights that fit ``unet``, named as in ``ip-adapter_sdxl.safetensors``."""
    import torch

    width = unet.config.cross_attention_dim
    found = {
        "image_proj.proj.weight": torch.randn(IMAGE_TOKENS * width, CLIP_WIDTH) / CLIP_WIDTH**0.5,
        "image_proj.proj.bias": torch.zeros(IMAGE_TOKENS * width),
        "image_proj.norm.weight": torch.ones(width),
        "image_proj.norm.bias": torch.zeros(width),
    }
    for number, name in enumerate(unet.attn_processors):
        if name.endswith("attn1.processor"):
            continue
        to_k = unet.get_submodule(name.removesuffix(".processor")).to_k
        for part in ("k", "v"):
            weight = torch.randn(to_k.out_features, width) / width**0.5
            found[f"ip_adapter.{number}.to_{part}_ip.weight"] = weight
    return found
