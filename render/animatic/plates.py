"""Plates: everything that does not move by itself, drawn once a shot and then only shifted.

A plate is an image in the pixels of the base pose. For another pose it is laid down by one affine
map, which is exact for a sheet at one depth; the distance between plates is what gives parallax.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal

import numpy as np
import skia

from ...storyboard.vocabulary import Season, Style, Weather
from .camera import Pose
from .ink import mixed, rgb
from .light import Air
from .places.brush import Brush, Setting
from .places.ground import Ground
from .places.recipes import Layer, Recipe
from .sparing import Filled, filled, hidden_rows, uncovered
from .weather import paint_sky

Box = tuple[int, int, int, int]
"""Left, top, right, bottom in pixels of the base pose."""

BEHIND_GROUND = 60.0
"""Sheets this far away (metres) or farther are drawn before the ground, which hides their feet. A
ground with an ``edge`` ends there instead, as a deck or a roof does."""
FRONT_METRES = 3.0
"""What stands before the lens is drawn as if the frame were so many metres high, at its lower edge."""
_HANGING = frozenset({"stalactites", "overhang"})
_BANDS = (BEHIND_GROUND, 11.0, 2.4, 0.0)
"""Depths that part the sheets into plates, far to near."""


@dataclass(frozen=True)
class Plate:
    """A baked image and the depth that it moves with. Kind: ``sky``, ``ground``, ``sheet`` or ``front``."""

    image: skia.Image
    left: int
    top: int
    kind: Literal["sky", "sheet", "ground", "front"]
    depth: float
    foot: float = 0.0
    """For a ``front``: the pixel row it stands on, which it never leaves upwards."""
    hangs: bool = False
    """A ``front`` that hangs from the frame's upper edge, and never comes down from it."""
    filled: Filled | None = None
    """Where it holds something; None: everywhere."""

    def matrix(self, pose: Pose, base: Pose) -> skia.Matrix:
        """From pixels of the base pose to those of ``pose``."""
        if self.kind == "ground":
            return pose.ground_from(base)
        if self.kind == "sky":
            grown = pose.focal / base.focal
            return skia.Matrix.MakeAll(
                grown,
                0,
                pose.centre - base.centre * grown,
                0,
                grown,
                pose.horizon - base.horizon * grown,
                0,
                0,
                1,
            )
        new, old = pose.scale(self.depth), base.scale(self.depth)
        grown = new / old
        across = (pose.centre - pose.x * new) - (base.centre - base.x * old) * grown
        down = (pose.horizon + pose.height * new) - (base.horizon + base.height * old) * grown
        if self.kind == "front":
            grown = min(2.0, max(0.6, grown)) ** 0.7
            across = base.centre * (1 - grown) - (pose.x - base.x) * old + (pose.centre - base.centre)
            lifted = pose.horizon - base.horizon + (pose.height - base.height) * new
            down = min(0.0, lifted) if self.hangs else self.foot * (1 - grown) + max(0.0, lifted)
        return skia.Matrix.MakeAll(grown, 0, across, 0, grown, down, 0, 0, 1)

    def hides(self, pose: Pose, base: Pose, wide: int) -> tuple[int, int]:
        """The rows of a frame ``wide`` pixels wide, from the first to before the second, behind it."""
        if self.filled is None:
            return 0, 0
        return hidden_rows(self.matrix(pose, base), self.left, self.top, self.image, self.filled.solid, wide)

    def draw(self, canvas: skia.Canvas, pose: Pose, base: Pose, alpha: float = 1.0) -> None:
        """Lay it down as seen from ``pose``."""
        paint = skia.Paint(Alphaf=alpha) if alpha < 1 else None
        if pose == base and not pose.roll:
            canvas.drawImage(self.image, self.left, self.top, skia.SamplingOptions(), paint)
            return
        matrix = self.matrix(pose, base)
        if self.kind == "ground" and not pose.roll and matrix.getScaleY() > 0:
            self._slid(canvas, matrix, paint)
            return
        linear = skia.SamplingOptions(skia.FilterMode.kLinear)
        for area in self._areas(matrix, pose):
            canvas.save()
            if area is not None:
                canvas.clipRect(skia.Rect.Make(area))
            canvas.concat(matrix)
            canvas.drawImage(self.image, self.left, self.top, linear, paint)
            canvas.restore()

    def _areas(self, matrix: skia.Matrix, pose: Pose) -> list[skia.IRect | None]:
        """The parts of the frame in which something of it is seen; None: all of it."""
        if self.filled is None or pose.roll or matrix.getSkewX():
            return [None]
        grown, across, down = matrix.getScaleX(), matrix.getTranslateX(), matrix.getTranslateY()
        found: list[skia.IRect | None] = []
        for left, top, right, bottom in self.filled.patches:
            found.append(
                skia.IRect.MakeLTRB(
                    round(grown * (self.left + left) + across),
                    math.floor(grown * (self.top + top) + down),
                    round(grown * (self.left + right) + across),
                    math.ceil(grown * (self.top + bottom) + down),
                )
            )
        return found

    def _slid(self, canvas: skia.Canvas, matrix: skia.Matrix, paint: skia.Paint | None) -> None:
        """Lay the ground down in bands of whole rows of the frame, each grown and moved but not skewed.

        A tenth of the time of one skewed image, and off by three eighths of a pixel at most.
        """
        wide, tall = self.image.width(), self.image.height()
        across, down = matrix.getScaleX(), matrix.getScaleY()
        skew, start, lower = matrix.getSkewX(), matrix.getTranslateX(), matrix.getTranslateY()
        step = max(1, int(0.75 * down / max(abs(skew), 1e-4)))
        first = max(0, math.floor(down * self.top + lower))
        last = min(canvas.imageInfo().height(), math.ceil(down * (self.top + tall) + lower))
        linear = skia.SamplingOptions(skia.FilterMode.kLinear)
        fast = skia.Canvas.SrcRectConstraint.kFast_SrcRectConstraint
        for row in range(first, last, step):
            deep = min(step, last - row)
            y = (row - lower) / down
            x = across * self.left + skew * (y + deep / down / 2) + start
            source = skia.Rect.MakeXYWH(0, y - self.top, wide, deep / down)
            target = skia.Rect.MakeXYWH(x, row, wide * across, deep)
            canvas.drawImageRect(self.image, source, target, linear, paint, fast)


