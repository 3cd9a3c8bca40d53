"""A door is walked through, a mountain walked up, a shepherd told by the crook."""

from __future__ import annotations

import math

import pytest
import skia

from photoplay.render.animatic import doorway
from photoplay.render.animatic.climbing import Climbed
from photoplay.render.animatic.figures.ascent import YAW, Climb
from photoplay.render.animatic.figures.skeleton import CAMERA_DROP
from photoplay.render.animatic.handing import trade_sign
from photoplay.render.animatic.ink import Ink
from photoplay.render.animatic.places.recipes import recipe
from photoplay.render.animatic.screen import Screen
from photoplay.render.animatic.tailoring import hands_at
from photoplay.render.animatic.threshold import farther_off, goes_through, gone_in, steeled, without_door
from photoplay.render.animatic.together import all_of_them
from photoplay.storyboard.looks import BodyLook, PlaceLook, ThingLook
from photoplay.storyboard.picture import CameraIn, FigureIn, Picture, PlaceIn, ThingIn
from photoplay.storyboard.vocabulary import Action, Being, Facing, Hour, PlaceKind, ShotSize, Side


def _walker(sentence: str, kind: PlaceKind, *, action: Action = Action.walk,
            things: tuple[ThingIn, ...] = ()) -> Picture:  # fmt: skip
    who = FigureIn(id="a", noun="girl", words="", look=BodyLook(), action=action, side=Side.centre,
                   facing=Facing.right)  # fmt: skip
    return Picture(
        sentence=sentence, actor="a", action=action, target=things[0].id if things else None,
        place=PlaceIn(id="p", words="", look=PlaceLook(kind=kind, interior=kind is PlaceKind.house)),
        camera=CameraIn(size=ShotSize.full), figures=(who,), things=things,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("sentence", "through"),
    [
        ("The girl walks through the door.", True),
        ("The girl steps through her blue door.", True),
        ("The girl walks to the door.", False),
        ("The girl walks through the forest.", False),
    ],
)
def test_only_who_goes_through_a_door_has_an_open_one(sentence: str, through: bool) -> None:
    assert goes_through(_walker(sentence, PlaceKind.house)) is through


def test_the_shut_door_does_not_stand_beside_the_open_one_and_a_runner_is_seen_to_pass() -> None:
    door = ThingIn(id="door", words="", look=ThingLook(kind="door"), side=Side.right)
    told = _walker("The girl runs through the door.", PlaceKind.house, action=Action.run, things=(door,))
    played = without_door(told)
    assert played.things == ()
    assert played.target is None
    assert played.action is played.figures[0].action is Action.walk


def test_up_a_mountain_both_stand_on_its_slope_and_the_one_ahead_is_higher() -> None:
    screen = Screen(_walker("The girl walks up the mountain.", PlaceKind.mountain), (192, 108), 1, 3.0)
    flat = Screen(_walker("The girl walks in the mountains.", PlaceKind.mountain), (192, 108), 1, 3.0)
    assert flat._hill is None
    assert screen._hill is not None
    pose = screen.staging.pose
    assert screen._hill.up(pose.x + screen._hill.way, pose) > screen._hill.up(pose.x, pose) + 0.1


def test_a_shepherd_has_the_crook_along_and_a_wizard_the_staff() -> None:
    def along(noun: str, action: Action) -> str:
        look = BodyLook(carries=("staff",))
        return trade_sign(FigureIn(id="a", noun=noun, words="", look=look, action=action), action)

    assert along("young shepherd", Action.talk) == along("goatherd", Action.walk) == "crook"
    assert along("wizard", Action.stand) == "staff"
    assert along("shepherd", Action.dance) == ""


def test_the_hand_that_paints_a_wall_stays_below_the_mouth() -> None:
    for share in range(10):
        ((_, down, _),) = hands_at("mural", 1.0, 1.0, share / 10, "She paints a door on the wall.")
        assert down >= -0.61


def test_of_two_that_are_named_both_do_it_a_beast_and_a_bird_alike() -> None:
    told = _walker("The girl and the owl sleep in the forest.", PlaceKind.forest, action=Action.sleep)
    owl = FigureIn(id="b", noun="owl", words="", look=BodyLook(being=Being.bird, species="owl"))
    both = all_of_them(told.model_copy(update={"figures": (*told.figures, owl)}))
    assert [f.action for f in both.figures] == [Action.sleep, Action.sleep]


