"""Flung: what is thrown, dropped, kicked or put away, drawn where it is at a moment, out of the hands."""

from __future__ import annotations

import math
import re

import skia

from ...storyboard.lexicon import behaves_as
from ...storyboard.picture import Picture, ThingIn
from ...storyboard.vocabulary import Action
from .dropped import DROPPED, thrown_down
from .figures.performances import on_twos, performance
from .figures.shapes import Point, ellipse, line, polygon, smooth
from .grip import held_at, is_poled, most_of, size_in_hand
from .ink import Ink, shaded
from .leaves import has_leaves
from .meant import thing_said
from .players import Player
from .things import Thing

THROWN = 0.56
"""Share of a throw at which the hand lets go."""
_KICKED, _HIT, _FLIGHT = 0.3, 0.46, 0.8
"""Share of the shot before which the foot only swings, of its swing at which it hits, seconds of flight."""


def kicked(canvas: skia.Canvas, ink: Ink, player: Player, way: float, t: float, length: float) -> None:
    """What is kicked: at the foot, then flying off and turning over; a bucket tips over there, and spills."""
    thing, tall = player.held[0], player.body.height
    act = performance(player.acting.action, player.acting.manner)
    period, lag = act.seconds / player.acting.pace, player.body.lag(player.acting)
    stroke = math.ceil((_KICKED * length + lag) / period - _HIT)
    out = min(1.0, max(0.0, (on_twos(t) + lag - (stroke + _HIT) * period) / _FLIGHT))
    size = max(0.26, min(0.42, max(thing.height, thing.width) / tall)) * tall
    size /= max(thing.height, thing.width, 0.01)
    bucket = behaves_as(thing.look.kind) == "bucket"
    frame = canvas.getLocalClipBounds()
    edge = (frame.right() if way > 0 else -frame.left()) - 0.6 * size * max(thing.width, thing.height)
    across = min((0.36 + (_TOPPLED if bucket else 0.6) * out) * tall, max(0.36 * tall, edge))
    if out > 0 and bucket:
        canvas.save()
        canvas.scale(way * tall, tall)
        mouth = (across + 0.5 * size * thing.height) / tall
        ink.piece(canvas, ellipse(mouth, 0.01, 0.06 + 0.16 * out, 0.035), "#5aa6dc", alpha=0.85)
        for n in range(6):
            up = 0.06 + 0.14 * (1.0 - out) + 0.1 * math.sin(math.pi * out) - 0.03 * (n % 3)
            drop = mouth + 0.05 * n * out, -up
            ink.piece(canvas, ellipse(*drop, 0.018, 0.026), "#5aa6dc", alpha=1.0 - out)
        canvas.restore()
    canvas.save()
    rise = (0.03 if bucket else 0.34) * math.sin(math.pi * out)
    turned = 0.5 * math.pi * out
    low = 0.5 * size * (thing.height + (thing.width - thing.height) * math.sin(turned))
    if bucket:  # on its edge, then on its side
        low = 0.5 * size * (thing.height * math.cos(turned) + thing.width * math.sin(turned))
    canvas.translate(way * across, -rise * tall - low)
    canvas.rotate(way * (90 if bucket else 270) * out)
    canvas.scale(size, size)
    canvas.translate(0, thing.height / 2)
    thing.draw(canvas, t)
    canvas.restore()


_TOPPLED = 0.22
"""Heights of who kicks it that a bucket slides as it tips over."""


def lying(canvas: skia.Canvas, player: Player, way: float, t: float, rest: float = 0.0) -> None:
    """The thing on the ground before its picker, or tipped over where it has been dropped.

    ``rest``: heights above the ground at which it comes to lie, as on the thwart of a boat.
    """
    thing, tall = player.held[0], player.body.height
    sheet = player.acting.manner == "up" and has_leaves(thing.look.kind)
    least = DROPPED if player.acting.manner == "drop" else 0.0
    size = (1.2 if sheet else 1.0) * size_in_hand(thing, tall, least)  # no larger than in the hand
    long = thing.height * size / tall
    canvas.save()
    across = max(0.34, 0.1 + 0.5 * long) if player.acting.manner == "drop" else 0.34
    canvas.translate(way * across * tall, -rest * tall)
    slender = thing.height > _SLENDER * thing.width and not sheet  # a feather does not stand on its quill
    if player.acting.manner == "drop" or slender:
        half, lean = 0.5 * thing.width * size, math.radians(_TIPPED)
        lift = half * math.sin(lean) * (0.3 if slender and player.acting.manner != "drop" else 1.0)
        canvas.translate(-way * 0.5 * thing.height * size * math.sin(lean), -lift)
        canvas.rotate(way * _TIPPED)
    if sheet:
        canvas.skew(-0.5 * way, 0.0)
    canvas.scale(size, (_FLAT if sheet else 1.0) * size)
    thing.draw(canvas, t)
    canvas.restore()


