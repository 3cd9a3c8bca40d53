"""Framing: the camera put where a shot size, an angle and a view ask, for what is staged."""

from __future__ import annotations

from ...storyboard.lexicon import behaves_as
from ...storyboard.picture import Picture
from ...storyboard.vocabulary import (
    Action,
    Angle,
    Being,
    Facing,
    Hour,
    Lens,
    LightKey,
    ShotSize,
    Side,
    View,
)
from .blocking import BOARD_METRES, SMALL_METRES, THIRDS, TIGHT, VESSELS, Extent, Placed
from .camera import FOCAL, Pose
from .cropping import HUGE, comparable, foreparts, huge_mate, little_farther, to_the_face, with_room
from .direction import aimed_at
from .intent import on_a_line, puts_away
from .landmarks import at_its_wall, found_thing, landmark, short_tower
from .light import outlined
from .places.recipes import Recipe
from .small import away as away_from_small
from .uneven import close_by, rises

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
_UPRIGHT = {
    ShotSize.extreme_wide: 0.62, ShotSize.wide: 0.88, ShotSize.full: 0.97, ShotSize.medium_full: 0.98,
    ShotSize.two_shot: 0.98,
}  # fmt: skip
"""Size -> share of the width that a group fills in a frame of 9:16, where width is what there is least of."""
_FAR = frozenset({ShotSize.extreme_wide, ShotSize.wide})
_WHOLE = frozenset({ShotSize.extreme_wide, ShotSize.wide, ShotSize.full})


_PASSING = frozenset(
    {
        Action.stand, Action.walk, Action.run, Action.ride, Action.drive, Action.row, Action.swim, Action.fly,
        Action.float, Action.sneak, Action.sleep, Action.fall, Action.climb, Action.jump, Action.dive,
    }
)  # fmt: skip
"""What is also seen from afar."""
_RISEN = 0.93
"""Share of the frame's height of somebody huge who rises over the lens."""
_DONE = 0.62
"""Share of a wide frame's height that those fill who do something in it."""
_SWUM = 0.56
"""Share of the frame's height of who swims: a child's head would else be most of what is seen."""
_NEARER = 0.85
"""Share of the frame's height that whoever is out at night fills at most in a full shot."""
_ABED = frozenset({Action.sleep, Action.lie})
_DOWN = _ABED | {Action.sit, Action.kneel, Action.fall, Action.push, Action.pull}
"""Acts of an animal that are seen by its flank and its feet."""
_KNEE = 0.3
"""Of the height of who is framed: the lens near the ground. Lower, people stand over houses like giants."""
_OVER_A_BED = 0.34
"""Share of the height at which the horizon lies over those who sleep, seen from above."""
_HEAD = 1.35
"""Half the width of a head with its hair, in distances from the eyes to the crown."""
_ACROSS = 0.86
"""Share of the frame's width that a face fills at most."""
_BESIDE = frozenset({ShotSize.full, ShotSize.medium_full, ShotSize.medium})
"""Framings in which a giant whom the event is about is seen in part beside whoever acts."""
_HANDS_ON = frozenset(
    {Action.hug, Action.reach, Action.kneel, Action.pull, Action.push, Action.hold, Action.take}
)
"""What is done to somebody with the hands: of a giant the part is seen where it is done."""


