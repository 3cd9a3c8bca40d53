"""FramePack, Helios and HunyuanVideo over tiny pipelines: sections see earlier ones, in the order said."""

import json
import shutil
from dataclasses import dataclass, field, replace
from itertools import pairwise

import pytest

pytest.importorskip("torch")
pytest.importorskip("diffusers")

import numpy as np
import torch
from diffusers.models.autoencoders.vae import DiagonalGaussianDistribution
from diffusers.pipelines.hunyuan_video import pipeline_hunyuan_video_framepack as theirs
from diffusion_kit import (
    Footage,
    anchor,
    between,
    extend,
    frames_of,
    loaded_sets,
    noise_frame,
    tiny_folder,
    tiny_lora,
    tiny_weights,
    with_loras,
)

from photoplay.render.contract import check_renderer
from photoplay.render.diffusion import framepack, helios, packed
from photoplay.render.diffusion.renderer import Diffusion
from photoplay.render.protocol import Frame, Job
from photoplay.render.requests import Input
from photoplay.storyboard.errors import BadInput, Refused

__all__ = ["tiny_weights"]
END_FIRST, FORWARD, CHUNKS, WORDS = "tiny-framepack", "tiny-framepack-f1", "tiny-helios", "tiny-hunyuan"
ALL = (END_FIRST, FORWARD, CHUNKS, WORDS)
FIRST, OTHER, LAST = anchor(1), anchor(2), anchor(3)
TAIL = Input(key="7" * 64, part="tail", frame=40)
FOOTAGE = {
    **{anchor(n): Footage(noise_frame(n)) for n in range(1, 6)},
    TAIL: Footage(*(noise_frame(n) for n in range(40))),
}
QUICK = {"steps": 1, "guidance": 1}


@pytest.fixture(scope="module")
def shelf(tmp_path_factory):
    """Renderers by name, kept for all tests."""
    with loaded_sets(tmp_path_factory, *ALL) as made:
        yield made


def _clip(frames, **more):
    return between(frames, **({"first": FIRST, "settings": QUICK} | more))


def _drawn(renderer, request, footage=FOOTAGE, tick=lambda job, share, words="": None):
    return frames_of(renderer, Job(request, footage), tick=tick)[0]


def _drawn_once(renderer):
    """Whatever was drawn before, the pipeline is there."""
    if renderer._pipe is None:
        _drawn(renderer, _clip(1, first=None if renderer.name.endswith(WORDS) else FIRST))


def _differ(one, other):
    return int(np.abs(np.subtract(one, other, dtype=np.int16)).max())


def _equal(one, other):
    return len(one) == len(other) and all(_differ(a, b) == 0 for a, b in zip(one, other, strict=True))


@dataclass
class Seen:
    """What the denoiser was given in each call, and how many tokens its first block had."""

    calls: list = field(default_factory=list)
    tokens: list = field(default_factory=list)


@pytest.fixture
def watched():
    """``watched(renderer)`` looks on while its denoiser works."""
    hooks = []

    def watch(renderer):
        _drawn_once(renderer)
        seen, model = Seen(), renderer._pipe.transformer
        blocks = getattr(model, "transformer_blocks", None) or model.blocks
        hooks.append(
            model.register_forward_pre_hook(
                lambda _, given, named: seen.calls.append(named), with_kwargs=True
            )
        )
        hooks.append(
            blocks[0].register_forward_pre_hook(
                lambda _, given, named: seen.tokens.append(
                    (named.get("hidden_states") if not given else given[0]).shape[1]
                ),
                with_kwargs=True,
            )
        )
        return seen

    yield watch
    for hook in hooks:
        hook.remove()


@pytest.fixture
def made(monkeypatch):
    """Latents of FramePack's sections in the order in which they are made: (number, latents)."""
    found, denoised = [], packed.Sections._denoised

    def kept(self, number, *given):
        latents = denoised(self, number, *given)
        found.append((number, latents))
        return latents

    monkeypatch.setattr(packed.Sections, "_denoised", kept)
    return found


# -- lengths and inputs ----------------------------------------------------------------------------


