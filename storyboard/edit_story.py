"""Edits of the story, of who, where and what is in it, and of the film as a whole."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from . import edit_types as e
from .edit_parts import (
    M,
    changed,
    forget,
    item_ids,
    known,
    named,
    on,
    placed_after,
    present,
    reshot,
    story_of,
    swapped,
    with_decisions,
    with_story,
)
from .edit_rename import rename
from .errors import BadInput, UnknownName
from .film import Decisions, Film, Scene
from .looks import Character, Place, Prop
from .sheet_picture import drawn_in


@on.register
def _(edit: e.Tell, film: Film) -> Film:
    fields = {name: getattr(film, name) for name in Film.model_fields}
    told = {name: getattr(edit, name) for name in ("story", "shots", "opening", "ending", "wrote")}
    return Film(**(fields | told | {"decisions": Decisions(recorded=film.decisions.recorded)}))


def _change_entity(film: Film, kind: str, old: Any, edit: Any, *names: str) -> Film:
    parts = named(edit, *names)
    if edit.look is not None:
        parts["look"] = changed(old.look, named(edit.look, *type(edit.look).model_fields))
    new = changed(old, parts)
    if new is old:
        return film
    after = with_story(film, **{kind: swapped(getattr(story_of(film), kind), old, new)})
    seen = ("look", "words", "noun", "states")
    if any(getattr(old, part, None) != getattr(new, part, None) for part in seen):
        after = _unbound(after, old.id)
    return after


def _unbound(film: Film, entity: str | None = None) -> Film:
    """Without references to an entity that looks otherwise now; None lets all references go.

    LoRA weights of an entity go with them; where everything is let go (another style), they stay.
    """
    gone: dict[str, Any] = {"references": ()} if entity is None else {"references": (), "loras": ()}

    def so(use: M) -> M:
        return changed(use, gone) if entity in (None, getattr(use, "entity", None)) else use

    shots = tuple(
        changed(
            shot,
            {
                "cast": tuple(so(member) for member in shot.cast),
                "props": tuple(so(use) for use in shot.props),
                "plates": () if entity in (None, film.scenes[shot.scene].place) else shot.plates,
            },
        )
        for shot in film.shots
    )
    return changed(film, {"shots": shots})


def _without_plates(film: Film, scene: str) -> Film:
    """Without plates in a scene that is elsewhere now, or at another hour."""
    shots = tuple(changed(s, {"plates": ()}) if s.scene == scene else s for s in film.shots)
    return changed(film, {"shots": shots})


@on.register
def _(edit: e.ChangeCharacter, film: Film) -> Film:
    old = known(film.characters, "character", edit.character)
    after = _change_entity(film, "characters", old, edit, "noun", "words", "states", "voice", "locked")
    if edit.voice is None or edit.voice == old.voice:
        return after
    return forget(after, lines=[ln.id for s in film.shots for ln in s.lines if ln.speaker == old.id])


@on.register
def _(edit: e.ChangePlace, film: Film) -> Film:
    old = known(film.places, "place", edit.place)
    return _change_entity(film, "places", old, edit, "words", "states")


@on.register
def _(edit: e.ChangeProp, film: Film) -> Film:
    old = known(film.props, "prop", edit.prop)
    return _change_entity(film, "props", old, edit, "words", "states")


@on.register
def _(edit: e.Add, film: Film) -> Film:
    story = story_of(film)
    parts: dict[str, Any] = {}
    if edit.character is not None:
        parts["characters"] = (*story.characters, edit.character)
    if edit.place is not None:
        parts["places"] = (*story.places, edit.place)
    if edit.prop is not None:
        parts["props"] = (*story.props, edit.prop)
    if edit.scene is not None:
        ids = [scene.id for scene in story.scenes]
        last = ids[-1] if ids else None
        parts["scenes"] = placed_after(story.scenes, edit.scene, edit.after or last, ids, "scene")
    if not parts:
        raise BadInput("Nothing to add: name a character, a place, a prop or a scene.")
    return with_story(film, **parts)


@on.register
def _(edit: e.Restyle, film: Film) -> Film:
    after = changed(film, {"settings": changed(film.settings, named(edit, "style"))})
    words = named(edit, "look_words", "era", "season", "mood")
    after = with_story(after, **words) if words else after
    return after if drawn_in(after) == drawn_in(film) else _unbound(after)


@on.register
def _(edit: e.Rename, film: Film) -> Film:
    story_of(film)
    after = rename(film, edit.what, edit.id, edit.name)
    said = {line.id: line.words for shot in after.shots for line in shot.lines}
    return forget(after, lines=[ln.id for s in film.shots for ln in s.lines if said[ln.id] != ln.words])


@on.register
def _(edit: e.SetState, film: Film) -> Film:
    entities: dict[str, Character | Place | Prop] = {**film.characters, **film.places, **film.props}
    entity = known(entities, "character, place or prop", edit.entity)
    states = [state.name for state in entity.states]
    if edit.state and edit.state not in states:
        raise UnknownName(f"state of {entity.name!r}", edit.state, states)
    state = edit.state or None
    if isinstance(entity, Place):
        if edit.scene is None and edit.shot is None:
            raise BadInput(f"Say in which scene {entity.name!r} is to be so.")
        scene = known(film.scenes, "scene", edit.scene or film.shot(edit.shot or "").scene)
        if scene.place != entity.id:
            raise BadInput(f"Scene {scene.id!r} is not at {entity.name!r}.")
        return _with_scene(film, scene, {"place_state": state})
    if edit.shot is None:
        raise BadInput(f"Say in which shot {entity.name!r} is to be so.")
    shot = film.shot(edit.shot)
    if entity.id not in present(shot):
        raise BadInput(f"{entity.name!r} is not in shot {shot.id!r}.")

    def so(use: M) -> M:
        if getattr(use, "entity", None) != entity.id or getattr(use, "state", None) == state:
            return use
        return changed(use, {"state": state, "references": (), "loras": ()})

    cast = tuple(so(member) for member in shot.cast)
    return reshot(film, shot.id, {"cast": cast, "props": tuple(so(use) for use in shot.props)})


def _with_scene(film: Film, scene: Scene, changes: Mapping[str, Any]) -> Film:
    new = changed(scene, changes)
    if new is scene:
        return film
    after = with_story(film, scenes=swapped(story_of(film).scenes, scene, new))
    same = all(getattr(new, part) == getattr(scene, part) for part in ("place", "place_state", "hour"))
    return after if same else _without_plates(after, scene.id)


@on.register
def _(edit: e.SetScene, film: Film) -> Film:
    scene = known(film.scenes, "scene", edit.scene)
    if edit.place is not None:
        known(film.places, "place", edit.place)
    parts = named(edit, "beat", "place", "hour", "weather", "mood", "words")
    if edit.place not in (None, scene.place):
        parts["place_state"] = None
    return _with_scene(film, scene, parts)


@on.register
def _(edit: e.SetNarrator, film: Film) -> Film:
    if story_of(film).narrator == edit.voice:
        return film
    after = with_story(film, narrator=edit.voice)
    return forget(after, lines=[ln.id for s in film.shots for ln in s.lines if ln.speaker is None])


@on.register
def _(edit: e.SetCard, film: Film) -> Film:
    old = getattr(film, edit.where)
    after = changed(film, {edit.where: edit.card})
    return after if old is None or old.id in item_ids(after) else forget(after, [old.id])


@on.register
def _(edit: e.Setting, film: Film) -> Film:
    parts = named(
        edit,
        "width",
        "height",
        "rate",
        "seed",
        "style",
        "renderer",
        "writer",
        "subtitles",
        "lower_thirds",
        "credits",
        "j_cuts",
        "grade",
        "match",
        "effects",
        "credentials",
        "music",
    )
    merged = film.settings.values | edit.values
    parts["values"] = {name: value for name, value in merged.items() if value is not None}
    if edit.sounds:
        own = film.settings.sounds | edit.sounds
        parts["sounds"] = {name: sound for name, sound in own.items() if sound is not None}
    after = changed(film, {"settings": changed(film.settings, parts)})
    return after if drawn_in(after) == drawn_in(film) else _unbound(after)


@on.register
def _(edit: e.Decide, film: Film) -> Film:
    return with_decisions(film, recorded=(*film.decisions.recorded, edit.decision))


@on.register
def _(edit: e.SetBrief, film: Film) -> Film:
    return changed(film, {"brief": edit.brief})


@on.register
def _(edit: e.Replace, film: Film) -> Film:
    return edit.film
