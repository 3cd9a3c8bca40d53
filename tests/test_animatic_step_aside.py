"""What stays off a face: a patch on it, a rope that is thrown, arms in a close-up, pans and flowers behind."""

from __future__ import annotations

import pytest
import skia
from test_animatic_performing import figure, shot, thing

from photoplay.render.animatic.blocking import Extent, Placed
from photoplay.render.animatic.camera import Pose
from photoplay.render.animatic.clearing import cleared, framed_over
from photoplay.render.animatic.embraces import TRUNK
from photoplay.render.animatic.figures.costume import _swim_goggles
from photoplay.render.animatic.figures.face import Ball, Face
from photoplay.render.animatic.figures.worn import Accessories
from photoplay.render.animatic.grip import size_in_hand
from photoplay.render.animatic.headroom import Head, kept_free
from photoplay.render.animatic.ink import Ink
from photoplay.render.animatic.places.recipes import Layer, recipe
from photoplay.render.animatic.players import face_box
from photoplay.render.animatic.screen import Screen
from photoplay.storyboard.picture import Picture
from photoplay.storyboard.vocabulary import Action, Being, Facing, PlaceKind, ShotSize, Side, Worn


def screened(picture: Picture) -> Screen:
    return Screen(picture, (320, 180), 3, 4.0)


POSE = Pose(x=0.0, height=1.4, distance=6.0, focal=600.0, centre=320.0, horizon=180.0)


def layer_behind(piece: str, head: Head, **options: object) -> Layer:
    place = recipe(PlaceKind.road, False)
    place = place.__class__(**{**vars(place), "layers": (Layer(3.0, piece, dict(options)),)})
    return cleared(place, [head], POSE, 1).layers[0]


@pytest.mark.parametrize(("piece", "high", "raised"), [("beds", 0.4, False), ("street", 0.5, False),
                                                       ("pans", 1.9, True)])  # fmt: skip
def test_what_would_grow_out_of_a_low_head_or_raised_hands_steps_aside(
    piece: str, high: float, raised: bool
) -> None:
    head = Head(x=0.4, depth=0.0, half=0.2, low=0.1, high=high, raised=raised)
    ((middle, half),) = layer_behind(piece, head).options["avoid"]
    assert abs(middle - 0.6) < half
    far = Head(x=0.4, depth=0.0, half=0.2, low=1.4, high=1.9)
    assert not layer_behind(piece, far).options["avoid"], "and stays behind any other"


def test_what_hangs_is_clear_of_a_hand_that_waves_whichever_of_the_two_it_is() -> None:
    extent = Extent(left=-0.3, right=0.58, top=2.1, eyes=1.72, face=0.18)
    waving = Placed(id="a", x=1.0, depth=0.0, up=0.0, extent=extent, facing=Facing.left)
    raised = next(head for head in kept_free([waving]) if head.raised)
    assert (raised.x - raised.half, raised.x + raised.half) == pytest.approx((0.42, 1.58))


@pytest.mark.parametrize("size", [ShotSize.close, ShotSize.medium_close])
def test_the_arms_of_who_sings_near_the_lens_hang(size: ShotSize) -> None:
    one = figure("a", Action.sing, Side.centre, Facing.camera, None)
    near, far = (screened(shot(Action.sing, one, size=s)) for s in (size, ShotSize.full))
    assert near._acting["a"].manner == "bust"
    assert far._acting["a"].manner == ""


def test_a_rope_is_thrown_from_below_and_ends_in_a_hand() -> None:
    a = figure("a", Action.throw, Side.left, Facing.right, "b").model_copy(update={"holds": ("r",)})
    b = figure("b", Action.stand, Side.right, Facing.left, "a")
    rope = thing("r", "rope").model_copy(update={"held": True})
    told = shot(Action.throw, a, b, things=(rope,), target="b", size=ShotSize.full)
    seen = screened(told.model_copy(update={"sentence": "The woman throws a rope to the man."}))
    assert seen._acting["a"].manner == "line"
    body, acting = seen._players["a"].body, seen._acting["a"]
    for k in range(20, 40):
        joints = body.joints(acting, 0.1 * k)
        ahead = max(joints["r-wrist"], joints["l-wrist"])
        assert ahead[1] > joints["nose"][1] + 0.5 * body.head[1], "under the chin"


@pytest.mark.parametrize("yaw", [-75.0, -40.0, 0.0, 30.0, 50.0])
def test_an_eye_patch_stays_on_the_face(yaw: float) -> None:
    look = figure("a", Action.stand).look.model_copy(update={"worn": (Worn.eyepatch,)})
    ink = Ink(0.0)
    face = Face(look, ink)
    worn = Accessories(look, (), ink, ink)
    surface = skia.Surface(200, 200)
    canvas = surface.getCanvas()
    canvas.scale(100, 100)
    canvas.translate(1, 1)
    worn.face(canvas, Ball(face.width, yaw, 0.0), face)
    alpha = surface.toarray()[..., 3] > 60
    columns = alpha[100 + int(100 * face.eyes_y) + 4].nonzero()[0]
    if len(columns):
        assert columns.max() - 100 <= 100 * face.width
        assert columns.min() - 100 >= -100 * face.width


