"""How shots with a person's own footage are made: what is shown of it, and that what goes on fits to it."""

from itertools import pairwise

import pytest
from own_clips import clip, mask, still
from ramps import NATIVE, PACE, Ramp, bar, stills
from test_shot_plan import film, of_shot

from photoplay.agent.production import Production
from photoplay.memory.project import Project
from photoplay.render.crew import SoloCrew
from photoplay.render.cut.footage import open_footage
from photoplay.render.engine import Engine
from photoplay.render.plan import Planner
from photoplay.render.requests import Between, Conform, Extend, Join, Refine, Still
from photoplay.storyboard.edits import Join as JoinShots
from photoplay.storyboard.edits import Rename, Setting, ShotSetting
from photoplay.storyboard.errors import BadInput
from photoplay.storyboard.vocabulary import Opening

REFINES = {
    "requests": frozenset({"between", "extend", "refine"}),
    "inputs": frozenset({"first", "tail", "words", "keep", "references"}),
}
NO_TAIL = {"requests": frozenset({"between"}), "inputs": frozenset({"first", "last"}), "references": 0}


def production(tmp_path, *renderers, made=None):
    crew = SoloCrew(*(renderers or (Ramp(), stills())))
    made = film(seconds=3, shots=3) if made is None else made
    return Production(Project.create(tmp_path / "film", made, "test", "test"), crew=crew)


def render(production, shot="s01", *others):
    """Renders that shot, with others it needs; returns the plan and its bars, frame by frame."""
    project, crew = production.project, production._crew
    planner = Planner(crew.find)
    plan = planner.plan(project.film)
    nodes = [n for n in plan.nodes if n.item in (shot, *others)]
    with project.lock():
        outcome = Engine(project.store, project.anchors, planner, crew).run(nodes)
    assert outcome.failed == {}
    with open_footage(project.store.path(plan.node(plan.shown[shot]).key)) as footage:
        return plan, [bar(pixels) for pixels in footage.frames(0, footage.count)]


def steps(lengths):
    return [b - a for a, b in pairwise(lengths)]


def kinds(plan, shot="s01"):
    return [n.request.kind for n in of_shot(plan, shot)]


def evenly(lengths):
    return max(abs(step - PACE) for step in steps(lengths))


# -- a clip that opens a shot ---------------------------------------------------------------------


def test_a_clip_is_shown_and_the_renderer_goes_on_from_its_last_frames(tmp_path):
    made = production(tmp_path)
    made.add_footage("s01", clip(tmp_path / "own.mp4", frames=36))
    plan, lengths = render(made)
    assert "still" not in kinds(plan), "nothing is drawn for its beginning"
    tail = plan.node("tail-s01")
    windows = [n.request for n in of_shot(plan) if isinstance(n.request, Extend)]
    assert windows[0].tail.key == tail.key
    assert windows[0].tail.frame == 5
    record = made.project.store.record(tail.key)
    assert "tail-5" in record.parts, "read without loss"
    last = made.project.store.record(plan.node(plan.shown["s01"]).key)
    assert last.notices == ()
    assert lengths[0] == pytest.approx(8, abs=0.5)
    assert len(lengths) >= 72 + 18
    assert evenly(lengths) < 0.5, "no frame is doubled or lost where the renderer takes over"


def test_who_takes_no_tail_begins_on_the_clip_s_last_frame_which_is_shown_once(tmp_path):
    made = production(tmp_path, Ramp(**NO_TAIL, longest=None), stills())
    made.add_footage("s01", clip(tmp_path / "own.mp4", frames=36))
    plan, lengths = render(made)
    [after] = [n.request for n in of_shot(plan) if isinstance(n.request, Between)]
    assert after.first.key == plan.node("first-s01").key
    assert evenly(lengths) < 0.5


def test_nobody_needs_to_draw_keyframes_for_it(tmp_path):
    bare = film(seconds=3, keyframes="none")
    made = production(tmp_path, Ramp(**NO_TAIL, longest=None), made=bare)
    made.add_footage("s01", clip(tmp_path / "own.mp4", frames=36))
    _, lengths = render(made)
    assert evenly(lengths) < 0.5


