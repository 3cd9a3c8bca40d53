"""A rider sits in a saddle and holds the reins."""

from __future__ import annotations

import math

import numpy as np
import pytest
import skia

from photoplay.render.animatic import seen_figures
from photoplay.render.animatic.figures.acting import Acting
from photoplay.render.animatic.figures.figure import Figure
from photoplay.render.animatic.figures.garments import Wardrobe
from photoplay.render.animatic.ink import Ink
from photoplay.render.animatic.screen import Screen
from photoplay.storyboard.lexicon import look_up
from photoplay.storyboard.looks import BodyLook, PlaceLook
from photoplay.storyboard.picture import CameraIn, FigureIn, Picture, PlaceIn
from photoplay.storyboard.vocabulary import Action, Being, Expression, Facing, PlaceKind, ShotSize


def _ride(species: str = "horse") -> Screen:
    rider = FigureIn(
        id="mira", noun="knight", words="", look=BodyLook(), action=Action.ride, facing=Facing.right
    )
    look = BodyLook(being=Being.quadruped, species=species)
    mount = FigureIn(id="tom", noun=species, words="", look=look, facing=Facing.right)
    picture = Picture(
        place=PlaceIn(id="p", words="", look=PlaceLook(kind=PlaceKind.meadow)),
        sentence="The knight rides the horse.", action=Action.ride, actor="mira", target="tom",
        figures=(rider, mount), camera=CameraIn(size=ShotSize.full),
    )  # fmt: skip
    return Screen(picture, (320, 180), 1, 3.0)


def test_rider_sits_on_its_mount_behind_the_shoulders() -> None:
    placed = {p.id: p for p in _ride().staging.figures}
    assert placed["mira"].rides == "tom"
    assert placed["mira"].x < placed["tom"].x  # the neck is ahead


def test_reins_go_from_the_hand_to_the_mouth(monkeypatch: pytest.MonkeyPatch) -> None:
    drawn = []
    monkeypatch.setattr(
        seen_figures, "reins", lambda canvas, ink, hand, bit, side: drawn.append((hand, bit, side))
    )
    from photoplay.render.animatic.renderer import _drawn

    screen = _ride()
    np.asarray(_drawn(screen, 1.0))
    (hand, bit, side), *_ = drawn
    assert side == 1.0
    assert bit[0] > hand[0] + 0.3  # ahead of the rider
    assert abs(bit[1] - hand[1]) < 0.9


def test_only_hoofed_animals_are_bridled() -> None:
    dog = Figure(BodyLook(being=Being.quadruped, species="dog"), (), Ink(), 1)
    assert dog.bit is None
    assert Figure(BodyLook(), (), Ink(), 1).bit is None


@pytest.mark.parametrize("species", ["horse", "dog", "camel"])
def test_who_rides_an_animal_sits_astride(species: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """The near leg hangs at the flank, its foot below the knee; the far one is behind the animal."""
    screen = _ride(species)
    rider = screen._players["mira"]
    assert rider.acting.manner == "astride"
    joints = rider.body.joints(rider.acting, 0.3)
    assert joints["r-ankle"][1] - joints["r-hip"][1] > 0.3 * rider.body.height
    assert abs(joints["r-ankle"][0] - joints["r-knee"][0]) < 0.12 * rider.body.height
    drawn = []
    monkeypatch.setattr(Wardrobe, "leg", lambda self, canvas, leg, shade: drawn.append(leg))
    rider.body.draw(skia.Surface(50, 50).getCanvas(), rider.acting, 0.3, 3.0)
    assert len(drawn) == 1


@pytest.mark.parametrize("species", ["horse", "donkey", "camel", "llama"])
def test_a_bridle_lies_on_the_head_with_its_ring_on_the_muzzle(species: str) -> None:
    beast = Figure(BodyLook(being=Being.quadruped, species=species), (), Ink(), 1)
    beast.draw(
        skia.Surface(50, 50).getCanvas(), Acting(Action.ride, Expression.neutral, Facing.right), 0.0, 3.0
    )
    poll, ring, above, below = beast.bridle
    assert above[1] < ring[1] < below[1]
    assert poll[0] < ring[0]
    assert poll[1] < ring[1]


def test_nobody_bridles_a_dog() -> None:
    dog = Figure(BodyLook(being=Being.quadruped, species="dog"), (), Ink(), 1)
    dog.draw(
        skia.Surface(50, 50).getCanvas(), Acting(Action.ride, Expression.neutral, Facing.right), 0.0, 3.0
    )
    assert dog.bridle == ()


@pytest.mark.parametrize("moment", [0.1, 0.3, 0.5, 0.7, 0.9])
def test_a_galloping_forelegs_knee_does_not_break(moment: float, monkeypatch: pytest.MonkeyPatch) -> None:
    """No elbow or wrist of a foreleg lies further from the line of its leg than 0.18 of it standing (0.88)."""
    from photoplay.render.animatic.figures import beast_build

    spines = []
    plain = beast_build.tube
    monkeypatch.setattr(
        beast_build, "tube", lambda spine, widths: (spines.append(spine), plain(spine, widths))[1]
    )
    horse = Figure(BodyLook(being=Being.quadruped, species="horse"), (), Ink(), 1)
    acting = Acting(Action.ride, Expression.neutral, Facing.right)
    horse.draw(skia.Surface(50, 50).getCanvas(), acting, moment, 3.0)
    legs = [s for s in spines if len(s) == 8 and s[0][0] > 0.2]
    assert len(legs) == 2
    for top, _, elbow, _, wrist, _, _, foot in legs:
        dx, dy = foot[0] - top[0], foot[1] - top[1]
        for x, y in (elbow, wrist):
            assert abs((x - top[0]) * dy - (y - top[1]) * dx) / math.hypot(dx, dy) < 0.18 * 0.88


def test_an_ostrich_is_as_large_as_one_that_can_be_ridden() -> None:
    assert look_up("ostrich", "creature").kind == "ostrich"
    ostrich = Figure(BodyLook(being=Being.bird, species="ostrich"), (), Ink(), 1)
    sparrow = Figure(BodyLook(being=Being.bird, species="sparrow"), (), Ink(), 1)
    assert ostrich.height > 5 * sparrow.height
