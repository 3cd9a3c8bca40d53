"""Canopies: the umbrella over somebody's head is in the frame with its bearer."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from ...storyboard.lexicon import behaves_as
from ...storyboard.picture import Picture
from ...storyboard.vocabulary import Being, ShotSize
from .blocking import Placed
from .meeting import Meeting

_WHOLE = frozenset({ShotSize.extreme_wide, ShotSize.wide, ShotSize.full, ShotSize.medium_full})
_HIGH = 1.5
"""Top of an open umbrella, in heights of whoever holds it."""


def canopied(picture: Picture, placed: Sequence[Placed], met: Sequence[Meeting]) -> list[Placed]:
    """Those to be framed, as high as the umbrellas that they hold or are handed. Pure."""
    open_ones = {t.id for t in picture.things if t.held and behaves_as(t.look.kind) == "umbrella"}
    bearers = {f.id for f in picture.figures if open_ones & set(f.holds) and f.look.being is Being.person}
    bearers |= {m.other for m in met if m.kind == "give" and m.one in bearers}
    bearers |= {m.one for m in met if m.kind == "give" and m.other in bearers}
    if not bearers or picture.camera.size not in _WHOLE:
        return list(placed)
    return [
        replace(p, extent=replace(p.extent, top=max(p.extent.top, _HIGH * p.extent.height)))
        if p.id in bearers
        else p
        for p in placed
    ]
