"""Acts with a named thing: kicked, scattered, polished, put away, pulled at or carried by two, eaten at a table."""

from __future__ import annotations

import numpy as np
import pytest
import skia
from test_animatic_handiwork import doing
from test_animatic_manners import SIZE, frame
from test_animatic_performing import figure, shot, thing

from photoplay.render.animatic import atboth, baking
from photoplay.render.animatic.dealings import between, steadied, stowed_in
from photoplay.render.animatic.direction import business
from photoplay.render.animatic.ink import Ink
from photoplay.render.animatic.screen import Screen
from photoplay.storyboard.looks import BodyLook, ThingLook
from photoplay.storyboard.picture import Picture
from photoplay.storyboard.vocabulary import Action, Being, Facing, PlaceKind, ShotSize, Side, Stature


def two(action: Action, sentence: str, kind: str, target: str | None = "it") -> Picture:
    told = shot(
        action,
        figure("a", action),
        figure("b", Action.stand, Side.right, Facing.left),
        target=target,
        things=(thing("it", kind),),
    )
    return told.model_copy(update={"sentence": sentence})


def wrists(screen: Screen, name: str, seconds: float = 2.0) -> list[tuple[float, float]]:
    placed = next(p for p in screen.staging.figures if p.id == name)
    player = screen._players[name]
    joints = player.body.joints(screen._acted(placed, seconds), seconds)
    return [(placed.x + joints[w][0] * player.scale, joints[w][1]) for w in ("r-wrist", "l-wrist")]


@pytest.mark.parametrize("kind", ["bucket", "plank", "ball"])
def test_what_is_kicked_is_at_the_foot_and_flies_off(kind: str) -> None:
    told = doing(Action.play, f"She kicks the {kind}.", kind)
    screen = Screen(told, SIZE, 5, 4.0)
    assert [t.look.kind for t in screen._players["a"].held] == [kind]
    assert screen.staging.things == ()
    assert screen.picture.camera.size is ShotSize.full
    early, late = frame(screen.picture, 0.2), frame(screen.picture, 3.6)
    assert np.abs(early - late).max(axis=2).mean() > 0.3


def test_a_door_that_is_kicked_stays_where_it_is() -> None:
    screen = Screen(doing(Action.play, "She kicks the door.", "door"), SIZE, 5, 4.0)
    assert screen._players["a"].held == ()


@pytest.mark.parametrize(
    ("action", "sentence", "kind", "held"),
    [
        (Action.pull, "The keepers pull at the rope.", "rope", "rope"),
        (Action.hold, "The man and the woman carry a chest.", "chest", "load"),
        (Action.take, "They lift the chest together.", "chest", "load"),
    ],
)
def test_two_have_one_thing_between_their_hands(action: Action, sentence: str, kind: str, held: str) -> None:
    told = two(action, sentence, kind)
    found = between(told)
    assert found is not None
    assert (found.kind, found.look.kind) == (held, kind)
    screen = Screen(told, SIZE, 5, 4.0)
    assert screen.staging.things == ()  # it lies nowhere a second time
    left, right = sorted(screen.staging.figures, key=lambda p: p.x)
    for x, _ in wrists(screen, left.id):
        assert left.x < x < right.x
    for x, _ in wrists(screen, right.id):
        assert left.x < x < right.x


@pytest.mark.parametrize(
    ("action", "sentence", "kind"),
    [
        (Action.hold, "The man carries a chest.", "chest"),
        (Action.pull, "The man pulls the woman.", "chest"),
        (Action.hold, "The man carries the woman.", "chest"),
    ],
)
def test_one_alone_has_nothing_between(action: Action, sentence: str, kind: str) -> None:
    assert between(two(action, sentence, kind)) is None


def test_who_the_ladder_is_held_for_is_on_it() -> None:
    told = two(Action.hold, "The man holds the ladder for the woman.", "ladder", target="b")
    screen = Screen(told, SIZE, 5, 4.0)
    assert steadied(screen.picture) == ("a", "b")
    assert screen._acting["b"].action is Action.climb
    assert screen._acting["b"].way == "ladder"
    assert screen._acting["a"].action is Action.hold
    holder, climber = screen.staging.figures[0], screen.staging.figures[1]
    way = 1 if climber.x > holder.x else -1
    for x, _ in wrists(screen, "a"):
        assert way * (x - holder.x) > 0.1


