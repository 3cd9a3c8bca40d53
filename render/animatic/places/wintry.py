"""What stands in deep snow: drifts with blue shadows, a fence half under them, bare trees, red berries."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

from .brush import Brush, Point, cold

Options = dict[str, Any]
_BARK, _WHITE, _SHADOW = "#5b463b", "#f4f8fd", "#a9c2e6"


def drifts(b: Brush, o: Options) -> None:
    """Long mounds of snow, each with its far side in blue shadow. Options: tall, step, share, gap."""
    tall, step = o.get("tall", 0.5), o.get("step", 4.0)
    white, shadow = cold(b.setting, _WHITE), cold(b.setting, _SHADOW)
    for x, dice in b.cells(step, 2 * step):
        x += dice.uniform(0, 0.6 * step)
        high, half = tall * dice.uniform(0.6, 1.1), step * dice.uniform(0.4, 0.6)
        if dice.random() > o.get("share", 0.8) or abs(x) < o.get("gap", 0.0) + half:
            continue
        back: list[Point] = [(x - half, -0.05), (x - 0.5 * half, 0.5 * high), (x - 0.1 * half, 1.1 * high)]
        b.blob([*back, (x + 0.45 * half, 0.7 * high), (x + half, -0.05)], white)
        crest: list[Point] = [(x - 0.02 * half, 0.86 * high), (x + 0.45 * half, 0.58 * high)]
        b.blob([*crest, (x + 0.96 * half, -0.05), (x + 0.2 * half, -0.05)], shadow, 0.0, 0.75)


def rail_fence(b: Brush, o: Options) -> None:
    """Posts and two crooked rails with snow on them; gaps in it. Options: tall, step, share, avoid."""
    tall, step, wood = o.get("tall", 0.95), o.get("step", 1.7), "#7a5a44"
    white = cold(b.setting, _WHITE)
    posts = [
        (x + 0.3 * step, tall * dice.uniform(0.85, 1.1), dice.random()) for x, dice in b.cells(step, step)
    ]
    kept, gaps = o.get("share", 0.75), o.get("avoid", ())

    def railed(left: tuple[float, float, float], right: tuple[float, float, float]) -> bool:
        clear = all(right[0] < middle - half or left[0] > middle + half for middle, half in gaps)
        return clear and left[2] < kept

    stands = [not any(abs(x - middle) < half for middle, half in gaps) for x, _, _ in posts]
    for n, ((x, high, _), (after, other, _)) in enumerate(pairwise(posts)):
        if not railed(posts[n], posts[n + 1]):
            if gaps and (n == 0 or not railed(posts[n - 1], posts[n])):
                stands[n] = False  # a post alone would be a stump
            continue
        for level in (0.4, 0.76):
            ends = [(x, high * level), (after, other * level)]
            b.line(ends, wood, 0.09)
            b.line([(px, py + 0.05) for px, py in ends], white, 0.05)
    for (x, high, _), there in zip(posts, stands, strict=True):
        if not there:
            continue
        b.poly([(x - 0.07, -0.05), (x - 0.06, high), (x + 0.06, high), (x + 0.07, -0.05)], wood, -0.1)
        b.oval(x, high, 0.12, 0.07, white)
        b.oval(x, 0.0, 0.42, 0.13, white)


def bare_trees(b: Brush, o: Options) -> None:
    """Trees without leaves, snow along their boughs. Options: tall, step, share, gap."""
    tall, step = o.get("tall", 5.0), o.get("step", 6.0)
    white = cold(b.setting, _WHITE)
    for x, dice in b.cells(step, tall):
        x += dice.uniform(0, 0.7 * step)
        if dice.random() > o.get("share", 0.6) or abs(x) < o.get("gap", 0.0):
            continue
        x, high, lean = b.aside(x, o), tall * dice.uniform(0.75, 1.15), dice.uniform(-0.05, 0.05)
        w = 0.032 * high
        fork = (x + lean * high, 0.42 * high)
        b.poly(
            [(x - 1.7 * w, -0.05), (fork[0] - w, fork[1]), (fork[0] + w, fork[1]), (x + 1.7 * w, -0.05)],
            _BARK,
        )
        for side, up in ((-0.3, 0.82), (0.05, 1.0), (0.32, 0.86), (-0.17, 0.96), (0.2, 0.72)):
            reach = dice.uniform(0.85, 1.1)
            tip = (fork[0] + side * high * reach, up * high * reach)
            knee = (fork[0] + 0.42 * side * high, fork[1] + 0.5 * (tip[1] - fork[1]))
            b.line([fork, knee, tip], _BARK, 1.1 * w)
            for share, way in ((0.35, -1), (0.6, 1), (0.8, -1)):
                foot = (knee[0] + share * (tip[0] - knee[0]), knee[1] + share * (tip[1] - knee[1]))
                b.line([foot, (foot[0] + way * 0.07 * high, foot[1] + 0.1 * high)], _BARK, 0.5 * w)
            b.line([(px - 0.2 * w, py + 0.6 * w) for px, py in (knee, tip)], white, 0.5 * w)
        b.oval(x, 0.0, 5 * w, 1.5 * w, white)


def berry_bushes(b: Brush, o: Options) -> None:
    """Bare twigs full of red berries, with caps of snow. Options: tall, step, share, gap."""
    tall, step = o.get("tall", 0.8), o.get("step", 3.0)
    white = cold(b.setting, _WHITE)
    for x, dice in b.cells(step, tall):
        x += dice.uniform(0, 0.7 * step)
        if dice.random() > o.get("share", 0.6) or abs(x) < o.get("gap", 0.0):
            continue
        x, high = b.aside(x, o), tall * dice.uniform(0.75, 1.15)
        for k in range(7):
            side = (k - 3) / 3
            tip = (x + 0.62 * high * side, high * (1.0 - 0.32 * side * side) * dice.uniform(0.85, 1.05))
            b.curve(
                [(x + 0.1 * high * side, -0.05), (x + 0.3 * high * side, 0.55 * tip[1]), tip], _BARK, 0.035
            )
            for share in (0.55, 0.78, 1.0):
                px, py = x + share * (tip[0] - x), share * tip[1]
                b.oval(px + dice.uniform(-0.04, 0.04), py, 0.055, 0.055, "#c8393c", dice.uniform(-0.08, 0.08))
            if k % 2:
                b.oval(tip[0], tip[1] + 0.04, 0.14, 0.06, white)
        b.oval(x, 0.0, 0.6 * high, 0.14, white)


PIECES = {f.__name__: f for f in (drifts, rail_fence, bare_trees, berry_bushes)}
