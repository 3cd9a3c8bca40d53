"""The video families over tiny pipelines of the real classes: every input acts, or is refused."""

from types import SimpleNamespace

import pytest

pytest.importorskip("torch")
pytest.importorskip("diffusers")

import numpy as np
import torch
from diffusion_kit import (
    SETS,
    Footage,
    a_picture,
    anchor,
    between,
    extend,
    frames_of,
    noise_frame,
    tiny_weights,
    weights_toml,
)
from safetensors.torch import save

from photoplay.render.contract import check_renderer
from photoplay.render.diffusion import wording
from photoplay.render.diffusion.clips import large_shift, spread
from photoplay.render.diffusion.renderer import Diffusion
from photoplay.render.protocol import Job
from photoplay.render.requests import Input, Lora
from photoplay.storyboard.errors import BadInput, Refused

__all__ = ["tiny_weights"]
VIDEO = ("tiny-wan-flf", "tiny-wan-two", "tiny-wan-ti2v", "tiny-wan-vace", "tiny-ltx", "tiny-skyreels")
TO_LAST = tuple(name for name in VIDEO if name != "tiny-wan-ti2v")
FROM_WORDS = ("tiny-wan-vace", "tiny-ltx", "tiny-skyreels")
FIRST, LAST = anchor(1), anchor(2)
TAIL = Input(key="7" * 64, part="tail", frame=20)
FOOTAGE = {
    FIRST: Footage(noise_frame(1)),
    LAST: Footage(noise_frame(2)),
    TAIL: Footage(*(noise_frame(n) for n in range(20))),
    **{anchor(n): Footage(noise_frame(n)) for n in range(3, 9)},
}
FEW = {"steps": 2, "guidance": 1}
LORA = Input(key="8" * 64, part="lora")


@pytest.fixture(scope="module")
def shelf(tmp_path_factory):
    """Renderers by name, made when first asked for and kept for the other tests."""
    folder = tmp_path_factory.mktemp("weights")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PHOTOPLAY_WEIGHTS", str(weights_toml(folder / "weights.toml", *VIDEO)))
        patch.setenv("PHOTOPLAY_WEIGHTS_LOCK", str(folder / "weights.lock.json"))
        patch.setenv("PHOTOPLAY_DEVICE", "cpu")
        patch.setenv("HF_HUB_OFFLINE", "1")
        made = {}
        yield made
        for renderer in made.values():
            renderer.unload()


@pytest.fixture
def loaded(shelf):
    """``loaded("tiny-ltx")``: the renderer, ready; perhaps one that other tests have used."""

    def kept(name):
        if name not in shelf:
            shelf[name] = _ready(name)
        return shelf[name]

    return kept


@pytest.fixture
def fresh(tiny_weights):
    """As ``loaded``, but never used before; ``more`` changes the weights' entry."""
    made = []

    def new(name, **more):
        tiny_weights(name, **({name.replace("-", "_"): more} if more else {}))
        made.append(_ready(name))
        return made[-1]

    yield new
    for renderer in made:
        renderer.unload()


def _ready(name):
    renderer = Diffusion(name)
    renderer.load("cpu", None)
    return renderer


def _drawn(renderer, request, footage=FOOTAGE, weights=None, tick=lambda job, share, words="": None):
    return frames_of(renderer, Job(request, footage, weights or {}), tick=tick)[0]


def _clip(frames=9, **more):
    return between(frames, **({"first": FIRST, "settings": FEW} | more))


def _on(frames=8, **more):
    return extend(TAIL, frames, **({"at": 20, "settings": FEW} | more))


def _equal(one, other):
    return len(one) == len(other) and all((a == b).all() for a, b in zip(one, other, strict=True))


# -- lengths ------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", VIDEO)
def test_a_clip_has_exactly_the_frames_that_were_asked_for(loaded, name):
    renderer = loaded(name)
    lasts = (None, LAST) if name in TO_LAST else (None,)
    for last in lasts:
        for frames in (1, 9, 10, 12):
            assert len(_drawn(renderer, _clip(frames, last=last))) == frames
        for frames in (1, 8, 11):
            assert len(_drawn(renderer, _on(frames, last=last))) == frames


