"""Business: the door that is opened, the bench worked at, the crate pushed, drawn with whoever acts.

Everything is drawn from the ground point of the figure, in shares of its height, ahead of it to the right;
``share`` (0 to 1) is how far the shot has gone.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable
from typing import TYPE_CHECKING

import skia

from ...storyboard.vocabulary import PlaceKind
from . import aboard, baking, chores, doorway, drafting, selling, tailoring
from .easing import smoothstep
from .figures.acting import Laid
from .figures.shapes import ellipse, line, polygon, rounded
from .ink import Ink, mixed

if TYPE_CHECKING:
    from .direction import Business

AHEAD: dict[Business, float] = {
    "punchbag": 0.78,
    "door": 0.86,
    "bench": 0.9,
    "box": 0.7,
    "crate": 1.12,
    "easel": 0.76,
    "table": 0.9,
    "shut": 0.86,
    "knocked": 0.86,
    "stove": 0.84,
    "desk": 0.92,
    "knee": 0.5,
    "tub": 0.86,
    "pit": 1.02,
    "sprout": 0.86,
    "wick": 0.82,
    "sledge": 1.4,
    "trestle": 0.96,
    "pallet": 0.6,
    "bedroll": 0.6,
    "cover": 0.52,
    "car": 1.02,
    "board": 0.84,
    "shears": 1.08,
    "tape": 1.12,
    "slate": 1.0,
    "oven": 1.86,
    "rows": 1.1,
    "draft": 0.86,
    "mural": 0.98,
    "vat": 0.8,
    "spread": 0.96,
    "meal": 1.06,
    "stall": 1.16,
    "helm": 0.74,
}
"""How far ahead of the figure its business reaches, in heights."""
HIGH: dict[Business, float] = {
    "punchbag": 1.24,
    "door": 1.2,
    "shut": 1.2,
    "knocked": 1.2,
    "easel": 1.02,
    "slate": 1.16,
    "oven": 1.2,
    "draft": 1.0,
    "mural": 1.26,
    "stall": 1.34,
}
"""How high it is where it is higher than what its user does."""
BENCH_TOP = 0.47
CRATE_NEAR = 0.6
"""Where the crate's near side stands, before hands are laid on it."""
BOXED = 0.7
"""Share of a performance at which what is put away is in the box."""


Beyond = Callable[[skia.Canvas, Ink, float], None]
"""Draws what is behind a door that is open by a share, 0 to 1."""


def performed_with(
    canvas: skia.Canvas, ink: Ink, kind: Business, height: float, way: float, share: float
) -> None:
    """Draw the business of a figure ``height`` metres tall that faces ``way`` (1 right, -1 left)."""
    canvas.save()
    canvas.scale(way * height, height)
    _DRAWN[kind](canvas, ink, share)
    canvas.restore()


def open_door(
    canvas: skia.Canvas, ink: Ink, beyond: Beyond = doorway.draw_beyond, *, steel: bool = False
) -> None:
    """Draw a door that stands wide open on what ``beyond`` draws, blue as one painted on a wall, or of
    ``steel``."""
    wood, panel = (doorway.STEEL, "#6d7a8c") if steel else ("#3f76b6", "#2f5f9a")
    _door(canvas, ink, 1.0, wood, panel, beyond)


def hatched(canvas: skia.Canvas, ink: Ink, kind: Business, height: float, way: float, share: float) -> None:
    """Draw the door that is opened, shut or knocked at as one of steel, a dark passage behind it."""
    swung = {"shut": 1.0 - share, "knocked": 0.0}.get(kind, share)
    canvas.save()
    canvas.scale(way * height, height)
    _door(canvas, ink, swung, doorway.STEEL, "#6d7a8c", doorway.draw_corridor, "#f0b43c")
    canvas.restore()


def _door(
    canvas: skia.Canvas,
    ink: Ink,
    share: float,
    wood: str = "#a0603a",
    panel: str = "#8a5030",
    beyond: Beyond = doorway.draw_beyond,
    light: str = "#ffe2a0",
) -> None:
    near, far, top = doorway.NEAR, doorway.FAR, doorway.TOP
    swung = _swung(share)
    ink.piece(
        canvas,
        polygon([(near - 0.07, 0), (near - 0.07, top - 0.08), (far + 0.07, top - 0.08), (far + 0.07, 0)]),
        "#8d8478",
    )
    beyond(canvas, ink, swung)
    if swung > 0.05:
        ink.piece(
            canvas,
            polygon([(near, 0), (far, 0), (far - 0.1, 0.06), (near - 0.3 * swung, 0.06)]),
            light,
            alpha=0.45 * swung,
        )
    angle = swung * _WIDE_OPEN
    free = far + (near - far) * math.cos(angle)
    grown = 0.1 * math.sin(angle)
    leaf = [(far, 0), (far, top), (free, top - grown), (free, grown * 0.55)]
    ink.piece(canvas, polygon(leaf), wood)
    for low, high in ((0.12, 0.44), (0.56, 0.9)):
        inner = [
            (far + (free - far) * x, top * (1 - y) - grown * x * (1 - y))
            for x, y in ((0.2, low), (0.8, low), (0.8, high), (0.2, high))
        ]
        ink.piece(canvas, polygon(inner), panel)
    ink.piece(canvas, ellipse(*_knob(swung), 0.018, 0.018), "#e6c25a")


