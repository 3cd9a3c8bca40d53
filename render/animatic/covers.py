"""Covers: what somebody hides behind, drawn before it: the tree, rock or sofa that is named."""

from __future__ import annotations

import re
from functools import lru_cache

import skia

from ...storyboard.lexicon import look_up
from ...storyboard.looks import ThingLook
from ...storyboard.picture import Picture, ThingIn
from ...storyboard.vocabulary import Action, Being
from . import chores
from .figures.shapes import ellipse, line, polygon, rounded, smooth
from .ink import Ink
from .recast import handed, without
from .things import Thing
from .things.thing import drawing_of

AWAY = re.compile(r"\b(?:hides?|hid|hiding|conceals?) (?:the|a|an|his|her|its|their|my|some|all) ")
"""Something is hidden, and not oneself."""
_TREES = re.compile(r"\b(?:trees?|oaks?|pines?|firs?|birch|willow|palm|trunk)\b")
_BUSHES = re.compile(r"\b(?:bush(?:es)?|hedge|shrubs?|reeds|leaves|ferns?|flowers|corn|grass|hay|haystack)\b")
_ROCKS = re.compile(r"\b(?:rocks?|boulders?|stones?|cliff|snowdrift|dune)\b")
_CURTAINS = re.compile(r"\b(?:curtains?|drapes|tapestry)\b")
_PAINTINGS = re.compile(r"\b(?:paintings?|pictures?|portraits?|canvas|easel)\b")
_FURNITURE = frozenset(
    {
        "bed", "bunk bed", "sofa", "table", "desk", "chair", "armchair", "crate", "box", "chest", "suitcase",
        "piano", "cart", "wheelbarrow", "bench", "log", "stump", "tent", "wall", "fence", "statue", "snowman",
        "shelf", "bookshelf", "cupboard", "wardrobe", "counter", "well", "sign", "cannon", "sled",
    }
)  # fmt: skip
_CUSHIONED = frozenset({"sofa", "armchair"})
_PLACED = re.compile(r"\b(?:behind|under|underneath|beneath|below|in|inside|among|amongst)\b")
_HANDED = frozenset({Being.person, Being.robot, Being.creature})
_NEARER = 0.035
"""How far before who hides behind it a low cover stands, so that no boot peeps out under it; in heights."""
_SCREENED = 0.3
"""Half as wide as who crouches, in its heights: a painting's chest is no narrower."""
_LEVEL = 0.54
"""How high a low cover is, in heights of who crouches behind it: as high as the chin."""


def covered(picture: Picture) -> Picture:
    """The picture in which the thing that its actor hides behind stands nowhere else: see ``cover_among``. An
    umbrella is held."""
    told = picture.sentence[:2000].lower()
    actor = next((f for f in picture.figures if f.id == picture.actor), None)
    if actor is None or actor.look.being not in _HANDED or AWAY.search(told):
        return picture
    thing = next((t for t in picture.things if t.id == picture.target), None)
    if thing is None:
        return picture
    if thing.look.kind == "umbrella":
        stays = actor.model_copy(update={"action": Action.hold})
        figures = tuple(stays if f is actor else f for f in picture.figures)
        picture = picture.model_copy(update={"figures": figures, "action": Action.hold})
        return handed(picture, stays, thing)
    if thing.held or not _PLACED.search(told):
        return picture
    cover = thing.model_copy(update={"held": True})
    bare = without(picture, thing.id)
    return bare.model_copy(update={"target": None, "things": (*bare.things, cover)})


def cover_among(picture: Picture) -> ThingIn | None:
    """The story's own thing that somebody hides behind: it is kept off the stage, in nobody's hands."""
    hands = {i for f in picture.figures for i in f.holds}
    return next((t for t in picture.things if t.held and t.id not in hands), None)


@lru_cache(maxsize=256)
def cover_of(sentence: str) -> str:
    """The kind of what the sentence says somebody hides behind, or "" where barrels stand for it."""
    told = sentence[:2000].lower()
    found = _PLACED.search(told)
    if found is None:
        return ""
    after = told[found.end() :]
    for kind, words in (
        ("tree", _TREES),
        ("curtain", _CURTAINS),
        ("rock", _ROCKS),
        ("bush", _BUSHES),
        ("painting", _PAINTINGS),
    ):
        if words.search(after):
            return kind
    for word in re.findall(r"[a-z]+", after):
        entry = look_up(word, "thing")
        if entry is not None and entry.kind in _FURNITURE and drawing_of(entry.kind) is not None:
            return entry.kind
    return ""


