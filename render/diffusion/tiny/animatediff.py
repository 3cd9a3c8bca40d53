"""A tiny Stable Diffusion 1.5, and beside it a motion adapter and a SparseCtrl net, as artists have them."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from .encoders import CLIP_WIDTH, clip_text, clip_tokenizer

_CHANNELS = (8, 8)
_HEADS = 2


class _InParts:
    """The still model in a folder in diffusers' layout, and in it the two models that make it move."""

    def __init__(self, seed: int) -> None:
        import torch

        torch.manual_seed(seed)
        self._still, self._motion, self._sparse = _still(), _motion(), _sparse()

    def save_pretrained(self, folder: Path) -> None:
        """``folder`` as diffusers has it, with the folders ``motion`` and ``sparse`` besides."""
        self._still.save_pretrained(folder)
        self._motion.save_pretrained(folder / "motion")
        self._sparse.save_pretrained(folder / "sparse")


def build(seed: int) -> Any:
    """One latent pixel for 8 x 8; a motion adapter of as many positions as the real one, 32."""
    return _InParts(seed)


def _still() -> Any:
    from diffusers import PNDMScheduler, StableDiffusionPipeline

    return StableDiffusionPipeline(
        unet=_unet(),
        vae=_vae(),
        text_encoder=clip_text(),
        tokenizer=clip_tokenizer(),
        scheduler=PNDMScheduler(
            beta_start=0.00085, beta_end=0.012, beta_schedule="scaled_linear", skip_prk_steps=True,
            steps_offset=1,
        ),
        safety_checker=None,
        feature_extractor=None,
        requires_safety_checker=False,
    )  # fmt: skip


def _unet() -> Any:
    from diffusers import UNet2DConditionModel

    return UNet2DConditionModel(
        sample_size=8, in_channels=4, out_channels=4, block_out_channels=_CHANNELS, layers_per_block=1,
        down_block_types=("CrossAttnDownBlock2D", "DownBlock2D"),
        up_block_types=("UpBlock2D", "CrossAttnUpBlock2D"),
        attention_head_dim=_HEADS, norm_num_groups=4, cross_attention_dim=CLIP_WIDTH,
    ).eval()  # fmt: skip


def _vae() -> Any:
    from diffusers import AutoencoderKL

    return AutoencoderKL(
        block_out_channels=(4, 4, 8, 8), norm_num_groups=2, latent_channels=4, sample_size=64,
        down_block_types=("DownEncoderBlock2D",) * 4, up_block_types=("UpDecoderBlock2D",) * 4,
    ).eval()  # fmt: skip


def _motion() -> Any:
    """Diffusers begins motion with nothing (a last layer of zeros): trained weights have something there."""
    import torch
    from diffusers import MotionAdapter

    made = MotionAdapter(
        block_out_channels=_CHANNELS, motion_layers_per_block=1, motion_num_attention_heads=_HEADS,
        motion_norm_num_groups=4,
    ).eval()  # fmt: skip
    for name, weight in made.named_parameters():
        if name.endswith("proj_out.weight"):
            torch.nn.init.normal_(weight, std=0.3)
    return made


def _sparse() -> Any:
    """Its last layers are of zeros too, before training."""
    import torch
    from diffusers import SparseControlNetModel

    made = SparseControlNetModel(
        block_out_channels=_CHANNELS, layers_per_block=1, norm_num_groups=4, cross_attention_dim=CLIP_WIDTH,
        down_block_types=("CrossAttnDownBlockMotion", "DownBlockMotion"), attention_head_dim=_HEADS,
        motion_num_attention_heads=_HEADS,
    ).eval()  # fmt: skip
    for name, weight in made.named_parameters():
        if name.startswith("controlnet_") and name.endswith("weight"):
            torch.nn.init.normal_(weight, std=0.3)
    return made
