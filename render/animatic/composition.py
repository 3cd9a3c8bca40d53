"""Composition: who of those that are staged is framed, from how near, how much of them. Lengths in metres."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from ...storyboard.lexicon import behaves_as
from ...storyboard.picture import Picture
from ...storyboard.vocabulary import Action, Angle, Facing, Hour, ShotSize, View
from .blocking import TIGHT, VESSELS, Extent, Placed
from .cropping import HUGE, comparable, foreparts, huge_mate, little_farther, with_room
from .direction import aimed_at
from .dropped import lets_fall
from .intent import on_a_line, puts_away
from .landmarks import at_its_wall, found_thing, short_tower
from .places.recipes import Recipe
from .shoulders import FILLS, over_taller
from .uneven import rises

_FRAMING: dict[ShotSize, tuple[float, float, float]] = {
    ShotSize.extreme_wide: (0.21, 0.84, 0.0),
    ShotSize.wide: (0.46, 0.87, 0.0),
    ShotSize.full: (0.76, 0.93, 0.0),
    ShotSize.medium_full: (0.84, 1.0, 0.28),
    ShotSize.medium: (0.86, 1.0, 0.47),
    ShotSize.two_shot: (0.86, 1.0, 0.42),
    ShotSize.medium_close: (0.86, 1.0, 0.62),
    ShotSize.close: (0.84, 1.0, 0.76),
    ShotSize.extreme_close: (1.2, 1.04, 0.84),
    ShotSize.insert: (0.6, 0.82, 0.0),
}
"""Size -> share of the frame's height that the framed part fills, where its foot lies (from the top),
and where on the body that foot is (share of the height)."""

_FULL_FROM = {Angle.high: (0.62, 0.88), Angle.low: (0.84, 0.95), Angle.ground: (0.86, 0.96)}
"""Angle -> the first two of a full shot from there: looked down on, people have floor about them."""
_BESIDE_A_TOWER = (0.28, 0.92, 0.0)
"""The same for somebody small before a tower, which looms."""
_ALOFT = 0.4, 0.62
"""Shares of the frame's height of who is on top of a tower, wide or in full: what is below is seen too."""
_BODILY = frozenset({Action.fall, Action.climb, Action.jump, Action.dive})
"""Actions of the whole body, which go up or down out of a closer framing."""
_FAR = frozenset({ShotSize.extreme_wide, ShotSize.wide})
WHOLE = frozenset({ShotSize.extreme_wide, ShotSize.wide, ShotSize.full})
_PASSING = frozenset(
    {
        Action.stand, Action.walk, Action.run, Action.ride, Action.drive, Action.row, Action.swim, Action.fly,
        Action.float, Action.sneak, Action.sleep, Action.fall, Action.climb, Action.jump, Action.dive,
    }
)  # fmt: skip
"""What is also seen from afar."""
_RISEN = 0.93
"""Share of the frame's height of somebody huge who rises over the lens."""
DONE = 0.62
"""Share of a wide frame's height that those fill who do something in it."""
_SWUM = 0.56
"""Share of the frame's height of who swims: a child's head would else be most of what is seen."""
_LEAPT = 0.5
"""The same of somebody small who jumps, its own height up or more: feelers and wings are in the frame."""
_NEARER = 0.85
"""Share of the frame's height that whoever is out at night fills at most in a full shot."""
ABED = frozenset({Action.sleep, Action.lie})
_DOWN = ABED | {Action.sit, Action.kneel, Action.fall, Action.push, Action.pull}
"""Acts of an animal that are seen by its flank and its feet."""
_BESIDE = frozenset({ShotSize.full, ShotSize.medium_full, ShotSize.medium})
"""Framings in which a giant whom the event is about is seen in part beside whoever acts."""
_HANDS_ON = frozenset(
    {Action.hug, Action.reach, Action.kneel, Action.pull, Action.push, Action.hold, Action.take}
)
"""What is done to somebody with the hands: of a giant the part is seen where it is done."""
SWIMS = 0.88
"""Share of the frame's height down to the water line of who swims, with the waves under it."""
_BELOW_EYES = {ShotSize.medium_close: 1.1, ShotSize.close: 0.75, ShotSize.extreme_close: 0.45}
"""Size -> how far a face that is all of a body, as a ghost's, goes on below its eyes, in heights above."""


