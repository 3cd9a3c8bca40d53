"""Indoors, what a sentence names of a room: stairs and clocks, pans and ovens, ladders, cases, lamps."""

from __future__ import annotations

import math
from typing import Any

from .brush import Brush, shaded
from .houses import shining
from .masonry import brick_oven, loaf

Options = dict[str, Any]
_COPPER = "#c9743c"
_BALUSTER = "#c8d0c4"
"""Near the wall's own colour: behind a head they are no bars."""


def staircase(b: Brush, o: Options) -> None:
    """A worn staircase with its banister, up along the wall. Options: x (its foot), steps, colour, panel."""
    x, steps, wood = o.get("x", 1.3), o.get("steps", 11), o.get("colour", "#8f6440")
    panel = o.get("panel", shaded(wood, 0.34))
    run, rise = 0.3, 0.225
    end, top = x + run * steps, rise * steps
    side = [(x, 0.0)]
    for k in range(steps):
        side += [(x + run * k, rise * (k + 1)), (x + run * (k + 1), rise * (k + 1))]
    b.poly([*side, (b.right + 2, top), (b.right + 2, 0)], panel)
    foot = x + 2.0 * run  # panels under the string, each as high as the stairs are there
    while foot + 0.5 < end:
        low, high = (rise / run * (u - x) - 0.34 for u in (foot, foot + 0.5))
        if low > 0.3:
            b.poly([(foot, 0.16), (foot + 0.5, 0.16), (foot + 0.5, high), (foot, low)], shaded(panel, -0.1))
        foot += 0.62
    while foot < b.right + 2:
        b.rect(foot, 0.16, 0.5, top - 0.5, shaded(panel, -0.1))
        foot += 0.62
    b.line([(x + 0.1, -0.02), (end, top - 0.24)], wood, 0.12)
    b.rect(x, 0, b.right + 2 - x, 0.1, wood, -0.06)
    for k in range(steps):
        b.rect(x + run * k - 0.04, rise * (k + 1) - 0.06, run + 0.06, 0.07, wood, 0.1)
        b.rect(x + run * k + 0.02, rise * (k + 1) - 0.01, run - 0.04, 0.05, "#a8483c")
        b.rect(x + run * k - 0.02, rise * k + 0.02, 0.04, rise - 0.05, "#a8483c", -0.12)
        for spot in (0.06, 0.2):
            up = rise / run * (run * k + spot)
            b.rect(x + run * k + spot, rise * (k + 1), 0.04, up + 0.95 - rise * (k + 1), _BALUSTER)
    b.rect(end - 0.04, top - 0.06, b.right + 2 - end, 0.08, wood, 0.1)
    b.rect(x - 0.08, 0, 0.16, 1.12, "#efe4cc", -0.06)  # painted: of wood's colour its knob would be an elbow
    b.rect(x - 0.11, 1.1, 0.22, 0.07, "#efe4cc")
    for k in range(int((b.right + 2 - end) / 0.15)):
        b.rect(end + 0.06 + 0.15 * k, top, 0.04, 0.95, _BALUSTER)
    b.line([(x + 0.07, 1.02), (end, top + 0.98), (b.right + 2, top + 0.98)], shaded(wood, -0.12), 0.09)


def _face(b: Brush, x: float, y: float, r: float, turn: float) -> None:
    b.oval(x, y, r, r, "#f4eedd")
    for k in range(12):
        a = math.tau * k / 12
        b.oval(x + 0.8 * r * math.cos(a), y + 0.8 * r * math.sin(a), 0.05 * r, 0.05 * r, "#3a3330")
    for long, a in ((0.5, turn), (0.72, turn * 2.3 + 1)):
        b.line([(x, y), (x + long * r * math.cos(a), y + long * r * math.sin(a))], "#2b2624", 0.09 * r)


def face_of_clock(b: Brush, x: float, y: float, r: float, hour: float, *, night: bool) -> None:
    """A dial at an hour of twelve: white with the sun on it, or dark with the moon."""
    ground, marks = ("#1c2750", "#e8ecf4") if night else ("#f4eedd", "#2b2624")
    b.oval(x, y, r, r, ground)
    b.oval(x, y - 0.42 * r, 0.2 * r, 0.2 * r, "#e8ecf4" if night else "#f0b848")
    if night:
        b.oval(x + 0.09 * r, y - 0.38 * r, 0.17 * r, 0.17 * r, ground)
    for k in range(12):
        a = math.tau * k / 12
        b.oval(x + 0.82 * r * math.cos(a), y + 0.82 * r * math.sin(a), 0.05 * r, 0.05 * r, marks)
    for long, wide, a in ((0.5, 0.13, math.tau * hour / 12), (0.72, 0.09, 0.0)):
        b.line([(x, y), (x + long * r * math.sin(a), y + long * r * math.cos(a))], marks, wide * r)


