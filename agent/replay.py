"""Replay: a film is made again from its manifest, and compared with what the manifest says.

A manifest may come from anybody. It is plain, validated data: it names no place to read or write, and who
renders is looked up among what is installed here, with the same rules of money and limits as any film. What
is taken from elsewhere (``--takes``) is copied by digest, never linked.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass
from pathlib import Path

from .. import __version__
from ..memory.anchors import AnchorBook
from ..memory.footage import FootageBook
from ..memory.lora import LoraBook
from ..memory.project import Project, is_film
from ..memory.store import TakeStore
from ..render.crew import Executor
from ..render.plan import Plan, Planner
from ..render.preflight import preflight
from ..render.registry import find_renderer
from ..storyboard.errors import BadInput, Damaged
from ..storyboard.film import Film
from ..storyboard.schema import as_json
from .manifest import FILE, Manifest, TakeEntry, programs, read_manifest
from .production import Production
from .stages import Listener

BOOKS = {
    "anchors": (".png", ".json", ".safetensors"),
    "footage": (".png", ".mp4", ".json"),
    "music": (".wav", ".json"),
    "sounds": (".wav", ".json"),
}
"""Folders of a film that keep what a person brought, under its digest, and their files' suffixes."""
_DIGEST = re.compile(r'"([0-9a-f]{64})"')


@dataclass(frozen=True)
class Compared:
    """A replayed film beside its manifest. Lists are of shots, cards and lines, in the plan's order."""

    folder: Path
    reused: int
    """Takes that were taken over, byte for byte."""
    equal: tuple[str, ...]
    """Rendered again, with the very same bits."""
    differ: tuple[str, ...]
    """The same key, other bits."""
    others: tuple[str, ...]
    """Another key: another program, other weights, or a decision that was made anew."""
    film_equal: bool
    """Whether the film is the same, bit for bit (before it was signed)."""
    versions: tuple[str, ...]
    """What differs in the programs: ``numpy 2.4.6, then 2.3.0``."""
    notices: tuple[str, ...]


def replay(
    manifest: Manifest,
    out: Path,
    takes: Path | None = None,
    *,
    crew: Executor | None = None,
    listener: Listener | None = None,
    allow: Callable[[Production], None] = lambda production: None,
) -> Compared:
    """Make the film of a manifest in the new folder ``out``, and compare.

    ``takes`` is a film's folder: what it has of the manifest's takes is taken over after its digest was
    checked, and what a person brought to the film with it. ``allow`` sets budget and limits. Raises
    ``BadInput`` before anything is written where that cannot be done here, ``RenderError`` where a shot
    failed; what was made is kept, and ``photoplay render`` goes on.
    """
    if is_film(out) or (out.exists() and (not out.is_dir() or any(out.iterdir()))):
        raise BadInput(
            f"{out} is there already. A film is made again in a new folder: name another by --out."
        )
    store = _store(takes)
    find = getattr(crew, "find", find_renderer)
    film, notices = _film(manifest)
    plan = Planner(find).plan(film)
    there = {entry.key for entry in manifest.takes if store is not None and _is_there(store, entry)}
    film = _choices(manifest, film, there)
    _need(manifest, film, plan, takes, there)
    if missing := {node.renderer for node in plan.nodes if node.key not in there}:
        preflight(missing, find)
    project = Project.create(out, film, "made again from a manifest", "replay")
    with project.lock():
        reused = [
            e for e in manifest.takes if e.key in there and store is not None and _copy(store, e, project)
        ]
        if takes is not None:
            _bring(takes, project)
    production = Production(project, crew=crew, listener=listener)
    allow(production)
    production.render()
    return _compared(manifest, production, {e.key for e in reused}, tuple(notices))


def _store(takes: Path | None) -> TakeStore | None:
    if takes is None:
        return None
    folder = takes if (takes / "takes").is_dir() else takes.parent if takes.name == "takes" else None
    if folder is None:
        raise BadInput(f"{takes} holds no takes: give the folder of a film. Nothing was made.")
    return TakeStore(folder)


def _film(manifest: Manifest) -> tuple[Film, list[str]]:
    """The film to be made. Nobody's certificate is used because a file from elsewhere says so."""
    film = manifest.film
    if film.story is None or not film.shots:
        raise BadInput("The manifest holds no shots, so there is nothing to make.")
    if not film.settings.credentials:
        return film, []
    settings = film.settings.model_copy(update={"credentials": False})
    return film.model_copy(update={"settings": settings}), [
        "The film had content credentials. This one is not signed: "
        "`photoplay render DIR --credentials` does it."
    ]


def _planned(manifest: Manifest) -> dict[str, str]:
    """Key of every node that the plan had, by its id."""
    return {entry.node: entry.key for entry in manifest.takes if entry.node is not None}


def _choices(manifest: Manifest, film: Film, there: Collection[str]) -> Film:
    """Without choices of takes that were only what the plan asks for, where they have to be made again."""
    planned = set(_planned(manifest).values())
    kept = {i: key for i, key in film.decisions.chosen.items() if key in there or key not in planned}
    pinned = tuple(item for item in film.decisions.pinned if item in kept)
    decisions = film.decisions.model_copy(update={"chosen": kept, "pinned": pinned})
    return film.model_copy(update={"decisions": decisions})