_WIDE_OPEN = math.radians(112)


def _swung(share: float) -> float:
    """How far a door is open, 0 to 1, at a ``share`` of its opening."""
    return smoothstep(min(1.0, max(0.0, (share - 0.2) / 0.5)))


def _knob(swung: float) -> tuple[float, float]:
    """Where the knob of a door is, in heights of who opens it."""
    far = doorway.FAR
    free = far + (doorway.NEAR - far) * math.cos(swung * _WIDE_OPEN)
    return free + (far - free) * 0.12, -0.6


def on_the_knob(way: float, height: float, share: float) -> tuple[Laid, ...]:
    """Where the hand is of who opens a door: on its knob as far as an arm reaches, then let down.

    ``share`` of its opening, 0 to 1; metres from the ground point of somebody ``height`` metres tall.
    """
    swung = _swung(share)
    x, y = _knob(min(swung, _LET_GO))
    down = smoothstep(min(1.0, max(0.0, (swung - _LET_GO) / (1.0 - _LET_GO))))
    return ((way * (x - _PALM + (0.1 - x) * down) * height, (y + (_HIP - y) * down) * height, 1.0),)


_LET_GO, _PALM, _HIP = 0.4, 0.03, -0.44
"""How far a door is open when the hand leaves its knob; from the wrist to the palm, and how high a hand
hangs, in heights."""


def _bench(canvas: skia.Canvas, ink: Ink, share: float) -> None:
    for x in (0.34, 0.82):
        ink.piece(canvas, rounded(x - 0.025, -BENCH_TOP, x + 0.025, 0, 0.01), "#6f4c30")
    ink.piece(canvas, rounded(0.3, -0.2, 0.86, -0.16, 0.01), "#7a5538")
    ink.piece(canvas, rounded(0.26, -BENCH_TOP, 0.9, -BENCH_TOP + 0.055, 0.012), "#a5774a")


def open_case(canvas: skia.Canvas, ink: Ink) -> None:
    """An open suitcase on the bench, into which things are packed."""
    low, top = -BENCH_TOP, -BENCH_TOP - 0.1
    ink.piece(canvas, polygon([(0.41, top), (0.79, top), (0.83, top - 0.22), (0.45, top - 0.22)]), "#8a4f30")
    ink.piece(canvas, polygon([(0.44, top), (0.77, top), (0.8, top - 0.19), (0.48, top - 0.19)]), "#e3cfae")
    ink.piece(
        canvas, polygon([(0.44, top - 0.02), (0.58, top - 0.07), (0.76, top - 0.02), (0.76, top)]), "#c8506a"
    )
    ink.piece(canvas, rounded(0.4, top - 0.01, 0.8, low, 0.015), "#a8613a")
    for x in (0.47, 0.7):
        ink.piece(canvas, rounded(x, top - 0.01, x + 0.035, low, 0.004), "#7a4226")
        ink.piece(canvas, rounded(x + 0.005, top + 0.015, x + 0.03, top + 0.04, 0.004), "#e2b850")


def _built(canvas: skia.Canvas, ink: Ink, share: float) -> None:
    """A small house that is nailed together, a board at a time."""
    boards = 1 + int(share * 4.99)
    for n in range(min(boards, 4)):
        y = -BENCH_TOP - 0.035 * n
        ink.piece(canvas, rounded(0.47, y - 0.033, 0.71, y, 0.006), mixed("#d0a064", "#b98a52", n % 2))
    if boards > 4:
        y = -BENCH_TOP - 0.14
        ink.piece(canvas, polygon([(0.44, y), (0.59, y - 0.11), (0.74, y)]), "#b5533c")


def chips(canvas: skia.Canvas, ink: Ink, height: float, way: float, seconds: float) -> None:
    """What flies where a tool strikes the bench: three strokes in three seconds."""
    beat = (seconds % 0.95) / 0.95
    if not 0.6 < beat < 0.95:
        return
    out = (beat - 0.6) / 0.35
    canvas.save()
    canvas.scale(way * height, height)
    for n in range(6):
        a = math.radians(-160 + 28 * n)
        x, y = (
            0.58 + 0.16 * out * math.cos(a),
            -BENCH_TOP - 0.03 + 0.13 * out * math.sin(a) + 0.08 * out * out,
        )
        ink.piece(canvas, ellipse(x, y, 0.012, 0.008), "#ffd98a", alpha=1 - 0.7 * out)
    canvas.restore()


