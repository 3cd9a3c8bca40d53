"""Whom the hero meets where the idea names nobody: somebody who could be where the story is."""

from __future__ import annotations

import random
import re
from dataclasses import replace

from ...storyboard import lexicon
from ...storyboard.vocabulary import Being
from .able import body_of
from .bank import bank
from .chunking import sorted_phrase
from .idea import Reading
from .lore import being_words, home_of, trade_words
from .phrase import Phrase
from .scouting import is_royal
from .spots import DIVERS, SPACE


def phrase_of(text: str, sort: str | None = None) -> Phrase:
    """A phrase of the bank's own, such as "a pail of herring" or "an old ferryman"."""
    determiner, _, body = text.partition(" ")
    body, _, rest = body.partition(" of ") if sort == "thing" else (body, "", "")
    tail = f" of {rest}" if rest else ""
    with_tail = re.match(r"(.*?)( (?:with|in|who|from|on|without|across|next|going) .*)$", body)
    if with_tail:
        body, tail = with_tail[1], with_tail[2] + tail
    words = body.split()
    made = Phrase(
        noun=body, head=words[-1], determiner="a" if determiner in {"a", "an"} else determiner, tail=tail
    )
    found = sorted_phrase(made)
    if sort == "person" and found.sort not in {"person", "creature"}:
        found = replace(found, sort="person", being=Being.person, pronoun="they")
    if sort == "thing":
        found = replace(found, sort="thing", being=None, pronoun="it")
    return found


def company_of(shape: str, hero: Phrase, reading: Reading, rng: random.Random) -> Phrase:
    """Somebody for the hero to meet, who could be where the story is."""
    people = bank("asides")["people"]
    if hero.sort == "creature" and shape != "theft" and not acts_with_people(hero, reading):
        beasts = bank("asides")["animals"]
        near = [
            b
            for b in (beasts.get(hero.kind) or beasts.get(home_of(hero), beasts["forest"]))
            if b.split()[-1] != hero.head.split()[-1]
        ]
        return phrase_of(rng.choice(near), "creature")
    kinds = {p.kind for p in reading.places} | {(trade_words(hero) or being_words(hero)).get("place", "")}
    kinds |= {home_of(hero)} if hero.sort == "creature" else set()
    kinds |= {"sea"} if reading.verb in _AT_SEA else set()
    pool = bank("shapes")[shape]["people"]
    if (told := _told_of(hero, reading)) is not None:
        return told
    lived = _lived_in(hero, reading)
    if "submarine" in {*hero.adjectives, *hero.noun.split(), *(p.head for p in reading.places)}:
        pool = people["submarine"]
    elif kinds & SPACE:
        pool = people["space"]
    elif any(
        p.gone and p.head.lower() in {"human", "humans", "man", "person", "people"} for p in reading.others
    ):
        pool = ["a stray dog", "a one-eyed crow", "a thin cat"]
    elif hero.head.lower() in DIVERS:
        return phrase_of(rng.choice(["a shy octopus", "a young dolphin", "a green turtle"]), "creature")
    elif kinds & {"sea", "ship", "underwater", "island"}:
        pool = people["sea"]
    elif shape == "theft" and is_royal(reading):
        pool = people["palace"]
    elif first := next(
        (k for k in (*lived, *sorted(kinds)) if k in people and (k in _APART or shape not in _SUSPECT)), ""
    ):
        pool = people[first]
    if "old" in {a.lower() for a in hero.adjectives}:  # two of one age are taken for one another
        pool = [p for p in pool if "old" not in p.split()] or pool
    return _unlike(phrase_of(rng.choice(pool), "person"), hero)


def _told_of(hero: Phrase, reading: Reading) -> Phrase | None:
    """Whom the words mean without naming them: of one's own wedding the bride or groom, of a war soldiers."""
    words = {w.lower().removesuffix("'s") for w in reading.words}
    if words & {"wedding", "marriage"} and words & {"own", "his", "her"} and hero.sort == "person":
        wed = {"he": "a bride", "she": "a groom"}.get(hero.pronoun)
        return phrase_of(wed, "person") if wed and hero.head.lower() not in {"bride", "groom"} else None
    if words & {"war", "battle", "battlefield", "general", "army"} and hero.head.lower() not in {
        "soldier",
        "soldiers",
    }:
        return phrase_of("a soldier", "person")
    return None


def acts_with_people(hero: Phrase, reading: Reading) -> bool:
    """Whether an animal lives among people in this story: it has hands, a name, a trade, or people around."""
    named = any(p.sort == "person" for p in reading.others)
    return named or body_of(hero) in {"hand", "still"} or bool(hero.proper) or " " in hero.head


_APART = frozenset(
    {
        "train",
        "hospital",
        "desert",
        "mountain",
        "snowfield",
        "lighthouse",
        "cave",
        "castle",
        "school",
        "farm",
        "market",
        "museum",
        "library",
        "kitchen",
    }
)
"""Places where nobody is met by chance who does not belong there."""
_AT_SEA = frozenset({"sail", "row"})
"""What takes somebody where only those who live by the sea are met."""
_SUSPECT = frozenset({"pursuit", "rivalry", "theft", "farewell"})
"""Shapes whose other is somebody in particular, wherever it is."""


def _lived_in(hero: Phrase, reading: Reading) -> list[str]:
    """Kinds of the places that the words name, the vehicle that the story is in among them."""
    things = [p for p in reading.things if p.head.lower() != "ring"]  # which is no circus
    nouns = [*hero.adjectives, hero.noun.split()[0], *(p.noun for p in (*reading.places, *things))]
    kinds = [entry.kind for n in nouns if (entry := lexicon.look_up(n, "place")) is not None]
    return [*kinds, *(["snowfield"] if "snow" in {w.lower() for w in reading.words} else [])]


def _unlike(phrase: Phrase, hero: Phrase) -> Phrase:
    return replace(phrase, noun="old stranger", head="stranger") if phrase.head == hero.head else phrase
