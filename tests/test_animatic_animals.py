"""Animals of the animatic: each is told from another by its face, and lies as animals lie."""

import numpy as np
import pytest
import skia

from photoplay.render.animatic.direction import business
from photoplay.render.animatic.figures.acting import Acting
from photoplay.render.animatic.figures.beast_head import BeastHead
from photoplay.render.animatic.figures.figure import Figure
from photoplay.render.animatic.figures.gaits import gait
from photoplay.render.animatic.figures.mood import mood
from photoplay.render.animatic.figures.performances import performance
from photoplay.render.animatic.figures.quadruped import Quadruped
from photoplay.render.animatic.figures.species import SPECIES
from photoplay.render.animatic.handing import in_hand
from photoplay.render.animatic.ink import Ink
from photoplay.render.animatic.screen import Screen
from photoplay.storyboard.looks import BodyLook, PlaceLook, ThingLook
from photoplay.storyboard.picture import CameraIn, FigureIn, Picture, PlaceIn, ThingIn
from photoplay.storyboard.vocabulary import Action, Being, Expression, Facing, Move, PlaceKind, ShotSize, Side

SIDE, SCALE = 480, 210


def page(paint):
    surface = skia.Surface(SIDE, SIDE)
    canvas = surface.getCanvas()
    canvas.clear(0xFF2040FF)
    paint(canvas)
    return surface.toarray(colorType=skia.kRGBA_8888_ColorType)[..., :3].astype(int)


def head(species, coat="#808080"):
    def paint(canvas):
        canvas.translate(SIDE / 2, SIDE / 2)
        canvas.scale(SCALE, SCALE)
        acting = Acting(Action.stand, Expression.neutral, Facing.right)
        one = BeastHead(BodyLook(species=species), coat, (), Ink(), SPECIES[species])
        one.draw(canvas, 58.0, mood(acting, 0.5, 3), 0.5)

    return page(paint)


def body(species, action, coat="#808080"):
    look = BodyLook(being=Being.creature, species=species, coat_colour=coat)
    figure = Figure(look, (), Ink(), 3)

    def paint(canvas):
        canvas.translate(SIDE / 2, 0.9 * SIDE)
        scale = 0.6 * SIDE / max(figure.width, figure.height)
        canvas.scale(scale, scale)
        figure.draw(canvas, Acting(action, Expression.neutral, Facing.right), 0.5, 4.0)

    return page(paint)


def covered(image, near=20):
    return np.abs(image - image[0, 0]).max(axis=2) > near


def pupils(image):
    """How many runs of columns hold the black of an eye."""
    columns = (np.abs(image - np.array([0x11, 0x0B, 0x09])).max(axis=2) < 8).sum(axis=0) > 2
    return int((np.diff(columns.astype(int), prepend=0) == 1).sum())


def test_a_cat_s_face_is_seen_with_both_eyes_and_no_snout_and_a_dog_s_from_the_side():
    ahead = slice(int(SIDE / 2 + 0.62 * SCALE), None)
    snouts = {kind: covered(head(kind))[:, ahead].sum() for kind in ("cat", "tiger", "dog")}
    assert max(snouts["cat"], snouts["tiger"]) < 0.3 * snouts["dog"]
    assert [pupils(body(kind, Action.stand)) for kind in ("cat", "tiger", "dog")] == [2, 2, 1]


def test_the_beak_of_an_owl_is_short_and_lies_in_its_face():
    image = body("owl", Action.stand, "#808080")
    beak = np.abs(image - np.array([0xEA, 0xA2, 0x38])).max(axis=2) < 12
    beak[int(0.8 * SIDE) :] = False  # its feet are of the same colour
    columns = np.flatnonzero(beak.any(axis=0))
    rows = np.flatnonzero(beak.any(axis=1))
    face = np.flatnonzero(covered(image)[rows[0] : rows[-1]].any(axis=0))
    assert columns[-1] < face[0] + 0.8 * (face[-1] - face[0])


