"""The ladder that running out of memory walks down: bounded, and never up again in a run.

On the processor each node walks by itself: as asked, alone, with half the memory. On a GPU a renderer
walks for all its nodes, so that one that does not fit is not found out anew with every shot: as
asked, one request at a time, then with a half, a quarter and an eighth of the device's memory.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from .plan import Node
from .protocol import Capabilities

ALONE = 1
"""The rung on which requests are given one at a time; those below have a budget too."""
SHARES = {2: ("half", 2), 3: ("a quarter", 4), 4: ("an eighth", 8)}
"""Rung of a GPU renderer -> the share of the device's memory, in words and as a divisor."""
NODE_RUNGS = 2
"""The last rung of a node on the processor."""


@dataclass(frozen=True)
class Memory:
    """Of one device: what was free on it, in megabytes (0: not known), and its name."""

    free_mb: int = 0
    name: str = ""

    def whole(self, can: Capabilities) -> int:
        """What is divided: the device's free memory, else what the renderer asks for; 0 for neither."""
        return self.free_mb or can.memory_mb.value


class Ladder:
    """Where every renderer and node stands."""

    def __init__(self) -> None:
        self._rungs: Counter[str] = Counter()
        self._alone: Counter[str] = Counter()

    # -- nodes on the processor -----------------------------------------------------------

    def alone(self, node: Node) -> bool:
        """Whether this node is rendered by itself."""
        return self._alone[node.id] >= ALONE

    def node_budget(self, node: Node, can: Capabilities) -> int | None:
        """Megabytes for a hand that is hired for this node; None for as much as there is."""
        if self._alone[node.id] < NODE_RUNGS or not can.memory_mb.value:
            return None
        return max(1, can.memory_mb.value // 2)

    def node_down(self, node: Node) -> str:
        """One rung down; what is tried now, or "" where that was the last."""
        if self._alone[node.id] >= NODE_RUNGS:
            return ""
        self._alone[node.id] += 1
        return ("", "one request at a time", "with half the memory")[self._alone[node.id]]

    def again_anew(self, node: Node) -> bool:
        """Whether the node's hand must be loaded anew."""
        return self._alone[node.id] >= NODE_RUNGS

    # -- renderers on a GPU ---------------------------------------------------------------

    def rung(self, renderer: str) -> int:
        """Where a renderer stands."""
        return self._rungs[renderer]

    def batch(self, renderer: str, can: Capabilities) -> int:
        """How many requests of a renderer are given together."""
        return can.batch if self._rungs[renderer] < ALONE else 1

    def budget(self, renderer: str, can: Capabilities, memory: Memory) -> int | None:
        """Megabytes for a renderer on a device; None for as much as there is."""
        share = SHARES.get(self._rungs[renderer])
        whole = memory.whole(can)
        return max(1, whole // share[1]) if share and whole else None

    def down(self, renderer: str, tried: int, size: int, can: Capabilities, memory: Memory) -> str | None:
        """One rung down from rung ``tried``, on which a batch of ``size`` did not fit (0: the weights).

        Returns what is tried now; "" where the renderer stands lower already; None at the end.
        """
        if self._rungs[renderer] > tried:
            return ""
        rung = tried + 1
        if rung == ALONE and size <= 1:
            rung += 1
        if rung == ALONE:
            self._rungs[renderer] = rung
            return "one request at a time"
        whole = memory.whole(can)
        if rung not in SHARES or not whole:
            return None
        self._rungs[renderer] = rung
        words, divisor = SHARES[rung]
        return f"{words} of the memory, {max(1, whole // divisor):,} MB"

    def numbers(self, renderer: str, can: Capabilities, memory: Memory) -> str:
        """What was asked for, what was free and what was tried, for a film maker."""
        said = []
        if can.memory_mb.value:
            said.append(f"{renderer} asks for {can.memory_mb.value:,} MB ({can.memory_mb.source})")
        if memory.free_mb:
            said.append(f"{memory.free_mb:,} MB were free" + (f" on {memory.name}" if memory.name else ""))
        budget = self.budget(renderer, can, memory)
        said.append(f"{budget:,} MB was the last budget tried" if budget else "one request at a time failed")
        return ", ".join(said)
