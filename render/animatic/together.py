"""Together: who does something with or beside somebody has that one do it too, near, the same way. Pure."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ...storyboard.lexicon import look_up
from ...storyboard.picture import FigureIn, Picture
from ...storyboard.vocabulary import Action, Being, Expression, Facing, ShotSize, Side
from .recast import with_figure, without
from .seating import for_several

_WAYS = frozenset({Action.walk, Action.run, Action.sneak, Action.swim, Action.float, Action.fly})
_STILL = frozenset({Action.sit, Action.lie, Action.sleep, Action.cry})
_ALONG = r"\b(?:with|along ?side|beside|next to|by the side of|close to) (?:the |an? |his |her |its |their )?"
_AFOOT = frozenset({Being.person, Being.robot, Being.quadruped, Being.creature, Being.ghost, Being.bird})
_FINNED = frozenset({Being.whale, Being.fish, Being.octopus})


CHASED = re.compile(
    r"\b(chas(e|es|ed|ing)|pursu(e|es|ed|ing)|hunts?"
    r"|(run|runs|ran|race|races|fl(y|ies)|jumps?|leaps?|hops?|bounds?|springs?|pounces?) after)\b"
)
"""Somebody is after somebody else."""


def accompanied(picture: Picture) -> tuple[FigureIn, FigureIn] | None:
    """The actor and whom it does it with or beside; None where it is done to somebody, or alone."""
    if "back to back" in picture.sentence.lower():
        return None
    if picture.action not in _WAYS | _STILL or picture.target is None:
        return None
    actor = next((f for f in picture.figures if f.id == picture.actor), None)
    other = next((f for f in picture.figures if f.id == picture.target and f.id != picture.actor), None)
    if actor is None or other is None or actor.action is Action.ride:
        return None
    able = _AFOOT | _FINNED if picture.action is Action.swim else _AFOOT
    if not {actor.look.being, other.look.being} <= able:
        return None
    told = picture.sentence[:2000].lower()
    if CHASED.search(told):
        return None
    if _MANY.search(told) and picture.action in _WAYS:
        return actor, other
    if other.action is picture.action and (_BESIDE.search(told) or _both_named(other, told)):
        return actor, other
    found = re.search(rf"{_ALONG}((?:[a-z'-]+ ?){{1,3}})", told)
    if found is None or any(look_up(word, "thing") for word in found[1].split()):
        return None  # "with a lantern"
    return actor, other


_BESIDE = re.compile(r"\b(?:side by side|together|each other|one another)\b")


def _both_named(other: FigureIn, told: str) -> bool:
    """Whether the sentence begins with two, and that one is the second: "The man and the woman sit."."""
    name = re.escape(other.noun.lower().rpartition(" ")[2] or other.id.split("-")[-1])
    whose = r"(?:the |an? |his |her |its |their )?"
    return (
        re.match(rf"{whose}(?:[a-z'-]+ ){{1,3}}?and {whose}(?:[a-z'-]+ ){{0,2}}?{name}\b", told) is not None
    )


_DRIED = re.compile(r"\b(?:wip|dr(?:y|ies|ied)|dab)\w*\b.*\b(?:tears?|eyes?|cheeks?|faces?|nose)\b")
_OTHERS = re.compile(r"'s? (?:cheek|face|eye|tear|nose)|\b(?:from|of) (?:the|a|his|her|their)\b")
_TEARS = re.compile(r"\btears?\b")


def dries(picture: Picture) -> bool:
    """Whether somebody wipes the tears off the face of somebody else."""
    other = any(f.id == picture.target and f.id != picture.actor for f in picture.figures)
    return (
        other
        and picture.action is Action.reach
        and _DRIED.search(picture.sentence[:2000].lower()) is not None
    )


def tearful(picture: Picture) -> Picture:
    """The picture in which tears are wiped off a face, not off the ground: somebody else's, or one's own."""
    wiped = picture.action in (Action.reach, Action.stand, Action.work, Action.perform)
    if not wiped or not _DRIED.search(picture.sentence[:2000].lower()):
        return picture
    for thing in picture.things:
        if _TEARS.search(thing.id):
            picture = without(picture, thing.id)
    actor = next((f for f in picture.figures if f.id == picture.actor), None)
    if actor is None:
        return picture
    others = [f for f in picture.figures if f.id != actor.id and named_in(f, picture.sentence)]
    whose = next((f.id for f in others if f.id == picture.target), others[0].id if others else None)
    camera = picture.camera
    if camera.size is ShotSize.insert:
        camera = camera.model_copy(update={"size": ShotSize.two_shot if whose else ShotSize.medium_close})
    picture = picture.model_copy(update={"target": whose, "camera": camera})
    if whose is None and _OTHERS.search(picture.sentence.lower()):
        return picture  # somebody's who is not there
    if whose is None:
        picture = with_figure(picture, actor, actor.model_copy(update={"action": Action.cry}))
        return picture.model_copy(update={"action": Action.cry})
    dries_them = actor.model_copy(update={"action": Action.reach, "gaze": whose, "holds": ()})
    return with_figure(picture, actor, dries_them).model_copy(update={"action": Action.reach})


def named_in(figure: FigureIn, sentence: str) -> bool:
    """Whether the words name that figure, by what it is or by its id."""
    told = sentence[:2000].lower()
    names = (figure.noun.lower(), figure.noun.lower().rpartition(" ")[2], figure.id.split("-")[-1])
    return any(name and re.search(rf"\b{re.escape(name)}(?:'s|s)?\b", told) for name in names)


def addressed(picture: Picture) -> Picture:
    """The picture whose event is about the other whom its words name, where the film says of nobody."""
    if picture.target is not None or picture.action not in _TOWARDS or len(picture.figures) < 2:
        return picture
    after = picture.sentence[:2000].lower()
    actor = next((f for f in picture.figures if f.id == picture.actor), None)
    others = [f for f in picture.figures if f.id != picture.actor and named_in(f, after)]
    if actor is None or len(others) != 1:
        return picture
    return picture.model_copy(update={"target": others[0].id})


_TOWARDS = frozenset(
    {Action.give, Action.hug, Action.dance, Action.wave, Action.fight, Action.reach, Action.walk, Action.run}
)
_MANY = re.compile(
    r"^(?:(?:the|all|both|two|three|four|five|its|their|his|her) )*(?:\w+ )?"
    r"(?:couple|pair|family|children|kids|twins|sisters|brothers|siblings|friends|girls|boys|men|women"
    r"|people|neighbours|sailors|they|both|everybody|everyone)\b"
)
_COUNTED = re.compile(
    r"^(?:the |all |both |his |her |its |their )*(?:two|three|four|five|six|seven) (?:\w+ )??\w+s\b"
)
_JOINED = _STILL | _WAYS | frozenset(
    {Action.dance, Action.jump, Action.laugh, Action.sing, Action.kneel, Action.dig, Action.eat,
     Action.drink, Action.look, Action.point, Action.play, Action.cook, Action.climb, Action.fall,
     Action.listen, Action.think, Action.search, Action.hide, Action.wave, Action.talk}
)  # fmt: skip


def all_of_them(picture: Picture) -> Picture:
    """The picture in which everybody does it, where its words say so: "The couple dances."."""
    if len(picture.figures) < 2 or picture.action not in _JOINED:
        return picture
    told = picture.sentence[:2000].lower()
    counted = _COUNTED.search(told)
    many = _MANY.search(told) or counted
    actor = next((f for f in picture.figures if f.id == picture.actor), None)
    if actor is None or actor.action is not picture.action:
        return picture
    pair = [f.id for f in picture.figures if f.id != actor.id and _both_named(f, told)]
    if many is None and not pair:
        return picture
    doing: dict[str, object] = {"action": picture.action, "expression": actor.expression}
    if picture.action in _WAYS:
        doing["facing"] = actor.facing if actor.facing is not Facing.camera else Facing.right
    apart = {Side.left: Side.far_left, Side.right: Side.far_right}
    alike = [f.id for f in picture.figures if f.look.being is actor.look.being]
    alike = alike if many is not None else [actor.id, *pair]  # "The beaver and the owl sleep."
    if many is not None and (counted or picture.action in _TO_ONE):  # who is called to does not call
        rest = told[many.end() :]
        alike = [f.id for f in picture.figures if f.id in alike and not _addressed(f, picture, rest)]
    bows = picture.action is Action.kneel  # with room for two heads between them
    figures = tuple(
        f.model_copy(update={**doing, "side": apart.get(f.side, f.side) if bows else f.side})
        if f.id in alike
        else f
        for f in picture.figures
    )
    target = picture.target
    if target is None and len(alike) == 2 and picture.action is Action.dance:
        target = next(i for i in alike if i != actor.id)
    return _turned_to(picture.model_copy(update={"figures": figures, "target": target}), alike)


def _turned_to(picture: Picture, alike: Sequence[str]) -> Picture:
    """The picture in which all who call or wave to somebody have that one on one side, and look that way."""
    other = next((f for f in picture.figures if f.id == picture.target and f.id not in alike), None)
    if other is None or len(alike) < 2 or picture.action not in _TO_ONE:
        return picture
    order = list(Side)
    actor = next(f for f in picture.figures if f.id == picture.actor)
    left = order.index(actor.side) <= order.index(other.side)
    sides = (Side.left, Side.far_left, Side.centre)
    seats = iter(sides if left else [_ACROSS[s] for s in sides])
    facing, back = (Facing.right, Facing.left) if left else (Facing.left, Facing.right)
    ranked = sorted(alike, key=lambda i: i != actor.id)
    new: dict[str, dict[str, object]] = {
        i: {"facing": facing, "gaze": other.id, "side": next(seats, Side.centre)} for i in ranked
    }
    new[other.id] = {"facing": back, "gaze": actor.id, "side": Side.right if left else Side.left}
    figures = tuple(f.model_copy(update=new.get(f.id, {})) for f in picture.figures)
    return picture.model_copy(update={"figures": figures})


def _addressed(figure: FigureIn, picture: Picture, rest: str) -> bool:
    return figure.id == picture.target != picture.actor and named_in(figure, rest)


_TO_ONE = frozenset({Action.talk, Action.sing, Action.wave, Action.laugh, Action.look, Action.point})
_ACROSS = {
    Side.left: Side.right, Side.far_left: Side.far_right, Side.centre: Side.centre,
    Side.right: Side.left, Side.far_right: Side.far_left,
}  # fmt: skip


_MOCKED = re.compile(r"\b(?:laugh(?:s|ed)? at|mocks?|teas(?:es|ed)|jeers?|makes? fun of)\b")


def mocked(picture: Picture) -> Picture:
    """The picture in which whoever is laughed at does not laugh."""
    if picture.action is not Action.laugh or not _MOCKED.search(picture.sentence.lower()):
        return picture
    hurt = {"action": Action.stand, "expression": Expression.sad, "gaze": None}
    figures = tuple(
        f.model_copy(update=hurt) if f.id == picture.target and f.id != picture.actor else f
        for f in picture.figures
    )
    return picture.model_copy(update={"figures": figures})


_BORNE = re.compile(r"\bcarr(?:y|ies|ied|ying)\b(?! on\b)|\bin (?:his|her|its|their) arms\b")


def borne(picture: Picture) -> tuple[str, str] | None:
    """Who has somebody in the arms, and whom: one person another, or a robot one."""
    if picture.action is not Action.hold or not _BORNE.search(picture.sentence.lower()):
        return None
    actor = next((f for f in picture.figures if f.id == picture.actor), None)
    other = next((f for f in picture.figures if f.id == picture.target and f.id != picture.actor), None)
    if actor is None or other is None or other.look.being is not Being.person:
        return None
    return (actor.id, other.id) if actor.look.being in (Being.person, Being.robot) else None


_WITH = frozenset(
    {Action.sing, Action.laugh, Action.jump, Action.dig, Action.climb, Action.look, Action.paint}
)


def _joining(picture: Picture) -> Picture:
    """The picture in which somebody with whom it is done does it as well: "sings with the man"."""
    told = picture.sentence[:2000].lower()
    other = next((f for f in picture.figures if f.id == picture.target and f.id != picture.actor), None)
    if other is None or other.holds or picture.action not in (*_WITH, Action.play) or " with " not in told:
        return picture
    if picture.action is Action.play:  # who is played with by itself hears no music
        glad = {"action": Action.stand, "expression": Expression.happy}
        music = re.search(
            r"\b(?:piano|guitar|violin|drum|flute|trumpet|music|song|tune|chess|cards|duet)", told
        )
        return (
            picture
            if music or other.action is not Action.listen
            else with_figure(picture, other, other.model_copy(update=glad))
        )
    expression = next((f.expression for f in picture.figures if f.id == picture.actor), other.expression)
    same = other.model_copy(update={"action": picture.action, "expression": expression})
    return with_figure(picture, other, same)


_EACH = re.compile(r"\b(each other|one another|back|both|all)\b")


def first_to_wave(picture: Picture) -> Picture:
    """The picture in which only the actor waves: to whom it is done looks on, or both would seem to."""
    if picture.action is not Action.wave or _EACH.search(picture.sentence.lower()):
        return picture
    if " and " in picture.sentence.split(" wave", 1)[0]:
        return picture
    several = _MANY.search(picture.sentence[:2000].lower()) is not None
    seen = {"action": Action.stand, "gaze": picture.actor}
    return picture.model_copy(
        update={
            "figures": tuple(
                f.model_copy(update=seen)
                if f.action is Action.wave
                and f.id != picture.actor
                and (f.id == picture.target or not several)
                else f
                for f in picture.figures
            )
        }
    )


def together(picture: Picture) -> Picture:
    """The picture in which both do it, turned the same way; a picture of one alone is left as it is.

    Two who sit are turned to each other, unless one seat is under both.
    """
    picture = _joining(picture)
    pair = accompanied(picture)
    if pair is None:
        return picture
    actor, other = pair
    order = list(Side)
    left = order.index(actor.side) <= order.index(other.side)
    if actor.side is other.side:
        left = actor.facing is not Facing.left
    sides = (Side.left, Side.right) if left else (Side.right, Side.left)
    facing = Facing.right if left else Facing.left
    going: dict[str, object] = {"action": picture.action, "gaze": None}
    if picture.action is not Action.cry:
        going["facing"] = facing
    if picture.action is Action.cry:
        going["expression"] = actor.expression
    new = {f.id: f.model_copy(update={**going, "side": s}) for f, s in zip(pair, sides, strict=True)}
    upright = {actor.look.being, other.look.being} <= {Being.person, Being.robot}
    if picture.action is Action.sit and not (upright and for_several(picture)):  # not behind a tail or a back
        back = Facing.left if left else Facing.right
        new[other.id] = new[other.id].model_copy(update={"facing": back})
    return picture.model_copy(update={"figures": tuple(new.get(f.id, f) for f in picture.figures)})
