"""Reads the lexicon's data files, each once."""

from __future__ import annotations

import json
from functools import cache
from importlib.resources import files
from typing import Any


@cache
def data(name: str) -> dict[str, Any]:
    """The content of ``<name>.json``. Cached: callers must not change it."""
    text = files(__package__).joinpath(f"{name}.json").read_text(encoding="utf-8")
    content = json.loads(text)
    assert isinstance(content, dict)
    return content


@cache
def phrases(name: str, section: str) -> dict[str, str]:
    """Phrase -> value, for a section that lists the phrases of each value."""
    return {phrase: value for value, listed in data(name)[section].items() for phrase in listed}
