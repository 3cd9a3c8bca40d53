"""Recast: a picture with somebody else in it, or without a thing. Pure."""

from __future__ import annotations

import re

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


_GATHERS = re.compile(
    r"\b(?:collect|gather|search|find|keep|hid)\w*\b[^.]*?\bof (?:the |all |his |her |their )*([\w ]+)\.?$"
)
"""Words for the doing with things of somebody who is not there."""


def without_owners(picture: Picture) -> Picture:
    """The picture without those who only own what somebody collects: nothing says that they are there."""
    thing = next((t for t in picture.things if t.id == picture.target), None)
    found = _GATHERS.search(picture.sentence.lower().strip()) if thing is not None else None
    if found is None:
        return picture
    owner = found[1].strip().removesuffix("s")
    gone = {f.id for f in picture.figures if f.id != picture.actor and f.noun.lower().endswith(owner)}
    if not gone or picture.camera.focus in gone:
        return picture
    figures = tuple(f for f in picture.figures if f.id not in gone)
    figures = tuple(f.model_copy(update={"gaze": None}) if f.gaze in gone else f for f in figures)
    return picture.model_copy(update={"figures": figures})
