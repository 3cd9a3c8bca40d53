"""Posts, masts and ladders slide along until none of them grows out of a head, at any moment of the shot."""

from __future__ import annotations

import numpy as np
import skia

from photoplay.render.animatic.camera import Pose
from photoplay.render.animatic.headroom import Head
from photoplay.render.animatic.ink import Ink
from photoplay.render.animatic.places.brush import Brush, Setting
from photoplay.render.animatic.places.recipes import Layer, Recipe
from photoplay.render.animatic.screen import Screen
from photoplay.render.animatic.sliding import as_they_act, slid
from photoplay.storyboard.looks import BodyLook, PlaceLook
from photoplay.storyboard.picture import CameraIn, FigureIn, Picture, PlaceIn
from photoplay.storyboard.vocabulary import Action, Facing, Move, PlaceKind, ShotSize, Side

POSE = Pose(x=0.0, height=1.4, distance=4.0, focal=360.0, centre=160.0, horizon=90.0)


def walker(action: Action, kind: PlaceKind, move: Move = Move.static) -> Screen:
    who = FigureIn(
        id="a", noun="man", words="", look=BodyLook(), action=action, facing=Facing.right, side=Side.centre
    )
    place = PlaceIn(id="p", words="", look=PlaceLook(kind=kind, layout=7))
    camera = CameraIn(size=ShotSize.medium, move=move)
    picture = Picture(
        sentence="The man walks.", actor="a", action=action, place=place, camera=camera, figures=(who,)
    )
    return Screen(picture, (320, 180), 5, 3.0)


def setting(screen: Screen) -> Setting:
    return screen._setting()


def behind(layer: Layer, head: Head, screen: Screen) -> float:
    """The share of the head's own width and height, seen from ``POSE``, that a sheet is drawn in."""
    surface = skia.Surface(320, 180)
    canvas = surface.getCanvas()
    scale = POSE.scale(layer.depth)
    canvas.translate(POSE.centre - POSE.x * scale, POSE.horizon + POSE.height * scale)
    canvas.scale(scale, scale)
    ink = Ink(line=1.3 / scale)
    layer.paint(
        Brush(
            canvas,
            setting(screen),
            ink,
            layer.depth,
            -6.0,
            6.0,
            6.0,
            f"{layer.piece}{layer.depth}/0",
            1 / scale,
        )
    )
    left, top = POSE.at(head.x - head.half, head.high, head.depth)
    right, low = POSE.at(head.x + head.half, head.low, head.depth)
    return float((surface.toarray()[int(top) : int(low), int(left) : int(right), 3] > 60).mean())


def test_a_ladder_behind_a_head_is_beside_it_and_one_that_is_clear_stays() -> None:
    screen = walker(Action.stand, PlaceKind.library)
    head = Head(0.0, 0.0, 0.25, 1.35, 1.8)
    recipe = Recipe(ground={}, layers=(Layer(3.0, "ladder", {"x": 0.1}),), interior=True)
    moved = slid(recipe, setting(screen), POSE, (320, 180), 1, [(POSE, [head])]).layers[0]
    assert behind(recipe.layers[0], head, screen) > 0.05
    assert behind(moved, head, screen) == 0.0
    far = Recipe(ground={}, layers=(Layer(3.0, "ladder", {"x": 3.0}),), interior=True)
    assert slid(far, setting(screen), POSE, (320, 180), 1, [(POSE, [head])]) == far
    assert slid(recipe, setting(screen), POSE, (320, 180), 1, [(POSE, [])]) is recipe


def test_what_has_no_place_of_its_own_slides_as_a_whole() -> None:
    screen = walker(Action.stand, PlaceKind.road)
    layer = Layer(6.2, "poles", {})
    tried = (Head(0.1 * k, 0.0, 0.25, 1.35, 1.8) for k in range(-12, 12))
    head = next(h for h in tried if behind(layer, h, screen) > 0.1)
    recipe = Recipe(ground={}, layers=(layer,))
    (moved,) = slid(recipe, setting(screen), POSE, (320, 180), 1, [(POSE, [head])]).layers
    assert behind(moved, head, screen) < 0.02
    assert 0.0 < abs(moved.options["slide"]) < 6.0


def test_no_post_is_behind_the_head_of_who_walks_by_it_at_the_end_of_the_shot() -> None:
    screen = walker(Action.walk, PlaceKind.road, Move.track_right)
    assert screen._setting().seed == 7
    for now in np.linspace(0.0, 3.0, 7):
        placed = screen.staging.figures
        heads, trunks = as_they_act(placed, screen._players, screen._acted, float(now), 3.0)
        (head,) = [h for h in heads if h.half > 0.1]
        assert trunks[0].low < trunks[0].high < head.high
        assert head.low < head.high
        assert abs(head.x - screen.staging.figures[0].walked(float(now), 3.0)) < 0.4


def test_a_lamp_post_that_cannot_be_beside_a_head_is_left_out_and_a_mine_keeps_its_props() -> None:
    screen = walker(Action.stand, PlaceKind.road)
    crowd = [Head(0.2 * k, 0.0, 0.2, 1.35, 1.8) for k in range(-12, 13)]
    for piece, kept in (("lamps", "nothing"), ("props", "props")):
        recipe = Recipe(ground={}, layers=(Layer(3.4, piece, {}),))
        (found,) = slid(recipe, setting(screen), POSE, (320, 180), 1, [(POSE, crowd)]).layers
        assert found.piece == kept


def test_a_round_window_that_has_no_room_beside_head_and_board_is_left_out_in_an_attic() -> None:
    screen = walker(Action.stand, PlaceKind.attic)
    window = Layer(4.1, "window", {"x": 0.0, "round": True, "wide": 0.9})
    recipe = Recipe(ground={}, layers=(window,), interior=True)
    head = Head(0.0, 0.0, 0.25, 1.35, 1.8)
    moved = slid(recipe, setting(screen), POSE, (320, 180), 1, [(POSE, [head])]).layers[0]
    assert moved.piece == "window"
    assert abs(moved.options["x"]) > 0.3
    boards = [Head(0.5 * k, 0.0, 0.6, 0.6, 2.0) for k in range(-8, 9)]
    gone = slid(recipe, setting(screen), POSE, (320, 180), 1, [(POSE, [head])], boards).layers[0]
    assert gone.piece == "nothing"


def test_the_lamps_of_a_mine_that_slides_still_keep_off_heads() -> None:
    screen = walker(Action.stand, PlaceKind.road)
    head = Head(0.3, 0.0, 0.25, 1.35, 1.8)
    mine = Layer(3.4, "props", {"avoid": ((0.5, 0.9),)})
    (found,) = slid(
        Recipe(ground={}, layers=(mine,)), setting(screen), POSE, (320, 180), 1, [(POSE, [head])]
    ).layers
    way = found.options.get("slide", 0.0)
    assert way
    assert found.options["avoid"] == ((0.5 - way, 0.9),)
