"""Which renderers there are. Ours and third parties' register alike, by entry point.

A renderer's spec is ``name`` or ``name:variant``. The entry point is called with the variant,
where one is given, and returns a ``Renderer``. A missing dependency makes a renderer
absent when it is asked for, never at import.
"""

from __future__ import annotations

import importlib.util
from collections.abc import Callable
from functools import cache
from importlib.metadata import EntryPoint, entry_points

from ..storyboard.errors import BadInput, UnknownName
from .protocol import Renderer

GROUP = "photoplay.renderers"
Factory = Callable[..., Renderer]


@cache
def _registered() -> dict[str, EntryPoint]:
    return {point.name: point for point in entry_points(group=GROUP)}


def renderer_names() -> list[str]:
    """Names of all registered renderers, sorted."""
    return sorted(_registered())


def find_renderer(spec: str) -> Renderer:
    """A new renderer of that spec, with no weights loaded.

    Raises ``UnknownName`` for a name that is not registered, and ``BadInput`` where it is but
    what it is made of is not installed.
    """
    name, _, variant = spec.partition(":")
    point = _registered().get(name)
    if point is None:
        raise UnknownName("renderer", name, renderer_names())
    try:
        factory: Factory = point.load()
    except ModuleNotFoundError as missing:
        raise BadInput(
            f"The renderer {name!r} needs the Python package {missing.name!r}, which is not installed. "
            f"Install it, or use another renderer: {', '.join(renderer_names())}."
        ) from missing
    if not variant:
        return factory()
    try:
        return factory(variant)
    except TypeError:
        raise BadInput(f"The renderer {name!r} has no variants; {spec!r} names one.") from None


def missing_modules(renderer: Renderer) -> list[str]:
    """Modules that the renderer needs at call time and that are not installed."""
    return [m for m in renderer.capabilities().needs if importlib.util.find_spec(m) is None]
