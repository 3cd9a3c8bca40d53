"""Stable Video Diffusion over tiny weights; and sets of weights that are put together from several folders."""

import json

import pytest

pytest.importorskip("torch")
pytest.importorskip("diffusers")

import numpy as np
import torch
import weights_kit as kit
from diffusion_kit import (
    Footage,
    anchor,
    between,
    extend,
    frames_of,
    loaded_sets,
    noise_frame,
    tiny_folder,
    tiny_weights,
)
from safetensors.torch import load_file

from photoplay.render.contract import check_renderer
from photoplay.render.diffusion import fetching, weights
from photoplay.render.diffusion.noise import frame_noise
from photoplay.render.diffusion.renderer import Diffusion
from photoplay.render.protocol import Job
from photoplay.render.requests import Input
from photoplay.storyboard.errors import BadInput, Refused

__all__ = ["tiny_weights"]
FEW = {"steps": 2}
FIRST, OTHER = anchor(1), anchor(2)
TAIL = Input(key="6" * 64, part="tail", frame=3)
FOOTAGE = {
    FIRST: Footage(noise_frame(1)),
    OTHER: Footage(noise_frame(2)),
    TAIL: Footage(*(noise_frame(n) for n in (5, 4, 1))),
}


@pytest.fixture(scope="module")
def renderer(tmp_path_factory):
    with loaded_sets(tmp_path_factory, "tiny-svd") as made:
        yield made["tiny-svd"]


def _drawn(renderer, request, **more):
    return np.stack(frames_of(renderer, Job(request, FOOTAGE), **more)[0])


def _clip(frames=4, **more):
    return between(frames, **({"first": FIRST, "settings": FEW} | more))


def _given(renderer, request):
    """What denoises was given in its first step: noise, and the first frame's latents."""
    _drawn(renderer, _clip())
    seen, unet = [], renderer._pipe.unet
    forward = unet.forward
    unet.forward = lambda x, *args, **given: seen.append((x, given)) or forward(x, *args, **given)
    _drawn(renderer, request)
    del unet.forward
    return seen[0]


def test_every_declared_input_acts_and_any_other_is_refused(renderer):
    check_renderer(renderer, _clip(3), FOOTAGE)
    renderer.load("cpu", None)
    assert "words" not in renderer.capabilities().inputs
    with pytest.raises(Refused, match="would ignore words"):
        _drawn(renderer, _clip(words="a wide river in the snow"))
    with pytest.raises(Refused, match="no setting negative"):
        _drawn(renderer, _clip(settings=FEW | {"negative": "snow"}))


def test_a_clip_has_exactly_the_frames_that_were_asked_for(renderer):
    for frames in (1, 5):
        assert len(_drawn(renderer, _clip(frames))) == frames
        assert len(_drawn(renderer, extend(TAIL, frames, settings=FEW))) == frames
    with pytest.raises(Refused, match="from its first frame, and none was given"):
        _drawn(renderer, _clip(first=None))


def test_longest_clips_are_those_that_the_weights_were_trained_with(tiny_weights):
    for layout, longest in (("", 25), ("14", 14)):
        tiny_weights("tiny-svd", tiny_svd={"layout": layout})
        assert Diffusion("tiny-svd").capabilities().longest == longest


def test_a_clip_that_goes_on_begins_on_the_last_frame_of_the_tail_and_does_not_give_it_twice(renderer):
    """The tail ends on the frame that ``FIRST`` is, and noise is the shot's own: the same clip, one frame on."""
    on = _drawn(renderer, extend(TAIL, 4, at=1, settings=FEW | {"first-noise": 0}))
    whole = _drawn(renderer, _clip(5, settings=FEW | {"first-noise": 0}))
    assert (on == whole[1:]).all()
    assert not (whole[0] == whole[1]).all()


def test_it_begins_with_the_noise_of_the_shot_s_own_frames(renderer):
    request = _clip(at=7, settings=FEW | {"guidance": 1})
    x, _ = _given(renderer, request)
    ready = renderer._ready(Job(request, FOOTAGE), request)
    noise = frame_noise(ready.seed, 7, 4, 4, 8, 8).transpose(1, 2)
    mine = x[:, :, :4] / x[:, :, :4].std() * noise.std()
    assert torch.allclose(mine, noise, atol=1e-4)


@pytest.mark.parametrize(("setting", "values", "beyond"),
    [("motion", (20, 220), 256), ("first-noise", (0, 60), 101)],
)  # fmt: skip
def test_each_setting_acts_within_its_range(renderer, setting, values, beyond):
    one, other = (_drawn(renderer, _clip(settings=FEW | {setting: value})) for value in values)
    assert not (one == other).all()
    with pytest.raises(BadInput, match=setting):
        _drawn(renderer, _clip(settings=FEW | {setting: beyond}))


