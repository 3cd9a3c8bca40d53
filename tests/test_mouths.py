"""Mouths move when their lines are heard, and only then."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from test_animatic_stage import ANNA, TOM, shown

from photoplay.render.animatic.figures.mouth import mouth, said
from photoplay.render.animatic.renderer import _drawn
from photoplay.render.animatic.screen import Screen
from photoplay.render.plan import Planner
from photoplay.render.registry import find_renderer
from photoplay.render.requests import Between, SpokenIn
from photoplay.storyboard.edit_types import AddLine, Setting, Spoken, SpokenLine
from photoplay.storyboard.edits import apply
from photoplay.storyboard.film import Line
from photoplay.storyboard.picture import CameraIn
from photoplay.storyboard.vocabulary import LineKind, ShotSize


@given(st.floats(0, 20), st.text(max_size=60), st.floats(0.1, 9))
def test_a_mouth_is_shut_outside_its_line_and_never_more_than_open(t, words, length):
    line = said(3.0, length, words)
    opened = mouth((line,), t)
    assert 0 <= opened <= 1
    if not 3 <= t < 3 + length:
        assert opened < 0.05


def test_longer_words_take_more_of_the_line_and_each_syllable_is_a_beat():
    line = said(0.0, 4.0, "extraordinary I")
    shapes = [mouth((line,), t / 50) for t in range(200)]
    peaks = [t for t in range(1, 199) if shapes[t - 1] < shapes[t] >= shapes[t + 1]]
    assert len(peaks) == 6, "six beats: ex-tra-or-di-na-ry as vowels are counted, and I"
    assert sum(t < 160 for t in peaks) == 5


def faces(seconds, *speech):
    """Where a frame differs from one in which nobody speaks: the left half's pixels, and the right's."""
    figures = tuple(f.model_copy(update={"speaks": True}) for f in (ANNA, TOM))
    picture = shown(figures=figures, camera=CameraIn(size=ShotSize.two_shot))
    late = tuple(s.model_copy(update={"start": 60_000}) for s in speech)
    drawn = [
        _drawn(Screen(picture, (320, 180), 1, 6.0, speech=lines), seconds)[..., :3].astype(int)
        for lines in (speech, late)
    ]
    changed = np.abs(drawn[0] - drawn[1]).max(axis=2) > 20
    return changed[:, :160].sum(), changed[:, 160:].sum()


def test_of_two_who_talk_only_the_one_who_is_heard_moves_the_mouth():
    lines = (
        SpokenIn(entity="anna", start=0, milliseconds=2000, words="Wonderful oh wonderful"),
        SpokenIn(entity="tom", start=3000, milliseconds=2000, words="Wonderful oh wonderful"),
    )
    first = np.sum([faces(t, *lines) for t in (0.3, 0.6, 0.9)], axis=0)
    second = np.sum([faces(t, *lines) for t in (3.3, 3.6, 3.9)], axis=0)
    assert first[0] > 0
    assert first[1] == 0
    assert second[1] > 0
    assert second[0] == 0


@pytest.fixture
def talk():
    from films import slate_film

    film = apply(slate_film(shots=3, lines=False, goes_on=()), Setting(renderer="animatic"))
    line = Line(id="said", speaker="anna", kind=LineKind.dialogue, words="Is anybody there?")
    return apply(film, AddLine(shot="s00", line=line))


def clip(film):
    return next(
        n
        for n in Planner(find_renderer).plan(film).nodes
        if n.item == "s00" and isinstance(n.request, Between)
    )


def test_the_animatic_is_told_when_a_line_is_heard_and_is_drawn_again_when_that_changes(talk):
    spoken = clip(talk).request.speech
    assert [(s.entity, s.words) for s in spoken] == [("anna", "Is anybody there?")]
    slower = apply(talk, Spoken(lines={"said": SpokenLine(milliseconds=9000, words="0" * 64)}))
    assert clip(slower).request.speech[0].milliseconds >= 9000
    assert clip(slower).key != clip(talk).key


def test_renderers_that_move_no_mouths_by_words_are_not_told(talk):
    other = apply(talk, Setting(renderer="slate"))
    assert clip(other).request.speech == ()
    slower = apply(other, Spoken(lines={"said": SpokenLine(milliseconds=9000, words="0" * 64)}))
    assert clip(slower).key == clip(other).key
