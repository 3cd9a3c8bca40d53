"""A shot in one line for a person: what happens, or who speaks where that is all there is."""

from __future__ import annotations

from .film import Film, Line, Shot


def told(film: Film, shot: Shot) -> str:
    """The shot's sentence; ``ANNA: words`` where it only has lines, ``(silent)`` where it has neither."""
    if shot.event.sentence.strip():
        return shot.event.sentence
    return " ".join(said(film, line) for line in shot.lines) or "(silent)"


def said(film: Film, line: Line) -> str:
    """A line with who says it."""
    who = film.characters[line.speaker].name if line.speaker in film.characters else "Narrator"
    return f"{who.upper()}: {line.words}"
