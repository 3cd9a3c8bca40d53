"""Sliding: what stands upright in a place slides along until nothing of it grows out of a head.

``clearing.py`` moves single pieces from behind the heads of one moment. Here each sheet of posts, masts or
boughs is drawn once, small, and looked at behind every head at several moments of the shot; then all of it
goes to the side by as little as leaves the least of its edges there. As a camera man takes a step before he
begins to film.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

import numpy as np
import skia

from .blocking import Placed
from .camera import Pose
from .clearing import is_round, no_halo
from .figures import Acting
from .headroom import Head
from .passing import Moment, passed
from .places.brush import Brush, Setting
from .places.recipes import NOTHING, Layer, Recipe
from .plates import edge_of, grouped
from .players import Player

_SLIDES = frozenset(
    {"tram_wires", "poles", "lamps", "oil_lamps", "nets", "boats", "rowboats", "jetty", "reeds", "trees",
     "trunks", "bare_trees", "cactus", "columns", "moonbase", "props", "rigging", "crystals", "ladder",
     "rocks", "berry_bushes", "bales", "posts", "helm", "pear_tree", "lit_home"}
)  # fmt: skip
"""Pieces that stand anywhere, and look the same a step farther on."""
_LOW = frozenset({"jetty", "helm", "reeds", "nets", "posts", "rowboats"})
"""Those of them that are as low as a waist: they keep off bodies too."""
_SPARE = frozenset(
    {
        "tram_wires",
        "lamps",
        "oil_lamps",
        "reeds",
        "bare_trees",
        "cactus",
        "posts",
        "berry_bushes",
        "pear_tree",
        "poles",
    }
)
"""Those of which a place has none in a shot rather than one behind a head."""
_SPARE_NEAR, _CLOSE = frozenset({"props"}), 120
"""Those of which it has none close to a face, and the rows of ``_WIDE`` from which on one is close."""
_GROWS, _GROWS_WIRED, _WIRED = 0.07, 0.12, frozenset({"poles"})
"""Share of what is about a head from which on a post there grows out of it; more where wires are seen too."""
_STEPS_ASIDE = frozenset({"props"})
"""Those whose lamps step aside from what they are told to avoid, wherever they slide."""
_FARTHEST = 42.0
"""Metres behind the figures beyond which nothing is told from the next."""
_WIDE = 240
"""Pixels of the width of a frame as it is looked at."""
_REACH, _MOST, _STEPS = 0.3, 6.0, 14
"""How far a sheet goes at most: a share of the frame's width, metres; in so many steps to either side."""
_ASIDE, _OVER, _UNDER = 1.45, 0.5, 0.15
"""Half widths of a head beside its middle, and heights over and under it, within which an edge is seen."""
_SEEN = 60
"""Alpha from which on a pixel is drawn."""
_WORTH, _WAY = 0.05, 0.03
"""How much less of an edge a step is worth, and what the longest way costs."""


def as_they_act(
    figures: Sequence[Placed], players: Mapping[str, Player], acted: Callable[[Placed, float], Acting],
    now: float, length: float,
) -> tuple[list[Head], list[Head]]:  # fmt: skip
    """Where people are as they act ``now``, in seconds of a shot of ``length``: heads, with the hands that
    are raised as high, and their trunks from the hips up to the shoulders."""
    heads, trunks = [], []
    for p in figures:
        player = players[p.id]
        if p.shoulder or not (joints := player.body.joints(acted(p, now), now)):
            continue
        scale, high = player.scale, player.body.height * player.scale
        at = {n: (p.walked(now, length) + x * scale, p.up - y * scale) for n, (x, y) in joints.items()}
        for name, (x, up) in at.items():
            if name == "nose" or (name.endswith("wrist") and up > _AS_HIGH * p.extent.eyes):
                half = (_FACE if name == "nose" else _HAND) * high
                heads.append(Head(x, p.depth, half, up - half, up + half))
        (right, low), (left, lower) = at["r-hip"], at["l-hip"]
        low = min(low, lower)
        neck = max(at["neck"][1], low + 0.1)
        trunks.append(Head((right + left) / 2, p.depth, _BROAD * high, low, neck))
    return heads, trunks