def unhidden(
    plates: Sequence[tuple[Plate, Pose]], base: Pose, size: tuple[int, int]
) -> list[tuple[int, int]]:
    """For each of the plates, laid down in this order, the rows of the frame not hidden by later ones."""
    if any(pose.roll for _, pose in plates):
        return [(0, size[1])] * len(plates)
    hidden: list[tuple[int, int]] = []
    found = []
    for plate, pose in reversed(plates):
        found.append(uncovered(hidden, size[1]))
        hidden.append(plate.hides(pose, base, size[0]))
    return found[::-1]


@dataclass(frozen=True)
class Plates:
    """All plates of a shot, in the order they are laid down."""

    behind: tuple[Plate, ...]
    before: tuple[Plate, ...]


def baked(
    recipe: Recipe,
    setting: Setting,
    base: Pose,
    poses: Sequence[Pose],
    size: tuple[int, int],
    blur: float,
    sun_at: float,
    anchor: float,
    drift: int = 0,
    apart: bool = False,
) -> Plates:
    """Draw a place for a shot, or for a part of a long one.

    ``poses`` are samples of the camera's way and ``base`` one of about their middle; ``blur`` is in
    pixels; ``sun_at`` is where across the frame sun or moon stand clear (0 to 1); ``anchor`` is the x
    (metres) at which what stands before the lens leaves the middle free; ``drift`` is how many
    pixels the sky wanders to either side; ``apart``: plates are never made one.
    """
    air = setting.air
    behind: list[Plate] = []
    sky = Plate(skia.Image.fromarray(np.zeros((1, 1, 4), np.uint8)), 0, 0, "sky", 1e6)
    left, top, right, bottom = _seen(sky, base, poses, size)
    box = (left - drift, top, right + drift, bottom)
    surface = _surface(box)
    if recipe.sky == "air" and recipe.interior:
        surface.getCanvas().clear(skia.Color(*rgb(mixed(air.haze, "#101018", 0.4))))
    else:
        paint_sky(
            surface.getCanvas(),
            air,
            base,
            (box[0], box[1], box[2], box[3]),
            size,
            recipe.sky,
            setting,
            sun_at,
        )
    behind.append(replace(sky, image=surface.makeImageSnapshot(), left=box[0], top=box[1]))
    edge = edge_of(recipe)
    groups = grouped(recipe.layers, edge)
    for depth, layers in groups:
        if depth < edge:
            break
        behind += _sheet(layers, depth, recipe, setting, base, poses, size, blur * 1.0)
    behind += _ground(recipe, setting, base, poses, size, blur * 0.2)
    for depth, layers in groups:
        if depth < edge:
            soft = blur * min(1.0, depth / (depth + max(0.4, base.distance) * 0.7))
            behind += _sheet(layers, depth, recipe, setting, base, poses, size, soft)
    front: list[Plate] = []
    for layer in recipe.front:
        depth = layer.depth * base.distance
        soft = size[1] * 0.002 + blur * 0.6
        front += _sheet([layer], depth, recipe, setting, base, poses, size, soft, anchor)
    if apart:
        return Plates(tuple(behind), tuple(front))
    if drift:
        return Plates((behind[0], *_merged(behind[1:], base, poses, size)), _merged(front, base, poses, size))
    return Plates(_merged(behind, base, poses, size), _merged(front, base, poses, size))


