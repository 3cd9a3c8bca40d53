"""VidRD: a clip goes on from the noise and the latents of the one before, its mirror and ever less so."""

from math import sqrt

import pytest

pytest.importorskip("torch")
pytest.importorskip("diffusers")

import numpy as np
import torch
from diffusion_kit import RASTER, between, extend, loaded_sets, tiny_weights
from safetensors.torch import load

from photoplay.render.contract import rendered
from photoplay.render.cut.probe import probe
from photoplay.render.diffusion.noise import frame_noise, seed_of
from photoplay.render.diffusion.reuse import Keeping, Past
from photoplay.render.protocol import Frame, Job, Part
from photoplay.render.requests import Extend, Input, Raster
from photoplay.storyboard.errors import BadInput, Refused

__all__ = ["tiny_weights"]
STEPS = 10
FEW = {"steps": STEPS}
TAIL = Input(key="7" * 64, part="latents", frame=16)


@pytest.fixture(scope="module")
def renderer(tmp_path_factory):
    with loaded_sets(tmp_path_factory, "tiny-animatediff") as made:
        yield made["tiny-animatediff"]


@pytest.fixture(scope="module")
def before(renderer):
    """A clip of sixteen frames: what is kept of it."""
    return _made(renderer, between(16, settings=FEW | {"latents": "kept"}))[1]


def _made(renderer, request, given=None):
    """The frames of a clip, and its latents where they were kept."""
    job = Job(request, {}, {} if given is None else {TAIL: given})
    outputs = list(renderer.render([job], lambda job, share, words="": None))
    parts = [
        o.data for o in outputs if isinstance(o, Part) and (o.name, o.suffix) == ("latents", "safetensors")
    ]
    return np.stack([o.pixels for o in outputs if isinstance(o, Frame)]), *parts


def _on(frames=12, **more):
    return extend(more.pop("tail", TAIL), frames, **({"at": 16, "settings": FEW} | more))


class _Denoised:
    """What denoises was given in each step of a clip: the latents without those for guidance."""

    def __init__(self, renderer):
        self._unet, self.latents = renderer._pipe.unet, []

    def __enter__(self):
        forward = self._unet.forward
        self._unet.forward = lambda x, *args, **given: self._see(x) or forward(x, *args, **given)
        return self.latents

    def _see(self, x):
        self.latents.append(x[:1].clone())

    def __exit__(self, *error):
        del self._unet.forward


# -- what is kept -----------------------------------------------------------------------------------


def test_noise_and_the_latents_of_every_step_are_kept_in_half_precision_where_it_is_asked(renderer, before):
    kept = load(before)
    assert {name: (tuple(t.shape), t.dtype) for name, t in kept.items()} == {
        "noise": ((4, 16, 8, 8), torch.float16),
        "steps": ((STEPS, 4, 8, 8, 8), torch.float16),
    }
    assert len(_made(renderer, between(16, settings=FEW))) == 1
    with pytest.raises(BadInput, match="latents is 'all'; it must be kept"):
        _made(renderer, between(16, settings=FEW | {"latents": "all"}))


def test_what_is_kept_is_what_each_step_began_from(renderer, before):
    kept = load(before)
    with _Denoised(renderer) as latents:
        _made(renderer, between(16, settings=FEW))
    assert len(latents) == STEPS
    assert torch.equal(latents[0][0].half(), kept["noise"])
    for seen, step in zip(latents, kept["steps"], strict=True):
        assert torch.equal(seen[0, :, 8:].half(), step)


def test_only_frames_that_were_given_away_are_kept(renderer):
    noise = torch.arange(20.0).view(1, 1, 20, 1, 1)
    keeping = Keeping(noise, 1, 11)
    keeping.see(noise + 100)
    keeping.see(noise + 200)
    kept = load(keeping.data())
    assert kept["noise"].flatten().tolist() == [*range(1, 11)]
    assert kept["steps"][:, 0, :, 0, 0].tolist() == [[*range(3, 11)], [*range(103, 111)]]


def test_the_same_clip_keeps_the_same_bytes(renderer):
    request = between(5, settings={"steps": 2, "latents": "kept"})
    assert rendered(renderer, request) == rendered(renderer, request)


# -- the formula ------------------------------------------------------------------------------------


def test_the_new_clip_begins_from_the_old_noise_turned_round_with_new_noise_in_it(renderer, before):
    with _Denoised(renderer) as latents:
        _made(renderer, _on(), before)
    old = load(before)["noise"].float().flip(1)
    seed = seed_of(_on().seed, "animatediff")
    fresh = frame_noise(seed, 15, 16, 4, 8, 8)[0]
    mixed = 4 / sqrt(17) * old + 1 / sqrt(17) * fresh
    assert torch.allclose(latents[0][0, :, :4], old[:, :4], atol=1e-6)
    assert torch.allclose(latents[0][0, :, 4:], mixed[:, 4:], atol=1e-5)
    assert float(mixed.std()) == pytest.approx(1, abs=0.05), "it is normal noise again"


