"""English word forms: what a word can be, its base form, past tense, third person, plural, article."""

from __future__ import annotations

import re
from functools import lru_cache

TOKEN = re.compile(r"[^\W\d_]+(?:['’\-][^\W\d_]+)*['’]?|\d+(?:[.,:]\d+)*|[^\w\s]")
"""A word (with inner apostrophes and hyphens), a number, or one mark."""

DETERMINERS = frozenset("a an the this that these those some any each every no another".split())
POSSESSIVES = frozenset("my your his her its our their".split())
NUMBERS = frozenset(
    "one two three four five six seven eight nine ten eleven twelve twenty hundred thousand several many few".split()
)
PREPOSITIONS = frozenset(
    "in on at to from with by for of into onto over under through across near inside outside behind beside "
    "between beyond about against among along around beneath below above off toward towards without within "
    "during despite upon past aboard amid atop like".split()
)
SUBORDINATORS = frozenset(
    "after before when while until because as if although though where since once".split()
)
RELATIVES = frozenset("who which that whose whom".split())
CONJUNCTIONS = frozenset("and or but nor yet so then".split())
PRONOUNS = frozenset(
    "i you he she it we they me him us them myself himself herself itself themselves everyone nobody "
    "somebody someone everything nothing something anything anyone everybody".split()
)
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
    "can't": "could not", "cannot": "could not", "won't": "would not", "doesn't": "did not", "don't": "did not",
    "isn't": "was not", "aren't": "were not", "hasn't": "had not", "haven't": "had not",
}  # fmt: skip
CLOSED = (
    DETERMINERS | POSSESSIVES | NUMBERS | PREPOSITIONS | SUBORDINATORS | RELATIVES | CONJUNCTIONS | PRONOUNS
    | frozenset(MODALS) | frozenset(AUXILIARIES) | frozenset(_NEGATED)
    | frozenset("not never only just again still even ever too very all both was were be been being had did "
                "there here how why what could would should might".split())
)  # fmt: skip
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
    return frozenset(found or {"noun"})


@lru_cache(maxsize=20_000)
def base_verb(word: str) -> str:
    """ "befriends" -> "befriend", "stole" -> "steal"; the word itself where it is no verb form."""
    from lemminflect import getAllLemmas

    lower = word.lower()
    found = getAllLemmas(lower, upos="VERB").get("VERB", ())
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


_ODD_PAST = {"be": "was", "fly": "flew", "hang": "hung", "light": "lit", "shine": "shone", "lie": "lay",
             "leap": "leapt", "kneel": "knelt", "dream": "dreamed", "learn": "learned", "dwell": "dwelt",
             "sneak": "crept", "befriend": "befriended", "have": "had", "do": "did"}  # fmt: skip


@lru_cache(maxsize=20_000)
def gerund(verb: str) -> str:
    """The -ing form of a base form."""
    from lemminflect import getInflection

    found = getInflection(verb, "VBG")
    return found[0] if found else verb.removesuffix("e") + "ing"


def third(verb: str) -> str:
    """Third person singular, present: carry -> carries."""
    if verb in {"be", "have"}:
        return {"be": "is", "have": "has"}[verb]
    if re.search(r"[^aeiou]y$", verb):
        return verb[:-1] + "ies"
    return verb + ("es" if re.search(r"(s|x|z|ch|sh|o)$", verb) else "s")


def is_plural(noun: str) -> bool:
    """Whether a noun form is plural ("bakers", "children"), as far as its form tells."""
    from lemminflect import getAllLemmas

    lower = noun.lower()
    if lower in _PLURALS:
        return True
    if lower.endswith(("ss", "us", "is")) or not lower.endswith("s"):
        return False
    return all(lemma != lower for lemma in getAllLemmas(lower, upos="NOUN").get("NOUN", (lower,)))


_PLURALS = frozenset("children men women people mice geese feet teeth wolves thieves knives leaves".split())


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


def past_clause(words: list[str], shift_first: bool = False, plural: bool = False) -> list[str]:
    """The words with present-tense finite verbs put in the past; ``shift_first``: word 0 is finite.

    Only verbs that certainly are finite change: after a relative pronoun, a personal pronoun, or a
    noun inside a clause that a conjunction opened.
    """
    out: list[str] = []
    clause = False
    after_modal = False
    for i, word in enumerate(words):
        low = word.lower()
        before = words[i - 1].lower() if i else ""
        finite = (i == 0 and shift_first) or before in RELATIVES - {"whose", "that"} or before in _SUBJECTS
        if clause and not finite and i > 0 and before not in CLOSED:
            finite = "verb" in classes(low) and _third_person(low) and not _noun_likelier(words, i)
        if before == "that" and "verb" in classes(low) and _third_person(low):
            finite = True
        was_negated = after_modal
        after_modal = low in MODALS or low in _NEGATED or low in {"could", "would", "had", "did", "to"}
        if low in _NEGATED:
            out.extend(_NEGATED[low].split())
        elif low in MODALS and (finite or i == 0 or clause or before not in DETERMINERS):
            out.extend(MODALS[low].split())
        elif was_negated:
            out.append(word)
        elif low in {"is", "are", "has", "does"} or (low in AUXILIARIES and finite):
            form = AUXILIARIES[low]
            out.append("were" if form == "was" and low == "are" else form)
        elif finite and "verb" in classes(low):
            base = base_verb(low)
            present = low == base or low == third(base)
            out.append(past(base) if present else word)
        else:
            out.append(word)
        clause = clause or low in SUBORDINATORS or low in {"but", "who", "which", "that", "whose"}
    return out


_SUBJECTS = frozenset("he she it they nobody everyone someone somebody".split())


def _third_person(word: str) -> bool:
    return word.endswith("s") and not word.endswith(("ss", "us", "is")) and base_verb(word) != word


def _noun_likelier(words: list[str], i: int) -> bool:
    """Whether word ``i`` (a noun or verb form in -s) looks like a noun: no noun before it, or an adjective."""
    if "noun" not in classes(words[i]):
        return False
    before = words[i - 1].lower()
    return "noun" not in classes(before) and not words[i - 1][:1].isupper()


def join(words: list[str]) -> str:
    """Words and marks as running text."""
    return re.sub(r"\s+([,.;:!?…])", r"\1", " ".join(words))
