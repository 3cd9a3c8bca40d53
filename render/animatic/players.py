"""Players: figures with their performance, measured as they act."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace

import numpy as np
import skia

from ...storyboard.lexicon import costume
from ...storyboard.picture import FigureIn
from ...storyboard.vocabulary import Action, Being, Dress, Expression, HairStyle
from .blocking import SMALL_METRES, Extent
from .figures import Acting, Figure
from .ink import Ink
from .things import Thing


@dataclass(frozen=True)
class Player:
    """A figure with its performance and the things in its hands."""

    body: Figure
    acting: Acting
    source: FigureIn
    held: tuple[Thing, ...]
    extent: Extent
    hand: tuple[float, float] | None
    """Where the hand is, in metres from the ground point, y up; None where nothing is held."""
    scale: float = 1.0
    """How far a giant is drawn smaller than life, so that people beside it can still be seen."""
    canopy: float = 0.0
    """How far over the ground the rim of an umbrella is, in metres, that is handed on over both heads; 0 for
    one that is in one hand only."""
    shaft: float = 0.0
    """How long its stick is below the rim, in metres."""


_GLOVED = frozenset({Action.fight, Action.stand, Action.walk, Action.run, Action.look, Action.perform})
"""Done by a boxer with gloves on; hands that hold, hug, beg or dry tears are bare. The guard stays on."""
_ABED = frozenset({Action.sleep, Action.lie})


def bodied(source: FigureIn, ink: Ink, seed: int) -> Figure:
    """The body of somebody in a picture, dressed as its look and its trade are."""
    pieces = costume(source.noun, source.words, source.look)
    if source.action not in _GLOVED:
        bare = {"boxing gloves"} | ({"head guard"} if source.action in _ABED else set())
        hung = {"boxing gloves": "hung gloves"} if source.action not in _ABED and not source.holds else {}
        pieces = tuple(hung.get(p, p) for p in pieces if p not in bare or p in hung)
    look = source.look
    if "sewn face" in pieces:  # of straw: in trousers, with straw for hair, whoever it is taken for
        stuffed = {"presents": "man", "hair": HairStyle.spiky, "hair_colour": "#e6c050", "skin": "#dcb877"}
        look = look.model_copy(update={**stuffed, "dress": Dress.overalls, "dress_colour": "#7a5636"})
        pieces = tuple(piece for piece in pieces if piece != "skirt")
    return Figure(look, source.marks, ink, seed, pieces)


GIANT_METRES = 4.0
"""What is longer or taller than this is drawn smaller than life."""
TRIFLE_METRES = 0.4
"""What is smaller than this is drawn larger than life, or nobody would see it."""


def kept_small(longest: float) -> float:
    """Scale of a being so many metres long: 1 up to ``GIANT_METRES``."""
    return 1.0 if longest <= GIANT_METRES else float((GIANT_METRES / longest) ** 0.42)


_BESIDE = 0.3
"""What is drawn larger than life stays under this share of the height of who is beside it."""


def kept_visible(longest: float, least: float = math.inf) -> float:
    """Scale of a thing so many metres long: giants smaller, trifles larger than life.

    ``least`` metres is the height of the smallest being in the picture, which no egg rivals.
    """
    if longest >= TRIFLE_METRES:
        return kept_small(longest)
    longest = max(longest, 0.02)
    return float(max(1.0, min((TRIFLE_METRES / longest) ** 0.55, _BESIDE * least / longest)))


_LENGTHS = ("left", "right", "top", "bottom", "eyes", "face", "face_x")


def scaled(extent: Extent, by: float) -> Extent:
    """The extent of the same thing drawn at another scale."""
    return replace(extent, **{name: getattr(extent, name) * by for name in _LENGTHS})


_WHOLE_BODY = frozenset({Action.fall, Action.lie, Action.jump, Action.dive, Action.climb, Action.fly})
"""Actions in which a head or a wing is at one moment where at another there is nothing."""
_BODILY = (0.0, 0.1, 0.2, 0.3, 0.45, 0.6, 0.8, 0.98)
_FACED = frozenset({Being.person, Being.robot})
_LOW_DOWN = frozenset({Action.cry, Action.sleep, Action.hide, Action.kneel, Action.lie})
"""In which an animal's head lies on the ground."""
_LOW = 0.5
"""A face below this share of the height, such as that in a tree's trunk, is framed by itself."""


_BABYISH = 0.17
"""Share of the height from which a head is that of a baby, which is as large as it is in a close-up."""


_SINKS = frozenset({Action.sit, Action.kneel})
"""What begins upright: the head is in the frame before it goes down."""


