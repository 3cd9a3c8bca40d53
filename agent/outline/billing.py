"""Whom and what a treatment lists: characters, places and things, by the names that the film has for them."""

from __future__ import annotations

import random

from ...storyboard import lexicon
from ...storyboard.treatment import TreatedCharacter, TreatedPlace, TreatedScene
from ...storyboard.vocabulary import Being
from .appearance import look_words
from .phrase import Phrase
from .roles import Parts
from .showing import in_its_time
from .spots import Spot


def character_name(name: str) -> str:
    """A name as long as a film takes."""
    return name[:110]


def prop_name(phrase: Phrase) -> str:
    """What the film calls a thing."""
    return f"{phrase.noun}{phrase.tail}"[:110]


def place_name(spot: Spot) -> str:
    """What the film calls the place; its kind where its name alone would be drawn as another."""
    drawn = lexicon.place(spot.phrase.noun) or lexicon.place(spot.entry["words"])
    other = drawn is not None and drawn.value != spot.kind and spot.kind not in {"elsewhere", "", "snowfield"}
    kind = "outer space" if spot.kind == "space" else f"the {spot.kind}"
    return (kind if other and not spot.phrase.proper else spot.phrase.again)[:110]


def characters(
    parts: Parts, scenes: tuple[TreatedScene, ...], rng: random.Random
) -> tuple[TreatedCharacter, ...]:
    """Everybody who is seen, with a look of their own."""
    seen = {p.name for s in scenes for shot in s.shots for p in shot.parts}
    made = {}
    worn: set[str] = set()
    for phrase in (m for p in parts.cast for m in parts.members.get(p.name, (p,))):
        if phrase.name in seen:
            being = phrase.being if phrase.sort != "person" else Being.person
            made[phrase.name] = TreatedCharacter(
                name=character_name(phrase.name),
                noun=(phrase.species or phrase.trade)[:110],
                words=look_words(phrase, rng, worn),
                being=being,
            )
    for role in sorted(parts.figures):
        phrase = parts.roles[role]
        if prop_name(phrase) in seen:
            words = look_words(phrase, rng, worn)
            made[prop_name(phrase)] = TreatedCharacter(
                name=prop_name(phrase), noun=phrase.noun[:110], words=words, being=None
            )
    return tuple(made.values())


def places(parts: Parts, scenes: tuple[TreatedScene, ...], era: str) -> tuple[TreatedPlace, ...]:
    """The places that scenes are at."""
    used = {s.place for s in scenes}
    return tuple(
        TreatedPlace(name=place_name(s), words=f"{s.phrase.first}: {in_its_time(s.words, era)}")
        for s in parts.spots
        if place_name(s) in used
    )
