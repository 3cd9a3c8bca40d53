"""Which writers there are. Ours and third parties' register alike, under ``photoplay.writers``.

A writer's spec is ``name`` or ``name:variant``; the entry point is called with the
variant, where one is given.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from importlib.metadata import EntryPoint, entry_points

from ..storyboard.errors import BadInput, UnknownName
from .writer import Writer

GROUP = "photoplay.writers"


@cache
def _registered() -> dict[str, EntryPoint]:
    return {point.name: point for point in entry_points(group=GROUP)}


def writer_names() -> list[str]:
    """Names of all registered writers, sorted."""
    return sorted(_registered())


def find_writer(spec: str) -> Writer:
    """A writer of that spec. Raises ``UnknownName``, or ``BadInput`` where it is not installed."""
    name, _, variant = spec.partition(":")
    point = _registered().get(name)
    if point is None:
        raise UnknownName("writer", name, writer_names())
    try:
        factory: Callable[..., Writer] = point.load()
    except ModuleNotFoundError as missing:
        raise BadInput(
            f"The writer {name!r} needs the Python package {missing.name!r}, which is not installed."
        ) from missing
    if not variant:
        return factory()
    try:
        return factory(variant)
    except TypeError:
        raise BadInput(f"The writer {name!r} has no variants; {spec!r} names one.") from None
