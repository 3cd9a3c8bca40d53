"""Wishes about how shots join."""

from __future__ import annotations

import re
from collections.abc import Collection
from itertools import pairwise

from ...storyboard.edit_types import Edit, Join
from ...storyboard.vocabulary import Opening, Wipe
from .camera import _some
from .draft import Cannot, Draft
from .wish import Wish

_OVERLAP_SECONDS = {Opening.dissolve: 0.75, Opening.wipe: 0.75, Opening.fade: 0.6}
_FORMS = (
    (r"\b(?:iris|circle|from the (?:middle|cent(?:re|er)))\b", Wipe.iris),
    (r"\b(?:clock|clockwise)\b", Wipe.clock),
    (r"\b(?:leftwards?|to the left|right to left|from the right|left wipe|wipe left)\b", Wipe.left),
    (r"\b(?:upwards?|bottom to top|from (?:the )?(?:bottom|below)|wipe up)\b", Wipe.up),
    (r"\b(?:downwards?|top to bottom|from (?:the )?(?:top|above)|wipe down)\b", Wipe.down),
    (r"\b(?:rightwards?|to the right|left to right|from the left|right wipe|wipe right)\b", Wipe.right),
)
"""Words for the form of a wipe; without any it is as it was."""
_MANY = {"dissolves": Opening.dissolve, "crossfades": Opening.dissolve, "fades": Opening.fade,
         "wipes": Opening.wipe}  # fmt: skip
_REPLACED = re.compile(r"\b(?:replace|change|turn|swap|exchange)\b")
_BY = re.compile(r"\b(?:by|with|for|to|into) (?:an? )?(?:[a-z]+ )?(?P<by>cut|match cut|dissolve|fade|wipe)\b")

_JOIN = (
    r"\b(?:(?:an?|the|no|with|iris|clock|left|right) wipes?|"
    r"wipe[sd]?(?= (?:in)?to | from | between | @f)|"
    r"cross-?fades?|cross dissolves?|dissolve[sd]?|dissolving|melts?|melting|blend(?:s|ing)?|"
    r"fad(?:e|es|ed|ing)(?: (?:in|out|up|to black|from black|through black|to white))*|morph|"
    r"hard cuts?|straight cuts?|jump cuts?|smash cuts?|just (?:a )?cuts?|(?:simple|plain|normal|clean) cuts?|"
    r"match cut|(?:soft|smooth|gentle|slow) transition|no transition|cut (?:straight|directly|"
    r"hard)|continues? (?:straight |directly |right )?(?:on )?from|goes on from|go on from|"
    r"carr(?:y|ies) on from|flows? (?:straight |right )?(?:into|from)|without a cut|"
    r"seamless(?:ly)?|in one (?:take|go)|transitions?|cut(?= (?:in)?to @s)|cut(?= from @s))\b"
)


def joins(wish: Wish, draft: Draft) -> bool:
    """How a shot follows the one before it."""
    found = wish.see(_JOIN)
    if (
        found is None
        or wish.refs("quote", "being")
        or (found[0].startswith(("go", "carr")) and wish.see(r"\b(?:add|insert|new shot)\b"))
    ):
        return False
    text = wish.text
    opens = _opening(found[0], text)
    if opens is None:
        return False
    said_before = text[: found.start()] + found[0].removesuffix(found[0].removeprefix("no "))
    by = _BY.search(text[found.end() :]) if _REPLACED.search(text[: found.start()]) else None
    denies = r"\b(?:no|not a|not|without|instead of)(?: a)? $"
    if (
        opens is Opening.cut
        and re.search(denies, text[: found.start()])
        and not text.startswith("no transition")
    ):
        if any(isinstance(edit, Join) for edit in draft.edits):
            wish.spend_all()
            draft.read_as.append("no cut there")
            return True
        opens = Opening.dissolve
    elif by is not None:
        opens = _opening(by["by"], text) or opens
    elif (
        re.search(
            r"\b(?:no|without|remove|delete|lose|drop|get rid of|take out|not|instead of|skip|don't)\b[^@]*$",
            said_before,
        )
        and opens is not Opening.cut
    ):
        opens = Opening.cut
    many = re.search(r"\b(?:dissolves|fades|wipes|cuts|crossfades|transitions)\b", text)
    if (
        many
        and not re.search(r"\bscenes\b", text)
        and not (wish.refs("shot", "scene", "it", "film") or wish.thread.led)
    ):
        shots: tuple[str, ...] | None = tuple(
            s.id
            for s in draft.film.shots[1:]
            if opens is not Opening.cut or "cut" in found[0] or s.opens in _gone(many[0])
        )
    else:
        shots = joined_shots(wish, draft, text)
    if not shots:
        return False
    length = next((r.seconds for r in wish.refs("time")), None)
    edits: list[Edit] = []
    form = _form(text) if opens is Opening.wipe else None
    for shot_id in shots:
        shot = draft.film.shot(shot_id)
        seconds = length if length is not None else _OVERLAP_SECONDS.get(opens, 0.0)
        frames = (
            min(240, shot.frames, max(1, round(seconds * float(draft.film.settings.rate.fps))))
            if opens in _OVERLAP_SECONDS
            else 0
        )
        edits.append(Join(shot=shot_id, opens=opens, overlap=frames, wipe=form))
    said = f"{_some(shots)} opens with a {opens}" + (f" ({form})" if form else "")
    draft.do(*edits, said=said, shots=shots)
    wish.spend_all()
    return True


