"""Timing starts from sound: lines first, then lengths; a line ends inside its shot; one change moves one shot."""

import json

import pytest
from tiny_films import TOLD, copy_of_a_film, make, opened

from photoplay.agent.voice import set_voice
from photoplay.storyboard.edits import SetLine
from photoplay.storyboard.timeline import BREATH_FRAMES, timeline

LONGER = " And the wind went on over the dark water all night long."


@pytest.fixture(scope="module")
def told(tmp_path_factory):
    """A film whose length is its story's."""
    return make(tmp_path_factory.mktemp("told") / "film", idea=TOLD, seconds=None).project.folder


@pytest.fixture
def production(told, tmp_path):
    import shutil

    return opened(shutil.copytree(told, tmp_path / "film"))


def pictures(production):
    return {n.item: n.key for n in production.plan().nodes if n.stage == "picture"}


def frames_said(production, line):
    """Frames that the spoken sound itself has, rounded up."""
    node = next(n for n in production.plan().nodes if n.item == line)
    words = production.project.store.path(node.key, "words").read_text(encoding="utf-8")
    rate = production.film.settings.rate
    return -(-json.loads(words)["milliseconds"] * rate.num // (1000 * rate.den))


@pytest.mark.parametrize("fixed", [True, False])
def test_every_line_ends_inside_its_shot_with_a_breath_as_it_was_really_spoken(fixed, production, tmp_path):
    made = opened(copy_of_a_film(tmp_path / "fixed")) if fixed else production
    laid = timeline(made.film)
    starts = {clip.item: (clip.start, clip.start + clip.frames) for clip in laid.clips}
    assert laid.cues
    for cue in laid.cues:
        assert cue.measured
        assert cue.frames == frames_said(made, cue.line)
        first, stop = starts[cue.shot]
        assert first <= cue.start
        assert cue.start + cue.frames + BREATH_FRAMES <= stop
    for before, after in zip(laid.cues, laid.cues[1:], strict=False):
        assert before.start + before.frames + BREATH_FRAMES <= after.start


def test_a_longer_line_lengthens_its_own_shot_and_moves_what_follows_and_nothing_else(production):
    before, film = pictures(production), production.film
    laid = timeline(film)
    shot = next(s for s in film.shots[1:] if s.lines)
    line = shot.lines[0]
    production.edit([SetLine(line=line.id, words=line.words + LONGER)])
    production.render()
    after = production.film
    grown = after.shot(shot.id).frames - shot.frames
    assert grown > 24
    assert [
        s.id for s in film.shots if (s.frames, s.lead) != (after.shot(s.id).frames, after.shot(s.id).lead)
    ] == [shot.id]
    changed = {item for item, key in pictures(production).items() if before[item] != key}
    assert changed == {shot.id}
    assert {n.item for n in production.outcome.made if n.stage == "picture"} == {shot.id}
    moved = {c.item: c.start for c in timeline(after).clips}
    at = next(c.start for c in laid.clips if c.item == shot.id)
    assert all(moved[c.item] - c.start == (grown if c.start > at else 0) for c in laid.clips)


def test_a_shorter_line_leaves_the_pictures_alone(production):
    before = pictures(production)
    line = next(line for s in production.film.shots for line in s.lines)
    production.edit([SetLine(line=line.id, words=line.words.split()[0] + ".")])
    production.render()
    assert {i for i, key in pictures(production).items() if before[i] != key} <= {production.film.shots[0].id}
    assert all(n.stage == "sound" or n.item == production.film.shots[0].id for n in production.outcome.made)


def test_a_slower_voice_lengthens_only_the_shots_in_which_it_is_heard(production):
    before = {s.id: s.frames for s in production.film.shots}
    set_voice(production, "narrator", {"pace": 100})
    production.render()
    longer = {s.id for s in production.film.shots if s.frames != before[s.id]}
    heard = {s.id for s in production.film.shots if any(line.speaker is None for line in s.lines)}
    assert longer
    assert longer <= heard
