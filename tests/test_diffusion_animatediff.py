"""AnimateDiff over tiny weights: words that change within a clip, FreeNoise, and SparseCtrl between two frames.

Random weights prove shapes and plumbing, never how good a clip is.
"""

from contextlib import contextmanager

import pytest

pytest.importorskip("torch")
pytest.importorskip("diffusers")

import numpy as np
import torch
from diffusers import MotionAdapter
from diffusers.models.attention import BasicTransformerBlock, FreeNoiseTransformerBlock
from diffusion_kit import (
    Footage,
    a_picture,
    anchor,
    between,
    extend,
    frames_of,
    loaded_sets,
    noise_frame,
    tiny_lora,
    tiny_weights,
    with_loras,
)

from photoplay.render.contract import check_renderer
from photoplay.render.diffusion import free_noise, wording
from photoplay.render.diffusion.animatediff_words import fitted
from photoplay.render.diffusion.noise import frame_noise
from photoplay.render.diffusion.renderer import Diffusion
from photoplay.render.diffusion.travel import Travel, per_frame
from photoplay.render.protocol import Frame, Job
from photoplay.render.requests import Input
from photoplay.storyboard.errors import BadInput, Refused

__all__ = ["tiny_weights"]
FEW = {"steps": 2}
LONG = FEW | {"method": "free-noise"}
FIRST, LAST = anchor(1), anchor(2)
FOOTAGE = {FIRST: Footage(noise_frame(1)), LAST: Footage(noise_frame(2)), anchor(3): Footage(noise_frame(3))}
CHANGING = a_picture().model_copy(update={"opening": "the shelf is full", "closing": "the shelf is empty"})


@pytest.fixture(scope="module")
def shelf(tmp_path_factory):
    with loaded_sets(tmp_path_factory, "tiny-animatediff", "tiny-animatediff-sparse") as made:
        yield made


@pytest.fixture
def plain(shelf):
    return shelf["tiny-animatediff"]


@pytest.fixture
def sparse(shelf):
    return shelf["tiny-animatediff-sparse"]


def _drawn(renderer, request, **more):
    job = request if isinstance(request, Job) else Job(request, FOOTAGE)
    return np.stack(frames_of(renderer, job, **more)[0])


def _led(frames=9, **more):
    return between(frames, **({"first": FIRST, "last": LAST, "settings": FEW} | more))


@contextmanager
def _told_to(model):
    """What a model is given in each step, by name."""
    seen, forward = [], model.forward
    model.forward = lambda *args, **given: seen.append(given) or forward(*args, **given)
    yield seen
    del model.forward


def _stop(job, share, words=""):
    raise KeyboardInterrupt


# -- the family -------------------------------------------------------------------------------------


def test_every_declared_input_acts_and_any_other_is_refused(shelf):
    loras = [tiny_lora("animatediff", seed) for seed in (1, 2)]
    check_renderer(shelf["tiny-animatediff"], between(5, settings=FEW), loras=loras)
    check_renderer(shelf["tiny-animatediff-sparse"], _led(5), FOOTAGE, loras=loras)
    for renderer in shelf.values():
        renderer.load("cpu", None)


def test_a_clip_has_exactly_the_frames_that_were_asked_for(plain, sparse):
    for frames in (1, 9, 16):
        assert len(_drawn(plain, between(frames, settings=FEW))) == frames
        assert len(_drawn(sparse, _led(frames))) == frames
    for renderer, request in ((plain, between(17, settings=FEW)), (sparse, _led(17))):
        with pytest.raises(Refused, match="makes 16 frames at once, not 17"):
            _drawn(renderer, request)


def test_frames_begin_from_the_noise_of_the_shot_s_own_frames(plain):
    here, later = (_drawn(plain, between(5, settings=FEW, at=at)) for at in (0, 40))
    assert np.abs(here.astype(int) - later).max() > 2
    assert (here == _drawn(plain, between(5, settings=FEW))).all()


def test_it_denoises_by_the_schedule_that_motion_was_trained_with(plain):
    _drawn(plain, between(5, settings=FEW))
    pipe = plain._pipe
    assert type(pipe.scheduler).__name__ == "DDIMScheduler"  # the still model's folder says another
    assert pipe.scheduler.config.beta_schedule == "linear"
    assert pipe.motion_adapter is None  # it is in the model: not kept twice


