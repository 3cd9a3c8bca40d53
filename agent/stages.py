"""The stages of a production, and what it tells while it goes through them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Literal

from ..render.engine import News
from ..storyboard.errors import WriterNonsense

Stage = Literal["story", "board", "takes", "film"]
"""What the production can be made *until*; each includes those before it."""
STAGES: tuple[Stage, ...] = ("story", "board", "takes", "film")


@dataclass(frozen=True)
class Told:
    """One piece of news of a production. ``news`` is set where it comes from the engine."""

    stage: str
    words: str
    news: News | None = None
    total: int = 0
    """How many takes the stage has to make."""


Listener = Callable[[Told], None]


def failed_shots(missing: Sequence[str]) -> str:
    """What to tell a film maker of shots that could not be made."""
    return (
        f"{len(missing)} of the film's takes could not be made. " + " ".join(missing[:5])
        + " All other takes are kept; run `photoplay render` to go on."
    )  # fmt: skip


def still_earlier(failed: Sequence[str]) -> str:
    """What to tell a film maker of shots that could not be made again."""
    return (
        f"The film shows earlier takes of what could not be made again ({len(failed)}). "
        + " ".join(failed[:5]) + " Run `photoplay render` to try again."
    )  # fmt: skip


def revised_too_often(problems: Sequence[str]) -> WriterNonsense:
    """The error where a writer never kept the brief."""
    return WriterNonsense(
        "The writer did not keep to what was asked: " + "; ".join(problems[:4])
        + ". Nothing was rendered; ask for less, or use another writer."
    )  # fmt: skip
