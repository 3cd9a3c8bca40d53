"""Recast: a picture with somebody else in it, or without a thing. Pure."""

from __future__ import annotations

from ...storyboard.picture import FigureIn, Picture


def with_figure(picture: Picture, old: FigureIn, new: FigureIn) -> Picture:
    """The picture with another figure in the place of one."""
    figures = tuple(new if f.id == old.id else f for f in picture.figures)
    return picture.model_copy(update={"figures": figures})


def without(picture: Picture, thing: str) -> Picture:
    """The picture without a thing, at which nobody and no camera looks any more."""
    camera = picture.camera
    if camera.focus == thing:
        camera = camera.model_copy(update={"focus": picture.actor})
    figures = tuple(f.model_copy(update={"gaze": None}) if f.gaze == thing else f for f in picture.figures)
    things = tuple(t for t in picture.things if t.id != thing)
    return picture.model_copy(update={"things": things, "camera": camera, "figures": figures})
