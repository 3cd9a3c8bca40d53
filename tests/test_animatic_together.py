"""What two do together, and what is worn, eaten or played, can be told without a caption: hands meet, the
blanket lies round who was cold, the mouth that eats is seen."""

from __future__ import annotations

import math
from dataclasses import replace

import numpy as np
import pytest
import skia

from photoplay.render.animatic import feelings, seen_figures, wraps
from photoplay.render.animatic.direction import business
from photoplay.render.animatic.figures.shapes import Point
from photoplay.render.animatic.ink import Ink
from photoplay.render.animatic.screen import Screen
from photoplay.storyboard.looks import BodyLook, PlaceLook, ThingLook
from photoplay.storyboard.picture import CameraIn, FigureIn, Picture, PlaceIn, ThingIn
from photoplay.storyboard.vocabulary import Action, Age, Being, Dress, Facing, PlaceKind, ShotSize, Side

LENGTH = 4.0
DOG = BodyLook(being=Being.quadruped, species="dog")


def shown(
    sentence: str,
    action: Action,
    other: BodyLook | None = None,
    *,
    alone: bool = False,
    size: ShotSize = ShotSize.full,
    things: tuple[ThingIn, ...] = (),
    holds: tuple[str, ...] = (),
    look: BodyLook | None = None,
) -> Screen:
    one = FigureIn(
        id="a", noun="boy", words="", look=look or BodyLook(), action=action, side=Side.left,
        facing=Facing.right, holds=holds,
    )  # fmt: skip
    met = FigureIn(
        id="b", noun="girl", words="", look=other or BodyLook(), side=Side.right, facing=Facing.left
    )
    picture = Picture(
        sentence=sentence,
        actor="a",
        action=action,
        target=None if alone else "b",
        place=PlaceIn(id="p", words="", look=PlaceLook(kind=PlaceKind.meadow)),
        camera=CameraIn(size=size),
        figures=(one,) if alone else (one, met),
        things=things,
    )
    return Screen(picture, (320, 180), 5, LENGTH)


def joints(screen: Screen, name: str, seconds: float) -> dict[str, Point]:
    """Of a person, on the stage at that moment: metres across and up."""
    placed = next(p for p in screen.staging.figures if p.id == name)
    player = screen._players[name]
    x = placed.walked(seconds, LENGTH)
    found = player.body.joints(screen._acted(placed, seconds), seconds)
    return {k: (x + at * player.scale, placed.up - y * player.scale) for k, (at, y) in found.items()}


def apart(screen: Screen, seconds: float) -> float:
    """Metres between the nearest hands of the two."""
    mine, theirs = joints(screen, "a", seconds), joints(screen, "b", seconds)
    hands = ("r-wrist", "l-wrist")
    return min(math.dist(mine[one], theirs[other]) for one in hands for other in hands)


def colours(screen: Screen, seconds: float) -> np.ndarray:
    from photoplay.render.animatic.renderer import _drawn

    return np.asarray(_drawn(screen, seconds), dtype=int)[..., :3]


def magenta(at: np.ndarray) -> np.ndarray:
    """Where the picture shows something that was given that colour."""
    return np.asarray((at[..., 0] > 140) & (at[..., 1] < 110) & (at[..., 2] > 140))


@pytest.mark.parametrize("seconds", [0.5, 2.0, 3.6])
def test_who_is_led_goes_behind_the_leader_with_a_hand_in_its_hand(seconds: float) -> None:
    screen = shown("The boy leads the girl home.", Action.walk, BodyLook(age=Age.child))
    leader, led = (next(p for p in screen.staging.figures if p.id == i) for i in "ab")
    assert leader.walks * led.walks > 0
    assert (leader.x - led.x) * leader.walks > 0, "the leader is ahead"
    assert apart(screen, seconds) < 0.26


def test_who_follows_goes_the_same_way_behind() -> None:
    screen = shown("The boy follows the girl.", Action.walk)
    follower, ahead = (next(p for p in screen.staging.figures if p.id == i) for i in "ab")
    assert follower.walks * ahead.walks > 0
    assert (ahead.x - follower.x) * follower.walks > 0
    assert abs(ahead.x - follower.x) > 0.6, "not hand in hand"
    assert follower.facing is ahead.facing


