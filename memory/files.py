"""The only module that writes inside a project.

Every write passes one of a handful of primitive operations, each announced through ``Files.step``,
so that tests can fail or crash at any one of them. Errors of the disk become errors a film maker
understands. Nothing is written through a symlink that leads out of the project.
"""

from __future__ import annotations

import contextlib
import errno
import hashlib
import os
import shutil
import stat
from collections.abc import Iterator
from pathlib import Path

from ..storyboard.errors import Damaged, NoRoom, ProjectError

_MB = 1_000_000
_BLOCK = 1 << 20


class Files:
    """Writes inside ``root``. Every method is durable when it returns, as far as the platform can."""

    def __init__(self, root: Path) -> None:
        self.root = Path(os.path.realpath(root))
        self._there = self.root.is_dir()

    def step(self, operation: str, path: Path) -> None:
        """Called before every primitive operation. Does nothing here; a test may raise."""

    def pour(self, handle: int, data: bytes, path: Path) -> None:
        """Write all of ``data`` to an open descriptor. A test may write a part and raise."""
        rest = memoryview(data)
        while rest:
            rest = rest[os.write(handle, rest) :]

    def make_folder(self, path: Path) -> None:
        """Make a folder and those above it; no error where it exists.

        A film's folder that was there and is gone (moved away, a lost disk) is not made anew.
        """
        with self._plainly(path):
            self._inside(path)
            if self._there and not self.root.is_dir():
                raise FileNotFoundError(errno.ENOENT, f"the film's folder {self.root} is gone")
            self._there = True
            if not path.is_dir():
                self.step("mkdir", path)
                path.mkdir(parents=True, exist_ok=True)
                self.sync_folder(path.parent)

    def write(self, path: Path, data: bytes) -> None:
        """Write a whole file beside its place and put it there in one step.

        Afterwards the file holds ``data``. After a failure or a crash it is what it was before;
        the unfinished one is removed (or, after a crash, overwritten by the next write).
        """
        draft = path.with_name(path.name + ".part")
        with self._plainly(path, len(data)):
            self._inside(path)
            try:
                self.step("write", draft)
                if draft.is_symlink():
                    draft.unlink()
                handle = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | _BINARY | _NOFOLLOW, 0o666)
                try:
                    self.pour(handle, data, draft)
                    self.step("fsync", draft)
                    os.fsync(handle)
                finally:
                    os.close(handle)
                self.step("replace", path)
                draft.replace(path)
            except OSError:
                with contextlib.suppress(OSError):
                    draft.unlink()
                raise
            self.sync_folder(path.parent)

    def copy_in(self, source: Path, target: Path) -> str:
        """Copy a file from outside to ``target`` in one step, in flat memory; returns its SHA-256.

        After a failure or a crash ``target`` is what it was before. Raises ``OSError`` where the source
        cannot be read.
        """
        draft = target.with_name(target.name + ".part")
        seen = hashlib.sha256()
        with source.open("rb") as given, self._plainly(target, source.stat().st_size):
            self._inside(target)
            try:
                self.step("write", draft)
                draft.unlink(missing_ok=True)
                handle = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL | _BINARY | _NOFOLLOW, 0o666)
                try:
                    while block := given.read(_BLOCK):
                        seen.update(block)
                        self.pour(handle, block, draft)
                    self.step("fsync", draft)
                    os.fsync(handle)
                finally:
                    os.close(handle)
                self.step("replace", target)
                draft.replace(target)
            except OSError:
                with contextlib.suppress(OSError):
                    draft.unlink()
                raise
            self.sync_folder(target.parent)
        return seen.hexdigest()

    def append(self, path: Path, data: bytes, at: int) -> None:
        """Append ``data`` at byte ``at``, cutting off whatever lies after it (a torn last line).

        After a failure the file is cut back to ``at``.
        """
        with self._plainly(path, len(data)):
            self._inside(path)
            self.step("append", path)
            handle = os.open(path, os.O_RDWR | os.O_CREAT | _BINARY | _NOFOLLOW, 0o666)
            try:
                os.ftruncate(handle, at)
                os.lseek(handle, at, os.SEEK_SET)
                try:
                    self.pour(handle, data, path)
                    self.step("fsync", path)
                    os.fsync(handle)
                except OSError:
                    with contextlib.suppress(OSError):
                        os.ftruncate(handle, at)
                        os.fsync(handle)
                    raise
            finally:
                os.close(handle)

    def replace(self, source: Path, target: Path) -> None:
        """Move a file or folder within the file system in one step, over a file of that name."""
        with self._plainly(target):
            self._inside(source.parent)
            self._inside(target.parent)
            self.step("replace", target)
            source.replace(target)
            self.sync_folder(target.parent)

    def sync(self, path: Path) -> None:
        """Bring a closed file's bytes to the disk."""
        with self._plainly(path):
            self._inside(path)
            self.step("fsync", path)
            handle = os.open(path, os.O_RDWR | _BINARY)
            try:
                os.fsync(handle)
            finally:
                os.close(handle)

    def sync_folder(self, path: Path) -> None:
        """Bring a folder's names to the disk, where the platform can (not on Windows)."""
        with self._plainly(path):
            self.step("fsync-folder", path)
            if os.name == "nt":
                return
            handle = os.open(path, os.O_RDONLY)
            try:
                os.fsync(handle)
            except OSError as error:
                if error.errno not in (errno.EINVAL, errno.ENOTSUP):  # some network file systems
                    raise
            finally:
                os.close(handle)

    def remove(self, path: Path) -> None:
        """Remove a file, or a folder with all in it (links are removed, not followed).

        What somebody still writes into the folder meanwhile (a hand that was lost and does not know it) is
        removed with it.
        """
        with self._plainly(path):
            self._inside(path.parent)
            self.step("remove", path)
            if not path.is_dir() or path.is_symlink():
                path.unlink(missing_ok=True)
                return
            for last in (False, False, True):
                try:
                    return shutil.rmtree(path)
                except OSError as error:
                    if last or error.errno != errno.ENOTEMPTY:
                        raise

    def _inside(self, path: Path) -> None:
        """Refuse a place that a link, or dots, lead out of the project to."""
        real = Path(os.path.realpath(path))
        if real != self.root and self.root not in real.parents:
            raise ProjectError(
                f"{path} leads out of the film's folder (to {real}). Nothing was written there. "
                "Replace the link by a real folder, or move the whole film."
            )

    @contextlib.contextmanager
    def _plainly(self, path: Path, size: int = 0) -> Iterator[None]:
        try:
            yield
        except OSError as error:
            raise plain_error(error, path, size) from error


