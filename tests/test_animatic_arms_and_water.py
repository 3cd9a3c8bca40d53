"""Arms under what is polished, and bodies in the water: what hangs at the hip, and how children swim."""

from __future__ import annotations

import math

import numpy as np
import pytest
import skia
from test_costume import cast

from photoplay.render.animatic.blocking import Extent
from photoplay.render.animatic.figures import Figure
from photoplay.render.animatic.figures.acting import Acting
from photoplay.render.animatic.figures.person import Person
from photoplay.render.animatic.ink import Ink
from photoplay.render.animatic.places.recipes import recipe
from photoplay.render.animatic.players import measured
from photoplay.render.animatic.screen import Screen
from photoplay.render.animatic.spacing import waterline
from photoplay.render.animatic.wading import waded
from photoplay.storyboard.lexicon import costume
from photoplay.storyboard.looks import BodyLook, PlaceLook
from photoplay.storyboard.picture import CameraIn, FigureIn, Picture, PlaceIn
from photoplay.storyboard.vocabulary import Action, Being, Dress, Expression, Facing, PlaceKind, ShotSize


@pytest.mark.parametrize("facing", [Facing.left, Facing.right])
@pytest.mark.parametrize("noun", ["king", "boy", "soldier"])
def test_the_forearms_of_who_polishes_come_from_below_what_is_held(noun: str, facing: Facing) -> None:
    look = cast(noun)
    person = Person(look, (), Ink(), 3, {"plan": "person"}, costume(noun, "", look))
    bones = person._drawn(Acting(Action.reach, Expression.neutral, facing, manner="wipe"), 1.0)
    side = 1 if facing is Facing.right else -1
    ahead = max(bones.arms, key=lambda arm: side * arm.end.x)
    forearm = math.dist(ahead.middle.at, ahead.end.at)
    assert forearm > 0.1, f"the sleeve of the {noun} is a balloon behind the hand: {forearm}"


def test_the_letters_in_the_bag_of_a_postman_are_under_the_water() -> None:
    look = cast("postman")
    acting = Acting(Action.reach, Expression.neutral, Facing.left)
    seen = []
    for pieces in (("letter bag",), ()):
        surface = skia.Surface(300, 300)
        canvas = surface.getCanvas()
        canvas.translate(150, 290)
        body = Figure(look, (), Ink(), 3, pieces)
        canvas.scale(240 / body.height, 240 / body.height)
        body.draw(canvas, acting, 1.0, 3.0, None)
        seen.append(surface.toarray()[..., :3].astype(int))
    white = (np.abs(seen[0] - seen[1]).max(axis=2) > 20) & (seen[0].min(axis=2) > 220)
    top = (290 - np.flatnonzero(white.any(axis=1))[0]) / 240 * body.height
    extent, _ = measured(body, acting, 3.0)
    figure = FigureIn(id="a", noun="postman", words="", look=look, action=Action.reach)
    assert waterline(figure, extent, True) > top + 0.04, "they show between the waves"


@pytest.mark.parametrize("noun", ["boy", "girl"])
def test_the_hands_of_a_child_that_swims_come_out_under_its_chin(noun: str) -> None:
    person = Person(cast(noun), (), Ink(), 3, {"plan": "person"}, ())
    acting = Acting(Action.swim, Expression.neutral, Facing.right)
    ahead = 0.0
    for k in range(12):
        bones = person._drawn(acting, k / 8)
        for arm in bones.arms:
            ahead = max(ahead, arm.tip.x - bones.head.x)
            if arm.tip.x > bones.head.x:
                assert arm.tip.y > bones.head.y + 0.25 * person.body.head, "a hand grows out of the face"
    assert ahead > 0.5 * person.body.head, "the head hides both hands"


@pytest.mark.parametrize("noun", ["boy", "girl", "man", "grandmother"])
def test_an_arm_of_who_swims_reaches_ahead_or_comes_over_the_water_at_all_times(noun: str) -> None:
    person = Person(cast(noun), (), Ink(), 0, {"plan": "person"}, ())
    acting = Acting(Action.swim, Expression.neutral, Facing.right)
    over = 0
    for k in range(18):
        bones = person.bones(acting, k / 12)
        root = min(arm.root.y for arm in bones.arms)
        assert any(arm.tip.y < root + 0.1 for arm in bones.arms), "no arm is seen"
        over += any(arm.tip.y < root - 0.15 and arm.tip.x < bones.head.x for arm in bones.arms)
    assert over >= 5, "they come back under the water"


def test_a_man_that_swims_has_a_bare_chest() -> None:
    person = Person(cast("man").model_copy(update={"dress": Dress.none}), (), Ink(), 3)
    assert person.wardrobe.top == person.look.skin


def test_a_girl_that_swims_is_no_head_on_the_water_with_a_bow_on_it() -> None:
    extent = Extent(-0.5, 0.5, 1.0, eyes=0.6, face=0.2)
    figure = FigureIn(id="a", noun="girl", words="", look=cast("girl"), action=Action.swim)
    assert 0.25 < waterline(figure, extent) < 0.3, "its trunk hovers over the waves, or is not seen"