@pytest.mark.parametrize("frames", [16, 64])
@pytest.mark.parametrize("name", ALL)
def test_a_clip_has_exactly_the_frames_that_were_asked_for(shelf, name, frames):
    first = None if name == WORDS else FIRST
    assert len(_drawn(shelf[name], _clip(frames, first=first))) == frames
    if name == CHUNKS:
        assert len(_drawn(shelf[name], _clip(frames, first=None))) == frames
        assert len(_drawn(shelf[name], extend(TAIL, frames, at=40, settings=QUICK), FOOTAGE)) == frames
    if name == END_FIRST:
        assert len(_drawn(shelf[name], _clip(frames, last=LAST))) == frames


@pytest.mark.parametrize("frames", [1, 37, 38])
@pytest.mark.parametrize("name", [FORWARD, CHUNKS])
def test_one_frame_and_a_section_and_one_more_are_exact_too(shelf, name, frames):
    assert len(_drawn(shelf[name], _clip(frames))) == frames


@pytest.mark.parametrize("name", [END_FIRST, pytest.param(FORWARD, marks=pytest.mark.slow), CHUNKS, WORDS])
def test_every_declared_input_acts_and_any_other_is_refused(tiny_weights, name):
    tiny_weights(name)
    first = None if name == WORDS else FIRST
    check_renderer(Diffusion(name), _clip(5, first=first), FOOTAGE)


@pytest.mark.parametrize(
    ("name", "tiny"), [(END_FIRST, "framepack"), (CHUNKS, "helios"), (WORDS, "hunyuan-video")]
)
def test_a_lora_acts_by_its_strength_and_is_taken_off_again(shelf, name, tiny):
    request = _clip(5, first=None if name == WORDS else FIRST)
    lora = tiny_lora(tiny)
    plain = _drawn(shelf[name], request)
    worn = [
        frames_of(shelf[name], with_loras(request, (lora, percent), footage=FOOTAGE))[0]
        for percent in (100, 50)
    ]
    assert not _equal(plain, worn[0])
    assert not _equal(*worn)
    assert _equal(plain, _drawn(shelf[name], request))


def test_a_clip_ends_on_its_last_frame_and_begins_on_its_first(shelf, monkeypatch):
    """Clips of other lengths and other beginnings end on one frame, another last frame gives another."""
    monkeypatch.setattr(DiagonalGaussianDistribution, "sample", lambda self, generator=None: self.mode())
    ends = [
        _drawn(shelf[END_FIRST], _clip(frames, first=first, last=last))
        for frames, first, last in ((20, FIRST, LAST), (60, OTHER, LAST), (20, FIRST, anchor(4)))
    ]
    assert _differ(ends[0][-1], ends[1][-1]) == 0
    assert _differ(ends[0][-1], ends[2][-1]) > 20
    assert _differ(ends[0][-2], ends[2][-2]) > 0, "the frames before it do not go towards it"
    seen = _through_the_autoencoder(shelf[END_FIRST]._pipe.vae, noise_frame(3))
    assert np.abs(ends[0][-1] - seen).max() < 1.01, "it is another frame than was given"
    free = _drawn(shelf[END_FIRST], _clip(20))
    assert _differ(free[0], ends[1][0]) > 20
    assert _differ(free[0], ends[0][0]) < _differ(free[0], ends[1][0])


def _through_the_autoencoder(vae, pixels):
    """A frame as the autoencoder gives it back, without noise, 0 to 255."""
    with torch.no_grad():
        given = torch.from_numpy(pixels).permute(2, 0, 1)[None, :, None] / 127.5 - 1
        back = vae.decode(vae.encode(given).latent_dist.mode()).sample
    return (back[0, :, 0].permute(1, 2, 0).clamp(-1, 1).numpy() + 1) * 127.5


def test_the_method_is_the_one_that_the_weights_know_and_no_other(shelf):
    for name, method in ((END_FIRST, "end-first"), (FORWARD, "packed"), (CHUNKS, "packed")):
        assert shelf[name].capabilities().methods == {method}
        asked = {**QUICK, "method": method}
        plain = _drawn(shelf[name], _clip(5))
        assert _equal(plain, _drawn(shelf[name], _clip(5, settings=asked)))
        other = "packed" if method == "end-first" else "end-first"
        with pytest.raises(BadInput, match=method):
            _drawn(shelf[name], _clip(5, settings={**QUICK, "method": other}))
    with pytest.raises(Refused, match="would ignore last"):
        _drawn(shelf[FORWARD], _clip(5, last=LAST))
    with pytest.raises(Refused, match="from its first frame"):
        _drawn(shelf[FORWARD], _clip(5, first=None))


