"""Wraps: the blanket that is put round somebody, and the coat that somebody puts on."""

from __future__ import annotations

import math
import re

import skia

from ...storyboard.lexicon import look_up
from ...storyboard.picture import FigureIn, Picture
from ...storyboard.vocabulary import Action, Being, Dress, Worn
from .figures.shapes import Point, line, rounded, smooth
from .ink import Ink, mixed, shaded
from .players import Player

_CLOTH = re.compile(
    r"\b(blankets?|rugs?|quilts?|shawls?|towels?|cloaks?|coats?|jackets?|scarf|sheets?|capes?|cloths?)\b"
)
_GARMENTS: dict[str, Dress] = {
    **dict.fromkeys(("coat", "overcoat", "raincoat", "jacket", "fur"), Dress.coat),
    **dict.fromkeys(("cloak", "cape", "costume", "shawl"), Dress.cloak),
    **dict.fromkeys(("dress", "gown", "skirt"), Dress.dress),
    **dict.fromkeys(("robe", "bathrobe", "kimono"), Dress.robe),
    **dict.fromkeys(("suit", "tuxedo"), Dress.suit),
    **dict.fromkeys(("apron",), Dress.apron),
    **dict.fromkeys(("overalls",), Dress.overalls),
    **dict.fromkeys(("uniform",), Dress.uniform),
    **dict.fromkeys(("armour", "armor"), Dress.armour),
    **dict.fromkeys(("spacesuit",), Dress.spacesuit),
}
_TRIMMINGS = {
    "scarf": Worn.scarf,
    "glasses": Worn.glasses,
    "backpack": Worn.backpack,
    "gloves": Worn.gloves,
    "boots": Worn.boots,
    "wings": Worn.wings,
    "medal": Worn.medal,
    "necklace": Worn.necklace,
}
ROUND = 0.36
"""Share of the shot at which the blanket is out of the hands and round the other."""
ON = 0.48
"""Share of the shot at which a garment is worn."""


def garment(picture: Picture) -> Dress | Worn | None:
    """What the sentence says is put on, of what a body can be drawn wearing; None for nothing of that."""
    for word in re.findall(r"[a-z]+", picture.sentence[:2000].lower()):
        if found := _GARMENTS.get(word) or _TRIMMINGS.get(word):
            return found
    return None


def dressed(figure: FigureIn, picture: Picture) -> FigureIn:
    """The figure wearing what it puts on, in the colour of the garment that it holds."""
    worn = garment(picture)
    look = figure.look
    held = next((t.look.colour for t in picture.things if t.id in figure.holds), None)
    if isinstance(worn, Dress):
        colour = held or shaded(look.dress_colour, -0.3)
        return figure.model_copy(
            update={"look": look.model_copy(update={"dress": worn, "dress_colour": colour})}
        )
    if worn is not None and worn not in look.worn:
        return figure.model_copy(update={"look": look.model_copy(update={"worn": (*look.worn, worn)})})
    return figure


def wraps(picture: Picture) -> bool:
    """Whether the actor puts a blanket or the like round somebody else."""
    if picture.action not in (Action.work, Action.reach, Action.hold, Action.close):
        return False
    told = picture.sentence[:2000].lower()
    put = re.search(r"\b(wraps?|wrapped|wrapping|covers?|tucks?|drapes?)\b", told)
    return (
        put is not None
        and _CLOTH.search(told) is not None
        and any(f.id == picture.target and f.id != picture.actor for f in picture.figures)
    )


def laid_hold_of(picture: Picture) -> Picture:
    """The picture with its blanket in the hands, so that no second one lies there."""
    things = tuple(
        t.model_copy(update={"held": True}) if _CLOTH.search(t.look.kind) else t for t in picture.things
    )
    return picture.model_copy(update={"things": things})


def cloth_colour(picture: Picture) -> str:
    """Of the blanket that the picture has, or a warm red."""
    for thing in picture.things:
        if _CLOTH.search(thing.look.kind):
            return thing.look.colour
    found = _CLOTH.search(picture.sentence.lower())
    entry = look_up(found.group(1), "thing") if found else None
    return getattr(entry, "colour", None) or "#b8463a"