def test_an_animal_that_lies_stretches_its_forepaws_out_before_it():
    socks = SPECIES["fox"]["socks"]
    dark = np.array([int(socks[k : k + 2], 16) for k in (1, 3, 5)])
    lying = np.abs(body("fox", Action.lie, "#d07030") - dark).max(axis=2) < 30
    low = lying[int(0.84 * SIDE) :]
    standing = np.abs(body("fox", Action.stand, "#d07030") - dark).max(axis=2) < 30
    ahead = np.flatnonzero(low.any(axis=0))
    before = np.flatnonzero(standing[int(0.84 * SIDE) :].any(axis=0))
    assert ahead[-1] > before[-1] + 0.08 * SIDE


def mermaid(action, **more):
    look = BodyLook(being=Being.person, species="mermaid")
    return FigureIn(
        id="mira", noun="mermaid", words="", look=look, action=action, facing=Facing.right, **more
    )


def seen(kind, figures, move=Move.static, size=ShotSize.medium):
    place = PlaceIn(id="place", words="", look=PlaceLook(kind=kind, layout=7))
    camera = CameraIn(move=move, size=size)
    picture = Picture(sentence="They act.", actor="mira", place=place, figures=figures, camera=camera)
    return Screen(picture, (160, 90), 3, 4.0)


def test_a_mermaid_is_in_the_water_of_a_shore_and_sits_where_there_is_none():
    ashore = seen(PlaceKind.road, (mermaid(Action.walk),))
    assert ashore._players["mira"].acting.action is Action.stand
    assert ashore.staging.figures[0].extent.top < 0.92 * ashore._players["mira"].body.height
    assert not ashore.staging.figures[0].sunk
    bathing = seen(PlaceKind.shore, (mermaid(Action.walk),))
    assert bathing._players["mira"].acting.action is Action.swim
    assert bathing.staging.figures[0].sunk > 0.1
    postman = FigureIn(id="tom", noun="postman", words="", look=BodyLook(), facing=Facing.left)
    both = seen(PlaceKind.shore, (mermaid(Action.talk), postman))
    assert not any(p.sunk for p in both.staging.figures)
    assert both._players["mira"].acting.low


def test_who_hugs_a_mermaid_on_land_is_at_her_breast_and_not_off_the_end_of_her_tail():
    postman = FigureIn(
        id="tom", noun="postman", words="", look=BodyLook(), action=Action.hug, facing=Facing.left
    )
    place = PlaceIn(id="place", words="", look=PlaceLook(kind=PlaceKind.road, layout=7))
    picture = Picture(
        sentence="The postman hugs the mermaid.", actor="tom", action=Action.hug, target="mira", place=place,
        figures=(postman, mermaid(Action.hug)),
    )  # fmt: skip
    one, other = Screen(picture, (160, 90), 3, 4.0).staging.figures
    assert abs(one.x - other.x) < 0.2 * (one.tall + other.tall)


def test_a_whale_at_a_lighthouse_lies_in_water_before_which_no_fence_stands():
    whale = FigureIn(
        id="mira",
        noun="whale",
        words="",
        look=BodyLook(being=Being.whale, species="whale"),
        action=Action.swim,
    )
    keeper = FigureIn(id="keeper", noun="keeper", words="", look=BodyLook())
    with_whale, without = seen(PlaceKind.lighthouse, (whale,)), seen(PlaceKind.lighthouse, (keeper,))
    placed = with_whale.staging.figures[0]
    assert placed.sunk > 0
    assert not any(la.piece == "fence" for la in with_whale.recipe.layers if la.depth < placed.depth)
    assert placed.sunk * placed.extent.height < 0.1 * placed.extent.eyes, (
        "it bobs with its mouth in the water"
    )
    assert any(la.piece == "fence" for la in without.recipe.layers)


@pytest.mark.parametrize("kind", [PlaceKind.city, PlaceKind.stage])
def test_a_seal_out_of_the_water_lies_on_the_ground(kind):
    look = BodyLook(being=Being.whale, species="seal")
    seal = FigureIn(id="mira", noun="seal", words="", look=look, action=Action.talk, facing=Facing.right)
    placed = seen(kind, (seal,)).staging.figures[0]
    assert abs(placed.up + placed.extent.bottom) < 0.05 * placed.extent.height


