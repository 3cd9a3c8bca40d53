"""Naming: who, what and where a name or a noun of a sentence means."""

from __future__ import annotations

import re

from ...storyboard.film import Film
from ...storyboard.lexicon import look_up
from ...storyboard.vocabulary import Age, Being
from ..directing.understood import Talk
from .cues import word_set
from .index import Index
from .marks import Item, Marked, Ref, Sort
from .pronouns import pronouns

_ARTICLES = frozenset(("the", "a", "an", "that", "this", "our", "old", "little", "poor", "dear", "young"))
_LEADS = frozenset(("hero", "heroine", "protagonist", "lead", "character", "star", "figure"))
_PEOPLE = frozenset(
    ("man", "woman", "girl", "boy", "lady", "guy", "child", "kid", "person", "fellow", "gentleman", "bloke")
)
_ANIMALS = frozenset(("animal", "creature", "beast", "pet"))
_OUTSIDERS = word_set("outsiders")
"""Nouns that, where the film has nobody of that kind, mostly mean somebody outside of it."""


def mark_names(marked: Marked, index: Index, talk: Talk) -> None:
    """Exchange names, nouns and pronouns for marks. Pronouns mean who was named last and fits."""
    items, at = marked.items, 0
    made: list[Item] = []
    while at < len(items):
        found = None
        if items[at].ref is None:
            found = _named(items, at, index, marked) or _stranger(items, at, index, marked, made)
        if found is None:
            made.append(items[at])
            at += 1
            continue
        ref, stop = found
        made.append(marked.mark(ref, items[at].start, items[stop - 1].stop))
        at = stop
    marked.items = made
    _joined(marked)
    pronouns(marked, index, talk)


def _word(item: Item) -> str:
    return "" if item.ref is not None else item.text


def _is_being(item: Item) -> bool:
    return item.ref is not None and item.ref.sort == "being"


def _named(items: list[Item], at: int, index: Index, marked: Marked) -> tuple[Ref, int] | None:
    """A name or noun of the film that begins here, and where it ends; the longest first."""
    first = at
    while first < len(items) and first - at < 3 and _word(items[first]) in _ARTICLES:
        first += 1
    for size in range(min(5, len(items) - first), 0, -1):
        words = [_word(i) for i in items[first : first + size]]
        if not all(words):
            continue
        joined = " ".join(words)
        hit = index.names.get(joined) or index.names.get(_singular(joined))
        if hit is None:
            continue
        raw = marked.said[items[first].start : items[first + size - 1].stop]
        if size == 1 and joined in word_set("function") and not raw[:1].isupper():
            continue
        if size == 1 and first == at and not raw[:1].isupper() and _is_verb_here(items, at, joined):
            continue
        return _ref(hit, joined), first + size
    if first < len(items) and (word := _word(items[first])) and first > at:
        if (
            "a" not in (w := [_word(i) for i in items[max(0, at - 1) : first]])
            and "an" not in w
            and word in _LEADS | _PEOPLE | _ANIMALS
            and (ids := _sorted_out(word, index.film))
        ):
            nth = "main " in " ".join(_word(i) for i in items[at:first])
            return (
                Ref(
                    "being",
                    ids if len(ids) == 1 else (),
                    word,
                    options=ids if len(ids) > 1 and not nth else (),
                ),
                first + 1,
            )
        if (
            word == "main"
            and first + 1 < len(items)
            and _word(items[first + 1]) in _LEADS | {"actor"}
            and index.film.characters
        ):
            return Ref("being", (next(iter(index.film.characters)),), "main character"), first + 2
    return _by_kind(items, at, first, index)


def _is_verb_here(items: list[Item], at: int, word: str) -> bool:
    """Whether a bare word that is also a name's last word is used as a verb ("light the lamp")."""
    nxt = _word(items[at + 1]) if at + 1 < len(items) else ""
    return at == 0 and nxt in ("the", "a", "an", "up", "it", "him", "her", "them")


def _by_kind(items: list[Item], at: int, first: int, index: Index) -> tuple[Ref, int] | None:
    """A noun of the same kind as something of the film ("beach" for its shore), after an article."""
    before = _word(items[at - 1]) if at else ""
    if first == at and before not in (
        "in",
        "on",
        "at",
        "to",
        "her",
        "his",
        "their",
        "its",
        "no",
        "and",
        "of",
        "'s",
    ):
        return None
    if any(_word(i) in ("a", "an") for i in items[at:first]):
        return None
    for size in (3, 2, 1):
        words = [_word(i) for i in items[first : first + size]]
        if len(words) < size or not all(words) or words[0] in word_set("function"):
            continue
        joined = " ".join(words)
        if size == 1 and joined in _NO_KINDS:
            continue
        if hit := _kind_of(joined, index):
            return _ref(hit, joined), first + size
    return None


