"""What trades wear on trunk and shoulders, over the garment of the look; in body space."""

from __future__ import annotations

from collections.abc import Callable

import skia

from ....storyboard.looks import BodyLook
from ..ink import Ink, shaded
from .shapes import Point, ellipse, line, polygon, rounded, smooth, star, tube
from .torso import Torso
from .trade_marks import braces, checks, garden_apron, hung_gloves, school_blouse, watch_chain

_RED = "#c8322e"


def _bib(canvas: skia.Canvas, look: BodyLook, ink: Ink, torso: Torso) -> None:
    """A white pinafore with a red cross on it."""
    if not (torso.seen(0) or torso.seen(40) or torso.seen(-40)):
        return
    ink.piece(
        canvas,
        torso.panel([(-40, 0.1), (40, 0.1), (62, 0.78), (64, 1.3), (-64, 1.3), (-62, 0.78)], 1.03),
        "#fdfdfa",
    )
    ink.mark(canvas, torso.seam([(-62, 0.8), (0, 0.84), (62, 0.8)]), "#c8d0d6", 0.012)
    if torso.seen(0):
        x, y = torso.at(0, 0.4)
        wide = 0.4 + 0.6 * abs(torso.cos)
        ink.piece(canvas, rounded(x - 0.011 * wide, y - 0.034, x + 0.011 * wide, y + 0.034, 0.002), "#d2323a")
        ink.piece(canvas, rounded(x - 0.034 * wide, y - 0.011, x + 0.034 * wide, y + 0.011, 0.002), "#d2323a")


def _stethoscope(canvas: skia.Canvas, look: BodyLook, ink: Ink, torso: Torso) -> None:
    if not (torso.seen(20) or torso.seen(-20)):
        return
    ink.mark(
        canvas, torso.seam([(-52, -0.05), (-26, 0.34), (0, 0.42), (26, 0.34), (52, -0.05)]), "#2c3238", 0.014
    )
    ink.mark(canvas, torso.seam([(0, 0.42), (8, 0.56)]), "#2c3238", 0.014)
    ink.piece(canvas, ellipse(*torso.at(torso.inside(8), 0.6), 0.022, 0.022), "#c4ccd2")


def _star_badge(canvas: skia.Canvas, look: BodyLook, ink: Ink, torso: Torso) -> None:
    if torso.seen(30):
        ink.piece(canvas, star(*torso.at(30, 0.3), 0.036, 0.017), "#f2cc50")


def _belt_gear(canvas: skia.Canvas, look: BodyLook, ink: Ink, torso: Torso) -> None:
    band = [torso.edge(s, v, 1.04) for s, v in ((-1, 0.8), (1, 0.8), (1, 0.92), (-1, 0.92))]
    ink.piece(canvas, polygon(band), "#17181c")
    for a in (-54, 54):
        if torso.seen(a):
            x, y = torso.at(a, 0.94)
            ink.piece(canvas, rounded(x - 0.018, y - 0.02, x + 0.018, y + 0.04, 0.006), "#17181c")


def _stripes(canvas: skia.Canvas, look: BodyLook, ink: Ink, torso: Torso) -> None:
    """Bands that shine in a lamp's light."""
    for v in (0.42, 0.86):
        for out, colour in ((0.1, "#f6ea6a"), (0.04, "#f4f6f4")):
            low = [
                torso.edge(s, u, 1.03)
                for s, u in ((-1, v - out / 2), (1, v - out / 2), (1, v + out / 2), (-1, v + out / 2))
            ]
            ink.piece(canvas, polygon(low), colour)


def _sash(canvas: skia.Canvas, look: BodyLook, ink: Ink, torso: Torso) -> None:
    """A pirate's: a striped shirt in an open coat, a red sash, a strap with a buckle."""
    if torso.seen(0):
        shirt = torso.panel([(-26, -0.02), (26, -0.02), (22, 0.72), (-22, 0.72)], 1.02)
        ink.piece(canvas, shirt, "#f4eee0")
        for v in (0.12, 0.27, 0.42, 0.57):
            ink.mark(canvas, torso.seam([(-24, v), (0, v + 0.02), (24, v)]), "#b8323a", 0.016)
    band = [torso.edge(s, v, 1.06) for s, v in ((-1, 0.72), (1, 0.72), (1, 0.9), (-1, 0.9))]
    ink.piece(canvas, polygon(band), "#b8242f")
    x, y = torso.at(torso.inside(48), 0.9)
    ink.piece(
        canvas,
        tube([(x, y - 0.02), (x + 0.012, y + 0.07), (x + 0.004, y + 0.13)], (0.035, 0.04, 0.05)),
        "#b8242f",
        shade=-0.1,
    )
    if torso.seen(0):
        ink.mark(canvas, torso.seam([(-46, 0.0), (0, 0.38), (46, 0.74)]), "#4a3020", 0.026)
        bx, by = torso.at(torso.inside(6), 0.42)
        ink.mark(canvas, rounded(bx - 0.02, by - 0.018, bx + 0.02, by + 0.018, 0.004), "#e8c050", 0.009)


