"""J- and L-cuts: sound leads or trails its picture, no two lines meet, and nothing else moves."""

import json
from itertools import pairwise

import pytest
from films import slate_film
from hypothesis import given, settings
from hypothesis import strategies as st
from reading_films import films
from treatments import part, treatment
from treatments import shot as treated

from photoplay.agent.directing.understood import Talk
from photoplay.agent.production import open_film
from photoplay.agent.reading.reader import EverydayReader
from photoplay.memory.project import Project
from photoplay.render.plan import Planner
from photoplay.render.registry import find_renderer
from photoplay.storyboard.boarding import board
from photoplay.storyboard.casting import cast
from photoplay.storyboard.edit_types import RemoveLine, Retime, SplitEdit, Spoken, SpokenLine
from photoplay.storyboard.edits import apply, apply_all, describe
from photoplay.storyboard.errors import BadInput, Unmeetable
from photoplay.storyboard.film import Brief, Card, Film, Line, Settings
from photoplay.storyboard.fitting import LEAST_SHOT_SECONDS, fit
from photoplay.storyboard.schema import digest
from photoplay.storyboard.subtitles import subtitles
from photoplay.storyboard.timeline import BREATH_FRAMES, heard_frames, heard_in, heard_part, items, timeline
from photoplay.storyboard.treatment import Treatment
from photoplay.storyboard.vocabulary import LineKind


def spoken_film(lines=(1, 1, 1, 0, 1, 1), frames=120, ms=2000, lead=10):
    """A film in which every line takes ``ms``: so many lines a shot."""
    film = slate_film(shots=len(lines), lines=False, goes_on=())
    shots = []
    for number, (shot, count) in enumerate(zip(film.shots, lines, strict=True)):
        said = tuple(
            Line(
                id=f"{shot.id}-{n}",
                speaker=("anna", "bo")[number % 2],
                kind=LineKind.dialogue,
                words="So it is.",
            )
            for n in range(count)
        )
        shots.append(shot.model_copy(update={"lines": said, "frames": frames, "lead": lead if count else 0}))
    film = type(film)(
        **{name: getattr(film, name) for name in type(film).model_fields} | {"shots": tuple(shots)}
    )
    measured = {li.id: SpokenLine(milliseconds=ms, words="0" * 64) for s in film.shots for li in s.lines}
    return apply(film, Spoken(lines=measured))


def cue(film, line):
    return next(c for c in timeline(film).cues if c.line == line)


def start(film, shot):
    return next(c.start for c in timeline(film).clips if c.item == shot)


def cut_at(film, shot):
    clip = next(c for c in timeline(film).clips if c.item == shot)
    return clip.start + clip.frames


# -- where it is heard -----------------------------------------------------------------------------


def test_a_j_cut_begins_the_line_under_the_shot_before_and_moves_nothing_else():
    film = spoken_film()
    after = apply(film, SplitEdit(shot="s01", early=12))
    assert cue(after, "s01-0").start == start(after, "s01") - 12
    assert timeline(after).clips == timeline(film).clips
    others = [c for c in timeline(film).cues if c.shot != "s01"]
    assert [c for c in timeline(after).cues if c.shot != "s01"] == others
    first = next(s for s in subtitles(after) if s.start >= start(after, "s01") - 12)
    assert first.start == start(after, "s01") - 12


def test_an_l_cut_ends_the_line_under_the_shot_that_follows():
    film = spoken_film(lines=(1, 0, 1))
    after = apply(film, SplitEdit(shot="s00", late=20))
    heard = cue(after, "s00-0")
    assert heard.start + heard.frames == cut_at(after, "s00") + 20
    assert cue(after, "s02-0") == cue(film, "s02-0")
    into_words = apply(spoken_film(), SplitEdit(shot="s00", late=20))
    heard = cue(into_words, "s00-0")
    assert (
        heard.start + heard.frames == cut_at(into_words, "s00") + 10 - BREATH_FRAMES
    )  # the lead of the next