@dataclass(frozen=True)
class Composition:
    """What a picture is composed of."""

    acts: Action
    """What the subject, or else the actor, does."""
    shot: ShotSize
    """The size that is really taken, which may be farther than the one asked for."""
    fills: float
    """Share of the frame's height that the framed part fills."""
    foot_at: float
    """Where its foot lies, as a share of the frame's height from the top."""
    cut: float
    """Where on the body that foot is, as a share of its height."""
    group: Sequence[Placed] = ()
    """Who is framed."""

    @property
    def alone(self) -> bool:
        """Whether one is framed and nobody else."""
        return len(self.group) == 1

    @property
    def near(self) -> bool:
        """Whether somebody is seen from near, and not a thing."""
        return self.shot in TIGHT and self.shot is not ShotSize.insert

    @property
    def faced(self) -> bool:
        """Whether it is framed by a face."""
        return self.alone and self.group[0].extent.face > 0 and self.near


def composed(
    picture: Picture,
    recipe: Recipe,
    figures: list[Placed],
    things: list[Placed],
    subject: Placed | None,
    aspect: float,
) -> Composition:
    """The composition of a shot of ``subject``, or of all where it is None. ``aspect``: width, in heights."""
    whose = subject.id if subject else picture.actor
    acts = next((f.action for f in picture.figures if f.id == whose), Action.stand)
    done = acts not in _PASSING and picture.actor in {f.id for f in figures}
    low = acts is Action.climb and all(p.extent.small for p in figures)  # what it goes up is no toy
    shot = _taken_from(picture, figures, subject, acts)
    if shot is ShotSize.extreme_wide and (done or low):
        shot = ShotSize.wide  # farther, nobody sees what is done
    seen = Composition(acts, shot, *_FRAMING[shot])
    if shot in (ShotSize.medium_full, ShotSize.medium) and subject is not None and _upright_in_water(subject):
        # Of what is over the water nothing is cut off.
        seen = replace(seen, fills=SWIMS - 0.1, foot_at=SWIMS, cut=0.0)
    seen = _filled(seen, picture, recipe, done or low)
    if acts is Action.jump and shot in WHOLE and figures and all(p.extent.small for p in figures):
        seen = replace(seen, fills=min(seen.fills, _LEAPT))
    pair = _pair(picture, figures, things)
    seen = _grouped(seen, picture, figures, things, subject, pair, aspect)
    if subject is None:
        seen = _at_hand(seen, figures, pair)
    return _cut_above_a_face(_with_things(seen, picture, figures, things, pair))


def _taken_from(picture: Picture, figures: list[Placed], subject: Placed | None, acts: Action) -> ShotSize:
    """The size that is asked for, or one from which what happens is understood."""
    shot = picture.camera.size
    if acts in _BODILY and shot not in WHOLE and shot is not ShotSize.insert:
        shot = ShotSize.full  # closer, the face would leave the frame in the midst of it
    if shot in TIGHT and shot is not ShotSize.insert and subject and subject.sunk and subject.extent.face:
        # Closer, a head without shoulders or half a face is seen, and no water.
        shot = ShotSize.medium if _upright_in_water(subject) else ShotSize.full
    if acts is Action.swim and shot in (ShotSize.medium_full, ShotSize.medium):
        shot = ShotSize.full  # closer, a head on the water is most of what is seen
    if shot in (ShotSize.two_shot, ShotSize.wide) and any(f.action in ABED for f in picture.figures):
        shot = ShotSize.full  # who lies is no taller than the part that a closer framing leaves out
    if shot in _FAR and _accompanied(figures):
        shot = ShotSize.full  # farther, the small one would be a speck
    if any(on_a_line(picture, f) for f in picture.figures) and shot is not ShotSize.insert:
        shot = ShotSize.wide  # closer, the kite would be out of the frame
    return shot


