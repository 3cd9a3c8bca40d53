"""The outline writer's own words: places, beings, trades and story shapes, as data."""

from __future__ import annotations

import json
from functools import cache
from importlib.resources import files
from typing import Any


@cache
def bank(name: str) -> dict[str, Any]:
    """The data file ``name`` (places, beings, trades, shapes, asides) as plain data."""
    text = (files(__package__) / f"{name}.json").read_text(encoding="utf-8")
    loaded: dict[str, Any] = json.loads(text)
    return loaded


@cache
def word_set(name: str) -> frozenset[str]:
    """A list of English words by name, from ``english.json``."""
    return frozenset(bank("english")[name].split())
