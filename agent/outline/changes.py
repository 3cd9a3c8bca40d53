"""How the story changes somebody for a while: who shrinks is tiny, a king without his crown bareheaded."""

from __future__ import annotations

from collections.abc import Iterable

from ...storyboard import lexicon
from ...storyboard.vocabulary import Action
from .act import action_of
from .arc import SLOTS
from .clauses import Clause
from .idea import Reading
from .implied import HATS
from .kinds import told_kinds
from .roles import Parts

_LOSING = frozenset({"lose", "miss", "forget", "sell", "drop"})

_PARTING = frozenset({"trade", "swap", "exchange", "donate"})
"""Verbs by which a hat changes its head for good."""


def changed(reading: Reading, parts: Parts) -> dict[tuple[str, str], str]:
    """The state of a role by slot; empty where the story changes nobody."""
    thing = parts.roles["thing"]
    entry = lexicon.look_up(thing.noun, "thing") if "thing" not in parts.invented else None
    found: dict[tuple[str, str], str] = {}
    if entry is not None and entry.kind in HATS and reading.verb in _LOSING:
        found |= {("hero", slot): "bareheaded" for slot in _between("lack", "deed")}
    if entry is not None and entry.kind in HATS and reading.verb in _PARTING:
        found |= {("hero", slot): "bareheaded" for slot in _between("block", SLOTS[-1])}
    if "shrink" in told_kinds(reading, parts, ()):
        found |= {("other", slot): "tiny" for slot in _between("answer", "deed")}
    return found


def _between(first: str, last: str) -> tuple[str, ...]:
    return SLOTS[SLOTS.index(first) : SLOTS.index(last) + 1]


def unable(clauses: Iterable[Clause]) -> frozenset[tuple[str, Action]]:
    """What a role cannot do, by the idea: it is seen in the end alone."""
    found = set()
    for c in clauses:
        plain = not c.rest or c.rest.split()[0] not in {"to", "the"}
        action = action_of(c.verb, c.rest)
        linked = c.negated and c.link in {"who", "can", "but"}
        if linked and plain and action not in {None, Action.stand, Action.think}:
            found |= {("hero" if c.actor == "both" else c.actor, action)}
    return frozenset((role, action) for role, action in found if action is not None)
