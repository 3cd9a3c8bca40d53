"""CogVideoX over tiny weights, 1.0 and 1.5: clips from words or a first frame, and takes drawn over again."""

import dataclasses

import pytest

pytest.importorskip("torch")
pytest.importorskip("diffusers")

import numpy as np
import torch
from diffusion_kit import (
    RASTER,
    Footage,
    a_picture,
    anchor,
    between,
    extend,
    frames_of,
    noise_frame,
    tiny_lora,
    tiny_weights,
    weights_toml,
)

from photoplay.render.contract import check_renderer
from photoplay.render.diffusion import cogvideox_refining, pieces
from photoplay.render.diffusion.noise import frame_noise
from photoplay.render.diffusion.renderer import Diffusion
from photoplay.render.protocol import Job
from photoplay.render.requests import Input, Raster, Refine
from photoplay.storyboard.errors import BadInput, Refused

__all__ = ["tiny_weights"]
WORDS, FIRST, WORDS_15, FIRST_15 = NAMES = [f"tiny-cogvideox-{n}" for n in ("t2v", "i2v", "15-t2v", "15-i2v")]
ONE = {"steps": 1, "guidance": 1}
OPENING, OTHER, TAIL = anchor(1), anchor(2), Input(key="6" * 64, part="tail", frame=3)
TAKE = Input(key="7" * 64)
LONG = [noise_frame(n // 9) for n in range(25)]
FOOTAGE = {
    OPENING: Footage(noise_frame(1)),
    OTHER: Footage(noise_frame(2)),
    TAIL: Footage(*(noise_frame(n) for n in (5, 4, 1))),
    TAKE: Footage(*LONG),
}


@pytest.fixture(scope="module")
def loaded(tmp_path_factory):
    """``loaded(FIRST)``: the renderer, ready, and kept for the other tests."""
    folder = tmp_path_factory.mktemp("weights")
    made = {}

    def kept(name):
        if name not in made:
            made[name] = Diffusion(name)
        if made[name]._pipe is None:
            made[name].load("cpu", None)
        return made[name]

    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PHOTOPLAY_WEIGHTS", str(weights_toml(folder / "weights.toml", *NAMES)))
        patch.setenv("PHOTOPLAY_WEIGHTS_LOCK", str(folder / "weights.lock.json"))
        patch.setenv("HF_HUB_OFFLINE", "1")
        yield kept
        for renderer in made.values():
            renderer.unload()


def _clip(frames=9, **more):
    return between(frames, **({"settings": ONE} | more))


def _refine(frames=9, strength=50, **more):
    given = {"picture": a_picture(), "raster": RASTER, "take": TAKE, "settings": ONE}
    return Refine(**(given | {"frames": frames, "strength": strength} | more))


def _drawn(renderer, request, **more):
    return np.stack(frames_of(renderer, Job(request, FOOTAGE), **more)[0])


class Enough(Exception):
    """What denoises was called often enough."""


def _given(renderer, request, calls=1):
    """What denoises is given in its first calls; nothing is drawn after them."""
    seen, model = [], _pipe(renderer).transformer
    forward = model.forward

    def watching(**given):
        seen.append(given)
        if len(seen) == calls:
            raise Enough
        return forward(**given)

    model.forward = watching
    try:
        with pytest.raises(Enough):
            _drawn(renderer, request)
    finally:
        del model.forward
    return seen


def _pipe(renderer):
    renderer._ready_pipeline(ONE)
    return renderer._pipe


# -- what is declared -------------------------------------------------------------------------------


def test_from_words_every_declared_input_acts_and_any_other_is_refused(loaded):
    loras = [tiny_lora("cogvideox-t2v", seed) for seed in (1, 2)]
    check_renderer(loaded(WORDS), _clip(), FOOTAGE, loras)


def test_a_take_is_drawn_over_in_the_words_of_the_request_and_nothing_of_it_is_kept_by_a_mask(loaded):
    assert not (_drawn(loaded(WORDS), _refine()) == _drawn(loaded(WORDS), _refine(words="snow"))).all()
    with pytest.raises(Refused, match="would ignore keep"):
        _drawn(loaded(WORDS), _refine(keep=OPENING))


def test_from_a_first_frame_every_declared_input_acts_and_any_other_is_refused(loaded):
    renderer = loaded(FIRST_15)
    requests = [
        _clip(first=OPENING),
        _clip(first=OTHER),
        _clip(first=OPENING, words="a wide river in the snow"),
        extend(TAIL, 9, settings=ONE),
        extend(TAIL, 9, settings=ONE, colour=OTHER),
    ]
    drawn = [_drawn(renderer, request) for request in requests]
    assert len({frames.tobytes() for frames in drawn}) == len(requests)
    for name in ("last", "origin"):
        with pytest.raises(Refused, match=f"would ignore {name}"):
            _drawn(renderer, _clip(first=OPENING, **{name: OTHER}))
    with pytest.raises(Refused, match="would ignore references"):
        _drawn(renderer, _clip(first=OPENING, anchors=(OTHER,)))
    with pytest.raises(Refused, match="from its first frame, and none was given"):
        _drawn(renderer, _clip())


def test_lengths_and_rates_are_those_of_the_weights(loaded):
    can = [loaded(name).capabilities() for name in NAMES]
    assert [int(c.native_rate.fps) for c in can] == [8, 8, 16, 16]
    assert [c.longest for c in can] == [49, 49, 161, 161]
    assert [c.frame_rule.snap(10) for c in can] == [17, 49, 17, 17]
    assert [c.frame_rule.snap(30) for c in can] == [33, 49, 33, 33]
    assert ["refine" in c.requests for c in can] == [True, False, False, False]
    assert ["extend" in c.requests for c in can] == [False, True, False, True]


def test_an_unknown_layout_and_one_that_the_weights_are_not_of_are_refused(tiny_weights):
    tiny_weights(WORDS, tiny_cogvideox_t2v={"layout": "fast"})
    with pytest.raises(
        BadInput, match=r"layout .fast.; cogvideox wants it to be one of: t2v, i2v, t2v-1\.5, i2v-1\.5"
    ):
        Diffusion(WORDS)
    tiny_weights(WORDS, tiny_cogvideox_t2v={"layout": "t2v-1.5"})
    renderer = Diffusion(WORDS)
    renderer.load("cpu", None)
    with pytest.raises(Refused, match=r"are of the layout t2v, and their entry says t2v-1\.5"):
        _drawn(renderer, _clip())


# -- clips ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("name", "lead"), [(WORDS, 0), (WORDS_15, 1), (FIRST_15, 1)])
def test_it_begins_with_the_noise_of_the_shot_s_own_frames(loaded, name, lead):
    """Where a token is of two latent frames there is one more in front, whose frames are not given."""
    request = _clip(17, at=8, first=OPENING if name == FIRST_15 else None)
    given = _given(loaded(name), request)[0]
    ready = loaded(name)._ready(Job(request, FOOTAGE), request)
    noise = frame_noise(ready.seed, 2 - lead, 5 + lead, 4, 8, 8).transpose(1, 2)
    assert torch.equal(given["hidden_states"][:, :, :4], noise)
    if name == FIRST_15:
        assert given["hidden_states"][0, 0, 4:].abs().sum() > 0, "the first frame's latent"
        assert given["ofs"] is not None
    assert given["encoder_hidden_states"].shape[:2] == (1, 226), "as many tokens as the weights read"


def test_a_clip_has_exactly_the_frames_that_were_asked_for(loaded):
    assert len(_drawn(loaded(WORDS_15), _clip(10))) == 10
    assert len(_drawn(loaded(WORDS), _clip(1))) == 1


def test_a_clip_that_goes_on_begins_on_the_last_frame_of_the_tail_and_does_not_give_it_twice(loaded):
    """The tail ends on the frame that ``OPENING`` is, and its noise is the shot's: the same clip, one frame on."""
    on = _drawn(loaded(FIRST_15), extend(TAIL, 8, at=1, settings=ONE))
    whole = _drawn(loaded(FIRST_15), _clip(9, first=OPENING))
    assert (on == whole[1:]).all()
    assert not (whole[0] == whole[1]).all()


def test_a_learned_table_of_places_is_used_whole_and_for_its_own_size_alone(loaded):
    renderer = loaded(FIRST)
    given = _given(renderer, _clip(3, first=OPENING))[0]
    assert given["hidden_states"].shape == (1, 13, 8, 8, 8), "49 frames, whatever is asked for"
    wide = _clip(3, first=OPENING, raster=Raster(width=96, height=64))
    with pytest.raises(Refused, match="draw 64 x 64 and no other size, not 96 x 64"):
        _drawn(renderer, wide)


def test_it_stops_within_a_step_and_draws_the_same_again(loaded):
    renderer = loaded(WORDS_15)
    request, told = _clip(5, settings={"steps": 2, "guidance": 1}), []
    torch.manual_seed(3)
    whole = _drawn(renderer, request)
    after = torch.rand(1)

    def stop(job, share, words=""):
        told.append(words.partition(",")[0])
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        _drawn(renderer, request, tick=stop)
    assert told == ["step 1 of 2"]
    torch.manual_seed(3)
    assert (whole == _drawn(renderer, request)).all(), "the noise that its scheduler draws is its own"
    assert torch.equal(after, torch.rand(1)), "the common source of random numbers is left alone"
    torch.manual_seed(3)
    assert torch.equal(after, torch.rand(1))


# -- takes drawn over again -------------------------------------------------------------------------


def _redrawing(renderer, request, longest=49):
    pipe = _pipe(renderer)
    ready = renderer._ready(Job(request, FOOTAGE), request)
    return cogvideox_refining.CogVideoXRedrawing(pipe, ready, longest)


def test_at_full_strength_it_draws_what_plain_sampling_draws_of_the_same_noise(loaded):
    settings = {"steps": 4, "guidance": 5}
    plain = _drawn(loaded(WORDS), _clip(17, settings=settings))
    again = _drawn(loaded(WORDS), _refine(17, strength=100, settings=settings))
    assert np.abs(plain.astype(int) - again).max() <= 1
    assert np.ptp(plain) > 100


def test_at_no_strength_it_gives_the_take(loaded):
    drawn = _drawn(loaded(WORDS), _refine(5, strength=0, start=8))
    assert (drawn == LONG[8:13]).all()


def test_the_take_is_noised_as_the_scheduler_does_it_at_the_strength_s_time(loaded):
    """Strength is a share of noise in a flow; here it is a time of the scheduler, to its nearest."""
    renderer = loaded(WORDS)
    for strength in (15, 90):
        request = _refine(17, strength=strength, start=2, settings={"steps": 5, "guidance": 1})
        redrawing = _redrawing(renderer, request)
        frames = list(pieces.sized(Footage(*LONG), 2, 17, redrawing._ready))
        vae = renderer._pipe.vae
        with torch.no_grad():
            known = vae.encode(pieces.video(frames, "cpu", vae.dtype)).latent_dist.mode() * 0.7
        given = _given(renderer, request)[0]
        noise = frame_noise(redrawing._ready.seed, 1, 5, 4, 8, 8)
        theirs = renderer._pipe.scheduler.add_noise(known, noise, given["timestep"][:1]).transpose(1, 2)
        assert torch.allclose(given["hidden_states"], theirs, atol=1e-2)


def test_only_the_steps_that_are_left_are_taken(loaded):
    redrawing = _redrawing(loaded(WORDS), _refine(9, settings={"steps": 10, "guidance": 1}))
    counts = [redrawing.times(percent / 100) for percent in (1, 30, 60, 100)]
    assert counts == sorted(counts)
    assert counts[0] < counts[2] < counts[3] == 10
    assert redrawing._times == sorted(redrawing._times, reverse=True)


def test_a_step_is_that_of_the_scheduler(loaded):
    redrawing = _redrawing(loaded(WORDS), _refine(9, settings={"steps": 4, "guidance": 1}))
    assert redrawing.times(1.0) == 4
    latents, clean = torch.randn((2, 1, 4, 3, 8, 8), generator=torch.Generator().manual_seed(1))
    scheduler = loaded(WORDS)._pipe.scheduler
    for step in (1, 2):  # the first is all noise: nothing is clean in it
        a, s = cogvideox_refining.parts(redrawing._levels[step])
        after = sum(cogvideox_refining.parts(redrawing._levels[step + 1]))
        given = latents * (a + s)
        velocity = (a * given - clean) / s
        theirs = scheduler.step(velocity, redrawing._times[step], given, return_dict=False)[0]
        assert torch.allclose(redrawing.stepped(clean, latents, step) * after, theirs, atol=1e-4)


def test_pieces_are_encoded_and_decoded_as_the_whole_clip_is_in_tiles_too(loaded):
    renderer = loaded(WORDS)
    redrawing = _redrawing(renderer, _refine(17))
    pipe, vae = renderer._pipe, renderer._pipe.vae
    before = dict(vars(vae))
    vae.enable_tiling(tile_sample_min_height=64, tile_sample_min_width=48)
    try:
        found = redrawing.encoded()
        frames = list(pieces.sized(Footage(*LONG), 0, 17, redrawing._ready))
        with torch.no_grad():
            whole = vae.encode(pieces.video(frames, "cpu", vae.dtype)).latent_dist.mode() * 0.7
            decoded = np.concatenate(list(redrawing.decoded(found)))
            shown = pipe.video_processor.postprocess_video(vae.decode(found / 0.7).sample, output_type="np")
    finally:
        vars(vae).update(before)
    assert found.shape[2] == 5, "two pieces"
    assert torch.allclose(found, whole, atol=1e-5)
    assert np.abs(decoded - shown[0]).max() < 1e-5
    assert not {"forward"} & (vars(vae.encoder).keys() | vars(vae.decoder).keys())


def test_a_take_longer_than_the_weights_draw_is_drawn_in_chunks_and_whole(loaded, monkeypatch):
    renderer, sizes = loaded(WORDS), []
    layout = dataclasses.replace(renderer._family._layout, longest=17)
    monkeypatch.setattr(renderer._family, "_layout", layout)
    own = cogvideox_refining.CogVideoXRedrawing.predicted

    def predicted(self, latents, *more):
        sizes.append(latents.shape[2])
        return own(self, latents, *more)

    monkeypatch.setattr(cogvideox_refining.CogVideoXRedrawing, "predicted", predicted)
    drawn = _drawn(renderer, _refine(23, start=2, strength=100))
    assert len(drawn) == 23
    assert sizes == [5, 5], "two chunks of a take of seven latent frames"
