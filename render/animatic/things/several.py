"""Several: what is named in the plural is not one of it. Apples lie in a heap, letters in a fan."""

from __future__ import annotations

import re

import skia

from ....storyboard.lexicon import behaves_as, look_up
from ....storyboard.lexicon.store import data
from ....storyboard.picture import ThingIn
from ..ink import Ink
from .thing import Thing

_NUMBERS = {
    "two": 2,
    "both": 2,
    "pair": 2,
    "couple": 2,
    "three": 3,
    "four": 4,
    "five": 5,
    "many": 5,
    "six": 5,
}
_USUAL = 3
_TWO = frozenset({"shoe", "glove", "boxing glove", "sneaker", "leather shoe", "high heel", "skates", "skis"})
"""Of which there are two where nothing is said."""
_ALREADY = frozenset(
    {
        "books", "boots", "stairs", "kite", "glasses", "sunglasses", "goggles", "cutlery", "french fries",
        "grapes", "gold", "treasure", "seed", "hay", "noodles", "string lights", "ballet shoes",
        "cleats", "pliers",
        "skates", "skis", "cherry", "theatre masks", "fruit", "peanut", "hop cones", "barley", "grass",
        "nest", "egg nest", "robot part", "thread", "rope", "cloth", "bandage", "heart", "star", "cloud",
        "snowflake", "ladder", "tool", "paint box", "fire", "curtain", "feather", "urn",
        "scissors", "binoculars", "handcuffs", "headphones", "flippers", "playing cards", "banknotes",
        "lungs", "chessboard", "dresser", "window blind", "pill bottle",
    }
)  # fmt: skip
"""Kinds whose drawing shows more than one, or of which one is enough."""
_ONE = frozenset(
    {
        "trousers", "pants", "jeans", "pyjamas", "pajamas", "bagpipes", "panpipes", "chimes", "arrows",
        "beads", "bars", "spells", "atlas", "canvas", "thermos", "lens", "mars",
    }
)  # fmt: skip
"""Words that sound like several and name one thing as it is drawn."""
_ROOM = 1.3
"""Metres: what is longer stands alone, or it would fill the stage."""
_SQUAT = 1.5
"""What is at most so many times as high as wide lies in a heap; what is higher stands in a fan."""
Spot = tuple[float, float, float]
"""Metres to the right, metres up, and degrees turned."""


class Several(Thing):
    """A few of a thing, drawn together; its width and height are those of all of them."""

    def __init__(self, one: Thing, count: int) -> None:
        """``one`` is the thing as it is by itself; ``count`` of them, two to five, make this one."""
        self.__dict__.update(one.__dict__)
        self._one = one
        self._outline = None
        self._spots = _fan(one, count) if one.height > _SQUAT * one.width else _heap(one, count)
        left = min(x for x, _, _ in self._spots) - one.width / 2
        right = max(x for x, _, _ in self._spots) + one.width / 2
        self.width = right - left
        self.height = max(y for _, y, _ in self._spots) + one.height

    def draw(self, canvas: skia.Canvas, t: float, rolled: float = 0.0) -> None:
        """Draw all of them, base centre at the origin, the nearest last."""
        for x, y, turned in self._spots:
            canvas.save()
            canvas.translate(x, -y)
            canvas.rotate(turned)
            self._one.draw(canvas, t, rolled)
            canvas.restore()

    def _traced(self) -> skia.Path:
        paths = skia.OpBuilder()
        for x, y, turned in self._spots:
            path = skia.Path(self._one.outline())
            path.transform(skia.Matrix.RotateDeg(turned).postTranslate(x, -y))
            paths.add(path, skia.PathOp.kUnion_PathOp)
        return paths.resolve()


def made(thing: ThingIn, ink: Ink, seed: int) -> Thing:
    """The prop as it is drawn: one of it, or as many as its words say."""
    one = Thing(thing.look, thing.marks, ink, seed)
    count = how_many(thing)
    return Several(one, count) if count > 1 and max(one.width, one.height) <= _ROOM else one


def how_many(thing: ThingIn) -> int:
    """How many its words name: "a tomato" 1, "two eggs" 2, "the apples" 3, "five stones" 5."""
    kind = thing.look.kind
    if {kind, behaves_as(kind)} & _ALREADY:
        return 1
    words = re.findall(r"[a-z']+", thing.words[:200].lower()) or re.findall(r"[a-z']+", thing.id)
    if not words or words[-1] in _ONE or not _plural(words[-1], kind):
        return 1
    said = next((_NUMBERS[w] for w in words if w in _NUMBERS), 0)
    return said or (2 if kind in _TWO else _USUAL)


def _plural(word: str, kind: str) -> bool:
    """Whether the word is a plural of what has that kind: "apples" of an apple, no "eggs" of a basket."""
    several = word in data("words")["plurals"] or (
        word.endswith("s") and not word.endswith(("ss", "us", "is"))
    )
    if not several:
        return False
    entry = look_up(word, "thing")
    return entry is not None and (entry.kind == kind or kind.endswith(entry.kind))


def _heap(one: Thing, count: int) -> tuple[Spot, ...]:
    """In a row, with what is over two on top of it and behind."""
    below = 2 if count < 5 else 3
    step = 0.86 * one.width
    row = [(step * (k - (below - 1) / 2), 0.0, (-5.0, 4.0, -3.0)[k]) for k in range(below)]
    above = count - below
    top = [(step * (k - (above - 1) / 2), 0.62 * one.height, 6.0 - 9.0 * k) for k in range(above)]
    return (*top, *row)


def _fan(one: Thing, count: int) -> tuple[Spot, ...]:
    """Upright side by side, leaning out."""
    step = max(0.62 * one.width, 0.2 * one.height)
    middle = (count - 1) / 2
    return tuple((0.5 * step * (k - middle), 0.0, 13.0 * (k - middle)) for k in range(count))
