"""Sleeves and hands: a hand is seen at the end of a wide sleeve, no arm folds over into creases, and what is
taken is held by its edge."""

from __future__ import annotations

import math

import numpy as np
import pytest
import skia
from test_animatic_handiwork import doing

from photoplay.render.animatic.figures import Acting, Figure, creature
from photoplay.render.animatic.figures.performances import performance
from photoplay.render.animatic.figures.shapes import bare_arm, limb
from photoplay.render.animatic.figures.skeleton import Joint, Limb
from photoplay.render.animatic.figures.sleeves import drawn_back, sleeve_widths
from photoplay.render.animatic.figures.touching import is_before_the_body
from photoplay.render.animatic.grip import by_its_edge, held_by, size_in_hand
from photoplay.render.animatic.ink import Ink
from photoplay.render.animatic.screen import Screen
from photoplay.render.animatic.things import Thing
from photoplay.render.animatic.utensils import STICK, match_at
from photoplay.storyboard.looks import BodyLook, ThingLook
from photoplay.storyboard.vocabulary import Action, Being, Dress, Expression, Facing


def _arm(elbow: tuple[float, float], wrist: tuple[float, float]) -> Limb:
    return Limb(Joint(0.0, 0.0, 0.0), Joint(*elbow, 0.0), Joint(*wrist, 0.0), Joint(*wrist, 0.0))


def test_a_wide_sleeve_slides_back_on_a_raised_arm_and_is_no_wider_than_the_arm_is_long() -> None:
    hanging = sleeve_widths("wide", _arm((0.0, 0.17), (0.1, 0.31)), 0.16, 1.0)
    raised = sleeve_widths("wide", _arm((0.12, 0.0), (0.1, -0.16)), 0.16, 1.0)
    towards_us = sleeve_widths("wide", _arm((0.1, 0.14), (0.07, 0.17)), 0.16, 1.0)
    assert hanging[2] > 0.1
    assert max(raised[2], towards_us[2]) < 0.75 * hanging[2]


def test_the_hand_is_outside_the_mouth_of_the_sleeve() -> None:
    end = drawn_back((0.0, 0.0), (0.0, 0.16), 0.05)
    assert math.isclose(end[1], 0.11)


def test_an_arm_that_is_bent_far_has_no_creases_within_its_outline() -> None:
    arm = limb((0.0, 0.0), (0.16, 0.12), (0.02, 0.2), (0.12, 0.11, 0.1))
    again = skia.Simplify(arm)
    assert arm.countVerbs() == again.countVerbs(), "the outline crosses itself"


def test_who_dreams_or_remembers_has_the_face_free_of_hands() -> None:
    assert is_before_the_body(performance(Action.think, "dream").touch)


def test_a_picture_is_taken_by_its_edge_and_a_key_in_the_fist() -> None:
    painting, key = (Thing(ThingLook(kind=kind), (), Ink(), 0) for kind in ("painting", "key"))
    half = 0.5 * painting.width * size_in_hand(painting, 1.7)
    assert 0.7 * half < by_its_edge(painting, 1.7) < half
    assert by_its_edge(key, 1.7) == 0.0


def test_the_spoon_of_who_cooks_goes_down_ahead_of_the_hand_into_the_pot() -> None:
    player = Screen(doing(Action.cook, "She cooks.", "spoon", ("it",)), (320, 180), 5, 4.0)._players["a"]
    assert [t.look.kind for t in player.held] == ["spoon"]
    surface = skia.Surface(200, 200)
    canvas = surface.getCanvas()
    canvas.translate(100, 100)
    canvas.scale(100, 100)
    hold = held_by(player, Ink(), 0.0, 0.0)
    assert hold is not None
    hold(canvas)
    inked = np.argwhere(np.asarray(surface.toarray())[..., 3] > 60) - 100
    far = inked[abs(inked[:, 1]).argmax()]
    assert abs(far[1]) > 25
    assert far[0] > 4, "its bowl is up in the air"


@pytest.mark.parametrize("facing", [Facing.camera, Facing.left, Facing.right])
def test_the_eyes_of_a_tree_are_on_its_trunk(facing: Facing, monkeypatch: pytest.MonkeyPatch) -> None:
    surface = skia.Surface(500, 500)
    canvas = surface.getCanvas()
    canvas.translate(250, 480)
    canvas.scale(100, 100)
    corners: list[skia.Point] = []

    def eye(canvas: skia.Canvas, ink: Ink, x: float, y: float, size: float, *_: object) -> None:
        matrix = canvas.getTotalMatrix()
        corners.extend(matrix.mapPoints([skia.Point(x + side * 0.9 * size, y) for side in (-1, 1)]))

    monkeypatch.setattr(creature, "animal_eye", eye)
    tree = Figure(BodyLook(being=Being.plant, species="tree"), (), Ink(), 1)
    tree.draw(canvas, Acting(Action.stand, Expression.neutral, facing), 0.5, 3.0)
    drawn = surface.toarray()
    assert corners
    assert all(drawn[int(p.y()), int(p.x()), 3] > 200 for p in corners)


