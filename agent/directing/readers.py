"""Which readers there are: entry points of the group ``photoplay.readers``."""

from __future__ import annotations

from ...storyboard.registered import find, names
from .understood import Reader

GROUP = "photoplay.readers"
EVERYDAY = "everyday"
"""The built-in reader: everyday English, no model. It reads where nothing else was asked for."""


def reader_names() -> list[str]:
    """Names of all registered readers, sorted."""
    return names(GROUP)


def find_reader(spec: str = EVERYDAY) -> Reader:
    """A reader of that spec (``everyday``, ``openai:MODEL``, ``local:NAME``). Raises as ``registered.find``
    does; another reader is never taken in its place."""
    found: Reader = find(GROUP, "reader", spec)
    return found
