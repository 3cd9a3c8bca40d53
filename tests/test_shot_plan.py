"""How long shots are made, and that no frame is doubled or lost where their pieces join."""

from itertools import pairwise

import pytest
from films import slate_film
from ramps import NATIVE, Ramp, bar, finder, stills

from photoplay.memory.project import Project
from photoplay.render.crew import SoloCrew
from photoplay.render.cut.footage import open_footage
from photoplay.render.engine import Engine
from photoplay.render.plan import Planner
from photoplay.render.protocol import FrameRule
from photoplay.render.requests import Between, Extend, Join, Still
from photoplay.storyboard.edit_types import Bind, Retime, Rewrite, ShotSetting
from photoplay.storyboard.edits import apply
from photoplay.storyboard.errors import BadInput
from photoplay.storyboard.vocabulary import Opening

KEYED = {"keyframes": "ramp:stills"}


def film(seconds=5, changes=False, goes_on=(), shots=2, height=64, **values):
    made = slate_film(
        shots=shots, width=512, height=height, lines=False, goes_on=goes_on, values=KEYED | values
    )
    made = made.model_copy(update={"settings": made.settings.model_copy(update={"renderer": "ramp"})})
    made = apply(made, Retime(frames={"s01": seconds * 24}))
    if changes:
        made = apply(made, Rewrite(shot="s01", opening="She is on land.", closing="She is at sea."))
    return made


def planned(made, *renderers):
    return Planner(finder(*(renderers or (Ramp(), stills())))).plan(made)


def of_shot(plan, shot="s01"):
    return [n for n in plan.nodes if n.item == shot]


def rendered(tmp_path, made, *renderers):
    crew = SoloCrew(*(renderers or (Ramp(), stills())))
    project = Project.create(tmp_path / "film", made, "test", "test")
    planner = Planner(crew.find)
    plan = planner.plan(project.film)
    nodes = [n for n in plan.nodes if n.stage == "picture" and not n.id.startswith("card")]
    with project.lock():
        outcome = Engine(project.store, project.anchors, planner, crew).run(nodes)
    assert outcome.failed == {}
    return project, plan, outcome


def bars(project, plan, shot="s01"):
    with open_footage(project.store.path(plan.node(plan.shown[shot]).key)) as footage:
        return [bar(footage.frame(i)) for i in range(footage.count)]


def evenly(lengths):
    """Steps from frame to frame; a doubled frame is a step of none, a lost one a double step."""
    return [b - a for a, b in pairwise(lengths)]


def test_a_short_shot_is_one_clip_from_its_keyframe():
    plan = planned(film(seconds=1), Ramp(longest=65), stills())
    kinds = [n.request.kind for n in of_shot(plan)]
    assert kinds == ["still", "between"]
    assert "one clip from its keyframe" in plan.node("shot-s01").why
    assert plan.node("shot-s01").request.first.key == plan.node("key-s01-0").key


def test_a_long_shot_is_extended_and_one_that_changes_is_filled_in():
    extended, filled = planned(film()), planned(film(changes=True))
    assert {n.request.kind for n in of_shot(extended)} == {"still", "between", "extend", "join"}
    assert {n.request.kind for n in of_shot(filled)} == {"still", "between", "join"}
    assert "extended from its own tail" in extended.node("shot-s01-w1").why
    assert "filled in between keyframes" in filled.node("shot-s01-f0").why


def test_a_shot_that_continues_says_where_the_method_that_is_asked_begins_it_anew():
    plan = planned(film(method="infill", goes_on=(2,), shots=4))
    assert "begins anew, and does not go on from s01" in plan.node("shot-s02-f0").why
    assert "anew" not in plan.node("shot-s01-f0").why
    extended = planned(film(method="extend", goes_on=(2,), shots=4))
    assert not any("anew" in node.why for node in extended.nodes)


def test_who_takes_no_tail_fills_in_and_who_takes_neither_is_refused():
    only_between = Ramp(requests=frozenset({"between"}), inputs=frozenset({"first", "last"}), references=0)
    assert "takes no tail" in planned(film(), only_between, stills()).node("shot-s01-f0").why
    neither = Ramp(requests=frozenset({"between"}), inputs=frozenset({"first"}), references=0)
    with pytest.raises(BadInput, match="makes at most 33"):
        planned(film(), neither, stills())


def test_a_method_can_be_asked_for_and_one_that_cannot_be_done_is_refused():
    assert planned(film(method="infill")).node("shot-s01-f0").why.startswith("infill, as the settings ask")
    with pytest.raises(BadInput, match="Methods: auto"):
        planned(film(method="magic"))
    with pytest.raises(BadInput, match="method infill needs"):
        planned(film(method="infill"), Ramp(inputs=frozenset({"first", "tail"}), references=0), stills())


