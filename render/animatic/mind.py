"""Mind: what somebody searches for, dreams of or misses, seen in the cloud of a thought beside the head.

What is sought is not there, and a picture of somebody who looks about says nothing of what is missing.
"""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

import skia

from ...storyboard.lexicon import look_up
from ...storyboard.looks import ThingLook
from ...storyboard.picture import FigureIn, Picture
from ...storyboard.treatment import TreatedCharacter
from ...storyboard.vocabulary import (
    Action,
    Age,
    Beard,
    Being,
    Dress,
    Expression,
    Facing,
    HairStyle,
    Hat,
    ShotSize,
    Side,
    Stature,
    Worn,
)
from ...storyboard.wardrobe import look_of
from .blocking import TIGHT, Placed
from .camera import Pose
from .easing import smoothstep
from .feelings import query
from .figures import Acting, Figure
from .figures.shapes import ellipse
from .headroom import Head, heads
from .ink import Ink
from .meant import plural_of
from .pen import Pen
from .players import bodied
from .recast import with_figure, without
from .things import Thing

_OBJECT = r"((?:the|a|an|his|her|its|their|some|my|our) )?((?:[\w'-]+ ?){1,5})"
_SOUGHT = re.compile(
    rf"\b(?:search|seek|look|hunt)(?:s|es|ed|ing)?\b[^.]{{0,60}}?\bfor {_OBJECT}"
    rf"|\b(?:seeks?|seeking|sought) {_OBJECT}"
)
_THOUGHT = re.compile(
    r"\b(?:(?:thinks?|thinking|thought|dreams?|dreamt|dreamed|dreaming)(?: \w+)? (?:of|about)"
    r"|miss(?:es|ed|ing)?|remember(?:s|ed|ing)?|(?:longs?|longed|longing|wish(?:es|ed)?|yearns?) for"
    rf"|imagin(?:es|ed|e)) {_OBJECT}"
)
_AFTER = re.compile(
    r"\b(?:in|on|at|from|by|under|over|near|behind|among|along|with|and|until|while|who|that)\b.*"
)
_YOUNGER = re.compile(
    r"\b(?:(?:younger|childhood|child|young|former) self|childhood|youth|(?:her|him|it)self)\b"
)
"""Words for the child that somebody was."""
_STORY = re.compile(
    r"\b(?:tell|read|recount|invent)\w*\b[^.]*\b"
    r"(?:story|stories|tales?|fairytales?|legends?)\b"
    rf"(?: (?:of|about) {_OBJECT})?"
)
_AT_ODDS = re.compile(
    rf"\b(?:argu|quarrel|squabbl|bicker|disagree|disput)\w*\b[^.]{{0,60}}?\b(?:about|over) {_OBJECT}"
)
"""Two are at odds about something."""
_FABLED = "castle"
"""What is seen of a story of which nothing is said."""
_SEEKING = frozenset({Action.search, Action.look, Action.walk, Action.run, Action.swim, Action.fly})
_THINKING = frozenset({Action.think, Action.lie, Action.sleep, Action.sit, Action.stand, Action.cry})


@dataclass(frozen=True)
class InMind:
    """What is in somebody's mind: a being of the film, or a thing by its look."""

    whose: str
    figure: FigureIn | None
    thing: ThingLook | None
    sought: bool
    """Searched for, and not only thought of."""


