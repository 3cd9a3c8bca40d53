"""``agent.sqlite``: where LangGraph keeps a conversation and a pending review, and nothing else.

No film depends on it, so one that is no database is set aside and begun anew. Only plain data is
read back, never a class, and nothing is written through a link: the file may be a stranger's.
"""

from __future__ import annotations

import contextlib
import itertools
import sqlite3
from collections.abc import Iterator
from pathlib import Path

from langgraph.checkpoint.serde.jsonplus import JsonPlusSerializer
from langgraph.checkpoint.sqlite import SqliteSaver

from ..memory.files import free_mb
from ..memory.project import Project
from ..storyboard.errors import NoRoom, ProjectError

_BESIDE = ("", "-wal", "-shm", "-journal")
"""SQLite's own files, by the end of their names."""


@contextlib.contextmanager
def checkpoints(project: Project) -> Iterator[SqliteSaver]:
    """The project's saver, while open. Raises ``NoRoom`` or ``ProjectError`` where SQLite cannot go on."""
    path = project.agent_db
    try:
        with contextlib.closing(_opened(project)) as connection:
            yield SqliteSaver(connection, serde=JsonPlusSerializer(allowed_msgpack_modules=None))
    except sqlite3.Error as error:
        words = f"{path.name} could not be used: {error}. Takes and film are safe."
        if getattr(error, "sqlite_errorcode", 0) & 0xFF in (sqlite3.SQLITE_FULL, sqlite3.SQLITE_READONLY):
            raise NoRoom(
                f"{words} The disk is full or read-only ({free_mb(path)} MB free at {path.parent}). "
                "Free some space and run the same command again."
            ) from error
        raise ProjectError(
            f"{words} It holds only a pending review: run again, or move it away if that does not help."
        ) from error


def _opened(project: Project) -> sqlite3.Connection:
    for end in _BESIDE:
        file = project.agent_db.with_name(project.agent_db.name + end)
        if file.is_symlink():
            project.files.remove(file)  # the link, never what it leads to
        elif file.exists() and not file.is_file():
            _set_aside(project, file)
    try:
        return _connected(project.agent_db)
    except sqlite3.OperationalError:
        raise
    except sqlite3.DatabaseError:  # no database, or a damaged one
        for end in _BESIDE:
            file = project.agent_db.with_name(project.agent_db.name + end)
            if file.exists():
                _set_aside(project, file)
        return _connected(project.agent_db)


def _connected(path: Path) -> sqlite3.Connection:
    connection = sqlite3.connect(path, check_same_thread=False, timeout=30)
    try:
        connection.execute("PRAGMA journal_mode=WAL")
        # No film hangs on it: a power cut may cost the last step, never the file, and a kill nothing.
        connection.execute("PRAGMA synchronous=NORMAL")
        if connection.execute("PRAGMA quick_check(1)").fetchone() != ("ok",):
            raise sqlite3.DatabaseError("the file is damaged")
    except sqlite3.Error:
        connection.close()
        raise
    return connection


def _set_aside(project: Project, file: Path) -> None:
    project.files.make_folder(project.work)
    numbered = (project.work / f"quarantine-{file.name}-{n}" for n in itertools.count(1))
    aside = next(path for path in numbered if not path.exists())
    project.files.replace(file, aside)
    project.notices.append(f"{file.name} was no database; it was set aside as {aside.name}.")
