"""Fiddling: a violin under the chin, one hand at its neck, and the bow that the other draws across it.

In shares of the player's height, ahead of it to the right and down from its ground point.
"""

from __future__ import annotations

import math

import skia

from ...storyboard.lexicon import behaves_as
from ...storyboard.vocabulary import Action, Age, Being
from .figures import Acting
from .figures.acting import Laid
from .figures.performances import on_twos
from .figures.shapes import Point, ellipse, line, smooth, tube
from .ink import Ink, shaded
from .players import Player
from .things import Thing

MANNER = "fiddle"
"""The manner of who plays so."""
_LONG, _LEAN = 0.3, -14.0
"""How long the violin is, in heights; degrees by which its neck points above the level."""
_AT_CHIN = (0.045, -0.005)
"""Where its lower end is from the neck of the player."""
_NECK, _STRINGS = 0.8, 0.34
"""How far along the violin its neck is held, and the bow crosses it."""
_BOW = (0.26, 74.0)
"""How long the bow is, in heights, and degrees by which it stands above the level."""


def fiddles(being: Being, action: Action, held: tuple[Thing, ...]) -> bool:
    """Whether a person plays a violin that is held."""
    return (
        being is Being.person
        and action is Action.play
        and bool(held)
        and behaves_as(held[0].look.kind) == "violin"
    )


def fiddled(acting: Acting) -> bool:
    """Whether the acting is that of a fiddler."""
    return acting.action is Action.cook and acting.manner == MANNER


def _chin(player: Player, way: float, t: float) -> Point:
    """The lower end of the violin; the hands do not move the neck."""
    x, y = player.body.joints(player.acting, t)["neck"]
    tall, lower = player.body.height, 0.04 if player.body.look.age is Age.child else 0.0
    return way * x / tall + _AT_CHIN[0], y / tall + _AT_CHIN[1] + lower  # the chin of a child is low


def _along(start: Point, share: float) -> Point:
    turned = math.radians(_LEAN)
    return start[0] + share * _LONG * math.cos(turned), start[1] + share * _LONG * math.sin(turned)


def _fist(start: Point, t: float) -> Point:
    """The hand that has the bow, which goes up and down along it."""
    x, y = _along(start, _STRINGS)
    drawn = 0.13 + 0.055 * math.sin(math.tau * on_twos(t) / 1.1)
    turned = math.radians(_BOW[1])
    return x - drawn * math.cos(turned), y + drawn * math.sin(turned)


def bowing(player: Player, way: float, t: float) -> tuple[Laid, ...]:
    """Where the hands of a fiddler lie, that of the bow first."""
    if not player.body.joints(player.acting, t):
        return ()
    start, tall = _chin(player, way, t), player.body.height
    return tuple((way * x * tall, y * tall, 1.0) for x, y in (_fist(start, t), _along(start, _NECK)))


def violin(canvas: skia.Canvas, ink: Ink, player: Player, way: float, t: float) -> None:
    """Draw violin and bow over the player, its fingers round both."""
    if not player.body.joints(player.acting, t):
        return
    start, tall, wood = _chin(player, way, t), player.body.height, "#9a5228"
    skin, dark = player.body.look.skin, "#2c2018"
    canvas.save()
    canvas.scale(way * tall, tall)
    canvas.save()
    canvas.translate(*start)
    canvas.rotate(_LEAN)
    n = _LONG
    ink.piece(canvas, tube([(0.5 * n, 0.0), (0.96 * n, 0.0)], (0.026, 0.02)), dark)
    ink.piece(canvas, ellipse(0.985 * n, 0.008, 0.017, 0.013), shaded(wood, -0.25))
    half = [(0.0, 0.03), (0.12, 0.052), (0.26, 0.04), (0.34, 0.032), (0.44, 0.044), (0.54, 0.03)]
    body = [(x * n, -0.8 * y) for x, y in half] + [(0.57 * n, 0.0)] + [(x * n, y) for x, y in reversed(half)]
    ink.piece(canvas, smooth(body), wood)
    ink.piece(canvas, tube([(0.38 * n, 0.0), (0.6 * n, 0.0)], (0.022, 0.022)), dark)
    ink.piece(canvas, ellipse(0.06 * n, 0.006, 0.02, 0.016), dark)
    ink.mark(canvas, line([(0.12 * n, 0.0), (0.95 * n, 0.0)]), "#f0e2c0", 0.004)
    canvas.restore()
    fist, turned = _fist(start, t), math.radians(_BOW[1])
    ahead, up = math.cos(turned), -math.sin(turned)
    low = fist[0] - 0.03 * ahead, fist[1] - 0.03 * up
    tip = fist[0] + _BOW[0] * ahead, fist[1] + _BOW[0] * up
    ink.mark(canvas, line([(low[0] + 0.014, low[1]), tip]), "#f6f0e2", 0.005)
    ink.mark(canvas, line([low, tip]), "#5a3420", 0.009)
    for k in (-1, 0, 1):
        x, y = _along(start, _NECK + 0.045 * k)
        ink.piece(canvas, ellipse(x, y - 0.004, 0.0085, 0.019, 8), skin)
        ink.piece(canvas, ellipse(fist[0], fist[1] + 0.013 * k, 0.019, 0.0085, -8), skin)
    canvas.restore()
