"""Pieces of the near ground, for those who are small: what is underfoot is as large as they are."""

from __future__ import annotations

import math
from typing import Any

from ....storyboard.vocabulary import Season
from .brush import Brush, shaded

Options = dict[str, Any]


def _taken(x: float, options: Options) -> bool:
    """Whether it is where somebody stands, out of whom nothing is to grow.

    Option ``free`` is the middle of that place and half its width, in metres.
    """
    middle, half = options.get("free", (0.0, -1.0))
    return abs(x - float(middle)) < float(half)


def pebbles(b: Brush, o: Options) -> None:
    """Stones the size of a thumb. Options: colour, tall, step, share."""
    tall, step = o.get("tall", 0.05), o.get("step", 0.16)
    for x, dice in b.cells(step, tall * 3):
        if dice.random() > o.get("share", 0.6):
            continue
        x += dice.uniform(0, step)
        if _taken(x, o):
            continue
        high = tall * dice.uniform(0.4, 1.1)
        half = high * dice.uniform(0.8, 1.5)
        bumps = [
            (x + half * math.cos(math.pi * (1 - k / 5)), high * (0.2 + 0.8 * math.sin(math.pi * k / 5)))
            for k in range(6)
        ]
        colour = shaded(o.get("colour", "#a09888"), dice.uniform(-0.16, 0.12))
        b.blob([(x - half, -0.01), *bumps, (x + half, -0.01)], colour)


def kerb(b: Brush, o: Options) -> None:
    """The edge of a pavement, a step as high as a mouse. Options: tall, colour."""
    tall, colour = o.get("tall", 0.15), o.get("colour", "#b5b0a8")
    b.rect(b.left - 1, 0, b.right - b.left + 2, tall, colour, -0.12)
    b.rect(b.left - 1, tall * 0.86, b.right - b.left + 2, tall * 0.14, colour, 0.1)
    for x, dice in b.cells(0.62, 0.7):
        x += dice.uniform(0, 0.04)
        b.line([(x, 0), (x, tall * 0.97)], shaded(colour, -0.35), 0.008)


def litter(b: Brush, o: Options) -> None:
    """Small things left lying: a leaf, a cork, a button, a match, a nut. Options: step, dry (no leaves)."""
    for x, dice in b.cells(o.get("step", 0.5), 0.3):
        x += dice.uniform(0, 0.4)
        if _taken(x + 0.06, o):
            continue
        kind = dice.choice(
            ("cork", "button", "match", "nut") if o.get("dry") else ("leaf", "nut", "leaf", "cork")
        )
        if kind == "leaf":
            colour = b.setting.leaf("#8a9a45")
            b.blob([(x, 0), (x + 0.05, 0.05), (x + 0.13, 0.055), (x + 0.17, 0.02), (x + 0.1, -0.01)], colour)
            b.line([(x - 0.03, 0.01), (x + 0.15, 0.03)], shaded(colour, -0.3), 0.005)
        elif kind == "cork":
            b.round(x, -0.005, 0.05, 0.06, 0.01, "#c09a6c")
            b.rect(x, 0.035, 0.05, 0.01, "#a8845a")
        elif kind == "button":
            b.oval(x, 0.012, 0.035, 0.014, "#5f7f9f")
            b.oval(x, 0.014, 0.012, 0.004, "#3f5f7f")
        elif kind == "match":
            b.line([(x, 0.004), (x + 0.12, 0.014)], "#d8b880", 0.009)
            b.oval(x + 0.125, 0.015, 0.012, 0.009, "#b5453a")
        else:
            b.oval(x, 0.03, 0.03, 0.034, "#9a6a40")
            b.oval(x, 0.052, 0.033, 0.018, "#6f4a2c")


def blades(b: Brush, o: Options) -> None:
    """Single blades of grass, as those see them who walk between them. Options: tall, step, share, colour."""
    tall, step = o.get("tall", 0.3), o.get("step", 0.09)
    colour = b.setting.grass(b.setting.leaf(o.get("colour", "#5f8f45")))
    for x, dice in b.cells(step, tall):
        if dice.random() > o.get("share", 0.9):
            continue
        x += dice.uniform(0, step)
        if _taken(x, o):
            continue
        lean, high = dice.uniform(-0.4, 0.4) * tall, tall * dice.uniform(0.45, 1.1)
        half = 0.026 * tall + 0.004
        b.blob(
            [
                (x - half, -0.02), (x - half, high * 0.4), (x + lean * 0.6, high), (x + lean, high * 1.02),
                (x + lean * 0.5 + half, high * 0.7), (x + half, high * 0.3), (x + half, -0.02),
            ],
            colour, dice.uniform(-0.16, 0.1),
        )  # fmt: skip


