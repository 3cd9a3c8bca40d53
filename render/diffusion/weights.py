"""Sets of weights: what they are called, where they come from, and whether they are here.

A film names a set, never a path, a repository or a class. Sets ship in ``weight_sets.json``; a
person adds his own in a weights file (``docs/weights.md``). Nothing heavy is imported.
"""

from __future__ import annotations

import hashlib
import json
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, StringConstraints, ValidationError, model_validator

from ...memory.files import free_mb
from ...storyboard.errors import BadInput, UnknownName
from ...storyboard.schema import Data, digest
from ..protocol import Measured
from .families import FAMILIES
from .weight_files import fingerprint, read_weights
from .weight_lock import Commit, locked
from .weight_places import (
    WEIGHT_SUFFIXES,
    Hub,
    hub_cache,
    hub_place,
    is_path,
    own_files,
    snapshot,
)
from .weight_safety import INDEXES, PICKLED, components, examine, examine_weights, tree

SetName = Annotated[str, StringConstraints(pattern=r"^[a-z0-9][a-z0-9.-]{0,47}$")]
Part = Literal[
    "checkpoint", "transformer", "transformer_2", "unet", "vae", "text_encoder", "text_encoder_2",
    "image_encoder", "ip_adapter", "motion_adapter", "controlnet",
]  # fmt: skip
"""A part that a single file may stand for; ``checkpoint`` is a file that holds the whole pipeline."""
_SDXL = frozenset({"sdxl", "sdxl-guided"})
FOLDERS = frozenset({"image_encoder", "motion_adapter", "controlnet", "transformer"})
"""Parts that a folder of their own may stand for: configuration and weights."""
_FINGERPRINTED = frozenset({".json", ".txt", ".model", ".jinja", ".spm"})


_LEFT_OUT = {
    ("minimax-h3", ""): frozenset({"transformer_ref"}),
    ("minimax-h3", "references"): frozenset({"transformer"}),
    ("flux3", ""): frozenset({"prompt_upsampler", "prompt_upsampler_processor"}),
}
"""Two transformers for two uses; a language model that makes prompts longer, which are long enough here."""


def _measured(value: object) -> object:
    return {"value": value} if type(value) is int else value


Figure = Annotated[Measured, BeforeValidator(_measured)]
"""Megabytes (10^6 bytes) and where the figure is from; 0 where nobody said. A bare number is unverified."""


class WeightSet(Data):
    """A set of weights as a film may name it."""

    name: SetName
    family: str
    source: str
    """A hub id ``owner/name``, a folder in diffusers' layout, or one ``.safetensors`` or ``.gguf`` file."""
    base: str = ""
    """Where the other parts come from when ``source`` is one file: a hub id or a folder."""
    files: dict[Part, str] = {}
    """Files (folders for ``FOLDERS``) over the source: paths, ``hub:owner/name``, ``hub:owner/name/file``."""
    revision: Commit | Literal[""] = ""
    """The commit of a hub source, where the user himself pins it."""
    layout: str = ""
    """What the family must know of these weights, such as ``flf``, ``a14b`` or ``ti2v-5b`` of Wan."""
    licence: str = "unknown"
    commercial: bool | None = None
    """Whether the licence lets a film made with it be sold; None where that is not known."""
    gated: bool = False
    download_mb: Figure = Measured(value=0)
    memory_mb: Figure = Measured(value=0)
    """Memory of the GPU that it wants at the precision it is meant for."""
    notes: str = ""

    @model_validator(mode="after")
    def _places(self) -> WeightSet:
        for what, text in (("source", self.source), ("base", self.base), *self.files.items()):
            if text and not is_path(text) and hub_place(text) is None:
                raise ValueError(
                    f"{what} {text[:80]!r} is neither a hub id such as owner/name nor a path (begin a path "
                    "with /, ./ or ~)"
                )
        if single_file(self.source) and not self.base:
            raise ValueError(
                "source is a single file, so base must say where the configuration and the other parts are"
            )
        if self.revision and (is_path(self.source) or single_file(self.source)):
            raise ValueError("revision belongs to a source on the hub")
        for part, text in self.files.items():
            folder = part in FOLDERS and Path(text).suffix.lower() not in PICKLED
            if not single_file(text) and not folder:
                raise ValueError(f"files.{part} must be a .safetensors or .gguf file")
        return self

    def overlaid(self) -> dict[str, str]:
        """The single files by part, those among them that ``source`` itself stands for."""
        files: dict[str, str] = {str(part): text for part, text in self.files.items()}
        if single_file(self.source):
            whole = self.family in _SDXL and self.source.lower().endswith(".safetensors")
            part = "checkpoint" if whole else "unet" if self.family in _SDXL else "transformer"
            files.setdefault(part, self.source)
        return files

    def left_out(self) -> frozenset[str]:
        """Parts of the source that these weights do without, by family and layout."""
        return _LEFT_OUT.get((self.family, self.layout), frozenset())

    def model(self) -> str:
        """The place of the folder in diffusers' layout: ``base`` where the source is a single file."""
        return self.base if single_file(self.source) else self.source


