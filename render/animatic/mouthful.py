"""Mouthful: what is given to an animal, which takes it with its mouth, by somebody with hands or by another
animal. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from ...storyboard.lexicon import behaves_as
from ...storyboard.picture import FigureIn, Picture
from ...storyboard.vocabulary import Action, Being, Facing
from .blocking import Placed
from .grip import MOUTHED, size_in_hand
from .meeting import Meeting
from .players import Player

DRUNK_FROM = frozenset({"bottle", "flask", "cup", "glass", "bowl", "jug", "bucket", "pot", "vial", "goblet"})
HELD_OUT = 0.64
"""Share of a performance of giving at which the arm is out, which is not drawn back from an animal."""
_MOUTHFUL = 0.6
"""Heights of an animal that what it takes into its mouth measures at most."""
_BROUGHT = 0.2
"""Heights of the smaller of two animals between the muzzle of one that brings something and the other."""


def to_a_mouth(picture: Picture, figure: FigureIn, met: tuple[Meeting, ...]) -> bool:
    """Whether somebody gives an animal something, which has no hands for it: it is held to its mouth."""
    others = {m.other if m.one == figure.id else m.one for m in met if figure.id in (m.one, m.other)}
    return any(f.id in others and f.look.being in MOUTHED for f in picture.figures)


def bitten(gives: Player, animal: Player) -> bool:
    """Whether what somebody gives an animal is taken into its mouth: it drinks from what is held to it, and a
    large thing stays in the hands."""
    thing, tall = gives.held[0], gives.body.height
    long = size_in_hand(thing, tall) * max(thing.height, thing.width) * gives.scale
    drinks = behaves_as(thing.look.kind) in DRUNK_FROM
    person = gives.source.look.being is Being.person
    return person and not drinks and long < _MOUTHFUL * animal.body.height * animal.scale


def brought_by_mouth(picture: Picture, placed: Sequence[Placed]) -> list[Placed]:
    """The figures, one that brings another something in its mouth so near that this one's paw is at it."""
    beasts = [f for f in picture.figures if f.look.being is Being.quadruped]
    giver = next((f for f in beasts if f.id == picture.actor and f.holds), None)
    if giver is None or picture.action is not Action.give or len(beasts) != 2 or len(picture.figures) != 2:
        return list(placed)
    pair = sorted((p for p in placed if not (p.rides or p.shoulder)), key=lambda p: p.x)
    if len(pair) != 2 or pair[0].facing is not Facing.right or pair[1].facing is not Facing.left:
        return list(placed)
    left, right = pair
    free = right.x + right.extent.left - left.x - left.extent.right
    nearer = (free - _BROUGHT * min(left.extent.height, right.extent.height)) / 2
    if nearer <= 0:
        return list(placed)
    moved = {left.id: replace(left, x=left.x + nearer), right.id: replace(right, x=right.x - nearer)}
    return [moved.get(p.id, p) for p in placed]
