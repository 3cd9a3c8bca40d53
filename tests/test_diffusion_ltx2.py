"""LTX-2 over a tiny pipeline of its real classes: its frames, and the sound that belongs to them.

Random weights prove lengths, places and plumbing, never what is seen or heard.
"""

import io
import wave

import pytest

pytest.importorskip("torch")
pytest.importorskip("diffusers")

import numpy as np
from diffusion_kit import (
    Footage,
    anchor,
    between,
    extend,
    frames_of,
    loaded_sets,
    noise_frame,
    tiny_lora,
    tiny_weights,
)
from tiny_films import all_verify
from treatments import treatment

from photoplay.render.contract import check_renderer
from photoplay.render.diffusion.renderer import Diffusion
from photoplay.render.diffusion.sound_track import at_48_khz, track
from photoplay.render.protocol import Job, Part
from photoplay.render.requests import Input
from photoplay.storyboard.errors import BadInput, BadTake, Refused
from photoplay.storyboard.rate import Rate

__all__ = ["tiny_weights"]
FEW = {"steps": 2, "guidance": 1}
FIRST, LAST, GOAL = anchor(1), anchor(2), anchor(3)
TAIL = Input(key="7" * 64, part="tail", frame=20)
FOOTAGE = {
    FIRST: Footage(noise_frame(1)), LAST: Footage(noise_frame(2)), GOAL: Footage(noise_frame(3)),
    TAIL: Footage(*(noise_frame(n) for n in range(20))),
}  # fmt: skip


@pytest.fixture(scope="module")
def ltx2(tmp_path_factory):
    with loaded_sets(tmp_path_factory, "tiny-ltx2") as made:
        yield made["tiny-ltx2"]


def sound_of(renderer, request, footage=FOOTAGE):
    """The part ``sound`` as samples x channels, -1 to 1, and its rate."""
    (part,) = [o for o in renderer.render([Job(request, footage)], lambda *_: None) if isinstance(o, Part)]
    assert (part.name, part.suffix) == ("sound", "wav")
    return samples_of(part.data)


def samples_of(data):
    with wave.open(io.BytesIO(data)) as file:
        assert (file.getframerate(), file.getsampwidth()) == (48_000, 2)
        flat = np.frombuffer(file.readframes(file.getnframes()), "<i2")
        return flat.reshape(-1, file.getnchannels()) / 32767


def test_it_keeps_the_contract(ltx2):
    request = between(9, first=FIRST, settings=FEW)
    loras = (tiny_lora("ltx2", 1), tiny_lora("ltx2", 2))
    check_renderer(ltx2, request, FOOTAGE, loras)
    ltx2.load("cpu", None)


@pytest.mark.parametrize(
    ("frames", "rate"), [(9, Rate()), (11, Rate(num=24)), (10, Rate(num=24000, den=1001)), (7, Rate(num=25))]
)
def test_the_sound_is_exactly_as_long_as_the_frames(ltx2, frames, rate):
    heard = sound_of(ltx2, between(frames, rate=rate, settings=FEW))
    assert heard.shape == (round(frames * 48_000 / rate.fps), 2)
    assert np.abs(heard).max() > 0.01, "not silent"
    assert heard.std(axis=0).min() > 0.001, "not a constant either"


def test_another_seed_is_another_sound_and_the_same_seed_the_same(ltx2):
    one, again, other = (sound_of(ltx2, between(9, seed=seed, settings=FEW)) for seed in (1, 1, 2))
    assert (one == again).all()
    assert np.abs(one - other).max() > 0.01


def test_of_an_extension_s_sound_the_tail_s_part_is_left_out(ltx2, monkeypatch):
    """What is kept is what the pipeline gave from the first new frame on: nine frames of the tail are 18,000 samples."""
    pipe_class = type(ltx2._pipe)
    whole, seen = pipe_class.__call__, []

    def watched(self, *given, **named):
        seen.append(whole(self, *given, **named))
        return seen[-1]

    monkeypatch.setattr(pipe_class, "__call__", watched)
    heard = sound_of(ltx2, extend(TAIL, 8, at=20, settings=FEW))
    assert len(heard) == 8 * 2000
    made = np.stack([at_48_khz(c, 24_000) for c in seen[-1].audio[0].numpy()], axis=1)
    kept = made[18_000:][:16_000]
    assert np.abs(heard[: len(kept)] - kept).max() < 1e-4
    assert np.abs(heard[: len(kept)] - made[: len(kept)]).max() > 0.003, (
        "the clip's beginning would be another sound"
    )
    assert len(kept) > 15_000
    assert not heard[len(kept) :].any(), "the pipeline's sound ends a little early: silence follows"


