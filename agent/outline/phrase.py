"""A noun phrase of the idea, and how to mention it again."""

from __future__ import annotations

from dataclasses import dataclass

from ...storyboard.vocabulary import Being
from .bank import word_set
from .words import NUMBERS, POSSESSIVES, with_article

PRONOUN = {
    "she": ("she", "her", "her", "herself"),
    "he": ("he", "him", "his", "himself"),
    "it": ("it", "it", "its", "itself"),
    "they": ("they", "them", "their", "themselves"),
}
"""Subject, object, possessive and reflexive forms."""


@dataclass(frozen=True)
class Phrase:
    """A noun phrase. ``noun`` holds the compound ("lighthouse keeper"), ``head`` its last word."""

    noun: str
    head: str
    determiner: str = "a"
    """As in the idea: "a", "the", "her", "two", "the king's", or "" for names and bare plurals."""
    adjectives: tuple[str, ...] = ()
    proper: str = ""
    """The name, where it has one ("Mara", "Detective Ruiz")."""
    plural: bool = False
    sort: str = "thing"
    """person, creature, place or thing."""
    kind: str = ""
    """The lexicon's key, or ""."""
    being: Being | None = None
    pronoun: str = "it"
    after: str = ""
    """A preposition before it in the idea ("in", "from"), or ""."""
    tail: str = ""
    """An "of ..." that belongs to it."""

    gone: bool = False
    """True for somebody who leaves or dies in the idea."""
    called: bool = False
    """True for "a clockmaker named Tobias": mentioned first by both."""
    species: str = ""
    """What it is where its noun does not say it: "hedgehog" of a hedgehog's grandmother."""
    role_only: bool = False
    """True for what somebody wants to be or is like: no character of the story."""

    @property
    def first(self) -> str:
        """As it is mentioned first: "a lost whale", "Mara", "the king's crown"."""
        if self.proper and not self.called:
            return self.proper
        named = f" named {self.proper}" if self.called else ""
        body = " ".join((*self.adjectives, self.noun + self.tail)) + named
        if self.determiner in {"a", "an"}:
            return with_article(body)
        return f"{self.determiner} {body}".strip()

    @property
    def again(self) -> str:
        """As it is mentioned later: "the whale", "Mara", "the crown"."""
        if self.proper:
            return self.proper.split()[-1] if self.proper.split()[0] in TITLES else self.proper
        if self.sort == "place" and not self.determiner and not self.plural:
            return self.noun
        if self.determiner in POSSESSIVES:
            return f"{self.determiner} {self.noun}"
        if self.head in _GAMES and not self.determiner:
            return self.noun
        number = (
            f"{self.determiner} " if self.determiner in NUMBERS - {"one", "many", "few", "several"} else ""
        )
        whole = self.noun + (self.tail if self.head in _MEASURES else "")
        return f"the {number}{whole if self.sort in ('thing', 'place') else self.short}"

    @property
    def short(self) -> str:
        """The shortest noun that still says who: "keeper", but "ice cream" whole."""
        return self.head if self.sort in {"person", "creature"} and self.head not in _VAGUE else self.noun

    @property
    def trade(self) -> str:
        """What it is, also where it has a name: "clockmaker" of Tobias, else woman, man or person."""
        if not self.proper or (self.called and self.noun):
            return self.noun
        return {"she": "woman", "he": "man"}.get(self.pronoun, "person")

    @property
    def name(self) -> str:
        """The name the film knows it by."""
        return self.proper or (f"the {self.noun}" if self.determiner in POSSESSIVES else self.again)


_GAMES = frozenset({"chess", "football", "tennis", "cards", "checkers", "music", "jazz"})
"""What is played without an article."""
_MEASURES = word_set("measures")
"""Nouns that say nothing without what they are of: a pair, a handful, a cup."""
TITLES = word_set("titles")
_VAGUE = word_set("vague")
FEMALE = word_set("female")
MALE = word_set("male")
FEMALE_NAMES = word_set("female_names")
MALE_NAMES = word_set("male_names")
