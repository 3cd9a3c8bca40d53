"""Acts that strangers misread: who hides, calls, creeps, rubs its eyes or sits is seen to do just that."""

from __future__ import annotations

from types import SimpleNamespace

import numpy as np
import pytest
import skia
from test_animatic_performing import figure, shot, thing
from test_animatic_side_by_side import joint, pair

from photoplay.render.animatic import chores, motions, notation
from photoplay.render.animatic.accents import _drawing
from photoplay.render.animatic.covers import cover_of, pulled_out_of
from photoplay.render.animatic.direction import business, directed_picture
from photoplay.render.animatic.figures.mood import mood
from photoplay.render.animatic.figures.quadruped import Quadruped
from photoplay.render.animatic.ink import Ink, rgb
from photoplay.render.animatic.margins import Margins
from photoplay.render.animatic.renderer import _drawn as drawn
from photoplay.render.animatic.screen import Screen
from photoplay.storyboard.looks import BodyLook
from photoplay.storyboard.picture import Picture
from photoplay.storyboard.vocabulary import (
    Action,
    Age,
    Being,
    Expression,
    Facing,
    Hour,
    LightKey,
    ShotSize,
    Side,
)

SIZE = (320, 180)
TALL = {"a": 1.7, "b": 1.7}


def alone(sentence: str, action: Action, age: Age = Age.adult, interior: bool = False) -> Picture:
    one = figure("a", action)
    one = one.model_copy(update={"look": one.look.model_copy(update={"age": age})})
    picture = shot(action, one, size=ShotSize.full).model_copy(update={"sentence": sentence})
    look = picture.place.look.model_copy(update={"interior": interior})
    return picture.model_copy(update={"place": picture.place.model_copy(update={"look": look})})


def top_of_the_cover() -> float:
    """How high what somebody hides behind is, in shares of the height."""
    surface = skia.Surface(200, 200)
    canvas = surface.getCanvas()
    canvas.translate(100, 190)
    canvas.scale(180, 180)
    chores.cover(canvas, Ink(line=0.01))
    rows = np.flatnonzero(surface.toarray()[..., 3].max(axis=1) > 60)
    return float(190 - rows[0]) / 180


@pytest.mark.parametrize("age", [Age.child, Age.adult])
def test_of_who_hides_no_more_than_the_face_is_over_the_cover_and_nobody_shivers(age: Age) -> None:
    screen = Screen(alone("She hides.", Action.hide, age), SIZE, 5, 4.0)
    assert _drawing(screen._players["a"], screen._acting["a"]) is None
    tall = screen._players["a"].body.height
    for seconds in (0.3, 1.0, 1.6, 2.2, 3.6):
        neck, nose = (-joint(screen, "a", n, seconds)[1] / tall for n in ("neck", "nose"))
        assert neck < top_of_the_cover() < nose + 0.06


def test_who_calls_has_a_hand_at_the_mouth_which_is_open_all_the_time() -> None:
    screen = Screen(pair("The boy calls to the old woman.", Action.talk), SIZE, 5, 4.0)
    acting = screen._acting["a"]
    assert acting.manner == "shout"
    assert min(mood(acting, k / 10, 5).gape for k in range(40)) > 0.5
    nose, hand = joint(screen, "a", "nose", 2.0), joint(screen, "a", "r-wrist", 2.0)
    assert np.hypot(*(nose - hand)) < 0.32
    elbow, neck = joint(screen, "a", "r-elbow", 2.0), joint(screen, "a", "neck", 2.0)
    assert elbow[1] > neck[1] + 0.1, "folded up before the chest, the arm is a lump"


def test_who_creeps_does_not_laugh_however_glad() -> None:
    picture = alone("The guard creeps out.", Action.sneak)
    glad = picture.figures[0].model_copy(update={"expression": Expression.happy})
    screen = Screen(picture.model_copy(update={"figures": (glad,)}), SIZE, 5, 4.0)
    face = mood(screen._acting["a"], 1.0, 5)
    assert face.gape == 0.0
    assert face.curve < 0.2


@pytest.mark.parametrize("age", [Age.child, Age.adult])
def test_who_rubs_the_eyes_stands_with_a_fist_at_one_and_has_them_shut(age: Age) -> None:
    screen = Screen(alone("She rubs her eyes.", Action.reach, age), SIZE, 5, 4.0)
    assert mood(screen._acting["a"], 1.0, 5).open == 0.0
    tall = screen._players["a"].body.height
    nose, hand, hip = (joint(screen, "a", n, 1.0) / tall for n in ("nose", "r-wrist", "r-hip"))
    assert np.hypot(*(nose - hand)) < 0.12
    assert -hip[1] > 0.35, "and no knee is bent"


