"""Casting: what would break for a film maker is that somebody looks like somebody else, or changes."""

from __future__ import annotations

import re
from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from invented import character, inventions, line, part, scene, shot, told, treatment

from photoplay.storyboard.casting import cast
from photoplay.storyboard.film import Brief
from photoplay.storyboard.treatment import TreatedPlace, TreatedProp
from photoplay.storyboard.vocabulary import Age, Beard, Being, Dress, Hat, PlaceKind, Stature, Worn
from photoplay.storyboard.wardrobe import LEAST_APART, apart

BRIEF = Brief(idea="x")


def one(noun: str, words: str = "", name: str = "Kim", seed: int = 0, being=None):
    return cast(treatment(characters=(character(name, noun, words, being),)), BRIEF, seed).characters[0]


@settings(max_examples=40, deadline=None)
@given(inventions, st.integers(0, 99))
def test_any_treatment_is_cast_the_same_each_time_and_nobody_looks_or_sounds_alike(story, seed):
    made = cast(story, BRIEF, seed)
    assert made == cast(story, BRIEF, seed)
    ids = [e.id for e in (*made.characters, *made.places, *made.props)]
    assert len(set(ids)) == len(ids)
    for a, b in combinations(made.characters, 2):
        assert apart(a.look, b.look) >= LEAST_APART, (a.look, b.look)
        assert a.voice != b.voice
    assert made.narrator not in [c.voice for c in made.characters]


def test_twelve_of_a_kind_with_the_same_words_can_be_told_apart():
    for noun, words in (("boy", "a boy in a red shirt"), ("fox", "a red fox"), ("robot", ""), ("king", "")):
        crowd = tuple(character(f"Kin {n}", noun, words) for n in range(12))
        looks = [c.look for c in cast(treatment(characters=crowd), BRIEF, 3).characters]
        assert min(apart(a, b) for a, b in combinations(looks, 2)) >= LEAST_APART
        assert {look.species for look in looks} == {looks[0].species}


def test_the_first_of_two_alike_keeps_the_look_it_has_alone():
    alone = cast(treatment(characters=(character("Ann", "nurse"),)), BRIEF, 1).characters[0]
    both = cast(treatment(characters=(character("Ann", "nurse"), character("Sue", "nurse"))), BRIEF, 1)
    assert both.characters[0].look == alone.look


@pytest.mark.parametrize("seed", range(8))
def test_the_writers_words_win_over_trade_and_seed(seed):
    look = one(
        "baker", "An old woman with long white hair in a yellow raincoat and a red scarf.", seed=seed
    ).look
    assert (look.presents, look.age, look.dress, look.beard) == ("woman", Age.elder, Dress.coat, Beard.none)
    assert Worn.scarf in look.worn
    assert look.hair_colour == "#f2efe8"


def test_a_trade_brings_its_dress_and_a_known_species_its_body():
    assert one("lighthouse keeper").look.hat is Hat.cap
    assert one("astronaut").look.dress is Dress.spacesuit
    whale = one("lost whale", name="Luna").look
    assert (whale.being, whale.species, whale.known) == (Being.whale, "whale", True)
    assert whale.dress is Dress.none


def test_an_unknown_creature_is_said_to_be_unknown_and_an_unknown_trade_is_still_a_person():
    beast = one("florbok", name="the florbok").look
    assert (beast.known, beast.species) == (False, "florbok")
    person = one("florbokist", name="Ann", being=Being.person).look
    assert (person.known, person.species, person.being) == (True, "person", Being.person)


def test_a_robot_gardener_is_a_robot():
    assert one("gardener", "a rusty robot", being=Being.robot).look.species == "robot"
    look = one("shy robot gardener").look
    assert (look.species, look.hat, look.dress) == ("robot", Hat.straw, Dress.none)
    assert one("robot gardener", being=Being.person).look.species == "robot"
    for noun in ("dog trainer", "ghost hunter", "robot engineer"):
        assert one(noun).look.species == "person"


def test_a_talking_thing_is_drawn_as_that_thing():
    lamp = one("lamp", name="the lamp").look
    assert (lamp.being, lamp.species, lamp.known) == (Being.thing, "lamp", True)


