"""Following: what a part of a sentence pointed at is remembered for the parts after it."""

from __future__ import annotations

import re

from ...storyboard.film import Film
from .bodies import PART
from .marks import Marked
from .wish import Thread

_LED = re.compile(
    r"(?:(?:and|but|then|so|ok|also) )*(?:only |just )?(?:in|at|for|from|during|on|between) (?:the )?@[sc]\d+"
)


def lead(thread: Thread, film: Film, part: Marked) -> None:
    """A part that only says where holds for all parts after it."""
    follow(thread, film, part)
    shots = tuple(i for r in part.of("shot") for i in r.ids)
    scenes = tuple(i for r in part.of("scene") for i in r.ids)
    if scenes:
        shots = shots or tuple(s.id for s in film.shots if s.scene in scenes)
    thread.led, thread.led_scenes = shots, scenes
    if part.of("narrator"):
        thread.topic = "voice"


def follow(thread: Thread, film: Film, part: Marked) -> None:
    """Remember what a part pointed at, for the parts after it."""
    shots = tuple(dict.fromkeys(i for r in part.of("shot") for i in r.ids))
    scenes = tuple(dict.fromkeys(i for r in part.of("scene") for i in r.ids))
    if scenes:
        thread.scenes = scenes
        thread.shots = tuple(s.id for s in film.shots if s.scene in scenes)
    if shots:
        thread.shots, thread.scenes = shots, ()
    if (shots or scenes) and _LED.match(part.text):
        thread.led = shots or thread.shots
        thread.led_scenes = scenes
    if worn := PART.search(part.text):
        thread.part = worn[1]
    _places(thread, film, part, bool(shots or scenes))
    for ref in part.of("being", "thing"):
        if len(ref.ids) == 1:
            thread.entities = (*(e for e in thread.entities if e != ref.ids[0]), ref.ids[0])
    if part.of("card"):
        thread.cards = tuple(i for r in part.of("card") for i in r.ids)
    elif shots or scenes or part.of("being", "thing"):
        thread.cards = ()
    if part.of("narrator"):
        thread.topic = "voice"
    elif part.of("music"):
        thread.topic = "music"


def _places(thread: Thread, film: Film, part: Marked, pointed: bool) -> None:
    if (where := re.search(r"\b(?:for|in|at|over) (@p\d+)", part.text)) and not pointed:
        ids = part.ref(where[1]).ids
        there = tuple(s.id for s in film.scenes.values() if s.place in ids)
        if there:
            thread.scenes = there
    if (
        at := re.match(r"(?:(?:and|but|then) )*(?:only )?(?:in|at|on) (@p\d+)\b", part.text)
    ) and not thread.led:
        ids = part.ref(at[1]).ids
        thread.led = tuple(s.id for s in film.shots if film.scenes[s.scene].place in ids)
