"""Whether a folder of weights may be given to a loader: plain weights and plain configurations only.

Refused by name: pickled weights without safetensors beside them, Python files, custom pipelines,
classes that come from anywhere but diffusers and transformers, links in an index that lead elsewhere.
"""

from __future__ import annotations

import os
import re
import stat
from collections.abc import Collection, Iterator
from pathlib import Path
from typing import Any

from ...storyboard.errors import BadInput
from .weight_files import read_json, read_weights

PICKLED = frozenset({".bin", ".ckpt", ".pt", ".pth", ".pickle", ".pkl"})
LIBRARIES = frozenset({"diffusers", "transformers"})
PARTS_OF_PIPELINES = {
    "ltx": frozenset({"LTXLatentUpsamplerModel"}),
    "ltx2": frozenset(
        {"LTX2LatentUpsamplerModel", "LTX2TextConnectors", "LTX2Vocoder", "LTX2VocoderWithBWE"}
    ),
}
"""Modules of diffusers' own pipelines that an index names as a library, and the classes used of them."""
INDEXES = ("model_index.json", "modular_model_index.json")
"""The file that names a model's parts; the second for pipelines that diffusers has as blocks alone."""
_NEVER_LOADED = ["stable_diffusion", "StableDiffusionSafetyChecker"]
"""What Stable Diffusion 1 lists beside its parts; no pipeline that is used here takes one."""
_CLASS = re.compile(r"[A-Z][A-Za-z0-9_]{1,80}", re.ASCII)
_WITHOUT_WEIGHTS = re.compile(
    r"[A-Za-z0-9_]*(?:Scheduler|Tokenizer|TokenizerFast|Processor|ProcessorFast|ProcessorPil|Extractor)"
    r"|Tokenizers\w*",
    re.ASCII,
)
_FORBIDDEN = ("auto_map", "custom_pipeline", "custom_pipelines", "trust_remote_code")
_MOST_FILES = 5_000
_DEEPEST = 5


def tree(folder: Path) -> Iterator[tuple[str, Path]]:
    """(relative name, path) of every file below a folder, sorted by name; hidden ones are left out.

    Links are followed, since the hub's cache is made of them. Raises ``BadInput`` for a tree that no
    model has: too many files, too deep, a loop, or something that is not a file.
    """
    found: list[tuple[str, Path]] = []
    seen: set[str] = set()
    for here, folders, names in os.walk(folder, followlinks=True):
        real = os.path.realpath(here)
        depth = len(Path(here).relative_to(folder).parts)
        if real in seen or depth > _DEEPEST or len(found) > _MOST_FILES:
            raise BadInput(
                f"{folder} is refused: it is no folder of one model (too deep, or too many files)."
            )
        seen.add(real)
        folders[:] = sorted(f for f in folders if not f.startswith("."))
        found += [
            (path.relative_to(folder).as_posix(), path)
            for path in (Path(here) / name for name in names if not name.startswith("."))
        ]
    yield from sorted(found)


def components(folder: Path) -> dict[str, tuple[str, str]]:
    """The parts of a model in diffusers' layout: name -> (library, class), both examined.

    Raises ``BadInput`` where ``model_index.json`` (or the modular one) is missing or names anything but
    plain classes.
    """
    index = index_file(folder)
    if index is None:
        raise BadInput(
            f"{folder} is refused: it has no model_index.json, so it is not in diffusers' layout. "
            "For a single file, name the file itself as the source and such a folder as its base."
        )
    return read_index(index, read_json(index))


def index_file(folder: Path) -> Path | None:
    """The file of ``INDEXES`` that a folder has, if any."""
    return next((folder / name for name in INDEXES if (folder / name).is_file()), None)


def values(folder: Path) -> dict[str, Any]:
    """Plain values (numbers, words, yes and no) that the index of an examined folder gives a pipeline."""
    index = index_file(folder)
    said = read_json(index) if index is not None else {}
    kept = said.items() if isinstance(said, dict) else ()
    return {n: v for n, v in kept if not n.startswith("_") and isinstance(v, bool | int | float | str)}


def read_index(path: Path, index: Any) -> dict[str, tuple[str, str]]:
    """As ``components``, of a ``model_index.json`` that was read. ``path`` is for messages."""
    if not isinstance(index, dict) or not isinstance(index.get("_class_name"), str):
        raise BadInput(f"{path} is refused: it names no plain pipeline class. Nothing was loaded.")
    _plain_class(path, index["_class_name"])
    _no_code(path, index)
    found: dict[str, tuple[str, str]] = {}
    for name, entry in index.items():
        if name.startswith("_") or not isinstance(entry, list) or entry in ([None, None], _NEVER_LOADED):
            continue
        if path.name == INDEXES[1]:
            entry = _modular_entry(path, name, entry)
        if len(entry) != 2 or not re.fullmatch(r"[a-z][a-z0-9_]{0,40}", name):
            if all(isinstance(v, int | float) for v in entry):
                continue  # a value of the pipeline's, such as a list of sizes
            raise BadInput(f"{path} is refused: its part {name[:40]!r} is not a library and a class.")
        library, kind = entry
        own = PARTS_OF_PIPELINES.get(library, frozenset()) if isinstance(library, str) else frozenset()
        if library not in LIBRARIES and str(kind) not in own:
            raise BadInput(
                f"{path} is refused: its part {name} comes from {str(library)[:60]!r}, not from diffusers or "
                "transformers, so it would run code of its own. Nothing was loaded."
            )
        found[name] = (library, _plain_class(path, kind))
    return found