def test_a_bare_arm_is_no_tube() -> None:
    path = bare_arm((0.0, 0.0), (0.0, 0.18), (0.0, 0.34), 1.0)

    def wide(y: float) -> float:
        return sum(bool(path.contains(x / 1000, y)) for x in range(-60, 61)) / 1000

    upper, elbow, below, wrist = wide(0.05), wide(0.17), wide(0.22), wide(0.33)
    assert upper > 1.15 * elbow < below > 1.3 * wrist


@pytest.mark.parametrize(("dress", "shows"), [(Dress.suit, True), (Dress.coat, False)])
def test_between_hand_and_sleeve_of_a_suit_the_cuff_of_the_shirt_is_seen(dress: Dress, shows: bool) -> None:
    look = BodyLook(dress=dress, dress_colour="#202024", skin="#8a5a3a")
    figure, points = Figure(look, (), Ink(), 3), Acting(Action.point, Expression.neutral, Facing.right)
    hand = figure.hand(points, 1.0)
    assert hand is not None
    surface = skia.Surface(300, 300)
    canvas = surface.getCanvas()
    canvas.translate(100, 280)
    canvas.scale(120, 120)
    figure.draw(canvas, points, 1.0, 4.0)
    x, y = 100 + 120 * hand[0], 280 + 120 * hand[1]
    near = surface.toarray()[int(y) - 15 : int(y) + 15, int(x) - 24 : int(x) + 6]
    white = (near[..., :3] > 190).all(axis=-1) & (near[..., 3] > 200)
    assert bool(white.sum() > 15) is shows


@pytest.mark.parametrize("kind", ["letter", "urn"])
def test_of_who_has_something_before_the_chest_no_elbow_is_behind_the_back(kind: str) -> None:
    screen = Screen(doing(Action.hold, f"She holds the {kind}.", kind, holds=("it",)), (320, 180), 5, 4.0)
    (placed,) = screen.staging.figures
    body = screen._players[placed.id].body
    joints = body.joints(screen._acted(placed, 2.0), 2.0)
    for side in "rl":
        (sx, sy), (ex, ey) = joints[f"{side}-shoulder"], joints[f"{side}-elbow"]
        assert abs(ex - sx) < 0.1 * body.height
        assert ey > sy + 0.1 * body.height


def test_a_crown_comes_down_on_the_head_with_a_hand_at_each_side() -> None:
    screen = Screen(doing(Action.hold, "He puts on his crown.", "crown", holds=("it",)), (320, 180), 5, 4.0)
    (placed,) = screen.staging.figures
    acting = screen._acted(placed, 3.9)
    assert acting.manner == "don"
    body = screen._players[placed.id].body
    joints = body.joints(acting, 3.9)
    hands = [joints["r-wrist"], joints["l-wrist"]]
    assert all(abs(x - joints["nose"][0]) > 0.5 * body.head[0] for x, _ in hands)
    assert all(-y < body.height for _, y in hands), "no higher than the top of the head"


def test_who_lights_a_candle_has_it_off_the_hair() -> None:
    (x, _), (mx, my) = STICK, match_at(0.5)
    assert x > 0.36
    assert mx < x
    assert -my < 0.74


def test_who_kneels_beside_an_urn_comes_to_have_the_hands_on_it() -> None:
    screen = Screen(doing(Action.kneel, "He kneels beside the urn.", "urn"), (320, 180), 5, 4.0)
    placed, urn = screen.staging.figures[0], screen.staging.things[0]
    first, last = (screen._hands.lays(placed, screen._acting[placed.id], t)[0] for t in (0.0, 3.9))
    assert first[2] == 0.0
    assert last[2] == 1.0
    x, up = placed.x + last[0], placed.up - last[1]
    assert urn.x + urn.extent.left < x < urn.x + urn.extent.right
    assert 0.5 * urn.extent.top < up < urn.extent.top


def test_a_pot_that_is_given_is_no_cup_and_a_sandwich_no_loaf() -> None:
    pot, sandwich = (Thing(ThingLook(kind=kind), (), Ink(), 3) for kind in ("pot", "sandwich"))
    longest = [max(t.width, t.height) * size_in_hand(t, 1.7) / 1.7 for t in (pot, sandwich)]
    assert longest[0] > 0.24
    assert longest[1] < 0.2
