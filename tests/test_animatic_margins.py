"""Marks in the air lie on no face, on no mark of somebody else, and whole in the frame."""

from __future__ import annotations

import itertools
import time
from dataclasses import replace

import pytest
import skia
from test_animatic_performing import figure, shot
from test_animatic_side_by_side import pair

from photoplay.render.animatic import feelings, motions, seen_figures
from photoplay.render.animatic.accents import airborne
from photoplay.render.animatic.feelings import CLOUD
from photoplay.render.animatic.headroom import heads
from photoplay.render.animatic.margins import Box, Margins, settled
from photoplay.render.animatic.screen import Screen
from photoplay.storyboard.looks import BodyLook
from photoplay.storyboard.vocabulary import Action, Being, Facing, Hour, LightKey, PlaceKind, ShotSize, Side

SIZE = (320, 180)


def hung(screen: Screen) -> dict[str, list[Box]]:
    """Pixels of the marks of everybody, in the middle of the shot."""
    now = 0.5 * screen.length
    pose, found = screen.path(now), {}
    for p in screen.staging.figures:
        room = screen._room(p)
        assert room is not None
        scale = pose.scale(p.depth)
        x, y = pose.at(p.walked(now, screen.length), p.up, p.depth)
        found[p.id] = [
            (x + a * scale, y - b * scale, x + c * scale, y - d * scale) for a, b, c, d in screen._hung(p)
        ]
    return found


def shared(one: Box, other: Box) -> float:
    wide = min(one[2], other[2]) - max(one[0], other[0])
    high = min(one[3], other[3]) - max(one[1], other[1])
    return max(0.0, wide) * max(0.0, high)


def test_the_thought_of_each_of_two_hangs_over_its_own_head() -> None:
    fox, hen = ("quadruped", "fox"), ("bird", "hen")
    two = [
        figure(name, Action.lie, side, facing).model_copy(
            update={"look": BodyLook(being=Being(being), species=noun), "noun": noun, "manner": "awake"}
        )
        for name, side, facing, (being, noun) in (
            ("a", Side.left, Facing.right, fox),
            ("b", Side.right, Facing.left, hen),
        )
    ]
    told = {"sentence": "The fox and the hen lie awake."}
    screen = Screen(shot(Action.lie, *two, size=ShotSize.full).model_copy(update=told), SIZE, 5, 4.0)
    found, pose = hung(screen), screen.path(0.5 * screen.length)
    at = {p.id: pose.at(head.x, 0.0, head.depth)[0] for p in screen.staging.figures for head in heads([p])}
    (one, other), apart = found.values(), at["b"] - at["a"]
    (one,), (other,) = one, other
    assert 0.5 * (one[0] + one[2]) < at["a"] + 0.2 * apart
    assert 0.5 * (other[0] + other[2]) > at["b"] - 0.2 * apart


def test_a_thought_beside_somebody_who_has_none_hangs_ahead() -> None:
    room = Margins((-3.0, -3.0, 3.0, 1.0), (), ((0.8, -0.9, 1.2, 0.0),), (0.0, -0.9), 0.24)
    assert settled(CLOUD, room)[0][0][0] > 0
    assert settled(CLOUD, replace(room, shared=True))[0][0][0] < 0


@pytest.mark.parametrize("action", [Action.sing, Action.sleep, Action.think])
def test_marks_of_two_are_apart_and_on_nobodys_face(action: Action) -> None:
    picture = pair("The boy sings with the old woman.", action, action)
    camera = picture.camera.model_copy(update={"size": ShotSize.full})
    screen = Screen(picture.model_copy(update={"camera": camera}), SIZE, 5, 4.0)
    found = hung(screen)
    one, other = found.values()
    area = (one[0][2] - one[0][0]) ** 2
    for mine, its in itertools.product(one, other):
        assert shared(mine, its) < 0.03 * area
    pose = screen.path(0.5 * screen.length)
    for head in heads(screen.staging.figures):
        left, top = pose.at(head.x - head.half, head.high, head.depth)
        right, low = pose.at(head.x + head.half, head.low, head.depth)
        for box in (*one, *other):
            assert shared(box, (left, top, right, low)) < 0.05 * area


def test_the_notes_of_a_tree_are_beside_its_crown() -> None:
    tree = figure("a", Action.sing).model_copy(
        update={"look": BodyLook(being=Being.creature, species="tree being"), "noun": "tree"}
    )
    picture = shot(Action.sing, tree, size=ShotSize.full).model_copy(update={"sentence": "The tree sings."})
    screen = Screen(picture, SIZE, 5, 4.0)
    placed = screen.staging.figures[0]
    pose = screen.path(2.0)
    left, top = pose.at(placed.x + placed.extent.left, placed.extent.top, placed.depth)
    right, low = pose.at(placed.x + placed.extent.right, 0.5 * placed.extent.top, placed.depth)
    for box in hung(screen)["a"]:
        assert shared(box, (left, top, right, low)) < 0.5 * (box[2] - box[0]) ** 2