def _filled(seen: Composition, picture: Picture, recipe: Recipe, done: bool) -> Composition:
    """With the share of the frame that angle, hour and what is done ask for. ``done``: something is."""
    shot, fills, foot_at = seen.shot, seen.fills, seen.foot_at
    if shot is ShotSize.full and picture.camera.angle in _FULL_FROM:
        there = _FULL_FROM[picture.camera.angle]
        if there[0] < fills or not any(f.holds for f in picture.figures):  # nor is what is held up cut off
            fills, foot_at = there
        if lets_fall(picture):  # and it is seen what it is
            fills = max(fills, _FRAMING[ShotSize.full][0])
    if rises(picture):
        fills = _RISEN
    if shot is ShotSize.wide and done:
        fills = DONE
    if recipe.ground.get("aloft") and shot in WHOLE:
        fills, foot_at = _ALOFT[shot is ShotSize.full], 0.9
    if trips(seen, recipe):
        fills = min(fills, DONE)
    if seen.acts is Action.swim and shot is ShotSize.full:
        fills = min(fills, _SWUM)
    outdoors = not picture.place.look.interior
    if shot in (ShotSize.wide, ShotSize.full) and picture.hour is Hour.night and outdoors:
        fills = min(_NEARER, 1.12 * fills)  # in the dark what is far off is lost
    return replace(seen, fills=fills, foot_at=foot_at)


def trips(seen: Composition, recipe: Recipe) -> bool:
    """Whether somebody is seen to fall on the ground."""
    return seen.acts is Action.fall and seen.shot in WHOLE and recipe.footing == "ground"


def _pair(picture: Picture, figures: list[Placed], things: list[Placed]) -> list[Placed]:
    """Who acts, and whom or what it is about."""
    actor = next((f for f in picture.figures if f.id == picture.actor), None)
    aim = aimed_at(picture, actor) if actor else None
    return [p for p in [*figures, *things] if p.id in (picture.actor, aim)]


def _grouped(
    seen: Composition,
    picture: Picture,
    figures: list[Placed],
    things: list[Placed],
    subject: Placed | None,
    pair: list[Placed],
    aspect: float,
) -> Composition:
    """With whoever is framed together with the subject."""
    everyone, shot = figures or things, seen.shot
    handled = picture.action in (Action.pull, Action.push) or puts_away(picture) or _builds(picture)
    if figures and handled:  # and seen
        everyone = [*figures, *(t for t in things if t.id == picture.target)]
    if shot is ShotSize.two_shot:
        two = pair if len(pair) == 2 else (figures or things)[:2]
        return replace(seen, group=_two_seen(picture, two, aspect))
    if subject is None:
        return replace(seen, group=everyone)
    if over_taller(picture, figures, subject):
        return replace(seen, group=[subject], fills=FILLS)
    if shot in WHOLE and _fits(subject, everyone):
        return replace(seen, group=[subject, *(p for p in everyone if p.id != subject.id)])
    if shot is ShotSize.full and len(pair) == 2 and subject in pair and comparable(pair):
        return replace(seen, group=pair)
    from_behind = picture.camera.view is View.over_shoulder  # whoever is tall has the back to the lens
    if not from_behind and shot in _BESIDE and (huge := huge_mate(subject, pair, figures)):
        return _in_full(seen, [subject, huge])
    return replace(seen, group=[subject])


def _in_full(seen: Composition, group: list[Placed]) -> Composition:
    return Composition(seen.acts, ShotSize.full, *_FRAMING[ShotSize.full], group)


def _at_hand(seen: Composition, figures: list[Placed], pair: list[Placed]) -> Composition:
    """Of a giant to whom somebody does something with the hands, the part where it is done."""
    small = min(pair, key=lambda p: p.extent.height, default=None)
    if seen.acts not in _HANDS_ON or seen.shot not in (ShotSize.two_shot, ShotSize.full) or small is None:
        return seen
    huge = huge_mate(small, pair, figures) if small in figures else None
    if huge and huge.extent.width > HUGE * small.extent.height and len(figures) == 2:
        return _in_full(seen, [with_room(small, huge), huge])
    return seen


