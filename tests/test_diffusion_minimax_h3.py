"""MiniMax-H3 over a tiny pipeline of its real classes: its two uses, its lengths and its sound.

Random weights prove shapes, lengths and plumbing, never what is seen or heard. Its text encoder's own
processor cannot be made here (it wants torchvision): what stands for it is tried against transformers' code.
"""

import shutil

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
    tiny_weights,
)

from photoplay.render.contract import check_renderer
from photoplay.render.diffusion.renderer import Diffusion
from photoplay.render.protocol import Job, Part
from photoplay.render.requests import Input
from photoplay.storyboard.errors import BadInput, Refused
from photoplay.storyboard.rate import Rate

__all__ = ["tiny_weights"]
ONE = {"steps": 1}
FIRST, OTTO, FOX, THIRD = (anchor(n) for n in (1, 2, 3, 4))
TAIL = Input(key="7" * 64, part="tail", frame=20)
FOOTAGE = {
    **{key: Footage(noise_frame(n)) for n, key in enumerate((FIRST, OTTO, FOX, THIRD))},
    TAIL: Footage(*(noise_frame(n) for n in range(20))),
}


def made(renderer, request, footage=FOOTAGE):
    """The frames of one request as one array."""
    (frames,) = frames_of(renderer, Job(request, footage))
    return np.stack(frames).astype(int)


@pytest.fixture(scope="module")
def loaded(tmp_path_factory):
    """MiniMax-H3 for given frames, and for references."""
    with loaded_sets(tmp_path_factory, "tiny-h3", "tiny-h3-references") as made:
        yield list(made.values())


@pytest.fixture
def h3(loaded):
    return loaded[0]


@pytest.fixture
def h3_references(loaded):
    return loaded[1]


def test_minimax_h3_keeps_the_contract(h3):
    check_renderer(h3, between(110, settings=ONE), FOOTAGE)
    h3.load("cpu", None)


def test_each_use_takes_its_own_transformer_and_no_other(h3, h3_references, tiny_weights, tmp_path):
    made(h3, between(9, settings=ONE))
    made(h3_references, between(9, anchors=(OTTO,), settings=ONE))
    assert (h3._pipe.transformer_ref, h3_references._pipe.transformer) == (None, None)
    folder = shutil.copytree(tiny_folder("minimax-h3"), tmp_path / "copy")
    shutil.rmtree(folder / "transformer_ref")
    tiny_weights("tiny-h3", "tiny-h3-references", tiny_h3={"source": str(folder)})
    other = Diffusion("tiny-h3")
    other.load("cpu", None)
    assert "transformer_ref" not in h3._sizes
    request = between(9, settings=ONE)
    assert (made(other, request) == made(h3, request)).all()


def test_h3_draws_five_seconds_at_least_and_gives_what_was_asked_for(h3):
    told = []
    outputs = list(
        h3.render([Job(between(130, settings={"steps": 2}))], lambda job, share, words="": told.append(words))
    )
    (part,) = [o for o in outputs if isinstance(o, Part)]
    assert len(part.data) == 44 + 4 * 130 * 2000
    assert np.frombuffer(part.data[44:], "<i2").std() > 30
    assert [words[:11] for words in told if words] == ["step 1 of 2", "step 2 of 2"]
    assert h3.capabilities().frame_rule.snap(9) == 124
    assert h3.capabilities().frame_rule.snap(345) == 345 == 17 * 20 + 5
    assert 345 / 24 < 15
    assert len(made(h3, between(9, settings=ONE))) == 9


