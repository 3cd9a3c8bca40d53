"""Who sits has something under it, or the ground; who is wiped is seen with who wipes."""

from __future__ import annotations

import math
from dataclasses import replace

import numpy as np
import pytest
import skia
from test_animatic_performing import figure, shot, thing

from photoplay.render.animatic import covers
from photoplay.render.animatic.blocking import Extent, Placed
from photoplay.render.animatic.camera import Pose
from photoplay.render.animatic.cheek import head_at
from photoplay.render.animatic.clearing import cleared, stepped_aside
from photoplay.render.animatic.figures.being import _SNOW_SINKS, _settled
from photoplay.render.animatic.figures.being import Being as BeingBody
from photoplay.render.animatic.figures.creature import Scene
from photoplay.render.animatic.figures.seats import stool
from photoplay.render.animatic.figures.species import SPECIES
from photoplay.render.animatic.figures.variants import told_apart
from photoplay.render.animatic.headroom import Head, behind
from photoplay.render.animatic.ink import Ink, rgb
from photoplay.render.animatic.places.recipes import recipe
from photoplay.render.animatic.screen import Screen
from photoplay.storyboard.looks import BodyLook, ThingLook
from photoplay.storyboard.picture import FigureIn, Picture, ThingIn
from photoplay.storyboard.vocabulary import Action, Age, Being, Dress, Facing, PlaceKind, ShotSize, Side

SIZE = (320, 180)


def sits(sentence: str, kind: str) -> Picture:
    told = shot(Action.sit, figure("a", Action.sit), target="it", things=(thing("it", kind),))
    outside = told.place.model_copy(update={"look": told.place.look.model_copy(update={"interior": False})})
    return told.model_copy(update={"sentence": sentence, "place": outside})


@pytest.mark.parametrize("kind", ["flower", "tree", "well"])
def test_who_sits_down_beside_something_under_the_sky_sits_on_the_ground(kind: str) -> None:
    screen = Screen(sits(f"She sits down beside the {kind}.", kind), SIZE, 5, 4.0)
    assert screen._acting["a"].manner == "ground"


def test_who_sits_on_something_is_not_on_the_ground() -> None:
    assert Screen(sits("She sits on the stone.", "stone"), SIZE, 5, 4.0)._acting["a"].manner != "ground"


@pytest.mark.parametrize("size", [ShotSize.two_shot, ShotSize.medium, ShotSize.medium_close])
def test_who_is_wiped_is_seen_whole_with_who_wipes(size: ShotSize) -> None:
    pair = figure("a", Action.reach), figure("b", Action.stand)
    told = shot(Action.reach, *pair, target="b", size=size)
    told = told.model_copy(update={"sentence": "She wipes the dust off the robot."})
    assert Screen(told, SIZE, 5, 4.0).picture.camera.size is ShotSize.full


def being(name: str, kind: Being, species: str, action: Action = Action.stand) -> FigureIn:
    return figure(name, action).model_copy(update={"look": BodyLook(being=kind, species=species)})


@pytest.mark.parametrize("seconds", [0.4, 1.5, 3.6])
def test_who_goes_up_a_ladder_with_twigs_for_arms_has_one_at_each_rail(
    seconds: float, monkeypatch: pytest.MonkeyPatch
) -> None:
    climber = being("a", Being.creature, "snowman", Action.climb)
    told = shot(Action.climb, climber, target="it", things=(thing("it", "ladder"),))
    screen = Screen(told.model_copy(update={"sentence": "The snowman climbs a ladder."}), SIZE, 5, 4.0)
    seen: list[Scene] = []
    monkeypatch.setattr(BeingBody, "paint", lambda self, canvas, scene: seen.append(scene))
    screen.draw(skia.Surface(*SIZE).getCanvas(), seconds, screen.path(seconds))
    body = screen._players["a"].body._body
    assert isinstance(body, BeingBody)
    left, right = (body.on_rail(seen[-1], side) for side in (-1, 1))
    assert left is not None, "they are at the ladder"
    assert right is not None
    assert left[0] < -0.25 < 0.25 < right[0], "at its rails, beside the body"


