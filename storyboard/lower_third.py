"""Lower thirds: a name and a role over the picture, and who is introduced where.

Pure. A shot's own lower third is a person's; with ``Settings.lower_thirds`` everybody gets one in the first
shot in which they can be told by their face and there is time to read it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from pydantic import Field

from .schema import Data, Name
from .vocabulary import Facing, Mood, Opening, ShotSize, Side, Style

if TYPE_CHECKING:
    from .film import CastMember, Film, Shot
    from .timeline import Clip

USUAL_SECONDS = 3.0
LEAST_SECONDS = 1.6
"""That a name stays, at the least; where there is less time, the next shot introduces."""
AFTER_SECONDS = 0.5
"""From the opening of the shot (after its dissolve or fade) to a name that is set by itself."""
_BESIDE_FRAMES = 6
"""Between two names in one shot, and before the end of the shot."""
_LEFT, _RIGHT = (Side.left, Side.far_left), (Side.right, Side.far_right)
_TOO_FAR = (ShotSize.extreme_wide, ShotSize.insert, ShotSize.extreme_close)


class LowerThird(Data):
    """What stands over a shot, from frame ``start`` of it on."""

    heading: Name = Field(min_length=1)
    body: Name = ""
    start: int = Field(12, ge=0, le=1_000_000)
    frames: int = Field(72, ge=1, le=100_000)
    right: bool = False
    """At the right side, where it stands at the left else; so do names written from right to left."""


class Third(Data):
    """A lower third where it stands in the film, with what its look comes from."""

    start: int
    frames: int
    heading: Name
    body: Name = ""
    right: bool = False
    style: Style
    mood: Mood


def thirds(film: Film, clips: tuple[Clip, ...]) -> tuple[Third, ...]:
    """All lower thirds of a film, in order, none over another."""
    if film.story is None:
        return ()
    here = {clip.item: number for number, clip in enumerate(clips)}
    found: list[Third] = []
    for shot, third in _wanted(film, clips, here):
        clip = clips[here[shot.id]]
        frames = min(third.frames, clip.frames - third.start)
        if frames > 0:
            found.append(
                Third(
                    start=clip.start + third.start,
                    frames=frames,
                    heading=third.heading,
                    body=third.body,
                    right=third.right,
                    style=film.settings.style,
                    mood=film.story.mood,
                )
            )
    return tuple(found)


def unseen(film: Film) -> list[str]:
    """What to tell of lower thirds that a person set and that begin after their shot ends."""
    return [
        f"{shot.id}: the lower third {shot.lower_third.heading!r} is not seen. It is to begin "
        f"{shot.lower_third.start} frames into the shot, which lasts {shot.frames}: set it anew."
        for shot in film.shots
        if shot.lower_third is not None and shot.lower_third.start >= shot.frames
    ]


def _wanted(
    film: Film, clips: tuple[Clip, ...], here: Mapping[str, int]
) -> Iterator[tuple[Shot, LowerThird]]:
    introduced: set[str] = set()
    for shot in film.shots:
        if shot.lower_third is not None:
            introduced |= {i for i, c in film.characters.items() if c.name == shot.lower_third.heading}
            yield shot, shot.lower_third
        elif film.settings.lower_thirds:
            number = here[shot.id]
            after = clips[number + 1] if number + 1 < len(clips) else None
            darkens = after.overlap if after is not None and after.opens is Opening.fade else 0
            yield from ((shot, one) for one in _introductions(film, shot, clips[number], darkens, introduced))


def _at_the_right(member: CastMember, *, alone: bool) -> bool:
    """Where a name stands: beside others on the side of its bearer; alone behind the back of whoever it is,
    where neither face nor hands are."""
    if not alone:
        return member.side in _RIGHT
    if member.side in (*_LEFT, *_RIGHT):
        return member.side in _LEFT
    return member.facing is Facing.left


def _introductions(
    film: Film, shot: Shot, clip: Clip, darkens: int, introduced: set[str]
) -> Iterator[LowerThird]:
    """The names of those who are seen here first, one after the other, as long as there is time."""
    if shot.camera.size in _TOO_FAR:
        return
    fps = float(film.settings.rate.fps)
    at, last = clip.overlap + round(AFTER_SECONDS * fps), clip.frames - darkens - _BESIDE_FRAMES
    seen = sorted(shot.cast, key=lambda member: member.entity != (shot.camera.focus or shot.event.actor))
    for member in seen:
        frames = min(round(USUAL_SECONDS * fps), last - at)
        if member.entity in introduced or frames < round(LEAST_SECONDS * fps):
            continue
        introduced.add(member.entity)
        character = film.characters[member.entity]
        name, role = character.name.strip(), character.noun.strip()
        if not name:
            continue
        body = "" if role.casefold() in name.casefold() else role[:1].upper() + role[1:]
        right = _at_the_right(member, alone=len(shot.cast) == 1)
        heading = name[:1].upper() + name[1:]
        yield LowerThird(heading=heading, body=body, start=at, frames=frames, right=right)
        at += frames + _BESIDE_FRAMES