def framed(
    picture: Picture,
    recipe: Recipe,
    figures: list[Placed],
    things: list[Placed],
    subject: Placed | None,
    size: tuple[int, int],
) -> tuple[Pose, float]:
    """The pose that frames the subject as the shot size asks, and the height that it centres on."""
    width, height = size
    shot = picture.camera.size
    if subject is not None and subject.id in {p.id for p in figures}:
        subject = to_the_face(subject, figures, close_by(picture))
    figures = [to_the_face(p, figures, close_by(picture)) for p in figures]
    whose = subject.id if subject else picture.actor
    acts = next((f.action for f in picture.figures if f.id == whose), Action.stand)
    if acts in _BODILY and shot not in _WHOLE and shot is not ShotSize.insert:
        shot = ShotSize.full  # closer, the face would leave the frame in the midst of it
    if shot in TIGHT and shot is not ShotSize.insert and subject and subject.sunk and subject.extent.face:
        # Closer, a head without shoulders or half a face is seen, and no water.
        shot = ShotSize.medium if _upright_in_water(subject) else ShotSize.full
    if acts is Action.swim and shot in (ShotSize.medium_full, ShotSize.medium):
        shot = ShotSize.full  # closer, a head on the water is most of what is seen
    if shot in (ShotSize.two_shot, ShotSize.wide) and any(f.action in _ABED for f in picture.figures):
        shot = ShotSize.full  # who lies is no taller than the part that a closer framing leaves out
    if shot in _FAR and _accompanied(figures):
        shot = ShotSize.full  # farther, the small one would be a speck
    if any(on_a_line(picture, f) for f in picture.figures) and shot is not ShotSize.insert:
        shot = ShotSize.wide  # closer, the kite would be out of the frame
    done = acts not in _PASSING and picture.actor in {f.id for f in figures}
    low = acts is Action.climb and all(p.extent.small for p in figures)  # what it goes up is no toy
    if shot is ShotSize.extreme_wide and (done or low):
        shot = ShotSize.wide  # farther, nobody sees what is done
    fills, foot_at, cut = _FRAMING[shot]
    if shot in (ShotSize.medium_full, ShotSize.medium) and subject is not None and _upright_in_water(subject):
        fills, foot_at, cut = _SWIMS - 0.1, _SWIMS, 0.0  # of what is over the water nothing is cut off
    if shot is ShotSize.full and picture.camera.angle in _FULL_FROM:
        seen = _FULL_FROM[picture.camera.angle]
        if seen[0] < fills or not any(f.holds for f in picture.figures):  # nor is what is held up cut off
            fills, foot_at = seen
    if rises(picture):
        fills = _RISEN
    if shot is ShotSize.wide and (done or low):
        fills = _DONE
    if recipe.ground.get("aloft") and shot in _WHOLE:
        fills, foot_at = _ALOFT[shot is ShotSize.full], 0.9
    trips = acts is Action.fall and shot in _WHOLE and recipe.footing == "ground"
    if trips:
        fills = min(fills, _DONE)
    if acts is Action.swim and shot is ShotSize.full:
        fills = min(fills, _SWUM)
    if (
        shot in (ShotSize.wide, ShotSize.full)
        and picture.hour is Hour.night
        and not picture.place.look.interior
    ):
        fills = min(_NEARER, 1.12 * fills)  # in the dark what is far off is lost
    everyone = figures or things
    handled = picture.action in (Action.pull, Action.push) or puts_away(picture) or _builds(picture)
    if figures and handled:  # and seen
        everyone = [*figures, *(t for t in things if t.id == picture.target)]
    actor = next((f for f in picture.figures if f.id == picture.actor), None)
    aim = aimed_at(picture, actor) if actor else None
    pair = [p for p in [*figures, *things] if p.id in (picture.actor, aim)]
    if subject is None or shot is ShotSize.two_shot:
        two = pair if len(pair) == 2 else (figures or things)[:2]
        group = everyone if shot is not ShotSize.two_shot else _two_seen(picture, two, width / height)
    else:
        group = [subject]
        if shot in _WHOLE and _fits(subject, everyone):
            group = [subject, *(p for p in everyone if p.id != subject.id)]
        elif shot is ShotSize.full and len(pair) == 2 and subject in pair and comparable(pair):
            group = pair
        elif picture.camera.view is View.over_shoulder:
            pass  # whoever is tall has the back to the lens
        elif shot in _BESIDE and (huge := huge_mate(subject, pair, figures)):
            group, shot = [subject, huge], ShotSize.full
            fills, foot_at, cut = _FRAMING[shot]
    small = min(pair, key=lambda p: p.extent.height, default=None)
    if subject is None and acts in _HANDS_ON and shot in (ShotSize.two_shot, ShotSize.full) and small:
        huge = huge_mate(small, pair, figures) if small in figures else None
        if huge and huge.extent.width > HUGE * small.extent.height and len(figures) == 2:
            group, shot = [with_room(small, huge), huge], ShotSize.full
            fills, foot_at, cut = _FRAMING[shot]
    if tower := next((t for t in things if t.id == picture.target and short_tower(picture, t, pair)), None):
        group, (fills, foot_at, cut) = [at_its_wall(picture, pair[0], tower)], _BESIDE_A_TOWER
    if it := next((t for t in things if t.id == found_thing(picture) and len(group) < 2), None):
        group, (fills, foot_at, cut) = [*group, it], _FRAMING[ShotSize.full]
    goes = any(p.walks and not p.rides for p in figures)
    if it := next((t for t in things if t.walks and goes), None):
        group = [*(p for p in group if p is not it), it]  # what is run after
        fills, foot_at, cut = _FRAMING[ShotSize.full]
    if not group:
        group = [Placed("nobody", 0.0, 0.0, 0.0, Extent(-0.4, 0.4, 1.7), Facing.camera)]
    if len(group) == 1 and 0 < group[0].extent.eyes < 0.5 * group[0].extent.top:
        cut = min(cut, 0.1)  # a face in the lower half is never cut off by a waist
        if group[0].extent.width < 1.2 * group[0].extent.top:  # a tree is seen down to its roots
            cut, foot_at = 0.0, min(foot_at, 0.95)
    focal = FOCAL[picture.camera.lens] * height
    depth = min(p.depth for p in group)
    short = min(p.extent.top for p in group)
    if len(group) == 1 and shot in _BELOW_EYES and group[0].extent.eyes and not group[0].extent.face:
        tall, eyes = group[0].extent.top, group[0].extent.eyes
        cut = min(cut, max(0.0, (eyes - _BELOW_EYES[shot] * (tall - eyes)) / tall))
    faced = bool(len(group) == 1 and group[0].extent.face and shot in TIGHT and shot is not ShotSize.insert)
    if faced:
        fills, foot_at, cut = _faced(shot, group[0].extent)
    away = 8.0
    for _ in range(3):
        left, right, top, bottom = _bounds(group, depth, away)
        tall, wide = max(0.1, top - bottom), max(0.1, right - left)
        lying = len(group) == 1 and wide > 1.25 * tall and not faced
        scale, foot = _scaled(
            shot, fills, cut, tall, wide, bottom, lying, size, len(group) > 1, recipe.interior
        )
        if faced:
            # Arms that reach out of a close-up do not push the camera away from the face.
            scale, foot = fills * height / (tall * (1 - cut)), bottom + tall * cut
            broad = _ACROSS * width / (2 * _HEAD * group[0].extent.face)
            if shot is not ShotSize.extreme_close and scale > broad:  # an upright frame is narrow
                scale = broad
                foot = max(bottom, group[0].up + group[0].extent.eyes - 0.58 * height / scale)
        if len(group) > 1 and shot is ShotSize.two_shot and not lying:
            waist = (_THIGH if _handed_over(picture) else 0.42) if short > 0.8 * top else _COVERED
            cover = (waist if short > _SHORT * top else 0.0) * short
            scale = min(0.84 * height / max(0.2, top - cover), 0.86 * width / wide)
            foot = max(bottom, top - 0.84 * height / scale)
            if all(p.sunk for p in group):  # the waves about them are in the frame
                scale, foot = min(scale, _AFLOAT * height / tall), bottom
        away = max(0.5, focal / scale)
    if subject is not None and shot in TIGHT and lying and shot is not ShotSize.insert:
        toward = {Facing.left: -1, Facing.right: 1}.get(subject.facing, 0)
        middle_x = (left + right) / 2 + toward * wide * {ShotSize.medium_close: 0.2}.get(shot, 0.3)
        if subject.extent.face_x:
            share = 0.7 if shot is ShotSize.medium_close else 0.95
            middle_x += (subject.x + subject.extent.face_x - middle_x) * share
    else:
        middle_x = (left + right) / 2
        if faced and group[0].extent.face_x:  # a swimmer's face is far from the middle of the body
            share = 0.8 if width >= height else 1.0
            middle_x += share * (group[0].x + group[0].extent.face_x - middle_x)
        elif not faced and subject is not None and shot in TIGHT and shot is not ShotSize.insert:
            middle_x += _ahead(subject)
    if forepart := len(group) == 1 and lying and shot is ShotSize.medium and subject is not None:
        toward = {Facing.left: -1, Facing.right: 1}.get(subject.facing, 0)
        middle_x += toward * max(0.0, 0.5 * wide - 0.4 * width / scale)  # room before the muzzle
        foot = bottom
    if (
        len(group) == 1
        and lying
        and shot in TIGHT
        and shot is not ShotSize.insert
        and group[0].extent.eyes > 0
    ):
        if group[0].extent.small and shot is ShotSize.close:
            scale *= _EARS
        foot = group[0].up + group[0].extent.eyes - (foot_at - 0.52) * height / scale
    centre_at = _lead(picture, subject, shot, len(group))
    half = (wide * scale) / (2 * width) + 0.03
    if faced and shot is not ShotSize.extreme_close:
        half = _HEAD * group[0].extent.face * scale / width + 0.02
    if shot not in TIGHT or faced:
        centre_at = min(max(centre_at, half), 1 - half) if half < 0.5 else 0.5
    centre_at *= width
    if len(group) > 1 and shot is ShotSize.two_shot and all(p.sunk for p in group):
        foot_at = 0.88
    elif len(group) > 1 and shot is ShotSize.two_shot and foot <= bottom and not any(p.sunk for p in group):
        foot_at = _GROUNDED  # both are seen whole, and no shoe is cut
    if acts is Action.swim and shot not in TIGHT and all(p.sunk for p in group):
        foot_at = min(foot_at, _SWIMS)
    if lying and shot not in TIGHT:
        foot_at = min(foot_at, 0.93)  # a long body stands on ground that is seen
    foot_y = foot_at * height
    if forepart:
        foot_y = _PAWS * height
    if not lying and tall * scale * (1 - cut) > 0.9 * height and shot not in TIGHT:
        foot_y = 0.97 * height
    if trips:
        foot_y = min(foot_y, _FALLEN * height)
    ground_y = foot_y + foot * scale
    boards = recipe.footing == "boat" and shot not in TIGHT and any(p.up == BOARD_METRES for p in group)
    if boards and ground_y + _DRAUGHT * scale > _AFOOT * height:  # no boat is cut off above its water line
        over = max(p.up + p.extent.top for p in group) + _DRAUGHT
        scale = min(scale, (_AFOOT - 0.08) * height / over)
        ground_y, foot = _AFOOT * height - _DRAUGHT * scale, -_DRAUGHT
    horizon = _horizon(picture, recipe, shot, size, ground_y, scale, tall)
    distance = focal / scale - depth
    street = any(layer.piece == "street" and layer.depth < 20 for layer in recipe.layers)
    least = away_from_small(shot, max(p.extent.height for p in group) if street else 0.0)
    if all(p.extent.small for p in group) and distance < least:
        focal *= (least + depth) / (focal / scale)
        distance = least
    if distance < 0.5:
        focal *= (0.5 + depth) / (focal / scale)
        distance = 0.5
    up = (ground_y - horizon) / scale
    up = max(0.08, up)
    pose = Pose(
        x=middle_x - (centre_at - width / 2) / scale,
        height=up,
        distance=distance,
        focal=focal,
        centre=width / 2,
        horizon=ground_y - up * scale,
        roll=9.0 if picture.camera.angle is Angle.dutch else 0.0,
    )
    return pose, foot + 0.5 * (height * 0.8) / scale


