"""What a character looks like, in words that casting can draw."""

from __future__ import annotations

import random

from ...storyboard.vocabulary import Being
from .lore import YOUNG, trade_words
from .phrase import Phrase

_SIZES = ("small", "large", "slender", "round")

_COATS = (
    "pale grey",
    "deep blue-grey",
    "chestnut brown",
    "soft black",
    "warm rust red",
    "silver",
    "mossy green",
)

_MARKS = (
    "with one white patch",
    "with bright amber eyes",
    "with a small notch in one ear",
    "with a long old scar",
    "with dark curious eyes",
)

_BUILDS = ("tall thin", "short sturdy", "lean", "broad-shouldered", "slight", "round")

_AGES = ("in the middle twenties", "about thirty", "about forty", "past fifty")

_HAIR = (
    "short black hair",
    "curly red hair",
    "long brown hair in a braid",
    "a blond ponytail",
    "a dark bun",
    "spiky brown hair",
    "a black bob",
)

_GREY = ("white hair in a bun", "thin white hair", "short grey hair", "grey curls")

_WEAR = (
    "a mustard coat and brown boots",
    "a grey shirt and a red scarf",
    "a green coat with a patched elbow",
    "a blue dress coat and a knitted hat",
    "a striped shirt and dark trousers",
)

_CHILD_WEAR = (
    "a yellow raincoat and red boots",
    "a striped shirt and patched trousers",
    "a green coat too big by a year",
)


def look_words(phrase: Phrase, rng: random.Random) -> str:
    """What a character looks like, in one or two sentences."""
    trade = trade_words(phrase)
    own = " ".join(phrase.adjectives)
    noun = phrase.noun if not phrase.proper else {"she": "woman", "he": "man"}.get(phrase.pronoun, "person")
    if phrase.being not in {None, Being.person}:
        coat = rng.choice(_COATS)
        mark = rng.choice(_MARKS)
        return f"A {own + ' ' if own else ''}{rng.choice(_SIZES)} {noun}, {coat}, {mark}."
    young = phrase.head.lower() in YOUNG or "young" in phrase.noun
    aged = "old" in f"{own} {phrase.noun}".split() or phrase.head.lower().startswith("grand")
    age = "about nine years old" if young else "over seventy" if aged else rng.choice(_AGES)
    hair = rng.choice(_GREY if aged else _HAIR)
    wear = trade["wear"] if trade else rng.choice(_CHILD_WEAR if young else _WEAR)
    return f"A {rng.choice(_BUILDS)} {noun} {age}, with {hair}, in {wear}."
