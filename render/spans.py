"""How a shot longer than a renderer's longest clip is laid out: the arithmetic, and nothing else.

*Coarse to fine* (NUWA-XL, arXiv 2303.12346, section 3.3): a clip from the first to the last keyframe
whose frames lie far apart gives the keyframes of the next depth, and so on; clips of one depth do
not depend on each other. *Windows*: clips one after another, each going on from the tail before it.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

from .protocol import FrameRule


@dataclass(frozen=True)
class Seam:
    """A frame that clips share: frame ``frame`` of clip number ``clip``; the shot's keyframes have None."""

    clip: int | None
    frame: int


@dataclass(frozen=True)
class Fill:
    """One clip of an infill, over frames ``start`` to ``stop`` of the shot, both included.

    A leaf has ``stop - start + 1`` frames, one for each; a coarse clip fewer, spread over the span.
    """

    depth: int
    start: int
    stop: int
    frames: int
    first: Seam
    last: Seam
    leaf: bool


def infill_length(frames: int, rule: FrameRule) -> int:
    """The shortest length of at least ``frames`` that leaves can be laid over: first and last frame, and
    whole steps between. Raises ``ValueError`` where the rule has no such lengths."""
    if rule.step > 1 and rule.offset % rule.step != 1:
        raise ValueError("clips of these lengths cannot share both their end frames")
    return -(-max(1, frames - 1) // rule.step) * rule.step + 1


def infill(frames: int, longest: int, rule: FrameRule) -> tuple[Fill, ...]:
    """Clips that fill a shot of ``frames`` (an ``infill_length``) from its first and last frame.

    Each comes after those whose frames it begins and ends on; the leaves, in order, cover every frame
    with their end frames shared. No clip is longer than ``longest``.
    """
    most = (longest - 1) // rule.step * rule.step
    if most < max(1, rule.step):
        raise ValueError(f"clips of {longest} frames are too short to fill anything")
    found: list[Fill] = []
    _fill(found, 0, 0, frames - 1, (Seam(None, 0), Seam(None, frames - 1)), most, rule.step)
    return tuple(found)


def leaves(frames: int, longest: int, rule: FrameRule) -> tuple[int, ...]:
    """Where clips meet that cover ``frames`` (an ``infill_length``) with shared end frames: the numbers of
    those frames, the first and the last among them. As few clips as ``longest`` allows, of about one length.
    """
    most = (longest - 1) // rule.step * rule.step
    if most < max(1, rule.step):
        raise ValueError(f"clips of {longest} frames are too short to fill anything")
    parts = max(1, -(-(frames - 1) // most))
    units = (frames - 1) // rule.step
    return (*(i * units // parts * rule.step for i in range(parts)), frames - 1)


def _fill(
    found: list[Fill], depth: int, start: int, stop: int, ends: tuple[Seam, Seam], most: int, step: int
) -> None:
    length = stop - start
    if length <= most:
        found.append(Fill(depth, start, stop, length + 1, *ends, leaf=True))
        return
    below = most
    while below * most < length:
        below *= most
    parts = min(most, -(-length // below))
    coarse = _coarse_length(parts, most, step)
    number = len(found)
    found.append(Fill(depth, start, stop, coarse + 1, *ends, leaf=False))
    units = length // step
    bounds = [start + i * units // parts * step for i in range(parts)] + [stop]
    seams = [Seam(number, i * coarse // parts) for i in range(parts + 1)]
    seams[0], seams[-1] = ends
    for (a, b), pair in zip(pairwise(bounds), pairwise(seams), strict=True):
        _fill(found, depth + 1, a, b, pair, most, step)


def _coarse_length(parts: int, most: int, step: int) -> int:
    """Intervals of a coarse clip: a multiple of ``step``, and of ``parts`` where that is short enough."""
    exact = next((n for n in range(step, most + 1, step) if n % parts == 0), None)
    return exact if exact is not None else -(-parts // step) * step


@dataclass(frozen=True)
class Window:
    """One clip of an extension: its new frames ``start`` up to but without ``stop`` of the shot."""

    start: int
    stop: int

    @property
    def frames(self) -> int:
        """New frames."""
        return self.stop - self.start


def windows(
    frames: int, longest: int, tail: int, rule: FrameRule, first: int | None = None
) -> tuple[Window, ...]:
    """Windows over at least ``frames`` frames; each but the first goes on from a tail of ``tail`` frames.

    ``first`` is the first window's length (None: ``longest``). The others are of about equal length,
    and with their tail on the rule, so that nothing has to be cut off where one ends on a keyframe.
    Raises ``ValueError`` where a tail leaves no room for new frames.
    """
    room = (longest - rule.offset) // rule.step * rule.step + rule.offset - tail
    if room < 1:
        raise ValueError(f"a tail of {tail} frames leaves no new frames in a clip of {longest}")
    end = min(longest, rule.snap(frames)) if first is None else first
    found = [Window(0, end)]
    rest = frames - end
    count = max(0, -(-rest // room))
    for left in range(count, 0, -1):
        share = -(-(frames - found[-1].stop) // left)
        new = min(room, rule.snap(tail + share) - tail)
        found.append(Window(found[-1].stop, found[-1].stop + new))
        if found[-1].stop >= frames:
            break
    return tuple(found)
