"""Coverage: size, angle, view, move and lens of each shot by the grammar of film.

What the writer set stays. The rest follows the habits of the trade: establish wide and go in; look down
on the lonely and up at the strong; go close for feeling, and onto a thing for an insert; move with
whoever moves; never cut between two shots of the same size and angle (the 30-degree rule), and change
the distance before three shots are alike.
"""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from .film import Camera, CastMember, Event, Scene
from .lexicon import manner_of
from .looks import BodyLook, PlaceLook
from .seen_whole import SEEN_WHOLE
from .treatment import TreatedShot
from .vocabulary import (
    Action,
    Angle,
    Beat,
    Being,
    Facing,
    Lens,
    Mood,
    Move,
    PlaceKind,
    ShotSize,
    Stature,
    View,
)

RANK = {
    ShotSize.extreme_wide: 0,
    ShotSize.wide: 1,
    ShotSize.full: 2,
    ShotSize.medium_full: 3,
    ShotSize.two_shot: 4,
    ShotSize.medium: 4,
    ShotSize.medium_close: 5,
    ShotSize.close: 6,
    ShotSize.extreme_close: 7,
    ShotSize.insert: 8,
}
"""Steps of the ladder of sizes, from far to near. A two-shot is framed like a medium."""
MOST_TIGHT = 4
"""Shots of one place in a row without a wide one, before the place is shown again."""
BAND = {
    ShotSize.extreme_wide: 0,
    ShotSize.wide: 0,
    ShotSize.full: 1,
    ShotSize.medium_full: 2,
    ShotSize.two_shot: 2,
    ShotSize.medium: 2,
    ShotSize.medium_close: 3,
    ShotSize.close: 3,
    ShotSize.extreme_close: 3,
    ShotSize.insert: 4,
}
"""What an audience tells apart: the place, whole bodies, bodies cut at knee or waist, faces, a thing."""
_ALIKE, _AGAIN, _UNSUITED = 6, 1, 6
"""What a third shot in one band costs, a second, and a size that does not suit, in places down the list."""
_VAST = frozenset(
    (
        PlaceKind.sea,
        PlaceKind.desert,
        PlaceKind.mountain,
        PlaceKind.sky,
        PlaceKind.space,
        PlaceKind.snowfield,
        PlaceKind.moon,
        PlaceKind.planet,
        PlaceKind.city,
        PlaceKind.island,
    )
)
_FEELING = frozenset((Action.cry, Action.hug, Action.laugh, Action.think, Action.listen))
_STRENGTH = frozenset((Action.fight, Action.climb, Action.rise, Action.push, Action.pull))
_TRAVELLING = frozenset(
    (Action.walk, Action.run, Action.ride, Action.drive, Action.row, Action.swim, Action.sneak, Action.fly)
)
_BODILY = frozenset((Action.dance, Action.jump, Action.fall, Action.dig, Action.throw, Action.perform))
_DOWN = frozenset((Action.kneel, Action.sit, Action.lie, Action.sneak, Action.hide, Action.dive))
"""Acts of the legs that a bust does not show."""
_WHOLE = frozenset((Action.climb, Action.float, Action.sleep))
"""More acts of the whole body, which the animatic steps back for."""
_BETWEEN = frozenset(
    (
        Action.hug,
        Action.give,
        Action.take,
        Action.reach,
        Action.hold,
        Action.push,
        Action.pull,
        Action.fight,
        Action.talk,
        Action.laugh,
        Action.look,
        Action.point,
        Action.wave,
        Action.sing,
        Action.listen,
    )
)
"""Acts that one does to another: both must be seen."""
_BUST = frozenset((Action.stand, Action.look, Action.listen, Action.talk, Action.think, Action.sing))
"""Acts of several that one of them may stand for."""
_WITH_THE_HEAD = frozenset({(Action.talk, "argue"), (Action.listen, "smell")})
"""What an animal does with its face alone, and how: from afar it only stands there."""
_DANGER = frozenset((Mood.tense, Mood.eerie))


