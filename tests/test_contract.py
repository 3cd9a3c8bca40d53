"""One contract over all renderers."""

import pytest
from films import slate_film

from photoplay.render.contract import check_renderer, rendered
from photoplay.render.fake import SlateRenderer
from photoplay.render.preflight import preflight
from photoplay.render.protocol import Capabilities, Job
from photoplay.render.registry import find_renderer, renderer_names
from photoplay.render.requests import (
    Between,
    Effect,
    Raster,
    Score,
    ScoreCue,
    Speak,
    Still,
    Title,
)
from photoplay.storyboard.errors import BadInput, UnknownName
from photoplay.storyboard.looks import Voice
from photoplay.storyboard.picture import picture
from photoplay.storyboard.vocabulary import Beat, Mood

FILM = slate_film()
PICTURE = picture(FILM, FILM.shots[0])
RASTER = Raster(width=128, height=72)
REQUESTS = {
    "still": Still(picture=PICTURE, raster=RASTER),
    "between": Between(picture=PICTURE, raster=RASTER, frames=10),
    "title": Title(heading="The keeper", body="a film", raster=RASTER, frames=30),
    "speak": Speak(words="A light on the sea.", voice=Voice()),
    "effect": Effect(name="knock", milliseconds=900),
    "score": Score(milliseconds=3000, cues=(ScoreCue(at=0, mood=Mood.calm, beat=Beat.setup),)),
}


def runs_here(name):
    try:
        preflight([name], find_renderer)
    except BadInput:
        return False
    return find_renderer(name).capabilities().device == "cpu"  # weights: tests/test_diffusion_*.py


CASES = [
    (name, kind)
    for name in renderer_names()
    if runs_here(name)
    for kind in sorted(find_renderer(name).capabilities().requests)
    if kind in REQUESTS
]


@pytest.mark.parametrize(("name", "kind"), CASES)
def test_every_renderer_keeps_the_contract(name, kind):
    check_renderer(find_renderer(name), REQUESTS[kind])


def test_every_built_in_renderer_is_covered():
    assert {name for name, _ in CASES} >= {"animatic", "cards", "espeak", "foley", "score", "slate"}


class _Deaf(SlateRenderer):
    """Declares references and ignores them."""

    def render(self, jobs, tick):
        deaf = [Job(j.request.model_copy(update={"anchors": ()})) for j in jobs]
        return super().render(deaf, tick)


class _Greedy(SlateRenderer):
    """Takes a last frame that it does not declare."""

    def capabilities(self):
        return Capabilities(requests=frozenset({"between"}), inputs=frozenset({"first", "references"}))


@pytest.mark.parametrize(("renderer", "words"), [(_Deaf(), "does not use it"), (_Greedy(), "in silence")])
def test_the_contract_catches_a_renderer_that_breaks_it(renderer, words):
    with pytest.raises(AssertionError, match=words):
        check_renderer(renderer, REQUESTS["between"])


def test_another_seed_or_picture_is_another_take():
    renderer = find_renderer("slate")
    base = REQUESTS["between"]
    other = base.model_copy(update={"seed": 1})
    assert rendered(renderer, base) != rendered(renderer, other)


def test_an_unknown_renderer_is_named_with_those_that_exist():
    with pytest.raises(UnknownName, match="animatic"):
        find_renderer("nosuch")
    with pytest.raises(BadInput, match="no variants"):
        find_renderer("animatic:other")
