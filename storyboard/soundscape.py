"""The soundscape: what is heard besides words and music, and when. A pure function of the film.

A *bed* is an ambience that lies under a run of shots: the place at its hour, and its weather. An *effect* is
a sound that something in a shot makes. Both are found in ``lexicon/sounds.json``; where nothing there is
known to sound, nothing is placed. Names, and not lengths or places in the film, say which sounds are made.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import Any

from pydantic import Field

from .film import Event, Film, Scene, Shot
from .lexicon.store import data
from .lexicon.verbs import inflections
from .looks import BodyLook
from .rate import Rate
from .schema import Data, Id, digest
from .timeline import Timeline
from .vocabulary import Action, Being, Distance, Hour, Season, ShotSize, Side, Weather

MOST_EFFECTS = 2
"""Of a shot: more is noise."""
BED_MS = 30_000
"""Length of the sound from which a bed of any length is laid."""
VARIANTS = 3
"""Of an effect, so that two doors of a film are not the same door."""
_CROSSFADE_S, _LAST_FADE_S = 0.5, 1.0
_BETWEEN_THUNDERS_S = 14.0
_LEAST_FRAMES = 6
_DARK = frozenset({Hour.evening, Hour.night})
_GAITS = {Action.walk: "walk", Action.run: "run", Action.sneak: "sneak"}
_WINGED = frozenset({Being.bird, Being.dragon})
_WALKERS = frozenset({Being.person, Being.robot})
_PANS = {Side.far_left: -60, Side.left: -35, Side.centre: 0, Side.right: 35, Side.far_right: 60}
_FAR = {ShotSize.extreme_wide: -6, ShotSize.wide: -4, ShotSize.full: -2}
_WORD = re.compile(r"[^\W\d_]+(?:['’]t)?")


class Bed(Data):
    """An ambience from frame ``start`` up to ``stop``, its fades within."""

    name: Id
    start: int = Field(ge=0)
    stop: int
    rise: int = Field(ge=0)
    """Frames of the fade at its beginning: equal in power with the one before."""
    fall: int = Field(ge=0)
    level: int
    """LU against the lines."""


class EffectCue(Data):
    """A sound of a shot from frame ``start`` up to ``stop``; ``variant`` is which of its kind."""

    shot: Id
    name: Id
    variant: int = Field(ge=0)
    start: int
    stop: int
    level: int
    """LU against the lines, at its loudest."""
    pan: int = Field(0, ge=-100, le=100)
    """Where it comes from: -100 left, 100 right."""


class Soundscape(Data):
    """Beds and effects in the order in which they begin."""

    beds: tuple[Bed, ...] = ()
    effects: tuple[EffectCue, ...] = ()

    @property
    def wanted(self) -> tuple[tuple[str, int, int], ...]:
        """The sounds to make, each once and sorted: (name, variant, milliseconds)."""
        beds = {(bed.name, 0, BED_MS) for bed in self.beds}
        return tuple(sorted(beds | {(e.name, e.variant, length_ms(e.name)) for e in self.effects}))


def sound_names() -> list[str]:
    """Every ambience and effect that can be placed, sorted."""
    return sorted({**_data("ambiences"), **_data("effects")})


def length_ms(name: str) -> int:
    """Milliseconds for which a sound is made. Raises ``KeyError`` for a name that there is none of."""
    return BED_MS if name in _data("ambiences") else int(_data("effects")[name]["ms"])


def soundscape(film: Film, laid: Timeline) -> Soundscape:
    """Every sound of the film as it lies on its timeline; none where effects are off."""
    if film.story is None or film.settings.effects == "off":
        return Soundscape()
    shots = {shot.id: shot for shot in film.shots}
    under = [_beds_of(film, shots[c.item]) if c.item in shots else {} for c in laid.clips]
    effects: list[EffectCue] = []
    quiet_until = 0
    for clip in laid.clips:
        shot = shots.get(clip.item)
        if shot is not None:
            heard = _effects_of(film, shot, thunders=clip.start >= quiet_until)
            if "thunder" in heard:
                quiet_until = clip.start + _frames(laid.rate, _BETWEEN_THUNDERS_S)
            effects += (_cue(film, shot, name, clip.start, laid) for name in heard)
    return Soundscape(beds=tuple(_laid(laid, under)), effects=tuple(c for c in effects if c.stop > c.start))


# -- beds -----------------------------------------------------------------------------------------------


def _beds_of(film: Film, shot: Shot) -> dict[str, int]:
    """Ambiences of a shot, with their levels."""
    names = ambiences_of(film, film.scenes[shot.scene])
    return {name: int(_data("ambiences")[name]) for name in names}


def ambiences_of(film: Film, scene: Scene) -> list[str]:
    """What a scene's place sounds like at its hour, and its weather; empty where that is not known."""
    assert film.story is not None
    look = film.places[scene.place].look
    row = _data("places").get(look.kind.value, {})
    inside = _is_inside(look.kind.value, look.interior)
    base = row.get("night" if scene.hour in _DARK else "day", "")
    if look.interior and row:
        base = row.get("inside", base if data("places").get(look.kind.value, {}).get("interior") else "room")
    if _is_wintry(film, scene) and not inside:
        base = _data("winter").get(base, base)
    if any(word in film.story.era.lower() for word in _data("old-times")):
        base = _data("before-engines").get(base, base)
    weather = ""
    if look.kind.value not in _data("weather")["none"]:
        weather = _data("weather")["inside" if inside else "outside"].get(scene.weather.value, "")
    if weather.startswith("wind") and base.startswith("wind"):
        weather = ""
    return [name for name in (base, weather) if name]


