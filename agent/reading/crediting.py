"""Wishes about end credits."""

from __future__ import annotations

import re

from ...storyboard.edit_types import Setting
from .draft import Cannot, Draft
from .wish import Wish

_CREDITS = re.compile(r"\bcredits\b")
_WANTED = re.compile(r"\b(?:add|roll|put|give|show|have|want|with|include|need|let)\b.*\bcredits\b")
_LENGTH = re.compile(r"\b(?:longer|shorter|slower|faster|quicker)\b")
_NOT = re.compile(r"\b(?:no|not|without|don't|remove|delete|lose|drop|get rid of|take out|skip|leave out)\b")


def crediting(wish: Wish, draft: Draft) -> bool:
    """End credits, or none. In a film without any, "the credits" are the words of its end card."""
    said = wish.said.lower()
    if not _CREDITS.search(said) or wish.refs("quote"):
        return False
    on, off = draft.film.settings.credits, _NOT.search(said) is not None
    if on and (wish.refs("time") or _LENGTH.search(said)):
        raise Cannot("The end credits are as long as reading them takes. Their length cannot be set.")
    if off and not on and "end credits" in said:
        raise Cannot("The film has no end credits.")
    if wish.refs("time") or (off and not on) or not (off or _WANTED.search(said)):
        return False
    draft.do(Setting(credits=not off), said="no end credits" if off else "end credits: who really made what")
    wish.spend_all()
    return True
