"""What a model asked for becomes edits of the film, with the same casting and staging as a new film's."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from ...storyboard.boarding import board
from ...storyboard.call_sheet import new_id
from ...storyboard.casting import cast
from ...storyboard.edit_types import (
    Add,
    AddLine,
    ChangeCharacter,
    ChangePlace,
    ChangeProp,
    Edit,
    Insert,
    Recast,
    Retime,
    SetBrief,
    SetCard,
    SetNarrator,
    SetState,
)
from ...storyboard.edits import apply
from ...storyboard.errors import BadInput, UnknownName
from ...storyboard.film import CastMember, Film, Line, PropUse, Scene, Shot, Story
from ...storyboard.lexicon import state, state_id
from ...storyboard.looks import Character, Place, Prop
from ...storyboard.treatment import (
    TreatedCharacter,
    TreatedLine,
    TreatedPart,
    TreatedPlace,
    TreatedProp,
    TreatedScene,
    TreatedShot,
    Treatment,
)
from ...storyboard.vocabulary import LineKind, Opening
from . import model_edits as m


def made_of(film: Film, asked: Any) -> list[Edit]:
    """The edits that ``asked`` (a ``ModelEdit``) means for the film. Raises ``BadInput`` where it does not
    fit; nothing is applied."""
    make = _MAKERS.get(type(asked))
    if make is not None:
        return make(film, asked)
    return [asked]


def _story(film: Film) -> Story:
    if film.story is None:
        raise BadInput("The film has no story yet.")
    return film.story


def _one(table: dict[str, Any], what: str, name: str) -> Any:
    if name not in table:
        raise UnknownName(what, name, list(table))
    return table[name]


def _character(film: Film, asked: m.LookOfCharacter) -> list[Edit]:
    character = _one(film.characters, "character", asked.character)
    voice = {k: v for k, v in (("pitch", asked.pitch), ("pace", asked.pace)) if v is not None}
    return [
        ChangeCharacter(
            character=asked.character, noun=asked.noun, words=asked.words, look=asked.look,
            voice=character.voice.model_copy(update=voice) if voice else None, locked=asked.locked,
        )
    ]  # fmt: skip


def _state(film: Film, asked: m.InState) -> list[Edit]:
    entities: dict[str, Character | Place | Prop] = {**film.characters, **film.places, **film.props}
    entity = _one(entities, "character, place or prop", asked.entity)
    edits: list[Edit] = []
    name = state_id(asked.words) if asked.words.strip() else ""
    if name and name not in {known.name for known in entity.states}:
        states = (*entity.states, state(asked.words))
        if isinstance(entity, Character):
            edits.append(ChangeCharacter(character=entity.id, states=states))
        elif isinstance(entity, Place):
            edits.append(ChangePlace(place=entity.id, states=states))
        else:
            edits.append(ChangeProp(prop=entity.id, states=states))
    if not asked.shots:
        raise BadInput("Say in which shots the state is seen: shots is empty.")
    return edits + [SetState(entity=entity.id, state=name, shot=shot) for shot in asked.shots]


def _stage(film: Film, asked: m.Stage) -> list[Edit]:
    shot = film.shot(asked.shot)
    parts = {k: v for k in _STAGED if (v := getattr(asked, k)) is not None}
    if asked.entity in film.props:
        return [Recast(shot=shot.id, props=_props(shot, asked, parts))]
    _one(film.characters, "character or prop", asked.entity)
    there = {member.entity: member for member in shot.cast}
    if asked.present is False:
        if asked.entity not in there:
            raise BadInput(f"{asked.entity!r} is not in shot {shot.id!r}.")
        return [Recast(shot=shot.id, cast=tuple(x for x in shot.cast if x.entity != asked.entity))]
    found = there.get(asked.entity)
    new = CastMember(entity=asked.entity) if found is None else found
    new = CastMember.model_validate({**new.model_dump(), **parts})
    members = tuple(new if member.entity == asked.entity else member for member in shot.cast)
    edits: list[Edit] = [Recast(shot=shot.id, cast=members if found is not None else (*members, new))]
    held = set(asked.holds or ()) - {use.entity for use in shot.props}
    if held:
        uses = (*shot.props, *(PropUse(entity=prop) for prop in sorted(held)))
        edits = [Recast(shot=shot.id, cast=edits[0].cast, props=uses)]  # type: ignore[union-attr]
    return edits


_STAGED = ("action", "expression", "side", "distance", "facing", "holds")


def _props(shot: Shot, asked: m.Stage, parts: dict[str, Any]) -> tuple[PropUse, ...]:
    kept = tuple(use for use in shot.props if use.entity != asked.entity)
    if asked.present is False:
        return kept
    found = next((use for use in shot.props if use.entity == asked.entity), PropUse(entity=asked.entity))
    staged = {k: v for k, v in parts.items() if k in ("side", "distance")}
    return (*kept, found.model_copy(update=staged))


def _length(film: Film, asked: m.Length) -> list[Edit]:
    edits: list[Edit] = [Retime(frames={asked.item: asked.frames})]
    return edits + _free_length(film)


def _free_length(film: Film) -> list[Edit]:
    """A length that a person sets stands: the film is no more stretched to the length that was asked once."""
    if film.brief.seconds is None:
        return []
    return [SetBrief(brief=film.brief.model_copy(update={"seconds": None}))]


def _asked(film: Film, asked: m.Asked) -> list[Edit]:
    parts = {k: v for k, v in (("seconds", asked.seconds), ("shots", asked.shots)) if v is not None}
    if asked.any_length:
        parts["seconds"] = None  # type: ignore[assignment]
    return [SetBrief(brief=film.brief.model_copy(update=parts))]


def _narrator(film: Film, asked: m.NarratorVoice) -> list[Edit]:
    voice = {k: v for k, v in (("pitch", asked.pitch), ("pace", asked.pace)) if v is not None}
    return [SetNarrator(voice=_story(film).narrator.model_copy(update=voice))]


def _card(film: Film, asked: m.CardWords) -> list[Edit]:
    card = film.opening if asked.where == "opening" else film.ending
    if card is None:
        raise BadInput(f"The film has no {asked.where} card.")
    new = card.model_copy(update={"heading": asked.heading, "body": asked.body})
    return [SetCard(where=asked.where, card=new)]


def _line(film: Film, asked: m.NewLine) -> list[Edit]:
    shot = film.shot(asked.shot)
    taken = {line.id for s in film.shots for line in s.lines}
    name = next(i for n in range(1, 100_000) if (i := f"{shot.id}-{n}") not in taken)
    line = Line(id=name, speaker=asked.speaker, kind=asked.kind, words=asked.words)
    return [AddLine(shot=shot.id, line=line, after=shot.lines[-1].id if shot.lines else None)]


# -- new ones, cast and staged as a new film's are --------------------------------------------


def _treatment(film: Film, **parts: Any) -> Treatment:
    story = _story(film)
    whole: dict[str, Any] = {
        "title": story.title, "logline": "", "language": story.language, "season": story.season,
        "mood": story.mood, "era": "", "look_words": "", "characters": (), "places": (), "props": (),
        "scenes": (),
    }  # fmt: skip
    return Treatment(**(whole | parts))


def _taken(film: Film) -> set[str]:
    return {*film.characters, *film.places, *film.props}


def _new_character(film: Film, asked: m.NewCharacter) -> list[Edit]:
    person = TreatedCharacter(name=asked.name, noun=asked.noun, words=asked.words, being=asked.being)
    found = cast(_treatment(film, characters=(person,)), film.brief, film.settings.seed).characters[0]
    one = new_id(asked.name, _taken(film), "character")
    return [Add(character=found.model_copy(update={"id": one}))]


def _new_place(film: Film, asked: m.NewPlace) -> list[Edit]:
    place = TreatedPlace(name=asked.name, words=asked.words)
    found = cast(_treatment(film, places=(place,)), film.brief, film.settings.seed).places[0]
    return [Add(place=found.model_copy(update={"id": new_id(asked.name, _taken(film), "place")}))]


def _new_prop(film: Film, asked: m.NewProp) -> list[Edit]:
    prop = TreatedProp(name=asked.name, words=asked.words)
    found = cast(_treatment(film, props=(prop,)), film.brief, film.settings.seed).props[0]
    return [Add(prop=found.model_copy(update={"id": new_id(asked.name, _taken(film), "thing")}))]


def _new_scene(film: Film, asked: m.NewScene) -> list[Edit]:
    _one(film.places, "place", asked.place)
    numbers = range(1, len(film.scenes) + 2)
    one = next(i for n in reversed(numbers) if (i := f"scene-{n}") not in film.scenes)
    scene = Scene(
        id=one, title=asked.title, beat=asked.beat, place=asked.place, hour=asked.hour,
        weather=asked.weather, mood=asked.mood,
    )  # fmt: skip
    return [Add(scene=scene, after=asked.after)]


def _new_shot(film: Film, asked: m.NewShot) -> list[Edit]:
    story = _story(film)
    beside = film.shot(asked.after) if asked.after is not None else film.shots[0]
    scene = film.scenes[beside.scene]
    called = {c.id: c.name for c in story.characters} | {p.id: p.name for p in story.props}
    called |= {p.id: p.name for p in story.places}

    def name(given: str | None) -> str | None:
        return called.get(given, given) if given else None

    lines = (
        (TreatedLine(speaker=None, kind=LineKind.narration, words=asked.narration),)
        if asked.narration.strip()
        else ()
    )
    others = tuple(TreatedPart(name=str(name(o)), state="", expression=None) for o in asked.others)
    wish = TreatedShot(
        sentence=asked.sentence, actor=name(asked.actor), verb=asked.verb, target=name(asked.target),
        manner="", parts=others,
        props=tuple(str(name(p)) for p in asked.props), size=asked.size, angle=asked.angle, view=None,
        move=asked.move, opens=Opening.cut, opening="", closing="", lines=lines,
    )  # fmt: skip
    treated = TreatedScene(
        title=scene.title, beat=scene.beat, place=film.places[scene.place].name, place_state="",
        hour=scene.hour, weather=scene.weather, mood=scene.mood, shots=(wish,),
    )  # fmt: skip
    alone = story.model_copy(update={"scenes": (scene,)})
    shots, _, _ = board(_treatment(film, scenes=(treated,)), alone, film.brief, film.settings)
    shot = _beside(film, shots[0], beside)
    edits: list[Edit] = [Insert(shot=shot, after=asked.after), *_free_length(film)]
    if film.brief.shots is not None:
        brief = film.brief.model_copy(update={"shots": len(film.shots) + 1, "seconds": None})
        edits[1:] = [SetBrief(brief=brief)]
    return edits


def _beside(film: Film, shot: Shot, beside: Shot) -> Shot:
    """The new shot with an id of its own, and everybody in the state and on the side of the shot beside."""
    taken = {s.id for s in film.shots}
    one = next(
        i for n in range(1, 100_000) if (i := f"{beside.id}-{chr(96 + n) if n < 27 else n}") not in taken
    )
    before = {member.entity: member for member in beside.cast}
    cast_there = tuple(
        member.model_copy(update={"state": before[member.entity].state, "side": before[member.entity].side})
        if member.entity in before and len(shot.cast) <= len(beside.cast)
        else member
        for member in shot.cast
    )
    lines = tuple(line.model_copy(update={"id": f"{one}-{n}"}) for n, line in enumerate(shot.lines, 1))
    light = beside.light
    return shot.model_copy(
        update={
            "id": one, "cast": cast_there, "lines": lines, "light": light, "opens": Opening.cut, "overlap": 0,
        }
    )  # fmt: skip


_MAKERS: dict[type, Callable[[Film, Any], list[Edit]]] = {
    m.LookOfCharacter: _character,
    m.LookOfPlace: lambda film, x: [ChangePlace(place=x.place, words=x.words, look=x.look)],
    m.LookOfProp: lambda film, x: [ChangeProp(prop=x.prop, words=x.words, look=x.look)],
    m.InState: _state,
    m.Stage: _stage,
    m.Length: _length,
    m.NewShot: _new_shot,
    m.NewCharacter: _new_character,
    m.NewPlace: _new_place,
    m.NewProp: _new_prop,
    m.NewScene: _new_scene,
    m.NewLine: _line,
    m.NarratorVoice: _narrator,
    m.CardWords: _card,
    m.Asked: _asked,
}


def all_of(film: Film, asked: tuple[Any, ...]) -> tuple[tuple[Edit, ...], Film]:
    """The edits of all, each made for the film after those before it, and the film after them.

    Raises ``BadInput`` that names which one does not fit.
    """
    edits: list[Edit] = []
    for number, one in enumerate(asked, 1):
        try:
            for edit in made_of(film, one):
                edits.append(edit)
                film = apply(film, edit)
        except BadInput as error:
            raise BadInput(f"Edit {number} ({one.op}): {error}") from None
    return tuple(edits), film
