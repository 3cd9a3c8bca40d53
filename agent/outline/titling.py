"""A short title for a film: what the story is about, in at most five words."""

from __future__ import annotations

import re

from .idea import Reading
from .phrase import Phrase
from .words import NUMBERS, POSSESSIVES

MOST_WORDS = 5
"""Words of a title, at most."""
_SMALL = frozenset(["a", "an", "and", "at", "by", "for", "from", "in", "of", "on", "or", "the", "to", "with"])
_MOST_CHARACTERS = 60
_FOREIGN_CHARACTERS = 16
"""Characters of a title in a script without spaces, at most."""


def title_of(idea: str, reading: Reading) -> str:
    """A title of at most ``MOST_WORDS`` words; the idea itself where it is that short. Never empty."""
    whole = re.sub(r"\s+", " ", idea).strip(" .!?\"'“”")
    if _short_enough(whole):
        return title_case(whole)
    hero = reading.heroes[0] if reading.heroes else None
    others = [p for p in reading.others if not p.gone and not _dead(p)]
    wished = reading.goal.split() if reading.goal.startswith("be ") else []
    tries = []
    if wished:
        tries.append(f"The Would-Be {wished[-1]}")
    if hero is not None and len(reading.heroes) > 1:
        tries.append(f"{_short(hero)} and {_short(reading.heroes[1])}")
    if hero is not None and others and not hero.plural:
        tries.append(f"{_short(hero)} and {_short(others[0])}")
    if reading.things and (hero is None or hero.noun != reading.things[0].noun):
        tries += _of_thing(reading, hero)
    if hero is not None and others:
        tries.append(f"{_short(hero)} and {_short(others[0])}")
    if hero is not None:
        tries += _of_hero(reading, hero)
    words = (t for t in tries if _short_enough(t))
    return title_case(next(words, first_words(whole)))


def title_of_cast(text: str, people: list[Phrase], things: list[Phrase]) -> str:
    """A title for a told story, by the two that it is about; its first words where it names nobody."""
    tries = []
    if len(people) > 1:
        tries.append(f"{_short(people[0])} and {_short(people[1])}")
    if people and things:
        tries.append(f"{_short(people[0])} and the {things[0].noun}")
    if people:
        tries.append(_short(people[0]))
    whole = re.sub(r"\s+", " ", text).strip(" .!?\"'“”。！？")
    if _short_enough(whole):
        return whole
    return title_case(next((t for t in tries if _short_enough(t)), first_words(whole)))


def first_words(text: str) -> str:
    """The first words of a text, as many as a title has, with an ellipsis where there are more."""
    words = text.split()
    short = " ".join(words[:MOST_WORDS])
    if len(short) > _MOST_CHARACTERS:
        short = short[:_FOREIGN_CHARACTERS]
    return short if short == text else short.rstrip(" ,;:.!?。、，") + "…"


def _short_enough(title: str) -> bool:
    return len(title.split()) <= MOST_WORDS and len(title) <= _MOST_CHARACTERS


def title_case(words: str) -> str:
    """ "the keeper and the whale" -> "The Keeper and the Whale"."""
    cased = [
        w if i and w.lower() in _SMALL else w[:1].upper() + w[1:] for i, w in enumerate(words.split(" "))
    ]
    return " ".join(cased)


def _short(phrase: Phrase) -> str:
    return phrase.again if phrase.proper else f"the {phrase.short}"


def _of_thing(reading: Reading, hero: Phrase | None) -> list[str]:
    thing = reading.things[0]
    own = thing.determiner if thing.determiner in NUMBERS else "the"
    told = " ".join((own, *thing.adjectives, thing.noun + thing.tail))
    clause = " ".join(reading.words).partition(f"{thing.noun} that ")[2]
    tries = [f"the {thing.noun} that {clause}"] if clause and "," not in clause else []
    if hero is not None and hero.proper:
        tries.append(f"{hero.again} and the {thing.noun}")
    return [*tries, told, f"{own} {thing.noun}"]


def _of_hero(reading: Reading, hero: Phrase) -> list[str]:
    aims = [
        p
        for p in reading.named
        if p.sort == "thing" and not p.proper and not p.after and p.noun != hero.noun and not p.plural
    ]
    tries = []
    if aims and not hero.plural and aims[0].determiner not in POSSESSIVES:
        owner = _short(hero)
        tries.append(f"{owner}{chr(39) if owner.endswith('s') else chr(39) + 's'} {aims[0].noun}")
    if hero.proper:
        return [*tries, hero.again]
    return [*tries, " ".join(("the", *hero.adjectives, hero.noun)), f"the {hero.noun}"]


def _dead(phrase: Phrase) -> bool:
    return bool({"dead", "late", "missing", "vanished"} & {a.lower() for a in phrase.adjectives})
