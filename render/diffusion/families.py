"""The families there are: one file each. A new family is a file and a line here."""

from __future__ import annotations

import importlib

from ...storyboard.errors import UnknownName
from .family import Family

FAMILIES = {
    "sdxl": "Sdxl",
    "sdxl-guided": "SdxlGuided",
    "flux2-klein": "Flux2Klein",
    "flux3": "Flux3",
    "qwen-edit": "QwenEdit",
    "wan": "Wan",
    "wan-vace": "WanVace",
    "framepack": "FramePack",
    "helios": "Helios",
    "hunyuan-video": "HunyuanVideo",
    "echo": "Echo",
    "ltx": "Ltx",
    "ltx-upsample": "LtxUpsample",
    "ltx2": "Ltx2",
    "minimax-h3": "MiniMaxH3",
    "sd-upscale": "SdUpscale",
    "skyreels": "SkyReels",
    "animatediff": "AnimateDiff",
    "cogvideox": "CogVideoX",
    "svd": "Svd",
}
"""Family -> its class, in the module of the same name."""


def family_class(name: str) -> type[Family]:
    """The class of a family; imports nothing heavy. Raises ``UnknownName``."""
    if name not in FAMILIES:
        raise UnknownName("family of diffusion models", name, list(FAMILIES))
    module = importlib.import_module(f".{name.replace('-', '_')}", __package__)
    found: type[Family] = getattr(module, FAMILIES[name])
    return found
