"""Guides: what models accept as control, drawn from the same staging as the animatic, frame for frame.

``depth``: inverse depth, the nearest that is ever staged white and the sky black (as MiDaS and its kin).
``lines``: edges of the drawing, white on black (as Canny and scribble models take them).
``segments``: a flat colour for each figure and thing, and for sky, ground and set (``colours``).
``pose``: bones of every person in OpenPose's colours on black. Other bodies have no such bones.
"""

from __future__ import annotations

import colorsys
import json
from collections.abc import Callable

import numpy as np
import numpy.typing as npt
import skia

from ..protocol import Pixels
from .camera import Pose
from .plates import paper
from .screen import Laid, Screen

_EDGE = 22
"""Steps of luma (0 to 255) between neighbours that are an edge."""
_SET = {"sky": "#1e3c78", "ground": "#5a4632", "sheet": "#788c5a", "front": "#3c5a28", "boat": "#c8963c"}
_BONES = (
    ("neck", "r-shoulder"), ("neck", "l-shoulder"), ("r-shoulder", "r-elbow"), ("r-elbow", "r-wrist"),
    ("l-shoulder", "l-elbow"), ("l-elbow", "l-wrist"), ("neck", "r-hip"), ("r-hip", "r-knee"),
    ("r-knee", "r-ankle"), ("neck", "l-hip"), ("l-hip", "l-knee"), ("l-knee", "l-ankle"), ("neck", "nose"),
)  # fmt: skip
"""In the order in which OpenPose colours its limbs: hue runs from red through green to violet."""


def drawn_guide(screen: Screen, shows: str, seconds: float, held: float) -> Pixels:
    """One frame of a guide, height x width x 4. ``screen`` must have its plates apart.

    ``held`` is the moment that performances show, where those are drawn less often than frames.
    """
    surface = paper(*screen.size)
    canvas = surface.getCanvas()
    canvas.clear(skia.ColorBLACK)
    pose = screen.path(seconds)
    _GUIDES[shows](screen, canvas, pose, seconds, held)
    pixels: Pixels = surface.toarray(colorType=skia.kRGBA_8888_ColorType)
    if shows != "lines":
        return pixels
    outlines = paper(*screen.size)
    _segments(screen, outlines.getCanvas(), pose, seconds, held)
    edge = _edges(pixels, _EDGE * max(0.25, 1 - screen.air.night))
    edge |= _edges(outlines.toarray(colorType=skia.kRGBA_8888_ColorType), 1)
    drawn = np.full(pixels.shape, 255, np.uint8)
    drawn[..., :3] = np.where(edge, 255, 0)[..., None]
    return drawn


def colours(screen: Screen) -> dict[str, str]:
    """Colours of ``segments``: of each figure and thing by id, and of the parts of the place."""
    ids = sorted([*(p.id for p in screen.staging.figures), *(p.id for p in screen.staging.things)])
    named = dict(_SET)
    for n, entity in enumerate(ids):
        red, green, blue = colorsys.hsv_to_rgb(n * 0.618034 % 1.0, 0.85, 1.0)
        named[entity] = f"#{round(255 * red):02x}{round(255 * green):02x}{round(255 * blue):02x}"
    return named


def camera_path(screen: Screen, frames: int, fps: float) -> str:
    """JSON: the camera at every frame, and the colours of ``segments``.

    ``x`` and ``height`` in metres, ``distance`` metres to the line on which figures are staged, ``focal``,
    ``centre`` and ``horizon`` in pixels, ``roll`` in degrees: a pinhole camera that looks level.
    """
    rows = []
    for frame in range(frames):
        pose = screen.path(frame / fps)
        named = ("x", "height", "distance", "focal", "centre", "horizon", "roll")
        rows.append({name: round(float(getattr(pose, name)), 4) for name in named})
    told = {"fps": round(fps, 6), "size": list(screen.size), "colours": colours(screen), "camera": rows}
    return json.dumps(told, separators=(",", ":"))


def _depth(screen: Screen, canvas: skia.Canvas, pose: Pose, seconds: float, held: float) -> None:
    near = _nearest(screen)

    def shade(laid: Laid) -> skia.Paint:
        if laid.kind == "ground":
            # Of the ground, a row's depth is focal x height / (row - horizon): its inverse is linear in rows.
            row = pose.horizon + pose.focal * pose.height / near
            grey = [skia.ColorBLACK, skia.ColorWHITE]
            ends = [skia.Point(0, pose.horizon), skia.Point(0, row)]
            return skia.Paint(Shader=skia.GradientShader.MakeLinear(ends, grey))
        away = max(0.05, pose.distance + laid.depth)
        level = 0 if laid.kind == "sky" else 255 if laid.kind == "front" else round(255 * min(1, near / away))
        return skia.Paint(Color=skia.Color(level, level, level))

    _filled(screen, canvas, pose, seconds, held, shade)


