"""``picture(film, shot)``: the one structured description that all renderers read.

It holds no display name, title, path or position in the list, so renaming and moving shots
render nothing again. Names inside sentences are replaced by what the character *is*.
"""

from __future__ import annotations

import re
from typing import ClassVar

from .beyond import Beyond, beyond_of
from .craft import Craft, craft_of
from .film import CastMember, Film, PropUse, Shot, state_of
from .looks import BodyLook, PlaceLook, State, ThingLook
from .schema import Data, Grown, Id, Key, Text
from .unsealed import unsealed
from .vocabulary import (
    Action,
    Angle,
    Distance,
    Dress,
    Expression,
    Facing,
    Hour,
    Lens,
    LightKey,
    Mark,
    Mood,
    Move,
    PlaceKind,
    Season,
    ShotSize,
    Side,
    Stature,
    Style,
    View,
    Weather,
)


class FigureIn(Data):
    """A character as seen in one shot."""

    id: Id
    noun: Text
    words: Text
    look: BodyLook
    """The look with the state's changes already applied."""
    marks: tuple[Mark, ...] = ()
    state_words: Text = ""
    action: Action = Action.stand
    expression: Expression = Expression.neutral
    side: Side = Side.centre
    distance: Distance = Distance.middle
    facing: Facing = Facing.camera
    gaze: Id | None = None
    holds: tuple[Id, ...] = ()
    speaks: bool = False
    """True where a line of dialogue of this character is heard in the shot (its mouth moves)."""
    references: tuple[Key, ...] = ()


class ThingIn(Data):
    """A prop as seen in one shot."""

    id: Id
    words: Text
    look: ThingLook
    marks: tuple[Mark, ...] = ()
    state_words: Text = ""
    side: Side = Side.centre
    distance: Distance = Distance.middle
    held: bool = False
    references: tuple[Key, ...] = ()


class PlaceIn(Grown):
    """The place as seen in one shot."""

    id: Id
    words: Text
    look: PlaceLook
    marks: tuple[Mark, ...] = ()
    state_words: Text = ""
    references: tuple[Key, ...] = ()
    airless: bool = False
    """A planet on which anybody of the film wears a space suit, whether or not in this shot."""

    later: ClassVar[frozenset[str]] = frozenset({"references", "airless"})


class CameraIn(Data):
    """The camera, with the framed entity."""

    size: ShotSize = ShotSize.medium
    angle: Angle = Angle.eye
    view: View = View.objective
    move: Move = Move.static
    lens: Lens = Lens.normal
    focus: Id | None = None
    words: Text = ""


class Picture(Grown):
    """Everything that is to be seen in one shot. Closed values beside free words."""

    later: ClassVar[frozenset[str]] = frozenset({"craft", "beyond"})

    sentence: Text
    opening: Text = ""
    closing: Text = ""
    actor: Id | None = None
    action: Action = Action.stand
    target: Id | None = None
    manner: Text = ""
    place: PlaceIn
    hour: Hour = Hour.morning
    season: Season = Season.summer
    weather: Weather = Weather.clear
    mood: Mood = Mood.calm
    light: LightKey = LightKey.natural
    light_words: Text = ""
    style: Style = Style.cut_paper
    style_words: Text = ""
    era: Text = ""
    camera: CameraIn = CameraIn()
    figures: tuple[FigureIn, ...] = ()
    things: tuple[ThingIn, ...] = ()
    craft: Craft | None = None
    """The boat of the film where one may be in the shot; None: as the sentence alone tells it."""
    beyond: Beyond | None = None
    """The place behind the door through which somebody goes, where the next shot plays in another."""