@pytest.mark.parametrize("name", FROM_WORDS)
def test_a_clip_of_words_alone_has_its_frames_too(loaded, name):
    renderer = loaded(name)
    for frames in (9, 10):
        assert len(_drawn(renderer, _clip(frames, first=None))) == frames


@pytest.mark.parametrize("tail", [1, 8, 30])
@pytest.mark.parametrize("name", VIDEO)
def test_a_tail_may_be_shorter_than_the_model_reads_or_longer(loaded, name, tail):
    given = Input(key="6" * 64, part="tail", frame=tail)
    footage = {given: Footage(*(noise_frame(n) for n in range(tail)))}
    request = extend(given, 5, at=40, settings=FEW)
    assert len(_drawn(loaded(name), request, footage)) == 5


def test_frames_that_are_too_many_are_left_out_evenly_and_never_the_ends():
    assert spread(13, 13) == list(range(13))
    assert spread(13, 1) == [12]
    for count in (5, 9, 13, 14):
        for wanted in range(2, count + 1):
            found = spread(count, wanted)
            assert len(set(found)) == wanted
            assert (found[0], found[-1]) == (0, count - 1)
            steps = np.diff(found)
            assert steps.max() - steps.min() <= 1


# -- inputs -------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", VIDEO)
def test_every_declared_input_acts_and_any_other_is_refused(fresh, name):
    check_renderer(fresh(name), _clip(5), FOOTAGE)


@pytest.mark.parametrize("name", ["tiny-wan-flf", "tiny-wan-two", "tiny-wan-ti2v"])
def test_a_model_that_begins_on_a_frame_says_so_when_it_has_none(loaded, name):
    with pytest.raises(Refused, match="from its first frame"):
        _drawn(loaded(name), _clip(first=None))


def test_a_model_cannot_go_towards_a_last_frame_from_nothing(loaded):
    with pytest.raises(Refused, match="from its first frame"):
        _drawn(loaded("tiny-skyreels"), _clip(first=None, last=LAST))


def test_weights_that_would_ignore_a_last_frame_refuse_it(loaded):
    renderer = loaded("tiny-wan-ti2v")
    assert "last" not in renderer.capabilities().inputs
    for request in (_clip(last=LAST), _on(last=LAST)):
        with pytest.raises(Refused, match="would ignore last"):
            _drawn(renderer, request)


def test_weights_that_are_not_of_the_layout_their_entry_says_are_refused_before_anything_is_drawn(fresh):
    renderer = fresh("tiny-wan-ti2v", layout="flf")
    with pytest.raises(Refused, match=r"ti2v-5b.*flf"):
        _drawn(renderer, _clip(last=LAST))


def test_a_layout_that_is_none_is_named_with_those_there_are(tiny_weights):
    tiny_weights("tiny-wan-two", tiny_wan_two={"layout": "two"})
    with pytest.raises(BadInput, match="flf, i2v, a14b, ti2v-5b"):
        Diffusion("tiny-wan-two")
    tiny_weights("tiny-ltx", tiny_ltx={"layout": "quick"})
    with pytest.raises(BadInput, match="distilled, even"):
        Diffusion("tiny-ltx")


def test_each_of_several_references_acts(loaded):
    renderer = loaded("tiny-wan-vace")
    anchors = (anchor(3), anchor(4), anchor(5))
    whole = _drawn(renderer, _clip(anchors=anchors))
    for n in range(3):
        others = (*anchors[:n], anchor(6), *anchors[n + 1 :])
        assert not _equal(whole, _drawn(renderer, _clip(anchors=others)))
    with pytest.raises(Refused, match="takes 3 references, not 4"):
        _drawn(renderer, _clip(anchors=(*anchors, anchor(6))))


def test_a_goal_stands_beside_references(loaded):
    renderer = loaded("tiny-wan-vace")
    anchors = (anchor(3), anchor(4), anchor(5))
    goals = [_drawn(renderer, _on(anchors=anchors, goal=anchor(n))) for n in (6, 7)]
    assert not _equal(*goals)


