"""Meant: whom or what several do it to, and what is knocked over. Pure.

"The two sisters push the piano" is a film's event between two sisters, of whom neither is pushed: here what
is done is done to what the words name.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from ...storyboard.lexicon import behaves_as, look_up
from ...storyboard.looks import ThingLook
from ...storyboard.picture import FigureIn, Picture, ThingIn
from ...storyboard.vocabulary import Action, Being, Facing, ShotSize, Side, View
from .recast import with_figure, without

_SEVERAL = re.compile(
    r"^(?:(?:the|all|both|two|three|four|five|its|their|his|her|of|old|young|little|small) )*"
    r"(?:couple|pair|family|children|kids|twins|sisters|brothers|siblings|friends|girls|boys|men|women|people"
    r"|neighbours|sailors|they|both|everybody|everyone|[a-z]+s and [a-z]+s)\b"
    r"|^(?:the |all |his |her |its |their )*(?:two|three|four|five|six|seven) (?:\w+ )??\w+s\b"
)
_ONE_ANOTHER = re.compile(r"\b(each other|one another|together with)\b")
_DONE_TO = frozenset(
    {
        Action.give, Action.take, Action.hold, Action.push, Action.pull, Action.throw, Action.open,
        Action.close, Action.work, Action.cook, Action.reach, Action.paint, Action.light, Action.dig,
        Action.write, Action.read,
    }
)  # fmt: skip
_SHOVED = frozenset({Action.push, Action.pull})
_OVER = re.compile(
    r"\b(?:knock|push|tip|kick|pull|throw|shove|bump)(?:s|es|ed|ing)?\b(?: \w+){0,4}? (?:over|down)\b"
    r"|\b(?:overturn|upset|topple)(?:s|ed|ing)?\b"
)
_ROOTED = frozenset(
    {"door", "gate", "wall", "window", "tree", "house", "stairs", "castle", "tower", "hut", "bridge", "well"}
)
_BODIES = frozenset({Being.person, Being.robot, Being.creature})


def meant(picture: Picture) -> Picture:
    """The picture whose event is done to what its words name, by all who do it."""
    return _hung_up(_alone_with(_under_umbrella(_spread(_put_down(_overturning(_of_several(picture)))))))


def _hung_up(picture: Picture) -> Picture:
    """The sack that somebody punches hangs on its stand (``business.py``), and in nobody's hands."""
    thing = next((t for t in picture.things if t.id == picture.target), None)
    actor = next((f for f in picture.figures if f.id == picture.actor), None)
    if thing is None or actor is None or actor.action is not Action.fight or thing.look.kind not in _BAGS:
        return picture
    picture = with_figure(picture, actor, actor.model_copy(update={"holds": ()}))
    return without(picture, thing.id).model_copy(update={"target": None})


_BAGS = frozenset({"sack", "bag", "punching bag", "backpack", "pillow", "cushion"})


def _alone_with(picture: Picture) -> Picture:
    """Who bows to a thing or hugs it has nobody before it of whom the words do not tell."""
    thing = next((t for t in picture.things if t.id == picture.target and not t.held), None)
    if thing is None or picture.action not in (Action.kneel, Action.hug) or len(picture.figures) < 2:
        return picture
    told, with_it = picture.sentence[:2000].lower(), mates(picture)
    told_of = tuple(f for f in picture.figures if f.id in (picture.actor, *with_it) or _said(f, told))
    camera = picture.camera
    if camera.focus and camera.focus not in {f.id for f in told_of} | {t.id for t in picture.things}:
        camera = camera.model_copy(update={"focus": None})
    return picture.model_copy(update={"figures": told_of, "camera": camera})


_SPREAD = re.compile(
    r"\b(?:holds?|spreads?|stretches|lays?|puts?|throws?|drapes?|pulls?|covers?)\b.*?"
    r"\b(blanket|sheet|cloth|tarp|tarpaulin|rug|quilt|sail|cover|shawl|coat|cloak|towel|net)"
    r"\b (?:\w+ )?over\b"
)
_SOFT = frozenset({"blanket", "cloth", "scarf", "coat", "cloak", "carpet", "curtain", "net", "flag"})


