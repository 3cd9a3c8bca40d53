"""Windows share the noise of their overlap, and the seam between them moves in every step."""

from types import SimpleNamespace

import pytest

pytest.importorskip("torch")
pytest.importorskip("diffusers")

import torch
from diffusers import FlowMatchEulerDiscreteScheduler, UniPCMultistepScheduler
from diffusion_kit import Footage, anchor, between, extend, frames_of, noise_frame, tiny_weights

from photoplay.render.diffusion import clips, seam, wan_vace
from photoplay.render.diffusion.noise import frame_noise, generator
from photoplay.render.diffusion.renderer import Diffusion
from photoplay.render.diffusion.seam import MovingSeam, noised, shot_latent
from photoplay.render.protocol import Job
from photoplay.render.requests import Input

__all__ = ["tiny_weights"]
SHAPE = (1, 4, 3, 2, 2)
STEPS = 8
REFERENCES = 2


def _drawn(seed):
    return torch.randn(SHAPE, generator=generator(seed))


def _with(scheduler):
    scheduler.set_timesteps(STEPS)
    return SimpleNamespace(scheduler=scheduler)


def _euler():
    return _with(FlowMatchEulerDiscreteScheduler(shift=3.0))


def _unipc():
    return _with(
        UniPCMultistepScheduler(prediction_type="flow_prediction", use_flow_sigmas=True, flow_shift=3.0)
    )


def _whole_window(seed=9):
    """Latents of a window: reference images, the overlap, and four new frames."""
    return torch.randn((1, 4, REFERENCES + 3 + 4, 2, 2), generator=generator(seed))


def test_the_seam_is_drawn_anew_in_each_step_from_the_request_s_seed():
    pipe = _euler()
    runs = []
    for seed in (5, 5, 6):
        moving = MovingSeam(_drawn(1), _drawn(2), seed)
        for index in range(STEPS):
            moving(pipe, index, None, {"latents": _whole_window()})
        runs.append(moving.seams)
    assert runs[0] == runs[1] != runs[2]
    assert len(runs[0]) == STEPS
    assert len(set(runs[0])) >= 3
    assert all(0 <= drawn <= 3 for drawn in runs[0])


def test_many_seams_lie_everywhere_in_the_overlap():
    moving = MovingSeam(_drawn(1), _drawn(2), seed=3)
    pipe = _euler()
    for _ in range(100):
        moving(pipe, 0, None, {"latents": _whole_window()})
    assert set(moving.seams) == {0, 1, 2, 3}


def test_up_to_the_seam_frames_are_the_known_ones_at_the_noise_of_the_moment_and_no_others_change():
    known, noise, pipe = _drawn(1), _drawn(2), _euler()
    moving = MovingSeam(known, noise, seed=4, offset=REFERENCES)
    for index in range(STEPS):
        before = _whole_window(index)
        after = moving(pipe, index, None, {"latents": before, "prompt_embeds": "kept"})
        drawn, sigma = moving.seams[-1], float(pipe.scheduler.sigmas[index + 1])
        expected = before.clone()
        expected[:, :, REFERENCES : REFERENCES + drawn] = (1 - sigma) * known[:, :, :drawn] + sigma * noise[
            :, :, :drawn
        ]
        assert torch.allclose(after["latents"], expected)
        assert after["prompt_embeds"] == "kept"


def test_in_the_end_they_are_the_known_ones_themselves():
    known, pipe = _drawn(1), _euler()
    moving = MovingSeam(known, _drawn(2), seed=0)
    moving._drawn = lambda: 3
    after = moving(pipe, STEPS - 1, None, {"latents": _whole_window()})["latents"]
    assert torch.equal(after[:, :, :3], known)


def test_known_frames_and_noise_must_be_of_one_shape():
    with pytest.raises(ValueError, match="differ"):
        MovingSeam(_drawn(1), _drawn(2)[:, :, :2], 0)


def _after_a_bad_start():
    """The first latents of a window after a model that was wrong at first, then right; and what is right."""
    known, noise, pipe = _drawn(1), _drawn(2), _unipc()
    moving = MovingSeam(known, noise, seed=0)
    latents = torch.cat([noise, _whole_window()], dim=2)
    for index, t in enumerate(pipe.scheduler.timesteps[:6]):
        sigma = pipe.scheduler.sigmas[index]
        moving._drawn = lambda index=index: 0 if index < 3 else 3
        right = (latents[:, :, :3] - known) / sigma
        velocity = torch.randn(latents.shape, generator=generator("wrong", index))
        if index > 3:
            velocity[:, :, :3] = right
        latents = pipe.scheduler.step(velocity, t, latents, return_dict=False)[0]
        if index < 5:
            latents = moving(pipe, index, t, {"latents": latents})["latents"]
    return latents[:, :, :3], noised(known, noise, float(pipe.scheduler.sigmas[6]))


def test_a_scheduler_that_remembers_earlier_steps_does_not_undo_the_seam(monkeypatch):
    found, right = _after_a_bad_start()
    assert torch.allclose(found, right, atol=1e-4)
    monkeypatch.setattr(seam, "_remember", lambda *given: None)
    found, right = _after_a_bad_start()
    assert not torch.allclose(found, right, atol=1e-2)


