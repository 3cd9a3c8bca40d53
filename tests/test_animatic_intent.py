"""What the words of an event ask besides its action, and people who are told by what they wear."""

from __future__ import annotations

import math

import numpy as np
import pytest
import skia
from test_animatic_performing import figure, shot, thing

from photoplay.render.animatic import handing
from photoplay.render.animatic.direction import directed_picture
from photoplay.render.animatic.figures import Acting, Figure
from photoplay.render.animatic.figures.mood import mood
from photoplay.render.animatic.figures.variants import told_apart, variant, warmed
from photoplay.render.animatic.handing import given_kind
from photoplay.render.animatic.ink import Ink, rgb
from photoplay.render.animatic.screen import Screen
from photoplay.storyboard.looks import BodyLook
from photoplay.storyboard.picture import Picture
from photoplay.storyboard.vocabulary import (
    Action,
    Age,
    Beard,
    Being,
    Distance,
    Dress,
    Expression,
    Facing,
    HairStyle,
    Hour,
    LightKey,
    Move,
    ShotSize,
    Side,
)  # fmt: skip

SIZE = (320, 180)


def told(sentence: str, picture: Picture) -> Picture:
    return picture.model_copy(update={"sentence": sentence})


def pair(action: Action, size: ShotSize = ShotSize.medium) -> Picture:
    one, other = figure("a", action), figure("b", Action.stand, Side.right, Facing.left)
    return shot(action, one, other, target="b", size=size)


def frame(picture: Picture, seconds: float) -> np.ndarray:
    screen = Screen(picture, SIZE, 5, 4.0)
    surface = skia.Surface(*SIZE)
    screen.draw(surface.getCanvas(), seconds, screen.path(seconds))
    return np.asarray(surface.toarray())[..., :3].astype(np.int16)


def drawn(look: BodyLook, pieces: tuple[str, ...] = (), facing: Facing = Facing.camera) -> np.ndarray:
    surface = skia.Surface(160, 240)
    canvas = surface.getCanvas()
    canvas.translate(80, 225)
    canvas.scale(110, 110)
    Figure(look, (), Ink(), 4, pieces).draw(
        canvas, Acting(Action.stand, Expression.neutral, facing), 0.4, 4.0
    )
    return np.asarray(surface.toarray())[..., :3].astype(np.int16)


def test_who_looks_for_the_owner_of_something_has_it_in_the_hands() -> None:
    seeks = shot(Action.search, figure("a", Action.search), things=(thing("it", "violin"),))
    played = directed_picture(told("She looks for the owner of the violin.", seeks), {}, {})
    assert played.figures[0].holds == ("it",)
    assert played.figures[0].action is Action.look, "and gropes for nothing on the floor"
    lost = directed_picture(told("She searches for the violin.", seeks), {}, {})
    assert not lost.figures[0].holds


def test_who_looks_for_somebody_searches_and_has_not_found() -> None:
    played = directed_picture(told("The boxer looks for the girl.", pair(Action.look)), {}, {})
    seeker, sought = played.figures
    assert seeker.action is Action.search
    assert sought.distance is Distance.far
    behind = sought.side in (Side.far_left, Side.left) if seeker.facing is Facing.right else sought.side in (
        Side.far_right, Side.right
    )  # fmt: skip
    assert behind, "whoever is sought would stand before the eyes of the seeker"
    found = directed_picture(told("The boxer looks at the girl.", pair(Action.look)), {}, {})
    assert found.figures[0].action is Action.look


def test_an_adverb_of_feeling_is_on_the_face() -> None:
    played = directed_picture(told("The baker looks angrily at the cook.", pair(Action.look)), {}, {})
    assert played.figures[0].expression is Expression.angry
    assert played.figures[1].expression is not Expression.angry
    screen = Screen(told("The baker looks angrily at the cook.", pair(Action.look)), SIZE, 5, 4.0)
    assert screen._acting["a"].manner == "angry"


def test_both_are_seen_where_one_looks_at_the_other() -> None:
    """The writer's actor stands and looks: a close shot of it alone would show neither look nor other."""
    one, other = figure("a", Action.stand), figure("b", Action.stand, Side.right, Facing.left)
    picture = shot(Action.look, one, other, target="b", size=ShotSize.medium_close)
    screen = Screen(told("The driver looks at the robot.", picture), SIZE, 5, 4.0)
    assert screen.picture.camera.size is ShotSize.two_shot
    assert {p.id for p in screen.staging.figures} == {"a", "b"}
    assert screen._acting["a"].manner == ""


def test_a_look_does_not_weep() -> None:
    """A sad face was taken for what happens in the shot."""
    sad = Acting(Action.look, Expression.sad, Facing.right, manner="far")
    stands = Acting(Action.stand, Expression.sad, Facing.right)
    assert mood(sad, 0.5, 1).curve > mood(stands, 0.5, 1).curve
    assert mood(sad, 0.5, 1).open >= 1.0


