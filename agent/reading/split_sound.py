"""Wishes about sound that leads or trails its picture: J- and L-cuts."""

from __future__ import annotations

import re
from itertools import pairwise

from ...storyboard.edit_types import Edit, SplitEdit
from .draft import Cannot, Draft
from .joins import joined_shots
from .wish import Wish

USUAL_SECONDS = 0.5
"""By how much, where nobody says it."""
_SOUND = r"(?:sound|voices?|lines?|words|dialogue|speech)"
_CUT = re.compile(r"\b(?P<kind>[jl])(?:-| )cuts?\b")
_EARLY = re.compile(
    rf"\b{_SOUND}\b.*\b(?:(?:starts?|begins?|comes? in|leads?|is heard|heard)\b.*\b"
    r"(?:early|earlier|sooner|(?:before|ahead of) (?:@i|its|the|his|her|their|we see))|"
    r"leads? (?:its picture|the picture|@i))"
)
_LATE = re.compile(
    rf"\b{_SOUND}\b.*\b(?:(?:runs?|goes|go|carr(?:y|ies)|continues?|hangs?|spills?|lasts?|trails?|bleeds?)\b"
    r".*\b(?:over|into|under|past|beyond|after) (?:the (?:next|following|cut|picture)|its picture|@[si])|"
    r"trails? (?:its picture|the picture|@i))"
)
_NOT = re.compile(r"\b(?:no|not|without|don't|remove|delete|lose|drop|get rid of|instead of|undo)\b")


def split_sound(wish: Wish, draft: Draft) -> bool:
    """Whether a shot's sound begins before its picture, or ends after it."""
    text = wish.text
    named, early, late = _CUT.search(text), _EARLY.search(text), _LATE.search(text)
    if (named is None and early is None and late is None) or wish.refs("quote"):
        return False
    leads = named["kind"] == "j" if named else early is not None
    off = _NOT.search(text[: named.start()] if named else text) is not None
    shots = _meant(wish, draft, text, leads) if named else wish.shots(draft.film)[:1]
    if not shots:
        return False
    seconds = next((r.seconds for r in wish.refs("time")), USUAL_SECONDS)
    frames = 0 if off else min(240, max(1, round(seconds * float(draft.film.settings.rate.fps))))
    edits: list[Edit] = []
    for shot_id in shots:
        if not off:
            _check(draft, shot_id, leads)
        edits.append(SplitEdit(shot=shot_id, early=frames) if leads else SplitEdit(shot=shot_id, late=frames))
    where = "before its picture" if leads else "after its picture"
    said = "sound and picture cut together" if off else f"sound {frames} frames {where}"
    draft.do(*edits, said=f"{shots[0]}: {said}", shots=tuple(shots))
    wish.spend_all()
    return True


def _meant(wish: Wish, draft: Draft, text: str, leads: bool) -> tuple[str, ...]:
    """The shots whose sound leads or trails: of a J-cut the later one, of an L-cut the earlier one."""
    shots = draft.film.shots
    if not wish.refs("shot", "scene", "it"):
        return tuple(s.id for s in shots if (s.sound_early if leads else s.sound_late))
    after = joined_shots(wish, draft, text) or ()
    if leads:
        return after
    return tuple(a.id for a, b in pairwise(shots) if b.id in after)


def _check(draft: Draft, shot_id: str, leads: bool) -> None:
    """Raises ``Cannot`` where nothing is said that could lead or trail."""
    shots = draft.film.shots
    number = next(n for n, shot in enumerate(shots) if shot.id == shot_id)
    if not shots[number].lines:
        raise Cannot(f"Nothing is said in shot {shot_id}, so its sound cannot lead or trail its picture.")
    if leads and number == 0:
        raise Cannot(f"Shot {shot_id} is the first: there is no shot under which its sound could begin.")
    if not leads and number == len(shots) - 1:
        raise Cannot(f"Shot {shot_id} is the last: there is no shot under which its sound could go on.")