def _ruff(canvas: skia.Canvas, look: BodyLook, ink: Ink, torso: Torso) -> None:
    """A clown's: a wide pleated ruff and three pompoms."""
    if torso.seen(0):
        for v, colour in ((0.3, "#f0503c"), (0.52, "#3a74c0"), (0.74, "#3fa05a")):
            ink.piece(canvas, ellipse(*torso.at(0, v, 1.04), 0.03, 0.03), colour)
    (ax, ay), (bx, by) = torso.edge(-1, 0.02), torso.edge(1, 0.02)
    x, y = (ax + bx) / 2, (ay + by) / 2 + 0.004
    half = 0.155
    for k in range(-4, 5):
        px, py = x + half * k / 4.4, y - 0.026 * abs(k / 4) ** 2 + 0.014
        ink.piece(canvas, ellipse(px, py, 0.036, 0.032), "#fdfaf0" if k % 2 else "#f6d84a")


def _muscle(canvas: skia.Canvas, look: BodyLook, ink: Ink, torso: Torso) -> None:
    """A boxer's wide belt with its golden plate."""
    band = [torso.edge(s, v, 1.05) for s, v in ((-1, 0.78), (1, 0.78), (1, 0.98), (-1, 0.98))]
    ink.piece(canvas, polygon(band), "#1c1c22")
    if torso.seen(0):
        x, y = torso.at(0, 0.88)
        ink.piece(canvas, ellipse(x, y, 0.05 * (0.4 + 0.6 * abs(torso.cos)), 0.04), "#f0c040")


def _white_collar(canvas: skia.Canvas, look: BodyLook, ink: Ink, torso: Torso) -> None:
    if torso.seen(0):
        ink.piece(canvas, torso.panel([(-16, -0.07), (16, -0.07), (15, 0.04), (-15, 0.04)], 1.05), "#fdfdfa")
        x, y = torso.at(0, 0.46)
        ink.mark(canvas, torso.seam([(-40, 0.0), (0, 0.34), (40, 0.0)]), "#d8b850", 0.008)
        ink.mark(canvas, line([(x, y - 0.045), (x, y + 0.05)]), "#e8c850", 0.018)
        ink.mark(canvas, line([(x - 0.026, y - 0.016), (x + 0.026, y - 0.016)]), "#e8c850", 0.018)


def _jabot(canvas: skia.Canvas, look: BodyLook, ink: Ink, torso: Torso) -> None:
    if torso.seen(0):
        for v, half in ((0.02, 13), (0.16, 16), (0.3, 13)):
            ink.piece(
                canvas,
                torso.panel(
                    [(-half, v - 0.06), (half, v - 0.06), (half + 5, v + 0.1), (-half - 5, v + 0.1)], 1.04
                ),
                "#fdfcf6",
            )


def _patches(canvas: skia.Canvas, look: BodyLook, ink: Ink, torso: Torso) -> None:
    """Straw out of the collar, and sewn patches of other cloth."""
    (ax, ay), (bx, by) = torso.edge(-1, 0.0), torso.edge(1, 0.0)
    for k in range(-6, 7):
        x, y = (ax + bx) / 2 + k * 0.011, (ay + by) / 2 - 0.01
        end = (x + k * 0.006, y + 0.075 - 0.006 * abs(k))
        ink.mark(canvas, line([(x, y - 0.03), end]), "#b8862c", 0.017)
        ink.mark(canvas, line([(x, y - 0.03), end]), "#f0cc5c", 0.009)
    for a, v, colour in ((-34, 0.5, "#b8402f"), (36, 0.72, "#3f6fa0")):
        if torso.seen(a):
            x, y = torso.at(a, v, 1.03)
            square = [
                (x - 0.045, y - 0.04),
                (x + 0.04, y - 0.045),
                (x + 0.045, y + 0.04),
                (x - 0.04, y + 0.045),
            ]
            ink.piece(canvas, polygon(square), colour)
            ink.mark(canvas, polygon(square), "#f0e2c0", 0.008)


