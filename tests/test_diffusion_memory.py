"""What stays on the device and what is let go of: after faults, between batches, with caches and in 8 bits."""

import gc
import weakref
from dataclasses import replace
from types import SimpleNamespace

import pytest

pytest.importorskip("torch")
pytest.importorskip("diffusers")

import torch
from diffusion_kit import (
    Footage,
    anchor,
    between,
    frames_of,
    noise_frame,
    still,
    tiny_lora,
    tiny_weights,
    with_loras,
)

from photoplay.render.diffusion import pipelines
from photoplay.render.diffusion.memory import out_of_memory
from photoplay.render.diffusion.renderer import Diffusion
from photoplay.render.protocol import Job
from photoplay.storyboard.errors import BadInput, OutOfMemory

__all__ = ["tiny_weights"]
FIRST = anchor(1)
FOOTAGE = {FIRST: Footage(noise_frame(1))}


@pytest.fixture
def loaded(tiny_weights):
    """``loaded(set)`` is a renderer over a tiny set of weights, ready to render."""
    made = []

    def load(name, **more):
        tiny_weights(name, **more)
        made.append(Diffusion(name))
        made[-1].load("cpu", None)
        return made[-1]

    yield load
    for renderer in made:
        renderer.unload()


def clip(**settings):
    return between(9, first=FIRST, settings={"steps": 4, "guidance": 1, **settings})


def drawn(renderer, request, tick=lambda job, share, words="": None):
    return frames_of(renderer, Job(request, FOOTAGE), tick=tick)[0]


def same(one, other):
    return all((a == b).all() for a, b in zip(one, other, strict=True))


# -- running out of memory ----------------------------------------------------------------------


class Latents:
    """Stands for what a pipeline holds while it computes."""


def test_nothing_of_what_was_computed_outlives_running_out_of_memory():
    seen = []

    def denoise():
        held = Latents()
        seen.append(weakref.ref(held))
        raise RuntimeError("CUDA out of memory. Tried to allocate 2.00 GiB")

    def pipeline():
        held = Latents()
        seen.append(weakref.ref(held))
        try:
            denoise()
        except RuntimeError as error:
            raise RuntimeError("CUDA error: out of memory") from error

    def render():
        with out_of_memory("cpu", "diffusion:tiny", 8_000):
            yield pipeline()

    with pytest.raises(OutOfMemory, match="8,000 MB") as told:
        next(render())
    gc.collect()
    assert told.value.__context__ is not None  # the cause is still told, its frames are empty
    assert [ref() for ref in seen] == [None, None]


def test_other_faults_pass_whole():
    with pytest.raises(RuntimeError, match="shape"), out_of_memory("cpu", "diffusion:tiny", None):
        raise RuntimeError("shape mismatch")


# -- between encoding and drawing, and after a fault ----------------------------------------------


def test_the_text_encoder_leaves_the_device_before_anything_is_drawn(loaded, monkeypatch):
    renderer = loaded("tiny-wan-vace")
    drawn(renderer, clip())
    order = []
    pipe, family = renderer._pipe, renderer._family
    encode, sample = family.encode, family.sample
    monkeypatch.setattr(family, "encode", lambda *given: order.append("encode") or encode(*given))
    monkeypatch.setattr(family, "sample", lambda *given: order.append("sample") or sample(*given))
    free = pipe.maybe_free_model_hooks
    monkeypatch.setattr(pipe, "maybe_free_model_hooks", lambda: order.append("free") or free())
    drawn(renderer, between(9, shot=3, first=FIRST, settings={"steps": 2, "guidance": 1}))
    assert order == ["free", "encode", "free", "sample", "free"]


def test_a_clip_after_a_stop_is_what_it_is_alone_with_a_step_cache(loaded, monkeypatch):
    monkeypatch.setattr(pipelines, "_CACHE_THRESHOLD", 1e9)  # every step but the first is left out
    renderer = loaded("tiny-wan-two")
    request, other = clip(cache="first-block"), clip(cache="first-block", negative="rain")
    whole = drawn(renderer, request)
    assert not same(whole, drawn(renderer, clip(cache="none")))

    def stop(job, share, words=""):
        raise KeyboardInterrupt

    drawn(renderer, request)
    with pytest.raises(KeyboardInterrupt):
        drawn(renderer, other.model_copy(update={"seed": 9}), tick=stop)
    assert same(whole, drawn(renderer, request))


