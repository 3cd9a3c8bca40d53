"""A tiny Qwen-Image-Edit, with the folder of the processor that reads its images."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from .encoders import QWEN_WIDTH, qwen_tokenizer

_LATENTS = 16
_GAIN = 2.0
"""Weights of the transformer are so much larger than they are by chance, so that what it reads is seen."""
_VISION = ("<|vision_start|>", "<|vision_end|>", "<|image_pad|>", "<|video_pad|>")


class _WithProcessor:
    """The pipeline, and beside its parts the processor, which only torchvision could put together."""

    def __init__(self, seed: int) -> None:
        import torch

        torch.manual_seed(seed)
        self._pipeline = _pipeline()

    def save_pretrained(self, folder: Path) -> None:
        """``folder`` as diffusers has it, and as the real one is: with a folder ``processor``."""
        from transformers import Qwen2VLImageProcessorPil

        self._pipeline.save_pretrained(folder)
        Qwen2VLImageProcessorPil(
            min_pixels=28 * 28, max_pixels=64 * 64, patch_size=14, merge_size=2, temporal_patch_size=2
        ).save_pretrained(folder / "processor")
        self._pipeline.tokenizer.save_pretrained(folder / "processor")
        index = json.loads((folder / "model_index.json").read_text(encoding="utf-8"))
        index["processor"] = ["transformers", "Qwen2VLProcessor"]
        (folder / "model_index.json").write_text(json.dumps(index, indent=2), encoding="utf-8")


def build(seed: int) -> Any:
    """One latent pixel for 8 x 8 and one token for 16 x 16."""
    return _WithProcessor(seed)


def _pipeline() -> Any:
    from diffusers import FlowMatchEulerDiscreteScheduler, QwenImageEditPlusPipeline

    tokenizer = qwen_tokenizer()
    tokenizer.add_tokens(list(_VISION), special_tokens=True)
    return QwenImageEditPlusPipeline(
        scheduler=FlowMatchEulerDiscreteScheduler(
            use_dynamic_shifting=True, base_shift=0.5, max_shift=0.9, max_image_seq_len=8192,
            shift_terminal=0.02,
        ),
        vae=_vae(),
        text_encoder=_text_encoder(tokenizer),
        tokenizer=tokenizer,
        processor=None,
        transformer=_transformer(),
    )  # fmt: skip


def _vae() -> Any:
    import torch
    from diffusers import AutoencoderKLQwenImage

    made = AutoencoderKLQwenImage(
        base_dim=4, z_dim=_LATENTS, dim_mult=[1, 1, 1, 1], num_res_blocks=1,
        temperal_downsample=[False, True, True],
    ).eval()  # fmt: skip
    with torch.no_grad():
        made.quant_conv.weight.mul_(5)
        made.decoder.conv_out.weight.mul_(5)
    return made


def _text_encoder(tokenizer: Any) -> Any:
    from transformers import Qwen2_5_VLConfig, Qwen2_5_VLForConditionalGeneration

    start, end, image, video = tokenizer.convert_tokens_to_ids(list(_VISION))
    config = Qwen2_5_VLConfig(
        text_config={
            "vocab_size": len(tokenizer), "hidden_size": QWEN_WIDTH, "intermediate_size": 16,
            "num_hidden_layers": 2, "num_attention_heads": 2, "num_key_value_heads": 2,
            "max_position_embeddings": 4096, "bos_token_id": 256, "eos_token_id": 256, "pad_token_id": 256,
            "rope_parameters": {"rope_type": "default", "rope_theta": 1e6, "mrope_section": [1, 1, 2]},
        },
        vision_config={
            "depth": 2, "hidden_size": 16, "intermediate_size": 16, "num_heads": 2, "patch_size": 14,
            "spatial_merge_size": 2, "temporal_patch_size": 2, "out_hidden_size": QWEN_WIDTH,
            "window_size": 112, "fullatt_block_indexes": [1],
        },
        vision_start_token_id=start, vision_end_token_id=end, image_token_id=image, video_token_id=video,
    )  # fmt: skip
    return Qwen2_5_VLForConditionalGeneration(config).eval()


def _transformer() -> Any:
    import torch
    from diffusers import QwenImageTransformer2DModel

    made = QwenImageTransformer2DModel(
        patch_size=2, in_channels=4 * _LATENTS, out_channels=_LATENTS, num_layers=2, attention_head_dim=16,
        num_attention_heads=2, joint_attention_dim=QWEN_WIDTH, axes_dims_rope=(4, 6, 6),
    ).eval()  # fmt: skip
    with torch.no_grad():
        for weight in made.parameters():
            if weight.ndim > 1:
                weight.mul_(_GAIN)
    return made
