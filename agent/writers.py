"""Which writers there are: entry points of the group ``photoplay.writers``."""

from __future__ import annotations

from ..storyboard.registered import find, names
from .writer import Writer

GROUP = "photoplay.writers"


def writer_names() -> list[str]:
    """Names of all registered writers, sorted."""
    return names(GROUP)


def find_writer(spec: str) -> Writer:
    """A writer of that spec. Raises as ``registered.find`` does."""
    found: Writer = find(GROUP, "writer", spec)
    return found