def test_a_tone_is_cut_and_brought_to_48_khz_in_tune():
    """440 Hz at 16 and 24 kHz: the same tone, in phase, mono or stereo; louder than full scale is held there."""
    for hz in (16_000, 24_000, 48_000):
        tone = np.sin(2 * np.pi * 440 * np.arange(hz) / hz).astype(np.float32)
        heard = samples_of(track(np.stack([tone, 2 * tone]), hz, Rate(), 6, 12))
        assert heard.shape == (24_000, 2)
        wanted = np.sin(2 * np.pi * 440 * (np.arange(24_000) + 12_000) / 48_000)
        inner = slice(200, -6200)
        assert np.abs(heard[inner, 0] - wanted[inner]).max() < 0.002
        assert np.abs(heard[:, 1]).max() == 1
    assert samples_of(track(tone[None], 48_000, Rate(), 0, 3)).shape == (6000, 1)
    assert not samples_of(track(tone[None], 48_000, Rate(), 23, 24))[2000:].any()


def test_a_sound_of_no_numbers_is_a_bad_take():
    with pytest.raises(BadTake, match="NaN"):
        track(np.full((2, 100), np.nan, np.float32), 24_000, Rate(), 0, 2)


def test_kept_prompts_give_what_the_pipeline_gives_of_the_words(ltx2):
    """Only what the connectors make is kept of a prompt; the clip is that of the plain pipeline to 1e-5."""
    request = between(9, seed=4, settings={"steps": 2, "guidance": 3})
    (frames,) = frames_of(ltx2, request)
    family, pipe = ltx2._family, ltx2._pipe
    ready = ltx2._ready(Job(request), request)
    from photoplay.render.diffusion.ltx2 import guidance
    from photoplay.render.diffusion.noise import generator

    plain = pipe(
        prompt=ready.words.text, negative_prompt=ready.words.negative, height=64, width=64, num_frames=9,
        frame_rate=24.0, num_inference_steps=2, generator=generator(ready.seed, "clip", 0), output_type="np",
        **guidance(pipe.transformer.config, 3.0),
    )  # fmt: skip
    assert np.abs(np.stack(frames).astype(int) - np.rint(plain.frames[0] * 255)).max() <= 1
    whole = pipe.encode_prompt(prompt=ready.words.text)[0]
    kept = family.encode(pipe, ready.words)
    assert kept["picture"].shape[-1] * 3 == whole.shape[-1], "less is kept than the text encoder gives"
    other = between(9, seed=4, words="A wide river in the snow.", settings=request.settings)
    assert np.abs(np.stack(frames_of(ltx2, other)[0]).astype(int) - np.stack(frames)).max() > 1


def test_given_frames_stand_at_their_own_frame_and_the_goal_behind_the_clip(ltx2, monkeypatch):
    """Seconds at which tokens beside the clip's own stand, as the model reads them."""
    frames_of(ltx2, between(9, settings=FEW))  # so that it is loaded
    pipe_class = type(ltx2._pipe)
    prepare, seen = pipe_class.prepare_latents, []

    def watched(self, *given, **named):
        found = prepare(self, *given, **named)
        seen.append(found[3])
        return found

    monkeypatch.setattr(pipe_class, "prepare_latents", watched)
    frames_of(ltx2, Job(between(11, first=FIRST, last=LAST, settings=FEW), FOOTAGE))
    times = seen[-1][0, 0].unique().tolist()
    assert times == pytest.approx([10 / 24, 11 / 24]), "the frame after nine is the eleventh, exactly"
    frames_of(ltx2, Job(extend(TAIL, 8, at=20, goal=GOAL, settings=FEW), FOOTAGE))
    begins = seen[-1][0, 0, :, 0].unique().tolist()
    assert begins == pytest.approx([(17 - 1 + 48) / 24])
    frames_of(ltx2, Job(between(9, first=FIRST, settings=FEW), FOOTAGE))
    assert seen[-1] is None, "a first frame is the first latent frame itself"


def test_what_was_put_aside_for_a_clip_is_put_back_when_it_is_stopped(ltx2):
    request = between(9, first=FIRST, settings=FEW)
    before = frames_of(ltx2, Job(request, FOOTAGE))[0]

    def stop(job, share, words=""):
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        frames_of(ltx2, Job(request, FOOTAGE), tick=stop)
    assert "preprocess_conditions" not in vars(ltx2._pipe)
    assert "forward" not in vars(ltx2._pipe.connectors)
    assert all((a == b).all() for a, b in zip(before, frames_of(ltx2, Job(request, FOOTAGE))[0], strict=True))