def spreads(picture: Picture) -> bool:
    """Whether a blanket is held over what is on the ground: "holds a blanket over the seeds"."""
    if picture.action not in (Action.hold, Action.throw, Action.give, Action.reach, Action.work, Action.pull):
        return False
    told = picture.sentence[:2000].lower()
    found = _SPREAD.search(told)
    return found is not None and any(thing_said(t, told[found.end() :]) for t in picture.things)


def _spread(picture: Picture) -> Picture:
    """Who holds a blanket over something has it spread in both hands, and that is on the ground under it."""
    actor = next((f for f in picture.figures if f.id == picture.actor), None)
    if actor is None or actor.look.being not in _BODIES or not spreads(picture):
        return picture
    told = picture.sentence[:2000].lower()
    found = _SPREAD.search(told)
    rest = told[found.end() :] if found else ""
    under = next(t for t in picture.things if thing_said(t, rest))
    cloths = {t.id for t in picture.things if t is not under and behaves_as(t.look.kind) in _SOFT}
    things = tuple(
        t.model_copy(update={"held": False, "distance": actor.distance}) if t is under
        else t.model_copy(update={"held": True}) if t.id in cloths else t
        for t in picture.things
    )  # fmt: skip
    holds = actor.model_copy(update={"action": Action.hold, "holds": (), "gaze": under.id})
    picture = with_figure(picture, actor, holds)
    camera = picture.camera
    if camera.size not in (ShotSize.wide, ShotSize.extreme_wide):
        camera = camera.model_copy(update={"size": ShotSize.full, "focus": None, "view": View.objective})
    told_so = {"things": things, "action": Action.hold, "target": under.id, "camera": camera}
    return picture.model_copy(update=told_so)


_UMBRELLA = re.compile(r"\b(?:under|beneath|behind) (?:a|an|the|his|her|its|their) (?:\w+ )?umbrella\b")


_OPENED = re.compile(r"\bopen(?:s|ed|ing)? (?:up )?(?:a|an|the|his|her|its|their) (?:\w+ )?umbrella\b")


def _under_umbrella(picture: Picture) -> Picture:
    """Who hides under an umbrella, or opens one, has it over the head."""
    actor = next((f for f in picture.figures if f.id == picture.actor), None)
    if actor is None or actor.action not in (Action.hide, Action.open) or actor.look.being not in _BODIES:
        return picture
    opens = actor.action is Action.open
    if not (_OPENED if opens else _UMBRELLA).search(picture.sentence[:2000].lower()):
        return picture
    own = next((t for t in picture.things if behaves_as(t.look.kind) == "umbrella"), None)
    own = own or ThingIn(id="an-umbrella", words="umbrella", look=ThingLook(kind="umbrella"), side=actor.side)
    things = (*(t for t in picture.things if t.id != own.id), own.model_copy(update={"held": True}))
    does = Action.hold if opens else Action.kneel
    picture = with_figure(picture, actor, actor.model_copy(update={"action": does, "holds": (own.id,)}))
    return picture.model_copy(update={"things": things, "action": does, "target": None})


_BY = re.compile(
    r"\b(?:over|beside|next to|by|near|around|before|in front of|at) (?:the|a|an|his|her|its|their) "
)
_FREE_OF = frozenset(
    {Action.cry, Action.kneel, Action.sleep, Action.lie, Action.sit, Action.dance, Action.jump}
)