@pytest.mark.parametrize("sentence", ["The boy pulls the girl up.", "The boy drags the girl to safety."])
def test_who_is_pulled_up_rises_by_the_hand(sentence: str) -> None:
    screen = shown(sentence, Action.pull, BodyLook(age=Age.youth))
    low, high = (joints(screen, "b", t)["neck"][1] for t in (0.2, 3.8))
    assert high > low + 0.2
    assert apart(screen, 2.0) < 0.25


def test_a_whisper_is_at_the_ear_of_who_hears_it() -> None:
    screen = shown("The boy whispers to the girl.", Action.talk)
    loud = shown("The boy talks to the girl.", Action.talk)

    def heads(seen: Screen) -> float:
        return math.dist(joints(seen, "a", 2.0)["nose"], joints(seen, "b", 2.0)["nose"])

    assert heads(screen) < 0.5 < heads(loud)
    child = shown("The boy whispers to the child.", Action.talk, BodyLook(age=Age.child))
    assert child._acting["a"].low, "who is tall kneels down to the ear of a child"


@pytest.mark.parametrize("other", [BodyLook(), DOG])
def test_a_blanket_lies_round_who_is_wrapped_in_it(other: BodyLook) -> None:
    blanket = ThingIn(id="rug", words="", look=ThingLook(kind="blanket", colour="#ff00ff"), held=True)
    told = "The boy wraps the girl in a blanket."
    screen = shown(told, Action.work, other, things=(blanket,), holds=("rug",))
    assert screen._acting["a"].manner == "wrap"
    assert not screen._players["a"].held, "no shirt or tool in the hands that wrap"
    placed = next(p for p in screen.staging.figures if p.id == "b")
    pose = screen.staging.pose
    columns = np.flatnonzero(magenta(colours(screen, 3.6)).any(axis=0))
    left, right = (
        pose.at(placed.x + x, 0.0, placed.depth)[0] for x in (placed.extent.left, placed.extent.right)
    )
    assert len(columns) > 0.25 * (right - left)
    assert left - 12 < columns.mean() < right + 12, "it lies on the other, not in the hands"
    assert magenta(colours(screen, 0.6)).any(), "before, it is held open"


def test_a_coat_that_is_put_on_is_worn_at_the_end() -> None:
    screen = shown("The boy puts on a coat.", Action.hold, alone=True)
    assert screen._acting["a"].manner == "coat"
    clad = wraps.dressed(screen.picture.figures[0], screen.picture)
    assert clad.look.dress is Dress.coat
    still = shown("The boy stands.", Action.stand, alone=True)
    assert wraps.garment(still.picture) is None
    before, after = colours(screen, 0.4), colours(screen, 3.6)
    bare = screen.picture.figures[0].look.dress_colour.lstrip("#")
    shirt = [int(bare[k : k + 2], 16) for k in (0, 2, 4)]
    near = [int((np.abs(at - shirt).sum(axis=-1) < 60).sum()) for at in (before, after)]
    assert near[1] < 0.5 * near[0], "the shirt is under the coat"


@pytest.mark.parametrize("action", [Action.eat, Action.drink])
def test_the_face_is_seen_over_what_is_eaten_and_drunk(action: Action) -> None:
    screen = shown("She does it.", action, alone=True)
    player = screen._players["a"]
    tops = []
    for seconds in (0.6, 1.0, 1.4, 2.0):
        hand = player.body.hand(screen._acting["a"], seconds)
        nose = player.body.joints(screen._acting["a"], seconds)["nose"]
        assert hand is not None
        tops.append((nose[1] - hand[1]) / player.body.height)
    assert max(tops) < 0.0, "the hand stays below the middle of the head, which is drawn before it"
    kind = "apple" if action is Action.eat else "cup"
    food = ThingIn(id="food", words="", look=ThingLook(kind=kind, colour="#ff00ff"), held=True)
    screen = shown("She does it.", action, alone=True, things=(food,), holds=("food",))
    placed = screen.staging.figures[0]
    scale = screen.staging.pose.scale(placed.depth) * player.body.height
    high = max(magenta(colours(screen, t)).any(axis=1).sum() for t in (0.6, 1.0, 1.4, 2.0))
    assert high < 0.11 * scale, "no larger than the mouth and chin that it is before"


