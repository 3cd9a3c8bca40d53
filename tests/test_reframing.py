"""The finished film in another shape: whom a shot is about stays in the frame, and the film stays as it is."""

from fractions import Fraction

import numpy as np
import pytest
from films import slate_film
from tiny_films import copy_of_a_film, opened

from photoplay.agent.release import write_releases
from photoplay.render.cut.conform import Conformer
from photoplay.render.cut.footage import open_footage
from photoplay.render.cut.reframe import Reframed, Window, reframed, window_of
from photoplay.render.cut.subject import Sight, moments, staged_sights
from photoplay.render.protocol import Frame, Job
from photoplay.render.requests import Input, Raster, Reframe, Staged
from photoplay.storyboard.aspects import ASPECTS, is_aspect, read_aspect, short_of, size_of
from photoplay.storyboard.errors import BadInput, RenderError
from photoplay.storyboard.picture import picture
from photoplay.storyboard.rate import Rate
from photoplay.studio.settings import Wishes

TALL = Raster(width=180, height=320)
WIDE = (640, 360)


def sights(boxes, head=None, seconds=0.25):
    return [Sight(n * seconds, (box,), head) for n, box in enumerate(boxes)]


def windows(found, raster=TALL, frames=96, fps=24.0):
    return window_of(found, WIDE, raster, frames, fps)


@pytest.mark.parametrize("aspect", list(ASPECTS))
@pytest.mark.parametrize("short", [144, 360, 720, 1080, 2160])
def test_a_shape_is_even_pixels_that_are_known_for_it_again(aspect, short):
    width, height = size_of(aspect, short)
    assert width % 2 == height % 2 == 0
    assert abs(Fraction(width, height) / ASPECTS[aspect] - 1) < Fraction(2, min(width, height))
    assert is_aspect(width, height, aspect)
    assert not any(is_aspect(width, height, other) for other in ASPECTS if other != aspect)
    assert abs(short_of(width, height) - short) <= 1 or width == 8192 or height == 8192


def test_the_shape_is_asked_for_by_name():
    asked = Wishes({"aspect": "9:16"}, {}).settings(None)
    assert (asked.width, asked.height) == (720, 1280)
    both = Wishes({"aspect": "2.39:1", "size": "1920x804"}, {}).settings(None)
    assert (both.width, both.height) == (1920, 804)
    with pytest.raises(BadInput, match=r"1280x720 is not 1:1.*720x720"):
        Wishes({"aspect": "1:1", "size": "1280x720"}, {}).settings(None)
    with pytest.raises(BadInput, match=r"no shape of a frame.*9:16, 1:1, 2.39:1"):
        read_aspect("4:3")


def test_who_stands_aside_is_in_the_window_which_stands_still():
    found = windows(sights([(0.05, 0.1, 0.2, 0.9)] * 17))
    assert found.stands
    assert found.left[0] <= 0.05 * 640
    assert found.left[0] + found.width >= 0.2 * 640


def test_a_composition_is_kept_where_there_is_room():
    """Who stood on the left third stands on the left third again."""
    box = (0.30, 0.2, 0.36, 0.9)
    found = windows(sights([box] * 9), Raster(width=360, height=360))
    assert (0.33 * 640 - found.left[0]) / found.width == pytest.approx(0.33, abs=0.01)


def test_who_sways_is_not_followed_and_who_crosses_is_without_a_jolt():
    sways = [(0.4 + 0.02 * (-1) ** n, 0.1, 0.55 + 0.02 * (-1) ** n, 1.0) for n in range(33)]
    assert windows(sights(sways), frames=193).stands
    steps = np.linspace(0.03, 0.84, 33) + 0.02 * (-1.0) ** np.arange(33)
    crosses = [(x, 0.1, x + 0.12, 1.0) for x in steps]
    found = windows(sights(crosses), frames=193)
    assert not found.stands
    seconds = np.arange(193) / 24
    left = np.interp(seconds, np.arange(33) / 4, [b[0] for b in crosses]) * 640
    assert (found.left <= left + 0.02 * 640).all()
    assert (found.left + found.width >= left + (0.12 - 0.02) * 640).all()
    assert np.abs(np.diff(found.left)).max() < 6  # pixels a frame, of 640
    assert np.abs(np.diff(found.left, 2)).max() < 0.5
    assert found.left.min() >= 0
    assert found.left.max() + found.width <= 640