def test_what_is_looked_at_in_the_hands_is_brought_before_the_eyes() -> None:
    who = figure("a", Action.look, holds=("medal",))
    things = (thing("medal", "medal", held=True),)
    picture = shot(Action.look, who, target="medal", things=things, size=ShotSize.full)
    screen = Screen(told("The nurse looks at the medal.", picture), SIZE, 5, 4.0)
    assert screen._acting["a"].manner == "held"
    hand = screen._players["a"].body.hand(screen._acting["a"], 3.9)
    low = screen._players["a"].body.hand(screen._acting["a"], 0.0)
    assert hand is not None
    assert low is not None
    assert hand[1] < low[1] - 0.04


@pytest.mark.parametrize(
    ("sentence", "action"),
    [
        ("He falls.", Action.fall),
        ("He stops on the road.", Action.stand),
        ("He pushes toward the house.", Action.push),
    ],
)
def test_feet_are_seen_in_what_the_whole_body_does(sentence: str, action: Action) -> None:
    picture = told(sentence, shot(action, figure("a", action), size=ShotSize.medium))
    camera = picture.camera.model_copy(update={"move": Move.tilt_down})
    screen = Screen(picture.model_copy(update={"camera": camera}), SIZE, 5, 4.0)
    for seconds in (0.0, 2.0, 3.9):
        subject = screen.staging.figures[0]
        assert screen.path(seconds).at(subject.x, 0.0, subject.depth)[1] <= SIZE[1] * 1.0


def test_who_stops_comes_to_the_place_and_stays() -> None:
    screen = Screen(told("He stops.", shot(Action.stand, figure("a", Action.stand))), SIZE, 5, 4.0)
    nose = [screen._players["a"].body.joints(screen._acting["a"], t)["nose"][0] for t in (0.1, 3.0, 3.9)]
    assert abs(nose[1] - nose[0]) > 0.5
    assert abs(nose[2] - nose[1]) < 0.03


def test_nobody_pushes_empty_air() -> None:
    """ "Pushes toward somebody" is a way forced against the wind: no crate, and no arms against nothing."""
    screen = Screen(told("The girl pushes toward the man.", pair(Action.push)), SIZE, 5, 4.0)
    assert screen._acting["a"].manner == "through"
    braced = Screen(
        told("The girl pushes the crate.", shot(Action.push, figure("a", Action.push))), SIZE, 5, 4.0
    )
    assert braced._acting["a"].manner == ""


def test_a_light_that_is_seen_is_in_the_picture() -> None:
    picture = shot(Action.look, figure("a", Action.look), size=ShotSize.medium)
    night = picture.model_copy(update={"hour": Hour.night, "light": LightKey.natural})
    lit, unlit = (
        int((frame(told(sentence, night), 2.0).min(axis=2) > 150).sum())
        for sentence in ("The boy sees a light.", "The boy sees a ship.")
    )
    assert lit > unlit + 60


def test_what_is_given_is_what_the_sentence_names() -> None:
    assert given_kind("The short baker gives the tall baker half a loaf.") == "bread"
    assert given_kind("The owl gives it.") == "gift"


def test_people_who_look_on_are_seen() -> None:
    seen = frame(told("People look at the baker.", pair(Action.look, ShotSize.full)), 1.0)
    alone = frame(told("Nobody looks at the baker.", pair(Action.look, ShotSize.full)), 1.0)
    changed = np.abs(seen - alone).max(axis=2)[int(SIZE[1] * 0.85) :] > 30
    assert changed.mean() > 0.2


# What they wear -------------------------------------------------------------------------------------------


def test_a_uniform_is_not_taken_for_skin() -> None:
    brown = BodyLook(skin="#8d5a3a", dress=Dress.uniform, dress_colour="#7a5134")
    assert math.dist(rgb(told_apart(brown).dress_colour), rgb(brown.skin)) > 50
    blue = brown.model_copy(update={"dress_colour": "#2f4a8f"})
    assert told_apart(blue) == blue
    bare = brown.model_copy(update={"dress": Dress.none})
    assert told_apart(bare) == bare


def test_skin_is_warmer_only_in_blue_light() -> None:
    look = BodyLook()
    assert warmed(look, (1.0, 1.0, 0.9)) == look
    red, _, blue = rgb(warmed(look, (0.6, 0.65, 0.9)).skin)
    was_red, _, was_blue = rgb(look.skin)
    assert red - blue > was_red - was_blue


@pytest.mark.parametrize("hair", [HairStyle.curly, HairStyle.short, HairStyle.spiky])
@pytest.mark.parametrize("facing", [Facing.camera, Facing.away])
def test_a_girl_is_told_from_a_boy(hair: HairStyle, facing: Facing) -> None:
    looks = [BodyLook(presents=p, age=Age.child, hair=hair) for p in ("woman", "man")]
    girl, boy = (drawn(look, facing=facing) for look in looks)

    def bow(child: np.ndarray) -> int:
        head = child[:150]
        return int(((head[..., 2] > 150) & (head[..., 1] < 90) & (head[..., 0] > 60)).sum())

    def legs(child: np.ndarray) -> int:
        """Pixels across, over the knees: a skirt is wider than two legs in short trousers."""
        return int((child.max(axis=2) > 8)[192].sum())

    assert bow(girl) > 30
    assert bow(boy) < 5
    assert legs(girl) > 1.1 * legs(boy)


