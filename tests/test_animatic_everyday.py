"""Everyday acts are seen as what they are: teeth are brushed by no painter, a shirt is ironed with no hammer."""

from __future__ import annotations

import pytest
from test_animatic_performing import figure, shot, thing

from photoplay.render.animatic.accents import _drawing
from photoplay.render.animatic.everyday import everyday
from photoplay.render.animatic.figures.performances import MANNERS
from photoplay.render.animatic.screen import Screen
from photoplay.storyboard.vocabulary import Action, PlaceKind, ShotSize

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
    for sentence, way in (("Anna skis.", "ski"), ("Anna skates.", "skate"), ("Anna rides.", "")):
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