@pytest.mark.parametrize("name", VIDEO)
def test_a_lora_acts_by_its_strength_and_is_taken_off_again(fresh, name):
    renderer = fresh(name)
    plain = _drawn(renderer, _clip())
    weights = {LORA: _lora(renderer._pipe.transformer)}
    worn = [
        _drawn(renderer, _clip(loras=(Lora(entity="cook", weights=LORA, percent=percent),)), weights=weights)
        for percent in (100, 50)
    ]
    assert not _equal(plain, worn[0])
    assert not _equal(*worn)
    assert _equal(plain, _drawn(renderer, _clip()))


def test_both_experts_wear_a_lora(fresh):
    renderer = fresh("tiny-wan-two")
    _drawn(renderer, _clip())
    weights = {LORA: _lora(renderer._pipe.transformer)}
    _drawn(renderer, _clip(loras=(Lora(entity="cook", weights=LORA),)), weights=weights)
    worn = renderer._pipe.get_list_adapters()
    assert set(worn) == {"transformer", "transformer_2"}


def _lora(transformer):
    """LoRA weights for the first attention of a transformer, as bytes."""
    name, layer = next((n, m) for n, m in transformer.named_modules() if n.endswith("attn1.to_q"))
    rng = torch.Generator().manual_seed(3)
    layer = getattr(layer, "base_layer", layer)
    down = torch.randn((4, layer.in_features), generator=rng)
    up = torch.randn((layer.out_features, 4), generator=rng)
    at = f"transformer.{name}"
    return save({f"{at}.lora_A.weight": down, f"{at}.lora_B.weight": up})


@pytest.mark.parametrize("name", ["tiny-ltx", "tiny-skyreels"])
def test_the_noise_on_known_frames_is_a_setting_where_the_family_has_it(loaded, name):
    renderer = loaded(name)
    clips = [_drawn(renderer, _on(settings=FEW | {"prefix-noise": n})) for n in (0, 40)]
    assert not _equal(*clips)
    with pytest.raises(BadInput, match="prefix-noise"):
        _drawn(renderer, _on(settings=FEW | {"prefix-noise": 200}))


@pytest.mark.parametrize("name", ["tiny-wan-two", "tiny-wan-vace", "tiny-skyreels"])
def test_the_shift_of_the_noise_is_a_setting_that_leaves_no_trace(loaded, name):
    renderer = loaded(name)
    plain = _drawn(renderer, _clip())
    shifted = _drawn(renderer, _clip(settings=FEW | {"shift": 16}))
    assert renderer._pipe.scheduler.config.flow_shift == 16
    assert not _equal(plain, shifted)
    assert _equal(plain, _drawn(renderer, _clip()))
    with pytest.raises(BadInput, match="shift"):
        _drawn(renderer, _clip(settings=FEW | {"shift": 0}))
    with pytest.raises(Refused, match="no setting shift"):
        _drawn(loaded("tiny-ltx"), _clip(settings=FEW | {"shift": 5}))


@pytest.mark.parametrize(("own", "width", "height", "shift"),
    [(3.0, 832, 480, 3.0), (3.0, 1280, 720, 5.0), (3.0, 720, 1280, 5.0), (16.0, 1280, 720, 16.0)],
)  # fmt: skip
def test_large_clips_have_the_shift_that_wan_s_makers_advise(own, width, height, shift):
    assert large_shift(SimpleNamespace(width=width, height=height))(own) == shift


def test_skyreels_has_other_advice_for_clips_from_a_frame_than_from_words(loaded, monkeypatch):
    renderer = loaded("tiny-skyreels")
    pipe = renderer._pipe or (_drawn(renderer, _clip()) and renderer._pipe)
    given = []
    call = type(renderer._family)._given
    monkeypatch.setattr(
        type(renderer._family),
        "_given",
        lambda *args: given.append(call(*args)["guidance_scale"]) or call(*args),
    )
    shifts = []
    for request in (
        between(9, settings={"steps": 1}),
        _clip(settings={"steps": 1}),
        _clip(settings={"steps": 1, "guidance": 7}),
        _on(settings={"steps": 1}),
        _on(settings={"steps": 1}, last=LAST),
    ):
        _drawn(renderer, request)
        shifts.append(pipe.scheduler.config.flow_shift)
    assert given == [6, 5, 7, 6, 5]
    assert shifts == [8, 5, 5, 8, 5]


