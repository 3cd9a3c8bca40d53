"""What the event of a shot asks: its camera, its hands, its business, the way in which it is done."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
import skia

import photoplay.render.animatic.reading as reading_module
import photoplay.render.animatic.seen_figures as seen_module
from photoplay.agent.outline.phrase import Phrase
from photoplay.agent.outline.roles import members_of
from photoplay.render.animatic.direction import business, directed_picture
from photoplay.render.animatic.figures.performances import MANNERS, PERFORMANCES, performance
from photoplay.render.animatic.places.recipes import Recipe
from photoplay.render.animatic.screen import Screen
from photoplay.render.animatic.ways import manner
from photoplay.storyboard.looks import BodyLook, PlaceLook, ThingLook
from photoplay.storyboard.picture import CameraIn, FigureIn, Picture, PlaceIn, ThingIn
from photoplay.storyboard.vocabulary import (
    Action,
    Being,
    Facing,
    PlaceKind,
    ShotSize,
    Side,
    View,
)

TALL, LONG = {"a": 1.7, "b": 1.7}, {"egg": 0.4, "ladder": 2.6}


def figure(
    name: str,
    action: Action,
    side: Side = Side.left,
    facing: Facing = Facing.right,
    gaze: str | None = None,
    holds: tuple[str, ...] = (),
) -> FigureIn:
    return FigureIn(
        id=name, noun="keeper", words="a keeper", look=BodyLook(), action=action, side=side, facing=facing,
        gaze=gaze, holds=holds,
    )  # fmt: skip


def thing(name: str, kind: str, held: bool = False) -> ThingIn:
    return ThingIn(id=name, words=kind, look=ThingLook(kind=kind), side=Side.right, held=held)


def shot(
    action: Action,
    *figures: FigureIn,
    target: str | None = None,
    things: tuple[ThingIn, ...] = (),
    size: ShotSize = ShotSize.medium_close,
    view: View = View.objective,
    place: PlaceKind = PlaceKind.meadow,
) -> Picture:
    return Picture(
        sentence="Something is done.",
        actor="a",
        action=action,
        target=target,
        place=PlaceIn(id="p", words="a place", look=PlaceLook(kind=place)),
        camera=CameraIn(size=size, view=view),
        figures=figures,
        things=things,
    )


def drawn(picture: Picture, seconds: float, length: float = 4.0) -> np.ndarray:
    screen = Screen(picture, (320, 180), 5, length)
    surface = skia.Surface(320, 180)
    screen.draw(surface.getCanvas(), seconds, screen.path(seconds))
    return np.asarray(surface.toarray())[..., :3].astype(np.int16)


def changed(one: np.ndarray, other: np.ndarray) -> int:
    return int((np.abs(one - other).max(axis=2) > 24).sum())


@pytest.mark.parametrize("action", [Action.give, Action.point, Action.look, Action.push, Action.hold])
@pytest.mark.parametrize("size", [ShotSize.medium, ShotSize.medium_close, ShotSize.extreme_close])
def test_the_one_it_is_done_to_stays_in_the_frame(action: Action, size: ShotSize) -> None:
    picture = shot(
        action,
        figure("a", action, Side.left, gaze="b"),
        figure("b", Action.stand, Side.right, Facing.left, gaze="a"),
        target="b",
        size=size,
    )
    screen = Screen(picture, (640, 360), 3, 4.0)
    pose = screen.staging.pose
    heads = {p.id: pose.at(p.x, p.up + p.extent.eyes, p.depth) for p in screen.staging.figures}
    assert set(heads) == {"a", "b"}
    for x, y in heads.values():
        assert 0 < x < 640
        assert 0 < y < 360


def test_a_close_up_of_a_feeling_stays_close() -> None:
    for action in (Action.stand, Action.cry, Action.think):
        picture = shot(action, figure("a", action), size=ShotSize.close)
        assert directed_picture(picture, TALL, LONG).camera.size is ShotSize.close


def test_what_is_small_is_taken_into_the_hands_and_what_is_large_is_not() -> None:
    egg = shot(Action.hold, figure("a", Action.hold), target="egg", things=(thing("egg", "egg"),))
    played = directed_picture(egg, TALL, LONG)
    assert played.figures[0].holds == ("egg",)
    assert played.things[0].held
    ladder = shot(Action.hold, figure("a", Action.hold), target="ladder", things=(thing("ladder", "ladder"),))
    played = directed_picture(ladder, TALL, LONG)
    assert played.figures[0].holds == ()
    assert not played.things[0].held
    assert manner(played, played.figures[0], Action.hold, ()) == "by"


def test_who_looks_at_nobody_looks_out_and_no_hand_goes_to_the_face() -> None:
    near = shot(Action.look, figure("a", Action.look))
    assert manner(near, near.figures[0], Action.look, ()) == "out"
    assert not performance(Action.look, "out").touch
    assert not performance(Action.look).touch
    wide = shot(Action.look, figure("a", Action.look), size=ShotSize.wide)
    assert manner(wide, wide.figures[0], Action.look, ()) == "out"
    at = shot(
        Action.look, figure("a", Action.look, gaze="b"), figure("b", Action.stand, Side.right), target="b"
    )
    assert manner(at, at.figures[0], Action.look, ()) == ""


def test_who_looks_at_somebody_near_is_seen_to_look() -> None:
    picture = shot(
        Action.look, figure("a", Action.stand, gaze="b"), figure("b", Action.stand, Side.right), target="b"
    )
    assert directed_picture(picture, TALL, LONG).figures[0].action is Action.look


def test_a_look_at_a_thing_is_not_taken_over_a_strangers_shoulder() -> None:
    picture = shot(
        Action.look,
        figure("a", Action.look, gaze="egg"),
        figure("b", Action.stand, Side.right),
        target="egg",
        things=(thing("egg", "egg"),),
        view=View.over_shoulder,
    )
    assert directed_picture(picture, TALL, LONG).camera.view is View.objective


def test_a_gift_goes_over_into_the_other_hand() -> None:
    picture = shot(
        Action.give,
        figure("a", Action.give, Side.left, Facing.right, "b", holds=("egg",)),
        figure("b", Action.reach, Side.right, Facing.left, "a"),
        target="b",
        things=(thing("egg", "egg", held=True),),
        size=ShotSize.full,
    )
    from photoplay.render.animatic.handing import in_hand

    screen = Screen(picture, (320, 180), 3, 4.0)
    players, met = screen._players, screen._met

    def holds(name: str, seconds: float) -> int:
        return len(in_hand(players[name], players, screen.picture, met, seconds).held)

    assert (holds("a", 0.4), holds("b", 0.4)) == (1, 0)
    assert (holds("a", 3.6), holds("b", 3.6)) == (0, 1)
    shown = {p.id: screen._acting[p.id] for p in screen.staging.figures}
    assert shown["a"].manner == ""
    assert shown["b"].manner == "get"


def test_hands_are_shaken_where_both_give_and_nothing_is_given() -> None:
    picture = shot(
        Action.give,
        figure("a", Action.give, Side.left, Facing.right, "b"),
        figure("b", Action.give, Side.right, Facing.left, "a"),
        target="b",
        size=ShotSize.full,
    )
    screen = Screen(picture, (320, 180), 3, 4.0)
    assert {screen._acting[i].manner for i in "ab"} == {"shake"}
    tips = []
    for placed in screen.staging.figures:
        hand = screen._players[placed.id].body.hand(screen._acting[placed.id], 1.0)
        assert hand is not None
        tips.append(placed.x + hand[0])
    assert abs(tips[0] - tips[1]) < 0.4


@pytest.mark.parametrize(
    ("action", "used"),
    [
        (Action.open, "door"),
        (Action.work, "bench"),
        (Action.push, "crate"),
        (Action.paint, "easel"),
    ],
)
def test_what_is_used_is_drawn_and_changes_where_no_thing_is_named(action: Action, used: str) -> None:
    picture = shot(action, figure("a", action), size=ShotSize.close)
    assert business(picture, picture.figures[0], action) == used
    screen = Screen(picture, (320, 180), 5, 4.0)
    assert screen.picture.camera.size is not ShotSize.close
    surface = skia.Surface(320, 180)
    screen.draw(surface.getCanvas(), 0.2, screen.path(0.2))
    bare = Screen(picture.model_copy(update={"actor": None}), (320, 180), 5, 4.0)
    assert screen.staging.figures[0].extent.width > 1.3 * bare.staging.figures[0].extent.width


@pytest.mark.parametrize("action", [Action.open, Action.work, Action.push, Action.paint])
def test_business_is_seen_and_a_door_opens(action: Action, monkeypatch: pytest.MonkeyPatch) -> None:
    picture = shot(action, figure("a", action), size=ShotSize.full)
    frames = [drawn(picture, seconds) for seconds in (0.2, 3.6)]
    monkeypatch.setattr(seen_module, "beside", lambda *_: None)
    bare = [drawn(picture, seconds) for seconds in (0.2, 3.6)]
    for one, without in zip(frames, bare, strict=True):
        assert changed(one, without) > 300
    if action is Action.open:
        assert changed(*frames) > changed(*bare) + 500


def test_what_is_put_away_is_gone_at_the_end() -> None:
    from photoplay.render.animatic.handing import in_hand

    picture = shot(Action.give, figure("a", Action.give), target="egg", things=(thing("egg", "egg"),))
    screen = Screen(picture, (320, 180), 3, 4.0)
    player = screen._players["a"]
    assert in_hand(player, screen._players, screen.picture, (), 0.5).held
    assert not in_hand(player, screen._players, screen.picture, (), 3.8).held
    assert screen.picture.camera.size is ShotSize.full


def test_who_applauds_somebody_claps() -> None:
    pair = shot(Action.laugh, figure("a", Action.laugh), figure("b", Action.stand, Side.right), target="b")
    claps = pair.model_copy(update={"sentence": "She claps for the man."})
    assert manner(claps, claps.figures[0], Action.laugh, ()) == "clap"
    laughs = pair.model_copy(update={"sentence": "She laughs with the man."})
    assert manner(laughs, laughs.figures[0], Action.laugh, ()) == "", "who laughs with somebody does not clap"


def test_whoever_performs_has_an_audience() -> None:
    size = ShotSize.full
    stage = shot(Action.perform, figure("a", Action.perform), size=size, place=PlaceKind.stage)
    performs = Screen(stage, (320, 180), 5, 4.0)
    stands = Screen(shot(Action.stand, figure("a", Action.stand), size=size), (320, 180), 5, 4.0)

    def layers(screen: Screen) -> set[str]:
        return {laid.name for laid in screen.laid(1.0, screen.path(1.0), 1.0)}

    assert "audience" in layers(performs)
    assert "audience" not in layers(stands)
    wood = shot(Action.perform, figure("a", Action.perform), size=size, place=PlaceKind.forest)
    assert "audience" not in layers(Screen(wood, (320, 180), 5, 4.0))
    crowd = shot(Action.stand, figure("a", Action.stand), size=ShotSize.close)
    crowd = crowd.model_copy(update={"sentence": "She stands before a crowd."})
    assert "audience" in layers(Screen(crowd, (320, 180), 5, 4.0))


def test_a_slow_performance_is_seen_to_its_end_and_a_fall_is_not_slowed() -> None:
    for length in (2.0, 4.0, 7.0):
        act = performance(Action.give)
        assert length * act.paced(length) >= act.seconds
        assert performance(Action.fall).paced(length) == 1.0
    assert set(MANNERS).isdisjoint((action, "") for action in PERFORMANCES)


@pytest.mark.parametrize(("kind", "shape"), [(PlaceKind.river, "winds"), (PlaceKind.island, "round")])
def test_a_river_winds_away_and_an_island_is_round(
    kind: PlaceKind, shape: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    usual = reading_module.recipe
    those = (
        (figure("a", Action.stand),) if kind is PlaceKind.island else ()
    )  # where nobody is, it is seen from the sea
    shaped = drawn(shot(Action.stand, *those, place=kind, size=ShotSize.extreme_wide), 1.0)

    def straight(of: PlaceKind, interior: bool) -> Recipe:
        found = usual(of, interior)
        return replace(found, ground={k: v for k, v in found.ground.items() if k != shape})

    monkeypatch.setattr(reading_module, "recipe", straight)
    plain = drawn(shot(Action.stand, *those, place=kind, size=ShotSize.extreme_wide), 1.0)
    assert changed(shaped, plain) > 500


def test_an_old_couple_are_two_people() -> None:
    couple = Phrase(noun="couple", head="couple", determiner="an", adjectives=("old",), sort="person")
    nouns = [p.noun for p in members_of(couple, None)]
    assert nouns == ["old woman", "old man"]
    assert members_of(couple, 1) == ()


def test_beings_without_a_waist_lean_into_what_they_do() -> None:
    look = BodyLook(being=Being.robot, species="robot")
    frames = []
    for action in (Action.stand, Action.push):
        one = figure("a", action).model_copy(update={"look": look})
        frames.append(drawn(shot(action, one, target="b", size=ShotSize.full), 2.0))
    assert changed(*frames) > 300
