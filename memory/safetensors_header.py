"""The head of a .safetensors file, read with distrust: nothing of it is executed, nothing unpickled.

Layout: 8 bytes little-endian length, so many bytes of JSON (name -> dtype, shape, data_offsets, and
``__metadata__`` of texts), then the tensors end to end without a hole.
"""

from __future__ import annotations

import math
import stat
import struct
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pydantic_core

from ..storyboard.errors import BadInput

MOST_HEADER_BYTES = 16_000_000
_BITS = {
    "BOOL": 8, "U8": 8, "I8": 8, "F8_E5M2": 8, "F8_E4M3": 8, "F8_E8M0": 8, "I16": 16, "U16": 16, "F16": 16,
    "BF16": 16, "I32": 32, "U32": 32, "F32": 32, "F64": 64, "I64": 64, "U64": 64,
}  # fmt: skip
"""Bits of one number, by dtype."""


@dataclass(frozen=True)
class TensorHead:
    """One tensor as the header says it is."""

    dtype: str
    shape: tuple[int, ...]


@dataclass(frozen=True)
class Header:
    """What a file holds, and the texts its maker put there (not to be trusted)."""

    tensors: dict[str, TensorHead]
    metadata: dict[str, str]


def read_header(path: Path, most_bytes: int) -> Header:
    """The checked header of a file of at most ``most_bytes``. Raises ``BadInput`` naming the file.

    Afterwards every tensor is known to lie inside the file, and nothing else does.
    """
    size = _ordinary_size(path, most_bytes)
    try:
        with path.open("rb") as file:
            start = file.read(8)
            if start[:2] == b"PK" or start[:1] == b"\x80":
                raise BadInput(
                    f"{path} is a pickle (.ckpt, .bin, .pt), which can run a program when opened. It was not "
                    "opened. Save it as .safetensors."
                )
            length = struct.unpack("<Q", start)[0] if len(start) == 8 else 0
            if not 2 <= length <= min(MOST_HEADER_BYTES, size - 8):
                raise BadInput(f"{path} is no whole .safetensors file: its header cannot be {length} bytes.")
            text = file.read(length)
    except OSError as error:
        raise BadInput(f"{path} cannot be read ({error.strerror}).") from None
    try:
        return _checked(pydantic_core.from_json(text, allow_inf_nan=False), size - 8 - length)
    except (ValueError, TypeError, KeyError, AttributeError, OverflowError) as error:
        raise BadInput(f"{path} is no whole .safetensors file: {str(error)[:200]}.") from None


def _ordinary_size(path: Path, most_bytes: int) -> int:
    try:
        kind = path.stat()
    except (OSError, ValueError) as error:
        raise BadInput(f"{path} cannot be read ({error}). Name a .safetensors file.") from None
    if not stat.S_ISREG(kind.st_mode):
        raise BadInput(f"{path} is not a file with weights in it. Name a .safetensors file.")
    if kind.st_size > most_bytes:
        raise BadInput(f"{path} is larger than {most_bytes / 1_000_000_000:.0f} GB: no LoRA is.")
    return kind.st_size


def _checked(plain: Any, room: int) -> Header:
    if not isinstance(plain, dict):
        raise ValueError("its header holds no tensors")
    metadata = plain.pop("__metadata__", {})
    if not isinstance(metadata, dict) or not all(isinstance(v, str) for v in metadata.values()):
        raise ValueError("its metadata is not text")
    tensors: dict[str, TensorHead] = {}
    spans: list[tuple[int, int]] = []
    for name, said in plain.items():
        dtype, shape, (begin, end) = said["dtype"], said["shape"], said["data_offsets"]
        numbers = [*shape, begin, end]
        if dtype not in _BITS or not all(type(n) is int and 0 <= n < 2**62 for n in numbers):
            raise ValueError(f"the tensor {name[:60]!r} has no usable type, shape or place")
        if (end - begin) * 8 != math.prod(shape) * _BITS[dtype]:
            raise ValueError(f"the tensor {name[:60]!r} is not as long as its shape")
        tensors[name] = TensorHead(dtype, tuple(shape))
        spans.append((begin, end))
    at = 0
    for begin, end in sorted(spans):
        if begin != at:
            raise ValueError("its tensors overlap or leave a hole")
        at = end
    if at != room:
        raise ValueError(f"its tensors take {at} bytes, and {room} are there")
    return Header(tensors, {str(k): v for k, v in metadata.items()})