def test_who_sits_in_the_open_sits_on_the_ground_and_in_a_room_before_its_stool_at_first() -> None:
    outside = Screen(alone("She sits down.", Action.sit), SIZE, 5, 4.0)
    tall = outside._players["a"].body.height
    assert -joint(outside, "a", "r-hip", 3.8)[1] < 0.14 * tall
    inside = Screen(alone("She sits down.", Action.sit, interior=True), SIZE, 5, 4.0)
    first, last = (joint(inside, "a", "r-hip", seconds)[0] for seconds in (0.2, 3.8))
    assert abs(first - last) > 0.1 * tall, "no stool is in the legs of who stands"
    on = Screen(alone("She sits down on the bench.", Action.sit), SIZE, 5, 4.0)
    assert on._acting["a"].manner == ""


@pytest.mark.parametrize(
    "sentence",
    [
        "The boy and the old woman sit.",
        "The old boy and his old woman sit down.",
        "The two sit side by side.",
    ],
)
def test_two_who_sit_sit_side_by_side_turned_to_each_other(sentence: str) -> None:
    screen = Screen(pair(sentence, Action.sit, Action.sit), SIZE, 5, 4.0)
    assert [f.facing for f in screen.picture.figures] == [Facing.right, Facing.left]
    assert {screen._acting[who].manner for who in "ab"} == {"beside"}
    apart = Screen(pair("The boy sits and sees the old woman.", Action.sit, Action.sit), SIZE, 5, 4.0)
    assert {apart._acting[who].manner for who in "ab"} == {"ground"}


def three(sentence: str, action: Action, target: str) -> Picture:
    figures = (
        figure("a", action), figure("b", action, Side.centre), figure("c", Action.run, Side.far_left),
    )  # fmt: skip
    named = tuple(
        f.model_copy(update={"noun": n})
        for f, n in zip(figures, ("guard", "older boy", "younger boy"), strict=True)
    )
    picture = shot(action, *named, target=target, size=ShotSize.full)
    return picture.model_copy(update={"sentence": sentence})


@pytest.mark.parametrize(
    ("sentence", "action", "hunted"),
    [
        ("The guard chases the two boys.", Action.run, "bc"),
        ("The guard and the older boy chase the younger boy.", Action.run, "c"),
        ("The guard leaps after the younger boy.", Action.jump, "c"),
    ],
)
def test_all_who_are_chased_run_ahead_afraid_of_those_with_their_arms_out(
    sentence: str, action: Action, hunted: str
) -> None:
    screen = Screen(
        three(sentence, action, "b" if hunted != "c" or " and " in sentence else "c"), SIZE, 5, 4.0
    )
    placed = {p.id: p for p in screen.staging.figures}
    way = 1.0 if placed["a"].facing is Facing.right else -1.0
    for who in hunted:
        assert way * placed[who].x > way * placed["a"].x + 0.5, "the chased are ahead of the chaser"
        assert screen._acting[who].expression is Expression.afraid
    assert screen._acting["a"].manner == "chase"
    neck = joint(screen, "a", "neck", 2.0)
    hands = [joint(screen, "a", name, 2.0) for name in ("r-wrist", "l-wrist")]
    assert min(way * (hand[0] - neck[0]) for hand in hands) > 0.18, "the arms are out to get hold of them"


def test_who_is_stolen_from_has_its_back_turned_and_gives_nothing() -> None:
    one = figure("a", Action.take, holds=("egg",))
    victim = figure("b", Action.look, Side.right, Facing.left, gaze="a")
    picture = shot(Action.take, one, victim, target="b", things=(thing("egg", "egg", held=True),))
    stolen = picture.model_copy(update={"sentence": "The boy steals the egg from the old woman."})
    screen = Screen(stolen, SIZE, 5, 4.0)
    assert screen._met == ()
    assert [screen._acting[i].facing for i in "ab"] == [Facing.right, Facing.right]
    assert screen._acting["b"].action is Action.stand
    taken = picture.model_copy(update={"sentence": "The boy takes the egg from the old woman."})
    assert [m.kind for m in Screen(taken, SIZE, 5, 4.0)._met] == ["give"]


def test_who_seizes_somebody_has_it_in_the_arms() -> None:
    played = directed_picture(pair("The boy grabs the old woman.", Action.take), TALL, {})
    assert played.figures[0].action is Action.hug
    assert mood(Screen(played, SIZE, 5, 4.0)._acting["a"], 2.0, 5).open > 0.5, "with open eyes"