def draw(
    canvas: skia.Canvas, ink: Ink, picture: Picture, seconds: float, huge: bool = False, tall: float = 1.75
) -> None:
    """What somebody hides behind, from its ground point, in its heights, ahead to the right.

    It is ``tall`` metres high. A ``huge`` one hides behind nothing lower than a hill.
    """
    kind, own = cover_of(picture.sentence), cover_among(picture)
    if huge and kind in ("", "bush", "rock", "tree"):
        _hill(canvas, ink)
    elif kind == "":
        chores.cover(canvas, ink)
    elif kind == "tree":
        _trunk(canvas, ink)
    elif kind == "curtain":
        _curtain(canvas, ink)
    elif kind == "rock":
        _rock(canvas, ink)
    elif kind == "bush":
        _bush(canvas, ink)
    elif kind == "painting":
        _painting(canvas, _thing("painting", ink, own), ink, seconds, tall)
    else:
        thing = _thing(kind, ink, own)
        size = (_LEVEL + _NEARER) / max(thing.height, 0.01)
        wide = max(size, 0.62 / max(thing.width, 0.01))
        canvas.save()
        canvas.translate(0.1, 0.02 + _NEARER)
        canvas.scale(wide, size)
        if kind in _CUSHIONED:  # nobody is seen between its cushions
            half, high = 0.36 * thing.width, thing.height
            ink.piece(canvas, rounded(-half, -0.9 * high, half, -0.04 * high, 0.05), thing.main, shade=-0.3)
        thing.draw(canvas, seconds)
        canvas.restore()


_HOLES = re.compile(
    r"\b(?:hole|pit|ditch|trench|crevasse|grave|trap|mud|swamp|bog|quicksand|snowdrift|snow|ice|well)\b"
)
_WHITE = re.compile(r"\b(?:crevasse|snowdrift|snow|ice)\b")


@lru_cache(maxsize=256)
def pulled_out_of(manner: str, sentence: str) -> str:
    """The colour of the ground out of which somebody is helped, or "" where there is no hole."""
    found = _HOLES.search(sentence[:2000].lower()) if manner == "helped" else None
    if found is None:
        return ""
    return "#dfe8f2" if _WHITE.search(found.group(0)) else "#6b4a2c"


def hole(canvas: skia.Canvas, ink: Ink, ground: str) -> None:
    """The hole that somebody is in, from its ground point in its heights: drawn behind it."""
    ink.piece(canvas, ellipse(0.0, -0.13, 0.5, 0.13), ground)
    ink.piece(canvas, ellipse(0.0, -0.12, 0.44, 0.1), "#241a16")


def brim(canvas: skia.Canvas, ink: Ink, ground: str) -> None:
    """The near edge of the hole, before the legs of who is in it."""
    near = [
        (-0.48, -0.14),
        (-0.3, -0.1),
        (0.0, -0.09),
        (0.3, -0.1),
        (0.48, -0.14),
        (0.46, 0.06),
        (-0.46, 0.06),
    ]
    ink.piece(canvas, smooth(near, tension=0.3), ground)
    for x, y in ((-0.3, -0.02), (-0.06, -0.04), (0.16, 0.0), (0.34, -0.05)):
        ink.piece(canvas, ellipse(x, y, 0.035, 0.02), ground, shade=-0.2)


@lru_cache(maxsize=64)
def _thing(kind: str, ink: Ink, own: ThingIn | None) -> Thing:
    """A thing of that kind, as it looks in the story where it is the story's ``own``."""
    if own is not None and own.look.kind == kind:
        return Thing(own.look, own.marks, ink, 0)
    return Thing(ThingLook(kind=kind), (), ink, 0)


def _trunk(canvas: skia.Canvas, ink: Ink) -> None:
    """A tree as thick as who hides, past which the face looks."""
    bark = "#6e4c30"
    for x, y, r in ((-0.42, -1.5, 0.3), (0.2, -1.56, 0.32), (-0.12, -1.74, 0.36)):
        ink.piece(canvas, ellipse(x, y, r * 1.2, r), "#4c7a3c", shade=0.05 if y < -1.7 else 0.0)
    side = [(-0.42, 0.04), (-0.31, -0.14), (-0.28, -0.7), (-0.32, -1.4), (0.14, -1.4), (0.1, -0.7)]
    ink.piece(canvas, polygon([*side, (0.12, -0.14), (0.2, 0.04)]), bark)
    for x, top, low in ((-0.2, -1.2, -0.8), (-0.06, -0.9, -0.5), (-0.22, -0.5, -0.2), (-0.02, -0.3, -0.1)):
        ink.mark(canvas, line([(x, top), (x + 0.015, (top + low) / 2), (x, low)]), "#4e341f", 0.012)


def _curtain(canvas: skia.Canvas, ink: Ink) -> None:
    """A curtain on its rail, past whose edge the face looks."""
    ink.piece(canvas, polygon([(-0.5, -1.3), (0.3, -1.3), (0.3, -1.26), (-0.5, -1.26)]), "#8a6238")
    hem = [(-0.46, 0.02), (-0.46, -1.26), (0.1, -1.26), (0.07, -0.6), (0.12, 0.02)]
    ink.piece(canvas, polygon(hem), "#a83a46")
    for x in (-0.36, -0.24, -0.12, -0.01):
        ink.mark(canvas, line([(x, -1.24), (x + 0.01, -0.6), (x - 0.01, 0.0)]), "#7c2632", 0.014)


