"""No accident of drawing: nothing of a place, of an animal or of a face sticks out of a body."""

from __future__ import annotations

import numpy as np
import pytest
import skia
from test_animatic_kept_clear import SIZE, one, scene, screen

from photoplay.agent.outline.troubles import troubled
from photoplay.render.animatic import seen_figures
from photoplay.render.animatic.camera import Pose
from photoplay.render.animatic.clearing import cleared
from photoplay.render.animatic.contact import Party, lays
from photoplay.render.animatic.figures.acting import Acting
from photoplay.render.animatic.figures.face import Ball, Face
from photoplay.render.animatic.figures.figure import Figure
from photoplay.render.animatic.figures.mood import mood
from photoplay.render.animatic.figures.performances import performance
from photoplay.render.animatic.figures.person import Person
from photoplay.render.animatic.grip import rise
from photoplay.render.animatic.headroom import Head
from photoplay.render.animatic.ink import Ink
from photoplay.render.animatic.mind import Cloud, in_mind
from photoplay.render.animatic.places.recipes import Layer, recipe
from photoplay.render.animatic.renderer import _drawn
from photoplay.storyboard.looks import BodyLook, ThingLook
from photoplay.storyboard.picture import CameraIn, ThingIn
from photoplay.storyboard.vocabulary import (
    Action,
    Being,
    Distance,
    Expression,
    Facing,
    Hour,
    Move,
    PlaceKind,
    ShotSize,
    Side,
)


@pytest.mark.parametrize("x", [-1.5, 0.0, 1.5])
@pytest.mark.parametrize(("piece", "room"), [("barn", 3.3), ("windmill", 3.6)])
def test_no_barn_or_windmill_stands_on_a_back(piece, room, x):
    pose = Pose(x=0.0, height=1.4, distance=6.0, focal=600.0, centre=320.0, horizon=180.0)
    man = Head(x=x, depth=0.0, half=0.25, low=1.5, high=1.8)
    at = man.x * pose.scale(0.0) / pose.scale(20.0)  # right behind the man
    place = recipe(PlaceKind.road, False)
    place = place.__class__(**{**vars(place), "layers": (Layer(20.0, piece, {"x": at}),)})
    (layer,) = cleared(place, [man], pose, 1).layers
    left, right = (pose.at(layer.options["x"] + side * room, 0.0, 20.0)[0] for side in (-1, 1))
    body = pose.at(man.x, 0.0, 0.0)[0]
    assert right < body or left > body, "beside the man"
    assert right > 0, "and still to be seen"
    assert left < 640


@pytest.mark.parametrize("action", [Action.walk, Action.stand])
def test_the_camel_of_its_driver_is_beside_that_one(action):
    driver = one("camel driver", action=action, facing=Facing.right)
    camera = CameraIn(size=ShotSize.full)
    found = screen(scene(driver, kind=PlaceKind.desert, action=action, camera=camera)).staging
    man, camel = (next(p for p in found.figures if p.id == i) for i in ("a", "led"))
    assert camel.x + camel.extent.right < man.x + man.extent.left, "at his back"
    assert camel.walks == man.walks
    edges = [found.pose.at(p.x + e, 0.0, p.depth)[0] for p, e in ((camel, camel.extent.left), (man, 0.3))]
    assert edges[0] > -0.05 * SIZE[0]
    assert edges[1] < SIZE[0]


def test_the_camel_is_not_between_its_driver_and_another():
    driver = one("camel driver", facing=Facing.right, side=Side.left)
    other = one("nomad", id="b", facing=Facing.left, side=Side.right)
    camera = CameraIn(size=ShotSize.wide)
    found = screen(scene(driver, other, kind=PlaceKind.desert, camera=camera)).staging.figures
    man, camel, nomad = (next(p for p in found if p.id == i) for i in ("a", "led", "b"))
    assert camel.x + camel.extent.right < man.x + man.extent.left
    assert man.x < nomad.x


def test_the_room_of_a_camel_that_is_turned_left_is_where_its_neck_and_tail_are():
    driver = one("camel driver", facing=Facing.left, side=Side.right)
    nomad = one("nomad", id="b", side=Side.left)
    told = scene(driver, nomad, kind=PlaceKind.desert, camera=CameraIn(size=ShotSize.wide))
    camel = next(p for p in screen(told).staging.figures if p.id == "led")
    assert camel.facing is Facing.left
    assert camel.extent.face_x < 0.0
    assert camel.extent.right > -camel.extent.left  # its tail is longer than its neck


