"""What lies flat on the ground of a place and is named: stepping stones, a pond, pebbles, mud, ruts.

Each is drawn in perspective on a ``Ground`` and takes one value of its options.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from random import Random
from typing import TYPE_CHECKING, Any

import skia

from ....storyboard.vocabulary import Weather
from ..ink import mixed, rgb, shaded

if TYPE_CHECKING:
    from .ground import Ground


def stones(g: Ground, option: Any) -> None:
    """Flat stones to step on, in a line across the water: [x, from depth, to depth]."""
    x, first, last = (float(v) for v in option)
    dice = Random(f"{g.setting.seed}/stones")
    depth, k = first, 0
    while depth < last:
        px, size = x + 0.16 * math.sin(1.7 * k) - 0.42 * (depth - first), 0.44 + 0.01 * depth
        g._patch(px, depth - 0.16, size * 1.12, "#33484c", 0.7)
        g._patch(px, depth, size, "#8f9294", 1.0)
        g._patch(px - 0.06, depth + 0.08, size * 0.8, shaded("#a9aaa6", dice.uniform(-0.05, 0.1)), 1.0)
        depth, k = depth + max(1.15, 0.17 * (depth + g.pose.distance)), k + 1


def pond(g: Ground, option: Any) -> None:
    """A pond: [x, depth, half its width]."""
    x, depth, half = (float(v) for v in option)
    water = mixed(mixed("#5a9ab0", g.setting.air.zenith, 0.3), "#20324a", 0.5 * g.setting.air.night)
    if g.setting.snowy:
        water = mixed(water, "#eaf2f8", 0.6)
    g._patch(x, depth, half * 1.07, "#a39a84", 1.0)
    g._patch(x, depth, half, water, 1.0)
    for k in range(5):
        g._patch(x + half * (0.5 * math.sin(2.1 * k)), depth + 0.25 * half * math.cos(3.3 * k), half * 0.2,
                 shaded(water, 0.2), 0.5)  # fmt: skip


def pebbles(g: Ground, option: Any) -> None:
    """Round stones all over a beach: their colours, words of one text."""
    hues = str(option).split()
    scattered = [*g._scattered(1200, "pebbles"), *g._scattered(1200, "shingle")]
    for x, d, dice in scattered:
        if g.options.get("water") and d > float(g.options["water"][0]) - 0.5:
            continue
        size = dice.uniform(0.07, 0.17)
        hue = dice.choice(hues)
        g._patch(x, d - 0.03, size * 1.1, shaded(hue, -0.36), 0.8)
        g._patch(x, d, size, shaded(hue, dice.uniform(-0.06, 0.1)), 1.0)


def mud(g: Ground, option: Any) -> None:
    """Trodden mud with puddles in it: its colour."""
    hue = str(option)
    for x, d, dice in g._scattered(260, "mud"):
        if d < 8:
            g._patch(x, d, dice.uniform(0.3, 0.7), shaded(hue, dice.uniform(-0.1, 0.06)), 0.55)
    for x, d, dice in g._scattered(260, "puddles"):
        if dice.random() < 0.05 and d < 7:
            g._patch(x, d, dice.uniform(0.4, 0.8), mixed("#9fb0b8", g.setting.air.zenith, 0.4), 0.9)


def track(g: Ground, option: Any) -> None:
    """A road of earth with the ruts of wheels and grass between them: its colour."""
    hue = str(option)
    if g.setting.snowy:
        hue = "#d3dbe6"
    first = max(-g.pose.distance + 0.3, g._depth_of(g.box[3]))
    g._quad(-60, 60, max(first, -1.9), 3.1, hue)
    for x, d, dice in g._scattered(420, "track"):
        if -1.8 < d < 3.0:
            g._patch(x, d, dice.uniform(0.1, 0.34), shaded(hue, dice.uniform(-0.12, 0.1)), 0.7)
    for d in (-0.7, 1.6):
        if d > first:
            g._quad(-60, 60, d, d + 0.34, shaded(hue, -0.2), 0.75)
    edge = "#e9eff6" if g.setting.snowy else g.setting.grass(str(g.options["near"]))
    for x, d, dice in g._scattered(700, "verge"):
        if 2.6 < d < 3.5 or (0.3 < d < 0.75 and dice.random() < 0.4):
            g._patch(x, d, dice.uniform(0.2, 0.45), shaded(edge, dice.uniform(-0.1, 0.04)), 0.9)


def shavings(g: Ground, option: Any) -> None:
    """Curls of wood shavings on a floor: their colour."""
    for x, d, dice in g._scattered(700, "shavings"):
        if d > 2.6 or dice.random() < 0.35:
            continue
        px, py = g.pose.at(x, 0, d)
        r = dice.uniform(0.04, 0.09) * g.pose.scale(d)
        curl = skia.Path()
        curl.addArc(skia.Rect.MakeLTRB(px - r, py - r, px + r, py + 0.5 * r), dice.uniform(0, 360), 290)
        curl.addArc(skia.Rect.MakeLTRB(px - 0.5 * r, py - 0.6 * r, px + 0.6 * r, py + 0.3 * r), 0, 250)
        hue = shaded(str(option), dice.uniform(-0.14, 0.08))
        paint = skia.Paint(
            AntiAlias=True, Color=skia.Color(*rgb(g._tone(hue))), StrokeWidth=max(1.0, 0.3 * r)
        )
        paint.setStyle(skia.Paint.kStroke_Style)
        g.canvas.drawPath(curl, paint)


def footprints(g: Ground, option: Any) -> None:
    """The trail of somebody who went through the snow, left foot and right: [x, from depth, to depth]."""
    x, first, last = (float(v) for v in option)
    hollow = mixed("#8fabd6", g.setting.air.zenith, 0.25)
    depth, k = max(first, g._depth_of(g.box[3]) + 0.1), 0
    while depth < last:
        bend = x + 1.1 * math.sin(0.42 * depth) - 0.25 * depth
        g._patch(bend + (0.13 if k % 2 else -0.13), depth, 0.1, hollow, 0.6)
        depth, k = depth + 0.36 + 0.03 * max(0.0, depth), k + 1


_DRY_FOOTED = frozenset({"snow", "planks", "rooftiles", "rug", "craters"})
"""Grounds on which no rain stands."""


def puddles(g: Ground) -> None:
    """Puddles on open ground in the rain, with the sky in them."""
    air, options = g.setting.air, g.options
    dry = g.interior or g.setting.snowy or options.get("void") or options.get("texture") in _DRY_FOOTED
    if dry or "mud" in options:
        return
    shore = float(options["water"][0]) - 2.0 if "water" in options else 9.0
    share = 0.13 if g.setting.weather is Weather.storm else 0.08
    sky = mixed(air.horizon, air.zenith, 0.62)
    for x, d, dice in g._scattered(300, "rain"):
        if d > shore or dice.random() > share:
            continue
        r, side = dice.uniform(0.3, 0.7), dice.choice((-1.0, 1.0))
        for dx, dd, size in ((0.0, 0.0, 1.0), (0.75 * side, 0.12, 0.6), (-0.7 * side, -0.1, 0.45)):
            g._pool(x + dx * r, d + dd * r, size * r, sky, 0.85)
        g._pool(x + 0.3 * side * r, d + 0.3 * r, 0.4 * r, shaded(sky, 0.22), 0.6)


def runner(g: Ground, option: Any) -> None:
    """A carpet along the gangway, with a border; ``option`` is its colour."""
    for near, far, shade in ((-0.95, 0.75, -0.2), (-0.87, 0.68, 0.14), (-0.82, 0.64, 0.0)):
        g._quad(-60.0, 60.0, max(near, 0.3 - g.pose.distance), far, shaded(str(option), shade))


def lamplit(g: Ground, option: Any) -> None:
    """Warm light of lanterns on a floor, when it is dark: their x."""
    if g.setting.lamps <= 0.15:
        return
    for x in option:
        for k in range(6):
            g._pool(float(x), 1.6, 3.4 - 0.5 * k, "#ffb860", 0.05 * g.setting.lamps)


LAID: dict[str, Callable[[Ground, Any], None]] = {
    f.__name__: f for f in (track, mud, pebbles, pond, stones, shavings, footprints, runner, lamplit)
}
"""Option of a ground -> what lays it, in this order."""
