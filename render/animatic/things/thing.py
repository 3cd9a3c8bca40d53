"""A thing, ready to be drawn: a drawing's pieces in metres, in the look's colour, with its marks."""

from __future__ import annotations

import dataclasses
import math
from dataclasses import dataclass

import skia

from ....storyboard.lexicon.store import data
from ....storyboard.looks import ThingLook
from ....storyboard.vocabulary import Mark, Stature, Style
from ..ink import Ink, mixed, rgb, shaded
from . import wear
from .drawing import PALETTE, Drawing, Motion, Piece, drawings
from .outlines import outline, outline_kinds
from .tag import HEIGHT as TAG_HEIGHT
from .tag import WIDTH as TAG_WIDTH
from .tag import draw_tag

_STEP = 1.4
"""How much larger a thing is for each stature above the usual one of its kind."""
_OPEN_COLOUR = ThingLook().colour
"""A look that says no colour of its own leaves a drawing its natural one."""


def thing_kinds() -> frozenset[str]:
    """Every kind that has a drawing, by hand or cut from a glyph. Any other is shown as a labelled tag."""
    return frozenset(drawings()) | outline_kinds()


def drawing_of(kind: str) -> Drawing | None:
    """The drawing of a kind: the one by hand, else the one cut from a glyph, else None."""
    return drawings().get(kind) or outline(kind)


@dataclass(frozen=True)
class _Cut:
    """A piece cut out: its path in metres (y down) and its colour."""

    piece: Piece
    path: skia.Path
    colour: str
    place: tuple[float, float, float]
    """x, y and size in metres, for a flame or a glow."""


