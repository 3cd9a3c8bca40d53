"""What the bank knows of a being and of a trade."""

from __future__ import annotations

from typing import Any

from .bank import bank, word_set
from .phrase import Phrase
from .words import singular

YOUNG = word_set("young")


def being_words(phrase: Phrase) -> dict[str, Any]:
    """The bank's words for this being."""
    beings = bank("beings")
    for key in (phrase.kind, phrase.head.lower(), "child" if phrase.head.lower() in YOUNG else ""):
        if key in beings and key != "person":
            found: dict[str, Any] = beings[key]
            return found
    fallback: dict[str, Any] = beings.get(
        str(phrase.being.value) if phrase.being else "person", beings["person"]
    )
    return fallback


def home_of(phrase: Phrase) -> str:
    """The kind of place where this being is at home."""
    own = bank("homes").get(phrase.kind) if phrase.sort == "creature" else None
    return str(own or being_words(phrase)["home"])


def trade_words(phrase: Phrase) -> dict[str, Any] | None:
    """The bank's words for this trade, or None."""
    trades = bank("trades")
    noun = phrase.noun.lower()
    for key in (noun, noun.split()[-1], singular(phrase.head), *(w.lower() for w in phrase.proper.split())):
        if key in trades:
            found: dict[str, Any] = trades[key]
            return found
    return None
