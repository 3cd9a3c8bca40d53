"""Looks that stay from shot to shot, and the one change of look that is told and seen."""

from __future__ import annotations

import pytest
from test_animatic_beasts import one, seen

from photoplay.render.animatic.changing import changed
from photoplay.render.animatic.figures.person import Person
from photoplay.render.animatic.ink import Ink
from photoplay.render.animatic.players import bodied
from photoplay.render.animatic.resizing import at_size
from photoplay.render.animatic.screen import Screen
from photoplay.storyboard.looks import ThingLook
from photoplay.storyboard.picture import ThingIn
from photoplay.storyboard.vocabulary import Action, Being, PlaceKind, Side


def called(noun, species, being=Being.quadruped, **more):
    """Somebody of a picture, by the name that a sentence has for it."""
    return one(noun, species, being, **more).model_copy(update={"noun": noun})


def drawn(screen: Screen, share: float) -> set[str]:
    """The ids of the figures that are drawn at a share of the shot."""
    at = share * screen.length
    laid = screen.laid(at, screen.path(at), at)
    return {part.name for part in laid if part.kind == "figure"}


@pytest.mark.parametrize(
    "sentence",
    [
        "The prince turns into a frog.",
        "The prince becomes a frog.",
        "The prince changes into a green frog.",
    ],
)
def test_who_turns_into_another_is_seen_before_and_the_other_after(sentence):
    prince = called("prince", "person", Being.person, action=Action.stand)
    frog = called("frog", "frog", side=Side.right)
    screen = seen(sentence, prince, frog)
    assert drawn(screen, 0.1) == {"prince"}
    assert drawn(screen, 0.9) == {"frog"}
    (a, b) = screen.staging.figures
    assert (a.x, a.depth) == (b.x, b.depth)


def test_who_turns_somebody_into_another_stays_and_works_magic():
    witch = called("witch", "person", Being.person, action=Action.stand)
    prince = called("prince", "person", Being.person, side=Side.right)
    frog = called("frog", "frog", side=Side.right)
    screen = seen("The witch turns the prince into a frog.", witch, prince, frog)
    assert screen._acting["witch"].manner == "magic"
    assert drawn(screen, 0.1) == {"witch", "prince"}
    assert drawn(screen, 0.9) == {"witch", "frog"}
    back = seen("The frog turns back into the prince.", frog, prince)
    assert back._change is not None
    assert back._change.new == "prince"


def test_who_turns_to_somebody_or_into_nobody_known_is_no_other():
    prince = called("prince", "person", Being.person, action=Action.stand)
    frog = called("frog", "frog", side=Side.right)
    for sentence in ("The prince turns to the frog.", "The prince turns into the street with the frog."):
        assert changed(seen(sentence, prince, frog).picture) is None, sentence


def test_a_whale_has_its_mouth_above_the_water_wherever_it_is():
    keeper = one("keeper", "person", Being.person, action=Action.look)
    whale = called("whale", "whale", Being.whale, side=Side.right)
    screen = seen("The keeper looks at the whale.", keeper, whale, kind=PlaceKind.shore)
    seen_whale = next(p for p in screen.staging.figures if p.id == "whale")
    assert 0 < seen_whale.sunk < 0.2  # of its height; its mouth is at 0.27


def test_a_boxer_has_the_head_guard_on_in_every_act_but_sleep():
    boxer = called("boxer", "person", Being.person)
    for action, worn in ((Action.hug, True), (Action.cry, True), (Action.fight, True), (Action.sleep, False)):
        body = bodied(boxer.model_copy(update={"action": action}), Ink(), 3)._body
        assert isinstance(body, Person)
        assert ("head guard" in body.costume.pieces) is worn, action


def test_who_melts_sinks_down_where_it_stands_and_cooks_nothing():
    snowman = called("snowman", "snowman", Being.creature, action=Action.cook)
    screen = seen("The snowman melts in the sun.", snowman)
    assert screen._resized == "snowman"
    assert screen.picture.action is Action.stand
    assert at_size(screen.picture, 0.9) < 0.5 * at_size(screen.picture, 0.1)
    butter = seen("The cook melts the butter.", called("cook", "person", Being.person, action=Action.cook))
    assert butter._resized is None


def test_who_climbs_onto_a_bicycle_sits_on_it():
    girl = called("girl", "person", Being.person, action=Action.climb)
    bicycle = ThingIn(id="b", words="bicycle", look=ThingLook(kind="bicycle"), side=Side.right)
    screen = seen("The girl climbs onto the bicycle.", girl, target="b", things=(bicycle,))
    assert screen.staging.figures[0].rides == "b"
    pushed = girl.model_copy(update={"action": Action.push})
    pushing = seen("The girl pushes the bicycle up the hill.", pushed, target="b", things=(bicycle,))
    assert not pushing.staging.figures[0].rides