def in_mind(picture: Picture) -> InMind | None:
    """What the actor of a shot searches for, dreams of or misses, where that can be drawn."""
    actor = next((f for f in picture.figures if f.id == picture.actor), None)
    if actor is None or picture.camera.focus not in (None, actor.id, picture.target):
        return None
    told = picture.sentence[:2000].lower()
    if picture.action is Action.talk and (tale := _STORY.search(told)) and actor.action is Action.talk:
        about = look_up(_AFTER.sub("", tale[2] or "").strip()) if tale[2] else None
        known = about is not None and about.sort == "thing"
        return InMind(actor.id, None, ThingLook(kind=about.kind if about and known else _FABLED), False)
    if picture.action is Action.talk and actor.action is Action.talk and (odds := _AT_ODDS.search(told)):
        about = look_up(_AFTER.sub("", odds[2] or "").strip(), "thing")
        return InMind(actor.id, None, ThingLook(kind=about.kind), False) if about is not None else None
    sought = _SOUGHT.search(told) if picture.action in _SEEKING else None
    found = sought or (_THOUGHT.search(told) if picture.action in _THINKING else None)
    if found is None or (sought is None and picture.camera.focus not in (None, actor.id)):
        return None
    figure = next((f for f in picture.figures if f.id == picture.target and f.id != actor.id), None)
    if figure is not None:
        return InMind(actor.id, figure, None, sought is not None)
    prop = next((t for t in picture.things if t.id == picture.target and not t.held), None)
    if prop is not None and prop.look.known:
        return InMind(actor.id, None, prop.look, sought is not None)
    words = next((g for g in found.groups()[1::2] if g), "")
    if _YOUNGER.search(words):
        return InMind(actor.id, _young(actor), None, sought is not None)
    entry = look_up(_AFTER.sub("", words).strip())
    entry = entry if entry is not None and entry.sort == "thing" else None
    if entry is not None:
        return InMind(actor.id, None, ThingLook(kind=entry.kind), sought is not None)
    being = _being(_AFTER.sub("", words).strip(), picture.place.look.layout)
    return InMind(actor.id, being, None, sought is not None) if being is not None else None


_CHILDS_COLOUR = "#e0685c"


def _young(actor: FigureIn) -> FigureIn:
    """Who somebody was as a child: the same hair, glasses and colours, and no trade yet."""
    keeps = {Hat.none, Hat.cap, Hat.beanie, Hat.scarf}
    changes: dict[str, object] = {
        "age": Age.child,
        "beard": Beard.none,
        "stature": Stature.small,
        "carries": (),
    }
    if actor.look.being is not Being.person:
        changes = {"age": Age.child}
    elif actor.look.hat not in keeps:
        changes["hat"] = Hat.none
    if actor.look.being is Being.person:  # in other clothes, or it would be a portrait
        girl = actor.look.presents == "woman"
        changes |= {"dress": Dress.dress if girl else Dress.shirt, "dress_colour": _CHILDS_COLOUR}
        changes["worn"] = tuple(w for w in actor.look.worn if w is not Worn.glasses)
        if girl:
            changes["hair"] = HairStyle.braids if actor.look.hair is not HairStyle.braids else HairStyle.bob
    child = {"woman": "girl", "man": "boy"}.get(actor.look.presents, "child")
    noun = child if actor.look.being is Being.person else actor.noun
    return FigureIn(id="in-mind", noun=noun, words="", look=actor.look.model_copy(update=changes))


def _being(noun: str, seed: int) -> FigureIn | None:
    """Somebody of whom only the sentence speaks, as the lexicon knows that kind."""
    entry = look_up(noun)
    if entry is None or entry.sort not in ("person", "creature"):
        return None
    treated = TreatedCharacter(name="In mind", noun=noun, words="", being=None)
    look, _ = look_of(treated, seed, "in-mind", frozenset(), None)
    return FigureIn(id="in-mind", noun=noun, words="", look=look) if look.known else None


def _of_the_same(picture: Picture, mind: InMind) -> set[str]:
    """Those who are sought or missed with the one in mind, where the words say that they are several."""
    one = mind.figure
    words = one.noun.lower().split() if one is not None else []
    if (
        one is None
        or not words
        or not re.search(rf"\b{re.escape(plural_of(words[-1]))}\b", picture.sentence.lower())
    ):
        return set()
    kin = [f for f in picture.figures if f.id != mind.whose and f.look.species == one.look.species]
    return {f.id for f in kin if f.noun.lower().split()[-1:] == words[-1:]}


