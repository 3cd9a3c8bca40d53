"""The diagonal queue: films of any length in one request, in flat memory, on families with a level a frame.

Random weights: these tests prove the mechanism and the plumbing, never how good a film is.
"""

import functools
import gc
from itertools import pairwise
from types import SimpleNamespace

import pytest

pytest.importorskip("torch")
pytest.importorskip("diffusers")

import diffusers
import numpy as np
import torch
from diffusion_kit import (
    Footage,
    anchor,
    between,
    extend,
    frames_of,
    loaded_sets,
    noise_frame,
    tiny_folder,
)

from photoplay.render.contract import check_renderer
from photoplay.render.diffusion import queued
from photoplay.render.diffusion.diagonal import (
    DiagonalQueue,
    Ladder,
    coherent_tail,
    cost,
    low_frequencies,
    stepped,
)
from photoplay.render.diffusion.streaming import decoded_by_ltx, decoded_by_wan, ltx_reach
from photoplay.render.protocol import Frame, Job
from photoplay.render.requests import Input
from photoplay.storyboard.errors import BadInput, Refused, Stopped

QUEUED = ("tiny-wan-ti2v", "tiny-wan-t2v", "tiny-skyreels", "tiny-ltx")
FROM_FIRST = ("tiny-wan-ti2v", "tiny-skyreels", "tiny-ltx")
FEW = {"steps": 3, "guidance": 1, "method": "queue"}
FIRST = anchor(1)
LADDER = Ladder((1.0, 0.9, 0.75, 0.5, 0.2, 0.0), (1000.0, 900.0, 750.0, 500.0, 200.0))
"""Five steps; with a longest clip of four latent frames, windows of four, the last two overlapping by three."""


@pytest.fixture(scope="module")
def shelf(tmp_path_factory):
    """Renderers by name, kept for all tests."""
    with loaded_sets(tmp_path_factory, *QUEUED, "tiny-wan-flf") as made:
        yield made


def _job(name, frames, first=1, settings=FEW, **more):
    if name not in FROM_FIRST or first is None:
        return Job(between(frames, settings=settings, **more))
    request = between(frames, settings=settings, first=FIRST, **more)
    return Job(request, {FIRST: Footage(noise_frame(first))})


def _film(renderer, name, frames, **more):
    return np.stack(frames_of(renderer, _job(name, frames, **more))[0])


def _noise(n, size=(2, 8, 8)):
    return torch.randn((1, size[0], 1, *size[1:]), generator=torch.Generator().manual_seed(1000 + n))


class _Rounds:
    """A model that does nothing, and what it was asked, window by window, after the clip at the beginning."""

    def __init__(self, output=lambda latents: 0.1 * latents):
        self.windows, self._output = [], output

    def __call__(self, latents, times):
        assert len(times) == latents.shape[2]
        moving = times[times > 0]
        if len(moving) > 1 and bool((moving == moving[0]).all()):
            return torch.zeros_like(latents)  # the plain clip: one level for all
        self.windows.append((latents.clone(), times.clone()))
        return self._output(latents)

    def rounds(self, windows):
        return [self.windows[n : n + windows] for n in range(0, len(self.windows), windows)]


def _queue(model, longest=4, ladder=LADDER, **more):
    return DiagonalQueue(model, ladder, _noise, longest, **more)


# -- the mechanism ----------------------------------------------------------------------------------


def test_levels_rise_from_the_head_to_the_tail_and_the_head_is_cleanest():
    model = _Rounds()
    found = list(_queue(model).frames(6))
    assert len(found) == 6
    for windows in model.rounds(3):
        kept = torch.cat([times[-count:] for (_, times), count in zip(windows, (2, 2, 1), strict=True)])
        assert kept.tolist() == [
            200,
            500,
            750,
            900,
            1000,
        ]  # each slot once, strictly rising, the head cleanest