@dataclass(frozen=True)
class Slot:
    """A shot's place in the film, as far as the camera cares."""

    first_of_film: bool
    last_of_film: bool
    first_of_scene: bool
    last_of_scene: bool
    inserts: int
    """Inserts of this scene so far."""
    handheld: int
    """Handheld shots of the film so far."""
    tight: int = 0
    """Shots of this place in a row since its last wide one."""
    returning: bool = False
    """The place was seen before."""
    there: bool = False
    """The shot before was of the same place."""
    unseen: bool = False
    """The third shot of a scene whose first two were near."""


def size_of(
    treated: TreatedShot, event: Event, scene: Scene, place: PlaceLook, slot: Slot, muzzle: bool = False
) -> list[ShotSize]:
    """Sizes that suit the shot, best first; the writer's alone where one is set.

    A room has walls: inside it nothing is as far off as an extreme wide shot, unless the writer says so.
    ``muzzle``: it is told by an animal's face, as ``by_muzzle`` finds.
    """
    if treated.size:
        return [treated.size]
    sizes = _suiting(treated, event, scene, place, slot, muzzle)
    return [s for s in sizes if s is not ShotSize.extreme_wide or not place.interior]


def _suiting(
    treated: TreatedShot, event: Event, scene: Scene, place: PlaceLook, slot: Slot, muzzle: bool
) -> list[ShotSize]:
    speaks = [line for line in treated.lines if line.speaker]
    bodies, between = _company(treated)
    mates = len(bodies)
    two_shot = [ShotSize.two_shot] if mates == 2 else []
    all_do = mates >= 2 and not between and _all_do_it(treated, bodies)
    passing = mates >= 2 and event.action in (Action.give, Action.hug)
    if slot.first_of_scene and not (slot.there and event.actor):
        vast = place.kind in _VAST and (slot.first_of_film or not event.actor)
        if slot.returning:
            return [ShotSize.full, ShotSize.medium_full, ShotSize.wide]
        wide = [ShotSize.extreme_wide] if vast else []
        return [*wide, ShotSize.wide, ShotSize.extreme_wide, ShotSize.full]
    if slot.tight >= MOST_TIGHT or slot.unseen:
        return [ShotSize.full, ShotSize.wide]
    if slot.last_of_film and bodies:
        together = [ShotSize.two_shot] if mates == 2 and event.action not in _TRAVELLING | _DOWN else []
        return [*together, ShotSize.full, ShotSize.medium_full, ShotSize.wide]
    if slot.last_of_film:
        return [ShotSize.wide, ShotSize.extreme_wide, ShotSize.full, ShotSize.medium_close]
    if muzzle:
        return [ShotSize.close, ShotSize.medium_close, *(two_shot or [ShotSize.medium]), ShotSize.full]
    if (between and event.action in _BETWEEN) or passing or (all_do and event.action in _FEELING):
        return [*(two_shot or [ShotSize.medium]), ShotSize.medium_full, ShotSize.full]
    if event.action in _FEELING and not speaks and not between:
        return [ShotSize.close, ShotSize.medium_close, ShotSize.medium]
    if speaks and event.action in _BODILY | _DOWN:
        return [ShotSize.medium_full, ShotSize.full, ShotSize.two_shot]
    if speaks:
        return [*two_shot, ShotSize.medium_close, ShotSize.medium, ShotSize.close]
    if event.action in _TRAVELLING:
        return [ShotSize.full, ShotSize.medium_full, ShotSize.wide, ShotSize.medium]
    at_a_door = event.action is Action.reach and event.target is None
    if event.action in _BODILY | _STRENGTH | _DOWN or at_a_door:
        return [ShotSize.full, ShotSize.medium_full, ShotSize.medium, ShotSize.wide]
    if scene.beat in (Beat.crisis, Beat.climax) and slot.last_of_scene and mates == 2:
        return [ShotSize.two_shot, ShotSize.medium_full, ShotSize.full]
    if scene.beat in (Beat.crisis, Beat.climax) and slot.last_of_scene:
        return [ShotSize.close, ShotSize.medium_close, ShotSize.full]
    if mates >= 3:
        return [ShotSize.medium_full, ShotSize.full, ShotSize.wide]
    return [ShotSize.medium, ShotSize.medium_close, ShotSize.medium_full, ShotSize.close, ShotSize.full]