def test_chess_lies_on_a_table_between_two_and_nobody_juggles_it() -> None:
    piece = ThingIn(id="chess", words="the chess", look=ThingLook(kind="chess"), side=Side.centre)
    screen = shown("The boy plays chess with the girl.", Action.play, things=(piece,))
    assert business(screen.picture, screen.picture.figures[0], Action.play) == "board"
    assert not screen.picture.things
    assert {screen._acting[i].manner for i in "ab"} == {"board"}
    ball = shown("The boy plays with the ball.", Action.play)
    assert ball._acting["a"].manner != "board"


def test_who_lies_awake_is_in_bed_with_open_eyes() -> None:
    from photoplay.render.animatic.figures.mood import mood

    screen = shown("The boy lies awake.", Action.lie, alone=True)
    assert business(screen.picture, screen.picture.figures[0], Action.lie) == "bedroll"
    assert mood(screen._acting["a"], 2.0, 3).open > 1.0
    curled = shown("The boy curls up.", Action.lie, alone=True)
    assert mood(curled._acting["a"], 3.0, 3).open == 0.0
    at = joints(curled, "a", 3.6)
    assert math.dist(at["nose"], at["r-knee"]) < 0.5, "the knees are drawn up to the head"


def test_who_runs_up_to_somebody_is_still_running_halfway() -> None:
    screen = shown("The boy runs to the girl.", Action.run)
    placed = next(p for p in screen.staging.figures if p.id == "a")
    assert screen._acted(placed, 2.0).action is Action.run
    assert screen._acted(placed, 3.6).action is Action.stand


def test_a_whale_is_not_led_by_the_hand() -> None:
    screen = shown("The boy leads the whale.", Action.walk, BodyLook(being=Being.whale, species="whale"))
    assert screen._acting["a"].manner == ""


def test_dots_of_a_whisper_rise_over_the_heads(monkeypatch: pytest.MonkeyPatch) -> None:
    import skia

    from photoplay.render.animatic.ink import Ink
    from photoplay.render.animatic.pen import Pen

    tops: list[float] = []
    piece = Ink.piece
    monkeypatch.setattr(
        Ink, "piece",
        lambda self, canvas, path, *a, **k: (tops.append(path.getBounds().bottom()), piece(self, canvas, path, *a, **k))[1],
    )  # fmt: skip
    canvas = skia.Surface(320, 180).getCanvas()
    canvas.translate(160, 170)
    canvas.scale(100, 100)
    feelings.whisper(Pen(canvas, Ink(0.01), (0.0, -0.8), (), 0.24, 1.1, 0.5, 0.0))
    assert len(tops) == 3
    assert max(tops) < -0.8 - 0.5 * 0.24


def test_arms_that_are_thrown_up_throw_no_ball() -> None:
    screen = shown("The boy throws up both arms.", Action.throw, alone=True)
    assert (screen._acting["a"].action, screen._acting["a"].manner) == (Action.laugh, "cheer")
    assert not screen._players["a"].held
    assert shown("The boy throws a ball.", Action.throw, alone=True)._players["a"].held


def test_who_helps_somebody_find_a_thing_seeks_with_them_and_the_thing_is_not_in_sight() -> None:
    key = ThingIn(id="key", words="the key", look=ThingLook(kind="key"), side=Side.centre)
    screen = shown("The boy helps the girl find the key.", Action.reach, things=(key,))
    assert {screen._acting[i].action for i in "ab"} == {Action.search}
    assert not screen.picture.things
    up = shown("The boy helps the girl up.", Action.reach)
    assert up._acting["b"].manner == "helped"


