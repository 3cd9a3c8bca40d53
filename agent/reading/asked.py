"""Answers about what shots hold, and about the story."""

from __future__ import annotations

import re

from ...storyboard.film import Film, Shot
from ...storyboard.timeline import items
from .index import everything
from .wish import Wish, length_words, told


def seconds_of(film: Film, frames: int) -> str:
    return f"{float(film.settings.rate.seconds(frames)):.1f} s"


def _clock(film: Film, frame: int) -> str:
    whole = int(float(film.settings.rate.seconds(frame)))
    return f"{whole // 60}:{whole % 60:02}"


def names_of(film: Film, ids: tuple[str, ...] | list[str]) -> str:
    every = everything(film)
    return ", ".join(every[i].name for i in ids) or "nobody"


def listed(shots: list[str]) -> str:
    return ", ".join(shots[:20]) + (f" and {len(shots) - 20} more" if len(shots) > 20 else "")


def shots_hold(wish: Wish, film: Film, text: str) -> str | None:
    """What a shot holds: for "what happens in shot 3", and for whatever else is asked about one."""
    if any(r.clock and not r.ids for r in wish.refs("shot")):
        return f"Nothing is seen then: {length_words(film)}."
    if not (
        wish.refs("shot", "scene") or any("shot" in r.words or "scene" in r.words for r in wish.refs("it"))
    ):
        return None
    shots = wish.shots(film)
    rows = [_row(film, film.shot(s)) for s in shots[:8]]
    held = " ".join(rows)
    if re.match(r"(?:what|which|describe|tell|show|list)\b", text) and not re.search(
        r"\b(?:would|if|should)\b", text
    ):
        return held
    why = "Why it was written so, or how it will be felt, the built-in reader cannot judge."
    return f"{why} What is there: {held} Nothing was changed."


def _row(film: Film, shot: Shot) -> str:
    start = next(at for item, at in _starts(film) if item == shot.id)
    lines = "".join(
        f" {'Narrator' if ln.speaker is None else film.characters[ln.speaker].name}: {ln.words!r}."
        for ln in shot.lines
    )
    camera = shot.camera
    return (
        f"{shot.id} ({_clock(film, start)}, {seconds_of(film, shot.frames)}, {camera.size}, "
        f"{camera.angle}): {shot.event.sentence}{lines}"
    )


def _starts(film: Film) -> list[tuple[str, int]]:
    found, at = [], 0
    for item in items(film):
        found.append((item.id, at))
        at += item.frames
    return found


def story_tells(wish: Wish, film: Film, text: str) -> str | None:
    """A question about somebody of the film that has no answer in its data: what is told of them."""
    if re.search(
        (
            r"\b(?:what can (?:i|you)|help|which commands|how do i|how does this work|what do you "
            r"understand|what else can)\b"
        ),
        text,
    ):
        return HELP
    if not wish.refs("being", "thing", "place", "film", "it") and not re.search(
        r"\b(?:story|film|ending|plot|end)\b", text
    ):
        return None
    every = everything(film)
    ids = [i for r in wish.refs("being", "thing", "place") for i in r.ids if i in every]
    shots = [
        s for s in film.shots if ids and ids[0] in {m.entity for m in s.cast} | {u.entity for u in s.props}
    ]
    if ids and re.match(r"(?:is|does|are|do|has|why|how|what)\b", text):
        best = [told(film, s.id) for s in shots[:6]]
        return (
            f"The film does not say more than this of {every[ids[0]].name}: {'; '.join(best)}. Nothing "
            f"was changed."
        )
    if re.match(r"(?:why|how|is|are|does|do|will|would|should|can|what)\b", text):
        return (
            f"That the built-in reader cannot judge. The film: "
            f"{film.story.logline if film.story else ''} ({length_words(film)}, {len(film.shots)} shots)"
            f". Nothing was changed."
        )
    return None


HELP = (
    'Say, for instance: "make the keeper older", "scene 2 at night", "hold on shot 4 two seconds '
    'longer", "remove shot 3", '
    '"add a close-up of the lantern after shot 4", "narrator slower", "call the whale Pearl", '
    '"undo", "what happens at 0:32?".'
)