def by_muzzle(treated: TreatedShot, event: Event, company: Iterable[BodyLook]) -> bool:
    """Whether animals argue or smell without a word: one of them from near tells it, for all.

    ``company`` are the looks of all who are in the shot.
    """
    bodies = list(company)
    beasts = len(bodies) > 1 and all(body.being in (Being.quadruped, Being.bird) for body in bodies)
    silent = not any(line.speaker for line in treated.lines)
    return beasts and silent and (event.action, manner_of(event.action, event.sentence)) in _WITH_THE_HEAD


def _company(treated: TreatedShot) -> tuple[set[str | None], bool]:
    """Who is in the shot, and whether it is about what one of them does to another."""
    bodies = {treated.actor, *(p.name for p in treated.parts)} - {None}
    between = len(bodies) > 1 and treated.target in bodies and treated.target != treated.actor
    return bodies, between


def _all_do_it(treated: TreatedShot, bodies: set[str | None]) -> bool:
    """Whether the sentence begins with more than one of those in the shot, or with a word for all of them."""
    told = treated.sentence.lower()
    before = told.partition(" ".join(treated.verb.lower().split()[:1]) or "\n")[0]
    named = sum(str(name).lower() in before for name in bodies)
    return named != 1


def seen_size(size: ShotSize, treated: TreatedShot, event: Event, muzzle: bool = False) -> ShotSize:
    """The size in which a shot that asks for ``size`` is shown, as the animatic steps back for what is done.

    Legs are seen to the feet and two who act on each other both, so that two sizes may look the same.
    """
    if size is ShotSize.wide and _company(treated)[1] and event.action in _TRAVELLING | _DOWN | _WHOLE:
        return ShotSize.full
    near = size is ShotSize.insert or (muzzle and size is ShotSize.close)
    if near or not event.actor or RANK[size] <= RANK[ShotSize.full]:
        return size
    speaks = any(line.speaker for line in treated.lines)
    if event.action is Action.walk and size is ShotSize.medium_full:
        return size
    if event.action in _TRAVELLING | _DOWN | _BODILY | _WHOLE and not speaks:
        return ShotSize.full
    bodies, between = _company(treated)
    if len(bodies) > 2 and event.action not in _BUST:
        return ShotSize.full
    if whole := SEEN_WHOLE.get((event.action, manner_of(event.action, event.sentence))):
        return whole
    return ShotSize.two_shot if between and event.action in _BETWEEN else size


def insert_fits(treated: TreatedShot, event: Event, slot: Slot, prop: str | None) -> bool:
    """Whether the shot is best told on the thing itself: one insert a scene, never to open or end one."""
    handled = event.action in (
        Action.take,
        Action.read,
        Action.open,
        Action.write,
        Action.light,
        Action.hold,
        Action.look,
        Action.reach,
        Action.play,
        Action.close,
    )
    talks = any(line.speaker for line in treated.lines)
    placed = not (slot.first_of_scene or slot.last_of_scene or slot.inserts)
    return bool(prop) and event.target == prop and handled and placed and not talks and not treated.parts


