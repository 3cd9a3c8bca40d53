"""Who sleeps in a bed is not lost among the other beds and the pictures of the room."""

from __future__ import annotations

import pytest
from test_animatic_performing import figure, shot

from photoplay.render.animatic.screen import Screen
from photoplay.storyboard.vocabulary import Action, Facing, PlaceKind, ShotSize, Side


@pytest.mark.parametrize("place", [PlaceKind.hospital, PlaceKind.bedroom])
def test_no_other_bed_and_no_picture_is_behind_a_sleeper(place: PlaceKind) -> None:
    asleep = [figure("a", Action.sleep, Side.left, Facing.right, None),
              figure("b", Action.sleep, Side.right, Facing.left, None)]  # fmt: skip
    told = shot(Action.sleep, *asleep, size=ShotSize.full, place=place)
    room = told.place.model_copy(update={"look": told.place.look.model_copy(update={"interior": True})})
    screen = Screen(told.model_copy(update={"place": room}), (640, 360), 3, 4.0)
    pose = screen.path(2.0)
    figures = screen.staging.figures
    beds = [[pose.at(p.x + e, 0.0, p.depth)[0] for e in (p.extent.left, p.extent.right)] for p in figures]
    faces = [pose.at(p.x + p.extent.face_x, 0.0, p.depth)[0] for p in figures]
    layers = [layer for layer in screen.recipe.layers if layer.piece in ("bed", "frame")]
    assert layers
    for layer in layers:
        x, half = screen._flip * layer.options["x"], 0.5 * layer.options.get("wide", 2.0)
        left, middle, right = (pose.at(x + side * half, 0.0, layer.depth)[0] for side in (-1, 0, 1))
        if layer.piece == "bed":
            assert all(right <= low or left >= high for low, high in beds)
        else:
            assert all(abs(middle - face) > pose.scale(0.0) for face in faces)