def test_dinner_is_eaten_sitting_at_a_laid_table_and_an_apple_standing() -> None:
    for sentence, used, manner in (
        ("She eats soup at the table.", "meal", "meal"),
        ("She eats her dinner.", "meal", "meal"),
        ("She eats an apple.", "", ""),
    ):
        screen = Screen(doing(Action.eat, sentence, "table"), SIZE, 5, 4.0)
        player = screen._players["a"]
        assert business(screen.picture, player.source, Action.eat) == used
        assert player.acting.manner == manner
        assert bool(screen.picture.things) == (used == "")


@pytest.mark.parametrize(("kind", "seated"), [(PlaceKind.house, True), (PlaceKind.forest, False)])
def test_two_who_eat_with_each_other_at_home_sit_across_one_table(kind: PlaceKind, seated: bool) -> None:
    told = two(Action.eat, "She eats with her sister.", "plank", target="b")
    look = told.place.look.model_copy(update={"kind": kind})
    told = told.model_copy(update={"place": told.place.model_copy(update={"look": look}), "things": ()})
    screen = Screen(told, SIZE, 5, 4.0)
    manners = {screen._acting[i].manner for i in "ab"}
    assert manners == ({"meal"} if seated else {""})
    one, other = sorted(screen.staging.figures, key=lambda p: p.x)
    if seated:
        assert (one.facing, other.facing) == (Facing.right, Facing.left)
        assert 1.2 < (other.x - one.x) / one.tall < 1.5, "each has a bowl of the table within reach"
        assert {screen._wields[i] for i in "ab"} == {"spoon"}


def test_the_table_of_two_stands_on_two_legs_clear_of_both_sitters_and_a_bowl_is_before_each() -> None:
    surface = skia.Surface(300, 200)
    with surface as canvas:
        canvas.translate(50, 150)
        canvas.scale(100, 100)
        baking.supper(canvas, Ink(0.01), 0.5)
    low = np.flatnonzero(surface.toarray()[140, :, 3] > 60)
    legs = [(part[0] - 50, part[-1] - 50) for part in np.split(low, np.flatnonzero(np.diff(low) > 1) + 1)]
    assert len(legs) == 2
    assert all(near > 40 and far < 100 * baking.ACROSS - 40 for near, far in legs)
    one, other = baking.BOWL[0], baking.ACROSS - 0.1 - baking.BOWL[0]
    assert other - one > 0.44, "bread lies between two bowls"


def test_the_hands_of_two_who_carry_a_chest_are_seen_at_its_ends(monkeypatch: pytest.MonkeyPatch) -> None:
    told = two(Action.hold, "The man and the woman carry a chest.", "chest", target="b")
    hands: list[float] = []
    monkeypatch.setattr(atboth, "_fingers", lambda canvas, ink, party, at, tall: hands.append(at[0] / tall))
    frame(told, 2.0)
    assert hands
    for near, far in zip(hands[::2], hands[1::2], strict=True):
        assert 0.2 < abs(near - far) < 0.9


@pytest.mark.parametrize(("size", "near"), [(ShotSize.two_shot, True), (ShotSize.full, False)])
def test_two_who_laugh_before_a_near_camera_are_near_each_other(size: ShotSize, near: bool) -> None:
    told = two(Action.laugh, "She laughs with him.", "plank", target="b")
    told = told.model_copy(update={"camera": told.camera.model_copy(update={"size": size}), "things": ()})
    screen = Screen(told, SIZE, 5, 4.0)
    one, other = screen.staging.figures
    assert (abs(one.x - other.x) < 0.64 * one.tall) == near


def test_the_joined_hands_of_two_who_dance_are_below_their_chins() -> None:
    told = two(Action.dance, "She dances with him.", "plank", target="b")
    pair = tuple(f.model_copy(update={"action": Action.dance}) for f in told.figures)
    screen = Screen(told.model_copy(update={"figures": pair, "things": ()}), SIZE, 5, 4.0)
    for seconds in (0.2, 0.9, 1.6, 2.0, 3.2):
        for name in "ab":
            placed = next(p for p in screen.staging.figures if p.id == name)
            player = screen._players[name]
            joints = player.body.joints(screen._acted(placed, seconds), seconds)
            lower = max(joints[w][1] for w in ("r-wrist", "l-wrist"))
            assert lower > joints["neck"][1] + 0.11 * player.body.height


def test_the_hands_of_two_who_laugh_are_their_own() -> None:
    screen = Screen(two(Action.laugh, "She laughs with him.", "plank", target="b"), SIZE, 5, 4.0)
    for seconds in (0.2, 0.5, 0.9, 2.0, 2.4):
        near = [abs(a - b) for a, _ in wrists(screen, "a", seconds) for b, _ in wrists(screen, "b", seconds)]
        assert min(near) > 0.25, "they would seem to hold hands"


