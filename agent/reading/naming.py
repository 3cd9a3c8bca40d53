"""Naming: who, what and where a name, a noun or a pronoun of a sentence means."""

from __future__ import annotations

import re

from ...storyboard.film import Film
from ...storyboard.lexicon import expression, look_up, verb
from ...storyboard.looks import Character
from ...storyboard.vocabulary import Age, Being
from ..directing.understood import Talk
from .cues import word_set
from .index import Index
from .marks import Item, Marked, Ref, Sort

_ARTICLES = frozenset(("the", "a", "an", "that", "this", "our", "old", "little", "poor", "dear", "young"))
_HE = frozenset(("he", "him", "his", "himself"))
_SHE = frozenset(("she", "her", "hers", "herself"))
_IT = frozenset(("it", "its", "itself"))
_THEY = frozenset(("they", "them", "their", "themselves"))
_POSSESSIVE = frozenset(("his", "her", "its", "their"))
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
    _pronouns(marked, index, talk)


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


def _pronouns(marked: Marked, index: Index, talk: Talk) -> None:
    """Give he, she, they and it their meanings, in order; a possessive gets its ``'s``."""
    film = index.film
    named: list[Ref] = []
    shots: tuple[str, ...] = ()
    made: list[Item] = []
    later = [i.ref for i in marked.items if i.ref is not None and i.ref.sort == "being"]
    for number, item in enumerate(marked.items):
        ref = item.ref
        if ref is not None:
            if ref.sort in ("being", "thing") and (ref.ids or ref.new):
                named.append(ref)
            if ref.sort == "shot":
                shots = ref.ids
            elif ref.sort == "scene":
                shots = tuple(i for s in ref.ids for i in index.by_scene[s])
            made.append(item)
            continue
        word = item.text
        after = marked.items[number + 1].text if number + 1 < len(marked.items) else ""
        meant: Ref | None = None
        if word in _HE | _SHE:
            mine = word in ("his", "hers", "himself", "herself") or (word == "her" and _owned(after))
            acts = [
                r
                for r in named
                if not (r.new and not mine and word in ("him", "her") and _same_clause(made, r))
            ]
            meant = _person(word, film, index, talk, acts, shots, later)
        elif word in _THEY:
            meant = next((r for r in reversed(named) if len(r.ids) > 1), Ref("it", words="they"))
        elif word in _IT and not (
            word == "it" and after in ("'s", "is", "was") and _weatherly(marked, number)
        ):
            meant = Ref("it", words="it")
        if meant is None:
            made.append(item)
            continue
        made.append(marked.mark(meant, item.start, item.stop))
        before = marked.items[number - 1].text if number else ""
        if word in ("his", "its", "their") or (word == "her" and _owned(after) and not _acts(before, after)):
            made.append(Item("'s", item.stop, item.stop))
    marked.items = made


def _same_clause(made: list[Item], ref: Ref) -> bool:
    """Whether somebody was named since the last comma or "and": then "her" after it is somebody else."""
    for item in reversed(made):
        if item.ref is ref:
            return True
        if item.text in (",", "and", "but", "then", ".", ";", ":", "!", "?", "who"):
            return False
    return False


def _weatherly(marked: Marked, number: int) -> bool:
    """``it's raining``, ``it is night``: nobody is meant."""
    rest = " ".join(i.text for i in marked.items[number + 1 : number + 5])
    return bool(
        re.match(
            (
                r"(?:'s|is|was) (?:a |all |too |very |so |always |still |just |not )*(?:rain|snow|dark|night|"
                r"day|cold|foggy|sunny|wind|storm|morning|winter|summer|late|early|the|my|our|about|ok|fine|"
                r"hot|warm|evening|dusk|dawn|noon)"
            ),
            rest,
        )
    )


def _owned(after: str) -> bool:
    """Whether a noun or adjective follows ``her``, so that something is hers."""
    if not after or after.startswith("@") or not after[0].isalpha():
        return after.startswith("@o")
    return after not in word_set("function") or after in ("whole", "own", "entire", "other")


def _acts(before: str, after: str) -> bool:
    """Whether ``her`` stands before a verb of hers: "have her search", "I want her sitting"."""
    if before not in (
        "have",
        "let",
        "make",
        "see",
        "want",
        "show",
        "get",
        "watch",
        "with",
        "having",
        "need",
        "like",
    ) and not (before == "of" and after.endswith("ing")):
        return False
    return (
        (verb(after) is not None or after.endswith("ing") or expression(after) is not None)
        and look_up(after, "thing") is None
        and after not in _PARTS
    )


_PARTS = word_set("worn_parts")


def _fits(character: Character, word: str) -> bool:
    look = character.look
    if look.being is Being.person:
        return look.presents in ("man" if word in _HE else "woman", "person")
    return True


def _person(
    word: str,
    film: Film,
    index: Index,
    talk: Talk,
    named: list[Ref],
    shots: tuple[str, ...],
    later: list[Ref],
) -> Ref:
    """Who ``he`` or ``she`` is: the last named who fits; else the only one who does; else who is in sight."""
    sure = {i for i, c in film.characters.items() if c.look.being is Being.person and _fits(c, word)}
    fit = [i for i, c in film.characters.items() if _fits(c, word)]
    for ref in reversed(named):
        if ref.sort != "being":
            continue
        if ref.new and _new_fits(ref.new, word):
            return Ref("being", (), ref.words, pronoun=True, new=ref.new)
        if len(ref.ids) == 1 and ref.ids[0] in fit and (ref.ids[0] in sure or not sure):
            return Ref("being", ref.ids, word, pronoun=True)
    pool = [i for i in fit if i in sure] or fit
    if len(pool) == 1:
        return Ref("being", (pool[0],), word, pronoun=True)
    for entity in talk.entities:
        if entity in pool:
            return Ref("being", (entity,), word, pronoun=True)
    seen: dict[str, None] = {}
    for shot_id in shots or talk.shots[:1]:
        if shot_id in index.places:
            shot = film.shots[index.places[shot_id]]
            seen |= dict.fromkeys(m.entity for m in shot.cast if m.entity in pool)
    if len(seen) == 1:
        return Ref("being", tuple(seen), word, pronoun=True)
    if not pool and (new := next((r for r in later if r.new and _new_fits(r.new, word)), None)):
        return Ref("being", (), new.words, pronoun=True, new=new.new)
    return Ref("being", (), word, options=tuple(pool), pronoun=True)


def _new_fits(noun: str, word: str) -> bool:
    entry = look_up(noun, "person")
    sex = entry.attributes.get("presents", "person") if entry else "person"
    return sex in ("person", "man" if word in _HE else "woman")
