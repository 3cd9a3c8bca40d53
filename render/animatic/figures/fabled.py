"""Fabled bodies: the tail of a mermaid and the ribs of a walking skeleton, in shares of the height."""

from __future__ import annotations

import skia

from ....storyboard.looks import BodyLook
from ..ink import Ink, mixed, shaded
from .shapes import line, smooth, tube
from .skeleton import Skeleton
from .torso import Torso


def fishtail(canvas: skia.Canvas, ink: Ink, look: BodyLook, bones: Skeleton, low: bool) -> None:
    """A mermaid's tail along the legs; of one who sits on the ground, curled out behind her."""
    hip = bones.hip
    scales = mixed(look.coat_colour, "#2a9a8a", 0.55)
    if low:
        way = -1.0 if bones.yaw >= 0 else 1.0
        x, y = hip.at
        spine = [(x, y), (x - way * 0.03, -0.1), (x + way * 0.26, -0.065), (x + way * 0.46, -0.08)]
        tip = (x + way * 0.56, -0.17)
        for ahead, up in ((0.12, -0.13), (0.16, 0.0)):
            fluke = [tip, (tip[0] + way * ahead, tip[1] + up), (tip[0] + way * 0.05, tip[1] + up - 0.06)]
            ink.piece(canvas, smooth(fluke), scales, shade=0.1)
        ink.piece(canvas, tube([*spine, tip], (0.23, 0.23, 0.16, 0.1, 0.05)), scales)
        for k in (0.06, 0.16, 0.26, 0.36):
            arc = line([(x + way * k, -0.13 + k * 0.1), (x + way * (k + 0.03), -0.08), (x + way * k, -0.03)])
            ink.mark(canvas, arc, shaded(scales, -0.2), 0.008)
        return
    knees = [leg.middle for leg in bones.legs]
    ankles = [leg.end for leg in bones.legs]
    knee = ((knees[0].x + knees[1].x) / 2, (knees[0].y + knees[1].y) / 2)
    end = ((ankles[0].x + ankles[1].x) / 2, (ankles[0].y + ankles[1].y) / 2 - 0.02)
    for side in (-1, 1):
        fluke = [end, (end[0] + side * 0.2, end[1] - 0.02), (end[0] + side * 0.1, end[1] + 0.05)]
        ink.piece(canvas, smooth(fluke), scales, shade=0.1)
    ink.piece(canvas, tube([hip.at, knee, end], (0.23, 0.17, 0.06)), scales)
    for i in range(1, 5):
        x, y = hip.x + (knee[0] - hip.x) * i / 4, hip.y + (knee[1] - hip.y) * i / 4
        arc = line([(x - 0.06, y), (x, y + 0.025), (x + 0.06, y)])
        ink.mark(canvas, arc, shaded(scales, -0.2), 0.008)


def rib_cage(canvas: skia.Canvas, ink: Ink, look: BodyLook, torso: Torso) -> None:
    """A skeleton's ribs over a dark trunk."""
    ink.piece(canvas, torso.outline(1.0), "#2a2830")
    for v in (0.14, 0.28, 0.42, 0.56):
        bow = torso.seam([(-66, v), (0, v + 0.06), (66, v)])
        ink.mark(canvas, bow, look.skin, 0.018)
    ink.mark(canvas, torso.seam([(0, 0.05), (0, 0.5), (0, 0.95)]), look.skin, 0.022)


def shells(canvas: skia.Canvas, ink: Ink, look: BodyLook, torso: Torso) -> None:
    """A mermaid's top, a band all round, and the scales that begin at her waist."""
    scales = mixed(look.coat_colour, "#2a9a8a", 0.55)
    canvas.save()
    canvas.clipPath(torso.outline(1.04, 0.0, 1.03), True)  # a round end would be a lump before the arm
    for v, dip, colour, wide in ((0.3, 0.04, look.trim_colour, 0.085), (0.96, 0.04, scales, 0.05)):
        middle = torso.at(torso.inside(0), v + dip)
        ink.mark(canvas, line([torso.edge(-1, v), middle, torso.edge(1, v)]), colour, wide)
    if torso.seen(0):
        ink.mark(canvas, torso.seam([(0, 0.24), (0, 0.42)]), shaded(look.trim_colour, -0.25), 0.012)
    canvas.restore()
