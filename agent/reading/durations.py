"""Durations that a person sets, against the length that was asked for of the film."""

from __future__ import annotations

from ...storyboard.edit_types import Edit, Insert, Remove, Retime, SetBrief, Trim
from .draft import Draft


def lengths_kept(draft: Draft) -> None:
    """Lengths that a person changes are the person's: an asked length or count of the film gives way."""
    film, brief = draft.film, draft.film.brief
    named = any(isinstance(e, SetBrief) and e.brief.seconds != draft.first.brief.seconds for e in draft.edits)
    timed = any(isinstance(e, Retime | Trim | Insert | Remove) for e in draft.edits)
    changes: dict[str, object] = {}
    if timed and not named and brief.seconds is not None:
        changes["seconds"] = None
        draft.notice(
            f"The film was to last {brief.seconds} s; now it lasts as long as its shots, so that no "
            f"other shot is stretched. Say a length to set one again."
        )
    if (
        brief.shots is not None
        and len(film.shots) != len(draft.first.shots)
        and brief.shots != len(film.shots)
    ):
        changes["shots"] = len(film.shots)
        draft.notice(f"{brief.shots} shots were asked for; now it is {len(film.shots)}.")
    if changes:
        edit: Edit = SetBrief(brief=brief.model_copy(update=changes))
        draft.do(edit)