def stalks(b: Brush, o: Options) -> None:
    """Flowers as tall as those who fly between them are high.

    Options: tall, step, share, flowers, free, past. ``past`` is from where to where somebody flies by, and
    how high: flowers are lower there.
    """
    past = o.get("past")
    tall, step = o.get("tall", 0.95), o.get("step", 0.34)
    middle, half = (float(v) for v in o.get("free", (0.0, 0.0)))
    green = b.setting.leaf("#5a8a45")
    bare = b.setting.snowy or b.setting.season is Season.winter
    for x, dice in b.cells(step, 0.4):
        if dice.random() > o.get("share", 0.75):
            continue
        x += dice.uniform(0, step)
        if abs(x - middle) < half:  # or it grows out of a back
            continue
        high, lean = tall * dice.uniform(0.7, 1.12), dice.uniform(-0.07, 0.07)
        if past and past[0] < x < past[1]:  # or a beak would be in every flower
            high = min(high, max(0.1, past[2] * dice.uniform(0.3, 0.65)))
        b.curve([(x, -0.05), (x + lean * 0.4, high * 0.5), (x + lean, high)], shaded(green, -0.1), 0.018)
        for side, at in ((-1, 0.35), (1, 0.55)):
            y, foot = high * at, x + lean * at
            b.blob([(foot, y), (foot + side * 0.09, y + 0.09), (foot + side * 0.17, y + 0.07)], green, -0.04)
        if bare:
            b.oval(x + lean, high, 0.03, 0.04, "#e9eff5" if b.setting.snowy else "#8a7a5c")
            continue
        colour = dice.choice(o.get("flowers", "#e86a7a #f2c14a #f4f0ea #b07ac0").split())
        petals, r = dice.choice((6, 8)), dice.uniform(0.05, 0.075)
        for k in range(petals):
            turn = k / petals * math.tau + x
            b.oval(x + lean + r * math.cos(turn), high + r * math.sin(turn), r * 0.52, r * 0.52, colour)
        b.oval(x + lean, high, r * 0.5, r * 0.5, "#e0a83a" if colour != "#f2c14a" else "#9a6a30")


def pavement(b: Brush, o: Options) -> None:
    """What stands on a pavement, seen from below: a lamp post, a bicycle, a drain. Option: free."""
    middle, half = (float(v) for v in o.get("free", (0.0, 0.4)))
    post, wheel, iron = middle - 0.9 * half - 0.03, middle + half + 0.16, "#3f4648"
    b.rect(post - 0.05, 0, 0.1, b.top + 1, iron)
    b.rect(post - 0.1, 0, 0.2, 0.16, iron, -0.1)
    b.rect(post - 0.08, 0.3, 0.16, 0.05, iron, 0.1)
    ring = [
        (wheel + 0.33 * math.cos(k * math.tau / 24), 0.35 + 0.33 * math.sin(k * math.tau / 24))
        for k in range(25)
    ]
    for k in range(0, 24, 2):
        b.line([(wheel, 0.35), ring[k]], "#c8ccd0", 0.008)
    b.curve(ring, "#2a2a2e", 0.05)
    b.oval(wheel, 0.35, 0.035, 0.035, "#8a8f96")
    b.line([(wheel, 0.35), (wheel + 0.3, 1.0)], "#b5432f", 0.04)
    b.line([(wheel + 0.1, 0.56), (wheel + 0.9, 0.5)], "#b5432f", 0.04)
    b.round(middle - 0.2, 0.02, 0.4, 0.1, 0.02, "#2c2c30")
    for k in range(5):
        b.rect(middle - 0.17 + 0.08 * k, 0.02, 0.03, 0.1, "#77797c")


PIECES = {f.__name__: f for f in (pebbles, kerb, litter, blades, stalks, pavement)}
