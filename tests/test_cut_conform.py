"""Conform: any take in the film's raster and rate, without drift."""

from fractions import Fraction

import numpy as np
import pytest

from photoplay.render.cut.conform import Conformed, Conformer
from photoplay.render.protocol import Frame, Job, Notice, Renderer
from photoplay.render.requests import Conform, Input, Raster, Score
from photoplay.storyboard.errors import Refused
from photoplay.storyboard.rate import Rate


class Reel:
    """Frames in memory whose red says their index."""

    def __init__(self, count, rate=None, size=(72, 128), left=None):
        self.count, self.rate = count, rate or Rate()
        self._size, self._left = size, left

    def frame(self, index):
        if not 0 <= index < self.count:
            raise IndexError(index)
        pixels = np.full((*self._size, 3), index, np.uint8)
        if self._left is not None:
            pixels[:, : self._size[1] // 4] = self._left
        return pixels

    def frames(self, start, stop):
        for index in range(start, stop):
            yield self.frame(index)


def indices(reel, rate, frames, start=0):
    conformed = Conformed(reel, Raster(width=128, height=72), rate, frames, start=start)
    return [int(f[0, 0, 0]) for f in conformed.frames(0, frames)]


def test_rates_are_met_by_the_nearest_frame():
    assert indices(Reel(10, Rate(num=12)), Rate(), 8) == [0, 0, 1, 1, 2, 2, 3, 3]
    assert indices(Reel(50, Rate(num=48)), Rate(), 4) == [1, 3, 5, 7]
    assert indices(Reel(9), Rate(), 5, start=3) == [3, 4, 5, 6, 7]


def test_a_film_of_two_hours_does_not_drift_from_its_take():
    film, frames = Rate(num=24000, den=1001), 172_627
    conformed = Conformed(Reel(10**9, Rate(num=30)), Raster(width=128, height=72), film, frames)
    last = conformed._wanted(frames - 1)
    assert abs(Fraction(last, 30) - film.seconds(frames - 1)) <= Fraction(1, 24)


@pytest.mark.parametrize("size", [(72, 72), (144, 128), (33, 301), (720, 1280)])
def test_fill_leaves_no_bars_and_fit_loses_nothing(size):
    raster = Raster(width=128, height=72)
    reel = Reel(256, size=size)
    filled = Conformed(reel, raster, Rate(), 256).frame(255)
    assert filled.shape == (72, 128, 3)
    assert filled.min() > 250
    fitted = Conformed(Reel(256, size=size, left=100), raster, Rate(), 256, framing="fit").frame(255)
    assert fitted.shape == (72, 128, 3)
    assert {90 <= v <= 110 for v in (fitted.max(axis=(0, 2)))} >= {True}
    if size != (720, 1280):
        assert fitted.min() == 0


def test_the_conformer_is_a_renderer_and_tells_of_short_takes():
    assert isinstance(Conformer(), Renderer)
    take = Input(key="0" * 64)
    request = Conform(take=take, frames=8, raster=Raster(width=64, height=64))
    told = []
    made = list(Conformer().render([Job(request, {take: Reel(5)})], lambda job, share: told.append(share)))
    frames = [m for m in made if isinstance(m, Frame)]
    assert sum(f.hold for f in frames) == 8
    assert frames[-1].hold == 4
    assert [m.kind for m in made if isinstance(m, Notice)] == ["held"]
    assert told[-1] == 1


def test_the_conformer_refuses_other_requests():
    with pytest.raises(Refused):
        list(Conformer().render([Job(Score(milliseconds=5, cues=()))], lambda job, share: None))
