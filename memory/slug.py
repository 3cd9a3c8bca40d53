"""Folder names and ids out of free text."""

from __future__ import annotations

from collections.abc import Collection

from slugify import slugify

_RESERVED = frozenset(
    [
        "con",
        "prn",
        "aux",
        "nul",
        "conin",
        "conout",
        "clock",
        *(p + n for p in ("com", "lpt") for n in "0123456789"),
    ]
)
"""Names that Windows keeps for devices."""
_LONGEST = 48


def slug(text: str) -> str:
    """A folder name that is safe everywhere: ``a-z 0-9 -``, 1 to 48 characters, "film" where none is left."""
    made = slugify(text[:2000], max_length=_LONGEST, word_boundary=True, save_order=True).strip("-")
    if not made:
        return "film"
    return f"film-{made}" if made in _RESERVED else made


def entity_id(name: str, taken: Collection[str]) -> str:
    """An id for somebody or something of that name that is not among ``taken``."""
    made = slugify(name[:2000], max_length=_LONGEST, word_boundary=True, save_order=True).strip("-")
    made = made or "one"
    if made not in taken:
        return made
    return next(tried for n in range(2, len(taken) + 3) if (tried := f"{made}-{n}") not in taken)