def test_somebody_small_who_is_found_sits_and_is_knelt_down_to() -> None:
    picture = pair("The boy finds the old woman.", Action.look)
    child = picture.figures[1].model_copy(
        update={"look": picture.figures[1].look.model_copy(update={"age": Age.child})}
    )
    screen = Screen(picture.model_copy(update={"figures": (picture.figures[0], child)}), SIZE, 5, 4.0)
    assert screen._acting["b"].action is Action.sit
    assert screen._acting["a"].low
    assert screen.picture.camera.size is ShotSize.full
    assert not Screen(picture, SIZE, 5, 4.0)._acting["a"].low, "to somebody as tall one does not kneel"


def test_who_is_read_to_is_in_the_picture() -> None:
    picture = pair("The boy reads a book to the old woman.", Action.read, Action.listen)
    close = picture.model_copy(
        update={"camera": picture.camera.model_copy(update={"size": ShotSize.medium_close})}
    )
    assert directed_picture(close, TALL, {}).camera.size in (ShotSize.two_shot, ShotSize.full)


@pytest.mark.parametrize(("kind", "sentence"), [("tree", "behind the old oak"), ("sofa", "behind the sofa")])
def test_what_somebody_hides_behind_is_drawn_before_it_and_nowhere_else(kind: str, sentence: str) -> None:
    stands = (thing("it", kind),)
    picture = shot(Action.hide, figure("a", Action.hide), target="it", things=stands, size=ShotSize.full)
    hides = picture.model_copy(update={"sentence": f"She hides {sentence}."})
    screen = Screen(hides, SIZE, 5, 4.0)
    assert screen.staging.things == ()
    assert cover_of(hides.sentence) == kind
    assert business(screen.picture, screen.picture.figures[0], Action.hide) == "cover"
    put = picture.model_copy(update={"sentence": f"She hides the {kind}."})
    assert len(Screen(put, SIZE, 5, 4.0).picture.things) == 1
    barrels = picture.model_copy(update={"sentence": "She hides in her castle."})
    assert cover_of(barrels.sentence) == ""


def test_who_hides_under_an_umbrella_holds_it_over_the_head() -> None:
    wet = (thing("it", "umbrella"),)
    picture = shot(Action.hide, figure("a", Action.hide), target="it", things=wet)
    screen = Screen(picture.model_copy(update={"sentence": "She hides under an umbrella."}), SIZE, 5, 4.0)
    assert screen.picture.figures[0].holds == ("it",)
    assert screen._acting["a"].action is not Action.hide, "crouched or not, it is no shiver beside it"


def beast(sentence: str, action: Action, species: str, being: Being) -> Picture:
    """An animal alone."""
    one = figure("a", action)
    one = one.model_copy(update={"look": BodyLook(being=being, species=species), "noun": species})
    return shot(action, one, size=ShotSize.full).model_copy(update={"sentence": sentence})


@pytest.mark.parametrize("sentence", ["The goat walks against the wind.", "It fights through the icy storm."])
def test_who_goes_against_the_wind_is_seen_in_it_and_does_not_sweat_tears(sentence: str) -> None:
    for species, being in (("goat", Being.quadruped), ("penguin", Being.bird), ("person", Being.person)):
        screen = Screen(beast(sentence, Action.walk, species, being), SIZE, 5, 4.0)
        acting = screen._acting["a"]
        assert (acting.action, acting.manner) == (Action.push, "through")
        assert _drawing(screen._players["a"], acting) is motions.gusts
    drops: list[str] = []
    pen = SimpleNamespace(
        head=(0.1, -0.9), size=0.24, seconds=1.0, half=0.2, gain=1.0, room=None,
        canvas=skia.Surface(8, 8).getCanvas(),
        ink=SimpleNamespace(piece=lambda canvas, path, colour: drops.append(colour)),
        stroke=lambda points, width: drops.append("stroke"),
    )  # fmt: skip
    motions.gusts(pen)  # type: ignore[arg-type]
    assert drops.count("stroke") > 4
    assert "#a8dcf8" not in drops, "no drop runs down a cheek"


def test_no_line_of_the_wind_lies_on_legs_or_on_who_stands_by() -> None:
    lines: list[tuple[float, float]] = []
    by = (0.3, -2.0, 0.7, 0.0)
    for seconds in np.arange(0.0, 3.0, 0.1):
        pen = SimpleNamespace(
            head=(0.1, -0.9), size=0.24, seconds=seconds, half=0.2, gain=1.0,
            room=Margins((-2.0, -2.0, 2.0, 0.5), (), (by,)),
            canvas=skia.Surface(8, 8).getCanvas(),
            ink=SimpleNamespace(piece=lambda canvas, path, colour: None),
            stroke=lambda points, width: lines.extend(points),
        )  # fmt: skip
        motions.gusts(pen)  # type: ignore[arg-type]
    assert lines
    assert all(y < -0.25 for _, y in lines)
    assert not any(by[0] < x < by[2] for x, _ in lines)


