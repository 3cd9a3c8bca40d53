"""Stills by tiny pipelines of the real classes, loaded as a user's weights are: offline, on a processor."""

import numpy as np
import pytest

pytest.importorskip("torch")
pytest.importorskip("diffusers")

import torch
from diffusion_kit import (
    Footage,
    anchor,
    frames_of,
    noise_frame,
    still,
    tiny_folder,
    tiny_lora,
    tiny_weights,
    with_loras,
)

from photoplay.render.contract import check_renderer
from photoplay.render.diffusion.renderer import Diffusion
from photoplay.render.protocol import Job
from photoplay.render.requests import Raster
from photoplay.storyboard.errors import BadInput, BadTake, Refused

__all__ = ["tiny_weights"]
STEPS = {"steps": 3}
SETS = {"tiny-sdxl": "sdxl", "tiny-sdxl-ip": "sdxl-ip-adapter", "tiny-klein": "flux2-klein"}
BOTH = ["tiny-sdxl", "tiny-klein"]


@pytest.fixture
def loaded(tiny_weights):
    """``loaded(set)`` is a renderer over a tiny set of weights, ready to render."""

    def load(name, **more):
        tiny_weights(name, **more)
        renderer = Diffusion(name)
        renderer.load("cpu", None)
        return renderer

    return load


def asked(shot=2, settings=STEPS, **more):
    return still(shot, settings=settings, **more)


def referring(*frames, shot=2, like=None, **more):
    """A job whose request has these frames as references, and ``like`` as its earlier keyframe."""
    anchors = tuple(anchor(n) for n in range(1, len(frames) + 1))
    footage = {a: Footage(f) for a, f in zip(anchors, frames, strict=True)}
    if like is not None:
        more["like"], footage[anchor(99)] = anchor(99), Footage(like)
    return Job(asked(shot, anchors=anchors, **more), footage)


def picture_of(renderer, job):
    return frames_of(renderer, job)[0][0]


def differ(one, other):
    return int(np.abs(one.astype(int) - other.astype(int)).max())


class Sampled:
    """Keeps what a family sampled, call by call, before it was rounded to 8 bits."""

    def __init__(self, renderer, monkeypatch):
        self.calls = []
        sample = renderer._family.sample

        def kept(pipe, batch, step):
            found = sample(pipe, batch, step)
            self.calls.append(found)
            return found

        monkeypatch.setattr(renderer._family, "sample", kept)


def counted(module):
    """How often a module was called, as a list that grows."""
    calls = []
    module.register_forward_hook(lambda *given: calls.append(1))
    return calls


# -- the contract -----------------------------------------------------------------------------


@pytest.mark.parametrize("name", [*SETS, "tiny-klein-base"])
def test_the_contract_holds(name, tiny_weights):
    tiny_weights(name)
    lora = SETS.get(name, "flux2-klein").removesuffix("-ip-adapter")
    check_renderer(Diffusion(name), asked(), loras=[tiny_lora(lora, 1), tiny_lora(lora, 2)])


@pytest.mark.parametrize("name", BOTH)
def test_equal_requests_give_equal_pictures_and_another_seed_another(name, loaded):
    one, other = loaded(name), loaded(name)
    first = picture_of(one, asked(seed=5))
    assert differ(first, picture_of(other, asked(seed=5))) == 0
    assert differ(first, picture_of(one, asked(seed=6))) > 0
    assert differ(first, picture_of(one, asked(3, seed=5))) > 0
    assert first.shape == (64, 64, 3)


@pytest.mark.parametrize("name", BOTH)
def test_a_batch_gives_what_single_calls_give(name, loaded, monkeypatch):
    renderer = loaded(name)
    requests = [asked(shot, seed=seed) for shot, seed in ((1, 1), (2, 2), (2, 3), (3, 4))]
    sampled = Sampled(renderer, monkeypatch)
    frames_of(renderer, *requests)
    for request in requests:
        frames_of(renderer, request)
    together, *alone = sampled.calls
    assert (len(together), [len(call) for call in alone]) == (4, [1, 1, 1, 1])
    for batched, (single,) in zip(together, alone, strict=True):
        assert batched.shape == single.shape == (1, 64, 64, 3)
        assert np.abs(batched - single).max() <= 1e-5