def test_it_is_refused_where_the_family_has_none(loaded):
    with pytest.raises(Refused, match="no setting prefix-noise"):
        _drawn(loaded("tiny-wan-vace"), _on(settings=FEW | {"prefix-noise": 10}))


@pytest.mark.parametrize("name", VIDEO)
def test_what_is_unwanted_acts_where_there_is_guidance(loaded, name):
    renderer = loaded(name)
    guided = [
        _drawn(renderer, _clip(5, settings={"steps": 1, "guidance": 8} | more))
        for more in ({}, {"negative": "snow and ice, lanterns, umbrellas"})
    ]
    assert not _equal(*guided)


# -- the same again -------------------------------------------------------------------------------


@pytest.mark.parametrize("name", VIDEO)
def test_equal_requests_give_equal_clips_whatever_was_drawn_between(loaded, name):
    renderer = loaded(name)
    once = _drawn(renderer, _clip(seed=4))
    on = _drawn(renderer, _on(seed=4))
    torch.manual_seed(12)
    assert _equal(once, _drawn(renderer, _clip(seed=4)))
    assert _equal(on, _drawn(renderer, _on(seed=4)))
    assert not _equal(once, _drawn(renderer, _clip(seed=5)))
    assert not _equal(on, _drawn(renderer, _on(seed=5)))


@pytest.mark.parametrize("name", VIDEO)
def test_the_common_source_of_random_numbers_is_left_alone(loaded, name):
    renderer = loaded(name)
    _drawn(renderer, _on())
    torch.manual_seed(3)
    _drawn(renderer, _on())
    after = torch.rand(1)
    torch.manual_seed(3)
    assert torch.equal(after, torch.rand(1))


@pytest.mark.parametrize("kind", ["words", "first", "both", "tail"])
def test_a_batch_gives_what_single_requests_give(loaded, kind):
    renderer = loaded("tiny-ltx")
    make = {
        "words": lambda n: _clip(first=None, seed=n, shot=n),
        "first": lambda n: _clip(first=anchor(3 + n), seed=n, shot=n),
        "both": lambda n: _clip(first=anchor(3 + n), last=anchor(6 - n), seed=n, shot=n),
        "tail": lambda n: _on(seed=n, shot=n, goal=anchor(3 + n)),
    }[kind]
    renderer._ready_pipeline(FEW)
    ready = [renderer._ready(Job(make(n), FOOTAGE), make(n)) for n in (1, 2, 3)]
    sample = renderer._family.sample
    together = sample(renderer._pipe, ready, lambda_step())
    for one, found in zip(ready, together, strict=True):
        (alone,) = sample(renderer._pipe, [one], lambda_step())
        assert np.abs(alone - found).max() < 1e-5


def lambda_step():
    from photoplay.render.diffusion.family import Step

    class Quiet(Step):
        def __call__(self, done, of):
            pass

    return Quiet()


def test_what_can_be_drawn_together_is_and_nothing_else(loaded, monkeypatch):
    renderer = loaded("tiny-ltx")
    sizes = []
    sample = renderer._family.sample
    monkeypatch.setattr(
        renderer._family,
        "sample",
        lambda pipe, batch, step: sizes.append(len(batch)) or sample(pipe, batch, step),
    )
    jobs = [
        _clip(seed=1),
        _clip(seed=2),
        _clip(seed=3, last=LAST),
        _clip(seed=4),
        _clip(10),
        _clip(11),
        _on(),
    ]
    found = frames_of(renderer, *(Job(request, FOOTAGE) for request in jobs))
    assert sizes == [2, 1, 1, 2, 1]  # 10 and 11 frames are cut from 17
    assert [len(frames) for frames in found] == [9, 9, 9, 9, 10, 11, 8]


@pytest.mark.parametrize("name", VIDEO)
def test_a_prompt_is_encoded_once_and_drawing_stops_within_a_step(fresh, name):
    renderer = fresh(name)
    request = _clip(settings={"steps": 4})
    whole = _drawn(renderer, request)
    told = []

    def stop(job, share, words=""):
        told.append(words)
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        _drawn(renderer, request, tick=stop)
    assert len(told) == 1
    assert told[0].startswith("step 1 of")
    assert _equal(whole, _drawn(renderer, request))
    _drawn(renderer, _clip(seed=8))
    assert renderer._prompts.encoded_count == 1
    assert renderer.loads == 1


