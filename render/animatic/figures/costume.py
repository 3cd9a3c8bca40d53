"""Costume: what tells a trade at a glance, over the garment that the look names.

The pieces of a trade are named in ``people.json``; where the words of a character name one ("a red nose"),
it is added. None of this is in the look, so no old film is another film for it.
"""

from __future__ import annotations

import math
from collections.abc import Callable

import skia

from ....storyboard.looks import BodyLook
from ....storyboard.vocabulary import Beard
from ..ink import Ink, mixed
from .anatomy import BABY, TODDLER
from .face import Ball
from .headgear import HEADGEAR
from .shapes import ellipse, line, polygon, rounded, smooth, tube
from .skeleton import Limb, Skeleton
from .torso import Torso
from .trade_marks import loupe
from .trade_wear import CHEST, SHOULDERS, OnTrunk


class Costume:
    """Draws the named pieces of one person."""

    def __init__(self, pieces: tuple[str, ...], look: BodyLook, ink: Ink, face_ink: Ink) -> None:
        self.look, self.ink, self.face_ink = look, ink, face_ink
        self.pieces = pieces
        self._headgear = [HEADGEAR[p] for p in pieces if p in HEADGEAR]
        self._chest = [CHEST[p] for p in pieces if p in CHEST]
        self._faced = [_FACE[p] for p in pieces if p in _FACE]
        self._behind = [_BEHIND[p] for p in pieces if p in _BEHIND]
        self._shoulders = [SHOULDERS[p] for p in pieces if p in SHOULDERS]
        self._limbs = [_LIMBS[p] for p in pieces if p in _LIMBS]

    @property
    def crowned(self) -> bool:
        """Whether it has a headpiece of its own, worn in place of the hat."""
        return bool(self._headgear)

    def head(self, canvas: skia.Canvas, ball: Ball, width: float) -> None:
        """The headpiece, in head space."""
        for draw in self._headgear:
            draw(canvas, self.look, self.face_ink, ball, width)

    def face(self, canvas: skia.Canvas, ball: Ball, mouth_taken: bool = False) -> None:
        """What is on the face, in head space; no pipe where the mouth is taken, as in a hug."""
        if ball.cos > -0.2:
            for draw in self._faced:
                if draw is _pipe and mouth_taken:
                    continue
                draw(canvas, self.look, self.face_ink, ball)

    def behind(self, canvas: skia.Canvas, torso: Torso) -> None:
        """What hangs on the back; in body space, as everything below."""
        for draw in self._behind:
            draw(canvas, self.look, self.ink, torso)

    def chest(self, canvas: skia.Canvas, torso: Torso) -> None:
        """What is on the trunk."""
        for draw in self._chest:
            draw(canvas, self.look, self.ink, torso)

    def shoulders(self, canvas: skia.Canvas, torso: Torso) -> None:
        """What lies over shoulders and sleeves."""
        for draw in self._shoulders:
            draw(canvas, self.look, self.ink, torso)

    def glove(self, canvas: skia.Canvas, arm: Limb) -> None:
        """The glove of a boxer on a hand, behind or before the trunk as its arm is."""
        if _GLOVES in self.pieces:
            _boxing_glove(canvas, self.ink, arm)

    def limbs(self, canvas: skia.Canvas, bones: Skeleton) -> None:
        """What else is on hands and feet."""
        for draw in self._limbs:
            draw(canvas, self.look, self.ink, bones)


# On the face ----------------------------------------------------------------------------------------------


def _red_nose(canvas: skia.Canvas, look: BodyLook, ink: Ink, ball: Ball) -> None:
    x, y = ball.at(0, 0.16, 1.12)
    ink.piece(canvas, ellipse(x, y, 0.115, 0.11), "#e2231a")
    ink.piece(canvas, ellipse(x - 0.035, y - 0.04, 0.03, 0.024), "#ffb0a0")


