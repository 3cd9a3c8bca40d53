"""Is a model's treatment one that can be filmed? Small repairs that lose nothing, and what is wrong."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

from ..storyboard.call_sheet import CallSheet, plain_name
from ..storyboard.film import Brief, Line, Story
from ..storyboard.looks import Character, Place, Prop
from ..storyboard.timeline import estimated_ms
from ..storyboard.treatment import (
    TreatedLine,
    TreatedPlace,
    TreatedProp,
    TreatedScene,
    TreatedShot,
    Treatment,
)
from ..storyboard.vocabulary import LineKind
from ..storyboard.voices import language_code
from .outline.tongue import language_of
from .wire_words import Measure, measure

LONGEST_SENTENCE = 600
"""Characters of what is seen in one shot."""
_HASTE = 185 / 155
"""Lines may be spoken this much quicker than estimated before they count as too long."""
_FAR_TOO_MANY = 3
"""Times the most shots, and without an asked length times the time, that a story may have at all."""
_NEAR = (0.75, 1.25)
"""Times the fewest and the most shots: what is within is not worth asking again."""
_SURE_LETTERS = 60
"""Letters of lines from which their language is told."""
_NARRATORS = frozenset({"narrator", "narration", "none", "null", ""})


@dataclass(frozen=True)
class Checked:
    """A treatment after repair. ``wrong`` cannot be filmed; ``poor`` can, but was not what was asked."""

    treatment: Treatment
    repairs: tuple[str, ...] = ()
    wrong: tuple[str, ...] = ()
    poor: tuple[str, ...] = ()


@dataclass
class _Notes:
    repairs: list[str] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)
    poor: list[str] = field(default_factory=list)
    renamed: dict[str, str] = field(default_factory=dict)


def check_treatment(treatment: Treatment, brief: Brief) -> Checked:
    """Repair what can be repaired without loss, and say what else is wrong. Pure."""
    notes = _Notes()
    treatment = _with_shots(treatment, notes)
    treatment = _with_all_listed(treatment, notes)
    calls = _call_sheet(treatment)
    scenes = tuple(_scene(scene, calls, notes) for scene in treatment.scenes)
    treatment = treatment.model_copy(update={"scenes": scenes})
    if notes.renamed:
        pairs = ", ".join(f"{old!r} to {new!r}" for old, new in list(notes.renamed.items())[:8])
        notes.repairs.append(f"Names were set to those of the story's lists: {pairs}.")
    treatment = _in_its_language(treatment, brief, notes)
    whole = measure(brief)
    _check_lists(treatment, brief, notes)
    _check_shots(treatment, brief, whole, notes)
    _check_lines(treatment, brief, whole, notes)
    return Checked(treatment, tuple(notes.repairs), tuple(notes.wrong), tuple(notes.poor))


def _with_shots(treatment: Treatment, notes: _Notes) -> Treatment:
    scenes = tuple(scene for scene in treatment.scenes if scene.shots)
    if len(scenes) == len(treatment.scenes) or not scenes:
        return treatment
    notes.repairs.append(f"{len(treatment.scenes) - len(scenes)} scenes without a shot were left out.")
    return treatment.model_copy(update={"scenes": scenes})


def _with_all_listed(treatment: Treatment, notes: _Notes) -> Treatment:
    """Places and things that are named but not listed are listed; people are not made up so."""
    calls = _call_sheet(treatment)
    places, props = list(treatment.places), list(treatment.props)
    for scene in treatment.scenes:
        name = scene.place or scene.title or "Somewhere"
        if calls.place(name) is None and not _listed(name, places):
            places.append(TreatedPlace(name=name, words=""))
        for name in (name for shot in scene.shots for name in shot.props):
            if plain_name(name) and calls.anything(name) is None and not _listed(name, props):
                props.append(TreatedProp(name=name, words=""))
    new = [p.name for p in places[len(treatment.places) :]] + [p.name for p in props[len(treatment.props) :]]
    if not new:
        return treatment
    notes.repairs.append(f"Named in scenes without a description, and listed here: {', '.join(new[:12])}.")
    return treatment.model_copy(update={"places": tuple(places), "props": tuple(props)})


def _in_its_language(treatment: Treatment, brief: Brief, notes: _Notes) -> Treatment:
    """The language that voices will speak is that of the lines; lines in another one than the story are told.

    Only what is certain is held against a model: a text that is read as English may be any short one.
    """
    told = " ".join(line.words for _, shot in _shots(treatment) for line in shot.lines)
    letters = sum(c.isalpha() for c in told)
    heard, said = language_of(told), language_code(treatment.language)
    story = language_of(brief.idea)
    if heard != "en" and said == "en" and letters >= _SURE_LETTERS:
        notes.repairs.append(f"The lines are in {heard}, so they are spoken in {heard}, not in {said}.")
        return treatment.model_copy(update={"language": heard})
    if story != "en" and heard == "en" == said and letters >= 2 * _SURE_LETTERS:
        notes.poor.append(f"The lines are in English; the user's story is in {story}.")
    return treatment


def _listed(name: str, rows: list[Any]) -> bool:
    return any(plain_name(row.name) == plain_name(name) for row in rows)


def _call_sheet(treatment: Treatment) -> CallSheet:
    """Finds the listed name that is meant; a name is its own id here."""
    return CallSheet(
        Story.model_construct(
            title="",
            characters=tuple(
                Character.model_construct(id=c.name, name=c.name, noun=c.noun) for c in treatment.characters
            ),
            places=tuple(Place.model_construct(id=p.name, name=p.name) for p in treatment.places),
            props=tuple(Prop.model_construct(id=p.name, name=p.name) for p in treatment.props),
        )
    )


def _scene(scene: TreatedScene, calls: CallSheet, notes: _Notes) -> TreatedScene:
    place = _settle(scene.place or scene.title or "Somewhere", calls.place, notes)
    shots = tuple(_shot(shot, calls, notes) for shot in scene.shots)
    return scene.model_copy(update={"place": place, "shots": shots})


def _shot(shot: TreatedShot, calls: CallSheet, notes: _Notes) -> TreatedShot:
    def anybody(name: str | None) -> str | None:
        return calls.character(name) or calls.prop(name) or calls.place(name)

    return shot.model_copy(
        update={
            "actor": _settle(shot.actor, anybody, notes) if shot.actor else None,
            "parts": tuple(
                p.model_copy(update={"name": _settle(p.name, anybody, notes)}) for p in shot.parts
            ),
            "props": tuple(_settle(name, calls.anything, notes) for name in shot.props),
            "lines": tuple(_line(line, calls, notes) for line in shot.lines if line.words.strip()),
        }
    )


def _settle(name: str, find: Callable[[str], str | None], notes: _Notes) -> str:
    found = find(name)
    if found is None or found == name:
        return name
    notes.renamed[name] = found
    return found


def _line(line: TreatedLine, calls: CallSheet, notes: _Notes) -> TreatedLine:
    speaker = line.speaker
    if speaker is not None and calls.character(speaker) is None and plain_name(speaker) in _NARRATORS:
        speaker = None
    elif speaker is not None:
        speaker = _settle(speaker, calls.character, notes)
    kind = line.kind
    if speaker is None and kind is not LineKind.narration:
        notes.repairs.append(f"A line of nobody became narration: {line.words[:60]!r}.")
        kind = LineKind.narration
    elif speaker is not None and kind is LineKind.narration:
        notes.repairs.append(f"A line of narration is the narrator's, not {speaker!r}: {line.words[:60]!r}.")
        speaker = None
    return line.model_copy(update={"speaker": speaker, "kind": kind})


def _shots(treatment: Treatment) -> Iterator[tuple[int, TreatedShot]]:
    yield from enumerate((shot for scene in treatment.scenes for shot in scene.shots), 1)


def _check_lists(treatment: Treatment, brief: Brief, notes: _Notes) -> None:
    people = [c.name or c.noun for c in treatment.characters]
    if any(not name for name in people):
        notes.wrong.append("A character has neither name nor noun.")
    for what, names in (
        ("characters", people),
        ("places", [p.name for p in treatment.places]),
        ("props", [p.name for p in treatment.props]),
    ):
        plain = [plain_name(name) for name in names]
        twice = sorted({name for name, p in zip(names, plain, strict=True) if p and plain.count(p) > 1})
        if twice:
            notes.poor.append(f"The {what} list has the same name more than once: {', '.join(twice[:6])}.")
    if brief.characters is not None and len(people) > brief.characters:
        notes.wrong.append(f"There are {len(people)} characters; at most {brief.characters} are wanted.")


def _check_shots(treatment: Treatment, brief: Brief, whole: Measure, notes: _Notes) -> None:
    low, high = whole.shots
    count = sum(len(scene.shots) for scene in treatment.scenes)
    if count == 0:
        notes.wrong.append("There is no shot.")
        return
    if brief.shots is not None and count != brief.shots:
        notes.wrong.append(f"There are {count} shots; exactly {brief.shots} are wanted.")
    elif count > high * _FAR_TOO_MANY:
        notes.wrong.append(f"There are {count} shots; {low} to {high} fit into {whole.seconds} seconds.")
    elif not low * _NEAR[0] <= count <= high * _NEAR[1]:
        notes.poor.append(f"There are {count} shots; {low} to {high} are wanted.")
    calls = _call_sheet(treatment)
    for number, shot in _shots(treatment):
        if not shot.sentence.strip():
            notes.wrong.append(f"Shot {number} has no sentence that says what is seen.")
        elif len(shot.sentence) > LONGEST_SENTENCE:
            notes.wrong.append(f"Shot {number}: the sentence is too long; one event in one sentence.")
        for name in [*([shot.actor] if shot.actor else []), *(part.name for part in shot.parts)]:
            if plain_name(name) and calls.anything(name) is None:
                notes.poor.append(f"Shot {number}: {name!r} is in no list of characters or props.")
        for line in shot.lines:
            if line.speaker and calls.character(line.speaker) is None:
                notes.poor.append(f"Shot {number}: {line.speaker!r} speaks but is no listed character.")


def _check_lines(treatment: Treatment, brief: Brief, whole: Measure, notes: _Notes) -> None:
    lines = [line for _, shot in _shots(treatment) for line in shot.lines]
    if not brief.dialogue and (talk := [li for li in lines if li.kind is LineKind.dialogue]):
        notes.poor.append(
            f"{len(talk)} lines are dialogue, the first {talk[0].words[:60]!r}; none is wanted."
        )
    spoken = sum(estimated_ms(Line(id="line", words=li.words), treatment.language) for li in lines) / 1000
    room = whole.body * _HASTE * (1 if brief.seconds else _FAR_TOO_MANY)
    if spoken > room:
        words = sum(len(line.words.split()) for line in lines)
        notes.wrong.append(
            f"The lines have {words} words and take about {spoken:.0f} seconds to say; there are "
            f"{whole.body:.0f}. All lines together may have {whole.words[1]} words."
        )