def test_an_animal_scratches_where_others_draw_and_holds_its_head_out_where_they_give():
    standing = body("beaver", Action.stand, "#7a4a2a")
    for action in (Action.paint, Action.work, Action.give):
        changed = np.abs(body("beaver", action, "#7a4a2a") - standing).max(axis=2) > 24
        assert changed.mean() > 0.01, action
    gaits = [gait(Acting(Action.paint, Expression.neutral, Facing.right), t, 3) for t in (0.1, 0.3)]
    assert gaits[0].feet[0] != gaits[1].feet[0]


def test_no_birds_fly_on_another_planet():
    assert seen(PlaceKind.desert, (), size=ShotSize.wide)._life._flock
    assert not seen(PlaceKind.planet, (), size=ShotSize.wide)._life._flock


def test_two_snails_fill_the_frame_and_not_the_gate_behind_them():
    def snail(name, side):
        look = BodyLook(being=Being.insect, species="snail", stature="tiny")
        return FigureIn(id=name, noun="snail", words="", look=look, side=side, facing=Facing.camera)

    picture = Picture(
        sentence="One snail looks at the other.",
        actor="mira",
        place=PlaceIn(id="place", words="", look=PlaceLook(kind=PlaceKind.garden, layout=7)),
        figures=(snail("mira", Side.left), snail("tom", Side.right)),
        things=(ThingIn(id="gate", words="", look=ThingLook(kind="gate")),),
        camera=CameraIn(size=ShotSize.full),
    )
    screen = Screen(picture, (320, 180), 3, 4.0)
    pose = screen.staging.pose
    for placed in screen.staging.figures:
        (left, _), (right, _) = (
            pose.at(placed.x + x, placed.up + up, placed.depth)
            for x, up in ((placed.extent.left, placed.extent.top), (placed.extent.right, 0.0))
        )
        assert right - left > 0.2 * 320, "a snail is a speck before a gate"


@pytest.mark.parametrize(("sentence", "box"), [("She gives the cup back.", ""), ("She puts it away.", "box")])
def test_what_is_given_back_to_somebody_is_not_put_into_a_chest(sentence, box):
    giver = FigureIn(
        id="mira", noun="nurse", words="", look=BodyLook(), action=Action.give, holds=("cup",), gaze="tom"
    )
    getter = FigureIn(id="tom", noun="man", words="", look=BodyLook())
    picture = Picture(
        sentence=sentence,
        actor="mira",
        action=Action.give,
        target="cup",
        place=PlaceIn(id="place", words="", look=PlaceLook(kind=PlaceKind.road, layout=7)),
        figures=(giver, getter),
        things=(ThingIn(id="cup", words="", look=ThingLook(kind="cup"), held=True),),
    )
    assert business(picture, giver, Action.give) == box


def rows_of(species, action, moment, manner="", length=4.0, coat="#808080"):
    """Where the page is drawn on at one moment."""
    return covered(moment_of(species, action, moment, manner, length, coat))


def moment_of(species, action, moment, manner="", length=4.0, coat="#808080"):
    """The page at one moment."""
    look = BodyLook(being=Being.creature, species=species, coat_colour=coat)
    figure = Figure(look, (), Ink(), 3)

    def paint(canvas):
        canvas.translate(SIDE / 2, 0.9 * SIDE)
        scale = 0.3 * SIDE / max(figure.width, figure.height)
        canvas.scale(scale, scale)
        acting = Acting(action, Expression.neutral, Facing.right, manner=manner)
        figure.draw(canvas, acting, moment, length)

    return page(paint)


@pytest.mark.parametrize("species", ["dog", "monkey", "crow", "snail", "robot", "mouse"])
def test_a_fall_is_seen_high_at_first_in_the_air_in_the_middle_and_on_the_ground_at_last(species):
    feet = [np.flatnonzero(rows_of(species, Action.fall, t).any(axis=1))[-1] for t in (0.3, 1.6, 3.6)]
    ground = np.flatnonzero(rows_of(species, Action.stand, 0.5).any(axis=1))[-1]
    assert feet[0] < ground - 0.1 * SIDE
    assert feet[0] < feet[1] < ground - 0.01 * SIDE
    assert feet[2] > ground - 0.03 * SIDE
    tops = [
        np.flatnonzero(rows_of(species, a, t).any(axis=1))[0]
        for a, t in ((Action.fall, 3.6), (Action.stand, 0.5))
    ]
    assert tops[0] >= tops[1] - 0.03 * SIDE  # it lies no higher than it stands


