"""Heads that meet: what is on a face stays on it, however the head is turned, leant or bent."""

import numpy as np
import pytest
import skia

from photoplay.render.animatic.blocking import Extent, Placed
from photoplay.render.animatic.figures import bird
from photoplay.render.animatic.figures.acting import Acting
from photoplay.render.animatic.figures.beast_head import BeastHead
from photoplay.render.animatic.figures.figure import Figure
from photoplay.render.animatic.figures.garments import Wardrobe
from photoplay.render.animatic.figures.mood import Mood, mood
from photoplay.render.animatic.figures.species import SPECIES
from photoplay.render.animatic.ink import Ink
from photoplay.render.animatic.meeting import Meeting
from photoplay.render.animatic.noses import nose_to_nose
from photoplay.render.animatic.screen import Screen
from photoplay.storyboard.looks import BodyLook, PlaceLook
from photoplay.storyboard.picture import CameraIn, FigureIn, Picture, PlaceIn
from photoplay.storyboard.vocabulary import (
    Action,
    Age,
    Being,
    Dress,
    Expression,
    Facing,
    Hat,
    PlaceKind,
    ShotSize,
    Side,
)

SIDE = 300
RESTING: Mood = mood(Acting(Action.stand, Expression.neutral, Facing.right), 0.5, 3)


def front_of(species: str, turn: float, **without: object) -> float:
    """Head sizes ahead of its middle to which ink of a head goes that is turned so far."""
    row = {**SPECIES[species], **without}
    look = BodyLook(being=Being.quadruped, species=species, coat_colour="#604020")
    surface = skia.Surface(SIDE, SIDE)
    canvas = surface.getCanvas()
    canvas.translate(SIDE / 2, SIDE / 2)
    canvas.scale(100, 100)
    BeastHead(look, "#604020", (), Ink(), row).draw(canvas, turn, RESTING, 0.5)
    ink = surface.toarray(colorType=skia.kRGBA_8888_ColorType)[..., 3] > 40
    return float((np.flatnonzero(ink.any(axis=0))[-1] - SIDE / 2) / 100)


@pytest.mark.parametrize("species", ["beaver", "mouse", "hare"])
def test_from_the_side_no_whisker_stands_out_before_the_nose(species):
    assert front_of(species, 66.0) == pytest.approx(front_of(species, 66.0, whiskers=0), abs=0.011)


def test_the_whiskers_of_a_cat_seen_from_the_side_are_on_its_own_face():
    assert front_of("cat", 66.0) < 0.56 < front_of("cat", 36.0)


@pytest.mark.parametrize("manner", ["", "nose"])
def test_the_shut_eyes_of_an_owl_end_within_its_face(manner):
    look = BodyLook(being=Being.bird, species="owl", coat_colour="#b09070")
    figure = Figure(look, (), Ink(), 3)
    surface = skia.Surface(SIDE, SIDE)
    canvas = surface.getCanvas()
    canvas.translate(SIDE / 2, 0.85 * SIDE)
    canvas.scale(200 / figure.height, 200 / figure.height)
    acting = Acting(Action.sleep, Expression.happy, Facing.right, manner=manner, level=0.7)
    figure.draw(canvas, acting, 1.5, 4.0)
    pixels = surface.toarray(colorType=skia.kRGBA_8888_ColorType).astype(int)
    lashes = (pixels[..., :3].max(axis=2) < 60) & (pixels[..., 3] > 200)
    assert lashes.any()
    outside = pixels[..., 3] < 60
    rows, columns = np.nonzero(lashes)
    for row, column in zip(rows, columns, strict=True):
        assert not outside[row, column - 3 : column + 4].any()


CHILD = BodyLook(age=Age.child, presents="woman", dress=Dress.dress, hair="curly")


@pytest.mark.parametrize("t", [0.1, 0.4, 0.7])
def test_the_hands_of_a_child_that_cheers_are_beside_its_hair(t):
    figure = Figure(CHILD, (), Ink(), 3)
    joints = figure.joints(Acting(Action.laugh, Expression.happy, Facing.camera, manner="cheer"), t)
    (x, y), half = joints["nose"], figure.head[0]
    for side in ("r-wrist", "l-wrist"):
        wrist = joints[side]
        assert np.hypot(wrist[0] - x, wrist[1] - y) > 1.4 * half
        assert wrist[1] < joints["neck"][1], "thrown up"


def test_the_hand_of_a_child_that_creeps_is_at_its_lips_and_reaches_for_nothing():
    figure = Figure(CHILD, (), Ink(), 3)
    joints = figure.joints(Acting(Action.sneak, Expression.neutral, Facing.right), 0.5)
    (x, y), (half, tall) = joints["nose"], figure.head
    wrist = max((joints["r-wrist"], joints["l-wrist"]), key=lambda at: at[0])
    assert 0.0 < wrist[0] - x < 1.25 * half
    assert y < wrist[1] < y + 1.1 * tall


def test_a_forearm_bent_up_before_a_short_sleeve_is_seen(monkeypatch):
    drawn = []
    puff, hand = Wardrobe._puff, Wardrobe._hand
    monkeypatch.setattr(Wardrobe, "_puff", lambda self, *a: (drawn.append("sleeve"), puff(self, *a))[1])
    monkeypatch.setattr(Wardrobe, "_hand", lambda self, *a: (drawn.append("hand"), hand(self, *a))[1])
    canvas = skia.Surface(SIDE, SIDE).getCanvas()
    figure = Figure(CHILD, (), Ink(), 3)
    figure.draw(canvas, Acting(Action.cry, Expression.sad, Facing.camera), 0.5, 4.0)
    assert drawn == ["sleeve", "hand"] * 2