def angles_of(
    treated: TreatedShot, event: Event, scene: Scene, stature: Stature, size: ShotSize, ends: bool = False
) -> list[Angle]:
    """Angles that suit the shot, best first; ``ends``: those in which a film that ends leaves its people.

    A camera that goes off looking down would end on an empty floor with specks on it.
    """
    if treated.angle:
        return [treated.angle]
    if ends and event.actor:
        return [Angle.eye, Angle.high if event.action in (Action.sleep, Action.lie) else Angle.low]
    wide = RANK[size] <= 2
    alone = not treated.parts and event.target is None
    low_spirits = scene.mood is Mood.sad or scene.beat is Beat.crisis
    found: list[Angle] = []
    if alone and low_spirits and event.actor:
        found.append(Angle.high)
    if event.action in _STRENGTH or scene.mood is Mood.triumphant or stature is Stature.giant:
        found.append(Angle.low)
    if scene.mood is Mood.eerie and RANK[size] in (3, 4, 5):
        found.append(Angle.dutch)
    if event.action in (Action.sleep, Action.lie) and not wide:
        found.append(Angle.overhead)
    if stature is Stature.tiny or event.action is Action.run:
        found.append(Angle.ground)
    rest = [Angle.eye, Angle.high if wide else Angle.low, Angle.low if wide else Angle.high]
    return list(dict.fromkeys((*found, *rest)))


def settle(
    sizes: list[ShotSize],
    angles: list[Angle],
    before: Camera | None,
    fixed: tuple[bool, bool],
    seen: Callable[[ShotSize], ShotSize] = lambda size: size,
    lately: Sequence[ShotSize] = (),
    asked: ShotSize | None = None,
) -> tuple[ShotSize, Angle]:
    """The best size and angle that cut with the shot before (same scene), which None means there is none.

    Two steps of size, or one with another angle, are wanted; ``fixed`` says which of the two the writer
    set, ``seen`` in which size each is shown, as ``before`` has it, ``lately`` the sizes of the shots before
    as they were seen, the last one last: the band of two of them is left. ``asked`` is the size that the
    shot before asks for. Afterwards the shots differ in size or angle as they are seen and as they are asked
    for, unless the writer set both.
    """
    if before is None:
        return sizes[0], angles[0]
    bands = [BAND[size] for size in lately[-2:]]

    def alike(size: ShotSize) -> int:
        same = bands.count(BAND[seen(size)])
        return _ALIKE if same == 2 else _AGAIN if bands[-1:] == [BAND[seen(size)]] else 0

    ladder = sizes if fixed[0] else [*sizes, *(s for s in _ALL if s not in sizes)]
    corners = (
        angles if fixed[1] else [*angles, *(a for a in (Angle.eye, Angle.high, Angle.low) if a not in angles)]
    )
    ranks = [(i + alike(s) + (0 if s in sizes else _UNSUITED), s) for i, s in enumerate(ladder)]
    pairs = [(i + 2 * j, s, a) for i, s in ranks for j, a in enumerate(corners)]
    for wanted in (_cuts_well, _cuts):
        good = [p for p in pairs if wanted(before, seen(p[1]), p[2])]
        good = [p for p in good if p[2] is not before.angle or asked is None or RANK[asked] != RANK[p[1]]]
        if good:
            _, size, angle = min(good, key=lambda p: p[0])
            return size, angle
    return sizes[0], angles[0]


_ALL = (
    ShotSize.medium,
    ShotSize.full,
    ShotSize.close,
    ShotSize.medium_close,
    ShotSize.medium_full,
    ShotSize.wide,
)


def _cuts_well(before: Camera, size: ShotSize, angle: Angle) -> bool:
    steps = abs(RANK[before.size] - RANK[size])
    far = RANK[size] <= RANK[ShotSize.full]  # where the horizon shows the angle
    return steps >= 2 or ((steps == 1 or far) and angle is not before.angle)


def _cuts(before: Camera, size: ShotSize, angle: Angle) -> bool:
    return RANK[before.size] != RANK[size] or angle is not before.angle