@pytest.mark.parametrize("species", ["monkey", "ape", "gorilla"])
def test_a_monkey_stands_on_two_legs_has_ears_at_its_sides_and_hands_before_it(species):
    stands = rows_of(species, Action.stand, 0.5)
    rows, columns = (np.flatnonzero(stands.any(axis=k)) for k in (1, 0))
    assert rows[-1] - rows[0] > 0.9 * (columns[-1] - columns[0])  # a dog is longer than tall
    points = np.flatnonzero(rows_of(species, Action.point, 1.0).any(axis=0))
    assert points[-1] > columns[-1] + 0.03 * SIDE
    for action in (Action.hold, Action.give, Action.push, Action.laugh, Action.sit, Action.look):
        assert (rows_of(species, action, 1.0) ^ stands).sum() > 400, action


@pytest.mark.parametrize("species", ["dog", "bear", "crow", "elephant", "seal", "mouse"])
def test_an_animal_that_points_pushes_or_performs_is_seen_doing_it_in_its_own_way(species):
    seen_as = {a: rows_of(species, a, 1.0) for a in (Action.stand, Action.point, Action.push, Action.perform)}
    drawn = seen_as[Action.stand].sum()
    for action in (Action.point, Action.push, Action.perform):
        assert (seen_as[action] ^ seen_as[Action.stand]).sum() > 0.06 * drawn, action
    two = [moment_of(species, Action.perform, t) for t in (1.0, 1.25)]
    assert (np.abs(two[0] - two[1]).max(axis=2) > 12).sum() > 0.01 * drawn  # the paws, wings or flippers beat


def test_what_an_animal_takes_is_lifted_from_the_ground_in_its_mouth():
    def mouth(t):
        at = []
        figure = Figure(BodyLook(being=Being.quadruped, species="dog"), (), Ink(), 3)
        canvas = skia.Surface(8, 8).getCanvas()
        acting = Acting(Action.take, Expression.neutral, Facing.right)
        figure.draw(canvas, acting, t, 4.0, lambda c: at.append(c.getTotalMatrix().getTranslateY()))
        return -at[0] / figure.height

    assert mouth(0.6) < 0.3 < 0.5 < mouth(3.0)


def test_an_elephant_holds_things_with_its_trunk_ahead_of_its_face():
    at = []
    figure = Figure(BodyLook(being=Being.quadruped, species="elephant"), (), Ink(), 3)
    canvas = skia.Surface(8, 8).getCanvas()
    acting = Acting(Action.hold, Expression.neutral, Facing.right)
    figure.draw(canvas, acting, 0.5, 4.0, lambda c: at.append(c.getTotalMatrix()))
    assert at[0].getTranslateX() > 0.5 * figure.width - 0.1


def test_a_seal_sits_on_the_shore_and_swims_at_sea():
    look = BodyLook(being=Being.whale, species="seal")
    seal = FigureIn(id="mira", noun="seal", words="", look=look, action=Action.talk, facing=Facing.right)
    ashore, at_sea = (seen(kind, (seal,)).staging.figures[0] for kind in (PlaceKind.shore, PlaceKind.sea))
    assert not ashore.up
    assert not ashore.sunk
    assert at_sea.sunk > 0.1


@pytest.mark.parametrize("action", [Action.cry, Action.sleep])
def test_the_face_of_a_dog_that_cries_or_sleeps_is_in_its_close_up(action):
    look = BodyLook(being=Being.quadruped, species="dog")
    dog = FigureIn(id="mira", noun="dog", words="", look=look, action=action, facing=Facing.right)
    screen = seen(PlaceKind.meadow, (dog,), size=ShotSize.close)
    placed = screen.staging.figures[0]
    x, y = screen.staging.pose.at(
        placed.x + placed.extent.face_x, placed.up + placed.extent.eyes, placed.depth
    )
    assert placed.extent.face_x > 0.2  # ahead of the middle of its body
    assert 0.2 * 160 < x < 0.8 * 160
    assert 0.2 * 90 < y < 0.8 * 90


