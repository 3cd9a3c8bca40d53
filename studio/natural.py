"""Options of a film as a program gives them: whole numbers, bools, paths, mappings.

They become the options that the command line reads (``beginning.py``), so both ways in check the same.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from fractions import Fraction
from os import PathLike, fspath
from pathlib import Path
from typing import Any, TypedDict, get_type_hints

from ..storyboard.errors import BadInput, UnknownName
from ..storyboard.rate import Rate
from ..storyboard.vocabulary import Style
from .beginning import MakeOptions

Value = bool | int | str
"""A setting of a renderer."""


class Options(TypedDict, total=False):
    """What ``Studio(...)`` and ``Studio.make(...)`` take, besides what they name themselves.

    The names are those of ``photoplay make``; what each means and may be is said there.
    """

    seconds: int | str
    """Length: 75 or ``"1:15"``. Left out, the story sets it."""
    size: tuple[int, int] | str
    """(width, height) in pixels, even, 64 to 8192; or ``"1280x720"``."""
    fps: int | float | Fraction | Rate | str
    """Frames a second: 24, 23.976, ``Fraction(24000, 1001)`` ..."""
    seed: int
    shots: int
    """Exactly so many."""
    characters: int
    """At most so many."""
    dialogue: bool
    """False: nobody speaks but a narrator."""
    style: Style | str
    keyframes: str
    """Who draws keyframes, or ``"none"``."""
    look: str
    """In words, for diffusion models."""
    license: str
    """``"commercial"``: only weights whose licence allows it."""
    budget: int | float | Decimal | str
    """What the film may cost in all; ``"any"`` for unknown prices, too. Left out: nothing."""
    limits: Mapping[str, int | str]
    """``tokens``, ``steps``, ``shots``, ``gpu_minutes``: at most so many; ``"none"`` lifts one."""
    draft: bool
    """Small and quick clips first."""
    sets: Mapping[str, Value]
    """Settings of renderers, by name."""
    unset: Sequence[str]
    """Settings that the film is to remember no more."""
    aspect: str
    """``"16:9"``, ``"9:16"``, ``"1:1"`` or ``"2.39:1"``, in place of a size."""
    grade: str
    """One look over the film: ``"warm"``, ``"noir"`` ...; ``"none"`` for none."""
    match: bool
    """Whether shots are brought nearer to the light and colours of their scene's first."""
    subtitles: str
    """``"soft"``, ``"burnt"`` (drawn into the picture) or ``"off"``."""
    effects: str
    """``"on"`` or ``"off"``: ambience and effects."""
    lower_thirds: bool
    """Whether everybody is introduced by name over the picture."""
    credits: bool
    """Whether end credits tell who really made what."""
    j_cuts: bool
    """Whether a new speaker may be heard before being seen; yes, where left out."""
    credentials: bool
    """Whether the film is signed with content credentials (C2PA)."""


_TABLES = {"sets": '{"steps": 20}', "limits": '{"tokens": 200_000}'}


def typed(given: Mapping[str, Any]) -> MakeOptions:
    """The options as they would be typed. None counts as not given.

    Raises ``UnknownName`` for a name that is no option, ``BadInput`` for a value that cannot be one.
    """
    kinds = get_type_hints(MakeOptions)
    for name in given:
        if name not in kinds:
            raise UnknownName("option", name, list(kinds))
    return MakeOptions(**{n: _typed(n, v, kinds[n]) for n, v in given.items() if v is not None})


def _typed(name: str, value: Any, kind: Any) -> Any:
    if name in _TABLES and (name == "sets" or isinstance(value, Mapping)):
        return _table(name, value)
    if kind in (bool, bool | None):
        if not isinstance(value, bool):
            raise BadInput(f"{name} is True or False, not {str(value)[:40]!r}.")
        return value
    if kind == Path | None:
        return _path(name, value)
    if kind == tuple[str, ...]:
        listed = [value] if isinstance(value, str) else value
        if not isinstance(listed, Sequence):
            raise BadInput(f"{name} is a list of texts, not {str(value)[:40]!r}.")
        return tuple(_text(name, each) for each in listed)
    return _text(name, value)


def _text(name: str, value: Any) -> str:
    """A number, a pair of numbers, a name, as it would be typed."""
    if name == "size" and isinstance(value, tuple | list) and len(value) == 2:
        return f"{_text(name, value[0])}x{_text(name, value[1])}"
    if isinstance(value, bool) or not isinstance(value, str | int | float | Decimal | Fraction | Rate):
        raise BadInput(f"{name} cannot be {str(value)[:40]!r}.")
    if isinstance(value, float):
        return f"{value:.10f}".rstrip("0").rstrip(".")
    return f"{value:f}" if isinstance(value, Decimal) else str(value)


def _path(name: str, value: Any) -> Path:
    if not isinstance(value, str | PathLike):
        raise BadInput(f"{name} is a file, not {str(value)[:40]!r}.")
    return Path(fspath(value))


def _table(name: str, value: Any) -> tuple[str, ...]:
    if not isinstance(value, Mapping):
        raise BadInput(f"{name} is a mapping, such as {_TABLES[name]}.")
    found = []
    for key, each in value.items():
        if not isinstance(each, bool | int | str):
            raise BadInput(f"{name}: {str(key)[:60]!r} is a whole number, True, False or text.")
        found.append(f"{key}={str(each).lower() if isinstance(each, bool) else each}")
    return tuple(found)