def measured(body: Figure, acting: Acting, length: float) -> tuple[Extent, tuple[float, float] | None]:
    """How much room a figure takes as it acts, and where its hand is; in metres, y up."""
    hands: list[tuple[float, float]] = []
    moments = _BODILY if acting.action in _WHOLE_BODY else (0.15, 0.45, 0.8)
    if acting.action in _SINKS:
        moments = (0.02, *moments)
    acted = _bounds(body, acting, [length * share for share in moments], length, hands)
    if acted is None:
        small = body.height < SMALL_METRES
        return Extent(-body.width / 2, body.width / 2, body.height, 0.0, body.eyes, small=small), None
    left, right, top, bottom = acted
    stands = _bounds(body, replace(acting, action=Action.stand), [0.0], length, [])
    crown = max(0.0, (stands[2] if stands else body.height) - body.eyes)
    upright = top > 0.55 * body.height and not body.floats
    # Raised arms or a leap make the top higher, never lower: a lowered top means lowered eyes.
    eyes = min(body.eyes, top - crown) if upright else min(body.eyes, top)
    looked = face_at(body, acting, length)
    if looked is not None and upright:
        eyes = min(eyes, looked[1] + 0.05 * body.height)
    elif looked is not None and body.look.being is Being.quadruped and acting.action in _LOW_DOWN:
        eyes = min(top, looked[1] + 0.06 * body.height)
    face = body.height - body.eyes
    if face < _BABYISH * body.height:
        face = min(max(face, 0.085 * body.height), 0.135 * body.height)
    extent = Extent(
        left=left,
        right=right,
        top=top,
        bottom=bottom if body.floats or bottom < -0.2 * body.height else 0.0,
        eyes=max(0.0, eyes),
        face_x=looked[0] if looked is not None else 0.0,
        small=body.height < SMALL_METRES,
        face=face if upright and (body.look.being in _FACED or body.eyes < _LOW * body.height) else 0.0,
    )
    return extent, hands[0] if hands else None


def face_at(body: Figure, acting: Acting, length: float) -> tuple[float, float] | None:
    """Where the face is as the figure acts (metres, y up): where two expressions differ. None for none.

    Whoever sleeps or cries has one expression: there it is where a mute and a talking one differ.
    """
    neutral = replace(acting, expression=Expression.neutral)
    surprised = replace(acting, expression=Expression.surprised)
    return _differing(body, neutral, surprised, length) or _differing(
        body, replace(neutral, speaks=False), replace(neutral, speaks=True), length
    )


def _differing(body: Figure, one: Acting, other: Acting, length: float) -> tuple[float, float] | None:
    """The middle of what differs between two performances (metres, y up); None where nothing does."""
    box = _difference(body, one, other, length)
    return box[:2] if box else None


def face_box(body: Figure, acting: Acting, length: float) -> tuple[float, float, float, float] | None:
    """The middle, x and up, of the face as the figure acts, and half its width and height; metres."""
    neutral = replace(acting, expression=Expression.neutral)
    return _difference(body, neutral, replace(acting, expression=Expression.surprised), length)


def _difference(
    body: Figure, one: Acting, other: Acting, length: float
) -> tuple[float, float, float, float] | None:
    """The middle of what differs between two performances (metres, y up), and half its width and height."""
    pixels, reach = 256, 1.3 * max(body.height, body.width)
    scale = pixels / reach
    faces = []
    for acting in (one, other):
        surface = skia.Surface(pixels, pixels)
        canvas = surface.getCanvas()
        canvas.translate(pixels / 2, 0.95 * pixels)
        canvas.scale(scale, scale)
        body.draw(canvas, acting, length * 0.45, length)
        faces.append(surface.toarray()[..., :3].astype(np.int16))
    changed = np.abs(faces[0] - faces[1]).max(axis=2) > 24
    rows, columns = np.flatnonzero(changed.any(axis=1)), np.flatnonzero(changed.any(axis=0))
    if not len(rows):
        return None
    middle = float((columns.mean() - pixels / 2) / scale), float((0.95 * pixels - rows.mean()) / scale)
    return *middle, float(np.ptp(columns) / 2 / scale), float(np.ptp(rows) / 2 / scale)


def _bounds(
    body: Figure, acting: Acting, moments: list[float], length: float, hands: list[tuple[float, float]]
) -> tuple[float, float, float, float] | None:
    """Left, right, top and bottom (metres, y up) of what is drawn at these moments; None for nothing.

    Adds where the hand is at each moment to ``hands``.
    """
    reach = 1.6 * max(body.height, body.width, 0.05)
    pixels = 192
    scale = pixels / (2 * reach)
    alpha = np.zeros((pixels, pixels), bool)

    def seen(canvas: skia.Canvas) -> None:
        point = canvas.getTotalMatrix().mapXY(0, 0)
        hands.append(((point.x() - pixels / 2) / scale, (0.8 * pixels - point.y()) / scale))

    for moment in moments:
        surface = skia.Surface(pixels, pixels)
        canvas = surface.getCanvas()
        canvas.translate(pixels / 2, 0.8 * pixels)
        canvas.scale(scale, scale)
        body.draw(canvas, acting, moment, length, seen)
        alpha |= surface.toarray()[:, :, 3] > 60
    rows, columns = np.flatnonzero(alpha.any(axis=1)), np.flatnonzero(alpha.any(axis=0))
    if not len(rows):
        return None
    left, right = (columns[0] - pixels / 2) / scale, (columns[-1] + 1 - pixels / 2) / scale
    return (
        float(left),
        float(right),
        float((0.8 * pixels - rows[0]) / scale),
        float((0.8 * pixels - rows[-1] - 1) / scale),
    )
