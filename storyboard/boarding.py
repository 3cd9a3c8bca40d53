"""Boarding: a treatment and its story -> shots with staging, camera, light, sound and length.

Every choice that the writer left open is made here, once, by the grammar of film (``staging.py``,
``coverage.py``, ``lighting.py``) and stored in the shots. Pure: equal input, equal output.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import partial

from .call_sheet import CallSheet
from .casting import seeded
from .coverage import (
    RANK,
    Slot,
    angles_of,
    by_muzzle,
    insert_fits,
    lens_of,
    move_of,
    seen_size,
    settle,
    size_of,
    view_of,
)
from .film import Brief, Camera, Card, Event, Line, Scene, Settings, Shot, Story
from .leading import led
from .lexicon.store import data
from .lighting import light_of, silhouette_fits
from .looks import Voice
from .performing import event_of
from .rate import Rate
from .scene_stage import SceneStage
from .staging import MOST_FIGURES, Blocking, axis_of, block, company_of, inseparable, seen_from_behind
from .timeline import BREATH_FRAMES, estimated_ms
from .treatment import TreatedScene, TreatedShot, Treatment
from .vocabulary import (
    MIXED,
    Action,
    Angle,
    Beat,
    Being,
    Hour,
    LightKey,
    LineKind,
    Move,
    Opening,
    ShotSize,
    Stature,
    View,
)

CARD_SECONDS = 3
"""Length of the title and of the end card in a film that has room for them."""
LEAD_SECONDS = 0.4
"""Picture before the first word of a shot."""
_LENGTHS = {0: 4.5, 1: 4.0, 2: 3.5, 3: 3.3, 4: 3.2, 5: 3.0, 6: 2.8, 7: 2.5, 8: 2.4}
"""Seconds of a shot without words, by the rank of its size: a wide one takes longer to read."""
_MIX_SECONDS = 0.75
_FADE_SECONDS = 0.6
_LOGLINE_ON_CARD = 110
_CREDIT = "made with Photoplay"
"""Who wrote, drew and spoke is in the delivery's own record; boarding knows of none of them."""


_ON_THE_GROUND = frozenset({Action.sit, Action.lie, Action.sleep, Action.kneel})
"""Acts from which nobody is on the feet again within one take."""


@dataclass
class _Film:
    """What goes on from shot to shot through the whole film."""

    shots: list[Shot]
    seen: set[str] = field(default_factory=set)
    """Places that were shown."""
    handheld: int = 0
    continues: int = 0
    shown: tuple[str, Camera] | None = None
    """Place and camera of the shot before, as it is seen: a new scene of the same place cuts with it."""
    sizes: list[ShotSize] = field(default_factory=list)
    """Size of every shot, as it is seen."""
    tight: int = 0
    """Shots of the place in a row since its last wide one."""
    about: dict[str, int] = field(default_factory=dict)
    """Order from left to right of the last scene of somebody with who never moves, as a tree, or of the two
    of whom the film is, where they were seen together more than once."""


def board(
    treatment: Treatment, story: Story, brief: Brief, settings: Settings
) -> tuple[tuple[Shot, ...], Card, Card]:
    """The shots in order, the title card and the end card.

    Shot ids are ``s01``, ``s02`` ...; line ids ``s01-1``. Lengths are estimates that hold the words at
    the voice's pace; ``fitting.fit`` sets them to what is measured and to the asked length. With
    ``brief.dialogue`` False no line of dialogue is kept; the shot's notes say what was left out.
    """
    calls = CallSheet(story)
    total = sum(len(scene.shots) for scene in treatment.scenes)
    digits = max(2, len(str(total)))
    film = _Film([])
    rooted = [c.id for c in story.characters if c.look.being is Being.plant]
    two = frozenset() if rooted else inseparable(treatment, calls)
    constant = rooted or sorted(two)[:1]
    for index, (treated, scene) in enumerate(zip(treatment.scenes, story.scenes, strict=True)):
        axis = axis_of(treated.shots, calls, _turned(treated, index))
        axis = seen_from_behind(axis, constant, film.about)
        if len(axis) > 1 and not axis.keys().isdisjoint(constant):
            film.about = axis
        stage = SceneStage(story, scene, calls, axis)
        light = _light(stage, treated, settings)
        _scene(film, treated, stage, light, brief, settings, (digits, total))
    seconds = settings.rate.frames(CARD_SECONDS)
    told = story.logline.strip() if len(story.logline) <= _LOGLINE_ON_CARD else ""
    body = "" if told.strip(" .!?").lower() == story.title.strip(" .!?").lower() else told
    opening = Card(id="opening", heading=story.title, body=body, frames=seconds)
    the_end = data("voices")["the_end"].get(story.language, "")
    credit = _CREDIT if story.language == "en" else ""
    heading = treatment.ending or the_end or story.title
    ending = Card(id="ending", heading=heading, body=credit, frames=seconds)
    shots = led(film.shots, settings.rate) if settings.j_cuts else tuple(film.shots)
    return shots, opening, ending