def plain_error(error: OSError, path: Path, size: int = 0) -> ProjectError:
    """The disk's error in a film maker's words. ``size`` is what was to be written, in bytes."""
    safe = "Everything saved before is safe; nothing half-written remains."
    if error.errno in (errno.ENOSPC, errno.EDQUOT):
        need = f"needs about {-(-size // _MB)} MB," if size else "could not be written,"
        return NoRoom(
            f"The disk is full: {path.name} {need} {free_mb(path)} MB free at {path.parent}. {safe} "
            "Free some space and run the same command again."
        )
    if error.errno == errno.EROFS:
        return NoRoom(f"{path.parent} is on a read-only disk, so {path.name} cannot be written. {safe}")
    if error.errno in (errno.EACCES, errno.EPERM):
        return NoRoom(f"{path} may not be written (no permission). {safe} Check the folder's owner and mode.")
    return ProjectError(f"{path} could not be written: {error.strerror or error}. {safe}")


def read_plain(path: Path, most: int) -> bytes | None:
    """The bytes of a small file of our own; None where there is none.

    Raises ``Damaged`` for a link, a pipe, a folder, or more than ``most`` bytes: none is opened.
    """
    try:
        kind = path.lstat()
        if not stat.S_ISREG(kind.st_mode) or kind.st_size > most:
            raise Damaged(f"{path.name} is not a file that photoplay wrote. It was not opened; move it away.")
        return path.read_bytes()
    except (FileNotFoundError, NotADirectoryError):
        return None
    except OSError as error:
        raise plain_error(error, path) from error


def free_mb(path: Path) -> int:
    """Free megabytes (10^6 bytes) where ``path`` is or would be; 0 where that cannot be known."""
    while not path.exists() and path != path.parent:
        path = path.parent
    try:
        return shutil.disk_usage(path).free // _MB
    except OSError:
        return 0


_BINARY: int = getattr(os, "O_BINARY", 0)
_NOFOLLOW: int = getattr(os, "O_NOFOLLOW", 0)
