"""Stacks: which weights make keyframes and video on a GPU of a size. Data in ``stacks.json``.

Every licence is the weight set's own; every figure says where it is from.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from functools import cache
from pathlib import Path

from ...storyboard.errors import BadInput
from ...storyboard.film import Scalar
from ...storyboard.schema import Data
from ..protocol import Measured
from .weights import WeightSet, weight_set, weight_sets

_SLACK = 0.05
"""A card sold with so much memory may show up to this share less of it."""


class Stack(Data):
    """What is chosen for a GPU."""

    name: str
    memory_mb: int
    """GPUs from this size on (10^6 bytes)."""
    keyframes_set: str
    video_set: str
    most_pixels: int
    """Most pixels of a native frame, width times height, that the figures hold for."""
    values: dict[str, Scalar]
    """For ``film.settings.values``: settings that ``loading`` reads and a film records."""
    peak_mb: Measured
    """The most memory that it wants at a time."""
    why: str

    @property
    def renderer(self) -> str:
        """The film's renderer: what makes video."""
        return f"diffusion:{self.video_set}"

    @property
    def keyframes(self) -> str:
        """The renderer that makes keyframes."""
        return f"diffusion:{self.keyframes_set}"

    @property
    def sets(self) -> tuple[WeightSet, WeightSet]:
        """The sets of weights for keyframes and for video."""
        return weight_set(self.keyframes_set), weight_set(self.video_set)

    @property
    def words(self) -> str:
        """What was chosen and why, with licences and figures."""
        chosen = " and ".join(f"{ws.name} ({ws.licence}, {_commercial(ws)})" for ws in self.sets)
        return (
            f"For a GPU of {self.memory_mb // 1000} GB: {chosen}; {self.why}. "
            f"Wants about {self.peak_mb.value:,} MB ({self.peak_mb.source})."
        )


def _commercial(ws: WeightSet) -> str:
    return {True: "commercial use allowed", False: "no commercial use", None: "commercial use not known"}[
        ws.commercial
    ]


@cache
def stacks() -> tuple[Stack, ...]:
    """All stacks that ship, the smallest first."""
    plain = json.loads(Path(__file__).with_name("stacks.json").read_text(encoding="utf-8"))
    made = [Stack(keyframes_set=said.pop("keyframes"), video_set=said.pop("video"), **said) for said in plain]
    return tuple(sorted(made, key=lambda stack: stack.memory_mb))


def choose(memory_mb: int, commercial: bool = False) -> Stack:
    """The largest stack that fits a GPU's whole memory (10^6 bytes; 0 for no GPU).

    ``commercial`` allows only sets whose licence is known to let a film be sold. Raises ``BadInput`` in
    one clear line where nothing fits.
    """
    fitting = [s for s in stacks() if memory_mb * (1 + _SLACK) >= s.memory_mb]
    if not fitting:
        least = stacks()[0].memory_mb // 1000
        found = f"The GPU has {memory_mb:,} MB" if memory_mb else "There is no GPU here"
        raise BadInput(
            f"{found}; the smallest stack of diffusion models wants one of {least} GB. Film with the "
            "built-in animatic, or name weights yourself (--renderer diffusion:NAME; see "
            "`photoplay weights`) and set PHOTOPLAY_DEVICE=cpu to run them on the processor, very slowly."
        )
    if commercial:
        refuse_uncommercial(fitting[-1].sets, memory_mb)
    return fitting[-1]


def refuse_uncommercial(sets: Iterable[WeightSet], memory_mb: int | None = None) -> None:
    """Raise ``BadInput`` unless every set may be used for a film that is sold; name what fits instead."""
    barred = [ws for ws in sets if ws.commercial is not True]
    if not barred:
        return
    named = "; ".join(f"{ws.name}: {ws.licence}, {_commercial(ws)}" for ws in barred)
    allowed = [
        ws.name
        for ws in weight_sets().values()
        if ws.commercial is True and (memory_mb is None or ws.memory_mb.value <= memory_mb * (1 + _SLACK))
    ]
    raise BadInput(
        f"--license commercial: not allowed by {named}. Sets that are: {', '.join(allowed) or 'none'}."
    )


def table() -> str:
    """The stacks as a table in Markdown, as ``docs/weights.md`` shows it."""
    rows = [
        "| GPU, GB | keyframes | video | most pixels | memory wanted, MB | licences |",
        "|---|---|---|---|---|---|",
    ]
    for stack in stacks():
        licences = ", ".join(dict.fromkeys(ws.licence for ws in stack.sets))
        rows.append(
            f"| {stack.memory_mb // 1000} | `{stack.keyframes}` | `{stack.renderer}` "
            f"| {stack.most_pixels:,} "
            f"| {stack.peak_mb.value:,} ({stack.peak_mb.source}) | {licences} |"
        )
    return "\n".join(rows)