def test_h3_ends_on_the_last_frame_drawn_and_refuses_what_would_hurry(h3):
    """What is given of a clip towards a last frame begins and ends as what was drawn."""
    whole, fewer = (
        made(h3, between(frames, first=FIRST, last=OTTO, settings=ONE), FOOTAGE) for frames in (124, 112)
    )
    assert (len(whole), len(fewer)) == (124, 112)
    assert (whole[0] == fewer[0]).all()
    assert (whole[-1] == fewer[-1]).all()
    for request, words in (
        (between(60, last=OTTO, settings=ONE), "108 frames or more"),
        (between(124, rate=Rate(num=25), settings=ONE), "24 frames a second, not 25"),
        (between(9, anchors=(OTTO,), settings=ONE), "references"),
        (between(9, settings=ONE | {"guidance": 3}), "guidance"),
    ):
        with pytest.raises(Refused, match=words):
            made(h3, request)


def test_h3_reads_references_in_order_and_names_them(h3_references):
    def seen(*anchors):
        return made(h3_references, between(9, anchors=anchors, settings=ONE))

    found = [seen(OTTO), seen(OTTO, FOX), seen(FOX, OTTO), seen(OTTO, THIRD)]
    assert len({frames.tobytes() for frames in found}) == 4
    told = between(9, anchors=(OTTO,), settings=ONE, words="A wide river.")
    assert (made(h3_references, told) != found[0]).any()
    for request, words in (
        (between(9, settings=ONE), "this shot has none"),
        (between(9, first=FIRST, anchors=(OTTO,), settings=ONE), "first"),
        (extend(TAIL, 8, settings=ONE), "does not make 'extend'"),
    ):
        with pytest.raises(Refused, match=words):
            made(h3_references, request)
    plain = between(9)
    figure = plain.picture.figures[0].model_copy(update={"references": (OTTO.key,)})
    picture = plain.picture.model_copy(update={"figures": (figure, *plain.picture.figures[1:])})
    words = h3_references._family.words(plain.model_copy(update={"picture": picture, "anchors": (FOX, OTTO)}))
    assert "is the one in Picture 2." in words.text


def test_h3_is_as_diffusers_own_call(h3):
    from photoplay.render.diffusion.clips import image
    from photoplay.render.diffusion.noise import generator

    request = between(124, seed=3, first=FIRST, last=OTTO, settings={"steps": 2})
    found = made(h3, request)
    ready = h3._ready(Job(request, FOOTAGE), request)
    state = h3._pipe(
        prompt=ready.words.text, image=image(noise_frame(0), ready), last_image=image(noise_frame(1), ready),
        height=64, width=64, num_frames=124, num_inference_steps=3, output_type="np",
        generator=generator(ready.seed, "clip", 0),
    )  # fmt: skip
    assert np.abs(found - np.rint(state.get("videos")[0] * 255)).max() == 0


def test_what_stands_for_qwen_s_processor_does_as_it_does():
    """The token types that transformers' own makes, of which only the picture's is used here."""
    from transformers import ProcessorMixin

    from photoplay.render.diffusion.minimax_h3 import Seeing

    folder = tiny_folder("minimax-h3")
    seeing = Seeing(folder / "processor", folder / "tokenizer")

    class Own:
        image_token_ids, video_token_ids, audio_token_ids = [seeing._pictures], [], []

    prompt = [[5, seeing._pictures, seeing._pictures, 9], [1]]
    theirs = ProcessorMixin.create_mm_token_type_ids(Own(), prompt)
    assert seeing.create_mm_token_type_ids(prompt) == theirs == [[0, 1, 1, 0], [0]]


def test_an_unknown_layout_is_refused_and_h3_is_no_default_for_sale(tiny_weights, tmp_path, monkeypatch):
    from photoplay.render.diffusion.stacks import refuse_uncommercial
    from photoplay.render.diffusion.weights import weight_set

    tiny_weights("tiny-h3", tiny_h3={"layout": "both"})
    with pytest.raises(BadInput, match="references"):
        Diffusion("tiny-h3")
    monkeypatch.setenv("PHOTOPLAY_WEIGHTS", str(tmp_path / "none.toml"))
    for name in ("minimax-h3", "minimax-h3-references"):
        assert weight_set(name).commercial is None
        with pytest.raises(BadInput, match="MiniMax-H3 Community"):
            refuse_uncommercial([weight_set(name)])
