"""The ways beside one clip, infill and extension: who may ask for them, and that no frame is lost in them."""

from itertools import pairwise

import pytest
from films import slate_film
from ramps import PACE, Ramp, stills
from test_shot_plan import bars, film, of_shot, planned, rendered

from photoplay.render.protocol import FrameRule
from photoplay.render.requests import Between, Conform, Extend, Join, Refine, Still, Upscale
from photoplay.render.shot_plan import METHODS
from photoplay.storyboard.edit_types import ShotSetting
from photoplay.storyboard.edits import apply
from photoplay.storyboard.errors import BadInput
from photoplay.storyboard.rate import Rate

BACKWARD = {"inputs": frozenset({"first", "last", "origin", "tail"}), "references": 0}


def steps(lengths):
    return [b - a for a, b in pairwise(lengths)]


# -- sparse frames first --------------------------------------------------------------------------


def test_sparse_frames_go_on_from_each_other_and_what_lies_between_is_filled_in(tmp_path):
    project, plan, _ = rendered(tmp_path, film(seconds=20, method="sparse"))
    coarse = [n for n in of_shot(plan) if n.id.startswith("shot-s01-c")]
    fine = [n for n in of_shot(plan) if n.id.startswith("shot-s01-f")]
    assert isinstance(coarse[0].request, Between)
    assert coarse[0].request.last is None
    assert coarse[0].request.rate.fps < fine[0].request.rate.fps
    for one, other in pairwise(fine):
        assert one.request.last == other.request.first, "the seam is one frame of one take"
        assert not {one.id, other.id} & {*one.needs, *other.needs}, "what lies between is made side by side"
    lengths = bars(project, plan)
    assert len(lengths) >= 20 * 24
    assert max(steps(lengths)) < 3 * sum(steps(lengths)) / len(lengths) + 0.5


def test_very_long_sparse_frames_need_several_windows():
    plan = planned(film(seconds=80, method="sparse"))
    windows = [n.request for n in of_shot(plan) if n.id.startswith("shot-s01-c")]
    assert [type(w) for w in windows[:2]] == [Between, Extend]
    assert all(w.tail.part == "tail" for w in windows[1:])


# -- the end first --------------------------------------------------------------------------------


def test_end_first_makes_the_last_clip_first_and_keeps_the_opening_in_sight(tmp_path):
    made = film(seconds=5, changes=True, method="end-first")
    project, plan, _ = rendered(tmp_path, made, Ramp(**BACKWARD), stills())
    clips = [n for n in of_shot(plan) if isinstance(n.request, Between)]
    opening, closing = plan.node("key-s01-0").key, plan.node("key-s01-100").key
    assert clips[0].request.last.key == closing
    assert clips[-1].request.first.key == opening
    for later, earlier in pairwise(clips):
        assert earlier.request.at < later.request.at, "in the order of the plan the end comes first"
        assert earlier.request.last.key == later.key
        assert earlier.request.last.frame == 0
        assert later.request.origin.key == opening
        assert later.request.first is None
    lengths = bars(project, plan)
    assert len(lengths) >= 5 * 24 + 18
    inner = steps(lengths)[33:]
    assert max(inner) <= PACE + 0.5, "a lost frame would be a double step"
    assert min(inner) >= PACE - 0.5, "a doubled frame would be a step of none"


def test_end_first_needs_a_renderer_that_goes_towards_a_last_frame_alone():
    with pytest.raises(BadInput, match="alone, with the opening in sight"):
        planned(film(method="end-first"))
    needy = Ramp(**BACKWARD, required=frozenset({"first"}))
    with pytest.raises(BadInput, match="alone, with the opening in sight"):
        planned(film(method="end-first"), needy, stills())


# -- renderers' own ways --------------------------------------------------------------------------


