"""Stories in which somebody turns into another: who of the two is there in which shot."""

from __future__ import annotations

import re
from collections.abc import Sequence

from .arc import SLOTS
from .idea import Reading
from .roles import Parts

_TURNING = frozenset({"turn", "transform", "change", "morph"})
_OF_KIND = {
    "turned": ("hero", "other", "spark", "deed"),
    "grown": ("hero", "other", "try", ""),
    "spelled": ("other", "third", "spark", "deed"),
}
"""Kind of story -> who changes, into whom, in which slot, and in which it is undone."""


def turning_kind(reading: Reading, parts: Parts) -> str:
    """The kind of steps of a story in which somebody turns into another, or is turned into one; or ""."""
    other, third = parts.roles.get("other"), parts.roles.get("third")
    if other is None or "other" in parts.invented:
        return ""
    if reading.verb == "become":
        return "grown" if other.sort == "creature" and other.role_only else ""
    if reading.verb not in _TURNING:
        return ""
    if other.after == "into":
        return "turned"
    return "spelled" if third is not None and third.after == "into" else ""


def away_at(slot: str, kind: str) -> str:
    """The role of whoever is not there in that slot: not yet, or not any more; "" where all can be."""
    if kind not in _OF_KIND or slot not in SLOTS:
        return ""
    old, new, at, back = _OF_KIND[kind]
    now, begun = SLOTS.index(slot), SLOTS.index(at)
    undone = SLOTS.index(back) if back else len(SLOTS)
    return "" if slot in (at, back) else old if begun < now < undone else new


def by_whom_it_is(pool: Sequence[str], slot: str, kind: str, own: bool) -> list[str]:
    """The patterns for whoever is there then: nobody is beside the one that they turned into.

    ``own``: the idea itself says them; then they are only left out, and not told of the other.
    """
    if kind not in _OF_KIND or slot not in SLOTS:
        return list(pool)
    old, new = ("{" + role + "}" for role in _OF_KIND[kind][:2])
    away = away_at(slot, kind)
    if not away:
        return [p for p in pool if old in p and new in p and re.search(r"<(?:turn|become|change)>", p)]
    kept = [p for p in pool if "{" + away + "}" not in p]
    if away == old[1:-1] and kind != "spelled" and not own:  # what the one would have done
        kept += [p.replace(old, new) for p in pool if old in p and new not in p]
    return kept