def view_of(
    treated: TreatedShot,
    event: Event,
    size: ShotSize,
    cast: int,
    turn: int,
    person_to_person: bool = False,
) -> View:
    """Over the shoulder in every other shot of a talk between two, and where one waves to a person or hides
    from one; profile for whoever travels. ``person_to_person``: one of two people meets the other."""
    if treated.view:
        return treated.view
    talks = event.action in (Action.talk, Action.listen) or any(line.speaker for line in treated.lines)
    if cast == 2 and talks and size in (ShotSize.medium, ShotSize.medium_close) and turn % 2:
        return View.over_shoulder
    if cast == 2 and person_to_person and size is not ShotSize.wide and _met_from_afar(event):
        return View.over_shoulder
    if event.action in _TRAVELLING and size in (ShotSize.full, ShotSize.medium_full, ShotSize.wide):
        return View.profile
    return View.objective


_AT_SOMEBODY = {
    Action.wave: re.compile(r"\b(?:to|at|after) \w"),
    Action.hide: re.compile(r"\bfrom \w"),
}
"""What one does on account of somebody who stands apart and only looks on: seen as that one sees it."""


def _met_from_afar(event: Event) -> bool:
    told = _AT_SOMEBODY.get(event.action)
    return bool(event.target) and told is not None and told.search(event.sentence.lower()) is not None


def move_of(
    treated: TreatedShot,
    event: Event,
    scene: Scene,
    slot: Slot,
    size: ShotSize,
    lead: CastMember | None,
    before: Move | None,
    rng: random.Random,
) -> Move:
    """A move with a reason; not the one of the shot before where the writer left it open."""
    if treated.move:
        return treated.move
    right = lead is None or lead.facing is not Facing.left
    track = Move.track_right if right else Move.track_left
    pan = Move.pan_right if right else Move.pan_left
    if slot.last_of_film:
        choices = [Move.pull_out, Move.crane_up]
    elif (
        scene.mood in _DANGER
        and event.action in (Action.run, Action.fight, Action.sneak)
        and slot.handheld < 2
    ):
        choices = [Move.handheld, track]
    elif slot.first_of_scene:
        choices = [Move.drift, pan, Move.push_in, Move.crane_down]
        rng.shuffle(choices)
        if event.action in _TRAVELLING:
            choices.insert(0, pan)
    elif size is ShotSize.insert:
        choices = [Move.static, Move.push_in, Move.rack_focus]
    elif event.action in (Action.fly, Action.climb, Action.rise):
        choices = [Move.tilt_up, Move.crane_up, track]
    elif event.action in (Action.fall, Action.dive):
        choices = [Move.tilt_down, Move.crane_down]
    elif event.action in _TRAVELLING:
        choices = [track, Move.follow, pan]
    elif RANK[size] >= 5 and (event.action in _FEELING or scene.beat in (Beat.crisis, Beat.climax)):
        choices = [Move.push_in, Move.static, Move.drift]
    elif event.action in (Action.dance, Action.hug):
        choices = [Move.orbit_right if right else Move.orbit_left, Move.push_in]
    elif event.action in (Action.look, Action.search):
        choices = [Move.push_in, pan, Move.static]
    elif event.action is Action.perform:
        choices = [Move.drift, Move.push_in, Move.static]
    else:
        choices = [Move.static, Move.drift, Move.push_in]
    return next((m for m in choices if m is not before), choices[0])


def lens_of(size: ShotSize, place: PlaceLook) -> Lens:
    """The lens that a size is usually shot with."""
    if size is ShotSize.extreme_wide:
        return Lens.ultra_wide if place.kind in _VAST else Lens.wide
    if size in (ShotSize.wide, ShotSize.full):
        return Lens.wide
    if size in (ShotSize.medium_close, ShotSize.close, ShotSize.extreme_close):
        return Lens.portrait
    return Lens.macro if size is ShotSize.insert else Lens.normal