def test_what_is_picked_up_or_put_on_a_table_is_not_handed_to_whoever_stands_by() -> None:
    for sentence, action in (
        ("The boy picks up the book.", Action.take),
        ("The boy puts the book on a table.", Action.give),
    ):
        book = ThingIn(id="book", words="the book", look=ThingLook(kind="book"), held=True)
        screen = shown(sentence, action, things=(book,), holds=("book",))
        assert not screen._met, sentence
    gives = shown("The boy gives the book to the girl.", Action.give, things=(book,), holds=("book",))
    assert [m.kind for m in gives._met] == ["give"]


def test_a_bag_that_is_lifted_is_seen_over_the_head() -> None:
    bag = ThingIn(id="bag", words="the bag", look=ThingLook(kind="bag", colour="#ff00ff"), held=True)
    screen = shown("The boy lifts a bag.", Action.hold, alone=True, things=(bag,), holds=("bag",))
    at = colours(screen, 3.6)
    rows = np.flatnonzero(magenta(at).any(axis=1))
    assert len(rows) > 3
    placed = screen.staging.figures[0]
    nose = joints(screen, "a", 3.6)["nose"]
    assert rows.mean() < screen.staging.pose.at(placed.x, nose[1], placed.depth)[1]


def test_who_saves_a_village_exults_and_who_saves_somebody_gives_a_hand() -> None:
    assert shown("The boy saves the village.", Action.reach, alone=True)._acting["a"].manner == "save"
    assert shown("The boy saves the girl.", Action.reach)._acting["a"].manner == "help"


def test_water_is_drunk_from_a_stream_on_the_knees_without_a_cup() -> None:
    screen = shown("The boy drinks from a stream.", Action.drink, alone=True)
    assert not screen._players["a"].held
    at = joints(screen, "a", 1.0)
    assert at["r-knee"][1] < 0.5
    assert shown("The boy drinks a cup of tea.", Action.drink, alone=True)._players["a"].held


def test_a_robot_is_shaken_by_the_hand_not_by_the_face() -> None:
    robot = BodyLook(being=Being.robot, species="robot")
    screen = shown("The boy shakes hands with the robot.", Action.give, robot)
    placed = next(p for p in screen.staging.figures if p.id == "b")
    hands = [joints(screen, "a", 2.0)[n] for n in ("r-wrist", "l-wrist")]
    nearest = min(hands, key=lambda h: abs(h[0] - placed.x))
    assert nearest[1] < placed.up + 0.6 * placed.extent.top
    assert abs(nearest[0] - placed.x) < 0.75 * placed.extent.width


def test_old_people_are_white_haired_and_bent() -> None:
    from photoplay.render.animatic.figures.anatomy import anatomy
    from photoplay.render.animatic.figures.hair import Hair
    from photoplay.render.animatic.ink import Ink

    old, young = (BodyLook(age=age, hair_colour="#3a2a20") for age in (Age.elder, Age.adult))
    assert anatomy(old).stoop >= 12 > anatomy(young).stoop
    whites = [
        sum(int(Hair(look, Ink(0.01), 0.4).colour[k : k + 2], 16) for k in (1, 3, 5)) for look in (old, young)
    ]
    assert whites[0] > 420 > whites[1]


def test_who_is_hidden_is_behind_the_cover_and_who_hides_it_stands_by() -> None:
    screen = shown("The boy hides the girl from the king.", Action.hide)
    assert (screen._acting["a"].action, screen._acting["b"].action) == (Action.stand, Action.hide)
    hidden = next(f for f in screen.picture.figures if f.id == "b")
    assert business(screen.picture, hidden, Action.hide) == "cover"
    own = shown("The boy hides from the girl.", Action.hide)
    assert own._acting["a"].action is Action.hide


def test_a_lantern_is_laid_aside_to_pull_somebody_up() -> None:
    lantern = ThingIn(id="lantern", words="the lantern", look=ThingLook(kind="lantern"), held=True)
    screen = shown("The boy pulls the girl up.", Action.pull, things=(lantern,), holds=("lantern",))
    assert not screen._players["a"].held
    assert shown("The boy stands.", Action.stand, things=(lantern,), holds=("lantern",))._players["a"].held