def test_the_first_frames_are_held_to_the_old_clip_the_first_one_longest(renderer, before):
    _made(renderer, _on(), before)
    with _Denoised(renderer) as latents:
        _made(renderer, _on(), before)
    old = load(before)["steps"].float().flip(2)
    held = [[torch.equal(latents[i][0, :, m], old[i, :, m]) for m in range(8)] for i in range(STEPS)]
    # frame m while i < (4 - m) / 4 * 10 * 0.4
    assert [[m for m in range(8) if frames[m]] for frames in held] == [
        [0, 1, 2, 3], [0, 1, 2], [0, 1], [0], *([[]] * 6)
    ]  # fmt: skip


@pytest.mark.parametrize(("how", "held"), [
    ({}, [4, 3, 2, 1, 0, 0, 0, 0, 0, 0]),
    ({"until": 100}, [4, 4, 4, 3, 3, 2, 2, 2, 1, 1]),
    ({"overlap": 1}, [1, 1, 1, 1, 0, 0, 0, 0, 0, 0]),
    ({"until": 0}, [0] * 10),
])  # fmt: skip
def test_how_many_frames_are_held_in_each_step(how, held):
    past = Past(torch.zeros(1, 4, 16, 2, 2), torch.zeros(10, 4, 8, 2, 2), **how)
    assert [past.held(i) for i in range(10)] == held
    there = torch.ones(1, 4, 12, 2, 2)
    for step, count in enumerate(held):
        found = past.hold(there, step)
        assert found[0, 0, :, 0, 0].tolist() == [0] * count + [1] * (12 - count)
    assert torch.equal(past.hold(there, 10), there), "after the last step nothing is held"


def test_a_short_clip_before_lends_the_frames_it_has():
    past = Past(torch.full((1, 4, 3, 2, 2), 5.0), torch.zeros(10, 4, 3, 2, 2))
    fresh = torch.ones(1, 4, 16, 2, 2)
    found = past.begin(fresh)
    assert found[0, 0, :, 0, 0].tolist() == [5] * 3 + [1] * 13
    assert past.held(0) == 3


# -- clips ------------------------------------------------------------------------------------------


@pytest.mark.parametrize("frames", [1, 12, 16])
def test_exactly_the_new_frames_are_given(renderer, before, frames):
    assert len(_made(renderer, _on(frames), before)[0]) == frames


def test_the_frame_both_clips_have_is_given_once(renderer, before):
    """Sampled frame 0 is the old clip's last one: what is kept of the new clip begins after it."""
    old, new = load(before), load(_made(renderer, _on(12, settings=FEW | {"latents": "kept"}), before)[1])
    assert new["noise"].shape[1] == 12
    for m in (1, 2, 3):
        assert torch.equal(new["noise"][:, m - 1], old["noise"][:, 15 - m])


def test_a_third_clip_goes_on_from_the_second(renderer, before):
    _, second = _made(renderer, _on(12, settings=FEW | {"latents": "kept"}), before)
    once, other = (_made(renderer, _on(8, at=28), given)[0] for given in (second, before))
    assert len(once) == 8
    assert np.abs(once.astype(int) - other).max() > 2


def test_another_clip_before_gives_another_clip(renderer, before):
    other = _made(renderer, between(16, settings=FEW | {"latents": "kept"}, seed=9))[1]
    frames = [_made(renderer, _on(), given)[0] for given in (before, before, other)]
    assert (frames[0] == frames[1]).all()
    assert np.abs(frames[0].astype(int) - frames[2]).max() > 2


@pytest.mark.parametrize("setting", ["reuse-frames", "reuse-noise", "reuse-until"])
def test_each_setting_acts_within_its_range(renderer, before, setting):
    usual = _made(renderer, _on(), before)[0]
    other = _made(renderer, _on(settings=FEW | {setting: 1}), before)[0]
    assert np.abs(usual.astype(int) - other).max() > 2
    with pytest.raises(BadInput, match=setting):
        _made(renderer, _on(settings=FEW | {setting: 101}), before)


def test_clips_that_do_not_go_together_are_refused(renderer, before):
    with pytest.raises(Refused, match="drawn in 10 steps and this one in 4"):
        _made(renderer, _on(settings={"steps": 4}), before)
    large = Raster(width=RASTER.width * 2, height=RASTER.height)
    with pytest.raises(Refused, match="frames of another size"):
        _made(renderer, _on(raster=large), before)
    with pytest.raises(Refused, match="makes 16 frames at once, not 17"):
        _made(renderer, _on(17), before)
    tail = TAIL.model_copy(update={"part": "tail"})
    with pytest.raises(Refused, match="would ignore tail"):
        list(renderer.render([Job(_on(tail=tail))], lambda job, share, words="": None))


@pytest.mark.slow
def test_a_whole_film_goes_on_from_the_latents_that_its_takes_keep(tmp_path, tiny_weights):
    from test_diffusion_films import SECONDS, make

    tiny_weights("tiny-klein", "tiny-animatediff")
    production = make(tmp_path / "film", "tiny-klein", "tiny-animatediff", method="extend")
    assert probe(production.film_path).frames == SECONDS * 24
    nodes = {n.key: n for n in production.plan().nodes}
    on = [n for n in nodes.values() if isinstance(n.request, Extend)]
    assert on
    for node in on:
        assert node.request.tail.part == "latents"
        assert "latents" in production.project.store.record(node.request.tail.key).parts
        assert nodes[node.request.tail.key].request.settings["latents"] == "kept"
