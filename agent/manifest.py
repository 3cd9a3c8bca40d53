"""``out/manifest.json``: what a film was cut from, so that it can be made again and compared.

It holds the whole film as data (story, seeds, settings, decisions), every take's key, maker and digests, and
the versions of the programs. It names no path, no key of a service and nobody's name but those in the film.
"""

from __future__ import annotations

import stat
import sys
from importlib import metadata
from pathlib import Path
from typing import Annotated, Any, Literal

import pydantic_core
from pydantic import Field, JsonValue, ValidationError

from .. import __version__
from ..memory.project import Project
from ..memory.store import TakeRecord, file_digest
from ..render.plan import Plan, used_takes
from ..storyboard.edit_parts import first_fault
from ..storyboard.errors import BadInput, Damaged, NewerFilm
from ..storyboard.film import Film
from ..storyboard.schema import Data, Id, Key, Name, as_json
from ..storyboard.upgrade import upgraded

FILE = "manifest.json"
VERSION = 1
MOST_BYTES = 200_000_000
MOST_TAKES = 200_000
_ALWAYS = ("numpy", "skia-python", "av", "moviepy", "pillow", "espeakng-loader")
_FOR_MODELS = ("torch", "diffusers", "transformers", "accelerate")


class PartDigest(Data):
    """One file of a take. ``size`` in bytes."""

    size: int = Field(ge=0)
    sha256: Key


class TakeEntry(Data):
    """A take that the film was cut from, or that one of those was made from."""

    node: Id | None = None
    """What it is in the plan; None for a take that the plan no longer asks for."""
    item: Name
    key: Key
    renderer: dict[str, JsonValue]
    """Name, weights and pixels number of what rendered it."""
    parts: dict[Id, PartDigest]
    frames: int = Field(0, ge=0)
    photoplay: Name = ""
    """The version that made it."""


class CutEntry(Data):
    """The finished film. ``sha256`` is that of ``film.mp4`` before it was signed."""

    frames: int = Field(ge=0)
    sha256: Key
    signed: bool = False
    used: dict[Id, Key]
    """Shot or card id -> key of the take that is seen."""


class Manifest(Data):
    """See the module."""

    manifest: Literal[1] = 1
    photoplay: Name
    """Version of the program that cut it."""
    programs: Annotated[dict[Name, Name], Field(max_length=100)] = {}
    """Version of Python, and of each package that pictures and sound pass through."""
    edits: int = Field(0, ge=0)
    """Entries of the film's history, and the digest of all of it."""
    history: Key | None = None
    cut: CutEntry
    takes: tuple[TakeEntry, ...] = Field(max_length=MOST_TAKES)
    film: Film


def manifest_of(project: Project, plan: Plan, sha256: str, frames: int, signed: bool) -> Manifest:
    """The manifest of the film that was just cut; its takes are all there."""
    film, store = project.film, project.store
    nodes = {node.key: node for node in plan.nodes}
    used = {item: key for item, (_, key) in used_takes(film, plan, store.has).items() if key is not None}
    changed = [s.plate.source for s in film.shots if s.plate is not None and s.plate.kind == "take"]
    takes = []
    for key in dict.fromkeys([*nodes, *used.values(), *changed]):
        try:
            record = store.record(key)
        except Damaged:  # was not needed for this cut, or there would be none
            continue
        if record is not None:
            node = nodes.get(key)
            takes.append(_entry(record, None if node is None else node.id))
    journal = project.folder / "edits.jsonl"
    return Manifest(
        photoplay=__version__,
        programs=programs([take.renderer for take in takes]),
        edits=len(project.history()),
        history=file_digest(journal) if journal.is_file() else None,
        cut=CutEntry(frames=frames, sha256=sha256, signed=signed, used=used),
        takes=tuple(takes),
        film=film,
    )


def _entry(record: TakeRecord, node: str | None) -> TakeEntry:
    return TakeEntry(
        node=node,
        item=record.item,
        key=record.key,
        renderer=record.renderer,
        parts={name: PartDigest(size=p.size, sha256=p.sha256) for name, p in record.parts.items()},
        frames=record.frames,
        photoplay=record.made.photoplay,
    )


def programs(renderers: list[dict[str, JsonValue]]) -> dict[str, str]:
    """Versions of what pictures and sound pass through here; of models' packages where one was at work."""
    drawn = any(str(renderer.get("name", "")).startswith("diffusion") for renderer in renderers)
    found = {"python": ".".join(map(str, sys.version_info[:3]))}
    for name in (*_ALWAYS, *(_FOR_MODELS if drawn else ())):
        try:
            found[name] = metadata.version(name)
        except metadata.PackageNotFoundError:
            continue
    return found


def write_manifest(project: Project, plan: Plan, sha256: str, frames: int, signed: bool) -> Path:
    """Write ``out/manifest.json`` in one step. Raises ``NoRoom`` or ``ProjectError``."""
    path = project.out / FILE
    project.files.write(path, as_json(manifest_of(project, plan, sha256, frames, signed), indent=1))
    return path


def read_manifest(path: Path) -> Manifest:
    """A manifest from anywhere. Raises ``BadInput`` for what is none, ``NewerFilm`` for a newer one."""
    plain = _plain(path)
    if plain.get("manifest") != VERSION:
        newer = isinstance(plain.get("manifest"), int) and plain["manifest"] > VERSION
        if newer:
            raise NewerFilm(f"{path} was written by a newer photoplay. Nothing was made.")
        raise BadInput(f"{path} is no manifest of a film (out/{FILE} of a film's folder is one).")
    film = plain.get("film")
    try:
        return Manifest.model_validate({**plain, "film": upgraded(film) if isinstance(film, dict) else film})
    except ValidationError as error:
        raise BadInput(
            f"{path} is not a whole manifest: {first_fault(error)[:300]}. Nothing was made."
        ) from None


def _plain(path: Path) -> dict[str, Any]:
    try:
        kind = path.stat()
        if stat.S_ISDIR(kind.st_mode):
            raise BadInput(f"{path} is a folder. A film's manifest is out/{FILE} in its folder.")
        if not stat.S_ISREG(kind.st_mode) or kind.st_size > MOST_BYTES:
            raise BadInput(f"{path} is no manifest: no file, or one of more than {MOST_BYTES:,} bytes.")
        found = pydantic_core.from_json(path.read_bytes(), allow_inf_nan=False)
    except OSError as error:
        raise BadInput(f"{path} cannot be read ({error.strerror or error}).") from None
    except ValueError:
        raise BadInput(f"{path} is no manifest: it is no plain JSON, or nested too deep.") from None
    if not isinstance(found, dict):
        raise BadInput(f"{path} is no manifest of a film.")
    return found
