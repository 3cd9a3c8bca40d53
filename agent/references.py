"""What a person does with references: adds one, sets one aside, brings a character from the library.

Each takes effect: exactly the shots that it concerns are bound anew, by journalled edits, and will be
made again. ``keep=True`` only writes it down; what is bound then stays bound.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from ..memory.anchor_record import Anchor, SheetView, entities, still_so
from ..memory.anchors import AnchorBook
from ..memory.images import pixels_digest, read_image
from ..memory.lora import LoraBook, LoraRecord
from ..memory.portable import Portable
from ..memory.selection import Binding, subjects
from ..render.plan import Planner
from ..render.stills import references_taken, remembers
from ..storyboard.edits import BodyLookChange, ChangeCharacter
from ..storyboard.errors import BadInput, UnknownName
from ..storyboard.film import Film, Shot
from ..storyboard.looks import BodyLook
from ..storyboard.schema import clean_text
from .binding import bindings, commit
from .steps import Steps

_SHORTEST = 6
"""Digits of a digest that are enough to name it."""


@dataclass(frozen=True)
class Changed:
    """What was done. ``bound``: the shots bound anew; ``again``: all that have to be made again for it."""

    words: str
    bound: tuple[str, ...] = ()
    again: tuple[str, ...] = ()


def find_entity(film: Film, name: str) -> str:
    """Id of the character, prop or place of that name or id, whatever its capitals, "the" or not.

    Raises ``UnknownName`` listing all, and ``BadInput`` where two have the name.
    """
    if film.story is None:
        raise BadInput(
            "There is no story yet, so nobody is in it: run `photoplay make` with --until story first."
        )
    every = entities(film)
    wanted = clean_text(name).strip().casefold()
    if wanted in every:
        return wanted
    found = [key for key, thing in every.items() if thing.name.casefold() == wanted]
    if not found:
        bare = wanted.removeprefix("the ")
        found = [k for k, thing in every.items() if thing.name.casefold().removeprefix("the ") == bare]
    if len(found) > 1:
        raise BadInput(f"{len(found)} are called {name!r}; say which by its id: {', '.join(found)}.")
    if not found:
        raise UnknownName(
            "character, place or prop", name, [thing.name or key for key, thing in every.items()]
        )
    return found[0]


def add_reference(
    production: Steps,
    name: str,
    path: Path,
    state: str | None = None,
    view: SheetView | None = None,
    words: str = "",
    keep: bool = False,
) -> Changed:
    """Add a person's picture, or a LoRA (.safetensors), of somebody or something.

    It goes before sheets. The person's picture of the same state and view that was there is set aside,
    unless ``keep``. Raises ``UnknownName``, ``BadInput`` naming the file; then nothing was changed.
    """
    film, project = production.film, production.project
    entity = find_entity(film, name)
    thing = entities(film)[entity]
    state = _state(thing.name, state, [s.name for s in thing.states])
    if path.suffix.lower() == ".safetensors":
        with project.lock():
            loras = LoraBook(project.folder, project.files)
            lora = loras.add(path, entity, state, words)
            beside = [] if keep else _beside(loras, lora)
            what = f"LoRA {lora.digest[:12]} of {thing.name}"
            what += f", beside {', '.join(beside)} (set aside what it replaces)" if beside else ""
            return _taken(production, what, entity, lora, keep)
    view = _view(film, entity, view)
    pixels = read_image(path)
    with project.lock():
        book = AnchorBook(project.folder, project.files)
        anchor = book.propose(pixels, entity, state, origin="person", words=words, view=view)
        if anchor.origin != "person" or anchor.set_aside or view is not None:  # approved, or used again
            anchor = book.amend(
                anchor.digest,
                origin="person",
                set_aside=False,
                view=view or anchor.view,
                look=None,
                manner=None,
            )
        gone = set() if keep else _replaced(book, anchor)
        return _taken(production, f"picture {anchor.digest[:12]} of {thing.name}", entity, anchor, keep, gone)


def _beside(loras: LoraBook, added: LoraRecord) -> list[str]:
    """Set aside the LoRA for the same model, state and entity; returns those that act beside the new one."""
    beside: list[str] = []
    for other in list(loras.all()):
        same = (other.entity, other.state) == (added.entity, added.state) and not other.set_aside
        if not same or other.digest == added.digest:
            continue
        if other.base and other.base == added.base:
            loras.set_aside(other.digest)
        else:
            beside.append(other.digest[:12])
    return beside


def _replaced(book: AnchorBook, added: Anchor) -> set[str]:
    """Set aside what a person's picture takes the place of; returns the digests.

    That is the person's picture of that state and view, and, where the new one shows the entity as it
    always looks, the sheets of its other states: they are drawn again from the new one.
    """
    gone: set[str] = set()
    for other in list(book.all()):
        if other.entity != added.entity or other.set_aside or other.digest == added.digest:
            continue
        person = other.origin == "person" and (other.state, other.view) == (added.state, added.view)
        sheet = other.origin == "sheet" and added.state is None and other.state is not None
        if person or sheet:
            book.set_aside(other.digest)
            gone.add(other.digest)
    return gone


def set_aside(production: Steps, digest: str, keep: bool = False) -> Changed:
    """Set a reference or LoRA aside, named by the beginning of its digest. It is kept, and used no more."""
    project = production.project
    with project.lock():
        found = named(production, digest)
        if isinstance(found, Anchor):
            AnchorBook(project.folder, project.files).set_aside(found.digest)
        else:
            LoraBook(project.folder, project.files).set_aside(found.digest)
        what = f"{found.digest[:12]} of {found.entity} is set aside"
        if keep:
            return Changed(f"{what}; shots that are bound to it stay so")
        automatic = remembers(production.film, production.planner().renderer)
        if isinstance(found, Anchor) and automatic:
            return _let_go(production, f"{what}; shots get another before they are made", found)
        return _rebound(
            production, what, found.entity, lambda shot: found.digest in _bound(shot, found.entity)
        )


def _let_go(production: Steps, words: str, gone: Anchor) -> Changed:
    """Shots that are bound to it are bound to none: a sheet is drawn, or another chosen, before shooting."""
    project, film, before = production.project, production.film, _keys(production)
    found = [
        Binding(shot.id, {gone.entity: ()}, (), ())
        for shot in film.shots
        if gone.digest in _bound(shot, gone.entity)
    ]
    changed = commit(project, found, "person")
    after = _keys(production)
    again = tuple(item for item, key in after.items() if before.get(item) != key)
    words = f"{words}. {_said(film, production.planner(), changed, again)}"
    return Changed(words, tuple(s.id for s in changed), again)


def named(production: Steps, digest: str) -> Anchor | LoraRecord:
    """The one reference or LoRA whose digest begins so. Raises ``BadInput``."""
    wanted = digest.strip().lower()
    folder = production.project.folder
    every: list[Anchor | LoraRecord] = [*AnchorBook(folder).all(), *LoraBook(folder).all()]
    if len(wanted) < _SHORTEST or not set(wanted) <= set("0123456789abcdef"):
        raise BadInput(f"{digest[:80]!r} is no digest: give at least its first {_SHORTEST} digits.")
    found = [one for one in every if one.digest.startswith(wanted)]
    if len(found) != 1:
        there = ", ".join(one.digest[:12] for one in every) or "none"
        raise BadInput(f"{len(found)} references begin with {wanted[:64]}. There are: {there}.")
    return found[0]


def use_character(production: Steps, portable: Portable, name: str) -> Changed:
    """Let a saved character play the film's character ``name``: look, states, voice and references.

    The film's own sheets of that character are set aside. Names and lines stay the film's.
    """
    project = production.project
    entity = find_entity(production.film, name)
    role = production.film.characters.get(entity)
    if role is None:
        raise UnknownName("character", name, [c.name for c in production.film.characters.values()])
    actor = portable.character

    def spoken_of(text: str) -> str:
        return re.sub(rf"(?<!\w){re.escape(actor.name)}(?!\w)", role.name, text) if actor.name else text

    states = [s.model_copy(update={"words": spoken_of(s.words)}) for s in actor.states]
    edit = ChangeCharacter(
        character=entity,
        noun=actor.noun,
        words=spoken_of(actor.words),
        look=BodyLookChange(**{field: getattr(actor.look, field) for field in BodyLook.model_fields}),
        states=(*states, *(s for s in role.states if s.name not in {t.name for t in states})),
        voice=actor.voice,
    )
    with project.lock():
        book, loras = AnchorBook(project.folder, project.files), LoraBook(project.folder, project.files)
        _need_free(portable, book, loras, entity)
        before = _keys(production)
        project.commit([edit], f"{actor.name} of the cast library plays {role.name}", "person")
        brought = {a.digest for a in portable.into(book, entity)}
        portable.loras_into(loras, entity)
        for digest in brought:
            book.set_aside(digest, False)
        for other in list(book.all()):
            mine = other.entity == entity and other.origin == "sheet" and still_so(project.film, other)
            if mine and other.digest not in brought and not other.set_aside:
                book.set_aside(other.digest)
        words = f"{actor.name} plays {role.name}, with {len(brought)} references"
        return _rebound(production, words, entity, lambda shot: True, before)


def _need_free(portable: Portable, book: AnchorBook, loras: LoraBook, entity: str) -> None:
    """Raises ``BadInput`` where a picture or LoRA that comes stands for somebody else in this film."""
    for saved, pixels in portable.references:
        known = book.get(pixels_digest(pixels))
        if known is not None and (known.entity, known.state) != (entity, saved.state):
            raise BadInput(
                f"{portable.character.name} is in this film already, as {known.entity}: one picture cannot "
                "stand for two. Nothing was changed."
            )
    for lora, _ in portable.loras:
        owner = loras.get(lora.digest)
        if owner is not None and owner.entity != entity:
            raise BadInput(
                f"The LoRA {lora.digest[:12]} already belongs to {owner.entity}. Nothing was changed."
            )


def _taken(
    production: Steps,
    what: str,
    entity: str,
    added: Anchor | LoraRecord,
    keep: bool,
    gone: Collection[str] = (),
) -> Changed:
    state = f" ({added.state})" if added.state else ""
    words = f"The {what}{state} is added"
    if keep:
        return Changed(f"{words}; shots that are bound stay as they are")

    project, film = production.project, production.film
    # Where sheets are drawn, a shot in another state waits for the sheet of that state.
    waits = isinstance(added, Anchor) and remembers(film, production.planner().renderer)
    book = AnchorBook(project.folder)

    def concerns(shot: Shot) -> bool:
        if _in_state(film, shot, entity, added.state) or (added.state is None and not waits):
            return True
        bound = [book.get(key) for key in _bound(shot, entity)] if waits else []
        return any(a is not None and (a.entity, a.state) == (entity, added.state) for a in bound)

    before = _keys(production)
    let_go = [
        Binding(shot.id, {entity: ()}, (), ())
        for shot in film.shots
        if set(gone) & set(_bound(shot, entity)) and not _in_state(film, shot, entity, added.state)
    ]
    commit(project, let_go, "person")
    return _rebound(production, words, entity, concerns, before, added.digest)


def _in_state(film: Film, shot: Shot, entity: str, state: str | None) -> bool:
    return any((s.entity, s.state) == (entity, state) for s in subjects(film, shot))


def _rebound(
    production: Steps,
    words: str,
    entity: str,
    concerns: Callable[[Shot], bool],
    before: dict[str, str] | None = None,
    only: str | None = None,
) -> Changed:
    """Bind the shots that it concerns anew, as to ``entity`` alone (where ``only``, just to that)."""
    project, planner = production.project, production.planner()
    film = project.film
    shots = [s for s in film.shots if any(x.entity == entity for x in subjects(film, s)) and concerns(s)]
    if not film.shots or not shots:
        return Changed(f"{words}.")
    before = _keys(production) if before is None else before
    found = [_as_to(entity, one, only) for one in bindings(project, planner, shots, {entity})]
    _loud(found, entity, wanted=only is not None)
    changed = commit(project, found, "person")
    after = _keys(production)
    again = tuple(item for item, key in after.items() if before.get(item) != key)
    return Changed(f"{words}. {_said(film, planner, changed, again)}", tuple(s.id for s in changed), again)


def _loud(found: Sequence[Binding], entity: str, wanted: bool) -> None:
    problems = [
        words for one in found for who, words in zip(one.troubled, one.problems, strict=True) if who == entity
    ]
    if problems and wanted:
        raise BadInput(f"{problems[0]} No shot was bound to the new one yet.")


def _as_to(entity: str, binding: Binding, only: str | None) -> Binding:
    """The part of a binding about one entity, and about those who give way to it."""
    references = {
        k: v for k, v in binding.references.items() if k == entity or (v == () and only is not None)
    }
    loras = {k: v for k, v in binding.loras.items() if k == entity}
    if entity in binding.troubled and only is None:  # its reference is gone, and no other takes its place
        references[entity] = ()
    if only is not None and references.get(entity) != (only,):
        references = {}
    if only is not None and only not in loras.get(entity, ()):
        loras = {}
    return replace(binding, references=references, loras=loras)


def _said(film: Film, planner: Planner, changed: Sequence[Shot], again: Sequence[str]) -> str:
    if not changed and not again:
        if references_taken(film, planner.renderer) == 0:
            return f"No shot changes: {film.settings.renderer} takes no references; another renderer will."
        return "No shot changes."
    many = f"{len(again)} shot{'' if len(again) == 1 else 's'}"
    listed = ", ".join(again[:12]) + (" ..." if again[12:] else "")
    return f"{many} will be made again by `photoplay render`: {listed}."


def _keys(production: Steps) -> dict[str, str]:
    """Key of what each shot and card shows, as planned."""
    if not production.film.shots:
        return {}
    plan = production.plan()
    return {item: plan.by_id[node].key for item, node in plan.shown.items()}


def _bound(shot: Shot, entity: str) -> tuple[str, ...]:
    uses = [(m.entity, (*m.references, *m.loras)) for m in shot.cast]
    uses += [(p.entity, (*p.references, *p.loras)) for p in shot.props]
    return (*shot.plates, *(key for who, keys in uses if who == entity for key in keys))


def _state(name: str, state: str | None, states: list[str]) -> str | None:
    if state is None or not state.strip():
        return None
    wanted = re.sub(r"[\s_]+", "-", state.strip().casefold())
    if wanted not in states:
        raise UnknownName(f"state of {name!r}", state, states)
    return wanted


def _view(film: Film, entity: str, view: SheetView | None) -> SheetView | None:
    if entity in film.places:
        if view not in (None, "plate"):
            raise BadInput(f"A picture of a place is a plate, not {view!r}.")
        return "plate"
    if view == "plate":
        raise BadInput("A plate is a picture of a place. Give the view front, three-quarter or full.")
    return view