def _is_inside(kind: str, interior: bool) -> bool:
    return interior or bool(data("places").get(kind, {}).get("interior"))


def _is_wintry(film: Film, scene: Scene) -> bool:
    assert film.story is not None
    return scene.weather is Weather.snow or film.story.season is Season.winter


def _laid(laid: Timeline, under: list[dict[str, int]]) -> Iterator[Bed]:
    """Runs of clips with the same ambience as one bed, with their fades."""
    fade = _frames(laid.rate, _CROSSFADE_S)
    runs: dict[str, tuple[int, int]] = {}
    found: list[Bed] = []
    for n, names in enumerate([*under, {}]):
        for name in [one for one in runs if one not in names]:
            first, level = runs.pop(name)
            last = laid.clips[n - 1]
            found.append(_bed(name, laid, laid.clips[first].start, last.start + last.frames, fade, level))
        for name, level in names.items():
            runs.setdefault(name, (n, level))
    yield from sorted(found, key=lambda bed: (bed.start, bed.name))


def _bed(name: str, laid: Timeline, start: int, stop: int, fade: int, level: int) -> Bed:
    ends = stop >= laid.frames
    begins, lasts = max(0, start - fade // 2), min(laid.frames, stop + fade - fade // 2)
    fall = _frames(laid.rate, _LAST_FADE_S) if ends else fade
    half = max(1, (lasts - begins) // 2)
    return Bed(name=name, start=begins, stop=lasts, rise=min(fade, half), fall=min(fall, half), level=level)


def _frames(rate: Rate, seconds: float) -> int:
    return max(1, round(float(rate.fps) * seconds))


# -- effects --------------------------------------------------------------------------------------------


def _cue(film: Film, shot: Shot, name: str, at: int, laid: Timeline) -> EffectCue:
    row = _data("effects")[name]
    start = at + max(0, (shot.head + shot.frames) * int(row.get("at", 0)) // 100 - shot.head)
    rings = start + _frames(laid.rate, int(row["ms"]) / 1000)
    stop = min(laid.frames, at + shot.frames if row.get("holds") else rings, rings)
    actor = next((m for m in shot.cast if m.entity == shot.event.actor), None)
    far = _FAR.get(shot.camera.size, 0) - (3 if actor and actor.distance is Distance.far else 0)
    variant = int(digest([name, shot.id])[:6], 16) % VARIANTS
    pan = _PANS[actor.side] if actor and name != "thunder" else 0
    return EffectCue(
        shot=shot.id,
        name=name,
        variant=variant,
        start=start,
        stop=stop,
        level=int(row["level"]) + far,
        pan=pan,
    )


def _effects_of(film: Film, shot: Shot, *, thunders: bool) -> list[str]:
    """Names of what sounds in a shot: at most two, what is told by words first."""
    place = film.places[film.scenes[shot.scene].place].look.kind.value
    if shot.frames < _LEAST_FRAMES or place in _data("airless") or shot.take_sound == "keep":
        return []
    found = [name for name in (*_told(film, shot), *_done(film, shot, place)) if name in _data("effects")]
    if place == "underwater":
        found = [name for name in found if name in _data("heard-underwater")]
    storm = film.scenes[shot.scene].weather is Weather.storm and place not in _data("weather")["none"]
    if storm and thunders:
        found.insert(0, "thunder")
    return list(dict.fromkeys(found))[:MOST_EFFECTS]


def _told(film: Film, shot: Shot) -> Iterator[str]:
    """By the words of the event: its verb, what cannot but sound, and who acts. None where it is denied."""
    event = shot.event
    words = _words(event.sentence)
    if any(w in _data("unsaid") or w.endswith("n't") for w in words):
        return
    for word in _WORD.findall(event.verb.lower()):
        if word in _verbs():
            yield _verbs()[word]
    yield from (_data("nouns")[w] for w in words if w in _data("nouns"))
    look = _body(film, event.actor)
    if look is not None and look.being is not Being.person and _calls(shot):
        yield _data("calls").get(look.species, "")
    kind = _thing(film, event.actor)
    if kind and (event.action is not Action.stand or kind in _data("still")):
        yield _data("actors").get(kind, "")


def _calls(shot: Shot) -> bool:
    """Whether an animal that acts is heard: where it sings or talks, and else in every second shot."""
    action = shot.event.action.value
    at_times = action in _data("at-times") and int(digest(["call", shot.id])[:4], 16) % 2 == 0
    return at_times or action in _data("calling")


def _done(film: Film, shot: Shot, place: str) -> Iterator[str]:
    """By the closed action: with what it is done, and how a body moves. None where it is not done."""
    event, action = shot.event, shot.event.action
    if any(w in _data("undone") or w.endswith("n't") for w in _words(event.sentence)):
        return
    by_thing: list[str] = []
    handled = _data("of-target").get(action.value, {})
    if handled and event.known:
        held = [h for m in shot.cast if m.entity == event.actor for h in m.holds]
        kinds = [_thing(film, one) or _species(film, one) for one in (event.target, *held)]
        words = set(_WORD.findall(event.sentence.lower()))
        kinds += [kind for kind in handled if kind in words or f"{kind}s" in words]
        by_thing = [handled[kind] for kind in kinds if kind in handled]
        yield from by_thing
    look = _body(film, event.actor)
    if look is None or not event.known:
        return
    if action in _GAITS:
        yield from _steps(film, shot, look, place)
    elif action is Action.fly:
        yield "wings" if look.being in _WINGED else "bee" if look.species == "bee" else ""
    elif action in (Action.swim, Action.dive) and place == "underwater":
        yield "bubbles" if look.being is Being.person else ""
    elif action is Action.swim:
        yield "swim" if place in _data("water") and look.being is not Being.fish else ""
    elif action is Action.dive:
        yield "splash" if place in _data("water") else ""
    elif action is Action.work and not by_thing:
        yield _crafted(film, event) or _data("work-at").get(place, "")
    else:
        yield _data("actions").get(action.value, "")
    if action.value in _data("moves"):
        yield "servo" if look.being is Being.robot else "cloth" if look.being is Being.person else ""


def _crafted(film: Film, event: Event) -> str:
    """By what is mended or built; empty where neither it nor the craft is known to sound."""
    words = _words(event.sentence)
    crafts = any(word in _crafts() for word in _words(event.verb))
    if not crafts or any(word in _data("not-crafted") for word in words):
        return ""
    things = [_thing(film, event.target), *words]
    made = {thing: name for name, kinds in _data("crafted").items() for thing in kinds}
    return next((made[thing] for thing in things if thing in made), "")


def _steps(film: Film, shot: Shot, look: BodyLook, place: str) -> Iterator[str]:
    scene = film.scenes[shot.scene]
    ground = _data("places").get(place, {}).get("ground", "")
    if look.species in _data("hoofed"):
        yield "hooves-run" if shot.event.action is Action.run else "hooves-walk"
    elif look.being in _WALKERS and ground:
        interior = film.places[scene.place].look.interior
        if interior and ground not in ("stone", "metal"):
            ground = "wood"
        if scene.weather is Weather.snow and not _is_inside(place, interior):
            ground = "snow"
        yield f"steps-{ground}-{_GAITS[shot.event.action]}"


def _words(text: str) -> list[str]:
    return [word.lower().replace("’", "'") for word in _WORD.findall(text)]


def _body(film: Film, entity: str | None) -> BodyLook | None:
    found = film.characters.get(entity or "")
    return found.look if found else None


def _species(film: Film, entity: str | None) -> str:
    look = _body(film, entity)
    return look.species if look else ""


def _thing(film: Film, entity: str | None) -> str:
    found = film.props.get(entity or "")
    return found.look.kind if found else ""


def _data(section: str) -> Any:
    return data("sounds")[section]


@cache
def _verbs() -> dict[str, str]:
    """Every inflection of the verbs that sound, and its sound."""
    return {form: name for lemma, name in _data("verbs").items() for form in _forms(lemma)}


@cache
def _crafts() -> frozenset[str]:
    """Every inflection of the verbs that sound as what they are done to."""
    return frozenset(form for lemma in _data("crafts") for form in _forms(lemma))


def _forms(lemma: str) -> tuple[str, ...]:
    return (lemma, *inflections(lemma), *data("verbs")["irregular"].get(lemma, ()))