def _ermine(canvas: skia.Canvas, look: BodyLook, ink: Ink, torso: Torso) -> None:
    """A wide white fur collar with black tails, and a golden chain."""
    fur = torso.panel(
        [(-86, -0.05), (0, 0.0), (86, -0.05), (84, 0.2), (40, 0.3), (0, 0.34), (-40, 0.3), (-84, 0.2)], 1.16
    )
    ink.piece(canvas, fur, "#f8f4ea")
    for a, v in ((-64, 0.1), (-34, 0.2), (0, 0.24), (34, 0.2), (64, 0.1)):
        if torso.seen(a):
            x, y = torso.at(a, v, 1.1)
            ink.piece(canvas, tube([(x, y - 0.012), (x, y + 0.014)], (0.007, 0.013)), "#1c1a1c")
    if torso.seen(0):
        ink.mark(canvas, torso.seam([(-46, 0.2), (0, 0.52), (46, 0.2)]), "#e8bc3a", 0.014)
        ink.piece(canvas, ellipse(*torso.at(0, 0.54), 0.026, 0.026), "#e8bc3a")


def _stars(canvas: skia.Canvas, look: BodyLook, ink: Ink, torso: Torso) -> None:
    for a, v, r in (
        (-30, 0.35, 0.026),
        (34, 0.5, 0.02),
        (-14, 0.62, 0.016),
        (22, 1.25, 0.03),
        (-36, 1.4, 0.024),
    ):
        if torso.seen(a):
            ink.piece(canvas, star(*torso.at(a, v), r, r * 0.45), "#f6dc6a")


def _webbing(canvas: skia.Canvas, look: BodyLook, ink: Ink, torso: Torso) -> None:
    """A soldier's straps and pouches, and blots that hide him in the leaves."""
    for a, v, colour in (
        (-50, 0.36, -0.25),
        (44, 0.62, -0.2),
        (10, 0.26, 0.18),
        (-18, 0.6, -0.3),
        (58, 0.24, 0.15),
    ):
        if torso.seen(a):
            ink.piece(canvas, ellipse(*torso.at(a, v), 0.034, 0.02), look.dress_colour, shade=colour)
    for side in (-1, 1):
        if torso.seen(side * 30):
            ink.mark(
                canvas,
                torso.seam([(side * 36, -0.02), (side * 26, 0.4), (side * 32, 0.82)]),
                "#6a5a3a",
                0.022,
            )
    for a in (-40, 40):
        if torso.seen(a):
            x, y = torso.at(a, 0.84)
            ink.piece(canvas, rounded(x - 0.026, y - 0.03, x + 0.026, y + 0.034, 0.008), "#6a5a3a")


def _satchel(canvas: skia.Canvas, look: BodyLook, ink: Ink, torso: Torso) -> None:
    """A letter bag on a strap across the chest, letters showing."""
    if torso.seen(0):
        ink.mark(canvas, torso.seam([(-44, 0.0), (0, 0.5), (56, 1.0)]), "#7a4e2a", 0.022)
    x, y = torso.at(torso.inside(66), 1.12, 1.1)
    for dx in (-0.03, 0.005, 0.035):
        ink.piece(canvas, rounded(x + dx - 0.02, y - 0.1, x + dx + 0.02, y - 0.02, 0.003), "#fbf6e8")
    ink.piece(canvas, rounded(x - 0.075, y - 0.065, x + 0.075, y + 0.06, 0.014), "#9a6434")
    ink.piece(canvas, rounded(x - 0.075, y - 0.065, x + 0.075, y - 0.01, 0.014), "#9a6434", shade=-0.18)


def _neckerchief(canvas: skia.Canvas, look: BodyLook, ink: Ink, torso: Torso) -> None:
    """A red cloth with its knot before, or with its corner on the back."""
    if torso.seen(0):
        front = [(-50, -0.06), (50, -0.06), (26, 0.1), (0, 0.26), (-26, 0.1)]
        ink.piece(canvas, torso.panel(front, 1.06), _RED)
        ink.piece(canvas, ellipse(*torso.at(0, 0.03, 1.06), 0.014, 0.014), _RED, shade=-0.25)
    else:
        back = [(128, -0.06), (232, -0.06), (208, 0.1), (180, 0.24), (152, 0.1)]
        ink.piece(canvas, torso.panel(back, 1.06), _RED)


def _round_the_neck(canvas: skia.Canvas, look: BodyLook, ink: Ink, torso: Torso) -> None:
    """The neckerchief of who is seen from the side, over the shoulder that would hide it."""
    if abs(torso.sin) > 0.75:
        side = 1 if torso.sin > 0 else -1
        wrap = [(-0.7, -0.08), (0.72, -0.08), (0.95, 0.06), (0.86, 0.2), (0.4, 0.1), (-0.6, 0.05)]
        ink.piece(canvas, smooth([torso.edge(side, v, x) for x, v in wrap], tension=0.25), _RED)