@pytest.mark.parametrize(
    ("name", "values"),
    [("prefix-noise", (0, 40)), ("guidance", (1, 4)), ("steps", (2, 3)), ("negative", ("", "a cat"))],
)
def test_settings_act(ltx2, name, values):
    base = FEW | ({"guidance": 3} if name == "negative" else {})
    found = [
        frames_of(ltx2, Job(extend(TAIL, 8, at=20, settings=base | {name: value}), FOOTAGE))[0]
        for value in values
    ]
    assert any((a != b).any() for a, b in zip(*found, strict=True))


def test_makers_guidance_is_used_and_none_of_it_at_1():
    from photoplay.render.diffusion.ltx2 import guidance

    first, later = {"cross_attn_mod": False}, {"cross_attn_mod": True, "perturbed_attn": True}
    none = guidance(later, 1)
    assert (none["modality_scale"], none["audio_guidance_scale"], none["stg_scale"]) == (1, 1, 0)
    assert guidance(first, 3)["stg_scale"] == 0, "that model's blocks cannot leave attention out"
    assert guidance(later, 3)["stg_scale"] == 1
    assert (guidance(first, 3)["use_cross_timestep"], guidance(later, 3)["use_cross_timestep"]) == (
        False,
        True,
    )


def test_distilled_weights_go_their_own_eight_steps_in_16_bits_and_streamed_too(tiny_weights):
    tiny_weights("tiny-ltx2", tiny_ltx2={"layout": "distilled"})
    renderer = Diffusion("tiny-ltx2")
    renderer.load("cpu", None)
    told = []
    request = between(9, settings={"precision": "bf16", "offload": "group"})
    frames_of(renderer, request, tick=lambda job, share, words="": told.append(words))
    assert told[0].startswith("step 1 of 8")
    assert renderer._pipe.scheduler.sigmas[1] < renderer._pipe.scheduler.sigmas[0]
    renderer.unload()


def test_what_it_cannot_do_is_refused(ltx2, tiny_weights):
    with pytest.raises(BadInput, match="2 steps or more"):
        frames_of(ltx2, between(9, settings={"steps": 1}))
    with pytest.raises(Refused, match="references"):
        frames_of(ltx2, Job(between(9, anchors=(FIRST,), settings=FEW), FOOTAGE))
    tiny_weights("tiny-ltx2", tiny_ltx2={"layout": "quick"})
    with pytest.raises(BadInput, match="distilled"):
        Diffusion("tiny-ltx2")


def test_its_licence_is_for_a_person_to_read(monkeypatch, tmp_path):
    from photoplay.render.diffusion.stacks import refuse_uncommercial
    from photoplay.render.diffusion.weights import weight_set

    monkeypatch.setenv("PHOTOPLAY_WEIGHTS", str(tmp_path / "none.toml"))
    found = weight_set("ltx2")
    assert found.commercial is None
    assert found.gated
    with pytest.raises(BadInput, match="LTX-2 Community"):
        refuse_uncommercial([found])


def test_a_whole_film_keeps_the_sound_of_every_clip_and_is_enlarged_to_its_size(tmp_path, tiny_weights):
    """Clips of 64 x 64 are enlarged twice, and cut to the film's 128 x 96."""
    import photoplay
    from photoplay.render.crew import SoloCrew
    from photoplay.render.cut.probe import probe
    from photoplay.render.requests import Between, Extend, Upscale
    from photoplay.storyboard.film import Settings

    sets = ("tiny-klein", "tiny-ltx2", "tiny-ltx2-upsample")
    tiny_weights(*sets)
    values = {"keyframes": "diffusion:tiny-klein", "upscale": "diffusion:tiny-ltx2-upsample", "steps": 2}
    production = photoplay.make(
        "Anna and the whale", out=tmp_path / "film", seconds=14,
        settings=Settings(width=128, height=96, renderer="diffusion:tiny-ltx2", values=values | {"pixels": 64 * 64}),
        writer=photoplay.FunctionWriter(lambda brief, seed: treatment()),
        crew=SoloCrew(*map(Diffusion, sets)),
    )  # fmt: skip
    seen = probe(production.film_path)
    assert (seen.frames, seen.width, seen.height) == (14 * 24, 128, 96)
    store, nodes = production.project.store, production.plan().nodes
    clips = [n for n in nodes if isinstance(n.request, Between | Extend)]
    assert clips
    for node in clips:
        heard = samples_of(store.path(node.key, "sound").read_bytes())
        assert heard.shape == (node.request.frames * 2000, 2)
        assert np.abs(heard).max() > 0.01
    large = [n for n in nodes if isinstance(n.request, Upscale)]
    assert {n.item for n in large} == {n.item for n in clips}
    assert all(store.record(n.key).frames == n.request.frames for n in large)
    assert all_verify(production.project)
