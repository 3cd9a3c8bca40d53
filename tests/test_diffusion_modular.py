"""Pipelines that diffusers has as blocks alone, over tiny ones of their real classes: Echo.

Random weights prove shapes, lengths and plumbing, never what is seen or heard.
"""

import json
import logging
import shutil
from itertools import pairwise

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
    tiny_folder,
    tiny_lora,
    tiny_weights,
)
from treatments import treatment

import photoplay
from photoplay.render.contract import check_renderer
from photoplay.render.crew import SoloCrew
from photoplay.render.diffusion.echo import SLOTS, noise_levels
from photoplay.render.diffusion.modular import run
from photoplay.render.diffusion.renderer import Diffusion
from photoplay.render.protocol import Job, Part
from photoplay.render.requests import Between, Extend, Input
from photoplay.storyboard.errors import BadInput, Refused
from photoplay.storyboard.film import Settings
from photoplay.storyboard.rate import Rate

__all__ = ["tiny_weights"]
FEW = {"steps": 2}
FIRST, OTTO, FOX, THIRD = (anchor(n) for n in (1, 2, 3, 4))
TAIL = Input(key="7" * 64, part="tail", frame=20)
FOOTAGE = {
    **{key: Footage(noise_frame(n)) for n, key in enumerate((FIRST, OTTO, FOX, THIRD))},
    TAIL: Footage(*(noise_frame(n) for n in range(20))),
}


@pytest.fixture(scope="module")
def echo(tmp_path_factory):
    with loaded_sets(tmp_path_factory, "tiny-echo") as made:
        yield made["tiny-echo"]


def made(renderer, request, footage=FOOTAGE):
    """The frames of one request as one array."""
    (frames,) = frames_of(renderer, Job(request, footage))
    return np.stack(frames).astype(int)


def test_echo_keeps_the_contract(echo):
    check_renderer(
        echo, between(9, settings={"steps": 1}), FOOTAGE, (tiny_lora("ltx2", 1), tiny_lora("ltx2", 2))
    )
    echo.load("cpu", None)


@pytest.mark.parametrize(("frames", "rate"), [(9, Rate(num=25)), (11, Rate(num=24000, den=1001))])
def test_frames_and_sound_are_exactly_as_many_as_asked_for(echo, frames, rate):
    outputs = list(echo.render([Job(between(frames, rate=rate, settings=FEW))], lambda *_: None))
    (part,) = [o for o in outputs if isinstance(o, Part)]
    assert (part.name, part.suffix) == ("sound", "wav")
    assert len(part.data) == 44 + 4 * round(frames * 48_000 / rate.fps), "16-bit stereo at 48 kHz"
    heard = np.frombuffer(part.data[44:], "<i2")
    assert heard.std() > 30, "neither silent nor a constant"
    assert len(frames_of(echo, between(frames, rate=rate, settings=FEW))[0]) == frames


def test_memory_slots_are_read_each_and_in_order(echo):
    def remembering(*anchors):
        return made(echo, between(9, anchors=anchors, settings=FEW))

    nothing, one = remembering(), remembering(OTTO)
    both, turned = remembering(OTTO, FOX), remembering(FOX, OTTO)
    other = remembering(OTTO, THIRD)
    found = [nothing, one, both, turned, other]
    assert len({found_.tobytes() for found_ in found}) == len(found)
    assert (both == remembering(OTTO, FOX)).all()


def test_memory_stands_before_the_clip_clean_and_at_its_own_time(echo, monkeypatch):
    """As the model reads it: four tokens a picture of 64 x 64, never noised, at 500 and 550 seconds."""
    seen = []
    forward = echo._pipe.transformer.forward
    monkeypatch.setattr(
        echo._pipe.transformer,
        "forward",
        lambda *given, **named: seen.append(named) or forward(*given, **named),
    )
    made(echo, between(9, anchors=(OTTO, FOX), first=FIRST, settings=FEW))
    assert len(seen) == 2
    for call in seen:
        assert call["hidden_states"].shape[1] == 2 * 4 + 2 * 4
        times = call["timestep"][0]
        assert not times[: 8 + 4].any(), "both slots and the first frame are clean"
        assert (times[8 + 4 :] > 0).all()
        middles = call["video_coords"][0, 0].mean(dim=-1)
        assert middles[:8].tolist() == pytest.approx([500] * 4 + [550] * 4)
        assert (middles[8:] < 1).all()
    slots = [call["hidden_states"][:, :8] for call in seen]
    assert (slots[0] == slots[1]).all()
    assert (slots[0][:, :4] != slots[0][:, 4:]).any()


