"""Wishes about sound that leads or trails its picture: J- and L-cuts."""

from __future__ import annotations

import re
from itertools import pairwise

from ...storyboard.edit_types import Edit, SplitEdit
from ...storyboard.leading import j_cuts
from .draft import Cannot, Draft
from .joins import joined_shots
from .wish import Wish

USUAL_SECONDS = 0.5
"""By how much, where nobody says it."""
_MOST = 240
"""Frames by which sound may lead or trail its picture."""
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
_NOT = re.compile(
    r"\b(?:no|not|without|don't|remove|delete|lose|drop|get rid of|take out|turn off|instead of|undo)\b"
)
_MANY = re.compile(r"\b[jl](?:-| )cuts\b|\b(?:everywhere|where they fit)\b")


def split_sound(wish: Wish, draft: Draft) -> bool:
    """Whether a shot's sound begins before its picture, or ends after it."""
    text = wish.text
    named, early, late = _CUT.search(text), _EARLY.search(text), _LATE.search(text)
    if (named is None and early is None and late is None) or wish.refs("quote"):
        return False
    leads = named["kind"] == "j" if named else early is not None
    off = _NOT.search(text[: named.start()] if named else text) is not None
    if named and not off and _everywhere(wish, draft, text, leads):
        return True
    shots = _meant(wish, draft, text, leads, off) if named else wish.shots(draft.film)[:1]
    if not shots:
        return False
    seconds = next((r.seconds for r in wish.refs("time")), USUAL_SECONDS)
    wanted = 0 if off else max(1, round(seconds * float(draft.film.settings.rate.fps)))
    if (frames := min(_MOST, wanted)) < wanted:
        draft.notice(f"Sound leads or trails its picture by {_MOST} frames at the most.")
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


def _everywhere(wish: Wish, draft: Draft, text: str, leads: bool) -> bool:
    """J-cuts wherever boarding makes them; L-cuts are set one by one."""
    if not _MANY.search(text) or wish.refs("shot", "scene", "it"):
        return False
    if not leads:
        raise Cannot('L-cuts are set shot by shot: say, for instance, "an L-cut out of shot 2".')
    edits = j_cuts(draft.film, True)
    if not edits:
        raise Cannot("There is no further cut of a talk to somebody unseen so far, for a J-cut.")
    draft.do(*edits, said="who answers is heard before being seen")
    wish.spend_all()
    return True


def _meant(wish: Wish, draft: Draft, text: str, leads: bool, off: bool) -> tuple[str, ...]:
    """The shots whose sound leads or trails: of a J-cut the later one, of an L-cut the earlier one."""
    shots = draft.film.shots
    if not wish.refs("shot", "scene", "it"):
        if not off:
            return wish.shots(draft.film)[:1]
        have = tuple(s.id for s in shots if (s.sound_early if leads else s.sound_late))
        if not have:
            raise Cannot(f"The film has no {'J' if leads else 'L'}-cuts.")
        return have
    if not leads and re.search(r"\b(?:out of|from|after) @[si]\d+", text):
        named = wish.shots(draft.film)[:1]
        if named and named[0] == shots[-1].id:
            _check(draft, named[0], leads)
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
