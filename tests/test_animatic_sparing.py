"""What a frame does not pay for: what is empty or hidden of a plate, and colours that are known already."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pytest
import skia

from photoplay.render.animatic import plates as laying
from photoplay.render.animatic.camera import Pose
from photoplay.render.animatic.ink import Ink
from photoplay.render.animatic.plates import Plate, paper, unhidden
from photoplay.render.animatic.sparing import filled, uncovered

SIZE = (320, 180)
BASE = Pose(x=0.0, height=1.5, distance=5.0, focal=300.0, centre=160.0, horizon=80.0)


def drawn(paint: Callable[[skia.Canvas], None]) -> skia.Image:
    surface = paper(360, 200)
    paint(surface.getCanvas())
    return surface.makeImageSnapshot()


def box(left: int, top: int, right: int, bottom: int, colour: int) -> Callable[[skia.Canvas], None]:
    return lambda canvas: canvas.drawRect(
        skia.Rect.MakeLTRB(left, top, right, bottom), skia.Paint(Color=colour)
    )


def test_a_sparse_sheet_looks_the_same_where_only_its_patches_are_laid_down() -> None:
    def tufts(canvas: skia.Canvas) -> None:
        for x, y, wide in ((3, 150, 30), (95, 40, 3), (129, 90, 60), (310, 120, 45)):
            box(x, y, x + wide, 190, 0xFF3A7F30)(canvas)

    whole = Plate(drawn(tufts), -20, -10, "sheet", 2.0)
    spare = replace(whole, filled=filled(whole.image))
    assert spare.filled is not None
    assert len(spare.filled.patches) > 1
    for pose in (replace(BASE, x=0.113), replace(BASE, distance=4.3, centre=163.4), replace(BASE, roll=3)):
        frames = []
        for plate in (whole, spare):
            surface = paper(*SIZE)
            plate.draw(surface.getCanvas(), pose, BASE)
            frames.append(surface.toarray().astype(int))
        assert frames[0][..., 3].any()
        assert np.abs(frames[0] - frames[1]).max() <= 2


def test_what_is_behind_a_wall_is_not_laid_down_and_nothing_of_it_is_missed() -> None:
    sky = Plate(drawn(box(0, 0, 360, 200, 0xFF88AAEE)), -20, -10, "sky", 1e6)
    wall = Plate(drawn(box(0, 60, 360, 200, 0xFF806040)), -20, -10, "sheet", 3.0)
    order = [(replace(p, filled=filled(p.image)), replace(BASE, x=0.05)) for p in (sky, wall)]
    rows = unhidden(order, BASE, SIZE)
    assert rows[1] == (0, SIZE[1])
    first, last = rows[0]
    assert first == 0
    assert 50 <= last < 60
    surface = paper(*SIZE)
    canvas = surface.getCanvas()
    canvas.save()
    canvas.clipRect(skia.Rect.MakeLTRB(0, first, SIZE[0], last))
    order[0][0].draw(canvas, order[0][1], BASE)
    canvas.restore()
    order[1][0].draw(canvas, order[1][1], BASE)
    assert (surface.toarray()[..., 3] == 255).all()
    narrow = Plate(drawn(box(40, 60, 320, 200, 0xFF806040)), -20, -10, "sheet", 3.0)
    held = [(replace(p, filled=filled(p.image)), BASE) for p in (sky, narrow)]
    assert unhidden(held, BASE, SIZE)[0] == (0, SIZE[1])  # sky is seen beside it


@pytest.mark.parametrize(
    ("hidden", "seen"),
    [
        ([], (0, 100)),
        ([(40, 100)], (0, 40)),
        ([(30, 60)], (0, 100)),
        ([(30, 60), (55, 120)], (0, 30)),
        ([(-5, 60), (55, 120)], (60, 55)),
    ],
)
def test_rows_are_hidden_by_what_reaches_the_edge_of_the_frame(
    hidden: list[tuple[int, int]], seen: tuple[int, int]
) -> None:
    first, last = uncovered(hidden, 100)
    assert (first, last) == seen or (first >= last and seen[0] >= seen[1])


def test_a_colour_is_mixed_once_and_every_alpha_and_shade_is_another() -> None:
    ink = Ink(veil="#203040", veiled=0.3)
    path = skia.Path().addRect(skia.Rect.MakeWH(4, 4))
    shown = set()
    for shade, alpha in ((0.0, 1.0), (0.4, 1.0), (0.0, 0.3), (0.0, 1.0)):
        surface = paper(4, 4)
        ink.piece(surface.getCanvas(), path, "#c08040", shade=shade, alpha=alpha)
        ink.mark(surface.getCanvas(), path, "#c08040", 1.0, alpha=alpha)
        shown.add(surface.toarray().tobytes())
    assert len(shown) == 3
    assert len(ink._paints) == 5
    assert not replace(ink, veiled=0.0)._paints  # another light has other colours


def test_plates_of_a_place_know_where_they_hold_something() -> None:
    surface = paper(64, 64)
    box(10, 20, 30, 40, 0xFFFFFFFF)(surface.getCanvas())
    blank = Plate(surface.makeImageSnapshot(), 0, 0, "sheet", 2.0)
    (plate,) = laying._trimmed(surface, (0, 0, 64, 64), blank, 0.0)
    assert plate.filled is not None
    assert plate.filled.patches[0][0] == 0
    assert plate.image.height() == 20