def test_waves_about_two_who_swim_are_in_the_frame():
    two = (
        one(id="a", action=Action.swim, side=Side.left),
        one(id="b", action=Action.swim, facing=Facing.left, side=Side.right, gaze="a"),
    )
    camera = CameraIn(size=ShotSize.two_shot)
    told = scene(*two, kind=PlaceKind.sea, action=Action.swim, camera=camera,
                 sentence="Two women swim in the waves.")  # fmt: skip
    found = screen(told).staging
    swims = [p for p in found.figures if p.sunk]
    assert len(swims) == 2
    assert all(found.pose.at(p.x, 0.0, p.depth)[1] < 0.92 * SIZE[1] for p in swims)


@pytest.mark.parametrize("yaw", [-58, -45, 45, 58])
def test_no_lash_or_white_of_an_eye_stands_off_a_turned_face(yaw):
    face = Face(BodyLook(presents="woman"), Ink())
    ball = Ball(face.width, yaw, 0.0)
    surface = skia.Surface(400, 400)
    canvas = surface.getCanvas()
    canvas.translate(200, 200)
    canvas.scale(300, 300)
    canvas.save()
    canvas.clipPath(face.skull(ball), skia.ClipOp.kDifference, True)
    face.draw(canvas, ball, mood(Acting(Action.stand, Expression.neutral, Facing.right), 0.5, 3))
    canvas.restore()
    seen = surface.toarray(colorType=skia.kRGBA_8888_ColorType).astype(int)
    hard = (seen[..., 3] > 200) & ((seen[..., :3].min(axis=-1) > 215) | (seen[..., :3].max(axis=-1) < 70))
    assert hard.sum() < 3, "pixels of white and lash beside the head"


def test_a_mermaids_top_is_on_her_body():
    figure = Figure(BodyLook(being=Being.person, species="mermaid", trim_colour="#0000ff"), (), Ink(), 3)
    surface = skia.Surface(300, 300)
    canvas = surface.getCanvas()
    canvas.translate(150, 280)
    canvas.scale(150, 150)
    figure.draw(canvas, Acting(Action.stand, Expression.neutral, Facing.right), 0.0, 4.0)
    seen = surface.toarray(colorType=skia.kRGBA_8888_ColorType).astype(int)
    blue = (seen[..., 2] > 150) & (seen[..., 0] < 90) & (seen[..., 1] < 90)
    assert blue.any()
    rows = np.flatnonzero(blue.any(axis=1))
    body = seen[rows[-1] + 2, :, 3] > 128
    assert np.flatnonzero(blue.any(axis=0))[-1] <= np.flatnonzero(body)[-1] + 3


@pytest.mark.parametrize(("hour", "warm"), [(Hour.night, True), (Hour.noon, False)])
def test_the_windows_of_a_bus_are_lit_by_night(hour, warm):
    bus = ThingIn(id="t", words="bus", look=ThingLook(kind="bus"), distance=Distance.middle)
    driver = one("bus driver", action=Action.drive, facing=Facing.right)
    told = scene(driver, kind=PlaceKind.road, things=(bus,), action=Action.drive, target="t", hour=hour,
                 camera=CameraIn(size=ShotSize.full), sentence="The bus driver drives a bus.")  # fmt: skip
    assert ("lit" in {str(m.value) for m in screen(told)._things["t"].marks}) is warm


@pytest.mark.parametrize("kind", ["flower", "rose"])
def test_the_head_of_a_flower_is_under_both_chins_as_it_is_handed_over(kind):
    held = ThingIn(id="f", words="", look=ThingLook(kind=kind), held=True)
    gives = one(id="a", action=Action.give, side=Side.left, facing=Facing.right, holds=("f",))
    takes = one(id="b", action=Action.take, side=Side.right, facing=Facing.left)
    told = scene(gives, takes, things=(held,), action=Action.give, target="b", sentence="She gives a flower.",
                 camera=CameraIn(size=ShotSize.full))  # fmt: skip
    drawn = screen(told)
    placed = {p.id: p for p in drawn.staging.figures}
    me, other = (Party(placed[i], drawn._players[i], drawn._acting[i]) for i in "ab")
    half = 0.5 * performance(Action.give, "").seconds / me.acting.pace
    ((_, down, share), _) = lays(me, other, "give", half, 4.0)
    assert share > 0.9
    scale = me.player.scale
    top = (
        placed["a"].up
        - down * scale
        + rise(me.player.held[0], me.player.body.height) * me.player.body.height * scale
    )
    assert top < min(p.part("neck", half)[1] for p in (me, other))