def _modular_entry(path: Path, name: str, entry: list[Any]) -> list[Any]:
    """Library and class of a part in a modular index. None of the repositories that it names is asked."""
    said = entry[2] if len(entry) == 3 and isinstance(entry[2], dict) else {}
    if said.get("subfolder") not in (None, "", name):
        raise BadInput(
            f"{path} is refused: its part {name[:40]!r} must lie in the folder of that name, not in "
            f"{str(said['subfolder'])[:60]!r}. Nothing was loaded."
        )
    hint = said.get("type_hint")
    return hint if entry[:2] == [None, None] and isinstance(hint, list) else entry[:2]


def examine(folder: Path, replaced: Collection[str] = ()) -> None:
    """Refuse a model folder that must not be given to a loader. ``replaced`` parts are not loaded from it.

    Raises ``BadInput`` in one line naming the file. Afterwards every weight file that a loader would
    read has been checked by its header.
    """
    parts = components(folder)
    _examine_tree(folder)
    for part, (_, kind) in parts.items():
        if part not in replaced:
            _examine_part(folder, part, kind)


def _examine_tree(folder: Path) -> None:
    """No code, no links to elsewhere, nothing but plain files."""
    for name, path in tree(folder):
        if path.suffix.lower() in (".py", ".pyc", ".so", ".pyd", ".dll"):
            raise BadInput(f"{folder} is refused: it holds code ({name}). Remove it, or take other weights.")
        if not stat.S_ISREG(path.stat().st_mode):
            raise BadInput(f"{folder} is refused: {name} is not a plain file.")
        if path.name == "adapter_config.json":
            raise BadInput(f"{folder} is refused: {name} would load a model from elsewhere. Remove it.")
        if path.name.endswith("config.json"):
            _no_code(path, read_json(path))


def _examine_part(folder: Path, part: str, kind: str) -> None:
    """Every loaded part has its configuration, and safetensors where it has weights."""
    where = folder / part
    if not where.is_dir():
        raise BadInput(f"{folder} is not whole: its part {part} is missing.")
    examine_weights(where, needed=not _WITHOUT_WEIGHTS.fullmatch(kind))


def examine_weights(where: Path, needed: bool = True) -> None:
    """Check all weight files directly in a folder, and its index. Raises ``BadInput``."""
    names = sorted(p for p in where.iterdir() if not p.name.startswith("."))
    weights = [p for p in names if p.suffix.lower() == ".safetensors"]
    pickled = [p for p in names if p.suffix.lower() in PICKLED]
    if needed and not weights:
        why = (
            f"its weights are only there as {pickled[0].name}, a format that can run code"
            if pickled
            else "its weights (.safetensors) are missing (a set from the hub: get it again)"
        )
        raise BadInput(f"{where} is refused: {why}. Take a copy with .safetensors files.")
    for path in weights:
        read_weights(path)
    for path in names:
        if path.name.endswith(".safetensors.index.json"):
            _examine_index(path)


def _examine_index(path: Path) -> None:
    index = read_json(path)
    shards = index.get("weight_map") if isinstance(index, dict) else None
    if not isinstance(shards, dict) or not shards:
        raise BadInput(f"{path} is refused: it is no index of weights.")
    for shard in sorted({str(s) for s in shards.values()}):
        if not re.fullmatch(r"[A-Za-z0-9][\w.-]*\.safetensors", shard, re.ASCII):
            raise BadInput(f"{path} is refused: it points to {shard[:80]!r}, outside its folder.")
        if not (path.parent / shard).is_file():
            raise BadInput(f"{path.parent} is not whole: {shard} is missing.")


def _plain_class(path: Path, kind: object) -> str:
    if not isinstance(kind, str) or not _CLASS.fullmatch(kind):
        raise BadInput(f"{path} is refused: {str(kind)[:60]!r} is no class of diffusers or transformers.")
    return kind


def _no_code(path: Path, value: Any) -> None:
    """Refuse a configuration that asks for code of its own, at whatever depth."""
    if isinstance(value, dict):
        for name in _FORBIDDEN:
            if value.get(name):
                raise BadInput(f"{path} is refused: {name!r} asks to run code that came with the weights.")
    if isinstance(value, dict | list):
        for inner in value.values() if isinstance(value, dict) else value:
            _no_code(path, inner)


def examine_alone(folder: Path) -> None:
    """Refuse a folder of one model of transformers (``config.json``) that must not be given to a loader.

    As ``examine``: raises ``BadInput`` naming the file; afterwards every weight file was checked.
    """
    if not (folder / "config.json").is_file():
        raise BadInput(f"{folder} is refused: it has no config.json, so it is no model of transformers.")
    _examine_tree(folder)
    examine_weights(folder)