def _put_down(picture: Picture) -> Picture:
    """What somebody cries over or kneels beside lies on the ground before that one, and not in the hands."""
    actor = next((f for f in picture.figures if f.id == picture.actor), None)
    told = picture.sentence[:2000].lower()
    if actor is None or not actor.holds or actor.action not in _FREE_OF:
        return picture
    found = _BY.search(told)
    rest = told[found.end() :] if found else ""
    laid = [t for t in picture.things if t.id in actor.holds and thing_said(t, rest)] if rest else []
    if not laid:
        return picture
    order = list(Side)
    way = actor.facing if actor.facing in (Facing.left, Facing.right) else Facing.right
    at = order.index(actor.side) + (1 if way is Facing.right else -1)
    side = order[min(len(order) - 1, max(0, at))]
    down = {"held": False, "side": side, "distance": actor.distance}
    things = tuple(t.model_copy(update=down) if t in laid else t for t in picture.things)
    free = tuple(h for h in actor.holds if h not in {t.id for t in laid})
    picture = with_figure(picture, actor, actor.model_copy(update={"holds": free, "facing": way}))
    camera = picture.camera
    if camera.size not in (ShotSize.wide, ShotSize.extreme_wide):
        camera = camera.model_copy(update={"size": ShotSize.full, "focus": None, "view": View.objective})
    return picture.model_copy(update={"things": things, "camera": camera, "target": laid[0].id})


_ON = re.compile(
    r"\bon (?:top of )?(?:the|a|an|his|her|its|their) (?:\w+ )?"
    r"(table|desk|bench|bed|chair|stool|barrel|chest|box|crate|shelf|counter|trunk)\b"
)
_AT_REST = frozenset({Action.look, Action.point, Action.stand, Action.think, Action.sit, Action.search})


def on_top(picture: Picture) -> tuple[str, str] | None:
    """A thing that the words say is on a table or bed that is there, and that: "the cup on the table"."""
    told = picture.sentence[:2000].lower()
    found = _ON.search(told) if picture.action in _AT_REST else None
    if found is None:
        return None
    entry = look_up(found[1], "thing")
    under = next((t for t in picture.things if entry is not None and t.look.kind == entry.kind), None)
    before = told[: found.start()]
    over = [t for t in picture.things if t is not under and not t.held and thing_said(t, before)]
    return (over[0].id, under.id) if under is not None and over else None


def mates(picture: Picture) -> tuple[str, ...]:
    """The ids of those who do it with the actor, where the words say so: "The two boys steal"."""
    return _mates(_Same(picture)) if len(picture.figures) > 1 else ()


class _Same:
    """A picture, which never changes, as the very one that it is: comparing all it holds takes longer."""

    __slots__ = ("picture",)

    def __init__(self, picture: Picture) -> None:
        self.picture = picture

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Same) and other.picture is self.picture

    def __hash__(self) -> int:
        return id(self.picture)


@lru_cache(maxsize=64)
def _mates(same: _Same) -> tuple[str, ...]:
    picture = same.picture
    told = picture.sentence[:2000].lower()
    actor = next((f for f in picture.figures if f.id == picture.actor), None)
    if actor is None or _ONE_ANOTHER.search(told):
        return ()
    several = plural_of(actor.noun.lower().rpartition(" ")[2])
    who = _SEVERAL.match(told) or re.match(
        rf"(?:(?:the|all|both|their|his|her|its) )*{re.escape(several)}\b", told
    )
    if who is None:
        return ()
    everybody = _ALL.search(who.group(0)) is not None
    called, rest = actor.noun.lower().rpartition(" ")[2], told[who.end() :]
    return tuple(
        f.id
        for f in picture.figures
        if f is not actor
        and not _said(f, rest)
        and (everybody or f.noun.lower().rpartition(" ")[2] == called or f.id in who.group(0))
    )


def plural_of(noun: str) -> str:
    """Several of that noun, by the rules of English spelling."""
    irregular = {"child": "children", "man": "men", "woman": "women", "goose": "geese", "mouse": "mice"}
    if noun.endswith("y") and noun[-2:-1] not in "aeiou":
        return noun[:-1] + "ies"
    return irregular.get(noun, noun + ("es" if noun.endswith(("s", "x", "ch", "sh")) else "s"))


_ALL = re.compile(r"\b(couple|pair|family|they|both|siblings|friends|children|kids|everybody|everyone)\b")


def next_to(picture: Picture, actor: FigureIn, others: Sequence[str]) -> str | None:
    """Who of these stands nearest: who gives something to several hands it to that one."""
    order = list(Side)
    here = [f for f in picture.figures if f.id in others]
    near = min(here, key=lambda f: abs(order.index(f.side) - order.index(actor.side)), default=None)
    return near.id if near is not None else None