def _waistcoat(canvas: skia.Canvas, look: BodyLook, ink: Ink, torso: Torso) -> None:
    """A leather waistcoat, open, with a star."""
    for side in (-1, 1):
        if torso.seen(side * 44):
            flap = [
                (side * 20, -0.03),
                (side * 66, 0.0),
                (side * 84, 0.5),
                (side * 74, 0.94),
                (side * 26, 0.96),
            ]
            ink.piece(canvas, torso.panel(flap, 1.03), "#5a3a22")


def _sailor_collar(canvas: skia.Canvas, look: BodyLook, ink: Ink, torso: Torso) -> None:
    if torso.seen(0):
        ink.piece(canvas, torso.panel([(-24, -0.03), (24, -0.03), (12, 0.4), (-12, 0.4)], 1.02), "#f6f3ea")
        for v in (0.06, 0.16, 0.26):
            ink.mark(canvas, torso.seam([(-16, v), (16, v)]), "#2c4a86", 0.013)
        for side in (-1, 1):
            ink.piece(
                canvas,
                torso.panel(
                    [(side * 18, -0.06), (side * 62, -0.04), (side * 54, 0.2), (side * 10, 0.4)], 1.06
                ),
                "#24407a",
            )
            ink.mark(canvas, torso.seam([(side * 58, 0.15), (side * 12, 0.36)]), "#f6f3ea", 0.008)


def _gold(canvas: skia.Canvas, look: BodyLook, ink: Ink, torso: Torso) -> None:
    """Epaulettes with fringes."""
    for side in (-1, 1):
        x, y = torso.edge(side, 0.08, 1.02)
        ink.piece(canvas, ellipse(x, y - 0.018, 0.05, 0.02), "#e8bc3a")
        for k in (-0.03, -0.01, 0.01, 0.03):
            ink.mark(canvas, line([(x + k, y - 0.012), (x + k, y + 0.022)]), "#c89a2a", 0.008)


def _emblem(canvas: skia.Canvas, look: BodyLook, ink: Ink, torso: Torso) -> None:
    if torso.seen(0):
        ink.piece(
            canvas, torso.panel([(-30, 0.2), (30, 0.2), (18, 0.52), (0, 0.64), (-18, 0.52)], 1.02), "#f2cc3a"
        )
        ink.piece(canvas, star(*torso.at(0, 0.36), 0.034, 0.015), "#c8282e")


def _bow_tie(canvas: skia.Canvas, look: BodyLook, ink: Ink, torso: Torso) -> None:
    if torso.seen(0):
        ink.piece(
            canvas, torso.panel([(-13, 0.0), (13, 0.0), (9, 0.4), (0, 0.58), (-9, 0.4)], 1.01), "#f8f5ec"
        )
        x, y = torso.at(0, 0.04, 1.04)
        k = 0.4 + 0.6 * abs(torso.cos)
        ink.piece(canvas, polygon([(x, y), (x - 0.05 * k, y - 0.028), (x - 0.05 * k, y + 0.028)]), "#1a1a20")
        ink.piece(canvas, polygon([(x, y), (x + 0.05 * k, y - 0.028), (x + 0.05 * k, y + 0.028)]), "#1a1a20")


def _splashes(canvas: skia.Canvas, look: BodyLook, ink: Ink, torso: Torso) -> None:
    """Paint on the apron."""
    for a, v, colour in (
        (-26, 0.5, "#e0503c"),
        (14, 0.7, "#3f8fd0"),
        (32, 0.4, "#f2cc3a"),
        (-8, 0.95, "#4fa05a"),
        (20, 1.2, "#e0503c"),
    ):
        if torso.seen(a):
            ink.piece(canvas, ellipse(*torso.at(a, v, 1.04), 0.022, 0.017), colour)


def _oil(canvas: skia.Canvas, look: BodyLook, ink: Ink, torso: Torso) -> None:
    """Smears of oil and a spanner in the pocket."""
    for a, v in ((-30, 0.84), (26, 0.98), (40, 0.5)):
        if torso.seen(a):
            ink.piece(canvas, ellipse(*torso.at(a, v), 0.028, 0.016, 20), "#241f1c", alpha=0.7)
    if torso.seen(26):
        x, y = torso.at(26, 0.98)
        ink.mark(canvas, line([(x, y), (x + 0.008, y - 0.04)]), "#c8ced4", 0.013)
        ink.mark(canvas, ellipse(x + 0.009, y - 0.05, 0.012, 0.011), "#c8ced4", 0.008)
        pocket = [(x - 0.03, y - 0.016), (x + 0.03, y - 0.016), (x + 0.026, y + 0.04), (x - 0.026, y + 0.04)]
        ink.piece(canvas, polygon(pocket), look.dress_colour, shade=-0.12)