@pytest.mark.parametrize(
    ("sentence", "action"),
    [
        ("The boy leads the girl home.", Action.walk),
        ("The boy follows the girl.", Action.walk),
        ("The boy pulls the girl up.", Action.pull),
    ],
)
def test_legs_are_in_the_frame_of_who_is_led_followed_or_pulled_up(sentence: str, action: Action) -> None:
    assert shown(sentence, action, size=ShotSize.medium).picture.camera.size is ShotSize.full


def test_no_second_blanket_lies_by_who_is_wrapped_in_one() -> None:
    rug = ThingIn(id="rug", words="", look=ThingLook(kind="blanket", colour="#ff00ff"), side=Side.centre)
    screen = shown("The boy wraps the girl in the blanket.", Action.work, things=(rug,))
    assert not screen.staging.things
    assert wraps.cloth_colour(screen.picture) == "#ff00ff"


def test_the_blanket_hangs_from_the_hands_wherever_its_holder_stands(monkeypatch: pytest.MonkeyPatch) -> None:
    """Who stands on the right faces left: a blanket drawn for the other facing hangs behind the back."""
    rug = ThingIn(id="rug", words="", look=ThingLook(kind="blanket"), held=True)
    screen = shown("The boy wraps the girl in a blanket.", Action.work, things=(rug,), holds=("rug",))
    changed = {
        "a": {"side": Side.right, "facing": Facing.left},
        "b": {"side": Side.left, "facing": Facing.right},
    }
    asked = screen.picture.model_copy(
        update={"figures": tuple(f.model_copy(update=changed[f.id]) for f in screen.picture.figures)}
    )
    turned = Screen(asked, (320, 180), 5, LENGTH)
    hung: list[Point] = []
    monkeypatch.setattr(
        seen_figures, "held_open",
        lambda canvas, ink, player, *more: hung.append(player.body.hand(player.acting, 0.6)),
    )  # fmt: skip
    colours(turned, 0.6)
    placed = next(p for p in turned.staging.figures if p.id == "a")
    drawn = turned._players["a"].body.hand(turned._acted(placed, 0.6), 0.6)
    assert hung
    assert drawn is not None
    assert math.dist(hung[0], drawn) < 0.01


def test_a_blanket_that_is_tucked_round_somebody_is_no_hug_and_is_seen() -> None:
    rug = ThingIn(id="rug", words="", look=ThingLook(kind="blanket", colour="#ff00ff"), side=Side.centre)
    screen = shown("The boy tucks a blanket around the girl.", Action.hold, things=(rug,))
    assert screen.picture.action is Action.reach
    assert magenta(colours(screen, 3.6)).any()


def test_a_blanket_held_open_hangs_in_folds_to_a_wavy_hem() -> None:
    screen = shown("The boy wraps the girl in a blanket.", Action.reach)
    surface = skia.Surface(400, 400)
    with surface as canvas:
        canvas.translate(200, 300)
        canvas.scale(120, 120)
        wraps.held_open(canvas, Ink(0.01), screen._players["a"], screen.picture, 0.1, 1.0)
    cloth = surface.toarray()[..., 3] > 60
    columns = np.flatnonzero(cloth.any(axis=0))
    hem = np.array([np.flatnonzero(cloth[:, x])[-1] for x in columns])[4:-4]
    turns = np.count_nonzero(np.diff(np.sign(np.diff(hem)[np.diff(hem) != 0])))
    assert turns >= 4, "a slab has a straight lower edge"


def test_a_child_that_wraps_a_tall_one_keeps_its_hands_below_its_own_face() -> None:
    screen = shown("The boy wraps the woman in a blanket.", Action.reach)
    boy, acting = screen._players["a"], screen._acting["a"]
    assert acting.manner == "wrap"
    high = replace(acting, lays=((0.4, -2.0, 1.0), (0.4, -2.0, 1.0)))
    bones = boy.body._body.bones(high, 2.0)  # type: ignore[union-attr]
    assert all(arm.end.y > bones.neck.y for arm in bones.arms)