def test_a_shot_retimed_keeps_the_relation():
    film = apply(spoken_film(lines=(1, 1, 0, 1)), SplitEdit(shot="s01", early=12, late=15))
    for frames in ({"s00": 200}, {"s01": 140}, {"s02": 60}):
        after = apply(film, Retime(frames=frames))
        assert cue(after, "s01-0").start == start(after, "s01") - 12
        assert cue(after, "s03-0").start - start(after, "s03") == 10


def test_a_shot_may_be_cut_shorter_by_what_is_heard_beside_it():
    film = spoken_film(lines=(1, 0, 1))
    plain = heard_frames(film, film.shot("s00"))
    assert plain == 10 + 48 + BREATH_FRAMES
    late = apply(film, SplitEdit(shot="s00", late=20))
    assert heard_frames(late, late.shot("s00")) == 10 + 48 - 20
    early = apply(film, SplitEdit(shot="s02", early=24))
    assert heard_frames(early, early.shot("s02")) == 48 + BREATH_FRAMES - 24


def test_half_of_a_line_is_left_to_its_own_picture():
    film = apply(spoken_film(), SplitEdit(shot="s01", early=240))
    assert start(film, "s01") - cue(film, "s01-0").start == 24
    film = apply(spoken_film(lines=(1, 0)), SplitEdit(shot="s00", late=240))
    heard = cue(film, "s00-0")
    assert heard.start + heard.frames - cut_at(film, "s00") == 24


def test_where_both_sides_of_a_cut_ask_for_it_the_sound_that_leads_has_it():
    film = apply_all(spoken_film(), [SplitEdit(shot="s00", late=20), SplitEdit(shot="s01", early=12)])
    assert cue(film, "s00-0") == cue(spoken_film(), "s00-0")
    assert cue(film, "s01-0").start == start(film, "s01") - 12


def test_there_is_no_sound_before_the_film_or_over_its_cards():
    film = apply_all(spoken_film(), [SplitEdit(shot="s00", early=12), SplitEdit(shot="s05", late=12)])
    assert timeline(film) == timeline(spoken_film())
    bare = film.model_copy(update={"opening": None, "ending": None})
    assert min(c.start for c in timeline(bare).cues) >= 0
    assert max(c.start + c.frames for c in timeline(bare).cues) <= timeline(bare).frames


def test_without_its_line_nothing_leads():
    film = apply_all(spoken_film(), [SplitEdit(shot="s01", early=12), RemoveLine(line="s01-0")])
    assert [c for c in timeline(film).cues if c.shot == "s01"] == []
    assert heard_frames(film, film.shot("s01")) == 0


def test_zero_cuts_both_together_again_and_an_old_film_keeps_its_digest():
    film = spoken_film()
    there = apply(film, SplitEdit(shot="s01", early=12, late=9))
    back = apply(there, SplitEdit(shot="s01", early=0, late=0))
    assert back == film
    assert digest(back) == digest(film)
    assert "sound_" not in json.dumps(film.model_dump(mode="json"))
    assert describe(film, SplitEdit(shot="s01", early=12, late=0)) == (
        "shot s01: first line 12 frames before its picture, last line not after its picture"
    )


# -- any film --------------------------------------------------------------------------------------


@st.composite
def split_films(draw):
    counts = draw(st.lists(st.integers(0, 3), min_size=1, max_size=7))
    film = spoken_film(
        tuple(counts), draw(st.integers(36, 200)), draw(st.integers(60, 4000)), draw(st.integers(0, 30))
    )
    edits = [
        SplitEdit(
            shot=shot.id,
            early=draw(st.sampled_from((0, 0, 5, 24, 240))),
            late=draw(st.sampled_from((0, 0, 7, 30, 240))),
        )
        for shot in film.shots
    ]
    film = apply_all(film, edits)
    if draw(st.booleans()):
        film = film.model_copy(update={"opening": None, "ending": None})
    asked = draw(st.one_of(st.none(), st.integers(1, 90)))
    return film.model_copy(update={"brief": film.brief.model_copy(update={"seconds": asked})})