def test_animals_are_as_large_beside_people_as_they_are():
    heights = {
        kind: Figure(BodyLook(being=Being.quadruped, species=kind, stature=stature), (), Ink(), 1).height
        for kind, stature in SIZES
    }
    assert 2.4 < heights["elephant"] < 4.0
    assert 0.9 < heights["bear"] < 1.6
    assert heights["hippo"] < 2.0
    assert heights["monkey"] < 1.0 < heights["gorilla"] < 1.9


SIZES = [
    ("elephant", "giant"),
    ("bear", "large"),
    ("hippo", "giant"),
    ("monkey", "small"),
    ("gorilla", "large"),
]


def test_what_is_handed_to_a_monkey_goes_from_hand_to_hand():
    girl = FigureIn(
        id="ada", noun="girl", words="", look=BodyLook(), action=Action.give, facing=Facing.right, side=Side.left,
        gaze="mira", holds=("hat",),
    )  # fmt: skip
    look = BodyLook(being=Being.creature, species="monkey")
    monkey = FigureIn(
        id="mira", noun="monkey", words="", look=look, action=Action.reach, facing=Facing.left, side=Side.right,
        gaze="ada",
    )  # fmt: skip
    hat = ThingIn(id="hat", words="", look=ThingLook(kind="hat"), held=True)
    picture = Picture(
        sentence="The girl gives the hat to the monkey.", actor="ada", target="mira", action=Action.give,
        place=PlaceIn(id="place", words="", look=PlaceLook(kind=PlaceKind.meadow, layout=7)),
        figures=(girl, monkey), things=(hat,), camera=CameraIn(size=ShotSize.full),
    )  # fmt: skip
    screen = Screen(picture, (160, 90), 3, 5.0)

    def holding(t):
        held = (
            in_hand(p, screen._players, screen.picture, screen._met, t).held for p in screen._players.values()
        )
        return [len(things) for things in held]

    assert holding(0.5) == [1, 0]
    assert holding(4.5) == [0, 1]
    assert all(sum(holding(0.1 * k)) == 1 for k in range(50))


def test_no_star_is_seen_before_an_animal_has_fallen():
    look = BodyLook(being=Being.bird, species="penguin")
    bird = FigureIn(id="mira", noun="penguin", words="", look=look, action=Action.fall, facing=Facing.right)
    for length in (2.0, 4.0, 9.0):
        screen = Screen(seen(PlaceKind.road, (bird,)).picture, (160, 90), 3, length)
        acting, act = screen._acting["mira"], performance(Action.fall)
        assert 0.58 * length * acting.pace / act.seconds < 0.75 < 0.65 * length * acting.pace / act.seconds


@pytest.mark.parametrize(("species", "being"), [("cat", Being.quadruped), ("robot", Being.robot)])
def test_a_jump_goes_up_and_comes_down(species, being):
    """High in the middle of the shot, on the ground early and late, whatever its length."""
    figure = Figure(BodyLook(being=being, species=species), (), Ink(), 2)
    jump = Acting(Action.jump, Expression.happy, Facing.right)

    def above(share: float, seconds: float) -> int:
        surface = skia.Surface(200, 200)
        canvas = surface.getCanvas()
        canvas.translate(100, 180)
        canvas.scale(60, 60)
        figure.draw(canvas, jump, share * seconds, seconds)
        rows = np.flatnonzero(surface.makeImageSnapshot().toarray()[..., 3].any(axis=1))
        return 180 - int(rows.max())

    for seconds in (2.0, 4.5, 7.0):
        assert above(0.5, seconds) > above(0.05, seconds) + 5
        assert above(0.5, seconds) > above(0.95, seconds) + 5


@pytest.mark.parametrize("species", ["fox", "cat", "wolf"])
def test_the_head_of_who_searches_is_ahead_of_its_chest_and_not_between_its_forelegs(species):
    rig = Quadruped(BodyLook(being=Being.quadruped, species=species), (), Ink(), 3, SPECIES[species])
    for t in (0.2, 0.8, 1.5):
        step = gait(Acting(Action.search, Expression.curious, Facing.right), t, 3)
        neck = rig._neck((0.0, -0.7), step)
        ahead, down = neck.top[0] - neck.base[0], neck.top[1] - neck.base[1]
        assert ahead > 1.5 * down
