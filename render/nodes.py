"""What a plan is made of: requests with their keys, and why each is made so."""

from __future__ import annotations

from functools import cached_property
from typing import Literal

from ..storyboard.schema import Data, Id, Key, digest
from .requests import AnyRequest

_LONGEST_ID = 64


class Node(Data):
    """One request of a plan. ``item`` is the line, shot or card it serves."""

    id: Id
    item: Id
    stage: Literal["sound", "picture"]
    request: AnyRequest
    renderer: str
    key: Key
    needs: tuple[Id, ...] = ()
    """Nodes whose takes this one reads."""
    why: str = ""


class Plan(Data):
    """Nodes in an order in which each comes after those it needs."""

    nodes: tuple[Node, ...]
    shown: dict[Id, Id]
    """Shot or card id -> the node whose take the cut uses."""

    def node(self, node_id: str) -> Node:
        """The node of that id. Raises ``KeyError``."""
        return self.by_id[node_id]

    @cached_property
    def by_id(self) -> dict[str, Node]:
        """All nodes by id."""
        return {n.id: n for n in self.nodes}


def node_id(what: str, item: str, which: str = "") -> str:
    """An id such as ``shot-s01`` or ``shot-s01-w2``; a long item's end is told by its digest."""
    end = f"-{which}" if which else ""
    room = _LONGEST_ID - len(what) - 1 - len(end)
    return f"{what}-{item if len(item) <= room else item[: room - 9] + '-' + digest(item)[:8]}{end}"
