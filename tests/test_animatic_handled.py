"""A thing that is dropped, thrown down, handed over, tipped out or held over two is low, whole and of one size."""

from __future__ import annotations

from dataclasses import replace

import pytest
import skia
from test_animatic_canopies import walked_home
from test_animatic_handiwork import doing
from test_animatic_held_by_hands import SIZE, box_of, player
from test_animatic_performing import figure, shot, thing

from photoplay.render.animatic import feelings, flung
from photoplay.render.animatic.accents import _drawing
from photoplay.render.animatic.camera import Pose
from photoplay.render.animatic.canopies import on_the_stick
from photoplay.render.animatic.clearing import no_loaves_behind
from photoplay.render.animatic.dropped import DROPPED
from photoplay.render.animatic.figures.performances import performance
from photoplay.render.animatic.grip import held_by, over_both, rise, size_in_hand
from photoplay.render.animatic.headroom import Head
from photoplay.render.animatic.ink import Ink
from photoplay.render.animatic.light import air
from photoplay.render.animatic.places.recipes import Layer, recipe
from photoplay.render.animatic.screen import Screen
from photoplay.render.animatic.shining import shining
from photoplay.storyboard.looks import BodyLook
from photoplay.storyboard.picture import PlaceIn
from photoplay.storyboard.vocabulary import Action, Age, Being, Facing, Hat, PlaceKind, ShotSize, Side


@pytest.mark.parametrize("kind", ["letter", "hammer", "bucket", "sword", "staff"])
def test_what_is_dropped_keeps_its_size_in_the_air_and_on_the_ground(kind: str) -> None:
    one = player(doing(Action.throw, "She drops it.", kind, holds=("it",)))
    one = replace(one, acting=replace(one.acting, manner="drop"))
    long = size_in_hand(one.held[0], one.body.height, DROPPED) * max(one.held[0].width, one.held[0].height)
    for out in (0.1, 0.6):
        left, high, right, low = box_of(lambda canvas, out=out: flung.let_fall(canvas, one, 1.0, 3.0, out))
        assert 0.6 * long < max(right - left, low - high) < 1.5 * long
        assert left > -0.1, "it does not lie across the feet"


@pytest.mark.parametrize("kind", ["bucket", "cup", "letter", "lantern"])
def test_what_is_dropped_falls_from_the_hand_and_never_rises(kind: str) -> None:
    one = player(doing(Action.throw, "She drops it.", kind, holds=("it",)))
    one = replace(one, acting=replace(one.acting, manner="drop"))
    falls = [
        box_of(lambda canvas, out=out: flung.let_fall(canvas, one, 1.0, 3.0, out))
        for out in (0.0, 0.15, 0.3, 0.4)
    ]
    assert [low for *_, low in falls] == sorted(low for *_, low in falls), "it flies up first"
    let_go = 0.56 * performance(Action.throw, "drop").seconds / one.acting.pace
    hand = one.body.hand(one.acting, let_go)
    assert hand is not None
    left, high, right, low = falls[0]
    assert left - 0.05 < hand[0] < right + 0.05
    assert high - 0.1 < hand[1] < low + 0.1, "it is not where the hand was"


def test_what_is_thrown_down_passes_under_the_chin() -> None:
    told = "She throws the hammer down."
    one = player(doing(Action.throw, told, "hammer", holds=("it",)))
    chin = one.body.joints(one.acting, 0.0)["neck"][1]
    seen = 0
    for beat in range(12, 48):
        t = beat / 12
        if flung.flown(one, t) is not None:
            _, high, _, _ = box_of(
                lambda canvas, t=t: flung.hurled(canvas, Ink(0.01), one, told, 1.0, t), 320
            )
            assert high > chin - 0.1 * one.body.height
            seen += 1
    assert seen > 4


def test_a_hammer_that_is_brought_stays_low_between_the_two() -> None:
    child = figure("a", Action.give, holds=("it",))
    child = child.model_copy(update={"look": child.look.model_copy(update={"age": Age.child})})
    told = shot(Action.give, child, figure("b", Action.stand, Side.right, Facing.left), target="b",
                things=(thing("it", "hammer", held=True),), size=ShotSize.full)  # fmt: skip
    told = told.model_copy(update={"sentence": "The apprentice brings her the hammer."})
    screen = Screen(told, SIZE, 5, 4.0)
    (taker,) = (p for p in screen.staging.figures if p.id == "b")
    body = screen._players["b"].body
    assert screen._acting["b"].manner == "get"
    hand = body.hand(screen._acted(taker, 3.8), 3.8)
    assert hand is not None
    assert -hand[1] < 0.5 * body.height, "its head would be at the face of a child"
    assert abs(hand[0]) > 0.15 * body.height


def test_the_hand_that_gives_a_hammer_is_no_lower_for_a_head_that_hangs() -> None:
    one = player(doing(Action.give, "She gives it.", "hammer", holds=("it",)))
    tall, hammer = one.body.height, one.held[0]
    assert rise(hammer, tall) * tall < 0.4 * hammer.height * size_in_hand(hammer, tall)


def test_the_head_of_a_tool_that_is_given_hangs_below_the_hand() -> None:
    one = player(doing(Action.give, "She gives it.", "axe", holds=("it",)))
    draw = held_by(one, Ink(0.01), 0.0, 0.4)
    assert draw is not None
    _, high, _, low = box_of(draw)
    assert low > 2 * -high