def _with_things(
    seen: Composition, picture: Picture, figures: list[Placed], things: list[Placed], pair: list[Placed]
) -> Composition:
    """With the tower that looms, what is found or what is run after."""
    group, framing = list(seen.group), (seen.fills, seen.foot_at, seen.cut)
    if tower := next((t for t in things if t.id == picture.target and short_tower(picture, t, pair)), None):
        group, framing = [at_its_wall(picture, pair[0], tower)], _BESIDE_A_TOWER
    if it := next((t for t in things if t.id == found_thing(picture) and len(group) < 2), None):
        group, framing = [*group, it], _FRAMING[ShotSize.full]
    goes = any(p.walks and not p.rides for p in figures)
    if it := next((t for t in things if t.walks and goes), None):
        group, framing = [*(p for p in group if p is not it), it], _FRAMING[ShotSize.full]
    if not group:
        group = [Placed("nobody", 0.0, 0.0, 0.0, Extent(-0.4, 0.4, 1.7), Facing.camera)]
    return Composition(seen.acts, seen.shot, *framing, group)


def _cut_above_a_face(seen: Composition) -> Composition:
    """Cut so that a face low on its body, one that is all of a body or one with a hat is in the frame."""
    if not seen.alone:
        return seen
    extent, cut, foot_at = seen.group[0].extent, seen.cut, seen.foot_at
    if 0 < extent.eyes < 0.5 * extent.top:
        cut = min(cut, 0.1)  # a face in the lower half is never cut off by a waist
        if extent.width < 1.2 * extent.top:  # a tree is seen down to its roots
            cut, foot_at = 0.0, min(foot_at, 0.95)
    if seen.shot in _BELOW_EYES and extent.eyes and not extent.face:
        tall, eyes = extent.top, extent.eyes
        cut = min(cut, max(0.0, (eyes - _BELOW_EYES[seen.shot] * (tall - eyes)) / tall))
    if seen.faced:
        fills, foot_at, cut = _faced(seen.shot, extent)
        return replace(seen, fills=fills, foot_at=foot_at, cut=cut)
    return replace(seen, foot_at=foot_at, cut=cut)


def _upright_in_water(placed: Placed) -> bool:
    """Whether somebody with a face is up to the shoulders in the water."""
    extent = placed.extent
    return placed.sunk > 0 and extent.face > 0 and extent.width < 1.2 * extent.top


def _two_seen(picture: Picture, two: list[Placed], aspect: float) -> list[Placed]:
    """What a two-shot frames of two: of an animal on its feet that is turned to the other, its foreparts, or
    all of it where that takes the camera but little back. ``aspect``: the frame's width, in its heights."""
    feet = {f.id for f in picture.figures if f.action not in _DOWN}
    if len(two) != 2 or not all(p.id in feet and not (p.sunk or p.rides) for p in two):
        return two
    fore = [foreparts(two[0], two[1]), foreparts(two[1], two[0])]
    return two if little_farther(two, fore, aspect) else fore


def _builds(picture: Picture) -> bool:
    """Whether a boat or a raft is worked at, which is seen whole where it has room."""
    kinds = {behaves_as(t.look.kind) for t in picture.things if t.id == picture.target}
    return picture.action is Action.work and bool(kinds & VESSELS)


def _accompanied(figures: list[Placed]) -> bool:
    """Whether somebody small is there with somebody large."""
    small = [p.extent.small for p in figures]
    return any(small) and not all(small)


def _fits(subject: Placed, everyone: list[Placed]) -> bool:
    """Whether all can be framed without making the subject small."""
    biggest = max(max(p.extent.height, p.extent.width * 0.6) for p in everyone)
    return biggest < max(1.75 * subject.extent.height, 2.3)


def _faced(shot: ShotSize, extent: Extent) -> tuple[float, float, float]:
    """Framing of a face, as ``_FRAMING``: by its eyes, whatever is worn above them."""
    below = {ShotSize.medium_close: 3.2, ShotSize.close: 1.75, ShotSize.extreme_close: 0.85}[shot]
    cut = max(0.0, (extent.eyes - below * extent.face) / extent.top)
    if shot is ShotSize.extreme_close:
        seen = 1.7 * extent.face
        return (extent.top * (1 - cut)) / seen, 1.0, cut
    return 0.87, 1.0, cut