def test_the_model_is_told_rate_motion_and_noise(renderer):
    _, given = _given(renderer, _clip(settings=FEW | {"motion": 33, "first-noise": 5}))
    rate = float(_clip().rate.fps)
    for row in given["added_time_ids"].tolist():
        assert row == pytest.approx([rate - 1, 33, 0.05])


def test_few_frames_are_decoded_together(renderer):
    _drawn(renderer, _clip())
    decoded, vae = [], renderer._pipe.vae
    decode = vae.decode
    vae.decode = lambda latents, **given: decoded.append(len(latents)) or decode(latents, **given)
    _drawn(renderer, _clip(10, settings={"steps": 1}))
    del vae.decode
    assert decoded == [8, 2]


def test_it_stops_within_a_step_and_draws_the_same_again(renderer):
    whole = _drawn(renderer, _clip())
    told = []

    def stop(job, share, words=""):
        told.append(words)
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        _drawn(renderer, _clip(settings={"steps": 4}), tick=stop)
    assert [words.partition(",")[0] for words in told] == ["step 1 of 4"]
    torch.manual_seed(3)
    assert (whole == _drawn(renderer, _clip())).all()
    after = torch.rand(1)
    torch.manual_seed(3)
    assert torch.equal(after, torch.rand(1)), "the common source of random numbers is left alone"


# -- sets of several folders ------------------------------------------------------------------------


def test_a_set_without_the_folder_that_makes_it_move_is_named(tiny_weights):
    tiny_weights("tiny-animatediff", tiny_animatediff={"files": {}})
    with pytest.raises(BadInput, match=r"lack files\.motion_adapter"):
        Diffusion("tiny-animatediff")
    tiny_weights("tiny-animatediff", tiny_animatediff={"layout": "sparse"})
    with pytest.raises(BadInput, match=r"lack files\.controlnet"):
        Diffusion("tiny-animatediff")
    tiny_weights("tiny-animatediff", tiny_animatediff={"layout": "fast"})
    with pytest.raises(
        BadInput, match="layout 'fast'; animatediff wants it to be left out or one of: sparse"
    ):
        Diffusion("tiny-animatediff")


def test_a_folder_of_another_model_is_refused_by_its_class(tiny_weights):
    wrong = str(tiny_folder("animatediff") / "sparse")
    tiny_weights("tiny-animatediff", tiny_animatediff={"files": {"motion_adapter": wrong}})
    made = Diffusion("tiny-animatediff")
    made.load("cpu", None)
    with pytest.raises(
        BadInput, match="must be the folder of a MotionAdapter, not of 'SparseControlNetModel'"
    ):
        _drawn(made, between(4, settings=FEW))


def test_what_lies_beside_counts_as_memory(tiny_weights):
    tiny_weights("tiny-animatediff")
    there = load_file(tiny_folder("animatediff") / "motion" / "diffusion_pytorch_model.safetensors")
    sizes = weights.located(weights.weight_set("tiny-animatediff")).sizes()
    assert sizes["motion_adapter"] == 2 * sum(tensor.numel() for tensor in there.values())


def test_a_model_at_the_root_of_its_repository_comes_along(tmp_path, monkeypatch):
    """And a still model that lists a checker of pictures, which nothing here loads."""
    monkeypatch.setenv("HF_HUB_CACHE", str(tmp_path / "hub"))
    monkeypatch.setenv("PHOTOPLAY_WEIGHTS_LOCK", str(tmp_path / "lock.json"))
    monkeypatch.setenv("PHOTOPLAY_WEIGHTS", str(tmp_path / "none.toml"))
    ws = weights.weight_set("animatediff")
    checker = {"safety_checker": ["stable_diffusion", "StableDiffusionSafetyChecker"]}
    still = kit.model_files() | {"model_index.json": json.dumps(kit.INDEX | checker).encode()}
    still["safety_checker/model.safetensors"] = kit.safetensors({"x": ("F16", [4])})
    tensors = kit.safetensors({"x": ("F16", [4])})
    motion = {
        "config.json": b'{"_class_name": "MotionAdapter"}',
        "README.md": b"#",
        "diffusion_pytorch_model.safetensors": tensors,
        "diffusion_pytorch_model.fp16.safetensors": tensors,
        "diffusion_pytorch_model.bin": b"pickle",
    }
    repo = ws.files["motion_adapter"].removeprefix("hub:")
    found = fetching.fetch(ws, client=kit.Hub({ws.source: still, repo: motion}))
    names = sorted(p.name for p in found.files["motion_adapter"].iterdir())
    assert names == ["config.json", "diffusion_pytorch_model.safetensors"]
    assert not (found.folder / "safety_checker").exists()