def _rock(canvas: skia.Canvas, ink: Ink) -> None:
    """A boulder as high as the chin."""
    ink.piece(canvas, ellipse(0.06, 0.034, 0.52, 0.04), "#1c1410", alpha=0.32)
    shape = [(-0.37, 0.0), (-0.34, -0.34), (-0.14, -0.54), (0.2, -0.53), (0.4, -0.3), (0.47, 0.0)]
    foot = [(0.4, 0.032), (0.22, 0.04), (0.06, 0.052), (-0.14, 0.044), (-0.28, 0.034)]
    ink.piece(canvas, polygon([*shape, *foot]), "#7d8086")
    ink.piece(canvas, polygon([(0.4, -0.3), shape[5], *foot[:3], (0.26, -0.1)]), "#7d8086", shade=-0.12)
    ink.piece(canvas, polygon([shape[1], shape[2], (0.0, -0.36), (-0.16, -0.2)]), "#7d8086", shade=0.14)
    ink.mark(canvas, line([(0.18, -0.44), (0.13, -0.28), (0.2, -0.16)]), "#5c5f66", 0.012)


def _hill(canvas: skia.Canvas, ink: Ink) -> None:
    """A hill with firs and a cottage on it, as high as the chin of a giant."""
    path = skia.Path()
    path.moveTo(-1.0, 0.03)
    path.cubicTo(-0.62, -0.02, -0.36, -0.5, -0.04, -0.5)
    path.cubicTo(0.3, -0.5, 0.6, -0.02, 1.0, 0.03)
    path.close()
    ink.piece(canvas, path, "#6d8f4e")
    for x, y in ((-0.44, -0.16), (0.02, -0.3), (0.36, -0.12), (-0.1, -0.08), (0.5, -0.02)):
        ink.piece(canvas, polygon([(x - 0.045, y), (x, y - 0.16), (x + 0.045, y)]), "#3f6b4c")
        ink.piece(canvas, polygon([(x - 0.036, y - 0.06), (x, y - 0.2), (x + 0.036, y - 0.06)]), "#477657")
    ink.piece(canvas, polygon([(-0.3, -0.2), (-0.3, -0.3), (-0.16, -0.3), (-0.16, -0.2)]), "#e6d6b8")
    ink.piece(canvas, polygon([(-0.33, -0.29), (-0.23, -0.37), (-0.13, -0.29)]), "#a8503c")
    ink.piece(canvas, polygon([(-0.25, -0.2), (-0.25, -0.26), (-0.21, -0.26), (-0.21, -0.2)]), "#6a3f2a")
    for k in range(17):  # it rises out of bushes, with no edge below
        x, r = -0.96 + 0.12 * k, 0.055 + 0.025 * ((k * 5) % 4) / 3
        ink.piece(canvas, ellipse(x, 0.012, 1.5 * r, r), ("#557f43", "#4c7440", "#628a4c")[k % 3])


def _bush(canvas: skia.Canvas, ink: Ink) -> None:
    """A thick bush as high as the chin."""
    for n, (x, y, r) in enumerate(
        (
            (-0.24, -0.26, 0.22),
            (0.34, -0.24, 0.22),
            (0.04, -0.34, 0.22),
            (-0.32, -0.1, 0.16),
            (0.42, -0.1, 0.16),
        )
    ):
        ink.piece(canvas, ellipse(x, y, r * 1.1, r), "#4c7a3c", shade=(0.0, -0.05, 0.05, -0.1, -0.12)[n])
    low = [(-0.46, 0.03), (-0.42, -0.16), (0.05, -0.24), (0.52, -0.14), (0.56, 0.03)]
    ink.piece(canvas, smooth(low, tension=0.3), "#44703a")
    for n in range(9):
        x, y = -0.34 + 0.1 * n, -0.18 - 0.16 * ((n * 7) % 3) / 2
        ink.mark(canvas, line([(x - 0.02, y), (x, y - 0.035), (x + 0.02, y)]), "#6f9f52", 0.012)


def _painting(canvas: skia.Canvas, thing: Thing, ink: Ink, seconds: float, tall: float) -> None:
    """A painting as large as it is elsewhere, on a chest that brings it up to the chin of who crouches."""
    low = 0.02 + _NEARER
    size = min(1.0 / tall, (_LEVEL + low) / max(thing.height, 0.01))
    high, half = _LEVEL + low - size * thing.height, max(0.5 * size * thing.width, _SCREENED)
    ink.piece(canvas, ellipse(0.12, low - 0.004, 1.08 * half, 0.03), "#1c1410", alpha=0.4)
    canvas.save()
    canvas.translate(0.1, low)
    if high > 0.02:
        ink.piece(canvas, rounded(-half, -high, half, 0.0, 0.02), "#6b4a30")
        ink.piece(canvas, rounded(-half - 0.015, -high - 0.015, half + 0.015, -0.72 * high, 0.012), "#7d5838")
    canvas.translate(0.0, -high)
    canvas.scale(size, size)
    thing.draw(canvas, seconds)
    canvas.restore()