_SWIMS = 0.88
"""Share of the frame's height down to the water line of who swims, with the waves under it."""
_DRAUGHT, _AFOOT = 0.3, 0.98
"""Metres under the water line that a boat with its foam reaches down, and the share of the frame's height
down to there."""
_BELOW_EYES = {ShotSize.medium_close: 1.1, ShotSize.close: 0.75, ShotSize.extreme_close: 0.45}
"""Size -> how far a face that is all of a body, as a ghost's, goes on below its eyes, in heights above."""
_PAWS = 0.96
"""Share of the frame's height down to the feet of an animal in a medium shot."""
_COVERED, _THIGH, _SHORT = 0.3, 0.36, 0.63
"""Share of the smaller of two that lies under the frame, and of two of a size who hand something over; who is
lower than that share is seen whole."""
_GROUNDED = 0.95
"""Share of the frame's height down to the feet of two of whom one is low."""
_FALLEN = 0.85
"""Share of the frame's height down to the ground of who falls: head and hair hang lower than any foot."""
_EARS = 0.7
"""By how much smaller a small animal, most of which is head, is in a close-up, so that its ears are seen."""
_AFLOAT = 0.7
"""Share of the frame's height of two who are in the water."""


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


def _handed_over(picture: Picture) -> bool:
    """Whether something goes from hand to hand, and hangs below them."""
    return picture.action in (Action.give, Action.take) and any(f.holds for f in picture.figures)