def clocks(b: Brush, o: Options) -> None:
    """Many clocks on a wall, round and square, and a tall case clock on the floor; none is behind a head.

    Options: at, case, avoid.
    """
    for k, (x, y, r) in enumerate(o.get("at", ((-1.9, 1.9, 0.24), (-1.2, 2.4, 0.18), (-0.2, 2.1, 0.27)))):
        if any(abs(x - middle) < half for middle, half in o.get("avoid", ())):
            continue
        colour = ("#7a4f30", "#b98d4a", "#a8483c", "#4f6a5c")[k % 4]
        if k % 2:
            b.poly([(x - 1.5 * r, y + r), (x, y + 2.1 * r), (x + 1.5 * r, y + r)], colour, -0.12)
            b.rect(x - 1.25 * r, y - 1.3 * r, 2.5 * r, 2.5 * r, colour)
            b.line([(x, y - 1.3 * r), (x + 0.2 * r, y - 2.5 * r)], "#c9a850", 0.1 * r)
            b.oval(x + 0.2 * r, y - 2.6 * r, 0.26 * r, 0.26 * r, "#e0c060")
        else:
            b.oval(x, y, 1.24 * r, 1.24 * r, colour)
        _face(b, x, y, r, 1.2 + 0.9 * k)
    x = float(o.get("case", 0.0))
    if "case" in o and all(abs(x - middle) >= half for middle, half in o.get("avoid", ())):
        b.rect(x - 0.3, 0, 0.6, 0.3, "#6a452c")
        b.rect(x - 0.23, 0.3, 0.46, 1.15, "#7a5236")
        b.rect(x - 0.14, 0.42, 0.28, 0.9, "#2c211a")
        b.line([(x, 1.3), (x + 0.05, 0.7)], "#c9a850", 0.03)
        b.oval(x + 0.05, 0.66, 0.09, 0.09, "#e0c060")
        b.rect(x - 0.31, 1.42, 0.62, 0.6, "#6a452c")
        b.poly([(x - 0.36, 2.0), (x, 2.28), (x + 0.36, 2.0)], "#6a452c", -0.1)
        _face(b, x, 1.72, 0.22, 0.7)


def pans(b: Brush, o: Options) -> None:
    """Copper pans that hang from a rail in order of size. Options: x, y, count, avoid (hands before
    all of them), off (faces before which no pan hangs)."""
    x, y, count = o.get("x", -0.9), o.get("y", 2.3), o.get("count", 6)
    if any(abs(x - middle) < half for middle, half in o.get("avoid", ())):
        return
    wide = sum(0.36 - 0.03 * k for k in range(count)) + 0.2
    b.rect(x - wide / 2, y, wide, 0.05, "#4a4038")
    at = x - wide / 2 + 0.2
    for k in range(count):
        r = 0.17 - 0.014 * k
        if any(abs(at - middle) < half for middle, half in o.get("off", ())):
            at += 2 * r + 0.03
            continue
        b.rect(at - 0.02, y - 0.34, 0.04, 0.36, "#5a4636")
        b.oval(at, y - 0.34 - r, r, r, _COPPER)
        b.oval(at, y - 0.34 - r, r * 0.72, r * 0.72, _COPPER, 0.16)
        at += 2 * r + 0.03


def oven(b: Brush, o: Options) -> None:
    """A baker's oven of brick, fire and loaves in its mouth. Options: x, loaves."""
    b.canvas.save()
    b.canvas.translate(o.get("x", -2.2), 0)
    brick_oven(b.canvas, b.ink, shining(b).ink, b.top + 1, 3 if o.get("loaves", True) else 0)
    b.canvas.restore()


def loaves(b: Brush, o: Options) -> None:
    """Loaves in a row on what stands there, none where one is in a hand. Options: x, y, wide, avoid."""
    x, y, wide, r = o.get("x", 0.0), o.get("y", 0.82), o.get("wide", 1.6), o.get("r", 0.17)
    count = max(1, int(wide / (2.15 * r)))
    for k in range(count):
        at = x - wide / 2 + wide * (k + 0.5) / count
        if all(abs(at - there) > half for there, half in o.get("avoid", ())):
            loaf(b.canvas, b.ink, at, y, r)


def ladder(b: Brush, o: Options) -> None:
    """A ladder that leans against high shelves. Options: x, tall, lean."""
    x, tall, lean, wood = o.get("x", -1.5), o.get("tall", 3.5), o.get("lean", 0.5), "#d0a468"
    for side in (-0.24, 0.24):
        b.line([(x + side, 0), (x + side + lean, tall)], shaded(wood, -0.12), 0.08)
    for k in range(1, 10):
        y = tall * k / 10
        b.rect(x - 0.24 + lean * k / 10, y, 0.48, 0.055, wood)


