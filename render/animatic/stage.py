"""The stage: a ``Picture`` laid out in metres, and the camera put where its framing asks.

Depth 0 is the line of the figures; the ground is 0 up; x runs right. Nothing here draws.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, replace

from ...storyboard.picture import FigureIn, Picture, ThingIn
from ...storyboard.vocabulary import (
    Angle,
    Being,
    Distance,
    Facing,
    Lens,
    ShotSize,
    Side,
    View,
)
from .camera import FOCAL, Pose
from .places.recipes import Recipe

THIRDS: dict[Side, float] = {
    Side.far_left: -0.38,
    Side.left: -0.19,
    Side.centre: 0.0,
    Side.right: 0.19,
    Side.far_right: 0.38,
}
"""Share of the frame's width from its middle."""

_FRAMING: dict[ShotSize, tuple[float, float, float]] = {
    ShotSize.extreme_wide: (0.17, 0.84, 0.0),
    ShotSize.wide: (0.42, 0.87, 0.0),
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

TIGHT = frozenset({ShotSize.medium_close, ShotSize.close, ShotSize.extreme_close, ShotSize.insert})
_WHOLE = frozenset({ShotSize.extreme_wide, ShotSize.wide, ShotSize.full})
BOARD_METRES = 0.16
"""How high those in a boat stand above the water."""
_SWIMMERS = frozenset({Being.fish, Being.whale, Being.octopus})


@dataclass(frozen=True)
class Extent:
    """How much room something takes, in metres about its ground point, measured as it is drawn."""

    left: float
    right: float
    top: float
    bottom: float = 0.0
    eyes: float = 0.0
    """Height of the eyes, or of what matters most."""
    face: float = 0.0
    """From the eyes to the crown, in metres; 0 where there is no upright face to frame."""

    @property
    def width(self) -> float:
        """Metres from left to right."""
        return self.right - self.left

    @property
    def height(self) -> float:
        """Metres from foot to top."""
        return self.top - self.bottom


@dataclass(frozen=True)
class Placed:
    """An entity on the stage."""

    id: str
    x: float
    depth: float
    up: float
    """Metres above the ground: for what flies, floats or stands on something."""
    extent: Extent
    facing: Facing
    gaze: tuple[float, float] | None = None
    sunk: float = 0.0
    """Share of the height that is under water."""
    walks: float = 0.0
    """Metres a second that it moves across the stage, rightwards."""
    shoulder: bool = False
    """Stands before the lens, over whose shoulder is looked."""

    @property
    def middle(self) -> tuple[float, float]:
        """Centre, x and up."""
        return self.x + (self.extent.left + self.extent.right) / 2, self.up + (
            self.extent.top + self.extent.bottom
        ) / 2


@dataclass(frozen=True)
class Staging:
    """A picture laid out."""

    figures: tuple[Placed, ...]
    things: tuple[Placed, ...]
    pose: Pose
    subject: Placed | None
    middle: float
    """Metres up that the framing centres on."""
    squash: float
    """Vertical scale of figures seen from above or below."""


def staged(
    picture: Picture,
    recipe: Recipe,
    figures: dict[str, Extent],
    things: dict[str, Extent],
    floats: frozenset[str],
    speeds: dict[str, float],
    size: tuple[int, int],
    hands: dict[str, tuple[float, float]],
) -> Staging:
    """Lay out a picture for a frame of ``size`` pixels.

    ``figures`` and ``things`` hold the measured extents by id, ``floats`` the ids of those that swim
    or fly, ``speeds`` metres a second, ``hands`` where hands are that hold something. Pure.
    """
    shown = [f for f in picture.figures if _is_seen(picture, f)]
    span = _span(picture, figures, size)
    placed = [
        _figure(picture, recipe, f, figures[f.id], f.id in floats, speeds.get(f.id, 0.0), span) for f in shown
    ]
    placed = _apart(placed)
    laid = [_thing(t, things[t.id], span, placed, recipe) for t in picture.things if not t.held]
    subject = _subject(picture, placed, laid)
    wanted = _inserted(picture, subject, hands)
    pose, middle = _framed(picture, recipe, placed, laid, wanted, size)
    if picture.camera.view is View.over_shoulder and subject is not None:
        placed = _shouldered(picture, placed, subject, pose, size)
    placed = _within(picture, placed, subject, pose, size)
    placed = [_eyed(p, picture, placed, laid) for p in placed]
    subject = next((p for p in [*placed, *laid] if subject and p.id == subject.id), subject)
    squash = {Angle.high: 0.94, Angle.overhead: 0.8, Angle.low: 1.05, Angle.ground: 1.08}
    return Staging(tuple(placed), tuple(laid), pose, subject, middle, squash.get(picture.camera.angle, 1.0))


def _is_seen(picture: Picture, figure: FigureIn) -> bool:
    """From somebody's point of view that somebody is not seen."""
    return not (
        picture.camera.view is View.point_of_view
        and figure.id == picture.actor
        and picture.camera.focus != figure.id
    )


def _span(picture: Picture, figures: dict[str, Extent], size: tuple[int, int]) -> float:
    """Metres across which the sides are spread, so that people stand together as people do."""
    widths = [figures[f.id].width for f in picture.figures]
    tallest = max([figures[f.id].height for f in picture.figures], default=1.7)
    people = max(3.4, 1.9 * tallest) if len(widths) > 1 else max(2.6, tallest * 1.5)
    return max(people * min(1.0, 0.5 + 0.3 * size[0] / size[1]), 0.9 * sum(widths))


def _figure(
    picture: Picture,
    recipe: Recipe,
    figure: FigureIn,
    extent: Extent,
    floats: bool,
    speed: float,
    span: float,
) -> Placed:
    depth = {Distance.near: -0.5, Distance.middle: 0.0, Distance.far: 3.0}[figure.distance]
    depth *= min(1.0, span / 4) if depth < 0 else 1.0
    up, sunk = 0.0, 0.0
    if recipe.footing == "boat" and not floats:
        depth *= 0.1
        up = BOARD_METRES
    if floats:
        if figure.look.being in _SWIMMERS and recipe.water:
            depth = max(depth, recipe.water[0] + 1.2 + extent.width * 0.12)
            sunk = 0.42 if recipe.footing != "seabed" else 0.0
            up = -extent.height * sunk
        elif recipe.footing == "seabed":
            up = 0.5 + extent.height * 0.2
        elif figure.look.being in _SWIMMERS:
            up = 0.5
        else:
            up = {Being.ghost: 0.12, Being.dragon: 0.8}.get(figure.look.being, 0.9)
    facing = figure.facing
    if picture.camera.view is View.profile and facing in (Facing.camera, Facing.away):
        facing = Facing.left if figure.side in (Side.right, Side.far_right) else Facing.right
    walks = {Facing.left: -speed, Facing.right: speed}.get(facing, 0.0)
    x = THIRDS[figure.side] * span * (1 + depth / 12)
    return Placed(figure.id, x, depth, up, extent, facing, sunk=sunk, walks=walks)


def _apart(placed: list[Placed]) -> list[Placed]:
    """Push those who would stand in one another aside, keeping their order."""
    ordered = sorted(placed, key=lambda p: (p.x, p.depth))
    for _ in range(4):
        for i in range(len(ordered) - 1):
            a, b = ordered[i], ordered[i + 1]
            if abs(a.depth - b.depth) > 2.5 and abs(a.depth - b.depth) > 0.6 * max(
                a.extent.width, b.extent.width
            ):
                continue
            lap = (a.x + a.extent.right * 0.9) - (b.x + b.extent.left * 0.9)
            if lap > 0:
                ordered[i] = replace(a, x=a.x - lap / 2)
                ordered[i + 1] = replace(b, x=b.x + lap / 2)
    by_id = {p.id: p for p in ordered}
    return [by_id[p.id] for p in placed]


def _thing(thing: ThingIn, extent: Extent, span: float, figures: list[Placed], recipe: Recipe) -> Placed:
    depth = {Distance.near: -0.35, Distance.middle: 0.35, Distance.far: 3.5}[thing.distance]
    if extent.width > 1.5 or extent.height > 2.5:
        depth = max(depth, 1.2)
    x = THIRDS[thing.side] * span * 1.15
    for figure in figures:
        if abs(figure.depth - depth) > 1.5:
            continue
        half = (figure.extent.width * 0.7 + extent.width) / 2
        if abs(figure.x - x) < half:
            x = figure.x + math.copysign(half, x - figure.x or (1.0 if figure.x <= 0 else -1.0))
    return Placed(thing.id, x, depth, 0.0, extent, Facing.camera)


def _subject(picture: Picture, figures: list[Placed], things: list[Placed]) -> Placed | None:
    """Who or what is framed; None frames the whole staging."""
    by_id = {p.id: p for p in [*figures, *things]}
    holder = next((f.id for f in picture.figures if picture.camera.focus in f.holds), None)
    for wish in (picture.camera.focus, holder):
        if wish in by_id:
            return by_id[wish]
    if picture.camera.view is View.point_of_view:
        others = [picture.target, *(f.id for f in figures), *(t.id for t in things)]
        return next((by_id[o] for o in others if o in by_id), None)
    whole = (ShotSize.wide, ShotSize.extreme_wide, ShotSize.full, ShotSize.two_shot)
    if picture.camera.size in whole and len(by_id) > 1:
        return None
    if picture.camera.size is ShotSize.insert and things:
        return things[0]
    if picture.actor in by_id:
        return by_id[picture.actor]
    return figures[0] if figures else (things[0] if things else None)


def _inserted(
    picture: Picture, subject: Placed | None, hands: dict[str, tuple[float, float]]
) -> Placed | None:
    """In an insert of somebody, the hands and what they hold are framed."""
    if subject is None or picture.camera.size is not ShotSize.insert:
        return subject
    figure = next((f for f in picture.figures if f.id == subject.id), None)
    if figure is None:
        return subject
    tall = subject.extent.height
    across, up = hands.get(subject.id, (0.0, 0.42 * tall))
    reach = 0.17 * tall
    box = Extent(across - reach, across + reach, up + reach * 0.8, up - reach * 0.8, up)
    return replace(subject, extent=box)


def _framed(
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
    fills, foot_at, cut = _FRAMING[shot]
    everyone = figures or things
    if subject is None or shot is ShotSize.two_shot:
        group = everyone if shot is not ShotSize.two_shot else (figures or things)[:2]
    else:
        group = [subject]
        if shot in _WHOLE and _fits(subject, everyone):
            group = [subject, *(p for p in everyone if p.id != subject.id)]
    if not group:
        group = [Placed("nobody", 0.0, 0.0, 0.0, Extent(-0.4, 0.4, 1.7), Facing.camera)]
    focal = FOCAL[picture.camera.lens] * height
    depth = min(p.depth for p in group)
    short = min(p.extent.top for p in group)
    if len(group) == 1 and group[0].extent.face and shot in TIGHT and shot is not ShotSize.insert:
        fills, foot_at, cut = _faced(shot, group[0].extent)
    away = 8.0
    for _ in range(3):
        left, right, top, bottom = _bounds(group, depth, away)
        tall, wide = max(0.1, top - bottom), max(0.1, right - left)
        lying = len(group) == 1 and wide > 1.25 * tall
        scale, foot = _scaled(
            shot, fills, cut, tall, wide, bottom, lying, size, len(group) > 1, recipe.interior
        )
        if len(group) > 1 and shot is ShotSize.two_shot and not lying:
            cover = 0.42 * short if short > 0.62 * top else 0.0
            scale = min(0.84 * height / max(0.2, top - cover), 0.86 * width / wide)
            foot = max(bottom, top - 0.84 * height / scale)
        away = max(0.5, focal / scale)
    if subject is not None and shot in TIGHT and lying and shot is not ShotSize.insert:
        toward = {Facing.left: -1, Facing.right: 1}.get(subject.facing, 0)
        middle_x = (left + right) / 2 + toward * wide * {ShotSize.medium_close: 0.2}.get(shot, 0.3)
    else:
        middle_x = (left + right) / 2
    if (
        len(group) == 1
        and lying
        and shot in TIGHT
        and shot is not ShotSize.insert
        and group[0].extent.eyes > 0
    ):
        foot = group[0].up + group[0].extent.eyes - (foot_at - 0.44) * height / scale
    centre_at = _lead(picture, subject, shot, len(group))
    half = (wide * scale) / (2 * width) + 0.03
    if shot not in TIGHT:
        centre_at = min(max(centre_at, half), 1 - half) if half < 0.5 else 0.5
    centre_at *= width
    foot_y = foot_at * height
    if not lying and tall * scale * (1 - cut) > 0.9 * height and shot not in TIGHT:
        foot_y = 0.97 * height
    ground_y = foot_y + foot * scale
    horizon = _horizon(picture, recipe, shot, size, ground_y, scale)
    distance = focal / scale - depth
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


def _fits(subject: Placed, everyone: list[Placed]) -> bool:
    """Whether all can be framed without making the subject small."""
    biggest = max(max(p.extent.height, p.extent.width * 0.6) for p in everyone)
    return biggest < 1.7 * subject.extent.height


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
        fills = {ShotSize.extreme_wide: 0.3, ShotSize.wide: 0.46}[shot]
    shown = tall * (1 - cut)
    scale = fills * height / shown
    foot = bottom + tall * cut
    if lying or several:
        share = {
            ShotSize.extreme_wide: 0.3,
            ShotSize.wide: 0.58,
            ShotSize.full: 0.8,
            ShotSize.medium_full: 0.9,
            ShotSize.medium: 1.0 if not several else 0.94,
            ShotSize.two_shot: 0.86,
            ShotSize.medium_close: 1.5,
            ShotSize.close: 2.0,
            ShotSize.extreme_close: 3.2,
            ShotSize.insert: 0.7,
        }[shot]
        if several:
            scale = min(scale, share * width / wide)
        else:
            scale = min(max(scale, 0.0), share * width / wide) if shot not in TIGHT else share * width / wide
            scale = min(scale, (2.2 if shot in TIGHT else 0.74) * height / tall)
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
        return 0.62 if _shoulder_side(picture, subject) < 0 else 0.38
    pull = {ShotSize.extreme_wide: 0.8, ShotSize.wide: 0.8, ShotSize.full: 0.65, ShotSize.medium_full: 0.55}
    return 0.5 + THIRDS[figure.side] * pull.get(shot, 0.3) + look


def _horizon(
    picture: Picture, recipe: Recipe, shot: ShotSize, size: tuple[int, int], ground_y: float, scale: float
) -> float:
    """Where the horizon lies, in pixels from the top."""
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
    if angle is Angle.low:
        return (
            min(level + 0.3, 0.86) * height if shot in TIGHT else min(0.84 * height, ground_y - 0.2 * scale)
        )
    if angle is Angle.ground:
        return ground_y - 0.1 * scale if ground_y < 1.1 * height else 0.95 * height
    if angle is Angle.high:
        return 0.1 * height
    if angle is Angle.overhead:
        return -0.75 * height
    return level * height


def _shoulder_side(picture: Picture, subject: Placed) -> int:
    """-1 where the shoulder is at the left of the frame."""
    if subject.facing is Facing.left:
        return -1
    if subject.facing is Facing.right:
        return 1
    figure = next((f for f in picture.figures if f.id == subject.id), None)
    return -1 if figure is None or figure.side in (Side.right, Side.far_right, Side.centre) else 1


def _shouldered(
    picture: Picture, placed: list[Placed], subject: Placed, pose: Pose, size: tuple[int, int]
) -> list[Placed]:
    """Bring the other one before the lens, back turned, large at the edge of the frame."""
    others = [p for p in placed if p.id != subject.id]
    if not others:
        return placed
    other = next((p for p in others if p.id == picture.actor), others[0])
    tall = other.extent.height
    scale = 0.98 * size[1] / max(0.2, min(tall, 1.9) * 0.42)
    depth = pose.focal / scale - pose.distance
    side = _shoulder_side(picture, subject)
    x = pose.x + (side * 0.37 * size[0]) / pose.scale(depth)
    top_y = 0.2 * size[1]
    up = pose.height - (top_y - pose.horizon) / pose.scale(depth) - other.extent.top
    back = replace(other, x=x, depth=depth, up=up, facing=Facing.away, walks=0.0, shoulder=True, sunk=0.0)
    return [p for p in placed if p.id != other.id] + [back]


def _within(
    picture: Picture, placed: list[Placed], subject: Placed | None, pose: Pose, size: tuple[int, int]
) -> list[Placed]:
    """Leave out those of whom only a sliver would be seen at an edge, or a body without its head."""
    if subject is None or picture.camera.size in (ShotSize.extreme_wide, ShotSize.wide, ShotSize.two_shot):
        return placed
    width, height = size
    kept = []
    for figure in placed:
        left, top = pose.at(figure.x + figure.extent.left, figure.up + figure.extent.top, figure.depth)
        right, _ = pose.at(figure.x + figure.extent.right, 0, figure.depth)
        seen = (min(right, width) - max(left, 0)) / max(1.0, right - left)
        most = 0.62 if picture.camera.size in TIGHT else 0.5
        whole = -0.03 * height < top < 0.86 * height or figure.depth > subject.depth + 2
        if figure.id == subject.id or figure.shoulder or (seen > most and whole):
            kept.append(figure)
    return kept


def _eyed(figure: Placed, picture: Picture, figures: list[Placed], things: list[Placed]) -> Placed:
    """Turn the eyes to what is looked at."""
    wish = next((f.gaze for f in picture.figures if f.id == figure.id), None)
    target = next((p for p in [*figures, *things] if p.id == wish and p.id != figure.id), None)
    if target is None:
        return figure
    dx = target.x - figure.x
    dy = -(target.up + target.extent.eyes) + (figure.up + figure.extent.eyes)
    far = math.hypot(dx, dy) or 1.0
    return replace(figure, gaze=(dx / far, dy / far))


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