def _turned(treated: TreatedScene, index: int) -> bool:
    """The lead stands on the right where the scene goes home; the axis is new in each scene."""
    return treated.beat is Beat.resolution and index > 0


def _light(stage: SceneStage, treated: TreatedScene, settings: Settings) -> LightKey:
    named = {i for shot in treated.shots for name in shot.props if (i := stage.calls.prop(name))}
    things = [stage.things[i] for i in sorted(named)]
    return light_of(stage.scene, stage.place.look, things, settings.style)


def _scene(
    film: _Film,
    treated: TreatedScene,
    stage: SceneStage,
    light: LightKey,
    brief: Brief,
    settings: Settings,
    numbering: tuple[int, int],
) -> None:
    digits, total = numbering
    inserts = 0
    before: Camera | None = None
    same = film.shown is not None and film.shown[0] == stage.place.id
    film.tight = film.tight if same else 0
    opened = len(film.shots)
    shown = film.shown[1] if film.shown is not None and same else None
    for turn, wish in enumerate(treated.shots):
        number = len(film.shots) + 1
        slot = Slot(
            first_of_film=number == 1,
            last_of_film=number == total,
            first_of_scene=turn == 0,
            last_of_scene=turn == len(treated.shots) - 1,
            inserts=inserts,
            handheld=film.handheld,
            tight=film.tight,
            returning=stage.place.id in film.seen,
            there=same or turn > 0,
            unseen=turn == 2 and all(_near(shot) for shot in film.shots[opened:]),
        )
        shot_id = f"s{number:0{digits}}"
        rng = random.Random(seeded(settings.seed, "camera", shot_id))
        goes_on = before is not None and _goes_on(film, treated.shots, turn, before, stage, total)
        camera, blocking, seen = _shoot(film, stage, wish, slot, before, shown, goes_on, turn, rng)
        if goes_on and before is not None:
            camera = _held(camera, before, wish.move, rng)
        opens, overlap = _opening(film, wish, stage.scene, slot, goes_on, settings.rate)
        lines, notes = _lines(wish, shot_id, stage, brief)
        notes += [f"{name} found no room in the picture" for name in blocking.left_out]
        outlined = silhouette_fits(stage.scene, stage.place.look, camera.size) and slot.last_of_film
        lead, frames = _timed(lines, camera.size, overlap, stage.story, settings.rate, wish.seconds)
        film.shots.append(
            Shot(
                id=shot_id,
                scene=stage.scene.id,
                event=blocking.event,
                opening=wish.opening,
                closing=wish.closing,
                cast=blocking.cast,
                props=blocking.props,
                camera=camera,
                light=LightKey.silhouette if outlined else light,
                frames=frames,
                opens=opens,
                overlap=overlap,
                lines=tuple(lines),
                lead=lead,
                seed=seeded(settings.seed, "shot", shot_id),
                notes="; ".join(notes),
                runs_on=wish.runs_on,
            )
        )
        inserts += camera.size is ShotSize.insert
        film.handheld += camera.move is Move.handheld
        film.continues += opens is Opening.continue_
        film.tight = film.tight + 1 if _near(film.shots[-1]) else 0
        before = camera
        over = camera.view is View.over_shoulder
        shown = camera.model_copy(update={"size": camera.size if over else seen(camera.size)})
        film.shown = stage.place.id, shown
        film.sizes.append(shown.size)
    film.seen.add(stage.place.id)