@pytest.mark.parametrize("hour", [Hour.dusk, Hour.night])
def test_a_white_goat_stays_near_white_at_sunset_and_by_night(hour: Hour) -> None:
    told = beast("The goat stands.", Action.stand, "goat", Being.quadruped)
    goat = told.figures[0].model_copy(
        update={"look": told.figures[0].look.model_copy(update={"coat_colour": "#e6e0d4"})}
    )
    told = told.model_copy(update={"figures": (goat,), "hour": hour, "light": LightKey.golden})
    body = Screen(told, SIZE, 5, 4.0)._players["a"].body._body
    assert isinstance(body, Quadruped)
    seen = rgb(body.ink.seen(body.coat))
    assert min(seen) > 150
    assert max(seen) - min(seen) < 45


@pytest.mark.parametrize("species", ["penguin", "owl"])
def test_an_upright_bird_that_lies_is_longer_than_high(species: str) -> None:
    boxes = [
        Screen(beast("It is there.", action, species, Being.bird), SIZE, 5, 4.0)._players["a"].extent
        for action in (Action.stand, Action.lie)
    ]
    assert boxes[0].height > boxes[0].width
    assert boxes[1].width > 1.2 * boxes[1].height


def test_a_third_who_hugs_two_is_at_their_side() -> None:
    picture = three("They all hug.", Action.hug, "b")
    hugs = tuple(f.model_copy(update={"action": Action.hug}) for f in picture.figures)
    screen = Screen(picture.model_copy(update={"figures": hugs}), SIZE, 5, 4.0)
    placed = {p.id: p for p in screen.staging.figures}
    near = min(abs(placed["c"].x - placed[i].x) for i in "ab")
    assert near < 0.45 * placed["c"].tall, "and no dwarf behind"
    assert abs(placed["c"].depth - placed["a"].depth) < 0.1


def test_a_ghost_that_whispers_is_beside_whoever_listens_and_not_before_its_face() -> None:
    picture = pair("The ghost whispers to the old woman.", Action.talk)
    ghost = picture.figures[0].model_copy(update={"look": BodyLook(being=Being.ghost, species="ghost")})
    screen = Screen(picture.model_copy(update={"figures": (ghost, picture.figures[1])}), SIZE, 5, 4.0)
    one, other = screen.staging.figures
    assert abs(one.x - other.x) >= 0.48 * one.extent.width


def test_the_notes_of_an_animal_that_sings_are_over_its_own_head() -> None:
    screen = Screen(beast("The raven sings to the wolf.", Action.sing, "raven", Being.bird), SIZE, 5, 4.0)
    assert _drawing(screen._players["a"], screen._acting["a"]) is notation.overhead
    person = Screen(alone("She sings.", Action.sing), SIZE, 5, 4.0)
    assert _drawing(person._players["a"], person._acting["a"]) is notation.notes


def test_who_is_pulled_up_from_a_hole_is_in_one_and_seen_to_the_feet() -> None:
    two = pair("The boy pulls the old woman up from a hole.", Action.pull)
    close = two.model_copy(update={"camera": two.camera.model_copy(update={"size": ShotSize.two_shot})})
    screen = Screen(close, SIZE, 5, 4.0)
    assert screen.picture.camera.size is ShotSize.full
    assert screen._acting["b"].manner == "helped"
    assert pulled_out_of("helped", close.sentence) != ""
    up = close.model_copy(update={"sentence": "The boy pulls the old woman up on her feet."})
    with_hole, without = (
        np.asarray(drawn(Screen(p, SIZE, 5, 4.0), 3.6)).astype(int)[..., :3] for p in (close, up)
    )
    assert (np.abs(with_hole - without).max(axis=2) > 40).sum() > 200, "the hole is drawn"
    assert pulled_out_of("helped", up.sentence) == ""
    assert pulled_out_of("pushed", close.sentence) == ""


def test_a_bench_that_is_sat_on_is_under_those_who_sit_on_it_and_no_stool_is_there() -> None:
    bench = (thing("bench", "bench"),)
    two = pair("The boy and the old woman sit on the bench.", Action.sit, Action.sit)
    screen = Screen(two.model_copy(update={"things": bench}), SIZE, 5, 4.0)
    xs = sorted(p.x for p in screen.staging.figures)
    at = next(p for p in screen.staging.things if p.id == "bench")
    assert xs[0] < at.x < xs[1]
    assert at.depth >= max(p.depth for p in screen.staging.figures), "their legs are before it"
    assert {screen._acting[i].manner for i in "ab"} == {"seat"}
    beside = two.model_copy(update={"things": bench, "sentence": "The boy sits and sees the bench."})
    assert Screen(beside, SIZE, 5, 4.0)._acting["a"].manner != "seat"
