"""Limits that a person sets besides money: tokens, steps, shots, GPU minutes."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, fields

from ..storyboard.errors import BadInput, LimitReached

_NONE = "none"


@dataclass(frozen=True)
class Limits:
    """Each a whole number from 1, or None for no limit.

    ``tokens`` (in and out, of all language models) and ``shots`` hold for the film, ``steps`` (answers of
    language models) and ``gpu_minutes`` for one run: the same command, given again, has them anew.
    """

    tokens: int | None = 2_000_000
    steps: int | None = 200
    shots: int | None = None
    gpu_minutes: int | None = None


NAMES = tuple(f.name for f in fields(Limits))


@dataclass
class Used:
    """What one run has used so far."""

    steps: int = 0
    gpu_ms: int = 0
    told: set[str] = field(default_factory=set)
    """What was said once already."""


def read_limits(table: object = None, texts: Sequence[str] = ()) -> Limits:
    """Limits from the table ``[limits]`` of the settings, under texts such as ``"tokens=200000"``.

    ``none`` lifts a limit. Raises ``BadInput`` naming the entry.
    """
    if table is None:
        table = {}
    if not isinstance(table, Mapping):
        raise BadInput("photoplay.toml: limits is a table, such as tokens = 200000.")
    asked = {str(name): (str(value), "photoplay.toml, [limits]") for name, value in table.items()}
    for text in texts:
        name, equals, value = text.partition("=")
        if not equals:
            raise BadInput(f"--limit {text[:60]!r}: give NAME=NUMBER, such as tokens=200000.")
        asked[name.strip().replace("-", "_")] = value.strip(), f"--limit {text[:60]}"
    return Limits(**{name: _number(name, *said) for name, said in asked.items()})


def _number(name: str, value: str, where: str) -> int | None:
    if name not in NAMES:
        raise BadInput(f"{where}: there is no limit {name[:40]!r}. Limits: {', '.join(NAMES)}.")
    if value.lower() == _NONE:
        return None
    if not re.fullmatch(r"\d{1,12}", value, re.ASCII) or int(value) < 1:
        raise BadInput(f"{where}: {value[:40]!r} is no limit of {name}. Give a whole number from 1, or none.")
    return int(value)


def reached(name: str, most: int, what: str, needed: int) -> LimitReached:
    """The error of a limit: ``what`` is what it is of; ``needed`` would be enough to go on for now."""
    return LimitReached(
        f"The limit of {most:,} {what} is reached. Everything made and paid so far is kept. "
        f"Go on with --limit {name}={needed}."
    )


def check_shots(shots: int, limits: Limits) -> None:
    """Raises ``LimitReached`` where a film has more shots than may be made. Nothing was made of it then."""
    if limits.shots is not None and shots > limits.shots:
        raise LimitReached(
            f"The story has {shots:,} shots, and the limit is {limits.shots:,}. It is kept as it was "
            f"written, and nothing was made of it. Go on with --limit shots={shots}, or begin another film "
            f"with --shots {limits.shots}."
        )