def test_who_floats_raises_no_dust_and_a_hat_has_no_holes() -> None:
    run = shot(Action.run, figure("a", Action.run))
    ghost = run.figures[0].model_copy(update={"look": BodyLook(being=Being.ghost, species="ghost")})
    for one, dusts in ((run.figures[0], True), (ghost, False)):
        screen = Screen(run.model_copy(update={"figures": (one,)}), SIZE, 5, 4.0)
        acting = replace(screen._acting["a"], action=Action.run, manner="")
        assert (_drawing(screen._players["a"], acting) is not None) is dusts
    for hat in (Hat.none, Hat.straw):
        talks = figure("a", Action.talk)
        talks = talks.model_copy(update={"look": BodyLook(hat=hat)})
        screen = Screen(shot(Action.talk, talks), SIZE, 5, 4.0)
        acting = replace(screen._acting["a"], manner="whisper")
        assert (_drawing(screen._players["a"], acting) is feelings.whisper) is (hat is Hat.none)


def test_ashes_fall_over_the_bow_into_the_water() -> None:
    told = doing(Action.throw, "She scatters the ashes.", "urn", holds=("it",))
    place = told.place.model_copy(update={"look": told.place.look.model_copy(update={"kind": PlaceKind.sea})})
    assert isinstance(place, PlaceIn)
    screen = Screen(told.model_copy(update={"place": place}), SIZE, 5, 4.0)
    (who,) = screen.staging.figures
    assert screen._acting["a"].manner == "scatter"
    assert screen.aboard is not None
    left, right = screen.aboard
    bow = right - who.x if who.facing is not Facing.left else who.x - left
    assert 0.0 < bow < 0.4 * who.tall, "they would fall into the boat"
    screen.draw(skia.Surface(*SIZE).getCanvas(), 2.0, screen.path(2.0))


def test_somebody_grown_has_a_hand_on_the_stick_that_a_child_holds_over_both() -> None:
    screen = walked_home()
    placed = {p.id: p for p in screen.staging.figures}
    players = screen._players
    assert not on_the_stick(placed["a"], screen.staging.figures, players, 1.0)
    ((across, down, share),) = on_the_stick(placed["b"], screen.staging.figures, players, 1.0)
    assert share == 1.0
    hand = players["a"].body.hand(screen._acted(placed["a"], 1.0), 1.0)
    stick = placed["a"].x + hand[0] * players["a"].scale
    assert placed["b"].x + across * players["b"].scale == pytest.approx(stick, abs=0.05)
    assert -down * players["b"].scale > -hand[1] * players["a"].scale, "above the child's own"
    reached = players["b"].body.hand(screen._acted(placed["b"], 1.0), 1.0)
    assert reached is not None
    assert reached[0] == pytest.approx(across, abs=0.12)
    over = over_both(players["a"], players["b"])
    assert over.canopy * players["a"].scale > 1.1 * placed["b"].extent.top, "its rim is clear of the hair"


def test_somebody_who_creeps_up_stops_off_the_muzzle_of_a_goat() -> None:
    goat = figure("b", Action.stand, Side.right, Facing.left)
    goat = goat.model_copy(update={"look": BodyLook(being=Being.quadruped, species="goat")})
    told = shot(Action.sneak, figure("a", Action.sneak), goat, target="b", size=ShotSize.full)
    screen = Screen(told.model_copy(update={"sentence": "She creeps up to her goat."}), SIZE, 5, 4.0)
    one, beast = screen.staging.figures
    assert one.walks
    gap = beast.walked(4.0, 4.0) + beast.extent.left - one.walked(4.0, 4.0) - one.extent.right
    assert gap > 0.2 * one.tall


def test_notes_keep_off_a_well_and_loaves_are_not_behind_a_loaf_in_the_hand() -> None:
    ground = air(shot(Action.sing), False)
    pose = Pose(x=0.0, height=1.4, distance=6.0, focal=600.0, centre=160.0, horizon=90.0)
    village = recipe(PlaceKind.village, False)
    wells = [la for la in village.layers if la.piece == "well"]
    boxes = shining(village, ground, pose, SIZE, 1, 0.5)
    assert wells
    for well in wells:
        x, y = pose.at(float(well.options["x"]), 1.0, well.depth)
        assert any(left < x < right and top < y < low for left, top, right, low in boxes)
    bakery = recipe(PlaceKind.shop, True)
    layer = Layer(2.9, "loaves", {"x": 0.3, "wide": 2.0})
    bare = no_loaves_behind(replace(bakery, layers=(layer,)), (Head(0.3, 0.0, 0.2, 1.2, 1.6),), pose, -1)
    ((there, half),) = bare.layers[0].options["avoid"]
    assert there < 0.0 < half, "mirrored as the room is"


def test_no_note_is_on_the_muzzle_or_the_ears_of_a_wolf_that_sings() -> None:
    wolf = figure("a", Action.sing)
    wolf = wolf.model_copy(update={"look": BodyLook(being=Being.quadruped, species="wolf")})
    told = shot(Action.sing, wolf, size=ShotSize.full, place=PlaceKind.forest)
    screen = Screen(told.model_copy(update={"sentence": "The wolf sings in the forest."}), SIZE, 5, 4.0)
    (placed,) = screen.staging.figures
    extent, room = placed.extent, screen._room(placed)
    front = extent.right if extent.face_x > 0 else extent.left
    assert room is not None
    assert screen._hung(placed)
    for x in (front, extent.face_x, 2 * extent.face_x - front):  # nose, face and ears
        kept = [
            w for (left, top, right, low), w in room.taken if left < x < right and top < -extent.eyes < low
        ]
        assert sum(w for w in kept if w >= 0.9) > 2.9, "as dear as a face, all through the shot"