def _painted(canvas: skia.Canvas, look: BodyLook, ink: Ink, ball: Ball) -> None:
    """A clown's cheeks and stars about the eyes."""
    for side in (-1, 1):
        if ball.towards(side * 40) > 0.15:
            ink.piece(canvas, ellipse(*ball.at(side * 42, 0.24), 0.085, 0.075), "#f0503c", alpha=0.9)
        if ball.towards(side * 25) > 0.1:
            x, y = ball.at(side * 25, 0.0)
            ink.mark(canvas, line([(x, y - 0.19), (x, y - 0.11)]), "#2f6fc0", 0.034)
            ink.mark(canvas, line([(x, y + 0.11), (x, y + 0.18)]), "#2f6fc0", 0.034)


def _eye_mask(canvas: skia.Canvas, look: BodyLook, ink: Ink, ball: Ball) -> None:
    colour = "#1c1c22"
    for side in (-1, 1):
        if ball.towards(side * 25) > 0.1:
            ring = ellipse(*ball.at(side * 24, 0.03), 0.2 * (0.5 + 0.5 * ball.towards(side * 25)), 0.15)
            ring.addPath(ellipse(*ball.at(side * 25, 0.03), 0.105, 0.085))
            ring.setFillType(skia.PathFillType.kEvenOdd)
            ink.piece(canvas, ring, colour)
    ink.mark(canvas, line([ball.at(-84, -0.02), ball.at(-46, 0.02)]), colour, 0.07)
    ink.mark(canvas, line([ball.at(84, -0.02), ball.at(46, 0.02)]), colour, 0.07)


def _cloth(canvas: skia.Canvas, look: BodyLook, ink: Ink, ball: Ball) -> None:
    """Nose and mouth wrapped in dark cloth."""
    low = [
        ball.at(a, 0.16 + 0.02 * math.cos(math.radians(a)), 1.04)
        for a in range(int(-86 - ball.yaw), int(88 - ball.yaw), 29)
    ]
    chin = [(ball.width * 0.7, 0.46), (0.0, 0.54), (-ball.width * 0.7, 0.46)]
    ink.piece(canvas, smooth([*low, *chin], tension=0.35), "#24262d")


def _swim_goggles(canvas: skia.Canvas, look: BodyLook, ink: Ink, ball: Ball) -> None:
    for side in (-1, 1):
        if (seen := ball.towards(side * 25)) > 0.1:
            wide, (x, high) = 0.14 * (0.25 + 0.75 * seen), ball.at(side * 25, 0.03)
            most = ball.width - wide  # on the face, where it turns away too
            lens = ellipse(max(-most, min(most, x)), high, wide, 0.12)
            ink.piece(canvas, lens, "#4ab8d8", alpha=0.45)
            ink.mark(canvas, lens, "#1c2c3a", 0.035)
    ink.mark(canvas, line([ball.at(-86, -0.02), ball.at(-44, 0.02)]), "#1c2c3a", 0.04)
    ink.mark(canvas, line([ball.at(86, -0.02), ball.at(44, 0.02)]), "#1c2c3a", 0.04)


def _dark_glasses(canvas: skia.Canvas, look: BodyLook, ink: Ink, ball: Ball) -> None:
    for side in (-1, 1):
        seen = ball.towards(side * 25)
        if seen > 0.1:
            lens = ellipse(*ball.at(side * 25, 0.05, 1.03), 0.155 * (0.4 + 0.6 * seen), 0.13)
            ink.piece(canvas, lens, "#17181d")
            shine = line([ball.at(side * 25 - 8, 0.0, 1.03), ball.at(side * 25, -0.03, 1.03)])
            ink.mark(canvas, shine, "#8d96a8", 0.02)
    ink.mark(canvas, line([ball.at(-12, 0.02, 1.05), ball.at(12, 0.02, 1.05)]), "#17181d", 0.035)
    side = -1 if ball.sin > 0 else 1
    ink.mark(canvas, line([ball.at(side * 40, 0.02, 1.02), ball.at(side * 88, 0.0)]), "#17181d", 0.032)


def _fangs(canvas: skia.Canvas, look: BodyLook, ink: Ink, ball: Ball) -> None:
    for side in (-1, 1):
        x, y = ball.at(side * 9, 0.31, 1.03)
        ink.piece(canvas, polygon([(x - 0.022, y), (x + 0.022, y), (x, y + 0.075)]), "#fdfdf6")


