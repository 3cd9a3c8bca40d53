"""Everyday acts are seen as what they are: teeth are brushed by no painter, a shirt is ironed with no hammer."""

from __future__ import annotations

import pytest
import skia
from test_animatic_performing import figure, shot, thing

from photoplay.render.animatic.accents import _drawing
from photoplay.render.animatic.everyday import everyday
from photoplay.render.animatic.figures.performances import MANNERS
from photoplay.render.animatic.screen import Screen
from photoplay.storyboard.looks import BodyLook
from photoplay.storyboard.vocabulary import Action, Being, PlaceKind, ShotSize

SIZE = (160, 90)


def seen(sentence: str, action: Action, kind: str = "") -> Screen:
    things = (thing("b", kind),) if kind else ()
    picture = shot(action, figure("a", action), things=things, size=ShotSize.medium, place=PlaceKind.kitchen)
    picture = picture.model_copy(update={"sentence": sentence, "target": "b" if kind else None})
    return Screen(picture, SIZE, 5, 4.0)


@pytest.mark.parametrize(
    ("sentence", "read", "kind", "action", "manner", "held"),
    [
        ("Anna brushes her teeth.", Action.paint, "teeth", Action.eat, "brush", "toothbrush"),
        ("Anna licks an ice cream.", Action.eat, "", Action.eat, "", "ice cream"),
        ("Anna combs her long hair.", Action.search, "", Action.reach, "comb", ""),
        ("Jack shaves.", Action.reach, "", Action.reach, "shave", ""),
        ("Anna covers her ears.", Action.close, "", Action.hide, "ears", ""),
        ("Anna irons a shirt.", Action.work, "shirt", Action.work, "iron", "iron"),
        ("Jack smokes a pipe.", Action.play, "tool", Action.stand, "smoke", ""),
        ("Anna types a letter.", Action.work, "letter", Action.write, "knee", ""),
        ("Anna blows out the candles on a cake.", Action.play, "candle", Action.light, "out", ""),
        ("Jack talks on the phone.", Action.talk, "phone", Action.talk, "phone", ""),
        ("Jack takes a photograph.", Action.take, "picture", Action.paint, "photograph", ""),
        ("Jack counts the money.", Action.think, "banknotes", Action.hold, "", "banknotes"),
        ("The boy drums in the house.", Action.play, "", Action.cook, "", "drum"),
        ("The man plays the drums.", Action.play, "", Action.cook, "", "drum"),
        ("The villagers vote.", Action.wave, "", Action.wave, "vote", ""),
    ],
)
def test_it_is_done_as_the_words_mean(
    sentence: str, read: Action, kind: str, action: Action, manner: str, held: str
) -> None:
    screen = seen(sentence, read, kind)
    player = screen._players["a"]
    assert player.acting.action is action
    assert player.acting.manner == manner
    kinds = {t.look.kind: t.id for t in screen.picture.things}
    assert not held or kinds[held] in player.source.holds
    assert not kinds.keys() & {"tool", "candle", "letter", "phone", "picture", "teeth"}


def test_skis_and_skates_are_under_the_feet_and_others_walk() -> None:
    for sentence, way in (("Anna skis.", "ski"), ("Anna skates.", "skate"), ("Anna rides.", "astride")):
        picture = shot(Action.ride, figure("a", Action.ride), size=ShotSize.full)
        acting = Screen(picture.model_copy(update={"sentence": sentence}), SIZE, 5, 4.0)._players["a"].acting
        assert acting.manner == way


@pytest.mark.parametrize("way", ["comb", "shave"])
def test_what_is_at_the_head_is_drawn(way: str) -> None:
    screen = seen(f"Anna {way}s her hair.", Action.reach)
    player = screen._players["a"]
    assert (Action.reach, way) in MANNERS
    assert _drawing(player, player.acting) is not None


def test_other_words_are_left_alone() -> None:
    for sentence in ("Anna brushes the dust off.", "Anna irons out a quarrel.", "A pipe smokes."):
        picture = shot(Action.reach, figure("a", Action.reach)).model_copy(update={"sentence": sentence})
        assert everyday(picture) == picture


def test_a_game_of_cards_has_no_chessmen() -> None:
    sheets = []
    for game in ("cards", "chess"):
        surface = skia.Surface(*SIZE)
        screen = seen(f"Anna plays {game}.", Action.play)
        screen.draw(surface.getCanvas(), 1.0, screen.path(1.0))
        sheets.append(surface.toarray())
    assert (sheets[0] != sheets[1]).any()


def test_who_is_driven_sits_in_the_cab_a_goose_too() -> None:
    for noun, being in (("bride", Being.person), ("goose", Being.bird)):
        other = figure("b", Action.stand).model_copy(update={"noun": noun, "look": BodyLook(being=being)})
        picture = shot(Action.drive, figure("a", Action.drive), other, target="b", place=PlaceKind.road)
        sentence = f"The truck driver drives the {noun} in the truck."
        screen = Screen(picture.model_copy(update={"sentence": sentence}), SIZE, 5, 4.0)
        aboard = {p.id for p in screen.staging.figures if p.rides}
        assert aboard == {"a", "b"}


def test_a_star_that_is_pointed_at_is_in_the_sky_and_in_no_hand() -> None:
    doer = figure("a", Action.point).model_copy(update={"holds": ("b",)})
    picture = shot(Action.point, doer, target="b", things=(thing("b", "star", held=True),))
    picture = picture.model_copy(update={"sentence": "She points at the star."})
    screen = Screen(picture, SIZE, 5, 4.0)
    assert screen._players["a"].source.holds == ()
    assert next(p for p in screen.staging.things if p.id == "b").up > 2
