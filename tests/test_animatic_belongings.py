"""What a trade has about it stands whole in the frame and behind nobody, or not at all."""

from __future__ import annotations

from dataclasses import replace

import pytest

from photoplay.render.animatic.belongings import belonging
from photoplay.render.animatic.headroom import NOWHERE
from photoplay.render.animatic.places.recipes import Layer
from photoplay.render.animatic.screen import Screen
from photoplay.storyboard.looks import BodyLook, PlaceLook
from photoplay.storyboard.picture import CameraIn, FigureIn, Picture, PlaceIn
from photoplay.storyboard.vocabulary import Action, Facing, PlaceKind, ShotSize, Side


def shot(noun: str, kind: PlaceKind, size: ShotSize = ShotSize.wide, action: Action = Action.stand) -> Screen:
    who = FigureIn(
        id="a", noun=noun, words="", look=BodyLook(), action=action, facing=Facing.right, side=Side.left
    )
    place = PlaceIn(id="p", words="", look=PlaceLook(kind=kind))
    picture = Picture(
        sentence="", actor="a", action=action, place=place, camera=CameraIn(size=size), figures=(who,)
    )
    return Screen(picture, (320, 180), 5, 2.0)


def own(screen: Screen) -> list[Layer]:
    return [la for la in screen.recipe.layers if la.piece in ("flock", "chopping_block", "own_piano")]


@pytest.mark.parametrize(
    ("noun", "kind", "piece"),
    [
        ("shepherd", PlaceKind.meadow, "flock"),
        ("goatherd", PlaceKind.mountain, "flock"),
        ("woodcutter", PlaceKind.forest, "chopping_block"),
        ("pianist", PlaceKind.rooftop, "own_piano"),
    ],
)
def test_a_trade_has_its_animals_and_tools_about_it(noun: str, kind: PlaceKind, piece: str) -> None:
    screen = shot(noun, kind)
    (layer,) = own(screen)
    assert layer.piece == piece
    places = layer.options.get("at", (layer.options.get("x"),))
    assert places
    assert NOWHERE not in places, "nothing of it is in a wide shot"
    pose, wide = screen.path(1.0), 320
    (body,) = screen.staging.figures
    left, right = (
        pose.at(body.middle[0] + side * 0.5 * body.extent.width, 0, body.depth)[0] for side in (-1, 1)
    )
    for x in places:
        at = pose.at(x, 0.0, layer.depth)[0]
        assert 0 < at < wide
        assert not left < at < right


def test_who_plays_the_piano_has_no_second_one_behind_and_nobody_else_has_one() -> None:
    assert not own(shot("pianist", PlaceKind.stage, action=Action.play))
    assert not own(shot("teacher", PlaceKind.rooftop))


def test_where_the_frame_has_no_room_there_is_nothing() -> None:
    screen = shot("shepherd", PlaceKind.meadow)
    near = screen.path(0.0)
    crowd = [screen.staging.figures[0]]
    bare = belonging(screen.recipe, crowd, [(near, 0.0)], 2.0, 1)
    assert next(la for la in bare.layers if la.piece == "flock").options["at"]
    wall = replace(crowd[0], extent=replace(crowd[0].extent, left=-40.0, right=40.0))
    none = belonging(screen.recipe, [wall], [(near, 0.0)], 2.0, 1)
    assert next(la for la in none.layers if la.piece == "flock").options["at"] == ()


def test_a_camel_driver_has_camels_far_off_where_none_stands_by() -> None:
    beside = shot("camel driver", PlaceKind.desert)
    assert [f.look.species for f in beside.picture.figures] == ["person", "camel"]
    assert not own(beside)
    alone = shot("camel driver", PlaceKind.desert, ShotSize.medium)
    assert [f.look.species for f in alone.picture.figures] == ["person"]
    assert own(alone)[0].options["species"] == "camel"