def test_who_hugs_a_tree_has_the_breast_at_its_trunk() -> None:
    told = shot(Action.hug, figure("a", Action.hug), target="it", things=(thing("it", "tree"),))
    screen = Screen(told.model_copy(update={"sentence": "She hugs the tree."}), SIZE, 5, 4.0)
    who, tree = screen.staging.figures[0], screen.staging.things[0]
    assert abs(who.x - tree.x) < 0.12 * tree.extent.width
    assert abs(who.depth - tree.depth) < 0.1, "and not in the air before it"


@pytest.mark.parametrize("action", [Action.hug, Action.talk])
def test_a_tree_that_lives_is_seen_to_its_crown_with_who_is_at_it(action: Action) -> None:
    pair = figure("a", action), being("b", Being.plant, "tree")
    told = shot(action, *pair, target="b", size=ShotSize.full)
    staging = Screen(told.model_copy(update={"sentence": "She is with the tree."}), SIZE, 5, 4.0).staging
    tree = next(p for p in staging.figures if p.id == "b")
    assert staging.pose.at(tree.x, tree.up + tree.extent.top, tree.depth)[1] > 0


def test_who_hugs_a_snowman_is_before_its_twigs() -> None:
    pair = figure("a", Action.hug), being("b", Being.creature, "snowman")
    told = shot(Action.hug, *pair, target="b").model_copy(update={"sentence": "She hugs the snowman."})
    placed = {p.id: p for p in Screen(told, SIZE, 5, 4.0).staging.figures}
    assert placed["a"].depth < placed["b"].depth


def test_who_hugs_a_robot_is_before_its_arm() -> None:
    pair = figure("a", Action.hug), being("b", Being.robot, "robot")
    told = shot(Action.hug, *pair, target="b").model_copy(update={"sentence": "She hugs the robot."})
    placed = {p.id: p for p in Screen(told, SIZE, 5, 4.0).staging.figures}
    assert placed["a"].depth < placed["b"].depth


def test_the_lowest_ball_of_a_snowman_that_sits_is_broad_and_flat_on_the_ground() -> None:
    ball = _settled(1.0)
    box = ball.getBounds()
    assert abs(box.bottom() + _SNOW_SINKS) < 0.02
    assert box.width() > 1.8 * box.height()
    assert ball.contains(0.25, box.bottom() - 0.03), "flat below, not round"


def test_who_comes_to_a_boat_in_the_water_is_before_its_side() -> None:
    swimmer = being("b", Being.octopus, "octopus").model_copy(update={"side": Side.right})
    told = shot(
        Action.reach, figure("a", Action.reach), swimmer, target="b", place=PlaceKind.sea, size=ShotSize.full
    )
    screen = Screen(told.model_copy(update={"sentence": "The sailor touches the octopus."}), SIZE, 5, 4.0)
    assert screen.aboard
    order = [laid.name for laid in screen._entities(1.0, screen.path(1.0), 1.0, False)]
    assert order.index("b") > len(order) - 1 - order[::-1].index("boat")


def test_a_swimmers_head_is_clear_of_who_swims_ahead() -> None:
    pair = figure("a", Action.swim), figure("b", Action.swim, Side.right)
    told = shot(Action.swim, *pair, target="b", place=PlaceKind.lake, size=ShotSize.full)
    told = told.model_copy(update={"sentence": "The woman swims with the man."})
    placed = sorted(Screen(told, SIZE, 5, 4.0).staging.figures, key=lambda p: p.x)
    rear, front = placed if placed[0].facing is Facing.right else placed[::-1]
    way = 1.0 if front.x > rear.x else -1.0
    tail = front.extent.left if way > 0 else front.extent.right
    assert way * (front.x + tail - rear.x - rear.extent.face_x) > rear.extent.face


@pytest.mark.parametrize("facing", [Facing.left, Facing.right])
def test_who_plays_the_piano_sits_at_the_end_at_which_its_keys_are(facing: Facing) -> None:
    plays = figure("a", Action.play, Side.centre, facing)
    told = shot(Action.play, plays, target="it", things=(thing("it", "piano"),), size=ShotSize.full)
    screen = Screen(told.model_copy(update={"sentence": "She plays the piano."}), SIZE, 5, 4.0)
    who, piano = screen.staging.figures[0], screen.staging.things[0]
    assert piano.facing is who.facing, "its keys are drawn behind it"
    assert (piano.x > who.x) is (who.facing is Facing.right)
    joints = screen._players["a"].body.joints(screen._acted(who, 2.0), 2.0)
    assert -joints["r-hip"][1] < 0.4 * screen._players["a"].body.height, "and sits"


