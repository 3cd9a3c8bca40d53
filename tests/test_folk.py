"""Animals with a trade stand upright, dressed, with hands; people who work with animals stay people."""

from __future__ import annotations

import pytest
import skia

from photoplay.render.animatic.figures.acting import Acting
from photoplay.render.animatic.figures.figure import Figure
from photoplay.render.animatic.figures.folk import FolkHead
from photoplay.render.animatic.figures.person import Person
from photoplay.render.animatic.ink import Ink
from photoplay.render.diffusion import subjects
from photoplay.storyboard.looks import BodyLook
from photoplay.storyboard.picture import FigureIn
from photoplay.storyboard.treatment import TreatedCharacter
from photoplay.storyboard.vocabulary import Action, Being, Expression, Facing, Hat
from photoplay.storyboard.wardrobe import look_of


def _look(noun: str, words: str = "somebody") -> BodyLook:
    made = TreatedCharacter(name=f"the {noun}", noun=noun, words=words, being=None)
    return look_of(made, 1, noun, frozenset(), None)[0]


@pytest.mark.parametrize(
    ("noun", "species"),
    [("fox lawyer", "fox"), ("mouse king", "mouse"), ("duck detective", "duck"), ("monkey judge", "monkey")],
)
def test_animal_with_a_trade_is_the_animal_with_hands(noun: str, species: str) -> None:
    look = _look(noun)
    assert (look.being, look.species) == (Being.person, species)
    figure = Figure(look, (), Ink(), 1)
    assert figure.hand(Acting(Action.point, Expression.neutral, Facing.right), 1.0) is not None


@pytest.mark.parametrize("noun", ["camel driver", "lion tamer", "pig farmer", "bear hunter", "cat lady"])
def test_people_who_work_with_animals_are_people(noun: str) -> None:
    assert _look(noun).species == "person"


def test_trade_dresses_the_animal() -> None:
    assert _look("mouse king").hat is Hat.crown


def test_fur_is_of_the_species_where_no_fur_is_told() -> None:
    assert (
        _look("fox lawyer", "A slender fox lawyer, mossy green.").coat_colour
        == _look("fox lawyer").coat_colour
    )
    assert _look("fox lawyer", "a fox with white fur").coat_colour != _look("fox lawyer").coat_colour


def test_small_animals_are_small_people() -> None:
    heights = [Figure(_look(n), (), Ink(), 1).height for n in ("mouse king", "fox lawyer", "bear baker")]
    assert heights == sorted(heights)
    assert heights[0] < 0.7 * heights[2]


def test_head_on_the_shoulders_is_the_animals(monkeypatch: pytest.MonkeyPatch) -> None:
    """The picture changes where the animal's head is not drawn, and shows fur where skin would be."""
    look = _look("fox lawyer")

    def picture() -> bytes:
        surface = skia.Surface(120, 160)
        surface.getCanvas().translate(60, 150)
        surface.getCanvas().scale(90, 90)
        figure = Figure(look, (), Ink(), 1)
        assert isinstance(figure._body, Person)
        figure.draw(surface.getCanvas(), Acting(Action.stand, Expression.happy, Facing.camera), 0.5, 2.0)
        return bytes(surface.makeImageSnapshot().tobytes())

    whole = picture()
    monkeypatch.setattr(FolkHead, "draw", lambda *_: None)
    assert picture() != whole


def test_models_are_told_the_animal_once_and_that_it_stands_upright() -> None:
    look = _look("fox lawyer")
    figure = FigureIn(id="a", noun="fox lawyer", words="", look=look)
    assert subjects._who_person(figure) == "an upright fox in human clothes, a fox lawyer"
    ape = figure.model_copy(
        update={"noun": "chimpanzee doctor", "look": look.model_copy(update={"species": "monkey"})}
    )
    assert subjects._who_person(ape) == "an upright monkey in human clothes, a chimpanzee doctor"
