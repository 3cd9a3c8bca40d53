"""Pronouns: whom he, she, they and it mean, by who was named before."""

from __future__ import annotations

import re

from ...storyboard.film import Film
from ...storyboard.lexicon import expression, look_up, verb
from ...storyboard.looks import Character
from ...storyboard.vocabulary import Being
from ..directing.understood import Talk
from .cues import word_set
from .index import Index
from .marks import Item, Marked, Ref

_HE = frozenset(("he", "him", "his", "himself"))


_SHE = frozenset(("she", "her", "hers", "herself"))


_IT = frozenset(("it", "its", "itself"))


_THEY = frozenset(("they", "them", "their", "themselves"))


_POSSESSIVE = frozenset(("his", "her", "its", "their"))


def pronouns(marked: Marked, index: Index, talk: Talk) -> None:
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
