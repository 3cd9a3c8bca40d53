"""A film's folder: journal, snapshot, lock, and where everything lies.

``edits.jsonl`` is the truth and ``film.json`` a readable snapshot of it. Readers need no lock;
every change is made under it, is in the journal before it is in memory, and can be undone.
"""

from __future__ import annotations

import contextlib
import errno
import os
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

from filelock import FileLock, Timeout

from ..storyboard.edits import Edit, Replace, apply_all
from ..storyboard.errors import BadInput, Locked, ProjectError
from ..storyboard.film import Film
from ..storyboard.schema import clean_text
from .files import Files, plain_error
from .history import rebuilt, stacks
from .journal import Entry, Journal, kind_of, replay
from .snapshot import Found, Snapshot
from .store import TakeStore

_BEHIND_LEAST = 64
"""A snapshot is at most so many facts behind (more in a long film); it is always brought up when the
lock is let go."""


def place_of(folder: Path) -> Path:
    """Where a folder truly is, there or not yet. Raises ``BadInput`` for a name that no folder can have."""
    try:
        place = Path(os.path.realpath(folder))
        os.stat(place)
    except ValueError:
        raise BadInput(f"{str(folder)[:60]!r} cannot be the name of a folder. Choose another.") from None
    except OSError as error:
        if error.errno == errno.ENAMETOOLONG:
            raise BadInput(
                f"{str(folder)[:60]!r}... is too long for a folder's name. Choose another."
            ) from None
    return place


