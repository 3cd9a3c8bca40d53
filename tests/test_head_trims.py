"""An editor cuts the beginning of a shot off: the film shows its take from there on, and films nothing anew."""

import json

import numpy as np
import pytest
from films import slate_film

from photoplay.agent.directing.carrying_out import carry_out
from photoplay.agent.interchange import edl, mlt
from photoplay.agent.interchange.conforming import SAME, proposed_cut
from photoplay.agent.interchange.reel import reel_of
from photoplay.agent.production import open_film
from photoplay.memory.project import Project
from photoplay.render.crew import SoloCrew
from photoplay.render.cut.assemble import spans
from photoplay.render.cut.footage import open_footage
from photoplay.render.fake import SlateRenderer
from photoplay.storyboard.edit_types import Join, Retime, SplitEdit
from photoplay.storyboard.errors import BadInput, UnknownName
from photoplay.storyboard.timeline import Clip, heard_in, timeline, untrimmed
from photoplay.studio.export import write_as

otio = pytest.importorskip("opentimelineio")


class Ramp(SlateRenderer):
    """Every frame of a take is another grey, so that a frame tells where in its take it is."""

    def render(self, jobs, tick):
        at = {}
        for output in super().render(jobs, tick):
            pixels = getattr(output, "pixels", None)
            if pixels is None:
                yield output
                continue
            first = at.get(output.job, 0)
            for number in range(output.hold):
                grey = np.full_like(pixels, 30 + 2 * ((first + number) % 100))
                grey[: len(grey) // 4] = 250
                yield type(output)(output.job, grey, 1)
            at[output.job] = first + output.hold


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    folder = tmp_path_factory.mktemp("made") / "film"
    film = slate_film(shots=4, lines=False, goes_on=(3,))
    line = slate_film(shots=1).shots[0].lines[0]
    shots = (
        *film.shots[:2],
        film.shots[2].model_copy(update={"lines": (line,), "lead": 10, "frames": 100}),
        film.shots[3],
    )
    Project.create(folder, film.model_copy(update={"shots": shots}), "told", "test")
    production = open_film(folder, crew=SoloCrew(Ramp()))
    production.edit([Join(shot="s02", opens="dissolve", overlap=12)], "a dissolve")
    production.render()
    return production


@pytest.fixture
def production(made, tmp_path):
    import shutil

    folder = shutil.copytree(made.project.folder, tmp_path / "film")
    return open_film(folder, crew=SoloCrew(Ramp()))


def keys(production, pinned=False):
    """Keys of the takes that are seen: all of them those that the plan asks for, unless some are ``pinned``."""
    takes = production.takes()
    assert {state for state, _ in takes.values()} == {"current"}
    assert pinned or {production.plan().by_id[node].key for node in production.plan().shown.values()} == {
        key for _, key in takes.values()
    }
    return {item: key for item, (_, key) in takes.items()}


def greys(path, start=0, stop=None):
    with open_footage(path) as footage:
        return [
            float(p[len(p) // 2 :].mean())
            for p in footage.frames(start, footage.count if stop is None else stop)
        ]


def recut(production, tmp_path, change):
    """The film's own export, with its clips changed by ``change(clip, name)``."""
    path = tmp_path / "cut.otio"
    write_as(production, None, path)
    plain = json.loads(path.read_text())
    for child in plain["tracks"]["children"][0]["children"]:
        if child["OTIO_SCHEMA"].startswith("Clip"):
            change(child["source_range"], child["name"])
    path = tmp_path / "edited.otio"
    path.write_text(json.dumps(plain))
    return path


def head(frames, shot="s01"):
    """An edit that takes ``frames`` off the beginning of a shot."""

    def change(where, name):
        if name == shot:
            where["start_time"]["value"] += frames
            where["duration"]["value"] -= frames

    return change


def conformed(production, path):
    turn = proposed_cut(production, path)
    carry_out(production, turn, "conformed")
    production.render()
    return turn


@pytest.mark.parametrize("cut", [7, 12, 13])
def test_the_film_shows_the_take_from_there_on_and_nothing_is_made_again(production, tmp_path, cut):
    before = keys(production)
    conformed(production, recut(production, tmp_path, head(cut)))
    shot = production.film.shot("s01")
    assert (shot.head, shot.frames) == (cut, 60 - cut)
    assert keys(production) == before
    assert list(production.outcome.made) == [] or {n.stage for n in production.outcome.made} == {"sound"}
    clip = next(c for c in timeline(production.film).clips if c.item == "s01")
    take = greys(production.project.store.path(before["s01"]), 0, 60)
    seen = greys(production.film_path, clip.start, clip.start + clip.frames)
    assert len(seen) == 60 - cut
    assert np.abs(np.array(seen) - take[cut:]).max() < 1.0
    with open_footage(production.film_path) as film:
        assert film.count == timeline(production.film).frames


def test_a_dissolve_goes_on_in_the_take_where_the_trimmed_shot_ends(production, tmp_path):
    def both_ends(where, name):
        head(14)(where, name)
        where["duration"]["value"] -= 5 if name == "s01" else 0

    conformed(production, recut(production, tmp_path, both_ends))
    clip = next(c for c in timeline(production.film).clips if c.item == "s02")
    take = greys(production.project.store.path(keys(production)["s01"]))
    first = greys(production.film_path, clip.start, clip.start + 1)[0]
    assert clip.overlap == 12
    assert abs(first - (take[55] * 23 + 30) / 24) < 2.0


def test_what_goes_on_from_a_trimmed_shot_keeps_its_take(production):
    before = keys(production)
    with production.project.lock():
        production.edit([Retime(frames={"s02": 90}, leads={"s02": 0}, heads={"s02": 10})], "trim")
    assert keys(production) == before
    assert production.film.shot("s03").opens == "continue"


def test_a_shot_begins_no_later_than_its_first_line(production, tmp_path):
    before = keys(production)
    said = heard_in(production.film)["s02"].cues[0]
    turn = conformed(production, recut(production, tmp_path, head(25, "s02")))
    shot = production.film.shot("s02")
    assert (shot.head, shot.lead, shot.frames) == (10, 0, 75)
    assert any("s02 (15 frames, in which it is spoken)" in words for words in turn.understood.notices)
    assert keys(production, pinned=True) == before
    now = heard_in(production.film)["s02"]
    assert now.cues[0].start == now.start
    assert now.cues[0].frames == said.frames


def test_a_shot_whose_sound_leads_begins_where_it_did(production, tmp_path):
    """Its first word is heard before its picture, so mouth and word would part."""
    production.edit([SplitEdit(shot="s02", early=8)], "a J-cut")
    production.render()
    assert heard_in(production.film)["s02"].cues[0].start == heard_in(production.film)["s02"].start - 8
    turn = conformed(production, recut(production, tmp_path, head(6, "s02")))
    assert (production.film.shot("s02").head, production.film.shot("s02").lead) == (0, 10)
    assert any("s02 (6 frames, in which it is spoken)" in words for words in turn.understood.notices)


def test_the_beginning_comes_back_and_undo_takes_it_back(production, tmp_path):
    conformed(production, recut(production, tmp_path, head(20)))
    shot = production.film.shot("s01")
    conformed(production, recut(production, tmp_path, head(-20)))
    assert (production.film.shot("s01").head, production.film.shot("s01").frames) == (0, 60)
    production.undo()
    assert production.film.shot("s01") == shot


def test_a_trimmed_film_s_own_export_changes_nothing_and_says_where_clips_begin(production, tmp_path):
    conformed(production, recut(production, tmp_path, head(20)))
    path = tmp_path / "again.otio"
    write_as(production, None, path)
    assert proposed_cut(production, path).words.endswith(SAME)
    clip = next(c for c in otio.adapters.read_from_file(str(path)).find_clips() if c.name == "s01")
    assert (clip.source_range.start_time.value, clip.source_range.duration.value) == (20, 40)
    assert clip.available_range().duration.value >= 60
    reel = reel_of(production)
    row = next(event for event in edl._events(reel) if "* FROM CLIP NAME: s01" in event)[0]
    assert row.split()[3:5] == ["00:00:00:20", "00:00:02:12"]
    cut = tmp_path / "cut.mlt"
    write_as(production, "mlt", cut)
    assert 'in="20" out="59"' in cut.read_text()
    assert mlt is not None


def test_cards_begin_with_their_first_frame(production, tmp_path):
    turn = proposed_cut(production, recut(production, tmp_path, head(5, "opening")))
    assert any("opening (a card)" in words for words in turn.understood.notices)


def test_no_key_and_no_file_of_a_film_without_trims_is_another(made):
    assert untrimmed(made.film) is made.film
    assert "head" not in made.film.shots[0].model_dump()
    assert "source" not in timeline(made.film).clips[0].model_dump()


def test_only_up_to_the_next_keyframe_is_composed_anew():
    clip = Clip(item="s01", start=0, frames=50, source=7)
    found = spans(clip, 0, [frame - 7 for frame in range(12, 96, 12)])
    assert [(span.start, span.stop, span.copied) for span in found] == [(0, 5, False), (5, 50, True)]


def test_a_shot_that_there_is_none_of_is_refused(production):
    with production.project.lock(), pytest.raises(UnknownName):
        production.edit([Retime(heads={"s99": 3})])
    with pytest.raises((BadInput, ValueError)):
        Retime(heads={"s01": -1})


def test_an_effect_is_heard_where_its_action_is_seen(made):
    from photoplay.storyboard import soundscape

    film = made.film
    name = next(n for n, row in soundscape._data("effects").items() if int(row.get("at", 0)) >= 40)
    shot, laid = film.shot("s01"), timeline(film)
    trimmed = shot.model_copy(update={"head": 12, "frames": shot.frames - 12})
    late = shot.model_copy(update={"head": 55, "frames": shot.frames - 55})
    starts = [soundscape._cue(film, one, name, 100, laid).start for one in (shot, trimmed, late)]
    assert starts[1] == starts[0] - 12
    assert starts[2] >= 100