@pytest.mark.parametrize("age", [Age.child, Age.adult])
@pytest.mark.parametrize("seconds", [0.5, 2.0, 3.6])
def test_the_hands_of_who_is_helped_up_meet(age: Age, seconds: float) -> None:
    low = figure("b", Action.stand, Side.right, Facing.left)
    low = low.model_copy(update={"look": low.look.model_copy(update={"age": age})})
    told = shot(Action.reach, figure("a", Action.reach), low, target="b", size=ShotSize.full)
    screen = Screen(told.model_copy(update={"sentence": "The woman helps the child up."}), SIZE, 5, 4.0)
    hands = []
    for placed in screen.staging.figures:
        joints = screen._players[placed.id].body.joints(screen._acted(placed, seconds), seconds)
        hands.append([(placed.x + joints[n][0], -joints[n][1]) for n in ("r-wrist", "l-wrist")])
    assert min(math.dist(a, b) for a in hands[0] for b in hands[1]) < 0.3


def test_no_peak_of_a_cap_is_in_the_glass_of_a_spacesuit() -> None:
    pair = figure("a", Action.talk), figure("b", Action.stand, Side.right, Facing.left)
    told = shot(Action.talk, *pair, target="b", size=ShotSize.full)
    told = told.model_copy(update={"sentence": "The engineer whispers to the astronaut."})
    halves = []
    for dress in (Dress.coat, Dress.spacesuit):
        look = pair[1].look.model_copy(update={"dress": dress})
        screen = Screen(
            told.model_copy(update={"figures": (pair[0], pair[1].model_copy(update={"look": look}))}),
            SIZE,
            5,
            4.0,
        )
        other = next(p for p in screen.staging.figures if p.id == "b")
        head = head_at(other, screen._players["b"], screen._acting["b"], 2.0)
        assert head is not None
        halves.append(head.half)
    assert halves[1] > 1.5 * halves[0], "as wide as its glass, to which others keep away"


def hidden(sentence: str, *things: ThingIn) -> Picture:
    told = shot(Action.hide, figure("a", Action.hide), target=things[0].id if things else None, things=things)
    return told.model_copy(update={"sentence": sentence})


def test_a_low_cover_stands_before_the_boots_of_who_hides_behind_it() -> None:
    surface = skia.Surface(200, 200)
    canvas = surface.getCanvas()
    canvas.translate(100, 150)
    canvas.scale(100, 100)
    covers.draw(canvas, Ink(0.01), hidden("The captain hides behind a chest."), 0.0)
    rows = np.flatnonzero(surface.toarray()[..., 3].max(axis=1))
    assert (rows.max() - 150) / 100 > 0.035, "nearer than any shoe"
    assert (150 - rows.min()) / 100 > 0.45, "and as high as before"


def test_who_builds_a_raft_is_at_it_and_nobody_stands_before_it() -> None:
    three = [figure(i, Action.work if i == "a" else Action.stand, side) for i, side in
             zip("abc", (Side.left, Side.centre, Side.right), strict=True)]  # fmt: skip
    told = shot(Action.work, *three, target="it", things=(thing("it", "raft"),), place=PlaceKind.river,
                size=ShotSize.full)  # fmt: skip
    staging = Screen(told.model_copy(update={"sentence": "They build the raft."}), SIZE, 5, 4.0).staging
    raft, people = staging.things[0], {p.id: p for p in staging.figures}
    assert abs(raft.depth - people["a"].depth) < 0.2, "and not far off in the river"
    for one in ("b", "c"):
        assert abs(people[one].x - raft.x) > 0.5 * raft.extent.width
    for x in (raft.x + raft.extent.left, raft.x + raft.extent.right):
        assert 0 <= staging.pose.at(x, 0.0, raft.depth)[0] <= SIZE[0], "all of it is seen"