@pytest.mark.parametrize("name", ["tiny-sdxl-ip", "tiny-klein"])
def test_pictures_with_equal_references_are_drawn_together(name, loaded, monkeypatch):
    renderer = loaded(name)
    sampled = Sampled(renderer, monkeypatch)
    same = [referring(noise_frame(1), noise_frame(2), seed=seed) for seed in (1, 2)]
    frames_of(renderer, *same, referring(noise_frame(1), noise_frame(3), seed=1))
    frames_of(renderer, same[1])
    pair, single, alone = sampled.calls
    assert (len(pair), len(single)) == (2, 1)
    assert np.abs(pair[1] - alone[0]).max() <= 1e-5
    assert np.abs(pair[0] - single[0]).max() > 1e-3


def test_pictures_like_earlier_keyframes_are_drawn_together_each_like_its_own(loaded, monkeypatch):
    renderer = loaded("tiny-sdxl")
    sampled = Sampled(renderer, monkeypatch)
    jobs = [referring(like=noise_frame(n), seed=7) for n in (1, 2)]
    frames_of(renderer, *jobs)
    frames_of(renderer, jobs[1])
    pair, alone = sampled.calls
    assert np.abs(pair[1] - alone[0]).max() <= 1e-5
    assert np.abs(pair[0] - pair[1]).max() > 1e-2


def test_the_stronger_like_acts_the_nearer_the_picture_stays(loaded):
    renderer = loaded("tiny-sdxl")
    frame = noise_frame(4)
    jobs = [referring(like=frame, settings={"steps": 20, "like-strength": s}) for s in (0, 50, 95)]
    pictures = [picture_of(renderer, job).astype(int) for job in jobs]
    # The tiny VAE does not give back what it was given, so nearness is to its own picture of the frame.
    distances = [np.abs(p - pictures[2]).mean() for p in pictures]
    assert distances[0] > distances[1] > distances[2] == 0


# -- what is refused --------------------------------------------------------------------------


def test_what_would_be_ignored_is_refused(loaded):
    klein, sdxl = loaded("tiny-klein"), loaded("tiny-sdxl")
    with pytest.raises(Refused, match="no setting guidance"):
        frames_of(klein, asked(settings={"guidance": 4}))
    with pytest.raises(Refused, match="ignore references"):
        frames_of(sdxl, referring(noise_frame(1)))
    with pytest.raises(Refused, match="4 references, not 5"):
        frames_of(klein, referring(*(noise_frame(n) for n in range(5))))
    with pytest.raises(Refused, match="4 images in all"):
        frames_of(klein, referring(*(noise_frame(n) for n in range(4)), like=noise_frame(5)))
    with pytest.raises(Refused, match="multiples of 16"):
        frames_of(klein, asked(raster=Raster(width=72, height=64)))


def test_weights_that_are_not_what_the_weights_file_says_are_refused(loaded):
    renderer = loaded("tiny-klein", tiny_klein={"layout": "base"})
    with pytest.raises(BadInput, match="distilled"):
        frames_of(renderer, asked())
    adapter = tiny_folder("sdxl-ip-adapter") / "adapter"
    only = {"ip_adapter": str(adapter / "ip_adapter.safetensors")}
    with pytest.raises(BadInput, match="no image_encoder"):
        frames_of(loaded("tiny-sdxl-ip", tiny_sdxl_ip={"files": only}), asked())
    wrong = {
        "ip_adapter": str(tiny_folder("sdxl") / "vae" / "diffusion_pytorch_model.safetensors"),
        "image_encoder": str(adapter / "image_encoder"),
    }
    with pytest.raises(BadInput, match="no IP-Adapter"):
        frames_of(loaded("tiny-sdxl-ip", tiny_sdxl_ip={"files": wrong}), asked())


# -- references -------------------------------------------------------------------------------


def test_an_ip_adapter_without_references_changes_nothing(loaded):
    plain, adapted = loaded("tiny-sdxl"), loaded("tiny-sdxl-ip")
    assert differ(picture_of(plain, asked()), picture_of(adapted, asked())) == 0
    with_one = picture_of(adapted, referring(noise_frame(1)))
    assert differ(with_one, picture_of(adapted, asked())) > 0
    off = referring(noise_frame(1), settings=STEPS | {"reference-strength": 0})
    assert differ(picture_of(adapted, off), picture_of(plain, asked())) == 0