def _of_several(picture: Picture) -> Picture:
    told = picture.sentence[:2000].lower()
    with_it = mates(picture)
    if not with_it or picture.action not in _DONE_TO:
        return picture
    actor = next(f for f in picture.figures if f.id == picture.actor)
    others = [f for f in picture.figures if f is not actor and f.id not in with_it and _said(f, told)]
    thing = next((t for t in picture.things if t.id == picture.target), None)
    thing = thing or next((t for t in picture.things if thing_said(t, told)), None)
    if picture.target in with_it:
        aim = others[0].id if others else thing.id if thing is not None else None
        picture = picture.model_copy(update={"target": aim}) if aim else picture
    if picture.target in with_it:
        return picture
    done = [f for f in picture.figures if f.id in with_it and f.look.being in _BODIES]
    shoves = picture.action in _SHOVED and thing is not None and thing.id == picture.target
    for place, f in enumerate(done):
        idle = f.model_copy(update=_looking_on(picture))
        new = _beside(f, actor, thing, place) if shoves else idle if f.action in _DONE_TO else f
        if picture.action is Action.throw:  # behind, or it would fly at their heads
            new = _beside(f, actor, thing, place).model_copy(update=_looking_on(picture))
        picture = with_figure(picture, f, new)
    return picture


def _looking_on(picture: Picture) -> dict[str, object]:
    """What those do who look on while it is done."""
    return {"action": Action.look, "gaze": picture.actor}


def _beside(mate: FigureIn, actor: FigureIn, thing: ThingIn | None, place: int) -> FigureIn:
    """One who pushes with the actor: behind it, turned the same way."""
    order = list(Side)
    ahead = thing is None or order.index(actor.side) <= order.index(thing.side)
    way = (
        actor.facing
        if actor.facing in (Facing.left, Facing.right)
        else Facing.right
        if ahead
        else Facing.left
    )
    step = -1 - place if way is Facing.right else 1 + place
    side = order[min(len(order) - 1, max(0, order.index(actor.side) + step))]
    return mate.model_copy(
        update={
            "action": actor.action,
            "facing": way,
            "side": side,
            "gaze": None,
            "expression": actor.expression,
        }
    )


def _said(figure: FigureIn, told: str) -> bool:
    """Whether the words name that one, and not several of its kind."""
    names = {figure.noun.lower().rpartition(" ")[2], figure.id.split("-")[-1]} - {""}
    return any(re.search(rf"\b{re.escape(name)}\b(?!s)", told) for name in names)


def thing_said(thing: ThingIn, told: str) -> bool:
    """Whether the words name that thing, by its own word or as one of its kind."""
    if re.search(rf"\b{re.escape(thing.id.split('-')[-1])}\b", told):
        return True
    entries = [look_up(word, "thing") for word in re.findall(r"[a-z]+", told)]
    return any(e is not None and e.kind == thing.look.kind for e in entries)


def _overturning(picture: Picture) -> Picture:
    """Who knocks a chair over pushes it, and it falls."""
    actor = next((f for f in picture.figures if f.id == picture.actor), None)
    told = picture.sentence[:2000].lower()
    if actor is None or actor.look.being not in _BODIES or not _OVER.search(told):
        return picture
    aim = next((t for t in picture.things if t.id == picture.target), None)
    aim = aim or next((t for t in picture.things if not t.held and thing_said(t, told)), None)
    if aim is None or aim.held or {aim.look.kind, behaves_as(aim.look.kind)} & _ROOTED:
        return picture
    pushes = actor.model_copy(update={"action": Action.push, "gaze": aim.id})
    return with_figure(picture, actor, pushes).model_copy(update={"action": Action.push, "target": aim.id})


def falls_over(picture: Picture) -> str | None:
    """The thing that is knocked over in the shot, or None."""
    if picture.action is not Action.push or not _OVER.search(picture.sentence[:2000].lower()):
        return None
    return next((t.id for t in picture.things if t.id == picture.target and not t.held), None)