@pytest.mark.parametrize("method", ["infill", "sparse"])
def test_a_way_that_reads_no_tail_begins_on_the_clip_s_last_frame(tmp_path, method):
    made = production(tmp_path, made=film(seconds=5, method=method))
    made.add_footage("s01", clip(tmp_path / "own.mp4", frames=36))
    plan, lengths = render(made)
    assert "key-s01-0" not in plan.by_id
    assert lengths[35] == pytest.approx(8 + 35 * PACE, abs=0.5)
    assert -0.3 < lengths[36] - lengths[35] < 3 * PACE + 0.5
    assert min(steps(lengths)) > -0.3


def test_rates_and_sizes_of_renderer_and_clip_may_differ(tmp_path):
    small = Ramp(native_rate=NATIVE, most_pixels=256 * 64)
    made = production(tmp_path, small, stills(), made=film(seconds=3, height=128))
    made.add_footage("s01", clip(tmp_path / "own.mp4", frames=45, rate=30, size=(1024, 256), pace=4 * 0.8))
    plan, lengths = render(made)
    request = plan.node("tail-s01").request
    assert (request.rate, request.raster.width) == (NATIVE, 256)
    assert len(lengths) >= 72 + 18
    assert lengths[35] == pytest.approx((8 + 44 * 3.2) / 2, abs=4), "one and a half seconds of it are shown"
    inside = steps(lengths)
    assert min(inside) > -0.5
    assert max(inside) < 8


def test_a_clip_as_long_as_the_shot_is_the_shot_and_a_longer_shot_changes_only_what_comes_after(tmp_path):
    made = production(tmp_path)
    made.add_footage("s01", clip(tmp_path / "own.mp4", frames=80))
    assert kinds(made.plan()) == ["conform"]
    opening = made.plan().node("plate-s01").key
    made.clear_footage("s01")
    made.add_footage("s01", clip(tmp_path / "short.mp4", frames=36))
    assert made.plan().node("plate-s01").key != opening


def test_the_next_shot_goes_on_from_what_is_shown_last(tmp_path):
    made = production(tmp_path)
    made.add_footage("s01", clip(tmp_path / "own.mp4", frames=36))
    made.edit([JoinShots(shot="s02", opens=Opening.continue_)])
    plan, after = render(made, "s02", "s01")
    _, before = render(made, "s01")
    begins = next(n.request for n in of_shot(plan, "s02") if isinstance(n.request, Extend))
    assert begins.tail.key in {n.key for n in of_shot(plan, "s01")}
    assert after[0] - before[71] == pytest.approx(PACE, abs=0.6)


def test_footage_goes_before_the_shot_in_front_of_it(tmp_path):
    made = production(tmp_path)
    made.edit([JoinShots(shot="s01", opens=Opening.continue_)])
    assert any(n.request.kind == "extend" for n in of_shot(made.plan()))
    made.add_footage("s01", still(tmp_path / "own.png"))
    first = next(n.request for n in of_shot(made.plan()) if isinstance(n.request, Between))
    assert first.first.key == made.plan().node("first-s01").key


# -- a still that opens a shot --------------------------------------------------------------------


@pytest.mark.parametrize("drawn", [True, False], ids=["keyframes", "none"])
def test_a_still_is_the_first_keyframe_and_nothing_is_drawn_for_it(tmp_path, drawn):
    made = production(tmp_path, made=film(seconds=1, **({} if drawn else {"keyframes": "none"})))
    made.edit([ShotSetting(shot="s01", values={})])
    made.add_footage("s01", still(tmp_path / "own.png", 100))
    plan, lengths = render(made)
    assert not any(isinstance(n.request, Still) for n in of_shot(plan))
    assert lengths[0] == pytest.approx(100, abs=1)
    assert made.project.store.record(plan.node("first-s01").key).notices == ()
    assert "frame-0" in made.project.store.record(plan.node("first-s01").key).parts


def test_later_keyframes_are_drawn_like_it(tmp_path):
    made = production(tmp_path, made=film(seconds=3, changes=True))
    made.add_footage("s01", still(tmp_path / "own.png", 100))
    last = made.plan().node("key-s01-100").request
    assert last.like.key == made.plan().node("first-s01").key


