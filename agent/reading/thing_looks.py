"""Wishes about how things and places look, and in which state they are."""

from __future__ import annotations

import re
from typing import Any

from ...storyboard.edit_types import ChangePlace, ChangeProp, Edit, SetState
from ...storyboard.film import state_of
from ...storyboard.lexicon import colour
from ...storyboard.lexicon import state as state_in_words
from ...storyboard.look_changes import PlaceLookChange, ThingLookChange
from ...storyboard.looks import Place, Prop
from ...storyboard.vocabulary import Mark, Stature
from .draft import Cannot, Draft
from .states import DRY, MARKED, undo_state
from .wish import Wish

_BACK_ON = {
    "on": "lit",
    "burn": "lit",
    "lights up": "lit",
    "light up": "lit",
    "go out": "unlit",
    "goes out": "unlit",
    "off": "unlit",
    "out": "unlit",
    "burning": "lit",
}


def look_of_thing(wish: Wish, draft: Draft, thing: Prop) -> bool:
    text = wish.text
    plain = " ".join(re.sub(r"@\w+|·|\b(?:not|instead of|rather than) (?:the |a )?\w+", " ", text).split())
    local = wish.local(draft.film)
    if DRY.search(text):
        return undo_state(wish, draft, thing, local)
    change: dict[str, Any] = {}
    if tint := colour(plain):
        change["colour"] = tint
    order = list(Stature)
    at = order.index(thing.look.stature)
    if size := re.search(
        r"\b(much |a lot |far )?(bigger|larger|taller|huge|enormous|giant|too small|big|too little)\b", text
    ):
        change["stature"] = (
            Stature.giant
            if size[2] in ("huge", "enormous", "giant")
            else Stature.large
            if size[2] == "big"
            else order[min(len(order) - 1, at + (2 if size[1] else 1))]
        )
    elif size := re.search(
        r"\b(much |a lot |far )?(smaller|tiny|tinier|too big|too large|small|little)\b", text
    ):
        change["stature"] = (
            Stature.tiny
            if size[2] == "tiny"
            else Stature.small
            if size[2] in ("small", "little")
            else order[max(0, at - (2 if size[1] else 1))]
        )
    marked = MARKED.search(text)
    marks: tuple[Mark, ...] = ()
    if marked and not change:
        words = _BACK_ON.get(marked[0], marked[0])
        if words == "unlit" or words == "lit":
            if not re.search(
                (
                    r"\b(?:lit|alight|on|off|out|unlit|burn|burning|light|lights|switched|turned|extinguished|"
                    r"lit up)\b"
                ),
                text,
            ):
                return False
            if marked[0] in ("on", "off", "out") and not re.search(
                (
                    r"\b(?:be|is|turn(?:ed)?|switch(?:ed)?|go(?:es)?|put|blow|blown|burns?) (?:\S+ )?"
                    r"(?:on|off|out)\b"
                ),
                text,
            ):
                return False
        if re.search(rf"\b(?:not|never|n't|no longer) (?:be )?{re.escape(marked[0])}\b", text):
            words = {
                "lit": "unlit",
                "open": "closed",
                "closed": "open",
                "full": "empty",
                "empty": "full",
            }.get(words, words)
        marks = state_in_words(words).marks
        if not marks:
            return False
        return _thing_state(draft, thing, local, words, wish)
    if not change:
        return False
    if local and "colour" in change:
        raise Cannot(
            f"{thing.name} keeps its colour and size in the whole film. The nearest: say it without "
            f"naming shots."
        )
    new = {k: v for k, v in change.items() if getattr(thing.look, k) != v}
    draft.do(
        ChangeProp(
            prop=thing.id, look=ThingLookChange(**new), words=_thing_words(thing, plain, new) if new else None
        ),
        said=f"{thing.name}, everywhere: {', '.join(f'{k} {v}' for k, v in change.items())}",
        entities=(thing.id,),
    )
    return True


def _thing_words(thing: Prop, plain: str, change: dict[str, Any]) -> str | None:
    if "colour" not in change:
        return None
    tint = next((w for w in plain.split() if colour(w)), "")
    bare = re.sub(
        r"\b[a-z-]+\b",
        lambda m: (
            "" if colour(m[0]) and m[0] not in ("brass", "copper", "bronze", "gold", "silver") else m[0]
        ),
        thing.words,
    )
    bare = " ".join(re.sub(r"^(?:a|an|the)\s+", "", bare).split()) or thing.name
    article = "an" if tint[:1] in "aeiou" else "a"
    return f"{article} {tint} {bare}"


def _thing_state(draft: Draft, thing: Prop, local: tuple[str, ...], words: str, wish: Wish) -> bool:
    film = draft.film
    shots = (
        local
        or (tuple(i for i in wish.talk.shots[:1]) if wish.refs("it") else ())
        or tuple(s.id for s in film.shots)
    )
    here = tuple(i for i in shots if any(u.entity == thing.id for u in film.shot(i).props))
    if not here:
        where = [s.id for s in film.shots if any(u.entity == thing.id for u in s.props)]
        raise Cannot(
            f"{thing.name} is not in {', '.join(shots[:6])}; it is in {', '.join(where) or 'no shot'}. "
            f'Say "put the {thing.name} into {shots[0]}" first.'
        )
    new = state_in_words(words)
    edits: list[Edit] = []
    if state_of(thing, new.name) is None:
        edits.append(ChangeProp(prop=thing.id, states=(*thing.states, new)))
    edits += [SetState(entity=thing.id, state=new.name, shot=s) for s in here]
    draft.do(*edits, said=f"{thing.name} in {', '.join(here)}: {words}", shots=here, entities=(thing.id,))
    return True


def look_of_place(wish: Wish, draft: Draft, place: Place) -> bool:
    text = wish.text
    plain = " ".join(re.sub(r"@\w+|·", " ", text).split())
    if (tint := colour(plain)) and re.search(r"\b(?:make|paint|be|colour|turn|should|with)\b", text):
        word = next(w for w in plain.split() if colour(w))
        draft.do(
            ChangePlace(
                place=place.id,
                look=PlaceLookChange(tint=tint),
                words=f"{place.words.rstrip('.')}, {word} all over",
            ),
            said=f"{place.name}, everywhere: {word}",
            entities=(place.id,),
        )
        return True
    marked = MARKED.search(text)
    if not marked:
        return False
    loose = marked[0] in ("on", "off", "out", "full", "open", "closed", "lit", "burn")
    if loose and not re.search(
        rf"\b(?:be|is|looks?) (?:\w+ly |very |too )?{re.escape(marked[0])}\b(?! (?:of|moon))", text
    ):
        return False
    new = state_in_words(marked[0])
    if not new.marks:
        return False
    local = wish.local(draft.film)
    scenes = tuple(dict.fromkeys(draft.film.shot(i).scene for i in local)) or tuple(draft.film.scenes)
    scenes = tuple(s for s in scenes if draft.film.scenes[s].place == place.id)
    if not scenes:
        raise Cannot(f"{place.name} is not where that is.")
    edits: list[Edit] = []
    if state_of(place, new.name) is None:
        edits.append(ChangePlace(place=place.id, states=(*place.states, new)))
    edits += [SetState(entity=place.id, state=new.name, scene=s) for s in scenes]
    draft.do(*edits, said=f"{place.name} in {', '.join(scenes)}: {marked[0]}", entities=(place.id,))
    return True
