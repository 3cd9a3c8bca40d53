"""What is registered by entry point: renderers and writers, ours and third parties' alike.

A spec is ``name`` or ``name:variant``; the entry point is called with the variant, where one is
given. A missing dependency makes a thing absent when it is asked for, never at import.
"""

from __future__ import annotations

from functools import cache
from importlib.metadata import EntryPoint, entry_points
from typing import Any

from .errors import BadInput, UnknownName


@cache
def _registered(group: str) -> dict[str, EntryPoint]:
    return {point.name: point for point in entry_points(group=group)}


def names(group: str) -> list[str]:
    """Names registered in a group, sorted."""
    return sorted(_registered(group))


def find(group: str, what: str, spec: str) -> Any:
    """A new one of that spec; ``what`` ("renderer") is what messages call it.

    Raises ``UnknownName`` for a name that is not registered, and ``BadInput`` where it has no
    variants or what it is made of is not installed.
    """
    name, _, variant = spec.partition(":")
    point = _registered(group).get(name)
    if point is None:
        raise UnknownName(what, name, names(group))
    try:
        factory = point.load()
    except ModuleNotFoundError as missing:
        raise BadInput(
            f"The {what} {name!r} needs the Python package {missing.name!r}, which is not installed. "
            f"Install it, or use another: {', '.join(names(group))}."
        ) from missing
    if not variant:
        return factory()
    try:
        return factory(variant)
    except TypeError:
        raise BadInput(f"The {what} {name!r} has no variants; {spec!r} names one.") from None