@pytest.mark.parametrize("method", ["queue", "free-noise", "packed"])
def test_a_way_of_the_renderers_own_is_one_request_of_any_length(method):
    able = Ramp(
        methods=frozenset({method}), requests=frozenset({"between"}), inputs=frozenset({"first"}),
        references=0, settings=frozenset({"method"}),
    )  # fmt: skip
    for made in (film(seconds=30, method=method), film(seconds=30)):
        clips = [n for n in of_shot(planned(made, able, stills())) if isinstance(n.request, Between)]
        assert len(clips) == 1
        assert clips[0].request.settings["method"] == method
        assert clips[0].request.frames >= 30 * 24 + 18
    short = planned(film(seconds=1), Ramp(methods=frozenset({method}), longest=65), stills())
    assert "method" not in short.node("shot-s01").request.settings
    with pytest.raises(BadInput, match=f"no method {method}"):
        planned(film(method=method))


def test_end_first_by_packed_history_is_one_request_with_both_ends():
    able = Ramp(methods=frozenset({"packed", "end-first"}), requests=frozenset({"between"}), references=0)
    plan = planned(film(seconds=10, changes=True, method="end-first"), able, stills())
    clip = plan.node("shot-s01").request
    assert clip.settings["method"] == "end-first"
    assert clip.first is not None
    assert clip.last.key == plan.node("key-s01-100").key
    alone = Ramp(methods=frozenset({"end-first"}), requests=frozenset({"between"}), references=0)
    unasked = planned(film(seconds=10, changes=True), alone, stills()).node("shot-s01").request
    assert unasked.settings["method"] == "end-first", "the order that the weights were trained for"


def test_windows_that_go_on_from_noise_read_the_latents_of_the_one_before():
    able = Ramp(inputs=frozenset({"latents"}), references=0, settings=frozenset({"latents"}))
    windows = [n.request for n in of_shot(planned(film(), able, stills())) if not isinstance(n.request, Join)]
    assert len(windows) > 2
    assert [w.settings.get("latents") for w in windows] == ["kept"] * (len(windows) - 1) + [None]
    assert {w.tail.part for w in windows[1:]} == {"latents"}
    assert sum(w.frames for w in windows) >= 5 * 24 + 18


def test_every_method_is_told_of_where_one_is_wrong():
    with pytest.raises(BadInput) as told:
        planned(film(method="magic"))
    assert all(method in str(told.value) for method in METHODS)


# -- a transition ---------------------------------------------------------------------------------

WORDED = {"inputs": frozenset({"first", "last", "tail", "words"}), "references": 0}


def test_a_transition_goes_from_the_shot_before_to_the_first_keyframe_in_its_own_words(tmp_path):
    made = apply(
        film(seconds=2),
        ShotSetting(shot="s01", values={"transition": "Anna dissolves into rain", "transition-frames": 10}),
    )
    project, plan, _ = rendered(tmp_path, made, Ramp(**WORDED, longest=97), stills())
    clip = plan.node("shot-s01-t")
    assert clip.request.words == "The lighthouse keeper dissolves into rain", "without her name"
    assert clip.request.first.key == plan.node("shot-s00").key
    assert clip.request.last.key == plan.node("key-s01-0").key
    join = plan.node("join-s01").request
    assert join.pieces[0].start == 1
    assert join.pieces[0].stop == clip.request.frames - 1, "neither end frame is doubled"
    lengths = bars(project, plan)
    before = bars(project, plan, "s00")[made.shot("s00").frames - 1]
    assert lengths[0] < before
    assert steps([before, *lengths])[0] == pytest.approx(steps(lengths)[0], abs=1.1)
    assert len(lengths) >= made.shot("s01").frames


def test_the_films_transition_is_where_scenes_change_and_none_takes_it_out():
    made = film(seconds=2, shots=4, transition="one becomes the other", **{"transition-frames": 8})
    ids = [n.id for n in planned(made, Ramp(**WORDED, longest=97), stills()).nodes if n.id.endswith("-t")]
    assert ids == ["shot-s02-t"]
    without = apply(made, ShotSetting(shot="s02", values={"transition": "none"}))
    assert not [
        n for n in planned(without, Ramp(**WORDED, longest=97), stills()).nodes if n.id.endswith("-t")
    ]


