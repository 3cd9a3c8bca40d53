"""English word forms: what a word can be, its base form, past tense, third person, plural, article."""

from __future__ import annotations

import re
from functools import lru_cache

from ...storyboard import lexicon
from .bank import word_set

TOKEN = re.compile(r"[^\W\d_]+(?:['’\-][^\W\d_]+)*['’]?|\d+(?:[.,:]\d+)*|[^\w\s]")
"""A word (with inner apostrophes and hyphens), a number, or one mark."""

DETERMINERS = word_set("determiners")
POSSESSIVES = word_set("possessives")
NUMBERS = word_set("numbers")
PREPOSITIONS = word_set("prepositions")
SUBORDINATORS = word_set("subordinators")
RELATIVES = frozenset(["who", "which", "that", "whose", "whom"])
CONJUNCTIONS = word_set("conjunctions")
PRONOUNS = word_set("pronouns")
MODALS = {"must": "had to", "can": "could", "will": "would", "may": "might", "shall": "should"}
AUXILIARIES = {
    "is": "was",
    "are": "were",
    "am": "was",
    "has": "had",
    "have": "had",
    "does": "did",
    "do": "did",
}
_NEGATED = {
    "can't": "could not",
    "cannot": "could not",
    "won't": "would not",
    "doesn't": "did not",
    "don't": "did not",
    "isn't": "was not",
    "aren't": "were not",
    "hasn't": "had not",
    "haven't": "had not",
}
CLOSED = (
    DETERMINERS
    | POSSESSIVES
    | NUMBERS
    | PREPOSITIONS
    | SUBORDINATORS
    | RELATIVES
    | CONJUNCTIONS
    | PRONOUNS
    | frozenset(MODALS)
    | frozenset(AUXILIARIES)
    | frozenset(_NEGATED)
    | word_set("closed_words")
)
"""Words of the closed classes: never the head of a noun phrase."""

_TAGS = {"NOUN": "noun", "PROPN": "noun", "VERB": "verb", "AUX": "verb", "ADJ": "adjective", "ADV": "adverb"}


@lru_cache(maxsize=20_000)
def classes(word: str) -> frozenset[str]:
    """What an open-class word can be: some of noun, verb, adjective, adverb. Unknown words are nouns."""
    # Imported on first use: its tables take a tenth of a second to load.
    from lemminflect import getAllLemmas

    lower = word.lower()
    if lower in CLOSED:
        return frozenset()
    found = {_TAGS[tag] for tag in getAllLemmas(lower) if tag in _TAGS}
    return frozenset(found | {"noun"} if not found or lower.removesuffix("s") in _NOUNS_TOO else found)


_NOUNS_TOO = frozenset(
    {"pan", "log", "dam", "vet", "gamer", "lounge", "chime", "tin", "drape", "handcuff", "tote"}
)
"""Nouns that the tables know as verbs alone."""


@lru_cache(maxsize=20_000)
def base_verb(word: str) -> str:
    """ "befriends" -> "befriend", "stole" -> "steal"; the word itself where it is no verb form."""
    from lemminflect import getAllLemmas

    lower = word.lower()
    found: tuple[str, ...] = getAllLemmas(lower, upos="VERB").get("VERB", ())
    if len(found) > 1:
        known = [lemma for lemma in found if past(lemma) == lower or third(lemma) == lower]
        return known[-1] if known and lower.endswith("ed") else (known or list(found))[0]
    return found[0] if found else lower


@lru_cache(maxsize=20_000)
def past(verb: str) -> str:
    """Past tense of a base form."""
    from lemminflect import getInflection

    if verb in _ODD_PAST:
        return _ODD_PAST[verb]
    found = getInflection(verb, "VBD")
    return found[0] if found else verb + ("d" if verb.endswith("e") else "ed")


_ODD_PAST = {
    "be": "was",
    "fly": "flew",
    "hang": "hung",
    "light": "lit",
    "shine": "shone",
    "lie": "lay",
    "leap": "leapt",
    "kneel": "knelt",
    "dream": "dreamed",
    "learn": "learned",
    "dwell": "dwelt",
    "sneak": "crept",
    "befriend": "befriended",
    "have": "had",
    "do": "did",
}


def third(verb: str) -> str:
    """Third person singular, present: carry -> carries."""
    if verb in {"be", "have"}:
        return {"be": "is", "have": "has"}[verb]
    if re.search(r"[^aeiou]y$", verb):
        return verb[:-1] + "ies"
    return verb + ("es" if re.search(r"(s|x|z|ch|sh|[^o]o)$", verb) else "s")


def is_plural(noun: str) -> bool:
    """Whether a noun form is plural ("bakers", "children"), as far as its form tells."""
    from lemminflect import getAllLemmas

    lower = noun.lower()
    if lower in _PLURALS:
        return True
    if lower.endswith(("ss", "us", "is")) or not lower.endswith("s"):
        return False
    return all(lemma != lower for lemma in getAllLemmas(lower, upos="NOUN").get("NOUN", (lower,)))


_PLURALS = word_set("plurals")


def singular(noun: str) -> str:
    """The singular of a noun form."""
    from lemminflect import getAllLemmas

    lower = noun.lower()
    if lower in {"people"}:
        return "person"
    found = getAllLemmas(lower, upos="NOUN").get("NOUN", ())
    shorter = [lemma for lemma in found if lemma != lower]
    return shorter[0] if shorter else lower