def test_sixteen_bits_draw_too(tiny_weights):
    tiny_weights("tiny-animatediff")
    renderer = Diffusion("tiny-animatediff")
    renderer.load("cpu", None)
    long = between(20, picture=CHANGING, settings=LONG | {"precision": "bf16"})
    assert len(_drawn(renderer, long)) == 20
    assert renderer._pipe.unet.dtype is torch.bfloat16
    renderer.unload()


# -- words that change ------------------------------------------------------------------------------


def test_words_go_from_the_opening_through_what_happens_to_the_closing_and_name_everybody(plain):
    told = plain._family.words(between(9, picture=CHANGING))
    assert isinstance(told, Travel)
    assert list(told.stations) == [0, 0.5, 1]
    begins, happens, ends = (text.lower() for text in told.stations.values())
    assert begins.startswith("the shelf is full")
    assert happens.startswith(wording.lead(CHANGING).lower())
    assert ends.startswith("the shelf is empty")
    for one in (*wording.subjects(CHANGING), *wording.things(CHANGING)):
        assert all(one.head.lower() in text for text in (begins, happens, ends))


@pytest.mark.parametrize(("change", "stations"),
    [({"closing": ""}, [0, 0.5]), ({"opening": ""}, [0, 1]), ({"opening": "the shelf is empty"}, [0, 0.5, 1])],
)  # fmt: skip
def test_words_change_only_where_they_differ(plain, change, stations):
    told = plain._family.words(between(9, picture=CHANGING.model_copy(update=change)))
    assert list(told.stations) == stations


def test_words_stay_where_they_are_told_to_or_the_request_has_its_own(plain):
    for request in (
        between(9, picture=CHANGING, settings={"prompt-travel": "off"}),
        between(9, picture=CHANGING, words="a wide river in the snow"),
        between(9),
    ):
        assert not isinstance(plain._family.words(request), Travel)
    assert (
        "a wide river in the snow" in plain._family.words(between(9, words="a wide river in the snow")).text
    )
    with pytest.raises(BadInput, match="prompt-travel"):
        plain._family.words(between(9, picture=CHANGING, settings={"prompt-travel": "perhaps"}))


def test_each_frame_reads_its_own_words_and_unwanted_ones_stay(plain):
    request = between(9, picture=CHANGING, settings=FEW)
    _drawn(plain, request)
    with _told_to(plain._pipe.unet) as seen:
        travelled = _drawn(plain, request)
        still = _drawn(plain, between(9, picture=CHANGING, settings=FEW | {"prompt-travel": "off"}))
    encoded = plain._prompts.encoded(plain._family, plain._pipe, plain._family.words(request))
    begins, happens, ends = encoded["prompt_embeds"]
    against, words = seen[1]["encoder_hidden_states"].chunk(2)
    assert len(words) == 16
    for frame, wanted in ((0, begins), (2, (begins + happens) / 2), (4, happens), (8, ends), (15, ends)):
        assert torch.allclose(words[frame], wanted, atol=1e-6)
    assert torch.equal(against, encoded["negative_prompt_embeds"].expand_as(against))
    assert all(
        torch.equal(words, words[:1].expand_as(words)) for words in seen[-1]["encoder_hidden_states"].chunk(2)
    )
    assert np.abs(travelled.astype(int) - still).max() > 0


def test_words_are_encoded_once_for_all_clips_that_share_them(plain):
    before, pipe = plain._prompts.encoded_count, plain._pipe
    fresh = CHANGING.model_copy(update={"opening": "the shelf is being painted"})
    calls = []
    spy = pipe.text_encoder.register_forward_hook(lambda *given: calls.append(1))
    for seed in (1, 2):
        _drawn(plain, between(9, picture=fresh, seed=seed, settings=FEW))
    spy.remove()
    assert plain._prompts.encoded_count == before + 1
    assert len(calls) == 2  # what is wanted, and what is not


