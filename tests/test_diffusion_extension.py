"""Shots that go on window after window: no frame doubled or lost, colour held, memory flat."""

import json
import os
import subprocess
import sys
from itertools import pairwise

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
    tiny_weights,
    weights_toml,
)
from peak import PEAK_MB

from photoplay.render.protocol import Job
from photoplay.render.requests import Input

__all__ = ["tiny_weights"]
VIDEO = ("tiny-wan-flf", "tiny-wan-two", "tiny-wan-ti2v", "tiny-wan-vace", "tiny-ltx", "tiny-skyreels")
CLASSES = (
    "WanImageToVideoPipeline",
    "WanVACEPipeline",
    "LTXConditionPipeline",
    "SkyReelsV2DiffusionForcingPipeline",
    "SkyReelsV2DiffusionForcingImageToVideoPipeline",
    "SkyReelsV2DiffusionForcingVideoToVideoPipeline",
)
FEW = {"steps": 2, "guidance": 1}
FIRST, LAST, MARK = anchor(1), anchor(2), anchor(3)


@pytest.fixture(scope="module")
def shelf(tmp_path_factory):
    """Renderers by name, kept for all tests."""
    with loaded_sets(tmp_path_factory, *VIDEO) as made:
        yield made


@pytest.fixture
def sampled(monkeypatch):
    """All frames of each clip as the pipelines gave them, before anything was dropped."""
    seen = []
    for name in CLASSES:
        cls = getattr(diffusers, name)
        whole = cls.__call__

        def watched(self, *given, _whole=whole, **named):
            found = _whole(self, *given, **named)
            seen.append(np.rint(found.frames[0] * 255).astype(np.uint8))
            return found

        monkeypatch.setattr(cls, "__call__", watched)
    return seen


def _tail(frames, stop=None):
    """The input of a tail that ends before ``stop``, and its footage."""
    stop = len(frames) if stop is None else stop
    given = Input(key="7" * 64, part="tail", frame=stop)
    return given, {given: Footage(*frames), LAST: Footage(noise_frame(2)), MARK: Footage(noise_frame(3))}


def _window(renderer, frames, new, **more):
    tail, footage = _tail(frames)
    request = extend(tail, new, at=len(frames), settings=FEW, **more)
    return frames_of(renderer, Job(request, footage))[0]


def _start(renderer, frames=9):
    footage = {FIRST: Footage(noise_frame(1))}
    return frames_of(renderer, Job(between(frames, first=FIRST, settings=FEW), footage))[0]


def _same(one, other):
    return len(one) == len(other) and all((a == b).all() for a, b in zip(one, other, strict=True))


READ = {
    "tiny-wan-flf": 1, "tiny-wan-two": 1, "tiny-wan-ti2v": 1, "tiny-wan-vace": 9, "tiny-ltx": 9, "tiny-skyreels": 17,
}  # fmt: skip
"""Frames of a tail that each reads."""


@pytest.mark.parametrize("new", [8, 10])
@pytest.mark.parametrize("name", VIDEO)
def test_new_frames_begin_right_after_the_tail_s_place_in_the_window(shelf, sampled, name, new):
    """Of the window that was sampled, the frames of the tail are dropped: all of them, and none besides."""
    renderer = shelf[name]
    start = _start(renderer, 17)
    sampled.clear()
    found = _window(renderer, start, new)
    (window,) = sampled
    read = renderer.capabilities().tail_frames
    assert read == READ[name]
    given = 17 if name == "tiny-skyreels" else 0  # that pipeline gives back its input before the window
    assert len(window) >= given + read + new
    assert _same(found, list(window[given + read : given + read + new]))


def test_skyreels_gives_its_tail_back_in_front_of_the_window(shelf, sampled):
    start = _start(shelf["tiny-skyreels"], 17)
    sampled.clear()
    _window(shelf["tiny-skyreels"], start, 8)
    assert _same(sampled[0][:17], start)


@pytest.mark.parametrize("name", ["tiny-wan-flf", "tiny-wan-two"])
def test_a_window_towards_a_keyframe_ends_on_it_and_begins_after_the_tail(shelf, sampled, name):
    start = _start(shelf[name])
    sampled.clear()
    for new, kept in ((8, list(range(1, 9))), (4, [1, 2, 3, 4]), (3, None)):
        sampled.clear()
        found = _window(shelf[name], start, new, last=LAST)
        assert len(found) == new
        assert (found[-1] == sampled[0][-1]).all()
        assert not (found[0] == sampled[0][0]).all()
        if kept:
            assert _same(found, [sampled[0][n] for n in kept])