def test_both_hands_are_at_what_is_broad_as_it_is_handed_over_one_on_each_side():
    held = ThingIn(id="f", words="", look=ThingLook(kind="cake"), held=True)
    gives = one(id="a", action=Action.give, side=Side.left, facing=Facing.right, holds=("f",))
    takes = one(id="b", action=Action.take, side=Side.right, facing=Facing.left)
    told = scene(gives, takes, things=(held,), action=Action.give, target="b", sentence="She gives a cake.",
                 camera=CameraIn(size=ShotSize.full))  # fmt: skip
    drawn = screen(told)
    placed = {p.id: p for p in drawn.staging.figures}
    me, other = (Party(placed[i], drawn._players[i], drawn._acting[i]) for i in "ab")
    half = 0.48 * performance(Action.give, "").seconds / me.acting.pace
    ((gets, _, _), _), ((has, _, _), _) = (
        lays(other, me, "give", half, 4.0),
        lays(me, other, "give", half, 4.0),
    )
    there, here = other.placed.x + gets * other.player.scale, me.placed.x + has * me.player.scale
    assert there - here > 0.08, "one hand lies over the other"


def _swimmer(**told):
    look = BodyLook(being=Being.octopus, species="octopus")
    return one("octopus", look=look, **told)


def test_who_leaps_out_of_the_water_is_before_the_sky_and_no_palm_stands_in_the_sea():
    ring = ThingIn(id="r", words="", look=ThingLook(kind="ring", stature="tiny"))
    leaps = _swimmer(action=Action.jump)
    told = scene(leaps, kind=PlaceKind.island, things=(ring,), action=Action.jump,
                 sentence="The octopus leaps out of the water.", camera=CameraIn(size=ShotSize.full))  # fmt: skip
    drawn = screen(told)
    assert "trees" not in {layer.piece for layer in drawn.recipe.layers}
    assert drawn.staging.pose.horizon > 0.6 * SIZE[1]
    assert not drawn.staging.things, "and no ring floats there"


def test_the_waterline_of_who_sinks_is_in_the_frame_from_the_first():
    sinks = one(action=Action.swim)
    told = scene(sinks, kind=PlaceKind.harbour, action=Action.swim, sentence="She sinks into the water.",
                 camera=CameraIn(size=ShotSize.full, move=Move.tilt_down))  # fmt: skip
    drawn = screen(told)
    placed = drawn.staging.figures[0]
    assert drawn.path(0.3).at(placed.x, 0.0, placed.depth)[1] < 0.97 * SIZE[1]


def test_the_younger_self_in_mind_is_a_child_in_other_clothes():
    teacher = one("teacher", action=Action.think, look=BodyLook(presents="woman", worn=("glasses",)))
    told = scene(teacher, action=Action.think, sentence="The teacher remembers herself as a young girl.")
    mind = in_mind(told)
    assert mind is not None
    assert mind.figure is not None
    child = mind.figure.look
    assert child.age == "child"
    assert child.dress_colour != teacher.look.dress_colour
    assert child.hair_colour == teacher.look.hair_colour
    assert child.hair == "braids"


def test_a_lamp_held_in_the_water_has_no_glow_that_the_waterline_cuts(monkeypatch):
    nights = []
    true = seen_figures.held_by
    monkeypatch.setattr(
        seen_figures,
        "held_by",
        lambda p, ink, night, t, **k: (nights.append(night), true(p, ink, night, t, **k))[1],
    )
    lamp = ThingIn(id="l", words="", look=ThingLook(kind="lantern"), held=True)
    for action, dark in ((Action.swim, False), (Action.stand, True)):
        nights.clear()
        told = scene(one(action=action, holds=("l",)), kind=PlaceKind.sea, things=(lamp,), action=action,
                     hour=Hour.night, sentence="She is in the waves." if not dark else "")  # fmt: skip
        _drawn(screen(told), 1.0)
        assert (max(nights) > 0.2) is dark