@pytest.mark.parametrize("x", [-0.6, 0.0, 0.4])
def test_a_mast_far_off_steps_aside_of_a_head(x: float) -> None:
    pose = Screen(shot(Action.stand, figure("a", Action.stand)), SIZE, 5, 4.0).staging.pose
    head = Head(x=pose.x, depth=0.0, half=0.2, low=1.3, high=1.8)
    boat = Placed("it", pose.x + x, 3.0, 0.0, Extent(-1.2, 1.2, 2.4), Facing.camera)
    moved = stepped_aside([boat], [head], pose)[0]
    middle, room = behind(head, 3.0, pose, 0.0)
    assert abs(moved.x - middle) > room
    crowd = [Head(x=pose.x + k / 2, depth=0.0, half=0.3, low=1.3, high=1.8) for k in range(-12, 13)]
    assert stepped_aside([boat], crowd, pose)[0].x == boat.x
    assert abs(stepped_aside([boat], crowd, pose, {"it"})[0].x - pose.x) > 20, "nobody speaks of it"
    row = [replace(head, x=pose.x + at) for at in (-0.5, 0.9)]
    raft = stepped_aside([boat], row, pose, {"it"})[0]
    for one in row:
        middle, room = behind(one, 3.0, pose, 1.2)
        assert abs(raft.x - middle) > room, "with all of its breadth"


@pytest.mark.parametrize(
    ("action", "sentence", "kind"),
    [(Action.open, "The cat opens the box.", "box"), (Action.reach, "She wipes the statue.", "statue")],
)
def test_no_insert_cuts_a_lid_or_who_wipes(action: Action, sentence: str, kind: str) -> None:
    does = figure("a", action)
    if action is Action.open:
        does = being("a", Being.quadruped, "cat", action)
    told = shot(action, does, target="it", things=(thing("it", kind),), size=ShotSize.insert)
    camera = told.camera.model_copy(update={"focus": "it"})
    told = told.model_copy(update={"sentence": sentence, "camera": camera})
    assert Screen(told, SIZE, 5, 4.0).picture.camera.size is ShotSize.full


@pytest.mark.parametrize("kind", ["sofa", "armchair"])
def test_nobody_is_seen_between_the_cushions_of_what_hides_them(kind: str) -> None:
    surface = skia.Surface(200, 200)
    canvas = surface.getCanvas()
    canvas.translate(100, 150)
    canvas.scale(120, 120)
    covers.draw(canvas, Ink(0.01), hidden(f"The girl hides behind the {kind}."), 0.0)
    alpha = surface.toarray()[..., 3] > 200
    middle = np.flatnonzero(alpha[:, 112])
    assert (np.diff(middle) == 1).all()
    for row in range(middle.min() + 12, middle.max() - 12, 4):
        assert (np.diff(np.flatnonzero(alpha[row])) == 1).all(), row


def test_a_red_shirt_near_the_colour_of_the_skin_stays_a_red_shirt() -> None:
    told = told_apart(BodyLook(skin="#b07a52", dress_colour="#c2543f", dress=Dress.shirt))
    red, green, blue = rgb(told.dress_colour)
    assert red > 2.5 * max(green, blue), "paler it would be a bare chest"
    assert math.dist(rgb(told.dress_colour), rgb(told.skin)) > 70


def test_what_lies_on_the_floor_is_beside_who_sits() -> None:
    pair = figure("a", Action.sit), figure("b", Action.sit, Side.right)
    told = shot(Action.sit, *pair, target="b", things=(thing("it", "books"),))
    told = told.model_copy(update={"sentence": "The nurse sits beside the boy."})
    staging = Screen(told, SIZE, 5, 4.0).staging
    books = next(t for t in staging.things if t.id == "it")
    for p in staging.figures:
        assert abs(books.middle[0] - p.middle[0]) > 0.29 * p.tall + 0.5 * books.extent.width


def test_a_horse_is_strong_and_a_crystal_in_a_cave_is_behind_nobody() -> None:
    assert SPECIES["horse"]["depth"] > 0.5
    assert SPECIES["horse"]["leg"] < 0.6
    pose = Pose(x=0.0, height=1.4, distance=6.0, focal=600.0, centre=320.0, horizon=180.0)
    cave = cleared(recipe(PlaceKind.cave, True), [Head(0.0, 0.0, 0.3, 0.5, 1.0)], pose, 1)
    assert next(la for la in cave.layers if la.piece == "crystals").options["avoid"]


