"""The lexicon: a film maker's own words find something to draw, and unknown ones are said to be unknown."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from photoplay.storyboard import lexicon
from photoplay.storyboard.lexicon.store import data
from photoplay.storyboard.lexicon.verbs import inflections
from photoplay.storyboard.looks import BodyLook, State
from photoplay.storyboard.vocabulary import (
    Action,
    Age,
    Beard,
    Being,
    Build,
    Dress,
    Expression,
    HairStyle,
    Hat,
    Hour,
    Mark,
    Mood,
    PlaceKind,
    Season,
    Stature,
    Weather,
    Worn,
)


@pytest.mark.parametrize(
    ("noun", "sort", "kind"),
    [
        ("the old oil lamps", "thing", "oil lamp"),
        ("brooch", "thing", "jewel"),
        ("a cup of tea", "thing", "cup"),
        ("pair of boots", "thing", "boots"),
        ("her grandfather's watch", "thing", "watch"),
        ("knives", "thing", "knife"),
        ("torches", "thing", "torch"),
        ("red hot-air balloon", "thing", "hot air balloon"),
        ("Lighthouse Keeper", "person", "person"),
        ("women", "person", "person"),
        ("rope maker", "person", "person"),
        ("wolves", "creature", "wolf"),
        ("a baby whale", "creature", "whale"),
        ("ponies", "creature", "horse"),
        ("geese", "creature", "goose"),
        ("a herd of elephants", "creature", "elephant"),
        ("man with a dog", "person", "person"),
        ("bakery", "place", "kitchen"),
    ],
)
def test_nouns_are_found_in_plural_with_article_adjectives_and_parts(noun, sort, kind):
    entry = lexicon.look_up(noun)
    assert entry
    assert (entry.sort, entry.kind) == (sort, kind)


@pytest.mark.parametrize("noun", ["", "quibble", "the of", "火", "a", "😀", "zzzs", "of with in"])
def test_what_is_not_known_is_none(noun):
    assert lexicon.look_up(noun) is None


def test_a_word_of_several_sorts_is_found_under_each():
    assert lexicon.look_up("lighthouse", "thing").kind == "lighthouse"
    assert lexicon.look_up("lighthouse", "place").kind == PlaceKind.lighthouse
    assert lexicon.look_up("wolf", "thing") is None


def test_every_entry_holds_values_that_the_looks_take():
    for entry in data("people").values():
        look = {
            k: tuple(v) if isinstance(v, list) else v
            for k, v in entry.items()
            if k not in ("also", "costume")
        }
        assert set(BodyLook.model_validate(look).carries) <= lexicon.thing_kinds()
    for entry in data("species").values():
        BodyLook.model_validate({k: v for k, v in entry.items() if k != "also"})
    for key, entry in data("places").items():
        assert PlaceKind(key)
        assert re.fullmatch("#[0-9a-f]{6}", entry["tint"])
    assert {p.value for p in PlaceKind} == set(data("places"))
    assert {a.value for a in Action} == set(data("verbs")["actions"])


def test_every_word_of_the_data_finds_its_own_entry():
    for file, sort in (
        ("things", "thing"),
        ("species", "creature"),
        ("people", "person"),
        ("places", "place"),
    ):
        for lemma, entry in data(file).items():
            for word in (lemma, *entry["also"]):
                found = lexicon.look_up(word, sort)
                assert found, word
                assert found.kind == ("person" if sort == "person" else lemma), word


@pytest.mark.parametrize(
    ("words", "action"),
    [
        ("picks up", Action.take),
        ("picks the lamp up", Action.take),
        ("ran", Action.run),
        ("is slowly sleeping", Action.sleep),
        ("begins to dance", Action.dance),
        ("was hidden", Action.hide),
        ("sat down", Action.sit),
        ("hugging", Action.hug),
        ("flies away", Action.fly),
        ("lit", Action.light),
        ("stopped", Action.stand),
        ("Whispers", Action.talk),
        ("dug", Action.dig),
        ("wrote", Action.write),
    ],
)
def test_verbs_are_found_in_any_inflection(words, action):
    assert lexicon.verb(words) is action


def test_every_verb_is_found_in_all_its_forms():
    lemmas = [w for listed in data("verbs")["actions"].values() for w in listed]
    assert len(lemmas) > 600
    for lemma in lemmas:
        first, space, rest = lemma.partition(" ")
        for form in (first, *inflections(first), *data("verbs")["irregular"].get(first, ())):
            assert lexicon.verb(form + space + rest), form + space + rest


@pytest.mark.parametrize("words", ["", "quibbles", "火", "to", "is", "😀"])
def test_an_unknown_verb_is_none_and_a_bare_auxiliary_no_crash(words):
    assert lexicon.verb(words) in (None, Action.stand)


@pytest.mark.parametrize(
    ("words", "look"),
    [
        (
            "an old woman with white hair in a yellow raincoat and red scarf",
            {"age": Age.elder, "presents": "woman", "hair_colour": "#f2efe8", "dress": Dress.coat,
             "dress_colour": "#e8c437", "worn": (Worn.scarf,), "trim_colour": "#c23b33"},
        ),
        (
            "A tall thin man with a short brown beard, wearing a dark blue coat and a flat cap",
            {"stature": Stature.large, "build": Build.slight, "presents": "man", "beard": Beard.short,
             "hair_colour": "#7a5134", "dress": Dress.coat, "dress_colour": "#294871", "hat": Hat.cap},
        ),
        (
            "stout baker, bald, moustache, white apron, chef's hat",
            {"build": Build.sturdy, "hair": HairStyle.bald, "beard": Beard.moustache, "dress": Dress.apron,
             "dress_colour": "#f2efe8", "hat": Hat.chef},
        ),
        (
            "a girl of nine with two black braids, a red dress and round glasses",
            {"age": Age.child, "presents": "woman", "hair": HairStyle.braids, "hair_colour": "#26262b",
             "dress": Dress.dress, "dress_colour": "#c23b33", "worn": (Worn.glasses,)},
        ),
        ("no beard, without a hat", {"beard": Beard.none, "hat": Hat.none}),
        ("wears an old coat", {"dress": Dress.coat}),
        ("", {}),
    ],
)  # fmt: skip
def test_looks_in_words_become_typed_and_nothing_else_is_invented(words, look):
    assert lexicon.describe(words) == look


def test_a_colour_on_an_animal_is_its_coat():
    assert lexicon.describe("a small orange fox with a green scarf", Being.quadruped) == {
        "stature": Stature.small, "worn": (Worn.scarf,), "trim_colour": "#4a8f4f", "coat_colour": "#e0782b",
    }  # fmt: skip
    assert "coat_colour" in lexicon.describe("a huge grey-blue whale", Being.whale)


@pytest.mark.parametrize(
    ("words", "changes"),
    [
        ("wet", {"marks": (Mark.wet,)}),
        ("with a red scarf", {"worn": (Worn.scarf,)}),
        ("wounded and dirty", {"marks": (Mark.wounded, Mark.dirty)}),
        ("the lamp gone out", {"marks": (Mark.unlit,)}),
        ("not broken", {}),
        ("in a blue spacesuit", {"dress": Dress.spacesuit, "dress_colour": "#3f6fae"}),
        ("frozen with fear", {}),
    ],
)
def test_states_in_words_become_what_can_be_seen(words, changes):
    assert lexicon.state(words).model_dump(exclude_defaults=True, exclude={"name", "words"}) == changes


def test_words_for_light_weather_feeling_and_place():
    assert lexicon.hour("just before dawn") is Hour.dawn
    assert lexicon.weather("a stormy sea") is Weather.storm
    assert lexicon.season("in December") is Season.winter
    assert lexicon.season("she may go") is None
    assert lexicon.mood("a spooky tale") is Mood.eerie
    assert lexicon.expression("nervously") is Expression.afraid
    assert lexicon.place("the Old Harbour") is PlaceKind.harbour
    assert lexicon.place("A cold room at the top of the stairs") is PlaceKind.room
    assert lexicon.place("Zarg") is None
    assert lexicon.colour("dark blue") != lexicon.colour("blue")
    assert lexicon.colour("blorange") is None


@given(st.text(max_size=200))
def test_no_text_breaks_the_lexicon_and_a_state_always_has_a_name(text):
    lexicon.look_up(text)
    lexicon.verb(text)
    BodyLook.model_validate(lexicon.describe(text))
    BodyLook.model_validate({"being": "whale", **lexicon.describe(text, "whale")})
    State.model_validate(lexicon.state(text).model_dump())
    for ask in (lexicon.colour, lexicon.place, lexicon.hour, lexicon.weather, lexicon.mood, lexicon.season):
        ask(text)


def test_a_very_long_text_takes_no_time():
    import time

    begun = time.process_time()
    for ask in (lexicon.look_up, lexicon.verb, lexicon.describe, lexicon.place, lexicon.mood, lexicon.state):
        ask("the old lamp, red and wet and " * 40_000)
    assert time.process_time() - begun < 3


@pytest.mark.parametrize(
    ("words", "coat"),
    [
        ("A slender crow, with one white patch.", None),
        ("A wolf with grey paws and a torn ear.", None),
        ("A hedgehog in a green coat.", None),
        ("A white crow.", "#f2efe8"),
        ("A fox, warm rust red, with a notch in one ear.", "#a5522f"),
    ],
)
def test_a_colour_of_a_part_is_not_that_of_the_animal(words, coat):
    assert lexicon.describe(words, "creature").get("coat_colour") == coat


def test_a_merman_is_no_trade_though_a_fisherman_is():
    assert lexicon.look_up("merman", "person") is None
    assert lexicon.look_up("merman").kind == "mermaid"
    assert lexicon.look_up("rope woman", "person").kind == "person"


@pytest.mark.parametrize("part", ["a red nose and huge shoes", "enormous boots", "a big mouth", "tiny wings"])
def test_who_has_one_huge_thing_is_no_giant(part):
    assert "stature" not in lexicon.describe(f"A broad-shouldered clown with {part}.")
    assert lexicon.describe(f"A huge clown with {part}.")["stature"] == "giant"