@pytest.mark.parametrize(("frame", "number"), [(0, 0), (1, 1), (4, 1), (5, 2), (72, 18), (76, 19)])
def test_a_window_begins_with_the_latent_frame_of_the_shot_that_covers_its_first(frame, number):
    assert shot_latent(frame) == number


@pytest.mark.parametrize("tail", [1, 5, 9])
@pytest.mark.parametrize("end", [81, 49, 50, 47])
def test_windows_that_overlap_draw_equal_noise_for_their_common_frames(tail, end):
    """Of a window that ends with frame ``end`` and one that begins ``tail`` frames before that."""
    latents = (tail - 1) // 4 + 1
    start = shot_latent(end - tail)
    before = frame_noise(7, 0, shot_latent(end - 1) + 1, 4, 2, 2)
    after = frame_noise(7, start, latents + 5, 4, 2, 2)
    assert torch.equal(before[:, :, start : start + latents], after[:, :, :latents])
    assert not torch.equal(after[:, :, 0], frame_noise(8, start, 1, 4, 2, 2)[:, :, 0])


# -- in the pipeline of Wan VACE --------------------------------------------------------------


@pytest.fixture
def vace(tiny_weights):
    tiny_weights("tiny-wan-vace")
    renderer = Diffusion("tiny-wan-vace")
    renderer.load("cpu", None)
    yield renderer
    renderer.unload()


TAIL = Input(key="7" * 64, part="tail", frame=13)
FOOTAGE = {TAIL: Footage(*(noise_frame(n) for n in range(13))), anchor(1): Footage(noise_frame(40))}
FEW = {"steps": 6, "guidance": 1}


class _Watched(MovingSeam):
    """Keeps what it was given and gave."""

    made: list = []

    def __init__(self, known, noise, seed, offset=0):
        super().__init__(known, noise, seed, offset)
        self.known, self.noise, self.offset = known, noise, offset
        self.latents = []
        _Watched.made.append(self)

    def __call__(self, pipeline, index, timestep, given):
        given = super().__call__(pipeline, index, timestep, given)
        self.latents.append(given["latents"].clone())
        return given


@pytest.fixture
def watched(monkeypatch):
    _Watched.made = []
    monkeypatch.setattr(wan_vace, "MovingSeam", _Watched)
    return _Watched.made


def test_an_extension_keeps_its_tail_behind_a_moving_seam_after_the_reference_images(vace, watched):
    request = extend(TAIL, 8, at=13, settings=FEW, anchors=(anchor(1),))
    frames_of(vace, Job(request, FOOTAGE))
    (moving,) = watched
    assert moving.offset == 1
    assert moving.known.shape[2] == 3  # a tail of 9 frames
    assert len(moving.seams) == len(moving.latents) == FEW["steps"]
    assert len(set(moving.seams)) > 1
    sigmas = vace._pipe.scheduler.sigmas
    for drawn, latents, sigma in zip(moving.seams, moving.latents, sigmas[1:], strict=True):
        right = noised(moving.known, moving.noise, float(sigma))[:, :, :drawn]
        assert torch.allclose(latents[:, :, 1 : 1 + drawn], right, atol=1e-5)


def test_the_overlap_begins_with_the_noise_that_the_window_before_gave_these_frames(
    vace, watched, monkeypatch
):
    drawn = []

    def kept(*given):
        drawn.append(clips.shot_noise(*given))
        return drawn[-1]

    monkeypatch.setattr(wan_vace, "shot_noise", kept)
    frames_of(vace, between(13, settings=FEW))
    frames_of(vace, Job(extend(TAIL, 8, at=13, settings=FEW), FOOTAGE))
    before, after = drawn
    assert torch.equal(after[:, :, :3], before[:, :, 1:4])  # frames 4 to 12 of the shot
    assert torch.equal(watched[0].noise, after[:, :, :3])


def test_the_seam_acts_on_the_new_frames(vace, monkeypatch):
    request = extend(TAIL, 8, at=13, settings=FEW)
    with_seam = frames_of(vace, Job(request, FOOTAGE))
    monkeypatch.setattr(wan_vace, "_seam", lambda *given: None)
    without = frames_of(vace, Job(request, FOOTAGE))
    assert not all((a == b).all() for a, b in zip(with_seam[0], without[0], strict=True))


def test_the_tail_s_latents_are_those_the_pipeline_itself_would_give(vace):
    """Decoded, they give the tail as the autoencoder sees it."""
    vace._ready_pipeline(FEW)
    ready = vace._ready(Job(extend(TAIL, 8, at=13, settings=FEW), FOOTAGE), extend(TAIL, 8, settings=FEW))
    pipe = vace._pipe
    latents = wan_vace.encoded_frames(pipe, ready)
    given = pipe.video_processor.preprocess_video([clips.image(p, ready) for p in ready.tail])
    shown = [[torch.ones(3, 64, 64)]]
    theirs = pipe.prepare_video_latents(given, torch.zeros_like(given), shown)
    assert torch.allclose(latents, theirs[:, :16, 1:], atol=1e-5)