@pytest.mark.parametrize("name", VIDEO)
def test_steps_are_counted_to_their_end(loaded, name):
    told = []
    _drawn(loaded(name), _on(settings={"steps": 3}), tick=lambda job, share, words="": told.append(words))
    assert [t for t in told if t] == [f"step {n} of 3" for n in (1, 2, 3)]


@pytest.mark.parametrize("name", VIDEO)
def test_sixteen_bits_draw_too(fresh, name):
    """As on a GPU: the parts that stay in 32 bits and those that do not fit together."""
    half = FEW | {"precision": "bf16"}
    renderer = fresh(name)
    last = LAST if name in TO_LAST else None
    assert len(_drawn(renderer, _clip(5, last=last, settings=half))) == 5
    assert len(_drawn(renderer, _on(5, settings=half))) == 5
    assert renderer._pipe.transformer.dtype is torch.bfloat16


# -- words ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", VIDEO)
def test_every_entity_is_named_in_the_prompt(tiny_weights, name):
    tiny_weights(name)
    family = Diffusion(name)._family
    seen = a_picture()
    told = family.words(_clip()).text.lower()
    assert seen.figures
    assert seen.things
    for one in (*wording.subjects(seen), *wording.things(seen)):
        assert one.head.lower() in told
    assert wording.lead(seen).lower() in told
    assert "\n" not in told


@pytest.mark.parametrize("name", VIDEO)
def test_settings_of_look_and_of_what_is_unwanted_are_in_the_words(tiny_weights, name):
    tiny_weights(name)
    family = Diffusion(name)._family
    words = family.words(_clip(settings={"look": "ink wash on rice paper", "negative": "snow"}))
    assert "ink wash on rice paper" in words.text.lower()
    assert wording.style(a_picture()).lower() not in words.text.lower()
    assert words.negative.endswith("snow")


def test_each_reference_is_bound_to_its_entity_in_words(tiny_weights):
    tiny_weights("tiny-wan-vace")
    family = Diffusion("tiny-wan-vace")._family
    seen = a_picture()
    figures = tuple(
        f.model_copy(update={"references": (anchor(3 + n).key,)}) for n, f in enumerate(seen.figures)
    )
    seen = seen.model_copy(update={"figures": figures})
    anchors = tuple(anchor(3 + n) for n in range(len(figures)))
    told = family.words(_clip(picture=seen, anchors=anchors)).text.lower()
    for n, one in enumerate(wording.subjects(seen), 1):
        assert f"the {one.head} is the one in image {n}".lower() in told


def test_a_draft_takes_fewer_steps_but_distilled_weights_take_their_own(tiny_weights):
    for name in VIDEO:
        tiny_weights(name)
        family = Diffusion(name)._family
        assert family.steps(draft=True)[0] < family.steps(draft=False)[0]
    tiny_weights("tiny-ltx", tiny_ltx={"layout": "distilled"})
    family = Diffusion("tiny-ltx")._family
    assert family.steps(draft=True) == family.steps(draft=False) == (8, 1.0)


@pytest.mark.parametrize("layout", ["distilled", "even"])
def test_time_steps_of_a_layout_are_those_the_scheduler_gets(fresh, layout):
    renderer = fresh("tiny-ltx", layout=layout)
    _drawn(renderer, _clip(settings={} if layout == "distilled" else {"steps": 4}))
    times = [float(t) for t in renderer._pipe.scheduler.timesteps]
    expected = {"distilled": [1000, 993, 987, 981, 975, 909, 725, 0.03], "even": [1000, 750, 500, 250]}
    assert times == pytest.approx(expected[layout])


def test_all_the_kit_s_sets_of_these_families_are_tried():
    """Others have files of their own; Wan from words alone is in ``test_diffusion_from_words.py``."""
    families = {SETS[name][0] for name in VIDEO}
    assert {name for name, (family, *_) in SETS.items() if family in families} == {*VIDEO, "tiny-wan-t2v"}