def test_frames_before_and_between_stations_are_evenly_between_them():
    stations = torch.tensor([[[0.0]], [[10.0]], [[4.0]]])
    found = per_frame(stations, [0, 0.5, 1], 11, 13).flatten().tolist()
    assert found == pytest.approx([0, 2, 4, 6, 8, 10, 8.8, 7.6, 6.4, 5.2, 4, 4, 4])
    assert per_frame(stations, [0, 0.5, 1], 1, 2).flatten().tolist() == [4, 4]


# -- FreeNoise --------------------------------------------------------------------------------------


def test_noise_beyond_the_first_window_is_a_shuffle_of_it():
    noise = free_noise.shuffled_noise(7, 3, 43, 4, 2, 2)[0].transpose(0, 1).flatten(1)
    own = frame_noise(7, 3, 16, 4, 2, 2)[0].transpose(0, 1).flatten(1)
    assert noise.shape == (43, 16)
    assert torch.equal(noise[:16], own)
    number = {tuple(row.tolist()): n for n, row in enumerate(own)}
    order = [number[tuple(row.tolist())] for row in noise]
    for start in range(0, 43 - 16, 4):
        assert sorted(order[start : start + 16]) == list(range(16)), "every window has the first one's noise"
    assert order[16:32] != order[:16], "and in another order"
    for start in range(16, 40, 4):
        assert set(order[start : start + 4]) == set(order[start - 16 : start - 12])
    assert not torch.equal(noise, free_noise.shuffled_noise(8, 3, 43, 4, 2, 2)[0].transpose(0, 1).flatten(1))


@pytest.mark.parametrize("frames", [9, 16, 17, 33])
def test_a_long_clip_has_exactly_its_frames(plain, frames):
    assert len(_drawn(plain, between(frames, settings=LONG))) == frames


def test_attention_over_time_is_in_windows_that_overlap_and_leaves_no_trace(plain):
    before = _drawn(plain, between(16, settings=FEW))
    module = plain._pipe.unet.down_blocks[0].motion_modules[0]
    block = module.transformer_blocks[0]
    had, seen = dict(vars(block)), []
    spy = block.attn1.register_forward_pre_hook(lambda model, args: seen.append(args[0].shape[1]))
    _drawn(plain, between(27, settings=FEW | {"steps": 1} | LONG))
    spy.remove()
    assert set(seen) == {16}
    assert len(seen) % 4 == 0, "[0, 16), [4, 20), [8, 24) and [11, 27)"
    assert module.transformer_blocks[0] is block
    assert type(block) is BasicTransformerBlock
    assert vars(block).keys() == had.keys()
    names = [type(m).__name__ for m in plain._pipe.unet.modules()]
    assert "SplitInferenceModule" not in names
    assert (before == _drawn(plain, between(16, settings=FEW))).all()


def test_a_long_clip_is_what_diffusers_own_free_noise_makes(plain):
    request = between(24, picture=CHANGING, settings=FEW | LONG, seed=5)
    ours = _drawn(plain, request)
    ready = plain._ready(Job(request), request)
    pipe, words = plain._pipe, ready.words
    block = pipe.unet.down_blocks[0].motion_modules[0].transformer_blocks
    pipe.register_modules(
        motion_adapter=MotionAdapter((8, 8), 1, motion_num_attention_heads=2, motion_norm_num_groups=4)
    )
    try:
        pipe.enable_free_noise(16, 4)
        assert isinstance(block[0], FreeNoiseTransformerBlock)
        theirs = pipe(
            prompt={round(p * 23): fitted(pipe.tokenizer, text) for p, text in words.stations.items()},
            negative_prompt=fitted(pipe.tokenizer, words.negative),
            latents=free_noise.shuffled_noise(ready.seed, 0, 24, 4, 8, 8),
            num_frames=24, height=64, width=64, num_inference_steps=2, guidance_scale=7.5,
            output_type="np",
        ).frames[0]  # fmt: skip
    finally:
        pipe.disable_free_noise()
        pipe.register_modules(motion_adapter=None)
    assert np.abs(ours / 255 - theirs).max() < 1 / 255


