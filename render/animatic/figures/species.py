"""The species that are drawn: ``species.json``, by lexicon key."""

from __future__ import annotations

import json
from importlib import resources
from typing import Any


def _table() -> dict[str, dict[str, Any]]:
    text = resources.files(__package__).joinpath("species.json").read_text(encoding="utf-8")
    return dict(json.loads(text))


SPECIES = _table()


def figure_kinds() -> frozenset[str]:
    """Species keys with a drawing of their own."""
    return frozenset(SPECIES)
