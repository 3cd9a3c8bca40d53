"""Pieces of rooms: walls, windows, furniture. See ``places/recipes.py``."""

from __future__ import annotations

from typing import Any

PIECES: dict[str, Any] = {}
