"""What is inside shows the hour: the sky looks into a laboratory and into a circus tent."""

from __future__ import annotations

from typing import Any, cast
from unittest.mock import MagicMock

import pytest

from photoplay.render.animatic.places import halls
from photoplay.render.animatic.places.recipes import named, recipe
from photoplay.storyboard.vocabulary import PlaceKind


def test_a_laboratory_has_a_window() -> None:
    assert "window" in [layer.piece for layer in recipe(PlaceKind.laboratory, True).layers]


def test_the_canvas_of_a_circus_is_open_on_both_sides_of_the_curtain(monkeypatch: pytest.MonkeyPatch) -> None:
    opened: list[float] = []
    monkeypatch.setattr(halls, "window", lambda b, o: opened.append(o["x"]))
    monkeypatch.setattr(halls, "shining", lambda b: b)
    door = next(layer for layer in named("circus").layers if layer.piece == "big_top").options["x"]
    page = MagicMock(left=-9.0, right=9.0, top=4.0, cells=lambda *_: ())
    halls.big_top(cast(Any, page), {"x": door})
    assert len(opened) == 2
    assert all(abs(x - door) > 2.0 for x in opened)
