"""Intent: what the words of an event ask of its players besides the action that they name.

Who "looks for" somebody searches and has not found; who looks "angrily" has an angry face. Pure.
"""

from __future__ import annotations

import re

from ...storyboard.lexicon import look_up, manner_of
from ...storyboard.looks import ThingLook
from ...storyboard.picture import FigureIn, Picture, ThingIn
from ...storyboard.vocabulary import Action, Being, Distance, Expression, Facing, Side

_CARRIED = re.compile(r"\b(carry|carries|carried|carrying|transports?|bears|lugs?)\b(?! on\b)")
_WASHED = re.compile(r"\b(wash(es|ed|ing)?|scrubs?|rins(es|e|ed)|wip(es|e|ed|ing)|polish(es|ed)?)\b")
_SHOWN = re.compile(r"\b(show|shows|showed|displays?|presents?|reveals?)\b")
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
    felt = feeling_told(picture.sentence)
    if felt is not None:
        changed["expression"] = felt
    if picture.action is Action.look and actor.action is Action.stand:
        changed["action"] = Action.look
    if picture.action is Action.point and _SHOWN.search(" ".join(words)) and _is_thing(picture, actor):
        changed["action"] = Action.hold  # what is shown is held out, not pointed at
        picture = picture.model_copy(update={"action": Action.hold})
    if picture.action is Action.reach and _WASHED.search(" ".join(words)) and not _somebody(picture, actor):
        changed["action"] = Action.work
        picture = picture.model_copy(update={"action": Action.work})
    if changed:
        picture = _with(picture, actor, actor.model_copy(update=changed))
    others = {f.id for f in picture.figures if f.id != actor.id}
    holds = actor.action is Action.hold and not actor.holds and picture.target in others
    if holds and manner_of(Action.hold, picture.sentence) == "":  # arms are about whoever is held
        held = _with(picture, actor, actor.model_copy(update={**changed, "action": Action.hug}))
        return held.model_copy(update={"action": Action.hug})
    if actor.action is Action.play:
        picture = _instrumented(picture)
    if "back to back" in picture.sentence.lower() and len(picture.figures) == 2:
        return _back_to_back(picture)
    if picture.action is Action.look and _SOUGHT.search(" ".join(words)):
        return _searched(picture)
    return picture


def feeling_told(sentence: str) -> Expression | None:
    """The feeling that an adverb of the sentence names: "looks angrily"; None for none."""
    words = re.findall(r"[a-z']+", sentence[:2000].lower())
    return next((_FEELINGS[w] for w in words if w in _FEELINGS), None)


def walked_off(picture: Picture) -> Picture:
    """Who carries something that is in its hands walks with it."""
    actor = next((f for f in picture.figures if f.id == picture.actor), None)
    if actor is None or not actor.holds or actor.action is not Action.hold:
        return picture
    if not _CARRIED.search(picture.sentence[:2000].lower()):
        return picture
    left = actor.side in (Side.right, Side.far_right)
    facing = actor.facing if actor.facing is not Facing.camera else (Facing.left if left else Facing.right)
    going = {"action": Action.walk, "gaze": None, "facing": facing}
    walks = _with(picture, actor, actor.model_copy(update=going))
    return walks.model_copy(update={"action": Action.walk})


def carries(picture: Picture) -> bool:
    """Whether the sentence is about something that is carried along."""
    return _CARRIED.search(picture.sentence[:2000].lower()) is not None


_INSTRUMENTS = frozenset({"guitar", "violin", "flute", "trumpet", "harp", "lute"})


def _instrumented(picture: Picture) -> Picture:
    """Who plays an instrument that the sentence names has it in the hands, a prop of the film or not."""
    actor = next(f for f in picture.figures if f.id == picture.actor)
    named = [look_up(word, "thing") for word in re.findall(r"[a-z]+", picture.sentence[:2000].lower())]
    kind = next((e.kind for e in named if e is not None and e.kind in _INSTRUMENTS), None)
    if kind is None or actor.holds or actor.look.being not in (Being.person, Being.robot):
        return picture
    own = next((t for t in picture.things if t.look.kind == kind and not t.held), None)
    played = own or ThingIn(id="an-instrument", words=kind, look=ThingLook(kind=kind), side=actor.side)
    held = actor.model_copy(update={"holds": (played.id,)})
    kept = tuple(t for t in picture.things if t is not own)
    things = (*kept, played.model_copy(update={"held": True}))
    return _with(picture, actor, held).model_copy(update={"things": things})


def _somebody(picture: Picture, actor: FigureIn) -> bool:
    """Whether it is done to another figure."""
    return any(f.id == picture.target and f.id != actor.id for f in picture.figures)


def _is_thing(picture: Picture, actor: FigureIn) -> bool:
    """Whether it is done to a thing that is there or in the actor's hands."""
    return bool(actor.holds) or any(t.id == picture.target for t in picture.things)


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