def single_file(text: str) -> bool:
    """Whether a place is one weight file rather than a folder or repository."""
    return Path(text).suffix.lower() in WEIGHT_SUFFIXES


@dataclass(frozen=True)
class Located:
    """A set that is whole on this machine and was examined: loaders may read it."""

    weights: WeightSet
    folder: Path
    """Folder in diffusers' layout."""
    files: Mapping[str, Path]
    """Single files (folders for ``FOLDERS``) laid over it, by part."""

    def sizes(self) -> dict[str, int]:
        """Bytes of each part as loaded at 16 bits (a GGUF as it is), from the headers."""
        found: dict[str, int] = {}
        left_out = self.weights.left_out()
        for part in (p for p in components(self.folder) if p not in left_out):
            place = self.files.get(part, self.files.get("checkpoint", self.folder / part))
            paths = sorted(place.glob("*.safetensors")) if place.is_dir() else [place]
            if place.is_file() and part not in self.files and (self.folder / part).is_dir():
                paths = sorted((self.folder / part).glob("*.safetensors"))
            size = sum(read_weights(path).half_bytes for path in _unvaried(paths))
            if size:
                found[part] = size
        for part in sorted(FOLDERS & self.files.keys() - found.keys()):
            paths = sorted(self.files[part].glob("*.safetensors"))
            found[part] = sum(read_weights(path).half_bytes for path in _unvaried(paths))
        return found


def _unvaried(paths: list[Path]) -> list[Path]:
    """Without variants such as ``model.fp16.safetensors``, which are not loaded."""
    return [p for p in paths if p.name.count(".") == 1] or paths


@cache
def _shipped() -> tuple[dict[str, WeightSet], dict[str, str]]:
    plain = json.loads(Path(__file__).with_name("weight_sets.json").read_text(encoding="utf-8"))
    return {name: WeightSet(name=name, **said) for name, said in plain["sets"].items()}, plain["defaults"]


def families() -> dict[str, str]:
    """Each family with the set that its bare name stands for."""
    return dict(_shipped()[1])


def weight_sets() -> dict[str, WeightSet]:
    """All sets by name, the user's own over those that ship. Raises ``BadInput`` for a bad weights file."""
    found = dict(_shipped()[0])
    for path in reversed(own_files()):
        found.update(_own(path))
    return dict(sorted(found.items()))


def weight_set(name: str) -> WeightSet:
    """The set of that name; a family's name alone is its default set. Raises ``UnknownName`` listing all."""
    found, standing = weight_sets(), families()
    chosen = found.get(name) or found.get(standing.get(name, ""))
    if chosen is None:
        raise UnknownName("set of weights", name, list({*found, *standing}))
    return chosen


def _own(path: Path) -> dict[str, WeightSet]:
    if not path.is_file():
        return {}
    try:
        plain = tomllib.loads(path.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, OSError, RecursionError) as error:
        raise BadInput(f"{path} cannot be read: {error}") from None
    tables = plain.get("weights", {})
    if set(plain) - {"weights"} or not isinstance(tables, dict):
        raise BadInput(f"{path} may hold tables [weights.NAME] and nothing else.")
    return {name: _own_set(path, name, table) for name, table in tables.items()}


def _own_set(path: Path, name: str, table: Any) -> WeightSet:
    where = f"{path}, [weights.{name[:60]}]"
    if not isinstance(table, dict):
        raise BadInput(f"{where} is not a table.")
    try:
        made = WeightSet(**{**table, "name": name})
    except ValidationError as error:
        first = error.errors()[0]
        field = ".".join(str(part) for part in first["loc"])
        raise BadInput(f"{where}: {field + ': ' if field else ''}{first['msg']}.") from None
    if made.family not in FAMILIES:
        raise BadInput(f"{where}: there is no family {made.family[:40]!r}. Families: {', '.join(FAMILIES)}.")
    home = path.parent.absolute()
    return made.model_copy(
        update={
            "source": _absolute(made.source, home),
            "base": _absolute(made.base, home),
            "files": {part: _absolute(text, home) for part, text in made.files.items()},
        }
    )


def _absolute(text: str, home: Path) -> str:
    return str(home / Path(text).expanduser()) if text and is_path(text) else text


def commit(ws: WeightSet, hub: Hub) -> str:
    """The commit at which a place on the hub is taken: pinned by the user, or locked; empty if neither."""
    if ws.revision and hub == hub_place(ws.source):
        return ws.revision
    lock = locked(hub.repo)
    return lock.revision if lock else ""