def test_a_layout_that_is_none_is_named(tiny_weights):
    tiny_weights(FORWARD, tiny_framepack_f1={"layout": "f2"})
    with pytest.raises(BadInput, match=r"f2.*f1"):
        Diffusion(FORWARD)


@pytest.mark.parametrize("name", ["tiny-svd", "tiny-helios", "tiny-hunyuan", "tiny-wan-flf", "tiny-ltx2"])
def test_a_layout_that_a_family_does_not_know_is_refused_and_those_it_knows_are_named(name, tiny_weights):
    tiny_weights(name, **{name.replace("-", "_"): {"layout": "15"}})
    with pytest.raises(BadInput, match=r"have the layout '15'.*(left out|one of: )"):
        Diffusion(name)


def test_the_second_encoder_is_given_what_it_can_read_and_the_first_everything(shelf):
    """Another end of a long prompt changes what the Llama says, another beginning both."""
    family = shelf[WORDS]._family
    _drawn_once(shelf[WORDS])
    words = family.words(between(5))
    long = " ".join(["Rain falls on a wide river."] * 8)
    said = [
        family.encode(shelf[WORDS]._pipe, type(words)(text))
        for text in (long, f"{long} At last it snows.", f"It snows. {long}")
    ]
    whole, pooled = ([s[name] for s in said] for name in ("prompt_embeds", "pooled_prompt_embeds"))
    assert not torch.equal(whole[0], whole[1])
    assert torch.equal(pooled[0], pooled[1])
    assert not torch.equal(pooled[0], pooled[2])


# -- sections --------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", [END_FIRST, FORWARD])
def test_our_sections_are_those_of_the_pipeline_itself(shelf, monkeypatch, name):
    """With equal noise, the frames of three sections are those of diffusers' own loop, to rounding."""
    renderer = shelf[name]
    last = LAST if name == END_FIRST else None
    monkeypatch.setattr(DiagonalGaussianDistribution, "sample", lambda self, generator=None: self.mode())
    noises, noise = [], packed.section_noise
    monkeypatch.setattr(packed, "section_noise", lambda *given: noises.append(noise(*given)) or noises[-1])
    caught, clip = [], framepack._to_last if last else framepack._beginning

    def whole(pieces, *given):
        caught.extend(pieces)
        return clip(iter(caught), *given)

    monkeypatch.setattr(framepack, clip.__name__, whole)
    request = _clip(109 + bool(last), last=last, settings={"steps": 2, "guidance": 3})
    _drawn(renderer, request)
    ours = np.concatenate(caught)
    prompt = renderer._family.encode(renderer._pipe, renderer._family.words(request))
    left = iter(noises)
    monkeypatch.setattr(theirs, "randn_tensor", lambda shape, **more: next(left))
    found = renderer._pipe(
        image=framepack.image(noise_frame(1), _Size()),
        last_image=framepack.image(noise_frame(3), _Size()) if last else None,
        **prompt,
        height=64,
        width=64,
        num_frames=99,
        num_inference_steps=2,
        guidance_scale=3,
        sampling_type="inverted_anti_drifting" if last else "vanilla",
        output_type="np",
    ).frames[0]
    assert len(noises) == 3
    assert found.shape == ours.shape == (109, 64, 64, 3)
    assert np.abs(found - ours).max() < 1e-4


class _Size:
    width = height = 64


def test_sections_are_told_the_distances_that_the_weights_were_trained_with():
    for count in range(1, 9):
        after = list(reversed(range(count)))
        if count > 4:
            after = [3] + [2] * (count - 3) + [1, 0]
        assert packed.gaps(count) == after[::-1]
    assert [packed.section_count(n) for n in (1, 37, 38, 73, 74)] == [1, 1, 2, 2, 3]


def test_end_first_makes_the_last_section_first(shelf, watched, made):
    seen = watched(shelf[END_FIRST])
    _drawn(shelf[END_FIRST], _clip(100))
    assert [number for number, _ in made][-3:] == [2, 1, 0]
    begins = [int(call["indices_latents"][0]) for call in seen.calls]
    assert begins == [19, 10, 1], "the denoiser is told the last place in time first"


