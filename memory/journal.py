"""The journal, ``edits.jsonl``: one line an entry, only ever appended to. It is the truth.

The first entry holds the whole first film. A last line without its end was torn by a crash: it
was never committed, is not read, and is cut off by the next append.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import Literal

import pydantic_core
from pydantic import Field, ValidationError

from ..storyboard.edit_parts import first_fault
from ..storyboard.edits import FACTS, Choose, Edit, apply_all
from ..storyboard.errors import BadInput, Damaged
from ..storyboard.film import Film
from ..storyboard.schema import SCHEMA_VERSION, Data, Name, Text, as_json
from ..storyboard.upgrade import upgraded_edit, version_of
from .files import Files


class Entry(Data):
    """One step of a film's history: edits that were made together, by whom and with which words."""

    schema_version: Literal[2] = 2
    number: int = Field(ge=1)
    kind: Literal["create", "edit", "fact", "hand", "undo", "redo"]
    """``fact`` records what came out while making (a take, a measured line); undo passes it by."""
    by: Name = ""
    words: Text = ""
    edits: tuple[Edit, ...]
    steps: tuple[int, ...] = ()
    """Of undo and redo: the numbers of the entries that it takes back or brings back."""


class Journal:
    """The entries of one project, read from disk when asked."""

    def __init__(self, path: Path, files: Files) -> None:
        self.path = path
        self._files = files

    def read(self, start: int = 0, number: int = 1) -> tuple[list[Entry], int]:
        """Entries from byte ``start`` on, the first having ``number``; and the byte after the last.

        Raises ``Damaged`` for a line that is not what was written, ``NewerFilm`` for one of a newer
        version.
        """
        try:
            with self.path.open("rb") as file:
                file.seek(start)
                data = file.read()
        except FileNotFoundError:
            return [], 0
        whole = data.rfind(b"\n") + 1
        lines = data[:whole].split(b"\n")[:-1]
        return [self._entry(line, number + n) for n, line in enumerate(lines)], start + whole

    def size(self) -> int:
        """Its length in bytes; 0 where there is none."""
        try:
            return self.path.stat().st_size
        except FileNotFoundError:
            return 0

    def number_before(self, end: int) -> int | None:
        """Number of the entry whose line ends at byte ``end``; None where no line of an entry does."""
        if not 0 < end <= self.size():
            return None
        with self.path.open("rb") as file:
            file.seek(end - 1)
            if file.read(1) != b"\n":
                return None
            begin = end - 1
            while begin > 0:
                block = max(0, begin - _BLOCK)
                file.seek(block)
                found = file.read(begin - block).rfind(b"\n")
                if found >= 0:
                    begin = block + found + 1
                    break
                begin = block
            file.seek(begin)
            head = _NUMBER.match(file.read(80))
        return int(head[1]) if head else None

    def begin(self, first: Entry) -> int:
        """Write a new journal with its first entry in one step; returns the byte after it."""
        data = _line(first)
        self._files.write(self.path, data)
        return len(data)

    def append(self, entries: list[Entry], at: int) -> int:
        """Append entries at byte ``at``, all or (after a failure) none; returns the byte after them."""
        data = b"".join(_line(entry) for entry in entries)
        self._files.append(self.path, data, at)
        return at + len(data)

    def _entry(self, line: bytes, number: int) -> Entry:
        try:
            plain = pydantic_core.from_json(line, allow_inf_nan=False)
            version = version_of(plain) if isinstance(plain, dict) else 0
            if version < SCHEMA_VERSION and isinstance(plain, dict):
                plain["schema_version"] = SCHEMA_VERSION
                plain["edits"] = [upgraded_edit(edit, version) for edit in plain.get("edits", [])]
            entry = Entry.model_validate(plain)
        except (ValidationError, ValueError, TypeError, BadInput) as error:
            why = first_fault(error) if isinstance(error, ValidationError) else str(error)
            raise Damaged(
                f"{self.path.name}, line {number}, is not what was written there ({why[:200]}). Nothing was "
                "changed. Restore the file from a copy, or move it away to begin anew from film.json."
            ) from None
        if entry.number != number:
            raise Damaged(
                f"{self.path.name}: line {number} says it is number {entry.number}. Lines are missing or "
                "were put in by hand. Nothing was changed. Restore the file from a copy."
            )
        return entry


_BLOCK = 65_536
_NUMBER = re.compile(rb'\{\s*"schema_version":\s*\d{1,9},\s*"number":\s*(\d{1,12}),')
"""How every line begins."""


def _line(entry: Entry) -> bytes:
    return as_json(entry) + b"\n"


ENGINE = "engine"
"""In ``by``: the program itself, while making the film."""
_FOLLOWS = frozenset({"retime", "narrator"})
"""Ops that follow from facts (pictures timed to measured lines) where the engine makes them."""


def kind_of(edits: tuple[Edit, ...], by: str) -> Literal["edit", "fact"]:
    """``fact`` where all edits record what came out while making, and what followed from it."""
    ops = {edit.op for edit in edits}
    if any(isinstance(edit, Choose) and edit.pin for edit in edits):
        return "edit"
    follows = by == ENGINE or bool(ops & FACTS)
    return "fact" if ops <= (FACTS | _FOLLOWS if follows else FACTS) else "edit"


def replay(entries: list[Entry], film: Film | None = None) -> Film:
    """The film after all entries, from ``film`` or from the first entry. Raises ``Damaged``."""
    for entry in entries:
        if film is None:
            first = entry.edits[0] if entry.edits else None
            if first is None or first.op != "replace":
                raise Damaged("edits.jsonl does not begin with a whole film. Restore the file from a copy.")
            film = first.film
        try:
            film = apply_all(film, entry.edits)
        except BadInput as error:
            raise Damaged(f"Entry {entry.number} of edits.jsonl does not fit the film: {error}") from None
    if film is None:
        raise Damaged("edits.jsonl is empty. Restore the file from a copy.")
    return film