def test_ashes_are_scattered_from_the_urn_and_a_ball_is_thrown() -> None:
    ashes = Screen(doing(Action.throw, "She scatters the ashes.", "urn", holds=("it",)), SIZE, 5, 4.0)
    assert ashes._wields["a"] == "urn"
    ball = Screen(doing(Action.throw, "She throws a ball.", "ball", holds=("it",)), SIZE, 5, 4.0)
    assert ball._wields["a"] == ""


def test_an_umbrella_that_is_polished_is_closed_and_in_no_tub() -> None:
    screen = Screen(doing(Action.work, "She polishes an umbrella.", "umbrella"), SIZE, 5, 4.0)
    player = screen._players["a"]
    assert business(screen.picture, player.source, player.acting.action) == ""
    assert [t.look.kind for t in player.held] == ["closed umbrella"]


def test_a_painting_goes_from_the_hands_into_the_sack() -> None:
    told = doing(Action.give, "She puts the painting into a sack.", "painting")
    assert stowed_in(told) == "sack"
    screen = Screen(told, SIZE, 5, 4.0)
    assert [t.look.kind for t in screen._players["a"].held] == ["painting"]
    assert screen.staging.things == ()


def test_who_hides_under_a_blanket_is_under_it_and_behind_no_barrels() -> None:
    screen = Screen(doing(Action.hide, "She hides under a blanket.", "blanket"), SIZE, 5, 4.0)
    player = screen._players["a"]
    assert business(screen.picture, player.source, Action.hide) == ""
    assert screen._wields["a"] == "hood"
    assert screen.staging.things == ()


def test_paper_that_is_torn_does_not_lie_there_whole() -> None:
    screen = Screen(doing(Action.pull, "She tears a sheet of paper.", "letter"), SIZE, 5, 4.0)
    assert screen._players["a"].acting.manner == "tear"
    assert screen.staging.things == ()


@pytest.mark.parametrize(
    "sentence", ["The three children carry a chest.", "The man carries a chest with the woman."]
)
def test_who_carries_it_with_another_has_one_end_of_it(sentence: str) -> None:
    assert between(two(Action.hold, sentence, "chest")) is not None


def test_the_third_of_three_stands_beside_what_two_carry() -> None:
    told = two(Action.hold, "The three children carry a plank.", "plank")
    third = figure("c", Action.hold, Side.far_right, Facing.left)
    told = told.model_copy(update={"figures": (*told.figures, third)})
    placed = {p.id: p for p in Screen(told, SIZE, 5, 4.0).staging.figures}
    assert placed["c"].x > placed["b"].x > placed["a"].x
    assert placed["c"].depth < placed["a"].depth + 0.6, "no small figure far behind"


def test_a_robot_is_not_repaired_with_a_hammer_unless_it_is_said() -> None:
    for sentence, kind in (("She repairs the robot.", "tool"), ("She hammers the robot.", "hammer")):
        robot = figure("b", Action.stand, Side.right, Facing.left)
        robot = robot.model_copy(update={"look": BodyLook(being=Being.robot, species="robot")})
        told = shot(Action.work, figure("a", Action.work), robot, target="b")
        screen = Screen(told.model_copy(update={"sentence": sentence}), SIZE, 5, 4.0)
        assert [t.look.kind for t in screen._players["a"].held] == [kind]


def test_wood_is_chopped_with_the_axe_that_is_named() -> None:
    told = doing(Action.work, "She chops wood with an axe.", "branch", holds=("it",))
    assert [t.look.kind for t in Screen(told, SIZE, 5, 4.0)._players["a"].held] == ["axe"]


def test_bread_that_birds_are_fed_with_is_in_the_hand() -> None:
    told = doing(Action.reach, "She feeds the birds with bread.", "bread")
    small = told.things[0].model_copy(update={"look": ThingLook(kind="bread", stature=Stature.small)})
    screen = Screen(told.model_copy(update={"things": (small,)}), SIZE, 5, 4.0)
    assert [t.look.kind for t in screen._players["a"].held] == ["bread"]


def test_a_key_goes_into_one_chest() -> None:
    told = doing(Action.give, "She puts the key into the chest.", "key", holds=("it",))
    both = told.model_copy(update={"things": (*told.things, thing("chest", "chest"))})
    assert Screen(both, SIZE, 5, 4.0).staging.things == ()
