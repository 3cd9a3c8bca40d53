"""What people of a trade have about them out of doors: a flock, a chopping block, a piano."""

from __future__ import annotations

from functools import cache
from typing import Any

from ....storyboard.lexicon import look_up
from ....storyboard.looks import BodyLook, ThingLook
from ....storyboard.vocabulary import Action, Expression, Facing
from ..figures.acting import Acting
from ..figures.figure import Figure
from ..things.thing import Thing
from .brush import Brush, mixed, shaded

Options = dict[str, Any]
GRAZES = (Action.eat, Action.stand, Action.lie)
"""What animals of a herd do, one after the other."""


@cache
def kept(species: str) -> BodyLook:
    """The look of an animal of that kind as the lexicon has it."""
    entry = look_up(species, "creature")
    assert entry is not None, species
    own = {k: v for k, v in entry.attributes.items() if k in BodyLook.model_fields}
    return BodyLook.model_validate({"being": entry.being, "species": entry.kind, "known": True} | own)


def flock(b: Brush, o: Options) -> None:
    """Animals that graze far behind, each at its place. Options: species, at (metres aside), acts (what each
    does, and which way it faces)."""
    look = kept(str(o.get("species", "sheep")))
    acts = o.get("acts", ((Action.stand, Facing.left), (Action.eat, Facing.right)))
    for k, x in enumerate(o.get("at", (-4.6, -2.9, 3.4, 5.2))):
        action, facing = acts[k % len(acts)]
        animal = Figure(look, (), b.ink, b.setting.seed + k)
        b.oval(x, 0.0, 0.42 * animal.width, 0.05 * animal.width, "#1c1826", alpha=0.3)  # stands on its shadow
        b.canvas.save()
        b.canvas.translate(x, 0.0)
        animal.draw(b.canvas, Acting(action=action, expression=Expression.neutral, facing=facing), 0.6, 2.0)
        b.canvas.restore()


def chopping_block(b: Brush, o: Options) -> None:
    """A stump with an axe in it and a stack of split logs beside it. Options: x."""
    x, bark = float(o.get("x", 0.0)), "#6f4f36"
    x -= 0.8
    b.poly([(x - 0.42, 0), (x - 0.33, 0.5), (x + 0.33, 0.5), (x + 0.42, 0)], bark)
    b.oval(x, 0.5, 0.33, 0.085, "#d9b27a")
    b.oval(x, 0.5, 0.19, 0.048, "#c2965c")
    b.line([(x + 0.04, 0.56), (x + 0.62, 1.12)], "#8a5a30", 0.065)
    b.poly([(x - 0.12, 0.5), (x - 0.02, 0.78), (x + 0.2, 0.62), (x + 0.06, 0.48)], "#b8c0c8")
    at, r = x + 0.72, 0.15
    for row in range(3):
        for k in range(4 - row):
            cx, cy = at + (k + row / 2) * 2 * r, r + row * 1.75 * r
            b.oval(cx, cy, r, r, bark, 0.04 * (k % 2))
            b.oval(cx, cy, r * 0.76, r * 0.76, mixed("#d9b27a", bark, 0.08 * ((k + row) % 3)))
            b.oval(cx, cy, r * 0.3, r * 0.3, shaded("#d9b27a", -0.18))


def own_piano(b: Brush, o: Options) -> None:
    """The piano of whoever plays it, waiting. Options: x."""
    b.canvas.save()
    b.canvas.translate(float(o.get("x", 0.0)), 0.0)
    Thing(ThingLook(kind="piano"), (), b.ink, b.setting.seed).draw(b.canvas, 0.0)
    b.canvas.restore()


def nothing(b: Brush, o: Options) -> None:
    """Nothing: where another piece is left out of a shot. No options."""


PIECES = {f.__name__: f for f in (flock, chopping_block, own_piano, nothing)}
