"""The inputs of a batch: opened, and decoded ahead of time where another batch is still rendered."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from pathlib import Path

from ..memory.ledger import Ledger
from ..memory.till import Till
from .order import Order
from .protocol import Footage, Job, Pixels
from .requests import Input

_READ_BY_FRAME = frozenset({"anchor", "frame", "tail"})
"""Parts of which only a few frames are read."""
_READ_AS_BYTES = frozenset({"lora", "latents", "track"})


class Shifted:
    """A part of a take's frames, seen with the frame numbers of the take. ``first`` is the first there."""

    def __init__(self, inner: Footage, stop: int) -> None:
        self._inner, self.first = inner, max(0, stop - inner.count)

    @property
    def count(self) -> int:
        """The frame after the last one there."""
        return self.first + self._inner.count

    def frame(self, index: int) -> Pixels:
        """One frame, by its number in the take."""
        if index < self.first:
            raise IndexError(f"frame {index} lies before the kept tail, which begins at {self.first}")
        return self._inner.frame(index - self.first)

    def frames(self, start: int, stop: int) -> Iterator[Pixels]:
        """Frames in order, by their numbers in the take."""
        if start < self.first:
            raise IndexError(f"frame {start} lies before the kept tail, which begins at {self.first}")
        return self._inner.frames(start - self.first, stop - self.first)


class Ahead:
    """Footage of which some frames were decoded before they are asked for."""

    def __init__(self, inner: Footage) -> None:
        self._inner = inner
        self._kept: dict[int, Pixels] = {}
        self.first: int = getattr(inner, "first", 0)

    @property
    def count(self) -> int:
        """How many frames there are."""
        return self._inner.count

    def read(self, start: int, stop: int) -> None:
        """Decode frames ``start`` up to but without ``stop`` now, and keep them."""
        self._kept.update(enumerate(self._inner.frames(start, stop), start))

    def frame(self, index: int) -> Pixels:
        """One frame."""
        return self._kept[index].copy() if index in self._kept else self._inner.frame(index)

    def frames(self, start: int, stop: int) -> Iterator[Pixels]:
        """Frames in order."""
        if all(index in self._kept for index in range(start, stop)):
            return (self._kept[index].copy() for index in range(start, stop))
        return self._inner.frames(start, stop)


class Inputs:
    """The inputs of orders that are rendered together. ``close`` them afterwards."""

    def __init__(self, orders: Sequence[Order]) -> None:
        self._orders = orders
        self._stack = ExitStack()
        self._jobs: list[Job] | None = None

    def jobs(self) -> list[Job]:
        """The orders as jobs, with their footage open. Raises ``BadTake`` where a file is damaged."""
        if self._jobs is None:
            self._jobs = [self._job(order) for order in self._orders]
        return self._jobs

    def read_ahead(self, tail_frames: int) -> None:
        """Decode now what a renderer reads of anchors, frames and tails (``tail_frames`` of each)."""
        for job in self.jobs():
            for given, footage in job.footage.items():
                if not isinstance(footage, Ahead):
                    continue
                stop = footage.count if given.frame is None or given.part == "anchor" else given.frame
                stop = min(stop + (given.part == "frame"), footage.count)
                most = tail_frames if given.part == "tail" else 1
                footage.read(max(footage.first, stop - most), stop)

    def close(self) -> None:
        """Close every file; ``jobs`` opens them again."""
        self._jobs = None
        self._stack.close()

    def _job(self, order: Order) -> Job:
        from .cut.footage import open_footage

        footage: dict[Input, Footage] = {}
        weights: dict[Input, bytes] = {}
        for source in order.sources:
            if source.input.part in _READ_AS_BYTES:
                weights[source.input] = Path(source.path).read_bytes()
                continue
            opened: Footage = self._stack.enter_context(open_footage(Path(source.path)))
            if source.stop is not None:
                opened = Shifted(opened, source.stop)
            footage[source.input] = Ahead(opened) if source.input.part in _READ_BY_FRAME else opened
        return Job(order.request, footage, weights, _till(order))


def _till(order: Order) -> Till | None:
    if order.account is None:
        return None
    ledger = Ledger(Path(order.account.folder))
    return Till(ledger, order.key, order.item, order.renderer, order.account.budget)
