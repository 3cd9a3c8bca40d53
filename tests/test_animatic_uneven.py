"""Somebody huge with somebody small is seen from several sides, and not in the same wide shot each time."""

from __future__ import annotations

import numpy as np
import pytest
import skia
from test_animatic_giants import GIANT
from test_animatic_landmarks import being, picture

from photoplay.render.animatic.blocking import Placed
from photoplay.render.animatic.embraces import TRUNK
from photoplay.render.animatic.figures import Acting, Figure
from photoplay.render.animatic.ink import Ink
from photoplay.render.animatic.screen import Screen
from photoplay.storyboard.looks import BodyLook
from photoplay.storyboard.picture import CameraIn, Picture
from photoplay.storyboard.vocabulary import (
    Action,
    Angle,
    Being,
    Expression,
    Facing,
    PlaceKind,
    ShotSize,
    Side,
    View,
)

TREE, MAN = BodyLook(being=Being.plant, species="tree"), BodyLook(presents="man")
SIZE = 320, 180


def told(actor: str, action: Action, sentence: str, huge: BodyLook = TREE, place=PlaceKind.forest) -> Picture:
    """Somebody huge and a man, of whom one does something to the other, in a full shot."""
    two = being("huge", huge, action, Side.left), being("man", MAN, action, Side.right)
    first, second = two if actor == "huge" else two[::-1]
    return picture(first, second, sentence=sentence, kind=place).model_copy(
        update={"camera": CameraIn(size=ShotSize.full), "target": second.id}
    )


def screen(*said: object, **more: object) -> Screen:
    return Screen(told(*said, **more), SIZE, 1, 4.0)  # type: ignore[arg-type]


def on_frame(seen: Screen, who: str, share: float = 1.0) -> tuple[float, float]:
    """Where the eyes of somebody are, or so many times as high up, as shares of the frame."""
    placed = next(p for p in seen.staging.figures if p.id == who)
    x, y = seen.staging.pose.at(placed.x, placed.up + share * placed.extent.eyes, placed.depth)
    return x / SIZE[0], y / SIZE[1]


@pytest.mark.parametrize(("huge", "place"), [(TREE, PlaceKind.forest), (GIANT, PlaceKind.meadow)])
def test_who_is_told_something_by_somebody_huge_is_seen_from_behind_before_its_face(huge, place) -> None:
    seen = screen("huge", Action.talk, "The giant tells the man a secret.", huge=huge, place=place)
    assert seen.picture.camera.view is View.over_shoulder
    man = next(p for p in seen.staging.figures if p.id == "man")
    assert man.shoulder
    x, y = on_frame(seen, "huge")
    assert 0.15 < x < 0.85
    assert 0.05 < y < 0.85
    left = seen.staging.pose.at(man.x + man.extent.left, 0, man.depth)[0] / SIZE[0]
    right = seen.staging.pose.at(man.x + man.extent.right, 0, man.depth)[0] / SIZE[0]
    assert not left < x < right, "he hides it"


def test_who_calls_up_to_somebody_huge_stands_nearer_and_it_rises_over_the_lens() -> None:
    seen = screen("man", Action.talk, "The man calls to the tree.")
    assert seen.picture.camera.angle is Angle.low
    placed = {p.id: p for p in seen.staging.figures}
    assert placed["man"].depth < placed["huge"].depth - 1
    tree = placed["huge"]
    top = seen.staging.pose.at(tree.x, tree.extent.top, tree.depth)[1]
    assert 0 < top < 0.25 * SIZE[1]


def test_who_laughs_with_a_tree_is_beside_its_face_in_a_close_frame() -> None:
    near = screen("huge", Action.laugh, "The tree laughs with the man.")
    far = screen("huge", Action.hug, "The tree is with the man.")
    scale = [s.staging.pose.scale(0.0) for s in (near, far)]
    assert scale[0] > 1.5 * scale[1]
    for who in ("huge", "man"):
        x, y = on_frame(near, who)
        assert 0.05 < x < 0.95
        assert 0.05 < y < 0.8


def test_a_lesson_and_two_of_a_size_are_framed_as_they_were() -> None:
    lesson = screen("huge", Action.talk, "The tree teaches the man a song.")
    assert lesson.picture.camera.view is View.objective
    pair = screen("huge", Action.talk, "The woman tells the man a secret.", huge=MAN)
    assert pair.picture.camera.view is View.objective


def test_who_sits_down_at_the_foot_of_a_tree_is_seen_to_the_feet_beside_its_face() -> None:
    near = screen("man", Action.sit, "The man sits down beside the tree.")
    far = screen("huge", Action.hug, "The tree is with the man.")
    assert near.staging.pose.scale(0.0) > 1.3 * far.staging.pose.scale(0.0)
    man = next(p for p in near.staging.figures if p.id == "man")
    assert near.staging.pose.at(man.x, 0.0, man.depth)[1] < SIZE[1]
    assert 0.05 < on_frame(near, "huge")[1] < 0.8


def test_who_bows_to_a_tree_is_seen_past_its_bark_from_behind() -> None:
    bows = told("man", Action.kneel, "The man bows to the tree.")
    ways = {"man": Facing.left, "huge": Facing.right}
    turned = tuple(f.model_copy(update={"facing": ways[f.id]}) for f in bows.figures)
    seen = Screen(bows.model_copy(update={"figures": turned}), SIZE, 1, 4.0)
    tree, man = (next(p for p in seen.staging.figures if p.id == who) for who in ("huge", "man"))
    assert tree.shoulder
    assert tree.facing is Facing.away
    assert tree.depth < man.depth - 1
    left, right = ((seen.staging.pose.at(x, 0, tree.depth)[0] / SIZE[0]) for x in trunk(tree))
    his = seen.staging.pose.at(man.x, 0, man.depth)[0] / SIZE[0]
    seen_of_it = (right - max(left, 0.0)) if his > 0.5 else (min(right, 1.0) - left)
    assert 0.1 < seen_of_it < 0.35, "a part of it at the edge"
    assert not left < his < right
    assert seen.staging.pose.at(man.x, 0, man.depth)[1] < SIZE[1]


def trunk(tree: Placed) -> tuple[float, float]:
    """Where its trunk begins and ends, in metres."""
    half = TRUNK * tree.extent.top
    return tree.x - half, tree.x + half


def test_a_tree_that_sings_with_somebody_is_seen_whole_and_from_farther_off_than_who_calls_to_it() -> None:
    sings = screen("huge", Action.sing, "The tree sings with the man.")
    calls = screen("man", Action.talk, "The man calls to the tree.")
    assert sings.picture.camera.view is View.objective
    assert sings.staging.pose.scale(0.0) < 0.85 * calls.staging.pose.scale(0.0)


def test_a_tree_that_dances_stays_on_its_roots() -> None:
    """Its roots cover the same row of the frame at every moment, while its crown sways."""
    canvas = [drawn(TREE, t) for t in (0.3, 0.55, 0.8)]
    lowest = {int(np.flatnonzero(a.any(axis=1)).max()) for a in canvas}
    assert max(lowest) - min(lowest) <= 1
    assert not np.array_equal(canvas[0], canvas[1])


def drawn(look: BodyLook, seconds: float) -> np.ndarray:
    """What a dancing being covers of a square frame, as booleans."""
    surface = skia.Surface(200, 200)
    canvas = surface.getCanvas()
    canvas.translate(100, 180)
    canvas.scale(40, 40)
    dances = Acting(Action.dance, Expression.neutral, Facing.right)
    Figure(look, (), Ink(), 3).draw(canvas, dances, seconds, 4.0)
    return np.asarray(surface.toarray())[..., 3] > 128