class Thing:
    """A prop as it is drawn on the stage.

    ``width`` and ``height`` are in metres, marks and flames not counted. ``known`` is False where
    the kind has no drawing: then a tag with ``label`` on it is drawn instead.
    """

    def __init__(self, look: ThingLook, marks: tuple[Mark, ...], ink: Ink, seed: int) -> None:
        self.look = look
        self.marks = frozenset(marks)
        self.seed = seed
        self.label = look.kind
        drawing = drawing_of(look.kind)
        self.grip = drawing.grip if drawing else ""
        self.known = drawing is not None
        self._size = _STEP ** _steps(look)
        self.width = (drawing.width if drawing else TAG_WIDTH) * self._size
        self.height = (drawing.height if drawing else TAG_HEIGHT) * self._size
        extent = max(self.width, self.height)
        line = min(max(ink.line, 0.002 * extent), 0.03 * extent)
        self._ink = dataclasses.replace(ink, line=line)
        self._shining = _shining(self._ink)
        self._unit = 1.0
        self._rolled = 0.0
        self.main = look.colour
        self._cuts = self._cut_out(drawing) if drawing else []
        self._outline: skia.Path | None = None
        self._frame = self._framed()

    def draw(self, canvas: skia.Canvas, t: float, rolled: float = 0.0) -> None:
        """Draw at ``t`` seconds, base centre at the origin, x right, y down, one unit a metre.

        ``rolled`` is how many metres its wheels have run to the right.
        """
        self._rolled = rolled
        canvas.save()
        if Mark.transparent in self.marks:
            canvas.saveLayerAlpha(skia.Rect.MakeLTRB(*self._reach()), 120)
        if self.marks & {Mark.broken, Mark.ruined}:
            canvas.rotate(7 if self.seed % 2 else -7)
        wear.draw_behind(canvas, self._frame, t)
        if self.known:
            for cut in self._cuts:
                self._draw_cut(canvas, cut, t)
        else:
            canvas.save()
            canvas.scale(self._size, self._size)
            draw_tag(canvas, self.label, self.look.colour, self._ink)
            canvas.restore()
        wear.draw_over(canvas, self._frame, t)
        if Mark.transparent in self.marks:
            canvas.restore()
        canvas.restore()

    def outline(self) -> skia.Path:
        """The silhouette of its closed pieces, in metres, as it stands without motion."""
        if self._outline is None:
            self._outline = self._traced()
        return self._outline

    def _traced(self) -> skia.Path:
        if not self.known:
            path = skia.Path()
            path.addRect(skia.Rect.MakeLTRB(-self.width / 2, -self.height, self.width / 2, 0))
            return path
        paths = skia.OpBuilder()
        for cut in self._cuts:
            if not cut.path.isEmpty() and cut.piece.shape not in ("line", "bow", "spokes"):
                paths.add(cut.path, skia.PathOp.kUnion_PathOp)
        return paths.resolve()

    def _framed(self) -> wear.Frame:
        lights = any(Mark.lit in c.piece.needs for c in self._cuts)
        return wear.Frame(
            self._ink,
            self._shining,
            self.marks,
            self.width,
            self.height,
            self.seed,
            self.outline,
            shows_light=lights,
        )

    def _reach(self) -> tuple[float, float, float, float]:
        wide, high = self.width * 1.5 + 0.5, self.height * 2 + 0.5
        return -wide, -high, wide, 0.5 + self.height * 0.3

    def _cut_out(self, drawing: Drawing) -> list[_Cut]:
        main = drawing.main if self.look.colour == _OPEN_COLOUR else self.look.colour
        if Mark.old in self.marks:
            main = mixed(main, "#8a8478", 0.45)
        if Mark.dirty in self.marks:
            main = mixed(main, "#5a4632", 0.35)
        self.main = main
        unit = drawing.unit * self._size
        cuts = []
        for piece in drawing.pieces:
            if not piece.shown(self.marks):
                continue
            colour = _colour(piece.colour, main)
            if Mark.unlit in self.marks and Mark.unlit not in piece.needs:
                colour = mixed(colour, _UNLIT, 0.75) if piece.colour == "glass" else shaded(colour, -0.12)
            for side in (1, -1) if piece.mirrored else (1,):
                matrix = skia.Matrix.Scale(unit * side, -unit)
                path = piece.path()
                path.transform(matrix)
                spot = (0.0, 0.0, 0.0)
                if piece.shape in ("flame", "glow"):
                    x, y, size = piece.numbers
                    spot = (x * unit * side, -y * unit, size * unit)
                cuts.append(_Cut(piece, path, colour, spot))
        self._unit = unit
        return cuts

    def _draw_cut(self, canvas: skia.Canvas, cut: _Cut, t: float) -> None:
        piece = cut.piece
        if piece.backing and self._ink.style is Style.shadow:
            return
        ink = self._shining if piece.shines else self._ink
        if piece.motion:
            canvas.save()
            self._move(canvas, piece.motion, t)
        if piece.shape == "flame":
            wear.draw_flame(canvas, self._shining, *cut.place, t, self.seed)
        elif piece.shape == "glow":
            x, y, radius = cut.place
            breath = 1 + 0.06 * math.sin(5.1 * t + self.seed % 7) + 0.03 * math.sin(13.7 * t)
            self._ink.glow(canvas, x, y, radius * breath, cut.colour, min(1.0, piece.alpha * breath))
        elif piece.shape in ("line", "bow", "spokes"):
            colour = shaded(cut.colour, piece.shade)
            ink.mark(canvas, cut.path, colour, piece.numbers[0] * self._unit, alpha=piece.alpha)
        else:
            ink.piece(canvas, cut.path, cut.colour, shade=piece.shade, alpha=piece.alpha)
        if piece.motion:
            canvas.restore()

    def _move(self, canvas: skia.Canvas, motion: Motion, t: float) -> None:
        if motion.kind == "bob":
            rise, hertz = motion.numbers
            canvas.translate(0, -rise * self._unit * math.sin(2 * math.pi * hertz * t + self.seed % 6))
            return
        x, y, amount = motion.numbers[:3]
        if motion.kind == "roll":
            turn = math.degrees(self._rolled / (amount * self._unit))
        elif motion.kind == "spin":
            turn = 360 * amount * t
        else:
            turn = amount * math.sin(2 * math.pi * motion.numbers[3] * t + self.seed % 6)
        canvas.rotate(turn, x * self._unit, -y * self._unit)


def _shining(ink: Ink) -> Ink:
    """The hand for what gives light: no night on it, and its own colours even in a dark style."""
    style = Style.cut_paper if ink.style in (Style.shadow, Style.neon) else ink.style
    return dataclasses.replace(ink, style=style, light=(1.0, 1.0, 1.0))


def _steps(look: ThingLook) -> int:
    """How many statures the look is above the usual one of its kind; 0 where it says nothing."""
    entry = data("things").get(look.kind)
    if entry is None or "stature" not in look.model_fields_set:
        return 0
    order = list(Stature)
    return order.index(look.stature) - order.index(Stature(entry["stature"]))


_UNLIT = "#2a3242"
"""Of windows behind which no lamp is lit."""


def _colour(name: str, main: str) -> str:
    if name == "main":
        return main
    if name == "trim":
        red, green, blue = rgb(main)
        return shaded(main, -0.42) if 0.3 * red + 0.59 * green + 0.11 * blue > 120 else shaded(main, 0.5)
    return PALETTE.get(name, name)