def with_article(words: str) -> str:
    """ "old radio" -> "an old radio"; "hour" -> "an hour"."""
    low = words.lower()
    vowel = low[:1] in "aeiou" and not re.match(r"(uni|eu|use|usu|one|once|ute|u-)", low)
    return f"{'an' if vowel or re.match(r'(hour|heir|honest|honou?r)', low) else 'a'} {words}"


def finite_verbs(words: list[str], shift_first: bool = False) -> set[int]:
    """Indices of words that certainly are finite verbs; ``shift_first``: word 0 is one.

    Those are: after a relative pronoun, a personal pronoun, or a noun inside a clause that a
    conjunction opened; after "and", where somebody did something before: "digs and meets a ghost"; and the
    first one that has a subject before it and an object after it: "a widow paints the lighthouse".
    """
    found: set[int] = {0} if shift_first and words else set()
    clause = False
    for i, word in enumerate(words):
        low = word.lower()
        before = words[i - 1].lower() if i else ""
        if i and "verb" in classes(low) and low not in _PARTICLES:
            relative = before in {"who", "which"} or (before == "that" and _third_person(low))
            after_subject = before in _SUBJECTS
            after_noun = (
                clause and before not in CLOSED and _third_person(low) and not _noun_likelier(words, i)
            )
            joined = before in {"and", "then"} and bool(found or _acted(words[:i])) and _goes_on(words, i)
            opening = not found and not clause and acts_on(words, i)
            if relative or after_subject or after_noun or joined or opening or has_subject(words, i):
                found.add(i)
        clause = clause or low in SUBORDINATORS or low in {"but", "who", "which", "that", "whose"}
    return found


_PARTICLES = frozenset({"back", "home", "down", "up", "out", "away", "last"})
"""What is no verb after a pronoun: "bring it back"."""


_OPENERS = SUBORDINATORS | frozenset({"and", "but", "then", "later", ","})


def has_subject(words: list[str], i: int) -> bool:
    """Whether somebody new begins a clause before word ``i``, its verb: "and a child walks through it"."""
    if not _goes_on(words, i) or "noun" not in classes(words[i - 1]) or is_plural(words[i - 1]):
        return False
    at = i - 1
    while at > 0 and words[at].lower() not in CLOSED and words[at].isalpha():
        at -= 1
    return at > 1 and words[at].lower() in DETERMINERS | POSSESSIVES and words[at - 1].lower() in _OPENERS


def _acted(words: list[str]) -> bool:
    """Whether a verb in the third person stands among the words."""
    return any(_third_person(w.lower()) and lexicon.verb(base_verb(w.lower())) for w in words[1:])


def acts_on(words: list[str], i: int) -> bool:
    """Whether word ``i`` is a known verb in the third person between a noun in the singular and an object."""
    low, before = words[i].lower(), words[i - 1].lower()
    after = words[i + 1].lower() if i + 1 < len(words) else ""
    subject = "noun" in classes(before) and before not in CLOSED and not is_plural(before)
    told = subject and _third_person(low) and lexicon.verb(base_verb(low)) is not None
    return told and after in DETERMINERS | POSSESSIVES | {"it", "him", "her", "them"}


def _goes_on(words: list[str], i: int) -> bool:
    """Whether word ``i`` is a known verb in the third person with something after it that a verb takes."""
    low = words[i].lower()
    after = words[i + 1].lower() if i + 1 < len(words) else ""
    taken = DETERMINERS | POSSESSIVES | PREPOSITIONS | {"to", "it", "him", "her", "them", "away", "home", ""}
    return _third_person(low) and lexicon.verb(base_verb(low)) is not None and after in taken


def past_clause(words: list[str], shift_first: bool = False) -> list[str]:
    """The words with present-tense finite verbs put in the past; ``shift_first``: word 0 is finite."""
    finite = finite_verbs(words, shift_first)
    out: list[str] = []
    for i, word in enumerate(words):
        low = word.lower()
        before = words[i - 1].lower() if i else ""
        if low in _NEGATED:
            out.extend(_NEGATED[low].split())
        elif before in MODALS or before in _NEGATED or before in {"could", "would", "had", "did", "to"}:
            out.append(word)
        elif low in MODALS and before not in DETERMINERS | POSSESSIVES:
            out.extend(MODALS[low].split())
        elif low in {"is", "are", "has", "does"} or (low in AUXILIARIES and i in finite | {0}):
            out.append(AUXILIARIES[low])
        elif i in finite:
            base = base_verb(low)
            out.append(past(base) if low in {base, third(base)} else word)
        else:
            out.append(word)
    return out


_SUBJECTS = word_set("subjects")


def _third_person(word: str) -> bool:
    return word.endswith("s") and not word.endswith(("ss", "us", "is")) and base_verb(word) != word


def _noun_likelier(words: list[str], i: int) -> bool:
    """Whether word ``i`` (a noun or verb form in -s) looks like a noun: no noun stands before it."""
    if "noun" not in classes(words[i]):
        return False
    before = words[i - 1].lower()
    return "noun" not in classes(before) and not words[i - 1][:1].isupper()


def join(words: list[str]) -> str:
    """Words and marks as running text."""
    return re.sub(r"\s+([,.;:!?…])", r"\1", " ".join(words))