def test_a_head_is_kept_where_the_rest_does_not_fit():
    scope = Raster(width=640, height=268)
    found = windows(sights([(0.4, 0.06, 0.6, 1.0)] * 9, (0.5, 0.16)), scope)
    assert 0 <= found.top[0] <= 0.06 * 360
    lying = windows(sights([(0.1, 0.5, 0.95, 0.9)] * 9, (0.15, 0.7)))
    assert lying.left[0] < 0.15 * 640 < lying.left[0] + lying.width


def test_the_head_of_somebody_taller_is_not_cut_off():
    """A child and a nurse in one wide frame: the nurse is taller than the window, and her head is kept."""
    boxes = ((0.3, 0.45, 0.4, 0.95), (0.55, 0.04, 0.65, 0.98))
    found = windows([Sight(n / 4, boxes, (0.35, 0.5), 0.04) for n in range(9)], Raster(width=640, height=268))
    assert found.top[0] <= 0.04 * 360
    far = windows([Sight(n / 4, boxes, (0.35, 0.9), 0.04) for n in range(9)], Raster(width=640, height=268))
    assert far.top[0] + far.height > 0.9 * 360, "but not at the price of whom the shot is about"


def test_of_an_animal_longer_than_the_window_the_snout_is_kept_with_the_face():
    right = windows(sights([(0.2, 0.3, 0.8, 0.9)] * 9, (0.66, 0.4)))
    assert right.left[0] <= 0.66 * 640
    assert right.left[0] + right.width >= 0.8 * 640
    left = windows(sights([(0.2, 0.3, 0.8, 0.9)] * 9, (0.34, 0.4)))
    assert left.left[0] <= 0.2 * 640


def test_others_are_kept_as_far_as_they_fit_and_nobody_gives_the_middle():
    near = [Sight(n / 4, ((0.4, 0.1, 0.5, 0.9), (0.55, 0.1, 0.65, 0.9))) for n in range(9)]
    found = windows(near)
    assert found.left[0] <= 0.4 * 640
    assert found.left[0] + found.width >= 0.65 * 640
    far = [Sight(n / 4, ((0.1, 0.1, 0.2, 0.9), (0.8, 0.1, 0.9, 0.9))) for n in range(9)]
    assert windows(far).left[0] <= 0.1 * 640
    assert windows([]).left[0] == pytest.approx((640 - 202.5) / 2)


class Walk:
    """A white square of 40 pixels that crosses a black frame."""

    count, rate = 96, Rate()

    def at(self, index):
        return 20 + index * 560 // 95

    def frame(self, index):
        pixels = np.zeros((360, 640, 3), np.uint8)
        pixels[160:200, self.at(index) : self.at(index) + 40] = 255
        return pixels

    def frames(self, start, stop):
        return map(self.frame, range(start, stop))


def staged(figures=True, drawn=False):
    film = slate_film(width=640, height=360)
    seen = picture(film, film.shots[0])
    if not figures:
        seen = seen.model_copy(update={"figures": (), "things": ()})
    return Staged(picture=seen, raster=Raster(width=640, height=360), frames=96, drawn=drawn)


def test_of_a_take_that_nobody_staged_what_moves_is_followed():
    found = reframed(Walk(), WIDE, staged(figures=False), TALL)
    lit = [int((found.frame(index) > 128).sum()) for index in range(0, 96, 5)]
    whole = int((Walk().frame(0) > 128).sum() * (320 / 360) ** 2)
    assert min(lit) > 0.75 * whole


