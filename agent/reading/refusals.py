"""Wishes that no film here can meet, and the nearest that can."""

from __future__ import annotations

import json
import re
from functools import cache
from importlib.resources import files

from .draft import Cannot, Draft
from .wish import Wish


@cache
def _cannot() -> tuple[tuple[re.Pattern[str], str], ...]:
    """(what is asked for, why it cannot be and the nearest that can)."""
    text = (files(__package__) / "refusals.json").read_text(encoding="utf-8")
    return tuple((re.compile(row["says"]), row["why"]) for row in json.loads(text))


def refuse(wish: Wish, draft: Draft) -> bool:
    """Say plainly what cannot be; True where it is such a wish."""
    del draft
    if wish.refs("quote"):
        return False
    text = wish.said.lower()
    for pattern, why in _cannot():
        if pattern.search(text):
            wish.spend_all()
            raise Cannot(f"{wish.said[:120]!r} cannot be done. {why}")
    return False