def minded(picture: Picture) -> tuple[InMind | None, Picture]:
    """What is in mind, and the picture without it: it is seen in the cloud alone."""
    mind = in_mind(picture)
    if mind is None:
        return None, picture
    camera = picture.camera
    if camera.focus is not None and camera.focus == picture.target:  # of what is not there is no close-up
        size = ShotSize.medium if camera.size is ShotSize.insert else camera.size
        picture = picture.model_copy(
            update={"camera": camera.model_copy(update={"focus": mind.whose, "size": size})}
        )
    if mind.figure is not None:
        name = mind.figure.id
        gone = {name, *_of_the_same(picture, mind)}
        others = tuple(
            f.model_copy(update={"gaze": None}) if f.gaze in gone else f
            for f in picture.figures
            if f.id not in gone
        )
        picture = picture.model_copy(update={"figures": others, "target": None})
    elif any(t.id == picture.target and not t.held for t in picture.things):
        picture = without(picture, str(picture.target)).model_copy(update={"target": None})
    actor = next(f for f in picture.figures if f.id == mind.whose)
    roomy = _with_a_cloud(actor, picture.camera.size)
    if roomy is not picture.camera.size:
        picture = picture.model_copy(update={"camera": picture.camera.model_copy(update={"size": roomy})})
    room = {Facing.right: Side.left, Facing.left: Side.right}.get(actor.facing, actor.side)
    if len(picture.figures) == 1 and room is not actor.side:  # the cloud hangs ahead
        picture = with_figure(picture, actor, actor.model_copy(update={"side": room}))
        actor = picture.figures[0]
    if mind.sought and actor.action is Action.look:
        picture = with_figure(picture, actor, actor.model_copy(update={"action": Action.search}))
        picture = picture.model_copy(update={"action": Action.search})
    return mind, picture


def _with_a_cloud(actor: FigureIn, size: ShotSize) -> ShotSize:
    """The size from which whoever thinks is seen with room for the cloud: head and shoulders, of a being that
    stands like a person the upper half, and all of any other."""
    if size not in _NEAR or (size not in TIGHT and actor.look.being in _LIKE_PEOPLE):
        return size
    if actor.look.being is Being.person:
        return ShotSize.medium_close
    return ShotSize.medium if actor.look.being in _LIKE_PEOPLE else ShotSize.full


_LIKE_PEOPLE = frozenset({Being.person, Being.robot, Being.ghost})
_NEAR = TIGHT | {ShotSize.medium, ShotSize.medium_full}
_PUFFS = ((-0.66, 0.06, 0.5), (0.66, 0.1, 0.5), (-0.3, -0.36, 0.52), (0.32, -0.34, 0.54), (0.0, 0.3, 0.56))
"""Circles of the cloud: across and down from its middle, and radius, in its radii."""
_ROOM = 0.62
"""Half the side of the square in which what is in mind is drawn, in radii."""
_WHITE = (0.98, 0.76)
"""Half the width and height of the oval that a thing in mind fills from corner to corner, in radii."""
_RADIUS = 0.19, 0.27
"""Of the cloud, as shares of the frame's height and width, the smaller."""
_HALF = 1.22, 1.0, 1.12
"""Half its width, half its height and that with the mark of who searches, in radii."""
_LINK = 0.72
"""Between the head and the cloud, in radii: where the dots are."""
_RISE = 38.0
"""Degrees over the level at which a cloud hangs best from its head."""
_STEPS = 28, 12
"""How many places across and down the frame are tried for the middle of a cloud."""
_DOTS = (0.13, 0.085, 0.05)
"""Radii of the dots between a cloud and a head, in its radii, from the cloud on."""
_PAPER, _EDGE = "#fdfbf4", "#6d6a78"


def hung_clouds(
    mind: InMind | None, figures: Sequence[Placed], pose: Pose, frame: tuple[int, int]
) -> tuple[Head, ...]:
    """Where the cloud may hang, to both sides of its thinker, as heads are framed; ``frame`` in pixels."""
    placed = [p for p in figures if mind is not None and p.id == mind.whose and not p.shoulder]
    found = []
    for head in heads(placed):
        r = _radius(frame) / pose.scale(head.depth)
        aside = _off(head.high - head.low, r) * math.cos(math.radians(_RISE))
        found += [
            replace(head, x=head.x + side * aside, half=_HALF[0] * r, high=head.high + r) for side in (-1, 1)
        ]
    return tuple(found)


