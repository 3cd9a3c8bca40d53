"""Which renderers there are: entry points of the group ``photoplay.renderers``."""

from __future__ import annotations

import importlib.util

from ..storyboard.registered import find, names
from .protocol import Renderer

GROUP = "photoplay.renderers"


def renderer_names() -> list[str]:
    """Names of all registered renderers, sorted."""
    return names(GROUP)


def find_renderer(spec: str) -> Renderer:
    """A new renderer of that spec, with no weights loaded. Raises as ``registered.find`` does."""
    found: Renderer = find(GROUP, "renderer", spec)
    return found


def missing_modules(renderer: Renderer) -> list[str]:
    """Modules that the renderer needs at call time and that are not installed."""
    return [m for m in renderer.capabilities().needs if importlib.util.find_spec(m) is None]
