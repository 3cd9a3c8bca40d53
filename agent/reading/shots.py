"""Wishes about whole shots: take out, make again."""

from __future__ import annotations

import re

from ...storyboard.edit_types import Remove, Retake
from ...storyboard.film import Film
from .draft import Cannot, Draft
from .wish import Wish

REMOVE = (
    r"(?:remove|delete|drop|lose|cut(?: out)?|get rid of|throw(?: out| away)?|scrap|ditch|kill|"
    r"take out|leave out|skip|erase|axe|bin|toss(?: out)?|omit|strike|do without|dump|chuck(?: "
    r"out)?|eliminate|discard|edit out|without|no)"
)
"""Words for taking out."""
_AGAIN = (
    r"\b(?:regenerate|redo|re-?do|re-?shoot|re-?take|re-?make|re-?render|re-?draw|do (?:it|"
    r"@[sicf]\d+|that|this|them) (?:all )?(?:over|again)(?: again)?|(?:make|shoot|draw|render|"
    r"generate|try|film) (?:it|@[sic]\d+|that|this|them) (?:again|anew|once more|afresh|over(?! "
    r"(?:the|@)))(?: "
    r"again)?|(?:another|a new|a different|a fresh|one more|a second|new|different|fresh) "
    r"(?:take|try|version|attempt|go|roll|variant|picture|image|rendering|seed|one)|try again|do "
    r"over|once more|roll again|from scratch|(?:one more|another) go|give (?:it|@[sic]\d+) "
    r"another)\b"
)


def retake(wish: Wish, draft: Draft) -> bool:
    """Make shots again."""
    found = wish.see(_AGAIN) or wish.see(r"^(?:· )*@[sc]\d+ (?:once )?(?:again|anew)(?: please)?$")
    if found is None or wish.refs("quote") or ("another" in found[0] and wish.refs("time")):
        return False
    if wish.see(
        r"\b(?:as|at|in|with|to|from) (?:a |an |the )?(?:night|dusk|dawn|rain|snow|above|below|"
        r"close-up|wide|style|chalk|neon|ink)\b"
    ):
        return False
    shots = wish.shots(draft.film, wide=True)
    again = {e.shot for e in draft.edits if isinstance(e, Retake)}
    draft.do(
        *(Retake(shot=s) for s in shots if s not in again), said=f"{some(shots)}: made again", shots=shots
    )
    wish.spend_all()
    return True


def _beyond(wish: Wish, film: Film) -> tuple[str, ...] | None:
    """Shots that are meant by what is not: "everything after shot 10", "keep only shots 1 to 6"."""
    ids = [s.id for s in film.shots]
    if kept := wish.see(
        r"\b(?:keep only|only keep|keep just|just keep|leave only|keep nothing but) ((?:@[sc]\d+(?: ,"
        r"| and)* ?)+)"
    ):
        stay = {i for m in re.findall(r"@[sc]\d+", kept[1]) for i in wish.shots_of(wish.ref(m), film)}
        return tuple(i for i in ids if i not in stay)
    found = wish.see(
        rf"\b(?:{REMOVE}) (?:@f\d+|everything|all|all shots|@s\d+|the rest|all that comes) "
        rf"(?P<way>after|before|from) (?P<ref>@[sc]\d+)"
    )
    if found is None:
        return None
    at = wish.shots_of(wish.ref(found["ref"]), film)
    if found["way"] == "before":
        return tuple(ids[: ids.index(at[0])])
    return tuple(ids[ids.index(at[-1]) + 1 :] if found["way"] == "after" else ids[ids.index(at[0]) :])


def remove(wish: Wish, draft: Draft) -> bool:
    """Take shots or scenes out."""
    if gone := _beyond(wish, draft.film):
        draft.do(*(Remove(shot=s) for s in gone), said=f"{some(gone)} taken out")
        wish.spend_all()
        return True
    if wish.refs("quote", "time", "card") or wish.see(
        r"\b(?:line|lines|dialogue|narration|dissolve|fade|wipe|voice|music|sound|words|says|hat|cap|coat|"
        r"beard|scarf|transition|subtitles)\b"
    ):
        return False
    found = (
        wish.see(
            rf"^(?:.*\b)?(?:{REMOVE}) (?:the )?(?:whole |entire |all (?:of )?)?((?:@[sci]\d+(?: ,| and| "
            rf"or)* ?)+)(?:out|away|completely|entirely|altogether|from @f\d+|please|again|·| )*(?!\S*@)"
        )
        or wish.see(r"\b(?:throw|take|cut|leave|toss|chuck|get) ((?:@[sci]\d+ ?)+)(?:out|away|off)\b")
        or wish.see(
            r"((?:@[sc]\d+ ?)+)(?:has to|must|should|can|could|needs to|is to|may) (?:go|be (?:removed|"
            r"deleted|cut(?: out)?|dropped|gone|left out|thrown out|scrapped))\b|((?:@[sc]\d+ ?)+)"
            r"(?:isn't|is not) needed"
        )
        or wish.see(
            r"\b(?:can|could|should|may|must) ((?:@[sc]\d+ ?)+)(?:go|be (?:cut|removed|dropped|deleted)|"
            r"leave)\b"
        )
        or wish.see(r"\b(?:don't|do not) (?:need|want|like) ((?:@[sc]\d+ ?)+)$")
        or wish.see(r"\bget rid of ((?:@[sci]\d+ ?)+)")
    )
    if found is None:
        return False
    marks = next(g for g in found.groups() if g)
    tail = wish.text[found.end() :]
    if re.search(r"\b(?:in half|down|short|to|by|into|from|off)\b", tail) and "from @f" not in tail:
        return False
    if re.match(r"\b(?:no|without)\b", found[0]) and not found[0].startswith("no more"):
        return False
    film = draft.film
    shots: dict[str, None] = {}
    for mark in re.findall(r"@[sci]\d+", marks):
        ref = wish.ref(mark)
        if (
            ref.sort == "it"
            and ref.words in ("it", "they")
            and (wish.refs("shot", "scene") or _of_a_thing(wish))
        ):
            return False
        shots |= dict.fromkeys(wish.shots_of(ref, film))
    if not shots:
        return False
    if len(shots) >= len(film.shots):
        raise Cannot("That would take out every shot, and no film would be left. At least one stays.")
    draft.do(*(Remove(shot=s) for s in shots), said=f"{some(tuple(shots))} taken out")
    wish.spend_all()
    return True


def _of_a_thing(wish: Wish) -> bool:
    """Whether "it" is something in the picture rather than a shot."""
    return bool(wish.thread.entities) and not wish.see(r"@s\d+")


def some(shots: tuple[str, ...]) -> str:
    return ", ".join(shots) if len(shots) <= 4 else f"{len(shots)} shots"