def test_forward_makes_them_in_the_order_of_time_and_gives_frames_before_the_next_is_made(shelf, made):
    at, outputs = [], shelf[FORWARD].render([Job(_clip(100), FOOTAGE)], lambda *_: None)
    for output in outputs:
        if isinstance(output, Frame):
            at.append(len(made))
    assert [number for number, _ in made] == [0, 1, 2]
    assert at[0] == 1, "the first frames came after other sections than the first"
    assert at[4] == 2
    assert at == sorted(at)


@pytest.mark.parametrize("name", [END_FIRST, FORWARD])
def test_a_section_sees_those_made_before_it_near_ones_whole_and_far_ones_packed(shelf, watched, made, name):
    seen = watched(shelf[name])
    made.clear()
    _drawn(shelf[name], _clip(100))
    (_, one), (_, two), _ = made
    call = seen.calls[2]
    near, middle, far = (
        call["latents_clean"][:, :, 1:],
        call["latents_history_2x"],
        call["latents_history_4x"],
    )
    if name == FORWARD:
        past = torch.cat([one, two], dim=2)
        assert torch.equal(torch.cat([far[:, :, 1:], middle, near], dim=2), past)
    else:
        past = torch.cat([two, one], dim=2)
        assert torch.equal(torch.cat([near, middle, far[:, :, :15]], dim=2), past)
    assert torch.equal(call["latents_clean"][:, :, :1], seen.calls[0]["latents_clean"][:, :, :1])


@pytest.mark.parametrize("name", [END_FIRST, FORWARD, CHUNKS])
def test_each_section_has_as_many_tokens_however_long_the_clip_is(shelf, watched, name):
    seen = watched(shelf[name])
    _drawn(shelf[name], _clip(20))
    _drawn(shelf[name], _clip(80))
    assert len(seen.tokens) == 4
    assert len(set(seen.tokens)) == 1, seen.tokens
    plain = 9 * 16
    assert plain < seen.tokens[0] < 1.5 * plain, "the history is not packed"


@pytest.mark.parametrize("name", [END_FIRST, FORWARD, CHUNKS])
def test_another_first_frame_changes_the_last_section(shelf, name):
    one, other = (_drawn(shelf[name], _clip(50, first=first)) for first in (FIRST, OTHER))
    assert _differ(one[0], other[0]) > 3
    assert _differ(one[-1], other[-1]) > 0


@pytest.mark.parametrize("name", [END_FIRST, FORWARD])
def test_a_section_made_otherwise_changes_those_made_after_it(shelf, monkeypatch, name):
    """The end of the clip depends on its beginning where that is made first, and the other way round."""
    plain = _drawn(shelf[name], _clip(73))
    noise, changed = packed.section_noise, 1 if name == FORWARD else 10
    monkeypatch.setattr(
        packed,
        "section_noise",
        lambda pipe, ready, start, count: noise(pipe, ready, start, count) * (-1 if start == changed else 1),
    )
    other = _drawn(shelf[name], _clip(73))
    far = 72 if name == FORWARD else 3
    assert _differ(plain[far], other[far]) > 0


# -- Helios ----------------------------------------------------------------------------------------


@pytest.fixture
def chunks(monkeypatch):
    """What each chunk went on from, and what came of it: (past, past after it)."""
    found, chunk = [], helios._chunk

    def kept(pipe, ready, past, *given):
        frames, after = chunk(pipe, ready, past, *given)
        found.append((past, after))
        return frames, after

    monkeypatch.setattr(helios, "_chunk", kept)
    return found


def test_a_chunk_goes_on_from_the_one_before_and_keeps_the_opening_in_sight(shelf, chunks, watched):
    seen = watched(shelf[CHUNKS])
    chunks.clear()
    frames = _drawn(shelf[CHUNKS], _clip(99, first=None, settings=QUICK))
    assert len(frames) == 99
    assert chunks[0][0] == helios.Past(None, None)
    third = seen.calls[2]
    near = third["latents_history_short"]
    past = chunks[1][1]
    assert torch.equal(near[:, :, :1], past.anchor)
    history = torch.cat([third["latents_history_long"], third["latents_history_mid"], near[:, :, 1:]], dim=2)
    assert torch.equal(history[:, :, 1:], past.history[:, :, -18:])
    assert torch.equal(past.anchor, chunks[0][1].history[:, :, :1])


