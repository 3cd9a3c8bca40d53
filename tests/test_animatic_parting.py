"""Brown on brown, dark on dark, beige on beige: whoever would be lost in what is behind is drawn along."""

from __future__ import annotations

from collections.abc import Callable

import pytest
import skia
from test_animatic_handiwork import doing

from photoplay.render.animatic import parting, rim
from photoplay.render.animatic.light import Air
from photoplay.render.animatic.screen import Screen
from photoplay.storyboard.vocabulary import Action

SIZE = (320, 180)
Painter = Callable[[skia.Canvas], None]


def sheet(colour: str) -> Painter:
    return lambda canvas: canvas.drawColor(skia.Color(*parting_rgb(colour)))


def body(colour: str, left: float = 100.0) -> Painter:
    paint = skia.Paint(Color=skia.Color(*parting_rgb(colour)))
    return lambda canvas: canvas.drawRect(skia.Rect.MakeXYWH(left, 40, 60, 120), paint)


def parting_rgb(colour: str) -> tuple[int, int, int]:
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)


@pytest.mark.parametrize(
    ("behind", "coat", "edge"),
    [
        ("#6a4a30", "#74563a", parting.PALE),
        ("#14101c", "#22202a", parting.PALE),
        ("#dcc9a4", "#e0cfae", parting.DARK),
        ("#6a4a30", "#d8e0f0", None),
        ("#dcc9a4", "#20242e", None),
    ],
)
def test_who_has_the_colours_of_what_is_behind_is_parted_from_it(
    behind: str, coat: str, edge: str | None
) -> None:
    layers = [("sky", "sky", sheet(behind)), ("figure", "her", body(coat))]
    assert parting.lost(layers, SIZE).get("her") == edge


def test_who_stands_beside_somebody_parted_has_the_same_edge() -> None:
    layers = [
        ("sky", "sky", sheet("#6a4a30")),
        ("figure", "her", body("#74563a")),
        ("figure", "him", body("#d8e0f0", 200)),
    ]
    assert parting.lost(layers, SIZE) == {"her": parting.PALE, "him": parting.PALE}


def test_nobody_is_drawn_along_for_what_stands_before_them() -> None:
    layers = [
        ("sky", "sky", sheet("#d8e0f0")),
        ("figure", "her", body("#74563a")),
        ("thing", "wall", sheet("#74563a")),
    ]
    assert parting.lost(layers, SIZE) == {}


def test_an_edge_is_all_round_the_body() -> None:
    screen = Screen(doing(Action.stand, "She stands.", "stone"), SIZE, 5, 4.0)
    air: Air = screen.air
    surface = skia.Surface(*SIZE)
    rim.rimmed(surface.getCanvas(), air, (100, 40, 160, 160), 180, body("#000000"), "#ff0000")
    seen = surface.toarray(colorType=skia.kRGBA_8888_ColorType)
    for x, y in ((99, 100), (160, 100), (130, 39), (130, 160)):
        assert seen[y, x, 0] > 120
    assert seen[100, 130, 0] == 0


def test_a_screen_looks_once_for_those_who_are_lost(monkeypatch: pytest.MonkeyPatch) -> None:
    looks: list[int] = []
    monkeypatch.setattr(
        "photoplay.render.animatic.screen.lost", lambda layers, size: looks.append(1) or {"a": "#ff0000"}
    )
    screen = Screen(doing(Action.stand, "She stands.", "stone"), SIZE, 5, 4.0)
    drawn = []
    for edges in ({"a": "#ff0000"}, {}):
        if not edges:
            screen._edges.clear()
        surface = skia.Surface(*SIZE)
        screen.draw(surface.getCanvas(), 1.0, screen.path(1.0))
        drawn.append(surface.toarray())
    assert looks == [1]
    assert (drawn[0] != drawn[1]).any()


def test_the_glow_of_a_lantern_has_no_edge() -> None:
    air = Screen(doing(Action.stand, "She stands.", "stone"), SIZE, 5, 4.0).air
    glow = skia.Paint(Color=skia.Color(255, 255, 255, 90))
    surface = skia.Surface(*SIZE)
    rim.rimmed(surface.getCanvas(), air, (100, 40, 160, 160), 180,
               lambda canvas: canvas.drawRect(skia.Rect.MakeXYWH(100, 40, 60, 120), glow), "#ff0000")  # fmt: skip
    seen = surface.toarray(colorType=skia.kRGBA_8888_ColorType)
    assert seen[100, 99, 3] == 0
    assert seen[100, 130, 3] == 90
