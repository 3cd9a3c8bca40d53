"""Tokenizers and text encoders of video families, made from nothing: no file is read, no hub asked."""

from __future__ import annotations

from typing import Any

WIDTH = 32
"""Numbers in a token's embedding."""


def t5_tokenizer() -> Any:
    """One token for every printable ASCII character."""
    from transformers import T5Tokenizer

    special = [("<pad>", 0.0), ("</s>", 0.0), ("<unk>", 0.0), ("▁", -2.0)]
    vocabulary = [*special, *((chr(code), -3.0) for code in range(33, 127))]
    return T5Tokenizer(vocab=vocabulary, extra_ids=0)


def _sizes() -> dict[str, Any]:
    return {
        "vocab_size": len(t5_tokenizer()),
        "d_model": WIDTH,
        "d_kv": 8,
        "d_ff": 32,
        "num_layers": 1,
        "num_heads": 2,
        "dropout_rate": 0.0,
    }


def umt5() -> Any:
    """The text encoder of Wan and SkyReels."""
    from transformers import UMT5Config, UMT5EncoderModel

    return UMT5EncoderModel(UMT5Config(**_sizes())).eval()


def t5() -> Any:
    """The text encoder of LTX."""
    from transformers import T5Config, T5EncoderModel

    return T5EncoderModel(T5Config(**_sizes())).eval()


def clip_vision() -> tuple[Any, Any]:
    """An image encoder of 4 numbers a patch and 17 patches an image, and its image processor."""
    from transformers import CLIPImageProcessor, CLIPVisionConfig, CLIPVisionModel

    config = CLIPVisionConfig(
        hidden_size=4,
        projection_dim=4,
        num_hidden_layers=2,
        num_attention_heads=2,
        intermediate_size=16,
        image_size=32,
        patch_size=8,
    )
    size = {"height": 32, "width": 32}
    return CLIPVisionModel(config).eval(), CLIPImageProcessor(crop_size=size, size=size)