def test_of_a_take_that_the_animatic_drew_the_staging_is_known():
    asked = staged(drawn=True)
    found = staged_sights(asked, moments(96, 24.0))
    assert all(one.boxes[0] is not None and one.head is not None for one in found)
    left, top, right, bottom = found[0].boxes[0]
    assert left <= found[0].head[0] <= right
    assert top <= found[0].head[1] <= (top + bottom) / 2


def test_frames_through_a_window_that_stands_are_the_take_s_own_pixels():
    random = np.random.default_rng(0)
    noise = random.integers(0, 255, (360, 640, 3), dtype=np.uint8)

    class Still(Walk):
        count = 3

        def frame(self, index):
            return noise

    window = Window(np.full(3, 141.0), np.full(3, 0.0), 360.0, 360.0)
    found = Reframed(Still(), window, Raster(width=360, height=360))
    assert np.array_equal(found.frame(1), noise[:, 141:501])
    assert [hold for _, hold in found.runs()] == [3]


def test_the_renderer_gives_every_frame_once():
    asked = Reframe(
        take=Input(key="a" * 64), frames=96, raster=TALL, staged=staged(figures=False),
    )  # fmt: skip
    given = list(Conformer().render([Job(asked, {asked.take: Walk()})], lambda job, share: None))
    frames = [one for one in given if isinstance(one, Frame)]
    assert sum(one.hold for one in frames) == 96
    assert {one.pixels.shape for one in frames} == {(320, 180, 3)}


@pytest.fixture(scope="module")
def production(tmp_path_factory):
    return opened(copy_of_a_film(tmp_path_factory.mktemp("reframing") / "film"))


def test_a_release_in_another_shape_leaves_the_film_and_is_as_long(production):
    film = production.project.out / "film.mp4"
    before = film.read_bytes()
    settings = production.film.settings
    written = write_releases(production, ["web"], aspect="1:1")
    assert written.paths[0].name == "film-web-1x1.mp4"
    assert written.poster.name == "poster-1x1.jpg"
    assert film.read_bytes() == before
    assert production.step() == "done"
    with open_footage(written.paths[0]) as found, open_footage(film) as whole:
        short = min(settings.width, settings.height)
        assert found.size == (short, short)
        assert (found.count, found.rate) == (whole.count, whole.rate)
    stored = set(production.project.store.keys())
    write_releases(production, ["web"], aspect="1x1")
    assert set(production.project.store.keys()) == stored


def test_the_film_s_own_shape_is_the_film(production):
    settings = production.film.settings
    own = next(a for a in ASPECTS if is_aspect(settings.width, settings.height, a))
    written = write_releases(production, ["web"], aspect=own)
    assert written.paths[0].name == "film-web.mp4"


def test_a_damaged_take_is_told_of_before_anything_is_made(tmp_path):
    fresh = opened(copy_of_a_film(tmp_path / "film"))
    shot = fresh.film.shots[1].id
    path = fresh.project.store.path(fresh.takes()[shot][1], "picture")
    data = bytearray(path.read_bytes())
    data[len(data) // 2] ^= 255
    path.write_bytes(data)
    stored, out = set(fresh.project.store.keys()), sorted(fresh.project.out.iterdir())
    with pytest.raises(RenderError, match=rf"takes of {shot} are damaged. Run `photoplay render"):
        write_releases(fresh, ["web"], aspect="9:16")
    assert (set(fresh.project.store.keys()), sorted(fresh.project.out.iterdir())) == (stored, out)
    fresh.render()
    assert write_releases(fresh, ["web"], aspect="9:16").paths[0].is_file()


def test_a_shape_that_there_is_none_of_is_refused(production):
    before = sorted(production.project.out.iterdir())
    with pytest.raises(BadInput, match="4:3"):
        write_releases(production, ["web"], aspect="4:3")
    assert sorted(production.project.out.iterdir()) == before