def test_only_the_noisier_half_of_each_window_is_kept_and_the_other_is_the_frames_before():
    """Output for the cleaner half is thrown away (it is no number here), and that half is what lies ahead."""

    def broken(latents):
        half = torch.full_like(latents, float("nan"))
        half[:, :, 2:] = 0.1
        return half

    model = _Rounds(lambda latents: 0.1 * latents)
    found = list(_queue(model).frames(6))
    for earlier, windows in pairwise(model.rounds(3)):
        (one, one_times), (two, two_times), (three, _) = windows
        assert torch.equal(two[:, :, :2], one[:, :, 2:])
        assert torch.equal(two_times[:2], one_times[2:])
        assert torch.equal(three[:, :, :3], two[:, :, 1:])
        assert (one_times[:2] == 0).all()  # those that left the queue, clean
        assert not torch.equal(one[:, :, :2], earlier[0][0][:, :, :2])
    left = torch.cat(found, dim=2)
    last = model.rounds(3)[-1][0][0]
    assert torch.equal(last[:, :, :2], left[:, :, -3:-1])
    whole = Ladder((*LADDER.sigmas[:4], 0.0), LADDER.times[:4])
    found = list(_queue(_Rounds(broken), ladder=whole).frames(4))
    assert all(bool(frame.isfinite().all()) for frame in found)


def test_a_new_tail_has_its_neighbour_s_low_frequencies_and_the_high_ones_of_new_noise():
    model = _Rounds()
    list(_queue(model).frames(6))
    tails = [windows[-1][0][:, :, -1:] for windows in model.rounds(3)]
    for number, (before, tail) in enumerate(pairwise(tails)):
        noise = _noise(4 + number)
        assert torch.allclose(low_frequencies(tail), low_frequencies(before), atol=1e-5)
        assert torch.allclose(tail - low_frequencies(tail), noise - low_frequencies(noise), atol=1e-5)
        assert not torch.allclose(low_frequencies(tail), low_frequencies(noise), atol=0.05)
    model = _Rounds()
    list(_queue(model, coherent=False).frames(6))
    tails = [windows[-1][0][:, :, -1:] for windows in model.rounds(3)]
    assert all(torch.equal(tail, _noise(4 + n)) for n, tail in enumerate(tails[1:]))


def test_a_coherent_tail_is_as_strong_as_noise():
    one, other = _noise(1, (8, 64, 64)), _noise(2, (8, 64, 64))
    tail = coherent_tail(one, other)
    assert abs(float(tail.std()) - 1) < 0.02
    shared = float((tail * one).mean())
    assert 0.02 < shared < 0.1  # pi / 64 of all frequencies lie within a quarter of the highest
    assert not torch.allclose(tail, other)


def test_a_known_first_frame_leads_the_queue_clean_and_is_never_changed():
    first = _noise(-50)
    model = _Rounds()
    found = list(_queue(model, first=first).frames(6))
    assert torch.equal(found[0], first)
    one, times = model.windows[0]
    assert times.tolist() == [0, 0, 0, 0]  # one that waits in front, and the first itself
    assert all(torch.equal(one[:, :, n : n + 1], first) for n in range(4))
    assert model.rounds(3)[2][0][1].tolist() == [0, 0, 200, 500]
    assert not torch.equal(found[1], first)


