"""Photoplay: story in, film out, with the same people, places and things from shot to shot.

    from photoplay import Studio

    film = Studio(renderer="animatic").make("A lighthouse keeper befriends a lost whale", out="films/whale")
    film.revise("scene 2 at night")
    print(film.path)

The names below are the public face; everything heavy is loaded when it is first used.
"""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING, Any

__version__ = "0.1.0"

_WHERE = {
    "Brief": "storyboard.film",
    "Edit": "storyboard.edits",
    "Film": "studio.film",
    "FunctionWriter": "agent.function",
    "PhotoplayError": "storyboard.errors",
    "Production": "agent.production",
    "Project": "memory.project",
    "Renderer": "render.protocol",
    "Shot": "storyboard.film",
    "SlateRenderer": "render.fake",
    "Storyboard": "storyboard.film:Film",
    "Studio": "studio.studio",
    "Treatment": "storyboard.treatment",
    "Writer": "agent.writer",
    "make": "agent.production",
    "open_film": "agent.production",
}

__all__ = [*sorted(_WHERE), "__version__"]  # noqa: PLE0604

if TYPE_CHECKING:
    from .agent.function import FunctionWriter as FunctionWriter
    from .agent.production import Production as Production
    from .agent.production import make as make
    from .agent.production import open_film as open_film
    from .agent.writer import Writer as Writer
    from .memory.project import Project as Project
    from .render.fake import SlateRenderer as SlateRenderer
    from .render.protocol import Renderer as Renderer
    from .storyboard import film as _film
    from .storyboard.edits import Edit as Edit
    from .storyboard.errors import PhotoplayError as PhotoplayError
    from .storyboard.film import Brief as Brief
    from .storyboard.film import Shot as Shot
    from .storyboard.treatment import Treatment as Treatment
    from .studio.film import Film as Film
    from .studio.studio import Studio as Studio

    Storyboard = _film.Film


def __getattr__(name: str) -> Any:
    if name not in _WHERE:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    module, _, inside = _WHERE[name].partition(":")
    value = getattr(importlib.import_module(f".{module}", __name__), inside or name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted(__all__)