def _pipe(canvas: skia.Canvas, look: BodyLook, ink: Ink, ball: Ball) -> None:
    side = 1 if ball.sin >= 0 else -1
    x, y = ball.at(side * 12, 0.33, 1.04)
    ink.mark(
        canvas, line([(x, y), (x + side * 0.16, y + 0.07), (x + side * 0.22, y + 0.04)]), "#3a2418", 0.036
    )
    ink.piece(
        canvas, rounded(x + side * 0.24 - 0.06, y - 0.07, x + side * 0.24 + 0.06, y + 0.08, 0.03), "#6a3f22"
    )


def _whiskers(canvas: skia.Canvas, look: BodyLook, ink: Ink, ball: Ball) -> None:
    """An old salt's chin beard, where the face has none of its own."""
    if look.presents == "woman" or look.beard is not Beard.none or ball.cos < -0.35:
        return
    grey = mixed(look.hair_colour, "#d8d4cc", 0.6)
    x = ball.sin * 0.12
    outer = [ball.at(84, 0.02, 1.03), ball.at(86, 0.3, 1.06), (x + 0.24, 0.56), (x, 0.62), (x - 0.24, 0.56)]
    outer += [ball.at(-86, 0.3, 1.06), ball.at(-84, 0.02, 1.03)]
    inner = [ball.at(a, y) for a, y in ((-68, 0.14), (-46, 0.34), (0, 0.42), (46, 0.34), (68, 0.14))]
    ink.piece(canvas, smooth([*outer, *inner], tension=0.42), grey)


def _sewn_face(canvas: skia.Canvas, look: BodyLook, ink: Ink, ball: Ball) -> None:
    """A scarecrow's: two buttons for eyes, a patch for a nose, a mouth sewn with thread."""
    for side, colour in ((-1, "#23242c"), (1, "#3a5f8a")):
        seen = ball.towards(side * 25)
        if seen > 0.1:
            x, y = ball.at(side * 25, 0.03, 1.03)
            across = 0.4 + 0.6 * seen
            ink.piece(canvas, ellipse(x, y, 0.17 * across, 0.17), look.skin)
            ink.piece(canvas, ellipse(x, y, 0.13 * across, 0.13), colour)
            for dx, dy in ((-0.04, -0.04), (0.04, 0.04)):
                ink.piece(canvas, ellipse(x + dx * across, y + dy, 0.02, 0.02), "#efe6cf")
    x, y = ball.at(0, 0.19, 1.06)
    ink.piece(canvas, polygon([(x - 0.07, y + 0.06), (x + 0.07, y + 0.06), (x, y - 0.08)]), "#c8642f")
    seam = [
        ball.at(a, 0.36 - 0.05 * abs(a) / 40, 1.02) for a in (-44, -22, 0, 22, 44) if ball.towards(a) > 0.05
    ]
    if len(seam) > 1:
        ink.mark(canvas, line(seam), "#3a2418", 0.028)
    for sx, sy in seam:
        ink.mark(canvas, line([(sx, sy - 0.06), (sx, sy + 0.06)]), "#3a2418", 0.026)


_FACE: dict[str, Callable[[skia.Canvas, BodyLook, Ink, Ball], None]] = {
    "red nose": _red_nose, "painted face": _painted, "eye mask": _eye_mask, "wrapped face": _cloth,
    "swim goggles": _swim_goggles, "dark glasses": _dark_glasses, "fangs": _fangs, "pipe": _pipe,
    "whiskers": _whiskers, "sewn face": _sewn_face,
    "loupe": loupe,
}  # fmt: skip


# Behind, and on hands and feet ----------------------------------------------------------------------------


def _tank(canvas: skia.Canvas, look: BodyLook, ink: Ink, torso: Torso) -> None:
    for a in (165, 195):
        x, y = torso.at(a, 0.42, 1.5)
        ink.piece(canvas, rounded(x - 0.04, y - 0.17, x + 0.04, y + 0.15, 0.04), "#e8b83a")
        ink.piece(canvas, rounded(x - 0.014, y - 0.2, x + 0.014, y - 0.16, 0.004), "#6a6a70")