def _builds(picture: Picture) -> bool:
    """Whether a boat or a raft is worked at, which is seen whole where it has room."""
    kinds = {behaves_as(t.look.kind) for t in picture.things if t.id == picture.target}
    return picture.action is Action.work and bool(kinds & VESSELS)


def _ahead(subject: Placed) -> float:
    """Metres from the middle of a body to its head, where that is far ahead, as a horse's is."""
    extent, toward = subject.extent, {Facing.left: -1, Facing.right: 1}.get(subject.facing, 0)
    if extent.width < 0.75 * extent.height or not toward:
        return 0.0
    head = 0.72 * (extent.right if toward > 0 else extent.left)
    return head - (extent.left + extent.right) / 2


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


def _bounds(group: list[Placed], depth: float, away: float) -> tuple[float, float, float, float]:
    """Left, right, top and bottom of a group as they appear at ``depth``, ``away`` metres from the lens."""
    middle = sum(p.x for p in group) / len(group)
    left, right, top, bottom = [], [], [], []
    for p in group:
        shrunk = away / (away + p.depth - depth)
        left.append(middle + (p.x + p.extent.left - middle) * shrunk)
        right.append(middle + (p.x + p.extent.right - middle) * shrunk)
        top.append((p.up + p.extent.top) * (shrunk if p.extent.top < 2.5 else 0.5 + 0.5 * shrunk))
        bottom.append(max(p.up + p.extent.bottom, 0.0 if p.sunk else -9.0))
    return min(left), max(right), max(top), min(bottom)


