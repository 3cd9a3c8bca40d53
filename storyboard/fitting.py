"""Fitting: lengths of shots and cards, so that every line is heard and the film has the asked length."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise
from math import ceil
from typing import TypedDict

from .credits import CREDITS
from .errors import Unmeetable
from .film import Card, Film, Shot
from .rate import Rate
from .timeline import (
    BREATH_FRAMES,
    heard_in,
    items,
    leads_its_picture,
    spoken_frames,
    trails_its_picture,
)
from .vocabulary import OVERLAPPED, ShotSize

LEAST_SHOT_SECONDS = Fraction(3, 2)
"""No shot is cut shorter: a picture must be read."""
LEAST_CARD_SECONDS = Fraction(1, 2)
"""No card is shown shorter, however short the film."""
READ_CARD_SECONDS = Fraction(3, 2)
"""A card that is shown shorter is hardly read."""
CARD_SECONDS = Fraction(3)
LEAD_SECONDS = Fraction(2, 5)

LONGEST_SILENCE = 4
"""Seconds without a voice, in a film with lines, that a shot with lines may hold; longer ones are written as
shots without lines."""

_WEIGHTS = {
    ShotSize.extreme_wide: 5,
    ShotSize.wide: 4,
    ShotSize.full: 3,
    ShotSize.insert: 1,
    ShotSize.extreme_close: 1,
}
_USUAL_WEIGHT = 2
_LAST_SHOT_WEIGHT = 3
"""Added for the last shot of the film, and one for the last of a scene: endings are held."""
_HANDLE_OF_LEAD = 3
"""Of the time a shot has to spare, one part in so many stands before its first line."""


class Fitting(TypedDict):
    """Frames of every shot and card, and of every shot's picture before its first line, by id."""

    frames: dict[str, int]
    leads: dict[str, int]


@dataclass
class _Part:
    """One item: what it must have, what it would like to have, and its share of spare time."""

    item: str
    least: int
    wish: int
    weight: int
    heard: int = 0
    lead_wish: int = 0
    lead_least: int = 0
    is_card: bool = False


def fit(film: Film) -> Fitting:
    """Lengths and leads for ``film``; apply them with a ``Retime`` edit.

    Afterwards every line ends at least ``BREATH_FRAMES`` before its shot does, unless the shot's sound is to
    trail it, no shot is shorter than 1.5 s, and where ``brief.seconds`` is set the sum over cards and shots
    is exactly ``rate.frames(brief.seconds)``. Lines count as measured where they were, else as estimated.
    Lengths that already hold are returned unchanged, so fitting twice is fitting once.

    Shots with lines hold at most ``LONGEST_SILENCE`` seconds without a voice, as long as there are shots
    without lines to take the rest. In a film too short for all wishes, pauses of the shots give way first,
    then leads, then cards. Raises ``Unmeetable`` where even the least lengths do not fit, naming what needs
    the time.
    """
    rate = film.settings.rate
    total = None if film.brief.seconds is None else rate.frames(film.brief.seconds)
    if _holds(film, total):
        lengths = {item.id: item.frames for item in items(film)}
        return _fitting(film, lengths, {shot.id: shot.lead for shot in film.shots})
    parts = _split(film, _parts(film))
    if total is not None and sum(p.least for p in parts) > total:
        parts = _parts(film)
    if total is None:
        frames = {p.item: max(p.wish, p.least + p.lead_wish) for p in parts}
        leads = {p.item: p.lead_wish for p in parts if not p.is_card}
        return _fitting(film, frames, leads)
    needed = sum(p.least for p in parts)
    if needed > total:
        raise _too_long(film, parts, needed)
    readable = _up(rate, READ_CARD_SECONDS)
    frames, leads = _shared(parts, total - needed, rate.frames(LONGEST_SILENCE), readable)
    return _fitting(film, frames, leads)


def _fitting(film: Film, frames: dict[str, int], leads: dict[str, int]) -> Fitting:
    """What a ``Retime`` takes: all but the credits, which have a length of their own."""
    set_ = {item: n for item, n in frames.items() if item != CREDITS}
    return Fitting(frames=set_, leads=leads | _unused_leads(film))


def _unused_leads(film: Film) -> dict[str, int]:
    """Leads of shots whose sound leads: they stay for the day on which it does not."""
    pairs = pairwise(items(film))
    return {b.id: b.lead for a, b in pairs if isinstance(b, Shot) and leads_its_picture(b, a)}