def test_a_keyframe_that_skyreels_goes_to_is_its_last_frame_as_the_autoencoder_sees_it(shelf):
    """Two different windows end on the same frame; a third, towards another keyframe, on another."""
    renderer = shelf["tiny-skyreels"]
    start, other = _start(renderer), _start(renderer, 10)
    ends = [_window(renderer, start, 8, last=LAST)[-1], _window(renderer, other, 11, last=LAST)[-1]]
    assert _same(*[[end] for end in ends])
    assert not (ends[0] == _window(renderer, start, 8, last=MARK)[-1]).all()


@pytest.mark.parametrize("name", VIDEO)
def test_windows_in_a_row_repeat_no_frame(shelf, name):
    renderer = shelf[name]
    shot = _start(renderer, 17)
    for new in (8, 12, 9):
        shot += _window(renderer, shot, new)
    assert len(shot) == 17 + 8 + 12 + 9
    assert all((a != b).any() for a, b in pairwise(shot))


def test_windows_at_other_places_of_a_shot_have_other_noise(shelf):
    for name in VIDEO:
        tail, footage = _tail([noise_frame(n) for n in range(17)])
        clips = [
            frames_of(shelf[name], Job(extend(tail, 8, at=at, settings=FEW), footage))[0] for at in (40, 80)
        ]
        assert not _same(*clips)


# -- where given frames stand ---------------------------------------------------------------------


@pytest.fixture
def called(monkeypatch):
    """What the pipelines were called with."""
    seen = []
    for name in ("WanVACEPipeline", "LTXConditionPipeline"):
        cls = getattr(diffusers, name)
        whole = cls.__call__

        def watched(self, _whole=whole, **named):
            seen.append(named)
            return _whole(self, **named)

        monkeypatch.setattr(cls, "__call__", watched)
    return seen


def test_known_frames_are_kept_where_they_stand_and_the_rest_is_grey_and_drawn(shelf, called):
    start = [noise_frame(20 + n) for n in range(17)]
    _window(shelf["tiny-wan-vace"], start, 10, last=LAST, goal=MARK)
    (given,) = called
    frames = [np.asarray(frame) for frame in given["video"]]
    masks = [int(np.asarray(mask).max()) for mask in given["mask"]]
    assert given["num_frames"] == len(frames) == len(masks) == 21  # 9 and 10, on the rule
    assert [n for n, mask in enumerate(masks) if mask == 0] == [*range(9), 18]
    assert _same(frames[:9], start[-9:])
    assert (frames[18] == noise_frame(2)).all()
    assert all((frames[n] == 127).all() for n in (*range(9, 18), 19, 20))
    assert (np.asarray(given["reference_images"][-1]) == noise_frame(3)).all()


def test_conditions_stand_at_the_numbers_of_their_frames_and_the_goal_beyond_the_end(shelf, called):
    start = [noise_frame(20 + n) for n in range(17)]
    _window(shelf["tiny-ltx"], start, 10, last=LAST, goal=MARK)
    (given,) = called
    tail, last, goal = given["conditions"]
    assert given["num_frames"] == 25
    assert (tail.frame_index, len(tail.video[0])) == (0, 9)
    assert _same([np.asarray(frame) for frame in tail.video[0]], start[-9:])
    assert last.frame_index == 18
    assert goal.frame_index > 24
    assert given["frame_rate"] == 24.0


# -- colour ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["tiny-wan-vace", "tiny-ltx"])
def test_colour_is_held_towards_the_anchor_more_with_a_greater_share(shelf, name):
    renderer = shelf[name]
    start = _start(renderer)
    green = np.zeros((64, 64, 3), np.uint8)
    green[:, :, 1] = 200
    tail, footage = _tail(start)
    footage[MARK] = Footage(green)

    def off(colour, share=None):
        more = {} if share is None else {"colour-hold": share}
        request = extend(tail, 8, at=len(start), settings=FEW | more, colour=colour)
        found = np.stack(frames_of(renderer, Job(request, footage))[0]).reshape(-1, 3).astype(float)
        return np.abs(found.mean(axis=0) - green.reshape(-1, 3).mean(axis=0)).mean()

    free, usual, strong = off(None), off(MARK), off(MARK, 80)
    assert strong < usual < free
    assert usual == pytest.approx(0.75 * free, abs=6)  # a quarter of the way, but for what is clipped