@pytest.mark.parametrize("yaw", [-75.0, -52.0, 0.0, 52.0, 65.0])
def test_swim_goggles_stay_on_the_face(yaw: float) -> None:
    face = Face(figure("a", Action.stand).look, Ink(0.0))
    surface = skia.Surface(200, 200)
    canvas = surface.getCanvas()
    canvas.scale(100, 100)
    canvas.translate(1, 1)
    _swim_goggles(canvas, figure("a", Action.stand).look, Ink(0.0), Ball(face.width, yaw, 0.0))
    columns = (surface.toarray()[..., 3] > 60).any(axis=0).nonzero()[0]
    assert len(columns)
    assert columns.max() - 100 <= 100 * face.width + 3
    assert columns.min() - 100 >= -100 * face.width - 3


@pytest.mark.parametrize("x", [0.4, 0.9, 1.3])
def test_the_cross_on_a_wards_wall_is_behind_no_face(x: float) -> None:
    head = Head(x=0.64 * x, depth=0.0, half=0.25, low=1.3, high=1.75)
    middle = 1.5 * head.x
    sign = layer_behind("ward", head, x=x, drip=1.75)
    assert abs(sign.options["x"] - middle) > 0.45
    low = Head(x=0.64 * x, depth=0.0, half=0.25, low=0.5, high=0.9)
    assert layer_behind("ward", low, x=x, drip=1.75).options["x"] == x, "a child's head is below it"


def test_a_shepherd_who_turns_away_has_no_crook_over_the_back() -> None:
    herd = figure("a", Action.stand)
    look = herd.look.model_copy(update={"carries": ("staff",)})
    herd = herd.model_copy(update={"look": look, "noun": "shepherd"})
    other = figure("b", Action.stand, Side.right, Facing.left)
    told = shot(Action.stand, herd, other, target="b", size=ShotSize.full)
    for sentence, holds in (("The shepherd turns away from the woman.", 0), ("The shepherd waits.", 1)):
        player = screened(told.model_copy(update={"sentence": sentence}))._players["a"]
        assert len(player.held) == holds


def test_birds_that_fly_up_to_somebody_stay_off_the_coat() -> None:
    bird = figure("bird", Action.fly, Side.left, Facing.right, "b")
    look = bird.look.model_copy(update={"being": Being.bird, "species": "bird", "stature": "small"})
    bird = bird.model_copy(update={"look": look, "noun": "bird"})
    told = shot(Action.fly, bird, figure("b", Action.stand, Side.right, Facing.left, "bird"), target="b",
                size=ShotSize.full)  # fmt: skip
    seen = screened(told.model_copy(update={"sentence": "The bird flies up to the woman."})).staging
    me, other = (next(p for p in seen.figures if p.id == i) for i in ("bird", "b"))
    gap = other.x + other.extent.left - me.x - me.extent.right
    assert gap > 0.8 * me.extent.width


def test_who_hugs_a_tree_with_a_face_lays_no_hand_on_it() -> None:
    man = figure("a", Action.hug, Side.left, Facing.right, "t")
    tree = figure("t", Action.stand, Side.right, Facing.left, "a")
    look = tree.look.model_copy(update={"being": Being.plant, "species": "tree"})
    tree = tree.model_copy(update={"look": look, "noun": "tree"})
    seen = screened(shot(Action.hug, man, tree, target="t", size=ShotSize.two_shot))
    me, it = (next(p for p in seen.staging.figures if p.id == i) for i in ("a", "t"))
    joints = seen._players["a"].body.joints(seen._acted(me, 3.0), 3.0)
    box = face_box(seen._players["t"].body, seen._acting["t"], 3.0)
    assert box is not None
    edge = it.x + (box[0] - box[2]) * seen._players["t"].scale
    for side in ("r-wrist", "l-wrist"):
        hand = me.x + joints[side][0] * seen._players["a"].scale
        assert it.x - TRUNK * it.extent.top - 0.12 < hand < edge, "on the bark, beside the face"


def test_no_crown_of_a_tree_that_stands_free_peeps_out_from_behind_hair() -> None:
    garden = recipe(PlaceKind.garden, False)
    near = next(la for la in garden.layers if la.piece == "trees" and la.depth < 20)
    head = Head(0.0, 0.0, 0.2, 1.0, 1.5)
    found = cleared(garden, [head], POSE, 1)
    moved = next(la for la in found.layers if la.piece == "trees" and la.depth == near.depth)
    ((_, half),) = moved.options["avoid"]
    assert half > 0.5 * near.options["tall"]
    wood = cleared(recipe(PlaceKind.jungle, False), [head], POSE, 1)
    palms = next(la for la in wood.layers if la.piece == "trees" and la.depth < 20)
    assert palms.options["avoid"][0][1] < 0.5 * palms.options["tall"]


def test_no_barrel_at_the_lower_edge_stands_before_what_somebody_acts_with() -> None:
    attic = recipe(PlaceKind.attic, True)
    assert [la.piece for la in framed_over(attic, ()).front] == ["crates"]
    assert not framed_over(attic, [(0.5, 0.4)]).front