def test_who_can_neither_begin_on_a_frame_nor_go_on_is_refused_before_anything_is_kept(tmp_path):
    deaf = Ramp(requests=frozenset({"between"}), inputs=frozenset(), references=0, longest=None)
    made = production(tmp_path, deaf, made=film(seconds=3, keyframes="none"))
    for own in (still(tmp_path / "own.png"), clip(tmp_path / "own.mp4")):
        with pytest.raises(BadInput, match="--as-shot"):
            made.add_footage("s01", own)
    assert not (tmp_path / "film" / "footage").exists()
    assert made.film.shot("s01").plate is None


# -- footage that is the shot ---------------------------------------------------------------------


def test_a_clip_is_the_shot_and_no_renderer_draws(tmp_path):
    ramp = Ramp()
    made = production(tmp_path, ramp, stills())
    made.add_footage("s01", clip(tmp_path / "own.mp4", frames=100), "shot")
    plan, lengths = render(made)
    assert kinds(plan) == ["conform"]
    assert evenly(lengths) < 0.5
    assert not any(r.seed == 1 for r in ramp.calls), "the seed of that shot"
    assert made.project.store.record(plan.node("plate-s01").key).notices == ()


def test_a_clip_that_is_too_short_is_held_which_is_said_and_a_still_is_held_in_peace(tmp_path):
    made = production(tmp_path)
    made.add_footage("s01", clip(tmp_path / "own.mp4", frames=50), "shot")
    made.add_footage("s02", still(tmp_path / "own.png", 200), "shot")
    plan, lengths = render(made)
    [notice] = made.project.store.record(plan.node("plate-s01").key).notices
    assert "22 frames too short" in notice.words
    assert len(lengths) == 72
    plan, held = render(made, "s02")
    assert set(map(round, held)) == {200}
    assert made.project.store.record(plan.node("plate-s02").key).notices == ()


def test_a_tall_clip_is_cropped_or_fitted_as_asked(tmp_path):
    made = production(tmp_path)
    tall = clip(tmp_path / "tall.mp4", frames=80, size=(64, 512), start=64.0, pace=0)
    made.add_footage("s01", tall, "shot")
    _, filled = render(made)
    made.add_footage("s01", tall, "shot", "fit")
    _, fitted = render(made)
    assert (round(filled[0]), round(fitted[0])) == (512, 8)


# -- changed by words -----------------------------------------------------------------------------


def test_a_clip_is_refined_in_words_without_names_and_conformed(tmp_path):
    made = production(tmp_path, Ramp(**REFINES, native_rate=NATIVE), stills())
    own = clip(tmp_path / "own.mp4", frames=100)
    made.modify("s01", "Anna at night", 40, own, mask(tmp_path / "mask.png"))
    plan, lengths = render(made)
    [request] = [n.request for n in of_shot(plan) if isinstance(n.request, Refine)]
    assert request.words == "The lighthouse keeper at night"
    assert (request.strength, request.rate, request.start) == (40, NATIVE, 0)
    assert request.take.key == plan.node("plate-s01").key
    assert request.keep.key == plan.node("keep-s01").key
    assert request.keep.part == "frame"
    assert lengths[0] == pytest.approx(9, abs=1), "a refined bar is one pixel longer"
    assert len(lengths) >= 72
    assert plan.node(plan.shown["s01"]).request.rate.fps == 24


def test_a_take_of_the_renderer_s_own_form_is_read_as_it_is_and_a_short_one_is_not_drawn_longer(tmp_path):
    made = production(tmp_path, Ramp(**REFINES), stills())
    render(made)
    key = made.plan().node(made.plan().shown["s01"]).key
    made.modify("s01", "by night", source=key[:10])
    [request] = [n.request for n in of_shot(made.plan()) if isinstance(n.request, Refine)]
    assert request.take.key == key
    assert kinds(made.plan()) == ["refine"]
    made.modify("s01", "by night", source=clip(tmp_path / "own.mp4", frames=48))
    plan, lengths = render(made)
    [request] = [n.request for n in of_shot(plan) if isinstance(n.request, Refine)]
    assert request.frames == 48
    assert len(lengths) == 72


