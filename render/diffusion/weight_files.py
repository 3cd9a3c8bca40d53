"""Weight files by their headers: what is in them, whether they tell the truth, their fingerprint.

Only ``.safetensors`` and ``.gguf`` are weights here. No loader is given a file that was not read by
this module first, and nothing in it can run code from a file.
"""

from __future__ import annotations

import hashlib
import json
import math
import os
import stat
import struct
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO

from ...storyboard.errors import BadInput

HEADER_CAP = 64_000_000
"""Longest header read, in bytes: a hundred times that of the largest models."""
JSON_CAP = 16_000_000
_BITS = {
    "BOOL": 8, "U8": 8, "I8": 8, "F8_E5M2": 8, "F8_E4M3": 8, "F8_E8M0": 8, "F8_E4M3FNUZ": 8,
    "F8_E5M2FNUZ": 8, "U16": 16, "I16": 16, "F16": 16, "BF16": 16, "U32": 32, "I32": 32, "F32": 32,
    "U64": 64, "I64": 64, "F64": 64, "C64": 64, "F4": 4, "F6_E2M3": 6, "F6_E3M2": 6,
}  # fmt: skip
_SAMPLE = 4096
_GGUF_STRIDE = 64 * 1024 * 1024


@dataclass(frozen=True)
class Tensor:
    """A tensor in a file: its elements, and its bytes from ``start`` up to but without ``stop``."""

    name: str
    elements: int
    start: int
    stop: int


@dataclass(frozen=True)
class Contents:
    """What a weight file says is in it, found to fit the file."""

    path: Path
    size: int
    header: int
    """Bytes before the first tensor."""
    tensors: tuple[Tensor, ...]

    @property
    def half_bytes(self) -> int:
        """Bytes of the tensors when loaded at 16 bits; of a GGUF, which stays as it is, its size."""
        if self.path.suffix.lower() == ".gguf":
            return self.size - self.header
        return sum(2 * tensor.elements for tensor in self.tensors)


def read_weights(path: Path) -> Contents:
    """Read and check the header of a ``.safetensors`` or ``.gguf`` file (a link to one is followed).

    Raises ``BadInput`` naming the file for anything that a loader must not see.
    """
    suffix = path.suffix.lower()
    if suffix not in (".safetensors", ".gguf"):
        raise _bad(path, "only .safetensors and .gguf weights are loaded")
    try:
        state = path.stat()
        if not stat.S_ISREG(state.st_mode):
            raise _bad(path, "it is not a file")
        known = _READ.get(_mark(path, state))
        if known is None:
            with path.open("rb") as file:
                read = _safetensors if suffix == ".safetensors" else _gguf
                known = _READ[_mark(path, state)] = read(path, file, state.st_size)
    except OSError as error:
        raise _bad(path, f"it cannot be read ({error.strerror or error})") from None
    return known


def fingerprint(path: Path) -> str:
    """SHA-256 of a weight file's size, header and samples (the first and last 4 KiB of every tensor).

    Equal files have equal ones. A change in the midst of a tensor alone is not seen: reading tens
    of gigabytes whenever a film is planned would cost more than it protects.
    """
    contents = read_weights(path)
    mark = _mark(path, path.stat())
    if mark not in _PRINTS:
        seen = hashlib.sha256(str(contents.size).encode())
        with path.open("rb") as file:
            for start, length in _samples(contents):
                file.seek(start)
                seen.update(file.read(length))
        _PRINTS[mark] = seen.hexdigest()
    return _PRINTS[mark]


def _samples(contents: Contents) -> Iterator[tuple[int, int]]:
    yield 0, contents.header
    if contents.path.suffix.lower() == ".gguf":
        for start in range(contents.header, contents.size, _GGUF_STRIDE):
            yield start, _SAMPLE
        return
    for tensor in contents.tensors:
        length = tensor.stop - tensor.start
        yield tensor.start, min(_SAMPLE, length)
        if length > _SAMPLE:
            yield max(tensor.start + _SAMPLE, tensor.stop - _SAMPLE), _SAMPLE


_READ: dict[tuple[str, int, int, int], Contents] = {}
_PRINTS: dict[tuple[str, int, int, int], str] = {}


def _mark(path: Path, state: os.stat_result) -> tuple[str, int, int, int]:
    """What tells a file from a changed one within this process."""
    return str(path), state.st_ino, state.st_size, state.st_mtime_ns


def _bad(path: Path, why: str) -> BadInput:
    return BadInput(f"{path} is refused: {why}. Nothing was loaded.")


def _safetensors(path: Path, file: BinaryIO, size: int) -> Contents:
    start = file.read(8)
    if start.startswith(b"version "):
        raise _bad(path, "it is a Git LFS pointer, not the weights; fetch the real file")
    if len(start) < 8:
        raise _bad(path, "it is too short to be safetensors")
    length = int.from_bytes(start, "little")
    if length > HEADER_CAP:
        raise _bad(path, f"its header claims {length:,} bytes; at most {HEADER_CAP:,} are read")
    if not 2 <= length <= size - 8:
        raise _bad(path, f"its header claims {length:,} bytes of a file of {size:,}")
    header = parse_json(path, file.read(length))
    if not isinstance(header, dict):
        raise _bad(path, "its header is not an object")
    said = header.pop("__metadata__", {})
    if not isinstance(said, dict) or not all(isinstance(v, str) for v in said.values()):
        raise _bad(path, "its metadata are not plain words")
    first = 8 + length
    tensors = sorted((_tensor(path, n, v, first) for n, v in header.items()), key=lambda t: (t.start, t.stop))
    at = first
    for tensor in tensors:
        if tensor.start != at:
            raise _bad(path, f"tensor {tensor.name[:80]!r} overlaps another or leaves a gap")
        at = tensor.stop
    if at != size:
        raise _bad(
            path, f"its tensors end at byte {at:,} of {size:,}; it is cut short or has something added"
        )
    return Contents(path, size, first, tuple(tensors))


