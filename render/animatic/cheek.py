"""Cheek to cheek: two who embrace have their heads beside each other, and neither before the other's face."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from ...storyboard.vocabulary import Being, Dress, Facing, Hat
from .blocking import Placed
from .embraces import held_by_the_neck
from .figures import Acting
from .meeting import Meeting
from .players import Player, face_box

_MOMENTS = (0.05, 0.12, 0.3, 0.5, 0.75, 0.95)
"""Shares of a shot at which heads are looked at."""
_TOUCH = 0.94
"""Distance of two heads that lean on each other, in sums of their halves."""
_NOSES = {"snowman": 0.16}
"""Species -> how far a nose stands out before the face, as a share of the height."""
_BUBBLE = 1.75
"""How much wider than a head the glass of a spacesuit is, through which no peak of a cap goes."""
_BARK = 0.4
"""Of half the face of a plant: the bark beside it."""
_BRIMS = {Hat.cap: 0.6, Hat.straw: 0.5, Hat.brimmed: 0.5, Hat.sailor: 0.2}
"""Hat -> how far its peak or brim stands out before the face, as a share of half the head."""
_CLOSE = frozenset({"hug", "near", "ear", "dance"})
"""Meetings in which heads come close to each other."""
_ARM = 0.1
"""Heights of who strokes an animal's neck by which that one is behind it, the arm held out to it."""
_NEIGHBOUR = 1.2
"""Metres within which others make room as well."""


@dataclass(frozen=True)
class HeadAt:
    """A head on the stage, at a moment: its middle and half its width and height, in metres."""

    x: float
    up: float
    half: float
    tall: float
    brim: float = 0.0
    """How far a peak or brim stands out before it."""


def cheek_to_cheek(
    figures: Sequence[Placed],
    met: Sequence[Meeting],
    players: Mapping[str, Player],
    acted: Mapping[str, Acting],
    length: float,
) -> tuple[Placed, ...]:
    """The figures with those who embrace, dance, whisper or work on each other so far apart that both faces
    are seen. Pure.

    Whoever stands beside one of the two goes with it. ``length`` is the shot's, in seconds.
    """
    found = {p.id: p for p in figures}
    for m in met:
        pair = [found[i] for i in (m.one, m.other) if i in found]
        if (
            m.kind not in _CLOSE
            or len(pair) < 2
            or any(p.shoulder or (p.up > 0.2 and not p.sunk) for p in pair)
        ):
            continue
        left, right = sorted(pair, key=lambda p: p.x)
        sides = [_heads(p, players[p.id], acted[p.id], length) for p in (left, right)]
        if len(sides[0]) != len(sides[1]):  # a body of which it is not known where its head is
            continue
        one, other = found[m.one], found[m.other]
        if one.facing is other.facing:
            beside = other.x + other.extent.left < one.x < other.x + other.extent.right
            if not held_by_the_neck(one, other) or not beside:  # or it is pushed from behind
                continue
            mine, its = sides if one is left else sides[::-1]
            arm = _ARM * one.tall if m.kind == "near" else 0.0
            back = _behind_the_face(one, mine, its) + (arm if one.facing is Facing.left else -arm)
            found[m.one] = replace(one, x=one.x + back)
            continue
        short = max((_overlap(*both) for both in zip(*sides, strict=True)), default=0.0)
        if short <= 0.01:
            continue
        for p in list(found.values()):
            if p.id == left.id or left.x - _NEIGHBOUR < p.x < left.x:
                found[p.id] = replace(p, x=p.x - short / 2)
            elif p.id == right.id or right.x < p.x < right.x + _NEIGHBOUR:
                found[p.id] = replace(p, x=p.x + short / 2)
    return tuple(found[p.id] for p in figures)


def _overlap(left: HeadAt, right: HeadAt) -> float:
    """Metres by which the two are too near to each other; a head under the other's chin is not."""
    if abs(left.up - right.up) > 0.9 * (left.tall + right.tall):
        return 0.0
    brim = max((a.brim for a, b in ((left, right), (right, left)) if _under(a, b)), default=0.0)
    return _TOUCH * (left.half + right.half) + brim - (right.x - left.x)


def _under(one: HeadAt, other: HeadAt) -> bool:
    """Whether the peak of one's hat is as high as the other's face."""
    return abs(one.up + 0.4 * one.tall - other.up) < 1.4 * other.tall


def _behind_the_face(one: Placed, mine: Sequence[HeadAt], its: Sequence[HeadAt]) -> float:
    """Metres right that somebody moves whose head is to be just behind the face of an animal it holds."""
    way = -1.0 if one.facing is Facing.left else 1.0
    room = min(
        (way * (b.x - a.x) - 1.35 * a.half - b.half for a, b in zip(mine, its, strict=True)), default=0.0
    )
    return way * room


def _heads(placed: Placed, player: Player, acting: Acting, length: float) -> list[HeadAt]:
    """Somebody's head at each of the moments; empty where nothing tells where it is."""
    if player.body.head[0] > 0.0:
        found = [head_at(placed, player, acting, share * length) for share in _MOMENTS]
        return [head for head in found if head is not None]
    head = head_at(placed, player, acting, length)
    return [head] * len(_MOMENTS) if head is not None else []


def head_at(placed: Placed, player: Player, acting: Acting, seconds: float) -> HeadAt | None:
    """Somebody's head at a moment, standing at its place; None where nothing tells where it is."""
    half, tall = (player.scale * size for size in player.body.head)
    if half > 0.0:
        x, down = player.body.joints(acting, seconds)["nose"]
        brim = _BRIMS.get(player.body.look.hat, 0.0) * half
        if player.body.look.dress is Dress.spacesuit and player.body.look.hat is not Hat.none:
            half *= _BUBBLE
        return HeadAt(placed.x + x * player.scale, placed.up - down * player.scale, half, tall, brim)
    box = face_box(player.body, acting, seconds)
    if box is None:
        return None
    x, up, half, tall = (player.scale * size for size in box)
    # Something of a head is round every face, and before some is a nose.
    nose = _NOSES.get(player.body.look.species, 0.0) * player.body.height * player.scale + 0.5 * half
    if player.body.look.being is Being.plant:  # the arm round its trunk is beside its eye, and not on it
        nose += _BARK * half
    ahead = {Facing.left: -0.5, Facing.right: 0.5}.get(placed.facing, 0.0) * nose
    return HeadAt(placed.x + x + ahead, placed.up + up, 1.05 * half + 0.5 * nose, 1.3 * tall)
