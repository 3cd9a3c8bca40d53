"""Two who touch keep both faces: heads are beside each other, arms go below or over a face, and nobody's head
is hidden behind whoever stands nearer. Without it a kiss is one head and a hug a hand on an eye."""

from __future__ import annotations

import pytest

from photoplay.render.animatic.cheek import Head, head_at
from photoplay.render.animatic.screen import Screen
from photoplay.storyboard.looks import BodyLook, PlaceLook
from photoplay.storyboard.picture import CameraIn, FigureIn, Picture, PlaceIn
from photoplay.storyboard.vocabulary import Action, Being, Facing, PlaceKind, ShotSize, Side

LENGTH = 4.0
MOMENTS = (0.3, 2.0, 3.6)
OLD = BodyLook(presents="man", age="elder")
SNOWMAN = BodyLook(being=Being.creature, species="snowman")
GOAT = BodyLook(being=Being.quadruped, species="goat")
OCTOPUS = BodyLook(being=Being.octopus, species="octopus")


def two(
    sentence: str,
    other: BodyLook,
    action: Action = Action.hug,
    noun: str = "shepherd",
    kind: PlaceKind = PlaceKind.meadow,
) -> Screen:
    one = FigureIn(
        id="a", noun=noun, words="", look=BodyLook(), action=action, side=Side.left, facing=Facing.right
    )
    met = FigureIn(id="b", noun="other", words="", look=other, side=Side.right, facing=Facing.left)
    picture = Picture(
        sentence=sentence,
        actor="a",
        action=action,
        target="b",
        place=PlaceIn(id="p", words="", look=PlaceLook(kind=kind)),
        camera=CameraIn(size=ShotSize.full),
        figures=(one, met),
    )
    return Screen(picture, (320, 180), 5, LENGTH)


def head(screen: Screen, name: str, seconds: float) -> Head:
    placed = next(p for p in screen.staging.figures if p.id == name)
    found = head_at(placed, screen._players[name], screen._acting[name], seconds)
    assert found is not None
    return found


def wrists(screen: Screen, seconds: float) -> list[tuple[float, float]]:
    placed = next(p for p in screen.staging.figures if p.id == "a")
    player = screen._players["a"]
    found = player.body.joints(screen._acted(placed, seconds), seconds)
    ends = (found["r-wrist"], found["l-wrist"])
    return [(placed.x + x * player.scale, placed.up - y * player.scale) for x, y in ends]


@pytest.mark.parametrize(
    ("sentence", "action"),
    [
        ("The shepherd hugs the old man.", Action.hug),
        ("The shepherd kisses the old man.", Action.hug),
        ("The shepherd dances with the old man.", Action.dance),
    ],
)
def test_heads_of_two_who_hold_each_other_are_beside_each_other(sentence: str, action: Action) -> None:
    screen = two(sentence, OLD, action)
    for seconds in MOMENTS:
        mine, its = head(screen, "a", seconds), head(screen, "b", seconds)
        assert abs(mine.x - its.x) > 0.9 * (mine.half + its.half)


def test_a_carrot_ends_before_the_face_of_who_hugs_a_snowman() -> None:
    screen = two("The shepherd hugs the snowman.", SNOWMAN)
    snowman = next(p for p in screen.staging.figures if p.id == "b")
    player = screen._players["b"]
    way = -1.0 if snowman.facing is Facing.left else 1.0
    tip = snowman.x + way * 0.22 * player.body.height * player.scale
    for seconds in MOMENTS:
        assert way * (head(screen, "a", seconds).x - tip) > 0.2 * head(screen, "a", seconds).half


def test_a_goat_is_held_round_the_neck_from_its_shoulder() -> None:
    screen = two("The shepherd hugs the goat.", GOAT)
    goat = next(p for p in screen.staging.figures if p.id == "b")
    way = -1.0 if goat.facing is Facing.left else 1.0
    for seconds in MOMENTS:
        mine, its = head(screen, "a", seconds), head(screen, "b", seconds)
        assert way * (its.x - mine.x) > 0.9 * (mine.half + its.half)  # behind its face, not before its mouth
        for x, up in wrists(screen, seconds):
            assert up < its.up - 0.2 * its.tall and way * (its.x - x) > 0.5 * its.half


def test_hands_lie_over_the_face_of_an_octopus() -> None:
    screen = two("The shepherd hugs the octopus.", OCTOPUS)
    for seconds in MOMENTS[1:]:
        its = head(screen, "b", seconds)
        assert all(up > its.up + 0.5 * its.tall for _, up in wrists(screen, seconds))


def test_a_camel_is_not_hidden_behind_its_driver() -> None:
    driver = FigureIn(
        id="a",
        noun="camel driver",
        words="",
        look=BodyLook(),
        action=Action.walk,
        side=Side.centre,
        facing=Facing.right,
    )
    picture = Picture(
        sentence="The camel driver walks alone in the desert.",
        actor="a",
        action=Action.walk,
        place=PlaceIn(id="p", words="", look=PlaceLook(kind=PlaceKind.desert)),
        camera=CameraIn(size=ShotSize.full),
        figures=(driver,),
    )
    screen = Screen(picture, (320, 180), 5, LENGTH)
    man, camel = (next(p for p in screen.staging.figures if p.id == i) for i in ("a", "led"))
    found = head(screen, "led", 2.0)
    for seconds in MOMENTS:
        pose = screen.path(seconds)
        driver_x = pose.at(man.walked(seconds, LENGTH), 0.0, man.depth)[0]
        at = found.x + camel.walked(seconds, LENGTH) - camel.x
        face_x = pose.at(at, found.up, camel.depth)[0]
        free = 0.15 * man.tall * pose.scale(man.depth) + found.half * pose.scale(camel.depth)
        assert abs(face_x - driver_x) > free