def cards_are_read(film: Film) -> bool:
    """Whether every card is shown for long enough to be read."""
    fewest = _up(film.settings.rate, READ_CARD_SECONDS)
    return all(card.frames >= fewest for card in (film.opening, film.ending) if card is not None)


def least_length(film: Film) -> int:
    """The least frames that the film's shots with their lines and its cards can have together."""
    return sum(part.least for part in _parts(film))


def least_frames(rate: Rate, shots: int, cards: int = 2) -> int:
    """The shortest film of so many silent shots and cards, in frames."""
    return shots * _up(rate, LEAST_SHOT_SECONDS) + cards * _up(rate, LEAST_CARD_SECONDS)


def least_seconds(rate: Rate, frames: int) -> int:
    """The least whole number of seconds that holds so many frames at the rate."""
    seconds = max(1, ceil(Fraction(frames) / rate.fps) - 1)
    while rate.frames(seconds) < frames:
        seconds += 1
    return seconds


def _up(rate: Rate, seconds: Fraction) -> int:
    return ceil(seconds * rate.fps)


def heard(film: Film, shot: Shot) -> int:
    """Frames from the first word of a shot to a breath after its last; 0 without lines."""
    return sum(spoken_frames(film, line)[0] + BREATH_FRAMES for line in shot.lines)


def _holds(film: Film, total: int | None) -> bool:
    least = _up(film.settings.rate, LEAST_SHOT_SECONDS)
    needs = heard_in(film)
    room = all(s.frames >= max(least, needs[s.id].needs) for s in film.shots)
    cards = [c for c in (film.opening, film.ending) if c]
    shown = all(c.frames >= _up(film.settings.rate, LEAST_CARD_SECONDS) for c in cards)
    return room and shown and (total is None or sum(i.frames for i in items(film)) == total)


def _parts(film: Film) -> list[_Part]:
    rate = film.settings.rate
    least = _up(rate, LEAST_SHOT_SECONDS)
    scene_ends = {a.id for a, b in zip(film.shots, film.shots[1:], strict=False) if a.scene != b.scene}
    parts = []
    for item in items(film):
        if isinstance(item, Card):
            shown, fewest = rate.frames(CARD_SECONDS), _up(rate, LEAST_CARD_SECONDS)
            if item.id == CREDITS:
                shown = fewest = item.frames
            parts.append(_Part(item.id, fewest, shown, 0, is_card=True))
            continue
        spoken = heard(film, item)
        lead = 0
        if spoken:
            eased = item.overlap if item.opens in OVERLAPPED else 0
            lead = max(rate.frames(LEAD_SECONDS), min(eased, rate.frames(1)))
        weight = _WEIGHTS.get(item.camera.size, _USUAL_WEIGHT)
        weight += _LAST_SHOT_WEIGHT * (item is film.shots[-1]) + (item.id in scene_ends)
        must = max(least, spoken)
        parts.append(_Part(item.id, must, max(item.frames, must), weight, spoken, lead_wish=lead))
    return parts