def _gone(many: str) -> Collection[Opening]:
    """The openings that "no dissolves" takes away."""
    return {_MANY[many]} if many in _MANY else _OVERLAP_SECONDS


def _opening(words: str, text: str) -> Opening | None:
    if re.match(r"continue|go|carr|flow|without|seamless|in one", words):
        return Opening.continue_
    if "match" in words:
        return Opening.match
    if re.match(r"(?:hard|straight|jump|smash|just|simple|plain|normal|clean|no trans|cut)", words):
        return Opening.cut
    if words.startswith("fad"):
        return Opening.fade
    if "wip" in words:
        return Opening.wipe
    if words.startswith("transition"):
        text = re.sub(r"\b(?:instead of|rather than|not|no|without)(?: an?| the)? [a-z-]+", "", text)
        for word, opens in (
            ("dissolve", Opening.dissolve),
            ("fade", Opening.fade),
            ("cut", Opening.cut),
            ("match", Opening.match),
            ("wipe", Opening.wipe),
        ):
            if re.search(rf"\b{word}", text):
                return opens
        return None
    return Opening.dissolve


def _form(text: str) -> Wipe | None:
    return next((form for words, form in _FORMS if re.search(words, text)), None)


def joined_shots(wish: Wish, draft: Draft, text: str) -> tuple[str, ...] | None:
    """The shots whose opening is meant: the later one of two, the one that is gone into, or the next."""
    film = draft.film
    ids = [s.id for s in film.shots]
    if wish.refs("card"):
        raise Cannot(
            "Title and end cards have no dissolves of their own. The first shot's opening can be a fade."
        )
    if any(re.match(r"(?:all|every|each)\b", r.words) for r in wish.refs("scene")):
        return tuple(b.id for a, b in zip(film.shots, film.shots[1:], strict=False) if a.scene != b.scene)
    if (
        wish.refs("film")
        or re.search(
            r"\b(?:all|every|each) (?:the |of the )?(?:transitions?|cuts?|joins?|scenes?|shots?)\b", text
        )
        or wish.see(r"\b(?:between|at) (?:(?:all|every|the) )?scenes?\b")
    ):
        if "scene" in text or wish.refs("scene"):
            return tuple(b.id for a, b in zip(film.shots, film.shots[1:], strict=False) if a.scene != b.scene)
        return tuple(ids[1:])
    first = {}
    for match in re.finditer(r"@[sci]\d+", text):
        ref = wish.ref(match[0])
        if ref.sort == "it" and not ("shot" in ref.words or "scene" in ref.words or ref.words == "it"):
            continue
        shots = wish.shots_of(ref, film)
        if not shots:
            continue
        before = text[: match.start()].rstrip()
        word = before.rsplit(" ", 1)[-1] if before else ""
        first[match.start()] = (word, shots)
    if not first:
        here = wish.shots(film, ask=False)
        if not here:
            return wish.shots(film)
        return here[:1]
    spots = [pair for _, pair in sorted(first.items())]
    into = [
        shots[0]
        for word, shots in spots
        if word in ("into", "to", "onto", "in", "before", "let", "have", "make")
    ]
    out = [shots[-1] for word, shots in spots if word in ("from", "of", "after", "between")]
    if len(spots) == 1:
        word, shots = spots[0]
        if len(shots) == 2 and ids.index(shots[1]) == ids.index(shots[0]) + 1:
            return (shots[1],)
        if word == "between" and len(shots) > 2:
            scenes = draft.film.shot
            cuts = tuple(b for a, b in pairwise(shots) if scenes(a).scene != scenes(b).scene)
            return cuts if wish.refs("scene") and cuts else shots[1:]
        ends = (
            re.search(r"\b(?:ends?|fade[sd]? out|out of|after|at the end of|to black|closes?)\b", text)
            and not into
        )
        if ends or (word in ("from", "of", "after") and not re.search(r"\bopening of\b", text)):
            at = ids.index(shots[-1])
            if at + 1 >= len(ids):
                raise Cannot(
                    f"Shot {shots[-1]} is the last: no shot follows it whose opening could be a fade."
                )
            return (ids[at + 1],)
        if len(shots) == len(ids) > 1:
            return shots[1:]
        return shots[:1] if word in ("to", "into", "onto") else shots
    if into:
        return (into[-1],)
    if re.search(r"\bbetween\b", text) or out:
        return (max((s[0] for _, s in spots), key=ids.index),)
    return (max((s[0] for _, s in spots), key=ids.index),)
