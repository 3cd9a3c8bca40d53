"""Freed: whose hands are empty, because what was done before in the scene is over. Pure.

A film keeps a thing in the hand until something else becomes of it. Who then hugs, digs or picks a flower
would do it with the hammer of the last shot: here only what the event is about stays in the hands.
"""

from __future__ import annotations

import re
from itertools import pairwise

from ...storyboard.lexicon import behaves_as, look_up, manner_of
from ...storyboard.looks import ThingLook
from ...storyboard.picture import FigureIn, Picture, ThingIn
from ...storyboard.vocabulary import Action, Being, HairStyle, Hat, Weather
from .grip import IMPLEMENTS, TOOLS, implement
from .ink import mixed
from .recast import handed, with_figure, without

_HANDED = frozenset({Being.person, Being.robot, Being.creature})
_CARRYING = frozenset({Action.walk, Action.stand, Action.look, Action.talk, Action.listen, Action.point})
"""Who does that may go on holding what it has, tools apart."""
_DOING = frozenset(
    {
        Action.hold, Action.give, Action.take, Action.throw, Action.work, Action.play, Action.open,
        Action.close, Action.light, Action.read, Action.perform, Action.fight,
    }
)  # fmt: skip
"""Done with what is in the hand, where the sentence names nothing else: "gives it away"."""
_BARE_HANDS = frozenset({Action.hug, Action.dance, Action.fight, Action.push, Action.pull})
"""Done by two, for which neither has anything in the hands."""
_LIGHTS = frozenset({"lantern", "oil lamp", "torch", "candle", "flashlight"})
_WITH_LIGHT = _CARRYING | {Action.search, Action.sneak, Action.climb, Action.kneel, Action.run}
_AWAY = re.compile(r"\b(away|off|flees?|fled|escap\w+|home|back)\b")
_LOST = re.compile(
    r"\b(los(?:es|t|ing)|search\w*|seek\w*|miss\w*|find\w*|found|brings?|brought|returns?|steals?|stole"
    r"|takes? off|takes? away|drops?|gives?|hands?|throws?|holds?|raises?|lifts?|picks?|carr\w+|looks? for"
    r"|waves?|tips?|shows?)\b"
)
_PUT_ON = re.compile(r"\b(puts? on|wears?|dons?|tries on|crowns)\b")
_HATS = frozenset({"hat", "cap", "bonnet", "helmet"})
_SIGNS = frozenset({"sign", "signpost", "hanging sign", "billboard"})
_WET = frozenset({Weather.rain, Weather.storm, Weather.snow})


def freed(picture: Picture) -> Picture:
    """The picture in which everybody holds only what the event is about, or may go on carrying."""
    said = named_things(picture.sentence)
    gone: list[str] = []
    things = {t.id: t for t in picture.things}
    for figure in picture.figures:
        if not figure.holds or figure.look.being not in _HANDED:
            continue
        held = [things[h] for h in figure.holds if h in things]
        kept = tuple(t.id for t in held if _kept(picture, figure, t, said))
        if kept and figure.id == picture.actor and picture.target in kept and figure.action in _DOING:
            kept = (picture.target,) if picture.target else kept
        kinds = [things[h].look.kind for h in kept]
        kept = tuple(h for n, h in enumerate(kept) if kinds[n] not in kinds[:n])  # no second flower
        if kept != figure.holds:
            gone += [h for h in figure.holds if h not in kept]
            picture = with_figure(picture, figure, figure.model_copy(update={"holds": kept}))
    for thing in gone:
        picture = without(picture, thing)
    return _bareheaded(_boarded(picture), said)


def in_hands(look: ThingLook) -> ThingLook:
    """A thing as it is in hands: a sign without its post."""
    return look.model_copy(update={"kind": "painted board"}) if look.kind in _SIGNS else look


def _boarded(picture: Picture) -> Picture:
    """A sign in somebody's hands is a painted board, without the post that it has by the road."""
    held = {h for f in picture.figures for h in f.holds}
    if not any(t.id in held and t.look.kind in _SIGNS for t in picture.things):
        return picture
    things = tuple(
        t.model_copy(update={"look": in_hands(t.look)}) if t.id in held else t for t in picture.things
    )
    return picture.model_copy(update={"things": things})


def named_things(sentence: str) -> frozenset[str]:
    """The words of a sentence, and the kinds of thing that they name."""
    words = re.findall(r"[a-z]+", sentence[:2000].lower())
    pairs = [f"{a} {b}" for a, b in pairwise(words)]
    entries = [look_up(word, "thing") for word in (*words, *pairs)]
    return frozenset(words) | {e.kind for e in entries if e is not None and e.sort == "thing"}


def _is_named(thing: ThingIn, said: frozenset[str]) -> bool:
    last = re.split(r"[-_ ]", thing.id)[-1]
    return bool({thing.look.kind, thing.look.kind.split()[-1], last} & said)