def _tensor(path: Path, name: str, said: object, first: int) -> Tensor:
    if not isinstance(said, dict) or set(said) != {"dtype", "shape", "data_offsets"}:
        raise _bad(path, f"tensor {name[:80]!r} is not described as safetensors are")
    dtype, shape, offsets = said["dtype"], said["shape"], said["data_offsets"]
    if not isinstance(dtype, str) or dtype not in _BITS:
        raise _bad(path, f"tensor {name[:80]!r} has the unknown type {str(dtype)[:20]!r}")
    if not _whole(shape) or len(shape) > 32 or not _whole(offsets) or len(offsets) != 2:
        raise _bad(path, f"tensor {name[:80]!r} has a shape or place that is not whole numbers")
    elements = math.prod(shape)
    if elements * _BITS[dtype] != 8 * (offsets[1] - offsets[0]):
        raise _bad(path, f"tensor {name[:80]!r} claims a place that does not fit its shape")
    return Tensor(name, elements, first + offsets[0], first + offsets[1])


def _whole(value: object) -> bool:
    return isinstance(value, list) and all(type(v) is int and 0 <= v < 2**53 for v in value)


def parse_json(path: Path, data: bytes) -> Any:
    """JSON without duplicate keys, NaN or endless nesting. Raises ``BadInput`` naming the file."""

    def plain(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        found = dict(pairs)
        if len(found) != len(pairs):
            raise ValueError("a name twice")
        return found

    def constant(word: str) -> None:
        raise ValueError(word)

    try:
        return json.loads(data, object_pairs_hook=plain, parse_constant=constant)
    except (ValueError, RecursionError) as error:
        raise _bad(path, f"it holds no plain JSON ({str(error)[:60]})") from None


def read_json(path: Path) -> Any:
    """A small JSON file. Raises ``BadInput`` where it is not one or is above 16 MB."""
    try:
        if not path.is_file() or path.stat().st_size > JSON_CAP:
            raise _bad(path, f"it is not a JSON file of at most {JSON_CAP // 1_000_000} MB")
        return parse_json(path, path.read_bytes())
    except OSError as error:
        raise _bad(path, f"it cannot be read ({error.strerror or error})") from None


_SCALARS = {0: 1, 1: 1, 2: 2, 3: 2, 4: 4, 5: 4, 6: 4, 7: 1, 10: 8, 11: 8, 12: 8}
"""GGUF value types of a fixed length, in bytes."""


class _Reader:
    """Reads the header of a GGUF file, never further than it may."""

    def __init__(self, path: Path, file: BinaryIO, size: int) -> None:
        self._path, self._file = path, file
        self._most = min(size, HEADER_CAP)
        self.at = 0

    def take(self, length: int) -> bytes:
        if not 0 <= length <= self._most - self.at:
            raise _bad(self._path, "its header claims more than the file holds, or than is read")
        self.at += length
        return self._file.read(length)

    def number(self, form: str) -> int:
        return int(struct.unpack(f"<{form}", self.take(struct.calcsize(form)))[0])

    def text(self) -> bytes:
        return self.take(self.number("Q"))

    def value(self, kind: int, depth: int = 0) -> int | None:
        """Skip a value; give it where it is a 32-bit whole number."""
        if kind == 4:
            return self.number("I")
        if kind in _SCALARS:
            self.take(_SCALARS[kind])
        elif kind == 8:
            self.text()
        elif kind == 9 and depth < 2:
            inner, count = self.number("I"), self.number("Q")
            if inner in _SCALARS:
                self.take(_SCALARS[inner] * count)
            else:
                for _ in range(min(count, self._most)):
                    self.value(inner, depth + 1)
        else:
            raise _bad(self._path, "its header holds a value of an unknown kind")
        return None


def _gguf(path: Path, file: BinaryIO, size: int) -> Contents:
    reader = _Reader(path, file, size)
    if size < 24 or reader.take(4) != b"GGUF":
        raise _bad(path, "it does not begin as GGUF does")
    version = reader.number("I")
    if version not in (2, 3):
        raise _bad(path, f"it is GGUF version {version}; versions 2 and 3 are read")
    count, values = reader.number("Q"), reader.number("Q")
    if count > 1_000_000 or values > 1_000_000:
        raise _bad(path, "its header claims more than a million entries")
    alignment = 32
    for _ in range(values):
        key = reader.text()
        found = reader.value(reader.number("I"))
        if key == b"general.alignment" and found:
            alignment = found
    described = [_gguf_tensor(path, reader) for _ in range(count)]
    first = -(-reader.at // alignment) * alignment
    if any(first + offset >= size for _, elements, offset in described if elements):
        raise _bad(path, "a tensor lies outside the file; it is cut short")
    tensors = (Tensor(name, elements, first + offset, size) for name, elements, offset in described)
    return Contents(path, size, min(first, size), tuple(tensors))


def _gguf_tensor(path: Path, reader: _Reader) -> tuple[str, int, int]:
    name = reader.text().decode("utf-8", "replace")
    dimensions = reader.number("I")
    if dimensions > 8:
        raise _bad(path, f"tensor {name[:80]!r} has {dimensions} dimensions")
    shape = [reader.number("Q") for _ in range(dimensions)]
    reader.take(4)
    elements = math.prod(shape)
    if elements > 2**53:
        raise _bad(path, f"tensor {name[:80]!r} claims more than can be")
    return name, elements, reader.number("Q")