_NO_KINDS = word_set("no_kinds")


def _kind_of(words: str, index: Index) -> tuple[str, tuple[str, ...]] | None:
    hit = index.by_kind(words)
    entry = look_up(words)
    if hit is None or entry is None:
        return None
    exact = words in (entry.lemma, entry.lemma + "s") or _singular(words) == entry.lemma
    return hit if exact else None


def _ref(hit: tuple[str, tuple[str, ...]], words: str) -> Ref:
    sort, ids = hit
    kind: Sort = sort  # type: ignore[assignment]
    return Ref(kind, ids if len(ids) == 1 else (), words, options=ids if len(ids) > 1 else ())


def _singular(words: str) -> str:
    return words[:-1] if words.endswith("s") and not words.endswith("ss") else words


def _sorted_out(word: str, film: Film) -> tuple[str, ...]:
    """Who of the film such a general noun may mean."""
    people = {i: c for i, c in film.characters.items() if c.look.being is Being.person}
    if word in _LEADS:
        return (
            tuple(film.characters)[:1]
            if word != "character" or len(film.characters) == 1
            else tuple(film.characters)
        )
    if word in _ANIMALS:
        return tuple(i for i in film.characters if i not in people)
    young = word in ("girl", "boy", "child", "kid")
    sex = {
        "man": "man",
        "guy": "man",
        "boy": "man",
        "gentleman": "man",
        "fellow": "man",
        "bloke": "man",
        "woman": "woman",
        "girl": "woman",
        "lady": "woman",
    }.get(word)
    fits = [i for i, c in people.items() if sex is None or c.look.presents in (sex, "person")]
    if young:
        fits = [i for i in fits if people[i].look.age in (Age.child, Age.youth)] or fits
    return tuple(fits)


def _stranger(
    items: list[Item], at: int, index: Index, marked: Marked, made: list[Item]
) -> tuple[Ref, int] | None:
    """Somebody whom the film has not: an article, a few words, and a noun for a person or an animal."""
    if _word(items[at]) not in ("the", "a", "an", "her", "his", "their", "another", "some"):
        return None
    before = _word(items[at - 1]) if at else ""
    if before in ("like", "as", "be", "into", "is", "being", "become", "becomes", "was", "than"):
        return None
    gives = any(
        _word(i) in ("give", "gives", "bring", "buy", "hand", "add", "put")
        for i in items[max(0, at - 8) : at]
    )
    said = " ".join(i.text for i in made[-4:])
    if re.search(r"\b(?:make|turn) @b\d+$|\breplace @[bop]\d+ (?:with|by)$", said):
        return None
    if at and not gives and ((_is_being(items[at - 1])) or before in ("him", "her", "them", "it")):
        return None
    for stop in range(at + 2, min(at + 6, len(items) + 1)):
        words = [_word(i) for i in items[at + 1 : stop]]
        if (
            not all(words)
            or (words[-1] in word_set("function") and words[-1] not in ("little", "old", "own"))
            or not words[-1].replace("-", "").isalpha()
        ):
            return None
        nxt = _word(items[stop]) if stop < len(items) else ""
        noun = words[-1]
        if noun in _OUTSIDERS or noun in _LEADS:
            return None
        entry = look_up(noun, "person") or look_up(noun, "creature")
        if nxt.isalpha() and (look_up(f"{noun} {nxt}", "person") or look_up(f"{noun} {nxt}", "creature")):
            continue
        if (
            entry is not None
            and entry.lemma == noun
            and (look_up(noun, "thing") is None or noun in ("dog", "cat", "bird"))
        ):
            if nxt in ("hat", "cap", "coat", "costume", "suit", "'s", "shot", "scene", "jacket"):
                return None
            return Ref("being", (), f"{_word(items[at])} {' '.join(words)}", new=" ".join(words)), stop
    return None


def _joined(marked: Marked) -> None:
    """``Mina and the keeper`` become one mark that means both."""
    pattern = re.compile(
        r"(@[bo]\d+)(?:(?: ,| and| &) (@[bo]\d+))+(?= (?:should|are|both|must|need|wear|look|were|"
        r"have|together)\b| 's)"
    )

    def both(match: re.Match[str]) -> Ref | None:
        refs = [marked.ref(m) for m in re.findall(r"@[bo]\d+", match[0])]
        if len({r.sort for r in refs}) > 1 or not all(r.ids for r in refs):
            return None
        return Ref(refs[0].sort, tuple(i for r in refs for i in r.ids), match[0])

    marked.put(pattern, both)