def test_a_transition_is_refused_where_it_could_not_be_told_or_has_no_room():
    asked = {"transition": "a slow change"}
    with pytest.raises(BadInput, match="in words of its own"):
        planned(apply(film(seconds=2), ShotSetting(shot="s01", values=asked)))
    with pytest.raises(BadInput, match="there is none"):
        planned(apply(film(), ShotSetting(shot="s00", values=asked)), Ramp(**WORDED), stills())
    for frames, words in ((40, "at most half"), ("many", "must be 1 to 240")):
        values = asked | {"transition-frames": frames}
        made = apply(film(seconds=2), ShotSetting(shot="s01", values=values))
        with pytest.raises(BadInput, match=words):
            planned(made, Ramp(**WORDED), stills())


def test_a_shot_that_goes_on_has_no_transition_and_says_so_where_it_was_asked_for_one_of_its_own():
    able = Ramp(**WORDED, longest=97)
    by_film = film(seconds=2, shots=4, goes_on=(2,), transition="one becomes the other")
    assert by_film.shot("s02").scene != by_film.shot("s01").scene
    assert not [n for n in planned(by_film, able, stills()).nodes if n.id.endswith("-t")]
    own = apply(film(seconds=2, goes_on=(1,)), ShotSetting(shot="s01", values={"transition": "a change"}))
    with pytest.raises(BadInput, match="goes on from the shot in front of it"):
        planned(own, able, stills())
    for made in (
        film(shots=4, transition=True),
        apply(film(), ShotSetting(shot="s01", values={"transition": 5})),
    ):
        with pytest.raises(BadInput, match="says in words"):
            planned(made, able, stills())


def test_a_transition_that_would_leave_nothing_of_its_shot_is_refused_and_its_length_is_told():
    asked = {"transition": "a slow change", "transition-frames": 10}
    made = apply(film(seconds=2), ShotSetting(shot="s01", values=asked))
    slow = Ramp(**WORDED, longest=345, frame_rule=FrameRule(step=17, offset=5, least=124))
    with pytest.raises(BadInput, match=r"48 frames, .* no transition shorter than 122"):
        planned(made, slow, stills())
    assert "11 frames of the film" in planned(made, Ramp(**WORDED), stills()).node("shot-s01-t").why


# -- the cascade ----------------------------------------------------------------------------------


def finisher(**can):
    given = {"requests": frozenset({"refine", "upscale"}), "inputs": frozenset(), "references": 0}
    return Ramp("again", **(given | {"longest": None, "frame_rule": Ramp().capabilities().frame_rule} | can))


CASCADE = {"method": "cascade", "refine": "ramp:again", "upscale": "ramp:again", "pixels": 256 * 32}


def test_a_cascade_is_still_clip_more_frames_refined_and_enlarged(tmp_path):
    project, plan, _ = rendered(tmp_path, film(seconds=2, **CASCADE), Ramp(longest=65), stills(), finisher())
    nodes = of_shot(plan)
    kinds = [type(n.request) for n in nodes]
    assert kinds[:5] == [Still, Between, Conform, Refine, Upscale]
    still, clip, more, refined, large = (n.request for n in nodes[:5])
    assert clip.rate == Rate(num=12)
    assert more.motion == "flow"
    assert more.frames == 2 * (clip.frames - 1) + 1
    assert refined.frames == more.frames == large.frames
    assert refined.strength == 30
    assert large.raster.width == 512 > refined.raster.width
    assert clip.first.key == nodes[0].key
    assert still.raster == clip.raster
    lengths = bars(project, plan)
    assert len(lengths) >= 2 * 24 + 18
    inner = steps(lengths)
    assert min(inner) > 0
    assert max(inner) < 4 * sum(inner) / len(inner)