def nuzzled(being, species):
    """A screen on which an animal nuzzles a standing man, seen from the side."""
    animal = FigureIn(
        id="a", noun=species, words="", look=BodyLook(being=being, species=species), action=Action.hug,
        facing=Facing.right, side=Side.left,
    )  # fmt: skip
    man = FigureIn(
        id="b", noun="man", words="", look=BodyLook(presents="man"), action=Action.stand,
        facing=Facing.left, side=Side.right,
    )  # fmt: skip
    picture = Picture(
        place=PlaceIn(id="p", words="", look=PlaceLook(kind=PlaceKind.meadow)),
        sentence=f"The {species} nuzzles the man.", action=Action.hug, actor="a", target="b",
        figures=(animal, man), things=(), camera=CameraIn(size=ShotSize.full),
    )  # fmt: skip
    return Screen(picture, (320, 180), 1, 4.0)


@pytest.mark.parametrize("species", ["goat", "horse", "dog"])
def test_who_is_nuzzled_has_a_hand_under_the_jaw_of_the_animal(species):
    screen = nuzzled(Being.quadruped, species)
    beast, man = sorted(screen.staging.figures, key=lambda p: p.id)
    assert screen._hands.nuzzled == ("b", "a")
    laid = screen._hands.lays(man, screen._acting["b"], 2.0)
    x = man.x + laid[0][0] * screen._players["b"].scale
    assert beast.x < x < beast.x + beast.extent.right, "at its head"
    assert man.up - laid[0][1] * screen._players["b"].scale < beast.up + beast.extent.eyes, "below its eyes"


def test_a_muzzle_of_a_horse_is_below_the_face_of_who_is_nuzzled_and_before_the_breast():
    """In a plumed helmet, too, which makes somebody taller than a horse that bows."""
    told = nuzzled(Being.quadruped, "horse").picture
    knight = BodyLook(presents="man", dress=Dress.armour, hat=Hat.helmet)
    figures = told.figures[0], told.figures[1].model_copy(update={"look": knight})
    screen = Screen(told.model_copy(update={"figures": figures}), (320, 180), 1, 4.0)
    beast, man = sorted(screen.staging.figures, key=lambda p: p.id)
    level = screen._acting["a"].level * screen._players["a"].body.eyes * screen._players["a"].scale
    assert level < 0.75 * man.extent.eyes
    reach = min(beast.extent.right, beast.extent.face_x + beast.extent.face)
    assert beast.x + reach < man.x + man.extent.face_x - man.extent.face


def test_noses_of_two_beasts_do_not_lie_on_each_other():
    dog, mouse = (
        Placed(i, x, 0.0, 0.0, Extent(-half, half, tall, eyes=0.8 * tall, face=0.2 * tall, face_x=way * half), facing)
        for i, x, half, tall, way, facing in (
            ("dog", 0.0, 0.6, 0.4, 1, Facing.right), ("mouse", 0.9, 0.25, 0.27, -1, Facing.left)
        )
    )  # fmt: skip
    told = nuzzled(Being.quadruped, "dog").picture
    met = nose_to_nose(Meeting("nose", "dog", "mouse"), dog, mouse, told)
    assert met["dog"].x + 0.6 < met["mouse"].x - 0.25


def test_no_arm_of_an_octopus_runs_over_who_it_nuzzles():
    octopus, man = sorted(nuzzled(Being.octopus, "octopus").staging.figures, key=lambda p: p.id)
    assert octopus.x + octopus.extent.right <= man.x + man.extent.left + 0.01


@pytest.mark.parametrize(("left", "right"), [("man", "woman"), ("woman", "man")])
def test_the_arms_of_two_in_an_embrace_do_not_cross_between_them(left, right):
    looks = {"a": BodyLook(presents=left), "b": BodyLook(presents=right)}
    figures = tuple(
        FigureIn(id=i, noun="one", words="", look=looks[i], action=Action.hug, facing=facing, side=side)
        for i, facing, side in (("a", Facing.right, Side.left), ("b", Facing.left, Side.right))
    )
    picture = Picture(
        place=PlaceIn(id="p", words="", look=PlaceLook(kind=PlaceKind.meadow)),
        sentence="One hugs the other.", action=Action.hug, actor="a", target="b", figures=figures, things=(),
        camera=CameraIn(size=ShotSize.full),
    )  # fmt: skip
    screen = Screen(picture, (320, 180), 1, 4.0)
    high = {}
    for placed in screen.staging.figures:
        laid = screen._hands.lays(placed, screen._acting[placed.id], 3.5)
        high[placed.id] = placed.up - laid[0][1] * screen._players[placed.id].scale
    tall, short = ("a", "b") if left == "man" else ("b", "a")
    assert high[tall] > high[short] + 0.1, "from the higher shoulder to the higher hand"
    assert screen._hands.upper_last(3.5) == (short, tall), "and drawn over the other"


def test_a_bird_that_nuzzles_has_no_wing_before_its_face(monkeypatch):
    raised = []
    for manner in ("", "nose"):
        monkeypatch.setattr(bird, "_raised", lambda *a, of=bird._raised: raised.append(of(*a)) or raised[-1])
        figure = Figure(BodyLook(being=Being.bird, species="owl"), (), Ink(), 3)
        acting = Acting(Action.hug, Expression.happy, Facing.right, manner=manner)
        figure.draw(skia.Surface(60, 60).getCanvas(), acting, 1.0, 4.0)
        monkeypatch.undo()
    assert raised[0] > 60.0
    assert raised[-1] == 0.0
