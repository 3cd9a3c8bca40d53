"""A tiny Echo: the parts of a tiny LTX-2 in Echo's own blocks."""

from __future__ import annotations

from typing import Any

from . import ltx2


def build(seed: int) -> Any:
    """Echo: as ``ltx2.build``, without a scheduler, which its blocks do without."""
    import torch
    from diffusers import EchoModularPipeline

    torch.manual_seed(seed)
    pipe = EchoModularPipeline()
    pipe.update_components(
        transformer=ltx2.transformer(),
        connectors=ltx2.connectors(),
        vae=ltx2.vae(),
        audio_vae=ltx2.audio_vae(),
        text_encoder=ltx2.gemma(),
        tokenizer=ltx2.gemma_tokenizer(),
        vocoder=ltx2.vocoder(),
    )
    return pipe