def edge_of(recipe: Recipe) -> float:
    """Metres behind the figures from which on the ground hides what stands there."""
    return float(recipe.ground.get("edge", BEHIND_GROUND))


def grouped(layers: Sequence[Layer], edge: float) -> list[tuple[float, list[Layer]]]:
    """Sheets gathered into the bands of depth; each group with the depth it moves with."""
    groups = []
    upper = float("inf")
    for limit in sorted({*_BANDS, edge}, reverse=True):
        band = sorted((la for la in layers if limit <= la.depth < upper), key=lambda la: -la.depth)
        if band:
            groups.append((min(la.depth for la in band), band))
        upper = limit
    return groups


def _seen(plate: Plate, base: Pose, poses: Sequence[Pose], size: tuple[int, int]) -> Box:
    """What of a plate any of the poses sees, in pixels of the base pose, with a margin."""
    frame = skia.Rect.MakeWH(*size)
    total = skia.Rect.MakeWH(*size)
    for pose in poses:
        back = skia.Matrix()
        seen = frame
        if pose.roll:
            turned = skia.Matrix()
            turned.setRotate(pose.roll, size[0] / 2, size[1] / 2)
            seen = turned.mapRect(frame)
        if plate.matrix(pose, base).invert(back):
            total.join(back.mapRect(seen))
    margin = 2
    reach = 1.5
    left = max(int(total.left()) - margin, int(-reach * size[0]))
    right = min(int(total.right()) + margin + 1, int((1 + reach) * size[0]))
    top = max(int(total.top()) - margin, int(-reach * size[1]))
    bottom = min(int(total.bottom()) + margin + 1, int((1 + reach) * size[1]))
    return left, top, right, bottom


def paper(width: int, height: int) -> skia.Surface:
    """An empty surface in skia's own byte order.

    Laying one such image on another takes a seventh of the time that other byte orders take.
    """
    return skia.Surface.MakeRaster(skia.ImageInfo.MakeN32Premul(width, height))


def _surface(box: Box) -> skia.Surface:
    surface = paper(box[2] - box[0], box[3] - box[1])
    surface.getCanvas().translate(-box[0], -box[1])
    return surface


def _sheet(
    layers: Sequence[Layer],
    depth: float,
    recipe: Recipe,
    setting: Setting,
    base: Pose,
    poses: Sequence[Pose],
    size: tuple[int, int],
    blur: float,
    anchor: float = 0.0,
) -> list[Plate]:
    kind: Literal["front", "sheet"] = "front" if depth < 0 else "sheet"
    blank = Plate(skia.Image.fromarray(np.zeros((1, 1, 4), np.uint8)), 0, 0, kind, depth, float(size[1]))
    if kind == "front" and layers[0].piece in _HANGING:
        blank = replace(blank, hangs=True)
    box = _seen(blank, base, poses, size)
    surface = _surface(box)
    canvas = surface.getCanvas()
    for index, layer in enumerate(layers):
        stands = layer.depth if layer.depth >= 0 else depth
        scale = base.scale(stands)
        away = max(0.0, stands)
        air = setting.air.unhazed() if recipe.interior else setting.air
        ink = air.ink(away, 1.3 * size[1] / 720 / scale)
        if layer.depth < 0 and not layer.options.get("pale"):
            ink = replace(ink, veil="#0a0a12", veiled=0.22 if setting.air.style is not Style.ink else 0.16)
        canvas.save()
        across, ground = base.centre - base.x * scale, base.horizon + base.height * scale
        if layer.depth < 0:
            across = size[0] / 2 - (base.x - anchor) * base.scale(depth)
            ground, scale = size[1] * 1.01, size[1] / FRONT_METRES
        flip = -1 if recipe.interior and setting.seed % 2 else 1
        canvas.translate(across, ground)
        canvas.scale(scale * flip, scale)
        left, right = sorted((flip * (box[0] - across) / scale, flip * (box[2] - across) / scale))
        brush = Brush(
            canvas=canvas,
            setting=setting,
            ink=ink,
            depth=stands,
            left=left,
            right=right,
            top=max(0.0, (ground - box[1]) / scale),
            name=f"{layer.piece}{layer.depth}/{index}",
            pixel=1 / scale,
        )
        layer.paint(brush)
        canvas.restore()
    return _trimmed(surface, box, blank, blur)


