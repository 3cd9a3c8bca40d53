"""Which renderers there are: entry points of the group ``photoplay.renderers``."""

from __future__ import annotations

import contextlib
import importlib.util
from collections.abc import Callable

from ..storyboard.errors import BadInput, PhotoplayError, Refused
from ..storyboard.registered import find, names
from .protocol import Renderer

GROUP = "photoplay.renderers"
_NOT_SEEN = frozenset({"slate"})
"""The fake: nothing that it makes is meant to be seen, so nobody is sent to it."""


def renderer_names() -> list[str]:
    """Names of all registered renderers, sorted."""
    return names(GROUP)


def find_renderer(spec: str) -> Renderer:
    """A new renderer of that spec, with no weights loaded. Raises as ``registered.find`` does."""
    found: Renderer = find(GROUP, "renderer", spec)
    return found


def makers_of(kind: str) -> list[str]:
    """Names of the renderers, with their sets of weights, that make requests of that kind: to be named
    to a person who needs one. Loads nothing heavy; one that cannot be looked at is left out."""
    able: list[str] = []
    for spec in _specs():
        with contextlib.suppress(PhotoplayError):
            if kind in find_renderer(spec).capabilities().requests:
                able.append(spec)
    return able


def _specs() -> list[str]:
    from .diffusion.weights import weight_sets

    sets: list[str] = []
    with contextlib.suppress(PhotoplayError):
        sets = [f"diffusion:{name}" for name in weight_sets()]
    return [name for name in renderer_names() if name not in {*_NOT_SEEN, "diffusion"}] + sorted(sets)


def refuse_unready(check: Callable[[], None]) -> None:
    """What a renderer's ``preflight`` objects to before a film, as ``Refused`` where its work is to begin."""
    try:
        check()
    except BadInput as error:
        raise Refused(str(error)) from None


def missing_modules(renderer: Renderer) -> list[str]:
    """Modules that the renderer needs at call time and that are not installed."""
    return [m for m in renderer.capabilities().needs if importlib.util.find_spec(m) is None]