def desk_lamps(b: Brush, o: Options) -> None:
    """Lamps with green shades that stand on desks. Options: at (x, y of each foot).

    None stands behind a head: beside it its shade would be a horn or an ear.
    """
    for x, y in o.get("at", ((2.3, 0.81),)):
        if b.aside(x, o) != x:
            continue
        b.oval(x, y + 0.02, 0.13, 0.03, "#b5924a")
        b.rect(x - 0.02, y, 0.04, 0.34, "#b5924a")
        shining(b).poly(
            [(x - 0.26, y + 0.32), (x - 0.17, y + 0.5), (x + 0.17, y + 0.5), (x + 0.26, y + 0.32)], "#2f9a5c"
        )
        shining(b).rect(x - 0.22, y + 0.3, 0.44, 0.035, "#fff0b4")
        b.glow(x, y + 0.3, 1.1, "#e6ffb0", 0.24)


def cabinets(b: Brush, o: Options) -> None:
    """Filing cabinets, a drawer drawn out and papers in it. Options: x, count, colour."""
    x, colour = o.get("x", -2.4), o.get("colour", "#7f8a86")
    for k in range(o.get("count", 3)):
        left = x + 0.62 * k
        b.rect(left, 0, 0.58, 1.5, colour, -0.1 + 0.05 * (k % 2))
        for row in range(4):
            y = 0.06 + 0.36 * row
            b.rect(left + 0.04, y, 0.5, 0.31, colour, 0.12)
            b.rect(left + 0.2, y + 0.19, 0.18, 0.07, "#f4efe2")
            b.rect(left + 0.22, y + 0.08, 0.14, 0.035, "#3c4448")
        if k == 1:
            b.rect(left + 0.08, 1.4, 0.42, 0.24, "#f4efe2")
            b.rect(left + 0.02, 1.12, 0.56, 0.34, colour, 0.2)


def blinds(b: Brush, o: Options) -> None:
    """Blinds, half down before a window. Options: x, y, wide, tall."""
    x, y, w, h = o.get("x", 0.0), o.get("y", 1.0), o.get("wide", 3.4), o.get("tall", 1.6)
    for k in range(9):
        b.rect(x - w / 2, y + h - 0.1 - 0.12 * k, w, 0.065, "#f4f1e6", -0.08 if k % 2 else 0.0)
    b.line([(x + w * 0.44, y + h), (x + w * 0.44, y + 0.2)], "#c9c2b0", 0.02)


def door_bell(b: Brush, o: Options) -> None:
    """A brass bell on its spring over a shop's door. Options: x, y."""
    x, y = o.get("x", 0.6), o.get("y", 2.42)
    b.curve([(x - 0.3, y), (x - 0.1, y + 0.34), (x + 0.1, y + 0.16)], "#4a4038", 0.05)
    b.blob([(x - 0.13, y - 0.2), (x - 0.06, y + 0.1), (x + 0.26, y + 0.1), (x + 0.33, y - 0.2)], "#e0b648")
    b.rect(x - 0.16, y - 0.22, 0.52, 0.06, "#e0b648", -0.14)
    b.oval(x + 0.1, y - 0.26, 0.06, 0.06, "#8a6a2c")


def coffee_machine(b: Brush, o: Options) -> None:
    """A machine that makes coffee, its steam going up, cups on top. Options: x, y."""
    x, y = o.get("x", -2.8), o.get("y", 0.99)
    b.round(x - 0.55, y, 1.1, 0.62, 0.08, "#b8483c")
    b.rect(x - 0.48, y + 0.08, 0.96, 0.22, "#d8dcdf")
    for side in (-0.28, 0.22):
        b.rect(x + side, y + 0.26, 0.12, 0.12, "#3a3f47")
        b.round(x + side, y + 0.02, 0.12, 0.11, 0.02, "#f6f1e4")
    b.oval(x, y + 0.46, 0.1, 0.1, "#f4eedd")
    for k in range(4):
        b.round(x - 0.42 + 0.22 * k, y + 0.62, 0.15, 0.12, 0.03, "#f6f1e4")
    for k in range(3):
        b.curve(
            [(x + 0.62, y + 0.5 + 0.3 * k), (x + 0.78, y + 0.65 + 0.3 * k), (x + 0.64, y + 0.8 + 0.3 * k)],
            "#ffffff",
            0.06,
            0.3,
        )


def ward_curtains(b: Brush, o: Options) -> None:
    """Curtains on rails between the beds of a ward. Options: at, colour."""
    colour = o.get("colour", "#a8cfd0")
    for x in o.get("at", (-1.9, 4.2)):
        b.rect(x - 0.1, 2.2, 1.1, 0.05, "#9aa4a8")
        for k in range(6):
            left = x - 0.05 + 0.16 * k
            b.blob([(left, 2.22), (left + 0.18, 2.22), (left + 0.17, 0.25), (left + 0.02, 0.25)], colour,
                   (-0.12, 0.06)[k % 2])  # fmt: skip


PIECES = {
    f.__name__: f
    for f in (
        staircase,
        clocks,
        pans,
        oven,
        loaves,
        ladder,
        desk_lamps,
        cabinets,
        blinds,
        door_bell,
        coffee_machine,
        ward_curtains,
    )
}
