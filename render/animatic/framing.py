"""Framing: the camera put where a shot size, an angle and a view ask, for what is staged."""

from __future__ import annotations

from dataclasses import dataclass

from ...storyboard.picture import Picture
from ...storyboard.vocabulary import Action, Angle, Being, Facing, Lens, LightKey, ShotSize, Side, View
from .blocking import BOARD_METRES, SMALL_METRES, THIRDS, TIGHT, Placed
from .camera import FOCAL, Pose
from .composition import ABED, DONE, SWIMS, Composition, composed, trips
from .cropping import to_the_face
from .intent import works_on
from .landmarks import landmark
from .light import outlined
from .places.recipes import Recipe
from .small import away as away_from_small
from .uneven import close_by

_UPRIGHT = {
    ShotSize.extreme_wide: 0.62, ShotSize.wide: 0.88, ShotSize.full: 0.97, ShotSize.medium_full: 0.98,
    ShotSize.two_shot: 0.98,
}  # fmt: skip
"""Size -> share of the width that a group fills in a frame of 9:16, where width is what there is least of."""
_KNEE = 0.3
"""Of the height of who is framed: the lens near the ground. Lower, people stand over houses like giants."""
_OVER_A_BED = 0.34
"""Share of the height at which the horizon lies over those who sleep, seen from above."""
_HEAD = 1.35
"""Half the width of a head with its hair, in distances from the eyes to the crown."""
_ACROSS = 0.86
"""Share of the frame's width that a face fills at most."""
_DRAUGHT, _AFOOT = 0.3, 0.98
"""Metres under the water line that a boat with its foam reaches down, and the share of the frame's height
down to there."""
_PAWS = 0.96
"""Share of the frame's height down to the feet of an animal in a medium shot."""
_COVERED, _THIGH, _SHORT = 0.3, 0.36, 0.63
"""Share of the smaller of two that lies under the frame, and of two of a size who hand something over; who is
lower than that share is seen whole."""
_TOOL = 0.26
"""The same share of two of whom one works on the other: tool, hands and sparks are in the frame."""
_GROUNDED = 0.95
"""Share of the frame's height down to the feet of two of whom one is low."""
_FALLEN = 0.85
"""Share of the frame's height down to the ground of who falls: head and hair hang lower than any foot."""
_EARS = 0.7
"""By how much smaller a small animal, most of which is head, is in a close-up, so that its ears are seen."""
_AFLOAT = 0.7
"""Share of the frame's height of two who are in the water."""


@dataclass
class _Measure:
    """A group as the lens sees it: metres across and up at the nearest one's depth, and pixels a metre."""

    depth: float
    """Of the nearest one."""
    middle: float
    """Across, from the middle of the place."""
    tall: float
    wide: float
    bottom: float
    lying: bool
    """Whether it is one who is longer than high, and is not framed by the face."""
    scale: float
    foot: float
    """Metres up that lie on the framing's foot line."""


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
    if subject is not None and subject.id in {p.id for p in figures}:
        subject = to_the_face(subject, figures, close_by(picture))
    figures = [to_the_face(p, figures, close_by(picture)) for p in figures]
    seen = composed(picture, recipe, figures, things, subject, width / height)
    focal = FOCAL[picture.camera.lens] * height
    found = _measured(seen, picture, recipe, size, focal)
    forepart = seen.alone and found.lying and seen.shot is ShotSize.medium and subject is not None
    middle = _middle(seen, subject, found, forepart, size)
    if forepart:
        found.foot = found.bottom
    lone = seen.group[0]
    if seen.alone and found.lying and seen.near and lone.extent.eyes > 0:
        if lone.extent.small and seen.shot is ShotSize.close:
            found.scale *= _EARS
        found.foot = lone.up + lone.extent.eyes - (seen.foot_at - 0.52) * height / found.scale
    centre = _centre(seen, picture, subject, found, width)
    foot_y = _foot_line(seen, found, forepart, height)
    if trips(seen, recipe):
        foot_y = min(foot_y, _FALLEN * height)
    ground_y = foot_y + found.foot * found.scale
    boards = recipe.footing == "boat" and seen.shot not in TIGHT
    if boards and any(p.up == BOARD_METRES for p in seen.group):
        ground_y = _over_the_keel(seen, found, ground_y, height)
    horizon = _horizon(picture, recipe, seen.shot, size, ground_y, found.scale, found.tall)
    up = max(0.08, (ground_y - horizon) / found.scale)
    distance, focal = _apart(seen, recipe, found, focal)
    pose = Pose(
        x=middle - (centre - width / 2) / found.scale,
        height=up,
        distance=distance,
        focal=focal,
        centre=width / 2,
        horizon=ground_y - up * found.scale,
        roll=9.0 if picture.camera.angle is Angle.dutch else 0.0,
    )
    return pose, found.foot + 0.5 * (height * 0.8) / found.scale