@pytest.mark.parametrize("facing", [Facing.right, Facing.left])
def test_no_leaf_is_before_the_face_of_who_comes_to_a_door_and_then_goes_in_at_it(facing: Facing) -> None:
    picture = _walker("The girl walks through the door.", PlaceKind.house)
    who = picture.figures[0].model_copy(
        update={"facing": facing, "look": BodyLook(skin="#00ff40", hair_colour="#303030")}
    )
    screen = Screen(picture.model_copy(update={"figures": (who,)}), (320, 180), 1, 3.0)

    def skin(seconds: float) -> int:
        surface = skia.Surface(320, 180)
        screen.draw(surface.getCanvas(), seconds, screen.path(seconds))
        pixels = surface.toarray(colorType=skia.kRGBA_8888_ColorType).astype(int)
        return int((pixels[..., 1] - pixels[..., [0, 2]].max(axis=2) > 60).sum())

    assert skin(0.7 * 3.0) > 0.85 * skin(0.2 * 3.0) > 20
    placed = screen.staging.figures[0]
    assert gone_in(placed, 0.7 * 3.0, 3.0) == 0.0
    assert gone_in(placed, 0.98 * 3.0, 3.0) > 0.9
    assert screen._acted(placed, 0.7 * 3.0).facing is facing
    assert screen._acted(placed, 0.98 * 3.0).facing is Facing.away
    assert 0.1 < screen.path(3.0).at(placed.x, 0.0, placed.depth)[0] / 320 < 0.9
    assert farther_off(1.0, 1.0)[1] < 0.05, "on the ground at the sill"


def test_the_wall_of_a_door_that_is_walked_through_is_as_dark_as_its_room(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    seen: list[Ink] = []
    monkeypatch.setattr(doorway, "draw_for", lambda canvas, ink, *rest: seen.append(ink))
    told = _walker("The girl walks through the door.", PlaceKind.house).model_copy(
        update={"hour": Hour.night}
    )
    screen = Screen(told, (192, 108), 1, 2.0)
    screen.draw(skia.Surface(192, 108).getCanvas(), 1.0, screen.staging.pose)
    assert seen
    assert {ink.light for ink in seen} == {screen.air.light} != {screen._ink.light}


def test_the_soles_of_who_climbs_a_hill_are_in_the_grass() -> None:
    climb = Climb("slope", 0.45, 0.29, 0.36)
    told = _walker("The girl climbs the hill.", PlaceKind.meadow, action=Action.climb)
    surface = skia.Surface(400, 200)
    scene = Climbed.of(climb, 1.0, told, recipe(PlaceKind.meadow, False))
    canvas = surface.getCanvas()
    canvas.clear(skia.ColorWHITE)
    canvas.translate(100, 180)
    canvas.scale(100, 100)
    scene.draw(canvas, Screen(told, (192, 108), 1, 2.0)._ink, 1.0)
    picture = surface.toarray()
    sin, cos = math.sin(math.radians(YAW)), math.cos(math.radians(YAW))
    for number in (1, 3, 5):
        ahead, up = climb.hold(number)
        x, y = 100 + 100 * ahead * sin, 180 - 100 * (up + 0.03 - ahead * cos * CAMERA_DROP)
        assert picture[int(y), int(x), 2] < 240
        assert picture[int(y) - 11, int(x), 2] > 240, "it hovers before the flank of the hill"


@pytest.mark.parametrize(
    ("sentence", "action"),
    [
        ("The girl opens the red door.", Action.open),
        ("The girl closes the door.", Action.close),
        ("The girl knocks at the old door.", Action.reach),
    ],
)
def test_a_door_that_is_opened_is_in_a_wall_and_no_thing_that_stands_about(
    sentence: str, action: Action
) -> None:
    door = ThingIn(id="door", words="", look=ThingLook(kind="door"), side=Side.right)
    told = without_door(_walker(sentence, PlaceKind.house, action=action, things=(door,)))
    assert told.things == ()
    assert told.target is None
    kept = _walker("The girl reaches for the knob.", PlaceKind.house, action=Action.reach, things=(door,))
    assert without_door(kept).things == (door,)


def test_doors_of_a_spaceship_are_of_steel_unless_a_colour_is_told() -> None:
    for colour, seen in (("#7a4f2f", doorway.STEEL), ("#c8322e", "#c8322e")):
        door = ThingIn(id="door", words="", look=ThingLook(kind="door", colour=colour), side=Side.right)
        aboard = steeled(_walker("The girl waits.", PlaceKind.spaceship, action=Action.stand, things=(door,)))
        assert aboard.things[0].look.colour == seen
        home = steeled(_walker("The girl waits.", PlaceKind.house, action=Action.stand, things=(door,)))
        assert home.things[0].look.colour == colour