def test_flowers_of_a_bedside_are_on_no_hat() -> None:
    ward = recipe(PlaceKind.hospital, True)
    at = next(la for la in ward.layers if la.piece == "bedsides").options["at"][0]
    found = cleared(ward, [Head(at, 0.0, 0.2, 1.0, 1.3)], POSE, 1)
    assert next(la for la in found.layers if la.piece == "bedsides").options["avoid"]


def test_a_greenhouse_stands_behind_nobody_and_no_tree_behind_a_flower_as_tall_as_the_frame() -> None:
    dome = layer_behind("glass_dome", Head(1.0, 0.0, 0.2, 1.4, 1.8), x=1.5)
    grown = POSE.scale(0.0) / POSE.scale(3.0)
    assert abs(dome.options["x"] - grown) > 2.3
    place = recipe(PlaceKind.road, False)
    layers = (Layer(9.0, "trees", {"tall": 4.4, "step": 5.0}),)
    place = place.__class__(**{**vars(place), "layers": layers})
    flower, low = Head(0.4, 0.0, 0.3, 1.2, 2.4), Head(0.4, 0.0, 0.3, 0.2, 0.4)
    head = Head(-0.4, 0.0, 0.2, 1.4, 1.8)
    ((middle, half),) = cleared(place, [head], POSE, 1, [flower]).layers[0].options["avoid"]
    ((_, alone),) = cleared(place, [head], POSE, 1, [low]).layers[0].options["avoid"]
    assert half > alone
    assert middle - half < -alone


def test_no_drip_of_a_ward_stands_on_a_head_however_low() -> None:
    for low in (0.4, 1.3):
        head = Head(x=1.75 / 1.5, depth=0.0, half=0.2, low=low, high=low + 0.4)
        drip = layer_behind("ward", head, x=-0.9, drip=1.75).options["drip"]
        assert abs(drip - 1.75) > 0.5
    assert layer_behind("ward", Head(-2.0, 0.0, 0.2, 1.3, 1.7), x=0.9, drip=1.75).options["drip"] == 1.75


def test_a_castles_dark_gate_is_behind_no_black_hair() -> None:
    gate = layer_behind("courtyard", Head(0.0, 0.0, 0.2, 1.3, 1.7), x=0.2)
    assert 1.3 < abs(gate.options["x"]) < 3.3


def test_no_clock_hangs_between_the_hands_of_two() -> None:
    place = recipe(PlaceKind.house, True)
    place = place.__class__(**{**vars(place), "layers": (Layer(3.0, "clocks", {}),)})
    two = [Head(x, 0.0, 0.2, 1.3, 1.7) for x in (-0.6, 0.6)]
    for apart, found in ((1.0, True), (3.0, False)):
        seen = [Head(apart * head.x, 0.0, 0.2, 1.3, 1.7) for head in two]
        avoided = cleared(place, seen, POSE, 1).layers[0].options["avoid"]
        assert any(abs(middle) < half for middle, half in avoided) is found


def test_no_cart_or_way_out_of_a_mine_is_a_toy_at_the_feet_of_who_is_seen_from_the_ground() -> None:
    place = recipe(PlaceKind.road, False)
    layers = (Layer(6.9, "way_out", {}), Layer(3.4, "props", {}))
    place = place.__class__(**{**vars(place), "layers": layers})
    low = Pose(x=0.0, height=0.1, distance=6.0, focal=600.0, centre=320.0, horizon=180.0)
    assert [la.piece for la in cleared(place, (), POSE, 1).layers] == ["way_out", "props"]
    (props,) = cleared(place, (), low, 1).layers
    assert abs(props.options["x"]) > 9


def test_no_bush_is_behind_a_child_s_head_all_the_way_that_it_walks() -> None:
    child, grown = Head(x=0.4, depth=0.0, half=0.2, low=0.3, high=0.8), Head(0.4, 0.0, 0.2, 1.4, 1.9)
    place = recipe(PlaceKind.village, False)
    place = place.__class__(**{**vars(place), "layers": (Layer(3.0, "bushes", {"tall": 0.6}),)})
    gone = POSE.__class__(**{**vars(POSE), "x": 2.0})
    ((middle, half),) = cleared(place, [child], POSE, 1, along=[gone]).layers[0].options["avoid"]
    assert middle - half < 0.6 < 2.6 < middle + half
    assert not cleared(place, [grown], POSE, 1).layers[0].options["avoid"], "over them a head is clear"


def test_who_hugs_a_painting_has_no_finger_on_what_is_painted() -> None:
    hugs = shot(Action.hug, figure("a", Action.hug), target="it", things=(thing("it", "painting"),))
    screen = screened(hugs.model_copy(update={"sentence": "She hugs the painting."}))
    player, placed = screen._players["a"], screen.staging.figures[0]
    laid = screen._hands.laid_on(placed, player.acting, 2.0)
    joints = player.body.joints(laid, 2.0)
    wide = player.held[0].width * size_in_hand(player.held[0], player.body.height)
    assert abs(joints["r-wrist"][0] - joints["l-wrist"][0]) > 0.8 * wide
