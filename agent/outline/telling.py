"""From a pattern with choices and roles to a sentence.

``[a|b|c]`` is a choice made by the seed; ``{hero}`` mentions a role ("a keeper" the first time,
"the keeper" after); ``{in2}`` is where the second place is; ``<carry>`` is a verb in the present.
"""

from __future__ import annotations

import random
import re
from collections.abc import Mapping

from .phrase import PRONOUN, Phrase
from .rewording import DEMONYMS
from .words import third

_CHOICE = re.compile(r"\[([^\[\]]*)\]")
_SLOT = re.compile(r"\{([a-z]+)(\d?)\}")
_VERB = re.compile(r"<([a-z-]+)>")
_OWNER = re.compile(r"^(?:my|our|your|their|its|her|his)(?= )")
"""Whose it is, where a sentence that is seen begins with it: nobody has been named before."""
_PEOPLES = re.compile(rf"\b(?:{'|'.join(sorted(DEMONYMS))})\b")
ROLES = ("hero", "other", "third", "thing", "tool", "gift", "absent")
"""Roles that are mentioned by a noun phrase."""


def _present(verb: str, plural: bool) -> str:
    return ("are" if plural else "is") if verb == "be" else verb if plural else third(verb)


class Missing(KeyError):
    """The pattern needs something that this story does not have."""


class Teller:
    """Fills patterns for one story. Remembers who has been mentioned; ``fork`` tries without remembering."""

    def __init__(self, roles: Mapping[str, Phrase], texts: Mapping[str, str], rng: random.Random) -> None:
        self.roles = dict(roles)
        self.texts = dict(texts)
        self.rng = rng
        self.mentioned: set[str] = set()
        self.last_subject = ""

    def fork(self) -> Teller:
        """A copy with the same random source and its own memory of what was mentioned."""
        copy = Teller(self.roles, self.texts, self.rng)
        copy.mentioned = set(self.mentioned)
        copy.last_subject = self.last_subject
        return copy

    def choose(self, pattern: str) -> str:
        """The pattern with every choice made."""
        while _CHOICE.search(pattern):
            pattern = _CHOICE.sub(lambda m: self.rng.choice(m[1].split("|")), pattern)
        return pattern

    def tell(self, pattern: str) -> str:
        """A narration: one or more finished sentences. Raises ``Missing``."""
        chosen = self._expand(self.choose(pattern))
        opening = re.match(r"\{(hero|other)\}(?!')", chosen)
        subject = opening[1] if opening else ""
        if (
            subject
            and subject == self.last_subject
            and self._clear_pronoun(subject)
            and self.rng.random() < 0.6
        ):
            chosen = PRONOUN[self.roles[subject].pronoun][0] + chosen[opening.end() :] if opening else chosen
        self.last_subject = subject
        hero = self._phrase("hero")
        chosen = _VERB.sub(
            lambda m: ("are" if m[1] == "be" else m[1]) if hero.plural else third(m[1]), chosen
        )
        told = finished(_SLOT.sub(self._mention, chosen))
        self.mentioned |= {
            r for r, phrase in self.roles.items() if re.search(rf"\b{re.escape(phrase.head)}\b", told)
        }
        return told

    def show(self, pattern: str) -> tuple[str, str, list[str]]:
        """A shot's sentence in the present tense, its verb, and the roles in order. Raises ``Missing``."""
        chosen = self._expand(self.choose(pattern))
        named = [m[1] + m[2] for m in _SLOT.finditer(chosen) if m[1] in ROLES and m[1] != "absent"]
        verb = _VERB.search(chosen)
        before = chosen[: verb.start()] if verb else ""
        actor = _SLOT.match(before)
        plural = " and " in before or not actor or self._phrase(actor[1]).plural
        chosen = _VERB.sub(lambda m: _present(m[1], plural), chosen)
        full = finished(_OWNER.sub("the", _SLOT.sub(lambda m: self._mention(m, again=True), chosen), count=1))
        return full, verb[1] if verb else "", list(dict.fromkeys(named))

    def _clear_pronoun(self, role: str) -> bool:
        own = self.roles[role].pronoun
        rest = [self.roles[r].pronoun for r in ("hero", "other") if r in self.roles and r != role]
        return own not in rest and own != "they" and not (own == "it" and "thing" in self.mentioned)

    def _expand(self, pattern: str) -> str:
        """Texts put in, and what they hold in turn."""
        for _ in range(4):
            slots = [m for m in _SLOT.finditer(pattern) if m[1] + m[2] in self.texts]
            if not slots:
                return pattern
            for match in slots:
                if not self.texts[match[1] + match[2]]:
                    raise Missing(match[0])
            pattern = self.choose(_SLOT.sub(lambda m: self.texts.get(m[1] + m[2], m[0]), pattern))
        return pattern

    def _phrase(self, role: str) -> Phrase:
        if role not in self.roles:
            raise Missing(role)
        return self.roles[role]

    def _mention(self, match: re.Match[str], again: bool = False) -> str:
        word, number = match[1], match[2]
        if word in ROLES:
            phrase = self._phrase(word)
            known = again or word in self.mentioned
            if not again:
                self.mentioned.add(word)
            return phrase.again if known else phrase.first
        whose = self._phrase("thing" if word == "wast" else "other" if number == "2" else "hero")
        if word in {"was", "wast"}:
            return "were" if whose.plural else "was"
        forms = dict(zip(("he", "him", "his", "himself"), PRONOUN[whose.pronoun], strict=True))
        if word not in forms:
            raise Missing(word)
        return forms[word]


def finished(text: str) -> str:
    """Sentences with capitals, one end mark each, and possessives set right."""
    text = re.sub(r"\s+", " ", text).strip()
    text = re.sub(r"\s+([,.;:!?])", r"\1", text)
    text = re.sub(r"([.!?])[.,]+(?=\s|$)", r"\1", text)
    text = re.sub(r"\b(\w+[^s\W]s)'s\b", _possessive, text)
    text = _PEOPLES.sub(lambda m: m[0].capitalize(), text)
    if text and text[-1] not in ".!?…":
        text += "."
    return re.sub(r"(^|[.!?]\s+)([a-zà-ÿ])", lambda m: m[1] + m[2].upper(), text)


def _possessive(match: re.Match[str]) -> str:
    from .words import is_plural

    return f"{match[1]}'" if is_plural(match[1]) and match[1][:1].islower() else match[0]