def _split(film: Film, parts: list[_Part]) -> list[_Part]:
    """The parts with room for sound that leads or trails its picture: what a shot is spared the one beside it
    keeps free. Where a film is too short for that, the sound leads and trails by less."""
    rate, order = film.settings.rate, items(film)
    least = _up(rate, LEAST_SHOT_SECONDS)
    for number, (shot, after) in enumerate(pairwise(order)):
        if not isinstance(shot, Shot) or not isinstance(after, Shot):
            continue
        one, other = parts[number], parts[number + 1]
        if leads_its_picture(after, shot):
            early = min(after.sound_early, spoken_frames(film, after.lines[0])[0] // 2)
            one.heard += early if shot.lines else 0
            other.heard, other.lead_wish = other.heard - early, 0
            one.least = max(one.least, one.heard + one.lead_least)
            if not shot.lines:
                one.least = max(one.least, one.lead_least + early + BREATH_FRAMES)
            other.least = max(least, other.heard)
        elif trails_its_picture(shot, after):
            late = min(shot.sound_late, spoken_frames(film, shot.lines[-1])[0] // 2) + BREATH_FRAMES
            one.heard -= late
            one.least = max(least, one.heard + one.lead_least)
            other.lead_least, other.lead_wish = late, max(other.lead_wish, late)
            other.least = max(other.least, late + other.heard)
    for part in parts:
        part.wish = max(part.wish, part.least)
    return parts


def _shared(
    parts: Sequence[_Part], spare: int, most_silent: int, readable: int
) -> tuple[dict[str, int], dict[str, int]]:
    """Least lengths plus ``spare`` frames: cards first, then leads, then pauses, then by weight; silence of
    more than ``most_silent`` frames goes to shots without lines. A card of ``readable`` frames is read."""
    frames = {p.item: p.least for p in parts}
    shots = [p for p in parts if not p.is_card]
    cards = {p.item: p.wish - p.least for p in parts if p.is_card}
    # A title must be read: cards come first, but past that never take more than half of what is to spare.
    hardly = {p.item: min(p.wish, readable) - p.least for p in parts if p.is_card and p.least < readable}
    spare -= _give(frames, hardly, spare)
    cards = {item: more - hardly.get(item, 0) for item, more in cards.items()}
    spare -= _give(frames, cards, min(spare, sum(cards.values()), max(spare // 2, 0)))
    leads = {p.item: max(0, p.lead_wish - (p.least - p.heard)) for p in shots if p.heard}
    spare -= _give(frames, leads, spare)
    pauses = {p.item: max(0, min(p.wish, p.least * 2) - frames[p.item]) for p in shots}
    spare -= _give(frames, pauses, spare)
    if spare:
        weights = {p.item: p.weight for p in shots} or {p.item: 1 for p in parts}
        if not sum(weights.values()):
            weights = dict.fromkeys(weights, 1)
        for item, extra in _shares(weights, spare).items():
            frames[item] += extra
    _quieted(shots, frames, most_silent)
    return frames, {p.item: _lead(p, frames[p.item]) for p in shots}


def _quieted(shots: Sequence[_Part], frames: dict[str, int], most: int) -> None:
    """Give silence of more than ``most`` frames in shots with lines to those without, if there are any."""
    silent = {p.item: p.weight for p in shots if not p.heard}
    if not silent:
        return
    taken, ahead = 0, 0
    for part in reversed(shots):
        if part.heard:
            # What follows the last word here, and the picture before the next word, are one silence.
            room = max(part.least, part.heard + part.lead_wish, part.heard + most - BREATH_FRAMES - ahead)
            ahead = 2 * part.lead_wish
            excess = max(0, frames[part.item] - room)
            frames[part.item] -= excess
            taken += excess
    weights = silent if sum(silent.values()) else dict.fromkeys(silent, 1)
    for item, extra in _shares(weights, taken).items():
        frames[item] += extra


def _lead(part: _Part, frames: int) -> int:
    """The wished lead where there is room for it, and a third of the rest up to as much again."""
    if not part.heard:
        return 0
    room = frames - part.heard
    first = min(room, part.lead_wish)
    return first + min((room - first) // _HANDLE_OF_LEAD, part.lead_wish)


def _give(frames: dict[str, int], wishes: Mapping[str, int], spare: int) -> int:
    """Add what each wishes, or as large an equal part of it as there is; returns what was given."""
    wanted = sum(wishes.values())
    if wanted <= spare:
        given = dict(wishes)
    else:
        given = _shares(wishes, spare)
    for item, extra in given.items():
        frames[item] += extra
    return sum(given.values())


def _shares(weights: Mapping[str, int], amount: int) -> dict[str, int]:
    """Whole shares of ``amount`` in proportion to the weights, by largest remainders; exact in sum."""
    whole = sum(weights.values())
    shares = {item: amount * weight // whole for item, weight in weights.items()}
    left = amount - sum(shares.values())
    order = sorted(weights, key=lambda item: -(amount * weights[item] % whole))
    for item in order[:left]:
        shares[item] += 1
    return shares


def _too_long(film: Film, parts: Sequence[_Part], needed: int) -> Unmeetable:
    rate = film.settings.rate
    nearest = least_seconds(rate, needed)
    asked = film.brief.seconds
    talk = sum(p.heard for p in parts)
    if talk * 2 > needed:
        longest = max(parts, key=lambda p: p.heard)
        shot = film.shot(longest.item)
        return Unmeetable(
            f"A film of {asked} s cannot hold its spoken lines: with {len(film.shots)} shots and their "
            f"breaths they need {float(rate.seconds(needed)):.1f} s. The longest is in shot {shot.id}: "
            f"{_short(shot.lines[0].words)} ({float(rate.seconds(longest.heard)):.1f} s). "
            f"The nearest length that can is {nearest} s; or shorten the lines. Nothing was changed."
        )
    return Unmeetable(
        f"{len(film.shots)} shots of at least 1.5 s each, their lines and the cards do not fit into "
        f"{asked} s. The nearest length that can is {nearest} s; or take shots out. Nothing was changed."
    )


def _short(words: str) -> str:
    return repr(words if len(words) <= 60 else words[:57] + "...")
