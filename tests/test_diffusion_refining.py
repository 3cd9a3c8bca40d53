"""Takes drawn over again: SDEdit over chunks that share noise, at any length, with seams that move."""

import weakref
from itertools import pairwise
from types import SimpleNamespace

import pytest

pytest.importorskip("torch")
pytest.importorskip("diffusers")

import numpy as np
import torch
from diffusers import UniPCMultistepScheduler
from diffusion_kit import (
    RASTER,
    Footage,
    a_picture,
    anchor,
    between,
    frames_of,
    noise_frame,
    weights_toml,
)
from PIL import Image

from photoplay.render.contract import check_renderer
from photoplay.render.diffusion import ltx_refining, pieces, refining, streaming, wan_refining
from photoplay.render.diffusion.noise import frame_noise, generator, seed_of
from photoplay.render.diffusion.refining import Chunk, MovingSeams, calls, chunked, remaining
from photoplay.render.diffusion.renderer import Diffusion
from photoplay.render.protocol import Frame, Job
from photoplay.render.requests import Input, Refine
from photoplay.storyboard.errors import BadInput, Refused

FAMILIES = ("tiny-wan-t2v", "tiny-wan-vace", "tiny-ltx")
TAKE = Input(key="5" * 64)
FEW = {"steps": 2, "guidance": 1}
LONG = 100
"""Frames of a take that Wan draws in two chunks."""
FRAMES = [noise_frame(n // 7) for n in range(LONG)]


@pytest.fixture(scope="module")
def loaded(tmp_path_factory):
    """``loaded("tiny-ltx")``: the renderer, ready, and kept for the other tests."""
    folder = tmp_path_factory.mktemp("weights")
    made = {}

    def kept(name):
        if name not in made:
            made[name] = Diffusion(name)
            made[name].load("cpu", None)
        return made[name]

    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PHOTOPLAY_WEIGHTS", str(weights_toml(folder / "weights.toml", *FAMILIES)))
        patch.setenv("PHOTOPLAY_WEIGHTS_LOCK", str(folder / "weights.lock.json"))
        patch.setenv("PHOTOPLAY_DEVICE", "cpu")
        patch.setenv("HF_HUB_OFFLINE", "1")
        yield kept
        for renderer in made.values():
            renderer.unload()


def _refine(frames=16, strength=50, **more):
    given = {"picture": a_picture(), "raster": RASTER, "take": TAKE, "settings": FEW}
    return Refine(**(given | {"frames": frames, "strength": strength} | more))


def _drawn(renderer, request, frames=FRAMES, tick=lambda job, share, words="": None, **footage):
    read = {TAKE: Footage(*frames), **{anchor(n): Footage(noise_frame(n)) for n in range(1, 5)}, **footage}
    return np.array(frames_of(renderer, Job(request, read), tick=tick)[0], np.float32)


# -- chunks and seams ---------------------------------------------------------------------------


def test_chunks_cover_a_clip_with_overlaps_and_none_is_longer_than_the_model_draws():
    assert chunked(21, 21, 0.3) == [Chunk(0, 21)]
    for latents in range(22, 300):
        for overlap in (0.05, 0.3, 0.33):
            chunks = chunked(latents, 21, overlap)
            shared = max(1, round(21 * overlap))
            assert (chunks[0].start, chunks[-1].stop) == (0, latents)
            assert len({chunk.stop - chunk.start for chunk in chunks}) == 1
            assert all(chunk.stop - chunk.start <= 21 for chunk in chunks)
            for one, other in pairwise(chunks):
                assert shared <= one.stop - other.start <= shared + 1
                assert other.start > one.start


def test_the_seams_lie_anywhere_in_their_overlaps_and_move_in_every_step():
    chunks = chunked(60, 21, 0.3)
    runs = [MovingSeams(chunks, seed) for seed in (1, 1, 2)]
    for _ in range(60):
        for seams in runs:
            cut = seams.drawn()
            assert [chunk for chunk, _, _ in cut] == chunks
            assert [n for _, start, stop in cut for n in range(start, stop)] == list(range(60))
            assert all(chunk.start <= start < stop <= chunk.stop for chunk, start, stop in cut)
    assert runs[0].seams == runs[1].seams != runs[2].seams
    for number, (one, other) in enumerate(pairwise(chunks)):
        assert {step[number] for step in runs[0].seams} == set(range(other.start, one.stop))


class Elementwise:
    """A model that looks at each number by itself, so that chunks say what the whole would; UniPC steps."""

    per, longest = 4, 6

    def __init__(self, latents, steps=6):
        self.known = torch.randn((1, 2, latents, 2, 2), generator=generator("known"))
        self.scheduler = UniPCMultistepScheduler(
            prediction_type="flow_prediction", use_flow_sigmas=True, flow_shift=3.0
        )
        self._steps, self.seen, self.done = steps, [], False

    def encoded(self):
        return self.known

    def times(self, strength):
        self.scheduler.set_timesteps(self._steps)
        refining.set_levels(self.scheduler, strength)
        return len(self.scheduler.timesteps)

    def predicted(self, latents, chunk, number, step):
        self.seen.append((step, chunk, latents.clone()))
        return torch.sin(3 * latents) + 0.1 * step

    def stepped(self, said, latents, step):
        return self.scheduler.step(said, self.scheduler.timesteps[step], latents, return_dict=False)[0]

    def decoded(self, latents):
        for one in latents.split(1, dim=2):
            yield one.numpy()

    def finished(self):
        self.done = True


def _ready(frames, strength, start=0, **settings):
    return SimpleNamespace(
        request=_refine(frames, strength, start=start), seed=7, settings=settings, take=Footage(*FRAMES)
    )


def _all(ready, model):
    sampled = refining.refined(ready, lambda: model, lambda done, of: None)
    return np.concatenate(list(sampled.frames), axis=2)


@pytest.mark.parametrize("strength", [40, 100])
def test_chunks_in_lockstep_give_what_the_whole_clip_gives_where_a_model_sees_no_neighbours(strength):
    chunks, whole = Elementwise(20), Elementwise(20)
    whole.longest = 20
    found, right = (_all(_ready(77, strength), model) for model in (chunks, whole))
    assert len(chunks.seen) > 3 * len(whole.seen) // 2
    np.testing.assert_allclose(found, right, atol=1e-6)
    assert chunks.done


def test_chunks_begin_from_the_same_noise_where_they_overlap_and_it_is_the_shot_s_own():
    model = Elementwise(20)
    _all(_ready(77, 100, start=8), model)
    own = frame_noise(7, 2, 20, 2, 2, 2)
    first = [(chunk, latents) for step, chunk, latents in model.seen if step == 0]
    assert len(first) > 3
    for chunk, latents in first:
        assert torch.equal(latents, own[:, :, chunk.start : chunk.stop])
    for (one, left), (other, right) in pairwise(first):
        shared = one.stop - other.start
        assert shared >= 2
        assert torch.equal(left[:, :, -shared:], right[:, :, :shared])


def test_what_a_chunk_says_holds_from_its_seam_on_and_the_seam_moves(monkeypatch):
    made = []
    monkeypatch.setattr(refining, "MovingSeams", lambda *given: made.append(MovingSeams(*given)) or made[-1])
    model, steps = Elementwise(20), []
    model.predicted = lambda latents, chunk, number, step: torch.full_like(latents, number)
    model.stepped = lambda said, latents, step: steps.append(said[0, 0, :, 0, 0]) or latents
    _all(_ready(77, 100), model)
    (seams,) = made
    assert len(steps) == len(seams.seams) == 6
    for said, cut in zip(steps, seams.seams, strict=True):
        assert [n for n in range(1, 20) if said[n] != said[n - 1]] == cut
    assert all(len({cut[n] for cut in seams.seams}) > 1 for n in range(len(seams.seams[0])))


def test_a_take_is_noised_to_the_level_of_the_strength_and_the_schedule_goes_on_from_there():
    model = Elementwise(5)
    _all(_ready(17, 40), model)
    noise = frame_noise(7, 0, 5, 2, 2, 2)
    torch.testing.assert_close(model.seen[0][2], 0.6 * model.known + 0.4 * noise)
    assert float(model.scheduler.timesteps[0]) == 400
    assert remaining([1.0, 0.8, 0.4, 0.2, 0.0], 0.5) == ([0.5, 0.4, 0.2, 0.0], 2)
    assert remaining([1.0, 0.8, 0.4, 0.2, 0.0], 0.4) == ([0.4, 0.2, 0.0], 3)
    assert remaining([1.0, 0.8, 0.0], 1) == ([1.0, 0.8, 0.0], 0)
    assert remaining([1.0, 0.8, 0.0], 0.01) == ([0.01, 0.0], 2)


def test_what_it_costs_is_known_beforehand():
    one, long = calls(81, 100), calls(961, 100)
    assert (one.chunks, one.steps, one.calls, one.ratio) == (1, 50, 50, 1.0)
    assert (long.chunks, long.calls) == (16, 800)
    assert 1.3 < long.ratio < 1.45
    assert calls(961, 30).steps < calls(961, 60).steps < 50
    assert calls(961, 0).calls == 0


# -- the families -------------------------------------------------------------------------------


@pytest.mark.parametrize("name", FAMILIES)
def test_as_many_frames_come_as_were_asked_for(loaded, name):
    for frames in (5, 16, LONG) if name == "tiny-wan-vace" else (1, 5, 16, 37, LONG):
        found = _drawn(loaded(name), _refine(frames, settings={"steps": 1, "guidance": 1}))
        assert found.shape == (frames, 64, 64, 3)
        assert found.std() > 1


@pytest.mark.parametrize("name", FAMILIES)
def test_the_stronger_the_further_from_the_take(loaded, name):
    renderer = loaded(name)
    settings = {"steps": 4, "guidance": 1}
    near, *others = (_drawn(renderer, _refine(9, n, settings=settings)) for n in (1, 10, 50, 90))
    apart = [np.abs(frames - near).mean() for frames in others]
    assert 0 < apart[0] < apart[1] < apart[2]


@pytest.mark.parametrize("name", FAMILIES)
def test_strength_0_gives_the_take_itself_and_nothing_is_sampled(loaded, name):
    renderer = loaded(name)
    _drawn(renderer, _refine(5))
    calls_ = []
    hook = renderer._pipe.transformer.register_forward_pre_hook(lambda *given: calls_.append(1))
    found = _drawn(renderer, _refine(20, 0, start=30))
    hook.remove()
    assert not calls_
    assert (found == np.array(FRAMES[30:50])).all()
    held = _drawn(renderer, _refine(20, 0), [noise_frame(1)] * 20)
    assert (held == noise_frame(1)).all()


@pytest.mark.parametrize("name", FAMILIES[:2])
def test_strength_100_is_plain_sampling_of_the_same_noise(loaded, name):
    renderer, settings = loaded(name), {"steps": 3, "guidance": 4}
    anchors = (anchor(1), anchor(2)) if name == "tiny-wan-vace" else ()
    plain = between(16, settings=settings, anchors=anchors)
    found = _drawn(renderer, _refine(16, 100, settings=settings, anchors=anchors))
    assert np.abs(found - _drawn(renderer, plain)).max() <= 1


def test_strength_100_of_ltx_is_its_pipeline_s_sampling_of_the_same_noise(loaded, monkeypatch):
    renderer, settings = loaded("tiny-ltx"), {"steps": 3, "guidance": 4}
    plain = _drawn(renderer, between(17, settings=settings))
    random = generator(seed_of(0, "ltx"), "clip", 0)
    begun, decoding = (torch.randn((1, 8, 3, 2, 2), generator=random) for _ in range(2))
    monkeypatch.setattr(refining, "frame_noise", lambda *given: begun)
    monkeypatch.setattr(ltx_refining, "frame_noise", lambda seed, n, *more: decoding[:, :, n : n + 1])
    assert np.abs(_drawn(renderer, _refine(17, 100, settings=settings)) - plain).max() <= 1


@pytest.mark.parametrize("name", FAMILIES)
def test_only_the_frames_asked_for_are_drawn_over(loaded, name):
    renderer, request = loaded(name), _refine(9, 20, start=30)
    outside = [noise_frame(90)] * 30 + FRAMES[30:39] + [noise_frame(91)] * 10
    inside = [*FRAMES[:30], *[noise_frame(92)] * 9]
    found = _drawn(renderer, request)
    assert (_drawn(renderer, request, outside) == found).all()
    assert np.abs(_drawn(renderer, request, inside) - found).mean() > 0.1
    with pytest.raises(Refused, match="The take has 38 frames"):
        _drawn(renderer, request, FRAMES[:38])


@pytest.mark.parametrize("name", FAMILIES)
def test_every_declared_input_acts_and_any_other_is_refused(loaded, name):
    renderer = loaded(name)
    assert "refine" in renderer.capabilities().requests
    assert ("keep" in renderer.capabilities().inputs) == (name == "tiny-wan-vace")
    settings = {"steps": 1, "guidance": 1}
    check_renderer(renderer, _refine(5, 80, settings=settings), {TAKE: Footage(*FRAMES[:5])})
    renderer.load("cpu", None)


def test_overlap_is_a_setting_in_percent(loaded):
    renderer, settings = loaded("tiny-wan-t2v"), {"steps": 1, "guidance": 1}
    _drawn(renderer, _refine(1))
    seen = []
    hook = renderer._pipe.transformer.register_forward_pre_hook(
        lambda model, given, more: seen.append(more["hidden_states"].shape[2]), with_kwargs=True
    )
    wide, narrow = (_drawn(renderer, _refine(85, settings=settings | {"overlap": n})) for n in (33, 5))
    hook.remove()
    assert (wide != narrow).any()
    costs = [calls(85, 50, steps=1, overlap=n) for n in (33, 5)]
    assert len(seen) == sum(cost.calls for cost in costs)
    assert sum(seen) == sum(cost.latents for cost in costs)
    with pytest.raises(BadInput, match="overlap"):
        _drawn(renderer, _refine(5, settings=FEW | {"overlap": 60}))


@pytest.mark.parametrize("name", ["tiny-wan-t2v", "tiny-ltx"])
def test_a_step_cache_keeps_the_chunks_apart(loaded, name, monkeypatch):
    renderer, names = loaded(name), []
    _drawn(renderer, _refine(1))
    model = renderer._pipe.transformer
    keep = model.cache_context
    monkeypatch.setattr(
        model, "cache_context", lambda name, **more: names.append(name) or keep(name, **more), raising=False
    )
    frames = 85 if name == "tiny-wan-t2v" else 169
    _drawn(renderer, _refine(frames, settings={"steps": 1, "guidance": 2}), FRAMES + FRAMES)
    assert len(names) == len(set(names)) > 1


def test_a_stop_leaves_the_pipeline_as_good_as_before(loaded):
    renderer, request = loaded("tiny-wan-t2v"), _refine(9, 90, settings={"steps": 3, "guidance": 1})

    class Stopped(Exception):
        pass

    def stop(job, share, words=""):
        if share > 0.4:
            raise Stopped

    before = _drawn(renderer, request)
    shares = []
    with pytest.raises(Stopped):
        _drawn(renderer, request, tick=stop)
    after = _drawn(renderer, request, tick=lambda job, share, words="": shares.append(share))
    assert (after == before).all()
    assert shares == sorted(shares)
    assert len(shares) >= 3


# -- memory -------------------------------------------------------------------------------------


class Watched:
    """Footage whose frames are counted while they are alive."""

    def __init__(self, count):
        self.count, self.alive, self.most, self.read = count, 0, 0, 0

    def frame(self, index):
        found = noise_frame(index // 7).copy()
        self.alive += 1
        self.read += 1
        self.most = max(self.most, self.alive)
        weakref.finalize(found, self._gone)
        return found

    def _gone(self):
        self.alive -= 1

    def frames(self, start, stop):
        return (self.frame(n) for n in range(start, stop))


@pytest.mark.parametrize(
    ("name", "frames"), [("tiny-wan-t2v", 141), ("tiny-wan-vace", 25), ("tiny-ltx", 285)]
)
def test_pixels_are_held_a_piece_at_a_time(loaded, name, frames, monkeypatch):
    """Frames are counted as the take gives them, where they are encoded, and where they come out again."""
    stacked, made, ahead = [], [], []
    module = ltx_refining if name == "tiny-ltx" else wan_refining
    video, shades = module.video, streaming._shades
    monkeypatch.setattr(module, "video", lambda f, *more: stacked.append(len(f)) or video(f, *more))
    monkeypatch.setattr(streaming, "_shades", lambda pipe, d: made.append(d.shape[2]) or shades(pipe, d))
    take, renderer = Watched(frames), loaded(name)
    request = _refine(frames, settings={"steps": 1, "guidance": 1})
    for output in renderer.render([Job(request, {TAKE: take})], lambda job, share, words="": None):
        if isinstance(output, Frame):
            ahead.append(sum(made) - len(ahead))
    assert len(ahead) == frames
    assert max(ahead) <= (24 if name == "tiny-ltx" else 16)
    assert sum(stacked) >= frames
    assert max(stacked) <= (1 + 9 * 8 if name == "tiny-ltx" else 1 + 4 * 4)
    assert take.most <= 2


# -- what stays as it is ------------------------------------------------------------------------


def _left_half_stays():
    still = np.zeros((64, 64, 3), np.uint8)
    still[:, :32] = 255
    return still


def test_what_stays_is_the_take_s_own_to_the_pixel_and_the_rest_is_drawn(loaded):
    renderer, request = loaded("tiny-wan-vace"), _refine(9, 70, keep=anchor(9), start=20)
    footage = {TAKE: Footage(*FRAMES), anchor(9): Footage(_left_half_stays())}
    found = np.array(frames_of(renderer, Job(request, footage))[0], np.float32)
    take = np.array(FRAMES[20:29], np.float32)
    assert (found[:, :, :32] == take[:, :, :32]).all()
    apart = np.abs(found - take).mean(axis=(0, 1, 3))
    assert apart[32 + wan_refining.EDGE :].min() > 5
    free = _drawn(renderer, _refine(9, 70, start=20))
    beyond = slice(32 + wan_refining.EDGE, None)
    assert np.abs(found - free)[:, :, beyond].mean() > 0.1, "the model is told what stays"


def test_the_edge_of_what_stays_is_soft_and_lies_in_what_is_drawn():
    stays = _left_half_stays()[:, :, 0] > 0
    weight = wan_refining.soft_edge(stays)[:, :, 0]
    assert (weight[:, :32] == 1).all()
    assert (weight[:, 32 + wan_refining.EDGE :] == 0).all()
    falling = weight[30, 31 : 33 + wan_refining.EDGE]
    assert (np.diff(falling) < 0).all()


def test_vace_is_told_of_what_stays_as_its_pipeline_would_tell_it(loaded):
    renderer = loaded("tiny-wan-vace")
    footage = {TAKE: Footage(*FRAMES), anchor(9): Footage(_left_half_stays())}
    _drawn(renderer, _refine(1))
    pipe, request = renderer._pipe, _refine(9, keep=anchor(9))
    redrawing = wan_refining.VaceRedrawing(pipe, renderer._ready(Job(request, footage), request), 81)
    redrawing.encoded()
    grey, drawn = np.full((64, 64, 3), 127, np.uint8), 255 - _left_half_stays()
    shown = [Image.fromarray(np.where(drawn > 0, grey, frame)) for frame in FRAMES[:9]]
    video, mask, references = pipe.preprocess_conditions(
        shown, [Image.fromarray(drawn[:, :, 0])] * 9, None, 1, 64, 64, 9, torch.float32, "cpu"
    )
    with torch.no_grad():
        told = pipe.prepare_video_latents(video, mask, references)
    told = torch.cat([told, pipe.prepare_masks(mask, references)], dim=1)
    torch.testing.assert_close(redrawing._known, told, atol=1e-5, rtol=1e-4)


# -- encoding piece by piece ----------------------------------------------------------------------


@pytest.mark.parametrize("tiled", [False, True])
def test_pieces_encode_to_what_the_whole_take_does(loaded, tiled, monkeypatch):
    renderer = loaded("tiny-wan-t2v")
    _drawn(renderer, _refine(1))
    vae = renderer._pipe.vae
    if tiled:
        monkeypatch.setattr(vae, "use_tiling", True)
        for name, size in (("min", 32), ("stride", 24)):
            for side in ("height", "width"):
                monkeypatch.setattr(vae, f"tile_sample_{name}_{side}", size)
    frames = FRAMES[:29]
    with torch.no_grad():
        whole = vae.encode(pieces.video(frames, "cpu", torch.float32)).latent_dist.mode()
    encode = pieces.WanEncoder(vae)
    found = [encode(pieces.video(piece, "cpu", torch.float32)) for piece in pieces.in_pieces(frames, 4)]
    assert len(found) == 2
    torch.testing.assert_close(torch.cat(found, dim=2), pieces.normalised(whole, vae), atol=1e-5, rtol=0)


def test_an_encoder_that_does_not_remember_sees_the_frames_before_a_piece_again():
    """Latent n of this encoder is the mean of its frames and of those of two latents before."""
    seen = []

    def encode(frames):
        seen.append(frames.shape[2])
        own = torch.cat([frames[:, :1, :1], frames[:, :1, 1:].unflatten(2, (-1, 8)).mean(dim=3)], dim=2)
        before = torch.cat([own[:, :, :1], own[:, :, :1], own], dim=2)
        return (before[:, :, 2:] + before[:, :, 1:-1] + before[:, :, :-2]) / 3

    frames = torch.randn((1, 3, 8 * 40 + 1, 2, 2), generator=generator("frames"))
    piece = pieces.with_lead_in(encode, 8)
    parts = [frames[:, :, :73], *frames[:, :, 73:].split(72, dim=2)]
    found = torch.cat([piece(part) for part in parts], dim=2)
    assert max(seen) <= 1 + (pieces.LED_PIECE + pieces.LEAD) * 8
    torch.testing.assert_close(found, encode(frames))