def _nearest(screen: Screen) -> float:
    """Metres from the lens to the nearest that is staged, or to the ground at the lower edge of the frame."""
    staged = [*screen.staging.figures, *screen.staging.things]
    poses = [screen.path(screen.length * k / 12) for k in range(13)]
    near = min(p.distance for p in poses) + min([p.depth for p in staged], default=0.0) - 0.3
    below = [p.focal * p.height / (screen.size[1] - p.horizon) for p in poses if p.horizon < screen.size[1]]
    return max(0.3, min([near, *below]))


def _segments(screen: Screen, canvas: skia.Canvas, pose: Pose, seconds: float, held: float) -> None:
    named = {name: skia.Color(*_rgb(colour)) for name, colour in colours(screen).items()}
    _filled(screen, canvas, pose, seconds, held, lambda laid: skia.Paint(Color=_named(named, laid)))


def _named(colours: dict[str, int], laid: Laid) -> int:
    """The colour of a layer: its own, or, as for those who watch a show, that of its kind."""
    return colours[laid.name if laid.name in colours else laid.kind]


def _lines(screen: Screen, canvas: skia.Canvas, pose: Pose, seconds: float, held: float) -> None:
    """The drawing without shadows, glows and weather, of which the edges are taken."""
    _rolled(screen, canvas, pose)
    for laid in screen.laid(seconds, pose, held, bare=True):
        if laid.kind != "life":
            laid.paint(canvas)
    canvas.restore()


def _pose(screen: Screen, canvas: skia.Canvas, pose: Pose, seconds: float, held: float) -> None:
    _rolled(screen, canvas, pose)
    wide = max(2.0, screen.size[1] / 120)
    for joints in screen.joints(held, pose, seconds).values():
        for n, (one, other) in enumerate(_BONES):
            red, green, blue = colorsys.hsv_to_rgb(n / len(_BONES) * 0.83, 1.0, 1.0)
            colour = skia.Color(round(255 * red), round(255 * green), round(255 * blue))
            pen = skia.Paint(AntiAlias=True, Color=colour, StrokeWidth=wide, StrokeCap=skia.Paint.kRound_Cap)
            canvas.drawLine(skia.Point(*joints[one]), skia.Point(*joints[other]), pen)
        for at in joints.values():
            canvas.drawCircle(*at, wide * 0.8, skia.Paint(AntiAlias=True, Color=skia.ColorWHITE))
    canvas.restore()


_WHOLE = skia.TableColorFilter.MakeARGB(
    [0] * 128 + [255] * 128, list(range(256)), list(range(256)), list(range(256))
)
"""What is half there or more is there, what is less is not: a guide has no soft edges."""


_GUIDES: dict[str, Callable[[Screen, skia.Canvas, Pose, float, float], None]] = {
    "depth": _depth, "lines": _lines, "segments": _segments, "pose": _pose,
}  # fmt: skip


def _filled(
    screen: Screen,
    canvas: skia.Canvas,
    pose: Pose,
    seconds: float,
    held: float,
    paint: Callable[[Laid], skia.Paint],
) -> None:
    """Everything as its outline, filled; what only shimmers is left out."""
    _rolled(screen, canvas, pose)
    page = skia.Rect.MakeWH(*screen.size).makeOutset(*(float(side) for side in screen.size))
    for laid in screen.laid(seconds, pose, held, bare=True):
        if laid.kind == "life":
            continue
        canvas.saveLayer(None, skia.Paint(ColorFilter=_WHOLE))
        laid.paint(canvas)
        fill = paint(laid)
        fill.setBlendMode(skia.BlendMode.kSrcIn)
        canvas.drawRect(page, fill)
        canvas.restore()
    canvas.restore()


def _rolled(screen: Screen, canvas: skia.Canvas, pose: Pose) -> None:
    canvas.save()
    if pose.roll:
        canvas.rotate(pose.roll, screen.size[0] / 2, screen.size[1] / 2)


def _edges(pixels: Pixels, least: float) -> npt.NDArray[np.bool_]:
    """Where neighbours differ by more than ``least`` steps of luma; height x width."""
    luma = pixels[..., :3].astype(np.int32) @ np.array([54, 183, 19], np.int32) // 256
    edge = np.zeros(luma.shape, bool)
    edge[:, 1:] |= np.abs(np.diff(luma, axis=1)) > least
    edge[1:, :] |= np.abs(np.diff(luma, axis=0)) > least
    return edge


def _rgb(colour: str) -> tuple[int, int, int]:
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)