def test_words_strength_mask_and_footage_each_are_another_take(tmp_path):
    made = production(tmp_path, Ramp(**REFINES), stills())
    own, other = clip(tmp_path / "own.mp4"), clip(tmp_path / "other.mp4", start=20)
    keys = []
    for words, strength, source, keep in (
        ("by night", 60, own, None),
        ("by day", 60, own, None),
        ("by night", 61, own, None),
        ("by night", 60, other, None),
        ("by night", 60, own, mask(tmp_path / "mask.png")),
        ("by night", 60, own, mask(tmp_path / "wide.png", light=0.75)),
    ):
        made.modify("s01", words, strength, source, keep)
        keys.append(made.plan().node("shot-s01").key)
    assert len(set(keys)) == len(keys)


def test_another_renderer_may_draw_it_and_one_that_cannot_is_refused_naming_those_that_can(
    tmp_path, monkeypatch
):
    refiner = Ramp("refiner", **REFINES)
    made = production(tmp_path, Ramp(), stills(), refiner)
    monkeypatch.setattr("photoplay.render.plates.makers_of", lambda kind: [f"a-maker-of-{kind}"])
    before = made.film
    with pytest.raises(BadInput, match=r"ramp cannot.*a-maker-of-refine.*--renderer"):
        made.modify("s01", "by night", source=clip(tmp_path / "own.mp4"))
    with pytest.raises(BadInput, match=r"takes no words of their own and no a mask|takes no"):
        Production(
            made.project, crew=SoloCrew(Ramp(requests=frozenset({"between", "refine"})), stills())
        ).modify("s01", "by night", source=tmp_path / "own.mp4", keep=mask(tmp_path / "mask.png"))
    assert made.film == before
    assert not (tmp_path / "film" / "footage").exists()
    made.modify("s01", "by night", source=tmp_path / "own.mp4", renderer="ramp:refiner")
    assert made.plan().node("shot-s01").renderer == "ramp:refiner"
    render(made)
    assert [type(r) for r in refiner.calls] == [Refine]


def test_the_film_s_upscaler_enlarges_it_too(tmp_path):
    larger = Ramp("larger", requests=frozenset({"upscale"}), inputs=frozenset(), references=0)
    small = Ramp(**REFINES, most_pixels=256 * 32)
    made = production(tmp_path, small, stills(), larger, made=film(seconds=3, upscale="ramp:larger"))
    made.modify("s01", "by night", source=clip(tmp_path / "own.mp4", frames=100))
    assert [k for k in kinds(made.plan()) if k != "conform"] == ["refine", "upscale"]
    render(made)


# -- keys -----------------------------------------------------------------------------------------


def test_out_again_every_key_is_what_it_was_and_names_are_in_none(tmp_path):
    made = production(tmp_path, Ramp(**REFINES), stills())
    before = {n.id: n.key for n in made.plan().nodes}
    made.modify("s01", "Anna at night", source=clip(tmp_path / "own.mp4"))
    changed = {n.id: n.key for n in made.plan().nodes}
    assert {k: v for k, v in changed.items() if "s01" not in k} == {
        k: v for k, v in before.items() if "s01" not in k
    }
    made.edit([Rename(what="character", id="anna", name="Maria")])
    assert made.film.shot("s01").plate.words == "Maria at night"
    assert {n.id: n.key for n in made.plan().nodes} == changed
    made.clear_footage("s01")
    assert {n.id: n.key for n in made.plan().nodes} == before


def test_a_film_made_smaller_reads_the_same_footage(tmp_path):
    made = production(tmp_path)
    made.add_footage("s01", clip(tmp_path / "own.mp4", frames=80), "shot")
    made.edit([Setting(width=256, height=64)])
    node = made.plan().node("plate-s01")
    assert isinstance(node.request, Conform)
    assert node.request.raster.width == 256
    assert not any(isinstance(n.request, Join) for n in of_shot(made.plan()))
