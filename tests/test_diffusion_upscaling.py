"""Upscalers over tiny pipelines of the real classes: exact frames and sizes, in flat memory.

Random weights prove shapes, joins and what is read, never that a picture is sharper.
"""

import itertools

import pytest

pytest.importorskip("torch")
pytest.importorskip("diffusers")

import numpy as np
from diffusion_kit import a_picture, frames_of, loaded_sets, tiny_weights
from PIL import Image

from photoplay.render.contract import Swatch, check_renderer
from photoplay.render.diffusion import enlarging, ltx_upsample
from photoplay.render.diffusion.enlarging import chunks, cross_faded, padded, whole
from photoplay.render.protocol import Frame, Job
from photoplay.render.requests import Input, Raster, Upscale
from photoplay.storyboard.errors import BadInput, BadTake, Refused

__all__ = ["tiny_weights"]
UPSCALERS = {"tiny-ltx-upsample": 2, "tiny-ltx2-upsample": 2, "tiny-sd-upscale": 4}
LTX = ("tiny-ltx-upsample", "tiny-ltx2-upsample")
TAKE = Input(key="5" * 64)


class Reel:
    """A take that is drawn as it is read, and counts how many frames were."""

    def __init__(self, count, width=32, height=32, seed=0, still=False):
        self.count, self.read, self.seed = count, 0, seed
        self._size, self._still = (height, width), still

    def frame(self, index):
        if not 0 <= index < self.count:
            raise IndexError(index)
        rng = np.random.default_rng((self.seed, 0 if self._still else index))
        coarse = rng.integers(0, 256, (4, 4, 3), dtype=np.uint8)
        height, width = self._size
        return np.ascontiguousarray(
            coarse.repeat(-(-height // 4), 0).repeat(-(-width // 4), 1)[:height, :width]
        )

    def frames(self, start, stop):
        for index in range(start, stop):
            self.read += 1
            yield self.frame(index)


@pytest.fixture(scope="module")
def shelf(tmp_path_factory):
    """Upscalers by name, ready."""
    with loaded_sets(tmp_path_factory, *UPSCALERS) as made:
        yield made


def upscale(frames, width=64, height=64, **more):
    raster = Raster(width=width, height=height)
    return Upscale(picture=a_picture(), raster=raster, take=TAKE, frames=frames, **more)


def few(name):
    return {"steps": 1, "guidance": 1} if name == "tiny-sd-upscale" else {}


def enlarged(renderer, reel, request):
    return frames_of(renderer, Job(request, {TAKE: reel}))[0]


@pytest.mark.parametrize("name", UPSCALERS)
def test_it_keeps_the_contract(shelf, name):
    request = upscale(2, settings=few(name))
    check_renderer(shelf[name], request, {TAKE: Swatch(32, 32, 90, 2)})
    shelf[name].load("cpu", None)


@pytest.mark.parametrize("frames", [1, 9, 11])
@pytest.mark.parametrize("name", UPSCALERS)
def test_frames_and_size_are_exactly_those_asked_for(shelf, name, frames):
    reel = Reel(frames + 2, 40, 36)
    for width, height in ((80, 72), (72, 66)):
        found = enlarged(shelf[name], reel, upscale(frames, width, height, settings=few(name)))
        assert [f.shape for f in found] == [(height, width, 3)] * frames


@pytest.mark.parametrize("name", UPSCALERS)
def test_another_take_gives_other_frames_and_the_same_take_the_same(shelf, name):
    request = upscale(3, settings=few(name))
    one, again, other = (enlarged(shelf[name], Reel(3, seed=seed), request) for seed in (1, 1, 2))
    assert all((a == b).all() for a, b in zip(one, again, strict=True))
    assert all((a != b).any() for a, b in zip(one, other, strict=True))


@pytest.mark.parametrize("name", UPSCALERS)
def test_a_smaller_size_is_the_whole_picture_scaled_down(shelf, name):
    """Not a corner of it: what comes is what its native size gives, made smaller."""
    native = 40 * UPSCALERS[name]
    large = enlarged(shelf[name], Reel(2, 40, 40), upscale(2, native, native, settings=few(name)))
    small = enlarged(shelf[name], Reel(2, 40, 40), upscale(2, settings=few(name)))
    for one, other in zip(large, small, strict=True):
        wanted = np.asarray(Image.fromarray(one).resize((64, 64), Image.Resampling.LANCZOS), float)
        assert np.abs(wanted - other).mean() < 1, "but for what two roundings make"


@pytest.mark.parametrize("name", UPSCALERS)
def test_sizes_and_lengths_that_it_cannot_give_are_refused(shelf, name):
    times = UPSCALERS[name]
    most = 32 * times
    assert shelf[name].capabilities().enlarges == times
    assert len(enlarged(shelf[name], Reel(2), upscale(2, most, 64, settings=few(name)))) == 2
    for width, height, frames, why in (
        (most + 2, 64, 1, "times larger"),
        (64, most + 2, 1, "times larger"),
        (most, most, 3, "has 2 frames"),
    ):
        with pytest.raises(Refused, match=why):
            enlarged(shelf[name], Reel(2), upscale(frames, width, height, settings=few(name)))
    with pytest.raises(Refused, match="times larger"):
        enlarged(shelf[name], Reel(2, 80, 80), upscale(1, 78, 78, settings=few(name)))


@pytest.mark.parametrize("name", LTX)
def test_a_long_take_is_read_once_a_chunk_ahead_and_joined_exactly(shelf, name, monkeypatch):
    """At most one chunk of the take is read ahead of what was given away, at any length."""
    runs = []
    real = ltx_upsample._enlarged
    monkeypatch.setattr(ltx_upsample, "_enlarged", lambda pipe, run: runs.append(len(run)) or real(pipe, run))
    for count in (33, 34, 100):
        runs.clear()
        reel, given, ahead = Reel(count), 0, []
        for output in shelf[name].render([Job(upscale(count), {TAKE: reel})], lambda *_, **__: None):
            if isinstance(output, Frame):
                given += 1
                ahead.append(reel.read - given)
        assert given == count == reel.read, "each frame once"
        assert max(ahead) < ltx_upsample.CHUNK
        assert sum(runs) == count + ltx_upsample.OVERLAP * (len(runs) - 1)
    assert len(runs) == 4


def test_frames_of_stable_diffusion_are_read_one_at_a_time(shelf):
    reel, given, ahead = Reel(12), 0, []
    job = Job(upscale(12, settings=few("tiny-sd-upscale")), {TAKE: reel})
    for output in shelf["tiny-sd-upscale"].render([job], lambda *_, **__: None):
        if isinstance(output, Frame):
            given += 1
            ahead.append(reel.read - given)
    assert (given, max(ahead)) == (12, 0)


@pytest.mark.parametrize("name", LTX)
def test_away_from_the_seam_a_chunk_s_frames_are_its_own_and_at_the_seam_they_fade(shelf, name):
    """The first and the last frames are those of their chunk; in the overlap, frames go from the one to the other."""
    renderer, count = shelf[name], 57
    reel = Reel(count)
    found = np.stack(enlarged(renderer, reel, upscale(count))).astype(float) / 255
    first = ltx_upsample._enlarged(renderer._pipe, list(reel.frames(0, 33)))
    second = ltx_upsample._enlarged(renderer._pipe, list(reel.frames(24, 57)))
    close = {"atol": 0.51 / 255}
    assert np.allclose(found[:24], first[:24], **close)
    assert np.allclose(found[33:], second[9:], **close)
    assert np.allclose(found[24], 0.9 * first[24] + 0.1 * second[0], **close)
    assert np.allclose(found[32], 0.1 * first[32] + 0.9 * second[8], **close)
    assert np.abs(first[28] - second[4]).max() > 1 / 255, "the two do differ there"


def test_equal_frames_stay_equal_so_that_only_what_moves_differs(shelf):
    """One noise for all frames: a still take of 10 frames is still when enlarged, and is no fault."""
    still = enlarged(
        shelf["tiny-sd-upscale"], Reel(10, still=True), upscale(10, settings=few("tiny-sd-upscale"))
    )
    assert all((frame == still[0]).all() for frame in still)
    seeds = [
        enlarged(shelf["tiny-sd-upscale"], Reel(1), upscale(1, seed=seed, settings=few("tiny-sd-upscale")))[0]
        for seed in (1, 2)
    ]
    assert (seeds[0] != seeds[1]).any()


@pytest.mark.parametrize(
    ("name", "values"),
    [("noise-level", (0, 300)), ("steps", (1, 2)), ("guidance", (1, 6)), ("look", ("", "ink"))],
)
def test_settings_of_stable_diffusion_act(shelf, name, values):
    base = few("tiny-sd-upscale")
    found = [
        enlarged(shelf["tiny-sd-upscale"], Reel(1), upscale(1, settings=base | {name: value}))[0]
        for value in values
    ]
    assert (found[0] != found[1]).any()


def test_the_picture_s_words_act_in_stable_diffusion_and_settings_that_ltx_has_not_are_refused(shelf):
    words = [a_picture(), a_picture().model_copy(update={"sentence": "A wide river in the snow."})]
    found = [
        enlarged(shelf["tiny-sd-upscale"], Reel(1), upscale(1, settings=few("tiny-sd-upscale")).model_copy(update={"picture": p}))[0]
        for p in words
    ]  # fmt: skip
    assert (found[0] != found[1]).any()
    with pytest.raises(Refused, match="steps"):
        enlarged(shelf["tiny-ltx-upsample"], Reel(1), upscale(1, settings={"steps": 2}))
    unwanted = shelf["tiny-sd-upscale"]._family.words(upscale(1, settings={"negative": "a cat"})).negative
    assert unwanted.endswith("a cat")
    with pytest.raises(BadInput, match="noise-level"):
        shelf["tiny-sd-upscale"].check({"noise-level": 400})


@pytest.mark.parametrize("name", UPSCALERS)
def test_black_frames_of_a_take_that_is_not_black_are_a_bad_take(shelf, name, monkeypatch):
    request = upscale(3, settings=few(name))
    black = type("Black", (Reel,), {"frame": lambda self, n: np.zeros((32, 32, 3), np.uint8)})(3)
    processor = shelf[name]._pipe.video_processor if name in LTX else shelf[name]._pipe.image_processor
    method = "postprocess_video" if name in LTX else "postprocess"
    real = getattr(processor, method)
    monkeypatch.setattr(processor, method, lambda *a, **k: real(*a, **k) * 0)
    assert len(enlarged(shelf[name], black, request)) == 3
    with pytest.raises(BadTake, match="black"):
        enlarged(shelf[name], Reel(3), request)


def test_a_stop_in_the_middle_leaves_it_usable(shelf):
    for name in UPSCALERS:
        request = upscale(40 if name in LTX else 2, settings=few(name))
        before = enlarged(shelf[name], Reel(40), request)

        def stop(job, share, words=""):
            raise KeyboardInterrupt

        with pytest.raises(KeyboardInterrupt):
            frames_of(shelf[name], Job(request, {TAKE: Reel(40)}), tick=stop)
        assert all(
            (a == b).all() for a, b in zip(before, enlarged(shelf[name], Reel(40), request), strict=True)
        )


def test_progress_rises_from_chunk_to_chunk_and_frame_to_frame(shelf):
    for name, frames, steps in (("tiny-ltx-upsample", 60, 3), ("tiny-sd-upscale", 3, 6)):
        shares = []
        settings = few(name) | ({"steps": 2} if name == "tiny-sd-upscale" else {})
        job = Job(upscale(frames, settings=settings), {TAKE: Reel(60)})
        frames_of(shelf[name], job, tick=lambda job, share, words="", shares=shares: shares.append(share))
        assert len(shares) == steps + 1
        assert shares == sorted(shares)


# -- the pieces it is made of -----------------------------------------------------------------


@pytest.mark.parametrize("count", [1, 2, 5, 9, 10, 33, 34, 57, 58, 100])
def test_chunks_overlap_and_their_frames_fade_into_one_clip(count):
    runs = list(chunks(iter(range(count)), 33, 9))
    assert runs[0] == list(range(min(33, count)))
    for one, other in itertools.pairwise(runs):
        assert other[:9] == one[-9:]
        assert len(other) > 9
    pictures = (np.array(run, np.float32)[:, None, None, None] for run in runs)
    joined = np.concatenate(list(cross_faded(pictures, 9)))[:, 0, 0, 0]
    assert joined.tolist() == pytest.approx(list(range(count)))


def test_runs_are_made_whole_and_frames_padded_by_their_own_edge():
    assert [len(whole(list(range(n)), 8)) for n in (1, 2, 9, 10)] == [1, 9, 9, 17]
    assert whole([1, 2], 8)[-1] == 2
    frame = np.arange(2 * 3 * 3, dtype=np.uint8).reshape(2, 3, 3)
    wide = padded(frame, 4)
    assert wide.shape == (4, 4, 3)
    assert (wide[:2, :3] == frame).all()
    assert (wide[3, 3] == frame[1, 2]).all()


def test_scaling_down_keeps_the_middle_and_the_mean():
    from types import SimpleNamespace

    frames = np.random.default_rng(0).random((2, 32, 48, 3), np.float32)
    ready = SimpleNamespace(width=24, height=24)
    found = enlarging.fitted(frames, ready)
    assert found.shape == (2, 24, 24, 3)
    assert found.dtype == np.float32
    assert abs(found.mean() - frames[:, :, 8:40].mean()) < 0.01, "cut to the middle, evenly"
    assert enlarging.fitted(frames, SimpleNamespace(width=48, height=32)) is frames
