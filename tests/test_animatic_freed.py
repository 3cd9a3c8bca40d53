"""Empty hands: what was done before in a scene is not in the hands of who now hugs, digs or picks."""

from __future__ import annotations

import pytest

from photoplay.render.animatic.direction import directed_picture
from photoplay.render.animatic.freed import freed
from photoplay.render.animatic.screen import Screen
from photoplay.storyboard.looks import BodyLook, PlaceLook, ThingLook
from photoplay.storyboard.picture import FigureIn, Picture, PlaceIn, ThingIn
from photoplay.storyboard.vocabulary import Action, Hat, PlaceKind


def told(
    sentence: str, action: Action, *kinds: str, target: str | None = None, loose: tuple[str, ...] = ()
) -> Picture:
    """A girl who does that with those things in her hands, and a man beside her."""
    girl = FigureIn(id="girl", noun="girl", words="", look=BodyLook(), action=action, holds=kinds)
    man = FigureIn(id="man", noun="man", words="", look=BodyLook())
    return Picture(
        sentence=sentence,
        actor="girl",
        action=action,
        target=target,
        place=PlaceIn(id="place", words="", look=PlaceLook(kind=PlaceKind.garden)),
        figures=(girl, man),
        things=tuple(
            ThingIn(id=k, words="", look=ThingLook(kind=k), held=k in kinds) for k in (*kinds, *loose)
        ),
    )


@pytest.mark.parametrize(
    ("sentence", "action", "kind", "target"),
    [
        ("The girl picks a flower.", Action.take, "suitcase", "flower"),
        ("The girl hugs the man.", Action.hug, "hammer", "man"),
        ("The girl shouts at the man.", Action.talk, "letter", "man"),
        ("The girl waves to the man.", Action.wave, "flower", "man"),
        ("The girl runs.", Action.run, "suitcase", None),
        ("The girl walks home.", Action.walk, "axe", None),
        ("The girl paints the man.", Action.paint, "lantern", "man"),
        ("The girl stands behind the man.", Action.stand, "axe", "man"),
    ],
)
def test_the_last_acts_thing_is_in_nobodys_hands(
    sentence: str, action: Action, kind: str, target: str | None
) -> None:
    loose = ("flower",) if target == "flower" else ()
    picture = freed(told(sentence, action, kind, target=target, loose=loose))
    assert picture.figures[0].holds == ()
    assert [t.id for t in picture.things] == list(loose)


@pytest.mark.parametrize(
    ("sentence", "action", "kind"),
    [
        ("The girl waves her hat.", Action.wave, "hat"),
        ("The girl digs a hole.", Action.dig, "shovel"),
        ("The girl digs with a spade.", Action.dig, "shovel"),
        ("The girl walks home.", Action.walk, "basket"),
        ("The girl runs away.", Action.run, "painting"),
        ("The girl gives it to the man.", Action.give, "letter"),
        ("The girl works.", Action.work, "hammer"),
        ("The girl searches the garden.", Action.search, "lantern"),
    ],
)
def test_what_the_event_needs_or_may_be_carried_stays_in_the_hand(
    sentence: str, action: Action, kind: str
) -> None:
    assert freed(told(sentence, action, kind)).figures[0].holds == (kind,)


def test_the_film_is_played_with_free_hands() -> None:
    screen = Screen(told("The girl hugs the man.", Action.hug, "hammer", target="man"), (160, 90), 5, 3.0)
    assert [p.held for p in screen._players.values()] == [(), ()]


def crowned(sentence: str, action: Action, *kinds: str) -> Hat:
    picture = told(sentence, action, *kinds, target="man")
    king = picture.figures[1].model_copy(
        update={"look": BodyLook(hat=Hat.crown), "noun": "king", "words": "king"}
    )
    return freed(picture.model_copy(update={"figures": (picture.figures[0], king)})).figures[1].look.hat


def test_a_king_does_not_wear_the_crown_that_is_lost_or_brought() -> None:
    assert crowned("The girl brings the crown to the king.", Action.give, "crown") is Hat.none
    assert crowned("The girl searches for the crown of the king.", Action.search) is Hat.none
    assert crowned("The girl hugs the king.", Action.hug) is Hat.crown


def test_one_flower_is_given_and_not_two() -> None:
    picture = told("The girl gives the man a flower.", Action.give, "flower", target="man")
    second = picture.things[0].model_copy(update={"id": "second"})
    girl = picture.figures[0].model_copy(update={"holds": ("flower", "second")})
    both = picture.model_copy(
        update={"things": (*picture.things, second), "figures": (girl, picture.figures[1])}
    )
    assert freed(both).figures[0].holds == ("flower",)


def held_by(picture: Picture) -> dict[str, tuple[str, ...]]:
    """Who has what in the hands as it is played."""
    return {f.id: f.holds for f in directed_picture(picture, {"girl": 1.3, "man": 1.7}, {}).figures}


def test_what_is_planted_stands_in_the_earth_and_not_in_the_hand_too() -> None:
    planted = told("The girl plants the flower.", Action.dig, "flower", target="flower")
    assert held_by(planted)["girl"] == ()


def test_what_is_taken_from_somebody_is_first_in_the_hands_of_that_one() -> None:
    taken = told("The girl takes the flute from the man.", Action.take, "flute", target="flute")
    assert held_by(taken) == {"girl": (), "man": ("flute",)}


def test_the_bell_that_is_rung_is_the_one_in_the_hand() -> None:
    rung = told("The girl rings the bell.", Action.reach, target="bell", loose=("bell",))
    small = directed_picture(rung, {"girl": 1.3, "man": 1.7}, {"bell": 0.4})
    assert {f.id: f.holds for f in small.figures}["girl"] == ("bell",)


@pytest.mark.parametrize(
    ("sentence", "action", "loose"),
    [
        ("The girl throws a hat into the air.", Action.throw, False),
        ("The girl waves her hat.", Action.wave, True),
        ("The girl gives her hat to the man.", Action.give, False),
    ],
)
def test_the_hat_in_the_hand_is_the_one_that_was_worn(sentence: str, action: Action, loose: bool) -> None:
    picture = told(sentence, action, *(() if loose else ("hat",)), loose=("hat",) if loose else ())
    girl = picture.figures[0].model_copy(update={"look": BodyLook(hat=Hat.straw)})
    seen = freed(picture.model_copy(update={"figures": (girl, *picture.figures[1:])}))
    assert seen.figures[0].look.hat is Hat.none
    assert seen.figures[0].holds == ("hat",)
    assert [t.look.kind for t in seen.things] == ["straw hat"], "no second one"


def test_a_hat_that_is_not_hers_is_another_one() -> None:
    picture = told("The girl finds a hat.", Action.take, "hat")
    girl = picture.figures[0].model_copy(update={"look": BodyLook(hat=Hat.straw)})
    seen = freed(picture.model_copy(update={"figures": (girl, *picture.figures[1:])}))
    assert [t.look.kind for t in seen.things] == ["hat"]