def _bars(canvas: skia.Canvas, look: BodyLook, ink: Ink, torso: Torso) -> None:
    """Stripes across the trunk, as convicts and thieves wear them."""
    for v in (0.1, 0.3, 0.5, 0.7, 0.9, 1.08):
        ink.mark(canvas, line([torso.edge(-1, v, 0.96), torso.edge(1, v, 0.96)]), "#26242a", 0.03)


def _number(canvas: skia.Canvas, look: BodyLook, ink: Ink, torso: Torso) -> None:
    if torso.seen(0):
        ink.piece(canvas, torso.panel([(-32, 0.28), (32, 0.28), (32, 0.66), (-32, 0.66)], 1.03), "#fdfdfa")
        ink.mark(canvas, torso.seam([(-10, 0.36), (-10, 0.58)]), "#26242a", 0.018)
        ink.mark(canvas, torso.seam([(6, 0.38), (18, 0.4), (8, 0.5), (20, 0.58)]), "#26242a", 0.016)


def _tutu(canvas: skia.Canvas, look: BodyLook, ink: Ink, torso: Torso) -> None:
    (ax, ay), (bx, by) = torso.edge(-1, 0.92), torso.edge(1, 0.92)
    x, y = (ax + bx) / 2, (ay + by) / 2
    frill: list[Point] = []
    for k in range(-6, 7):
        frill.append((x + 0.042 * k, y + 0.05 + (0.018 if k % 2 else -0.004) - 0.0018 * k * k))
    for lower, tint in ((0.035, 0.35), (0.0, 0.6)):
        edge = [(px, py + lower) for px, py in frill]
        skirt = smooth([(x - 0.07, y - 0.03), *edge, (x + 0.07, y - 0.03)], tension=0.3)
        ink.piece(canvas, skirt, shaded(look.dress_colour, tint), alpha=0.95)


def _buttons(canvas: skia.Canvas, look: BodyLook, ink: Ink, torso: Torso) -> None:
    """A cook's white jacket: two rows of buttons and a knotted cloth."""
    if torso.seen(0):
        ink.piece(canvas, torso.panel([(-44, 0.04), (44, 0.04), (40, 0.7), (-40, 0.7)], 1.01), "#fdfdf8")
        for v in (0.24, 0.42, 0.6):
            for a in (-16, 16):
                ink.piece(canvas, ellipse(*torso.at(a, v, 1.02), 0.009, 0.009), "#3a3a40")
    _neckerchief(canvas, look, ink, torso)


def _spots(canvas: skia.Canvas, look: BodyLook, ink: Ink, torso: Torso) -> None:
    for a, v in ((-40, 0.3), (-12, 0.5), (22, 0.32), (40, 0.66), (-28, 0.8), (8, 0.86), (0, 0.14)):
        if torso.seen(a):
            ink.mark(canvas, ellipse(*torso.at(a, v), 0.018, 0.014), "#3a2618", 0.01)


OnTrunk = Callable[[skia.Canvas, BodyLook, Ink, Torso], None]
CHEST: dict[str, OnTrunk] = {
    "pinafore": _bib, "stethoscope": _stethoscope, "star badge": _star_badge, "duty belt": _belt_gear,
    "bright stripes": _stripes, "sash": _sash, "title belt": _muscle, "white collar": _white_collar,
    "jabot": _jabot, "stars": _stars, "webbing": _webbing, "letter bag": _satchel,
    "neckerchief": _neckerchief, "waistcoat": _waistcoat, "sailor collar": _sailor_collar,
    "emblem": _emblem, "bow tie": _bow_tie, "paint": _splashes, "oil": _oil, "convict stripes": _bars,
    "striped jersey": _bars,
    "number": _number, "tutu": _tutu, "cook's jacket": _buttons, "spots": _spots,
    "watch chain": watch_chain, "checks": checks, "braces": braces, "garden apron": garden_apron,
    "hung gloves": hung_gloves,
    "school blouse": school_blouse,
}  # fmt: skip


SHOULDERS: dict[str, OnTrunk] = {
    "patches": _patches, "ruff": _ruff, "ermine": _ermine, "epaulettes": _gold,
    "neckerchief": _round_the_neck, "cook's jacket": _round_the_neck,
}  # fmt: skip
"""Drawn over the sleeves; ``CHEST`` under them."""