def held_open(
    canvas: skia.Canvas, ink: Ink, player: Player, picture: Picture, share: float, t: float
) -> None:
    """The blanket held open between the hands, until it is put round the other."""
    hand = player.body.hand(player.acting, t)
    if hand is None or share >= ROUND:
        return
    tall, colour = player.body.height, cloth_colour(picture)
    way = math.copysign(1.0, hand[0])
    x, y = hand[0] - 0.04 * way * tall, hand[1] - 0.01 * tall
    sway = 0.014 * math.sin(2.8 * t)

    def at(across: float, down: float) -> Point:
        """Of the cloth, ``across`` ahead and ``down`` from the hands in heights, swinging below."""
        return x + way * (across + sway * down / 0.4) * tall, y + down * tall

    top = [at(0.0, 0.0), at(0.07, 0.035), at(0.16, 0.045), at(0.25, 0.03), at(0.31, -0.01)]
    hem = [at(0.37, 0.36), at(0.31, 0.41), at(0.25, 0.37), at(0.19, 0.43), at(0.13, 0.38), at(0.07, 0.43)]
    ink.piece(canvas, smooth([*top, *hem, at(0.0, 0.38), at(-0.05, 0.4)], tension=0.45), colour)
    for start, foot, wide in ((0.02, 0.0, 0.02), (0.09, 0.13, 0.03), (0.19, 0.25, 0.03), (0.29, 0.33, 0.02)):
        fold = [at(start, 0.05), at(foot - wide, 0.34), at(foot + wide, 0.36)]
        ink.piece(canvas, smooth(fold, tension=0.2), colour, shade=-0.2, alpha=0.75)
    edge = mixed(colour, "#ffffff", 0.45)
    ink.mark(canvas, smooth([*hem, at(0.0, 0.38), at(-0.05, 0.4)], closed=False), edge, 0.016 * tall)


def spread_over(canvas: skia.Canvas, ink: Ink, way: float, tall: float, colour: str, t: float) -> None:
    """A blanket spread over what is on the ground, one edge in both hands; the far edge stirs in the wind."""
    stir = 0.012 * math.sin(2.6 * t)
    canvas.save()
    canvas.scale(way * tall, tall)
    top = [(0.14, -0.6), (0.42, -0.64), (0.9, -0.52 + stir)]
    low = [
        (0.96, -0.3 + stir),
        (0.8, -0.36),
        (0.62, -0.31 - stir),
        (0.44, -0.37),
        (0.26, -0.32),
        (0.12, -0.36),
    ]
    ink.piece(canvas, smooth([*top, *low], tension=0.2), colour)
    edge = mixed(colour, "#ffffff", 0.45)
    ink.mark(canvas, line([(0.93, -0.35 + stir), (0.62, -0.37), (0.13, -0.41)]), edge, 0.022)
    for at in (0.28, 0.5, 0.72):
        ink.mark(canvas, line([(at, -0.57 + 0.05 * at), (at + 0.02, -0.4)]), shaded(colour, -0.22), 0.012)
    canvas.restore()


def put_round(
    canvas: skia.Canvas, ink: Ink, player: Player, picture: Picture, share: float, t: float
) -> None:
    """The blanket round whoever is wrapped in it, over its body, the head left free."""
    if share < ROUND:
        return
    colour = cloth_colour(picture)
    joints = player.body.joints(player.acting, t)
    if not joints:
        _over_the_back(canvas, ink, player, colour)
        return
    tall = player.body.height
    neck, hips = joints["neck"], (joints["r-hip"], joints["l-hip"])
    hip: Point = (hips[0][0] + hips[1][0]) / 2, (hips[0][1] + hips[1][1]) / 2
    wide = 0.15 * tall
    x, y = neck[0], neck[1] - 0.01 * tall
    low = hip[1] + 0.17 * tall
    edge = mixed(colour, "#ffffff", 0.4)
    for side in (-1.0, 1.0):  # over both shoulders, open in front
        shape = [
            (x + side * 0.012 * tall, y - 0.01 * tall), (x + side * 0.06 * tall, y - 0.035 * tall),
            (x + side * 0.85 * wide, y + 0.05 * tall), (hip[0] + side * 1.15 * wide, hip[1]),
            (hip[0] + side * 1.2 * wide, low), (hip[0] + side * 0.45 * wide, low + 0.03 * tall),
            (hip[0] + side * 0.3 * wide, hip[1]),
        ]  # fmt: skip
        ink.piece(canvas, smooth(shape, tension=0.4), colour)
        for out in (0.62, 0.9):
            fold = [
                (x + side * 0.7 * out * wide, y + 0.1 * tall),
                (hip[0] + side * out * wide, low - 0.03 * tall),
            ]
            ink.mark(canvas, line(fold), shaded(colour, -0.25), 0.01)
        hem = [shape[0], shape[6], shape[5]]
        ink.mark(canvas, smooth(hem, closed=False), edge, 0.022)


def _over_the_back(canvas: skia.Canvas, ink: Ink, player: Player, colour: str) -> None:
    """Round the trunk of a body without joints, from its ground point in metres."""
    box = player.extent
    by = 1 / player.scale
    left, right, top = box.left * by, box.right * by, player.body.back(player.acting, 0.0)[1]
    wide = right - left
    if player.source.look.being is Being.quadruped:
        left, right = left + 0.2 * wide, right - 0.34 * wide
    else:
        top *= 0.72
    shape = rounded(left, -1.04 * top, right, -0.34 * top, 0.12 * top)
    ink.piece(canvas, shape, colour)
    edge = mixed(colour, "#ffffff", 0.4)
    ink.mark(canvas, line([(left + 0.02, -0.42 * top), (right - 0.02, -0.42 * top)]), edge, 0.03 * wide)
