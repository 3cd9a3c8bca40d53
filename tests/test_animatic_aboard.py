"""Who is on a ship sees its deck and no second ship on it."""

from __future__ import annotations

import math

import pytest
from test_animatic_performing import figure, shot, thing

from photoplay.render.animatic.aboard import at_helm, hands_on_wheel, on_deck
from photoplay.render.animatic.afloat import FULL_GROWN, RIM
from photoplay.render.animatic.blocking import BOARD_METRES
from photoplay.render.animatic.direction import business
from photoplay.render.animatic.screen import Screen
from photoplay.render.animatic.transport import _built_for
from photoplay.storyboard.looks import PlaceLook
from photoplay.storyboard.picture import Picture
from photoplay.storyboard.vocabulary import Action, PlaceKind

SIZE = (320, 180)


def aboard(action: Action, sentence: str, kind: str = "sailing ship") -> Picture:
    told = shot(action, figure("a", action), target="it", things=(thing("it", kind),))
    place = told.place.model_copy(update={"look": PlaceLook(kind=PlaceKind.ship)})
    return told.model_copy(update={"sentence": sentence, "place": place})


@pytest.mark.parametrize("action", [Action.walk, Action.kneel, Action.sit, Action.dance, Action.hug])
def test_no_second_ship_stands_on_the_deck(action: Action) -> None:
    screen = Screen(aboard(action, "The captain is with the ship."), SIZE, 5, 4.0)
    assert not screen.staging.things
    assert screen.picture.action is not Action.hug


def test_a_chest_on_the_deck_stays() -> None:
    assert on_deck(aboard(Action.kneel, "The captain kneels beside the chest.", "chest")).things


@pytest.mark.parametrize("action", [Action.drive, Action.row])
def test_who_steers_has_the_hands_on_the_only_wheel(action: Action) -> None:
    screen = Screen(aboard(action, "The captain steers the ship."), SIZE, 5, 4.0)
    assert at_helm(screen.picture)
    assert business(screen.picture, screen._players["a"].source, Action.work) == "helm"
    assert not any(layer.piece == "helm" for layer in screen.recipe.layers)
    for share in (0.1, 0.5, 0.9):
        for x, y in hands_on_wheel(share):
            assert 0.15 < x < 0.4, "within reach"
            assert -0.8 < y < -0.3, "under the eyes"
        assert math.dist(*hands_on_wheel(share)) > 0.15


def test_the_side_of_a_boat_hides_the_feet_of_a_man_beside_a_child_and_not_the_child() -> None:
    man, child, dog = (1.75, 1.75), (0.95, 0.95), (0.5, 0.5)
    for crew in ((man,), (man, child), (man, child, dog), (dog,)):
        rim = RIM * min(1.0, max(0.4, _built_for(crew) / FULL_GROWN)) - BOARD_METRES
        assert rim < 0.45 * min(acts for acts, _ in crew)
        if dog not in crew:
            assert rim > 0.14 * max(acts for acts, _ in crew), "hem and feet show on the rim"
