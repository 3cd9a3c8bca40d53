"""Newcomers: people, animals and things that a wish brings into the film, cast as boarding does."""

from __future__ import annotations

import re

from ...storyboard.call_sheet import CallSheet, new_id
from ...storyboard.casting import cast
from ...storyboard.edit_types import Add
from ...storyboard.film import Brief, Film, Scene, Shot, Story
from ...storyboard.lexicon import look_up
from ...storyboard.looks import BodyLook, Character, Prop
from ...storyboard.scene_stage import SceneStage
from ...storyboard.treatment import TreatedCharacter, TreatedProp, TreatedScene, Treatment
from ...storyboard.vocabulary import Beat, Being, Hour, Mood, Season, Side, Weather
from ...storyboard.voices import voices
from ...storyboard.wardrobe import set_apart
from .draft import Cannot, Draft


def _story(film: Film, characters: tuple[TreatedCharacter, ...], props: tuple[TreatedProp, ...]) -> Story:
    """A story of nobody and nothing else, cast as boarding does."""
    scene = TreatedScene(
        title="",
        beat=Beat.setup,
        place="somewhere",
        place_state="",
        hour=Hour.morning,
        weather=Weather.clear,
        mood=Mood.calm,
        shots=(),
    )
    treatment = Treatment(
        title="",
        logline="",
        language=film.story.language if film.story else "en",
        season=Season.summer,
        mood=Mood.calm,
        era="",
        look_words="",
        characters=characters,
        places=(),
        props=props,
        scenes=(scene,),
    )
    return cast(treatment, Brief(idea="newcomers"), film.settings.seed)


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
    made: Character = _story(film, (treated,), ()).characters[0]
    if made.look.being is Being.person and re.search(r"(?<!wo)man$", bare.lower()):
        made = made.model_copy(update={"look": made.look.model_copy(update={"presents": "man"})})
    every = frozenset(BodyLook.model_fields)
    looks = set_apart(
        [*((c.look, every) for c in film.characters.values()), (made.look, frozenset())], film.settings.seed
    )
    heard = voices(
        [*(c.look for c in film.characters.values()), looks[-1]],
        film.story.language if film.story else "en",
        film.settings.seed,
    )
    taken = [*film.characters, *film.places, *film.props]
    character = made.model_copy(
        update={"id": new_id(shown, taken, "character"), "look": looks[-1], "voice": heard[-1]}
    )
    draft.do(Add(character=character))
    draft.read_as.append(f"a new character: {character.name}")
    draft.about(entities=(character.id,))
    return draft.film.characters[character.id]


def new_thing(draft: Draft, noun: str, words: str = "") -> Prop:
    """A new prop, added to the film."""
    film = draft.film
    bare = re.sub(r"^(?:the|a|an|her|his|their|some|another|its)\s+", "", noun.strip(), flags=re.I)
    made: Prop = _story(film, (), (TreatedProp(name=bare, words=words or f"a {bare}"),)).props[0]
    taken = [*film.characters, *film.places, *film.props]
    prop = made.model_copy(update={"id": new_id(bare, taken, "thing")})
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
