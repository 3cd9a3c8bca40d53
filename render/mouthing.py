"""Whose mouth moves when: the lines of those in a picture, for renderers that move mouths by them."""

from __future__ import annotations

from collections.abc import Container

from ..storyboard.film import Film, Shot
from ..storyboard.timeline import heard_in, heard_part
from ..storyboard.vocabulary import LineKind
from .requests import SpokenIn


def mouthed(film: Film, shot: Shot, seen: Container[str | None], skipped: int) -> tuple[SpokenIn, ...]:
    """Dialogue of those ``seen`` in a shot, in milliseconds from ``skipped`` milliseconds of its take on.

    ``shot`` is as it is cut: what is trimmed at its start is in the take, and lines stand in it where they
    are heard over the picture. A line that begins or ends under the shot beside is mouthed where it is heard,
    and nowhere else: who is heard and not seen moves nobody's mouth.
    """
    fps, heard, found = film.settings.rate.fps, heard_in(film)[shot.id], []
    whole = shot.head + shot.frames
    lines = {line.id: line for line in shot.lines}
    if heard.beside:
        lines |= {line.id: line for other in film.shots for line in other.lines}
    for cue in sorted((*heard.cues, *heard.beside), key=lambda cue: cue.start):
        line, start, frames = lines[cue.line], cue.start - heard.start + shot.head, cue.frames
        words = line.words
        if start < 0 or cue in heard.beside:
            first = max(shot.head if cue in heard.beside else 0, start)
            stop = min(start + frames, whole)
            words = heard_part(words, frames, first - start, whole - start)
            start, frames = first, stop - first
        begins, length = round(1000 * start / fps) - skipped, round(1000 * frames / fps)
        if line.speaker in seen and line.kind is LineKind.dialogue and begins + length > 0:
            told = max(0, begins), max(1, length + min(0, begins))
            found.append(SpokenIn(entity=line.speaker, start=told[0], milliseconds=told[1], words=words))
    return tuple(found)