def _measured(
    seen: Composition, picture: Picture, recipe: Recipe, size: tuple[int, int], focal: float
) -> _Measure:
    """The group as it appears from where it fills the frame as it should."""
    width, height = size
    group, shot, several = list(seen.group), seen.shot, not seen.alone
    depth, short = min(p.depth for p in group), min(p.extent.top for p in group)
    waist = _THIGH if _handed_over(picture) else _TOOL if works_on(picture) else 0.42
    away = 8.0
    for _ in range(3):
        left, right, top, bottom = _bounds(group, depth, away)
        tall, wide = max(0.1, top - bottom), max(0.1, right - left)
        lying = seen.alone and wide > 1.25 * tall and not seen.faced
        scale, foot = _scaled(
            shot, seen.fills, seen.cut, tall, wide, bottom, lying, size, several, recipe.interior
        )
        if seen.faced:
            # Arms that reach out of a close-up do not push the camera away from the face.
            scale, foot = seen.fills * height / (tall * (1 - seen.cut)), bottom + tall * seen.cut
            broad = _ACROSS * width / (2 * _HEAD * group[0].extent.face)
            if shot is not ShotSize.extreme_close and scale > broad:  # an upright frame is narrow
                scale = broad
                foot = max(bottom, group[0].up + group[0].extent.eyes - 0.58 * height / scale)
        if several and shot is ShotSize.two_shot and not lying:
            share = waist if short > 0.8 * top else _COVERED if short > _SHORT * top else 0.0
            scale = min(0.84 * height / max(0.2, top - share * short), 0.86 * width / wide)
            foot = max(bottom, top - 0.84 * height / scale)
            if all(p.sunk for p in group):  # the waves about them are in the frame
                scale, foot = min(scale, _AFLOAT * height / tall), bottom
        away = max(0.5, focal / scale)
    return _Measure(depth, (left + right) / 2, tall, wide, bottom, lying, scale, foot)


def _middle(
    seen: Composition, subject: Placed | None, found: _Measure, forepart: bool, size: tuple[int, int]
) -> float:
    """What is in the middle of the framed part, in metres across: nearer to the head of who lies."""
    width, height = size
    middle = found.middle
    if seen.faced and seen.group[0].extent.face_x:  # a swimmer's face is far from the middle of the body
        share = 0.8 if width >= height else 1.0
        return middle + share * (seen.group[0].x + seen.group[0].extent.face_x - middle)
    if subject is None or seen.faced:
        return middle
    toward = {Facing.left: -1, Facing.right: 1}.get(subject.facing, 0)
    if forepart:  # room before the muzzle
        return middle + toward * max(0.0, 0.5 * found.wide - 0.4 * width / found.scale)
    if seen.near and not found.lying:
        return middle + _ahead(subject)
    if seen.near:
        nearly = seen.shot is ShotSize.medium_close
        middle += toward * found.wide * (0.2 if nearly else 0.3)
        if subject.extent.face_x:
            middle += (subject.x + subject.extent.face_x - middle) * (0.7 if nearly else 0.95)
    return middle


