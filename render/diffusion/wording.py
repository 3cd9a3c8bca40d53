"""The words for a picture, in pieces; each family puts the pieces together in one place of its own.

Closed values become the words of ``wording.json``; free words of people stand beside them, as data:
line breaks and marks that a tokenizer could take for its own are gone, and nothing is invented.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from ...storyboard.picture import FigureIn, Picture, PlaceIn, ThingIn
from ...storyboard.vocabulary import Move, PlaceKind, Weather
from ..requests import Between, Extend, Refine, Still, Upscale
from .phrases import (
    colour_name,
    cut,
    folded,
    fullest,
    joined,
    listed,
    said,
    sentence,
    table,
    tokens,
    with_article,
)
from .subjects import Subject, described_figures, described_things

__all__ = [
    "Subject",
    "bound",
    "camera",
    "colour_name",
    "cut",
    "folded",
    "fullest",
    "images",
    "joined",
    "lead",
    "light",
    "listed",
    "look_of",
    "moment",
    "negative",
    "of_images",
    "place",
    "said",
    "sentence",
    "sheet",
    "sought",
    "style",
    "subjects",
    "things",
    "tokens",
    "told",
    "with_article",
]  # fmt: skip

Worded = Still | Between | Extend | Refine | Upscale
"""Requests that show a picture."""
_ELSEWHERE = frozenset(
    {PlaceKind.underwater, PlaceKind.space, PlaceKind.spaceship, PlaceKind.moon, PlaceKind.planet}
)
"""Places without weather and seasons of ours."""
UNWANTED = "blurry, deformed, extra limbs, extra fingers, text, letters, watermark, logo, picture frame"
"""What is never to be seen."""


def subjects(picture: Picture) -> list[Subject]:
    """The figures in words, in the picture's order: every one that is there, told apart by ``head``."""
    gone = sought(picture)
    return [s for s in described_figures(picture) if s.entity != gone]


def things(picture: Picture) -> list[Subject]:
    """The things in words, in the picture's order: every one that is there."""
    gone = sought(picture)
    return [s for s in described_things(picture) if s.entity != gone]


_SOUGHT = re.compile(
    r"\b(?:search|look|hunt)(?:s|es|ed|ing)?\b[^.]{0,60}?\bfor\b"
    r"|\b(?:seeks?|dreams? of|misses|remembers|longs for)\b"
)


def sought(picture: Picture) -> str | None:
    """The id of whoever or whatever is only looked for or thought of, and is not to be seen; None for none.

    What a hand holds, and who speaks, is there all the same.
    """
    if picture.target in (None, picture.actor) or not _SOUGHT.search(picture.sentence[:2000].lower()):
        return None
    held = {h for f in picture.figures for h in f.holds}
    held |= {f.id for f in picture.figures if f.speaks}
    return None if picture.target in held else picture.target


def lead(picture: Picture, most: int = 60) -> str:
    """The shot's sentence, which is free of display names; at most about ``most`` tokens."""
    return folded(picture.sentence, most)


def place(picture: Picture, full: bool = True) -> str:
    """Where it is, when, and in what weather. ``full`` adds the season and a hint of the place's colours."""
    here = picture.place
    kind = said(here.look.kind)
    words = folded(here.words)
    inside = f"inside the {kind}" if here.look.interior and kind else kind
    named = joined((words, inside if kind and kind not in words.lower() else "")) or "a place"
    state = joined((*(said(m) for m in here.marks), folded(here.state_words, 24)))
    sky = "" if here.look.interior or here.look.kind in _ELSEWHERE else _sky(picture)
    ours = here.look.kind not in _ELSEWHERE
    season = said(picture.season) if full and ours and not here.look.interior else ""
    hour = said(picture.hour) if ours else ""
    tint = f"{colour_name(here.look.tint)} tones" if full else ""
    return joined((named, state, hour, season, sky, folded(picture.era, 12), tint))


def _sky(picture: Picture) -> str:
    return "" if picture.weather is Weather.clear else said(picture.weather)


