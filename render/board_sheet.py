"""The storyboard sheet: panels with their pictures and captions, on pages, as PNG and as PDF.

Twelve panels to a landscape page. The PDF holds every page; the PNG holds the pages under each
other in one tall picture (the first ``_PNG_PAGES`` of them, and says so where there are more).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import skia

from .lettering import fit_text, set_text
from .protocol import Pixels

_PAGE = (1684.0, 1190.0)
"""A4 landscape at 144 units an inch."""
_MARGIN, _GUTTER, _ROW_GUTTER, _HEAD, _FOOT = 48.0, 26.0, 12.0, 68.0, 22.0
_COLUMNS, _ROWS = 4, 3
_PNG_PAGES = 12
_INK, _GREY, _RULE, _PAPER, _TINT, _ACCENT = "#1d1b1a", "#6f6a64", "#cfc8bb", "#fbf9f4", "#efeae0", "#b4532f"


@dataclass(frozen=True)
class Panel:
    """One shot on the sheet."""

    picture: Pixels | None
    """Height x width x 3 or 4; None where the shot has not been drawn yet."""
    number: str
    camera: str
    """Size, angle, move and lens in the trade's words."""
    sentence: str
    lines: tuple[str, ...]
    """What is said over it, each as "SPEAKER: words"."""
    seconds: float
    scene: str


def board_sheet(panels: Sequence[Panel], title: str, out_png: Path, out_pdf: Path) -> int:
    """Write the storyboard of a film to two files and return the number of pages.

    The folders must exist; files of those names are replaced. With no panels there is one page that
    says so. Raises ``OSError`` where a file cannot be written.
    """
    each = _COLUMNS * _ROWS
    pages = [panels[i : i + each] for i in range(0, len(panels), each)] or [[]]
    length = sum(panel.seconds for panel in panels)
    shown = pages[:_PNG_PAGES]
    surface = skia.Surface(round(_PAGE[0]), round(_PAGE[1] * len(shown)))
    canvas = surface.getCanvas()
    for i, page in enumerate(shown):
        canvas.save()
        canvas.translate(0, _PAGE[1] * i)
        _page(canvas, page, _Heading(title, i + 1, len(pages), len(panels), length))
        canvas.restore()
    out_png.write_bytes(bytes(surface.makeImageSnapshot().encodeToData(skia.kPNG, 100)))
    stream = skia.DynamicMemoryWStream()
    with skia.PDF.MakeDocument(
        stream, Title=title[:200], Creator="Photoplay", EncodingQuality=88
    ) as document:
        for i, page in enumerate(pages):
            with document.page(*_PAGE) as sheet:
                _page(sheet, page, _Heading(title, i + 1, len(pages), len(panels), length))
    out_pdf.write_bytes(bytes(stream.detachAsData()))
    return len(pages)


@dataclass(frozen=True)
class _Heading:
    title: str
    page: int
    pages: int
    shots: int
    seconds: float