def _kept(picture: Picture, figure: FigureIn, thing: ThingIn, said: frozenset[str]) -> bool:
    kind, action = thing.look.kind, figure.action
    if thing.id in (picture.target, picture.camera.focus) or _is_named(thing, said):
        return True
    like = {kind, behaves_as(kind)}
    manner = manner_of(action, picture.sentence)
    if manner == "shout":
        return False
    if action in _WITH_LIGHT and like & _LIGHTS:
        return True
    wet = "umbrella" in like and picture.weather in _WET
    if figure.id != picture.actor:
        met = figure.id == picture.target and picture.action in _BARE_HANDS
        return not met and action in _CARRYING and not like & TOOLS
    if action is Action.run or action is Action.sneak:
        return wet or (_AWAY.search(picture.sentence.lower()) is not None and not like & TOOLS)
    if action in _CARRYING:
        at_thing = any(t.id == picture.target for t in picture.things)
        busy = at_thing and action in (Action.look, Action.listen, Action.point)
        return not busy and not like & TOOLS
    needed = {implement(action, manner), IMPLEMENTS.get(action, "")} - {""}
    if needed & like:
        return True
    about = any(t.id == picture.target for t in picture.things)
    others = any(_is_named(t, said) for t in picture.things if t.id != thing.id)
    if about or others or action not in _DOING:
        return False
    if action in (Action.give, Action.throw, Action.hold, Action.take):
        return len(figure.holds) == 1 or not like & TOOLS
    return action is not Action.work or bool(like & TOOLS)


def _bareheaded(picture: Picture, said: frozenset[str]) -> Picture:
    """Nobody wears the crown or hat that is lost, or that is in somebody's hands."""
    told = picture.sentence[:2000].lower()
    hats = {"crown": "crown" in said, "hat": bool(said & _HATS)}
    shown = {"crown": False, "hat": False}
    for thing in picture.things:
        name = "crown" if thing.look.kind == "crown" else "hat"
        if name == "crown" or thing.look.kind.split()[-1] in _HATS:
            shown[name] = True
    for figure in picture.figures:
        name = "crown" if figure.look.hat is Hat.crown else "hat"
        if figure.look.hat is Hat.none or not (hats[name] or shown[name]):
            continue
        whose = figure.id in (picture.actor, picture.target) or len(picture.figures) == 1
        lost = hats[name] and whose and _LOST.search(told) is not None and _PUT_ON.search(told) is None
        if lost and figure.id == picture.actor and _DOFFED.search(told):
            picture = _doffed(picture, figure)
            figure = next(f for f in picture.figures if f.id == figure.id)
        if lost or (shown[name] and name == "crown"):
            look = figure.look.model_copy(update={"hat": Hat.none})
            picture = with_figure(picture, figure, figure.model_copy(update={"look": look}))
    return picture


_DOFFED = re.compile(
    r"\b(?:his|her|its) (?:own )?(?:hat|cap|helmet|bonnet)\b"
    r"|\b(?:takes? off|throws?|drops?|raises?|lifts?|waves?|tips?) (?:a|the) (?:hat|cap|helmet|bonnet)\b"
)
"""Words of the hat that somebody wears, which is then in the hand."""
_AS_WORN = {
    Hat.straw: "straw hat", Hat.brimmed: "hat", Hat.top: "hat", Hat.cap: "peaked cap",
    Hat.sailor: "peaked cap", Hat.beanie: "knitted cap", Hat.helmet: "hard hat", Hat.chef: "chef hat",
    Hat.witch: "wizard hat",
}  # fmt: skip
"""What is worn -> what it is in the hand."""


def _doffed(picture: Picture, figure: FigureIn) -> Picture:
    """The picture in which the hat in the hand is the one that was worn, and the hair shows."""
    worn, kind = figure.look.hat, _AS_WORN.get(figure.look.hat)
    others = {h for f in picture.figures if f is not figure for h in f.holds}
    hats = (t for t in picture.things if t.look.kind.split()[-1] in _HATS and t.id not in others)
    own = next(hats, None)
    if own is None or kind is None:
        return picture
    colour = mixed("#d8b45c", figure.look.hat_colour, 0.2) if worn is Hat.straw else figure.look.hat_colour
    as_worn = own.model_copy(update={"look": own.look.model_copy(update={"kind": kind, "colour": colour})})
    things = tuple(as_worn if t is own else t for t in picture.things)
    short = figure.look.presents == "man" and figure.look.hair is HairStyle.short
    look = figure.look.model_copy(update={"hair": HairStyle.spiky}) if short else figure.look
    bare = figure.model_copy(update={"look": look})
    picture = with_figure(picture, figure, bare).model_copy(update={"things": things})
    waved = not own.held and not figure.holds and figure.action is Action.wave
    return handed(picture, bare, as_worn) if waved else picture