def pushing(kind, far=Distance.middle):
    thing = ThingIn(id="t", words=kind, look=ThingLook(kind=kind), distance=far)
    pushes = one("driver", action=Action.push, facing=Facing.right, gaze="t")
    return screen(scene(pushes, kind=PlaceKind.road, things=(thing,), action=Action.push, target="t",
                        camera=CameraIn(size=ShotSize.full), sentence=f"The driver pushes the {kind}."))  # fmt: skip


def test_a_bus_is_higher_than_who_pushes_it():
    seen = pushing("bus", Distance.far)
    driver, bus = seen.staging.figures[0], seen.staging.things[0]
    pose = seen.staging.pose
    drawn = [p.extent.height * pose.scale(p.depth) for p in (driver, bus)]
    assert drawn[1] > 1.1 * drawn[0]


def test_the_camera_goes_along_with_a_bus_that_is_pushed():
    seen = pushing("bus", Distance.far)
    bus = seen.staging.things[0]
    for share in (0.0, 0.5, 1.0):
        pose, x = seen.path(share * seen.length), bus.walked(share * seen.length, seen.length)
        left, right = (pose.at(x + e, 0.0, bus.depth)[0] for e in (bus.extent.left, bus.extent.right))
        assert 0 < left < right < seen.size[0]


@pytest.mark.parametrize("kind", ["boulder", "barrel"])
def test_hands_that_push_what_is_low_are_on_it(kind):
    seen = pushing(kind)
    driver, thing = seen.staging.figures[0], seen.staging.things[0]
    player = seen._players[driver.id]
    left, right = thing.x + thing.extent.left, thing.x + thing.extent.right
    found = player.body.joints(seen._acted(driver, 2.0), 2.0)
    for name in ("r-wrist", "l-wrist"):
        x, down = found[name]
        assert left - 0.12 < driver.x + x * player.scale < right
        assert driver.up - down * player.scale < thing.up + 0.94 * thing.extent.top


@pytest.mark.parametrize(("manner", "rubs"), [("wipe", True), ("", False)])
def test_who_polishes_has_a_cloth_in_one_hand_and_the_thing_in_the_other(manner, rubs, monkeypatch):
    laid = []
    monkeypatch.setattr(Person, "_cloth", lambda self, canvas, x, y: laid.append((x, y)))
    figure = Figure(BodyLook(), (), Ink(), 3)
    acting = Acting(Action.reach if rubs else Action.hold, Expression.neutral, Facing.right, manner=manner)
    figure.draw(skia.Surface(300, 300).getCanvas(), acting, 1.0, 4.0, lambda _: None)
    assert len(laid) == rubs


@pytest.mark.parametrize("x", [112.0, 120.0, 128.0])
def test_the_cloud_of_a_story_is_on_one_side_all_through_and_on_no_head(x):
    told = scene(one("soldier", action=Action.think), action=Action.think,
                 sentence="The soldier dreams of a castle.")  # fmt: skip
    mind = in_mind(told)
    assert mind is not None
    cloud, frame = Cloud(mind, Ink(), 3, 0), (320, 180)
    listens, body = (x + 70.0, 50.0, 14.0), (x - 12.0, 25.0, x + 12.0, 180.0)
    for way in (-1.0, 1.0):  # whichever way the teller looks
        assert cloud.hangs((x, 40.0), 30.0, way, frame, [listens], body)[0] < 0
    assert cloud.hangs((x, 40.0), 30.0, 1.0, frame, [], body)[0] > 0


def test_no_dial_of_a_cabin_is_behind_a_hip():
    pose = Pose(x=0.0, height=1.4, distance=6.0, focal=600.0, centre=320.0, horizon=180.0)
    place = recipe(PlaceKind.spaceship, True)
    place = place.__class__(**{**vars(place), "layers": (Layer(1.0, "consoles", {}),)})
    (layer,) = cleared(place, [Head(x=1.0, depth=0.0, half=0.25, low=1.5, high=1.8)], pose, 1).layers
    ((middle, half),) = layer.options["avoid"]
    assert middle == pytest.approx(1.0 * pose.scale(0.0) / pose.scale(1.0))
    assert half > 0.9


def test_who_falls_over_something_in_a_train_falls_over_luggage():
    assert not any("bucket" in told for told in troubled(["{hero} <trip> over (a bucket)"], "train"))