def _ground(
    recipe: Recipe,
    setting: Setting,
    base: Pose,
    poses: Sequence[Pose],
    size: tuple[int, int],
    blur: float,
) -> list[Plate]:
    if recipe.ground.get("void"):
        return []
    blank = Plate(skia.Image.fromarray(np.zeros((1, 1, 4), np.uint8)), 0, 0, "ground", 0.0)
    box = _seen(blank, base, poses, size)
    surface = _surface(box)
    ink = (setting.air.unhazed() if recipe.interior else setting.air).ink(0, 0.01)
    if recipe.footing == "seabed":  # neither snow nor puddles lie there
        setting = replace(setting, weather=Weather.clear, season=Season.summer)
    Ground(surface.getCanvas(), base, setting, ink, recipe.ground, box, recipe.interior).paint()
    return _trimmed(surface, box, blank, blur)


def _trimmed(surface: skia.Surface, box: Box, plate: Plate, blur: float) -> list[Plate]:
    """Cut a drawn surface down to the rows that hold something, and soften it."""
    held = skia.Pixmap()
    surface.peekPixels(held)
    pixels = np.array(held, copy=False)
    rows = np.flatnonzero(pixels[:, ::4, 3].any(axis=1))
    if not len(rows):
        return []
    first, last = int(rows[0]), int(rows[-1]) + 1
    if blur >= 0.6:
        tall, reach = surface.height(), math.ceil(3 * blur) + 2
        upper, lower = max(0, first - reach), min(tall, last + reach)
        first, last = max(0, first - int(2 * blur)), min(tall, last + int(2 * blur))
        surface = _softened(surface, blur, upper, lower)
        image = surface.makeImageSnapshot(
            skia.IRect.MakeLTRB(0, first - upper, surface.width(), last - upper)
        )
    else:
        image = surface.makeImageSnapshot(skia.IRect.MakeLTRB(0, first, surface.width(), last))
    return [replace(plate, image=image, left=box[0], top=box[1] + first, filled=filled(image))]


def _softened(surface: skia.Surface, blur: float, upper: int, lower: int) -> skia.Surface:
    """Rows of the surface out of focus; edges go on as they are, so that no dark rim appears."""
    wide = surface.width()
    soft = paper(wide, lower - upper)
    paint = skia.Paint(ImageFilter=skia.ImageFilters.Blur(blur, blur, skia.TileMode.kClamp))
    rows = surface.makeImageSnapshot(skia.IRect.MakeLTRB(0, upper, wide, lower))
    soft.getCanvas().drawImage(rows, 0, 0, skia.SamplingOptions(), paint)
    return soft


def _merged(
    plates: Sequence[Plate], base: Pose, poses: Sequence[Pose], size: tuple[int, int]
) -> tuple[Plate, ...]:
    """Where the camera never leaves the base pose, all plates become one."""
    if len(plates) < 2 or any(replace(pose, roll=base.roll) != base for pose in poses):
        return tuple(plates)
    left, top = min(p.left for p in plates), min(p.top for p in plates)
    right = max(p.left + p.image.width() for p in plates)
    bottom = max(p.top + p.image.height() for p in plates)
    surface = _surface((left, top, right, bottom))
    for plate in plates:
        plate.draw(surface.getCanvas(), base, base)
    return (Plate(surface.makeImageSnapshot(), left, top, "sheet", 0.0),)


def lit(air: Air, alpha: float) -> int:
    """The colour of the air's haze with an alpha, as a skia colour."""
    return int(skia.Color(*rgb(air.haze), round(255 * alpha)))