def test_nobody_who_points_at_somebody_has_a_finger_at_a_throat() -> None:
    pair = figure("a", Action.point), figure("b", Action.stand, Side.right, Facing.left)
    told = shot(Action.point, *pair, target="b").model_copy(update={"sentence": "She points at the baker."})
    screen = Screen(told, SIZE, 5, 4.0)
    placed = {p.id: p for p in screen.staging.figures}
    hand = screen._players["a"].body.hand(screen._acted(placed["a"], 2.0), 2.0)
    assert placed["b"].x + placed["b"].extent.left - placed["a"].x - hand[0] > 0.3


def test_nothing_is_seen_under_a_painting_that_somebody_hides_behind() -> None:
    surface = skia.Surface(200, 200)
    canvas = surface.getCanvas()
    canvas.translate(80, 150)
    canvas.scale(100, 100)
    covers.draw(canvas, Ink(), hidden("The thief hides behind the painting."), 0.0)
    seen = surface.toarray()[..., 3] > 200
    rows = np.flatnonzero(seen[:, 90])
    assert rows.min() > 150 - 60, "head and eyes are over its upper edge"
    assert rows.max() > 150, "it stands on the ground"
    assert seen[rows.min() : rows.max(), 67:113].all(), "no legs are seen between those of an easel"


def test_who_hides_behind_the_story_s_own_thing_hides_behind_it_as_it_looks() -> None:
    red = ThingIn(id="it", words="red painting", look=ThingLook(kind="painting", colour="#d01010"))
    told = covers.covered(hidden("The thief hides behind the painting.", red))
    assert told.target is None, "it stands nowhere else"
    surface = skia.Surface(200, 200)
    canvas = surface.getCanvas()
    canvas.translate(80, 150)
    canvas.scale(100, 100)
    covers.draw(canvas, Ink(), told, 0.0)
    assert (
        np.asarray(surface.toarray(colorType=skia.kRGBA_8888_ColorType))[..., :3] == (0xD0, 0x10, 0x10)
    ).all(-1).sum() > 200
    assert not Screen(told, SIZE, 5, 4.0).staging.things


def test_no_head_that_bows_lies_over_what_it_bows_to() -> None:
    painting = thing("it", "painting").model_copy(update={"side": Side.centre})
    bows = figure("a", Action.kneel, Side.left)
    told = shot(Action.kneel, bows, target="it", things=(painting,), size=ShotSize.full)
    screen = Screen(told.model_copy(update={"sentence": "She bows to the painting."}), SIZE, 5, 4.0)
    (one,), (it,) = screen.staging.figures, screen.staging.things
    side = 1.0 if it.x > one.x else -1.0
    assert side * (it.x - one.x) - 0.5 * it.extent.width > max(
        side * one.extent.left, side * one.extent.right
    )


def test_who_brings_something_to_a_thing_stops_before_it() -> None:
    painting, rose = thing("it", "painting"), thing("rose", "rose", held=True)
    brings = figure("a", Action.walk, Side.left, holds=("rose",))
    told = shot(Action.walk, brings, target="rose", things=(rose, painting), size=ShotSize.full)
    screen = Screen(told.model_copy(update={"sentence": "She brings the painting a rose."}), SIZE, 5, 4.0)
    (one,), (it,) = screen.staging.figures, screen.staging.things
    assert one.walked(3.9, 4.0) < it.x + it.extent.left
    assert screen._acted(one, 3.9).action is Action.hold
    assert screen._acted(one, 0.4).action is Action.walk


def test_a_stool_stands_out_on_both_sides_under_who_sits() -> None:
    """Narrower, it was one stick under a coat, and its sitter on nothing."""
    surface = skia.Surface(200, 200)
    canvas = surface.getCanvas()
    canvas.translate(100, 180)
    canvas.scale(200, 200)
    stool(canvas, Ink(), 0.0, 0.5)
    rows, columns = np.nonzero(surface.toarray()[..., 3])
    seat = columns[rows < 180 - 0.2 * 200]
    assert seat.max() - seat.min() >= 0.34 * 200
    assert abs((seat.max() + seat.min()) / 2 - 100) < 3
