"""Intent: what the words of an event ask of its players besides the action that they name.

Who "looks for" somebody searches and has not found; who looks "angrily" has an angry face. Pure.
"""

from __future__ import annotations

import re

from ...storyboard.lexicon import manner_of
from ...storyboard.picture import FigureIn, Picture
from ...storyboard.vocabulary import Action, Distance, Expression, Facing, Side

_SOUGHT = re.compile(r"\b(look|looks|looked|looking)( \w+)? for\b")
_MANNERED = {
    Expression.angry: ("angrily", "furiously", "crossly", "grimly"),
    Expression.sad: ("sadly", "tearfully", "sorrowfully"),
    Expression.happy: ("happily", "gladly", "cheerfully", "joyfully"),
    Expression.afraid: ("fearfully", "anxiously", "nervously"),
}
_FEELINGS = {word: face for face, words in _MANNERED.items() for word in words}


def intended(picture: Picture) -> Picture:
    """The picture with its actor doing and feeling what the sentence says of it."""
    actor = next((f for f in picture.figures if f.id == picture.actor), None)
    if actor is None:
        return picture
    words = re.findall(r"[a-z']+", picture.sentence[:2000].lower())
    changed: dict[str, object] = {}
    felt = next((_FEELINGS[w] for w in words if w in _FEELINGS), None)
    if felt is not None:
        changed["expression"] = felt
    if picture.action is Action.look and actor.action is Action.stand:
        changed["action"] = Action.look
    if changed:
        picture = _with(picture, actor, actor.model_copy(update=changed))
    others = {f.id for f in picture.figures if f.id != actor.id}
    holds = actor.action is Action.hold and not actor.holds and picture.target in others
    if holds and manner_of(Action.hold, picture.sentence) == "":  # arms are about whoever is held
        held = _with(picture, actor, actor.model_copy(update={**changed, "action": Action.hug}))
        return held.model_copy(update={"action": Action.hug})
    if "back to back" in picture.sentence.lower() and len(picture.figures) == 2:
        return _back_to_back(picture)
    if picture.action is Action.look and _SOUGHT.search(" ".join(words)):
        return _searched(picture)
    return picture


def _with(picture: Picture, old: FigureIn, new: FigureIn) -> Picture:
    figures = tuple(new if f.id == old.id else f for f in picture.figures)
    return picture.model_copy(update={"figures": figures})


def _back_to_back(picture: Picture) -> Picture:
    """Two who look away from each other, out of the frame."""
    order = list(Side)
    first, second = sorted(picture.figures, key=lambda f: order.index(f.side))
    turned = {
        first.id: {"facing": Facing.left, "gaze": None},
        second.id: {"facing": Facing.right, "gaze": None},
    }
    figures = tuple(f.model_copy(update=turned[f.id]) for f in picture.figures)
    return picture.model_copy(update={"figures": figures})


def _searched(picture: Picture) -> Picture:
    """The actor searches; whoever is sought stands far behind its back, unseen by it."""
    actor = next(f for f in picture.figures if f.id == picture.actor)
    sought = next((f for f in picture.figures if f.id == picture.target and f.id != actor.id), None)
    if sought is not None and picture.camera.focus == sought.id:
        return picture
    left = actor.side in (Side.left, Side.far_left)
    away = Facing.left if left else Facing.right
    seeks = actor.model_copy(update={"action": Action.search, "gaze": None, "facing": away})
    picture = _with(picture, actor, seeks)
    if sought is not None:
        behind = {
            "distance": Distance.far,
            "side": Side.far_right if left else Side.far_left,
            "facing": Facing.right if left else Facing.left,
            "gaze": None,
        }
        picture = _with(picture, sought, sought.model_copy(update=behind))
    return picture.model_copy(update={"action": Action.search, "target": None})