def test_an_extension_begins_on_the_tail_s_last_frame_and_leaves_it_out(echo, monkeypatch):
    whole = []
    processor = echo._pipe.video_processor
    monkeypatch.setattr(
        processor, "postprocess_video",
        lambda *given, **named: whole.append(type(processor).postprocess_video(processor, *given, **named)) or whole[-1],
    )  # fmt: skip
    request = extend(TAIL, 8, at=20, settings=FEW)
    new = made(echo, request)
    assert whole[0].shape[1] == 9
    assert np.abs(new - np.rint(whole[0][0][1:] * 255)).max() == 0
    frames = [noise_frame(n) for n in range(20)]
    earlier = {TAIL: Footage(*frames[:-2], noise_frame(90), frames[-1])}
    later = {TAIL: Footage(*frames[:-1], noise_frame(90))}
    assert (made(echo, request, earlier) == new).all(), "one frame of the tail is read, as is declared"
    assert (made(echo, request, later) != new).any()


def test_it_gives_what_diffusers_own_call_gives(echo):
    """Prompts are kept as the connectors made them, and blocks are run one by one: the same clip."""
    from photoplay.render.diffusion.clips import image
    from photoplay.render.diffusion.noise import generator

    request = between(9, seed=4, anchors=(FOX, OTTO), first=FIRST, settings=FEW)
    found = made(echo, request)
    ready = echo._ready(Job(request, FOOTAGE), request)
    state = echo._pipe(
        prompt=ready.words.text, image=image(noise_frame(0), ready), height=64, width=64, num_frames=9,
        memory_images=[image(noise_frame(n), ready) for n in (2, 1)], frame_rate=float(request.rate.fps),
        latents=echo._family._noise(echo._pipe, ready), sigmas=noise_levels(2), output_type="np",
        generator=generator(ready.seed, "clip", 0),
    )  # fmt: skip
    assert np.abs(found - np.rint(state.get("videos")[0] * 255)).max() <= 1
    assert (found != made(echo, request.model_copy(update={"words": "A wide river."}))).any()


def test_a_stop_is_heard_after_one_step_and_leaves_all_as_it_was(echo, monkeypatch):
    request = between(9, anchors=(OTTO,), settings={"steps": 3})
    told = []
    before = np.stack(
        frames_of(echo, Job(request, FOOTAGE), tick=lambda job, share, words="": told.append(words))[0]
    )
    assert [words[:11] for words in told if words] == ["step 1 of 3", "step 2 of 3", "step 3 of 3"]
    calls = []
    forward = echo._pipe.transformer.forward
    monkeypatch.setattr(
        echo._pipe.transformer, "forward", lambda *given, **named: calls.append(1) or forward(*given, **named)
    )

    class Stop(Exception):
        """What a caller raises."""

    def stop(job, share, words=""):
        raise Stop

    remarks, printed = logging.getLogger("diffusers.modular_pipelines.modular_pipeline"), []
    watch = logging.Handler()
    monkeypatch.setattr(watch, "emit", printed.append)
    remarks.addHandler(watch)
    try:
        with pytest.raises(Stop):
            frames_of(echo, Job(request, FOOTAGE), tick=stop)
    finally:
        remarks.removeHandler(watch)
    assert len(calls) == 1
    assert not printed, "diffusers would print the stop with its trace, once for each block around"
    assert remarks.level != logging.CRITICAL
    assert (made(echo, request) == before).all()


def test_it_is_loaded_once_and_a_prompt_encoded_once(echo):
    made(echo, between(9, settings=FEW))
    loads, prompts = echo.loads, echo._prompts.encoded_count
    made(echo, between(9, seed=5, anchors=(FOX,), settings=FEW))
    assert (echo.loads, echo._prompts.encoded_count) == (loads, prompts)