def identity(ws: WeightSet) -> str:
    """What of the weights goes into keys. Nothing in it depends on time or on where the files lie.

    A hub repository is its id and commit, or ``unresolved``: a film can be planned then, not made.
    Files and folders are fingerprinted (``weight_files.fingerprint``).
    """
    place, layout = hub_place(ws.source), f"#{ws.layout}" if ws.layout else ""
    if place is not None and not place.inside and not ws.files:
        return f"{place.repo}@{commit(ws, place) or 'unresolved'}{layout}"
    parts = {"model": _identity_of(ws, ws.model())}
    parts |= {part: _identity_of(ws, text) for part, text in ws.overlaid().items()}
    return f"sha256:{digest(parts)}{layout}"


def _identity_of(ws: WeightSet, text: str) -> str:
    hub = hub_place(text)
    if hub is not None:
        return f"{hub}@{commit(ws, hub) or 'unresolved'}"
    path = Path(text).expanduser()
    if path.is_dir():
        return _folder_print(path)
    return fingerprint(path) if path.is_file() else "unresolved"


def _folder_print(folder: Path) -> str:
    found = []
    for name, path in tree(folder):
        suffix = path.suffix.lower()
        if suffix in WEIGHT_SUFFIXES:
            found.append([name, fingerprint(path)])
        elif suffix in _FINGERPRINTED:
            found.append([name, hashlib.sha256(path.read_bytes()).hexdigest()])
    return digest(found)


def located(ws: WeightSet) -> Located:
    """Where the set lies on this machine, ready to load. Reads headers only.

    Raises ``BadInput`` in one clear line: not downloaded yet (with size, free disk, licence and the
    command that gets it), a missing file, or something that no loader may see.
    """
    folder = _found(ws, ws.model(), *INDEXES)
    files = {part: _found(ws, text) for part, text in ws.overlaid().items()}
    _with_vae(ws, files)
    replaced = {*files, *ws.left_out()}
    if "checkpoint" in files:
        replaced |= {"unet", "vae", "text_encoder", "text_encoder_2"}
    examine(folder, replaced)
    for path in files.values():
        if path.is_dir():
            examine_weights(path)
        else:
            read_weights(path)
    return Located(ws, folder, files)


def _with_vae(ws: WeightSet, files: dict[str, Path]) -> None:
    """A whole LTX checkpoint holds the VAE too."""
    path = files.get("transformer")
    if ws.family != "ltx" or path is None or "vae" in files or path.suffix.lower() != ".safetensors":
        return
    if any(tensor.name.startswith("vae.") for tensor in read_weights(path).tensors):
        files["vae"] = path


def _found(ws: WeightSet, text: str, *needs: str) -> Path:
    """The place on this machine; of a repository, with one of the files ``needs``."""
    hub = hub_place(text)
    if hub is None:
        path = Path(text).expanduser()
        if not path.exists():
            raise BadInput(f"The weights {ws.name!r} are not there: {path} does not exist.")
        return path
    revision = commit(ws, hub)
    if not revision:
        raise BadInput(not_here(ws))
    folder = snapshot(hub.repo, revision)
    place = folder / hub.inside if hub.inside else folder
    if not place.exists() or (needs and not any((place / name).is_file() for name in needs)):
        raise BadInput(not_here(ws))
    lock = locked(hub.repo)
    if lock is not None and lock.revision == revision:
        for name, file in lock.files.items():
            if not hub.inside or name == hub.inside or name.startswith(hub.inside + "/"):
                _whole(ws, folder / name, file.size)
    return place


def _whole(ws: WeightSet, path: Path, size: int) -> None:
    if not path.is_file() or path.stat().st_size != size:
        raise BadInput(
            f"The weights {ws.name!r} are not whole: {path} is missing or not {size:,} bytes long. "
            f"Run `photoplay weights get {ws.name}` to complete them."
        )


def not_here(ws: WeightSet) -> str:
    """One line: what a download would be, and the command for it."""
    size = (
        f"about {ws.download_mb.value:,} MB ({ws.download_mb.source})"
        if ws.download_mb.value
        else "a size not known"
    )
    gated = " Access must be asked for on its page first." if ws.gated else ""
    return (
        f"The weights {ws.name!r} ({ws.source}) are not on this machine yet: {size} to download, "
        f"{free_mb(hub_cache()):,} MB free at {hub_cache()}, licence {ws.licence}.{gated} "
        f"Run `photoplay weights get {ws.name}`."
    )


def is_here(ws: WeightSet) -> bool:
    """Whether the set is whole on this machine and may be loaded."""
    try:
        located(ws)
    except BadInput:
        return False
    return True
