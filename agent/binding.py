"""Binding: which reference each shot is made from, decided and journalled before it is shot.

A shot that is made already is left alone: what comes later is bound to shots that come later.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence

from ..memory.anchor_record import entities
from ..memory.anchors import AnchorBook
from ..memory.lora import LoraBook
from ..memory.project import Project
from ..memory.selection import Binding, Selection, subjects
from ..render.engine import Engine, Tell
from ..render.plan import Planner, used_takes
from ..render.stills import keyframes_renderer, references_taken, remembers
from ..storyboard.edits import Edit
from ..storyboard.errors import BadInput, Damaged
from ..storyboard.film import Film, Shot
from ..storyboard.vocabulary import Opening
from .sheets import Say, make_sheets


def prepare(
    project: Project,
    engine: Engine,
    planner: Planner,
    tell: Tell,
    say: Say,
    only: Collection[str] | None = None,
) -> None:
    """Draw the sheets that are missing and bind the shots that are to be made (of ``only``).

    Needs the lock; does nothing for a film whose references nobody makes or binds. Afterwards every
    such shot is bound, and each reference and LoRA that it names is whole. Raises ``BadInput`` naming
    the shots where a character has no reference or several that none goes before, ``Damaged`` where
    a bound one is gone: nothing was rendered then but sheets.
    """
    by_itself = remembers(project.film, planner.renderer)
    if not by_itself and not any(map(is_bound, project.film.shots)):
        return
    shots = [
        shot for shot in to_make(project, planner, only) if shot.plate is None or shot.plate.use != "shot"
    ]
    if shots and by_itself:
        make_sheets(project, engine, planner, shots, tell, say)
        bind(project, planner, shots)
    check_bound(project, [project.film.shot(shot.id) for shot in shots])


def is_bound(shot: Shot) -> bool:
    return (
        bool(shot.plates)
        or any(u.references or u.loras for u in shot.cast)
        or any(u.references or u.loras for u in shot.props)
    )


def to_make(project: Project, planner: Planner, only: Collection[str] | None = None) -> list[Shot]:
    """The shots that have no current take; of ``only``, with those that they go on from."""
    film = project.film
    used = used_takes(film, planner.plan(film), project.store.has)
    wanted = {s.id for s in film.shots} if only is None else set(only)
    after: Shot | None = None
    for shot in reversed(film.shots):
        if after is not None and after.id in wanted and after.opens is Opening.continue_:
            wanted.add(shot.id)
        after = shot
    return [s for s in film.shots if s.id in wanted and used[s.id][0] != "current"]


def bindings(
    project: Project, planner: Planner, shots: Sequence[Shot], anew: Collection[str] = ()
) -> list[Binding]:
    """How ``shots`` would be bound as things stand, entities ``anew`` chosen again. Changes nothing."""
    film = project.film
    most = references_taken(film, planner.renderer)
    name = keyframes_renderer(film, planner.renderer)
    names = {film.settings.renderer, *([name] if name else [])}
    takes_loras = any("lora" in planner.renderer(n)[1].inputs for n in names)
    loras = LoraBook(project.folder).all() if takes_loras else ()
    selection = Selection(film, AnchorBook(project.folder).all(), loras)
    return [selection.bind(shot, most, anew) for shot in shots]


def bind(project: Project, planner: Planner, shots: Sequence[Shot], anew: Collection[str] = ()) -> list[Shot]:
    """Bind ``shots`` and journal it; returns those whose references changed.

    Raises ``BadInput`` for all problems together; then nothing is bound.
    """
    found = bindings(project, planner, shots, anew)
    problems = [problem for binding in found for problem in binding.problems]
    if problems:
        raise BadInput(
            " ".join(problems[:5]) + (f" And {len(problems) - 5} more." if len(problems) > 5 else "")
            + ' Give a picture with: photoplay cast add DIR "NAME" picture.png; what there is, is said by: '
            "photoplay cast list DIR. Nothing was rendered."
        )  # fmt: skip
    return commit(project, found, "engine")


def commit(project: Project, found: Sequence[Binding], by: str) -> list[Shot]:
    """Journal the bindings that change a shot; returns those shots as they were."""
    film = project.film
    edits: list[Edit] = []
    changed: list[Shot] = []
    shots = {shot.id: shot for shot in film.shots}
    for binding in found:
        if _alters(film, shots[binding.shot], binding):
            edits.append(binding.edit())
            changed.append(shots[binding.shot])
    if edits:
        project.commit(edits, f"references of {len(edits)} shots were bound", by)
    return changed


def _alters(film: Film, shot: Shot, binding: Binding) -> bool:
    references = {s.entity: s.bound for s in subjects(film, shot)}
    loras = {m.entity: m.loras for m in shot.cast} | {p.entity: p.loras for p in shot.props}
    return any(references[x] != keys for x, keys in binding.references.items()) or any(
        loras[x] != keys for x, keys in binding.loras.items()
    )


def check_bound(project: Project, shots: Sequence[Shot]) -> None:
    """Raises ``Damaged`` unless every reference and LoRA bound to ``shots`` is what was added."""
    film = project.film
    anchors, loras = AnchorBook(project.folder), LoraBook(project.folder)
    seen: set[str] = set()
    for shot in shots:
        bound = [(s.entity, key, False) for s in subjects(film, shot) for key in s.bound]
        bound += [(m.entity, key, True) for m in shot.cast for key in m.loras]
        bound += [(p.entity, key, True) for p in shot.props for key in p.loras]
        for entity, key, is_lora in bound:
            if key in seen:
                continue
            seen.add(key)
            try:
                if is_lora:
                    loras.verify(key)
                else:
                    anchors.pixels(key)
            except Damaged as error:
                raise Damaged(
                    f"Shot {shot.id} is bound to a reference of {_name(film, entity)} that cannot be used: "
                    f"{error} Nothing was rendered."
                ) from None


def _name(film: Film, entity: str) -> str:
    thing = entities(film).get(entity)
    return thing.name if thing is not None and thing.name else entity