_AS_HIGH, _FACE, _HAND, _BROAD = 0.85, 0.085, 0.06, 0.12
"""Of the height of the eyes: a hand that is raised; half of a head, a hand and a trunk, in heights."""


def slid(
    recipe: Recipe, setting: Setting, base: Pose, size: tuple[int, int], flip: int, seen: Sequence[Moment],
    boards: Sequence[Head] = (), trunks: Sequence[Moment] = (),
) -> Recipe:  # fmt: skip
    """The recipe with its uprights where they stand out least behind the heads of ``seen``, low ones behind
    ``trunks`` too, and its round windows behind no head and no board. Pure.

    ``base`` is the pose from which the sheets are drawn, ``size`` the frame's in pixels; ``flip`` mirrors
    rooms. A layer with the option ``stays`` is left where it is: a flock stands behind it, in its gaps.
    """
    if not any(heads for _, heads in seen):
        return recipe
    numbers = {id(la): n for _, band in grouped(recipe.layers, edge_of(recipe)) for n, la in enumerate(band)}
    walls = [(pose, (*heads, *boards)) for pose, heads in seen]

    def off_heads(layer: Layer) -> Layer:
        """A round window beside all heads and boards: a cabin's beside heads at least, an attic's or none."""
        clear = no_halo(layer, passed(walls, layer.depth, base), base, flip)
        if clear.options.get("x") != layer.options.get("x") or not _before(layer, walls, base, flip):
            return clear
        if layer.piece == "cabin":
            return no_halo(layer, passed(seen, layer.depth, base), base, flip)
        return replace(layer, piece=NOTHING)

    def aside(layer: Layer) -> Layer:
        if is_round(layer):
            return off_heads(layer)
        if layer.piece not in _SLIDES or layer.options.get("stays") or not 0.0 < layer.depth <= _FARTHEST:
            return layer
        there = [*seen, *trunks] if layer.piece in _LOW else seen
        return _slid(layer, numbers.get(id(layer), 0), recipe, setting, base, size, flip, there)

    return replace(recipe, layers=tuple(aside(layer) for layer in recipe.layers))


def _before(layer: Layer, seen: Sequence[Moment], base: Pose, flip: int) -> bool:
    """Whether a head or a board is before a round window at any moment."""
    x, half = flip * float(layer.options.get("x", 0.4)), 0.4 * float(layer.options.get("wide", 2.2))
    return any(abs(head.x - x) < head.half + half for head in passed(seen, layer.depth, base))


def _slid(
    layer: Layer, number: int, recipe: Recipe, setting: Setting, base: Pose, size: tuple[int, int], flip: int,
    seen: Sequence[Moment],
) -> Layer:  # fmt: skip
    heads = passed(seen, layer.depth, base)
    if not heads:
        return layer
    scale = base.scale(layer.depth) * _WIDE / size[0]
    reach = min(_MOST, _REACH * size[0] / base.scale(layer.depth))
    left = min(h.x - _ASIDE * h.half for h in heads) - reach
    right = max(h.x + _ASIDE * h.half for h in heads) + reach
    top = max(h.high + _OVER * (h.high - h.low) for h in heads)
    drawn = _drawn(layer, number, recipe, setting, (left, right, max(0.2, top)), scale, flip)
    if not drawn.any():
        return layer
    summed = np.pad(drawn.astype(np.int32).cumsum(0).cumsum(1), ((1, 0), (1, 0)))
    boxes = [_box(head, left, top, scale, drawn.shape) for head in heads]
    best, least = 0.0, _edges(summed, boxes, 0) - _WORTH
    if least <= 0.0:
        return replace(layer, piece=NOTHING) if _grows_out(layer, summed, boxes, 0) else layer
    for step in sorted(range(-_STEPS, _STEPS + 1), key=abs):
        way = reach * step / _STEPS
        cost = _edges(summed, boxes, round(way * scale)) + _WAY * abs(step) / _STEPS
        if cost < least:
            best, least = way, cost
    if _grows_out(layer, summed, boxes, round(best * scale)):
        return replace(layer, piece=NOTHING)
    if not best:
        return layer
    if "x" in layer.options:
        return replace(layer, options={**layer.options, "x": float(layer.options["x"]) + flip * best})
    options = {**layer.options, "slide": flip * best}
    if layer.piece in _STEPS_ASIDE:
        options["avoid"] = tuple((x - flip * best, half) for x, half in layer.options.get("avoid", ()))
    return replace(layer, options=options)


