"""What a change makes of the brief: constraints that would not hold any more, and the nearest that can."""

from __future__ import annotations

from ...storyboard.constraints import check
from ...storyboard.edit_types import Edit, SetBrief, SetNarrator
from ...storyboard.edits import apply
from ...storyboard.errors import Unmeetable
from ...storyboard.film import Brief, Film
from ...storyboard.fitting import fit, least_length, least_seconds
from ..filming import QUICKEST_PACE


def loosened(before: Film, after: Film) -> tuple[list[str], list[Edit]]:
    """What of the brief ``after`` does not keep though ``before`` does: in words, and the edit of the brief
    to the nearest that can; both empty where all holds.

    Nothing of a brief is given up by this: it is what a person is asked.
    """
    if after.story is None or not after.shots:
        return [], []
    known = {broken.constraint for broken in check(before)}
    new = {broken.constraint for broken in check(after)} - known
    if "seconds" not in known and not _fits(after):
        new.add("seconds")
    words, brief = [], after.brief
    for constraint in ("shots", "characters", "dialogue", "seconds"):
        if constraint in new:
            said, brief = _nearest(constraint, after, brief)
            words.append(said)
    return words, [SetBrief(brief=brief)] if brief != after.brief else []


def _fits(film: Film) -> bool:
    """Whether lines, shots and cards fit the asked length, at the quickest pace that is pleasant."""
    assert film.story is not None
    try:
        fit(film)
    except Unmeetable:
        quick = film.story.narrator.model_copy(
            update={"pace": max(film.story.narrator.pace, QUICKEST_PACE)}
        )  # fmt: skip
        try:
            fit(apply(film, SetNarrator(voice=quick)))
        except Unmeetable:
            return False
    return True


def _nearest(constraint: str, film: Film, brief: Brief) -> tuple[str, Brief]:
    assert film.story is not None
    if constraint == "shots":
        count = len(film.shots)
        return (
            f"Exactly {brief.shots} shots were asked for; with this there are {count}.",
            brief.model_copy(update={"shots": count}),
        )
    if constraint == "characters":
        count = len(film.story.characters)
        return (
            f"At most {brief.characters} characters were asked for; with this there are {count}.",
            brief.model_copy(update={"characters": count}),
        )
    if constraint == "dialogue":
        return (
            "No dialogue was asked for; with this somebody speaks.",
            brief.model_copy(update={"dialogue": True}),
        )
    seconds = least_seconds(film.settings.rate, least_length(film))
    return (
        f"A film of {brief.seconds} s was asked for; with this it needs {seconds} s at the least.",
        brief.model_copy(update={"seconds": seconds}),
    )
