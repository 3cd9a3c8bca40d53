"""Keys that a person typed or pasted by mistake: they are taken out before anything is read or written."""

from __future__ import annotations

import os
import re
from collections.abc import Mapping

_NAMED = re.compile(r"\b(?:sk|pk|rk|hf|gh[opsur]|xox[abp]|glpat|AKIA|AIza)[-_]?[A-Za-z0-9][A-Za-z0-9_-]{14,}")
_LONG = re.compile(r"\b(?=[A-Za-z0-9_-]*\d)(?=[A-Za-z0-9_-]*[A-Za-z])[A-Za-z0-9_-]{32,}\b")
"""No word of a story is so long and has digits in it."""
_SECRET = re.compile(r"(?:KEY|TOKEN|SECRET|PASSWORD)$")
_LEAST = 8
HIDDEN = "[key]"


def without_keys(words: str, environment: Mapping[str, str] | None = None) -> str:
    """The words with ``[key]`` for what looks like a key, or is the value of one in the environment."""
    found = os.environ if environment is None else environment
    for name, value in found.items():
        if _SECRET.search(name) and len(value) >= _LEAST:
            words = words.replace(value, HIDDEN)
    return _LONG.sub(HIDDEN, _NAMED.sub(HIDDEN, words))