def test_model_calls_are_those_of_the_formula():
    for steps, longest, frames in ((5, 4, 6), (4, 4, 9), (3, 8, 5), (8, 5, 7)):
        asked = []

        def model(latents, times, asked=asked):
            asked.append(latents.shape[2])
            return torch.zeros_like(latents)

        sigmas = tuple(1 - n / steps for n in range(steps + 1))
        ladder = Ladder(sigmas, tuple(1000 * sigma for sigma in sigmas[:-1]))
        assert len(list(_queue(model, longest, ladder).frames(frames))) == frames
        told = cost(steps, frames, longest)
        assert (len(asked), sum(asked)) == (told.calls, told.frames)
        half, begun = min(steps, longest // 2), min(steps, longest)
        assert told.calls == steps + (frames + steps - begun) * -(-steps // half)
    long = cost(48, 480, 24)
    assert 2 < long.frames / long.plain_frames < 2.2
    assert long.words() == ("2064 calls over 49536 latent frames; plain clips: 960 over 23040 (2.1 times)")


@pytest.fixture
def only_new():
    """What there is already is not looked through: it is much, and stays."""
    gc.freeze()
    yield
    gc.unfreeze()


def _held():
    """Bytes of all tensors made since."""
    gc.collect()
    tensors = [one for one in gc.get_objects() if type(one) is torch.Tensor]
    return sum({t.untyped_storage().data_ptr(): t.untyped_storage().nbytes() for t in tensors}.values())


@pytest.mark.usefixtures("only_new")
def test_no_more_latents_are_held_than_the_queue_however_long_the_film():
    def still(latents, times):
        return torch.zeros_like(latents)

    frames = _queue(still, first=_noise(0)).frames(203)
    seen = [_held() for n, _ in enumerate(frames) if n in (2, 200)]
    assert len(seen) == 2
    assert max(seen) == min(seen)


@pytest.mark.usefixtures("only_new")
@pytest.mark.parametrize(("name", "early", "late"), [("tiny-wan-t2v", 12, 60), ("tiny-ltx", 184, 280)])
def test_no_more_is_held_by_the_renderer_either(shelf, name, early, late):
    """Where pieces end; for LTX from when its decoder has its fill: 9 latent frames before a piece, 9 after."""
    outputs = shelf[name].render([_job(name, late + 80)], lambda job, share, words="": None)
    frames = (output for output in outputs if isinstance(output, Frame))
    seen = [_held() for n, _ in enumerate(frames) if n in (early, late)]
    assert len(seen) == 2
    assert abs(seen[1] - seen[0]) < 256  # LTX has latent frames of 128 bytes here


# -- as the pipelines step ----------------------------------------------------------------------------


def test_a_step_is_the_scheduler_s_own():
    latents, output = _noise(1), _noise(2)
    euler = diffusers.FlowMatchEulerDiscreteScheduler(shift=3.0)
    euler.set_timesteps(5)
    ladder = queued.ladder_of(euler)
    for n, time in enumerate(euler.timesteps):
        now, then = (torch.tensor([ladder.sigmas[i]]) for i in (n, n + 1))
        own = euler.step(output, time, latents, return_dict=False)[0]
        assert torch.allclose(stepped(latents, output, now, then), own, atol=1e-6)
    unipc = diffusers.UniPCMultistepScheduler(
        prediction_type="flow_prediction", use_flow_sigmas=True, flow_shift=3.0
    )
    unipc.set_timesteps(5)
    ladder = queued.ladder_of(unipc)
    now, then = (torch.tensor([ladder.sigmas[i]]) for i in (0, 1))
    own = unipc.step(output, unipc.timesteps[0], latents, return_dict=False)[0]
    assert torch.allclose(stepped(latents, output, now, then), own, atol=1e-4)


@pytest.mark.parametrize("guidance", [1.0, 4.0])
@pytest.mark.parametrize("name", QUEUED)
def test_with_equal_levels_a_step_is_the_pipeline_s_own(shelf, name, guidance):
    """One level for all frames (but a known first): what ``predict`` gives leads where the pipeline's step does."""
    renderer, wan = shelf[name], name != "tiny-ltx"
    if renderer._pipe is None:
        _film(renderer, name, 5)
    pipe = renderer._pipe
    job = _job(name, 9 if wan else 17, first=1 if name == "tiny-wan-ti2v" else None)
    ready = renderer._ready(job, job.request)
    ready = SimpleNamespace(**vars(ready) | {"guidance": guidance})
    after = []

    def stop(pipeline, index, timestep, given):
        after.append(given["latents"].clone())
        raise Stopped("one step is enough")

    prompt = queued.on_device(pipe, [ready.prompt])
    asked = {"guidance_scale": guidance, "height": 64, "width": 64, "callback_on_step_end": stop}
    asked |= {"num_inference_steps": 3, **prompt, "num_frames": ready.frames}
    channels, size = (pipe.vae.config.z_dim, 64 // pipe.vae_scale_factor_spatial) if wan else (8, 2)
    noise = torch.randn((1, channels, 3, size, size), generator=torch.Generator().manual_seed(5))
    times = torch.ones(3)
    if name in ("tiny-wan-t2v", "tiny-wan-ti2v"):
        asked["latents"] = noise
    else:
        asked["generator"] = torch.Generator().manual_seed(5)
    if name == "tiny-wan-ti2v":
        asked["image"] = queued.image(ready.first, ready)
        times[0] = 0
        noise[:, :, :1] = queued._wan_latent(pipe, ready, ready.first)
    if name == "tiny-skyreels":
        asked |= {"prompt": None}
        predict = queued.skyreels_predict(pipe, ready, guidance, 0)
    elif wan:
        predict = queued.wan_predict(pipe, ready)
    else:
        asked |= {"frame_rate": 24.0}
        predict = queued.ltx_predict(pipe, ready, 24.0, 0)
    with pytest.raises(Stopped):
        pipe(**asked)
    ladder = queued.ladder_of(pipe.scheduler)
    if not wan:
        assert renderer._family._ladder(pipe, 3) == ladder
    with torch.no_grad():
        output = predict(noise, times * ladder.times[0])
    now, then = (times * ladder.sigmas[i] for i in (0, 1))
    ours = stepped(noise, output, now, then)
    theirs = after[0] if wan else pipe._unpack_latents(after[0], 3, 2, 2)
    kept = slice(1 if name == "tiny-wan-ti2v" else 0, None)
    assert torch.allclose(ours[:, :, kept], theirs[:, :, kept], atol=1e-3)
    assert float((theirs - noise)[:, :, kept].abs().mean()) > 0.01  # the step is no small thing


# -- whole clips --------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", QUEUED)
def test_any_length_in_one_request_and_longer_films_begin_like_shorter_ones(shelf, name):
    renderer = shelf[name]
    films = {frames: _film(renderer, name, frames) for frames in (16, 37, 64)}
    assert [len(film) for film in films.values()] == [16, 37, 64]
    if name != "tiny-ltx":  # its decoder looks ahead: the last frames know of those to come
        assert np.array_equal(films[64][:37], films[37])
        assert np.array_equal(films[37][:16], films[16])
    assert np.array_equal(_film(renderer, name, 16), films[16])
    assert not np.array_equal(_film(renderer, name, 16, seed=1), films[16])
    assert np.abs(films[64][40].astype(int) - films[64][60]).mean() > 1


def test_longer_than_the_longest_clip_of_the_model(shelf):
    renderer = shelf["tiny-ltx"]
    longest = renderer.capabilities().longest
    assert all(shelf[name].capabilities().methods == {"queue"} for name in QUEUED)
    assert len(_film(renderer, "tiny-ltx", longest + 20)) == longest + 20


@pytest.mark.parametrize("name", QUEUED)
def test_the_model_is_told_a_level_for_each_frame(shelf, name):
    """What the transformer itself is given: time steps that rise along each window, clean before the head."""
    renderer = shelf[name]
    _film(renderer, name, 9)
    seen = []
    hook = renderer._pipe.transformer.register_forward_pre_hook(
        lambda module, given, named: seen.append(named["timestep"]), with_kwargs=True
    )
    try:
        without = {} if "wan" in name else {"prefix-noise": 0}
        _film(renderer, name, 24, settings=FEW | {"steps": 5} | without)
    finally:
        hook.remove()
    times = seen[-1].flatten()
    frames = [float(t) for n, t in enumerate(times) if n == 0 or t != times[n - 1]]
    assert frames[0] == 0
    assert frames == sorted(set(frames))
    assert len(frames) == 6  # what has left the queue, and five that wait


@pytest.mark.parametrize("name", FROM_FIRST)
def test_the_film_begins_on_its_first_frame_and_goes_on_from_it(shelf, name):
    renderer = shelf[name]
    one, other = (_film(renderer, name, 16, first=n).astype(int) for n in (1, 2))
    if name != "tiny-ltx":  # its decoder looks ahead, so that the first frame knows of those after it
        seen = [_through(renderer._pipe, noise_frame(n)) for n in (1, 2)]
        assert np.abs(one[0] - seen[0]).max() <= 1
        assert np.abs(other[0] - seen[1]).max() <= 1
    assert np.abs(one[0] - other[0]).max() > 5
    assert np.abs(one[12] - other[12]).max() > 5


def _through(pipe, pixels):
    """A frame as the autoencoder gives it back."""
    given = pipe.video_processor.preprocess_video([queued.image(pixels, _size())])
    with torch.no_grad():
        own = pipe.vae.decode(pipe.vae.encode(given).latent_dist.mode(), return_dict=False)[0]
    return pipe.video_processor.postprocess_video(own, output_type="np")[0][0] * 255


def _size():
    return SimpleNamespace(width=64, height=64)


@pytest.fixture(scope="module")
def plain(shelf):
    """The film of 24 frames that each family makes with no more settings."""
    return functools.cache(lambda name: _film(shelf[name], name, 24))


@pytest.mark.parametrize(
    ("name", "setting"),
    [
        ("tiny-wan-t2v", {"queue-tail": "noise"}),
        ("tiny-wan-t2v", {"shift": 9}),
        ("tiny-wan-ti2v", {"guidance": 5}),
        ("tiny-skyreels", {"prefix-noise": 60}),
        ("tiny-skyreels", {"queue-tail": "noise"}),
        ("tiny-ltx", {"prefix-noise": 60}),
        ("tiny-ltx", {"steps": 4}),
        ("tiny-ltx", {"queue-tail": "noise"}),
    ],
)
def test_settings_act(shelf, plain, name, setting):
    renderer = shelf[name]
    with_it = _film(renderer, name, 24, settings=FEW | setting)
    assert not np.array_equal(with_it, plain(name))


def test_the_contract_holds_for_the_queue(shelf):
    renderer = shelf["tiny-wan-t2v"]
    try:
        check_renderer(renderer, between(9, settings=FEW))
    finally:
        renderer.load("cpu", None)


def test_what_the_queue_would_ignore_is_refused(shelf):
    renderer, last = shelf["tiny-skyreels"], anchor(2)
    footage = {FIRST: Footage(noise_frame(1)), last: Footage(noise_frame(2))}
    with pytest.raises(Refused, match="cannot end on a frame"):
        frames_of(renderer, Job(between(16, first=FIRST, last=last, settings=FEW), footage))
    with pytest.raises(Refused, match="step cache"):
        frames_of(shelf["tiny-wan-t2v"], _job("tiny-wan-t2v", 16, settings=FEW | {"cache": "first-block"}))
    tail = Input(key="7" * 64, part="tail", frame=9)
    given = {tail: Footage(*[noise_frame(n) for n in range(9)])}
    with pytest.raises(Refused, match="from its beginning"):
        frames_of(renderer, Job(extend(tail, 8, settings=FEW), given))
    with pytest.raises(BadInput, match="has no method 'packed'"):
        frames_of(renderer, _job("tiny-skyreels", 16, settings=FEW | {"method": "packed"}))
    with pytest.raises(BadInput, match="queue-tail"):
        renderer.check({"queue-tail": "loud"})
    with pytest.raises(Refused, match="no setting method"):
        frames_of(shelf["tiny-wan-flf"], _job("tiny-wan-ti2v", 9))
    assert shelf["tiny-wan-flf"].capabilities().methods == frozenset()


def test_a_scheduler_of_another_kind_is_refused():
    ddim = diffusers.DDIMScheduler()
    ddim.set_timesteps(4)
    ddim.sigmas = torch.linspace(1, 0, 5)
    with pytest.raises(Refused, match="flow matching"):
        queued.ladder_of(ddim)


def test_after_a_stop_the_next_clip_is_as_if_there_had_been_none(shelf):
    renderer, shares = shelf["tiny-skyreels"], []
    whole = _film(renderer, "tiny-skyreels", 16)

    def stop(job, share, words=""):
        shares.append(share)
        if len(shares) == 9:
            raise Stopped("enough")

    with pytest.raises(Stopped):
        frames_of(renderer, _job("tiny-skyreels", 64), tick=stop)
    assert shares == sorted(shares)
    assert np.array_equal(_film(renderer, "tiny-skyreels", 16), whole)


def test_frames_are_given_away_before_the_film_is_done(shelf):
    shares, at = [], []
    job = _job("tiny-skyreels", 64)
    for output in shelf["tiny-skyreels"].render([job], lambda job, share, words="": shares.append(share)):
        if isinstance(output, Frame):
            at.append(shares[-1])
    assert at[0] < 0.5 < at[-1]


# -- decoding as it comes -------------------------------------------------------------------------------


def _pipe(name):
    return diffusers.DiffusionPipeline.from_pretrained(str(tiny_folder(name)), local_files_only=True)


def _whole(pipe, latents, *more):
    with torch.no_grad():
        decoded = pipe.vae.decode(latents, *more, return_dict=False)[0]
    return pipe.video_processor.postprocess_video(decoded, output_type="np")[0]


@pytest.mark.parametrize("tiled", [False, True])
@pytest.mark.parametrize("name", ["skyreels", "wan-ti2v"])
def test_wan_s_frames_decoded_as_they_come_are_those_decoded_at_once(name, tiled):
    pipe = _pipe(name)
    if tiled:
        pipe.vae.enable_tiling(64, 64, 48, 48)
    channels, size = pipe.vae.config.z_dim, 96 // pipe.vae_scale_factor_spatial
    latents = torch.randn((1, channels, 10, size, size), generator=torch.Generator().manual_seed(3))
    mean, std = (
        torch.tensor(v).view(1, -1, 1, 1, 1)
        for v in (pipe.vae.config.latents_mean, pipe.vae.config.latents_std)
    )
    pieces = list(decoded_by_wan(pipe, iter(latents.split(1, dim=2))))
    whole = _whole(pipe, latents * std + mean)
    assert [len(piece) for piece in pieces] == [13, 16, 8]
    assert np.concatenate(pieces).shape == whole.shape == (37, 96, 96, 3)
    assert np.abs(np.concatenate(pieces) - whole).max() < 1e-5
    lone = np.concatenate([_whole(pipe, piece * std + mean) for piece in latents[:, :, 4:8].split(4, dim=2)])
    assert np.abs(lone[1:] - whole[17:29]).max() > 0.01  # what is remembered is what makes them equal


def test_ltx_s_frames_decoded_as_they_come_are_those_decoded_at_once():
    pipe = _pipe("ltx")
    assert ltx_reach(pipe.vae) == 9
    latents = torch.randn((1, 8, 29, 2, 2), generator=torch.Generator().manual_seed(3))
    noise = [_noise(n, (8, 2, 2)) for n in range(29)]
    raw = pipe._denormalize_latents(latents, pipe.vae.latents_mean, pipe.vae.latents_std, 1.0)
    whole = _whole(pipe, 0.975 * raw + 0.025 * torch.cat(noise, dim=2), torch.tensor([0.05]))
    off = []
    for longest in (21, 5):
        pieces = list(decoded_by_ltx(pipe, iter(latents.split(1, dim=2)), longest, noise.__getitem__))
        assert np.concatenate(pieces).shape == whole.shape == (225, 64, 64, 3)
        off.append(float(np.abs(np.concatenate(pieces) - whole).max()))
    assert off[0] < 1e-5  # nine on each side: all that the decoder sees
    assert off[1] > 1e-3  # one on each side is not enough
