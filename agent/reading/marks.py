"""What words of a sentence point at, and the sentence with such words exchanged for marks."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Literal

Sort = Literal[
    "shot", "scene", "being", "thing", "place", "narrator", "film", "quote", "time", "card", "it", "music"
]
_LETTERS: dict[Sort, str] = {
    "shot": "s", "scene": "c", "being": "b", "thing": "o", "place": "p", "narrator": "n", "film": "f",
    "quote": "q", "time": "d", "card": "k", "it": "i", "music": "m",
}  # fmt: skip


@dataclass(frozen=True)
class Ref:
    """Something that was pointed at.

    ``ids`` are what is meant. Where several could be meant, ``ids`` is empty and ``options`` lists them;
    where nothing of the film fits, both are empty and ``words`` says what was asked for.
    """

    sort: Sort
    ids: tuple[str, ...] = ()
    words: str = ""
    options: tuple[str, ...] = ()
    seconds: float = 0.0
    """Of a length of time."""
    pronoun: bool = False
    clock: bool = False
    """Told by time."""
    new: str = ""
    """The words for somebody or something that the film has not."""


@dataclass(frozen=True)
class Item:
    """A word or a mark, and where it stands in what was said."""

    text: str
    start: int
    stop: int
    ref: Ref | None = None


@dataclass
class Marked:
    """Words and marks in order. ``text`` joins them by single spaces: ``make @s0 longer``."""

    items: list[Item]
    said: str
    refs: list[Ref] = field(default_factory=list)

    @property
    def text(self) -> str:
        """The words and marks, joined by spaces."""
        return " ".join(item.text for item in self.items)

    def put(self, pattern: re.Pattern[str], make: Callable[[re.Match[str]], Ref | None]) -> None:
        """Exchange what the pattern finds for marks of what ``make`` says it points at (None: nothing)."""
        text = self.text
        starts, at = [], 0
        for item in self.items:
            starts.append(at)
            at += len(item.text) + 1
        taken: list[tuple[int, int, Ref]] = []
        for match in pattern.finditer(text):
            if match.end() == match.start() or (taken and match.start() < taken[-1][1]):
                continue
            ref = make(match)
            if ref is not None:
                taken.append((match.start(), match.end(), ref))
        if not taken:
            return
        made: list[Item] = []
        spans = iter(taken)
        span = next(spans, None)
        inside: list[Item] = []
        for item, begin in zip(self.items, starts, strict=True):
            while span is not None and begin >= span[1]:
                self._close(made, inside, span[2])
                inside, span = [], next(spans, None)
            if span is not None and begin >= span[0]:
                inside.append(item)
            else:
                made.append(item)
        if span is not None and inside:
            self._close(made, inside, span[2])
        self.items = made

    def _close(self, made: list[Item], inside: list[Item], ref: Ref) -> None:
        if inside:
            made.append(self.mark(ref, inside[0].start, inside[-1].stop))

    def mark(self, ref: Ref, start: int, stop: int) -> Item:
        """A new mark."""
        self.refs.append(ref)
        return Item(f"@{_LETTERS[ref.sort]}{len(self.refs) - 1}", start, stop, ref)

    def part(self, start: int, stop: int) -> Marked:
        """A part, by numbers of items; marks keep their numbers."""
        return Marked(self.items[start:stop], self.said, self.refs)

    def raw(self, match: re.Match[str] | None = None, group: int | str = 0) -> str:
        """What was typed for a match of ``text`` (or for all of it), as it was typed."""
        if not self.items:
            return ""
        if match is None:
            return self.said[self.items[0].start : self.items[-1].stop].strip()
        begin, end = match.span(group)
        at, first, last = 0, None, None
        for item in self.items:
            if at < end and at + len(item.text) > begin:
                first = item.start if first is None else first
                last = item.stop
            at += len(item.text) + 1
        return "" if first is None or last is None else self.said[first:last].strip()

    def ref(self, mark: str) -> Ref:
        """What a mark of this text points at."""
        return self.refs[int(re.sub(r"\D", "", mark))]

    def of(self, *sorts: Sort) -> list[Ref]:
        """What is pointed at here, of these sorts, in order."""
        return [item.ref for item in self.items if item.ref is not None and item.ref.sort in sorts]
