"""Wan VACE follows a guide: its frames stand where frames are to be drawn. Tiny random weights: plumbing only."""

import pytest

pytest.importorskip("torch")
pytest.importorskip("diffusers")

import diffusers
import numpy as np
from diffusion_kit import (
    Footage,
    anchor,
    between,
    extend,
    frames_of,
    loaded_sets,
    noise_frame,
    still,
    tiny_weights,
)

from photoplay.render.protocol import Job
from photoplay.render.requests import Control, Input

__all__ = ["tiny_weights"]
GUIDE, TAIL = Input(key="7" * 64), Input(key="8" * 64, part="tail", frame=5)
FEW = {"steps": 1, "guidance": 1}


@pytest.fixture(scope="module")
def vace(tmp_path_factory):
    with loaded_sets(tmp_path_factory, "tiny-wan-vace") as shelf:
        yield shelf["tiny-wan-vace"]


@pytest.fixture
def shown(monkeypatch):
    """(video, mask) as arrays, of every call of the pipeline."""
    seen = []
    whole = diffusers.WanVACEPipeline.__call__

    def call(self, *args, **given):
        seen.append([np.stack([np.asarray(i.convert("RGB")) for i in given[k]]) for k in ("video", "mask")])
        return whole(self, *args, **given)

    monkeypatch.setattr(diffusers.WanVACEPipeline, "__call__", call)
    return seen


def test_a_clip_is_given_the_guide_from_the_frame_that_it_begins_with(vace, shown):
    guide = [noise_frame(n) for n in range(14)]
    request = between(9, settings=FEW, control=Control(take=GUIDE, start=4))
    job = Job(request, {GUIDE: Footage(*guide)})
    made = frames_of(vace, job)[0]
    video, mask = shown[0]
    for n in range(9):
        assert np.array_equal(video[n], guide[4 + n][..., :3])
    assert mask.min() == 255, "every frame is drawn"
    plain = frames_of(vace, between(9, settings=FEW))[0]
    assert not np.array_equal(np.stack(made), np.stack(plain))


def test_a_window_that_goes_on_has_its_tail_and_then_the_guide_and_holds_its_last_frame(vace, shown):
    guide, tail = [noise_frame(n) for n in range(11)], [noise_frame(50 + n) for n in range(5)]
    request = extend(TAIL, 8, settings=FEW, at=5, control=Control(take=GUIDE, start=5))
    frames_of(vace, Job(request, {GUIDE: Footage(*guide), TAIL: Footage(*tail)}))
    video, mask = shown[0]
    known = int((mask.reshape(len(mask), -1).max(axis=1) == 0).sum())
    assert known >= 1
    for n in range(known):
        assert np.array_equal(video[n], tail[5 - known + n][..., :3])
    for n in range(known, len(video)):
        assert np.array_equal(video[n], guide[min(5 + n - known, 10)][..., :3])


@pytest.fixture(scope="module")
def guided(tmp_path_factory):
    with loaded_sets(tmp_path_factory, "tiny-sdxl-guided") as shelf:
        yield shelf["tiny-sdxl-guided"]


def test_a_still_follows_its_guide_as_strongly_as_asked_and_without_one_is_plain(guided):
    guide, like = Footage(noise_frame(1)), anchor(9)

    def drawn(control=True, seen=guide, earlier=None, **settings):
        more = {"control": Control(take=GUIDE)} if control else {}
        more |= {"like": like} if earlier is not None else {}
        footage = {GUIDE: seen} if control else {}
        footage |= {like: Footage(earlier)} if earlier is not None else {}
        return np.stack(
            frames_of(guided, Job(still(settings={**FEW, "steps": 2, **settings}, **more), footage))[0]
        )

    followed, plain = drawn(), drawn(control=False)
    assert not np.array_equal(followed, plain)
    assert not np.array_equal(followed, drawn(seen=Footage(noise_frame(2))))
    assert np.array_equal(drawn(**{"guide-strength": 0}), plain), "a guide without a say changes nothing"
    earlier = noise_frame(5)
    assert not np.array_equal(drawn(earlier=earlier), drawn(control=False, earlier=earlier))


def test_only_the_guide_that_the_net_was_trained_on_is_followed(guided):
    assert guided.capabilities().guides == {"depth"}
