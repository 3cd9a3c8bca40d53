"""The lock file: at which commit each repository of the hub was taken, and what its files are.

It is written by ``fetching`` alone, after the hub itself answered with the commit.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated

from filelock import FileLock
from pydantic import Field, StringConstraints, ValidationError

from ...memory.files import Files
from ...storyboard.errors import BadInput
from ...storyboard.schema import Data
from .weight_files import read_json
from .weight_places import lock_files

Commit = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{40}$")]
"""A whole commit: 40 hexadecimal digits. Never a branch or a tag."""


class LockedFile(Data):
    """A file as the hub described it."""

    size: int = Field(ge=0)
    sha256: str = ""
    """Empty where the hub gives none (small files)."""


class Locked(Data):
    """A repository at the commit that the hub answered with."""

    revision: Commit
    resolved_from: str = "main"
    files: dict[str, LockedFile] = {}


def locked(repo: str) -> Locked | None:
    """The lock of a repository, from the first lock file that has one. Raises ``BadInput``."""
    for path in lock_files():
        found = _read(path).get(repo)
        if found is not None:
            return found
    return None


def write_lock(repo: str, lock: Locked) -> Path:
    """Write a repository's lock into the first lock file, and give that file's path.

    Files already locked at the same commit are kept beside the new ones. Raises ``BadInput`` for a
    lock file that cannot be read, ``NoRoom`` or ``ProjectError`` where it cannot be written.
    """
    path = lock_files()[0]
    files = Files(path.parent)
    files.make_folder(path.parent)
    with FileLock(path.with_name(path.name + ".lock")):
        found = _read(path)
        before = found.get(repo)
        if before is not None and before.revision == lock.revision:
            lock = lock.model_copy(update={"files": {**before.files, **lock.files}})
        found[repo] = lock
        plain = {name: found[name].model_dump(mode="json") for name in sorted(found)}
        files.write(path, json.dumps({"version": 1, "hub": plain}, indent=1, sort_keys=True).encode() + b"\n")
    return path


def _read(path: Path) -> dict[str, Locked]:
    if not path.is_file():
        return {}
    plain = read_json(path)
    try:
        return {str(repo): Locked.model_validate(lock) for repo, lock in plain["hub"].items()}
    except (ValidationError, KeyError, TypeError, AttributeError):
        raise BadInput(
            f"{path} is no lock file of weights. Move it away; `photoplay weights get NAME` writes it anew."
        ) from None