def camera(picture: Picture, moving: bool = False) -> str:
    """Size of the shot and what is framed, angle, view and lens; the move for clips (``moving``) only."""
    shot = picture.camera
    framed = {s.entity: s.head for s in (*subjects(picture), *things(picture))}
    size = said(shot.size)
    if shot.focus in framed:
        size = f"{size} of the {framed[shot.focus]}"
    move = said(shot.move) if moving and shot.move is not Move.static else ""
    if moving and shot.move is Move.static:
        move = said(Move.static)
    return joined(
        (size, said(shot.angle), said(shot.view), said(shot.lens), folded(shot.words, 24), move),
    )


def light(picture: Picture) -> str:
    """How it is lit, and the mood."""
    return joined((said(picture.light), folded(picture.light_words, 24), said(picture.mood)))


def style(picture: Picture, look: str = "") -> str:
    """The look of the whole film; ``look`` (a setting) stands instead of the film's own style."""
    own = folded(look)
    return own or joined((said(picture.style), folded(picture.style_words, 40)))


def look_of(settings: Mapping[str, Any]) -> str:
    """The setting ``look``."""
    return str(settings.get("look") or "")


def negative(settings: Mapping[str, Any], always: str = UNWANTED) -> str:
    """What is not to be seen: the family's words, and those of the setting ``negative``."""
    return joined((always, folded(str(settings.get("negative") or ""))))


def told(request: Worded, most: int = 60) -> str:
    """What happens: in the request's own words where it has some, else as the picture tells it."""
    own = folded(str(getattr(request, "words", "")), most)
    return own or lead(request.picture, most)


def moment(request: Worded) -> str:
    """Which moment a still shows, or how a clip begins and ends; empty where that is not known.

    A still at 0 shows the opening, at 100 the closing state; in between, the middle of the action.
    """
    opening, closing = folded(request.picture.opening, 40), folded(request.picture.closing, 40)
    if isinstance(request, Still):
        if request.sheet or request.moment == 0:
            return "" if request.sheet else opening
        if request.moment == 100:
            return closing or "the action is over"
        return "in the middle of the action"
    begins = f"at first {opening}" if opening and not isinstance(request, Extend) else ""
    ends = closing and not (isinstance(request, Extend) and request.last is None)
    return joined((begins, f"in the end {closing}" if ends else ""))


def sheet(request: Still) -> str:
    """What a reference sheet shows and how; empty for any other still. Nothing of the shot is in it."""
    if not request.sheet:
        return ""
    if request.sheet == "plate":
        return joined((table("Sheet")["plate"], place(request.picture), said(request.picture.light)))
    kind = table("Sheet" if request.picture.figures else "SheetOfThing")[request.sheet]
    one = next(iter((*subjects(request.picture), *things(request.picture))), None)
    shown = joined((one.phrase, one.words)) if one else ""
    return joined((kind, shown, "plain light grey background, even light"))


def images(request: Worded) -> dict[str, tuple[int, ...]]:
    """Entity -> the numbers, from 1, of the reference images that show it."""
    picture = request.picture
    found: dict[str, tuple[int, ...]] = {}
    entities: list[FigureIn | ThingIn | PlaceIn] = [*picture.figures, *picture.things, picture.place]
    for entity in entities:
        numbers = [n for n, a in enumerate(request.anchors, 1) if a.key in entity.references]
        if numbers:
            found[entity.id] = tuple(numbers)
    return found


def of_images(numbers: tuple[int, ...]) -> str:
    """``image 1``; ``images 1 and 2``."""
    return f"image{'s' * (len(numbers) > 1)} {listed(map(str, numbers))}"


def bound(request: Worded) -> list[str]:
    """What each reference shows: ``the baker is the one in image 1``, ``image 2 shows the place``."""
    numbers = images(request)
    said_of = [
        f"the {s.head} is the one in {of_images(numbers[s.entity])}"
        for s in (*subjects(request.picture), *things(request.picture))
        if s.entity in numbers
    ]
    here = numbers.get(request.picture.place.id)
    if here:
        said_of.append(f"{of_images(here)} show{'s' * (len(here) == 1)} the place")
    return said_of