def test_who_is_helped_up_sits_with_its_knees_drawn_up_and_its_feet_together() -> None:
    person = Person(cast("boy"), (), Ink(), 3, {"plan": "person"}, ())
    bones = person.bones(Acting(Action.rise, Expression.sad, Facing.right, manner="helped"), 0.1)
    near, far = bones.legs
    assert math.dist(near.end.at, far.end.at) < 0.05, "two shoes apart from each other"
    assert min(near.middle.y, far.middle.y) < bones.hip.y + 0.02
    assert max(near.end.x, far.end.x) - bones.hip.x < 0.3, "they lie at the feet of who helps"


def test_a_grown_up_swims_in_the_water_and_not_on_it() -> None:
    extent = Extent(-0.7, 1.0, 0.87, eyes=0.594, face=0.168)
    figure = FigureIn(id="a", noun="grandmother", words="", look=cast("grandmother"), action=Action.swim)
    assert 0.38 < waterline(figure, extent) < 0.594 - 0.168, "the back is under water, and the chin over it"


def test_who_shouts_in_the_waves_is_seen_with_its_shoulders() -> None:
    extent = Extent(-0.4, 0.4, 2.1, eyes=1.777, face=0.209)
    figure = FigureIn(id="a", noun="postman", words="", look=cast("postman"), action=Action.talk)
    assert waterline(figure, extent) < 1.777 - 1.9 * 0.209, "a head on a thin neck"


def test_an_octopus_that_hides_has_its_arms_about_it() -> None:
    def width(action: Action) -> float:
        look = BodyLook(being=Being.octopus, species="octopus")
        body = Figure(look, (), Ink(), 3, ())
        extent, _ = measured(body, Acting(action, Expression.neutral, Facing.right), 3.0)
        return extent.width / extent.top

    assert width(Action.hide) < 0.85 * width(Action.look)


def scene(sentence: str, figure: FigureIn, size: ShotSize) -> Picture:
    place = PlaceIn(id="place", words="", look=PlaceLook(kind=PlaceKind.shore))
    camera = CameraIn(size=size)
    return Picture(
        sentence=sentence,
        actor=figure.id,
        action=figure.action,
        place=place,
        figures=(figure,),
        camera=camera,
    )


def test_no_posts_stand_behind_the_fin_of_a_mermaid() -> None:
    look = BodyLook(being=Being.person, species="mermaid")
    mermaid = FigureIn(id="m", noun="mermaid", words="", look=look, action=Action.sit)
    beach = recipe(PlaceKind.shore, False)
    assert any(la.piece == "posts" for la in beach.layers)
    told = scene("The mermaid sits on the shore.", mermaid, ShotSize.full)
    assert not any(la.piece == "posts" for la in waded(beach, told).layers)


@pytest.mark.parametrize("size", [ShotSize.medium, ShotSize.medium_full, ShotSize.full, ShotSize.wide])
def test_no_boat_is_cut_off_above_its_water_line(size: ShotSize) -> None:
    rower = FigureIn(id="a", noun="postman", words="", look=cast("postman"), action=Action.row)
    found = Screen(scene("The postman rows over the sea.", rower, size), (320, 180), 3, 4.0).staging
    placed = found.figures[0]
    assert found.pose.at(placed.x, -0.25, placed.depth)[1] < 180
    assert found.pose.at(placed.x, placed.up + placed.extent.top, placed.depth)[1] > 0, "and no head is cut"


@pytest.mark.parametrize(
    "size", [ShotSize.extreme_close, ShotSize.close, ShotSize.medium_close, ShotSize.medium]
)
@pytest.mark.parametrize("noun", ["postman", "boy"])
def test_the_water_is_in_the_frame_of_who_is_up_to_the_shoulders_in_it(noun: str, size: ShotSize) -> None:
    shouts = FigureIn(id="a", noun=noun, words="", look=cast(noun), action=Action.talk)
    found = Screen(scene(f"The {noun} shouts in the waves.", shouts, size), (320, 180), 3, 4.0).staging
    placed = found.figures[0]
    assert placed.sunk
    assert found.pose.at(placed.x, 0.0, placed.depth)[1] < 180
    assert found.pose.at(placed.x, placed.up + placed.extent.top, placed.depth)[1] > 0, "and the whole head"


@pytest.mark.parametrize("size", [ShotSize.close, ShotSize.medium_close, ShotSize.full])
@pytest.mark.parametrize("noun", ["woman", "boy"])
def test_the_water_is_in_the_frame_of_who_swims(noun: str, size: ShotSize) -> None:
    swims = FigureIn(id="a", noun=noun, words="", look=cast(noun), action=Action.swim)
    found = Screen(scene(f"The {noun} swims.", swims, size), (320, 180), 3, 4.0).staging
    placed = found.figures[0]
    assert found.pose.at(placed.x, 0.0, placed.depth)[1] < 170
