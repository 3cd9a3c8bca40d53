"""What the outline's characters wear: two whom one colour dresses are not told apart from afar."""

from __future__ import annotations

import re
from random import Random

import pytest
from invented import character, treatment

from photoplay.agent.outline.appearance import look_words
from photoplay.agent.outline.phrase import Phrase
from photoplay.storyboard.casting import cast
from photoplay.storyboard.film import Brief
from photoplay.storyboard.vocabulary import Being, Hat

HUES = re.compile(r"\b(red|brown|green|blue|grey|mustard|purple|yellow|black)\b")


def worn_by(nouns, seed):
    worn: set[str] = set()
    return [
        look_words(Phrase(noun, noun, sort="person", being=Being.person), Random(f"{seed} {noun}"), worn)
        for noun in nouns
    ]


def first_hue(words):
    return HUES.search(words.rsplit(", in ", 1)[1]).group()


@pytest.mark.parametrize("nouns", [["boy", "girl", "boy"], ["man", "woman", "grandmother", "grandfather"]])
def test_people_of_one_film_wear_other_hues(nouns):
    for seed in range(30):
        hues = [first_hue(words) for words in worn_by(nouns, seed)]
        assert len(set(hues)) == len(hues), hues


def test_boys_wear_trousers_and_girls_dresses():
    for seed in range(20):
        boy, girl = worn_by(["boy", "girl"], seed)
        assert "trousers" in boy
        assert not re.search("dress|coat", boy.rsplit(", in ", 1)[1])
        assert re.search("dress|pinafore", girl)


def test_the_white_hair_of_an_old_woman_is_not_hidden():
    for seed in range(20):
        [words] = worn_by(["grandmother"], seed)
        assert re.search("white|grey", words)
        assert not re.search("hat|scarf over|hood", words.rsplit(", in ", 1)[1])
        told = character("Rosa", "grandmother", words, None)
        look = cast(treatment(characters=(told,)), Brief(idea="x"), seed).characters[0].look
        assert look.hat is Hat.none, words


def test_who_has_a_trade_is_grown_up_and_not_half_as_tall_as_the_others():
    for noun in ("conductor", "pianist", "nurse", "woodcutter"):
        for seed in range(24):
            (words,) = worn_by([noun], seed)
            assert not re.search(r"twent(?:y|ies)", words), "the age of a youth, drawn as one"


def test_who_hides_the_face_has_no_beard_besides():
    for noun in ("thief", "clown"):
        assert not any("beard" in worn_by([noun], seed)[0] for seed in range(60))
    assert any("beard" in worn_by(["sailor"], seed)[0] for seed in range(60))
