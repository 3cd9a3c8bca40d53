"""What the engine tells while it works, and what became of it all."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Literal

from .plan import Node


@dataclass(frozen=True)
class News:
    """What the engine tells while it works.

    ``words`` of a "tick" are the renderer's, such as "step 12 of 30, 11,204 MB"; often there are none.
    """

    kind: Literal["started", "tick", "made", "failed", "again", "notice"]
    node: Node
    share: float = 0.0
    words: str = ""


@dataclass
class Outcome:
    """What became of the nodes asked for."""

    made: list[Node] = field(default_factory=list)
    kept: list[Node] = field(default_factory=list)
    failed: dict[str, str] = field(default_factory=dict)
    """Node id -> why, in words for a film maker."""
    notices: list[tuple[Node, str, str]] = field(default_factory=list)
    """(node, kind, words) of all takes used, made now or earlier."""


Tell = Callable[[News], None]
May = Callable[[Node], str]
"""Why a node may not be begun (any more), in words for a film maker; "" where it may."""