def test_colour_does_not_drift_over_many_windows(shelf):
    """Held to the anchor, the last windows are as near to it as the first; the mean does not wander off."""
    renderer = shelf["tiny-ltx"]
    start = _start(renderer)
    means = []
    shot = list(start)
    for _ in range(10):
        tail, footage = _tail(shot)
        footage[MARK] = Footage(noise_frame(3))
        request = extend(tail, 8, at=len(shot), colour=MARK, settings=FEW | {"colour-hold": 100})
        new = frames_of(renderer, Job(request, footage))[0]
        means.append(np.stack(new).mean())
        shot += new
    anchor_mean = noise_frame(3).mean()
    assert max(abs(mean - anchor_mean) for mean in means) < 12


# -- memory ---------------------------------------------------------------------------------------

LONG = (
    PEAK_MB
    + """
import json, sys
from collections import deque
sys.path.insert(0, sys.argv[1])
from diffusion_kit import Footage, anchor, between, extend, noise_frame
from photoplay.render.diffusion.renderer import Diffusion
from photoplay.render.protocol import Frame, Job
from photoplay.render.requests import Input
from photoplay.render.spans import windows

name, longest, lengths = sys.argv[2], int(sys.argv[3]), [int(n) for n in sys.argv[4:]]
renderer = Diffusion(name)
renderer.load("cpu", None)
can = renderer.capabilities()
first = anchor(1)


def shot(length):
    kept = deque(maxlen=can.tail_frames)
    made = 0
    for window in windows(length, longest, can.tail_frames, can.frame_rule):
        settings = {"steps": 1, "guidance": 1}
        if window.start == 0:
            request = between(window.frames, first=first, settings=settings)
            footage = {first: Footage(noise_frame(1))}
        else:
            tail = Input(key="7" * 64, part="tail", frame=len(kept))
            request = extend(tail, window.frames, at=window.start, settings=settings, colour=first)
            footage = {tail: Footage(*kept), first: Footage(noise_frame(1))}
        for output in renderer.render([Job(request, footage)], lambda job, share, words="": None):
            if isinstance(output, Frame):
                kept.append(output.pixels)
                made += 1
    return made


made = []
for length in lengths:
    made.append([length, shot(length), peak_mb()])
print(json.dumps(made))
"""
)


def _peaks(tmp_path, name, longest, *lengths):
    """Length asked for, frames made and the peak of memory in MB, for shots one after another in one program."""
    path = weights_toml(tmp_path / "weights.toml", name)
    given = {
        "PHOTOPLAY_WEIGHTS": str(path),
        "PHOTOPLAY_WEIGHTS_LOCK": str(tmp_path / "lock.json"),
        "PHOTOPLAY_DEVICE": "cpu",
        "HF_HUB_OFFLINE": "1",
        "OMP_NUM_THREADS": "1",
        "MALLOC_ARENA_MAX": "1",
        # What is freed is given back at once: the peak is what was held, and not what the allocator kept.
        "MALLOC_MMAP_THRESHOLD_": "131072",
        "MALLOC_TRIM_THRESHOLD_": "131072",
    }
    program = [sys.executable, "-c", LONG, os.path.dirname(__file__), name, str(longest)]
    run = subprocess.run(
        program + [str(n) for n in lengths],
        env=os.environ | given,
        capture_output=True,
        text=True,
        timeout=900,
    )
    assert run.returncode == 0, run.stderr[-2000:]
    return json.loads(run.stdout.splitlines()[-1])


def _assert_flat(found):
    for asked, made, _ in found:
        assert made >= asked
    short, long, again = (peak for *_, peak in found)
    assert long - short < 10, found  # 960 more frames as floats are 47 MB
    assert again - long < 10, found  # and what one shot leaves behind is nothing


def test_memory_is_flat_in_the_length_of_a_shot(tmp_path):
    _assert_flat(_peaks(tmp_path, "tiny-ltx", 49, 240, 1200, 1200))


@pytest.mark.slow
@pytest.mark.parametrize("name", ["tiny-wan-vace", "tiny-wan-two", "tiny-skyreels"])
def test_memory_is_flat_in_the_length_of_a_shot_in_every_family(tmp_path, name):
    _assert_flat(_peaks(tmp_path, name, 49, 240, 1200, 1200))
