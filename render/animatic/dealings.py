"""Dealings: what is kicked, scattered, polished, pulled at by two, carried by two, or eaten at a table. Pure.

The picture is recast so that the thing that the sentence names is where it is dealt with.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from ...storyboard.lexicon import behaves_as, look_up, manner_of
from ...storyboard.looks import ThingLook
from ...storyboard.picture import FigureIn, Picture, ThingIn
from ...storyboard.vocabulary import (
    Action,
    Age,
    Being,
    Distance,
    Facing,
    PlaceKind,
    ShotSize,
    Side,
    Stature,
    View,
)
from .recast import handed, with_figure, without

_HANDED = frozenset({Being.person, Being.robot, Being.creature})
_COATED = frozenset({Being.quadruped, Being.bird})
"""Beings that are sheared, scrubbed and saddled with the hands on them, and never hammered at."""
_POLISHED = re.compile(r"\b(polish\w*|shin(e|es|ed|ing)|dusts?|dusted|buffs?)\b")
_SCATTERED = re.compile(r"\b(scatter\w*|sprinkl\w*|strew\w*|spreads?)\b")
_LINES = re.compile(
    r"\b(ropes?|ribbons?|cords?|strings?|chains?|scarf|lines?|cables?|lasso|nets?|blankets?)\b"
)
_BORNE = re.compile(r"\b(carr(y|ies|ied|ying)|lifts?|lifted|lug(s|ged)?|heaves?|transports?|drags?|bears?)\b")
_STEADIED = re.compile(r"\b(holds?|held|holding|stead(y|ies|ied)|supports?|grips?)\b.*\bladders?\b")
_TABLED = re.compile(
    r"\b(at|by|around|round) (a|the|his|her|their|its)( \w+)? table\b"
    r"|\b(soup|stew|porridge|supper|dinner|lunch|breakfast|meal|feast|spaghetti|noodles)\b"
)
_SET = frozenset({"table", "desk", "bowl", "spoon", "fork", "pot", "rice bowl", "noodles", "pasta"})
"""What is drawn with a meal."""
_SMALL = frozenset({Stature.tiny, Stature.small})
_FIXED = frozenset({"door", "gate", "wall", "fence", "tree", "car", "table", "bed", "house"})
Held = Literal["", "rope", "load"]


@dataclass(frozen=True)
class Between:
    """What two have between their hands."""

    one: str
    other: str
    kind: Held
    look: ThingLook


def dealt_with(picture: Picture) -> Picture:
    """The picture with its actor at the thing that the sentence is about."""
    actor = next((f for f in picture.figures if f.id == picture.actor), None)
    if actor is None or actor.look.being not in _HANDED or actor.action is not picture.action:
        return picture
    told, action = picture.sentence[:2000].lower(), picture.action
    if _STEADIED.search(told):
        return _up_the_ladder(picture, actor)
    if between(picture) is not None:
        return _at_both_ends(picture)
    beast = next((f for f in picture.figures if f.id == picture.target and f.look.being in _COATED), None)
    if action is Action.work and beast is not None and " with " not in told:  # hands, and no sparks of a tool
        cares = actor.model_copy(update={"action": Action.reach})
        return with_figure(picture, actor, cares).model_copy(update={"action": Action.reach})
    thing = next((t for t in picture.things if t.id == picture.target), None)
    torn = action is Action.pull and manner_of(action, told) == "tear" and not actor.holds
    if (torn or under_cloth(picture)) and thing is not None:  # it is drawn with what is done
        bare = actor.model_copy(update={"holds": ()})
        picture, words = with_figure(picture, actor, bare), re.findall(r"[a-z]+", told)
        for gone in [t for t in picture.things if t is thing or t.id.split("-")[-1] in words]:
            picture = without(picture, gone.id)
        return picture.model_copy(update={"target": None})
    if action is Action.play and manner_of(action, told) == "ball":
        return _kicked(picture, actor, thing)
    if thing is not None and filled(picture, thing):  # drawn on the bench before it
        return handed(picture, actor, thing)
    if action is Action.work and thing is not None and _POLISHED.search(told):
        if thing.look.kind == "umbrella":  # an open one is over the head
            closed = thing.model_copy(
                update={"look": thing.look.model_copy(update={"kind": "closed umbrella"}), "held": True}
            )
            things = tuple(closed if t is thing else t for t in picture.things)
            picture, thing = picture.model_copy(update={"things": things}), closed
            actor_holds = actor.model_copy(update={"holds": (thing.id,)})
            picture, actor = with_figure(picture, actor, actor_holds), actor_holds
        cleans = actor.model_copy(update={"action": Action.reach, "holds": _only(actor, thing)})
        return with_figure(picture, actor, cleans).model_copy(update={"action": Action.reach})
    if dines(picture, actor):
        for gone in [t for t in picture.things if t.id == picture.target or t.look.kind in _SET]:
            picture = without(picture, gone.id)
        pair = diners(picture)
        return at_one_table(picture, *pair) if pair else picture.model_copy(update={"target": None})
    if action is Action.give and (stow := stowed_in(picture)):
        picture, actor = _packed(picture, actor, stow)
        for gone in [t for t in picture.things if t.look.kind == stow and t.id != picture.target]:
            holds = tuple(h for h in actor.holds if h != gone.id)
            actor_free = actor.model_copy(update={"holds": holds})
            picture, actor = without(with_figure(picture, actor, actor_free), gone.id), actor_free
        return picture
    feeds = action is Action.reach and manner_of(action, told) == "feed"
    if feeds and thing is not None and not thing.held and thing.look.stature in _SMALL:
        return handed(picture, actor, thing)
    smelt = action is Action.listen and manner_of(action, told) == "smell"
    small = thing is not None and thing.look.stature in _SMALL
    if smelt and thing is not None and small and not thing.held:
        return handed(picture, actor, thing)
    return picture


def filled(picture: Picture, thing: ThingIn) -> bool:
    """Whether a bag or case is what somebody packs: it stands there, what goes into it is in the hands."""
    packs = picture.action is Action.work and re.search(r"\b(?:un)?pack", picture.sentence[:2000].lower())
    return bool(packs) and bool({thing.look.kind, behaves_as(thing.look.kind)} & _CASES)


_CASES = frozenset({"bag", "suitcase", "backpack", "handbag", "chest", "basket", "sack", "box", "trunk"})


def _packed(picture: Picture, actor: FigureIn, stow: str) -> tuple[Picture, FigureIn]:
    """What is put into a sack is in the hands, and not the sack."""
    aim = next((t for t in picture.things if t.id == picture.target), None)
    if aim is None or aim.look.kind != stow:
        return picture, actor
    told = re.findall(r"[a-z]+", picture.sentence[:2000].lower())
    named = {e.kind for w in told if (e := look_up(w, "thing")) is not None}
    content = next((t for t in picture.things if t.look.kind != stow and t.look.kind in named), None)
    if content is None:
        return picture, actor
    picture = handed(picture, actor, content).model_copy(update={"target": content.id})
    return picture, next(f for f in picture.figures if f.id == actor.id)


def _only(figure: FigureIn, thing: ThingIn) -> tuple[str, ...]:
    return tuple(h for h in figure.holds if h == thing.id)


_INTO = re.compile(
    r"\b(?:puts?|packs?|stuffs?|hides?|stows?|drops?|places?|slips?)\b.*\b(?:in|into|inside) "
    r"(?:a|an|the|his|her|its|their) (?:\w+ )?"
    r"(sack|bag|suitcase|basket|bucket|backpack|handbag|chest|box|jar)\b"
)


def stowed_in(picture: Picture) -> str:
    """The kind of sack, bag or basket that the sentence says something is put into, or ""."""
    found = _INTO.search(picture.sentence[:2000].lower())
    entry = look_up(found.group(1), "thing") if found else None
    return entry.kind if entry is not None else ""


def scatters(picture: Picture) -> bool:
    """Whether what is in the hands is tipped out, and not thrown whole: ashes, seeds, petals."""
    return picture.action is Action.throw and _SCATTERED.search(picture.sentence.lower()) is not None


def under_cloth(picture: Picture) -> bool:
    """Whether somebody hides under a blanket."""
    return picture.action is Action.hide and _UNDER.search(picture.sentence.lower()) is not None


_UNDER = re.compile(
    r"\b(under|beneath|in) (a|an|the|his|her|its|their) (\w+ )?"
    r"(blanket|quilt|sheet|rug|cloak|duvet|covers?|cloth)\b"
)


def dines(picture: Picture, figure: FigureIn) -> bool:
    """Whether somebody eats sitting at a table."""
    if figure.id in (diners(picture) or ()):
        return True
    if figure.id != picture.actor or figure.look.being is not Being.person:
        return False
    return picture.action is Action.eat and _TABLED.search(picture.sentence.lower()) is not None


def diners(picture: Picture) -> tuple[str, str] | None:
    """Two grown people who eat with each other at one table, the actor first; None where nobody does.

    Two who eat nothing that is named do so where people live, and wherever a table or a meal is told of.
    """
    told = picture.sentence[:2000].lower()
    if picture.action is not Action.eat or len(picture.figures) != 2 or not _WITH.search(told):
        return None
    if any(f.look.being is not Being.person or f.look.age is Age.child or f.holds for f in picture.figures):
        return None
    named = any(t.id == picture.target for t in picture.things)
    if not _TABLED.search(told) and (named or picture.place.look.kind not in _HOMES):
        return None
    one, other = sorted((f.id for f in picture.figures), key=lambda i: i != picture.actor)
    return one, other


_WITH = re.compile(r"\b(?:eats?|ate|dines?|has|have)\b.*\b(?:with|together)\b")
_HOMES = frozenset({PlaceKind.house, PlaceKind.room, PlaceKind.kitchen, PlaceKind.cafe})
"""Places with a table to eat at."""


def at_one_table(picture: Picture, one: str, other: str) -> Picture:
    """Two turned to each other across a table, who both eat."""
    order = list(Side)
    sides = {f.id: order.index(f.side) for f in picture.figures}
    left = sides[one] <= sides[other]
    seats = {
        one if left else other: (Side.left, Facing.right),
        other if left else one: (Side.right, Facing.left),
    }
    figures = tuple(
        f.model_copy(
            update={"action": Action.eat, "side": seats[f.id][0], "facing": seats[f.id][1], "gaze": None}
        )
        for f in picture.figures
    )
    return picture.model_copy(update={"figures": figures, "target": other})


def _kicked(picture: Picture, actor: FigureIn, thing: ThingIn | None) -> Picture:
    """What is kicked is at the foot of who kicks it, and flies off."""
    if any(f.id == picture.target and f.id != actor.id for f in picture.figures):
        return picture
    if thing is None:
        words = re.findall(r"[a-z]+", picture.sentence.lower())
        found = [e for w in words if (e := look_up(w, "thing")) is not None and e.sort == "thing"]
        if not found or found[-1].kind in ("ball", *_FIXED):
            return picture
        thing = ThingIn(
            id="kicked", words=found[-1].kind, look=ThingLook(kind=found[-1].kind), side=actor.side
        )
        picture = picture.model_copy(update={"things": (*picture.things, thing)})
    if thing.look.kind in _FIXED or behaves_as(thing.look.kind) in _FIXED:
        return picture
    if thing.look.stature in (Stature.large, Stature.giant):
        return picture
    return handed(picture, actor, thing)


def between(picture: Picture) -> Between | None:
    """The rope that two pull at, or the chest that two carry; None where each has the own hands free."""
    told, action = picture.sentence[:2000].lower(), picture.action
    actor = next((f for f in picture.figures if f.id == picture.actor), None)
    if actor is None or action not in (Action.pull, Action.hold, Action.walk, Action.take, Action.reach):
        return None
    pair = [f for f in picture.figures if f.look.being in (Being.person, Being.robot)]
    if len(pair) < 2 or actor not in pair:
        return None
    other = next((f for f in pair if f.id == picture.target), None) or next(
        f for f in pair if f.id != actor.id
    )
    if any(f.id == picture.target for f in picture.figures if f not in pair):
        return None
    words = re.findall(r"[a-z]+", told)
    named = [e for w in words if (e := look_up(w, "thing")) is not None and e.sort == "thing"]
    look = next((t.look for t in picture.things if t.look.kind in {e.kind for e in named}), None)
    if action is Action.pull and (line := _LINES.search(told)):
        entry = look_up(line.group(0), "thing")
        kind = entry.kind if entry is not None else "rope"
        return Between(actor.id, other.id, "rope", look or ThingLook(kind=kind, colour=_coloured(told, kind)))
    if not _joined(told) or not named or named[-1].kind in (*_FIXED, "umbrella"):
        return None
    return Between(actor.id, other.id, "load", look or ThingLook(kind=named[-1].kind))


_SEVERAL = re.compile(r"(they|(the )?(two|three|four|five|both)( of them| \w+)?)\b")
"""Who carries something is more than one."""


def _joined(told: str) -> bool:
    """Whether two are said to carry it: "the man and the woman carry", "they carry it together"."""
    if re.search(r"\b(together|both|between them|each)\b", told):
        return True
    found = _BORNE.search(told)
    before = told[: found.start()] if found else ""
    helped = re.search(r"\bhelps?\b.*\b(carry|lift|drag)\b", told)
    if helped is not None or re.search(r"\b(carr\w+|lifts?|drags?)\b.* with (the|her|his|a|an) ", told):
        return True
    return " and " in before or _SEVERAL.match(before) is not None


def _coloured(told: str, kind: str) -> str:
    for word, colour in _COLOURS.items():
        if word in told.split():
            return colour
    return "#c83a5a" if kind in ("ribbon", "scarf") else "#b0905a"


_COLOURS = {
    "blue": "#3f7fd0", "red": "#c8342e", "green": "#3f9a4a", "yellow": "#e8b832", "golden": "#e0b040",
    "white": "#f4f0e4", "black": "#2a2430", "pink": "#e07aa0", "purple": "#7a4fb0",
}  # fmt: skip


def _at_both_ends(picture: Picture) -> Picture:
    """Two turned to each other, who hold one thing at its ends."""
    held = between(picture)
    assert held is not None
    order = list(Side)
    action = Action.pull if held.kind == "rope" else Action.hold
    one, other = (next(f for f in picture.figures if f.id == i) for i in (held.one, held.other))
    left, right = (one, other) if order.index(one.side) <= order.index(other.side) else (other, one)
    placed = {
        left.id: {"side": Side.left, "facing": Facing.right},
        right.id: {"side": Side.right, "facing": Facing.left},
    }
    changed = {
        f.id: f.model_copy(
            update={**placed[f.id], "action": action, "holds": (), "gaze": None, "distance": one.distance}
        )
        for f in (left, right)
    }
    things = tuple(t.model_copy(update={"held": True}) if t.look == held.look else t for t in picture.things)
    camera = picture.camera
    closer = camera.size not in (ShotSize.wide, ShotSize.extreme_wide)
    if closer:
        camera = camera.model_copy(update={"size": ShotSize.full, "view": View.objective, "focus": None})
    aside: dict[str, object] = {
        "distance": Distance.far, "side": Side.far_right, "gaze": None, "action": Action.look,
    }  # fmt: skip
    if len(picture.figures) == 3:  # beside them, and not behind what they carry; at one end of a rope are two
        aside |= {"distance": one.distance, "facing": Facing.left}
        aside |= {"action": action} if held.kind == "rope" else {}
    figures = tuple(changed.get(f.id) or f.model_copy(update=aside) for f in picture.figures)
    return picture.model_copy(
        update={
            "figures": figures,
            "things": things,
            "action": action,
            "target": other.id if held.kind == "rope" else None,
            "camera": camera,
        }
    )


def steadied(picture: Picture) -> tuple[str, str] | None:
    """Who holds the ladder, and who is on it; None where nobody does."""
    told = picture.sentence[:2000].lower()
    actor = next((f for f in picture.figures if f.id == picture.actor), None)
    if actor is None or actor.look.being not in _HANDED or not _STEADIED.search(told):
        return None
    others = [f for f in picture.figures if f.id != actor.id and f.look.being in (Being.person, Being.robot)]
    climbs = next((f for f in others if f.id == picture.target), others[0] if others else None)
    return (actor.id, climbs.id) if climbs is not None else None


def _up_the_ladder(picture: Picture, actor: FigureIn) -> Picture:
    """Who the ladder is held for is on it, and the other has both hands at its foot."""
    pair = steadied(picture)
    if pair is None:
        return picture
    climber = next(f for f in picture.figures if f.id == pair[1])
    left = list(Side).index(actor.side) <= list(Side).index(climber.side)
    turned = Facing.right if left else Facing.left
    here, there = (Side.left, Side.centre) if left else (Side.right, Side.centre)
    holds = actor.model_copy(
        update={"action": Action.hold, "facing": turned, "gaze": climber.id, "holds": (), "side": here}
    )
    goes = climber.model_copy(
        update={"action": Action.climb, "facing": turned, "gaze": None, "holds": (), "side": there}
    )
    picture = with_figure(with_figure(picture, actor, holds), climber, goes)
    things = picture.things
    if not any(t.look.kind == "ladder" for t in things):
        things = (*things, ThingIn(id="a-ladder", words="ladder", look=ThingLook(kind="ladder"), side=there))
    things = tuple(
        t.model_copy(update={"held": False, "side": there}) if t.look.kind == "ladder" else t for t in things
    )
    camera = picture.camera.model_copy(update={"size": ShotSize.full, "view": View.objective, "focus": None})
    told = {"things": things, "camera": camera, "target": None, "action": Action.hold}
    return picture.model_copy(update=told)