def test_a_longer_clip_begins_as_a_shorter_one_and_its_chunks_see_each_other(shelf, monkeypatch):
    short, long = (_drawn(shelf[CHUNKS], _clip(frames, first=None)) for frames in (33, 66))
    assert _equal(short, long[:33])
    and_then = helios.Past.and_then

    def with_another_past(self, latents):
        after = and_then(self, latents)
        return replace(after, history=-after.history)

    monkeypatch.setattr(helios.Past, "and_then", with_another_past)
    other = _drawn(shelf[CHUNKS], _clip(66, first=None))
    assert _equal(other[:33], short)
    assert _differ(other[-1], long[-1]) > 0


def test_the_frames_of_a_chunk_are_given_before_the_next_is_made(shelf, chunks):
    at = [
        len(chunks)
        for output in shelf[CHUNKS].render([Job(_clip(99, first=None), FOOTAGE)], lambda *_: None)
        if isinstance(output, Frame)
    ]
    assert at == [1] * 33 + [2] * 33 + [3] * 33


def test_a_tail_is_read_from_its_oldest_frame_to_its_newest_and_may_be_short(shelf):
    def on(tail):
        given = Input(key="6" * 64, part="tail", frame=len(tail))
        return _drawn(shelf[CHUNKS], extend(given, 5, at=40, settings=QUICK), {given: Footage(*tail)})

    tail = [noise_frame(n) for n in range(33)]
    plain = on(tail)
    assert _differ(plain[-1], on([noise_frame(90), *tail[1:]])[-1]) > 0
    assert _differ(plain[-1], on([*tail[:-1], noise_frame(90)])[-1]) > 0
    assert _equal(plain, on([noise_frame(91), *tail])), "more than it says was read"
    for count in (1, 3, 8, 30):
        assert len(on(tail[:count])) == 5


def test_the_noise_on_given_frames_follows_its_setting(shelf):
    found = [
        _drawn(shelf[CHUNKS], _clip(3, settings={**QUICK, "prefix-noise": percent}))[-1]
        for percent in (0, 12, 60)
    ]
    assert all(_differ(one, other) > 0 for one, other in pairwise(found))


# -- working ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", [END_FIRST, FORWARD, CHUNKS])
def test_progress_never_goes_back_and_a_stopped_clip_leaves_the_renderer_as_it_was(shelf, name):
    request = _clip(40, settings={"steps": 2, "guidance": 1})
    heard, told = [], []

    def hear(job, share, words=""):
        heard.append(share)
        told.append(words)

    whole = _drawn(shelf[name], request, tick=hear)
    assert heard == sorted(heard)
    assert heard[-1] == 1.0
    assert len(set(heard)) == 5, "each step of the two sections is told once"
    assert any(words.startswith("step 4 of 4") for words in told)

    class Stopped(Exception):
        pass

    def stop(job, share, words=""):
        if share > 0.6:
            raise Stopped

    with pytest.raises(Stopped):
        _drawn(shelf[name], request, tick=stop)
    assert _equal(whole, _drawn(shelf[name], request))


def test_framepack_is_laid_over_hunyuan_video_from_folders_as_its_makers_give_it(
    tiny_weights, shelf, tmp_path
):
    """Their transformer alone, under their own name for its class, and the image encoder of another model."""
    given = tiny_folder("framepack")
    for part in ("transformer", "image_encoder"):
        shutil.copytree(given / part, tmp_path / part)
    config = tmp_path / "transformer" / "config.json"
    config.write_text(
        json.dumps(json.loads(config.read_text()) | {"_class_name": "HunyuanVideoTransformer3DModelPacked"})
    )
    entry = {
        "source": str(tiny_folder("hunyuan-video")),
        "files": {part: str(tmp_path / part) for part in ("transformer", "image_encoder")},
    }
    tiny_weights(END_FIRST, tiny_framepack=entry)
    renderer = Diffusion(END_FIRST)
    renderer.load("cpu", None)
    assert _equal(_drawn(renderer, _clip(5)), _drawn(shelf[END_FIRST], _clip(5)))
    entry["files"]["transformer"] = str(tmp_path / "transformer" / "diffusion_pytorch_model.safetensors")
    tiny_weights(END_FIRST, tiny_framepack=entry)
    renderer = Diffusion(END_FIRST)
    renderer.load("cpu", None)
    with pytest.raises(BadInput, match="Name the folder"):
        _drawn(renderer, _clip(5))
