"""Wan from words alone: no frame begins the clip, and none is taken in silence."""

import pytest

pytest.importorskip("torch")
pytest.importorskip("diffusers")

import numpy as np
from diffusion_kit import between, extend, frames_of, tiny_weights

from photoplay.render.contract import check_renderer
from photoplay.render.diffusion.renderer import Diffusion
from photoplay.render.requests import Input
from photoplay.storyboard.errors import Refused

__all__ = ["tiny_weights"]
FEW = {"steps": 2, "guidance": 1}


@pytest.fixture
def loaded(tiny_weights):
    made = []

    def new(name, **more):
        tiny_weights(name, **({name.replace("-", "_"): more} if more else {}))
        made.append(Diffusion(name))
        made[-1].load("cpu", None)
        return made[-1]

    yield new
    for renderer in made:
        renderer.unload()


def test_a_clip_of_words_alone_has_its_frames_and_needs_no_first(loaded):
    renderer = loaded("tiny-wan-t2v")
    can = renderer.capabilities()
    assert not can.required
    assert can.longest == 81
    assert can.native_rate.fps == 16
    for frames in (1, 5, 12):
        assert len(frames_of(renderer, between(frames, settings=FEW))[0]) == frames


def test_it_begins_with_the_shot_s_own_noise_and_hears_its_words(loaded):
    renderer = loaded("tiny-wan-t2v")
    here, later, other = (
        np.array(frames_of(renderer, between(5, settings=FEW, **more))[0], np.float32)
        for more in ({}, {"at": 40}, {"words": "a wide river in the snow"})
    )
    assert np.abs(here - later).max() > 2
    assert np.abs(here - other).max() > 0


def test_words_act_and_every_frame_that_is_given_is_refused(loaded):
    renderer = loaded("tiny-wan-t2v")
    check_renderer(renderer, between(5, settings=FEW))
    renderer.load("cpu", None)
    with pytest.raises(Refused, match="does not make 'extend'"):
        frames_of(renderer, extend(Input(key="7" * 64, part="tail", frame=4), 5))


@pytest.mark.parametrize(("name", "layout"), [("tiny-wan-t2v", "flf"), ("tiny-wan-two", "t2v")])
def test_weights_of_another_layout_are_refused_before_anything_is_drawn(loaded, name, layout):
    renderer = loaded(name, layout=layout)
    with pytest.raises(Refused, match=r"are of the layout"):
        frames_of(renderer, between(5, settings=FEW))
