"""Recast: a picture with somebody else in it, or without a thing. Pure."""

from __future__ import annotations

from ...storyboard.picture import FigureIn, Picture, ThingIn


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


def handed(picture: Picture, figure: FigureIn, thing: ThingIn) -> Picture:
    """The picture with that thing, and nothing else, in the hands of a figure."""
    held = with_figure(picture, figure, figure.model_copy(update={"holds": (thing.id,)}))
    things = tuple(t.model_copy(update={"held": True}) if t.id == thing.id else t for t in picture.things)
    return held.model_copy(update={"things": things})
