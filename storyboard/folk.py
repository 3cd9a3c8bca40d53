"""Animals of trade: "a fox lawyer" is a fox who goes upright, has hands and dresses as a lawyer does."""

from __future__ import annotations

import re

from .lexicon import Entry, describe, look_up
from .vocabulary import Being

_BEASTLY = frozenset((Being.quadruped.value, Being.bird.value))
_HANDED = frozenset(("monkey", "gorilla", "frog"))
"""Animals that stand upright, with hands, where a story gives them a trade."""
_WITH_ANIMALS = re.compile(
    r"hunter|farmer|keeper|driver|rider|watcher|walker|owner|seller|monger|herd|catcher|tamer|trainer"
    r"|cowboy|fisher|lover|slayer|shooter|whisperer|charmer|carver|scientist|researcher|expert|maker|painter"
    r"|sailor|breeder|racer|^(?:man|men|woman|women|boy|girl|lady|child|children|person|people|baby)$"
)
"""Trades that people have with animals, and no animal's own: a camel driver is no camel."""
_TAKERS = frozenset(("thief", "rustler", "doctor", "dealer"))
_KEPT = frozenset(
    ("horse", "cow", "cattle", "sheep", "chicken", "pig", "dog", "hen", "goose", "camel", "bee")
)
"""Animals that people keep, and that others steal from them: a horse thief is no horse."""


def folk_of(noun: str) -> tuple[Entry, Entry] | None:
    """The animal and the trade that a noun names together; None where it is a person, or only an animal."""
    first, _, trade = noun.strip().lower().rpartition(" ")
    if not first or _WITH_ANIMALS.search(trade) or (trade in _TAKERS and first in _KEPT):
        return None
    whole = look_up(noun)
    if whole is not None and whole.lemma == noun.strip().lower() and whole.sort == "person":
        return None  # a cat burglar is a burglar
    kin, listed = look_up(first, "creature"), look_up(trade, "person")
    if kin is None or listed is None or look_up(noun, "creature"):
        return None
    if kin.being not in _BEASTLY and kin.kind not in _HANDED:
        return None
    return (kin, listed) if re.search(rf"\b{re.escape(kin.lemma)}s?$", first) else None


def fur(words: str, kin: Entry) -> str:
    """The colour of the coat, where the words speak of fur or feathers, or that of the species."""
    own: str = kin.attributes["coat_colour"]
    if not re.search(r"\b(?:fur|furred|furry|feathers?|feathered|plumage)\b", words.lower()):
        return own
    return str(describe(words, kin.being).get("coat_colour", own))
