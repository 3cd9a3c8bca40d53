"""Constraints: what a person asked for that must hold, checked and never merely asked of a writer."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import Literal

from .credits import credits_card
from .edits import Edit, apply_all
from .errors import Unmeetable
from .film import Brief, Film, Settings, Shot
from .fitting import (
    LEAST_CARD_SECONDS,
    LEAST_SHOT_SECONDS,
    LONGEST_SILENCE,
    heard,
    least_frames,
    least_seconds,
)
from .schema import Data, Text
from .speaking import BEGINNING_MS
from .timeline import BREATH_FRAMES, items, spoken_frames, timeline
from .vocabulary import LineKind

QUICKEST = (155, 185)
"""The narrator may speak this much quicker (from, to, in words a minute) before lines count as too many.
Nobody else is ever made to."""
LONGEST_SHOT_FRAMES = 1_000_000
"""The most frames a shot can have (``Shot.frames``)."""


class Broken(Data):
    """A constraint that a film does not keep."""

    constraint: Literal["seconds", "shots", "characters", "dialogue", "empty", "locked"]
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
    measured = all(line.id in film.decisions.spoken for shot in film.shots for line in shot.lines)
    spoken = [heard(film, shot) if measured else _heard_quickly(film, shot) for shot in film.shots]
    credits = credits_card(film)
    shown = least_frames(rate, 0, cards) + (credits.frames if credits is not None else 0)
    return sum(max(silent, frames) for frames in spoken) + shown, sum(spoken)


def _heard_quickly(film: Film, shot: Shot) -> int:
    """As ``fitting.heard``, the narrator as quick as is pleasant."""
    slow, quick = QUICKEST
    told = [(line.speaker is None, spoken_frames(film, line)[0] + BREATH_FRAMES) for line in shot.lines]
    return sum(-(-frames * slow // quick) if narrator else frames for narrator, frames in told)


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
        spoken = [shot for shot in film.shots if shot.lines]
        lines = sum(len(shot.lines) for shot in spoken)
        fixed = sum(shot.lead for shot in spoken) + lines * (BREATH_FRAMES + rate.frames(BEGINNING_MS / 1000))
        room = total - (needed - talk) - fixed
        cure = f"Cut the spoken words from {words} to about {max(0, words * room // max(1, talk - fixed))}."
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


def constraints_after(film: Film, edits: Sequence[Edit]) -> list[Broken]:
    """The constraints that ``film`` keeps and would not keep any more after ``edits``; empty where all hold.

    Besides those of the brief: a locked character stays, and stays as it is. Who unlocks one does it by an
    edit of nothing else. Lengths are only too long where no timing could meet them. Raises as ``apply`` does.
    """
    after = apply_all(film, edits)
    known = {broken.constraint for broken in check(film)}
    new = [broken for broken in check(after) if broken.constraint not in known]
    return [*new, *_unlocked(film, after)]


def _unlocked(before: Film, after: Film) -> list[Broken]:
    """Locked characters of ``before`` that are gone or otherwise."""
    found = []
    for one in before.characters.values():
        now = after.characters.get(one.id)
        if not one.locked or (now is not None and now.model_copy(update={"locked": True}) == one):
            continue
        what = "be gone" if now is None else "be another"
        found.append(
            Broken(
                constraint="locked",
                words=f"{one.name} is locked and would {what}. Leave {one.name} as is, or unlock first.",
            )
        )
    return found


class Silence(Data):
    """A stretch without a voice that nobody wrote, in frames from ``start`` of the film."""

    shot: Text
    """The shot in which it begins."""
    start: int
    frames: int
    """Its length without shots and cards that are silent because no line is written in them."""


def silences(film: Film) -> list[Silence]:
    """Stretches of more than ``LONGEST_SILENCE`` without a voice inside of shots that have lines.

    A film without any line has none: its silence is written.
    """
    told = timeline(film)
    most = film.settings.rate.frames(LONGEST_SILENCE)
    speaking = {shot.id for shot in film.shots if shot.lines}
    voiced = sorted((cue.start, cue.start + cue.frames) for cue in told.cues)
    if not voiced:
        return []
    gaps = [(a[1], b[0]) for a, b in pairwise(voiced)]
    found = []
    for begin, end in [(0, voiced[0][0]), *gaps, (max(stop for _, stop in voiced), told.frames)]:
        inside = [
            (max(begin, c.start), min(end, c.start + c.frames), c.item)
            for c in told.clips
            if c.item in speaking and c.start < end and c.start + c.frames > begin
        ]
        length = sum(stop - start for start, stop, _ in inside)
        if length > most:
            found.append(Silence(shot=inside[0][2], start=inside[0][0], frames=length))
    return found