def test_clips_are_drawn_one_by_one_with_a_step_cache(loaded, monkeypatch):
    renderer = loaded("tiny-ltx")
    jobs = [Job(clip(steps=2).model_copy(update={"seed": n}), FOOTAGE) for n in (1, 2)]
    sizes = []
    sample = renderer._family.sample
    monkeypatch.setattr(renderer._family, "sample", lambda *a: sizes.append(len(a[1])) or sample(*a))
    frames_of(renderer, *jobs)
    cached = replace(renderer._loading, cache="first-block")
    monkeypatch.setattr(renderer, "_ready_pipeline", lambda settings: setattr(renderer, "_loading", cached))
    frames_of(renderer, *jobs)
    assert sizes == [2, 1, 1]


def test_a_batch_is_decoded_one_by_one(loaded):
    renderer = loaded("tiny-sdxl")
    frames_of(renderer, still(settings={"steps": 1}))
    assert renderer._pipe.vae.use_slicing


def test_clips_are_decoded_one_by_one_at_their_own_noise_levels(loaded, monkeypatch):
    renderer = loaded("tiny-ltx")
    jobs = [Job(clip(steps=1).model_copy(update={"seed": n}), FOOTAGE) for n in (1, 2)]
    frames_of(renderer, jobs[0])
    vae, given = renderer._pipe.vae, []
    decode = vae._decode
    monkeypatch.setattr(
        vae, "_decode", lambda z, t=None, **how: given.append((len(z), t.tolist())) or decode(z, t, **how)
    )
    together = frames_of(renderer, *jobs)
    assert given == [(1, [pytest.approx(0.05)])] * 2
    assert "decode" not in vars(vae)
    assert abs(together[0][0].astype(int) - frames_of(renderer, jobs[0])[0][0]).max() <= 1


@pytest.mark.parametrize("name", ["tiny-ltx", "tiny-wan-two", "tiny-wan-vace", "tiny-skyreels"])
def test_a_clip_of_16_bits_that_is_no_colour_is_drawn_again_in_full_precision(loaded, monkeypatch, name):
    renderer = loaded(name)
    half = clip(precision="bf16", steps=2, guidance=3)
    drawn(renderer, half)
    sample, calls, notices = renderer._family.sample, [], []

    def once_broken(pipe, batch, step):
        found = sample(pipe, batch, step)
        calls.append(pipe.transformer.dtype)
        return [frames * float("nan") for frames in found] if len(calls) == 1 else found

    monkeypatch.setattr(renderer._family, "sample", once_broken)
    (found,) = frames_of(renderer, Job(half, FOOTAGE), notices=notices)
    assert len(found) == 9
    assert calls == [torch.bfloat16, torch.float32]
    assert next(n.words for n in notices if n.kind == "degraded").startswith("bf16 gave")


# -- adapters on weights of 8 bits ----------------------------------------------------------------


@pytest.mark.parametrize(("name", "tiny"), [("tiny-klein", "flux2-klein"), ("tiny-sdxl", "sdxl")])
@pytest.mark.parametrize("offload", ["none", "group"])
def test_a_lora_acts_on_weights_of_8_bits_as_on_others(loaded, name, tiny, offload):
    renderer = loaded(name)
    lora = tiny_lora(tiny)

    def change(**how):
        request = still(settings={"steps": 2, "offload": offload, **how})
        plain = frames_of(renderer, request)[0][0].astype(int)
        worn = frames_of(renderer, with_loras(request, (lora, 100)))[0][0].astype(int)
        assert (frames_of(renderer, request)[0][0] == plain).all()
        return worn - plain

    usual, small = change(), change(quantise="fp8")
    assert abs(usual).max() > 0
    assert abs(small - usual).mean() < 0.5 * abs(usual).mean()
    denoiser = pipelines.denoisers(renderer._pipe)[0]
    kinds = {p.dtype for n, p in denoiser.named_parameters() if "lora_" in n}
    assert kinds == {torch.float32}
    assert torch.float8_e4m3fn in {p.dtype for p in denoiser.parameters()}


# -- prompts --------------------------------------------------------------------------------------


def test_a_text_encoder_without_its_table_of_words_is_refused():
    from transformers import UMT5Config, UMT5EncoderModel

    small = UMT5Config(vocab_size=9, d_model=4, d_kv=2, d_ff=4, num_layers=1, num_heads=2)
    encoder = UMT5EncoderModel(small)
    pipelines._check_words(SimpleNamespace(text_encoder=encoder))
    encoder.encoder.embed_tokens = torch.nn.Embedding(9, 4)
    with pytest.raises(BadInput, match="pip install -U transformers"):
        pipelines._check_words(SimpleNamespace(text_encoder=encoder))
