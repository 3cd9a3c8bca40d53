"""Tiny HunyuanVideo and FramePack pipelines."""

from __future__ import annotations

from typing import Any

from .encoders import CLIP_WIDTH, clip_text, clip_tokenizer
from .wan import lively

_LLAMA_WIDTH, _SIGLIP_WIDTH = 16, 32
_TEMPLATE_TOKENS = 95
"""Tokens before a person's own words, which the pipelines cut off: the number is written into them."""


def build(seed: int) -> Any:
    """HunyuanVideo, clips from words."""
    from diffusers import HunyuanVideoPipeline, HunyuanVideoTransformer3DModel

    given = _parts(seed)
    transformer = lively(HunyuanVideoTransformer3DModel(**_sizes()))
    return HunyuanVideoPipeline(transformer=transformer, **given)


def build_framepack(seed: int) -> Any:
    """FramePack: sections of nine latent frames that see the earlier ones, packed."""
    from diffusers import HunyuanVideoFramepackPipeline, HunyuanVideoFramepackTransformer3DModel

    given = _parts(seed)
    encoder, extractor = siglip()
    transformer = HunyuanVideoFramepackTransformer3DModel(
        **_sizes(), has_image_proj=True, image_proj_dim=_SIGLIP_WIDTH, has_clean_x_embedder=True
    )
    return HunyuanVideoFramepackPipeline(
        transformer=_seeing_far(lively(transformer)),
        image_encoder=encoder,
        feature_extractor=extractor,
        **given,
    )


def _parts(seed: int) -> dict[str, Any]:
    """What both pipelines have but the transformer; begins the random numbers at ``seed``."""
    import torch
    from diffusers import FlowMatchEulerDiscreteScheduler

    torch.manual_seed(seed)
    return {
        "text_encoder": llama(),
        "tokenizer": llama_tokenizer(),
        "text_encoder_2": clip_text(),
        "tokenizer_2": clip_tokenizer(),
        "vae": vae(),
        "scheduler": FlowMatchEulerDiscreteScheduler(shift=7.0),
    }


def _sizes() -> dict[str, Any]:
    """Configuration of a transformer of one block of each of its two kinds."""
    return {
        "in_channels": 4,
        "out_channels": 4,
        "num_attention_heads": 2,
        "attention_head_dim": 10,
        "num_layers": 1,
        "num_single_layers": 1,
        "num_refiner_layers": 1,
        "guidance_embeds": True,
        "text_embed_dim": _LLAMA_WIDTH,
        "pooled_projection_dim": CLIP_WIDTH,
        "rope_axes_dim": (2, 4, 4),
    }


def _seeing_far(transformer: Any) -> Any:
    """Let the packed history act as strongly as trained weights let it."""
    import torch

    with torch.no_grad():
        for kernel in transformer.clean_x_embedder.children():
            kernel.weight.mul_(5)
    return transformer


def vae() -> Any:
    """The autoencoder: one latent frame for 4 frames, one latent pixel for 8 x 8."""
    import torch
    from diffusers import AutoencoderKLHunyuanVideo

    made = AutoencoderKLHunyuanVideo(
        latent_channels=4,
        block_out_channels=(4, 4, 4, 4),
        layers_per_block=1,
        norm_num_groups=2,
        scaling_factor=0.476986,
        mid_block_add_attention=False,
    ).eval()
    with torch.no_grad():
        made.quant_conv.weight.mul_(5)
        made.decoder.conv_out.conv.weight.mul_(4)
    return made


def llama_tokenizer() -> Any:
    """One token for every character, and 95 for the template before a prompt, as the real one has.

    Raises ``ValueError`` where it does not come out so: then people's own words would be cut off.
    """
    from diffusers.pipelines.hunyuan_video.pipeline_hunyuan_video import DEFAULT_PROMPT_TEMPLATE
    from transformers import LlamaTokenizer

    before = DEFAULT_PROMPT_TEMPLATE["template"].partition("{}")[0]
    special = ["<unk>", "<s>", "</s>", "<pad>"]
    letters = [chr(code) for code in (ord("\n"), *range(33, 127), 0x2581)]
    made = LlamaTokenizer(vocab={word: n for n, word in enumerate([*special, *letters])}, merges=[])
    made.add_special_tokens({"pad_token": special[-1]})
    told = next(n for n in range(len(before)) if len(made(before[:n]).input_ids) == _TEMPLATE_TOKENS - 1)
    made.add_tokens([before[told:]])
    if len(made(before).input_ids) != _TEMPLATE_TOKENS:
        raise ValueError(f"the template is of {len(made(before).input_ids)} tokens, not {_TEMPLATE_TOKENS}")
    return made


def llama() -> Any:
    """A Llama of four layers; the pipelines read what comes out of the second."""
    from transformers import LlamaConfig, LlamaModel

    config = LlamaConfig(
        vocab_size=256, hidden_size=_LLAMA_WIDTH, intermediate_size=16, num_hidden_layers=4,
        num_attention_heads=2, max_position_embeddings=1024, bos_token_id=1, eos_token_id=2, pad_token_id=3,
    )  # fmt: skip
    return LlamaModel(config).eval()


def siglip() -> tuple[Any, Any]:
    """An image encoder for images of 32 x 32, and its image processor."""
    from transformers import SiglipImageProcessor, SiglipVisionConfig, SiglipVisionModel

    config = SiglipVisionConfig(
        hidden_size=_SIGLIP_WIDTH, intermediate_size=32, num_hidden_layers=2, num_attention_heads=2,
        image_size=32, patch_size=8,
    )  # fmt: skip
    return SiglipVisionModel(config).eval(), SiglipImageProcessor(size={"height": 32, "width": 32})
