"""Shots that follow each other differ: strangers call a film of one distance badly designed."""

from __future__ import annotations

from functools import cache
from itertools import pairwise
from pathlib import Path

from photoplay.agent.outline import OutlineWriter
from photoplay.storyboard.boarding import board
from photoplay.storyboard.casting import cast
from photoplay.storyboard.coverage import BAND, settle
from photoplay.storyboard.film import Brief, Camera, Settings, Shot
from photoplay.storyboard.vocabulary import Action, Angle, ShotSize

STORIES = Path(__file__).parents[1] / "benchmarks" / "stories.txt"


@cache
def boards() -> dict[str, tuple[Shot, ...]]:
    """The shots of each of the forty stories, as they are boarded."""
    found = {}
    for idea in STORIES.read_text(encoding="utf-8").splitlines():
        brief = Brief(idea=idea)
        written = OutlineWriter().write(brief, 7, lambda _: None).treatment
        found[idea] = board(written, cast(written, brief, 7), brief, Settings())[0]
    return found


def test_every_film_has_three_distances() -> None:
    """All but one, whose hero swims from shot to shot: nearer, there is its head and no water."""
    few = {idea: {s.camera.size for s in shots} for idea, shots in boards().items()
           if len({BAND[s.camera.size] for s in shots}) < 3}  # fmt: skip
    assert len(boards()) == 40
    assert len(few) <= 1, few


def test_no_three_shots_in_a_row_are_framed_alike() -> None:
    dull = []
    for idea, shots in boards().items():
        seen = [(s.camera.size, s.camera.angle, {m.entity for m in s.cast}) for s in shots]
        dull += [(idea, a) for a, b, c in zip(seen, seen[1:], seen[2:], strict=False) if a == b == c]
    assert dull == []


def test_many_shots_are_nearer_than_whole_bodies() -> None:
    """Walking and digging need the floor; whoever reads, speaks, weeps or gives is seen from near."""
    bands = [BAND[s.camera.size] for shots in boards().values() for s in shots if s.cast]
    assert sum(band >= 2 for band in bands) >= 0.42 * len(bands)
    cries = [s.camera.size for shots in boards().values() for s in shots
             if s.event.action is Action.cry and len(s.cast) == 1]  # fmt: skip
    assert sum(BAND[size] == 3 for size in cries) >= 0.6 * len(cries)


def test_two_in_a_row_of_one_distance_are_followed_by_another() -> None:
    before = Camera(size=ShotSize.full, angle=Angle.eye)
    lately = (ShotSize.full, ShotSize.full)
    wishes = [ShotSize.full, ShotSize.medium_full, ShotSize.wide]
    size, _ = settle(wishes, [Angle.high, Angle.eye], before, (False, False), lately=lately)
    assert size is ShotSize.medium_full


def test_a_face_alone_does_not_stand_for_what_several_do_together() -> None:
    """Two who sniff at the ground are both seen; a close-up would show one nose."""
    for shots in boards().values():
        for shot in shots:
            named = [m for m in shot.cast if m.entity.removeprefix("the-") in shot.event.sentence.lower()]
            assert named or not shot.cast or BAND[shot.camera.size] != 3 or len(shot.cast) == 1


def test_a_scene_that_goes_on_in_its_place_need_not_open_on_whole_bodies() -> None:
    opens = [b.camera.size for shots in boards().values() for a, b in pairwise(shots) if a.scene != b.scene]
    assert sum(BAND[size] >= 2 for size in opens) >= 0.3 * len(opens)
