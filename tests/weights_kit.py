"""Weights made by hand for tests: no torch, no hub. Small files in the real formats and layouts."""

import hashlib
import json
import struct
from pathlib import Path
from types import SimpleNamespace

from photoplay.render.diffusion.weight_places import snapshot

COMMIT = "0123456789abcdef0123456789abcdef01234567"
SIZES = {"F32": 4, "BF16": 2, "F16": 2, "F8_E4M3": 1}


def safetensors(tensors: dict[str, tuple[str, list[int]]], fill: int = 7) -> bytes:
    """A safetensors file with tensors of one byte value: name -> (type, shape)."""
    header, at = {}, 0
    for name, (dtype, shape) in tensors.items():
        size = SIZES[dtype]
        for n in shape:
            size *= n
        header[name] = {"dtype": dtype, "shape": shape, "data_offsets": [at, at + size]}
        at += size
    return packed(header, bytes([fill]) * at)


def packed(header, data: bytes = b"") -> bytes:
    """A safetensors file of any header, true or lying."""
    words = header if isinstance(header, bytes) else json.dumps(header).encode()
    return len(words).to_bytes(8, "little") + words + data


def gguf(fill: int = 7, size: int = 64, offset: int = 0, version: int = 3) -> bytes:
    """A GGUF file with one tensor of ``size`` bytes said to lie at ``offset``."""
    name = b"a.weight"
    key = b"general.architecture"
    head = b"GGUF" + struct.pack("<IQQ", version, 1, 1)
    head += struct.pack("<Q", len(key)) + key + struct.pack("<IQ", 8, 3) + b"wan"
    head += struct.pack("<Q", len(name)) + name + struct.pack("<IQIQ", 1, size // 4, 0, offset)
    return head.ljust(-(-len(head) // 32) * 32, b"\0") + bytes([fill]) * size


INDEX = {
    "_class_name": "WanVACEPipeline",
    "_diffusers_version": "0.42.1",
    "scheduler": ["diffusers", "UniPCMultistepScheduler"],
    "text_encoder": ["transformers", "UMT5EncoderModel"],
    "tokenizer": ["transformers", "T5TokenizerFast"],
    "transformer": ["diffusers", "WanVACETransformer3DModel"],
    "vae": ["diffusers", "AutoencoderKLWan"],
    "image_encoder": [None, None],
    "expand_timesteps": False,
}


def model_files(fill: int = 7) -> dict[str, bytes]:
    """The files of a small model in diffusers' layout, by relative name."""
    tensors = {"a": ("F32", [3000]), "b": ("BF16", [2, 5])}
    return {
        "model_index.json": json.dumps(INDEX).encode(),
        "scheduler/scheduler_config.json": b'{"_class_name": "UniPCMultistepScheduler"}',
        "tokenizer/tokenizer_config.json": b"{}",
        "tokenizer/spiece.model": b"\x0a\x01",
        "text_encoder/config.json": b"{}",
        "text_encoder/model-00001-of-00002.safetensors": safetensors(tensors, fill),
        "text_encoder/model-00002-of-00002.safetensors": safetensors({"c": ("F32", [4])}, fill),
        "text_encoder/model.safetensors.index.json": json.dumps(
            {"weight_map": {"a": "model-00001-of-00002.safetensors", "c": "model-00002-of-00002.safetensors"}}
        ).encode(),
        "transformer/config.json": b"{}",
        "transformer/diffusion_pytorch_model.safetensors": safetensors(tensors, fill),
        "vae/config.json": b"{}",
        "vae/diffusion_pytorch_model.safetensors": safetensors({"v": ("F32", [4])}, fill),
    }


NOT_NEEDED = {
    "README.md": b"words",
    "assets/picture.png": b"png",
    "modeling.py": b"raise SystemExit",
    "vae/diffusion_pytorch_model.bin": b"pickle",
    "vae/diffusion_pytorch_model.fp16.safetensors": safetensors({"v": ("F16", [4])}),
    "whole.safetensors": safetensors({"v": ("F16", [4])}),
    "other/model.safetensors": safetensors({"v": ("F16", [4])}),
}
"""What a repository of the hub holds besides, and no loader reads."""


def write(folder: Path, files: dict[str, bytes]) -> Path:
    """Write files below a folder; gives the folder."""
    for name, data in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
    return folder


class Hub:
    """The methods of the hub's client that are asked, over files in memory.

    ``fail`` is raised by the method that ``failing`` names; ``served`` replaces bytes at download.
    """

    def __init__(self, repos, sha=COMMIT, gated=False, failing="", fail=None, served=None):
        self.repos, self.sha, self.gated = repos, sha, gated
        self.failing, self.fail, self.served = failing, fail, served or {}
        self.asked = []

    def _ask(self, method, *words):
        self.asked.append((method, *words))
        if method == self.failing:
            raise self.fail

    def model_info(self, repo_id, *, revision, files_metadata):
        self._ask("model_info", repo_id, revision)
        assert files_metadata
        siblings = [
            SimpleNamespace(
                rfilename=name,
                size=len(data),
                lfs={"sha256": hashlib.sha256(data).hexdigest()} if name.endswith(".safetensors") else None,
            )
            for name, data in self.repos[repo_id].items()
        ]
        card = {"license": "apache-2.0"}
        return SimpleNamespace(sha=self.sha, gated=self.gated, siblings=siblings, card_data=card)

    def _put(self, repo, revision, names):
        folder = snapshot(repo, revision)
        for name in names:
            write(folder, {name: self.served.get(name, self.repos[repo][name])})
        return folder

    def hf_hub_download(self, repo_id, filename, *, revision):
        self._ask("hf_hub_download", repo_id, filename)
        return str(self._put(repo_id, revision, [filename]) / filename)

    def snapshot_download(self, repo_id, *, revision, allow_patterns):
        self._ask("snapshot_download", repo_id, revision)
        return str(self._put(repo_id, revision, [n for n in allow_patterns if n in self.repos[repo_id]]))