def _grows_out(
    layer: Layer, summed: np.ndarray, boxes: Sequence[tuple[int, int, int, int]], way: int
) -> bool:  # fmt: skip
    """Whether a piece a place can spare still stands behind a head after its best way aside."""
    near = max((down - up for _, up, _, down in boxes), default=0) > _CLOSE
    if layer.piece not in _SPARE and not (near and layer.piece in _SPARE_NEAR):
        return False
    worst = max((_edges(summed, [box], way) for box in boxes), default=0.0)
    return worst > (_GROWS_WIRED if layer.piece in _WIRED else _GROWS)


def _drawn(
    layer: Layer, number: int, recipe: Recipe, setting: Setting, seen: tuple[float, float, float],
    scale: float, flip: int,
) -> np.ndarray:  # fmt: skip
    """Where a layer is drawn: rows from the top down to the ground, columns from left to right."""
    left, right, top = seen
    wide, tall = max(1, round((right - left) * scale)), max(1, round(top * scale))
    surface = skia.Surface(wide, tall)
    canvas = surface.getCanvas()
    canvas.translate(-left * scale, top * scale)
    canvas.scale(scale * flip, scale)
    air = setting.air.unhazed() if recipe.interior else setting.air
    ends = sorted((flip * left, flip * right))
    layer.paint(
        Brush(
            canvas=canvas, setting=setting, ink=air.ink(layer.depth, 1.3 / scale), depth=layer.depth,
            left=ends[0], right=ends[1], top=top, name=f"{layer.piece}{layer.depth}/{number}",
            pixel=1 / scale,
        )
    )  # fmt: skip
    return np.asarray(surface.toarray()[:, :, 3] > _SEEN)


def _box(
    head: Head, left: float, top: float, scale: float, shape: tuple[int, ...]
) -> tuple[int, int, int, int]:
    """Columns and rows about a head: left, top, right, bottom."""
    tall = head.high - head.low
    rows = ((top - head.high - _OVER * tall) * scale, (top - head.low + _UNDER * tall) * scale)
    columns = ((head.x + side * _ASIDE * head.half - left) * scale for side in (-1, 1))
    (low, high), (up, down) = sorted(columns), sorted(rows)
    return (
        round(low),
        min(shape[0], max(0, round(up))),
        max(round(low) + 1, round(high)),
        min(shape[0], max(0, round(down))),
    )


def _edges(summed: np.ndarray, boxes: Sequence[tuple[int, int, int, int]], way: int) -> float:
    """How much stands out behind the heads if all goes ``way`` pixels to the right: for each the share of its
    box that is drawn on, or that is not, whichever is less; the sum over all."""
    total = 0.0
    for left, up, right, down in boxes:
        a, b = max(0, left - way), min(summed.shape[1] - 1, right - way)
        if b <= a or down <= up:
            continue
        inside = summed[down, b] - summed[up, b] - summed[down, a] + summed[up, a]
        share = float(inside) / ((b - a) * (down - up))
        total += min(share, 1.0 - share)
    return total
