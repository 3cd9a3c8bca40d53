"""Who somebody is, is told at a glance from what is drawn: woman or man, girl or boy, baby, old."""

from __future__ import annotations

import math
from random import Random

import pytest

from photoplay.agent.outline.appearance import look_words
from photoplay.agent.outline.phrase import Phrase
from photoplay.render.animatic.figures.acting import Acting
from photoplay.render.animatic.figures.anatomy import anatomy
from photoplay.render.animatic.figures.figure import Figure
from photoplay.render.animatic.figures.person import Person
from photoplay.render.animatic.figures.variants import parted_from
from photoplay.render.animatic.ink import Ink, rgb
from photoplay.render.animatic.players import measured
from photoplay.storyboard.lexicon import costume, describe
from photoplay.storyboard.looks import BodyLook
from photoplay.storyboard.treatment import TreatedCharacter
from photoplay.storyboard.vocabulary import Action, Age, Being, Dress, Expression, Facing, HairStyle, Hat
from photoplay.storyboard.wardrobe import _HAIRS, _SKINS, look_of

WOMEN = (
    "woman", "sister", "seamstress", "mother", "waitress", "postwoman", "queen", "shepherdess", "grandmother",
    "older sister", "policewoman", "widow",
)  # fmt: skip
MEN = ("man", "brother", "father", "postman", "king", "uncle", "old man")
VISIBLE = {
    HairStyle.long,
    HairStyle.bob,
    HairStyle.bun,
    HairStyle.curly,
    HairStyle.braids,
    HairStyle.ponytail,
}


def told(noun: str, seed: int) -> tuple[BodyLook, str]:
    """The look and the words that the outline gives such a character."""
    phrase = Phrase(noun, noun.split()[-1], sort="person", being=Being.person, pronoun="they")
    words = look_words(phrase, Random(f"{seed} {noun}"), set())
    treated = TreatedCharacter(name=f"the {noun}", noun=noun, words=words, being=Being.person)
    return look_of(treated, seed, noun, frozenset(), None)[0], words


def drawn(look: BodyLook, noun: str = "", words: str = "") -> Person:
    return Person(look, (), Ink(), 3, {"plan": "person"}, costume(noun, words, look))


@pytest.mark.parametrize("noun", WOMEN)
def test_a_woman_is_told_by_her_hair_and_her_skirt(noun: str) -> None:
    for seed in range(30):
        look, words = told(noun, seed)
        assert look.presents == "woman", words
        person = drawn(look, noun, words)
        assert person.hair.style in VISIBLE, words
        assert person.face.lips or look.age is Age.child, words
        assert person.wardrobe.cut.skirt > 0.4, words
        assert person.wardrobe.cut.legs == "bare", words


@pytest.mark.parametrize("noun", MEN)
def test_a_man_has_a_mans_hair_and_trousers(noun: str) -> None:
    for seed in range(30):
        look, words = told(noun, seed)
        assert look.presents == "man", words
        person = drawn(look, noun, words)
        assert person.wardrobe.cut.legs != "bare" or look.dress is Dress.robe, words
        if person.hair.style is HairStyle.curly:
            assert person.hair.tight, "a man's curls go to his shoulders"
        else:
            assert person.hair.style in {HairStyle.short, HairStyle.spiky, HairStyle.bald}, words


@pytest.mark.parametrize("dress", [Dress.shirt, Dress.coat, Dress.uniform, Dress.apron, Dress.suit])
def test_a_woman_of_whom_nothing_is_said_has_a_skirt_and_one_in_trousers_has_none(dress: Dress) -> None:
    look = BodyLook(presents="woman", hair=HairStyle.short, dress=dress)
    assert drawn(look).wardrobe.cut.skirt > 0.6
    assert drawn(look).hair.style is HairStyle.bob
    assert drawn(look, words="a woman in a shirt and dark trousers").wardrobe.cut.legs != "bare"


def test_no_hair_of_a_man_looks_out_beside_a_cap_as_a_bun_would() -> None:
    for hair in (HairStyle.bob, HairStyle.bun, HairStyle.curly, HairStyle.ponytail):
        person = drawn(BodyLook(presents="man", hair=hair, hat=Hat.cap))
        assert person.hair.style is HairStyle.short


@pytest.mark.parametrize(
    "noun", ["boy", "older boy", "younger boy", "girl", "older sister girl", "younger girl"]
)
def test_boys_and_girls_are_children(noun: str) -> None:
    for seed in range(20):
        look, words = told(noun, seed)
        assert look.age is Age.child, words
        assert 0.55 < drawn(look, noun, words).height / 1.72 < 0.78, words
        assert drawn(look, noun, words).wardrobe.cut.legs == ("shorts" if "boy" in noun else "bare")


def test_the_older_of_two_boys_is_taller() -> None:
    older, younger = (drawn(*told(f"{which} boy", 4)[:1]).height for which in ("older", "younger"))
    assert older > 1.1 * younger


@pytest.mark.parametrize("noun", ["baby", "newborn", "infant"])
def test_a_baby_is_tiny_and_crawls(noun: str) -> None:
    look, words = told(noun, 3)
    baby = drawn(look, noun, words)
    assert baby.height < 0.42 * 1.72
    assert baby.hair.style is HairStyle.bald
    assert "years" not in words
    walks = baby.bones(Acting(Action.walk, Expression.neutral, Facing.right), 0.3)
    stands = baby.bones(Acting(Action.stand, Expression.neutral, Facing.right), 0.3)
    assert abs(walks.hip.y - walks.chest.y) < 0.6 * baby.body.torso, "a baby walks upright"
    assert -stands.hip.y < 0.6 * baby.body.leg, "a baby stands on its feet"


