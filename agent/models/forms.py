"""The forms of a story written in steps: who and where, then scenes, then the shots of one scene.

Each form is as small as it can be. Names that were settled are the only values that a later form takes
for them, so that weights bound to a form, and servers that keep to it, cannot invent one.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from pydantic import BaseModel

from ...storyboard.schema import Data, Name, Text
from ...storyboard.treatment import (
    TreatedCharacter,
    TreatedLine,
    TreatedPart,
    TreatedPlace,
    TreatedProp,
    TreatedShot,
)
from ...storyboard.vocabulary import Beat, Hour, LineKind, Mood, Move, Season, ShotSize, Weather
from ..language_model import AnswerForm
from ..wire_schema import strictly

MOST_LISTED = 16
"""Characters, places and props that a story written in steps may have of each."""
_LENGTHS = {
    "title": 80, "logline": 300, "language": 12, "era": 60, "look_words": 200, "name": 60, "noun": 60,
    "words": 300, "place": 60, "summary": 400, "sentence": 300, "verb": 24, "target": 60, "manner": 60,
    "state": 80, "actor": 60, "speaker": 60,
}  # fmt: skip
"""Characters that weights on this machine may write into a field; servers are not told."""
_LONGEST = 300
_MOST_ITEMS = 4


class StepStory(Data):
    """What is settled first: whom, where and what the story is about."""

    title: Name
    logline: Text
    language: Name
    """ISO 639 code of the story's language."""
    season: Season
    mood: Mood
    era: Name
    look_words: Text
    characters: tuple[TreatedCharacter, ...]
    places: tuple[TreatedPlace, ...]
    props: tuple[TreatedProp, ...]


class StepScene(Data):
    """One scene before it has shots."""

    title: Name
    beat: Beat
    place: Name
    hour: Hour
    weather: Weather
    mood: Mood
    summary: Text
    """What happens in it, in one or two sentences."""


class StepScenes(Data):
    """Scenes, in order."""

    scenes: tuple[StepScene, ...]


class StepLine(Data):
    """A line: narrator where ``speaker`` is None."""

    speaker: Name | None
    words: Text


class StepPart(Data):
    """Who is in a shot besides the actor."""

    name: Name
    state: Text


class StepShot(Data):
    """One shot: one event."""

    sentence: Text
    """What is seen, in one present-tense sentence with one event."""
    actor: Name | None
    verb: Name
    target: Name | None
    manner: Name
    parts: tuple[StepPart, ...]
    props: tuple[Name, ...]
    size: ShotSize | None
    move: Move | None
    lines: tuple[StepLine, ...]

    def treated(self) -> TreatedShot:
        """The shot as a treatment has it; the grammar of film decides what was not asked."""
        return TreatedShot(
            sentence=self.sentence,
            actor=self.actor,
            verb=self.verb,
            target=self.target,
            manner=self.manner,
            parts=tuple(TreatedPart(name=p.name, state=p.state, expression=None) for p in self.parts),
            props=self.props,
            size=self.size,
            angle=None,
            view=None,
            move=self.move,
            opens=None,
            opening="",
            closing="",
            lines=tuple(
                TreatedLine(
                    speaker=line.speaker,
                    kind=LineKind.narration if line.speaker is None else LineKind.dialogue,
                    words=line.words,
                )
                for line in self.lines
            ),
        )  # fmt: skip


class StepShots(Data):
    """The shots of a scene, or some of them, in order."""

    shots: tuple[StepShot, ...]


def story_form(most_characters: int | None) -> AnswerForm:
    """The form of the first answer."""
    most = MOST_LISTED if most_characters is None else min(MOST_LISTED, most_characters)
    schema = _form(StepStory, {}, {"characters": (0, most), "places": (1, 8), "props": (0, 8)})
    return AnswerForm("story", schema, 4_000)


def scenes_form(count: int, places: Iterable[str]) -> AnswerForm:
    """The form of an answer with exactly ``count`` scenes at these places."""
    schema = _form(StepScenes, {"place": tuple(places)}, {"scenes": (count, count)})
    return AnswerForm("scenes", schema, 400 + 300 * count)


def shots_form(
    count: int, people: Iterable[str], things: Iterable[str], *, dialogue: bool = True
) -> AnswerForm:
    """The form of an answer with exactly ``count`` shots of these people and things."""
    people, things = tuple(people), tuple(things)
    anybody = (*people, *things)
    names = {
        "actor": anybody, "name": anybody, "props": things, "speaker": people if dialogue else (),
    }  # fmt: skip
    bounds = {"shots": (count, count), "parts": (0, 3 if anybody else 0), "props": (0, 3 if things else 0)}
    schema = _form(StepShots, names, {**bounds, "lines": (0, 2)})
    return AnswerForm("shots", schema, 400 + 450 * count)


def _form(
    kind: type[BaseModel], names: Mapping[str, tuple[str, ...]], counts: Mapping[str, tuple[int, int]]
) -> dict[str, Any]:
    """The strict schema of ``kind``, with the only ``names`` a field takes and how many there may be."""

    def bound(field: str, part: Mapping[str, Any]) -> dict[str, Any]:
        made = dict(part)
        if "properties" in made:
            made["properties"] = {name: bound(name, inner) for name, inner in made["properties"].items()}
        if "anyOf" in made:
            options = [bound(field, option) for option in made["anyOf"]]
            if field in names and not names[field]:
                options = [option for option in options if option.get("type") == "null"]
            made["anyOf"] = options
        if made.get("type") == "array":
            made["items"] = bound(field, made["items"])
            low, high = counts.get(field, (0, _MOST_ITEMS))
            made |= {"minItems": low, "maxItems": high}
        if made.get("type") == "string" and "enum" not in made:
            if names.get(field):
                made["enum"] = list(names[field])
            else:
                made["maxLength"] = _LENGTHS.get(field, _LONGEST)
        return made

    schema = strictly(_asked(kind.model_json_schema()))
    whole = bound("", schema)
    if "$defs" in schema:
        whole["$defs"] = {name: bound("", part) for name, part in schema["$defs"].items()}
    return whole


def _asked(schema: Any) -> Any:
    """The schema without what need not be given, which only other forms of a story have."""
    if isinstance(schema, list):
        return [_asked(part) for part in schema]
    if not isinstance(schema, dict):
        return schema
    made = {name: _asked(part) for name, part in schema.items()}
    if isinstance(made.get("properties"), dict):
        needed = made.get("required", [])
        made["properties"] = {name: part for name, part in made["properties"].items() if name in needed}
    return made
