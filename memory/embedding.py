"""Embeddings of pictures by CLIP, SigLIP or DINO, where somebody has the weights in a folder.

The environment variable ``PHOTOPLAY_EMBEDDING`` names the folder, as ``save_pretrained`` writes it:
``config.json`` and ``.safetensors``. Nothing is downloaded, no code of the folder is run, and
without the variable the colour-and-layout descriptor serves.
"""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np

from ..storyboard.errors import BadInput
from .descriptor import ColourLayout, Descriptor, Vector
from .images import Pixels
from .safetensors_header import read_header

VARIABLE = "PHOTOPLAY_EMBEDDING"
_HALF = (0.5, 0.5, 0.5), (0.5, 0.5, 0.5)
_CLIP = (0.48145466, 0.4578275, 0.40821073), (0.26862954, 0.26130258, 0.27577711)
_IMAGENET = (0.485, 0.456, 0.406), (0.229, 0.224, 0.225)
_KINDS: dict[str, tuple[tuple[tuple[float, ...], tuple[float, ...]], float, float]] = {
    "clip": (_CLIP, 0.2, 0.04),
    "clip_vision_model": (_CLIP, 0.2, 0.04),
    "siglip": (_HALF, 0.2, 0.04),
    "siglip_vision_model": (_HALF, 0.2, 0.04),
    "dinov2": (_IMAGENET, 0.3, 0.05),
    "dinov2_with_registers": (_IMAGENET, 0.3, 0.05),
}
"""By ``model_type``: mean and deviation of its pixels, ``same`` and ``novel``. The two distances are
first settings, not measured on films."""
_MOST_BYTES = 20_000_000_000


class Embedding:
    """One model on the CPU. Loading raises ``BadInput`` where the folder does not hold such a model."""

    knows_subjects = True

    def __init__(self, folder: Path) -> None:
        self._config = _config(folder)
        kind = str(self._config.get("model_type"))
        if kind not in _KINDS:
            raise BadInput(f"{VARIABLE}: {folder} holds a {kind!r}. Usable here: {', '.join(_KINDS)}.")
        for path in _weights(folder):
            read_header(path, _MOST_BYTES)
        self.name = f"{kind}: {folder.resolve().name}"[:120]
        (self._mean, self._deviation), self.same, self.novel = _KINDS[kind]
        self._side = _side(self._config)
        self._model = _loaded(folder)

    def describe(self, pixels: Pixels) -> Vector:
        """The model's vector of a picture, of length 1."""
        import torch

        given = torch.from_numpy(self._given(pixels))[None]
        with torch.inference_mode():
            if hasattr(self._model, "get_image_features"):
                found = self._model.get_image_features(pixel_values=given)
            else:
                found = self._model(pixel_values=given)
        pooled = found if isinstance(found, torch.Tensor) else found.pooler_output
        vector = pooled[0].float().numpy()
        return np.asarray(vector / max(float(np.linalg.norm(vector)), 1e-12), np.float32)

    def distance(self, one: Vector, other: Vector) -> float:
        """Half of 1 minus the cosine of the angle between them."""
        return float(min(1.0, max(0.0, (1 - float(one @ other)) / 2)))

    def _given(self, pixels: Pixels) -> np.ndarray[Any, np.dtype[np.float32]]:
        """Filling a square, cut at the sides, as the model's own pixels: 3 x side x side."""
        from PIL import Image, ImageOps

        fitted = ImageOps.fit(
            Image.fromarray(pixels[:, :, :3]), (self._side, self._side), Image.Resampling.BICUBIC
        )
        scaled = (np.asarray(fitted, np.float32) / 255 - np.array(self._mean)) / np.array(self._deviation)
        return np.ascontiguousarray(scaled.transpose(2, 0, 1), np.float32)


def descriptor(environment: Mapping[str, str] | None = None) -> Descriptor:
    """The embedding whose folder is named in the environment, else the colour-and-layout descriptor.

    Raises ``BadInput`` where the folder or the modules that it needs are not there.
    """
    named = (os.environ if environment is None else environment).get(VARIABLE)
    return Embedding(Path(named)) if named else ColourLayout()


def _config(folder: Path) -> dict[str, Any]:
    try:
        path = folder / "config.json"
        if path.stat().st_size > 1_000_000:
            raise ValueError("it is too large")
        plain = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError, RecursionError) as error:
        raise BadInput(f"{VARIABLE}: {folder} holds no model that can be read ({error}).") from None
    if not isinstance(plain, dict):
        raise BadInput(f"{VARIABLE}: {folder}/config.json describes no model.")
    return plain


def _weights(folder: Path) -> list[Path]:
    found = sorted(folder.glob("*.safetensors"))
    if not found:
        raise BadInput(f"{VARIABLE}: {folder} holds no .safetensors; other kinds of weights are not opened.")
    return found


def _side(config: dict[str, Any]) -> int:
    """Pixels of the square that the model sees; a model of larger pictures is shown 224, as in training."""
    vision = config.get("vision_config") if isinstance(config.get("vision_config"), dict) else config
    asked, patch = (vision or {}).get("image_size", 224), (vision or {}).get("patch_size", 16)
    if type(asked) is not int or type(patch) is not int or not 1 <= patch <= asked <= 4096:
        raise BadInput(
            f"{VARIABLE}: the model's picture size ({asked!r}) or patch ({patch!r}) is not usable."
        )
    if config.get("model_type", "").startswith("dinov2") and asked > 224:
        return 224 // patch * patch
    return asked


def _loaded(folder: Path) -> Any:
    try:
        import torch
        from transformers import AutoModel
    except ImportError as error:
        raise BadInput(
            f"{VARIABLE} needs torch and transformers ({error}). Install photoplay[diffusion]."
        ) from None
    try:
        model = AutoModel.from_pretrained(
            str(folder),
            local_files_only=True,
            trust_remote_code=False,
            use_safetensors=True,
            dtype=torch.float32,
        )
    except (OSError, ValueError, RuntimeError, KeyError, TypeError) as error:
        raise BadInput(f"{VARIABLE}: the model in {folder} cannot be loaded: {str(error)[:300]}") from None
    return model.eval()