def _shoot(
    film: _Film,
    stage: SceneStage,
    wish: TreatedShot,
    slot: Slot,
    before: Camera | None,
    shown: Camera | None,
    goes_on: bool,
    turn: int,
    rng: random.Random,
) -> tuple[Camera, Blocking, Callable[[ShotSize], ShotSize]]:
    """The camera, who stands where, and in which size one that is asked for is seen.

    ``shown`` is the camera ``before`` with the size that was seen.
    """
    place = stage.place.look
    event = event_of(wish, stage.calls, stage.looks, place.kind)
    prop = event.target if event.target in stage.things else None
    company = company_of(wish, stage.calls)
    muzzle = by_muzzle(wish, event, [stage.looks[i] for i in company if i in stage.looks])
    sizes = size_of(wish, event, stage.scene, place, slot, muzzle)
    if not wish.size and len(company) > MOST_FIGURES:  # nearer, some would be left out
        sizes = [s for s in sizes if RANK[s] <= RANK[ShotSize.full]] or [ShotSize.full]
    if not wish.size and insert_fits(wish, event, slot, prop):
        sizes = [ShotSize.insert, *sizes]
    look = stage.looks.get(event.actor or "")
    stature = look.stature if look else Stature.medium
    ends = slot.last_of_film and event.actor is not None
    angles = angles_of(wish, event, stage.scene, stature, sizes[0], ends)
    fixed = wish.size is not None, ends or wish.angle is not None
    seen = partial(seen_size, treated=wish, event=event, muzzle=muzzle)
    asked = film.shots[-1].camera.size if shown is not None else None
    size, angle = settle(sizes, angles, shown, fixed, seen, film.sizes, asked)
    if goes_on and before is not None:
        size = before.size
    elif size is ShotSize.insert and not wish.angle and angle not in (Angle.eye, Angle.high):
        angle = Angle.high
    speakers = {line.speaker for line in wish.lines if line.speaker}
    close = RANK[size] >= RANK[ShotSize.close]
    chosen = size
    blocking = block(stage, wish, size, single=close and len(speakers) < 2 and wish.view is None)
    view = view_of(wish, event, size, len(blocking.cast), turn, not goes_on and _met(wish, blocking, stage))
    if _over_a_shoulder(view, event, wish):
        size = ShotSize.medium_full
        if before is not None and (before.view is view or (before.size, before.angle) == (size, angle)):
            size, view = chosen, View.objective
    lead = next((m for m in blocking.cast if m.entity == event.actor), None)
    move = move_of(wish, event, stage.scene, slot, size, lead, before.move if before else None, rng)
    focus = _focus(blocking, size, view, prop)
    if size is ShotSize.two_shot and len(blocking.cast) != 2:
        size = ShotSize.medium
    lens = lens_of(size, place)
    return Camera(size=size, angle=angle, view=view, move=move, lens=lens, focus=focus), blocking, seen


def _met(wish: TreatedShot, blocking: Blocking, stage: SceneStage) -> bool:
    """Whether one of two people does something on account of the other, and the writer left the size open."""
    people = all(stage.looks[m.entity].being is Being.person for m in blocking.cast)
    return wish.size is None and people and blocking.event.target in {m.entity for m in blocking.cast}


def _over_a_shoulder(view: View, event: Event, wish: TreatedShot) -> bool:
    """Whether the grammar of film asks for a shot over a shoulder of what needs more room than talk."""
    open_to_it = wish.size is None and wish.view is None and view is View.over_shoulder
    return open_to_it and event.action in (Action.wave, Action.hide)


def _near(shot: Shot) -> bool:
    """Whether a shot does not show where it is."""
    return RANK[shot.camera.size] > RANK[ShotSize.full]


def _focus(blocking: Blocking, size: ShotSize, view: View, prop: str | None) -> str | None:
    """Whom or what is framed; None for the whole staging."""
    if size is ShotSize.insert:
        first = next((use.entity for use in blocking.props), None)
        return prop or first or next((m.entity for m in blocking.cast), None)
    here = [m.entity for m in blocking.cast]
    if RANK[size] <= RANK[ShotSize.full] or size is ShotSize.two_shot or not here:
        return None
    actor = blocking.event.actor
    if view is View.over_shoulder and len(here) == 2:
        return actor if actor in here else here[0]
    if len(here) > 1 and RANK[size] <= RANK[ShotSize.medium]:
        return None
    return actor if actor in here else here[0]


