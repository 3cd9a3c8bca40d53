"""Sayings of an idea are read as they are meant, and things and trades are where they belong."""

from __future__ import annotations

import time

import pytest

from photoplay.agent.outline import OutlineWriter
from photoplay.agent.outline.idea import read_idea
from photoplay.agent.outline.rewording import reworded
from photoplay.storyboard import lexicon
from photoplay.storyboard.film import Brief
from photoplay.storyboard.treatment import Treatment
from photoplay.storyboard.vocabulary import PlaceKind


def told(idea: str, seed: int = 3) -> Treatment:
    return OutlineWriter().write(Brief(idea=idea, shots=12), seed, lambda _: None).treatment


def seen(film: Treatment) -> str:
    return "\n".join(shot.sentence for scene in film.scenes for shot in scene.shots)


@pytest.mark.parametrize(
    ("idea", "sight", "never"),
    [
        ("A truck driver gives a lift to a runaway bride", "drives the bride in the truck", "in the lift"),
        ("A farmer gives a lift to a goose", "drives the goose in the car", "in the lift"),
        ("A goalkeeper saves the last penalty", "plays football", "saves the"),
        ("A grandmother beats the whole village at cards", "plays cards with the villagers", "beats"),
        ("A chess-playing robot loses on purpose to a girl", "plays chess with the girl", "snow"),
        ("A princess would rather fight the dragon", "fights with the dragon", "carries the dragon"),
        ("A general refuses to give the order to fire", "The soldier", "gives the order"),
        ("A firefighter rescues a parrot that will not stop talking", "The parrot talks", "stops talking"),
        ("A baker burns a cake and has to bake another in one night", "bakes the cake", "another"),
        ("A town votes to cut down its only tree", "The villagers vote", "The boy"),
        ("Rain ruins a picnic, and two strangers share an umbrella", "two strangers", "the picnic"),
        ("A waiter finds a love letter in a cup", "finds the letter", "hugs the love letter"),
        ("An astronaut and an alien plant the first forest", "and the alien plant the tree", "the pilot"),
        ("A shy skeleton goes to a school dance", "The skeleton dances with", "in the school dance"),
        ("A thief breaks into a house and finds a lonely child", "opens the door", "breaks into"),
        ("An astronomer discovers that a star is watching her", "points at the star", "carries the star"),
        ("A footballer scores the winning goal", "kicks the football", "the goal"),
        ("A choir of frogs wins a singing contest", "three frogs sing in a contest", "The girl sings"),
        ("An orchestra plays on while the ship sinks", "The three musicians play", "The boy"),
        ("A magician's rabbit refuses to come out of the hat", "The magician", "The goat"),
        ("Two brothers fight over their grandfather's watch", "grabs the watch from", "a sword"),
        ("A young man runs away from his own wedding", "the bride", "the ferryman"),
    ],
)
def test_what_is_meant_is_seen(idea: str, sight: str, never: str) -> None:
    text = seen(told(idea))
    assert sight.lower() in text.lower(), text
    assert never not in text, text


def test_a_fallen_star_is_in_the_hand() -> None:
    assert "carries the star" in seen(told("A boy finds a fallen star and carries it home"))


@pytest.mark.parametrize(
    ("idea", "kind"),
    [
        ("A lonely lighthouse falls in love with a ship", PlaceKind.shore),
        ("A farmer's drone falls in love with a scarecrow", PlaceKind.farm),
        ("A surgeon drops her ring into a patient", PlaceKind.hospital),
        ("Twins trade places on the first day of school", PlaceKind.school),
        ("A waitress learns to whistle", PlaceKind.cafe),
        ("A magician's rabbit refuses to come out of the hat", PlaceKind.stage),
        ("An astronaut and an alien plant the first forest", PlaceKind.planet),
    ],
)
def test_it_is_where_it_belongs(idea: str, kind: PlaceKind) -> None:
    assert lexicon.place(told(idea).places[0].name) is kind


def test_a_star_that_is_in_the_sky_lies_in_no_shot() -> None:
    film = told("An astronomer discovers that a star is watching her")
    shown = [shot.sentence for scene in film.scenes for shot in scene.shots if shot.props]
    assert any("star" in sentence for sentence in shown)
    assert not any("star" in shot.props for scene in film.scenes for shot in scene.shots
                   if "star" not in shot.sentence)  # fmt: skip


def test_plain_words_are_left_as_they_are() -> None:
    plain = "A girl and her brother carry a lamp through the rain and a dog follows them"
    assert " ".join(reworded(plain.split(" "))) == plain


@pytest.mark.parametrize(
    "idea", ["Rain", "The storm", "A boy loses a DRIVE-in ticket", "A hard DRIVE-x hums"]
)
def test_an_idea_of_a_word_and_one_with_a_sign_of_our_own_are_told(idea: str) -> None:
    assert seen(told(idea))
    assert "in a car" not in seen(told(idea))


def test_an_idea_with_thousands_of_signs_is_told_at_once() -> None:
    begun = time.process_time()
    assert seen(told("A boy runs " + "-" * 8_000 + " home"))
    assert time.process_time() - begun < 6, "the time grows with the square of the words"


@pytest.mark.parametrize("idea", ["A bear that is given a coat", "A bear is given a coat"])
def test_who_is_given_something_gets_it(idea: str) -> None:
    found = read_idea(idea)
    assert (found.verb, [p.noun for p in found.things]) == ("get", ["coat"])


def test_who_is_given_something_and_does_something_does_that() -> None:
    found = read_idea("A bear that is given a coat dances in the snow")
    assert (found.verb, [p.noun for p in found.things]) == ("dance", ["coat"])