def _scaled(
    shot: ShotSize,
    fills: float,
    cut: float,
    tall: float,
    wide: float,
    bottom: float,
    lying: bool,
    size: tuple[int, int],
    several: bool,
    interior: bool,
) -> tuple[float, float]:
    """Pixels a metre, and metres up that lie on the framing's foot line."""
    width, height = size
    if interior and shot in (ShotSize.extreme_wide, ShotSize.wide):
        fills = max(fills, {ShotSize.extreme_wide: 0.46, ShotSize.wide: 0.54}[shot])
    shown = tall * (1 - cut)
    scale = fills * height / shown
    foot = bottom + tall * cut
    if lying or several:
        share = {
            ShotSize.extreme_wide: 0.4,
            ShotSize.wide: 0.62,
            ShotSize.full: 0.8,
            ShotSize.medium_full: 0.9 if several else 0.82,
            ShotSize.medium: 0.94 if several else _FORE_ACROSS,
            ShotSize.two_shot: 0.86,
            ShotSize.medium_close: 1.3,
            ShotSize.close: 1.65,
            ShotSize.extreme_close: 3.2,
            ShotSize.insert: 0.7,
        }[shot]
        if several and wide > 2.2 * tall and (shot is ShotSize.full or fills >= _DONE):
            share = 0.92  # those who lie in a row, or animals, would be low and far off
        if shot in _UPRIGHT:
            share += (_UPRIGHT[shot] - share) * min(1.0, max(0.0, (1 - width / height) / 0.4375))
        if several:
            scale = min(scale, share * width / wide)
        else:
            scale = min(max(scale, 0.0), share * width / wide) if shot not in TIGHT else share * width / wide
            most = 1.45 if tall < SMALL_METRES else 2.2  # the head of a mouse is half of it
            whole = 0.74 if shot is not ShotSize.medium else _FORE_SEEN
            scale = min(scale, (most if shot in TIGHT else whole) * height / tall)
        if lying and not several:
            filled = tall * scale
            foot = bottom - max(0.0, (0.62 * height - filled) * 0.32 / scale)
            if filled > 0.8 * height:
                foot = bottom + (filled - 0.8 * height) * 0.62 / scale
        elif scale < fills * height / shown:
            foot = (
                bottom if shot is not ShotSize.two_shot else bottom + max(0.0, tall - 0.84 * height / scale)
            )
    else:
        across = {ShotSize.full: 0.72, ShotSize.medium_full: 0.8, ShotSize.medium: 0.88}.get(shot, 0.94)
        scale = min(scale, (1.15 if shot in TIGHT else across) * width / wide)
        if scale * shown < fills * height * 0.98:
            foot = bottom + max(0.0, tall - 0.78 * height / scale) if cut else bottom
    return scale, foot