@pytest.mark.parametrize("changes", [False, True], ids=["extended", "filled in"])
def test_no_frame_is_doubled_or_lost_where_pieces_join(tmp_path, changes):
    made = film(seconds=5, changes=changes)
    no_ends = Ramp(inputs=frozenset({"first", "tail"}), references=0)
    project, plan, _ = rendered(tmp_path, made, Ramp() if changes else no_ends, stills())
    lengths = bars(project, plan)
    assert len(lengths) >= 5 * 24 + 18
    steps = evenly(lengths)
    middle = sorted(steps)[len(steps) // 2]
    assert middle > 1.0
    assert max(abs(step - middle) for step in steps) < 0.25 * middle + 0.35


def test_a_native_rate_is_conformed_without_a_jump(tmp_path):
    project, plan, _ = rendered(tmp_path, film(seconds=4, changes=True), Ramp(native_rate=NATIVE), stills())
    lengths = bars(project, plan)
    assert len(lengths) >= 4 * 24
    steps = evenly(lengths)
    assert min(steps) > -0.3
    assert max(steps) < 3 * sum(steps) / len(steps)


def test_same_depth_clips_wait_for_their_parents_only():
    plan = planned(film(seconds=30, changes=True))
    fills = [n for n in of_shot(plan) if n.id.startswith("shot-s01-f")]
    leaves = [n for n in fills if "shared" in n.why]
    assert len(leaves) > 20
    assert all(not set(leaf.needs) & {other.id for other in leaves} for leaf in leaves)
    join = plan.node("join-s01").request
    assert isinstance(join, Join)
    assert sum(p.stop - p.start for p in join.pieces) >= join.frames


def test_windows_end_on_keyframes_of_their_own_and_keep_the_end_in_sight():
    plan = planned(film(seconds=10, changes=True, method="extend"))
    windows = [n.request for n in of_shot(plan) if isinstance(n.request, Extend)]
    assert len(windows) > 6
    goal = plan.node("key-s01-100").key
    assert windows[-1].last.key == goal
    assert all(w.goal is not None and w.goal.key == goal for w in windows[:-1])
    assert all(w.colour.key == plan.node("key-s01-0").key for w in windows)
    anchored = [n for n, w in enumerate(windows[:-1]) if w.last is not None]
    assert anchored == [2, 5, 8][: len(anchored)]
    assert len(anchored) >= 2
    moments = [n.request.moment for n in of_shot(plan) if isinstance(n.request, Still)]
    assert len(set(moments)) == len(moments) == 2 + len(anchored)


def test_keyframes_hold_to_the_opening_one():
    plan = planned(film(changes=True))
    closing = plan.node("key-s01-100").request
    assert closing.like.key == plan.node("key-s01-0").key
    assert closing.moment == 100


def test_a_shot_that_continues_goes_on_from_the_window_in_which_the_clip_ends():
    made = film(goes_on=(2,), shots=4)
    plan = planned(made)
    tail = (
        plan.node("shot-s02").request.tail
        if "shot-s02" in plan.by_id
        else plan.node("shot-s02-w1").request.tail
    )
    window = next(n for n in of_shot(plan) if n.key == tail.key)
    assert window.id.startswith("shot-s01-w")
    assert made.shots[2].opens is Opening.continue_
    assert 0 < tail.frame <= window.request.frames


def test_a_draft_keeps_its_keyframes_and_its_sound_for_the_final():
    draft, final = planned(film(height=288, quality="draft")), planned(film(height=288))
    assert draft.node("key-s01-0").key == final.node("key-s01-0").key
    assert draft.node("score").key == final.node("score").key
    small, large = draft.node("shot-s01-w1").request.raster, final.node("shot-s01-w1").request.raster
    assert 3 <= large.width * large.height / (small.width * small.height) <= 5


def test_large_frames_are_drawn_in_the_renderers_own_size_and_conformed():
    plan = planned(film(seconds=1), Ramp(most_pixels=256 * 48, longest=85), stills())
    request = plan.node("shot-s01").request
    assert request.raster.width < 400
    assert request.raster.height == 64, "no smaller than anything can be drawn"
    assert plan.shown["s01"] == "conform-s01"
    assert plan.node("conform-s01").request.raster.width == 512


def test_a_renderer_is_given_no_setting_that_it_does_not_read_and_nobody_none():
    plan = planned(film(seconds=1, quality="draft", steps=7))
    assert plan.node("shot-s01-w1").request.settings == {"quality": "draft", "steps": 7}
    assert plan.node("key-s01-0").request.settings == {"steps": 7}
    with pytest.raises(BadInput, match="Nobody reads the setting sparkle"):
        planned(film(sparkle=1))


def test_references_go_to_who_takes_them_and_are_in_no_other_key():
    digest, other = "a" * 64, "b" * 64
    bound = [apply(film(seconds=1), Bind(shot="s00", references={"anna": (d,)})) for d in (digest, other)]
    plans = [planned(f, Ramp(inputs=frozenset({"first"}), references=0, longest=85), stills()) for f in bound]
    keyed = [p.node("key-s00-0") for p in plans]
    assert [i.key for i in keyed[0].request.anchors] == [digest]
    assert keyed[0].key != keyed[1].key
    clip = next(n for n in plans[0].nodes if n.item == "s00" and isinstance(n.request, Between))
    assert clip.request.anchors == ()
    assert all(f.references == () for f in clip.request.picture.figures)
    assert "held by its keyframe" in clip.why


def test_bound_references_that_nobody_would_read_are_refused():
    bound = apply(film(seconds=1), Bind(shot="s00", references={"anna": ("a" * 64,)}))
    with pytest.raises(BadInput, match="would be ignored"):
        planned(bound, Ramp(inputs=frozenset(), references=0, device="gpu", longest=85), stills())


def test_one_shot_can_be_made_otherwise_than_the_film():
    made = apply(film(), ShotSetting(shot="s01", renderer="animatic"))
    assert [n.renderer for n in of_shot(planned(made))] == ["animatic"]


@pytest.mark.parametrize(
    ("asked", "stills_wear", "clips_wear"),
    [(None, True, False), ("keyframes", True, False), ("clips", False, True), ("both", True, True)],
)
def test_a_lora_fits_one_family_so_one_renderer_wears_it(asked, stills_wear, clips_wear):
    values = {"loras": asked} if asked else {}
    made = apply(film(seconds=1, **values), Bind(shot="s00", references={}, loras={"anna": ("c" * 64,)}))
    inputs = frozenset({"first", "lora"})
    plan = planned(
        made, Ramp(inputs=inputs, references=0, longest=85), stills(inputs=frozenset({"like", "lora"}))
    )
    worn = {n.request.kind: bool(getattr(n.request, "loras", ())) for n in of_shot(plan, "s00")}
    assert (worn["still"], worn["between"]) == (stills_wear, clips_wear)
    plain = planned(made, Ramp(inputs=inputs, references=0, longest=85), stills(inputs=frozenset({"like"})))
    assert plain.node("shot-s00").request.loras, "nobody else would wear it"
    with pytest.raises(BadInput, match="loras is 'shoes'"):
        planned(film(seconds=1, loras="shoes"), Ramp(longest=85), stills())


def test_stills_alone_are_held():
    made = film(seconds=2)
    made = made.model_copy(update={"settings": made.settings.model_copy(update={"renderer": "ramp:stills"})})
    plan = planned(made, stills())
    assert [n.request.kind for n in of_shot(plan)] == ["still", "conform"]
    assert "held for the whole shot" in of_shot(plan)[0].why


def test_a_rule_whose_clips_share_no_ends_extends_instead():
    odd = Ramp(frame_rule=FrameRule(step=17, offset=5, least=22), longest=73)
    with pytest.raises(BadInput, match="cannot share"):
        planned(film(seconds=9, method="infill"), odd, stills())
    assert any(isinstance(n.request, Extend) for n in of_shot(planned(film(seconds=9), odd, stills())))


def test_keys_do_not_depend_on_the_order_of_rendering(tmp_path):
    made = film(seconds=5, changes=True)
    project, plan, outcome = rendered(tmp_path, made)
    assert Planner(finder(Ramp(), stills())).plan(project.film) == plan
    again = Engine(
        project.store, project.anchors, Planner(finder(Ramp(), stills())), SoloCrew(Ramp(), stills())
    )
    nodes = [n for n in reversed(plan.nodes) if n.item in ("s00", "s01")]
    with project.lock():
        assert again.run(nodes).made == []
    assert len(outcome.made) == len({n.key for n in outcome.made})


def test_who_wants_a_last_frame_is_given_one_in_every_clip_and_window():
    wants = Ramp(required=frozenset({"first", "last"}))
    plan = planned(film(seconds=6, method="extend"), wants, stills())
    clips = [n.request for n in of_shot(plan) if isinstance(n.request, Between | Extend)]
    assert len(clips) > 3
    assert all(c.last is not None for c in clips)
    assert clips[0].first is not None
    short = planned(film(seconds=1), Ramp(required=frozenset({"first", "last"}), longest=85), stills())
    assert short.node("shot-s01").request.last.key == short.node("key-s01-100").key


def test_who_wants_a_first_frame_and_is_given_none_is_refused_before_any_work():
    made = film(seconds=1, keyframes="none")
    with pytest.raises(BadInput, match="wants a first frame, and nobody draws one"):
        planned(made, Ramp(required=frozenset({"first"}), longest=85))
