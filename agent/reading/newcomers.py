"""Newcomers: people, animals and things that a wish brings into the film, cast as boarding does."""

from __future__ import annotations

import re

from ...storyboard.call_sheet import CallSheet
from ...storyboard.casting import cast_more
from ...storyboard.edit_types import Add
from ...storyboard.film import Film, Scene, Shot
from ...storyboard.lexicon import look_up
from ...storyboard.looks import Character, Place, Prop
from ...storyboard.scene_stage import SceneStage
from ...storyboard.treatment import TreatedCharacter, TreatedPlace, TreatedProp
from ...storyboard.vocabulary import Side
from .draft import Cannot, Draft


def cast_into(
    film: Film,
    people: tuple[TreatedCharacter, ...] = (),
    places: tuple[TreatedPlace, ...] = (),
    things: tuple[TreatedProp, ...] = (),
) -> tuple[list[Character], list[Place], list[Prop]]:
    """Who, where and what comes into the film, cast as boarding does: with new ids, apart from all there."""
    assert film.story is not None
    return cast_more(film.story, people, places, things, film.settings.seed)


def newcomer(draft: Draft, noun: str, words: str, name: str = "") -> Character:
    """A new character, added to the film: looks by the words, apart from all others; with a voice."""
    film = draft.film
    if film.brief.characters is not None and len(film.characters) >= film.brief.characters:
        raise Cannot(
            f"At most {film.brief.characters} characters were asked for, and the film has "
            f"{len(film.characters)}. Ask for more first."
        )
    bare = re.sub(r"^(?:the|a|an|her|his|their|some|another)\s+", "", noun.strip(), flags=re.I)
    shown = name or f"the {bare}"
    treated = TreatedCharacter(name=shown, noun=bare, words=words, being=None)
    [character], _, _ = cast_into(film, people=(treated,))
    draft.do(Add(character=character))
    draft.read_as.append(f"a new character: {character.name}")
    draft.about(entities=(character.id,))
    return draft.film.characters[character.id]


def new_thing(draft: Draft, noun: str, words: str = "") -> Prop:
    """A new prop, added to the film."""
    film = draft.film
    bare = re.sub(r"^(?:the|a|an|her|his|their|some|another|its)\s+", "", noun.strip(), flags=re.I)
    _, _, [prop] = cast_into(film, things=(TreatedProp(name=bare, words=words or f"a {bare}"),))
    draft.do(Add(prop=prop))
    draft.read_as.append(f"a new thing: {prop.name}")
    if not prop.look.known:
        draft.notice(f"No drawing is known of {bare!r}: it is drawn as a shape with its name.")
    draft.about(entities=(prop.id,))
    return draft.film.props[prop.id]


def sort_of(noun: str) -> str | None:
    """``being``, ``thing`` or ``place`` for a noun that the lexicon knows, else None."""
    entry = look_up(noun)
    if entry is None:
        return None
    return {"person": "being", "creature": "being"}.get(entry.sort, entry.sort)


_SPOTS = list(Side)


def stage_of(film: Film, scene_id: str, newcomers: tuple[str, ...] = ()) -> SceneStage:
    """The stage of a scene as its shots have it: who stands left of whom, what is in hand, who is how."""
    assert film.story is not None
    scene: Scene = film.scenes[scene_id]
    shots = [s for s in film.shots if s.scene == scene_id]
    order: list[str] = []
    for shot in sorted(shots, key=lambda s: -len(s.cast)):
        for member in sorted(shot.cast, key=lambda m: _SPOTS.index(m.side)):
            if member.entity not in order:
                order.append(member.entity)
    order += [i for i in newcomers if i not in order and i in film.characters]
    stage = SceneStage(
        film.story, scene, CallSheet(film.story), {one: rank for rank, one in enumerate(order)}
    )
    return stage


def settled(stage: SceneStage, shot: Shot | None) -> SceneStage:
    """The stage with the states and the things in hand of a shot."""
    if shot is not None:
        for member in shot.cast:
            if member.state:
                stage.states[member.entity] = member.state
            for prop in member.holds:
                stage.held[prop] = member.entity
        for use in shot.props:
            if use.state:
                stage.states[use.entity] = use.state
    return stage