def test_hair_is_under_the_glass_of_a_helmet() -> None:
    look = BodyLook(presents="woman", hair=HairStyle.braids, dress=Dress.spacesuit)
    assert variant(look, {}).hair is HairStyle.bob
    assert variant(look.model_copy(update={"dress": Dress.coat}), {}).hair is HairStyle.braids


def test_an_old_salt_has_whiskers_and_a_woman_has_none() -> None:
    man = BodyLook(presents="man")
    for look, least in ((man, 60), (man.model_copy(update={"presents": "woman"}), 0)):
        grown = (np.abs(drawn(look, ("whiskers",)) - drawn(look)).max(axis=2) > 40).sum()
        assert grown > least if least else grown == 0
    bearded = man.model_copy(update={"beard": Beard.full})
    assert (drawn(bearded, ("whiskers",)) == drawn(bearded)).all()


def test_back_to_back_is_not_face_to_face() -> None:
    one, other = figure("a", Action.sit), figure("b", Action.sit, Side.right, Facing.left)
    picture = told(
        "The baker sits back to back with the cook.",
        shot(Action.sit, one, other, target="b", size=ShotSize.full),
    )
    screen = Screen(picture, SIZE, 5, 4.0)
    placed = {p.id: p for p in screen.staging.figures}
    assert placed["a"].x < placed["b"].x
    assert (placed["a"].facing, placed["b"].facing) == (Facing.left, Facing.right)
    assert 0.25 < (placed["b"].x - placed["a"].x) / placed["a"].tall < 0.5, "each leans on the other's back"


def test_a_ship_in_a_room_is_held_as_a_model() -> None:
    things = (thing("ship", "rocket"),)
    inside = shot(Action.hold, figure("a", Action.hold), target="ship", things=things)
    look = inside.place.look.model_copy(update={"interior": True})
    room = inside.model_copy(update={"place": inside.place.model_copy(update={"look": look})})
    outside = inside.model_copy(
        update={
            "place": inside.place.model_copy(update={"look": look.model_copy(update={"interior": False})})
        }
    )
    tall, long = {"a": 1.7}, {"ship": 5.0}
    assert directed_picture(room, tall, long).figures[0].holds == ("ship",)
    assert directed_picture(outside, tall, long).figures[0].holds == ()


def test_a_thing_too_large_for_the_hands_is_heaved_at_one_end() -> None:
    picture = shot(Action.hold, figure("a", Action.hold), target="boat", things=(thing("boat", "boat"),))
    screen = Screen(told("The woman lifts the boat.", picture), SIZE, 5, 4.0)
    boat, who = screen.staging.things[0], screen.staging.figures[0]
    assert screen._heaved(boat, 0.0) == 0.0
    assert abs(screen._heaved(boat, 3.9)) > 10
    assert (screen._heaved(boat, 3.9) > 0) == (who.x < boat.x)
    still = Screen(told("The woman holds the boat.", picture), SIZE, 5, 4.0)
    assert still._heaved(boat, 3.9) == 0.0


def test_an_animal_comes_and_stops() -> None:
    look = BodyLook(being=Being.quadruped, species="dog")
    body = Figure(look, (), Ink(), 4)

    def middle(t: float) -> float:
        surface = skia.Surface(400, 200)
        canvas = surface.getCanvas()
        canvas.translate(200, 180)
        canvas.scale(120, 120)
        body.draw(canvas, Acting(Action.stand, Expression.neutral, Facing.right, manner="stop"), t, 4.0)
        return float(np.flatnonzero(surface.toarray()[..., 3].max(axis=0) > 60).mean())

    assert middle(3.0) - middle(0.1) > 20
    assert abs(middle(3.9) - middle(3.0)) < 8


def test_hands_lie_on_what_is_pushed(monkeypatch: pytest.MonkeyPatch) -> None:
    """A child's arms are shorter: its crate stands nearer."""
    at: list[float] = []

    def kept(canvas: skia.Canvas, *args: object) -> None:
        at.append(canvas.getTotalMatrix().getTranslateX())

    monkeypatch.setattr(handing.drawn, "performed_with", kept)
    for age in (Age.adult, Age.child):
        who = figure("a", Action.push)
        who = who.model_copy(update={"look": who.look.model_copy(update={"age": age})})
        screen = Screen(told("She pushes.", shot(Action.push, who)), SIZE, 5, 4.0)
        player, placed = screen._players["a"], screen.staging.figures[0]
        handing.beside(skia.Surface(9, 9).getCanvas(), Ink(), player, placed, screen.picture, 1.0, 4.0, False)
        hand = player.body.hand(player.acting, 1.0)
        assert hand is not None
        near = abs(at[-1] + handing.drawn.CRATE_NEAR * player.body.height * (1 if at[-1] <= 0 else -1))
        assert abs(near - abs(hand[0])) < 0.02 or placed.facing is Facing.left