class Project:
    """One film's folder. Make one with ``create`` or ``open``.

    ``notices`` collects what a person must be told about the folder (a hand edit that was taken
    over, a snapshot that could not be written).
    """

    def __init__(self, folder: Path, files: Files | None = None) -> None:
        self.folder = place_of(folder)
        self.files = files or Files(self.folder)
        self.notices: list[str] = []
        self.store = TakeStore(self.folder, self.files)
        self.out = self.folder / "out"
        self.work = self.folder / "work"
        self.anchors = self.folder / "anchors"
        self.agent_db = self.folder / "agent.sqlite"
        self._journal = Journal(self.folder / "edits.jsonl", self.files)
        self._snapshot = Snapshot(self.folder / "film.json", self.files)
        self._held = 0
        self._film: Film | None = None
        self._count = 0
        self._end = 0
        self._saved = 0
        self._by_hand: Entry | None = None
        self._seen: tuple[int, str] | None = None

    @classmethod
    def create(cls, folder: Path, film: Film, words: str, by: str, files: Files | None = None) -> Project:
        """Make the folder of a new film. ``words`` caused it, ``by`` says whose they are.

        Afterwards the journal holds the whole film. A kill in between leaves a folder without a
        journal, in which ``create`` can be called again. Raises ``BadInput`` where a film is there
        already, ``NoRoom`` where the disk refuses.
        """
        project = cls(folder, files)
        if project.folder.exists() and not project.folder.is_dir():
            raise BadInput(f"{project.folder} is a file, not a folder. Choose another place for the film.")
        if is_film(project.folder):
            raise BadInput(f"There is a film in {project.folder} already. Open it, or choose another folder.")
        for made in (project.folder, project.anchors, project.store.takes, project.work, project.out):
            project.files.make_folder(made)
        with project._locked(0):
            if is_film(project.folder):
                raise BadInput(f"There is a film in {project.folder} already.")
            first = Entry(
                number=1,
                kind="create",
                by=clean_text(by)[:120],
                words=clean_text(words)[:20_000],
                edits=(Replace(film=film),),
            )
            # Written beside and moved in one step, not appended: the folder has no journal or a whole one.
            project._end = project._journal.begin(first)
            project._film, project._count = film, 1
            project._save()
        return project

    @classmethod
    def open(cls, folder: Path, files: Files | None = None) -> Project:
        """Open a film to read it, or to change it under ``lock``. Writes nothing.

        Raises ``BadInput`` where there is no film or a hand-edited ``film.json`` is not a whole
        film, ``NewerFilm`` for one of a newer photoplay, ``Damaged`` for a broken journal.
        """
        project = cls(folder, files)
        if not is_film(project.folder):
            raise BadInput(
                f'There is no film in {folder}. Make one with: photoplay make "your story" --out {folder}'
            )
        project._read()
        return project

    @property
    def film(self) -> Film:
        """The film as it is now."""
        assert self._film is not None
        return self._film

    def look_again(self) -> Film:
        """The film as it is now, read anew where another handle or process changed it. Writes nothing."""
        if not self._held and self._seen != self._look():
            self._read()
        return self.film

    def commit(self, edits: Sequence[Edit], words: str = "", by: str = "") -> Film:
        """Make edits together: all or none. Needs the lock; returns the new film.

        All are applied in memory first, then journalled and on the disk before this returns.
        Raises ``BadInput`` for an edit that does not fit, ``NoRoom`` where the disk refuses: then
        nothing has changed, neither here nor in the folder.
        """
        self._need_lock()
        if not edits:
            return self.film
        after = apply_all(self.film, edits)
        kind = kind_of(tuple(edits), by)
        self._write(kind, after, tuple(edits), words, by)
        return after

    def undo(self, n: int = 1, by: str = "") -> Film:
        """Take back the last ``n`` steps, as one entry of the journal. Needs the lock.

        Takes and measured lines are facts, not steps; those that still fit are kept. Nothing has
        to be rendered for it. Raises ``BadInput`` where there are fewer steps.
        """
        return self._go("undo", n, by)

    def redo(self, n: int = 1, by: str = "") -> Film:
        """Bring back the last ``n`` steps that were undone. Needs the lock. Raises ``BadInput``."""
        return self._go("redo", n, by)

    def _go(self, way: str, n: int, by: str) -> Film:
        self._need_lock()
        entries = self.history()
        done, undone = stacks(entries)
        there = done if way == "undo" else undone
        if not 1 <= n <= len(there):
            has = f"{len(there)} step{'' if len(there) == 1 else 's'}" if there else "nothing"
            raise BadInput(f"There is {has} to {way}; {n} asked.")
        steps = tuple(reversed(there[-n:]))
        kept = set(done) - set(steps) if way == "undo" else set(done) | set(steps)
        after = rebuilt(entries, kept)
        said = [entry.words or entry.edits[0].op for entry in entries if entry.number in steps]
        words = f"{way}: {'; '.join(said)}"
        self._write("undo" if way == "undo" else "redo", after, (Replace(film=after),), words, by, steps)
        return after

    def history(self) -> list[Entry]:
        """Every entry since the beginning, with what a hand edit will become. Raises ``Damaged``."""
        entries, _ = self._journal.read()
        entries = entries[: self._count]
        return [*entries, self._by_hand] if self._by_hand else entries

    @contextlib.contextmanager
    def lock(self, wait_s: float = 0) -> Iterator[Project]:
        """Hold the film for changing it; may be nested. Reads what others changed meanwhile first.

        Raises ``Locked`` with the holder's process id where another holds it for longer than
        ``wait_s`` seconds. A holder that died holds nothing. On leaving, ``film.json`` is current.
        """
        if self._held:
            self._held += 1
            try:
                yield self
            finally:
                self._held -= 1
            return
        with self._locked(wait_s):
            if self._seen != self._look():
                self._read()
            self._take_over_hand_edit()
            try:
                yield self
            finally:
                if self._saved < self._count:
                    self._save()

    @contextlib.contextmanager
    def _locked(self, wait_s: float) -> Iterator[None]:
        holder = self.folder / "lock.pid"
        lock = FileLock(self.folder / "lock", timeout=wait_s, thread_local=False)
        try:
            lock.acquire(poll_interval=0.05)
        except Timeout:
            raise Locked(_locked_words(self.folder, _pid(holder))) from None
        except OSError as error:
            raise plain_error(error, self.folder / "lock") from error
        try:
            # Who holds it is said beside the lock: a locked file cannot be read on Windows.
            self.files.write(holder, f"{os.getpid()}\n".encode())
            self._held = 1
            yield
        finally:
            self._held = 0
            lock.release()

    def clean_work(self) -> None:
        """Remove what killed processes left in ``work/``. Needs the lock. Quarantine stays."""
        self._need_lock()
        if self.work.is_dir():
            for left in sorted(self.work.iterdir()):
                if not left.name.startswith("quarantine-"):
                    self.files.remove(left)

    def _need_lock(self) -> None:
        if not self._held:
            raise ProjectError("The film is open for reading only: change it inside `with project.lock():`.")

    def _write(
        self,
        kind: str,
        after: Film,
        edits: tuple[Edit, ...],
        words: str,
        by: str,
        steps: tuple[int, ...] = (),
    ) -> None:
        entry = Entry.model_validate(
            {
                "number": self._count + 1,
                "kind": kind,
                "by": clean_text(by)[:120],
                "words": clean_text(words)[:20_000],
                "edits": edits,
                "steps": steps,
            }
        )
        self._end = self._journal.append([entry], self._end)
        self._film, self._count = after, entry.number
        self._seen = None
        behind = max(_BEHIND_LEAST, len(after.shots) // 4)
        if kind != "fact" or self._count - self._saved >= behind:
            self._save()

    def _save(self) -> None:
        """Write the snapshot. The journal is the truth, so a full disk here is only told."""
        try:
            aside = self._snapshot.write(self.film, self._count, self._end)
        except ProjectError as error:
            self.notices.append(f"film.json could not be brought up to date; nothing is lost. {error}")
        else:
            self._saved = self._count
            if aside is not None:
                self.notices.append(
                    "film.json was changed by hand while the film was being worked on. That version was not "
                    f"taken over; it is kept as {aside.name}."
                )
        self._seen = self._look()

    def _read(self) -> None:
        """Read the folder: the snapshot and the entries after it, or the whole journal."""
        self._by_hand = None
        self._seen = self._look()
        found = self._snapshot.read()
        if found is not None and found.own and self._follows(found):
            tail, end = self._journal.read(found.end, found.count + 1)
            self._film = replay(tail, found.film) if tail else found.film
            self._count, self._end, self._saved = found.count + len(tail), end, found.count
            return
        entries, end = self._journal.read()
        self._count, self._end, self._saved = len(entries), end, 0
        if found is None:
            self._film = replay(entries)
            return
        self._read_by_hand(found.film, min(found.count, len(entries)), entries)

    def _read_by_hand(self, film: Film, count: int, entries: list[Entry]) -> None:
        """Take a ``film.json`` that is not as it was written for a hand edit, if it says something else."""
        then = replay(entries[:count]) if count else None
        current = replay(entries[count:], then) if entries else None
        self._film = current
        if film in (then, current) and current is not None:
            return
        if current is not None and film.id != current.id:
            raise BadInput(
                f"film.json holds another film ({film.id!r}, not {current.id!r}). Nothing was changed. Move "
                "film.json away to go on with this one."
            )
        after = apply_all(film, [e for x in entries[count:] for e in x.edits]) if count else film
        self._film = after
        self._by_hand = Entry(
            number=self._count + 1,
            kind="hand" if entries else "create",
            by="hand",
            words="film.json was changed by hand",
            edits=(Replace(film=after),),
        )
        self.notices.append(
            "film.json was changed by hand: the change is taken over and can be undone."
            if entries
            else "edits.jsonl was missing: the history begins anew with film.json."
        )

    def _take_over_hand_edit(self) -> None:
        if self._by_hand is not None:
            entry, self._by_hand = self._by_hand, None
            self._end = self._journal.append([entry], self._end)
            self._count = entry.number
            self._save()

    def _look(self) -> tuple[int, str]:
        """What tells whether anything changed since: the journal's length and the snapshot's digest."""
        return self._journal.size(), self._snapshot.digest()

    def _follows(self, found: Found) -> bool:
        """Whether the journal's entry of the number that the snapshot says ends where it says."""
        return found.count > 0 and self._journal.number_before(found.end) == found.count


def is_film(folder: Path) -> bool:
    """Whether a folder holds a film."""
    return (folder / "edits.jsonl").is_file() or (folder / "film.json").is_file()


def _pid(holder: Path) -> str:
    """The holder's process id; it is written just after the lock was taken. Empty where there is none."""
    for _ in range(20):
        with contextlib.suppress(OSError, ValueError):
            return holder.read_text(encoding="utf-8")[:20].strip()
        time.sleep(0.05)
    return ""


def _locked_words(folder: Path, pid: str) -> str:
    who = f"process {pid}" if pid.isdecimal() else "another process"
    return (
        f"{who[:1].upper()}{who[1:]} is working on this film ({folder}). Nothing was changed. "
        "Wait until it is done, or stop it."
    )