def test_a_cascades_transition_has_the_rate_of_its_clips_so_that_nothing_is_hurried_or_held(tmp_path):
    made = film(seconds=2, **CASCADE)
    asked = {"transition": "one becomes the other", "transition-frames": 10}
    made = apply(made, ShotSetting(shot="s01", values=asked))
    able = Ramp(**WORDED, longest=97)
    project, plan, _ = rendered(tmp_path, made, able, stills(), finisher())
    change, clip = plan.node("shot-s01-t").request, plan.node("shot-s01").request
    assert change.rate == clip.rate == Rate(num=12)
    inner = steps(bars(project, plan))
    assert len(inner) + 1 >= 2 * 24 + 18
    assert min(abs(step) for step in inner) > 0.2, "a frame that is held would be a step of none"
    assert sum(step < 0 for step in inner) == 2 * (change.frames - 2), (
        "towards the keyframe, then away from it"
    )


def test_what_cannot_be_enlarged_to_the_film_s_size_is_enlarged_as_far_as_it_goes_and_conformed():
    plan = planned(film(seconds=2, **CASCADE), Ramp(longest=65), stills(), finisher(enlarges=1))
    nodes = of_shot(plan)
    refined, large, shown = (n.request for n in nodes[3:6])
    assert large.raster == refined.raster, "as far as it goes"
    assert isinstance(shown, Conform)
    assert shown.raster.width == 512 > large.raster.width
    assert shown.take.key == nodes[4].key


def test_a_take_that_is_larger_than_the_film_is_not_to_be_enlarged_to_less():
    made = film(seconds=1, height=70, upscale="ramp:again")
    made = made.model_copy(update={"settings": made.settings.model_copy(update={"width": 500})})
    plan = planned(made, Ramp(longest=65), stills(), finisher(enlarges=4, size_multiple=2))
    clip, large, shown = (plan.node(f"{what}-s01").request for what in ("shot", "upscale", "conform"))
    assert clip.raster.width > 500
    assert clip.raster.height > 70
    assert large.raster == clip.raster, "upscalers refuse a smaller one, when all else is made"
    assert (shown.raster.width, shown.raster.height) == (500, 70)


def test_refining_and_enlarging_are_stages_of_any_way_and_change_no_earlier_key():
    plain = planned(film(), Ramp(), stills(), finisher())
    refined = planned(film(refine="ramp:again"), Ramp(), stills(), finisher())
    early = {n.id: n.key for n in of_shot(plain) if n.request.kind in ("still", "between", "extend")}
    assert early.items() <= {n.id: n.key for n in of_shot(refined)}.items()
    stronger = film(refine="ramp:again", **{"refine-strength": 60})
    moved = {n.id for n in of_shot(planned(stronger, Ramp(), stills(), finisher()))
             if n.key != {m.id: m.key for m in of_shot(refined)}.get(n.id)}  # fmt: skip
    assert moved == {"refine-s01"}


def test_a_held_still_says_which_stages_are_not_for_it():
    made = film(seconds=1, **CASCADE)
    made = apply(made, ShotSetting(shot="s01", renderer="ramp:stills"))
    plan = planned(made, Ramp(longest=65), stills(), finisher())
    assert [n.request.kind for n in of_shot(plan)] == ["still", "conform"]
    assert "refine and upscale and method are for clips" in of_shot(plan)[0].why
    held = planned(apply(film(seconds=1), ShotSetting(shot="s01", renderer="ramp:stills")), Ramp(), stills())
    assert "are for clips" not in of_shot(held)[0].why


def test_a_stage_by_one_who_cannot_is_refused_before_any_work():
    with pytest.raises(BadInput, match="does not refine"):
        planned(film(refine="ramp:stills"))
    with pytest.raises(BadInput, match="a cascade refines its clips"):
        planned(film(method="cascade"))
    wrong = film(refine="ramp:again", **{"refine-strength": "much"})
    with pytest.raises(BadInput, match="whole number, 0 to 100"):
        planned(wrong, Ramp(), stills(), finisher())


