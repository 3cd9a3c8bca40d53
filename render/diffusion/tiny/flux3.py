"""A tiny FLUX.3, distilled; without the language model that makes prompts longer."""

from __future__ import annotations

from typing import Any

from .encoders import QWEN_WIDTH, qwen_seeing, qwen_tokenizer_seeing
from .flux2_klein import vae

_LAYERS_READ = 8
_GAIN = 2.5
"""Weights of the transformer are so much larger than they are by chance, so that what it reads is seen."""


def build(seed: int) -> Any:
    """One token for 16 x 16 pixels, and a text encoder of 33 layers, of which eight are read."""
    import torch
    from diffusers import Flux3DistilledModularPipeline, Flux3Transformer2DModel

    torch.manual_seed(seed)
    decoder = vae()
    channels = 4 * decoder.config.latent_channels
    transformer = Flux3Transformer2DModel(
        in_channels=channels, cond_in_channels=channels, num_layers=1, num_single_layers=1,
        attention_head_dim=16, num_attention_heads=2, joint_attention_dim=_LAYERS_READ * QWEN_WIDTH,
        timestep_channels=32, axes_dims_rope=(4, 4, 4, 4), flow_map=True,
    )  # fmt: skip
    with torch.no_grad():
        for weight in transformer.parameters():
            weight.mul_(_GAIN)
    tokenizer = qwen_tokenizer_seeing()
    pipe = Flux3DistilledModularPipeline()
    pipe.register_components(
        transformer=transformer.eval(),
        vae=decoder,
        text_encoder=qwen_seeing(tokenizer, layers=33),
        tokenizer=tokenizer,
    )
    return pipe
