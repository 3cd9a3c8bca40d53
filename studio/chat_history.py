"""The lines that were typed in a film's chat, for the arrow keys. They hold no keys, and few lines."""

from __future__ import annotations

import contextlib
import sys
from types import TracebackType

from ..agent.directing.discreet import without_keys
from ..memory.project import Project
from ..storyboard.errors import PhotoplayError
from ..storyboard.schema import clean_text

NAME = "chat-history.txt"
MOST_LINES = 200
MOST_BYTES = 200_000
_LONGEST = 1_000


class History:
    """Open while lines are typed. Read from the film's folder, and written there at the end.

    What cannot be read or written is left alone: a history is a convenience.
    """

    def __init__(self, project: Project) -> None:
        self._project = project
        self._path = project.folder / NAME
        self._lines: list[str] = []

    def __enter__(self) -> History:
        self._lines = self._read()
        if sys.stdin.isatty():
            with contextlib.suppress(ImportError):
                import readline

                readline.clear_history()
                for line in self._lines:
                    readline.add_history(line)
        return self

    def keep(self, line: str) -> None:
        """Remember a line, without what looks like a key."""
        kept = " ".join(without_keys(clean_text(line)).split())[:_LONGEST]
        if kept and (not self._lines or self._lines[-1] != kept):
            self._lines.append(kept)

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        text = "".join(f"{line}\n" for line in self._lines[-MOST_LINES:])
        with contextlib.suppress(PhotoplayError, OSError):
            # Written whole and moved into place: never through a link that lies there.
            self._project.files.write(self._path, text.encode())

    def _read(self) -> list[str]:
        try:
            if self._path.is_symlink() or self._path.stat().st_size > MOST_BYTES:
                return []
            text = self._path.read_text(encoding="utf-8", errors="replace")
        except OSError:
            return []
        return [clean_text(line) for line in text.splitlines()][-MOST_LINES:]
