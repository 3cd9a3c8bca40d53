"""Random weights of FLUX.2-klein-4B and Wan2.1-VACE-1.3B in full size, or tiny ones, written to a folder.

    python -m gpu_parts.weights FOLDER full|small-text|tiny cuda:0|cpu SET ...

Prints a line of JSON for each family: parameters of every part, seconds, bytes. Sizes are those of
``SIZES``; whatever is not named there is left as diffusers and transformers have it.
"""

import contextlib
import importlib
import json
import sys
import time
from pathlib import Path

SIZES = {
    "flux2-klein transformer": {
        "num_layers": 5, "num_single_layers": 20, "num_attention_heads": 24, "attention_head_dim": 128,
        "joint_attention_dim": 3 * 2560, "guidance_embeds": False,
    },
    "qwen3-4b": {
        "vocab_size": 151_936, "hidden_size": 2560, "intermediate_size": 9728, "num_hidden_layers": 36,
        "num_attention_heads": 32, "num_key_value_heads": 8, "head_dim": 128, "max_position_embeddings": 40_960,
        "tie_word_embeddings": True,
    },
    "wan-vace-1.3b transformer": {
        "num_layers": 30, "num_attention_heads": 12, "attention_head_dim": 128, "ffn_dim": 8960,
        "vace_layers": list(range(0, 30, 2)), "vace_in_channels": 96,
    },
    "umt5-xxl": {
        "vocab_size": 256_384, "d_model": 4096, "d_kv": 64, "d_ff": 10_240, "num_layers": 24, "num_heads": 64,
        "feed_forward_proj": "gated-gelu", "dropout_rate": 0.0,
    },
}  # fmt: skip
"""Sizes of the models, as programs in public repositories that run them have them. The models' own
configuration files were not read for this list. Both autoencoders are the defaults of diffusers."""
SMALL_TEXT = {
    "qwen3-4b": {"vocab_size": 260, "intermediate_size": 1024, "num_hidden_layers": 28},
    "umt5-xxl": {"vocab_size": 512, "d_ff": 1024, "num_layers": 2},
}
"""What is smaller in ``small-text``: as wide, so that the rest fits, but short."""
FAMILIES = {"bench-klein": "flux2-klein", "bench-vace": "wan-vace"}
"""Set of weights -> family."""
DISK_MB = {"full": 34_000, "small-text": 16_500, "tiny": 20}
"""Room that both families want, with some to spare."""


def main() -> None:
    folder, kind, device = Path(sys.argv[1]), sys.argv[2], sys.argv[3]
    for name in sys.argv[4:]:
        family = FAMILIES[name]
        began = time.monotonic()
        pipe = _tiny(family) if kind == "tiny" else _full(family, device, kind == "small-text")
        counted = {
            part: sum(p.numel() for p in model.parameters())
            for part, model in pipe.components.items()
            if hasattr(model, "parameters")
        }
        built = time.monotonic()
        pipe.save_pretrained(folder / name)
        size = sum(p.stat().st_size for p in (folder / name).rglob("*") if p.is_file())
        said = {"set": name, "parameters": counted, "build_s": built - began}
        print(json.dumps({**said, "write_s": time.monotonic() - built, "bytes": size}), flush=True)
        del pipe


def _tiny(family: str):
    module = importlib.import_module(f"photoplay.render.diffusion.tiny.{family.replace('-', '_')}")
    return module.build(0)


def _full(family: str, device: str, small_text: bool):
    import torch

    torch.manual_seed(0)
    return (_klein if family == "flux2-klein" else _vace)(device, small_text)


@contextlib.contextmanager
def _models(device: str, bits: int = 16):
    """Models built here have so many bits and lie on the device. (Schedulers belong elsewhere.)"""
    import torch

    before = torch.get_default_dtype()
    torch.set_default_dtype(torch.bfloat16 if bits == 16 else torch.float32)
    try:
        with torch.device(device), torch.no_grad():
            yield
    finally:
        torch.set_default_dtype(before)


def _sized(name: str, small_text: bool) -> dict:
    return SIZES[name] | (SMALL_TEXT[name] if small_text else {})


def _klein(device: str, small_text: bool):
    from diffusers import (
        AutoencoderKLFlux2,
        FlowMatchEulerDiscreteScheduler,
        Flux2KleinPipeline,
        Flux2Transformer2DModel,
    )
    from transformers import Qwen3Config, Qwen3ForCausalLM

    from photoplay.render.diffusion.tiny.encoders import qwen_tokenizer

    with _models(device):
        transformer = Flux2Transformer2DModel(**SIZES["flux2-klein transformer"])
        vae = AutoencoderKLFlux2()
        text = Qwen3ForCausalLM(
            Qwen3Config(
                **_sized("qwen3-4b", small_text), bos_token_id=256, eos_token_id=256, pad_token_id=256
            )
        )
    return Flux2KleinPipeline(
        scheduler=FlowMatchEulerDiscreteScheduler(),
        vae=vae.eval(),
        text_encoder=text.eval(),
        tokenizer=qwen_tokenizer(),
        transformer=transformer.eval(),
        is_distilled=True,
    )


def _vace(device: str, small_text: bool):
    import torch
    from diffusers import AutoencoderKLWan, WanVACEPipeline, WanVACETransformer3DModel
    from transformers import UMT5Config, UMT5EncoderModel

    from photoplay.render.diffusion.tiny.video_encoders import t5_tokenizer
    from photoplay.render.diffusion.tiny.wan import scheduler

    with _models(device):
        transformer = WanVACETransformer3DModel(**SIZES["wan-vace-1.3b transformer"])
        text = UMT5EncoderModel(UMT5Config(**_sized("umt5-xxl", small_text)))
        for block in transformer.vace_blocks:  # a fresh model has them at zero, and nothing given would act
            torch.nn.init.normal_(block.proj_out.weight, std=0.02)
            if block.proj_in is not None:
                torch.nn.init.normal_(block.proj_in.weight, std=0.02)
    with _models(device, bits=32):
        vae = AutoencoderKLWan()
    return WanVACEPipeline(
        tokenizer=t5_tokenizer(),
        text_encoder=text.eval(),
        vae=vae.eval(),
        scheduler=scheduler(),
        transformer=transformer.eval(),
    )


if __name__ == "__main__":
    main()