def test_a_draft_is_refined_small_and_not_enlarged():
    draft = planned(
        film(seconds=2, **(CASCADE | {"pixels": 512 * 64, "quality": "draft"})),
        Ramp(longest=65),
        stills(),
        finisher(),
    )
    refined = next(n.request for n in of_shot(draft) if isinstance(n.request, Refine))
    assert refined.raster == draft.node("shot-s01").request.raster
    assert not [n for n in of_shot(draft) if isinstance(n.request, Upscale)]


def test_what_is_refined_smaller_than_it_was_is_said():
    small = finisher(most_pixels=256 * 32)
    assert (
        "the most that ramp:again draws"
        in planned(film(refine="ramp:again"), Ramp(), stills(), small).node("refine-s01").why
    )


@pytest.mark.parametrize("method", METHODS)
def test_a_renderer_that_reads_no_settings_shows_the_film_whatever_was_asked_of_models(method):
    """So an animatic is a quick look at a film that is made by models."""
    asked = {"method": method, "transition": "a slow change", "refine": "ramp:again", "upscale": "ramp:again"}
    preview = Ramp(settings=frozenset(), longest=None, inputs=frozenset(), references=0)
    plan = planned(film(keyframes="none", **asked), preview, finisher())
    assert {n.request.kind for n in of_shot(plan)} <= {"between", "conform"}


# -- keyframes beside each other ------------------------------------------------------------------


def beside(**more):
    return stills(inputs=frozenset({"references", "like", "beside"}), **more)


def test_a_scenes_keyframes_are_drawn_beside_its_first_pictures():
    made = film(seconds=1, shots=10, consistent="scene")
    plan = planned(made, Ramp(longest=65), beside())
    drawn = {n.item: n.request for n in plan.nodes if isinstance(n.request, Still)}
    scene = [drawn[s.id] for s in made.shots if s.scene == "one"]
    assert len({request.beside for request in scene}) == 1
    assert len(scene[0].beside) == 3
    assert scene[0].beside[0].picture == scene[0].picture
    assert scene[0].beside != drawn["s09"].beside
    plain = planned(film(seconds=1, shots=10), Ramp(longest=65), beside())
    assert all(not n.request.beside for n in plain.nodes if isinstance(n.request, Still))


def test_consistent_keyframes_want_a_renderer_that_can():
    with pytest.raises(BadInput, match="draws pictures beside each other"):
        planned(film(consistent="scene"))
    with pytest.raises(BadInput, match="nobody draws any"):
        planned(film(consistent="scene", keyframes="none"))
    words_alone = Ramp(requests=frozenset({"between"}), inputs=frozenset({"words"}), references=0, longest=97)
    with pytest.raises(BadInput, match="ramp takes none from ramp:stills"):
        planned(film(seconds=1, consistent="scene"), words_alone, beside())
    with pytest.raises(BadInput, match="none or scene"):
        planned(film(consistent="film"))


def test_an_animatic_of_a_film_with_consistent_keyframes_is_planned_and_the_film_keeps_the_setting():
    made = film(seconds=1, consistent="scene")
    seen = made.model_copy(update={"settings": made.settings.model_copy(update={"renderer": "animatic"})})
    assert {n.request.kind for n in of_shot(planned(seen))} == {"between"}


def test_a_film_that_asks_for_none_of_this_has_the_keys_it_had():
    """The golden keys say it for whole films (test_memory_golden.py); here for the settings at rest."""
    rest = {"method": "auto", "consistent": "none", "refine": "none", "upscale": "none", "transition": "none"}
    assert [n.key for n in planned(film(**rest)).nodes] == [n.key for n in planned(film()).nodes]
    assert slate_film().settings.values == {}