def let_fall(
    canvas: skia.Canvas, player: Player, way: float, t: float, out: float, rest: float = 0.0
) -> None:
    """What is dropped, from where the hand had it straight down, tipping as it falls, and then as it lies.

    ``out`` is how far ``flown`` says it is; ``rest`` as for ``lying``.
    """
    if out >= LANDED:
        lying(canvas, player, way, t, rest)
        return
    thing, tall, acting = player.held[0], player.body.height, player.acting
    let_go = THROWN * performance(acting.action, acting.manner).seconds / acting.pace
    x, y = player.body.hand(acting, let_go) or (way * 0.34 * tall, -0.62 * tall)
    size, down = size_in_hand(thing, tall, DROPPED), (out / LANDED) ** 2
    foot = -y - held_at(thing) * thing.height * size
    canvas.save()
    canvas.translate(x + way * 0.06 * tall * down, -max(foot * (1.0 - down), rest * tall, 0.0))
    canvas.rotate(way * _TIPS * down)
    canvas.scale(size, size)
    thing.draw(canvas, t)
    canvas.restore()


LANDED = 0.5
"""Share of the way down at which what is dropped is on the ground."""
_TIPS, _TIPPED = 24.0, 70.0
"""Degrees by which what falls has tipped when it hits the ground, and as it lies there."""
_SLENDER = 2.0
"""Heights in a width from which what is on the ground lies on its side."""
_FLAT = 0.5
"""Of its depth, what is seen of a sheet that lies on the ground."""


def flown(player: Player, t: float) -> float | None:
    """How far what is thrown has flown ``t`` seconds into the shot, 0 to 1; None while it is in the hand."""
    acting = player.acting
    if acting.action is not Action.throw or acting.manner == "scatter":
        return None
    act = performance(acting.action, acting.manner)
    share = on_twos(t) * acting.pace / act.seconds
    return None if share < THROWN else min(1.0, (share - THROWN) / (0.5 if acting.manner == "drop" else 0.8))


_FLUNG = re.compile(
    r"\b(?:throw(?:s|n|ing)?|threw|hurls?|flings?|flung|toss(?:es)?|drops?|dropped)\b(.*?)"
    r"(?:\b(?:at|to|towards?|into|over|on|onto|before|beside|in front)\b|$)"
)
"""Words of what is thrown, before those of at whom or where."""


def thrown_at_somebody(picture: Picture) -> ThingIn | None:
    """What is thrown or dropped, where the target of the shot is whoever it is meant for."""
    told = _FLUNG.search(picture.sentence[:2000].lower()) if picture.action is Action.throw else None
    if told is None or not any(f.id == picture.target for f in picture.figures):
        return None
    return next((t for t in picture.things if not t.held and thing_said(t, told[1])), None)


BREAKS = re.compile(
    r"\b(?:breaks?|broke|breaking|smash(?:es|ed|ing)?|shatters?|shattered)\b "
    r"(?:the|an?|his|her|its|their|my)\b"
)
"""Something is broken by somebody, and does not break down or up."""