@given(split_films())
@settings(deadline=None, max_examples=150)
def test_in_a_fitted_film_no_two_lines_meet_and_each_is_heard_whole(film):
    try:
        fitted = fit(film)
    except Unmeetable:
        return
    done = apply(film, Retime(frames=fitted["frames"], leads=fitted["leads"]))
    laid = timeline(done)
    clips = {c.item: c for c in laid.clips}
    voiced = sorted((c.start, c.start + c.frames) for c in laid.cues)
    assert all(a[1] < b[0] for a, b in pairwise(voiced))
    assert [c.line for c in sorted(laid.cues, key=lambda c: c.start)] == [
        li.id for s in done.shots for li in s.lines
    ]
    order = items(done)
    for heard in laid.cues:
        clip = clips[heard.shot]
        seen = min(clip.start + clip.frames, heard.start + heard.frames) - max(clip.start, heard.start)
        assert seen >= heard.frames // 2
        number = next(n for n, item in enumerate(order) if item.id == heard.shot)
        around = order[max(0, number - 1) : number + 2]
        shots = [item for item in around if not isinstance(item, Card)]
        assert heard.start >= min(clips[s.id].start for s in shots)
        assert heard.start + heard.frames <= max(clips[s.id].start + clips[s.id].frames for s in shots)
    least = LEAST_SHOT_SECONDS * done.settings.rate.fps
    assert all(shot.frames >= max(least, heard_frames(done, shot)) for shot in done.shots)
    if film.brief.seconds is not None:
        assert laid.frames == film.settings.rate.frames(film.brief.seconds)
    again = fit(done)
    assert (again["frames"], again["leads"]) == (fitted["frames"], fitted["leads"])


@given(split_films())
@settings(deadline=None, max_examples=60)
def test_taking_the_splits_out_is_the_film_as_it_was(film):
    bare = apply_all(film, [SplitEdit(shot=s.id, early=0, late=0) for s in film.shots])
    for shot in bare.shots:
        heard = heard_in(bare)[shot.id]
        assert [c.start - heard.start for c in heard.cues][:1] == [shot.lead][: len(shot.lines)]


def test_a_film_with_room_gives_the_sound_its_lead():
    film = apply_all(
        spoken_film(lines=(2, 1, 0, 1)), [SplitEdit(shot="s01", early=20), SplitEdit(shot="s01", late=16)]
    )
    film = film.model_copy(update={"brief": film.brief.model_copy(update={"seconds": 25})})
    fitted = fit(film)
    done = apply(film, Retime(frames=fitted["frames"], leads=fitted["leads"]))
    assert cue(done, "s01-0").start == start(done, "s01") - 20
    assert done.shot("s01").lead == film.shot("s01").lead


@pytest.mark.parametrize("wrong", [{"early": -1}, {"late": 241}])
def test_a_split_beyond_all_measure_is_refused(wrong):
    with pytest.raises((BadInput, ValueError)):
        SplitEdit(shot="s01", **wrong)


# -- who moves the mouth ---------------------------------------------------------------------------


def speech(film, shot):
    plan = Planner(find_renderer).plan(film)
    return plan.by_id[plan.shown[shot]].request.speech


def animatic(film):
    return film.model_copy(update={"settings": film.settings.model_copy(update={"renderer": "animatic"})})


def test_the_mouth_moves_where_the_line_is_heard_and_for_nobody_else():
    film = animatic(spoken_film(lines=(1, 1, 1)))
    members = {"anna": film.shot("s00").cast[0], "bo": film.shot("s01").cast[0]}
    both = tuple(members.values())
    shots = (
        film.shots[0],
        film.shots[1].model_copy(update={"cast": (members["bo"],)}),
        film.shots[2].model_copy(update={"cast": both}),
    )
    film = film.model_copy(update={"shots": shots})
    plain = [speech(film, s.id) for s in film.shots]
    early = apply(film, SplitEdit(shot="s01", early=24))
    assert speech(early, "s00") == plain[0], "Bo is heard and not seen: Anna's mouth keeps to her own line"
    (said,) = speech(early, "s01")
    assert (said.entity, said.start, said.milliseconds) == ("bo", 0, 1000)
    assert said.words == "is."
    late = apply(film, SplitEdit(shot="s01", late=30))
    late = apply(late, Retime(leads={"s02": 40}))
    under, own = speech(late, "s02")
    assert (under.entity, under.start, under.milliseconds) == ("bo", 0, 1000)
    assert own.entity == "anna"
    assert plain == [speech(apply(early, SplitEdit(shot="s01", early=0)), s.id) for s in film.shots]