def test_pronouns_tell_who_is_a_woman_where_name_and_trade_do_not():
    story = treatment(
        scene(
            "a park", shot("Quinn opens her umbrella", "Quinn", "opens"), shot("She waits", "Quinn", "waits")
        ),
        characters=(character("Quinn", "detective"),),
    )
    assert {cast(story, BRIEF, seed).characters[0].look.presents for seed in range(6)} == {"woman"}


def test_whoever_the_shots_name_is_cast_and_what_they_name_is_a_prop():
    story = treatment(
        scene(
            "the pier",
            shot("A gull steals a sandwich", "the gull", "steals", "the sandwich"),
            shot("Joe shouts", "Joe", "shouts", props=("a bent spoon",), lines=(line("Hey!", "Joe"),)),
        )
    )
    made = cast(story, BRIEF, 0)
    assert [c.name for c in made.characters] == ["the gull", "Joe"]
    assert made.characters[0].look.species == "seagull"
    assert [p.look.kind for p in made.props] == ["sandwich", "spoon"]
    assert made.places[0].look.kind is PlaceKind.harbour


def test_no_more_characters_than_asked_for_are_added():
    story = treatment(
        scene("a park", shot("Ann and Ben walk", "Ann", "walks", parts=(part("Ben"), part("Cy"))))
    )
    assert len(cast(story, Brief(idea="x", characters=2), 0).characters) == 2


def test_states_are_collected_with_what_can_be_seen_of_them():
    made = cast(told(), BRIEF, 0)
    fox = next(c for c in made.characters if c.id == "the-fox")
    assert [(s.name, [m.value for m in s.marks]) for s in fox.states] == [("wet", ["wet"])]
    forest = next(p for p in made.places if p.id == "the-forest")
    assert forest.states[0].marks == ("snowy",)
    assert made.scenes[1].place_state == forest.states[0].name


@pytest.mark.parametrize(
    "name",
    ["../../x", "CON", "C:\\x", "", "😀", "-vf", "a" * 120, "مريم", "Ødegård", "%d", "é" * 60, "x\ny"],
)
def test_hostile_names_become_safe_ids(name):
    made = cast(treatment(scene(name), characters=(character(name), character(name))), BRIEF, 0)
    ids = [e.id for e in (*made.characters, *made.places)]
    assert len(set(ids)) == 3
    assert all(re.fullmatch(r"[a-z0-9](?:[a-z0-9-]{0,62}[a-z0-9])?", i) for i in ids)


@pytest.mark.parametrize(
    ("language", "code", "voice"),
    [
        ("de", "de", "de"),
        ("German", "de", "de"),
        ("fr", "fr", "fr-fr"),
        ("en-US", "en", "en-gb"),
        ("??", "en", "en-gb"),
    ],
)
def test_the_narrator_speaks_the_storys_language(language, code, voice):
    made = cast(treatment(language=language), BRIEF, 0)
    assert (made.language, made.narrator.language) == (code, voice)


def test_places_keep_their_layout_and_two_seeds_differ():
    layouts = [[p.look.layout for p in cast(told(), BRIEF, seed).places] for seed in (1, 1, 2)]
    assert layouts[0] == layouts[1] != layouts[2]


@pytest.mark.parametrize(
    ("name", "words", "inside"),
    [
        ("the house", "A narrow old house with a worn staircase", True),
        ("the castle", "a hall with a hearth", True),
        ("the cottage", "low, with a smoking chimney", False),
        ("in front of the house", "a worn staircase behind the door", False),
        ("the garden", "old stairs between the beds", False),
    ],
)
def test_a_house_that_is_told_by_its_furniture_is_seen_from_within(name, words, inside):
    told = treatment().model_copy(update={"places": (TreatedPlace(name=name, words=words),)})
    assert cast(told, BRIEF, 0).places[0].look.interior is inside


def test_a_dragon_egg_is_as_large_as_such_an_egg_and_a_dragons_bowl_is_larger_than_a_bowl():
    props = (TreatedProp(name="dragon egg", words="a dragon egg"), TreatedProp(name="bowl", words="a bowl"))
    big = TreatedProp(name="bowl", words="a dragon's bowl")
    egg, bowl = cast(treatment(props=props), BRIEF, 0).props
    (great,) = cast(treatment(props=(big,)), BRIEF, 0).props
    order = list(Stature)
    assert egg.look.stature is Stature.tiny, "on the ground it is twice as large as in the hands"
    assert order.index(great.look.stature) == order.index(bowl.look.stature) + 2