def _radius(frame: tuple[int, int]) -> float:
    """Of the cloud, in pixels."""
    return min(_RADIUS[0] * frame[1], _RADIUS[1] * frame[0])


def _off(tall: float, r: float) -> float:
    """From the middle of a head that is ``tall`` to that of its cloud of radius ``r``, in their unit."""
    return 0.55 * tall + (_LINK + 1.1) * r


Hung = tuple[float, float]
"""Where a cloud hangs: across and down from the head to its middle, in pixels."""


class Cloud:
    """The cloud of what somebody has in mind, ready to be drawn."""

    def __init__(self, mind: InMind, ink: Ink, seed: int, layout: int) -> None:
        # On the white of a thought colours are those of daylight.
        self.mind, self._ink = mind, ink
        plain = replace(ink, veiled=0.0)
        self._thing = Thing(mind.thing, (), plain, seed) if mind.thing is not None else None
        self._body: Figure | None = bodied(mind.figure, plain, layout) if mind.figure is not None else None

    def draw(
        self, canvas: skia.Canvas, head: tuple[float, float], size: float, hung: Hung, frame: tuple[int, int],
        seconds: float, night: float, now: tuple[float, float] | None = None,
    ) -> None:  # fmt: skip
        """Draw it beside a head at those pixels, ``size`` pixels high, which is ``now`` somewhere else where
        whoever thinks bends or walks; ``hung`` as ``hangs`` finds it."""
        crown = now or head
        grown = min(1.0, max(0.0, seconds - 0.15) / 0.3)
        if grown <= 0:
            return
        r = _radius(frame)
        x, y = self._within((head[0] + hung[0], head[1] + hung[1]), frame)
        r *= 0.6 + 0.4 * smoothstep(grown)
        y += 0.03 * r * math.sin(1.7 * seconds)
        self._linked(canvas, crown, 0.55 * size, (x, y), r)
        for across, down, radius in _PUFFS:
            edge = skia.Paint(AntiAlias=True, Color=_rgb(_EDGE))
            canvas.drawCircle(x + across * r, y + down * r, radius * r + 0.035 * r, edge)
        for across, down, radius in _PUFFS:
            canvas.drawCircle(
                x + across * r, y + down * r, radius * r, skia.Paint(AntiAlias=True, Color=_rgb(_PAPER))
            )
        canvas.save()
        canvas.translate(x, y + 0.04 * r)
        self._drawn(canvas, r, seconds)
        canvas.restore()
        if self.mind.sought:
            mark = Pen(canvas, self._ink, head, (), size, seconds, 0.5, night, gain=5.0)
            canvas.save()
            canvas.translate(x + 0.8 * r, y - 0.46 * r)
            canvas.scale(r, r)
            query(replace(mark, canvas=canvas), 0.0, 0.0, 0.62)
            canvas.restore()

    def _puff(self, canvas: skia.Canvas, x: float, y: float, r: float, edge: float) -> None:
        canvas.drawCircle(x, y, r + edge, skia.Paint(AntiAlias=True, Color=_rgb(_EDGE)))
        canvas.drawCircle(x, y, r, skia.Paint(AntiAlias=True, Color=_rgb(_PAPER)))

    def _linked(
        self, canvas: skia.Canvas, head: tuple[float, float], half: float, at: tuple[float, float], r: float
    ) -> None:
        """The dots that lead from a head, ``half`` of it high, to the cloud at ``at``; they grow."""
        x, y = head
        far = math.hypot(at[0] - x, at[1] - y)
        if far < 1.0:
            return
        across, down = (at[0] - x) / far, (at[1] - y) / far
        rim = 1.0 / math.hypot(across / (_HALF[0] * r), down / (_HALF[1] * r))
        room = far - half - rim
        dots = [dot * r for dot in _DOTS]
        while dots and 2.5 * sum(dots) > room:
            dots.pop()
        between = (room - 2 * sum(dots)) / (len(dots) + 1)
        away = far - rim
        for dot in dots:
            away -= between + dot
            self._puff(canvas, x + away * across, y + away * down, dot, 0.035 * r)
            away -= dot

    def hangs(
        self, head: tuple[float, float], size: float, way: float, frame: tuple[int, int],
        others: Sequence[tuple[float, float, float]], body: tuple[float, float, float, float],
    ) -> Hung:  # fmt: skip
        """Where the cloud hangs all through a shot: ahead (``way``), behind where there is more room for it.

        ``others`` are the heads, x, y and half the height in pixels, on which no cloud sits; ``body`` is
        where all of the thinker is: left, top, right and bottom.
        """
        r = _radius(frame)
        wide, high = _HALF[0] * r, self._high * r
        long = body[2] - body[0] > body[3] - body[1]

        def hits(at: tuple[float, float], x: float, y: float, half: float) -> float:
            far = math.hypot((x - at[0]) / (wide + half), (y - at[1]) / (high + half))
            return max(0.0, 1.0 - far)

        def cost(at: tuple[float, float]) -> float:
            x, y = at[0] - head[0], head[1] - at[1]
            far = max(1.0, math.hypot(x, y))
            gap = (far - 0.55 * size) / r - far / math.hypot(x / _HALF[0], y / _HALF[1])
            across = min(at[0] + wide, body[2]) - max(at[0] - wide, body[0])
            down = min(at[1] + high, body[3]) - max(at[1] - high, body[1])
            over = max(0.0, across) * max(0.0, down) / (4 * wide * high) if long else 0.0
            turn = abs(math.degrees(math.atan2(y, abs(x))) - _RISE) / 90
            on = hits(at, *head, 0.5 * size) + sum(hits(at, *other) for other in others)
            aside = 0.5 * (way * x < 0) + 2.0 * (y < 0)  # a cloud at the feet is none
            return abs(gap - _LINK) + turn + aside + 1.5 * over + 4.0 * on

        columns, rows = _STEPS
        tried = [
            self._within((frame[0] * (i + 0.5) / columns, frame[1] * (k + 0.5) / rows), frame)
            for i in range(columns)
            for k in range(rows)
        ]
        x, y = min(tried, key=cost)
        return x - head[0], y - head[1]

    @property
    def _high(self) -> float:
        """From its middle to its upper edge, in radii."""
        return _HALF[2] if self.mind.sought else _HALF[1]

    def _within(self, at: tuple[float, float], frame: tuple[int, int]) -> tuple[float, float]:
        """The middle of the cloud, or the nearest point to it from which all of it is in the frame."""
        r = _radius(frame)
        wide, high = (_HALF[0] + 0.06) * r, (self._high + 0.06) * r
        return min(max(at[0], wide), frame[0] - wide), min(max(at[1], high), frame[1] - high)

    def _drawn(self, canvas: skia.Canvas, r: float, seconds: float) -> None:
        """What is in mind, about the origin."""
        room = _ROOM * r
        if self._thing is not None:
            scale = 2.0 / max(
                math.hypot(self._thing.width / (_WHITE[0] * r), self._thing.height / (_WHITE[1] * r)), 1e-3
            )
            canvas.translate(0, 0.5 * self._thing.height * scale)
            canvas.scale(scale, scale)
            self._thing.draw(canvas, seconds)
            return
        body = self._body
        assert body is not None
        acting = Acting(Action.stand, Expression.neutral, Facing.right)
        upright = (
            body.look.being in (Being.person, Being.robot, Being.ghost) and body.height > 0.7 * body.width
        )
        if upright:  # head and chest
            part = 0.42 if body.look.age is not Age.child else 0.6  # of a child the small body, too
            scale = 2.0 * room / (part * body.height)
            canvas.clipPath(ellipse(0, -0.22 * r, 0.84 * r, 0.8 * r), doAntiAlias=True)  # white all round
            canvas.translate(0, 0.95 * room - ((1 - part) * -body.height) * scale)
        else:
            scale = min(2.2 * room / max(body.width, 1e-3), 1.8 * room / max(body.height, 1e-3))
            canvas.translate(0, 0.5 * body.height * scale)
        canvas.scale(scale, scale)
        body.draw(canvas, acting, seconds, 3.0)


def _rgb(hexed: str) -> int:
    return int(skia.Color(int(hexed[1:3], 16), int(hexed[3:5], 16), int(hexed[5:7], 16)))
