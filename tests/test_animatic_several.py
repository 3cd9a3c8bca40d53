"""What a story names in the plural is seen to be several, and nothing else is."""

from __future__ import annotations

import pytest

from photoplay.render.animatic.ink import Ink
from photoplay.render.animatic.things.several import Several, how_many, made
from photoplay.render.animatic.things.thing import drawing_of
from photoplay.storyboard.casting import _prop
from photoplay.storyboard.lexicon import look_up
from photoplay.storyboard.looks import ThingLook
from photoplay.storyboard.picture import ThingIn
from photoplay.storyboard.treatment import TreatedProp


def prop(words: str, kind: str) -> ThingIn:
    return ThingIn(id=words.replace(" ", "-"), words=words, look=ThingLook(kind=kind))


@pytest.mark.parametrize(
    ("words", "kind", "count"),
    [
        ("the apples", "apple", 3),
        ("two eggs", "egg", 2),
        ("five wet stones", "stone", 5),
        ("some tomatoes", "tomato", 3),
        ("a bunch of flowers", "flower", 3),
        ("her gloves", "glove", 2),
        ("an apple", "apple", 1),
        ("the dress", "dress", 1),
        ("a basket of eggs", "basket", 1),
        ("the glasses", "glasses", 1),
        ("her books", "books", 1),
        ("the scissors", "scissors", 1),
        ("a pair of binoculars", "binoculars", 1),
        ("his trousers", "coat", 1),
        ("an atlas", "book", 1),
        ("a thermos", "bottle", 1),
        ("a canvas", "painting", 1),
        ("a chest of drawers", "dresser", 1),
        ("a deck of cards", "playing cards", 1),
    ],
)
def test_a_plural_is_several_of_it(words: str, kind: str, count: int) -> None:
    assert how_many(prop(words, kind)) == count


def test_three_apples_take_more_room_than_one_and_a_house_stays_one() -> None:
    one, three = made(prop("an apple", "apple"), Ink(), 1), made(prop("apples", "apple"), Ink(), 1)
    assert three.width > 1.6 * one.width
    bounds = three.outline().getBounds()
    assert bounds.width() == pytest.approx(three.width, rel=0.25)
    assert not isinstance(made(prop("the houses", "house"), Ink(), 1), Several)


def test_a_tomato_is_no_apple() -> None:
    entry = look_up("tomatoes", "thing")
    assert entry is not None
    assert entry.kind == "tomato"
    assert drawing_of("tomato") is not None


def test_a_boxing_glove_is_no_mitten() -> None:
    treated = TreatedProp(name="Glove", words="a boxing glove")
    assert _prop("glove", treated).look.kind == "boxing glove"
    assert _prop("glove", TreatedProp(name="Glove", words="a woollen glove")).look.kind == "glove"
