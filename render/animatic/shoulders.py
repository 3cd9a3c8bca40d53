"""Shoulders: a shot over the shoulder of somebody much taller is so far off that the back before the lens is
as high as in life, head and shoulders over the one who is looked at. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from ...storyboard.picture import Picture
from ...storyboard.vocabulary import Being, ShotSize, View
from .blocking import Placed

_TALLER = 1.35
"""So many times as tall somebody is of whom, level with a child, only the hair would fill a corner."""
_NEARER = frozenset(
    {ShotSize.medium_full, ShotSize.medium, ShotSize.medium_close, ShotSize.close, ShotSize.two_shot}
)
FILLS = 0.56
"""Of the frame's height: whoever is looked at over such a shoulder, on whole legs."""
TOP, BESIDE = 0.05, 1.15
"""Of the frame's height from the upper edge to that head; how much nearer than the other it is."""


def from_farther(picture: Picture, tall: Mapping[str, float]) -> Picture:
    """The picture, if it is taken over the shoulder of a person much taller than who is looked at, from
    farther off. ``tall`` has heights in metres by id."""
    camera = picture.camera
    subject = camera.focus if camera.focus in tall else picture.actor
    if camera.view is not View.over_shoulder or camera.size not in _NEARER or subject is None:
        return picture
    people = [f.id for f in picture.figures if f.look.being is Being.person and f.id != subject]
    back = picture.actor if picture.actor in people else next(iter(people), None)
    if back is None or tall.get(back, 0.0) <= _TALLER * tall.get(subject, 9.0):
        return picture
    whole = camera.model_copy(update={"size": ShotSize.full, "focus": subject})
    return picture.model_copy(update={"camera": whole})


def over_taller(picture: Picture, figures: Sequence[Placed], subject: Placed) -> bool:
    """Whether a full shot is taken over the shoulder of a person so much taller than ``subject``."""
    camera = picture.camera
    if camera.view is not View.over_shoulder or camera.size is not ShotSize.full:
        return False
    people = {f.id for f in picture.figures if f.look.being is Being.person}
    others = [p for p in figures if p.id in people and p.id != subject.id]
    return any(p.tall > _TALLER * subject.tall for p in others)