def shattered(canvas: skia.Canvas, ink: Ink, player: Player, way: float, t: float, out: float) -> None:
    """What has been dropped in two halves that fall apart, with splinters that fly; ``out``: 0 to 1."""
    thing, tall = player.held[0], player.body.height
    size = max(0.3, min(0.42, max(thing.height, thing.width) / tall)) * tall
    size /= max(thing.height, thing.width, 0.01)
    wide, high = thing.width * size, thing.height * size
    canvas.save()
    canvas.translate(way * max(0.4 * tall, 0.2 * tall + 0.6 * wide), 0.0)
    for side in (-1.0, 1.0):
        canvas.save()
        canvas.translate(side * (0.02 + 0.3 * out) * wide, 0.0)
        canvas.rotate(side * 34.0 * out)
        canvas.translate(0.0, -0.06 * high * out)
        edge = [(0.0, -1.3 * high), (0.09 * wide, -0.75 * high), (-0.09 * wide, -0.5 * high)]
        edge += [(0.08 * wide, -0.25 * high), (0.0, 0.3 * high)]
        outer = side * 1.2 * wide
        canvas.clipPath(polygon([(outer, -1.3 * high), *edge, (outer, 0.3 * high)]), doAntiAlias=True)
        canvas.scale(size, size)
        thing.draw(canvas, t)
        canvas.restore()
    colour = thing.look.colour
    for n in range(7):
        angle = math.radians(200 + 20 * n + 6 * (n % 3))
        far = (0.5 + 0.12 * (n % 3)) * max(wide, high) * (0.5 + 0.5 * out)
        x = far * math.cos(angle) * 1.3
        y = min(-0.01 * tall, far * math.sin(angle) * (1.0 - 0.75 * out))
        chip = [
            (x - 0.022 * tall, y),
            (x + 0.004 * tall, y - 0.03 * tall),
            (x + 0.026 * tall, y + 0.006 * tall),
        ]
        ink.piece(canvas, polygon(chip), colour, shade=0.12 * (n % 3 - 1))
    canvas.restore()


def hurled(canvas: skia.Canvas, ink: Ink, player: Player, told: str, way: float, t: float) -> None:
    """What is thrown: from the hand, clear of the face, on its arc inside the frame, strokes behind it.

    It comes to lie on the ground, further off than what is thrown down.
    """
    out, thing, tall = flown(player, t), player.held[0], player.body.height
    if out is None:
        return
    longest, down = max(thing.height, thing.width, 0.01), thrown_down(told)
    size = min(1.0, most_of(thing) * tall / longest)
    size = max(size, DROPPED * tall / longest) if down else size
    half = 0.5 * size * longest
    act = performance(player.acting.action, player.acting.manner)
    let_go = THROWN * act.seconds / player.acting.pace
    hand = player.body.hand(player.acting, let_go) or (way * 0.28 * tall, -0.92 * tall)
    joints = player.body.joints(player.acting, let_go)
    clear = way * joints["nose"][0] + player.body.head[0] + half if joints else 0.0
    start = max(way * hand[0], clear)
    frame = canvas.getLocalClipBounds()
    edge = max(start, (frame.right() if way > 0 else -frame.left()) - 1.9 * half)
    if down:
        fallen = min(1.0, out / 0.3)
        top = min(-hand[1], -joints["neck"][1] - half) if joints else -hand[1]  # under the chin all the way
        across, up = min(edge, start + _BEYOND * tall * fallen), top * (1.0 - fallen**2)
        turn = 80.0 if fallen == 1.0 else 260.0 * fallen
        up = max(up, 0.5 * size * min(thing.height, thing.width))
    else:
        out, flat = min(1.0, 1.7 * out), thing.height > thing.width  # it comes to lie along the ground
        across, rest = min(edge, start + 1.1 * out * tall), 0.5 * size * min(thing.height, thing.width)
        up = rest + (-hand[1] - rest) * (1.0 - out * out) + 0.55 * (out - out * out) * tall
        turn = (270.0 if flat else 360.0) * out
        if is_poled(thing.look.kind):  # head first
            turn = 45.0 + 45.0 * out
        fallen = min(1.0, out / THROWN)
    at = way * across, -up
    if 0.3 < fallen < 1.0:
        for off in (-0.5, 0.5):
            if down:
                behind = at[0] + off * half, at[1] - 1.3 * half
                far = behind[0], behind[1] - 0.12 * tall
            else:
                behind = at[0] - way * 1.3 * half, at[1] + off * half
                far = behind[0] - way * 0.12 * tall, behind[1]
            ink.mark(canvas, line([behind, far]), "#f4efe4", 0.014 * tall)
    canvas.save()
    canvas.translate(*at)
    canvas.rotate(way * turn)
    canvas.scale(size, size)
    canvas.translate(0, thing.height / 2)
    thing.draw(canvas, t)
    canvas.restore()