def test_a_reference_is_read_once_by_the_image_encoder(loaded):
    renderer = loaded("tiny-sdxl-ip")
    frames_of(renderer, asked())
    calls = counted(renderer._pipe.image_encoder)
    for seed in range(3):
        frames_of(renderer, referring(noise_frame(1), noise_frame(2), seed=seed))
    assert len(calls) == 2


# -- prompts and loads ------------------------------------------------------------------------


@pytest.mark.parametrize("name", BOTH)
def test_a_prompt_is_encoded_once_and_the_pipeline_loaded_once(name, loaded):
    renderer = loaded(name)
    frames_of(renderer, asked(1))
    calls = counted(renderer._pipe.text_encoder)
    frames_of(renderer, *(asked(shot, seed=seed) for shot, seed in ((2, 0), (2, 1), (4, 0), (1, 3))))
    new = 2 * (2 if name == "tiny-sdxl" else 1)  # SDXL encodes what is not to be seen, too
    assert len(calls) == new
    renderer.prepare([Job(asked(5))])
    assert len(calls) == new * 3 // 2
    frames_of(renderer, asked(2, seed=9), asked(5))
    assert len(calls) == new * 3 // 2
    assert renderer.loads == 1


def test_words_of_the_settings_reach_the_picture(loaded):
    for name in BOTH:
        renderer = loaded(name)
        plain = picture_of(renderer, asked(3))
        photo = picture_of(renderer, asked(3, settings=STEPS | {"look": "a grainy photograph"}))
        # SDXL's tiny tokenizer makes a token of each letter, so that the look is behind the cut.
        assert (differ(plain, photo) > 0) is (name == "tiny-klein")
    renderer = loaded("tiny-klein-base")
    one, other = (asked(settings=STEPS | {"negative": words}) for words in ("red", "blue"))
    assert differ(picture_of(renderer, one), picture_of(renderer, other)) > 0


# -- LoRAs ------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", BOTH)
def test_loras_act_alone_and_together_and_leave_no_trace(name, loaded):
    renderer = loaded(name)
    a, b = tiny_lora(SETS[name], 1), tiny_lora(SETS[name], 2)
    plain = picture_of(renderer, asked())
    one = picture_of(renderer, with_loras(asked(), (a, 100)))
    two = picture_of(renderer, with_loras(asked(), (a, 100), (b, 100)))
    weak = picture_of(renderer, with_loras(asked(), (a, 50)))
    assert len({p.tobytes() for p in (plain, one, two, weak)}) == 4
    assert differ(picture_of(renderer, with_loras(asked(), (a, 0))), plain) <= 1
    assert differ(picture_of(renderer, asked()), plain) == 0
    assert differ(picture_of(renderer, with_loras(asked(), (a, 100))), one) == 0
    fresh = loaded(name)
    assert differ(picture_of(fresh, with_loras(asked(), (a, 100), (b, 100))), two) == 0


def test_one_batch_holds_pictures_with_and_without_loras(loaded):
    renderer = loaded("tiny-klein")
    a, b = tiny_lora("flux2-klein", 1), tiny_lora("flux2-klein", 2)
    jobs = [with_loras(asked(), (a, 100)), Job(asked()), with_loras(asked(), (b, 100))]
    found = [frames[0] for frames in frames_of(renderer, *jobs)]
    fresh = loaded("tiny-klein")
    for job, frame in reversed(list(zip(jobs, found, strict=True))):
        assert differ(picture_of(fresh, job), frame) == 0
    assert len({frame.tobytes() for frame in found}) == 3


def test_a_lora_acts_on_the_prompt_only_where_it_is_worn(loaded):
    renderer = loaded("tiny-sdxl")
    lora = tiny_lora("sdxl", 3, encoders=True)
    plain = picture_of(renderer, asked(1))
    frames_of(renderer, with_loras(asked(2), (lora, 100)))
    renderer.prepare([Job(asked(4))])
    assert differ(picture_of(renderer, asked(4)), picture_of(loaded("tiny-sdxl"), asked(4))) == 0
    worn = picture_of(renderer, with_loras(asked(1), (lora, 100)))
    assert differ(worn, plain) > 0
    assert differ(picture_of(loaded("tiny-sdxl"), with_loras(asked(1), (lora, 100))), worn) == 0