def _need(manifest: Manifest, film: Film, plan: Plan, takes: Path | None, there: Collection[str]) -> None:
    """Raise ``BadInput`` where something is used that no renderer can make again, and is not there."""
    planned = set(_planned(manifest).values())
    held = [i for i, key in manifest.cut.used.items() if i in plan.shown and key not in planned | set(there)]
    if held:
        raise BadInput(
            f"{', '.join(held[:6])}: an earlier or chosen take is seen, which the film no longer says how to "
            "make. Give the film's folder with --takes. Nothing was made."
        )
    folder = takes if takes is not None and takes.name != "takes" else takes and takes.parent
    lost = list(_lost(film, folder, set(there)))
    if lost:
        raise BadInput(
            f"The film uses what a person brought to it or chose, which a manifest does not hold: "
            f"{', '.join(lost[:4])}{' ...' if len(lost) > 4 else ''}. Give the film's folder with --takes. "
            "Nothing was made."
        )


def _lost(film: Film, folder: Path | None, there: Collection[str]) -> Iterator[str]:
    """References, weights, footage and sound of the film that are not in ``folder``, in words."""
    nowhere = folder or Path("/nonexistent")
    anchors, loras, footage = AnchorBook(nowhere), LoraBook(nowhere), FootageBook(nowhere)

    def has(look: Callable[[str], object], digest: str) -> bool:
        try:
            return folder is not None and look(digest) is not None
        except Damaged:
            return False

    for shot in film.shots:
        used, worn = list(shot.plates), list[str]()
        for member in shot.cast:
            used += member.references
            worn += member.loras
        for prop in shot.props:
            used += prop.references
            worn += prop.loras
        if any(not has(anchors.get, digest) for digest in used):
            yield f"references of {shot.id}"
        if any(not has(loras.get, digest) for digest in worn):
            yield f"LoRA weights of {shot.id}"
        plate = shot.plate
        if plate is None:
            continue
        if plate.keep is not None and not has(footage.get, plate.keep):
            yield f"a mask of {shot.id}"
        if plate.source not in there if plate.kind == "take" else not has(footage.get, plate.source):
            yield f"footage of {shot.id}"
    yield from _lost_sounds(film, folder)


def _lost_sounds(film: Film, folder: Path | None) -> Iterator[str]:
    settings = film.settings.model_dump(mode="json")
    for name in ("music", "sounds"):
        for digest in dict.fromkeys(_DIGEST.findall(json.dumps(settings.get(name)))):
            if folder is None or not any((folder / book / f"{digest}.wav").is_file() for book in BOOKS):
                yield f"your own {name}"
                break


def _is_there(store: TakeStore, entry: TakeEntry) -> bool:
    """Whether the store has the take, whole, with the very digests that the manifest says."""
    try:
        record = store.record(entry.key)
    except Damaged:
        return False
    if record is None or record.renderer != entry.renderer:
        return False
    digests = {name: (part.size, part.sha256) for name, part in record.parts.items()}
    if digests != {name: (part.size, part.sha256) for name, part in entry.parts.items()}:
        return False
    return store.check(entry.key, deep=True) == "whole"


def _copy(store: TakeStore, entry: TakeEntry, project: Project) -> bool:
    """Take a checked take over. False where it changed meanwhile: then it is made again."""
    record = store.record(entry.key)
    assert record is not None
    draft = project.store.begin(entry.key)
    for name, part in record.parts.items():
        copied = project.files.copy_in(
            store.path(entry.key, name), draft.path(name, part.file.partition(".")[2])
        )
        if copied != entry.parts[name].sha256:
            draft.abandon()
            return False
    draft.commit(
        request=record.request, renderer=record.renderer, item=record.item, inputs=record.inputs,
        frames=record.frames, width=record.width, height=record.height, rate=record.rate,
        notices=record.notices, made=record.made,
    )  # fmt: skip
    return True


def _bring(takes: Path, project: Project) -> None:
    """Copy what the film names by digest of what a person brought. The books check it when it is used."""
    folder = takes.parent if takes.name == "takes" else takes
    for digest in dict.fromkeys(_DIGEST.findall(as_json(project.film).decode())):
        for book, suffixes in BOOKS.items():
            for suffix in suffixes:
                path = folder / book / f"{digest}{suffix}"
                if path.is_file() and not path.is_symlink() and not path.parent.is_symlink():
                    project.files.make_folder(project.folder / book)
                    project.files.copy_in(path, project.folder / book / path.name)


def _compared(
    manifest: Manifest, production: Production, reused: Collection[str], notices: tuple[str, ...]
) -> Compared:
    store, plan = production.project.store, production.plan()
    known = {entry.key: entry for entry in manifest.takes}
    equal, differ, others = [], [], []
    for node in plan.nodes:
        record = store.record(node.key)
        if record is None or node.key in reused:
            continue
        entry = known.get(node.key)
        if entry is None:
            others.append(node.item)
        elif all(record.parts[n].sha256 == p.sha256 for n, p in entry.parts.items() if n in record.parts):
            equal.append(node.item)
        else:
            differ.append(node.item)
    here = {"photoplay": __version__, **programs([entry.renderer for entry in manifest.takes])}
    then = {"photoplay": manifest.photoplay, **manifest.programs}
    versions = [
        f"{name} {here.get(name, 'not here')}, then {then.get(name, 'none')}"
        for name in sorted(here.keys() | then.keys())
        if here.get(name) != then.get(name)
    ]
    return Compared(
        folder=production.project.folder,
        reused=len(reused),
        equal=tuple(dict.fromkeys(equal)),
        differ=tuple(dict.fromkeys(differ)),
        others=tuple(dict.fromkeys(others)),
        film_equal=read_manifest(production.project.out / FILE).cut.sha256 == manifest.cut.sha256,
        versions=tuple(versions),
        notices=notices,
    )
