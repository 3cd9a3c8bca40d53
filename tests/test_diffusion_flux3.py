"""FLUX.3, distilled, over a tiny pipeline of its real classes: stills from words and images.

Random weights prove shapes and plumbing, never what is seen. Its text encoder's own processor cannot be
made here (it wants torchvision), and the language model before it is left out.
"""

import pytest

pytest.importorskip("torch")
pytest.importorskip("diffusers")

import numpy as np
from diffusion_kit import Footage, anchor, between, frames_of, loaded_sets, noise_frame, still, tiny_weights

from photoplay.render.contract import check_renderer
from photoplay.render.diffusion.flux3 import IMAGES
from photoplay.render.diffusion.renderer import Diffusion
from photoplay.render.protocol import Job
from photoplay.storyboard.errors import BadInput, Refused, UnknownName

__all__ = ["tiny_weights"]
FEW = {"steps": 2}
OTTO, FOX, LIKE = (anchor(n) for n in (1, 2, 3))
FOOTAGE = {key: Footage(noise_frame(n)) for n, key in enumerate((OTTO, FOX, LIKE))}


@pytest.fixture(scope="module")
def flux3(tmp_path_factory):
    with loaded_sets(tmp_path_factory, "tiny-flux3") as made:
        yield made["tiny-flux3"]


def made(renderer, request, **more):
    """The still of one request."""
    ((frame,),) = frames_of(renderer, Job(request, FOOTAGE), **more)
    return frame.astype(int)


def test_flux3_keeps_the_contract(flux3):
    check_renderer(flux3, still(settings=FEW), FOOTAGE)
    flux3.load("cpu", None)


def test_images_are_read_in_the_order_of_their_numbers(flux3):
    found = [
        made(flux3, still(settings=FEW, **given))
        for given in (
            {},
            {"anchors": (OTTO,)},
            {"anchors": (OTTO, FOX)},
            {"anchors": (FOX, OTTO)},
            {"anchors": (OTTO,), "like": FOX},
            {"anchors": (OTTO, FOX), "like": LIKE},
        )
    ]
    assert {frame.shape for frame in found} == {(64, 64, 3)}
    assert len({frame.tobytes() for frame in found}) == len(found)
    words = flux3._family.words(still(anchors=(OTTO,), like=FOX)).text
    assert "keep the framing, the set and the light of image 2" in words.lower()


def test_it_gives_what_diffusers_own_blocks_give_without_the_longer_prompt(flux3):
    """The pipeline as it is, its first block taken out as its documentation says."""
    from PIL import Image

    from photoplay.render.diffusion.noise import frame_noise

    request = still(seed=4, anchors=(OTTO, FOX), settings=FEW)
    found = made(flux3, request)
    pipe = flux3._pipe
    blocks = pipe._blocks.sub_blocks
    first = blocks.pop("prompt_upsampler")
    try:
        ready = flux3._ready(Job(request, FOOTAGE), request)
        state = pipe(
            prompt=ready.words.text, image=[Image.fromarray(noise_frame(n)) for n in (0, 1)], height=64, width=64,
            latents=frame_noise(ready.seed, 0, 1, 16, 4, 4)[:, :, 0], num_inference_steps=2, output_type="np",
        )  # fmt: skip
    finally:
        blocks.insert("prompt_upsampler", first, 0)
    assert np.abs(found - np.rint(state.get("images")[0] * 255)).max() <= 1


def test_steps_are_told_and_a_stop_is_heard_after_the_first(flux3):
    told = []
    request = still(settings={"steps": 3})
    before = made(flux3, request, tick=lambda job, share, words="": told.append(words))
    assert [words[:11] for words in told if words] == ["step 1 of 3", "step 2 of 3", "step 3 of 3"]
    del told[:]

    def stop(job, share, words=""):
        told.append(words)
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        made(flux3, request, tick=stop)
    assert len(told) == 1
    assert (made(flux3, request) == before).all()


def test_what_it_would_ignore_is_refused(flux3):
    ten = tuple(anchor(n) for n in range(10, 10 + IMAGES))
    for request, words in (
        (still(settings=FEW | {"guidance": 3}), "guidance"),
        (still(settings=FEW | {"negative": "a cat"}), "negative"),
        (between(9, settings=FEW), "does not make 'between'"),
        (still(anchors=ten, like=LIKE, settings=FEW), "10 images in all"),
        (still(anchors=(*ten, LIKE), settings=FEW), "takes 10 references, not 11"),
    ):
        with pytest.raises(Refused, match=words):
            made(flux3, request)


def test_no_weights_are_known_by_name_and_other_layouts_are_refused(tiny_weights, tmp_path, monkeypatch):
    tiny_weights("tiny-flux3", tiny_flux3={"layout": "base"})
    with pytest.raises(BadInput, match="distilled"):
        Diffusion("tiny-flux3")
    monkeypatch.setenv("PHOTOPLAY_WEIGHTS", str(tmp_path / "none.toml"))
    with pytest.raises(UnknownName, match="flux3"):
        Diffusion("flux3")