def _box(canvas: skia.Canvas, ink: Ink, share: float) -> None:
    near, far, top = 0.3, 0.68, -0.24
    shut = min(1.0, max(0.0, (share - BOXED) / 0.14))
    ink.piece(
        canvas,
        polygon([(near, top), (far, top), (far - 0.03, top - 0.05), (near + 0.03, top - 0.05)]),
        "#3a2a1e",
    )
    lid = math.radians(100 * (1 - shut))
    depth = 0.05 + 0.15 * math.sin(lid)
    ink.piece(
        canvas,
        polygon(
            [
                (near + 0.02 * (1 - shut), top - 0.045 * (1 - shut)),
                (far - 0.02 * (1 - shut), top - 0.045 * (1 - shut)),
                (far, top - depth),
                (near, top - depth),
            ]
        ),
        "#94623a",
    )
    ink.piece(canvas, rounded(near, top, far, 0, 0.015), "#a8713f")
    ink.mark(canvas, line([(near, top + 0.08), (far, top + 0.08)]), "#6f4828", 0.014)
    ink.piece(canvas, rounded(0.47, top - 0.01, 0.52, top + 0.05, 0.008), "#e0bb58")


def _crate(canvas: skia.Canvas, ink: Ink, share: float) -> None:
    near, far, top = CRATE_NEAR, CRATE_NEAR + 0.5, -0.66
    ink.piece(canvas, rounded(near, top, far, 0, 0.01), "#b98a55")
    for y in (top + 0.05, top / 2, -0.05):
        ink.mark(canvas, line([(near, y), (far, y)]), "#7d5730", 0.02)
    ink.mark(canvas, line([(near + 0.03, -0.04), (far - 0.03, top + 0.04)]), "#8d6438", 0.035)
    for n in range(3):
        x = near - 0.06 - 0.09 * n
        ink.mark(canvas, line([(x, 0.0), (x - 0.07, 0.0)]), "#6a5a48", 0.012)


_STROKES: tuple[tuple[list[tuple[float, float]], str, float], ...] = (
    ([(0.32, -0.5), (0.42, -0.56), (0.54, -0.5), (0.68, -0.54)], "#4f8a4a", 0.05),
    ([(0.37, -0.58), (0.44, -0.74), (0.52, -0.6)], "#3f6f9f", 0.04),
    ([(0.52, -0.6), (0.59, -0.8), (0.67, -0.6)], "#2f5f8f", 0.04),
    ([(0.36, -0.86), (0.4, -0.88), (0.43, -0.85)], "#e8a53a", 0.06),
    ([(0.48, -0.9), (0.56, -0.88), (0.66, -0.9)], "#d9718a", 0.022),
)
"""A picture, stroke by stroke: its points, colour and width."""


def _painted(share: float) -> list[list[tuple[float, float]]]:
    """The strokes as far as they are painted."""
    found = []
    for n, (points, _, _) in enumerate(_STROKES):
        done = min(1.0, max(0.0, share * len(_STROKES) - n + 0.4)) * (len(points) - 1)
        if done <= 0:
            break
        whole = int(done)
        shown = list(points[: whole + 1])
        if whole < len(points) - 1:
            (x, y), (to_x, to_y) = points[whole], points[whole + 1]
            shown.append((x + (to_x - x) * (done - whole), y + (to_y - y) * (done - whole)))
        found.append(shown)
    return found


def brush_at(share: float) -> tuple[float, float]:
    """Where the tip of the brush is on the canvas of an easel."""
    return _painted(share)[-1][-1]


def _easel(canvas: skia.Canvas, ink: Ink, share: float) -> None:
    for foot in (0.32, 0.72):
        ink.mark(canvas, line([(0.51, -1.0), (foot, 0.0)]), "#80583a", 0.026)
    ink.piece(canvas, rounded(0.28, -0.98, 0.73, -0.42, 0.008), "#f4ecdc")
    for shown, (_, colour, wide) in zip(_painted(share), _STROKES, strict=False):
        ink.mark(canvas, line(shown), colour, wide)


def _punchbag(canvas: skia.Canvas, ink: Ink, share: float) -> None:
    """A long bag on a chain from the arm of a stand, that swings from the fists."""
    for path in (
        [(0.8, 0.02), (0.8, -1.2), (0.44, -1.2)],
        [(0.66, 0.02), (0.94, 0.02)],
        [(0.8, -1.02), (0.62, -1.2)],
    ):
        ink.mark(canvas, line(path), "#5a4632", 0.042)
    canvas.save()
    canvas.translate(0.48, -1.18)
    canvas.rotate(-5.0 + 4.0 * math.sin(40.0 * share))
    ink.mark(canvas, line([(0.0, 0.0), (-0.06, 0.16)]), "#7c848c", 0.012)
    ink.mark(canvas, line([(0.0, 0.0), (0.06, 0.16)]), "#7c848c", 0.012)
    ink.piece(canvas, rounded(-0.1, 0.15, 0.1, 0.74, 0.05), "#b5883f")
    for y in (0.24, 0.64):
        ink.mark(canvas, line([(-0.1, y), (0.1, y)]), "#7a5628", 0.022)
    canvas.restore()