def test_in_a_trimmed_shot_the_mouth_moves_with_what_is_heard_of_it():
    """The picture begins 20 frames into its take, and the line 24 before the picture: 4 before the take."""
    film = apply(animatic(spoken_film(lines=(1, 1, 1))), SplitEdit(shot="s01", early=24))
    trimmed = apply(film, Retime(frames={"s01": 100}, heads={"s01": 20}))
    cut = timeline(trimmed)
    clip, heard = next(c for c in cut.clips if c.item == "s01"), cue(trimmed, "s01-0")
    assert (clip.source, clip.start - heard.start) == (20, 24)
    (said,) = speech(trimmed, "s01")
    assert (said.start, said.milliseconds) == (0, round(1000 * (heard.frames - 4) / 24))
    longer = apply(film, Retime(frames={"s01": 90}, heads={"s01": 30}))
    (said,) = speech(longer, "s01")
    assert (said.start, said.milliseconds) == (250, round(1000 * heard.frames / 24))
    kept = apply_all(trimmed, [SplitEdit(shot="s01", early=0), Retime(leads={"s01": 0})])
    (said,) = speech(kept, "s01")
    assert said.start == round(1000 * 20 / 24)


def test_only_the_shots_at_the_cut_are_drawn_again():
    def keys(film):
        plan = Planner(find_renderer).plan(film)
        return {shot.id: plan.by_id[plan.shown[shot.id]].key for shot in film.shots}

    film = animatic(spoken_film())
    before, after = keys(film), keys(apply(film, SplitEdit(shot="s02", early=12)))
    assert {shot for shot in before if before[shot] != after[shot]} <= {"s01", "s02"}


@given(st.text(max_size=60), st.integers(1, 500), st.integers(0, 500), st.integers(0, 500))
def test_a_part_of_a_line_is_words_of_it_in_order(words, frames, start, stop):
    part = heard_part(words, frames, start, stop).split()
    left = iter(words.split())
    assert all(word in left for word in part)
    assert heard_part(words, frames, 0, frames).split() == words.split()


# -- in words --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("words", "shot", "early", "late"),
    [
        ("a J-cut into shot 4", "s04", 12, 0),
        ("an L-cut out of shot 2", "s02", 0, 12),
        ("an L-cut into shot 4", "s03", 0, 12),
        ("let the sound of shot 4 start a second before the picture", "s04", 24, 0),
        ("the voice of shot 4 begins 10 frames early", "s04", 10, 0),
        ("the line in shot 3 runs on over the next shot", "s03", 0, 12),
        ("let the last line of shot 3 carry on for a second under shot 4", "s03", 0, 24),
    ],
)
def test_a_sentence_sets_it(words, shot, early, late):
    film = films()["a"]
    found = EverydayReader().understand(film, words, Talk(), lambda _: None)
    assert not found.unread
    after = apply_all(film, found.edits)
    assert (after.shot(shot).sound_early, after.shot(shot).sound_late) == (early, late)
    assert [s.id for s in after.shots if s.sound_early or s.sound_late] == [shot]


@pytest.mark.parametrize(
    ("words", "says"),
    [
        ("no J-cuts", "has no J-cuts"),
        ("no L-cuts", "has no L-cuts"),
        ("L-cuts everywhere", "shot by shot"),
    ],
)
def test_what_cannot_be_split_is_answered(words, says):
    found = EverydayReader().understand(films()["a"], words, Talk(), lambda _: None)
    assert not found.unread
    assert not found.edits
    assert says in found.refused[0]


def test_a_lead_beyond_all_measure_is_told():
    found = EverydayReader().understand(
        films()["a"], "a J-cut into shot 4 of 20 seconds", Talk(), lambda _: None
    )
    assert [edit.early for edit in found.edits] == [240]
    assert "240 frames" in found.notices[0]


