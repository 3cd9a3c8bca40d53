"""Beings: robot, ghost, monster, alien, snowman, golem, tree, cloud, shadow, star, toy and the like."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import replace

import skia

from ....storyboard.vocabulary import Action
from ..ink import mixed, shaded
from .being_growing import draw_cloud, draw_flower, draw_star, draw_tree
from .being_rig import IN_FRONT, BeingRig
from .creature import Scene
from .shapes import Point, ellipse, line, polygon, rounded, smooth, tube


class Being(BeingRig):
    """A being that is neither person nor animal; one unit high."""

    def paint(self, canvas: skia.Canvas, scene: Scene) -> None:
        """Draw one unit high on the origin."""
        BEINGS.get(self.look.species, _monster)(self, canvas, scene)
        self.arm_over(canvas, scene)


def _robot(b: Being, canvas: skia.Canvas, scene: Scene) -> None:
    dark = shaded(b.coat, -0.4)
    b.legs(canvas, scene, 0.1, -0.24, 0.075, dark)
    b.ink.piece(canvas, rounded(-0.21, -0.6, 0.21, -0.2, 0.06), b.coat)
    b.ink.piece(canvas, rounded(-0.13, -0.52, 0.13, -0.36, 0.025), b.coat, shade=-0.3)
    for i, colour in enumerate(("#e05848", b.look.trim_colour, "#58c08a")):
        lit = math.sin(scene.t * 3 + i * 2) > -0.2
        b.ink.piece(
            canvas, ellipse(-0.08 + i * 0.08, -0.44, 0.025, 0.025), colour if lit else shaded(colour, -0.5)
        )
    for x in (-0.17, 0.17):
        for y in (-0.56, -0.24):
            b.ink.piece(canvas, ellipse(x, y, 0.012, 0.012), dark)
    b.arms(canvas, scene, 0.21, -0.53, 0.07, shaded(b.coat, -0.2), 0.24)
    b.ink.piece(canvas, rounded(-0.06, -0.65, 0.06, -0.58, 0.01), dark)
    b.ink.mark(canvas, line([(0, -0.92), (0, -1.0)]), dark, 0.018)
    b.ink.piece(canvas, ellipse(0, -1.0, 0.028, 0.028), "#f0604c")
    b.ink.piece(canvas, rounded(-0.2, -0.93, 0.2, -0.63, 0.08), b.coat, shade=0.08)
    if not scene.away:
        b.ink.piece(canvas, rounded(-0.15, -0.88, 0.17, -0.67, 0.06), "#1c2630")
        shift = 0.02 * math.sin(math.radians(scene.turn)) + scene.mood.gaze[0] * 0.02
        for side in (-1, 1):
            x, y = 0.01 + side * 0.075 + shift, -0.79 + scene.mood.gaze[1] * 0.015
            tall = 0.042 * max(0.12, scene.mood.open)
            if scene.action is Action.sleep:  # shut down: two dark dashes
                b.ink.mark(canvas, line([(x - 0.035, y), (x + 0.035, y)]), "#47707c", 0.012)
                continue
            b.ink.glow(canvas, x, y, 0.09, "#7ae8f0", 0.5)
            b.ink.piece(canvas, ellipse(x, y, 0.038, tall, side * 20 * scene.mood.slant), "#8af0f4")
    if not scene.away and scene.action is not Action.sleep:
        lift, drop = scene.mood.curve * 0.018, scene.mood.gape * 0.03
        b.ink.mark(
            canvas,
            line(
                [
                    (-0.04 + shift, -0.71 - lift),
                    (0.01 + shift, -0.71 + lift + drop),
                    (0.06 + shift, -0.71 - lift),
                ]
            ),
            "#8af0f4",
            0.014,
        )
    b.dressed(canvas, 0, -0.78, 0.17, 0.17)


_GHOST_REACHES = frozenset(
    {Action.hug, Action.push, Action.pull, Action.reach, Action.give, Action.take, Action.hold, Action.point}
)
"""What a ghost does with both arms before it."""


_SNOW_SINKS = 0.165
"""How far a snowman that sits is lower, in heights."""
_GHOST_SINKS = 0.26
"""Share of its height by which a ghost is lower as it sits."""


def _lap(t: float) -> list[Point]:
    """The sheet of a ghost that sits facing right, from its breast round to its back: over a lap, down before
    it, and along the ground in soft folds that stir a little."""
    folds = [(0.47 - 0.105 * i, 0.07 if i % 2 else 0.0, 0.012 * math.sin(t * 2.0 + i)) for i in range(9)]
    hem = [(x, -_GHOST_SINKS - 0.02 - up + stir) for x, up, stir in folds]
    return [(0.26, -0.55), (0.38, -0.52), (0.48, -0.44), *hem, (-0.34, -0.42), (-0.28, -0.55)]


def _ghost(b: Being, canvas: skia.Canvas, scene: Scene) -> None:
    pale = mixed(b.coat, "#f4f6fa", 0.55)
    b.ink.glow(canvas, 0, -0.55, 0.7, pale, 0.25)
    points: list[Point] = [
        (-0.28, -0.7),
        (-0.18, -0.92),
        (0, -1.0),
        (0.18, -0.92),
        (0.28, -0.7),
        (0.3, -0.35),
    ]
    for i in range(7):
        x = 0.32 - i * 0.107
        points.append((x, -0.06 - (0.1 if i % 2 else 0.0) + 0.03 * math.sin(scene.t * 3 + i)))
    points.append((-0.3, -0.35))
    if scene.moving:  # its hem streams behind it
        points = [(x - 0.42 * max(0.0, y + 0.62) ** 1.3, y) for x, y in points]
    sits = scene.action in (Action.sit, Action.kneel)
    if sits:
        canvas.translate(0.0, _GHOST_SINKS)
        points = [*points[:5], *_lap(scene.t)]
    for side in (-1, 1):
        wave = 0.06 * math.sin(scene.t * 2.4 + side)
        arm = [(side * 0.24, -0.58), (side * 0.4, -0.52 + wave), (side * 0.44, -0.62 + wave)]
        if scene.action is Action.wave and side > 0:
            arm = [(0.22, -0.5), (0.46, -0.6), (0.52 + 0.08 * math.sin(scene.t * 7.0), -0.86)]
        elif sits:  # one hand on its lap, the other beside it
            arm = [(0.2, -0.58), (0.3, -0.53), (0.38, -0.5 + 0.02 * wave)]
            if side < 0:
                arm = [(-0.22, -0.6), (-0.34, -0.5), (-0.37, -0.38 + 0.1 * wave)]
        elif scene.action in _GHOST_REACHES:
            arm = [(side * 0.2, -0.58), (0.36, -0.5 + 0.03 * side), (0.54, -0.56 + 0.05 * side + 0.4 * wave)]
        b.ink.piece(canvas, tube(arm, (0.16, 0.12, 0.09)), pale, alpha=0.9)
    b.ink.piece(canvas, smooth(points), pale, alpha=0.9)
    if sits:  # the crease at its hip
        b.ink.mark(canvas, line([(0.24, -0.52), (0.12, -0.46), (0.02, -0.44)]), shaded(pale, -0.2), 0.01)
    b.face(canvas, scene, 0.02, -0.76, 0.06)
    b.dressed(canvas, 0, -0.8, 0.22, 0.26)


def _shadow(b: Being, canvas: skia.Canvas, scene: Scene) -> None:
    dark = mixed(b.coat, "#16141e", 0.82)
    drift = 0.05 * math.sin(scene.t * 2)
    body = [
        (-0.34 + drift, 0.0),
        (-0.2, -0.4),
        (-0.26, -0.62),
        (-0.16, -0.92),
        (0, -1.0),
        (0.16, -0.92),
        (0.26, -0.62),
        (0.2, -0.4),
        (0.34 + drift, 0.0),
        (0, -0.05),
    ]
    b.arms(canvas, scene, 0.2, -0.6, 0.08, dark, 0.3)
    b.ink.piece(canvas, smooth(body), dark, alpha=0.9)
    b.face(canvas, scene, 0.01, -0.84, 0.045)


def _monster(b: Being, canvas: skia.Canvas, scene: Scene) -> None:
    yeti = b.look.species == "yeti"
    coat = mixed(b.coat, "#eef4f8", 0.7) if yeti else b.coat
    b.legs(canvas, scene, 0.15, -0.16, 0.15, coat)
    b.arms(canvas, scene, 0.3, -0.56, 0.14, coat, 0.3)
    points: list[Point] = []
    for i in range(24):
        a = math.tau * i / 24 - math.pi / 2
        r = 1.0 if i % 2 else 0.92
        points.append((math.cos(a) * 0.37 * r, -0.54 + math.sin(a) * 0.45 * r))
    b.ink.piece(canvas, smooth(points, tension=0.4), coat)
    b.ink.piece(canvas, ellipse(0.03, -0.38, 0.22, 0.22), coat, shade=0.22)
    for side in (-1, 1):
        b.ink.piece(
            canvas,
            tube([(side * 0.17, -0.9), (side * 0.26, -0.99), (side * 0.27, -1.07)], (0.1, 0.07, 0.02)),
            "#f0e6cc",
        )
    b.face(canvas, scene, 0.02, -0.74, 0.08)
    if not scene.away:
        for x in (-0.05, 0.09):
            b.ink.piece(canvas, polygon([(x - 0.02, -0.56), (x + 0.02, -0.56), (x, -0.51)]), "#fbf6e6")
    b.dressed(canvas, 0, -0.74, 0.3, 0.3)


def _alien(b: Being, canvas: skia.Canvas, scene: Scene) -> None:
    b.legs(canvas, scene, 0.07, -0.22, 0.06, b.coat)
    b.arms(canvas, scene, 0.11, -0.46, 0.045, b.coat, 0.24)
    b.ink.piece(
        canvas, smooth([(-0.09, -0.52), (0.09, -0.52), (0.14, -0.2), (-0.14, -0.2)]), b.look.dress_colour
    )
    for side in (-1, 1):
        b.ink.mark(canvas, line([(side * 0.08, -0.92), (side * 0.14, -1.02)]), b.coat, 0.02)
        b.ink.piece(canvas, ellipse(side * 0.14, -1.03, 0.03, 0.03), b.look.trim_colour)
    b.ink.piece(
        canvas,
        smooth([(0, -0.98), (0.24, -0.86), (0.24, -0.68), (0, -0.5), (-0.24, -0.68), (-0.24, -0.86)]),
        b.coat,
    )
    b.face(canvas, scene, 0.01, -0.74, 0.07)
    b.dressed(canvas, 0, -0.74, 0.22, 0.23)


def _twigs(b: Being, canvas: skia.Canvas, scene: Scene, sits: bool) -> None:
    """The arms of a snowman, each with its fork; the hand that holds is the tip of the one ahead."""
    for side in (-1, 1):
        raised = side > 0 and scene.action in ("wave", "reach")
        lift = -0.2 if raised else 0.26 if sits or scene.action == "hug" else 0.05
        twig = [
            (side * 0.2, -0.56),
            (side * 0.36, -0.62 + lift),
            (side * 0.5, -0.68 + 1.3 * lift + 0.03 * math.sin(scene.t * 5)),
        ]
        fork = (side * 0.44, -0.74 + lift)
        if (rail := b.on_rail(scene, side)) is not None:
            twig, fork = [twig[0], (side * 0.26, -0.6), rail], (rail[0] + side * 0.05, rail[1] - 0.03)
        elif side > 0 and scene.action == "hug":  # short of whoever is embraced, not behind the coat
            twig, fork = [twig[0], (0.28, -0.5), (0.345, -0.46)], (0.33, -0.56)
        elif scene.action.value in IN_FRONT:  # both come round to what is before it
            tip = (0.14 + 0.13 * side, -0.42 + 0.01 * math.sin(scene.t * 2.0))
            twig = [(0.19 * side, -0.58), (0.08 + 0.27 * side, -0.49), tip]
            fork = (tip[0] - 0.05 * side, tip[1] - 0.07)
        b.ink.mark(canvas, line(twig), "#5a4030", 0.028)
        b.ink.mark(canvas, line([twig[1] if rail is None else rail, fork]), "#5a4030", 0.02)
        if side > 0:
            b.held_at((0.14, twig[2][1]) if scene.action.value in IN_FRONT else twig[2])


def _settled(out: float) -> skia.Path:
    """The lowest ball of a snowman that sits, pressed flat on the ground; ``out`` is how much larger than
    itself it is drawn."""
    ground, high, wide = -_SNOW_SINKS + 0.006 * out, 0.34 * out, 0.335 * out
    right = [(0.0, 1.0), (0.5, 0.93), (0.87, 0.7), (1.0, 0.4), (0.92, 0.13), (0.66, 0.0)]
    left = [(-x, y) for x, y in reversed(right[1:])]
    return smooth([(wide * x, ground - high * y) for x, y in (*right, *left)])


def _snowman(b: Being, canvas: skia.Canvas, scene: Scene) -> None:
    # A little of the light only: snow is white on any ground and in any light.
    (red, green, blue), most = b.ink.light, 0.55 * min(1.0, max(b.ink.light))
    ink = replace(b.ink, light=(0.45 * red + most, 0.45 * green + most, 0.45 * blue + most))
    white = mixed(b.coat, "#f8fbfd", 0.85)
    sits = scene.action in (Action.sit, Action.kneel, Action.sleep)
    rim = shaded("#6f86a8", 0.1)
    balls = [(-0.22, 0.265, 0.22, -0.06), (-0.56, 0.212, 0.2, -0.03), (-0.83, 0.175, 0.165, 0.0)]
    if sits:  # lower, its lowest ball pressed flat under it, the others leaning back a little
        canvas.translate(0.0, _SNOW_SINKS)
        ink.piece(canvas, ellipse(0.0, -_SNOW_SINKS, 0.29, 0.03), white, shade=-0.1)
        ink.piece(canvas, _settled(1.03), rim, alpha=0.5)
        ink.piece(canvas, _settled(1.0), white, shade=-0.06)
        canvas.translate(0.0, -0.4)
        canvas.rotate(-5.0)
        canvas.translate(0.0, 0.4)
        balls = balls[1:]
    elif scene.action is Action.dance:  # it sways on the snow that it stands on
        canvas.rotate(9.0 * math.sin(scene.t * 4.4))
    elif scene.moving:
        canvas.rotate(4.0 + 5.0 * math.sin(scene.t * 6.0))
    before = scene.action.value in IN_FRONT
    if not before:
        _twigs(b, canvas, scene, sits)
    if not sits:
        ink.piece(canvas, ellipse(0.0, -0.022, 0.9 * 0.265, 0.05), white, shade=-0.1)
    for y, across, r, shade in balls:
        ink.piece(canvas, ellipse(0, y, across * 1.03, r * 1.02), rim, alpha=0.5)
        ink.piece(canvas, ellipse(0, y, across, r), white, shade=shade)
    if before:
        _twigs(b, canvas, scene, sits)
    for y in (-0.62, -0.54, -0.46):
        b.ink.piece(canvas, ellipse(0.05, y, 0.02, 0.02), "#2a2624")
    b.ink.mark(canvas, line([(-0.15, -0.69), (0, -0.66), (0.15, -0.69)]), b.look.trim_colour, 0.06)
    b.face(canvas, scene, 0.01, -0.87, 0.035)
    if not scene.away:
        tip = 0.15 if scene.action == "hug" else 0.2  # it is at nobody's face
        b.ink.piece(canvas, polygon([(0.02, -0.85), (tip, -0.81), (0.02, -0.8)]), "#e8842c")
    b.dressed(canvas, 0, -0.83, 0.16, 0.16)


def _golem(b: Being, canvas: skia.Canvas, scene: Scene) -> None:
    b.legs(canvas, scene, 0.16, -0.2, 0.17, b.coat)
    b.arms(canvas, scene, 0.32, -0.62, 0.16, b.coat, 0.3)
    b.ink.piece(
        canvas,
        polygon([(-0.26, -0.18), (-0.38, -0.6), (-0.24, -0.78), (0.24, -0.78), (0.38, -0.6), (0.26, -0.18)]),
        b.coat,
    )
    for crack in (((-0.2, -0.6), (-0.08, -0.5), (-0.12, -0.36)), ((0.22, -0.34), (0.12, -0.42))):
        b.ink.mark(canvas, line(crack), shaded(b.coat, -0.4), 0.014)
    b.ink.piece(canvas, ellipse(-0.22, -0.74, 0.14, 0.05, -10), "#6f9a4a")
    b.ink.piece(
        canvas,
        polygon([(-0.17, -0.74), (-0.19, -0.94), (-0.08, -1.0), (0.12, -0.99), (0.19, -0.9), (0.17, -0.74)]),
        b.coat,
        shade=0.08,
    )
    b.face(canvas, scene, 0.01, -0.9, 0.04)


def _toy(b: Being, canvas: skia.Canvas, scene: Scene) -> None:
    b.legs(canvas, scene, 0.15, -0.14, 0.16, b.coat)
    b.arms(canvas, scene, 0.2, -0.44, 0.13, b.coat, 0.2)
    b.ink.piece(canvas, ellipse(0, -0.32, 0.25, 0.25), b.coat)
    b.ink.piece(canvas, ellipse(0.02, -0.3, 0.15, 0.16), b.coat, shade=0.25)
    b.ink.mark(canvas, line([(0.02, -0.44), (0.03, -0.3), (0.02, -0.17)]), shaded(b.coat, -0.3), 0.01)
    for side in (-1, 1):
        b.ink.piece(canvas, ellipse(side * 0.2, -0.92, 0.09, 0.09), b.coat)
        b.ink.piece(canvas, ellipse(side * 0.2, -0.91, 0.05, 0.05), b.coat, shade=0.3)
    b.ink.piece(canvas, ellipse(0, -0.73, 0.27, 0.24), b.coat)
    b.ink.piece(canvas, ellipse(0.04, -0.66, 0.12, 0.09), b.coat, shade=0.3)
    if not scene.away:
        b.ink.piece(canvas, ellipse(0.05, -0.7, 0.035, 0.026), "#2a1e1a")
    b.face(canvas, scene, 0.02, -0.79, 0.045)
    b.dressed(canvas, 0, -0.73, 0.26, 0.25)


BEINGS: dict[str, Callable[[Being, skia.Canvas, Scene], None]] = {
    "robot": _robot,
    "android": _robot,
    "ghost": _ghost,
    "spirit": _ghost,
    "shadow": _shadow,
    "monster": _monster,
    "yeti": _monster,
    "alien": _alien,
    "snowman": _snowman,
    "golem": _golem,
    "tree": draw_tree,
    "plant": draw_flower,
    "cactus": draw_flower,
    "mushroom": draw_flower,
    "flower": draw_flower,
    "cloud": draw_cloud,
    "star": draw_star,
    "moon": draw_star,
    "sun": draw_star,
    "toy": _toy,
    "teddy bear": _toy,
}