def _high_collar(canvas: skia.Canvas, look: BodyLook, ink: Ink, torso: Torso) -> None:
    (ax, ay), (bx, by) = torso.edge(-1, 0.04, 0.95), torso.edge(1, 0.04, 0.95)
    points = [(ax, ay), (ax - 0.05, ay - 0.17), ((ax + bx) / 2, ay - 0.1), (bx + 0.05, by - 0.17), (bx, by)]
    ink.piece(canvas, smooth(points, tension=0.2), "#b8222c")


_BEHIND: dict[str, OnTrunk] = {"air tank": _tank, "high collar": _high_collar}


_GLOVES = "boxing gloves"


def _boxing_glove(canvas: skia.Canvas, ink: Ink, arm: Limb) -> None:
    (wx, wy), (hx, hy) = arm.end.at, arm.tip.at
    x, y = wx + (hx - wx) * 0.6, wy + (hy - wy) * 0.6
    ink.piece(canvas, ellipse(x, y, 0.068, 0.062), "#d2262a")
    ink.piece(canvas, ellipse(x + 0.03, y - 0.03, 0.026, 0.03), "#d2262a", shade=0.1)
    back = (wx - (hx - wx) * 0.5, wy - (hy - wy) * 0.5)
    ink.piece(canvas, tube([back, (wx, wy)], (0.07, 0.074)), "#f4f0ea")


def _big_shoes(canvas: skia.Canvas, look: BodyLook, ink: Ink, bones: Skeleton) -> None:
    for leg in sorted(bones.legs, key=lambda one: one.root.z):
        ax, ay = leg.end.at
        dx, dy = leg.tip.x - ax, leg.tip.y - ay
        size = math.hypot(dx, dy) or 1e-6
        ux, uy = dx / size, 0.35 * dy / size  # towards the camera they are short, and in the frame
        toe = (ax + ux * 0.15, ay + uy * 0.15 + 0.026)
        ink.piece(
            canvas,
            tube(
                [(ax - ux * 0.03, ay + 0.024), (ax + ux * 0.06, ay + uy * 0.06 + 0.022), toe],
                (0.06, 0.07, 0.1),
            ),
            "#c8322e",
        )
        ink.piece(canvas, ellipse(*toe, 0.045, 0.036), mixed("#c8322e", "#ffffff", 0.75))


def _straw_ends(canvas: skia.Canvas, look: BodyLook, ink: Ink, bones: Skeleton) -> None:
    """Straw in place of hands and at the ankles."""
    ends = [(limb.end, limb.tip, 0.115) for limb in bones.arms] + [
        (limb.end, limb.tip, 0.08) for limb in bones.legs
    ]
    for end, tip, long in ends:
        (wx, wy), (hx, hy) = end.at, tip.at
        size = math.hypot(hx - wx, hy - wy) or 1e-6
        ux, uy = (hx - wx) / size, (hy - wy) / size
        for k in range(-3, 4):
            bend = k * 0.24
            dx, dy = ux * math.cos(bend) - uy * math.sin(bend), ux * math.sin(bend) + uy * math.cos(bend)
            far = long * (1.0 - 0.06 * abs(k))
            ink.mark(canvas, line([(wx, wy), (wx + dx * far, wy + dy * far)]), "#b8862c", 0.018)
            ink.mark(canvas, line([(wx, wy), (wx + dx * far, wy + dy * far)]), "#f0cc5c", 0.009)


_LIMBS: dict[str, Callable[[skia.Canvas, BodyLook, Ink, Skeleton], None]] = {
    "big shoes": _big_shoes, "straw": _straw_ends,
}  # fmt: skip

PIECES = frozenset({BABY, TODDLER, _GLOVES, *HEADGEAR, *CHEST, *SHOULDERS, *_FACE, *_BEHIND, *_LIMBS})
"""All that a trade or words can name."""