def picture(film: Film, shot: Shot) -> Picture:
    """The description of what ``shot`` shows. Pure: equal input, equal output."""
    assert film.story is not None
    scene = film.scenes[shot.scene]
    place = film.places[scene.place]
    place_state = state_of(place, scene.place_state)
    held = {prop for member in shot.cast for prop in member.holds}
    unnamed = _Unnamed(film)
    return Picture(
        sentence=unnamed(shot.event.sentence),
        opening=unnamed(shot.opening),
        closing=unnamed(shot.closing),
        actor=shot.event.actor,
        action=shot.event.action,
        target=shot.event.target,
        manner=shot.event.manner,
        place=PlaceIn(
            id=place.id,
            words=unnamed(place.words),
            look=place.look,
            marks=place_state.marks if place_state else (),
            state_words=place_state.words if place_state else "",
            references=shot.plates,
            airless=place.look.kind is PlaceKind.planet
            and any(c.look.dress is Dress.spacesuit for c in film.story.characters),
        ),
        hour=scene.hour,
        season=film.story.season,
        weather=scene.weather,
        mood=scene.mood,
        light=shot.light,
        light_words=shot.light_words,
        style=film.settings.style,
        style_words=film.story.look_words,
        era=film.story.era,
        camera=CameraIn(**shot.camera.model_dump()),
        figures=tuple(_figure(film, shot, member, unnamed) for member in shot.cast),
        things=tuple(_thing(film, shot, use, use.entity in held, unnamed) for use in shot.props),
        craft=craft_of(film, shot),
        beyond=beyond_of(film, shot),
    )


def _figure(film: Film, shot: Shot, member: CastMember, unnamed: _Unnamed) -> FigureIn:
    character = film.characters[member.entity]
    state = state_of(character, member.state)
    return FigureIn(
        id=character.id,
        noun=character.noun,
        words=unnamed(character.words),
        look=dressed(character.look, state),
        marks=state.marks if state else (),
        state_words=state.words if state else "",
        action=member.action,
        expression=member.expression,
        side=member.side,
        distance=member.distance,
        facing=member.facing,
        gaze=member.gaze,
        holds=member.holds,
        speaks=any(line.speaker == character.id and line.kind == "dialogue" for line in shot.lines),
        references=member.references,
    )


def _thing(film: Film, shot: Shot, use: PropUse, held: bool, unnamed: _Unnamed) -> ThingIn:
    prop = film.props[use.entity]
    state = state_of(prop, use.state)
    marks = state.marks if state else ()
    if unsealed(film, shot, prop) and not {Mark.open, Mark.closed} & set(marks):
        marks = (*marks, Mark.open)
    return ThingIn(
        id=prop.id,
        words=unnamed(prop.words),
        look=prop.look,
        marks=marks,
        state_words=state.words if state else "",
        side=use.side,
        distance=use.distance,
        held=held,
        references=use.references,
    )


_BESIDES = re.compile(r"\b(?:with|in|wearing|carrying|holding|whose)\b[^,.;]*")
"""Words of a state that tell of things: who is in a tiny hat is not tiny."""


def dressed(look: BodyLook, state: State | None) -> BodyLook:
    """The look with a state's changes of dress, hat, age, size ("tiny", "giant") and things worn applied."""
    if state is None:
        return look
    changed: dict[str, object] = {
        name: value
        for name in ("dress", "dress_colour", "hat", "age")
        if (value := getattr(state, name)) is not None
    }
    for stature in (Stature.tiny, Stature.giant):
        if re.search(rf"\b{stature.value}\b", _BESIDES.sub("", state.words)):
            changed["stature"] = stature
    changed["worn"] = tuple(dict.fromkeys((*look.worn, *state.worn)))
    return look.model_copy(update=changed)


def unnamed(film: Film, text: str) -> str:
    """``text`` with what bears them in place of display names, as in every picture of the film."""
    return _Unnamed(film)(text)


class _Unnamed:
    """Replaces display names by what bears them, so that a picture never depends on a name."""

    def __init__(self, film: Film) -> None:
        self._names, self._bearers = film.name_bearers

    def __call__(self, text: str) -> str:
        if self._names is None or not text:
            return text
        replaced = self._names.sub(lambda m: self._bearers[m[1]], text)
        return replaced[:1].upper() + replaced[1:] if text[:1].isupper() else replaced