_DRAWN: dict[Business, Callable[[skia.Canvas, Ink, float], None]] = {
    "punchbag": _punchbag,
    "door": _door,
    "bench": _bench,
    "box": _box,
    "crate": _crate,
    "easel": _easel,
    "table": _bench,
    "shut": lambda canvas, ink, share: _door(canvas, ink, 1 - share),
    "knocked": lambda canvas, ink, share: _door(canvas, ink, 0.0),
    "stove": chores.stove,
    "desk": chores.desk,
    "knee": chores.knee,
    "tub": chores.tub,
    "pit": chores.pit,
    "sprout": chores.sprout,
    "wick": chores.wick,
    "sledge": chores.sledge,
    "trestle": chores.trestle,
    "pallet": chores.pallet,
    "bedroll": chores.bedroll,
    "board": chores.board,
    "shears": tailoring.shears,
    "tape": tailoring.tape,
    "slate": tailoring.slate,
    "oven": baking.oven,
    "helm": aboard.helm,
    "draft": drafting.draft,
    "meal": baking.meal,
    "stall": selling.stall,
    "rows": lambda canvas, ink, share: None,
    "mural": lambda canvas, ink, share: None,
    "vat": lambda canvas, ink, share: None,
    "spread": lambda canvas, ink, share: None,
    "cover": lambda canvas, ink, share: None,
    "car": lambda canvas, ink, share: None,
}


def built(canvas: skia.Canvas, ink: Ink, height: float, way: float, share: float) -> None:
    """What is made at a bench on which nothing of the story lies."""
    canvas.save()
    canvas.scale(way * height, height)
    _built(canvas, ink, share)
    canvas.restore()


_HOUSES = frozenset({PlaceKind.stage, PlaceKind.market, PlaceKind.city, PlaceKind.village, PlaceKind.harbour})
"""Where people stand or sit before whoever performs, without being named."""
_SHOWN = re.compile(r"\b(audience|crowd|circus|stadium|arena|theatre|theater|concert|festival|spectators)\b")


def gathers(kind: PlaceKind, sentence: str) -> bool:
    """Whether people look on where somebody performs: at a theatre, in a square, or because it is said."""
    return kind is PlaceKind.stage or (kind in _HOUSES and bool(_SHOWN.search(sentence[:2000].lower())))


def audience(canvas: skia.Canvas, size: tuple[int, int], seconds: float, seed: int) -> None:
    """Those who watch, dark along the lower edge of the frame: heads on shoulders, and hands that clap."""
    width, height = size
    count = max(3, round(width / height * 3.4))
    for n in range(count):
        odd = (seed * 31 + n * 57) % 17 / 16
        x = (n + 0.5 + 0.3 * (odd - 0.5)) * width / count
        r = height * (0.05 + 0.008 * odd)
        y = height * (0.9 - 0.02 * odd) + 0.005 * height * math.sin(seconds * (2 + odd) + n)
        shade = 26 + 10 * (n % 3)
        paint = skia.Paint(Color=skia.Color(shade, shade - 4, shade + 10), AntiAlias=True)
        trunk = rounded(x - r * 2.0, y + r * 1.15, x + r * 2.0, height + 4 * r, r * 1.1)
        canvas.drawPath(trunk, paint)
        canvas.drawRect(skia.Rect.MakeLTRB(x - r * 0.42, y + r * 0.6, x + r * 0.42, y + r * 1.5), paint)
        canvas.drawOval(skia.Rect.MakeLTRB(x - r * 0.84, y - r, x + r * 0.84, y + r), paint)
        if n % 3 == 1:
            canvas.drawOval(skia.Rect.MakeLTRB(x - r * 0.5, y - r * 1.5, x + r * 0.5, y - r * 0.6), paint)
        if n % 2:
            gap = 0.35 * r * (1 + math.sin(seconds * 9 + n))
            for side in (-1, 1):
                hand = x + side * (gap + 0.3 * r)
                box = skia.Rect.MakeLTRB(hand - 0.3 * r, y + r * 1.2, hand + 0.3 * r, y + r * 2.1)
                canvas.drawOval(box, _pale(shade))


def _pale(shade: int) -> skia.Paint:
    return skia.Paint(Color=skia.Color(shade + 34, shade + 26, shade + 34), AntiAlias=True)