def _page(canvas: skia.Canvas, panels: Sequence[Panel], heading: _Heading) -> None:
    wide, high = _PAGE
    _box(canvas, 0, 0, wide, high, _PAPER)
    _head(canvas, heading)
    cell = (wide - 2 * _MARGIN - (_COLUMNS - 1) * _GUTTER) / _COLUMNS
    row = (high - 2 * _MARGIN - _HEAD - _FOOT + _ROW_GUTTER) / _ROWS - _ROW_GUTTER
    scene = None
    for i, panel in enumerate(panels):
        x = _MARGIN + (i % _COLUMNS) * (cell + _GUTTER)
        y = _MARGIN + _HEAD + (i // _COLUMNS) * (row + _ROW_GUTTER)
        _panel(canvas, panel, x, y, cell, row, new_scene=panel.scene != scene)
        scene = panel.scene
    if not panels:
        empty = set_text("No shots yet", "title", 40, colour=_GREY)
        empty.draw(canvas, (wide - empty.width) / 2, high / 2)


def _head(canvas: skia.Canvas, heading: _Heading) -> None:
    wide, high = _PAGE
    facts = f"{heading.shots} shots   ·   {_clock(heading.seconds)}"
    told = set_text(facts, "sans", 17, colour=_GREY)
    told.draw(canvas, wide - _MARGIN - told.width, _MARGIN + 14)
    room = wide - 2 * _MARGIN - told.width - 40
    name = fit_text(
        heading.title or "Untitled",
        "title",
        room,
        48,
        largest=40,
        smallest=18,
        align="left",
        colour=_INK,
        lines=1,
    )
    name.draw(canvas, _MARGIN, _MARGIN + 42 - name.height)
    _box(canvas, _MARGIN, _MARGIN + 50, wide - 2 * _MARGIN, 2, _INK)
    foot = set_text(f"Storyboard   ·   page {heading.page} of {heading.pages}", "sans", 14, colour=_GREY)
    foot.draw(canvas, (wide - foot.width) / 2, high - _MARGIN - 12)


def _panel(
    canvas: skia.Canvas, panel: Panel, x: float, y: float, wide: float, high: float, *, new_scene: bool
) -> None:
    frame = wide * 9 / 16
    _picture(canvas, panel.picture, x, y, wide, frame)
    tag = set_text(panel.number, "sans-bold", 17, colour=_PAPER)
    _box(canvas, x, y, tag.width + 18, 27, _ACCENT if new_scene else _INK)
    tag.draw(canvas, x + 9, y + 13.5 - tag.height / 2)
    below = y + frame + 8
    clock = set_text(f"{panel.seconds:.1f} s", "sans-bold", 14, colour=_INK)
    clock.draw(canvas, x + wide - clock.width, below)
    camera = set_text(panel.camera, "sans-bold", 14, measure=wide - clock.width - 12, colour=_ACCENT, lines=1)
    camera.draw(canvas, x, below)
    bottom = y + high
    if new_scene and panel.scene:
        scene = set_text(panel.scene.upper(), "sans", 11.5, measure=wide, colour=_GREY, spacing=0.7, lines=1)
        scene.draw(canvas, x, below + 20)
        below += 17
    below += 23
    said = "\n".join(panel.lines)
    sentence = set_text(
        panel.sentence, "sans", 14, measure=wide, colour=_INK, lines=2 if said else 4, leading=1.08
    )
    if panel.sentence:
        sentence.draw(canvas, x, below)
        below += sentence.height + 3
    if said and bottom - below > 16:
        words = fit_text(
            said, "title", wide, bottom - below, largest=15.5, smallest=14, align="left", colour=_GREY
        )
        words.draw(canvas, x, below)


def _picture(
    canvas: skia.Canvas, pixels: Pixels | None, x: float, y: float, wide: float, high: float
) -> None:
    _box(canvas, x, y, wide, high, "#26242a" if pixels is not None else _TINT)
    if pixels is None:
        rule = skia.Paint(AntiAlias=True, Color=_colour(_RULE), StrokeWidth=1.5)
        canvas.drawLine(x, y, x + wide, y + high, rule)
        canvas.drawLine(x + wide, y, x, y + high, rule)
    else:
        image = skia.Image.fromarray(_opaque(pixels), skia.kRGBA_8888_ColorType)
        share = min(wide / image.width(), high / image.height())
        w, h = image.width() * share, image.height() * share
        place = skia.Rect.MakeXYWH(x + (wide - w) / 2, y + (high - h) / 2, w, h)
        smooth = skia.SamplingOptions(skia.FilterMode.kLinear, skia.MipmapMode.kLinear)
        canvas.drawImageRect(image, place, smooth)
    edge = skia.Paint(AntiAlias=True, Color=_colour(_INK), Style=skia.Paint.kStroke_Style, StrokeWidth=1.6)
    canvas.drawRect(skia.Rect.MakeXYWH(x, y, wide, high), edge)


def _opaque(pixels: Pixels) -> Pixels:
    """Height x width x 4 with a full fourth byte."""
    full = np.full((*pixels.shape[:2], 4), 255, np.uint8)
    full[..., :3] = pixels[..., :3]
    return full


def _box(canvas: skia.Canvas, x: float, y: float, wide: float, high: float, value: str) -> None:
    canvas.drawRect(skia.Rect.MakeXYWH(x, y, wide, high), skia.Paint(AntiAlias=True, Color=_colour(value)))


def _colour(value: str) -> int:
    return int(skia.Color(int(value[1:3], 16), int(value[3:5], 16), int(value[5:7], 16)))


def _clock(seconds: float) -> str:
    whole = round(seconds)
    return f"{whole // 60}:{whole % 60:02d}"
