"""Constraints: what a person asked for that must hold, checked and never merely asked of a writer."""

from __future__ import annotations

from typing import Literal

from .errors import Unmeetable
from .film import Brief, Film, Settings
from .fitting import LEAST_CARD_SECONDS, LEAST_SHOT_SECONDS, heard, least_frames, least_seconds
from .schema import Data, Text
from .timeline import items
from .vocabulary import LineKind

QUICKEST = (155, 185)
"""Lines may be spoken this much quicker (from, to, in words a minute) before they count as too many."""
LONGEST_SHOT_FRAMES = 1_000_000
"""The most frames a shot can have (``Shot.frames``)."""


class Broken(Data):
    """A constraint that a film does not keep."""

    constraint: Literal["seconds", "shots", "characters", "dialogue", "empty"]
    words: Text
    """What is wrong and what would be right, fit to be given back to a writer."""


def check(film: Film) -> list[Broken]:
    """The constraints of the film's brief that the film does not keep; empty where all hold.

    A film whose lines are only estimated is allowed ``QUICKEST`` before it counts as too long; one that
    is merely not timed yet is not broken.
    """
    if film.story is None or not film.shots:
        return [Broken(constraint="empty", words="There are no shots. Write at least one.")]
    brief = film.brief
    broken = []
    if brief.shots is not None and len(film.shots) != brief.shots:
        broken.append(
            Broken(
                constraint="shots",
                words=f"Exactly {brief.shots} shots were asked for; there are {len(film.shots)}. "
                + _difference(brief.shots - len(film.shots), "shot"),
            )
        )
    people = film.story.characters
    if brief.characters is not None and len(people) > brief.characters:
        named = ", ".join(c.name for c in people)
        broken.append(
            Broken(
                constraint="characters",
                words=f"At most {brief.characters} characters were asked for; there are "
                f"{len(people)}: {named}. " + _difference(brief.characters - len(people), "character"),
            )
        )
    talk = [li for shot in film.shots for li in shot.lines if li.kind is LineKind.dialogue]
    if not brief.dialogue and talk:
        broken.append(
            Broken(
                constraint="dialogue",
                words=f"No dialogue was asked for; {len(talk)} lines are spoken by characters, the first: "
                f"{talk[0].words[:80]!r}. Leave them out or let the narrator tell them.",
            )
        )
    if brief.seconds is not None and (long := _too_long(film, brief.seconds)):
        broken.append(long)
    return broken


def _difference(missing: int, what: str) -> str:
    count = abs(missing)
    return f"{'Add' if missing > 0 else 'Take out'} {count} {what}{'s' if count != 1 else ''}."


def needed_seconds(film: Film) -> int:
    """The least whole seconds that hold the film's shots, cards and lines, these spoken ``QUICKEST``."""
    needed, _ = _needed(film)
    return least_seconds(film.settings.rate, needed)


def _needed(film: Film) -> tuple[int, int]:
    """(frames of everything at the least, frames of them that are heard)."""
    rate = film.settings.rate
    cards = sum(1 for card in (film.opening, film.ending) if card)
    silent = least_frames(rate, 1, 0)
    slow, quick = QUICKEST
    measured = all(line.id in film.decisions.spoken for shot in film.shots for line in shot.lines)
    spoken = [heard(film, shot) for shot in film.shots]
    if not measured:
        spoken = [-(-frames * slow // quick) for frames in spoken]
    return sum(max(silent, frames) for frames in spoken) + least_frames(rate, 0, cards), sum(spoken)


def _too_long(film: Film, seconds: int) -> Broken | None:
    rate = film.settings.rate
    total = rate.frames(seconds)
    needed, talk = _needed(film)
    if needed <= total:
        return None
    cards = sum(1 for card in (film.opening, film.ending) if card)
    words = sum(len(line.words.split()) for shot in film.shots for line in shot.lines)
    if talk * 2 < needed:
        cure = f"Use at most {most_shots(rate.frames(seconds), film.settings, cards)} shots."
    else:
        room = total - (needed - talk)
        cure = f"Cut the spoken words from {words} to about {max(0, words * room // max(1, talk))}."
    return Broken(
        constraint="seconds",
        words=f"The film is to last {seconds} s, but its {len(film.shots)} shots and their lines need "
        f"{least_seconds(rate, needed)} s. {cure}",
    )


def most_shots(frames: int, settings: Settings, cards: int = 2) -> int:
    """How many shots of the least length fit into so many frames, beside the cards; at least 0."""
    left = frames - least_frames(settings.rate, 0, cards)
    return max(0, left // least_frames(settings.rate, 1, 0))


def nearest(brief: Brief, settings: Settings) -> None:
    """Check the brief before anything is made.

    Raises ``Unmeetable``, naming what cannot hold together and the nearest that can; returns None where
    all can.
    """
    if brief.seconds is None:
        return
    total = settings.rate.frames(brief.seconds)
    shots = brief.shots or 1
    needed = least_frames(settings.rate, shots)
    if needed > total:
        can = least_seconds(settings.rate, needed)
        fits = most_shots(total, settings)
        parts = f"{shots} shot{'s' if shots != 1 else ''} of at least {float(LEAST_SHOT_SECONDS)} s"
        cards = f"a title and an end card of at least {float(LEAST_CARD_SECONDS)} s each"
        other = f", or {fits} shot{'s' if fits != 1 else ''} in {brief.seconds} s" if fits else ""
        raise Unmeetable(
            f"A film of {brief.seconds} s cannot hold {parts} with {cards}. "
            f"The nearest that can: {can} s{other}. Nothing was made."
        )
    if brief.shots is not None and total > brief.shots * LONGEST_SHOT_FRAMES:
        need = -(-total // LONGEST_SHOT_FRAMES)
        raise Unmeetable(
            f"A film of {brief.seconds} s at {settings.rate} frames a second in {brief.shots} shots would "
            f"need shots of more than {LONGEST_SHOT_FRAMES:,} frames. The nearest that can: {need} shots. "
            "Nothing was made."
        )


def timed(film: Film) -> bool:
    """Whether the film has exactly the length that was asked for."""
    seconds = film.brief.seconds
    return seconds is None or sum(i.frames for i in items(film)) == film.settings.rate.frames(seconds)