def test_pieces_give_what_the_whole_gives(plain, monkeypatch):
    request = between(24, settings=LONG)
    pieces = _drawn(plain, request)
    seen = []
    monkeypatch.setattr(free_noise, "_ROWS", 5)
    monkeypatch.setattr(free_noise, "_FRAMES", 7)
    spy = plain._pipe.unet.conv_in.register_forward_hook(lambda m, given, out: seen.append(len(out)))
    resnet = (
        plain._pipe.unet.down_blocks[0]
        .resnets[0]
        .register_forward_hook(lambda m, given, out: seen.append(len(out)))
    )
    smaller = _drawn(plain, request)
    spy.remove()
    resnet.remove()
    assert max(seen[1:8]) == 7, "the pictures of 24 frames, twice for guidance, are computed 7 at a time"
    assert np.abs(pieces.astype(int) - smaller).max() <= 1


def test_frames_come_while_others_are_still_to_be_decoded(plain):
    decoded, at_first = [], 0
    _drawn(plain, between(5, settings=FEW))
    decode = plain._pipe.vae.decode
    plain._pipe.vae.decode = lambda latents, *more: decoded.append(len(latents)) or decode(latents, *more)
    for output in plain.render([Job(between(40, settings=LONG))], lambda job, share, words="": None):
        if isinstance(output, Frame) and not at_first:
            at_first = sum(decoded)
    del plain._pipe.vae.decode
    assert at_first == 16
    assert sum(decoded) == 40


def test_a_stop_within_a_long_clip_leaves_no_trace_of_it(plain):
    before = _drawn(plain, between(16, settings=FEW))
    with pytest.raises(KeyboardInterrupt):
        _drawn(plain, between(24, settings=LONG, picture=CHANGING), tick=_stop)
    assert (before == _drawn(plain, between(16, settings=FEW))).all()


def test_a_lora_is_worn_in_a_long_clip_too(plain):
    request = between(20, settings=LONG)
    bare = _drawn(plain, request)
    worn = _drawn(plain, with_loras(request, (tiny_lora("animatediff", 3), 100)))
    assert np.abs(bare.astype(int) - worn).max() > 2
    assert (bare == _drawn(plain, request)).all()


def test_a_method_that_is_none_is_refused(plain, sparse):
    with pytest.raises(BadInput, match="method is 'queue'; it must be free-noise"):
        _drawn(plain, between(9, settings=FEW | {"method": "queue"}))
    with pytest.raises(Refused, match="no setting method"):
        _drawn(sparse, _led(settings=LONG))
    tail = Input(key="7" * 64, part="latents", frame=9)
    with pytest.raises(Refused, match="FreeNoise makes a clip as a whole"):
        frames_of(plain, Job(extend(tail, 8, settings=LONG), {}, {tail: b""}))


# -- SparseCtrl -------------------------------------------------------------------------------------


def test_the_frames_lead_at_the_beginning_and_the_end(sparse):
    _drawn(sparse, _led())
    with _told_to(sparse._pipe.controlnet) as seen:
        _drawn(sparse, _led(picture=CHANGING))
    mask = seen[0]["conditioning_mask"]
    assert [n for n in range(9) if mask[0, 0, n].any()] == [0, 8]
    words = seen[0]["encoder_hidden_states"].chunk(2)[1]
    assert not torch.equal(words[0], words[8]), "what leads reads the changing words, too"


def test_it_says_which_frame_is_missing(sparse):
    assert sparse.capabilities().required == {"first", "last"}
    with pytest.raises(Refused, match="no last frame was given"):
        _drawn(sparse, _led(last=None))
    with pytest.raises(Refused, match="no first frame was given"):
        _drawn(sparse, _led(first=None))


def test_it_stops_within_a_step_and_draws_the_same_again(sparse):
    whole = _drawn(sparse, _led())
    told = []

    def stop(job, share, words=""):
        told.append(words)
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        _drawn(sparse, _led(settings={"steps": 4}), tick=stop)
    assert [words.partition(",")[0] for words in told] == ["step 1 of 4"]
    assert "encode" not in vars(sparse._pipe.vae)
    torch.manual_seed(3)
    assert (whole == _drawn(sparse, _led())).all()
    after = torch.rand(1)
    torch.manual_seed(3)
    assert torch.equal(after, torch.rand(1)), "the common source of random numbers is left alone"