def test_marks_stay_where_they_were_asked_for_when_nothing_is_there() -> None:
    room = Margins((-3.0, -3.0, 3.0, 1.0), (), (), (0.0, -0.9), 0.24)
    marks = ((0.95, -0.15, 0.4), (1.45, -0.6, 0.4))
    assert settled(marks, room) == (marks, 1.0)


def test_the_notes_of_a_choir_find_their_places_in_no_time() -> None:
    boxes = [(0.0006 * n - 3.0, -3.0, 0.0006 * n - 2.9, 1.0) for n in range(10_000)]
    room = Margins((-3.0, -3.0, 3.0, 1.0), tuple((box, 0.3) for box in boxes), (), (0.0, -0.9), 0.24)
    began = time.process_time()
    marks = ((0.95, -0.15, 0.4), (1.45, -0.6, 0.4))
    assert settled(marks, room) == (marks, 1.0), "it is as full everywhere"
    assert time.process_time() - began < 1.5


def test_where_marks_hang_is_thought_out_once_for_each(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[object] = []
    monkeypatch.setattr(seen_figures, "settled", lambda *at: asked.append(at) or settled(*at))
    choir = [figure(name, Action.sing) for name in "abcdef"]
    picture = shot(Action.sing, *choir, size=ShotSize.full)
    screen = Screen(picture.model_copy(update={"sentence": "They sing."}), SIZE, 5, 4.0)
    assert len(hung(screen)) == 6
    assert len(asked) == 6


def test_speed_lines_are_not_drawn_over_who_runs_behind() -> None:
    strokes: list[float] = []

    class Pen:
        head, size, seconds, half, gain, canvas = (0.1, -0.9), 0.24, 1.0, 0.3, 1.0, None
        room: Margins | None = None

        class ink:
            @staticmethod
            def piece(*_: object, **__: object) -> None: ...

        @staticmethod
        def stroke(points: list[tuple[float, float]], width: float) -> None:
            strokes.append(points[0][1])

    motions.dusty(Pen())  # type: ignore[arg-type]
    assert len(strokes) == 3
    strokes.clear()
    Pen.room = Margins((-3.0, -3.0, 3.0, 1.0), (), ((-0.9, -0.6, -0.2, 0.0),))
    motions.dusty(Pen())  # type: ignore[arg-type]
    assert strokes == [-0.76], "only that over the back of who follows"


def test_sweat_flies_off_clear_of_the_face() -> None:
    places: list[tuple[float, float]] = []

    class Pen:
        head, size, seconds, canvas = (0.0, 0.0), 1.0, 0.7, None

        class ink:
            @staticmethod
            def piece(_: object, path: object, *__: object, **___: object) -> None:
                box = path.computeTightBounds()  # type: ignore[attr-defined]
                places.append((box.centerX(), box.centerY()))

            mark = staticmethod(lambda *_, **__: None)

    feelings.effort(Pen())  # type: ignore[arg-type]
    assert places
    assert all(x * x + y * y > 0.6**2 for x, y in places)


def test_only_marks_in_the_air_are_moved() -> None:
    screen = Screen(pair("The boy walks.", Action.walk), SIZE, 5, 4.0)
    assert airborne(screen._players["a"], screen._acting["a"]) == ()


@pytest.mark.parametrize("sentence", ["The wolf sings to the moon.", "The wolf howls at the moon."])
def test_no_note_lies_on_the_moon(sentence: str) -> None:
    wolf = figure("a", Action.sing).model_copy(
        update={"look": BodyLook(being=Being.quadruped, species="wolf"), "noun": "wolf"}
    )
    lit = {"sentence": sentence, "hour": Hour.night, "light": LightKey.moonlit}
    for seed in (3, 5, 8, 13):
        screen = Screen(shot(Action.sing, wolf, size=ShotSize.full).model_copy(update=lit), SIZE, seed, 4.0)
        (moon,) = screen._shone
        for box in hung(screen)["a"]:
            assert shared(box, moon) < 0.25 * (box[2] - box[0]) ** 2


def test_no_note_lies_on_a_lamp() -> None:
    for seed in (3, 5, 8, 13):
        picture = shot(Action.sing, figure("a", Action.sing), size=ShotSize.wide, place=PlaceKind.kitchen)
        place = picture.place.model_copy(
            update={"look": picture.place.look.model_copy(update={"interior": True})}
        )
        lit = {"place": place, "hour": Hour.night, "sentence": "The keeper sings."}
        screen = Screen(picture.model_copy(update=lit), SIZE, seed, 4.0)
        assert screen._shone
        for box, lamp in itertools.product(hung(screen)["a"], screen._shone):
            assert shared(box, lamp) < 0.25 * (box[2] - box[0]) ** 2


def test_two_who_kiss_have_one_heart(monkeypatch: pytest.MonkeyPatch) -> None:
    drawn: list[float] = []
    monkeypatch.setattr(feelings, "heart_shape", lambda x, y, r: drawn.append(x) or skia.Path())
    picture = pair("The boy kisses the old woman.", Action.hug, Action.hug)
    screen = Screen(picture, SIZE, 5, 4.0)
    screen.draw(skia.Surface(*SIZE).getCanvas(), 3.4, screen.path(3.4))
    assert len(drawn) == 1
