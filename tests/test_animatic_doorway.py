"""A door that somebody opens is in a wall, and leads somewhere."""

import numpy as np
import pytest
import skia

from photoplay.render.animatic import doorway
from photoplay.render.animatic.business import on_the_knob, performed_with
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
    drawn.clear()  # of the look that is taken once at who is lost in what is behind
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


def test_behind_an_open_door_is_a_furnished_room_to_both_sides():
    """A bare box with a pale square in it was taken for nothing anybody knows."""
    surface = skia.Surface(400, 400)
    canvas = surface.getCanvas()
    canvas.clear(0xFF2040FF)
    canvas.translate(0, 380)
    canvas.scale(330, 330)
    doorway.draw_beyond(canvas, Ink(), 1.0)
    seen = surface.toarray()[..., 2::-1].astype(int)
    left, right = int(330 * doorway.NEAR) + 4, int(330 * doorway.FAR) - 4
    inside = seen[380 + int(330 * doorway.TOP) + 4 : 376]
    for half in (inside[:, left : (left + right) // 2], inside[:, (left + right) // 2 : right]):
        assert len({tuple(c // 40) for c in half.reshape(-1, 3)}) >= 6
    assert (seen[:, : left - 12] == seen[0, 0]).all(), "nothing of it is on the wall beside the door"
    assert (seen[:, right + 12 :] == seen[0, 0]).all()


def test_the_wall_of_a_room_has_the_room_s_own_colour_and_reaches_out_of_the_frame_for_one_alone():
    shop, spaceship = opening(PlaceKind.shop), opening(PlaceKind.spaceship)
    assert doorway.papered(shop) != doorway.papered(spaceship)
    assert doorway.reaching(shop) > 4
    two = shop.model_copy(update={"figures": (*shop.figures, *shop.figures)})
    assert doorway.reaching(two) < 2  # or the other would stand behind it


def test_the_wall_by_a_door_has_the_panels_of_its_room_and_is_not_blank():
    def wall(kind):
        picture = opening(kind)
        surface = skia.Surface(300, 200)
        canvas = surface.getCanvas()
        canvas.translate(20, 180)
        canvas.scale(90, 90)
        doorway.draw_for(canvas, Ink(), picture, True)
        return surface.toarray(colorType=skia.kRGBA_8888_ColorType)[..., :3].astype(int)

    at = wall(PlaceKind.school)
    high, low = at[100, 290], at[150, 290]
    assert np.abs(high - low).max() > 30, "a panel along the foot, as in the classroom"
    beside = at[60:130, int(20 + 90 * (doorway.FAR + 0.1)) :].reshape(-1, 3) // 24
    assert len({tuple(c) for c in beside}) > 4, "coats and a picture hang there"


def test_the_wall_of_a_door_turns_back_into_its_room_and_ends_in_no_slab() -> None:
    surface = skia.Surface(300, 200)
    canvas = surface.getCanvas()
    canvas.translate(150, 180)
    canvas.scale(90, 90)
    doorway.draw_wall(canvas, Ink(), "room", "#a08060")
    drawn = surface.toarray()[..., 3] > 200
    foot = [int(np.flatnonzero(drawn[:, x]).max()) for x in (128, 138, 148, 158)]
    assert foot[0] < foot[1] - 3 < foot[2] - 6, "its foot rises where it goes back"
    assert foot[3] >= 178


def test_what_is_painted_on_a_wall_indoors_is_on_a_wall_of_the_room_and_on_no_board(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    walls: list[str] = []
    monkeypatch.setattr(doorway, "draw_plain", lambda *_: walls.append("wall"))
    picture = opening(PlaceKind.school)
    paints = picture.figures[0].model_copy(update={"action": Action.paint})
    for interior, found in ((True, ["wall"]), (False, [])):
        look = picture.place.look.model_copy(update={"interior": interior, "kind": PlaceKind.village})
        place = picture.place.model_copy(update={"look": look if not interior else picture.place.look})
        told = picture.model_copy(
            update={"figures": (paints,), "action": Action.paint, "place": place,
                    "sentence": "She paints a door on the wall.", "target": None, "things": ()}
        )  # fmt: skip
        screen = Screen(told, (160, 90), 3, 4.0)
        walls.clear()
        screen.draw(skia.Surface(160, 90).getCanvas(), 2.0, screen.path(2.0))
        assert walls[:1] == found


def test_the_hand_of_who_opens_a_door_is_on_its_knob_and_then_let_down():
    ((x, y, share),) = on_the_knob(1.0, 1.7, 0.1)
    knob = doorway.NEAR + 0.12 * (doorway.FAR - doorway.NEAR)
    assert share == 1.0
    assert abs(x / 1.7 - knob) < 0.05
    assert abs(y / 1.7 + 0.6) < 0.02
    ((beside, low, _),) = on_the_knob(1.0, 1.7, 1.0)
    assert 0 < beside < 0.2 * 1.7, "it does not hang in the air before the open door"
    assert low > -0.5 * 1.7
