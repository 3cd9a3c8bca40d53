"""More frames than there are: moved along, not faded, and the take's own are untouched."""

import numpy as np
import pytest

from photoplay.render.cut.conform import Conformer
from photoplay.render.cut.motion import between_frames
from photoplay.render.protocol import Frame, Job, Notice
from photoplay.render.requests import Conform, Input, Raster
from photoplay.storyboard.errors import Refused
from photoplay.storyboard.rate import Rate

WIDE, HIGH, PACE = 160, 96, 8


class Sliding:
    """A red block that goes ``PACE`` pixels to the right in each frame."""

    rate = Rate(num=8)

    def __init__(self, count):
        self.count = count
        self.read = 0

    def frame(self, index):
        if not 0 <= index < self.count:
            raise IndexError(index)
        pixels = np.full((HIGH, WIDE, 3), 90, np.uint8)
        pixels[30:60, 10 + PACE * index : 40 + PACE * index] = (220, 40, 30)
        return pixels

    def frames(self, start, stop):
        for index in range(start, stop):
            self.read = index
            yield self.frame(index)


def moved(count, times=2, start=0):
    rate = Rate(num=8 * times)
    return list(between_frames(Sliding(count), Rate(num=8), rate, Raster(width=WIDE, height=HIGH), start))


def edge(pixels):
    return int((pixels[45, :, 0] > 150).nonzero()[0].min())


@pytest.mark.parametrize("times", [2, 3])
def test_frames_between_are_moved_along_and_the_takes_own_are_untouched(times):
    frames = moved(8, times)
    assert len(frames) == 7 * times + 1
    for i in range(8):
        assert np.array_equal(frames[i * times], Sliding(8).frame(i))
    for i, pixels in enumerate(frames):
        assert abs(edge(pixels) - (10 + PACE * i / times)) <= (1 if times == 2 else 3)
        assert int(pixels[45, :, 0].max()) > 200, "a fade would show two pale blocks"


def test_equal_takes_give_equal_frames_and_two_frames_are_enough():
    assert all(np.array_equal(a, b) for a, b in zip(moved(5), moved(5), strict=True))
    assert len(moved(2)) == 3
    assert len(moved(1)) == 1
    assert [edge(p) for p in moved(6, start=3)][::2] == [34, 42, 50]


def test_a_long_take_is_read_as_it_is_given_away():
    take = Sliding(14)
    reel = between_frames(take, Rate(num=8), Rate(num=16), Raster(width=WIDE, height=HIGH))
    for given, _ in enumerate(reel):
        assert take.read <= given // 2 + 4, "no more than a few frames are held"


def test_only_multiples_of_the_rate_and_frames_with_blocks_to_follow():
    with pytest.raises(Refused, match="multiple of 8"):
        list(between_frames(Sliding(4), Rate(num=8), Rate(num=20), Raster(width=WIDE, height=HIGH)))
    small = Raster.model_construct(width=64, height=16)
    with pytest.raises(Refused, match="follows motion"):
        list(between_frames(Sliding(4), Rate(num=8), Rate(num=16), small))


def conformed(take, frames):
    given = Input(key="a" * 64)
    request = Conform(
        take=given, frames=frames, rate=Rate(num=16), raster=Raster(width=WIDE, height=HIGH), motion="flow"
    )
    return list(Conformer().render([Job(request, {given: take})], lambda job, share, words="": None))


def test_conform_gives_as_many_as_asked_and_says_what_it_held():
    exact = conformed(Sliding(5), 9)
    assert sum(o.hold for o in exact if isinstance(o, Frame)) == 9
    assert not [o for o in exact if isinstance(o, Notice)]
    short = conformed(Sliding(5), 12)
    assert sum(o.hold for o in short if isinstance(o, Frame)) == 12
    assert [o.kind for o in short if isinstance(o, Notice)] == ["held"]
