"""Changing: who turns into another is seen to: first the one, then a puff and stars, then the other. Pure."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import skia

from ...storyboard.picture import FigureIn, Picture
from ...storyboard.vocabulary import Action, Expression, ShotSize
from .blocking import Placed
from .figures.shapes import ellipse, polygon
from .ink import Ink
from .recast import with_figure

_TURNS = re.compile(
    r"\b(?:turn|change|transform|morph)(?:s|ed|ing)?\b(?P<whom>[^.]*?)\b(?:back )?into "
    r"(?:an? |the |his |her |its )?(?P<new>[\w' -]+)"
    r"|\b(?:becomes|became) (?:an? |the )(?P<became>[\w' -]+)"
)
_BEGINS, _CHANGES, _ENDS = 0.26, 0.46, 0.72
"""Shares of the shot: the puff rises, one is gone and the other there, the puff is gone."""
_PUFFS = (
    (0.0, 0.5, 0.4), (-0.34, 0.3, 0.3), (0.34, 0.32, 0.3), (-0.27, 0.7, 0.27), (0.28, 0.72, 0.27),
    (0.0, 0.92, 0.24), (-0.44, 0.1, 0.2), (0.44, 0.1, 0.2), (0.0, 0.14, 0.3),
)  # fmt: skip
"""Across, up and how large, in heights of who changes."""


@dataclass(frozen=True)
class Change:
    """Ids of who is there first, and of who is there in the end."""

    old: str
    new: str

    def hidden(self, who: str, share: float) -> bool:
        """Whether ``who`` is not there at that share (0 to 1) of the shot."""
        return who == (self.new if share < _CHANGES else self.old)


def changed(picture: Picture) -> Change | None:
    """Who turns into whom in the picture, where both are in it; None where nobody does."""
    told = picture.sentence[:2000].lower()
    found = _TURNS.search(told)
    if found is None or picture.actor is None:
        return None
    new = _named(found["new"] or found["became"] or "", picture)
    whom = (found["whom"] or "").strip()
    old = _named(whom, picture) if whom else next((f for f in picture.figures if f.id == picture.actor), None)
    if old is None or new is None or old.id == new.id:
        return None
    return Change(old.id, new.id)


def _named(words: str, picture: Picture) -> FigureIn | None:
    """The figure that the words begin with, its adjectives left out."""
    said = re.split(r"\b(?:with|by|at|in|on|to|of|from|for|and|before|after|as|who|that)\b|,", words)[
        0
    ].split()
    return next(
        (f for n in said[:4] for f in picture.figures if f.noun and f.noun.lower().split()[-1] == n),
        None,
    )


def changing(picture: Picture) -> Picture:
    """The picture in which whoever changes stands amazed, and who does it to another works magic."""
    change = changed(picture)
    if change is None:
        return picture
    doing, target = Action.stand, None
    for figure in picture.figures:
        acts: dict[str, object] = {
            "action": Action.stand,
            "expression": Expression.surprised,
            "holds": (),
            "gaze": None,
        }
        if figure.id == picture.actor and figure.id != change.old:
            doing, target = Action.perform, change.old
            acts = {"action": doing, "expression": Expression.determined, "holds": (), "gaze": change.old}
        elif figure.id not in (change.old, change.new):
            acts = {"expression": Expression.surprised, "gaze": change.old}
        picture = with_figure(picture, figure, figure.model_copy(update=acts))
    camera = picture.camera.model_copy(update={"size": ShotSize.full, "focus": None})
    return picture.model_copy(update={"action": doing, "target": target, "camera": camera})


def in_its_stead(picture: Picture, placed: list[Placed]) -> list[Placed]:
    """Who is there in the end on the spot where the other was, both on the ground."""
    change = changed(picture)
    old = next((p for p in placed if change and p.id == change.old), None)
    if change is None or old is None:
        return placed
    return [
        replace(p, x=old.x, depth=old.depth, up=max(0.0, p.up - p.perch), perch=0.0, facing=old.facing)
        if p.id in (change.old, change.new)
        else p
        for p in placed
    ]


def puff(canvas: skia.Canvas, ink: Ink, share: float) -> None:
    """The puff that hides the change, and stars that fly from it; in heights of who changes."""
    if not _BEGINS < share < _ENDS:
        return
    grown = min(1.0, (share - _BEGINS) / (0.8 * (_CHANGES - _BEGINS)))
    thin = min(1.0, max(0.0, (_ENDS - share) / (0.6 * (_ENDS - _CHANGES))))
    for rim in (True, False):
        for x, up, r in _PUFFS:
            size = r * (0.3 + 0.6 * grown) + (0.025 if rim else 0.0)
            spread = 0.5 + 0.36 * grown
            colour = "#a893c8" if rim else "#f4eefb"
            ink.piece(canvas, ellipse(x * spread, -up, size, size), colour, alpha=thin)
    for star in _stars(share):
        ink.piece(canvas, polygon(star), "#ffd75a", alpha=thin)


def _stars(share: float) -> Iterator[Sequence[tuple[float, float]]]:
    out = 0.5 + 0.9 * (share - _BEGINS) / (_ENDS - _BEGINS)
    for n in range(7):
        turn = math.tau * (n + 0.3) / 7
        x, y = out * 0.8 * math.cos(turn), -0.55 + out * 0.62 * math.sin(turn)
        yield [
            (x + r * math.sin(math.pi * k / 5), y - r * math.cos(math.pi * k / 5))
            for k in range(10)
            for r in (0.08 if k % 2 == 0 else 0.034,)
        ]
