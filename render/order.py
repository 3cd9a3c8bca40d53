"""An order: one request, where its inputs lie and where its parts go. Plain data, for a pipe."""

from __future__ import annotations

from typing import Any

from pydantic import Field

from ..storyboard.schema import Data, Id, Key
from .requests import AnyRequest, Input

TAIL_FRAMES = 8
"""Frames kept lossless before the point where another shot goes on from a take, unless more are read."""


class Source(Data):
    """Where an input lies. ``stop`` is the take's frame after the file's last one, where that is a part
    of a take's picture; None for a whole picture, an anchor or weights."""

    input: Input
    path: str
    stop: int | None = None


class Account(Data):
    """Where the ledger of a film lies (``folder``), and what the film may cost in all."""

    folder: str
    budget: str = ""


class Order(Data):
    """One request, and where its parts go."""

    id: Id
    key: Key
    request: AnyRequest
    sources: tuple[Source, ...] = ()
    folder: str
    tails: tuple[int, ...] = Field(())
    """Frames at which another shot goes on; the ``tail_frames`` before each are kept lossless."""
    tail_frames: int = TAIL_FRAMES
    keep: tuple[int, ...] = ()
    """Frames that other requests read; each is kept lossless as a part ``frame-N``."""
    account: Account | None = None
    """For a renderer on a network: what it orders for money is written down there."""
    item: str = ""
    renderer: str = ""
    moving: bool = False
    """Whether a clip in which nothing moves is a fault: so where a model makes it, not where it is drawn."""


def dumps(order: Order) -> Any:
    """Plain data of an order, for a pipe."""
    return order.model_dump(mode="json")
