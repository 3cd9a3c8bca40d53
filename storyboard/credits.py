"""End credits: who really made what, and for how long it is shown. Pure.

What is told is a function of the film and of who made its pictures: those of the plan, or, once the film is
cut, those of the takes that are in it (``Decisions.credits``).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from fractions import Fraction
from math import ceil
from typing import TYPE_CHECKING

from .schema import Data, Name, Text

if TYPE_CHECKING:
    from .film import Brief, Card, Film
    from .looks import Voice

CREDITS = "credits"
"""Id of the card, which no shot has."""
PROGRAM = "Photoplay"
_LEAST_SECONDS, _MOST_SECONDS = Fraction(4), Fraction(40)
_SECONDS_A_ROW = Fraction(1, 2)
_USUAL_ROWS = 6
"""Writer, pictures, music, effects, program and a row of air."""
MOST_VOICES = 60
"""Voices that are named each; more are counted."""
_WRITERS = {"outline": f"{PROGRAM}'s outline writer"}
BROUGHT = frozenset({"script", "segments"})
"""Writers that only set what a person brought, word for word."""
_AUTHOR = re.compile(r"^(?:written by|screenplay by|story by|by) (.+)$", re.IGNORECASE)
_MAKERS = {"espeak": "eSpeak NG", "animatic": f"{PROGRAM}'s animatic", "cards": PROGRAM, "score": PROGRAM}
_COMMIT = re.compile(r"\b([0-9a-f]{10})[0-9a-f]{20,54}\b")
_NO_WEIGHTS = frozenset({"", "none", "None", "builtin"})


class Credit(Data):
    """A part of the work, and who did it, each on a line."""

    role: Name
    names: tuple[Text, ...]


def credits_card(film: Film) -> Card | None:
    """The card of the end credits, as long as reading them takes; None for a film that has none."""
    from .film import Card

    if not film.settings.credits or film.story is None or not film.shots:
        return None
    rows = _USUAL_ROWS + min(MOST_VOICES + 1, len(_voices(film)))
    seconds = min(_MOST_SECONDS, max(_LEAST_SECONDS, 1 + rows * _SECONDS_A_ROW))
    frames = round(seconds * film.settings.rate.fps)
    return Card(id=CREDITS, heading=film.story.title or PROGRAM, frames=frames)


def story_brief(film: Film) -> Brief:
    """The brief for whoever writes: of the asked length, what the end credits leave for the story."""
    brief = film.brief
    if not film.settings.credits or brief.seconds is None or brief.seconds < 3 * _LEAST_SECONDS:
        return brief
    return brief.model_copy(update={"seconds": brief.seconds - ceil(_LEAST_SECONDS)})


def credits_of(
    film: Film, pictures: Mapping[str, Iterable[str]], licences: Mapping[str, str | None]
) -> tuple[Credit, ...]:
    """What the credits tell. ``pictures``: renderer -> identities of the weights that it drew with;
    ``licences`` of those that have one."""
    music, footage = film.settings.music, any(shot.plate is not None for shot in film.shots)
    told = [
        Credit(role="Written by", names=(_writer(film),)),
        Credit(role="Pictures", names=tuple(_pictures(pictures, licences))),
        Credit(role="Footage", names=("Of the film maker's own",) if footage else ()),
        Credit(role="Voices", names=tuple(_heard(film))),
    ]
    if music.kind == "own":
        told.append(Credit(role="Music", names=("A track of the film maker's own",)))
    elif music.kind == "composed":
        played = f", played by {_maker(music.player)}" if music.player else ""
        told.append(Credit(role="Music", names=(f"Composed by {PROGRAM}{played}",)))
    if film.settings.effects == "on":
        told.append(Credit(role="Sound effects", names=(PROGRAM,)))
    told.append(Credit(role="Made with", names=(PROGRAM,)))
    return tuple(credit for credit in told if credit.names)


def _writer(film: Film) -> str:
    """Who wrote it: the author that a script names, a model, or the program."""
    assert film.story is not None
    author = _AUTHOR.match(" ".join(film.story.logline.split()))
    if author is not None:
        return author[1]
    wrote = film.wrote
    if wrote is None:
        return "A person"
    if wrote.writer in BROUGHT:
        return "The author of the script"
    name = _WRITERS.get(wrote.writer, wrote.writer)
    return f"{wrote.model} ({name})" if wrote.model and wrote.model != wrote.writer else name


def _pictures(pictures: Mapping[str, Iterable[str]], licences: Mapping[str, str | None]) -> list[str]:
    found = []
    for name in sorted(pictures):
        for weights in sorted(set(pictures[name])):
            label = _maker(name)
            if weights not in _NO_WEIGHTS:
                label += ", " + _COMMIT.sub(r"\1", weights)
            if licence := licences.get(name):
                label += f" ({licence})"
            found.append(label)
    return list(dict.fromkeys(found))


def _maker(name: str) -> str:
    return _MAKERS.get(name, name)


def _voices(film: Film) -> list[tuple[str, Voice]]:
    """Who speaks, in the order of being heard first."""
    assert film.story is not None
    found: dict[str, Voice] = {}
    for shot in film.shots:
        for line in shot.lines:
            one = film.characters[line.speaker] if line.speaker else None
            name = one.name[:1].upper() + one.name[1:] if one else "Narrator"
            found.setdefault(name, one.voice if one else film.story.narrator)
    return list(found.items())


def _heard(film: Film) -> list[str]:
    voices = _voices(film)
    rows = [f"{name}: {_spoken_by(voice)}" for name, voice in voices[:MOST_VOICES]]
    more = len(voices) - len(rows)
    return rows + ([f"and {more} more"] if more else [])


def _spoken_by(voice: Voice) -> str:
    return _maker(voice.maker) + (f", voice {voice.named}" if voice.named else "")
