"""The call sheet: which entity a name in a writer's words means, and ids made from names."""

from __future__ import annotations

import re
from collections.abc import Iterable

from .film import Story

_ARTICLE = re.compile(r"^(?:the|a|an|his|her|their|its|my|our|le|la|les|der|die|das|el|los|las|il)\s+")


def new_id(name: str, taken: Iterable[str], fallback: str) -> str:
    """A stable id for a name: ASCII, at most 48 characters, not among ``taken``.

    Names without one usable letter ("???", an emoji) become ``fallback``.
    """
    from slugify import slugify

    base = slugify(name[:200], max_length=40).strip("-") or fallback
    used = set(taken)
    if base not in used:
        return base
    return next(f"{base}-{n}" for n in range(2, len(used) + 3) if f"{base}-{n}" not in used)


def plain_name(name: str) -> str:
    """A name as it is compared: case-folded, without article, possessive and punctuation."""
    text = " ".join(re.sub(r"[^\w\s-]", " ", re.sub(r"['’]s\b", "", name.casefold())).split())
    return _ARTICLE.sub("", text)


class CallSheet:
    """Finds entities of a story by the names that a writer uses for them."""

    def __init__(self, story: Story) -> None:
        self._characters = _names([(c.name, c.noun, c.id) for c in story.characters])
        self._props = _names([(p.name, "", p.id) for p in story.props])
        self._places = _names([(p.name, "", p.id) for p in story.places])

    def character(self, name: str | None) -> str | None:
        """Id of the character that is meant, or None."""
        return _meant(name, self._characters)

    def prop(self, name: str | None) -> str | None:
        """Id of the prop that is meant, or None."""
        return _meant(name, self._props)

    def place(self, name: str | None) -> str | None:
        """Id of the place that is meant, or None."""
        return _meant(name, self._places)

    def anything(self, name: str | None) -> str | None:
        """Id of a character, else a prop, else a place of that name; exact names come first."""
        if not name:
            return None
        for table in (self._characters, self._props, self._places):
            if exact := table.get(plain_name(name)):
                return exact
        return self.character(name) or self.prop(name) or self.place(name)


def _names(rows: list[tuple[str, str, str]]) -> dict[str, str]:
    table: dict[str, str] = {}
    for name, _, entity in rows:
        table.setdefault(plain_name(name), entity)
    for _, noun, entity in rows:
        if noun:
            table.setdefault(plain_name(noun), entity)
    table.pop("", None)
    return table


def _meant(name: str | None, table: dict[str, str]) -> str | None:
    """The exact name; else the one entity whose name holds the words, or whose name is in them."""
    if not name or not (asked := plain_name(name)):
        return None
    if exact := table.get(asked):
        return exact
    words = set(asked.split())
    near = {e for known, e in table.items() if (k := set(known.split())) and (k <= words or words <= k)}
    return near.pop() if len(near) == 1 else None