def test_what_it_would_ignore_is_refused(echo):
    many = tuple(anchor(n) for n in range(10, 10 + SLOTS + 1))
    for request, words in (
        (between(9, last=FIRST, settings=FEW), "last"),
        (extend(TAIL, 8, goal=FIRST, settings=FEW), "goal"),
        (between(9, settings=FEW | {"guidance": 3}), "guidance"),
        (between(9, settings=FEW | {"negative": "a cat"}), "negative"),
        (between(9, anchors=many, settings=FEW), "takes 7 references, not 8"),
    ):
        with pytest.raises(Refused, match=words):
            frames_of(echo, Job(request, FOOTAGE))
    with pytest.raises(TypeError, match="reads no voices"):
        run(echo._pipe, ["denoise"], {"voices": 1})


def test_noise_levels_are_the_makers_for_eight_steps_and_fall_to_nothing_for_others():
    from diffusers.modular_pipelines.echo.denoise import DEFAULT_ECHO_SIGMAS

    assert tuple(noise_levels(8)) == DEFAULT_ECHO_SIGMAS
    assert noise_levels(4) == list(DEFAULT_ECHO_SIGMAS[::2])
    for steps in (1, 3, 12):
        levels = noise_levels(steps)
        assert (len(levels), levels[0], levels[-1]) == (steps + 1, 1, 0)
        assert all(one > other for one, other in pairwise(levels))


# -- what is refused before anything is loaded --------------------------------------------------


@pytest.fixture
def copied(tmp_path, tiny_weights):
    """A renderer over a copy of the tiny Echo whose index is changed by a function."""

    def change(how):
        folder = shutil.copytree(tiny_folder("echo"), tmp_path / "copy")
        index = folder / "modular_model_index.json"
        said = json.loads(index.read_text())
        how(said, folder)
        index.write_text(json.dumps(said))
        tiny_weights("tiny-echo", tiny_echo={"source": str(folder)})
        renderer = Diffusion("tiny-echo")
        renderer.load("cpu", None)
        return renderer

    return change


def elsewhere(said, folder):
    said["vae"][2]["subfolder"] = "../other"


def own_code(said, folder):
    said["vae"][:2] = ["my_code", "AutoencoderKLLTX2Video"]


def asks_for_code(said, folder):
    said["transformer"][2]["trust_remote_code"] = True


def not_there(said, folder):
    shutil.rmtree(folder / "vae")


def holds_code(said, folder):
    (folder / "block.py").write_text("raise SystemExit")


@pytest.mark.parametrize(
    ("how", "words"),
    [
        (elsewhere, "must lie in the folder of that name"),
        (own_code, "would run code of its own"),
        (asks_for_code, "asks to run code"),
        (not_there, "its part vae is missing"),
        (holds_code, "it holds code"),
    ],
)
def test_an_index_that_leads_elsewhere_is_refused(copied, how, words):
    with pytest.raises(BadInput, match=words):
        copied(how)


def test_a_part_of_another_kind_or_left_out_is_refused_and_not_only_logged(copied):
    def of_another_kind(said, folder):
        said["vae"][:2] = ["diffusers", "AutoencoderKLLTX2Audio"]

    renderer = copied(of_another_kind)
    with pytest.raises(BadInput, match="its vae is a AutoencoderKLLTX2Audio, not a AutoencoderKLLTX2Video"):
        frames_of(renderer, between(9, settings=FEW))


def test_weights_that_lack_a_tensor_are_refused_and_not_filled_by_chance(copied):
    from safetensors.torch import load_file, save_file

    def poorer(said, folder):
        path = folder / "transformer" / "diffusion_pytorch_model.safetensors"
        save_file({n: t for n, t in load_file(path).items() if n != "proj_out.weight"}, path)

    with pytest.raises(BadInput, match=r"lacks proj_out\.weight"):
        frames_of(copied(poorer), between(9, settings=FEW))


def test_a_repository_that_an_index_names_is_not_asked(copied, echo):
    def led_away(said, folder):
        for entry in said.values():
            if isinstance(entry, list):
                entry[2]["pretrained_model_name_or_path"] = "somebody/else"

    request = between(9, settings=FEW)
    assert (made(copied(led_away), request) == made(echo, request)).all()


