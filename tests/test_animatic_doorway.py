"""A door that somebody opens is in a wall, and leads somewhere."""

import numpy as np
import pytest
import skia

from photoplay.render.animatic import doorway
from photoplay.render.animatic.business import performed_with
from photoplay.render.animatic.ink import Ink
from photoplay.render.animatic.screen import Screen
from photoplay.storyboard.looks import BodyLook, PlaceLook
from photoplay.storyboard.picture import FigureIn, Picture, PlaceIn
from photoplay.storyboard.vocabulary import Action, Facing, PlaceKind, Side


def opening(kind, action=Action.open):
    somebody = FigureIn(
        id="anna", noun="nurse", words="", look=BodyLook(), action=action, facing=Facing.right, side=Side.left
    )
    place = PlaceIn(id="place", words="", look=PlaceLook(kind=kind, layout=7))
    return Picture(
        sentence="The nurse opens a hidden door.",
        actor="anna",
        action=action,
        place=place,
        figures=(somebody,),
    )


@pytest.mark.parametrize(
    ("kind", "wall"),
    [
        (PlaceKind.hospital, "room"),
        (PlaceKind.ship, "cabin"),
        (PlaceKind.cave, "rock"),
        (PlaceKind.village, "house"),
    ],
)
def test_a_door_that_is_opened_is_in_a_wall_of_its_place(kind, wall, monkeypatch):
    drawn = []
    monkeypatch.setattr(
        "photoplay.render.animatic.doorway.draw_wall",
        lambda canvas, ink, kind, tint, *more: drawn.append(kind),
    )
    screen = Screen(opening(kind), (160, 90), 3, 4.0)
    canvas = skia.Surface(160, 90).getCanvas()
    screen.draw(canvas, 2.0, screen.path(2.0))
    assert drawn == [wall]


def test_walls_differ_and_an_open_door_shows_a_passage():
    def page(paint):
        surface = skia.Surface(200, 200)
        canvas = surface.getCanvas()
        canvas.clear(0xFF2040FF)
        canvas.translate(20, 180)
        canvas.scale(90, 90)
        paint(canvas)
        return surface.toarray()[..., :3].astype(int)

    walls = [
        page(lambda c, w=w: doorway.draw_wall(c, Ink(), w, "#a08060"))
        for w in ("room", "cabin", "rock", "house")
    ]
    for n, one in enumerate(walls):
        for other in walls[n + 1 :]:
            assert (np.abs(one - other).max(axis=2) > 20).mean() > 0.1
    opened = page(lambda c: performed_with(c, Ink(), "door", 1.0, 1.0, 1.0))
    x = 20 + 90 * (doorway.NEAR + doorway.FAR) / 2
    column = opened[95:178, int(x)]
    assert len({tuple(c // 24) for c in column}) >= 3  # lamp, wall and floor


def test_the_wall_of_a_room_has_the_room_s_own_colour_and_reaches_out_of_the_frame_for_one_alone():
    shop, spaceship = opening(PlaceKind.shop), opening(PlaceKind.spaceship)
    assert doorway.papered(shop) != doorway.papered(spaceship)
    assert doorway.reaching(shop) > 4
    two = shop.model_copy(update={"figures": (*shop.figures, *shop.figures)})
    assert doorway.reaching(two) < 2  # or the other would stand behind it