def test_a_toddler_walks_and_is_smaller_than_a_child() -> None:
    look, words = told("toddler", 3)
    toddler = drawn(look, "toddler", words)
    assert 0.7 < toddler.height < 0.9 * drawn(told("boy", 3)[0]).height
    assert not toddler.crawls


def test_hair_is_never_of_the_colour_of_the_skin() -> None:
    for skin in _SKINS:
        for hair in (*_HAIRS, "#d8d8d4", "#f2efe8", skin):
            seen = parted_from(hair, skin)
            assert math.dist(rgb(seen), rgb(skin)) > 60, (hair, skin, seen)


@pytest.mark.parametrize(
    ("words", "age"),
    [
        ("a boy about twelve years old", Age.child),
        ("a 15-year-old girl", Age.youth),
        ("a woman forty years old", Age.adult),
        ("a man 71 years old", Age.elder),
        ("a woman, thirty-five years old", Age.adult),
        ("an eighty-two-year-old man", Age.elder),
        ("a witch a hundred and two years old", Age.elder),
        ("an old man", Age.elder),
    ],
)
def test_so_many_years_old_is_not_old(words: str, age: Age) -> None:
    assert describe(words)["age"] is age


def test_a_teenager_is_no_man_of_forty_and_a_princess_no_woman_of_fifty() -> None:
    for seed in range(20):
        for noun in ("teenager", "princess", "prince"):
            look, words = told(noun, seed)
            assert look.age is Age.youth, words


def test_of_three_sisters_none_is_old_and_of_three_bakers_the_eldest_is() -> None:
    for seed in range(10):
        assert told("eldest sister", seed)[0].age is Age.adult
        assert told("youngest sister", seed)[0].age is Age.youth
        assert told("eldest baker", seed)[0].age is Age.elder


def test_a_baby_sister_is_a_baby() -> None:
    look, words = told("baby sister", 3)
    assert look.presents == "woman"
    assert drawn(look, "baby sister", words).crawls


def test_who_is_blind_wears_dark_glasses() -> None:
    phrase = Phrase("boy", "boy", adjectives=("blind",), sort="person", being=Being.person, pronoun="he")
    words = look_words(phrase, Random(1), set())
    assert "dark glasses" in costume("boy", words, BodyLook(age=Age.child))


def test_pinned_up_hair_of_a_woman_is_seen_under_a_hat() -> None:
    for hair in (HairStyle.bun, HairStyle.ponytail):
        assert drawn(BodyLook(presents="woman", hair=hair, hat=Hat.brimmed)).hair.style is HairStyle.bob


def test_a_giant_is_a_man_and_a_nurse_a_woman_where_nothing_is_said() -> None:
    for seed in range(10):
        assert "a man" in told("giant", seed)[1]
        assert told("nurse", seed)[0].presents == "woman"


def test_dark_hair_stays_dark_and_red_hair_red_on_brown_skin() -> None:
    for skin in _SKINS:
        assert sum(rgb(parted_from("#26201d", skin))) < 3 * 64
        red, green, blue = rgb(parted_from("#8a4028", skin))
        assert red > 1.5 * green
        assert red > 1.5 * blue


@pytest.mark.parametrize("noun", ["cowgirl", "seamstress", "shepherdess", "postwoman"])
def test_a_word_for_a_woman_makes_one_where_nothing_else_is_said(noun: str) -> None:
    treated = TreatedCharacter(name=f"the {noun}", noun=noun, words="", being=Being.person)
    for seed in range(8):
        assert look_of(treated, seed, noun, frozenset(), None)[0].presents == "woman"


def test_a_soldier_and_a_runner_have_no_skirts() -> None:
    for noun, hat in (("soldier", Hat.helmet), ("runner", Hat.none)):
        dress = Dress.uniform if hat is Hat.helmet else Dress.shirt
        assert "skirt" not in costume(noun, "", BodyLook(presents="woman", dress=dress, hat=hat))


def test_no_man_wears_a_trades_dress_unasked() -> None:
    looks = [
        look_of(
            TreatedCharacter(name="the dancer", noun="dancer", words="", being=Being.person),
            seed, "dancer", frozenset(), "man",
        )[0]
        for seed in range(6)
    ]  # fmt: skip
    assert all(look.dress is not Dress.dress for look in looks)
    assert "tutu" not in costume("dancer", "", looks[0])


def test_a_teenage_girl_is_no_girl_of_nine() -> None:
    phrase = Phrase("girl", "girl", adjectives=("teenage",), sort="person", being=Being.person, pronoun="she")
    words = look_words(phrase, Random(2), set())
    treated = TreatedCharacter(name="the girl", noun="girl", words=words, being=Being.person)
    look = look_of(treated, 3, "girl", frozenset(), None)[0]
    assert look.age is Age.youth, words
    assert look.presents == "woman", words


def test_a_babys_whole_face_is_in_its_close_up() -> None:
    look, words = told("baby", 3)
    figure = Figure(look, (), Ink(), 3, costume("baby", words, look))
    acting = Acting(Action.stand, Expression.neutral, Facing.camera)
    extent, _ = measured(figure, acting, 3.0)
    assert extent.face > 0.17 * figure.height
    assert extent.eyes < 0.8 * extent.top


def test_a_young_knight_in_armour_is_as_tall_as_a_grown_one() -> None:
    knight, youth = BodyLook(age=Age.youth, dress=Dress.armour), BodyLook(age=Age.youth)
    grown = anatomy(BodyLook(dress=Dress.armour))
    assert anatomy(knight).height == grown.height > anatomy(youth).height
    assert anatomy(knight).head == grown.head < anatomy(youth).head
