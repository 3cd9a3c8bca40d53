"""What somebody does is told by the picture alone: the verb's own pose, what is used, and its marks."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
import skia
from test_animatic_performing import changed, figure, shot, thing

import photoplay.render.animatic.seen_figures as seen_module
from photoplay.render.animatic.camera import room_aside
from photoplay.render.animatic.direction import business
from photoplay.render.animatic.figures.performances import MANNERS, PERFORMANCES
from photoplay.render.animatic.guides import drawn_guide
from photoplay.render.animatic.handing import in_hand
from photoplay.render.animatic.screen import Screen
from photoplay.render.animatic.ways import manner
from photoplay.storyboard.lexicon import manner_of, verb
from photoplay.storyboard.lexicon.store import data
from photoplay.storyboard.looks import BodyLook
from photoplay.storyboard.picture import Picture
from photoplay.storyboard.vocabulary import Action, Age, Being, Facing, Move, PlaceKind, ShotSize, Side

SIZE = (320, 180)


def said(action: Action, sentence: str, size: ShotSize = ShotSize.full) -> Picture:
    return shot(action, figure("a", action), size=size).model_copy(update={"sentence": sentence})


def frame(picture: Picture, seconds: float, length: float = 4.0) -> np.ndarray:
    screen = Screen(picture, SIZE, 5, length)
    surface = skia.Surface(*SIZE)
    screen.draw(surface.getCanvas(), seconds, screen.path(seconds))
    return np.asarray(surface.toarray())[..., :3].astype(np.int16)


@pytest.mark.parametrize(
    ("sentence", "action", "way"),
    [
        ("The girl whispers to the fox.", Action.talk, "whisper"),
        ("The captain was shouting.", Action.talk, "shout"),
        ("The boy knocked on the door.", Action.reach, "knock"),
        ("The nurse swept the floor.", Action.work, "sweep"),
        ("The king wept and smiled.", Action.laugh, "smile"),
        ("The girl talks to the fox.", Action.talk, ""),
        ("The swordsman laughs.", Action.work, ""),
        ("", Action.talk, ""),
        ("Das Mädchen flüstert.", Action.talk, ""),
        ("whisper " * 900, Action.talk, "whisper"),
    ],
)
def test_the_verb_of_the_sentence_says_how_it_is_done(sentence: str, action: Action, way: str) -> None:
    assert manner_of(action, sentence) == way


def test_every_manner_is_of_an_action_that_its_verbs_mean() -> None:
    """A verb listed under another action would never be asked for, and nobody would notice."""
    lost = []
    for action, ways in data("manners").items():
        for way, lemmas in ways.items():
            if (Action(action), way) not in MANNERS:
                lost.append((action, way))
            known = [one for one in lemmas if verb(one) in (Action(action), None)]
            if not known:
                lost.append((action, way, "no verb"))
    assert not lost


@pytest.mark.parametrize(("action", "way"), sorted(MANNERS, key=str))
def test_a_manner_is_another_pose_than_the_usual_one(action: Action, way: str) -> None:
    usual, own = PERFORMANCES[action], MANNERS[action, way]
    assert own.keys != usual.keys
    assert own.seconds > 0


MARKED = (
    ("talk", "The keeper talks."), ("talk", "The keeper shouts."), ("sing", "The keeper sings."),
    ("cry", "The keeper cries."), ("laugh", "The keeper laughs."), ("sleep", "The keeper sleeps."),
    ("think", "The keeper thinks."), ("think", "The keeper worries."), ("think", "The keeper decides."),
    ("look", "The keeper finds a key."), ("listen", "The keeper listens."), ("run", "The keeper runs."),
    ("search", "The keeper searches."), ("dance", "The keeper dances."), ("fall", "The keeper falls."),
    ("wave", "The keeper waves."), ("perform", "The keeper conjures."), ("sit", "The keeper fishes."),
)  # fmt: skip


@pytest.mark.parametrize(("action", "sentence"), MARKED)
def test_an_action_has_its_marks_in_the_picture_and_none_in_a_guide(
    action: str, sentence: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    picture = said(Action(action), sentence)
    marked = frame(picture, 2.4)
    guide = drawn_guide(Screen(picture, SIZE, 5, 4.0, apart=True), "segments", 2.4, 2.4)
    monkeypatch.setattr(seen_module, "accents", lambda *_: None)
    assert changed(marked, frame(picture, 2.4)) > 12, "nothing marks it"
    bare = drawn_guide(Screen(picture, SIZE, 5, 4.0, apart=True), "segments", 2.4, 2.4)
    assert np.array_equal(guide, bare), "a model would draw the marks as things"


def test_an_animal_has_its_tears_at_its_face() -> None:
    """They fell from the tail where the fox looked left."""
    fox = BodyLook(being=Being.quadruped, species="fox", coat_colour="#c8642a")
    for facing in (Facing.left, Facing.right):
        crying = figure("a", Action.cry, facing=facing).model_copy(update={"look": fox})
        screen = Screen(shot(Action.cry, crying, size=ShotSize.full), SIZE, 5, 4.0)
        x = screen._faces["a"][0]
        assert (x < 0) is (screen.staging.figures[0].facing is Facing.left)
        assert abs(x) > 0.1


def test_who_plays_the_guitar_does_not_stand_at_a_stove() -> None:
    picture = shot(
        Action.play,
        figure("a", Action.play, holds=("egg",)),
        target="egg",
        things=(thing("egg", "guitar", held=True),),
    )
    screen = Screen(picture, SIZE, 5, 4.0)
    player = screen._players["a"]
    assert business(screen.picture, player.source, player.acting.action) == ""
    assert [t.look.kind for t in player.held] == ["guitar"]


@pytest.mark.parametrize(
    ("action", "sentence", "used", "tool"),
    [
        (Action.work, "She sweeps the yard.", "", "broom"),
        (Action.work, "She washes.", "tub", ""),
        (Action.work, "She saws.", "trestle", "saw"),
        (Action.work, "She repairs it.", "bench", "hammer"),
        (Action.dig, "She waters them.", "sprout", "watering can"),
        (Action.dig, "She digs.", "pit", "shovel"),
        (Action.cook, "She cooks.", "stove", "spoon"),
        (Action.write, "She writes.", "knee", "pen"),
        (Action.reach, "She knocks.", "knocked", ""),
        (Action.close, "She shuts it.", "shut", ""),
        (Action.paint, "She photographs them.", "", "camera"),
        (Action.sleep, "She sleeps.", "bedroll", ""),
        (Action.hide, "She hides.", "cover", ""),
    ],
)
def test_what_is_used_goes_by_the_verb(action: Action, sentence: str, used: str, tool: str) -> None:
    screen = Screen(said(action, sentence), SIZE, 5, 4.0)
    player = screen._players["a"]
    assert business(screen.picture, player.source, action) == used
    assert [t.look.kind for t in player.held] == ([tool] if tool else [])


def test_who_drives_on_a_road_has_a_car_and_at_sea_has_none() -> None:
    for place, used in ((PlaceKind.road, "car"), (PlaceKind.ship, "")):
        picture = shot(Action.drive, figure("a", Action.drive), place=place)
        screen = Screen(picture, SIZE, 5, 4.0)
        assert business(screen.picture, screen.picture.figures[0], Action.drive) == used


def test_a_sleeper_lies_in_the_frame_with_the_bed() -> None:
    for age in (Age.child, Age.adult):
        asleep = figure("a", Action.sleep).model_copy(update={"look": BodyLook(age=age)})
        screen = Screen(shot(Action.sleep, asleep, size=ShotSize.close), SIZE, 5, 4.0)
        placed = screen.staging.figures[0]
        pose, tall = screen.staging.pose, screen._players["a"].body.height
        ends = [pose.at(placed.x + side * 0.68 * tall, 0, placed.depth)[0] for side in (-1, 1)]
        assert ends[0] >= -2
        assert ends[1] <= SIZE[0] + 2


def test_what_is_thrown_leaves_the_hand_and_flies() -> None:
    from photoplay.render.animatic.flung import flown
    from photoplay.render.animatic.handing import in_hand

    screen = Screen(said(Action.throw, "She throws it."), SIZE, 5, 4.0)
    player = screen._players["a"]

    def held(seconds: float) -> int:
        return len(in_hand(player, screen._players, screen.picture, (), seconds).held)

    assert (held(0.2), flown(player, 0.2)) == (1, None)
    late = flown(player, 3.8)
    assert held(3.8) == 0
    assert late is not None
    assert late > (flown(player, 2.4) or 0.0)


def test_fists_come_to_the_jaw_of_who_cries_and_a_hand_to_the_mouth_of_who_shouts() -> None:
    for action, sentence, near in ((Action.cry, "She cries.", 0.19), (Action.talk, "She shouts.", 0.2)):
        screen = Screen(said(action, sentence), SIZE, 5, 4.0)
        player = screen._players["a"]
        joints = player.body.joints(screen._acting["a"], 2.0)
        apart = sorted(
            float(np.hypot(*np.subtract(joints[name], joints["nose"]))) / player.body.height
            for name in ("r-wrist", "l-wrist")
        )
        assert apart[0] < near, f"{action}: hands are {apart} heights from the face"
        assert action is Action.talk or apart[0] > 0.14, "the mouth and the eyes of who cries are seen"


def test_something_too_big_to_lift_is_not_lifted_into_the_air() -> None:
    who = figure("a", Action.hold)
    other = figure("b", Action.stand, Side.right)
    picture = shot(Action.hold, who, other, target="b").model_copy(update={"sentence": "She lifts the man."})
    assert manner(picture, who, Action.hold, ()) == "by"
    alone = said(Action.hold, "She lifts it.")
    assert manner(alone, alone.figures[0], Action.hold, ()) == "lift"


def test_a_pan_leaves_in_the_frame_whoever_stands_at_its_edge() -> None:
    pair = (figure("a", Action.stand, Side.far_left), figure("b", Action.stand, Side.far_right))
    for move in (Move.pan_left, Move.pan_right, Move.track_left, Move.track_right):
        picture = shot(Action.stand, *pair, size=ShotSize.two_shot)
        camera = picture.camera.model_copy(update={"move": move})
        screen = Screen(picture.model_copy(update={"camera": camera}), SIZE, 5, 4.0)
        base = screen.staging.pose
        for p in screen.staging.figures:
            framed = base.at(p.x, p.up + 1, p.depth)[0]
            for seconds in (0.0, 4.0):
                x = screen.path(seconds).at(p.x, p.up + 1, p.depth)[0]
                assert 0.04 * SIZE[0] < x < 0.96 * SIZE[0], f"{p.id} from {framed:.0f} to {x:.0f}: {move}"
        wide = [replace(p, x=0.0) for p in screen.staging.figures]
        assert room_aside(wide, base, SIZE) > room_aside(screen.staging.figures, base, SIZE)


def test_marks_are_larger_on_somebody_who_is_small_in_the_frame(monkeypatch: pytest.MonkeyPatch) -> None:
    """From afar the dust under the feet of a small figure was two pixels."""
    from photoplay.render.animatic import accents as module

    gains = []
    drawing = module.Pen

    def kept(*args: object) -> object:
        gains.append(args[10])
        return drawing(*args)  # type: ignore[arg-type]

    monkeypatch.setattr(module, "Pen", kept)
    for size in (ShotSize.close, ShotSize.extreme_wide):
        frame(said(Action.run, "She runs.", size), 1.0)
    assert gains[0] == 1.0
    assert gains[1] > 1.4


def test_what_is_held_out_comes_towards_the_other() -> None:
    one, other = figure("a", Action.hold, holds=("egg",)), figure("b", Action.stand, Side.right, Facing.left)
    picture = shot(
        Action.hold, one, other, target="egg", things=(thing("egg", "cup", held=True),), size=ShotSize.full
    ).model_copy(update={"sentence": "The keeper holds out the cup to the man."})
    screen = Screen(picture, SIZE, 5, 4.0)
    met = {m.one: m.other for m in screen._met}
    assert met == {"a": "b"}
    placed = {p.id: p for p in screen.staging.figures}
    assert (placed["a"].facing, placed["b"].facing) == (Facing.right, Facing.left)
    apart = []
    for t in [0.1 * n for n in range(40)]:
        hands = [placed[i].x + screen._players[i].body.hand(screen._acting[i], t)[0] for i in "ab"]  # type: ignore[index]
        apart.append(abs(hands[1] - hands[0]))
    assert min(apart) < 0.12 < apart[0]
    held = [in_hand(screen._players[i], screen._players, screen.picture, screen._met, 3.9).held for i in "ab"]
    assert [len(h) for h in held] == [0, 1]


def test_the_same_frame_in_any_order() -> None:
    """Marks and manners hold no state: frames are the same whatever was drawn before."""
    first, second = said(Action.cry, "She cries."), said(Action.sing, "She sings.")
    one = [frame(first, 1.0), frame(second, 1.0)]
    other = [frame(second, 1.0), frame(first, 1.0)][::-1]
    for a, b in zip(one, other, strict=True):
        assert np.array_equal(a, b)


def test_who_answers_somebody_out_of_the_picture_calls_under_the_sky_and_speaks_in_a_room() -> None:
    one = figure("a", Action.talk)
    far = shot(Action.talk, one).model_copy(update={"sentence": "The shepherd answers."})
    assert manner(far, one, Action.talk, ()) == "shout"
    room = shot(Action.talk, one, place=PlaceKind.house).model_copy(update={"sentence": far.sentence})
    look = room.place.look.model_copy(update={"interior": True})
    room = room.model_copy(update={"place": room.place.model_copy(update={"look": look})})
    assert manner(room, one, Action.talk, ()) == ""
    both = shot(Action.talk, one, figure("b", Action.listen)).model_copy(update={"sentence": far.sentence})
    assert manner(both, one, Action.talk, ()) == ""