@pytest.mark.parametrize("name", BOTH)
def test_a_lora_that_does_not_fit_is_refused_in_one_line_and_harms_nothing(name, loaded):
    renderer = loaded(name)
    fitting = tiny_lora(SETS[name], 1)
    other = tiny_lora(SETS["tiny-klein" if name == "tiny-sdxl" else "tiny-sdxl"], 1)
    plain = picture_of(renderer, asked())
    worn = picture_of(renderer, with_loras(asked(), (fitting, 100)))
    for unfit in (other, b"", b"\x10\0\0\0\0\0\0\0{}", fitting[:-8]):
        with pytest.raises(Refused, match=r"^A LoRA of this shot does not fit diffusion:tiny-\w+: [^\n]+$"):
            frames_of(renderer, with_loras(asked(), (unfit, 100)))
        assert differ(picture_of(renderer, asked()), plain) == 0
    assert differ(picture_of(renderer, with_loras(asked(), (fitting, 100))), worn) == 0


# -- what goes wrong --------------------------------------------------------------------------


def broken(renderer, monkeypatch, value, times):
    """Let the VAE give ``value`` everywhere, so many times."""
    vae, left = renderer._pipe.vae, [times]
    decode = type(vae).decode

    def once(latents, **given):
        (found,) = decode(vae, latents, return_dict=False)
        left[0] -= 1
        return (torch.full_like(found, value) if left[0] >= 0 else found,)

    monkeypatch.setattr(vae, "decode", once, raising=False)


@pytest.mark.parametrize("name", BOTH)
def test_what_is_no_colour_is_drawn_again_in_full_precision_and_its_neighbours_are_not(
    name, loaded, monkeypatch
):
    renderer = loaded(name)
    low = asked(settings=STEPS | {"precision": "bf16"})
    other = low.model_copy(update={"raster": Raster(width=64, height=80)})
    alone = picture_of(renderer, other)
    broken(renderer, monkeypatch, float("nan"), 1)
    loads, notices = renderer.loads, []
    found = frames_of(renderer, low, other, notices=notices)
    degraded = [(n.job, "bf16" in n.words) for n in notices if n.kind == "degraded"]
    assert degraded == [(0, True)]
    assert renderer.loads == loads + 1
    assert differ(found[1][0], alone) == 0


@pytest.mark.parametrize("name", BOTH)
def test_the_second_try_is_the_same_picture(name, loaded, monkeypatch):
    renderer = loaded(name)
    whole = picture_of(renderer, asked())
    broken(renderer, monkeypatch, float("nan"), 1)
    assert differ(picture_of(renderer, asked()), whole) == 0


@pytest.mark.parametrize(("value", "times", "words"), [(float("nan"), 2, "NaN"), (-1.0, 1, "black")])
@pytest.mark.parametrize("name", BOTH)
def test_nothing_broken_leaves_the_renderer(name, value, times, words, loaded, monkeypatch):
    renderer = loaded(name)
    whole = picture_of(renderer, asked())
    broken(renderer, monkeypatch, value, times)
    with pytest.raises(BadTake, match=words):
        frames_of(renderer, asked())
    assert differ(picture_of(renderer, asked()), whole) == 0


class Stop(Exception):
    """A person stops the work."""


@pytest.mark.parametrize("name", BOTH)
def test_stopping_takes_effect_within_a_step_and_leaves_the_pipeline_whole(name, loaded):
    renderer = loaded(name)
    shares = []

    def tick(job, share, words=""):
        shares.append((share, words))
        if len(shares) == 2:
            raise Stop

    with pytest.raises(Stop):
        frames_of(renderer, asked(settings={"steps": 6}), tick=tick)
    assert [words for _, words in shares] == ["step 1 of 6", "step 2 of 6"]
    assert 0 < shares[0][0] < shares[1][0] < 1
    assert differ(picture_of(renderer, asked()), picture_of(loaded(name), asked())) == 0