_BEYOND = 0.12
"""Heights that what is thrown down goes on ahead on its way to the ground."""


def is_line(thing: Thing) -> bool:
    """Whether it is thrown by one end, the other staying in the hand."""
    return line_like(thing.look.kind)


def line_like(kind: str) -> bool:
    """Whether a kind of thing is thrown by one end."""
    return behaves_as(kind) in ("rope", "chain", "thread") or kind == "lasso"


def line_thrown(
    canvas: skia.Canvas, ink: Ink, player: Player, near: Point | None, way: float, t: float
) -> None:
    """A rope that uncoils from the hand of who throws it to ``near`` (metres from the ground point, y down).

    Without ``near`` it flies some way ahead.
    """
    out = flown(player, t)
    if out is None or not player.held or not is_line(player.held[0]) or player.acting.manner == "drop":
        return
    tall, out = player.body.height, min(1.0, 0.3 + 2.0 * out)
    joints = player.body.joints(player.acting, t)
    hand = player.body.hand(player.acting, t) or (way * 0.3 * player.body.width, -0.62 * tall)
    if joints:  # the end is in the hand that is ahead, where that is clear of the face, else in the lower one
        ahead = max(joints["r-wrist"], joints["l-wrist"], key=lambda p: way * p[0])
        clear = way * ahead[0] > way * joints["nose"][0] + 0.5 * player.body.head[0]
        low = max(joints["r-wrist"], joints["l-wrist"], key=lambda p: p[1])
        hand = ahead if clear or ahead[1] > joints["neck"][1] else low
    end = near or (way * 1.9 * tall, -0.1 * tall)
    far = (hand[0] + (end[0] - hand[0]) * out, hand[1] + (end[1] - hand[1]) * out)
    rise = (0.45 - 0.3 * out) * abs(far[0] - hand[0])
    points = [hand]
    for n in range(1, 13):
        s = n / 12
        across, down = (a + (b - a) * s for a, b in zip(hand, far, strict=True))
        wave = (0.03 + 0.1 * (1.0 - out)) * abs(far[0] - hand[0]) * math.sin(s * 13.0)
        points.append((across, down - rise * math.sin(math.pi * s) + wave))
    noosed = player.held[0].look.kind == "lasso"
    end_of = ellipse(*far, 0.1 * tall, 0.07 * tall) if noosed else ellipse(*far, 0.014 * tall, 0.014 * tall)
    for colour, wide in (("#4a2f18", 0.044), ("#f2d89a", 0.026)):
        for path in (smooth(points, closed=False), end_of):
            ink.mark(canvas, path, colour, wide * tall)


def container(
    canvas: skia.Canvas, ink: Ink, thing: Thing, content: Thing | None, way: float, tall: float, t: float
) -> None:
    """The sack, bag or basket into which something is put, and ``content`` that looks out of it."""
    canvas.save()
    canvas.translate(way * 0.49 * tall, 0.0)
    sack = thing.look.kind == "sack"
    if sack:
        canvas.save()
        canvas.scale(tall, tall)
        ink.piece(canvas, ellipse(0.0, -0.36, 0.17, 0.045), "#5c4630")
        canvas.restore()
    if content is not None:
        canvas.save()
        canvas.translate(0.0, -(0.31 if sack else 0.26) * tall)
        size = 0.26 * tall / max(content.width, content.height, 0.01)
        canvas.scale(size, size)
        content.draw(canvas, t)
        canvas.restore()
    if sack:
        canvas.scale(tall, tall)
        front = [(-0.17, -0.37), (-0.06, -0.335), (0.06, -0.335), (0.17, -0.37), (0.23, -0.2), (0.19, 0.0)]
        ink.piece(canvas, smooth([*front, (-0.19, 0.0), (-0.23, -0.2)], tension=0.3), thing.look.colour)
        for x in (-0.1, 0.09):
            ink.mark(canvas, line([(x, -0.3), (1.25 * x, -0.08)]), shaded(thing.look.colour, -0.22), 0.012)
    else:
        size = min(0.46 * tall / max(thing.width, 0.01), 0.42 * tall / max(thing.height, 0.01))
        canvas.scale(size, size)
        thing.draw(canvas, t)
    canvas.restore()