def test_its_licence_is_for_a_person_to_read(monkeypatch, tmp_path):
    from photoplay.render.diffusion.stacks import refuse_uncommercial
    from photoplay.render.diffusion.weights import weight_set

    monkeypatch.setenv("PHOTOPLAY_WEIGHTS", str(tmp_path / "none.toml"))
    found = weight_set("echo")
    assert found.commercial is None
    with pytest.raises(BadInput, match="LTX-2"):
        refuse_uncommercial([found])


def test_a_modular_repository_is_quoted_and_fetched_by_its_own_index(tmp_path, monkeypatch):
    import weights_kit as kit

    from photoplay.render.diffusion import fetching
    from photoplay.render.diffusion.weights import weight_set

    monkeypatch.setenv("PHOTOPLAY_WEIGHTS", str(tmp_path / "none.toml"))
    monkeypatch.setenv("PHOTOPLAY_WEIGHTS_LOCK", str(tmp_path / "weights.lock.json"))
    monkeypatch.setenv("HF_HUB_CACHE", str(tmp_path / "hub"))
    files = kit.model_files()
    plain = json.loads(files.pop("model_index.json"))
    parts = {
        n: [*e, {"type_hint": e, "subfolder": n}] for n, e in plain.items() if isinstance(e, list) and e[0]
    }
    index = {"_class_name": "EchoModularPipeline", "_blocks_class_name": "EchoBlocks", **parts}
    files["modular_model_index.json"] = json.dumps(index).encode()
    ws = weight_set("echo")
    hub = kit.Hub({ws.source: files | kit.NOT_NEEDED})
    (piece,) = fetching.quote(ws, hub).pieces
    assert piece.files.keys() == files.keys(), "everything that is loaded, and nothing else"
    assert fetching.fetch(ws, client=hub).sizes().keys() == {"text_encoder", "transformer", "vae"}


def test_in_a_film_the_slots_are_fed_from_its_memory(tmp_path, tiny_weights, monkeypatch):
    """Sheets that the film keeps of whoever is seen reach the model as pictures, in the request's order."""
    tiny_weights("tiny-klein", "tiny-echo")
    stills, clips = Diffusion("tiny-klein"), Diffusion("tiny-echo")
    given, sample = [], clips._family.sample

    class Enough(KeyboardInterrupt):
        """One clip is enough: a person stops here."""

    def first_only(pipe, batch, step):
        given.append((batch[0], sample(pipe, batch, step)))
        raise Enough

    monkeypatch.setattr(clips._family, "sample", first_only)
    values = {"keyframes": "diffusion:tiny-klein", "steps": 1, "pixels": 64 * 64}
    with pytest.raises(Enough):
        photoplay.make(
            "Anna and the whale", out=tmp_path / "film", seconds=14, until="takes",
            settings=Settings(width=64, height=64, renderer="diffusion:tiny-echo", values=values),
            writer=photoplay.FunctionWriter(lambda brief, seed: treatment()),
            crew=SoloCrew(stills, clips),
        )  # fmt: skip
    ((ready, (sampled,)),) = given
    assert isinstance(ready.request, Between | Extend)
    assert 1 < len(ready.references) == len(ready.request.anchors) <= SLOTS
    picture = ready.request.picture
    seen = {entity.id for entity in (*picture.figures, *picture.things, picture.place)}
    assert {one.entity for one in ready.references} <= seen
    assert len(sampled.frames) == ready.request.frames


@pytest.mark.parametrize("offload", ["group", "model"])
def test_parts_that_come_in_as_they_are_used_give_the_same_frames(echo, monkeypatch, offload):
    """On a processor nothing moves: this proves that the hooks and the blocks go together, no more."""
    from photoplay.render.diffusion import pipelines

    monkeypatch.setattr(pipelines, "check_device", lambda loading: None)
    request = between(9, anchors=(OTTO,), settings=FEW)
    plain = made(echo, request)
    for _ in range(2 if offload == "model" else 1):
        moved = made(echo, request.model_copy(update={"settings": FEW | {"offload": offload}}))
        assert np.abs(plain - moved).max() <= 1
