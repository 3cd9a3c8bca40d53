"""Grades: one look over the film, shots matched to their scene's first, and all of it undone at no cost."""

import json

import numpy as np
import pytest
from films import slate_film
from tiny_films import copy_of_a_film, opened

from photoplay.agent.manifest import read_manifest
from photoplay.agent.replay import replay
from photoplay.memory.collecting import find_waste
from photoplay.memory.project import Project
from photoplay.render.crew import SoloCrew
from photoplay.render.cut.conform import Conformer
from photoplay.render.cut.footage import open_footage
from photoplay.render.cut.grade import (
    LEAST_SPREAD,
    MOST_COLOUR,
    MOST_LIGHT,
    MOST_SPREAD,
    Graded,
    Match,
    graded,
    matched,
    oklab,
    shown,
    statistics,
)
from photoplay.render.lab import grading
from photoplay.render.protocol import Frame, Job
from photoplay.render.requests import Grade, Input, Raster
from photoplay.storyboard.edits import Setting
from photoplay.storyboard.errors import UnknownName
from photoplay.storyboard.grading import GRADES, read_grade
from photoplay.storyboard.timeline import timeline
from photoplay.studio.collecting import _planned
from photoplay.studio.settings import Wishes

NOISE = np.random.default_rng(0).integers(0, 256, (120, 160, 3), dtype=np.uint8)


class Reel:
    """The same picture, over and over."""

    def __init__(self, pixels=NOISE, count=4):
        self.pixels, self.count = pixels, count

    def frame(self, index):
        return self.pixels

    def frames(self, start, stop):
        return (self.pixels for _ in range(start, stop))


def flat(red, green, blue):
    return np.full((40, 40, 3), (red, green, blue), np.uint8)


def exact(pixels, look, match=None):
    return 255 * np.clip(graded(pixels / 255, look, match), 0, 1)


@pytest.mark.parametrize("look", list(GRADES))
def test_a_grade_is_what_its_numbers_say(look):
    """Looked up in cubes, every colour is near the function computed for it alone."""
    off = np.abs(Graded(Reel(), look, None)(NOISE) - exact(NOISE, look))
    assert np.percentile(off, 99) <= 1.5
    assert off.max() <= 3.5


@pytest.mark.parametrize("look", list(GRADES))
def test_greys_stay_in_order_and_nothing_is_the_same(look):
    ramp = np.repeat(np.arange(256, dtype=float)[:, None], 3, axis=1) / 255
    seen = graded(ramp, look, None)
    assert (np.diff(seen, axis=0) >= -1e-9).all()
    assert np.abs(255 * (seen - ramp)).max() > 3


def test_black_and_white_has_no_colour():
    seen = Graded(Reel(), "noir", None)(NOISE).astype(int)
    assert np.ptp(seen, axis=-1).max() <= 1


def test_a_slow_ramp_keeps_more_levels_than_rounding_would():
    """Where tones are pulled together, the dither holds the mean of what lies between two code values."""
    levels = np.arange(60, 66, dtype=np.uint8)
    ramp = np.repeat(np.repeat(levels, 100)[None, :, None], 40, axis=0).repeat(3, axis=2)
    seen, wanted = Graded(Reel(), "faded", None)(ramp), exact(ramp, "faded")
    off = [np.abs(seen[ramp[..., 0] == n].mean(axis=0) - wanted[ramp[..., 0] == n][0]) for n in levels]
    rounded = [np.abs(np.round(wanted) - wanted)[ramp[..., 0] == n][0] for n in levels]
    assert np.max(off) < 0.15 < np.max(rounded)


def test_oklab_there_and_back():
    colours = NOISE.reshape(-1, 3) / 255
    assert np.abs(shown(oklab(colours)) - colours).max() < 1e-4  # the published matrices have ten digits
    assert oklab(np.array([[1.0, 1.0, 1.0]]))[0] == pytest.approx([1.0, 0.0, 0.0], abs=1e-4)