def _lead(picture: Picture, subject: Placed | None, shot: ShotSize, group: int) -> float:
    """Where across the frame the subject stands: on its third, with room before its face."""
    if subject is None or group > 1:
        return 0.5
    figure = next((f for f in picture.figures if f.id == subject.id), None)
    look = {Facing.left: 0.055, Facing.right: -0.055}.get(subject.facing, 0.0)
    if figure is None:
        return 0.5
    if picture.camera.view is View.over_shoulder:
        return 0.62 if shoulder_side(picture, subject) < 0 else 0.38
    handed = figure.look.being in (Being.person, Being.robot)
    if handed and subject.extent.width > _WITH_IT * subject.extent.height:
        return 0.5  # on its third, what it uses would be in the middle and itself at the edge
    pull = {ShotSize.extreme_wide: 0.8, ShotSize.wide: 0.8, ShotSize.full: 0.65, ShotSize.medium_full: 0.55}
    return 0.5 + THIRDS[figure.side] * pull.get(shot, 0.3) + look


_FORE_SEEN, _FORE_ACROSS = 0.84, 1.08
"""Shares of the frame's height and width that an animal fills in a medium shot: its tail may be outside, but
no paw is cut off below the knee."""
_WITH_IT = 1.15
"""Heights across of somebody upright together with what is used, as an oven."""


def _horizon(
    picture: Picture,
    recipe: Recipe,
    shot: ShotSize,
    size: tuple[int, int],
    ground_y: float,
    scale: float,
    tall: float = 0.0,
) -> float:
    """Where the horizon lies, in pixels from the top; ``tall`` is the height of who is framed, in metres."""
    height = size[1]
    level = {
        ShotSize.extreme_wide: 0.6,
        ShotSize.wide: 0.56,
        ShotSize.full: 0.52,
        ShotSize.medium_full: 0.46,
        ShotSize.medium: 0.44,
        ShotSize.two_shot: 0.45,
        ShotSize.medium_close: 0.46,
        ShotSize.close: 0.5,
        ShotSize.extreme_close: 0.5,
        ShotSize.insert: 0.32,
    }[shot]
    if recipe.interior:
        level = min(level + 0.06, 0.56)
    angle = picture.camera.angle
    if picture.action is Action.jump and recipe.footing == "boat" and shot not in TIGHT:
        return 0.68 * height  # who leaps out of the water is seen against the sky
    if angle is Angle.low or (picture.light is LightKey.silhouette and outlined(picture, recipe.interior)):
        return (
            min(level + 0.3, 0.86) * height if shot in TIGHT else min(0.84 * height, ground_y - 0.2 * scale)
        )
    if angle is Angle.ground:
        up = max(0.1, _KNEE * tall)
        return ground_y - up * scale if ground_y < 1.1 * height else 0.95 * height
    if angle in (Angle.high, Angle.overhead) and any(f.action in _ABED for f in picture.figures):
        return _OVER_A_BED * height  # a bed stands at a wall, and they lie somewhere
    if angle is Angle.high:
        return (0.1 if shot in TIGHT else 0.2) * height
    if angle is Angle.overhead:
        return -0.75 * height
    return level * height


def shoulder_side(picture: Picture, subject: Placed) -> int:
    """-1 where the shoulder is at the left of the frame."""
    if subject.facing is Facing.left:
        return -1
    if subject.facing is Facing.right:
        return 1
    figure = next((f for f in picture.figures if f.id == subject.id), None)
    return -1 if figure is None or figure.side in (Side.right, Side.far_right, Side.centre) else 1


def blurred(picture: Picture) -> float:
    """How soft the background is, in thousandths of the frame's height per octave of distance."""
    lens = {Lens.portrait: 5.0, Lens.telephoto: 7.0, Lens.macro: 9.0}.get(picture.camera.lens, 0.0)
    size = {
        ShotSize.medium_close: 2.5,
        ShotSize.close: 4.5,
        ShotSize.extreme_close: 7.0,
        ShotSize.insert: 5.0,
    }
    return max(lens, size.get(picture.camera.size, 0.0))


_LOOMS = 3.5
"""What is this many times as tall as everybody is not framed with them, but stands behind."""


def not_looming(picture: Picture, placed: list[Placed], laid: list[Placed]) -> list[Placed]:
    """The things that are framed with the figures: none that looms over small ones, unless it is meant."""
    tallest = max((p.extent.height for p in placed), default=float("inf"))
    meant = {picture.actor, picture.camera.focus} | (
        {picture.target} if tallest > 1.0 or landmark(picture, tallest, 1.0) else set()
    )
    return [t for t in laid if t.id in meant or t.extent.height < _LOOMS * tallest]
