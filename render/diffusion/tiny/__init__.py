"""Tiny pipelines of the real classes with random weights, for tests and to try an installation offline.

    from photoplay.render.diffusion.tiny import write

    write("sdxl", folder)

They draw coloured noise, in a second, on any processor. One file a family; imported when asked for.
"""

from __future__ import annotations

import importlib
import json
import os
from pathlib import Path
from typing import Any

from ....storyboard.errors import BadInput, UnknownName

PIPELINES: dict[str, tuple[str, str]] = {
    "sdxl": ("sdxl", "build"),
    "sdxl-ip-adapter": ("sdxl", "build_with_ip_adapter"),
    "sdxl-guided": ("sdxl", "build_guided"),
    "flux2-klein": ("flux2_klein", "build"),
    "flux2-klein-base": ("flux2_klein", "build_base"),
    "qwen-edit": ("qwen_edit", "build"),
    "wan-flf": ("wan", "build_flf"),
    "wan-two-experts": ("wan", "build_two_experts"),
    "wan-ti2v": ("wan", "build_ti2v"),
    "wan-t2v": ("wan", "build_t2v"),
    "wan-vace": ("wan_vace", "build"),
    "framepack": ("hunyuan", "build_framepack"),
    "helios": ("helios", "build"),
    "hunyuan-video": ("hunyuan", "build"),
    "echo": ("echo", "build"),
    "flux3": ("flux3", "build"),
    "ltx": ("ltx", "build"),
    "ltx-upsample": ("upscalers", "build_ltx"),
    "ltx2": ("ltx2", "build"),
    "ltx2-upsample": ("upscalers", "build_ltx2"),
    "minimax-h3": ("minimax_h3", "build"),
    "sd-upscale": ("upscalers", "build_sd"),
    "skyreels": ("skyreels", "build"),
    "animatediff": ("animatediff", "build"),
    "cogvideox-t2v": ("cogvideox", "build_t2v"),
    "cogvideox-i2v": ("cogvideox", "build_i2v"),
    "cogvideox-t2v-1.5": ("cogvideox", "build_t2v_15"),
    "cogvideox-i2v-1.5": ("cogvideox", "build_i2v_15"),
    "svd": ("svd", "build"),
}
"""Name -> module of this package, and its function ``(seed) -> pipeline``."""


def write(name: str, folder: Path, seed: int = 0) -> Path:
    """Write the pipeline ``name`` (a key of ``PIPELINES``) to ``folder`` with ``save_pretrained``.

    Equal seeds give equal weights. Gives ``folder``. Raises ``UnknownName``, or ``BadInput`` where
    the folder is there and not empty.
    """
    if name not in PIPELINES:
        raise UnknownName("tiny pipeline", name, list(PIPELINES))
    if folder.exists() and any(folder.iterdir()):
        raise BadInput(f"{folder} is not empty. Nothing was written.")
    module, function = PIPELINES[name]
    built = getattr(importlib.import_module(f".{module}", __name__), function)(seed)
    _save(built, folder)
    return folder


def _save(built: Any, folder: Path) -> None:
    from diffusers.utils import logging as diffusers_logging
    from transformers.utils import logging as transformers_logging

    os.environ.setdefault("HF_HUB_DISABLE_PROGRESS_BARS", "1")
    diffusers_logging.disable_progress_bar()
    transformers_logging.disable_progress_bar()
    if hasattr(built, "blocks"):
        built.save_pretrained(str(folder), overwrite_modular_index=True)
        _forget_place(folder)
    else:
        built.save_pretrained(folder)


def _forget_place(folder: Path) -> None:
    """The index of a modular pipeline says where its parts lie; equal weights are to be equal anywhere."""
    index = folder / "modular_model_index.json"
    said = json.loads(index.read_text())
    for entry in said.values():
        if isinstance(entry, list) and isinstance(entry[-1], dict):
            entry[-1]["pretrained_model_name_or_path"] = None
    index.write_text(json.dumps(said, indent=1) + "\n")