def _centre(
    seen: Composition, picture: Picture, subject: Placed | None, found: _Measure, width: int
) -> float:
    """Where across the frame, in pixels, that middle is: none of the framed part is outside."""
    centre = _lead(picture, subject, seen.shot, len(seen.group))
    half = (found.wide * found.scale) / (2 * width) + 0.03
    if seen.faced and seen.shot is not ShotSize.extreme_close:
        half = _HEAD * seen.group[0].extent.face * found.scale / width + 0.02
    if seen.shot not in TIGHT or seen.faced:
        centre = min(max(centre, half), 1 - half) if half < 0.5 else 0.5
    return centre * width


def _foot_line(seen: Composition, found: _Measure, forepart: bool, height: int) -> float:
    """Where down the frame, in pixels, the foot of the framed part is."""
    foot_at, shot = seen.foot_at, seen.shot
    two = not seen.alone and shot is ShotSize.two_shot
    if two and all(p.sunk for p in seen.group):
        foot_at = 0.88
    elif two and found.foot <= found.bottom and not any(p.sunk for p in seen.group):
        foot_at = _GROUNDED  # both are seen whole, and no shoe is cut
    if seen.acts is Action.swim and shot not in TIGHT and all(p.sunk for p in seen.group):
        foot_at = min(foot_at, SWIMS)
    if found.lying and shot not in TIGHT:
        foot_at = min(foot_at, 0.93)  # a long body stands on ground that is seen
    if not found.lying and found.tall * found.scale * (1 - seen.cut) > 0.9 * height and shot not in TIGHT:
        return 0.97 * height
    return (_PAWS if forepart else foot_at) * height


def _over_the_keel(seen: Composition, found: _Measure, ground_y: float, height: int) -> float:
    """Where the water line is, in pixels from the top, with no boat cut off above it: farther, if need be."""
    if ground_y + _DRAUGHT * found.scale <= _AFOOT * height:
        return ground_y
    over = max(p.up + p.extent.top for p in seen.group) + _DRAUGHT
    found.scale = min(found.scale, (_AFOOT - 0.08) * height / over)
    found.foot = -_DRAUGHT
    return _AFOOT * height - _DRAUGHT * found.scale


def _apart(seen: Composition, recipe: Recipe, found: _Measure, focal: float) -> tuple[float, float]:
    """Metres from the lens, and its focal length in pixels: longer where the lens would be too near."""
    distance = focal / found.scale - found.depth
    street = any(layer.piece == "street" and layer.depth < 20 for layer in recipe.layers)
    least = away_from_small(seen.shot, max(p.extent.height for p in seen.group) if street else 0.0)
    if all(p.extent.small for p in seen.group) and distance < least:
        focal *= (least + found.depth) / (focal / found.scale)
        distance = least
    if distance < 0.5:
        focal *= (0.5 + found.depth) / (focal / found.scale)
        distance = 0.5
    return distance, focal


def _handed_over(picture: Picture) -> bool:
    """Whether something goes from hand to hand, and hangs below them."""
    return picture.action in (Action.give, Action.take) and any(f.holds for f in picture.figures)


def _ahead(subject: Placed) -> float:
    """Metres from the middle of a body to its head, where that is far ahead, as a horse's is."""
    extent, toward = subject.extent, {Facing.left: -1, Facing.right: 1}.get(subject.facing, 0)
    if extent.width < 0.75 * extent.height or not toward:
        return 0.0
    head = 0.72 * (extent.right if toward > 0 else extent.left)
    return head - (extent.left + extent.right) / 2


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
        if several and wide > 2.2 * tall and (shot is ShotSize.full or fills >= DONE):
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
    if angle in (Angle.high, Angle.overhead) and any(f.action in ABED for f in picture.figures):
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
