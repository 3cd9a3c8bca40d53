"""Words as they were typed: tokens with their places, quotations kept whole, slips of typing set right."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass
from functools import cache, lru_cache

from .cues import bank, number_of, ordinal_of, word_set

LONGEST = 6_000
"""Characters of what is said that are read at once."""
_QUOTED = re.compile(
    r"\"([^\"\n]{1,2000})\"|“([^”\n]{1,2000})”|«([^»\n]{1,2000})»|(?<![\w'])'([^'\n]{1,"
    r"200}(?:'\w[^'\n]{0,120}){0,3})'(?!\w)"
)
_TOKEN = re.compile(
    r"(?P<time>\d{1,2}:\d{2}(?::\d{2})?)|(?P<own>\d+(?='s\b))|(?P<num>\d+(?:\.\d+)?(?:st|nd|rd|"
    r"th|s|x|ft)?(?![\w]))|(?P<code>\d+[a-z]\b)"
    r"|(?P<tail>(?<=\d)'s\b)|(?P<word>[^\W_]+(?:['’\-][^\W_]+)*['’]?)|(?P<mark>\.\.\.|[^\w\s]|_)"
)
_SPLIT_OFF = ("'s", "'d", "'ll", "'re", "'ve", "'m")


@dataclass(frozen=True)
class Token:
    """One word, number, mark or quotation: as read (lower case, slips set right), and where it stands."""

    text: str
    start: int
    stop: int
    quote: str | None = None
    """The words of a quotation; ``text`` is then ``"``."""


def tokens(said: str, known: Collection[str] = ()) -> list[Token]:
    """The tokens of what was said. ``known`` are words of the film, lower case, which are never slips."""
    found: list[Token] = []
    at = 0
    plain = said.replace("’", "'").replace("‘", "'").replace("´", "'")
    for quoted in _QUOTED.finditer(plain):
        words = next(group for group in quoted.groups() if group is not None)
        found += _plain(plain, at, quoted.start(), known)
        found.append(Token('"', quoted.start(), quoted.end(), words.strip()))
        at = quoted.end()
    return found + _plain(plain, at, len(plain), known)


def _plain(text: str, start: int, stop: int, known: Collection[str]) -> list[Token]:
    found = []
    for match in _TOKEN.finditer(text, start, stop):
        word, first, last = match[0].lower(), match.start(), match.end()
        if match["word"] is None:
            found.append(Token(word, first, last))
            continue
        tail = next((t for t in _SPLIT_OFF if word.endswith(t) and len(word) > len(t)), "")
        if word.endswith("s'"):
            tail, word = "'s", word[:-1] + "'s"
        if word == "let's":
            tail = ""
        stem = word[: len(word) - len(tail)] if tail else word
        mid_capital = (
            match[0][:1].isupper()
            and bool(text[:first].rstrip(" \"'"))
            and text[:first].rstrip()[-1:] not in ".!?:"
        )
        read = stem if mid_capital and stem not in bank()["slips"] else slip(stem, frozenset(known))
        cut = last - len(tail) if tail else last
        found += [Token(part, first, cut) for part in read.split()]
        if tail:
            found.append(Token(tail, cut, last))
    return found


@lru_cache(maxsize=8192)
def slip(word: str, known: frozenset[str]) -> str:
    """The word that was meant: the word itself where it is known; else the one nearest to it, if one is.

    At most one letter off (two from eight letters on), with the same first letter or two letters
    exchanged; a word of under four letters, or one that is near to two words, stays as it is.
    """
    table: dict[str, str] = bank()["slips"]
    if word in table:
        return table[word]
    if word in known or len(word) < 4 or not word.isalpha() or is_word(word):
        return word
    near: dict[int, list[str]] = {}
    most = 2 if len(word) >= 8 else 1
    for other in known | word_set("command_words"):
        if abs(len(other) - len(word)) <= most and len(other) >= 4 and other[0] in word[:2]:
            off = distance(word, other, most)
            if off <= most:
                near.setdefault(off, []).append(other)
    for off in sorted(near):
        ours = [w for w in near[off] if w in known] or near[off]
        return ours[0] if len(set(ours)) == 1 else word
    return word


@lru_cache(maxsize=16384)
def is_word(word: str) -> bool:
    """Whether English has the word, in any inflection."""
    if word in word_set("function") or word in word_set("command_words") or word in word_set("polite"):
        return True
    if number_of(word) is not None or ordinal_of(word) is not None:
        return True
    return bool(lemmas_of(word)) or word in lexicon_words()


@lru_cache(maxsize=16384)
def is_noun(word: str) -> bool:
    """Whether a word can be nothing but a noun."""
    from lemminflect import getAllLemmas

    return len(word) > 3 and set(getAllLemmas(word)) <= {"NOUN", "PROPN"} and word not in word_set("function")


@lru_cache(maxsize=16384)
def lemmas_of(word: str) -> frozenset[str]:
    """The base forms that a word may have; empty for a word that English has not."""
    # Imported on first use: its tables take a tenth of a second to load.
    from lemminflect import getAllLemmas

    return frozenset(lemma for found in getAllLemmas(word).values() for lemma in found)


@cache
def lexicon_words() -> frozenset[str]:
    """Every single word that the lexicon knows."""
    from ...storyboard.lexicon.store import data

    found: set[str] = set(data("colours"))
    for name in ("people", "species", "things", "places"):
        for lemma, fields in data(name).items():
            found.update(lemma.split())
            found.update(word for phrase in fields["also"] for word in phrase.split())
    for listed in data("verbs")["actions"].values():
        found.update(word for phrase in listed for word in phrase.split())
    for table in (data("words"), data("appearance")):
        for section in table.values():
            if isinstance(section, dict):
                for listed in section.values():
                    if isinstance(listed, list):
                        found.update(word for phrase in listed for word in str(phrase).split())
    return frozenset(found)


def distance(one: str, other: str, most: int) -> int:
    """Letters added, left out, changed or exchanged with the next; ``most + 1`` where there are more."""
    before: list[int] = []
    row = list(range(len(other) + 1))
    for i, a in enumerate(one, 1):
        older, before, row = before, row, [i]
        for j, b in enumerate(other, 1):
            cost = min(before[j] + 1, row[j - 1] + 1, before[j - 1] + (a != b))
            if i > 1 and j > 1 and a == other[j - 2] and one[i - 2] == b:
                cost = min(cost, older[j - 2] + 1)
            row.append(cost)
        if min(row) > most:
            return most + 1
    return row[-1]