def test_a_shot_in_which_nothing_is_said_cannot_lead():
    found = EverydayReader().understand(films()["a"], "a J-cut into shot 6", Talk(), lambda _: None)
    assert not found.edits
    assert "Nothing is said in shot s06" in found.refused[0]


# -- as boarded ------------------------------------------------------------------------------------


def boarded(sizes, words="I was at the harbour all night.", kind="dialogue", both=False, **chosen):
    """A talk of two in one scene, in shots of these sizes."""
    people = ("Anna", "Tom")
    shots = [
        treated(
            f"{people[n % 2]} speaks.", people[n % 2], "speaks", size=size,
            lines=[{"speaker": people[n % 2], "kind": kind, "words": words}],
            parts=[part(people[(n + 1) % 2])] if both else [],
        )
        for n, size in enumerate(sizes)
    ]  # fmt: skip
    told = treatment()
    told["characters"].append({"name": "Tom", "noun": "sailor", "words": "A young man.", "being": "person"})
    told["scenes"] = [told["scenes"][0] | {"shots": shots}]
    whole = Treatment.model_validate(told)
    brief = Brief(idea="x", seconds=60)
    story = cast(whole, brief, 1)
    return board(whole, story, brief, Settings(**chosen))[0]


def leading(shots):
    return [n for n, one in enumerate(shots) if one.sound_early]


def test_who_answers_in_a_close_shot_is_heard_before_being_seen_at_every_other_cut():
    shots = boarded(["wide", "close", "close", "close", "close", "close"])
    cuts = [n for n, one in enumerate(shots) if n and one.opens == "cut" and len(one.cast) == 1]
    found = leading(shots)
    assert found
    assert set(found) <= set(cuts)
    assert all(b - a > 1 for a, b in pairwise(found))
    assert {shots[n].sound_early for n in found} == {10}


def test_it_is_not_done_where_both_are_seen_nor_for_a_word_nor_where_it_is_off():
    assert leading(boarded(["wide", "two-shot", "medium", "two-shot"], both=True)) == []
    assert leading(boarded(["wide", "close", "close", "close"], words="No.")) == []
    close = ["wide", "close", "close", "close", "close"]
    assert leading(boarded(close))
    assert leading(boarded(close, j_cuts=False)) == []
    assert leading(boarded(close, kind="narration")) == []


def test_a_fitted_film_has_the_room_that_an_l_cut_asks_for():
    film = apply(spoken_film(lines=(1, 1, 1), ms=3000), SplitEdit(shot="s00", late=20))
    film = film.model_copy(update={"brief": film.brief.model_copy(update={"seconds": 14})})
    fitted = fit(film)
    done = apply(film, Retime(frames=fitted["frames"], leads=fitted["leads"]))
    heard = cue(done, "s00-0")
    assert heard.start + heard.frames == cut_at(done, "s00") + 20
    assert done.shot("s01").lead >= 20 + BREATH_FRAMES
    assert timeline(done).frames == 14 * 24


def test_a_boarded_film_gets_and_loses_its_j_cuts_as_is_asked(tmp_path):
    shots = boarded(["wide", "close", "close", "close"], j_cuts=False)
    told = Treatment.model_validate(treatment() | {"characters": [
        *treatment()["characters"], {"name": "Tom", "noun": "sailor", "words": "A young man.", "being": "person"},
    ]})  # fmt: skip
    story = cast(told, Brief(idea="x"), 1)
    story = story.model_copy(update={"scenes": story.scenes[:1]})
    film = Film(
        id="film-x",
        brief=Brief(idea="x"),
        settings=Settings(j_cuts=False, width=128, height=72),
        story=story,
        shots=shots,
    )
    Project.create(tmp_path / "film", film, "told", "test")
    production = open_film(tmp_path / "film")
    production.settle(film.settings.model_copy(update={"j_cuts": True}))
    assert leading(production.film.shots)
    production.settle(production.film.settings.model_copy(update={"j_cuts": False}))
    assert production.film == film