def _goes_on(
    film: _Film, wishes: Sequence[TreatedShot], turn: int, before: Camera, stage: SceneStage, total: int
) -> bool:
    """Whether the shot goes on from the one before in one take: same figures, nothing set otherwise.

    At most one in a short film, two in a longer one, and never to open or end a scene.
    """
    wish, last = wishes[turn], film.shots[-1]
    if wish.opens is not None:
        return wish.opens is Opening.continue_ and not (wish.size or wish.angle or wish.view)
    if film.continues >= (1 if total <= 12 else 2) or turn == len(wishes) - 1:
        return False
    if wish.size or wish.angle or wish.view or wish.move or last.opens is Opening.continue_:
        return False
    names = {wish.actor, wish.target, *(p.name for p in wish.parts), *(s.speaker for s in wish.lines)}
    figures = {i for name in names if (i := stage.calls.character(name))}
    same = figures == {m.entity for m in last.cast} and bool(figures)
    sized = RANK[ShotSize.full] <= RANK[before.size] <= RANK[ShotSize.medium_close]
    event = event_of(wish, stage.calls, stage.looks, stage.place.look.kind)
    # Nobody is seen to get up.
    rises = last.event.action in _ON_THE_GROUND and event.action not in _ON_THE_GROUND
    return same and sized and not rises and before.view is View.objective


def _held(camera: Camera, before: Camera, wished: Move | None, rng: random.Random) -> Camera:
    """The framing of the shot before, going on with another move."""
    moves = [m for m in (Move.push_in, Move.drift, Move.static) if m is not before.move]
    return camera.model_copy(
        update={
            "size": before.size,
            "angle": before.angle,
            "view": before.view,
            "lens": before.lens,
            "focus": before.focus,
            "move": wished or rng.choice(moves),
        }
    )


def _opening(
    film: _Film, wish: TreatedShot, scene: Scene, slot: Slot, goes_on: bool, rate: Rate
) -> tuple[Opening, int]:
    """How the shot opens, and over how many frames."""
    opens = wish.opens
    if opens is Opening.continue_ and (slot.first_of_scene or not goes_on):
        opens = Opening.match if not slot.first_of_scene else None
    if opens is None:
        if slot.first_of_film:
            opens = Opening.fade
        elif slot.first_of_scene:
            opens = _between_scenes(film, scene)
        elif goes_on:
            opens = Opening.continue_
        else:
            last = film.shots[-1]
            echoes = last.event.target is not None and last.event.target == last.camera.focus
            opens = Opening.match if echoes and last.camera.size is ShotSize.insert else Opening.cut
    frames = _MIX_SECONDS if opens in MIXED else _FADE_SECONDS if opens is Opening.fade else 0.0
    return opens, max(12, rate.frames(frames)) if frames else 0


def _between_scenes(film: _Film, scene: Scene) -> Opening:
    """A fade where the story falls silent (into the crisis) or a night passes; else a dissolve."""
    dark = scene.beat is Beat.crisis or scene.hour is Hour.dawn
    return Opening.fade if dark and film.shots[-1].opens is not Opening.fade else Opening.dissolve


def _lines(wish: TreatedShot, shot_id: str, stage: SceneStage, brief: Brief) -> tuple[list[Line], list[str]]:
    lines: list[Line] = []
    notes: list[str] = []
    for treated in wish.lines:
        if not treated.words.strip():
            continue
        speaker = stage.calls.character(treated.speaker)
        kind = treated.kind if speaker or treated.kind is LineKind.narration else LineKind.narration
        if kind is LineKind.narration:
            speaker = None
        if kind is LineKind.dialogue and not brief.dialogue:
            notes.append(f"dialogue left out as asked: {treated.words}")
            continue
        number = len(lines) + 1
        acts = bool(speaker) and speaker == stage.calls.character(wish.actor)
        lines.append(
            Line(
                id=f"{shot_id}-{number}",
                speaker=speaker,
                kind=kind,
                words=treated.words.strip(),
                delivery=treated.delivery or (wish.manner if acts else ""),
            )
        )
    return lines, notes


def _timed(
    lines: list[Line], size: ShotSize, overlap: int, story: Story, rate: Rate, seconds: int | None
) -> tuple[int, int]:
    """Lead and length in frames: room for the words as estimated, and for the picture to be read.

    ``seconds`` is the length that the writer's form sets; words are never cut off for it.
    """
    lead = max(rate.frames(LEAD_SECONDS), overlap) if lines else 0
    voices = {c.id: c.voice for c in story.characters}
    heard = 0
    for line in lines:
        voice: Voice = voices[line.speaker] if line.speaker else story.narrator
        milliseconds = estimated_ms(line, story.language, voice.pace)
        heard += -(-milliseconds * rate.num // (rate.den * 1000)) + BREATH_FRAMES
    wanted = rate.frames(seconds if seconds is not None else _LENGTHS[RANK[size]])
    return lead, max(wanted, lead + heard)