def test_a_match_goes_towards_the_anchor_and_is_bounded():
    dark, light = statistics(Reel(NOISE // 4)), statistics(Reel(NOISE))
    found = matched(dark, light)
    assert found.shift[0] == pytest.approx(MOST_LIGHT)
    far = matched(statistics(Reel(flat(200, 20, 20))), statistics(Reel(flat(20, 20, 200))))
    assert max(abs(s) for s in far.shift[1:]) <= MOST_COLOUR + 1e-9
    assert all(LEAST_SPREAD <= s <= MOST_SPREAD for s in (*found.spread, *far.spread))
    same = matched(light, light)
    assert same.shift == (0, 0, 0)
    assert same.spread == (1, 1, 1)
    near = statistics(Reel(flat(120, 110, 100))), statistics(Reel(flat(130, 112, 96)))
    before = np.subtract(near[1].mean, near[0].mean)
    after = statistics(Reel(Graded(Reel(), "", matched(*near))(flat(120, 110, 100))))
    assert np.abs(np.subtract(near[1].mean, after.mean)).sum() < 0.4 * np.abs(before).sum()


def test_nothing_flickers():
    """An equal pixel becomes an equal pixel in every frame of a take, whatever else is in the frame."""
    colour = Graded(Reel(), "warm", Match((0.5, 0, 0), (1.1, 1, 1), (0.02, 0, 0)))
    other = NOISE.copy()
    other[:, :80] = 255 - other[:, :80]
    first, second = colour(NOISE), colour(other)
    assert np.array_equal(first[:, 80:], second[:, 80:])
    assert not np.array_equal(first[:, :80], second[:, :80])


def test_the_renderer_holds_what_the_take_holds():
    asked = Grade(take=Input(key="a" * 64), frames=6, raster=Raster(width=160, height=120), look="cold")
    given = list(Conformer().render([Job(asked, {asked.take: Reel(count=1)})], lambda job, share: None))
    assert [one.hold for one in given if isinstance(one, Frame)] == [6]


def test_names_are_known_and_others_are_told():
    assert read_grade("None") == ""
    assert read_grade(" warm ") == "warm"
    with pytest.raises(UnknownName, match=r"no grade called 'sepia'.*bleach, cold"):
        read_grade("sepia")
    asked = Wishes({"grade": "noir", "match": "on"}, {}).settings(None)
    assert (asked.grade, asked.match) == ("noir", True)
    assert Wishes({"grade": "none"}, {}).settings(asked).grade == ""


def test_a_film_that_is_not_graded_says_nothing_of_it():
    """So no key and no old film moves."""
    told = slate_film().settings.model_dump(mode="json")
    assert "grade" not in told
    assert "match" not in told


@pytest.fixture(scope="module")
def production(tmp_path_factory):
    return opened(copy_of_a_film(tmp_path_factory.mktemp("grading") / "film"))


def colour_of(production, item):
    laid = timeline(production.film)
    clip = next(c for c in laid.clips if c.item == item)
    with open_footage(production.project.out / "film.mp4") as film:
        return film.frame(clip.start + clip.frames // 2).astype(int)


def test_a_film_is_graded_copied_and_set_back(production):
    shot = production.film.shots[2].id
    plain = colour_of(production, shot)
    assert np.ptp(plain, axis=-1).max() > 20
    raw = dict(production.takes())
    production.edit([Setting(grade="noir", match=True)], "black and white")
    assert production.step() == "cut"
    production.render()
    assert np.ptp(colour_of(production, shot), axis=-1).max() <= 3
    assert np.ptp(colour_of(production, production.film.opening.id), axis=-1).max() <= 3
    assert dict(production.takes()) == raw, "the takes themselves stay as they were"
    assert production.delivered.copied_frames > 0.5 * production.delivered.frames
    assert not [t for t in find_waste(production.project, _planned(production)).takes if t.kind == "grade"]
    stored = set(production.project.store.keys())
    production.edit([Setting(grade="", match=False)], "in colour again")
    production.render()
    assert np.abs(colour_of(production, shot) - plain).max() == 0
    production.edit([Setting(grade="noir", match=True)], "black and white again")
    production.render()
    assert set(production.project.store.keys()) == stored, "nothing was graded twice"


def test_shots_are_matched_to_the_first_of_their_scene(production):
    film = production.film.model_copy(
        update={"settings": production.film.settings.model_copy(update={"grade": "", "match": True})}
    )
    used = {item: key for item, (_, key) in production.takes().items()}
    lab = grading(film, production.project.store, used)
    firsts = {}
    for shot in film.shots:
        firsts.setdefault(shot.scene, shot.id)
    for node in lab.nodes:
        scene = next(shot.scene for shot in film.shots if shot.id == node.item)
        assert node.request.like.key == used[firsts[scene]]
    assert {node.item for node in lab.nodes} == {s.id for s in film.shots} - set(firsts.values())
    assert all(lab.takes[item] == used[item] for item in firsts.values())


def test_a_grade_is_remembered_with_the_film(production):
    production.edit([Setting(grade="cold")], "cold")
    assert Project.open(production.project.folder).film.settings.grade == "cold"


@pytest.mark.slow
def test_a_graded_film_is_made_again_from_its_manifest_bit_for_bit(tmp_path):
    graded_film = opened(copy_of_a_film(tmp_path / "film"))
    graded_film.edit([Setting(grade="bleach", match=True)], "bleach")
    graded_film.render()
    told = json.loads((graded_film.project.out / "report.json").read_text())
    assert told["grade"] == {"look": "bleach", "matched": True}
    manifest = read_manifest(graded_film.project.out / "manifest.json")
    assert replay(manifest, tmp_path / "again", crew=SoloCrew()).film_equal
